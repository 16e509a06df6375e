//! Times told from another time: yesterday, last week, two years ago, in five minutes, the same day, every Monday.

use super::Mode;
use super::calendar::weekday_at;
use super::cascade::{Made, View};
use super::token::Kind;
use super::tree::{Anchor, Body, Expression, Field, Length, Scope, TimeOfDay};
use crate::rules::timex::{Lex, Reference, Unit};

/// Phrases that only look like a time.
pub(super) fn stop(view: &View<'_, '_>, i: usize) -> Option<Made> {
    view.has(i, Lex::Stop).then(|| Made::new(i + 1, Kind::Opaque))
}

/// A weekday by name.
pub(super) fn weekday(view: &View<'_, '_>, i: usize) -> Option<Made> {
    if let Some(day) = view.pick(i, |l| if let Lex::Weekdays(day) = l { Some(day) } else { None }) {
        return Some(Made::expression(i + 1, Expression::new(Body::EveryField(Field::Weekday(day), None), "date.set")));
    }
    if let Some((day, part)) =
        view.pick(i, |l| if let Lex::WeekdayPart(day, part) = l { Some((day, part)) } else { None })
    {
        let time = Some(TimeOfDay::Part(part));
        let expression = Expression::calendar(Scope::Open, Field::Weekday(day), "date.weekday");
        return Some(Made::expression(i + 1, Expression { time, ..expression }));
    }
    let day = weekday_at(view, i)?;
    let node = view.at(i)?;
    let capital = node.capital || view.language.case_free || view.language.unspaced || view.mode != Mode::Text;
    let led = view.before(i).is_some_and(|n| {
        n.lexemes.iter().any(|l| matches!(l, Lex::Preposition | Lex::Kept | Lex::Relative(_) | Lex::Each))
    });
    let followed = view.sign(i + 1, ',') && view.expression(i + 2).is_some()
        || view.expression(i + 1).is_some()
        || view.time(i + 1).is_some()
        || view.number(i + 1).is_some_and(|n| n.ordinal && n.digits > 0);
    let ok = if node.weak {
        (led || followed) && (node.capital || view.language.case_free)
    } else {
        capital || followed || led
    };
    ok.then(|| Made::expression(i + 1, Expression::calendar(Scope::Open, Field::Weekday(day), "date.weekday")))
}

/// Days by their distance from today.
pub(super) fn deictic(view: &View<'_, '_>, i: usize) -> Option<Made> {
    // Where nouns have capitals, `morgen` is the day and `Morgen` the part of one.
    let node = view.at(i).filter(|n| !n.weak || view.language.noun_capitals && !n.capital)?;
    let scope = |days: i8| Scope::Relative(Unit::Day, i32::from(days), Anchor::Document);
    let expression = node.pick(|l| match l {
        Lex::Day(n) => Some(Expression::calendar(scope(n), Field::Whole, "date.deictic")),
        Lex::DayPart(n, part) => {
            let time = Some(TimeOfDay::Part(part));
            Some(Expression { time, ..Expression::calendar(scope(n), Field::Whole, "date.deictic") })
        }
        _ => None,
    })?;
    Some(Made::expression(i + 1, expression))
}

/// Vague times: now, recently, in the future.
pub(super) fn vague(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let node = view.at(i).filter(|n| !n.weak)?;
    let body = node.pick(|l| match l {
        Lex::Reference(r) => Some(Body::Reference(r)),
        Lex::Discourse(r) => Some(Body::Discourse(r)),
        _ => None,
    })?;
    Some(Made::expression(i + 1, Expression::new(body, "date.vague")))
}

fn relative_at(view: &View<'_, '_>, i: usize) -> Option<(i8, Anchor)> {
    view.pick(i, |l| match l {
        Lex::Relative(n) => Some((n, Anchor::Document)),
        Lex::Adjacent(n) => Some((n, Anchor::Mention)),
        _ => None,
    })
}

/// Last week, this Friday, the last three years, recent years, the same day.
pub(super) fn relative(view: &View<'_, '_>, i: usize) -> Option<Made> {
    if view.has(i, Lex::Same) {
        return same(view, i).or_else(|| named(view, i));
    }
    named(view, i).or_else(|| week_first(view, i))
}

fn named(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let recent = view.pick(i, |l| if let Lex::Recent(n) = l { Some(n) } else { None });
    let found = relative_at(view, i);
    if recent.is_none() && found.is_none() {
        return None;
    }
    let fiscal = view.skip(view.skip_hyphen(i + 1), Lex::Fiscal);
    // recent years
    if let Some(n) = recent.or(found.as_ref().map(|f| f.0))
        && view.pick(fiscal, |l| if let Lex::Units(unit) = l { Some(unit) } else { None }).is_some()
        && view.pick(fiscal, |l| if let Lex::Unit(unit) = l { Some(unit) } else { None }).is_none()
    {
        if view.language.vague_lengths
            && n != 0
            && let Some(unit) = view.unit(fiscal)
        {
            let body = Body::Stretch { length: Length::vague(unit), forward: n > 0 };
            return Some(Made::expression(fiscal + 1, Expression::new(body, "date.stretch")));
        }
        let reference = match n {
            -9..0 => Reference::Past,
            0 => Reference::Present,
            _ => Reference::Future,
        };
        return Some(Made::expression(fiscal + 1, Expression::new(Body::Reference(reference), "date.vague")));
    }
    let (n, anchor) = found?;
    // the last three years
    if let Some(length) = view.length(fiscal) {
        if n.abs() != 1 {
            return None;
        }
        let body = Body::Stretch { length: length.clone(), forward: n > 0 };
        return Some(Made::expression(fiscal + 1, Expression::new(body, "date.stretch")));
    }
    // el pasado día 3
    if n.abs() == 1
        && view.language.article_dates
        && matches!(view.pick(i + 1, |l| if let Lex::Unit(unit) = l { Some(unit) } else { None }), Some(Unit::Day))
        && let Some(day) =
            view.number(i + 2).filter(|d| (1..=2).contains(&d.digits) && (1..=31).contains(&d.int()) && !d.quantity)
        && view.unit(i + 3).is_none()
    {
        let field = Field::Day(day.int() as u8);
        let body = Body::Calendar { scope: Scope::Open, field, direction: Some(n) };
        return Some(Made::expression(i + 3, Expression::new(body, "date.relative")));
    }
    // this morning
    if let Some(TimeOfDay::Part(part)) = view.time(i + 1) {
        let scope = Scope::Relative(Unit::Day, i32::from(n), anchor);
        let expression = Expression {
            time: Some(TimeOfDay::Part(part)),
            ..Expression::calendar(scope, Field::Whole, "date.deictic")
        };
        return Some(Made::expression(i + 2, expression));
    }
    if let Some(unit) = view.pick(fiscal, |l| if let Lex::Unit(unit) = l { Some(unit) } else { None }) {
        // The last decade and century are lengths rather than calendar decades.
        if matches!(unit, Unit::Decade | Unit::Century | Unit::Millennium) && n.abs() == 1 {
            let body = Body::Stretch { length: Length::one(1.0, unit), forward: n > 0 };
            return Some(Made::expression(fiscal + 1, Expression::new(body, "date.stretch")));
        }
        if unit.is_clock() && n == 0 {
            return None;
        }
        // The next hour is a length from now on.
        if unit.is_clock() && view.mode != Mode::Text && n.abs() == 1 {
            let body = Body::Stretch { length: Length::one(1.0, unit), forward: n > 0 };
            return Some(Made::expression(fiscal + 1, Expression::new(body, "date.stretch")));
        }
        let scope = Scope::Relative(unit, i32::from(n), anchor);
        let to = view.skip(fiscal + 1, Lex::Fiscal);
        // ce mois-ci
        let to = if view.glued(to) { view.skip(to, Lex::Tail) } else { to };
        return Some(Made::expression(to, Expression::calendar(scope, Field::Whole, "date.relative")));
    }
    // this upcoming Friday, this past Wednesday
    if let (0, Some((way @ (-1 | 1), _)), Some(inner)) = (n, relative_at(view, i + 1), view.expression(i + 2))
        && matches!(inner.body, Body::Calendar { scope: Scope::Open, field: Field::Weekday(_), direction: None })
    {
        let way = if way > 0 { COMING } else { way };
        let Body::Calendar { scope, field, .. } = inner.body.clone() else { return None };
        let body = Body::Calendar { scope, field, direction: Some(way) };
        return Some(Made::expression(i + 3, Expression { body, rule: "date.relative", ..inner.clone() }));
    }
    // last May, next Friday, this summer
    let inner = view.expression(i + 1)?;
    directed(view, inner, n, anchor).map(|e| Made::expression(i + 2, e))
}

fn directed(view: &View<'_, '_>, inner: &Expression, n: i8, anchor: Anchor) -> Option<Expression> {
    let Body::Calendar { scope: Scope::Open, field, .. } = inner.body else { return None };
    let body = match field {
        Field::Weekday(_) if view.language.unspaced => {
            Body::Calendar { scope: Scope::Relative(Unit::Week, i32::from(n), anchor), field, direction: None }
        }
        Field::Weekday(_) if n == 1 && view.language.coming_weekday && view.mode == Mode::Text => {
            Body::Calendar { scope: Scope::Open, field, direction: Some(COMING) }
        }
        Field::Weekday(_) if n == 2 => Body::Calendar { scope: Scope::Open, field, direction: Some(AFTER_NEXT) },
        Field::Quarter(_) | Field::Half(_) if n != 0 => return None,
        _ => Body::Calendar { scope: Scope::Open, field, direction: Some(n) },
    };
    Some(Expression { body, rule: "date.relative", ..inner.clone() })
}

/// The direction of the next one from today on, be it in this week.
pub(super) const COMING: i8 = 2;

/// Three Fridays from now: from here on, directions count such days from today on, or back where they are below 0.
pub(super) const COUNTED: i8 = 40;

/// The direction of the one after the next.
pub(super) const AFTER_NEXT: i8 = 3;

/// Mardi en huit: the direction of the one a week after the next, of which today may be one.
pub(super) const EIGHT_DAYS: i8 = 8;
/// Lundi en quinze: two weeks after.
pub(super) const FIFTEEN_DAYS: i8 = 15;

/// Mardi en huit, lundi en quinze: the weekday a week or two after the next.
pub(super) fn in_days(view: &View<'_, '_>, i: usize) -> Option<Made> {
    if !view.language.relative_behind || view.source(i + 1) != "en" {
        return None;
    }
    let direction = match view.number(i + 2)?.int() {
        8 => EIGHT_DAYS,
        15 => FIFTEEN_DAYS,
        _ => return None,
    };
    let inner = view.expression(i).filter(|_| super::range::ends(view, i + 3))?;
    let Body::Calendar { scope: Scope::Open, field: field @ Field::Weekday(_), direction: None } = inner.body else {
        return None;
    };
    let body = Body::Calendar { scope: Scope::Open, field, direction: Some(direction) };
    Some(Made::expression(i + 3, Expression { body, rule: "date.relative", ..inner.clone() }))
}

/// The year before last, неделя до; three next weeks.
fn week_first(view: &View<'_, '_>, i: usize) -> Option<Made> {
    if let Some(unit) = view.unit(i)
        && let Some(n @ (-2 | 2)) = view.pick(i + 1, |l| if let Lex::Relative(n) = l { Some(n) } else { None })
        && !view.language.unspaced
    {
        let scope = Scope::Relative(unit, i32::from(n), Anchor::Document);
        return Some(Made::expression(i + 2, Expression::calendar(scope, Field::Whole, "date.relative")));
    }
    // Friday after next
    if let Some(2) = view.pick(i + 1, |l| if let Lex::Relative(n) = l { Some(n) } else { None })
        && let Some(inner) = view.expression(i)
        && matches!(inner.body, Body::Calendar { scope: Scope::Open, field: Field::Weekday(_), direction: None })
    {
        return directed(view, inner, 2, Anchor::Document).map(|e| Made::expression(i + 2, e));
    }
    // el año pasado, lundi dernier
    // de este año: what is said first belongs to the unit behind.
    let fiscal = view.skip(i + 1, Lex::Fiscal);
    let free = view.unit(fiscal + 1).is_none();
    if view.language.relative_behind
        && free
        && let Some((n, anchor)) = relative_at(view, fiscal)
    {
        if let Some(unit) =
            view.pick(i, |l| if let Lex::Unit(unit) = l { Some(unit) } else { None }).filter(|u| !u.is_clock())
        {
            let scope = Scope::Relative(unit, i32::from(n), anchor);
            return Some(Made::expression(
                view.skip(fiscal + 1, Lex::Fiscal),
                Expression::calendar(scope, Field::Whole, "date.relative"),
            ));
        }
        if let Some(inner) = view.expression(i).filter(|_| fiscal == i + 1) {
            return directed(view, inner, n, anchor).map(|e| Made::expression(i + 2, e));
        }
    }
    if view.language.relative_behind
        && let (Some(length), Some((n @ (-1 | 1), _))) = (view.length(i), relative_at(view, i + 1))
    {
        let body = Body::Stretch { length: length.clone(), forward: n > 0 };
        return Some(Made::expression(i + 2, Expression::new(body, "date.stretch")));
    }
    let number = view.number(i).filter(|n| !n.ordinal && !n.roman && !n.quantity && n.value <= 100.0)?;
    let (n, _) = relative_at(view, i + 1).filter(|(n, _)| n.abs() == 1)?;
    let unit = view.pick(i + 2, |l| if let Lex::Units(unit) = l { Some(unit) } else { None })?;
    let body = Body::Stretch { length: Length::one(number.value, unit), forward: n > 0 };
    Some(Made::expression(i + 3, Expression::new(body, "date.stretch")))
}

/// The same day, того же года, 同年.
fn same(view: &View<'_, '_>, i: usize) -> Option<Made> {
    if let Some(unit) = view.pick(i + 1, |l| if let Lex::Unit(unit) = l { Some(unit) } else { None }) {
        if unit.is_clock() {
            return None;
        }
        return Some(Made::expression(i + 2, Expression::calendar(Scope::Same(unit), Field::Whole, "date.same")));
    }
    if let Some(TimeOfDay::Part(part)) = view.time(i + 1) {
        let expression = Expression {
            time: Some(TimeOfDay::Part(part)),
            ..Expression::calendar(Scope::Same(Unit::Day), Field::Whole, "date.same")
        };
        return Some(Made::expression(i + 2, expression));
    }
    let inner = view.expression(i + 1)?;
    let Body::Calendar { scope: Scope::Open, field, .. } = inner.body else { return None };
    let scope = match field {
        Field::Weekday(_) | Field::Weekend => Scope::Same(Unit::Week),
        _ => Scope::Same(Unit::Year),
    };
    Some(Made::expression(
        i + 2,
        Expression { body: Body::Calendar { scope, field, direction: None }, rule: "date.same", ..inner.clone() },
    ))
}

/// In five years, two weeks ago, a year earlier, three days after 5 May.
pub(super) fn shift(view: &View<'_, '_>, i: usize) -> Option<Made> {
    // Every three weeks
    if view.before(i).is_some_and(|n| n.has(Lex::Each)) {
        return None;
    }
    let made = |to: usize, length: Length, forward: bool, anchor: Anchor| {
        if view.language.vague_lengths && length.is_vague() {
            let body = Body::Stretch { length, forward };
            return Some(Made::expression(to, Expression::new(body, "date.offset")));
        }
        let rule = if matches!(anchor, Anchor::Time(_)) { "date.shift" } else { "date.offset" };
        Some(Made::expression(to, Expression::new(Body::Shift { length, forward, anchor }, rule)))
    };
    // il y a deux ans, vor zwei Jahren
    if view.has(i, Lex::Back) {
        let at =
            i + 1 + usize::from(view.pick(i + 1, |l| if let Lex::Modifier(m) = l { Some(m) } else { None }).is_some());
        if let Some(length) = view.length(at) {
            return made(view.skip(at + 1, Lex::Ago), length.clone(), false, Anchor::Document);
        }
    }
    if view.has(i, Lex::Ahead) {
        // через почти 10 лет
        let at = i
            + 1
            + usize::from(
                view.pick(i + 1, |l| if let Lex::Modifier(m) = l { Some(m) } else { None }).is_some()
                    && view.length(i + 2).is_some(),
            );
        if let Some(length) = view.length(at)
            && (view.has(at + 1, Lex::Hence)
                || view.pick(at + 1, |l| matches!(l, Lex::Before | Lex::After).then_some(())).is_none()
                || view.expression(at + 2).is_none())
        {
            let to = view.skip(at + 1, Lex::Hence);
            return made(to, length.clone(), true, Anchor::Document);
        }
        // через год
        if view.language.bare_unit
            && let Some(unit) = view.pick(at, |l| if let Lex::Unit(unit) = l { Some(unit) } else { None })
        {
            return made(at + 1, Length::one(1.0, unit), true, Anchor::Document);
        }
    }
    // the year-earlier quarter
    if let Some(unit @ Unit::Year) = view.unit(i)
        && view.dash(i + 1)
        && view.pick(i + 2, |l| matches!(l, Lex::Ago | Lex::Earlier).then_some(())).is_some()
    {
        let quarter = view
            .expression(i + 3)
            .is_some_and(|e| matches!(e.body, Body::Calendar { scope: Scope::Open, field: Field::Quarter(_), .. }));
        if quarter {
            let field = if let Some(Body::Calendar { field, .. }) = view.expression(i + 3).map(|e| &e.body) {
                *field
            } else {
                Field::Whole
            };
            let body =
                Body::Calendar { scope: Scope::Relative(Unit::Year, -1, Anchor::Document), field, direction: None };
            return Some(Made::expression(i + 4, Expression::new(body, "date.relative")));
        }
        let to = i + 3 + usize::from(matches!(view.unit(i + 3), Some(Unit::Quarter)) || view.has(i + 3, Lex::Tail));
        return made(to, Length::one(1.0, unit), false, Anchor::Document);
    }
    // three Fridays from now, 2 Thursdays ago
    if let Some(n) = view.number(i).filter(|n| !n.ordinal && !n.quantity && (1.0..=20.0).contains(&n.value))
        && let Some(Body::EveryField(field @ Field::Weekday(_), None)) = view.expression(i + 1).map(|e| &e.body)
        && let Some(forward) = view.pick(i + 2, |l| match l {
            Lex::Ago => Some(false),
            Lex::Hence => Some(true),
            _ => None,
        })
    {
        let direction = Some(COUNTED + n.int() as i8).map(|n| if forward { n } else { -n });
        let body = Body::Calendar { scope: Scope::Open, field: *field, direction };
        return Some(Made::expression(i + 3, Expression::new(body, "date.offset")));
    }
    let (length, at) = if let Some(length) = view.length(i) {
        (length.clone(), i + 1)
    } else {
        let bare = view.language.bare_unit;
        let unit = view.pick(i, |l| if let Lex::Unit(unit) = l { Some(unit) } else { None }).filter(|_| bare)?;
        (Length::one(1.0, unit), i + 1)
    };
    let direct =
        view.pick(at, |l| matches!(l, Lex::Ago | Lex::Hence | Lex::Earlier | Lex::Later).then_some(())).is_some();
    let at = at
        + usize::from(
            !direct && view.pick(at, |l| if let Lex::PostModifier(m) = l { Some(m) } else { None }).is_some(),
        );
    let lexemes = view.at(at).map_or(&[][..], |n| n.lexemes);
    for lexeme in lexemes {
        match lexeme {
            Lex::Before | Lex::After
                if view.expression(at + 1).is_some_and(Expression::is_date) && view.length(i).is_some() =>
            {
                let anchor = Anchor::Time(Box::new(view.expression(at + 1)?.clone()));
                return made(at + 2, length, *lexeme == Lex::After, anchor);
            }
            _ => {}
        }
    }
    for lexeme in lexemes {
        let found = match lexeme {
            Lex::Ago => (false, Anchor::Document),
            Lex::Hence => (true, Anchor::Document),
            Lex::Earlier if view.expression(at + 1).is_none() => (false, Anchor::Mention),
            Lex::Later if view.expression(at + 1).is_none() => (true, Anchor::Mention),
            _ => continue,
        };
        return made(at + 1, length, found.0, found.1);
    }
    None
}

/// Every year, each Monday, 每周.
pub(super) fn every(view: &View<'_, '_>, i: usize) -> Option<Made> {
    if let Some(part) = view.pick(i, |l| if let Lex::Parts(part) = l { Some(part) } else { None }) {
        let led = view.source(i).contains(' ');
        return led.then(|| {
            Made::expression(
                i + 1,
                Expression::new(Body::EveryField(Field::Whole, Some(TimeOfDay::Part(part))), "date.set"),
            )
        });
    }
    // 3 % par an, pro Stunde
    if view.before(i).is_some_and(|n| n.has(Lex::Per))
        && let Some(unit) = view.pick(i, |l| if let Lex::Unit(unit) = l { Some(unit) } else { None })
        && view.language.per_unit
    {
        let body = Body::Every(Length::one(1.0, unit));
        return Some(Made::expression(i + 1, Expression::new(body, "date.set")));
    }
    if !view.has(i, Lex::Each) {
        return None;
    }
    let set = |to: usize, body: Body| Some(Made::expression(to, Expression::new(body, "date.set")));
    if let Some(length) = view.length(i + 1) {
        return set(i + 2, Body::Every(length.clone()));
    }
    // every other week
    if let Some(unit) = view.unit(i + 1) {
        return set(i + 2, Body::Every(Length::one(1.0, unit)));
    }
    if let Some(time @ TimeOfDay::Part(_)) = view.time(i + 1) {
        return set(i + 2, Body::EveryField(Field::Whole, Some(time)));
    }
    let inner = view.expression(i + 1)?;
    let Body::Calendar { scope: Scope::Open, field, .. } = inner.body else { return None };
    Some(Made::expression(
        i + 2,
        Expression { time: inner.time, ..Expression::new(Body::EveryField(field, inner.time), "date.set") },
    ))
}
