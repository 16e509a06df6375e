//! A blank before punctuation, and doubled full stops.

use super::scan;
use super::setting::{Setting, after, before};
use super::sink::Sink;
use crate::model::{Message, Severity};
use crate::text::Span;

/// A blank before punctuation.
pub(super) const SPACE: &str = "space.before-punctuation";
const DOUBLED: &str = "punctuation.doubled";
/// Two blanks between words.
pub(super) const BLANKS: &str = "space.doubled";

/// Looks at the mark `c` at `at`.
#[inline]
pub(super) fn mark(text: &str, c: char, at: usize, setting: &Setting<'_>, sink: &mut Sink) {
    if matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | '»') && !setting.is_code && !setting.is_table {
        let byte = at.checked_sub(1).and_then(|at| text.as_bytes().get(at));
        if byte == Some(&b' ') {
            blank(text, c, at, setting, sink);
        } else if byte == Some(&(c as u8)) && matches!(c, '.' | ',') {
            doubled(text, c, at, setting, sink);
        }
    }
}

fn blank(text: &str, c: char, at: usize, setting: &Setting<'_>, sink: &mut Sink) {
    if setting.habits.spaced.contains(c) || setting.alphabet == scan::UNSPACED {
        return;
    }
    let end = at + c.len_utf8();
    // Only where a blank, the end or a closing mark follows: not `.net`, `:)`, `...`.
    let closes =
        |next: char| next.is_whitespace() || matches!(next, '"' | '”' | '’') || next == ')' && !matches!(c, ':' | ';');
    if after(text, end).is_some_and(|next| !closes(next)) {
        return;
    }
    let head = text.get(..at).unwrap_or_default().trim_end_matches(' ');
    let start = head.len();
    let ends_word = |c: char| c.is_alphanumeric() || matches!(c, '"' | '”' | '’' | '»' | ')' | ']' | '%');
    if at - start > 2 || !head.chars().next_back().is_some_and(ends_word) {
        return;
    }
    let span = Span::new(start, end);
    sink.push(SPACE, Severity::Warning, span, || (Message::new(SPACE).with(c), vec![c.to_string()]));
}

/// Finds two or more blanks between words of the passage at `span`. After the end of a sentence two blanks are how some people type.
pub(super) fn doubled_blanks(text: &str, span: Span, setting: &Setting<'_>, sink: &mut Sink) {
    if setting.is_code || setting.is_table {
        return;
    }
    let mut from = span.start();
    let body = |from: usize| Span::new(from, span.end()).of(text).as_bytes();
    while let Some(found) = memchr::memmem::find(body(from), b"  ") {
        let start = from + found;
        let blanks = body(start).iter().take_while(|&&byte| byte == b' ').count();
        from = start + blanks;
        let (head, tail) = (before(text, start), after(text, from));
        let is_between = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && !matches!(c, '|' | '\u{3000}'));
        // In the middle of a line, and not where columns are set or a sentence has ended.
        let ends = |c: char| matches!(c, '.' | '!' | '?' | ':' | '…' | '»' | '"' | '”' | ')' | '*' | '-' | '#' | '>');
        if start == span.start()
            || from >= span.end()
            || blanks > 3
            || !is_between(head)
            || !is_between(tail)
            || head.is_some_and(ends)
        {
            continue;
        }
        sink.push(BLANKS, Severity::Note, Span::new(start, from), || {
            (Message::new(BLANKS).with(blanks), vec![" ".to_owned()])
        });
    }
}

/// Two stops or commas after a word, and no more of them.
fn doubled(text: &str, c: char, at: usize, setting: &Setting<'_>, sink: &mut Sink) {
    let head = at.checked_sub(1).and_then(|at| before(text, at));
    let next = after(text, at + 1);
    let ends = next.is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '”' | '»' | ')'));
    if !ends
        || !head.is_some_and(|c| c.is_alphabetic() || matches!(c, ')' | '"' | '”' | '»'))
        || setting.alphabet == scan::UNSPACED
    {
        return;
    }
    sink.push(DOUBLED, Severity::Warning, Span::new(at - 1, at + 1), || {
        (Message::new(DOUBLED).with(c), vec![c.to_string()])
    });
}
