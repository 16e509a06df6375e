//! Russian ё, written as ё and as е in one text.

use std::collections::BTreeMap;

use super::scan::{self, Token};
use super::sink::Sink;
use crate::model::{Kind, Languages, Message, Passage, Severity};
use crate::rules::proof::ProofRules;
use crate::text::Span;

const RULE: &str = "yo.mixed";

/// So many different words with ё are a habit: fewer may have it to tell words apart.
const HABIT: usize = 3;
/// So many words with ё are enough to know how a text has it.
const MOST: usize = 10_000;

/// How often a word stands with ё and how often with е, and where first.
#[derive(Clone, Copy, Debug, Default)]
struct Uses {
    with: (usize, Span),
    without: (usize, Span),
}

/// Gives a finding where a word is written both ways, or where one lacks the ё that others have.
pub(super) fn check(text: &str, passages: &[Passage], languages: &Languages, rules: &ProofRules, sink: &mut Sink) {
    let is_russian = |index| languages.of(index).tag.language() == "ru";
    let own = || passages.iter().enumerate().filter(|(index, p)| p.kind != Kind::Code && is_russian(*index));
    if !own().any(|(_, passage)| passage.span.of(text).contains(['ё', 'Ё'])) {
        return;
    }
    let mut words: BTreeMap<String, Uses> = BTreeMap::new();
    let each = |take: &mut dyn FnMut(&str, Span)| {
        for (_, passage) in own() {
            scan::tokens(text, passage.span, |token| match token {
                // In capitals ё is often е.
                Token::Word(word) if word.capitals < 2 => take(word.text, word.span),
                _ => {}
            });
        }
    };
    each(&mut |word, span| {
        if word.contains(['ё', 'Ё']) && words.len() < MOST {
            add(&mut words.entry(plain(word)).or_default().with, span);
        }
    });
    words.retain(|word, _| !rules.yo.either.contains(word));
    let is_habit = words.len() >= HABIT;
    each(&mut |word, span| {
        if !word.contains(['е', 'Е']) || word.contains(['ё', 'Ё']) {
            return;
        }
        let word = word.to_lowercase();
        if let Some(uses) = words.get_mut(&word) {
            add(&mut uses.without, span);
        } else if is_habit && rules.yo.always.contains_key(&word) {
            add(&mut words.entry(word).or_default().without, span);
        }
    });
    let (with, without) =
        words.values().fold((0, 0), |(with, without), uses| (with + uses.with.0, without + uses.without.0));
    if without == 0 || with == 0 {
        return;
    }
    let rare = |uses: &Uses| if with < without { uses.with } else { uses.without };
    let first = words.iter().filter(|(_, uses)| rare(uses).0 > 0).min_by_key(|(_, uses)| rare(uses).1);
    let Some((word, uses)) = first else { return };
    let span = rare(uses).1;
    sink.push(RULE, Severity::Note, span, || {
        let usual = if with < without { Some(plain(span.of(text))) } else { with_yo(text, word, uses, rules) };
        let suggestion = usual.map(|usual| as_capitalised(&usual, span.of(text)));
        (Message::new(RULE).with(with).with(without), suggestion.into_iter().collect())
    });
}

fn add(uses: &mut (usize, Span), span: Span) {
    if uses.0 == 0 {
        uses.1 = span;
    }
    uses.0 += 1;
}

/// A word in lower case, with е for ё.
fn plain(word: &str) -> String {
    word.to_lowercase().replace('ё', "е")
}

/// The way a word is written with ё: in this text, or as a rule.
fn with_yo(text: &str, word: &str, uses: &Uses, rules: &ProofRules) -> Option<String> {
    if uses.with.0 > 0 {
        return Some(uses.with.1.of(text).to_lowercase());
    }
    rules.yo.always.get(word).cloned()
}

/// `word` with a capital where `like` has one.
fn as_capitalised(word: &str, like: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) if like.chars().next().is_some_and(char::is_uppercase) => {
            first.to_uppercase().chain(chars).collect()
        }
        _ => word.to_owned(),
    }
}
