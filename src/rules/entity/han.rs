//! Names and heads in Chinese characters, where no blank parts words: one automaton, longest match first.

use aho_corasick::{AhoCorasick, MatchKind};

use super::gazetteer::Gazetteer;
use crate::rules::table::{RuleError, rows};

/// What a row of characters may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HanClass {
    /// A jurisdiction of the gazetteer.
    Place,
    /// A body, law, policy or organization of the gazetteer.
    Known,
    /// Last part of the name of a body.
    Body,
    /// A body even alone.
    BodyWord,
    /// Last part of the name of an organization.
    Org,
    /// Last part of the name of a place.
    PlaceEnd,
    /// Last part of the name of a policy.
    Policy,
    /// A law by its short name.
    Law,
    /// A verb of policy.
    Action,
    /// An office or profession.
    Role,
    /// A word after which or before which a person is named.
    Say,
    /// A form of address after a name.
    Title,
    /// A family name.
    Family,
    /// A currency.
    Currency,
    /// A word that parts names from what is before and after them.
    Stop,
}

const CLASSES: [(&str, HanClass); 13] = [
    ("body", HanClass::Body),
    ("body_word", HanClass::BodyWord),
    ("org", HanClass::Org),
    ("place_end", HanClass::PlaceEnd),
    ("policy", HanClass::Policy),
    ("law", HanClass::Law),
    ("action", HanClass::Action),
    ("role", HanClass::Role),
    ("say", HanClass::Say),
    ("title", HanClass::Title),
    ("family", HanClass::Family),
    ("currency", HanClass::Currency),
    ("stop", HanClass::Stop),
];

/// A word that was found.
#[derive(Clone, Copy, Debug)]
pub struct HanWord {
    /// Bytes from the start of the text.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// What it is.
    pub class: HanClass,
    /// Number of its entry in the gazetteer or of its value.
    pub number: usize,
}

/// The automaton.
#[derive(Debug, Default)]
pub struct Han {
    automaton: Option<AhoCorasick>,
    words: Vec<(HanClass, usize)>,
    values: Vec<String>,
}

impl Han {
    pub(super) fn compile(sources: &[(&str, &str)], gazetteer: &Gazetteer) -> Result<Self, RuleError> {
        let (mut patterns, mut words, mut values) = (Vec::new(), Vec::new(), Vec::new());
        for (number, entry) in gazetteer.entries.iter().enumerate() {
            let class = if entry.is_place() { HanClass::Place } else { HanClass::Known };
            for form in entry.forms("zh").filter(|form| !form.is_ascii() && !entry.is_ambiguous("zh", form)) {
                patterns.push(form.to_owned());
                words.push((class, number));
            }
        }
        for &(path, text) in sources {
            for row in rows(path, text, 2)? {
                let class = CLASSES.iter().find(|(name, _)| *name == row.cell(0));
                let class = class.ok_or_else(|| row.error(format!("no class {}", row.cell(0))))?.1;
                for word in row.list(1) {
                    let (word, value) = word.split_once(':').unwrap_or((word, ""));
                    patterns.push(word.to_owned());
                    words.push((class, values.len()));
                    values.push(value.to_owned());
                }
            }
        }
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&patterns).ok();
        Ok(Self { automaton, words, values })
    }

    /// The words in `text`, in order; they do not overlap.
    pub fn find(&self, text: &str) -> Vec<HanWord> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let word = |hit: aho_corasick::Match| {
            let (class, number) = *self.words.get(hit.pattern().as_usize())?;
            Some(HanWord { start: hit.start(), end: hit.end(), class, number })
        };
        automaton.find_iter(text).filter_map(word).collect()
    }

    /// The value of a word that is not of the gazetteer.
    pub fn value(&self, word: &HanWord) -> &str {
        self.values.get(word.number).map_or("", String::as_str)
    }
}
