//! The same word twice in a row.

use std::collections::BTreeMap;

use super::scan::{CYRILLIC, GREEK, LATIN, OTHER, UNSPACED, Word};
use super::setting::{Setting, after, before};
use super::sink::Sink;
use crate::model::{Message, Severity};
use crate::text::Span;

const RULE: &str = "word.doubled";

/// From so many letters on it is no chance that a word and a part of another are the same.
const LONG: usize = 4;

/// Remembers the word before.
#[derive(Debug, Default)]
pub(super) struct Doubled<'t> {
    last: &'t str,
    span: Span,
    // What may be a name, `Walla Walla`: said where it stands once only.
    names: BTreeMap<&'t str, (Span, usize)>,
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
            self.check(text, last, span, word, setting, sink);
        }
    }

    /// Says what was no name.
    pub(super) fn finish(self, sink: &mut Sink) {
        for (word, (span, count)) in self.names {
            if count == 1 {
                say(word, word, span, sink);
            }
        }
    }

    fn check(&mut self, text: &str, last: &str, span: Span, word: &Word<'t>, setting: &Setting<'_>, sink: &mut Sink) {
        let gap = Span::new(span.end(), word.span.start()).of(text);
        if gap.is_empty() || !gap.chars().all(char::is_whitespace) || gap.contains('\n') {
            return;
        }
        let differs =
            || !last.chars().skip(1).eq(word.text.chars().skip(1)) || last.to_lowercase() != word.text.to_lowercase();
        if last != word.text && differs() {
            return;
        }
        if setting.is_code || setting.habits.doubles || word.alphabets & UNSPACED != 0 || is_mixed(word) {
            return;
        }
        // Capitals alone are initials, grades, variables.
        if word.chars == 1 && (word.capitalised || last != word.text) {
            return;
        }
        // Not the ends of longer words: `l’an an`, `x=a a=b`; a long word beside a hyphen is doubled all the same, `Salt-Lake-City City`.
        let joined = |c: Option<char>| c.is_some_and(|c| c.is_numeric() || "_=/\\@#$&.+*^(".contains(c));
        let hyphen = |c: Option<char>| {
            c.is_some_and(|c| matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\'' | '’' | '\u{2bc}' | '`' | '´'))
        };
        let (head, end) = (before(text, span.start()), after(text, word.span.end()));
        // A bracket after it is a call of a function in Latin letters, and explains the word in others.
        let is_call = end == Some('(') && word.alphabets == LATIN;
        let is_part = joined(head.filter(|&c| c != '(')) || joined(end.filter(|&c| c != '.' && (c != '(' || is_call)));
        if is_part || word.chars < LONG && (hyphen(head) || hyphen(end)) {
            return;
        }
        let lower = word.text.to_lowercase();
        if setting.habits.doubled.contains(&lower) {
            return;
        }
        let place = span.hull(word.span);
        let has_no_case = word.alphabets & OTHER != 0;
        // Two capitalised words that are all that stands in brackets are a name in the letters of its language.
        if word.capitalised && head == Some('(') && end == Some(')') {
            return;
        }
        if has_no_case || word.capitalised && last == word.text {
            let (_, count) = self.names.entry(word.text).or_insert((place, 0));
            *count += 1;
            return;
        }
        say(word.text, last, place, sink);
    }
}

/// Whether letters of several alphabets stand in the word: what it is cannot be told.
fn is_mixed(word: &Word<'_>) -> bool {
    (word.alphabets & (LATIN | CYRILLIC | GREEK)).count_ones() > 1
}

fn say(word: &str, last: &str, place: Span, sink: &mut Sink) {
    sink.push(RULE, Severity::Warning, place, || (Message::new(RULE).with(word), vec![last.to_owned()]));
}
