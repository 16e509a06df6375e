//! The pages of the rules, so that `recensio why` can say what a rule is about. Written by `UPDATE=1 cargo test --test rules`.

/// The names of all rules, sorted, each with its page (Markdown).
#[rustfmt::skip]
pub const PAGES: &[(&str, &str)] = &[
    ("leftover.foreign", include_str!("../../docs/rules/leftover.foreign.md")),
    ("leftover.script", include_str!("../../docs/rules/leftover.script.md")),
    ("leftover.words", include_str!("../../docs/rules/leftover.words.md")),
    ("read.failed", include_str!("../../docs/rules/read.failed.md")),
    ("repeat.document.exact", include_str!("../../docs/rules/repeat.document.exact.md")),
    ("repeat.document.normalized", include_str!("../../docs/rules/repeat.document.normalized.md")),
    ("repeat.exact", include_str!("../../docs/rules/repeat.exact.md")),
    ("repeat.normalized", include_str!("../../docs/rules/repeat.normalized.md")),
    ("repeat.run", include_str!("../../docs/rules/repeat.run.md")),
];
