//! Whether a stretch in another language was left over, or is there on purpose.

use super::path::{self, Found};
use super::source::Candidate;
use super::token::Token;
use super::{Task, foreign};
use crate::model::{ForeignKind, Passage};
use crate::rules::confidence::Class;
use crate::stage::leftover::context;
use crate::stage::leftover::fragment::Verdict;
use crate::text::Span;

/// A title has no more words than this, and a list of names.
const TITLE: usize = 8;
const LIST: usize = 24;
/// What a stretch must say where the text's language has no list, in nats.
const UNSURE: f32 = 16.0;
/// So many words are few.
const FEW: usize = 3;
/// So much evidence for its language in all the document, in nats, makes a single word likely.
const SUPPORTED: f32 = 12.0;
/// How much more a single word must say otherwise, in nats: in what most is translated from, and in others.
const ALONE: f32 = 1.0;
const ALONE_ELSEWHERE: f32 = 0.5;
/// So much more makes it sure, in nats.
const MORE: f32 = 2.0;

/// What the stretch is; `None` where there is nothing to say.
pub(super) fn judge(
    task: &Task<'_>,
    passage: &Passage,
    words: &[Token],
    found: Found,
    candidate: &Candidate<'_>,
    span: Span,
) -> Option<Verdict> {
    let text = task.text;
    if let Some(kind) = context::within_marks(text, passage.span, span) {
        return Some(foreign(kind));
    }
    // Without a list of the text's language only long stretches are sure.
    if !task.has_list && (words.len() < 3 || found.sum < UNSURE) {
        return None;
    }
    let capital = |w: &Token| w.shouted || w.capital && !w.common.get(found.state).copied().unwrap_or_default();
    let plain = words.iter().filter(|w| !capital(w) && !w.code).count();
    let connects = |w: &Token| {
        if w.evidence.iter().all(|e| *e == 0.0) && w.span.len() <= 2 {
            return true;
        }
        let word = w.span.of(text).to_lowercase();
        task.rules.is_connector(&word) || task.rules.is_particle(&word)
    };
    // `University of Michigan`, `Le Monde`: capitals, and the small words that names hold. Lists of names are longer.
    let own = || words.iter().filter(|w| !w.code);
    let named = own().all(|w| capital(w) || connects(w)) && (own().any(capital) || before_capital(text, span));
    if named && words.len() <= if plain == 0 { LIST } else { TITLE } {
        return Some(foreign(ForeignKind::Name));
    }
    let long = own().filter(|w| w.span.len() > 3);
    let (capitals, all) = long.fold((0, 0), |(c, n), w| (c + usize::from(capital(w)), n + 1));
    if all >= 3 && capitals * 5 >= all * 4 && words.len() <= LIST {
        return Some(foreign(ForeignKind::Title));
    }
    // Loanwords that the text's language knows, and words that no list has: little, where nothing else speaks for their language.
    let own_only = || words.iter().all(|w| w.at_home || !w.abroad);
    if words.len() > 1 && words.len() <= FEW && found.sum < UNSURE && candidate.support <= SUPPORTED && own_only() {
        return Some(foreign(ForeignKind::Loanword));
    }
    let [only] = words else {
        return Some(Verdict::leftover(of_words(words.len())));
    };
    if only.code || capital(only) && !only.abroad {
        return None;
    }
    // One word alone, and nothing else in the document speaks for its language: most are loanwords.
    let sure = if candidate.support > SUPPORTED {
        0.0
    } else if candidate.expected {
        ALONE
    } else {
        ALONE_ELSEWHERE
    };
    if found.sum < path::WORD + sure {
        return Some(foreign(ForeignKind::Loanword));
    }
    Some(Verdict::leftover(if !candidate.expected {
        Class::LanguageWordOther
    } else if found.sum < path::WORD + MORE {
        Class::LanguageWord
    } else {
        Class::LanguageWordSure
    }))
}

/// Whether a capitalised word follows: `de` and `van` in a name.
fn before_capital(text: &str, span: Span) -> bool {
    let after = text.get(span.end()..).unwrap_or_default().trim_start_matches([' ', '\u{a0}', '\'', '’', '-']);
    after.chars().next().is_some_and(char::is_uppercase)
}

/// The class of a leftover of so many words, more than one.
pub(super) const fn of_words(words: usize) -> Class {
    match words {
        0..=2 => Class::LanguagePair,
        3..=5 => Class::LanguagePhrase,
        _ => Class::LanguageSentence,
    }
}
