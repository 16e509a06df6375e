//! A cheap look at a block: whether it has anything that notices around articles have. Most blocks have nothing and need no closer look.

use aho_corasick::AhoCorasick;
use aho_corasick::packed;

use super::{Overlay, RuleError, table};

/// Data file: name in the rules folder, text.
const FILE: (&str, &str) = ("boilerplate/triggers.tsv", include_str!("data/boilerplate/triggers.tsv"));
/// So many substrings are searched for at once: more make vector search slow.
const BATCH: usize = 48;
/// The script of a block shows in so many bytes.
const SAMPLE: usize = 200;

/// Substrings by script.
#[derive(Debug)]
pub struct Triggers {
    scripts: Vec<(Group, Vec<Searcher>)>,
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

#[derive(Debug)]
enum Searcher {
    Packed(packed::Searcher),
    Plain(AhoCorasick),
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
            let words: Vec<&str> = row.list(1).collect();
            let mut searchers = Vec::new();
            for batch in words.chunks(BATCH) {
                searchers.push(match packed::Searcher::new(batch) {
                    Some(searcher) => Searcher::Packed(searcher),
                    None => Searcher::Plain(AhoCorasick::new(batch).map_err(|error| row.error(error.to_string()))?),
                });
            }
            scripts.push((group, searchers));
        }
        Ok(Self { scripts })
    }

    /// Whether `text` has one of them.
    pub fn any(&self, text: &str) -> bool {
        let group = group(text);
        self.scripts.iter().filter(|(script, _)| *script == group).flat_map(|(_, searchers)| searchers).any(
            |searcher| match searcher {
                Searcher::Packed(searcher) => searcher.find(text).is_some(),
                Searcher::Plain(searcher) => searcher.is_match(text),
            },
        )
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
