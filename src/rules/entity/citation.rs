//! Citations: patterns behind literal triggers. A pattern is tried only on a window around a trigger.

use aho_corasick::{AhoCorasick, MatchKind};
use regex::Regex;

use crate::rules::table::{RuleError, rows};
use crate::text::Span;

/// Widest window around a trigger, in bytes before and after.
const BEFORE: usize = 160;
const AFTER: usize = 240;

/// What is cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A law.
    Law,
    /// A policy.
    Policy,
    /// A court case.
    Case,
}

/// Patterns of citations.
#[derive(Debug, Default)]
pub struct Citations {
    triggers: Option<AhoCorasick>,
    /// Which pattern a trigger starts.
    starts: Vec<usize>,
    patterns: Vec<(Kind, Regex, bool)>,
    /// The triggers of patterns without a number in them.
    plain: Option<AhoCorasick>,
}

impl Citations {
    /// Reads rows of kind, triggers separated by `|`, and a regular expression; its first group, where it has one, is the citation.
    pub(super) fn compile(sources: &[(&str, &str)]) -> Result<Self, RuleError> {
        let (mut patterns, mut triggers, mut starts, mut plain) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for &(path, text) in sources {
            for row in rows(path, text, 3)? {
                let kind = match row.cell(0) {
                    "law" => Kind::Law,
                    "policy" => Kind::Policy,
                    "case" => Kind::Case,
                    other => return Err(row.error(format!("no kind of citation {other}"))),
                };
                let pattern = Regex::new(row.cell(2)).map_err(|error| row.error(error.to_string()))?;
                // A pattern with a number in it is not tried where there is no digit.
                let numbered = row.cell(2).contains("[0-9]");
                for trigger in row.list(1) {
                    if !numbered {
                        plain.push(trigger.to_owned());
                    }
                    triggers.push(trigger.to_owned());
                    starts.push(patterns.len());
                }
                patterns.push((kind, pattern, numbered));
            }
        }
        let triggers = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&triggers).ok();
        let plain = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(&plain).ok();
        Ok(Self { triggers, starts, patterns, plain })
    }

    /// The citations in `text`, in the order of their triggers; `base` is where it begins in the document.
    pub fn find(&self, text: &str, base: usize, mut each: impl FnMut(Kind, Span)) {
        let (Some(triggers), Some(plain)) = (&self.triggers, &self.plain) else { return };
        if !has_digit(text) && !plain.is_match(text) {
            return;
        }
        let mut done = Vec::new();
        for hit in triggers.find_overlapping_iter(text) {
            let Some(&number) = self.starts.get(hit.pattern().as_usize()) else { continue };
            done.resize(self.patterns.len(), 0);
            let (Some((kind, pattern, numbered)), Some(done)) = (self.patterns.get(number), done.get_mut(number))
            else {
                continue;
            };
            if hit.start() < *done {
                continue;
            }
            let mut from = hit.start().saturating_sub(BEFORE).max(*done);
            while !text.is_char_boundary(from) {
                from += 1;
            }
            let mut to = (hit.end() + AFTER).min(text.len());
            while !text.is_char_boundary(to) {
                to -= 1;
            }
            let window = text.get(from..to).unwrap_or_default();
            if *numbered && !has_digit(window) {
                continue;
            }
            for found in pattern.captures_iter(window) {
                let Some(whole) = found.get(0) else { continue };
                let place = found.get(1).unwrap_or(whole);
                if from + whole.start() > hit.start() {
                    break;
                }
                if from + whole.end() >= hit.end() {
                    *done = from + whole.end();
                    each(*kind, Span::new(base + from + place.start(), base + from + place.end()));
                    break;
                }
            }
        }
    }
}

/// Whether a digit stands in `text`; without a branch for each byte.
fn has_digit(text: &str) -> bool {
    text.as_bytes().chunks(64).any(|bytes| bytes.iter().fold(false, |found, byte| found | byte.is_ascii_digit()))
}
