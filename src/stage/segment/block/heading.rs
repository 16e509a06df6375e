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

fn is_heading(text: &str, draft: &Draft, next: &Draft) -> bool {
    let line = draft.span.of(text);
    if !could_be(draft, line) {
        return false;
    }
    if draft.mark == Mark::Section || is_capitals(line) || is_chapter(line) {
        return true;
    }
    let below = match next.kind {
        Kind::Paragraph => next,
        _ => return matches!(draft.mark, Mark::Number(_)) && next.kind == Kind::ListItem,
    };
    is_body(text, draft, below)
}

/// Whether `below` is text that a line like `draft` may stand over.
pub(super) fn is_body(text: &str, draft: &Draft, below: &Draft) -> bool {
    let (own, body) = (draft.first.chars, below.chars(text));
    let least = if is_wide(below.span.of(text)) { BODY / 2 } else { BODY };
    body >= least && body > own + own / 2 && matches!(below.last.end, End::Stop | End::Open)
}

/// Whether a line has the looks of a heading: short, no full stop, begins as sentences do, mostly letters.
fn could_be(draft: &Draft, line: &str) -> bool {
    let longest = if is_wide(line) { LONGEST_WIDE } else { LONGEST };
    let question = line.ends_with(['?', '？']);
    draft.first.chars <= longest && (draft.first.end == End::Bare || question) && begins_and_has_words(draft, line)
}

/// Whether a line begins as sentences do and is mostly letters.
pub(super) fn begins_and_has_words(draft: &Draft, line: &str) -> bool {
    let numbered = matches!(draft.mark, Mark::Number(_) | Mark::Section);
    let begins = matches!(draft.first.start, Start::Upper | Start::Uncased)
        || numbered
        || line.starts_with(|c: char| c.is_ascii_digit());
    let plain = matches!(draft.mark, Mark::Plain | Mark::Number(_) | Mark::Section);
    plain && begins && has_words(line)
}

/// More letters than digits: not a date, a price or a page number; and no address.
fn has_words(line: &str) -> bool {
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let digits = line.chars().filter(char::is_ascii_digit).count();
    letters > 1 && letters > digits * 2 && !line.contains("://") && !line.contains('@')
}

fn is_wide(text: &str) -> bool {
    text.chars().take(12).filter(|&c| !c.is_ascii() && script::is_unspaced(script::of(c))).count() * 2
        > text.chars().take(12).count()
}

/// All capitals, and at least two words or one long one.
fn is_capitals(line: &str) -> bool {
    let capitals = line.chars().filter(|c| c.is_uppercase()).count();
    capitals >= 5 && !line.chars().any(char::is_lowercase)
}

/// `第三章 …`.
fn is_chapter(line: &str) -> bool {
    line.starts_with('第') && line.chars().take(6).any(|c| matches!(c, '章' | '节' | '節' | '编' | '編' | '部' | '篇'))
}
