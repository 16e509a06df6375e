//! Citations: patterns behind literal triggers. A pattern is tried only at a trigger, and its named groups are the fields of the citation.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use regex::Regex;

use super::levels::Levels;
use crate::rules::table::{RuleError, rows};
use crate::text::Span;

/// How far, in bytes, a pattern may look before its trigger, where it does not begin with it, and behind it.
const BEFORE: usize = 120;
const AFTER: usize = 1500;

/// Names of groups, which are the fields of a citation; `cite`, the citation itself, `levels`, which is taken apart, `mark`, without which, and `not`,
/// with which a match counts for nothing, are none.
const FIELDS: [&str; 14] = [
    "instrument",
    "title",
    "section",
    "number",
    "year",
    "date",
    "series",
    "volume",
    "page",
    "body",
    "domain",
    "court",
    "file",
    "name",
];

/// What is cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A law.
    Law,
    /// A policy.
    Policy,
    /// A court case.
    Case,
    /// Nothing: within it no entity is named.
    Nothing,
}

/// A citation that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// What is cited.
    pub kind: Kind,
    /// Where.
    pub span: Span,
    /// Whose law it is: ISO 3166, `EU`; empty where the form does not tell.
    pub country: String,
    /// What it is made of, by the names of fields and levels, sorted: `article` 5, `number` 123-ФЗ.
    pub fields: Vec<(String, String)>,
}

#[derive(Debug)]
struct Pattern {
    kind: Kind,
    country: String,
    source: String,
    regex: OnceLock<Option<Regex>>,
    /// Whether it begins where its trigger begins.
    anchored: bool,
    /// Whether there is a number in it.
    numbered: bool,
    /// Whether a match counts only with the group `mark`.
    marked: bool,
}

/// What is looked for in the texts of a language.
#[derive(Debug)]
struct Table {
    triggers: AhoCorasick,
    /// The pattern that each trigger starts.
    starts: Vec<usize>,
    /// The triggers of patterns without a number in them.
    plain: Option<AhoCorasick>,
}

/// Patterns of citations.
#[derive(Debug, Default)]
pub struct Citations {
    patterns: Vec<Pattern>,
    /// By language; the empty name is that of all others.
    tables: BTreeMap<String, Table>,
    levels: Levels,
    /// What stands where the name of a law may stand and is none: courts, legal forms, marginal numbers.
    nots: BTreeSet<String>,
}

impl Citations {
    /// Reads rows of kind, languages (`*` for all), country, triggers separated by `|`, and a regular expression. A row of kind `let` names a piece
    /// that later rows have as `{name}`, one of kind `not` lists what is no law. `plain` in a sixth column: also where no digit stands.
    pub(super) fn compile(sources: &[(&str, &str)], levels: &[(&str, &str)]) -> Result<Self, RuleError> {
        let mut out = Self { levels: Levels::read(levels)?, ..Self::default() };
        let mut pieces: Vec<(String, String)> = Vec::new();
        let mut triggers: Vec<(Vec<String>, Vec<String>)> = Vec::new();
        for &(path, text) in sources {
            for row in rows(path, text, 5)? {
                let mut source = row.cell(4).to_owned();
                for (name, piece) in &pieces {
                    if source.contains(name.as_str()) {
                        source = source.replace(name.as_str(), &format!("(?:{piece})"));
                    }
                }
                let kind = match row.cell(0) {
                    "not" => {
                        out.nots.extend(row.list(4).map(str::to_owned));
                        continue;
                    }
                    "let" => {
                        pieces.push((format!("{{{}}}", row.cell(1)), source));
                        continue;
                    }
                    "law" => Kind::Law,
                    "policy" => Kind::Policy,
                    "case" => Kind::Case,
                    "none" => Kind::Nothing,
                    other => return Err(row.error(format!("no kind of citation {other}"))),
                };
                let anchored = source.starts_with('^');
                let numbered = source.contains("[0-9]") && row.cell(5) != "plain";
                let marked = source.contains("(?P<mark>");
                triggers.push((row.list(1).map(str::to_owned).collect(), row.list(3).map(str::to_owned).collect()));
                let country = row.cell(2).trim_matches('-').to_owned();
                let regex = OnceLock::new();
                out.patterns.push(Pattern { kind, country, source, regex, anchored, numbered, marked });
            }
        }
        let mut languages: Vec<String> = triggers.iter().flat_map(|(languages, _)| languages.iter().cloned()).collect();
        languages.retain(|language| language != "*");
        languages.push(String::new());
        languages.sort();
        languages.dedup();
        for language in languages {
            let (mut words, mut starts, mut plain) = (Vec::new(), Vec::new(), Vec::new());
            for (number, (of, list)) in triggers.iter().enumerate() {
                if of.iter().any(|of| of == "*" || *of == language) {
                    for word in list {
                        words.push(word.as_str());
                        starts.push(number);
                        if out.patterns.get(number).is_some_and(|pattern| !pattern.numbered) {
                            plain.push(word.as_str());
                        }
                    }
                }
            }
            let dfa =
                AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).match_kind(MatchKind::Standard).build(&words);
            let plain = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(&plain).ok();
            if let Ok(triggers) = dfa {
                out.tables.insert(language, Table { triggers, starts, plain });
            }
        }
        Ok(out)
    }

    /// Compiles every pattern and says which is wrong.
    pub(super) fn check(&self) -> Result<(), RuleError> {
        for pattern in &self.patterns {
            let wrong = |what: String| RuleError { file: "entity/citations.tsv".to_owned(), line: 0, what };
            let regex = Regex::new(&pattern.source).map_err(|error| wrong(error.to_string()))?;
            for name in regex.capture_names().flatten() {
                if !(FIELDS.contains(&name) || ["cite", "levels", "mark", "not"].contains(&name)) {
                    return Err(wrong(format!("no field {name}")));
                }
            }
        }
        Ok(())
    }

    /// The citations in `text`, a passage in `language`, in the order of their triggers; `base` is where it begins in the document.
    pub fn find(&self, text: &str, language: &str, base: usize, mut each: impl FnMut(Citation)) {
        let Some(table) = self.tables.get(language).or_else(|| self.tables.get("")) else { return };
        if !has_digit(text) && !table.plain.as_ref().is_some_and(|plain| plain.is_match(text)) {
            return;
        }
        let mut done = Vec::new();
        for hit in table.triggers.find_overlapping_iter(text) {
            let Some(&number) = table.starts.get(hit.pattern().as_usize()) else { continue };
            done.resize(self.patterns.len(), 0);
            let (Some(pattern), Some(done)) = (self.patterns.get(number), done.get_mut(number)) else { continue };
            if hit.start() < *done || pattern.anchored && !begins(text, hit.start()) {
                continue;
            }
            let from = if pattern.anchored { hit.start() } else { hit.start().saturating_sub(BEFORE).max(*done) };
            let (mut from, mut to) = (from, hit.end().saturating_add(AFTER).min(text.len()));
            while !text.is_char_boundary(from) {
                from += 1;
            }
            while !text.is_char_boundary(to) {
                to -= 1;
            }
            let window = text.get(from..to).unwrap_or_default();
            if pattern.numbered && !has_digit(window) {
                continue;
            }
            let regex = pattern.regex.get_or_init(|| Regex::new(&pattern.source).ok());
            let Some(regex) = regex else { continue };
            for found in regex.captures_iter(window) {
                let Some(whole) = found.get(0) else { continue };
                if from + whole.start() > hit.start() {
                    break;
                }
                if from + whole.end() < hit.end() {
                    continue;
                }
                *done = from + whole.end();
                let not = found
                    .name("instrument")
                    .and_then(|group| group.as_str().split_whitespace().next())
                    .is_some_and(|first| self.nots.contains(first));
                if pattern.marked && found.name("mark").is_none() || found.name("not").is_some() || not {
                    break;
                }
                let place = found.name("cite").unwrap_or(whole);
                let span = Span::new(base + from + place.start(), base + from + place.end());
                let fields = self.fields(regex, &found);
                each(Citation { kind: pattern.kind, span, country: pattern.country.clone(), fields });
                break;
            }
        }
    }

    fn fields(&self, regex: &Regex, found: &regex::Captures<'_>) -> Vec<(String, String)> {
        let mut out = BTreeMap::new();
        for name in regex.capture_names().flatten() {
            let Some(value) = found.name(name).map(|group| group.as_str().trim()).filter(|value| !value.is_empty())
            else {
                continue;
            };
            match name {
                "levels" => self.levels.read_into(value, &mut out),
                _ if FIELDS.contains(&name) => {
                    out.insert(name.to_owned(), value.to_owned());
                }
                _ => {}
            }
        }
        out.into_iter().collect()
    }
}

/// Whether a trigger that begins at `at` is no part of a longer word or number.
fn begins(text: &str, at: usize) -> bool {
    let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !super::token::is_unspaced(c));
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    !word(before) || !word(text.get(at..).and_then(|rest| rest.chars().next()))
}

/// Whether a digit stands in `text`; without a branch for each byte.
fn has_digit(text: &str) -> bool {
    text.as_bytes().chunks(64).any(|bytes| bytes.iter().fold(false, |found, byte| found | byte.is_ascii_digit()))
}
