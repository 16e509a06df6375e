//! What the beginning of a line, or its marks, say of it.

use super::shape::LONG;
use super::{caption, code};

/// What a line says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Nothing: running text, perhaps.
    Plain,
    /// It opens or closes a fence of code, with this character.
    Fence(u8),
    /// A Markdown heading.
    Heading,
    /// A line of `=` or `-` below a heading.
    Underline,
    /// An item of a list.
    Item,
    /// A dash, which begins an item or what someone says.
    Dash,
    /// A number with a full stop, which begins an item or a heading.
    Number(u16),
    /// A number with several parts (`1.2`), which begins a heading or a paragraph.
    Section,
    /// A quotation.
    Quote,
    /// Cells between tabs.
    Tabs(u16),
    /// Cells between pipes.
    Pipes(u16),
    /// What stands under a picture or over a table.
    Caption,
    /// Program text.
    Code,
}

impl Mark {
    /// The mark of a trimmed line.
    pub(super) fn of(line: &str) -> Self {
        let bytes = line.as_bytes();
        let first = bytes.first().copied().unwrap_or_default();
        let next = bytes.get(1).copied().unwrap_or_default();
        match first {
            b'`' if line.starts_with("```") => return Self::Fence(b'`'),
            b'~' if line.starts_with("~~~") => return Self::Fence(b'~'),
            b'#' if is_hashes(bytes) => return Self::Heading,
            b'=' | b'-' if bytes.len() >= 3 && bytes.len() <= LONG && bytes.iter().all(|&b| b == first) => {
                return Self::Underline;
            }
            b'>' if bytes.starts_with(b">>> ") => return Self::Code,
            b'>' => return Self::Quote,
            b'-' | b'*' | b'+' if next == b' ' || next == b'\t' => return Self::Item,
            _ => {}
        }
        if bytes.len() <= LONG {
            let has = bytes.iter().fold(0, |has, &b| has | HAS.get(usize::from(b)).copied().unwrap_or_default());
            if (has & DIGIT != 0 || first == b'!') && caption::is_caption(line) {
                return Self::Caption;
            }
            if let Some(cells) = (has & CELL != 0).then(|| cells(bytes)).flatten() {
                return cells;
            }
            if code::is_prompt(bytes) || has & STRONG != 0 && code::is_code(line) {
                return Self::Code;
            }
        }
        enumerated(line)
    }
}

/// What a byte of a line may be part of, a bit each.
const DIGIT: u8 = 1;
const CELL: u8 = 2;
const STRONG: u8 = 4;

/// By byte: one pass tells what a line has none of.
const HAS: [u8; 256] = {
    let mut table = [0; 256];
    let mut rest: &mut [u8] = &mut table;
    let mut byte = 0u8;
    while let Some((first, others)) = rest.split_first_mut() {
        if byte.is_ascii_digit() {
            *first |= DIGIT;
        }
        if matches!(byte, b'\t' | b'|') {
            *first |= CELL;
        }
        if code::is_strong(byte) {
            *first |= STRONG;
        }
        byte = byte.wrapping_add(1);
        rest = others;
    }
    table
};

/// `# ` to `###### `.
fn is_hashes(bytes: &[u8]) -> bool {
    let hashes = bytes.iter().take_while(|&&b| b == b'#').count();
    hashes <= 6 && bytes.get(hashes) == Some(&b' ')
}

/// Cells of a row of a table.
fn cells(bytes: &[u8]) -> Option<Mark> {
    if memchr::memchr(b'\t', bytes).is_some() {
        let cells = bytes.split(|&b| b == b'\t').filter(|cell| cell.iter().any(|b| !b.is_ascii_whitespace())).count();
        return (cells > 1).then_some(Mark::Tabs(cells as u16));
    }
    let pipes = memchr::memchr_iter(b'|', bytes).count();
    let framed = bytes.first() == Some(&b'|') && bytes.last() == Some(&b'|');
    (pipes >= 2 && (framed || spaced_pipes(bytes) == pipes)).then_some(Mark::Pipes(pipes as u16))
}

fn spaced_pipes(bytes: &[u8]) -> usize {
    bytes.windows(3).filter(|w| *w == b" | ").count()
}

/// Bullets, letters and numbers at the beginning of a line.
fn enumerated(line: &str) -> Mark {
    let mut chars = line.chars();
    let Some(first) = chars.next() else { return Mark::Plain };
    let rest = chars.as_str();
    match first {
        '(' | '（' => bracketed(rest),
        '0'..='9' => numbered(line),
        '\0'..='\x7f' => {
            let item = first.is_ascii_alphabetic() && rest.starts_with(") ") || is_roman_item(line);
            if item { Mark::Item } else { Mark::Plain }
        }
        '•'
        | '‣'
        | '▪'
        | '▫'
        | '●'
        | '○'
        | '■'
        | '□'
        | '◦'
        | '∙'
        | '·'
        | '◆'
        | '◇'
        | '➢'
        | '➤'
        | '✓'
        | '✔'
        | '★'
        | '☆'
        | '\u{f0b7}'
        | '①'..='⑳'
        | '⑴'..='⒛'
        | '㈠'..='㈩'
        | '❶'..='➓' => Mark::Item,
        '–' | '—' | '―' if rest.starts_with([' ', '\t', '\u{a0}', '\u{3000}']) => Mark::Dash,
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' => {
            let rest = rest.trim_start_matches(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']);
            if rest.starts_with(['、', '．']) { Mark::Item } else { Mark::Plain }
        }
        _ if rest.starts_with(") ") && first.is_alphabetic() => Mark::Item,
        _ => Mark::Plain,
    }
}

/// `(1) `, `(a) `, `（一）`, after the bracket.
fn bracketed(rest: &str) -> Mark {
    let Some((inner, after)) = rest.split_once([')', '）']) else { return Mark::Plain };
    let numeral =
        inner.chars().all(|c| matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十'));
    let short = inner.len() <= 3 && inner.bytes().all(|b| b.is_ascii_digit());
    let letter = inner.chars().count() == 1 && inner.chars().all(char::is_alphabetic);
    let item = !inner.is_empty()
        && !after.is_empty()
        && inner.len() <= 12
        && (numeral || short || letter || is_small_roman(inner));
    if item { Mark::Item } else { Mark::Plain }
}

fn is_small_roman(text: &str) -> bool {
    (1..=5).contains(&text.len()) && text.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'))
}

/// `ii) `.
fn is_roman_item(line: &str) -> bool {
    let numeral = line.bytes().take(6).take_while(|b| matches!(b, b'i' | b'v' | b'x')).count();
    line.get(..numeral).is_some_and(is_small_roman) && line.get(numeral..).is_some_and(|rest| rest.starts_with(") "))
}

/// `1. `, `1) `, `1、`, `1.2 `.
fn numbered(line: &str) -> Mark {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let Some(number) = line.get(..digits).filter(|d| d.len() <= 3).and_then(|d| d.parse().ok()) else {
        return Mark::Plain;
    };
    let rest = line.get(digits..).unwrap_or_default();
    if rest.starts_with(") ") || rest.starts_with('）') || rest.starts_with('、') {
        return Mark::Item;
    }
    let Some(after) = rest.strip_prefix(['.', '．']) else { return Mark::Plain };
    if after.starts_with([' ', '\t', '\u{a0}'])
        || after.starts_with(|c: char| c.is_alphabetic() && !c.is_ascii() && !c.is_lowercase() && !c.is_uppercase())
    {
        return Mark::Number(number);
    }
    let parts = after.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let short = after.bytes().take_while(u8::is_ascii_digit).count() <= 2;
    let section = parts > 0
        && short
        && after
            .get(parts..)
            .is_some_and(|t| t.starts_with([' ', '\t', '\u{a0}']) && t.trim_start().starts_with(char::is_alphabetic));
    if section { Mark::Section } else { Mark::Plain }
}
