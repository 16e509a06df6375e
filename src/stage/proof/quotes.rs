//! Guillemets and double quotation marks, both as outer ones, in one document.
//!
//! Straight marks and curly ones are taken for the same: which of them a text has is the doing of a keyboard, not of a writer. Marks that
//! have no partner in their paragraph are not counted; nor are pairs beside one of the other kind, which stand inside a quotation that goes on
//! from the paragraph before.

use super::setting::{Setting, after, before};
use super::sink::Sink;
use crate::model::{Message, Repair, Severity};
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

impl Uses {
    /// Adds later ones.
    const fn add(&mut self, later: Self) {
        if self.count == 0 {
            (self.first, self.len) = (later.first, later.len);
        }
        self.count += later.count;
    }
}

/// Counts outer quotation marks.
#[derive(Debug, Default)]
pub(super) struct Quotes {
    open: Vec<(char, usize)>,
    // Of the passage so far, and of those before it.
    here: [Uses; 2],
    before: [Uses; 2],
}

/// Deeper than this nobody quotes.
const DEEPEST: usize = 8;

impl Quotes {
    /// Begins a passage: what was open is closed.
    pub(super) fn restart(&mut self) {
        let here = std::mem::take(&mut self.here);
        for (which, (uses, before)) in
            [Kind::Guillemets, Kind::Double].into_iter().zip(here.iter().zip(&mut self.before))
        {
            if self.open.iter().all(|(open, _)| kind(*open) == which) {
                before.add(*uses);
            }
        }
        self.open.clear();
    }

    /// How many pairs were counted.
    fn pairs(&self) -> usize {
        self.here.iter().chain(&self.before).map(|uses| uses.count).sum()
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
        let [guillemets, double] = &mut self.here;
        let uses = if kind(open) == Kind::Guillemets { guillemets } else { double };
        uses.add(Uses { count: 1, first: at, len: open.len_utf8() });
    }

    /// Gives a finding at the first use of the rarer kind.
    pub(super) fn finish(mut self, sink: &mut Sink) {
        self.restart();
        let [guillemets, double] = self.before;
        if guillemets.count == 0 || double.count == 0 {
            return;
        }
        let uses = if guillemets.count < double.count { guillemets } else { double };
        sink.push(RULE, Severity::Note, Span::new(uses.first, uses.first + uses.len), || {
            let message = Message::new(RULE).with(guillemets.count).with(double.count);
            (message, Vec::new())
        });
    }
}

/// All outer pairs of a document, to make them of one kind.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    pairs: Vec<Pair>,
}

#[derive(Clone, Copy, Debug)]
struct Pair {
    open: Mark,
    close: Mark,
    /// Whether other quotation marks stand between, or it may be no pair at all.
    is_doubtful: bool,
}

/// A mark with the blank on its inner side, where it has one.
#[derive(Clone, Copy, Debug)]
struct Mark {
    span: Span,
    c: char,
    blank: Option<char>,
}

/// The marks of a pair, each with the blank on its inner side.
type Form = [(char, Option<char>); 2];

impl Mark {
    fn opening(text: &str, c: char, at: usize) -> Self {
        let end = at + c.len_utf8();
        let blank = after(text, end).filter(|next| is_blank(*next));
        Self { span: Span::new(at, end + blank.map_or(0, char::len_utf8)), c, blank }
    }

    fn closing(text: &str, c: char, at: usize) -> Self {
        let blank = before(text, at).filter(|next| is_blank(*next));
        Self { span: Span::new(at - blank.map_or(0, char::len_utf8), at + c.len_utf8()), c, blank }
    }
}

/// Such blanks stand inside French guillemets.
const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

impl Pairs {
    /// Takes the pairs of a passage.
    pub(super) fn passage(&mut self, text: &str, span: Span, setting: &Setting<'_>) {
        if setting.is_code || setting.is_table {
            return;
        }
        let first = self.pairs.len();
        let mut quotes = Quotes::default();
        let mut open = None;
        let mut inner = 0;
        for (at, c) in span.of(text).char_indices().map(|(at, c)| (span.start() + at, c)) {
            if !matches!(c, '"' | '«' | '»' | '“' | '”' | '„' | '‟') {
                continue;
            }
            let (depth, pairs) = (quotes.open.len(), quotes.pairs());
            quotes.quote(text, c, at);
            match (depth, quotes.open.len()) {
                (0, 1) => (open, inner) = (Some(Mark::opening(text, c, at)), 0),
                (_, 0) if quotes.pairs() > pairs => {
                    if let Some(open) = open.take() {
                        let close = Mark::closing(text, c, at);
                        self.pairs.push(Pair { open, close, is_doubtful: inner > 0 });
                    }
                }
                _ => inner += 1,
            }
        }
        // A mark without its partner: a quotation goes on from the paragraph before, or into the next.
        if !quotes.open.is_empty() {
            self.pairs.iter_mut().skip(first).for_each(|pair| pair.is_doubtful = true);
        }
    }

    /// The repairs that make the rarer kind the usual one, or none where both are as frequent. Straight and curly marks count as one kind; of
    /// them the most frequent pair is taken, with its blanks.
    pub(super) fn unified(self) -> Vec<[Repair; 2]> {
        let is_guillemets = |pair: &&Pair| kind(pair.open.c) == Kind::Guillemets;
        let guillemets = self.pairs.iter().filter(is_guillemets).count();
        let double = self.pairs.len() - guillemets;
        if guillemets == double || guillemets == 0 || double == 0 {
            return Vec::new();
        }
        let usual = if guillemets > double { Kind::Guillemets } else { Kind::Double };
        let usual_pairs = self.pairs.iter().filter(|pair| kind(pair.open.c) == usual);
        let mut counts: Vec<(Form, usize)> = Vec::new();
        for form in usual_pairs.map(|pair| [pair.open, pair.close].map(|mark| (mark.c, mark.blank))) {
            match counts.iter_mut().find(|(known, _)| *known == form) {
                Some((_, count)) => *count += 1,
                None => counts.push((form, 1)),
            }
        }
        // The first of the most frequent.
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let Some(&([(left, left_blank), (right, right_blank)], _)) = counts.first() else { return Vec::new() };
        let opening: String = std::iter::once(left).chain(left_blank).collect();
        let closing: String = right_blank.into_iter().chain([right]).collect();
        // With marks inside, which of them may stay is a matter of the language.
        let rare = self.pairs.iter().filter(|pair| kind(pair.open.c) != usual && !pair.is_doubtful);
        let change = |mark: Mark, with: &str| Repair { span: mark.span, rule: RULE, with: with.to_owned() };
        rare.map(|pair| [change(pair.open, &opening), change(pair.close, &closing)]).collect()
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
