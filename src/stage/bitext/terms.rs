//! Terms of the user's glossary: what it says for a term of the source must stand in the target, and the same everywhere.

use std::collections::BTreeMap;

use super::{Pair, Sink, Task};
use crate::model::{ForeignKind, Message, Severity};
use crate::text::{Span, words};

const RULE: &str = "segment.term";
const VARIANT: &str = "segment.term-variant";

/// Terms have no more words than this.
const WORDS: usize = 5;

/// Which of the translations of a term was used where.
#[derive(Debug, Default)]
pub(super) struct Terms {
    used: BTreeMap<String, BTreeMap<String, Vec<Span>>>,
}

impl Terms {
    /// Looks for the terms of a source, the longest first, and for what the glossary says for each.
    pub(super) fn check(&mut self, task: &Task<'_>, pair: &Pair<'_>, sink: &mut Sink) {
        if task.words.glossary.is_empty() {
            return;
        }
        let (from, to) = task.languages(pair);
        let (source, target) = (task.source(pair), task.target(pair));
        let all: Vec<(Span, &str)> = words::words(source, 0).collect();
        let lower = target.to_lowercase();
        let mut at = 0;
        while at < all.len() {
            let longest = (at + WORDS).min(all.len());
            let term = (at + 1..=longest).rev().find_map(|end| {
                let span = all.get(at)?.0.hull(all.get(end - 1)?.0);
                let meanings = task.words.glossary.meanings(span.of(source), from, to);
                (!meanings.is_empty()).then_some((end, span.of(source), meanings))
            });
            let Some((end, term, meanings)) = term else {
                at += 1;
                continue;
            };
            at = end;
            if let Some(used) = meanings.iter().find(|meaning| stands(&lower, meaning)) {
                let places = self.used.entry(term.to_lowercase()).or_default().entry((*used).to_owned()).or_default();
                places.push(pair.head);
                continue;
            }
            let list = meanings.iter().map(|m| format!("“{m}”")).collect::<Vec<_>>().join(" / ");
            let message = Message::new(RULE).with(list).with(term);
            let suggestions = meanings.iter().map(|m| (*m).to_owned()).collect();
            sink.say(RULE, Severity::Warning, pair.head, message, suggestions);
        }
    }

    /// Tells where a term has another translation than mostly.
    pub(super) fn finish(self, sink: &mut Sink) {
        for (term, used) in self.used.into_iter().filter(|(_, used)| used.len() > 1) {
            let Some(most) = used.iter().max_by_key(|(_, places)| places.len()).map(|(meaning, _)| meaning.clone())
            else {
                continue;
            };
            for (meaning, places) in used.iter().filter(|(meaning, _)| **meaning != most) {
                for place in places {
                    let message = Message::new(VARIANT).with(&term).with(meaning).with(&most);
                    sink.say(VARIANT, Severity::Note, *place, message, vec![most.clone()]);
                }
            }
        }
    }
}

/// Whether a term stands in a text, in lower case, whatever its ending: the last quarter of each of its words may differ.
fn stands(lower: &str, term: &str) -> bool {
    let term = term.to_lowercase();
    if lower.contains(&term) {
        return true;
    }
    let stems: Vec<String> = term
        .split_whitespace()
        .map(|word| {
            let letters = word.chars().count();
            word.chars().take(if letters > 4 { letters - (letters / 4).max(1) } else { letters }).collect()
        })
        .collect();
    !stems.is_empty()
        && stems.iter().all(|stem| words::words(lower, 0).any(|(_, word)| word.starts_with(stem.as_str())))
}

/// What a fragment is that the user's list lets stand only where the source has it: foreign on purpose, or not.
pub(super) fn bound(task: &Task<'_>, pair: &Pair<'_>, fragment: &str) -> Option<ForeignKind> {
    let has = || task.source(pair).to_lowercase().contains(&fragment.to_lowercase());
    (task.words.is_bound_term(fragment) && has()).then_some(ForeignKind::Term)
}
