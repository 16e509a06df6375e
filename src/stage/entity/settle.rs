//! Settles what grammars disagree on: nothing inside dates, citations joined to the law they cite, of one type only the longest, one type a name.

use super::line::Draft;
use crate::model::{EntityType, Timex};
use crate::text::{Span, Spanned as _};

/// Settles the drafts of a document; they come out by place.
pub(super) fn settle(text: &str, mut drafts: Vec<Draft>, timexes: &[Timex]) -> Vec<Draft> {
    drafts.retain(|draft| !draft.span.is_empty() && !in_timex(draft.span, timexes));
    join_laws(text, &mut drafts);
    let names: Vec<(Span, EntityType)> = {
        let mut names: Vec<_> = drafts
            .iter()
            .filter(|d| {
                matches!(
                    d.kind,
                    EntityType::Person
                        | EntityType::Money
                        | EntityType::Organization
                        | EntityType::Regulator
                        | EntityType::Case
                )
            })
            .map(|d| (d.span, d.kind))
            .collect();
        names.sort_by_key(|(span, _)| (span.start(), usize::MAX - span.end()));
        names
    };
    let longest = Longest::of(&names);
    let citations: Vec<Span> = drafts.iter().filter(|d| d.rule == "entity.citation").map(|d| d.span).collect();
    drafts.retain(|draft| !longest.rules_out(draft) && !is_cited(draft, &citations));
    outermost(drafts)
}

fn in_timex(span: Span, timexes: &[Timex]) -> bool {
    let next = timexes.partition_point(|t| t.span().start() <= span.start());
    timexes.get(next.saturating_sub(2)..next).unwrap_or_default().iter().any(|t| t.span().contains(span))
}

/// Whether this is the `U.S.` of `U.S.C.`; a country that is written out stays.
fn is_cited(draft: &Draft, citations: &[Span]) -> bool {
    if draft.inflected || matches!(draft.kind, EntityType::Law | EntityType::Policy) {
        return false;
    }
    let next = citations.partition_point(|span| span.start() <= draft.span.start());
    next.checked_sub(1).and_then(|at| citations.get(at)).is_some_and(|span| span.contains(draft.span))
}

/// `п. 2 ст. 14` and the law right after it are one mention; so are a law and the number or title right after it.
fn join_laws(text: &str, drafts: &mut Vec<Draft>) {
    drafts.sort_by_key(|d| (d.kind != EntityType::Law, d.span.start(), usize::MAX - d.span.end()));
    drafts.dedup_by(|right, left| {
        let gap = Span::new(left.span.end(), right.span.start()).of(text);
        let joins = left.kind == EntityType::Law
            && right.kind == EntityType::Law
            && left.passage == right.passage
            && right.span.start() >= left.span.end()
            && (gap.is_empty() || gap == " " || gap == "\u{a0}")
            && (left.rule == "entity.citation" || right.rule == "entity.citation");
        if joins {
            left.span = left.span.hull(right.span);
            left.span.of(text).clone_into(&mut left.name);
            left.title = true;
        }
        joins
    });
}

/// Names that shut out others within them.
struct Longest<'n>(&'n [(Span, EntityType)]);

impl<'n> Longest<'n> {
    const fn of(names: &'n [(Span, EntityType)]) -> Self {
        Self(names)
    }

    /// Whether a longer name of another kind holds this one: no place within a person or an amount, no person within a body.
    fn rules_out(&self, draft: &Draft) -> bool {
        let next = self.0.partition_point(|(span, _)| span.start() <= draft.span.start());
        self.0.get(next.saturating_sub(6)..next).unwrap_or_default().iter().any(|&(span, kind)| {
            kind != draft.kind
                && span.contains(draft.span)
                && match draft.kind {
                    EntityType::Jurisdiction => {
                        matches!(kind, EntityType::Person | EntityType::Money)
                            || kind == EntityType::Organization && !draft.inflected
                    }
                    EntityType::Person => {
                        matches!(kind, EntityType::Organization | EntityType::Regulator)
                            || span == draft.span && kind == EntityType::Case
                    }
                    EntityType::Role => {
                        kind == EntityType::Organization && span.len() > draft.span.len()
                            || matches!(kind, EntityType::Person)
                    }
                    EntityType::Organization => {
                        matches!(kind, EntityType::Regulator | EntityType::Person) && span == draft.span
                    }
                    _ => false,
                }
        })
    }
}

/// Of mentions of one type that lie within each other or overlap, the longest.
fn outermost(mut drafts: Vec<Draft>) -> Vec<Draft> {
    drafts.sort_by(|a, b| {
        (a.kind, a.span.start())
            .cmp(&(b.kind, b.span.start()))
            .then_with(|| b.span.end().cmp(&a.span.end()))
            .then_with(|| b.known.is_some().cmp(&a.known.is_some()))
    });
    let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        match out.last_mut().filter(|last| last.kind == draft.kind && last.span.overlaps(draft.span)) {
            Some(last) if draft.span.len() > last.span.len() => *last = draft,
            Some(last) if last.span == draft.span && last.known.is_none() => last.known = draft.known,
            Some(_) => {}
            None => out.push(draft),
        }
    }
    out.sort_by_key(|d| (d.span.start(), d.span.end(), d.kind));
    out
}
