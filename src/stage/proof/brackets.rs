//! Brackets, guillemets and corner brackets without their partner. A bracket is closed soon; a quotation may go on for many paragraphs.

use super::setting::{Setting, after, before};
use super::sink::Sink;
use crate::model::Severity;
use crate::text::Span;

const BRACKETS: &str = "brackets.unbalanced";
const QUOTES: &str = "quotes.unbalanced";

/// What opens and what closes it. Wide brackets count as the narrow ones: the two are mixed where text of both widths meets.
const PAIRS: [(char, char); 8] =
    [('(', ')'), ('[', ']'), ('{', '}'), ('【', '】'), ('《', '》'), ('〈', '〉'), ('〔', '〕'), ('〖', '〗')];
/// Quotations.
const QUOTATIONS: [(char, char); 3] = [('«', '»'), ('「', '」'), ('『', '』')];
/// A bracket that is opened may be closed so many passages later.
const LATER: usize = 3;
/// Deeper than this is no prose.
const DEEPEST: usize = 16;
/// Quotations that are open at once, at most: each paragraph may open its own.
const MOST: usize = 256;
/// Bytes between the ends of an interval, such as `[0, 1)`, at most.
const INTERVAL: usize = 24;

/// Something that is open.
#[derive(Clone, Copy, Debug)]
struct Open {
    c: char,
    span: Span,
    passage: usize,
    /// Whether something was closed since.
    met: bool,
}

/// Pairs brackets, and guillemets of texts in which `«` opens.
#[derive(Debug, Default)]
pub(super) struct Brackets {
    open: Vec<Open>,
    quotes: Vec<Open>,
    lone: Vec<(Span, &'static str, bool)>,
    /// Whether `»` opens quotations.
    is_turned: bool,
}

impl Brackets {
    /// Looks at the mark `c` at `at`.
    #[inline]
    pub(super) fn mark(&mut self, text: &str, c: char, at: usize, setting: &Setting<'_>) {
        if setting.is_code || setting.is_table {
            return;
        }
        match c {
            '«' | '»' | '「' | '」' | '『' | '』' => self.quote(text, c, at, setting.index),
            _ if is_bracket(c) => self.bracket(text, c, at, setting.index),
            _ => {}
        }
    }

    fn bracket(&mut self, text: &str, c: char, at: usize, passage: usize) {
        let span = Span::new(at, at + c.len_utf8());
        let c = narrow(c);
        if is_face(text, at) {
            return;
        }
        self.forget(passage);
        let Some((opening, _)) = PAIRS.into_iter().find(|(_, closing)| *closing == c) else {
            if self.open.len() < DEEPEST {
                self.open.push(Open { c, span, passage, met: false });
            }
            return;
        };
        if c == ')' && self.open.last().is_none_or(|open| open.passage != passage) && is_number(text, at) {
            return;
        }
        if let Some(last) = self.open.last().filter(|last| last.c != opening)
            && is_interval(Span::new(last.span.end(), at).of(text))
        {
            self.open.pop();
        } else if let Some(partner) = self.open.iter().rposition(|open| open.c == opening) {
            // What was opened after it stays open.
            self.lone.extend(self.open.drain(partner..).skip(1).map(|open| (open.span, BRACKETS, true)));
        } else {
            self.lone.push((span, BRACKETS, false));
        }
    }

    fn quote(&mut self, text: &str, c: char, at: usize, passage: usize) {
        let span = Span::new(at, at + c.len_utf8());
        let Some((opening, _)) = QUOTATIONS.into_iter().find(|(_, closing)| *closing == c) else {
            if self.quotes.len() < MOST {
                self.quotes.push(Open { c, span, passage, met: false });
            }
            return;
        };
        let opens = before(text, at).is_none_or(|c| c.is_whitespace() || c == '(')
            && after(text, span.end()).is_some_and(char::is_alphanumeric);
        self.is_turned |= opens;
        // One mark often closes an inner and an outer quotation, and each paragraph of a long one opens it again.
        let same = self.quotes.iter_mut().filter(|open| open.c == opening);
        same.for_each(|open| open.met = true);
        match self.quotes.iter().rposition(|open| open.c == opening) {
            Some(partner) => drop(self.quotes.remove(partner)),
            None => self.lone.push((span, QUOTES, false)),
        }
    }

    /// What was opened too long ago stays open.
    fn forget(&mut self, passage: usize) {
        let is_late = |open: &Open| passage > open.passage + LATER;
        if self.open.first().is_some_and(is_late) {
            let late = self.open.extract_if(.., |open| is_late(open));
            self.lone.extend(late.map(|open| (open.span, BRACKETS, true)));
        }
    }

    /// Gives a finding for each mark that has no partner.
    pub(super) fn finish(mut self, text: &str, sink: &mut Sink) {
        self.lone.extend(self.open.iter().map(|open| (open.span, BRACKETS, true)));
        self.lone.extend(self.quotes.iter().filter(|open| !open.met).map(|open| (open.span, QUOTES, true)));
        for (span, rule, is_open) in self.lone {
            if rule == QUOTES && self.is_turned {
                continue;
            }
            sink.push(rule, Severity::Warning, span, || {
                let what = if is_open { "opened and not closed" } else { "closed and not opened" };
                (format!("“{}” is {what}", span.of(text)), Vec::new())
            });
        }
    }
}

fn is_bracket(c: char) -> bool {
    let c = narrow(c);
    PAIRS.iter().any(|(opening, closing)| c == *opening || c == *closing)
}

const fn narrow(c: char) -> char {
    match c {
        '（' => '(',
        '）' => ')',
        '［' => '[',
        '］' => ']',
        '｛' => '{',
        '｝' => '}',
        c => c,
    }
}

/// Whether a bracket is the mouth of a face, such as `:-)`, or stands with others of its kind for laughter (`)))`).
fn is_face(text: &str, at: usize) -> bool {
    let Some(c) = after(text, at) else { return false };
    let head = text.get(..at).unwrap_or_default();
    let eyes = head.strip_suffix(['-', '\'', '^', 'o']).unwrap_or(head);
    let has_eyes = eyes.ends_with([':', ';', '=']) && !head.ends_with(|c: char| c.is_alphanumeric());
    let doubled = c == ')' && (head.ends_with("))") || head.ends_with(')') && after(text, at + 1) == Some(')'));
    let first = c == ')' && text.get(at..).is_some_and(|tail| tail.starts_with(")))"));
    has_eyes && after(text, at + c.len_utf8()).is_none_or(|next| !next.is_alphanumeric())
        || doubled && !balanced(head)
        || first && !balanced(head)
}

/// Whether enough brackets are open at the end of a line for three to be closed.
fn balanced(head: &str) -> bool {
    let line = head.rsplit('\n').next().unwrap_or_default();
    line.matches('(').count() > 1
}

/// Whether a closing bracket follows the number of an item: `1)`, `а)`, `iv)`, `2.1)`.
fn is_number(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or_default();
    let start = head
        .rfind(|c: char| !c.is_alphanumeric() && c != '.' && c != '*')
        .map_or(0, |i| i + head.get(i..).and_then(|tail| tail.chars().next()).map_or(1, char::len_utf8));
    let number = head.get(start..).unwrap_or_default();
    let chars = number.chars().count();
    chars == 1
        || chars <= 5 && number.chars().all(|c| c.is_numeric() || c == '.' || c == '*')
        || chars <= 3 && number.chars().next().is_some_and(char::is_numeric)
        || chars <= 5 && number.chars().all(|c| matches!(c.to_ascii_lowercase(), 'i' | 'v' | 'x'))
}

/// Whether this stands between the ends of an interval: two values.
fn is_interval(inner: &str) -> bool {
    inner.len() <= INTERVAL
        && inner.contains([',', ';'])
        && inner
            .chars()
            .all(|c| c.is_numeric() || matches!(c, ',' | ';' | '.' | ' ' | '-' | '−' | '+' | '∞' | 'a'..='z'))
}
