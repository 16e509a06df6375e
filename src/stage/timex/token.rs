//! The words, numbers and signs of a neighbourhood, with all that each can mean.

use super::digits;
use super::tree::{Expression, Length, TimeOfDay};
use crate::rules::timex::{Classes, Entry, Language, Lex};
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
/// More or less than.
pub(super) const COMPARED: Classes = Classes::own(7);

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
            Self::Sign('<' | '>') => COMPARED,
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
        self.kind == Kind::Word && self.lexemes.is_empty() && !self.classes.meets(Classes::MONTH)
    }

    /// Whether it is a number, in digits or words.
    pub(super) fn is_counting(&self) -> bool {
        self.number().is_some() || self.classes.meets(Classes::NUMERAL)
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
    let joins = language.joins();
    while let Some(rest) = text.get(at..limit).filter(|r| !r.is_empty()) {
        let plain = out.last().is_some_and(Node::is_plain);
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
        let part = joins && glued && out.last().is_some_and(|last| !last.lexemes.is_empty());
        let (mut length, mut node) = token(text, at, limit, rest, c, language, Cut { single: false, part });
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
        let (length, node) = token(text, at, phrase.span.end(), rest, c, language, Cut { single: true, part: false });
        out.push(Node { span: Span::new(at, at + length), glued, barrier, ..node });
        barrier = false;
        at += length;
    }
}

/// How a token is cut: `single` words of a phrase, the second `part` of words written as one.
#[derive(Clone, Copy)]
struct Cut {
    single: bool,
    part: bool,
}

fn token<'r>(
    text: &str,
    at: usize,
    end: usize,
    rest: &str,
    c: char,
    language: &'r Language,
    Cut { single, part }: Cut,
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
        // Decreto 12/2015
        let is_number = digits::is_month(&kind) && language.is_numbered(text.get(..at).unwrap_or_default());
        return (length, blank.of(if is_number { Kind::Opaque } else { kind }));
    }
    if c == 'F'
        && is_boundary(text, at)
        && let Some((length, year)) = fiscal(rest)
    {
        let scope = super::tree::Scope::Year(year);
        let expression = Expression::calendar(scope, super::tree::Field::Whole, "date.year");
        return (length, blank.of(Kind::Expression(Box::new(expression))));
    }
    let starts = part
        || language.unspaced && !language.joins()
        || is_boundary(text, at)
        || text.get(..at).and_then(|t| t.chars().next_back()).is_some_and(char::is_numeric);
    if starts {
        let words = |length: usize| !single || !rest.get(..length).unwrap_or_default().contains(char::is_whitespace);
        let ends = |length: usize| {
            words(length)
                && (ends_word(rest, length, language)
                    || tail(rest, length, language).is_some()
                    || language.unspaced && language.joins() && compound(rest, length, language))
        };
        if let Some((length, entry)) = language.lexicon.longest(rest, ends)
            && !(length == c.len_utf8() && entry.lexemes.is_empty())
        {
            let kind = if length == c.len_utf8() && !c.is_alphanumeric() { Kind::Sign(c) } else { Kind::Word };
            let classes = entry.classes.with(kind.classes());
            let length = tail(rest, length, language).filter(|_| words(length)).unwrap_or(length);
            return (length, Node { kind, lexemes: &entry.lexemes, classes, weak: entry.weak, ..blank });
        }
        if let Some((length, entry)) = clitic(rest, language, 2) {
            return (length, Node { lexemes: &entry.lexemes, classes: entry.classes, ..blank });
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
    if language.hebrew_numerals
        && starts
        && let Some((length, value)) = hebrew(rest)
    {
        let digits = if value > 31 { 4 } else { 2 };
        return (length, blank.of(Kind::Number(Number { value: f64::from(value), digits, ..Number::default() })));
    }
    // Sep-23-2020: the international form of a date in a text of any language.
    let signed = |c: Option<char>| matches!(c, Some('-' | '/'));
    if (signed(text.get(..at).and_then(|t| t.chars().next_back()))
        || signed(rest.get(length..).and_then(|r| r.chars().next())))
        && super::calendar::english_month(word).is_some()
    {
        return (length, Node { classes: Classes::MONTH, ..blank });
    }
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

/// FY2019, FY19: a fiscal year as one word; its length and the year.
fn fiscal(rest: &str) -> Option<(usize, i32)> {
    let tail = rest.strip_prefix("FY")?;
    let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
    let year: i32 = tail.get(..digits)?.parse().ok()?;
    let year = match digits {
        4 if (1900..2100).contains(&year) => year,
        2 => 2000 + year,
        _ => return None,
    };
    is_boundary(rest, 2 + digits).then_some((2 + digits, year))
}

/// A small word at the beginning of a longer one, where the rest of it means something.
fn clitic<'r>(rest: &str, language: &'r Language, deep: u8) -> Option<(usize, &'r Entry)> {
    if language.clitics.is_empty() {
        return None;
    }
    language.clitics.longest(rest, |length| {
        let next = rest.get(length..).unwrap_or_default();
        let dash = next.trim_start_matches(['-', '־', 'ـ']);
        dash.starts_with(|c| digit(c).is_some())
            || language.hebrew_numerals && hebrew(next).is_some()
            || language.lexicon.longest(next, |length| is_boundary(next, length)).is_some()
            || deep > 1 && clitic(next, language, deep - 1).is_some()
    })
}

/// Whether the rest of the word behind the form of `length` bytes is a form too: 지난|주.
fn compound(rest: &str, length: usize, language: &Language) -> bool {
    let next = rest.get(length..).unwrap_or_default();
    let ends = |length: usize| is_boundary(next, length) || tail(next, length, language).is_some();
    next.starts_with(words::is_word) && language.lexicon.longest(next, ends).is_some()
}

/// Where the form of `length` bytes ends with the rest of its word, which is an ending: with it where it belongs to the extent.
fn tail(rest: &str, length: usize, language: &Language) -> Option<usize> {
    if language.endings.is_empty() {
        return None;
    }
    let after = rest.get(length..)?;
    let end = after.find(|c: char| !words::is_word(c)).unwrap_or(after.len());
    // Endings have few letters.
    if end == 0 || end > 24 {
        return None;
    }
    let within = language.endings.get(after.get(..end)?)?;
    Some(if *within { length + end } else { length })
}

/// Whether a form may end here: where words have blanks, at the edge of a word.
fn ends_word(rest: &str, length: usize, language: &Language) -> bool {
    language.unspaced && !language.joins() && !rest.starts_with(|c: char| c.is_ascii_alphanumeric())
        || is_boundary(rest, length)
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

/// The value of a decimal digit of any script: Unicode gives each script its ten in a row.
pub(super) fn digit(c: char) -> Option<u8> {
    if c.is_ascii() {
        return c.is_ascii_digit().then(|| c as u8 - b'0');
    }
    let code = c as u32;
    let zero = ZEROS.get(ZEROS.partition_point(|zero| *zero <= code).checked_sub(1)?)?;
    (code - zero < 10).then_some((code - zero) as u8)
}

/// The digits zero of the scripts of living languages, and the full-width one (general category Nd of Unicode).
const ZEROS: [u32; 38] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
    0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0,
    0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x1_11c0, 0x1_e950,
];

/// A number in Hebrew letters, set off by a sign before the last of them: a day of the month, or a year since the creation, its
/// thousands left out as is usual. Its length too.
fn hebrew(text: &str) -> Option<(usize, u16)> {
    let (mut total, mut before, mut letters, mut signed) = (0u16, u16::MAX, 0, false);
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let value = match c {
            'א'..='ט' => c as u16 - 'א' as u16 + 1,
            'י' => 10,
            'כ' | 'ך' => 20,
            'ל' => 30,
            'מ' | 'ם' => 40,
            'נ' | 'ן' => 50,
            'ס' => 60,
            'ע' => 70,
            'פ' | 'ף' => 80,
            'צ' | 'ץ' => 90,
            'ק' => 100,
            'ר' => 200,
            'ש' => 300,
            'ת' => 400,
            '"' | '״' if letters > 0 && !signed => {
                signed = true;
                continue;
            }
            // A single letter has its sign behind it.
            '\'' | '׳' if letters == 1 && !signed && total <= 30 => {
                let end = at + c.len_utf8();
                return is_boundary(text, end).then_some((end, total));
            }
            _ => break,
        };
        if value > before || signed && letters == 0 || letters > 5 || end > 0 {
            return None;
        }
        total += value;
        (before, letters) = (value, letters + 1);
        if signed {
            end = at + c.len_utf8();
        }
    }
    if end == 0 || !is_boundary(text, end) {
        return None;
    }
    match total {
        1..=30 => Some((end, total)),
        600..=999 if letters >= 3 => Some((end, 5000 + total)),
        _ => None,
    }
}

/// A Roman number of I, V and X (also the Cyrillic letters that look so), up to 39: what centuries and quarters need.
fn roman(word: &str) -> Option<u8> {
    if word.len() > 12 {
        return None;
    }
    // XIXe, XXème, IIIº
    let figures = word.trim_end_matches(['e', 'è', 'm', 'r', 't', 'h', 'º', 'ª', '°']);
    let word = if figures.len() > 1 { figures } else { word };
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
