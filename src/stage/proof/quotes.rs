//! Guillemets and double quotation marks, both as outer ones, in one document.
//!
//! Straight marks and curly ones are taken for the same: which of them a text has is the doing of a keyboard, not of a writer. Marks that
//! have no partner in their paragraph are not counted.

use super::setting::{Setting, after, before};
use super::sink::Sink;
use crate::model::Severity;
use crate::text::Span;

const RULE: &str = "quotes.mixed";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Guillemets,
    Double,
}

#[derive(Clone, Copy, Debug, Default)]
struct Uses {
    count: usize,
    first: usize,
    len: usize,
}

/// Counts outer quotation marks.
#[derive(Debug, Default)]
pub(super) struct Quotes {
    open: Vec<(char, usize)>,
    guillemets: Uses,
    double: Uses,
}

/// Deeper than this nobody quotes.
const DEEPEST: usize = 8;

impl Quotes {
    /// Begins a passage: what was open is closed.
    pub(super) fn restart(&mut self) {
        self.open.clear();
    }

    /// Looks at the mark `c` at `at`.
    #[inline]
    pub(super) fn mark(&mut self, text: &str, c: char, at: usize, setting: &Setting<'_>) {
        if matches!(c, '"' | '«' | '»' | '“' | '”' | '„' | '‟') && !setting.is_code && !setting.is_table {
            self.quote(text, c, at);
        }
    }

    fn quote(&mut self, text: &str, c: char, at: usize) {
        if c == '"' && is_sign(text, at) {
            return;
        }
        let top = self.open.last().map(|(open, _)| *open);
        let closes = match c {
            '"' => self.open.iter().any(|(open, _)| *open == '"'),
            '»' => top == Some('«'),
            '«' => top == Some('»'),
            '“' => matches!(top, Some('„' | '‟')),
            '”' => matches!(top, Some('“' | '„' | '”' | '‟')),
            _ => false,
        };
        if !closes {
            if self.open.len() < DEEPEST {
                self.open.push((c, at));
            }
            return;
        }
        while let Some((open, start)) = self.open.pop() {
            if c == '"' && open != '"' {
                continue;
            }
            if self.open.is_empty() {
                self.count(open, start);
            }
            break;
        }
    }

    fn count(&mut self, open: char, at: usize) {
        let uses = match kind(open) {
            Kind::Guillemets => &mut self.guillemets,
            Kind::Double => &mut self.double,
        };
        if uses.count == 0 {
            (uses.first, uses.len) = (at, open.len_utf8());
        }
        uses.count += 1;
    }

    /// Gives a finding at the first use of the rarer kind.
    pub(super) fn finish(self, sink: &mut Sink) {
        let (guillemets, double) = (self.guillemets, self.double);
        if guillemets.count == 0 || double.count == 0 {
            return;
        }
        let uses = if guillemets.count < double.count { guillemets } else { double };
        sink.push(RULE, Severity::Note, Span::new(uses.first, uses.first + uses.len), || {
            let message = format!("mixed quotation marks: «…» {}×, \"…\" or “…” {}×", guillemets.count, double.count);
            (message, Vec::new())
        });
    }
}

const fn kind(c: char) -> Kind {
    match c {
        '«' | '»' => Kind::Guillemets,
        _ => Kind::Double,
    }
}

/// Inches, seconds, and the gershayim of Hebrew acronyms: after a digit, or between two letters.
fn is_sign(text: &str, at: usize) -> bool {
    let (head, tail) = (before(text, at), after(text, at + 1));
    head.is_some_and(char::is_numeric) || head.is_some_and(char::is_alphabetic) && tail.is_some_and(char::is_alphabetic)
}
