//! What the checks need to know of the passage they are in.

use super::scan;
use crate::model::{Kind, Languages, Passage};
use crate::rules::proof::{Habits, ProofRules};
use crate::text::script::{self, Script};

/// The passage that is being checked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting<'r> {
    /// What is known of its language.
    pub(super) habits: &'r Habits,
    /// The alphabet of most of its letters, one of the bits of [`scan`].
    pub(super) alphabet: u8,
    /// Whether it is Chinese or Japanese.
    pub(super) is_cjk: bool,
    /// Whether the document is.
    pub(super) in_cjk: bool,
    /// Whether it is Korean, which takes some of its punctuation from Chinese.
    pub(super) is_korean: bool,
    /// Whether it is program text.
    pub(super) is_code: bool,
    /// Whether it is a row of a table.
    pub(super) is_table: bool,
    /// Its number.
    pub(super) index: usize,
}

/// So much of a passage tells its script.
const ENOUGH: usize = 200;

impl<'r> Setting<'r> {
    /// The setting of `passage`.
    pub(super) fn of(
        text: &str,
        passage: &Passage,
        index: usize,
        languages: &Languages,
        rules: &'r ProofRules,
    ) -> Self {
        let detected = languages.of(index);
        let script = if script::is_neutral(detected.script) { most(text, passage) } else { detected.script };
        let language = detected.tag.language().to_owned();
        let alphabet = match script {
            Script::Latin => scan::LATIN,
            Script::Cyrillic => scan::CYRILLIC,
            Script::Greek => scan::GREEK,
            _ if script::is_unspaced(script) => scan::UNSPACED,
            _ => scan::OTHER,
        };
        let language = match (language.as_str(), script) {
            // Where the language is not known, its script still tells most of its habits.
            ("und", Script::Cyrillic) => "ru",
            ("und", Script::Greek) => "el",
            ("und", Script::Han | Script::Hiragana | Script::Katakana) => "zh",
            ("und", Script::Devanagari) => "hi",
            ("und", Script::Thai) => "th",
            ("und", Script::Arabic) => "fa",
            (known, _) => known,
        };
        let is_cjk = matches!(script, Script::Han | Script::Hiragana | Script::Katakana | Script::Bopomofo);
        Self {
            habits: rules.habits(language),
            alphabet,
            is_cjk: is_cjk && language != "ko",
            in_cjk: matches!(languages.document.tag.language(), "zh" | "ja" | "yue"),
            is_korean: script == Script::Hangul || language == "ko",
            is_code: passage.kind == Kind::Code,
            is_table: passage.kind == Kind::Table,
            index,
        }
    }
}

/// The script of most letters at the beginning of a passage.
fn most(text: &str, passage: &Passage) -> Script {
    let body = passage.span.of(text);
    let mut end = body.len().min(ENOUGH);
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    let counts = script::census(body.get(..end).unwrap_or_default());
    counts.first().map_or(Script::Common, |(script, _)| *script)
}

/// The character before the byte position `at`.
pub(super) fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The character at the byte position `at`.
pub(super) fn after(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}
