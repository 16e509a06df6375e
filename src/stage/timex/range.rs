//! From … to …, between … and …, 5–7 May, 2019–2021.

use super::Mode;
use super::cascade::{Made, View};
use super::token::{Kind, Number};
use super::tree::{Body, Expression, Field, Scope, TimeOfDay};
use super::year::year_behind;
use crate::rules::timex::{Lex, Reference};

/// From … to …, between … and …, 5–7 May, 2019–2021.
pub(super) fn range(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let from = view.has(i, Lex::From);
    let between = view.has(i, Lex::Between);
    let start = view.skip(i + usize::from(from || between), Lex::The);
    let first = view.expression(start);
    let number = view.number(start).filter(|n| !n.quantity && !n.roman);
    let apart = view.splits() && first.is_some_and(|e| !matches!(e.body, Body::Time));
    if apart || first.is_none() && number.is_none() {
        return None;
    }
    if let Some(made) = days(view, start) {
        return Some(made);
    }
    // 23.-29. november
    let pointed = view.language.point_ordinals && number.is_some() && view.sign(start + 1, '.') && view.dash(start + 2);
    let joint = start + 1 + usize::from(pointed);
    let closed = |at: usize| view.has(at, Lex::RangeEnd);
    let joined = if between || view.has(joint, Lex::And) && closed(view.skip(joint + 1, Lex::The) + 1) {
        view.has(joint, Lex::And) || view.has(joint, Lex::To)
    } else {
        view.has(joint, Lex::To) || view.dash(joint)
    };
    if !joined || view.text.get(view.at(joint)?.span.end()..)?.starts_with('\n') {
        return None;
    }
    let at = view.skip(joint + 1, Lex::The);
    let hour = first.and_then(|first| hour_behind(view, first, at));
    let second = view.expression(at).or(hour.as_ref())?;
    let first = match first {
        Some(first) => first.clone(),
        None => before(number?, second)?,
    };
    if view.splits() && !matches!(first.body, Body::Time) {
        // The bare number becomes an expression of its own, with the article or preposition that belongs to it.
        let begin = if view.language.article_dates && view.has(i, Lex::The) { i } else { start };
        return (begin == i).then(|| Made::expression(start + 1, first));
    }
    let years = |e: &Expression| matches!(e.body, Body::Calendar { scope: Scope::Year(_), .. });
    let mixed = view.mode != Mode::Text && years(&first) && years(second);
    let bare = !from && !between && !view.dash(joint) && number.is_none() && !mixed;
    if !alike(view, &first, second)
        || bare && !same_kind(&first, second)
        || !(from
            || between
            || view.dash(joint)
            || view.language.bare_range
            || view.mode != Mode::Text && view.expression(start).is_some()
            || view.language.unspaced
            || closed(at + 1))
    {
        return None;
    }
    let first = share(first, second);
    let to = at + 1 + usize::from(view.has(at + 1, Lex::RangeEnd));
    let rule = "date.range";
    Some(Made::expression(to, Expression::new(Body::Range(Box::new(first), Box::new(second.clone())), rule)))
}

/// From 9 to 11 a.m., between 2:00 and 3:30: hours by the clock belong together before either is taken to be part of a date.
pub(super) fn clocks(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let from = view.has(i, Lex::From);
    let between = view.has(i, Lex::Between);
    let start = view.skip(i + usize::from(from || between), Lex::The);
    let hour = |at: usize| {
        let n = view.number(at).filter(|n| !n.quantity && !n.ordinal && !n.roman && !n.year && n.digits <= 2)?;
        let time = TimeOfDay::Clock { hour: n.int() as u8, minute: None, second: None, zone: None, sure: n.int() > 12 };
        (0..=24).contains(&n.int()).then_some(time)
    };
    let clock = |at: usize| view.time(at).filter(|t| matches!(t, TimeOfDay::Clock { .. }));
    let joint = start + 1;
    let joined = view.has(joint, Lex::To) || view.dash(joint) || between && view.has(joint, Lex::And);
    if !joined {
        return None;
    }
    let led = usize::from(view.has(joint + 1, Lex::At) && clock(joint + 2).is_some());
    let at = view.skip(joint + 1 + led, Lex::The);
    let (first, second) = match (clock(start), clock(at)) {
        (Some(first), Some(second)) => (first, second),
        (None, Some(second)) if from || between || view.dash(joint) => (hour(start)?, second),
        (Some(first), None) if from || between => (first, hour(at).filter(|_| ends(view, at + 1))?),
        _ => return None,
    };
    let time = |time: TimeOfDay| Expression { time: Some(time), ..Expression::new(Body::Time, "date.range") };
    let second = time(second);
    let first = share(time(first), &second);
    let to = at + 1 + usize::from(view.has(at + 1, Lex::RangeEnd));
    Some(Made::expression(to, Expression::new(Body::Range(Box::new(first), Box::new(second)), "date.range")))
}

/// Whether nothing stands at `i` that the number before it counts or goes on with.
pub(super) fn ends(view: &View<'_, '_>, i: usize) -> bool {
    let Some(next) = view.at(i) else { return true };
    let more = next.glued
        && matches!(next.kind, Kind::Sign('.' | ',' | ':' | '/' | '-' | '%'))
        && view.number(i + 1).is_some();
    let counted =
        next.is_plain() && !next.barrier || next.number().is_some() || next.is_sign('%') || view.unit(i).is_some();
    !more && !counted && view.pick(i, |l| if let Lex::Month(m) = l { Some(m) } else { None }).is_none()
}

/// Sabah 5'ten 7'ye kadar: the hour at the end of a range of hours that is closed by a word.
fn hour_behind(view: &View<'_, '_>, first: &Expression, at: usize) -> Option<Expression> {
    let Some(TimeOfDay::Clock { hour, sure, zone, .. }) = first.time else { return None };
    let n = view
        .number(at)
        .filter(|n| !n.quantity && !n.ordinal && !n.roman && (0..=24).contains(&n.int()) && n.digits <= 2)?;
    if !view.has(at + 1, Lex::RangeEnd) {
        return None;
    }
    let late = sure && hour >= 12 && n.int() < 12 && n.int() + 12 > i32::from(hour);
    let hour = if late { n.int() + 12 } else { n.int() } as u8;
    let time = TimeOfDay::Clock { hour, minute: None, second: None, zone, sure };
    Some(Expression { time: Some(time), ..Expression::new(Body::Time, first.rule) })
}

/// July 13–15, 7 to 9 May 2021 with the month first.
fn days(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let first = view.expression(i).filter(|e| e.time.is_none() && e.weekday.is_none())?;
    let Body::Calendar { scope: Scope::Open, field: Field::Month(month, Some(day)), direction } = first.body else {
        return None;
    };
    let joined = view.dash(i + 1) || view.has(i + 1, Lex::To);
    let last = view.number(i + 2).filter(|n| joined && !n.quantity && !n.roman && n.digits <= 2)?.int();
    if last <= i32::from(day)
        || last > 31
        || view.unit(i + 3).is_some()
        || view.sign(i + 3, ':')
        || view.sign(i + 3, '%')
    {
        return None;
    }
    // Behind a blank and a word more must say that it is a day.
    if !view.dash(i + 1)
        && !view.number(i + 2)?.ordinal
        && view.at(i + 3).is_some_and(|n| n.kind == Kind::Word && n.is_plain())
    {
        return None;
    }
    let (scope, to) = match year_behind(view, i + 3) {
        Some((year, to, _)) => (Scope::Year(year), to),
        None => (Scope::Open, i + 3),
    };
    let end = |day: u8| {
        let body = Body::Calendar { scope: scope.clone(), field: Field::Month(month, Some(day)), direction };
        Box::new(Expression { body, ..first.clone() })
    };
    Some(Made::expression(to, Expression::new(Body::Range(end(day), end(last as u8)), "date.range")))
}

/// The bare number before a range's end: 5–7 May, 2019–2021 годы.
fn before(number: Number, second: &Expression) -> Option<Expression> {
    let n = number.int();
    match (&second.body, second.time) {
        (Body::Calendar { scope, field: Field::Month(month, Some(day)), .. }, None)
            if (1..=31).contains(&n) && n <= i32::from(*day) =>
        {
            Some(Expression::calendar(scope.clone(), Field::Month(*month, Some(n as u8)), second.rule))
        }
        (Body::Calendar { scope: Scope::Year(year), field: Field::Whole, .. }, None)
            if (1000..2200).contains(&n) && n <= *year && number.digits == 4 =>
        {
            Some(Expression::calendar(Scope::Year(n), Field::Whole, second.rule))
        }
        (Body::Calendar { scope: Scope::Year(year), field: Field::Month(..), .. }, None)
            if (1000..2200).contains(&n) && n <= *year && number.digits == 4 =>
        {
            Some(Expression::calendar(Scope::Year(n), Field::Whole, "date.year"))
        }
        (Body::Century(last), None) if (1..=*last).contains(&n) => Some(Expression::new(Body::Century(n), second.rule)),
        (Body::Time, Some(TimeOfDay::Clock { hour, sure, zone, .. })) if (0..=24).contains(&n) => {
            let late = sure && hour > 12 && n < 12 && n + 12 <= i32::from(hour);
            let hour = if late { n + 12 } else { n } as u8;
            let time = TimeOfDay::Clock { hour, minute: None, second: None, zone, sure };
            Some(Expression { time: Some(time), ..Expression::new(Body::Time, second.rule) })
        }
        _ => None,
    }
}

/// Whether two expressions can be the ends of one range.
fn alike(view: &View<'_, '_>, first: &Expression, second: &Expression) -> bool {
    let calendar = |e: &Expression| {
        matches!(
            e.body,
            Body::Calendar { .. }
                | Body::Ambiguous { .. }
                | Body::Decade(_)
                | Body::Century(_)
                | Body::Reference(Reference::Present)
        )
    };
    let clock = |e: &Expression| matches!(e.body, Body::Time);
    // From now to now is none.
    let present = |e: &Expression| matches!(e.body, Body::Reference(_));
    if view.mode == Mode::Text && (present(first) || present(second)) {
        return false;
    }
    calendar(first) && calendar(second) && !(present(first) && present(second))
        || clock(first) && clock(second)
        || calendar(first) && first.time.is_some() && clock(second)
}

/// Whether both are years, or both months, or both days, and so on.
fn same_kind(first: &Expression, second: &Expression) -> bool {
    match (&first.body, &second.body) {
        (Body::Calendar { field: Field::Month(_, a), .. }, Body::Calendar { field: Field::Month(_, b), .. }) => {
            a.is_some() == b.is_some()
        }
        (
            Body::Calendar { scope: Scope::Year(_), field: Field::Whole, .. },
            Body::Calendar { scope: Scope::Year(_), field: Field::Whole, .. },
        ) => true,
        (Body::Calendar { field: a, .. }, Body::Calendar { field: b, .. }) => {
            *a != Field::Whole && std::mem::discriminant(a) == std::mem::discriminant(b)
        }
        (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}

/// May to June 2021: the year of the end is that of the beginning.
fn share(mut first: Expression, second: &Expression) -> Expression {
    if let (
        Body::Calendar {
            scope: scope @ Scope::Open,
            field: Field::Month(..) | Field::Quarter(_) | Field::Half(_),
            direction: None,
        },
        Body::Calendar { scope: other, field: Field::Month(..) | Field::Quarter(_) | Field::Half(_), .. },
    ) = (&mut first.body, &second.body)
    {
        *scope = other.clone();
    }
    // 29/2–1/3/2019
    if let (
        Body::Calendar { scope: scope @ Scope::Open, field: Field::Month(..), direction: None },
        Body::Ambiguous { year: Some(year), .. },
    ) = (&mut first.body, &second.body)
    {
        *scope = Scope::Year(*year);
    }
    // From 1:30 to 3 p.m.
    if let (Some(TimeOfDay::Clock { hour, sure, .. }), Some(TimeOfDay::Clock { hour: end, sure: true, .. })) =
        (&mut first.time, second.time)
        && !*sure
        && end > 12
        && *hour < 12
        && *hour + 12 <= end
    {
        (*hour, *sure) = (*hour + 12, true);
    }
    first
}
