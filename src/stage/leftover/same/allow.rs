//! Whether a stretch in another language was left over, or is there on purpose.

use super::path::Found;
use super::source::Candidate;
use super::token::Token;
use super::{Task, foreign, leftover};
use crate::model::{ForeignKind, Passage};
use crate::stage::leftover::context;
use crate::stage::leftover::fragment::Verdict;
use crate::text::Span;

/// What the stretch is; `None` where there is nothing to say.
pub(super) fn judge(
    task: &Task<'_>,
    passage: &Passage,
    words: &[Token],
    found: Found,
    candidate: &Candidate<'_>,
    span: Span,
) -> Option<Verdict> {
    let _ = candidate;
    let text = task.text;
    if let Some(kind) = context::within_marks(text, passage.span, span) {
        return Some(foreign(kind));
    }
    let plain = words.iter().filter(|w| !w.capital && !w.shouted && !w.code).count();
    let connects = |w: &Token| {
        if w.evidence.iter().all(|e| *e == 0.0) && w.span.len() <= 2 {
            return true;
        }
        let word = w.span.of(text).to_lowercase();
        task.rules.is_connector(&word) || task.rules.is_particle(&word)
    };
    // `University of Michigan`, `Le Monde`: capitals, and the small words that names hold.
    if words.iter().filter(|w| !w.code).all(|w| w.capital || w.shouted || connects(w)) && words.len() <= 8 {
        return Some(foreign(ForeignKind::Name));
    }
    if let [only] = words {
        if only.code || only.capital && !only.abroad {
            return None;
        }
        let _ = plain;
    }
    let _ = found;
    Some(leftover(if words.len() > 1 { 0.95 } else { 0.85 }))
}
