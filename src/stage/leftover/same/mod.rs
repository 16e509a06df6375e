//! Leftovers in the script of the text itself: English in a German text, Ukrainian in a Russian one.
//!
//! Words that the text's language does not have, or has far more seldom than another, are seeds (`seed`). They say which languages the text may
//! have been translated from (`source`). Sentences with a seed that one of these explains are cut into stretches by language (`path`), and
//! a stretch is a leftover unless it stands there on purpose (`allow`), or the others call it in question (`settle`).

mod allow;
mod path;
mod seed;
mod settle;
mod source;
mod token;

use super::fragment::{Fragment, Verdict};
use crate::model::{Detected, ForeignKind, Kind, LanguageTag, Passage};
use crate::rules::leftover::LeftoverRules;
use crate::rules::lexicon::Lexicon;
use crate::text::Span;
use seed::Seed;
use source::Candidate;

/// So many words are cut into stretches together at most.
const TOGETHER: usize = 4000;

/// What the search is about.
pub(super) struct Task<'a> {
    pub(super) text: &'a str,
    pub(super) passages: &'a [Passage],
    /// Passages that are left out: of another script, or one half of a bilingual edition.
    pub(super) skipped: &'a [bool],
    pub(super) document: Detected,
    /// What the document was translated from, where somebody says so.
    pub(super) given: Option<LanguageTag>,
    pub(super) rules: &'a LeftoverRules,
    /// Whether the words of the text's language are known.
    pub(super) has_list: bool,
}

/// Adds the fragments in languages of the text's own script, in order of place.
pub(super) fn find(task: &Task<'_>, out: &mut Vec<Fragment>) {
    let lexicons = task.rules.language.lexicons();
    let Some(home) = lexicons.of(task.document.tag) else { return };
    if home.script() != task.document.script {
        return;
    }
    let mut seeds: Vec<Seed> = Vec::new();
    for (index, passage) in task.passages.iter().enumerate() {
        if passage.kind != Kind::Code && !task.skipped.get(index).copied().unwrap_or(false) {
            seed::collect(task.text, passage.span, index, home, &mut seeds);
        }
    }
    if seeds.is_empty() {
        return;
    }
    let candidates = source::candidates(task, home, &seeds);
    if candidates.is_empty() {
        return;
    }
    let first = out.len();
    let mut done: Option<Span> = None;
    for seed in &seeds {
        if done.is_some_and(|span| seed.span.start() < span.end()) || !seed.is_explained(task.text, home, &candidates) {
            continue;
        }
        let Some(passage) = task.passages.get(seed.passage) else { continue };
        let span = around(passage, seed.span, done);
        done = Some(span);
        stretch(task, home, &candidates, seed.passage, span, out);
    }
    if let Some(found) = out.get_mut(first..) {
        settle::settle(task.text, task.given.is_some(), found);
    }
}

/// The sentence of the seed, and those beside it.
fn around(passage: &Passage, seed: Span, done: Option<Span>) -> Span {
    let sentences = &passage.sentences;
    let next = sentences.partition_point(|s| s.start() <= seed.start());
    let own = next.saturating_sub(1);
    let first = sentences.get(own.saturating_sub(1)).or_else(|| sentences.get(own));
    let last = sentences.get(own + 1).or_else(|| sentences.get(own));
    let start = first.map_or(passage.span.start(), |s| s.start()).min(seed.start());
    let end = last.map_or(passage.span.end(), |s| s.end()).max(seed.end());
    Span::new(start.max(done.map_or(0, Span::end)).min(seed.start()), end)
}

/// Cuts a stretch of text by language and adds what is not the text's own.
fn stretch(
    task: &Task<'_>,
    home: &Lexicon,
    candidates: &[Candidate<'_>],
    index: usize,
    span: Span,
    out: &mut Vec<Fragment>,
) {
    let Some(passage) = task.passages.get(index) else { return };
    let mut tokens = token::tokens(task.text, span, home, candidates);
    tokens.truncate(TOGETHER);
    for found in path::stretches(task.text, &tokens, candidates.len()) {
        let Some(words) = tokens.get(found.first..=found.last) else { continue };
        let Some(candidate) = candidates.get(found.state) else { continue };
        let span = match (words.first(), words.last()) {
            (Some(first), Some(last)) => first.span.hull(last.span),
            _ => continue,
        };
        let Some(verdict) = allow::judge(task, passage, words, found, candidate, span) else { continue };
        let Some(last) = out.last_mut().filter(|l| joins(task.text, l, index, span, candidate, &verdict)) else {
            out.push(Fragment {
                span,
                script: home.script(),
                passage: index,
                glued: false,
                verdict,
                tag: Some(candidate.tag),
                nats: found.sum,
            });
            continue;
        };
        last.span = last.span.hull(span);
        last.nats += found.sum;
        last.verdict = Verdict::leftover(allow::of_words(last.span.of(task.text).split_whitespace().count()));
    }
}

/// Whether a leftover goes on where the last one ended: nothing but signs between.
fn joins(
    text: &str,
    last: &Fragment,
    passage: usize,
    span: Span,
    candidate: &Candidate<'_>,
    verdict: &Verdict,
) -> bool {
    let leftover = |v: &Verdict| matches!(v, Verdict::Leftover { .. });
    last.passage == passage
        && last.tag == Some(candidate.tag)
        && leftover(&last.verdict)
        && leftover(verdict)
        && last.span.end() <= span.start()
        && !Span::new(last.span.end(), span.start()).of(text).chars().any(|c| c.is_alphabetic() || c == '\n')
}

/// A fragment that is there on purpose.
const fn foreign(kind: ForeignKind) -> Verdict {
    Verdict::Foreign(kind)
}
