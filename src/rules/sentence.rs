//! Abbreviations that do not end a sentence, and words that begin one, by language.

use std::collections::BTreeMap;
use std::collections::{HashMap, HashSet};

use super::{Overlay, RuleError, table};
use crate::model::LanguageTag;
use crate::text::script::{self, Script};

/// Data files: name in the rules folder, text.
const FILES: [(&str, &str); 2] = [
    ("sentence/abbreviations.tsv", include_str!("data/sentence/abbreviations.tsv")),
    ("sentence/starters.tsv", include_str!("data/sentence/starters.tsv")),
];
/// The language of what holds for all.
const ANY: &str = "*";

/// How an abbreviation with its full stop is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Something always follows in the same sentence: titles, `e.g.`.
    Never,
    /// A number follows: `No. 5`; before anything else the full stop is an end.
    Number,
    /// It ends a sentence only where the next word is one that begins sentences.
    Maybe,
    /// A unit of time, money or measure: as [`Use::Maybe`], and where the sentence has grown to some words.
    Unit,
    /// It ends a sentence wherever an upper case letter follows: `etc.`.
    Final,
}

/// What is known of one language.
#[derive(Debug, Default)]
struct Language {
    abbreviations: HashMap<Box<str>, Use>,
    starters: HashSet<Box<str>>,
    ordinals: bool,
}

/// Abbreviations that do not end a sentence, and words that begin one, by language.
#[derive(Debug)]
pub struct SentenceRules {
    languages: BTreeMap<String, Language>,
    any: Language,
}

impl SentenceRules {
    /// Compiles the data files.
    ///
    /// # Errors
    /// Where a data file is malformed.
    pub fn load(overlay: &Overlay) -> Result<Self, RuleError> {
        let mut languages = BTreeMap::<String, Language>::new();
        let [(abbreviations, text), (starters, more)] = FILES;
        for row in table::rows(abbreviations, &overlay.text(abbreviations, text), 3)? {
            let language = languages.entry(row.cell(0).to_owned()).or_default();
            let used = match row.cell(1) {
                "never" => Use::Never,
                "number" => Use::Number,
                "maybe" => Use::Maybe,
                "unit" => Use::Unit,
                "final" => Use::Final,
                "ordinals" => {
                    language.ordinals = true;
                    continue;
                }
                other => {
                    return Err(row.error(format!("`{other}` is none of never, number, maybe, unit, final, ordinals")));
                }
            };
            for word in row.list(2) {
                language.abbreviations.insert(word.trim_end_matches('.').into(), used);
            }
        }
        for row in table::rows(starters, &overlay.text(starters, more), 2)? {
            let language = languages.entry(row.cell(0).to_owned()).or_default();
            language.starters.extend(row.list(1).map(Box::from));
        }
        let any = languages.remove(ANY).unwrap_or_default();
        Ok(Self { languages, any })
    }

    /// What holds for a text in `language`; where that is not known, for the language that most often uses its script.
    pub fn of<'t>(&'t self, language: LanguageTag, text: &str) -> Lexicon<'t> {
        let known = self.languages.get(language.language());
        let own = known.or_else(|| {
            if !language.is_und() {
                return None;
            }
            let code = text.chars().take(200).find_map(|c| match script::of(c) {
                Script::Cyrillic => Some("ru"),
                Script::Latin => Some("en"),
                _ => None,
            });
            self.languages.get(code?)
        });
        Lexicon { own, any: &self.any, ordinals: own.is_some_and(|own| own.ordinals) }
    }
}

/// What holds for one text.
#[derive(Clone, Copy, Debug)]
pub struct Lexicon<'t> {
    own: Option<&'t Language>,
    any: &'t Language,
    /// Whether a full stop makes a number an ordinal: `am 5. Mai`.
    pub ordinals: bool,
}

impl Lexicon<'_> {
    /// How the abbreviation `word` (without its last full stop) is used. Entries in lower case hold for any case, others as they are.
    pub fn find(&self, word: &str) -> Option<Use> {
        self.find_exactly(word).or_else(|| {
            if word.chars().any(char::is_uppercase) { self.find_exactly(&word.to_lowercase()) } else { None }
        })
    }

    /// How the abbreviation `word` is used, in this very case.
    pub fn find_exactly(&self, word: &str) -> Option<Use> {
        self.own.and_then(|own| own.abbreviations.get(word)).or_else(|| self.any.abbreviations.get(word)).copied()
    }

    /// Whether `word` begins sentences rather than names.
    pub fn starts(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        self.own.is_some_and(|own| own.starters.contains(word.as_str()))
    }
}
