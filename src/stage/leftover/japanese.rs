//! Japanese inside Chinese: kana give it away, but its Han characters look at home.

use crate::rules::language::HanRules;
use crate::text::Span;
use crate::text::script::{self, Script};

/// So many Han characters without kana may stand inside a Japanese fragment.
const BETWEEN: usize = 12;
/// So many may stand before its first or after its last kana.
const BESIDE: usize = 8;

/// Whether what lies between two stretches of kana can be Japanese.
pub(super) fn joins(gap: &str, rules: &HanRules) -> bool {
    gap.chars().count() <= BETWEEN
        && gap.chars().all(|c| !matches!(c, '。' | '！' | '？' | '\n') && !rules.is_chinese(c))
}

/// The fragment with the Han characters beside it that are Japanese too: those that only Japanese uses or simplified Chinese does not, and all
/// the others where a comma, full stop or bracket comes before anything Chinese.
pub(super) fn extended(text: &str, passage: Span, span: Span, rules: &HanRules) -> Span {
    let before = text.get(passage.start()..span.start()).unwrap_or_default();
    let after = text.get(span.end()..passage.end()).unwrap_or_default();
    let start = span.start() - reach(before.chars().rev(), rules);
    let end = span.end() + reach(after.chars(), rules);
    Span::new(start, end)
}

/// How many bytes of the characters, going away from the kana, belong to the fragment.
fn reach(chars: impl Iterator<Item = char>, rules: &HanRules) -> usize {
    let (mut sure, mut seen) = (0, 0);
    for (count, c) in chars.enumerate() {
        if rules.is_chinese(c) || count >= BESIDE {
            return sure;
        }
        if script::of(c) != Script::Han {
            return if c.is_alphanumeric() { sure } else { seen };
        }
        seen += c.len_utf8();
        if rules.is_unsimplified(c) {
            sure = seen;
        }
    }
    seen
}
