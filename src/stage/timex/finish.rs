//! What stayed alone becomes an expression of its own, and every expression gets its extent.

use super::Mode;
use super::calendar::rank_at;
use super::cascade::{Made, View};
use super::combine::finer;
use super::token::Kind;
use super::tree::{Anchor, Body, Expression, Field, Length, Scope, TimeOfDay};
use crate::rules::timex::{Lex, Unit};

/// A unit that counts as one: more than a year, в течение недели; and the quarter, the weekend, which are those spoken of.
pub(super) fn bare_unit(view: &View<'_, '_>, i: usize) -> Option<Made> {
    // the fiscal year
    if view.has(i, Lex::The)
        && view.has(i + 1, Lex::Fiscal)
        && let Some(unit @ (Unit::Year | Unit::Quarter)) = view.unit(i + 2)
    {
        let scope = Scope::Relative(unit, 0, Anchor::Document);
        return Some(Made::expression(
            i + 3,
            Expression::calendar(scope, Field::Whole, "date.relative").with_doubt(0.3),
        ));
    }
    let unit =
        view.pick(i + 1, |l| if let Lex::Unit(unit) = l { Some(unit) } else { None }).filter(|u| !u.is_clock())?;
    if view.has(i, Lex::The) {
        let scope = match unit {
            Unit::Quarter => Scope::Same(unit),
            Unit::Weekend => Scope::Open,
            Unit::Day | Unit::Week | Unit::Month | Unit::Year if view.language.queries && view.mode != Mode::Text => {
                Scope::Relative(unit, 0, Anchor::Document)
            }
            _ => return None,
        };
        let field = if unit == Unit::Weekend { Field::Weekend } else { Field::Whole };
        return Some(Made::expression(i + 2, Expression::calendar(scope, field, "date.relative").with_doubt(0.2)));
    }
    let modifier = view
        .pick(i, |l| if let Lex::Modifier(m) = l { Some(m) } else { None })
        .filter(|m| !matches!(*m, "START" | "MID" | "END"));
    if view.at(i + 1).is_some_and(|n| n.weak) {
        return None;
    }
    let spaced = view.language.bare_unit;
    if !spaced || modifier.is_none() && !view.has(i, Lex::During) {
        return None;
    }
    let expression = Expression { modifier, ..Expression::new(Body::Length(Length::one(1.0, unit)), "date.length") };
    Some(Made::expression(i + 2, expression.with_doubt(0.1)))
}

/// The weekend behind a preposition: am Wochenende, no fim de semana.
pub(super) fn bare_weekend(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let weekend = view.pick(i, |l| matches!(l, Lex::Unit(Unit::Weekend)).then_some(())).is_some();
    let led = view.is_loose()
        || view.before(i).is_some_and(|n| {
            n.lexemes.iter().any(|l| matches!(l, Lex::Preposition | Lex::Kept | Lex::Of | Lex::Bound(_)))
        });
    let expression = Expression::calendar(Scope::Open, Field::Weekend, "date.weekday").with_doubt(0.2);
    (weekend && led).then(|| Made::expression(i + 1, expression))
}

/// The first nine months.
pub(super) fn first_of(view: &View<'_, '_>, i: usize) -> Option<Made> {
    rank_at(view, i).filter(|r| *r == 1)?;
    let length = view.length(i + 1).filter(|l| !l.finest().is_clock())?;
    Some(Made::expression(i + 2, Expression::new(Body::Length(length.clone()), "date.length")))
}

/// Lengths and times of day that stayed alone.
pub(super) fn alone(view: &View<'_, '_>, i: usize) -> Option<Made> {
    if let Some(length) = view.length(i) {
        let aged = view.source(i + 1) == "old" || view.dash(i + 1) && view.source(i + 2) == "old";
        let article = view
            .text
            .get(view.at(i)?.span.start()..)
            .is_some_and(|t| ["a ", "A ", "un ", "Un "].iter().any(|a| t.starts_with(a)));
        let slight = article && matches!(length.finest(), Unit::Second | Unit::Quarter) && length.parts.len() == 1;
        let lasting = view.language.vague_lengths && view.before(i).is_some_and(|n| n.has(Lex::Lasting));
        let torn = length.is_vague() && !view.language.unspaced && !view.source(i).contains(' ') && !lasting;
        if aged || slight || torn {
            return None;
        }
        let mut to = view.skip(i + 1, Lex::Tail);
        let mut expression = Expression::new(Body::Length(length.clone()), "date.length");
        if let Some(modifier) = view.pick(to, |l| if let Lex::PostModifier(m) = l { Some(m) } else { None }) {
            (expression.modifier, to) = (Some(modifier), to + 1);
        }
        return Some(Made::expression(to, expression));
    }
    let (time, to) = finer(view, view.time(i)?, i + 1);
    let expression = Expression { time: Some(time), ..Expression::new(Body::Time, "date.time") };
    let spoken = match time {
        TimeOfDay::Clock { .. } => true,
        TimeOfDay::Part(_) => {
            let the = view.before(i).is_some_and(|n| n.has(Lex::The));
            view.language.unspaced || view.language.bare_part || the || view.source(i).contains(' ')
        }
    };
    spoken.then(|| Made::expression(to, expression))
}

/// Before 2010, since August: in a query the bound is part of what is asked for.
pub(super) fn bound(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let signed = || {
        let equal = view.sign(i + 1, '=') && view.glued(i + 1);
        let bound = match () {
            () if view.sign(i, '>') => ["AFTER", "ON_OR_AFTER"],
            () if view.sign(i, '<') => ["BEFORE", "ON_OR_BEFORE"],
            () => return None,
        };
        Some((*bound.get(usize::from(equal))?, i + 1 + usize::from(equal)))
    };
    let word = view.pick(i, |l| if let Lex::Bound(m) = l { Some(m) } else { None }).map(|bound| (bound, i + 1));
    let (bound, at) = word.or_else(signed)?;
    // antes de las 5
    let at = view.skip(view.skip(at, Lex::Of), Lex::The);
    let inner = view.expression(at)?;
    let fits = (inner.is_date() || matches!(inner.body, Body::Time)) && !matches!(inner.body, Body::Shift { .. });
    if view.mode == Mode::Text || !fits {
        return None;
    }
    Some(Made::expression(at + 1, Expression { modifier: inner.modifier.or(Some(bound)), ..inner.clone() }))
}

/// Determiners and prepositions that belong to the extent: `the` same year, `в` мае.
pub(super) fn extent(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let mut at = i;
    if (view.has(i, Lex::Kept) && !view.language.unspaced || view.has(i, Lex::KeptLength) || view.has(i, Lex::During))
        && view.at(i).is_some_and(|n| n.kind == Kind::Word)
    {
        let inner = view.expression(i + 1)?;
        let length = matches!(inner.body, Body::Length(_) | Body::Stretch { .. });
        let vague = matches!(inner.body, Body::Discourse(_));
        let fits =
            if length { view.has(i, Lex::KeptLength) || view.has(i, Lex::During) } else { view.has(i, Lex::Kept) };
        return (fits && !vague).then(|| Made::expression(i + 2, inner.clone()));
    }
    at = view.skip(at, Lex::The);
    if at == i {
        return None;
    }
    let inner = view.expression(at)?;
    // In a query the article says nothing.
    let asked =
        matches!(inner.body, Body::Stretch { .. } | Body::Calendar { scope: Scope::Relative(..) | Scope::Same(_), .. })
            && inner.modifier.is_none()
            && !view.source(at).contains('\'');
    if view.language.queries && view.mode == Mode::Brief && asked {
        return None;
    }
    // the 1989 period
    let year = matches!(inner.body, Body::Calendar { field: Field::Whole, scope: Scope::Year(_), .. });
    if year && inner.modifier.is_none() && view.has(at + 1, Lex::Tail) {
        return Some(Made::expression(at + 2, inner.clone()));
    }
    // the third-quarter result: the article is that of what it stands before
    let quarter = matches!(inner.body, Body::Calendar { field: Field::Quarter(_), scope: Scope::Open, .. });
    if quarter && view.source(at).contains('-') {
        return None;
    }
    let takes = match &inner.body {
        Body::Calendar { field: Field::Whole, scope: Scope::Year(_), .. } if inner.modifier.is_none() => {
            !view.source(at).starts_with(|c: char| c.is_ascii_digit())
        }
        Body::Length(_) => !view.source(at).contains('-') && view.source(at).contains(' '),
        Body::Shift { .. } => !view.language.article_dates,
        Body::Reference(_) | Body::Discourse(_) => false,
        // The article before `heute` belongs to something else.
        Body::Calendar { scope: Scope::Relative(Unit::Day, ..), field: Field::Whole, .. } => {
            view.source(at).contains(' ')
        }
        Body::Calendar { scope, field, direction } => {
            direction.is_some()
                || matches!(scope, Scope::Relative(..) | Scope::Same(_))
                || matches!(field, Field::Season(_) | Field::Quarter(_) | Field::Half(_) | Field::Day(_))
                || inner.modifier.is_some()
        }
        Body::Ambiguous { .. } | Body::Every(_) | Body::EveryField(..) | Body::Range(..) => inner.modifier.is_some(),
        _ => true,
    };
    let dated = view.language.article_dates
        && matches!(
            inner.body,
            Body::Calendar { field: Field::Month(..) | Field::Weekday(_) | Field::Holiday(_), .. } | Body::Decade(_)
        );
    let dated = dated
        || view.language.article_dates
            && matches!(inner.body, Body::Calendar { scope: Scope::Year(_), .. })
            && !(view.language.noun_capitals && view.source(at).len() == 4);
    (takes || dated).then(|| Made::expression(at + 1, inner.clone()))
}
