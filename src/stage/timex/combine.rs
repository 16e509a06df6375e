//! Puts expressions together: weekday and date, date and time of day, month and "of the same year", modifiers.

use super::Mode;
use super::calendar::rank_at;
use super::cascade::{Made, View};
use super::token::{Kind, Node, Number};
use super::tree::{Anchor, Body, Expression, Field, Length, Scope, TimeOfDay};
use crate::rules::timex::{Lex, Part, Reference, Unit};

/// Month and "of the same year", Monday and "next week", in either order.
pub(super) fn scope(view: &View<'_, '_>, i: usize) -> Option<Made> {
    // the 15th (day) of next month
    let plain = || {
        let n = view.number(i).filter(|n| (1..=2).contains(&n.digits) && !n.quantity && !n.roman)?;
        (view.has(i + 1, Lex::Of)).then(|| n.int())
    };
    if let Some(rank) = rank_at(view, i).or_else(plain).filter(|r| (1..=31).contains(r)) {
        let at = i + 1 + usize::from(matches!(view.unit(i + 1), Some(Unit::Day)));
        let inner = view.expression(view.skip_joint(at))?;
        let Body::Calendar {
            scope: scope @ (Scope::Relative(Unit::Month, ..) | Scope::Same(Unit::Month)),
            field: Field::Whole,
            direction: None,
        } = &inner.body
        else {
            return None;
        };
        let of = view.skip_joint(at);
        return Some(Made::expression(
            of + 1,
            Expression::calendar(scope.clone(), Field::Day(rank as u8), "date.relative"),
        ));
    }
    let first = view.expression(i)?;
    if first.is_open() {
        let Body::Calendar { field, .. } = first.body else { return None };
        let at = view.skip_joint(i + 1);
        if let Some(Body::Calendar { scope, field: Field::Whole, direction: None }) = view
            .expression(at)
            .filter(|e| e.modifier.is_none() || first.modifier.is_none() && at == i + 1)
            .map(|e| &e.body)
            && holds(scope, field)
        {
            let rule = if matches!(scope, Scope::Same(_)) { "date.same" } else { "date.relative" };
            return Some(Made::expression(
                at + 1,
                Expression {
                    body: Body::Calendar { scope: scope.clone(), field, direction: None },
                    rule,
                    ..first.clone()
                },
            ));
        }
        return None;
    }
    // this year's third quarter, 去年五月
    let Body::Calendar { scope, field: Field::Whole, direction: None } = &first.body else { return None };
    let mut at = i + 1;
    if (view.sign(at, '\'') || view.sign(at, '’')) && view.glued(at) {
        at += 2;
    } else if view.has(at, Lex::DecadeMark) && view.glued(at) && view.source(at).len() > 1 {
        // next year's first quarter: the genitive looks like the mark of a decade.
        at = view.skip(at + 1, Lex::Fiscal);
    } else if view.language.unspaced || view.language.genitive_first {
        at = view.skip(at, Lex::Of);
    } else if view.sign(at, ',') {
        at += 1;
    } else if matches!(scope, Scope::Relative(Unit::Week, ..)) {
        // next week on Tuesday
        at += usize::from(view.has(at, Lex::Of) || view.has(at, Lex::Preposition));
    }
    let second = view.expression(at).filter(|e| e.is_open())?;
    let Body::Calendar { field, .. } = second.body else { return None };
    let near = at > i + 1
        || view.language.unspaced
        || view.language.genitive_first
        || matches!(scope, Scope::Relative(Unit::Week, ..));
    (near && holds(scope, field)).then(|| {
        let rule = if matches!(scope, Scope::Same(_)) { "date.same" } else { "date.relative" };
        Made::expression(
            at + 1,
            Expression {
                body: Body::Calendar { scope: scope.clone(), field, direction: None },
                rule,
                ..second.clone()
            },
        )
    })
}

/// The second week of 2021, the last Monday of May, 十月的第一周.
pub(super) fn nth(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let first = view.language.unspaced || view.language.genitive_first && view.expression(i).is_some();
    if first {
        let within = view.expression(i).filter(|e| e.is_date() && e.time.is_none())?;
        let at = view.skip(i + 1, Lex::Of);
        let (which, unit, weekday, to) = counted(view, at)?;
        let body = Body::Nth { which, unit, weekday, within: Box::new(within.clone()) };
        return Some(Made::expression(to, Expression::new(body, "date.nth")));
    }
    if let Some(made) = last_part(view, i).or_else(|| first_days(view, i)) {
        return Some(made);
    }
    let (which, unit, weekday, at) = counted(view, i)?;
    let of = view.skip(view.skip(at, Lex::Of), Lex::The);
    let within = view.expression(of).filter(|e| e.is_date() && e.time.is_none() && e.modifier.is_none())?;
    if of == at && !matches!(within.body, Body::Calendar { .. }) {
        return None;
    }
    let body = Body::Nth { which, unit, weekday, within: Box::new(within.clone()) };
    Some(Made::expression(of + 1, Expression::new(body, "date.nth")))
}

/// The last quarter of 1999, el último semestre de este año.
fn last_part(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let Body::Calendar {
        scope: Scope::Relative(unit @ (Unit::Quarter | Unit::HalfYear), -1, Anchor::Document),
        field: Field::Whole,
        ..
    } = view.expression(i)?.body
    else {
        return None;
    };
    let of = view.skip(i + 1, Lex::Of);
    let at = view.skip(of, Lex::The);
    let Body::Calendar {
        scope: scope @ (Scope::Year(_) | Scope::Relative(Unit::Year, ..) | Scope::Same(Unit::Year)),
        field: Field::Whole,
        ..
    } = &view.expression(at).filter(|_| of > i + 1)?.body
    else {
        return None;
    };
    let field = if unit == Unit::Quarter { Field::Quarter(4) } else { Field::Half(2) };
    Some(Made::expression(at + 1, Expression::calendar(scope.clone(), field, "date.part")))
}

/// The first days of August, los últimos meses de 2019: its beginning or end.
fn first_days(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let (modifier, at) = match view.expression(i).map(|e| &e.body) {
        Some(Body::Stretch { length, forward: false }) if length.is_vague() => ("END", i + 1),
        Some(Body::Reference(Reference::Past)) if view.unit(i).is_none() && view.source(i).contains(' ') => {
            ("END", i + 1)
        }
        Some(_) => return None,
        None => {
            rank_at(view, i).filter(|r| *r == 1)?;
            let units = |l| matches!(l, Lex::Units(Unit::Day | Unit::Week | Unit::Month | Unit::Year)).then_some(());
            view.pick(i + 1, units)?;
            ("START", i + 2)
        }
    };
    let at = at + usize::from(view.has(at, Lex::Of));
    let of = view.skip(at, Lex::The);
    let within = view
        .expression(of)
        .filter(|e| view.has(at - 1, Lex::Of) && e.is_date() && e.time.is_none() && e.modifier.is_none())?;
    matches!(within.body, Body::Calendar { .. } | Body::Decade(_) | Body::Century(_))
        .then(|| Made::expression(of + 1, Expression { modifier: Some(modifier), ..within.clone() }))
}

/// The week of 10 May, la semana del 10 de mayo, 10 Nisan haftası.
pub(super) fn week_of(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let week = |at: usize| view.pick(at, |l| matches!(l, Lex::Unit(Unit::Week)).then_some(())).is_some();
    let day = |e: &Expression| {
        e.time.is_none()
            && matches!(
                e.body,
                Body::Calendar {
                    field: Field::Month(_, Some(_)) | Field::Day(_) | Field::Holiday(_) | Field::MonthOf(_, _, Some(_)),
                    ..
                } | Body::Ambiguous { .. }
            )
    };
    if let Some(first) = view.expression(i) {
        let at = view.skip(i + 1, Lex::Of);
        let after = view.language.genitive_first && week(at) && day(first);
        return after
            .then(|| Made::expression(at + 1, Expression::new(Body::Week(Box::new(first.clone())), "date.nth")));
    }
    if !week(i) || !(view.has(i + 1, Lex::Of) || view.has(i + 1, Lex::From)) {
        return None;
    }
    let at = view.skip(i + 2, Lex::The);
    // The week of the 18th
    if let Some(n) = view.number(at).filter(|n| n.ordinal && day_of_month(view, at, *n)) {
        let inner = Expression::calendar(Scope::Open, Field::Day(n.int() as u8), "date.day");
        return Some(Made::expression(at + 1, Expression::new(Body::Week(Box::new(inner)), "date.nth")));
    }
    let inner = view.expression(at).filter(|e| day(e))?;
    Some(Made::expression(at + 1, Expression::new(Body::Week(Box::new(inner.clone())), "date.nth")))
}

/// The first two weeks of 2021, the last ten days of last year.
pub(super) fn edge(view: &View<'_, '_>, i: usize) -> Option<Made> {
    // 2021年的前两周, 今年最后三个月
    if view.language.unspaced {
        let within = view.expression(i).filter(|e| e.is_date() && e.time.is_none())?;
        let at = view.skip(i + 1, Lex::Of);
        let Body::Stretch { length, forward: false } = &view.expression(at)?.body else { return None };
        let first = view.source(at).starts_with(['前', '头', '頭', '最', '初'])
            && !view.source(at).starts_with("最后")
            && !view.source(at).starts_with("最後");
        let body = Body::Edge { length: length.clone(), first, within: Box::new(within.clone()) };
        return (at > i + 1).then(|| Made::expression(at + 1, Expression::new(body, "date.nth")));
    }
    let (length, first, at) = match view.expression(i).map(|e| &e.body) {
        Some(Body::Stretch { length, forward: false }) => (length, false, i + 1),
        Some(_) => return None,
        None => {
            rank_at(view, i).filter(|r| *r == 1)?;
            (view.length(i + 1)?, true, i + 2)
        }
    };
    if length.finest().is_clock() || length.is_vague() || !view.has(at, Lex::Of) {
        return None;
    }
    let of = view.skip(at + 1, Lex::The);
    let within = view.expression(of).filter(|e| e.is_date() && e.time.is_none() && e.modifier.is_none())?;
    let body = Body::Edge { length: length.clone(), first, within: Box::new(within.clone()) };
    Some(Made::expression(of + 1, Expression::new(body, "date.nth")))
}

/// Three days starting on Monday, from 2 p.m. for two hours.
pub(super) fn lasting(view: &View<'_, '_>, i: usize) -> Option<Made> {
    if view.mode == Mode::Text {
        return None;
    }
    let first = view.expression(i)?;
    let made = |to: usize, from: &Expression, length: &Length| {
        let body = Body::Lasting { from: Box::new(from.clone()), length: length.clone() };
        Some(Made::expression(to, Expression::new(body, "date.range")))
    };
    let dated = |e: &Expression| {
        e.time.is_some() && matches!(e.body, Body::Time | Body::Calendar { .. })
            || matches!(e.body, Body::Calendar { .. } | Body::Ambiguous { .. }) && !is_wide(e)
    };
    let comma = i + 1 + usize::from(view.sign(i + 1, ','));
    if let Body::Length(length) = &first.body {
        let at = view.skip(comma, Lex::From);
        let from = view.expression(at).filter(|e| at > comma && dated(e))?;
        return made(at + 1, from, length);
    }
    // Two nights from a day on are a day and a length.
    if !dated(first) || first.time.is_none() || !view.has(comma, Lex::Lasting) {
        return None;
    }
    let at = comma + 1;
    let Body::Length(length) = &view.expression(at)?.body else { return None };
    made(at + 1, first, length)
}

/// A rank and a unit or weekday: first Monday, last week.
fn counted(view: &View<'_, '_>, i: usize) -> Option<(i8, Unit, Option<u8>, usize)> {
    // `Last week` has become an expression by now, `last Monday` as well.
    if let Some(Body::Calendar { scope, field, direction }) = view.expression(i).map(|e| &e.body) {
        return match (scope, field, direction) {
            (
                Scope::Relative(unit @ (Unit::Week | Unit::Day | Unit::Month | Unit::Weekend), -1, Anchor::Document),
                Field::Whole,
                None,
            ) => Some((-1, *unit, None, i + 1)),
            (Scope::Relative(Unit::Week, -1, Anchor::Document), Field::Weekday(d), None) if view.language.unspaced => {
                Some((-1, Unit::Day, Some(*d), i + 1))
            }
            (Scope::Open, Field::Weekday(d), Some(-1)) => Some((-1, Unit::Day, Some(*d), i + 1)),
            (Scope::Open, Field::Weekend, Some(-1)) => Some((-1, Unit::Weekend, None, i + 1)),
            _ => None,
        };
    }
    let rank = i8::try_from(rank_at(view, i)?).ok()?;
    if let Some(unit) = view.pick(i + 1, |l| if let Lex::Unit(unit) = l { Some(unit) } else { None }) {
        return matches!(unit, Unit::Day | Unit::Week | Unit::Weekend | Unit::Month).then_some((
            rank,
            unit,
            None,
            i + 2,
        ));
    }
    match view.expression(i + 1)?.body {
        Body::Calendar { scope: Scope::Open, field: Field::Weekday(d), direction: None } => {
            Some((rank, Unit::Day, Some(d), i + 2))
        }
        _ => None,
    }
}

/// Whether the scope is what the field is a part of.
const fn holds(scope: &Scope, field: Field) -> bool {
    let unit = match scope {
        Scope::Relative(unit, ..) | Scope::Same(unit) => *unit,
        Scope::Year(_) | Scope::YearOf(..) => Unit::Year,
        Scope::Open => return false,
    };
    match field {
        Field::Month(..)
        | Field::MonthOf(..)
        | Field::Season(_)
        | Field::Quarter(_)
        | Field::Half(_)
        | Field::Holiday(_)
        | Field::Week(_) => matches!(unit, Unit::Year),
        Field::Day(_) => matches!(unit, Unit::Month),
        Field::Weekday(_) | Field::Weekend => matches!(unit, Unit::Week),
        Field::Whole => false,
    }
}

/// Friday, 5 May 2021; 2021年5月3日（星期一）.
pub(super) fn weekday(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let day = |e: &Expression| {
        if let Body::Calendar { scope: Scope::Open, field: Field::Weekday(d), direction } = e.body {
            Some((d, direction))
        } else {
            None
        }
    };
    let dated = |e: &Expression| {
        matches!(e.body, Body::Ambiguous { .. } | Body::Calendar { field: Field::Month(_, Some(_)), .. })
    };
    let first = view.expression(i)?;
    // hoy, jueves
    if matches!(
        first.body,
        Body::Calendar { scope: Scope::Relative(Unit::Day, _, Anchor::Document), field: Field::Whole, .. }
    ) && first.weekday.is_none()
    {
        let at = i + 1 + usize::from(view.sign(i + 1, ','));
        if let Some(second) = view.expression(at) {
            let named = day(second).filter(|(_, direction)| direction.is_none()).map(|(d, _)| d);
            if named.is_some() || dated(second) && at == i + 2 && !view.splits() {
                let time = first.time.or(second.time);
                return Some(Made::expression(at + 1, Expression { weekday: named, time, ..first.clone() }));
            }
        }
    }
    if let Some((d, None)) = day(first) {
        // Friday the 13th
        let at = view.skip(i + 1, Lex::The);
        if let Some(rank) =
            view.number(at).filter(|n| n.ordinal && (1..=31).contains(&n.int()) && view.unit(at + 1).is_none())
        {
            let field = Field::Day(rank.int() as u8);
            return Some(Made::expression(
                at + 1,
                Expression { weekday: Some(d), ..Expression::calendar(Scope::Open, field, "date.weekday") },
            ));
        }
    }
    if let Some((d, None)) = day(first) {
        // viernes 13, terça-feira dia 25, Wed 13
        let at = view.skip(i + 1, Lex::The);
        let at = at + usize::from(view.unit(at) == Some(Unit::Day));
        if let Some(n) = view.number(at).filter(|n| day_of_month(view, at, *n)) {
            let field = Field::Day(n.int() as u8);
            let expression = Expression {
                weekday: Some(d),
                time: first.time,
                ..Expression::calendar(Scope::Open, field, "date.weekday")
            };
            return Some(Made::expression(at + 1, expression));
        }
    }
    if let Some((d, _)) = day(first) {
        let at = if view.sign(i + 1, ',') || view.sign(i + 1, '.') { i + 2 } else { i + 1 };
        // Freitag, den 18. Juli
        let at = if view.splits() { at } else { view.skip(at, Lex::The) };
        let second = view.expression(at).filter(|e| dated(e))?;
        return Some(Made::expression(at + 1, Expression { weekday: Some(d), ..second.clone() }));
    }
    if dated(first) && first.weekday.is_none() {
        let open = view.sign(i + 1, '(') || view.sign(i + 1, '（');
        let at = if open || view.sign(i + 1, ',') { i + 2 } else { i + 1 };
        let (d, direction) = day(view.expression(at)?)?;
        let closed = view.sign(at + 1, ')') || view.sign(at + 1, '）');
        let direct = view.language.unspaced || view.language.genitive_first;
        let joined = open && closed || direct && at == i + 1 || view.mode != Mode::Text && !open && at == i + 2;
        return (joined && direction.is_none())
            .then(|| Made::expression(at + 1 + usize::from(closed), Expression { weekday: Some(d), ..first.clone() }));
    }
    None
}

/// Whether the number may be a day of the month by itself: what follows counts nothing with it and goes on with no part of a date.
pub(super) fn day_of_month(view: &View<'_, '_>, i: usize, n: Number) -> bool {
    let next = view.at(i + 1);
    let signs =
        |n: &Node<'_>| matches!(n.kind, Kind::Sign('.' | ',' | ';' | ')' | '?' | '!' | '»' | '"' | '”')) && !n.barrier;
    let joint = |l: &Lex| {
        matches!(l, Lex::At | Lex::Preposition | Lex::Kept | Lex::Of | Lex::From | Lex::To | Lex::And | Lex::Between)
    };
    let free = next.is_none_or(|next| {
        next.barrier
            || signs(next)
            || next.time().is_some()
            || next.is_dash()
            || next.lexemes.iter().any(joint)
                && next.pick(|l| matches!(l, Lex::Month(_) | Lex::Unit(_) | Lex::Units(_)).then_some(())).is_none()
    });
    let fraction = next.is_some_and(|n| n.glued && matches!(n.kind, Kind::Sign('.' | ',' | ':' | '/')))
        && view.at(i + 2).is_some_and(|n| n.glued && n.number().is_some());
    let more = next.is_some_and(|n| n.has(Lex::Of))
        && view.expression(view.skip_joint(i + 1)).is_some_and(|e| !matches!(e.body, Body::Time));
    !n.quantity && !n.roman && !n.year && n.digits <= 2 && (1..=31).contains(&n.int()) && free && !fraction && !more
}

/// Friday morning, 5 p.m. on 5 May, вечером 5 мая, 明天下午五点.
pub(super) fn time(view: &View<'_, '_>, i: usize) -> Option<Made> {
    if let Some(first) = view.expression(i).filter(|e| takes(e)) {
        let mut at = i + 1;
        let joint = |l: Lex| matches!(l, Lex::Preposition | Lex::Kept | Lex::Of | Lex::At).then_some(());
        if view.sign(at, ',') || view.pick(at, joint).is_some() {
            at += 1;
        }
        at = view.skip(at, Lex::The);
        let time = view.time(at)?;
        let first = each_day(first);
        let (time, to) = match (first.time, time) {
            (Some(part), TimeOfDay::Clock { .. }) => (join(part, time), at + 1),
            (Some(_), TimeOfDay::Part(_)) => return None,
            (None, _) => finer(view, time, at + 1),
        };
        // Wed Oct 26 15:50:06 2016
        let year = |e: &Expression| match e.body {
            Body::Calendar { scope: Scope::Year(year), field: Field::Whole, .. } => Some(year),
            _ => None,
        };
        if let (TimeOfDay::Clock { second: Some(_), .. }, Body::Calendar { scope: Scope::Open, field, direction }) =
            (time, &first.body)
            && let field @ Field::Month(_, Some(_)) = *field
            && let Some(year) = view
                .expression(to)
                .and_then(year)
                .or_else(|| view.number(to).filter(|n| n.digits == 4).and_then(super::year::bare_year))
        {
            let body = Body::Calendar { scope: Scope::Year(year), field, direction: *direction };
            return Some(Made::expression(to + 1, Expression { body, time: Some(time), ..first }));
        }
        return Some(Made::expression(to, Expression { time: Some(time), ..first }));
    }
    let time = view.time(i)?;
    let (time, mut at) = finer(view, time, i + 1);
    if view.sign(at, ',') || view.has(at, Lex::Preposition) || view.has(at, Lex::Kept) || view.has(at, Lex::Of) {
        at += 1;
    }
    at = view.skip(at, Lex::The);
    let second =
        view.expression(at).filter(|e| takes(e) && (e.time.is_none() || matches!(time, TimeOfDay::Clock { .. })))?;
    let second = each_day(second);
    let time = second.time.map_or(time, |part| join(part, time));
    Some(Made::expression(at + 1, Expression { time: Some(time), ..second }))
}

/// Every day, every morning as days that a time of day may be said of.
fn each_day(e: &Expression) -> Expression {
    match &e.body {
        Body::Every(_) => Expression { body: Body::EveryField(Field::Whole, None), ..e.clone() },
        Body::EveryField(field, time @ Some(_)) => {
            Expression { body: Body::EveryField(*field, None), time: *time, ..e.clone() }
        }
        _ => e.clone(),
    }
}

/// Whether a time of day may be said of it: a day, or several that are each one.
fn takes(e: &Expression) -> bool {
    !matches!(e.time, Some(TimeOfDay::Clock { .. }))
        && matches!(
            e.body,
            Body::Calendar {
                field: Field::Whole | Field::Weekday(_) | Field::Month(_, Some(_)) | Field::Day(_) | Field::Holiday(_),
                ..
            } | Body::Ambiguous { .. }
                | Body::EveryField(Field::Weekday(_), None)
                | Body::EveryField(Field::Whole | Field::Weekday(_), Some(TimeOfDay::Part(_)))
                | Body::Nth { weekday: Some(_), .. }
        )
        && !is_wide(e)
        || matches!(&e.body, Body::Every(length) if length.parts == [(Some(1.0), Unit::Day)])
}

/// An hour that only a preposition makes one, beside a day: tomorrow at 5, às sete do dia 15.
pub(super) fn hour(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let clock = |at: usize| {
        let n = view.number(at).filter(|n| !n.quantity && !n.ordinal && !n.roman && n.digits <= 2 && !n.year)?;
        let next = view.at(at + 1);
        let more = view.unit(at + 1).is_some()
            || next.is_some_and(|n| {
                n.number().is_some() || n.is_sign('%') || n.is_plain() && !n.barrier && !view.is_loose() && n.capital
            })
            || view.dash(at + 1) && view.glued(at + 1);
        let time = TimeOfDay::Clock { hour: n.int() as u8, minute: None, second: None, zone: None, sure: n.int() > 12 };
        (!more && (0..=24).contains(&n.int())).then_some(time)
    };
    if let Some(first) = view.expression(i).filter(|e| takes(e)) {
        let at = i + 1 + usize::from(view.sign(i + 1, ','));
        let about =
            |at: usize| at + usize::from(view.pick(at, |l| (l == Lex::Modifier("APPROX")).then_some(())).is_some());
        let said = view.has(at, Lex::At);
        let start = view.skip(about(view.skip(at, Lex::At)), Lex::The);
        // Bu akşam 22'de, आज सुबह 8 बजे
        let ended = view.has(start + 1, Lex::HourMark)
            || view.has(start + 1, Lex::OClock)
            || view.has(start + 1, Lex::Preposition) && view.source(start + 1).starts_with(['\'', '’']);
        let behind = view.language.half_first && first.time.is_some() && ended;
        if !said && !behind && (start == at || first.time.is_none()) {
            return None;
        }
        let time = clock(start)?;
        let time = first.time.map_or(time, |part| join(part, time));
        let to = start + 1 + usize::from(view.has(start + 1, Lex::HourMark) || view.has(start + 1, Lex::OClock));
        return Some(Made::expression(to, Expression { time: Some(time), ..first.clone() }));
    }
    let led = view.before(i).is_some_and(|n| n.has(Lex::At));
    let time = clock(i).filter(|_| led || view.is_loose())?;
    let at = view.skip(view.skip(i + 1, Lex::Of), Lex::The);
    let second = view
        .expression(at)
        .filter(|e| takes(e) && !matches!(e.body, Body::Calendar { field: Field::Month(..), .. }))?;
    let time = second.time.map_or(time, |part| join(part, time));
    Some(Made::expression(at + 1, Expression { time: Some(time), ..second.clone() }))
}

/// A day and the hours from and to: Monday 1–3 pm, 14 February from 9:30 to 11.
pub(super) fn hours(view: &View<'_, '_>, i: usize) -> Option<Made> {
    if let Some(Body::Range(from, to)) = view.expression(i).map(|e| &e.body) {
        let joint = |l: Lex| matches!(l, Lex::Preposition | Lex::Kept | Lex::Of).then_some(());
        let at = i + 1 + usize::from(view.sign(i + 1, ',') || view.pick(i + 1, joint).is_some());
        let at = view.skip(at, Lex::The);
        let day = view.expression(at).filter(|e| takes(e))?;
        return dated_hours(day, from, to, at + 1);
    }
    // Between 3 and 8 yesterday; 2-3 Sunday is a score as well.
    let led = view.has(i, Lex::Between) || view.has(i, Lex::From);
    if let Some((first, last, end)) = led.then(|| hour_pair(view, i)).flatten() {
        let at = end
            + usize::from(
                view.pick(end, |l| matches!(l, Lex::Preposition | Lex::Kept | Lex::Of).then_some(())).is_some(),
            );
        let at = view.skip(at, Lex::The);
        let day = view.expression(at).filter(|e| takes(e))?;
        return dated_hours(day, &bare_clock(first), &bare_clock(last), at + 1);
    }
    let day = view.expression(i).filter(|e| takes(e))?;
    let joint = |l: Lex| matches!(l, Lex::At | Lex::From | Lex::Preposition | Lex::Kept | Lex::Of).then_some(());
    let comma = i + 1 + usize::from(view.sign(i + 1, ','));
    let at = comma + usize::from(view.expression(comma).is_none() && view.pick(comma, joint).is_some());
    if let Some(made) = numbers(view, day, at) {
        return Some(made);
    }
    let Body::Range(from, to) = &view.expression(at)?.body else { return None };
    dated_hours(day, from, to, at + 1)
}

/// Monday 9-11, the 17th between 14 and 16: in a query two numbers behind a day are hours.
fn numbers(view: &View<'_, '_>, day: &Expression, at: usize) -> Option<Made> {
    // The word between or from may have been taken for one that joins.
    let led = at.checked_sub(1).filter(|at| view.has(*at, Lex::Between) || view.has(*at, Lex::From));
    let (first, last, end) = hour_pair(view, led.unwrap_or(at))?;
    if !super::range::ends(view, end) || view.expression(end).is_some() {
        return None;
    }
    dated_hours(day, &bare_clock(first), &bare_clock(last), end)
}

/// Two hours in bare numbers, joined as a range is, in a query; and the place behind them.
fn hour_pair(view: &View<'_, '_>, i: usize) -> Option<(i32, i32, usize)> {
    if view.mode == Mode::Text {
        return None;
    }
    let hour = |at: usize| {
        view.number(at)
            .filter(|n| !n.quantity && !n.ordinal && !n.roman && n.digits <= 2 && (0..=24).contains(&n.int()))
            .map(Number::int)
    };
    let (between, from) = (view.has(i, Lex::Between), view.has(i, Lex::From));
    let at = i + usize::from(between || from);
    let dashed = view.dash(at + 1) && view.glued(at + 1) && view.glued(at + 2);
    let joined = dashed || (between || from) && (view.has(at + 1, Lex::To) || between && view.has(at + 1, Lex::And));
    let (first, last) = (hour(at)?, hour(at + 2).filter(|_| joined)?);
    let fits = first < last || (8..=12).contains(&first) && last < 8;
    let more = view.dash(at + 3)
        || view.sign(at + 3, ':')
        || view.sign(at + 3, '/')
        || view.sign(at + 3, '.') && view.glued(at + 4);
    (fits && !more).then(|| (first, if first > last { last + 12 } else { last }, at + 3))
}

fn bare_clock(hour: i32) -> Expression {
    let time = TimeOfDay::Clock { hour: hour as u8, minute: None, second: None, zone: None, sure: hour > 12 };
    Expression { time: Some(time), ..Expression::new(Body::Time, "date.range") }
}

fn dated_hours(day: &Expression, from: &Expression, to: &Expression, end: usize) -> Option<Made> {
    if !matches!((&from.body, &to.body), (Body::Time, Body::Time)) {
        return None;
    }
    let dated = |e: &Expression| {
        let time = match (day.time, e.time) {
            (Some(part), Some(clock)) => Some(join(part, clock)),
            (_, clock) => clock,
        };
        Box::new(Expression { time, ..day.clone() })
    };
    let body = Body::Range(dated(from), dated(to));
    Some(Made::expression(end, Expression::new(body, "date.range")))
}

/// Whether it is longer than a day.
fn is_wide(e: &Expression) -> bool {
    matches!(&e.body, Body::Calendar { scope: Scope::Relative(unit, ..) | Scope::Same(unit), field: Field::Whole, .. } if *unit != Unit::Day)
        || matches!(&e.body, Body::Calendar { scope: Scope::Year(_), field: Field::Whole, .. })
}

/// A part of the day and the clock beside it say one time.
pub(super) fn finer(view: &View<'_, '_>, time: TimeOfDay, at: usize) -> (TimeOfDay, usize) {
    let next =
        if view.has(at, Lex::Preposition) || view.has(at, Lex::Kept) || view.has(at, Lex::Of) { at + 1 } else { at };
    match (time, view.time(next)) {
        (part @ TimeOfDay::Part(_), Some(clock @ TimeOfDay::Clock { .. }))
        | (clock @ TimeOfDay::Clock { .. }, Some(part @ TimeOfDay::Part(_))) => (join(part, clock), next + 1),
        _ => (time, at),
    }
}

/// Seven in the evening.
fn join(part: TimeOfDay, clock: TimeOfDay) -> TimeOfDay {
    let (TimeOfDay::Part(part), TimeOfDay::Clock { hour, minute, second, zone, sure }) = (part, clock) else {
        return clock;
    };
    let late = matches!(part, Part::Afternoon | Part::Evening) || part == Part::Night && (6..12).contains(&hour);
    let hour = if !sure && late && hour < 12 { hour + 12 } else { hour };
    TimeOfDay::Clock { hour, minute, second, zone, sure: true }
}

/// Early 2021, the end of the week, about two years, 年底.
pub(super) fn modifier(view: &View<'_, '_>, i: usize) -> Option<Made> {
    if let Some(modifier) = view.pick(i, |l| if let Lex::Modifier(m) = l { Some(m) } else { None }) {
        let mut at = view.skip_hyphen(i + 1);
        let bound = matches!(modifier, "START" | "MID" | "END");
        at = if bound { view.skip(at, Lex::Of) } else { at };
        at = view.skip(at, Lex::The);
        if let Some(inner) = view.expression(at).filter(|e| e.modifier.is_none()) {
            let length = matches!(inner.body, Body::Length(_) | Body::Stretch { .. } | Body::Shift { .. });
            let vague =
                matches!(inner.body, Body::Reference(_) | Body::Discourse(_) | Body::Every(_) | Body::EveryField(..));
            let over = matches!(modifier, "MORE_THAN" | "LESS_THAN" | "EQUAL_OR_MORE" | "EQUAL_OR_LESS");
            if vague
                || bound && length && !matches!(inner.body, Body::Stretch { .. })
                || over && (!length || matches!(inner.body, Body::Stretch { .. }))
            {
                return None;
            }
            return Some(Made::expression(at + 1, Expression { modifier: Some(modifier), ..inner.clone() }));
        }
        if let Some(length) = view.length(at).filter(|_| !bound) {
            let expression =
                Expression { modifier: Some(modifier), ..Expression::new(Body::Length(length.clone()), "date.length") };
            return Some(Made::expression(at + 1, expression));
        }
        if let Some(TimeOfDay::Clock { .. }) = view.time(at).filter(|_| modifier == "APPROX") {
            let expression = Expression {
                modifier: Some(modifier),
                time: view.time(at),
                ..Expression::new(Body::Time, "date.time")
            };
            return Some(Made::expression(at + 1, expression));
        }
        // the end of the year
        let adverb = view.pick(i, |l| matches!(l, Lex::Earlier | Lex::Later).then_some(())).is_some();
        if bound
            && !(adverb && at == i + 1)
            && let Some(unit) = view
                .pick(at, |l| if let Lex::Unit(unit) = l { Some(unit) } else { None })
                .filter(|u| !u.is_clock() && !matches!(u, Unit::Day))
        {
            let scope = Scope::Relative(unit, 0, Anchor::Document);
            let expression =
                Expression { modifier: Some(modifier), ..Expression::calendar(scope, Field::Whole, "date.relative") };
            return Some(Made::expression(at + 1, expression.with_doubt(0.15)));
        }
        return None;
    }
    let modifier = view.pick(i + 1, |l| if let Lex::PostModifier(m) = l { Some(m) } else { None })?;
    // Ayın başında
    if matches!(modifier, "START" | "MID" | "END")
        && view.language.genitive_first
        && let Some(unit @ (Unit::Week | Unit::Month | Unit::Quarter | Unit::Year | Unit::Decade)) =
            view.pick(i, |l| if let Lex::Unit(unit) = l { Some(unit) } else { None })
    {
        let scope = Scope::Relative(unit, 0, Anchor::Document);
        let expression = Expression::calendar(scope, Field::Whole, "date.relative").with_doubt(0.15);
        return Some(Made::expression(i + 2, Expression { modifier: Some(modifier), ..expression }));
    }
    let inner = view.expression(i)?;
    // Between two times these words make a range of them.
    let opens = view.has(i + 1, Lex::To) && view.expression(i + 2).is_some() && view.has(i + 3, Lex::RangeEnd);
    let closes = view.has(i + 1, Lex::RangeEnd) && view.before(i).is_some_and(|n| n.has(Lex::To));
    if opens || closes {
        return None;
    }
    let bound = matches!(modifier, "BEFORE" | "AFTER");
    let weak = view.at(i + 1).is_some_and(|n| n.weak);
    let timed = bound && !weak && view.mode != Mode::Text && (inner.time.is_some() || matches!(inner.body, Body::Time));
    if bound && !timed && !matches!(inner.body, Body::Calendar { .. } | Body::Ambiguous { .. }) {
        return None;
    }
    // Before 2010 or after 2018: the word belongs to what follows.
    let next = |at: usize| view.expression(at).is_some() || view.number(at).is_some() || view.time(at).is_some();
    let joined = bound || matches!(modifier, "ON_OR_BEFORE" | "ON_OR_AFTER");
    if joined && !view.language.unspaced && !view.language.genitive_first && next(view.skip(i + 2, Lex::The)) {
        return None;
    }
    if inner.modifier.is_some() || !timed && (!inner.is_date() || inner.time.is_some()) {
        return None;
    }
    Some(Made::expression(i + 2, Expression { modifier: Some(modifier), ..inner.clone() }))
}
