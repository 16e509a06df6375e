//! What a line looks like: its length, how it begins and how it ends.

use crate::text::script;

/// Longer lines, in bytes, are paragraphs whatever they look like.
pub(super) const LONG: usize = 700;

/// The length of a long line, in characters: more than any that is counted.
const ENDLESS: usize = usize::MAX / 16;

/// How a line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// With a lower case letter.
    Lower,
    /// With an upper case letter.
    Upper,
    /// With a letter of a script without case.
    Uncased,
    /// With anything else.
    Other,
}

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// With a mark that ends sentences.
    Stop,
    /// With a comma, semicolon, colon or dash: something follows.
    Open,
    /// With anything else.
    Bare,
}

/// What a line looks like.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Its length in characters; that of a long line is not counted.
    pub chars: usize,
    /// The length of its first word.
    pub word: usize,
    /// How it begins.
    pub start: Start,
    /// How it ends.
    pub end: End,
}

impl Shape {
    /// The shape of a trimmed line.
    pub(super) fn of(line: &str) -> Self {
        let long = line.len() > LONG;
        let chars = if long { ENDLESS } else { count(line) };
        let word = if long { 0 } else { first_word(line) };
        Self { chars, word, start: start(line), end: end(line) }
    }
}

/// Characters in `text`.
pub(super) fn count(text: &str) -> usize {
    text.as_bytes().iter().filter(|&&b| b & 0xc0 != 0x80).count()
}

fn first_word(line: &str) -> usize {
    let mut len = 0;
    for c in line.chars() {
        if c.is_whitespace() {
            break;
        }
        len += 1;
        if !c.is_ascii() && script::is_unspaced(script::of(c)) {
            break;
        }
    }
    len
}

fn start(line: &str) -> Start {
    match line.chars().find(|c| {
        !matches!(c, '"' | '«' | '“' | '„' | '‘' | '\'' | '(' | '[' | '「' | '『' | '《' | '（' | '¿' | '¡' | '*' | '_')
    }) {
        Some(c) if c.is_lowercase() => Start::Lower,
        Some(c) if c.is_uppercase() => Start::Upper,
        Some(c) if c.is_alphabetic() => Start::Uncased,
        _ => Start::Other,
    }
}

fn end(line: &str) -> End {
    let mut back = line.chars().rev();
    match back.find(|c| !matches!(c, '"' | '»' | '”' | '’' | '\'' | ')' | ']' | '」' | '』' | '）' | '*' | '_'))
    {
        Some('.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '۔' | '।' | '॥' | '։' | '።' | '។' | '။' | '．') => {
            End::Stop
        }
        Some(',' | ';' | ':' | '，' | '；' | '：' | '、' | '،' | '؛' | '-' | '–' | '—') => End::Open,
        _ => End::Bare,
    }
}
