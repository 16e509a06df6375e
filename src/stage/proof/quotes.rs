//! Two kinds of outer quotation marks in one document.

use super::setting::{Setting, after, before};
use super::sink::Sink;
use crate::model::Severity;
use crate::text::Span;

const RULE: &str = "quotes.mixed";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Guillemets,
    Curly,
    Straight,
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
    open: Vec<char>,
    guillemets: Uses,
    curly: Uses,
    straight: Uses,
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
        let top = self.open.last().copied();
        let closes = match c {
            '"' => self.open.contains(&'"'),
            '»' => top == Some('«'),
            '«' => top == Some('»'),
            '“' => matches!(top, Some('„' | '‟')),
            '”' => matches!(top, Some('“' | '„' | '”' | '‟')),
            _ => false,
        };
        if closes {
            while self.open.pop().is_some_and(|open| c == '"' && open != '"') {}
            return;
        }
        // A closing mark whose opening one stands in an earlier paragraph opens nothing.
        if c == '»' && after(text, at + c.len_utf8()).is_none_or(|c| !c.is_alphanumeric()) {
            return;
        }
        if self.open.is_empty() {
            let uses = match kind(c) {
                Kind::Guillemets => &mut self.guillemets,
                Kind::Curly => &mut self.curly,
                Kind::Straight => &mut self.straight,
            };
            if uses.count == 0 {
                (uses.first, uses.len) = (at, c.len_utf8());
            }
            uses.count += 1;
        }
        if self.open.len() < DEEPEST {
            self.open.push(c);
        }
    }

    /// Gives a finding at the first use of the rarer kind.
    pub(super) fn finish(self, sink: &mut Sink) {
        let mut kinds = [("«…»", self.guillemets), ("“…”", self.curly), ("\"…\"", self.straight)];
        kinds.sort_by(|a, b| b.1.count.cmp(&a.1.count).then_with(|| a.1.first.cmp(&b.1.first)));
        let used = kinds.iter().filter(|(_, uses)| uses.count > 0);
        let Some((_, uses)) = used.clone().nth(1) else { return };
        sink.push(RULE, Severity::Note, Span::new(uses.first, uses.first + uses.len), || {
            let counts: Vec<String> = used.map(|(name, uses)| format!("{name} {}×", uses.count)).collect();
            (format!("mixed quotation marks: {}", counts.join(", ")), Vec::new())
        });
    }
}

const fn kind(c: char) -> Kind {
    match c {
        '"' => Kind::Straight,
        '«' | '»' => Kind::Guillemets,
        _ => Kind::Curly,
    }
}

/// Inches, seconds, and the gershayim of Hebrew acronyms: after a digit, or between two letters.
fn is_sign(text: &str, at: usize) -> bool {
    let (head, tail) = (before(text, at), after(text, at + 1));
    head.is_some_and(char::is_numeric) || head.is_some_and(char::is_alphabetic) && tail.is_some_and(char::is_alphabetic)
}
