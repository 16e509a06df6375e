//! Cue phrases of boilerplate by language, compiled into one automaton.

use std::collections::{BTreeMap, HashMap};

use aho_corasick::AhoCorasick;

use super::boilerplate_triggers::Triggers;
use super::{Overlay, RuleError, table};
use crate::text::fold::is_ignorable;
use crate::text::script;

/// Data file: name in the rules folder, text.
const FILE: (&str, &str) = ("boilerplate/cues.tsv", include_str!("data/boilerplate/cues.tsv"));
/// Rules that cues may belong to, by their name in the data file.
const RULES: [(&str, &str); 9] = [
    ("disclaimer", "boilerplate.disclaimer"),
    ("cookies", "boilerplate.cookies"),
    ("share", "boilerplate.share"),
    ("subscribe", "boilerplate.subscribe"),
    ("related", "boilerplate.related"),
    ("copyright", "boilerplate.copyright"),
    ("login", "boilerplate.login"),
    ("comments", "boilerplate.comments"),
    ("advertisement", "boilerplate.advertisement"),
];
/// Links around an article, which have cues for whole lines only.
const NAVIGATION: (&str, &str) = ("navigation", "boilerplate.navigation");
/// Shorter words before a gap are whole words.
const STEM: usize = 3;

/// Where in a block a cue counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Anywhere.
    Any,
    /// At its beginning.
    Start,
    /// Where it is all of the block.
    Whole,
}

/// What a cue phrase says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cue {
    /// The rule.
    pub rule: &'static str,
    /// What it is about, within the rule: two cues of one family say no more than one.
    pub family: u16,
    /// How much it says.
    pub weight: u8,
    /// Where it counts.
    pub place: Place,
    /// What kind of evidence it is.
    pub kind: Kind,
}

/// What kind of evidence a cue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It speaks for the rule.
    For,
    /// The page speaks of itself: that supports other cues.
    Own,
    /// It speaks against boilerplate.
    Against,
    /// A name that says something only in a row of such names.
    Name,
}

/// A pattern as part of a phrase.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// The number of the cue.
    pub cue: u32,
    /// The phrase, which has one or more parts.
    pub phrase: u32,
    /// The number of the part.
    pub index: u8,
    /// Whether it is the last one.
    pub last: bool,
    /// The pattern that must stand shortly before it.
    pub before: Option<u32>,
}

/// Cue phrases of boilerplate by language.
#[derive(Debug)]
pub struct BoilerplateRules {
    /// Finds all parts of phrases in normalised text.
    pub automaton: AhoCorasick,
    /// Whether a block needs to be looked at.
    pub triggers: Triggers,
    parts: Vec<Vec<Part>>,
    cues: Vec<Cue>,
    whole: HashMap<Box<str>, Cue>,
    /// The length of the longest of them in bytes.
    longest: usize,
}

impl BoilerplateRules {
    /// Compiles the data files.
    ///
    /// # Errors
    /// Where a data file is malformed.
    pub fn load(overlay: &Overlay) -> Result<Self, RuleError> {
        let mut building = Building::default();
        let (name, embedded) = FILE;
        for row in table::rows(name, &overlay.text(name, embedded), 6)? {
            let rule = RULES.iter().chain([&NAVIGATION]).find(|(short, _)| *short == row.cell(1));
            let Some(&(_, rule)) = rule else { return Err(row.error(format!("`{}` is no rule", row.cell(1)))) };
            let weight = row.cell(3).parse().map_err(|_| row.error(format!("`{}` is no weight", row.cell(3))))?;
            let place = match row.cell(4) {
                "any" => Place::Any,
                "start" => Place::Start,
                "whole" => Place::Whole,
                other => return Err(row.error(format!("`{other}` is none of any, start, whole"))),
            };
            let kind = match row.cell(2) {
                "self" => Kind::Own,
                "counter" => Kind::Against,
                "network" => Kind::Name,
                _ => Kind::For,
            };
            let family = building.family(row.cell(1), row.cell(2));
            let cue = Cue { rule, family, weight, place, kind };
            for phrase in row.list(5) {
                building.phrase(cue, phrase);
            }
        }
        building.done(name, Triggers::load(overlay)?)
    }

    /// What the pattern with this number is part of.
    pub fn parts(&self, pattern: usize) -> &[Part] {
        self.parts.get(pattern).map_or(&[], Vec::as_slice)
    }

    /// The cue with this number.
    pub fn cue(&self, number: u32) -> Option<&Cue> {
        self.cues.get(number as usize)
    }

    /// The cue that is all of a block. `buffer` is for its letters.
    pub fn whole(&self, text: &str, buffer: &mut String) -> Option<&Cue> {
        buffer.clear();
        // Most blocks are longer than any such cue, and are not read to their end.
        only_letters(text, self.longest, buffer).then(|| self.whole.get(buffer.as_str())).flatten()
    }
}

#[derive(Default)]
struct Building {
    patterns: Vec<String>,
    numbers: BTreeMap<String, u32>,
    parts: Vec<Vec<Part>>,
    cues: Vec<Cue>,
    phrases: u32,
    families: BTreeMap<(String, String), u16>,
    whole: HashMap<Box<str>, Cue>,
}

impl Building {
    fn family(&mut self, rule: &str, family: &str) -> u16 {
        let next = self.families.len() as u16;
        *self.families.entry((rule.to_owned(), family.to_owned())).or_insert(next)
    }

    fn phrase(&mut self, cue: Cue, phrase: &str) {
        if cue.place == Place::Whole {
            let mut letters = String::new();
            only_letters(phrase, usize::MAX, &mut letters);
            self.whole.entry(letters.into_boxed_str()).or_insert(cue);
            return;
        }
        let number = self.cues.len() as u32;
        self.cues.push(cue);
        let pieces: Vec<&str> = phrase.split('…').map(str::trim).filter(|piece| !piece.is_empty()).collect();
        let mut before = None;
        for (index, piece) in pieces.iter().enumerate() {
            let last = index + 1 == pieces.len();
            let pattern = self.pattern(piece, !last);
            let part = Part { cue: number, phrase: self.phrases, index: index as u8, last, before };
            if let Some(parts) = self.parts.get_mut(pattern as usize) {
                parts.push(part);
            }
            before = Some(pattern);
        }
        self.phrases += 1;
    }

    /// The number of the pattern for a piece of a phrase: with a blank before it in scripts that have them.
    fn pattern(&mut self, piece: &str, gap: bool) -> u32 {
        let (piece, ends) = piece.strip_suffix('$').map_or((piece, false), |piece| (piece, true));
        let mut pattern = String::new();
        normalize(piece, &mut pattern);
        let wide = piece.chars().next().is_some_and(|c| script::is_unspaced(script::of(c)));
        let mut pattern = if wide { pattern.trim().to_owned() } else { format!(" {}", pattern.trim()) };
        if ends || !wide && gap && piece.chars().count() <= STEM {
            pattern.push(' ');
        }
        if let Some(&number) = self.numbers.get(&pattern) {
            return number;
        }
        let number = self.patterns.len() as u32;
        self.numbers.insert(pattern.clone(), number);
        self.patterns.push(pattern);
        self.parts.push(Vec::new());
        number
    }

    fn done(self, file: &str, triggers: Triggers) -> Result<BoilerplateRules, RuleError> {
        let automaton = AhoCorasick::new(&self.patterns).map_err(|error| RuleError {
            file: file.to_owned(),
            line: 0,
            what: error.to_string(),
        })?;
        let longest = self.whole.keys().map(|letters| letters.len()).max().unwrap_or_default();
        Ok(BoilerplateRules { automaton, triggers, parts: self.parts, cues: self.cues, whole: self.whole, longest })
    }
}

/// Appends `text` as cues are matched: in lower case; letters, digits, `©` and colons as they are, a blank for anything else between
/// them, a blank at both ends.
pub fn normalize(text: &str, out: &mut String) {
    out.push(' ');
    let mut gap = true;
    for c in text.chars() {
        match c {
            'a'..='z' | '0'..='9' | 'а'..='я' | 'ё' | '\u{4e00}'..='\u{9fff}' | '©' => {
                out.push(c);
                gap = false;
            }
            'A'..='Z' => {
                out.push(c.to_ascii_lowercase());
                gap = false;
            }
            ':' | '：' => {
                if gap && out.ends_with(' ') {
                    out.pop();
                }
                out.push_str(": ");
                gap = true;
            }
            _ if c.is_alphanumeric() || crate::text::words::is_word(c) && c != '_' => {
                out.extend(c.to_lowercase());
                gap = false;
            }
            _ if is_ignorable(c) => {}
            _ => {
                if !gap {
                    out.push(' ');
                }
                gap = true;
            }
        }
    }
    if !gap {
        out.push(' ');
    }
}

/// Appends the letters of `text` in lower case, words apart by one blank; gives up, and says so, where they come to more than `most` bytes.
fn only_letters(text: &str, most: usize, out: &mut String) -> bool {
    for c in text.chars() {
        match c {
            'a'..='z' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            _ if !c.is_ascii() && is_ignorable(c) => {}
            _ if c.is_alphabetic() || !c.is_ascii() && crate::text::words::is_word(c) && !c.is_numeric() => {
                out.extend(c.to_lowercase());
            }
            _ if !out.is_empty() && !out.ends_with(' ') => out.push(' '),
            _ => {}
        }
        if out.len() > most.saturating_add(1) {
            return false;
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out.len() <= most
}

#[cfg(test)]
mod tests {
    use super::{BoilerplateRules, normalize, only_letters};
    use crate::rules::Overlay;

    #[test]
    fn text_is_matched_in_lower_case_with_single_blanks() {
        let mut out = String::new();
        normalize("«Отказ  от\u{a0}ответственности» : ЗДЕСЬ.", &mut out);
        assert_eq!(out, " отказ от ответственности: здесь ");
        out.clear();
        assert!(only_letters("Comments (12)", 8, &mut out));
        assert_eq!(out, "comments");
        assert!(!only_letters(" and more", 8, &mut out));
    }

    #[test]
    fn cues_are_read_and_unknown_rules_are_refused() {
        let rules = BoilerplateRules::load(&Overlay::default()).unwrap();
        assert!(rules.whole("«Войти»", &mut String::new()).is_some());
        assert!(rules.automaton.patterns_len() > 1_000);
        let bad = Overlay::new([("boilerplate/cues.tsv".to_owned(), "en\tads\tx\t1\tany\ty\n".to_owned())].into());
        assert_eq!(BoilerplateRules::load(&bad).unwrap_err().what, "`ads` is no rule");
    }
}
