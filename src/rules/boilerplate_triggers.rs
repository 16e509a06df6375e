//! A cheap look at a block: whether it has anything that notices around articles have. Most blocks have nothing and need no closer look.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::{Overlay, RuleError, table};

/// Data file: name in the rules folder, text.
const FILE: (&str, &str) = ("boilerplate/triggers.tsv", include_str!("data/boilerplate/triggers.tsv"));
/// The script of a block shows in so many bytes.
const SAMPLE: usize = 200;

/// Substrings by script.
#[derive(Debug)]
pub struct Triggers {
    scripts: Vec<(Group, AhoCorasick)>,
}

/// Scripts that are told apart by the first byte of their letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Latin,
    Cyrillic,
    Arabic,
    Han,
    Hangul,
}

impl Triggers {
    /// Compiles the data file.
    pub(super) fn load(overlay: &Overlay) -> Result<Self, RuleError> {
        let (name, embedded) = FILE;
        let mut scripts = Vec::new();
        for row in table::rows(name, &overlay.text(name, embedded), 2)? {
            let group = match row.cell(0) {
                "Latn" => Group::Latin,
                "Cyrl" => Group::Cyrillic,
                "Arab" => Group::Arabic,
                "Hani" => Group::Han,
                "Hang" => Group::Hangul,
                other => return Err(row.error(format!("`{other}` is none of Latn, Cyrl, Arab, Hani, Hang"))),
            };
            // Few and short, they make a small table, which is faster here than a search for their first bytes.
            let automaton = AhoCorasick::builder()
                .kind(Some(AhoCorasickKind::DFA))
                .match_kind(MatchKind::Standard)
                .prefilter(false)
                .build(row.list(1))
                .map_err(|error| row.error(error.to_string()))?;
            scripts.push((group, automaton));
        }
        Ok(Self { scripts })
    }

    /// Whether `text` has `count` of them, places counted, not words.
    pub fn has(&self, text: &str, count: usize) -> bool {
        let group = group(text);
        let own = self.scripts.iter().find(|(script, _)| *script == group);
        own.is_some_and(|(_, automaton)| automaton.find_iter(text).take(count).count() == count)
    }
}

fn group(text: &str) -> Group {
    match text.bytes().take(SAMPLE).find(|&b| b >= 0xd0 && !matches!(b, 0xe0..=0xe2 | 0xee..)) {
        Some(0xd0..=0xd3) => Group::Cyrillic,
        Some(0xd8..=0xdb) => Group::Arabic,
        Some(0xe3..=0xe9) => Group::Han,
        Some(0xea..=0xed) => Group::Hangul,
        _ => Group::Latin,
    }
}
