//! Brackets, guillemets and corner brackets without their partner in the document. Braces are left alone: they belong to programs.

use super::setting::{Setting, after, before};
use super::sink::Sink;
use crate::model::{Message, Severity};
use crate::text::Span;

const BRACKETS: &str = "brackets.unbalanced";
const QUOTES: &str = "quotes.unbalanced";

/// What opens and what closes it. Wide brackets count as the narrow ones: the two are mixed where text of both widths meets.
const PAIRS: [(char, char); 7] =
    [('(', ')'), ('[', ']'), ('【', '】'), ('《', '》'), ('〈', '〉'), ('〔', '〕'), ('〖', '〗')];
/// Quotations.
const QUOTATIONS: [(char, char); 3] = [('«', '»'), ('「', '」'), ('『', '』')];
/// What is open at once, at most: each paragraph may open its own quotation.
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
    /// Quotations that are closed and not opened: said at the end, unless `»` is found to open them.
    lone: Vec<Span>,
    is_turned: bool,
}

impl Brackets {
    /// Looks at the mark `c` at `at`.
    #[inline]
    pub(super) fn mark(&mut self, text: &str, c: char, at: usize, setting: &Setting<'_>, sink: &mut Sink) {
        if setting.is_code || setting.is_table {
            return;
        }
        match c {
            '«' | '»' | '「' | '」' | '『' | '』' => self.quote(text, c, at, setting.index),
            _ if is_bracket(c) => self.bracket(text, c, at, setting.index, sink),
            _ => {}
        }
    }

    fn bracket(&mut self, text: &str, c: char, at: usize, passage: usize, sink: &mut Sink) {
        let span = Span::new(at, at + c.len_utf8());
        let c = narrow(c);
        // What is open here is closed, though it may look like a face (`&amp;)`) or the number of an item.
        let closes = c == ')' && self.open.last().is_some_and(|open| open.passage == passage);
        let is_none = || is_face(text, span) || c == ')' && (is_number(text, at) || self.is_laughter(text, span));
        if !closes && is_none() {
            return;
        }
        let Some((opening, _)) = PAIRS.into_iter().find(|(_, closing)| *closing == c) else {
            if self.open.len() < MOST {
                self.open.push(Open { c, span, passage, met: false });
            }
            return;
        };
        if let Some(last) = self.open.last().filter(|last| last.c != opening)
            && is_interval(Span::new(last.span.end(), at).of(text))
        {
            self.open.pop();
        } else if let Some(partner) = self.open.iter().rposition(|open| open.c == opening) {
            // What was opened after it stays open.
            self.open.drain(partner..).skip(1).for_each(|open| say(BRACKETS, text, open.span, true, sink));
        } else {
            say(BRACKETS, text, span, false, sink);
        }
    }

    /// Whether several closing brackets stand together where none is open: laughter.
    fn is_laughter(&self, text: &str, span: Span) -> bool {
        (before(text, span.start()) == Some(')') || after(text, span.end()) == Some(')'))
            && self.open.iter().all(|open| open.c != '(')
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
        self.is_turned |= c == '»' && opens;
        // One mark often closes an inner and an outer quotation, and each paragraph of a long one opens it again.
        let same = self.quotes.iter_mut().filter(|open| open.c == opening);
        same.for_each(|open| open.met = true);
        match self.quotes.iter().rposition(|open| open.c == opening) {
            Some(partner) => drop(self.quotes.remove(partner)),
            None if self.lone.len() < MOST => self.lone.push(span),
            None => {}
        }
    }

    /// Gives a finding for each mark that is left without a partner.
    pub(super) fn finish(self, text: &str, sink: &mut Sink) {
        self.open.iter().for_each(|open| say(BRACKETS, text, open.span, true, sink));
        if !self.is_turned {
            self.quotes.iter().filter(|open| !open.met).for_each(|open| say(QUOTES, text, open.span, true, sink));
            self.lone.iter().for_each(|span| say(QUOTES, text, *span, false, sink));
        }
    }
}

fn say(rule: &'static str, text: &str, span: Span, is_open: bool, sink: &mut Sink) {
    sink.push(rule, Severity::Warning, span, || {
        let key = if is_open { "brackets.opened" } else { "brackets.closed" };
        (Message::new(key).with(span.of(text)), Vec::new())
    });
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
        c => c,
    }
}

/// Whether a bracket is the mouth of a face, such as `:-)`.
fn is_face(text: &str, span: Span) -> bool {
    let head = text.get(..span.start()).unwrap_or_default();
    let eyes = head.strip_suffix(['-', '\'', '^', 'o']).unwrap_or(head);
    eyes.ends_with([':', ';', '=']) && after(text, span.end()).is_none_or(|next| !next.is_alphanumeric())
}

/// Whether a closing bracket follows the number of an item: `1)`, `а)`, `iv)`, `2.1)`.
fn is_number(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or_default();
    // From its end to a blank; numbers are short.
    let number: Vec<char> = head.chars().rev().take_while(|c| !c.is_whitespace()).take(6).collect();
    let all = |is: fn(char) -> bool| number.iter().all(|c| is(*c));
    match number.as_slice() {
        [one] => one.is_alphanumeric(),
        [_, .., first] if number.len() <= 3 && first.is_numeric() => {
            all(|c| c.is_alphanumeric() || c == '.' || c == '*')
        }
        [_, ..] if number.len() <= 5 => {
            all(|c| c.is_numeric() || c == '.' || c == '*')
                || all(|c| matches!(c.to_ascii_lowercase(), 'i' | 'v' | 'x'))
        }
        _ => false,
    }
}

/// Whether this stands between the ends of an interval: two values.
fn is_interval(inner: &str) -> bool {
    inner.len() <= INTERVAL
        && inner.contains([',', ';'])
        && inner
            .chars()
            .all(|c| c.is_numeric() || matches!(c, ',' | ';' | '.' | ' ' | '-' | '−' | '+' | '∞' | 'a'..='z'))
}
