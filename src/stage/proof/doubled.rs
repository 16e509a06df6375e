//! The same word twice in a row.

use super::scan::{UNSPACED, Word};
use super::setting::{Setting, after, before};
use super::sink::Sink;
use crate::model::Severity;
use crate::text::Span;

const RULE: &str = "word.doubled";

/// Remembers the word before.
#[derive(Debug, Default)]
pub(super) struct Doubled<'t> {
    last: &'t str,
    span: Span,
}

impl<'t> Doubled<'t> {
    /// Forgets the word before, at the beginning of a passage.
    pub(super) fn restart(&mut self) {
        self.last = "";
    }

    /// Looks at a word.
    #[inline]
    pub(super) fn word(&mut self, text: &'t str, word: &Word<'t>, setting: &Setting<'_>, sink: &mut Sink) {
        let (last, span) = (self.last, self.span);
        (self.last, self.span) = (word.text, word.span);
        if last.len() == word.text.len() && last.as_bytes().last() == word.text.as_bytes().last() {
            check(text, last, span, word, setting, sink);
        }
    }
}

fn check(text: &str, last: &str, span: Span, word: &Word<'_>, setting: &Setting<'_>, sink: &mut Sink) {
    let gap = Span::new(span.end(), word.span.start()).of(text);
    if gap.is_empty() || !gap.chars().all(char::is_whitespace) || gap.contains('\n') {
        return;
    }
    if last != word.text && last.to_lowercase() != word.text.to_lowercase() {
        return;
    }
    if setting.is_code || setting.habits.doubles || word.alphabets & UNSPACED != 0 {
        return;
    }
    // Capitals alone are initials, grades, variables.
    if word.chars == 1 && (word.capitalised || last != word.text) {
        return;
    }
    // Not the first and last parts of longer words: `Bin-Salman Salman`, `l’an an`, `Türkiye Türkiye’nin`, `x=a a=b`.
    let joined = |c: Option<char>| c.is_some_and(|c| matches!(c, '-' | '\u{2010}' | '\u{2011}' | '_' | '=' | '/' | '\\' | '@' | '#' | '$' | '&' | '.' | '+' | '*' | '^') || c.is_numeric());
    let joined_after = |c: Option<char>| c.is_some_and(|c| matches!(c, '-' | '\u{2010}' | '\u{2011}' | '_' | '=' | '/' | '\\' | '@' | '(' | '^') || c.is_numeric());
    let apostrophe = |c: Option<char>| c.is_some_and(|c| matches!(c, '\'' | '’' | '\u{2bc}' | '`' | '´'));
    let (head, end) = (before(text, span.start()), after(text, word.span.end()));
    if joined(head) || joined_after(end) || word.chars < 4 && (apostrophe(head) || apostrophe(end)) {
        return;
    }
    let lower = word.text.to_lowercase();
    if setting.habits.doubled.contains(&lower) {
        return;
    }
    sink.push(RULE, Severity::Warning, span.hull(word.span), || {
        (format!("“{}” stands twice", word.text), vec![last.to_owned()])
    });
}
