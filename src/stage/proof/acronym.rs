//! One acronym in two scripts.

use std::collections::BTreeMap;

use super::scan::Word;
use super::setting::{Setting, after, before};
use super::sink::Sink;
use super::uses::Uses;
use crate::model::{Message, Severity};
use crate::rules::proof::Habits;
use crate::text::Span;

const RULE: &str = "term.acronym-script";
const LONGEST: usize = 8;

/// Counts the acronyms of a document that are known in two scripts.
#[derive(Debug, Default)]
pub(super) struct Acronyms<'r> {
    // By the number of the pair.
    seen: BTreeMap<usize, [Uses; 2]>,
    habits: Option<&'r Habits>,
}

impl<'r> Acronyms<'r> {
    /// Looks at a word.
    #[inline]
    pub(super) fn word(&mut self, text: &str, word: &Word<'_>, setting: &Setting<'r>) {
        if word.capitals == word.chars && (2..=LONGEST).contains(&word.chars) && !setting.habits.acronym.is_empty() {
            self.acronym(text, word, setting);
        }
    }

    fn acronym(&mut self, text: &str, word: &Word<'_>, setting: &Setting<'r>) {
        let Some(&(pair, latin)) = setting.habits.acronym.get(word.text) else { return };
        // The numbers of pairs are those of one language: the first that has any.
        if !std::ptr::eq(*self.habits.get_or_insert(setting.habits), setting.habits) {
            return;
        }
        if setting.is_code || latin && is_name(text, word.span) {
            return;
        }
        let uses = self.seen.entry(pair).or_default();
        let [own, of_latin] = uses;
        if latin { of_latin } else { own }.add(text, word.span);
    }

    /// Gives a finding for every pair of which both stand in the document.
    pub(super) fn finish(self, sink: &mut Sink) {
        for [own, latin] in self.seen.into_values() {
            if own.count == 0 || latin.count == 0 {
                continue;
            }
            let (rare, usual) = if own.count < latin.count { (own, latin) } else { (latin, own) };
            sink.push(RULE, Severity::Warning, rare.first, || {
                let message = Message::new(RULE).with(&rare.text).with(rare.count).with(&usual.text).with(usual.count);
                (message, vec![usual.text.clone()])
            });
        }
    }
}

/// Whether a Latin acronym is part of a longer Latin name (`US Open`, `OpenAI`, `un.org`) or only explains the word before it, in brackets.
fn is_name(text: &str, span: Span) -> bool {
    let joined =
        |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | '/' | '@' | '_' | '#' | '&'));
    let (head, tail) = (before(text, span.start()), after(text, span.end()));
    if head == Some('(') && tail == Some(')')
        || joined(head)
        || matches!(tail, Some('/' | '@' | '_' | '&'))
        || tail.is_some_and(|c| c.is_ascii_digit())
    {
        return true;
    }
    if tail == Some('.') && after(text, span.end() + 1).is_some_and(char::is_alphanumeric) {
        return true;
    }
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let beside = |gap: Option<char>| gap.is_some_and(|c| matches!(c, ' ' | '\u{a0}' | '-'));
    let further = |gap: Option<char>| gap.map_or(0, char::len_utf8);
    beside(tail) && latin(after(text, span.end() + further(tail)))
        || beside(head) && latin(span.start().checked_sub(further(head)).and_then(|at| before(text, at)))
}
