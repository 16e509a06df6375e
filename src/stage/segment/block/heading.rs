//! Headings that have no marks of their own: short lines without a full stop over longer text, numbers, capitals.

use super::Draft;
use super::mark::Mark;
use super::shape::{End, Start};
use crate::model::Kind;
use crate::text::script;

/// Longer lines are no headings, in characters.
const LONGEST: usize = 100;
/// The same for scripts without case and blanks.
const LONGEST_WIDE: usize = 40;
/// Shorter text below does not make a heading of the line above it.
const BODY: usize = 80;

/// Marks the paragraphs that are headings.
pub(super) fn mark(text: &str, drafts: &mut [Draft]) {
    let mut next: Option<Draft> = None;
    for draft in drafts.iter_mut().rev() {
        if draft.kind == Kind::Paragraph && draft.lines == 1 && next.is_some_and(|next| is_heading(text, draft, &next))
        {
            draft.kind = Kind::Heading;
        }
        next = Some(*draft);
    }
}

/// Asked in the order of what the questions cost: a document may have a line for every few words of it.
fn is_heading(text: &str, draft: &Draft, next: &Draft) -> bool {
    let line = draft.span.of(text);
    could_be(draft, line)
        && begins(draft, line)
        && (draft.mark == Mark::Section || stands_over(text, draft, next) || is_capitals(line) || is_chapter(line))
        && has_words(line)
}

/// Whether what comes next is what headings stand over.
fn stands_over(text: &str, draft: &Draft, next: &Draft) -> bool {
    match next.kind {
        Kind::Paragraph => is_body(text, draft, next),
        _ => matches!(draft.mark, Mark::Number(_)) && next.kind == Kind::ListItem,
    }
}

/// Whether `below` is text that a line like `draft` may stand over.
pub(super) fn is_body(text: &str, draft: &Draft, below: &Draft) -> bool {
    let stops = matches!(below.last.end, End::Stop | End::Open);
    if !stops && !has_no_stops(below.span.of(text)) {
        return false;
    }
    let (own, body) = (draft.first.chars, below.chars(text));
    if !stops && body < 2 * BODY {
        return false;
    }
    body >= BODY / 2 && body > own + own / 2 && (body >= BODY || is_wide(below.span.of(text)))
}

/// Whether a line has the length of a heading and no full stop.
fn could_be(draft: &Draft, line: &str) -> bool {
    let chars = draft.first.chars;
    chars <= LONGEST
        && (draft.first.end == End::Bare || line.ends_with(['?', '？']))
        && (chars <= LONGEST_WIDE || !is_wide(line))
}

/// Whether a line begins as sentences do and is mostly letters.
pub(super) fn begins_and_has_words(draft: &Draft, line: &str) -> bool {
    begins(draft, line) && has_words(line)
}

/// Whether a line begins as sentences do: with a capital, a letter without case or a number.
fn begins(draft: &Draft, line: &str) -> bool {
    match draft.mark {
        Mark::Number(_) | Mark::Section => true,
        Mark::Plain => {
            matches!(draft.first.start, Start::Upper | Start::Uncased)
                || line.as_bytes().first().is_some_and(u8::is_ascii_digit)
        }
        _ => false,
    }
}

/// More letters than digits: not a date, a price or a page number; and no address.
fn has_words(line: &str) -> bool {
    let letters = if line.is_ascii() {
        line.bytes().filter(u8::is_ascii_alphabetic).count()
    } else {
        line.chars().filter(|&c| is_letter(c)).count()
    };
    let digits = line.bytes().filter(u8::is_ascii_digit).count();
    letters > 1 && letters > digits * 2 && !line.contains("://") && !line.contains('@')
}

fn is_wide(text: &str) -> bool {
    let (mut wide, mut all) = (0, 0);
    for c in text.chars().take(12) {
        // Characters of scripts without blanks have three bytes or more.
        wide += usize::from(c > '\u{7ff}' && script::is_unspaced(script::of(c)));
        all += 1;
    }
    wide * 2 > all
}

/// Whether a text ends in a letter or vowel of Thai or Lao, whose sentences end without a mark.
fn has_no_stops(text: &str) -> bool {
    text.chars().next_back().is_some_and(|c| matches!(c, '\u{e00}'..='\u{eff}'))
}

/// All capitals, and at least two words or one long one.
fn is_capitals(line: &str) -> bool {
    let mut capitals = 0;
    for c in line.chars().filter(|&c| !has_no_case(c)) {
        if c.is_lowercase() {
            return false;
        }
        capitals += usize::from(c.is_uppercase());
    }
    capitals >= 5
}

/// The letters of most texts, without a look at the tables of Unicode.
fn is_letter(c: char) -> bool {
    matches!(c, 'а'..='я' | 'А'..='Я') || has_no_case(c) || c.is_alphabetic()
}

/// Letters of the great scripts without case: Han, Hiragana, Katakana, Hangul.
const fn has_no_case(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// `第三章 …`.
fn is_chapter(line: &str) -> bool {
    line.starts_with('第') && line.chars().take(6).any(|c| matches!(c, '章' | '节' | '節' | '编' | '編' | '部' | '篇'))
}
