//! The likeliest way through the words of a stretch: which are the text's own, and which another language's (Viterbi).

use super::source::MOST;
use super::token::Token;
use crate::text::Span;

/// Words of another language: from the first to the last, and which.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) first: usize,
    pub(super) last: usize,
    /// The number of the language among those looked for.
    pub(super) state: usize,
    /// All its evidence, in nats.
    pub(super) sum: f32,
}

/// What it costs to go over into another language, in nats: inside a sentence, and at a punctuation mark. One word must be able to pay for it.
const ENTER: f32 = -5.0;
const ENTER_AT_MARK: f32 = -3.5;
/// And back.
const EXIT: f32 = -1.2;
const EXIT_AT_MARK: f32 = -0.8;
/// And from one foreign language to another.
const CROSS: f32 = -5.0;
/// What a single word must say: it pays for both ways.
pub(super) const WORD: f32 = -ENTER - EXIT;
/// Less evidence than this is none, in nats.
const THRESHOLD: f32 = 5.0;

/// The stretches of other languages, in order.
pub(super) fn stretches(text: &str, tokens: &[Token], languages: usize) -> Vec<Found> {
    let states = languages.min(MOST) + 1;
    let mut scores = [f32::MIN; MOST + 1];
    let mut back: Vec<[u8; MOST + 1]> = Vec::with_capacity(tokens.len());
    let mut before: Option<Span> = None;
    for token in tokens {
        let marked = before.is_none_or(|b| Span::new(b.end(), token.span.start()).of(text).contains(is_mark));
        let (enter, exit) = if marked { (ENTER_AT_MARK, EXIT_AT_MARK) } else { (ENTER, EXIT) };
        let mut next = [f32::MIN; MOST + 1];
        let mut from = [0u8; MOST + 1];
        for (to, (slot, origin)) in next.iter_mut().zip(&mut from).enumerate().take(states) {
            let own = to.checked_sub(1).and_then(|i| token.evidence.get(i)).copied().unwrap_or_default();
            let mut best = (f32::MIN, 0);
            if before.is_none() {
                best = (if to == 0 { 0.0 } else { ENTER_AT_MARK }, 0);
            } else {
                for (origin, score) in scores.iter().enumerate().take(states) {
                    let cost = match (origin, to) {
                        (a, b) if a == b => 0.0,
                        (0, _) => enter,
                        (_, 0) => exit,
                        _ => CROSS,
                    };
                    if score + cost > best.0 {
                        best = (score + cost, origin);
                    }
                }
            }
            *slot = best.0 + own;
            *origin = best.1 as u8;
        }
        scores = next;
        back.push(from);
        before = Some(token.span);
    }
    if let Some(home) = scores.first_mut() {
        *home -= EXIT_AT_MARK;
    }
    let last = scores
        .iter()
        .take(states)
        .enumerate()
        .fold((0, f32::MIN), |best, (i, s)| if *s > best.1 { (i, *s) } else { best });
    let mut path = vec![0usize; tokens.len()];
    let mut state = last.0;
    for (slot, from) in path.iter_mut().zip(&back).rev() {
        *slot = state;
        state = from.get(state).copied().map_or(0, usize::from);
    }
    runs(text, tokens, &path)
}

/// The stretches of a path, without words at their ends that say nothing for the language.
fn runs(text: &str, tokens: &[Token], path: &[usize]) -> Vec<Found> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(&state) = path.get(at) {
        let same = |i: usize| {
            let gap = match (tokens.get(i - 1), tokens.get(i)) {
                (Some(a), Some(b)) => Span::new(a.span.end(), b.span.start()).of(text),
                _ => "",
            };
            path.get(i) == Some(&state) && !gap.contains('\n')
        };
        let mut end = at + 1;
        while end < path.len() && same(end) {
            end += 1;
        }
        if let Some(language) = state.checked_sub(1) {
            let says = |i: &usize| tokens.get(*i).and_then(|t| t.evidence.get(language)).is_some_and(|e| *e > 0.0);
            let sum: f32 =
                tokens.get(at..end).unwrap_or_default().iter().filter_map(|t| t.evidence.get(language)).sum();
            if sum >= THRESHOLD
                && let (Some(first), Some(last)) = ((at..end).find(says), (at..end).rev().find(says))
            {
                out.push(Found { first, last, state: language, sum });
            }
        }
        at = end;
    }
    out
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | ':'
            | ';'
            | ','
            | '\n'
            | '('
            | ')'
            | '"'
            | '«'
            | '»'
            | '„'
            | '“'
            | '”'
            | '—'
            | '–'
            | '،'
            | '؛'
            | '؟'
            | '।'
            | '…'
    )
}
