//! Cue phrases of boilerplate by language, compiled into one automaton.

use std::collections::{BTreeMap, HashMap};

use aho_corasick::AhoCorasick;

use super::boilerplate_heads::Heads;
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
    heads: Heads,
    parts: Vec<Vec<Part>>,
    cues: Vec<Cue>,
    whole: Wholes,
}

/// Cues that are all of a block, by their letters.
#[derive(Debug, Default)]
struct Wholes {
    cues: HashMap<Box<str>, Cue>,
    /// The length of the longest of them in bytes.
    longest: usize,
    /// Their first bytes, [`OPENING`] of each, sorted: most blocks are given up after a word.
    openings: Vec<[u8; OPENING]>,
}

/// So many bytes tell most blocks from cues.
const OPENING: usize = 6;

impl BoilerplateRules {
    /// Compiles the data files.
    ///
    /// # Errors
    /// Where a data file is malformed.
    pub fn load(overlay: &Overlay) -> Result<Self, RuleError> {
        let mut building = Building::new();
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
        building.done(name)
    }

    /// What the pattern with this number is part of.
    pub fn parts(&self, pattern: usize) -> &[Part] {
        self.parts.get(pattern).map_or(&[], Vec::as_slice)
    }

    /// The cue with this number.
    pub fn cue(&self, number: u32) -> Option<&Cue> {
        self.cues.get(number as usize)
    }

    /// Whether [normalised](normalize) text may have a phrase that speaks for a rule.
    pub fn may_speak(&self, normal: &[u8]) -> bool {
        self.heads.may_be_in(normal)
    }

    /// The cue that is all of a block. `buffer` is for its letters.
    pub fn whole(&self, text: &str, buffer: &mut String) -> Option<&Cue> {
        buffer.clear();
        // Most blocks are longer than any such cue, or begin as none does, and are not read to their end.
        let known = |opening: &[u8; OPENING]| self.whole.openings.binary_search(opening).is_ok();
        only_letters(text, self.whole.longest, known, buffer).then(|| self.whole.cues.get(buffer.as_str())).flatten()
    }
}

struct Building {
    heads: Heads,
    patterns: Vec<String>,
    numbers: BTreeMap<String, u32>,
    parts: Vec<Vec<Part>>,
    cues: Vec<Cue>,
    phrases: u32,
    families: BTreeMap<(String, String), u16>,
    whole: Wholes,
}

impl Building {
    fn new() -> Self {
        Self {
            heads: Heads::new(),
            patterns: Vec::new(),
            numbers: BTreeMap::new(),
            parts: Vec::new(),
            cues: Vec::new(),
            phrases: 0,
            families: BTreeMap::new(),
            whole: Wholes::default(),
        }
    }

    fn family(&mut self, rule: &str, family: &str) -> u16 {
        let next = self.families.len() as u16;
        *self.families.entry((rule.to_owned(), family.to_owned())).or_insert(next)
    }

    fn phrase(&mut self, cue: Cue, phrase: &str) {
        if cue.place == Place::Whole {
            let mut letters = String::new();
            only_letters(phrase, usize::MAX, |_| true, &mut letters);
            self.whole.longest = self.whole.longest.max(letters.len());
            self.whole.openings.extend(letters.as_bytes().first_chunk());
            self.whole.cues.entry(letters.into_boxed_str()).or_insert(cue);
            return;
        }
        let number = self.cues.len() as u32;
        self.cues.push(cue);
        let pieces: Vec<&str> = phrase.split('…').map(str::trim).filter(|piece| !piece.is_empty()).collect();
        let (mut before, mut own) = (None, Vec::new());
        for (index, piece) in pieces.iter().enumerate() {
            let last = index + 1 == pieces.len();
            let pattern = self.pattern(piece, !last);
            let part = Part { cue: number, phrase: self.phrases, index: index as u8, last, before };
            if let Some(parts) = self.parts.get_mut(pattern as usize) {
                parts.push(part);
            }
            before = Some(pattern);
            own.push(pattern);
        }
        self.phrases += 1;
        self.head(cue, &own);
    }

    /// Notes by which of its patterns a phrase is looked for first: those that speak for nothing by themselves are not.
    fn head(&mut self, cue: Cue, own: &[u32]) {
        if matches!(cue.kind, Kind::Against | Kind::Own) {
            return;
        }
        let mut own = own.iter().filter_map(|&number| self.patterns.get(number as usize));
        if cue.place == Place::Start {
            own.next().into_iter().for_each(|pattern| self.heads.add_at_start(pattern));
        } else {
            // The longest is the rarest.
            own.max_by_key(|pattern| pattern.len()).into_iter().for_each(|pattern| self.heads.add(pattern));
        }
    }

    /// The number of the pattern for a piece of a phrase: with a blank before it in scripts that have them.
    fn pattern(&mut self, piece: &str, gap: bool) -> u32 {
        let (piece, ends) = piece.strip_suffix('$').map_or((piece, false), |piece| (piece, true));
        let mut normal = Vec::new();
        normalize(piece, &mut normal);
        let pattern = String::from_utf8(normal).unwrap_or_default();
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

    fn done(mut self, file: &str) -> Result<BoilerplateRules, RuleError> {
        let automaton = AhoCorasick::new(&self.patterns).map_err(|error| RuleError {
            file: file.to_owned(),
            line: 0,
            what: error.to_string(),
        })?;
        self.whole.openings.sort_unstable();
        self.whole.openings.dedup();
        Ok(BoilerplateRules { automaton, heads: self.heads, parts: self.parts, cues: self.cues, whole: self.whole })
    }
}

/// Appends `text` as cues are matched, in UTF-8: in lower case; letters, digits, `©` and colons as they are, a blank for anything else
/// between them, a blank at both ends.
pub fn normalize(text: &str, out: &mut Vec<u8>) {
    out.push(b' ');
    let mut gap = true;
    let mut rest = text;
    loop {
        rest = normalize_ascii(rest, &mut gap, out);
        let mut chars = rest.chars();
        let Some(c) = chars.next() else { break };
        rest = chars.as_str();
        match c {
            'а'..='я' | 'ё' | '©' => {
                push(out, c);
                gap = false;
            }
            'А'..='Я' => {
                push(out, char::from_u32(c as u32 + 32).unwrap_or(c));
                gap = false;
            }
            _ if has_no_case(c) => {
                push(out, c);
                gap = false;
            }
            '：' => colon(&mut gap, out),
            _ if c.is_alphanumeric() || crate::text::words::is_word(c) => {
                c.to_lowercase().for_each(|c| push(out, c));
                gap = false;
            }
            _ if is_ignorable(c) => {}
            _ => {
                if !gap {
                    out.push(b' ');
                }
                gap = true;
            }
        }
    }
    if !gap {
        out.push(b' ');
    }
}

/// Appends the ASCII that `text` begins with, and says what follows it.
#[inline]
fn normalize_ascii<'t>(text: &'t str, gap: &mut bool, out: &mut Vec<u8>) -> &'t str {
    let end = text.bytes().position(|b| !b.is_ascii()).unwrap_or(text.len());
    let (head, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    for &b in head.as_bytes() {
        if b.is_ascii_alphanumeric() {
            out.push(b.to_ascii_lowercase());
            *gap = false;
        } else if b == b':' {
            colon(gap, out);
        } else if !*gap {
            out.push(b' ');
            *gap = true;
        }
    }
    rest
}

/// A colon stands close to what is before it.
fn colon(gap: &mut bool, out: &mut Vec<u8>) {
    if *gap && out.ends_with(b" ") {
        out.pop();
    }
    out.extend_from_slice(b": ");
    *gap = true;
}

#[inline]
fn push(out: &mut Vec<u8>, c: char) {
    out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
}

/// Letters of the great scripts without case: Han, Hiragana, Katakana, Hangul.
const fn has_no_case(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// Appends the letters of `text` in lower case, words apart by one blank; gives up, and says so, where they come to more than `most` bytes,
/// or where `known` refuses the first of them.
fn only_letters(text: &str, most: usize, known: impl Fn(&[u8; OPENING]) -> bool, out: &mut String) -> bool {
    let mut asked = false;
    for c in text.chars() {
        match c {
            'a'..='z' | 'а'..='я' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            'А'..='Я' => out.push(char::from_u32(c as u32 + 32).unwrap_or(c)),
            _ if has_no_case(c) => out.push(c),
            _ if !c.is_ascii() && is_ignorable(c) => {}
            _ if !c.is_ascii() && (c.is_alphabetic() || crate::text::words::is_word(c) && !c.is_numeric()) => {
                out.extend(c.to_lowercase());
            }
            _ if !out.is_empty() && !out.ends_with(' ') => out.push(' '),
            _ => {}
        }
        if out.len() > most.saturating_add(1) {
            return false;
        }
        // A blank at the end may yet go.
        if !asked && out.len() > OPENING {
            asked = true;
            if !out.as_bytes().first_chunk().is_some_and(&known) {
                return false;
            }
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
        let mut normal = Vec::new();
        normalize("«Отказ  от\u{a0}ответственности» : ЗДЕСЬ.", &mut normal);
        assert_eq!(String::from_utf8(normal).unwrap(), " отказ от ответственности: здесь ");
        let mut out = String::new();
        assert!(only_letters("Comments (12)", 8, |_| true, &mut out));
        assert_eq!(out, "comments");
        assert!(!only_letters(" and more", 8, |_| true, &mut out));
        out.clear();
        assert!(!only_letters("Comments (12)", 8, |opening| opening != b"commen", &mut out));
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
