//! The words, numbers and signs of a neighbourhood, with all that each can mean.

use super::digits;
use super::tree::{Expression, Length, TimeOfDay};
use crate::rules::timex::{Classes, Language, Lex};
use crate::text::{Span, script, words};

/// A number as it was written.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Number {
    pub(super) value: f64,
    /// How many digits; 0 for words.
    pub(super) digits: u8,
    pub(super) ordinal: bool,
    /// In Roman figures.
    pub(super) roman: bool,
    /// With signs between the thousands, or a fraction: no year, no day.
    pub(super) quantity: bool,
    /// Said as years are: nineteen ninety-six, 二〇二一.
    pub(super) year: bool,
}

impl Number {
    pub(super) const fn int(self) -> i32 {
        self.value as i32
    }
}

/// What a node of the neighbourhood is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Word,
    Sign(char),
    Number(Number),
    Time(TimeOfDay),
    Length(Length),
    Expression(Box<Expression>),
    /// Digits that are no date and no number for one: versions, addresses, prices.
    Opaque,
}

/// A number as it was written.
pub(super) const NUMBER: Classes = Classes::own(0);
/// A time of day.
pub(super) const TIME: Classes = Classes::own(1);
/// A length of time, put together.
pub(super) const SPAN: Classes = Classes::own(2);
/// A temporal expression.
pub(super) const EXPRESSION: Classes = Classes::own(3);
/// A sign that joins the ends of a range.
pub(super) const DASH: Classes = Classes::own(4);
/// An apostrophe, which stands before a short year.
pub(super) const APOSTROPHE: Classes = Classes::own(5);
/// The end of a sentence.
const END: Classes = Classes::own(6);

impl Kind {
    /// The classes of what it is, whatever it may mean.
    pub(super) const fn classes(&self) -> Classes {
        match self {
            Self::Number(_) => NUMBER,
            Self::Time(_) => TIME,
            Self::Length(_) => SPAN,
            Self::Expression(_) => EXPRESSION,
            Self::Sign('-' | '–' | '—' | '‑' | '‐' | '−' | '~' | '～' | '－') => DASH,
            Self::Sign('\'' | '’' | '‘') => APOSTROPHE,
            Self::Sign('.' | '!' | '?' | '。') => END,
            Self::Word | Self::Sign(_) | Self::Opaque => Classes::NONE,
        }
    }
}

/// A token, or what tokens were put together into.
#[derive(Clone, Debug)]
pub(super) struct Node<'r> {
    pub(super) span: Span,
    pub(super) kind: Kind,
    pub(super) lexemes: &'r [Lex],
    /// The classes of these and of the kind.
    pub(super) classes: Classes,
    /// Begins with a capital letter.
    pub(super) capital: bool,
    /// No blank before it.
    pub(super) glued: bool,
    /// A common word too.
    pub(super) weak: bool,
    /// An empty line or the end of a sentence stands before it.
    pub(super) barrier: bool,
}

impl Node<'_> {
    /// The same with another kind and no other meaning.
    pub(super) fn of(self, kind: Kind) -> Self {
        Self { classes: kind.classes(), kind, lexemes: &[], ..self }
    }

    /// Takes it as what it can be, whatever stands beside it.
    pub(super) fn loosen(&mut self) {
        (self.weak, self.capital) = (false, true);
    }

    /// Whether it may be the heart of an expression.
    pub(super) fn is_live(&self) -> bool {
        match self.kind {
            Kind::Number(n) => n.digits == 4 || self.glued,
            Kind::Word | Kind::Sign(_) | Kind::Opaque => self.classes.meets(Classes::TRIGGER),
            Kind::Time(_) | Kind::Length(_) | Kind::Expression(_) => true,
        }
    }

    /// Whether it is a word that means nothing here.
    pub(super) fn is_plain(&self) -> bool {
        self.kind == Kind::Word && self.lexemes.is_empty()
    }

    /// Whether it tells if the sentence speaks of what is to come.
    pub(super) fn is_cue(&self) -> bool {
        self.classes.meets(Classes::FUTURE.with(END))
    }

    pub(super) fn has(&self, wanted: Lex) -> bool {
        self.lexemes.contains(&wanted)
    }

    pub(super) fn pick<T>(&self, want: impl Fn(Lex) -> Option<T>) -> Option<T> {
        self.lexemes.iter().find_map(|l| want(*l))
    }

    pub(super) const fn number(&self) -> Option<Number> {
        match self.kind {
            Kind::Number(n) => Some(n),
            _ => None,
        }
    }

    pub(super) fn expression(&self) -> Option<&Expression> {
        match &self.kind {
            Kind::Expression(e) => Some(e),
            _ => None,
        }
    }

    pub(super) const fn time(&self) -> Option<TimeOfDay> {
        match self.kind {
            Kind::Time(time) => Some(time),
            _ => None,
        }
    }

    /// Whether nothing stands between it and `next`.
    pub(super) fn glued_to(&self, next: Option<&Self>) -> bool {
        next.is_some_and(|next| next.glued)
    }

    pub(super) const fn is_sign(&self, sign: char) -> bool {
        matches!(self.kind, Kind::Sign(c) if c == sign)
    }

    pub(super) const fn is_dash(&self) -> bool {
        matches!(self.kind, Kind::Sign('-' | '–' | '—' | '‑' | '‐' | '−' | '~' | '～' | '－'))
    }
}

/// Cuts `text[window]` into tokens, and what follows it up to `limit`, as far as it means something here.
pub(super) fn tokens<'r>(text: &str, window: Span, limit: usize, language: &'r Language, out: &mut Vec<Node<'r>>) {
    out.clear();
    let mut at = window.start();
    let (mut glued, mut barrier) = (false, false);
    while let Some(rest) = text.get(at..limit).filter(|r| !r.is_empty()) {
        let plain = out.last().is_some_and(|last| last.kind == Kind::Word && last.lexemes.is_empty());
        if at >= window.end() && (plain || barrier) {
            break;
        }
        let Some(c) = rest.chars().next() else { break };
        if c.is_whitespace() {
            glued = false;
            let blank = rest.len() - rest.trim_start().len();
            let gap = rest.get(..blank).unwrap_or_default();
            barrier |= gap.matches('\n').count() > 1;
            at += blank;
            continue;
        }
        let (mut length, mut node) = token(text, at, limit, rest, c, language, false);
        // 3月底 is the month and then its end, 底.
        if language.unspaced
            && node.classes.meets(Classes::MODIFIER)
            && length > c.len_utf8()
            && out.last().is_some_and(|last| last.classes.meets(NUMBER.with(Classes::NUMERAL)))
            && let Some((first, mark)) = language.lexicon.longest(rest, |length| length == c.len_utf8())
            && mark.lexemes.iter().any(|l| matches!(l, Lex::YearMark | Lex::MonthMark))
        {
            length = first;
            node = Node { lexemes: &mark.lexemes, classes: mark.classes, weak: mark.weak, ..node };
        }
        let node = Node { span: Span::new(at, at + length), glued, barrier, ..node };
        // A phrase gives way where its last word belongs to what follows: `в прошлом` and `в прошлом году`.
        if let Some(last) = out.last()
            && last.classes.meets(Classes::VAGUE)
            && node.classes.meets(Classes::TIME_WORD.with(NUMBER))
            && last.span.of(text).contains(char::is_whitespace)
        {
            let phrase = last.clone();
            out.pop();
            apart(text, &phrase, language, out);
        }
        barrier = false;
        at += length;
        glued = true;
        out.push(node);
    }
}

/// The words of a phrase one by one.
fn apart<'r>(text: &str, phrase: &Node<'r>, language: &'r Language, out: &mut Vec<Node<'r>>) {
    let mut at = phrase.span.start();
    let (mut glued, mut barrier) = (phrase.glued, phrase.barrier);
    while let Some(rest) = text.get(at..phrase.span.end()) {
        let Some(c) = rest.chars().next() else { break };
        if c.is_whitespace() {
            at += c.len_utf8();
            glued = false;
            continue;
        }
        let (length, node) = token(text, at, phrase.span.end(), rest, c, language, true);
        out.push(Node { span: Span::new(at, at + length), glued, barrier, ..node });
        barrier = false;
        at += length;
    }
}

fn token<'r>(
    text: &str,
    at: usize,
    end: usize,
    rest: &str,
    c: char,
    language: &'r Language,
    single: bool,
) -> (usize, Node<'r>) {
    let blank = Node {
        span: Span::default(),
        kind: Kind::Word,
        lexemes: &[],
        classes: Classes::NONE,
        capital: c.is_uppercase(),
        glued: false,
        weak: false,
        barrier: false,
    };
    if digit(c).is_some() {
        let (length, kind) = digits::read(text, at, end);
        return (length, blank.of(kind));
    }
    let starts = language.unspaced
        || is_boundary(text, at)
        || text.get(..at).and_then(|t| t.chars().next_back()).is_some_and(char::is_numeric);
    if starts {
        let words = |length: usize| !single || !rest.get(..length).unwrap_or_default().contains(char::is_whitespace);
        let ends = |length: usize| words(length) && ends_word(rest, length, language);
        if let Some((length, entry)) = language.lexicon.longest(rest, ends)
            && !(length == c.len_utf8() && entry.lexemes.is_empty())
        {
            let kind = if length == c.len_utf8() && !c.is_alphanumeric() { Kind::Sign(c) } else { Kind::Word };
            let classes = entry.classes.with(kind.classes());
            return (length, Node { kind, lexemes: &entry.lexemes, classes, weak: entry.weak, ..blank });
        }
    }
    if !words::is_word(c) {
        return (c.len_utf8(), blank.of(Kind::Sign(c)));
    }
    if language.unspaced && script::is_unspaced(script::of(c)) {
        return (c.len_utf8(), blank);
    }
    let length = rest
        .find(|c: char| !words::is_word(c) || language.unspaced && script::is_unspaced(script::of(c)))
        .unwrap_or(rest.len());
    let word = rest.get(..length).unwrap_or_default();
    if let Some(value) = roman(word) {
        let number = Number { value: f64::from(value), roman: true, ..Number::default() };
        return (length, blank.of(Kind::Number(number)));
    }
    if length <= 64
        && let Some((number, unit)) = language.compounds.split(word)
    {
        let kind = Kind::Length(match number {
            Some(0) | None => Length::vague(unit),
            Some(n) => Length::one(f64::from(n), unit),
        });
        // A bare suffix needs digits in front: 10-летний.
        let kind = if number.is_none() && !starts { Kind::Word } else { kind };
        return (length, blank.of(kind));
    }
    (length, blank)
}

/// Whether a form may end here: where words have blanks, at the edge of a word.
fn ends_word(rest: &str, length: usize, language: &Language) -> bool {
    language.unspaced && !rest.starts_with(|c: char| c.is_ascii_alphanumeric()) || is_boundary(rest, length)
}

/// Whether `at` is the edge of a word; most are among characters of one byte.
#[inline]
fn is_boundary(text: &str, at: usize) -> bool {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let bytes = text.as_bytes();
    match (at.checked_sub(1).and_then(|at| bytes.get(at)), bytes.get(at)) {
        (Some(before @ ..0x80), Some(after @ ..0x80)) => !(word(*before) && word(*after)),
        (Some(..0x80), None) | (None, _) => true,
        _ => words::is_boundary(text, at),
    }
}

/// The value of a decimal digit of the scripts that are common in dates.
pub(super) const fn digit(c: char) -> Option<u8> {
    match c {
        '0'..='9' => Some(c as u8 - b'0'),
        '０'..='９' => Some((c as u32 - '０' as u32) as u8),
        '٠'..='٩' => Some((c as u32 - '٠' as u32) as u8),
        '۰'..='۹' => Some((c as u32 - '۰' as u32) as u8),
        '०'..='९' => Some((c as u32 - '०' as u32) as u8),
        '๐'..='๙' => Some((c as u32 - '๐' as u32) as u8),
        '০'..='৯' => Some((c as u32 - '০' as u32) as u8),
        _ => None,
    }
}

/// A Roman number of I, V and X (also the Cyrillic letters that look so), up to 39: what centuries and quarters need.
fn roman(word: &str) -> Option<u8> {
    if word.len() > 12 {
        return None;
    }
    let mut total = 0i32;
    let mut before = 0i32;
    for c in word.chars().rev() {
        let value = match c {
            'I' | 'І' => 1,
            'V' => 5,
            'X' | 'Х' => 10,
            _ => return None,
        };
        total += if value < before { -value } else { value };
        before = before.max(value);
    }
    u8::try_from(total).ok().filter(|n| (1..40).contains(n))
}
