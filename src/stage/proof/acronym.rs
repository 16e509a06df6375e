//! One acronym in two scripts, or in words here and as a Latin acronym there.

use std::collections::BTreeMap;

use super::scan::Word;
use super::setting::{Setting, after, before};
use super::sink::Sink;
use super::uses::Uses;
use crate::model::{Message, Passage, Severity};
use crate::rules::proof::Habits;
use crate::text::{Span, words};

const RULE: &str = "term.acronym-script";
const LONGEST: usize = 8;

/// Where the two acronyms of a pair stand.
#[derive(Debug, Default)]
struct Pair {
    own: Uses,
    latin: Uses,
    // The Latin one stands at the edge of a bracket somewhere: one of it and of the words explains the other.
    is_introduced: bool,
}

/// Counts the acronyms of a document that are known in two scripts.
#[derive(Debug, Default)]
pub(super) struct Acronyms<'r> {
    // By the number of the pair.
    seen: BTreeMap<usize, Pair>,
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
        if setting.is_code {
            return;
        }
        let uses = self.seen.entry(pair).or_default();
        if !latin {
            uses.own.add(text, word.span);
            return;
        }
        let (head, tail) = (before(text, word.span.start()), after(text, word.span.end()));
        let (opened, closed) = (head == Some('('), tail == Some(')'));
        uses.is_introduced |= opened || closed || tail == Some(' ') && after(text, word.span.end() + 1) == Some('(');
        if !(opened && closed || is_name(text, word.span)) {
            uses.latin.add(text, word.span);
        }
    }

    /// Gives a finding for every pair of which both stand in the document. Where the language's own acronym does not, the words it stands for do,
    /// unless the Latin one is introduced as their short form.
    pub(super) fn finish(self, text: &str, passages: &[Passage], sink: &mut Sink) {
        let pairs = self.habits.map_or(&[][..], |habits| habits.acronyms.as_slice());
        for (number, Pair { mut own, latin, is_introduced }) in self.seen {
            if own.count == 0 && latin.count > 0 && !is_introduced {
                let terms = pairs.get(number).map_or(&[][..], |pair| pair.terms.as_slice());
                own = in_words(text, passages, terms);
            }
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

/// Where one of `terms` stands, whatever the endings of its words.
fn in_words(text: &str, passages: &[Passage], terms: &[Vec<String>]) -> Uses {
    const ENDING: usize = 3;
    const EXACT: usize = 3;
    let mut uses = Uses::default();
    if terms.is_empty() {
        return uses;
    }
    let is_form = |word: &str, stem: &String| {
        let rest = word.strip_prefix(stem.as_str()).map(|rest| rest.chars().count());
        rest.is_some_and(|rest| rest <= if stem.chars().count() <= EXACT { 0 } else { ENDING })
    };
    for passage in passages {
        // How much of each term the words before this one are, and where it began.
        let mut begun: Vec<(usize, usize)> = vec![(0, 0); terms.len()];
        for (span, word) in words::words(passage.span.of(text), passage.span.start()) {
            let word = word.to_lowercase().replace('’', "'");
            for (term, (matched, start)) in terms.iter().zip(&mut begun) {
                if !term.get(*matched).is_some_and(|stem| is_form(&word, stem)) {
                    *matched = 0;
                }
                if *matched > 0 {
                    *matched += 1;
                } else if term.first().is_some_and(|stem| is_form(&word, stem)) {
                    (*matched, *start) = (1, span.start());
                }
                if *matched == term.len() {
                    uses.add(text, Span::new(*start, span.end()));
                    *matched = 0;
                }
            }
        }
    }
    uses
}

/// Whether a Latin acronym is part of a longer Latin name (`US Open`, `OpenAI`, `un.org`).
fn is_name(text: &str, span: Span) -> bool {
    let joined =
        |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | '/' | '@' | '_' | '#' | '&'));
    let (head, tail) = (before(text, span.start()), after(text, span.end()));
    if joined(head) || matches!(tail, Some('/' | '@' | '_' | '&')) || tail.is_some_and(|c| c.is_ascii_digit()) {
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
