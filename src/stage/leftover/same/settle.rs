//! What a document's leftovers say about each other: a word that comes back is a term, one that stands as code elsewhere the name of something,
//! and one alone in a long text may be there by chance.

use std::collections::{BTreeMap, HashSet};

use super::path;
use crate::model::{ForeignKind, LanguageTag};
use crate::stage::leftover::fragment::{Fragment, Verdict};

/// How often a word, or so few words, must stand in a document to be a term of it.
const OFTEN: usize = 3;
const TERM: usize = 2;
/// The chance of a mistake grows with the text: a word alone in so many bytes needs no more evidence than it has.
const FEW: f32 = 1500.0;
/// In longer texts so much more for every doubling, in nats.
const DOUBLING: f32 = 0.35;

/// Judges the single words among `fragments` again; `given` says that somebody told what the text was translated from.
pub(super) fn settle(text: &str, given: bool, fragments: &mut [Fragment]) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut languages: BTreeMap<LanguageTag, (usize, String)> = BTreeMap::new();
    for fragment in fragments.iter().filter(|f| is_leftover(f)) {
        let word = stem(fragment.span.of(text));
        if let Some(tag) = fragment.tag {
            let (kinds, last) = languages.entry(tag).or_default();
            if *last != word {
                *kinds += 1;
                last.clone_from(&word);
            }
        }
        if is_term(text, fragment) {
            *counts.entry(word).or_default() += 1;
        }
    }
    let words = fragments.iter().filter(|f| is_leftover(f) && is_word(text, f)).map(|f| f.span.of(text)).collect();
    let as_code = standing_as_code(text, &words);
    let doublings = (text.len() as f32 / FEW).log2().max(0.0);
    for fragment in fragments.iter_mut() {
        if !is_leftover(fragment) || !is_term(text, fragment) {
            continue;
        }
        let word = fragment.span.of(text);
        let alone = fragment.tag.and_then(|tag| languages.get(&tag)).is_some_and(|(kinds, _)| *kinds < 2);
        if counts.get(&stem(word)).is_some_and(|count| *count >= OFTEN) {
            fragment.verdict = Verdict::Foreign(ForeignKind::Loanword);
        } else if !is_word(text, fragment) {
        } else if as_code.contains(word) {
            fragment.verdict = Verdict::Foreign(ForeignKind::Code);
        } else if alone && !given && fragment.nats < path::WORD + doublings * DOUBLING {
            fragment.verdict = Verdict::Foreign(ForeignKind::Loanword);
        }
    }
}

const fn is_leftover(fragment: &Fragment) -> bool {
    matches!(fragment.verdict, Verdict::Leftover { .. })
}

fn is_word(text: &str, fragment: &Fragment) -> bool {
    !fragment.span.of(text).contains(char::is_whitespace)
}

fn is_term(text: &str, fragment: &Fragment) -> bool {
    fragment.span.of(text).split_whitespace().count() <= TERM
}

/// The word as it is counted: `sockets` with `socket`.
fn stem(word: &str) -> String {
    let lower = word.to_lowercase();
    lower.strip_suffix('s').filter(|s| s.len() > 2).map_or_else(|| lower.clone(), str::to_owned)
}

/// Those of the words that stand somewhere in the document as program text: between backticks, before a bracket, in a dotted or underscored name.
fn standing_as_code<'t>(text: &'t str, words: &HashSet<&'t str>) -> HashSet<&'t str> {
    let mut out = HashSet::new();
    if words.is_empty() {
        return out;
    }
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_alphanumeric() {
            start.get_or_insert(at);
            continue;
        }
        let Some(from) = start.take() else { continue };
        let word = text.get(from..at).unwrap_or_default();
        if is_code(text, from, at) && words.contains(word) {
            out.insert(word);
        }
    }
    out
}

/// Whether what stands around a word is program text.
fn is_code(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|t| t.bytes().next_back()).unwrap_or(b' ');
    let after = text.get(end..).map_or(&b""[..], str::as_bytes);
    matches!(before, b'`' | b'_' | b'/' | b'<' | b'$' | b'@' | b'.')
        || matches!(after, [b'`' | b'_' | b'(' | b'=' | b'/' | b'>', ..])
        || matches!(after, [b'.' | b':', next, ..] if next.is_ascii_alphanumeric() || *next == b':')
}
