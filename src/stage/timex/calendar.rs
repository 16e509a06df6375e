//! Dates by their parts: day, month and year in any order, years, decades, centuries, quarters, seasons, weeks, named days.

use super::cascade::{Made, View};
use super::token::{Node, Number};
use super::tree::{Anchor, Body, Expression, Field, Scope};
use crate::rules::timex::{Lex, Unit};

const MONTH_RULE: &str = "date.month";
const DAY_RULE: &str = "date.day";
const YEAR_RULE: &str = "date.year";
const PART_RULE: &str = "date.part";

pub(super) fn month_at(view: &View<'_, '_>, i: usize) -> Option<u8> {
    view.pick(i, |l| if let Lex::Month(m) = l { Some(m) } else { None })
}

pub(super) fn weekday_at(view: &View<'_, '_>, i: usize) -> Option<u8> {
    view.pick(i, |l| if let Lex::Weekday(d) = l { Some(d) } else { None })
}

/// A day of the month: 1 to 31, no quantity.
fn day_at(view: &View<'_, '_>, i: usize) -> Option<u8> {
    let n = view.number(i)?;
    (!n.quantity && !n.roman && n.digits <= 2 && (1..=31).contains(&n.int()) && !n.year).then_some(n.int() as u8)
}

/// An ordinal, also one that is another word too (`second`).
pub(super) fn rank_at(view: &View<'_, '_>, i: usize) -> Option<i32> {
    let number = view.number(i).filter(|n| n.ordinal && !n.quantity).map(Number::int);
    number.or_else(|| view.pick(i, |l| if let Lex::Ordinal(n) = l { Some(n as i32) } else { None }))
}

/// A year as its number says it is one: four digits, said as years are, or after an apostrophe.
fn bare_year(n: Number) -> Option<i32> {
    let y = n.int();
    let fits = !n.quantity
        && !n.roman
        && (n.digits == 4 || n.year && n.value >= 1000.0 || n.digits == 0 && (1900..2100).contains(&y));
    (fits && (1000..2200).contains(&y)).then_some(y)
}

/// A year and the place after it, with its mark and era. `marked` says that a word or sign makes it a year.
pub(super) fn year_at(view: &View<'_, '_>, i: usize) -> Option<(i32, usize, bool, &'static str)> {
    // 民国三年, 令和3年
    if let Some((base, calendar)) =
        view.pick(i, |l| if let Lex::Era(base, name) = l { Some((base, name)) } else { None })
    {
        let (n, to) = if view.source(i + 1) == "元" {
            (1, i + 2)
        } else {
            (view.number(i + 1).filter(|n| n.value < 150.0)?.int(), i + 2)
        };
        return view.has(to, Lex::YearMark).then_some((base + n, to + 1, true, calendar));
    }
    let led = view.has(i, Lex::AnnoDomini) || view.has(i, Lex::BeforeChrist);
    let at = i + usize::from(led);
    // '98
    if (view.sign(at, '\'') || view.sign(at, '’') || view.sign(at, '‘'))
        && view.glued(at + 1)
        && let Some(n) = view.number(at + 1).filter(|n| n.digits == 2 && !n.quantity)
        && view.before(at).is_none_or(|_| !view.glued(at))
    {
        let y = n.int();
        return Some((if y < 40 { 2000 + y } else { 1900 + y }, at + 2, true, "gregorian"));
    }
    let n = view.number(at)?;
    if n.quantity || n.roman || n.value > 9999.0 {
        return None;
    }
    let mut to = at + 1;
    let mut marked = led;
    let plain = bare_year(n);
    let spelled = n.year || n.ordinal && n.value >= 1000.0;
    if view.has(to, Lex::YearMark) {
        // 3年 is a length of time, 03年 and 2003年 are years.
        let short = view.language.unspaced
            && plain.is_none()
            && !(n.digits == 2 && n.value < 40.0 && view.source(at).starts_with(['0', '零', '〇', '９', '9']))
            && !led;
        if short && !(n.digits == 2 && n.value >= 50.0) {
            return None;
        }
        to += 1;
        marked = true;
    } else if !view.language.unspaced
        && (view.has(to, Lex::Unit(Unit::Year))
            || plain.is_some() && (view.has(to, Lex::Units(Unit::Year)) || view.has(to, Lex::YearsMark)))
        && (plain.is_some() || n.digits == 3 || n.ordinal && n.value > 31.0)
    {
        to += 1;
        marked = true;
    }
    if view.has(to, Lex::BeforeChrist) {
        return Some((1 - n.int(), to + 1, true, "gregorian"));
    }
    if led && view.has(i, Lex::BeforeChrist) {
        return Some((1 - n.int(), to, true, "gregorian"));
    }
    if view.has(to, Lex::AnnoDomini) {
        to += 1;
        marked = true;
        return Some((n.int(), to, marked, "gregorian"));
    }
    let year = match plain {
        Some(y) => y,
        None if marked && n.digits == 2 && view.language.unspaced => {
            if n.int() < 40 {
                2000 + n.int()
            } else {
                1900 + n.int()
            }
        }
        None if marked && (n.digits == 3 || led || spelled) => n.int(),
        None => return None,
    };
    Some((year, to, marked || spelled, "gregorian"))
}

/// A year behind a date, past a comma or `of`.
fn year_behind(view: &View<'_, '_>, i: usize) -> Option<(i32, usize, &'static str)> {
    let at = view.skip_joint(i);
    let (year, to, _, calendar) = year_at(view, at)?;
    // Twelve people, May 5, 2000 of whom…: a number before a counted noun stays out only where it has a separator, which is no year already.
    Some((year, to, calendar))
}

fn date(scope: Scope, month: u8, day: Option<u8>, calendar: &'static str) -> Expression {
    let rule = if day.is_some() { DAY_RULE } else { MONTH_RULE };
    Expression { calendar, ..Expression::calendar(scope, Field::Month(month, day), rule) }
}

/// Day, month by name, year; month, day, year; month, year; year, month, day; month alone.
pub(super) fn named_month(view: &View<'_, '_>, i: usize) -> Option<Made> {
    // 5 May 2021, 5th of May
    if let Some(day) = day_at(view, i) {
        let at = view.skip_joint(view.skip(i + 1, Lex::DayMark));
        let signed = view.sign(i + 1, '.') && view.glued(i + 1) || view.sign(i + 1, '-') || view.sign(i + 1, '/');
        let at = if signed { i + 2 } else { at };
        if let Some(month) = month_at(view, at).filter(|_| !view.sign(i + 1, ',')) {
            return Some(with_year(view, at + 1, month, Some(day)));
        }
        return None;
    }
    // 2021 May 5
    if let Some((year, to, _, calendar)) = year_at(view, i) {
        let at = if view.sign(to, '-') || view.sign(to, '/') || view.sign(to, ',') { to + 1 } else { to };
        let month = month_at(view, at).filter(|_| view.number(i).is_some())?;
        let next = if view.sign(at + 1, '-') || view.sign(at + 1, '/') { at + 2 } else { at + 1 };
        let day = day_at(view, next);
        let end = if day.is_some() { next + 1 } else { at + 1 };
        return Some(Made::expression(end, date(Scope::Year(year), month, day, calendar)));
    }
    let month = month_at(view, i)?;
    let at = view.skip(i + 1, Lex::The);
    let at = if (view.sign(at, '-') || view.sign(at, '/') || view.sign(at, '.')) && view.glued(at) && view.glued(at + 1)
    {
        at + 1
    } else {
        at
    };
    if let Some(day) = day_at(view, at).filter(|_| view.language.order == crate::rules::timex::Order::MonthFirst) {
        let longer = view.unit(at + 1).is_some() && !view.has(at + 1, Lex::DayMark);
        let clock = view.sign(at + 1, ':');
        if !longer && !clock {
            return Some(with_year(view, at + 1, month, Some(day)));
        }
    }
    if let Some((year, to, calendar)) = year_behind(view, i + 1) {
        return Some(Made::expression(to, date(Scope::Year(year), month, None, calendar)));
    }
    lone_month(view, i, month)
}

fn with_year(view: &View<'_, '_>, at: usize, month: u8, day: Option<u8>) -> Made {
    let behind = if (view.sign(at, '-') || view.sign(at, '/')) && view.glued(at + 1) {
        year_behind(view, at + 1)
    } else {
        year_behind(view, at)
    };
    if let Some((year, to, calendar)) = behind {
        return Made::expression(to, date(Scope::Year(year), month, day, calendar));
    }
    // 5/May/21
    if (view.sign(at, '-') || view.sign(at, '/'))
        && let Some(n) = view.number(at + 1).filter(|n| n.digits == 2 && !n.quantity)
    {
        let y = n.int() + if n.int() < 50 { 2000 } else { 1900 };
        return Made::expression(at + 2, date(Scope::Year(y), month, day, "gregorian"));
    }
    Made::expression(at, date(Scope::Open, month, day, "gregorian"))
}

/// A month alone; where its name is a common word too, only with something beside it that makes it a month.
fn lone_month(view: &View<'_, '_>, i: usize, month: u8) -> Option<Made> {
    let node = view.at(i)?;
    let expression = date(Scope::Open, month, None, "gregorian");
    if !node.weak {
        let led = view.before(i).is_some_and(|n| {
            n.lexemes
                .iter()
                .any(|l| matches!(l, Lex::Preposition | Lex::Relative(_) | Lex::Modifier(_) | Lex::Between | Lex::And))
        });
        let capital = node.capital
            || led
            || view.language.unspaced
            || view.language.order == crate::rules::timex::Order::DayFirst;
        return capital.then(|| Made::expression(i + 1, expression));
    }
    let before = view.before(i);
    let led = before.is_some_and(|n| {
        n.lexemes.iter().any(|l| {
            matches!(
                l,
                Lex::Preposition
                    | Lex::Kept
                    | Lex::Relative(_)
                    | Lex::Same
                    | Lex::Modifier(_)
                    | Lex::Each
                    | Lex::From
                    | Lex::To
                    | Lex::Between
                    | Lex::Of
                    | Lex::Day(_)
            )
        })
    });
    let ranged = (view.dash(i + 1) || view.has(i + 1, Lex::To)) && month_at(view, i + 2).is_some()
        || view.before(i).is_some_and(|n| n.is_dash() || n.has(Lex::To))
            && i.checked_sub(2).is_some_and(|k| month_at(view, k).is_some());
    let followed = ranged
        || view.pick(i + 1, |l| matches!(l, Lex::Relative(_) | Lex::Same | Lex::Year(_)).then_some(())).is_some();
    let named = view.language.order == crate::rules::timex::Order::DayFirst || node.capital;
    ((led || followed) && named && !view.source(i).ends_with('.'))
        .then(|| Made::expression(i + 1, expression.with_doubt(0.15)))
}

/// 2021年5月3日 and its parts.
pub(super) fn marked_date(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let mut at = i;
    let (mut scope, mut calendar) = (Scope::Open, "gregorian");
    let year =
        year_at(view, i).filter(|_| !matches!(view.at(i), Some(n) if n.lexemes.is_empty() && n.number().is_none()));
    if let Some((y, to, marked, c)) = year.filter(|y| y.2) {
        let _ = marked;
        (scope, calendar, at) = (Scope::Year(y), c, view.skip(to, Lex::Of));
    } else if let Some(n) = view.pick(i, |l| if let Lex::Year(n) = l { Some(n) } else { None }) {
        (scope, at) = (Scope::Relative(Unit::Year, i32::from(n), Anchor::Document), view.skip(i + 1, Lex::Of));
    }
    let has_scope = at > i;
    let number = |at: usize, most: i32| {
        view.number(at)
            .filter(|n| !n.quantity && !n.roman && (1..=most).contains(&n.int()) && n.digits <= 2)
            .map(|n| n.int() as u8)
    };
    let month = number(at, 12)
        .filter(|_| view.has(at + 1, Lex::MonthMark))
        .map(|m| (m, at + 2))
        .or_else(|| month_at(view, at).filter(|_| view.language.unspaced).map(|m| (m, at + 1)));
    if let Some((month, to)) = month {
        // 5月3日, 八月十五
        let next = view.skip(to, Lex::Of);
        if let Some(day) = number(next, 31) {
            let marked = view.has(next + 1, Lex::DayMark);
            let bare = view
                .pick(next + 1, |l| matches!(l, Lex::Unit(_) | Lex::HourMark | Lex::MonthMark).then_some(()))
                .is_none()
                && view.number(next).is_some_and(|n| n.digits == 0 || has_scope && n.digits == 2);
            if marked || bare {
                return Some(Made::expression(next + 1 + usize::from(marked), date(scope, month, Some(day), calendar)));
            }
        }
        return Some(Made::expression(to, date(scope, month, None, calendar)));
    }
    if has_scope {
        if matches!(scope, Scope::Relative(..)) {
            return Some(Made::expression(at.min(i + 1), Expression::calendar(scope, Field::Whole, "date.deictic")));
        }
        return None;
    }
    // 29日
    let day = number(i, 31).filter(|_| {
        view.has(i + 1, Lex::DayMark) && view.language.unspaced && !view.source(i + 1).starts_with(['号', '號'])
    })?;
    (view.number(i).is_some_and(|n| !n.ordinal))
        .then(|| Made::expression(i + 2, Expression::calendar(Scope::Open, Field::Day(day), DAY_RULE).with_doubt(0.1)))
}

/// 1990s, 90-е годы, 90年代, the nineties.
pub(super) fn decade(view: &View<'_, '_>, i: usize) -> Option<Made> {
    if let Some(n) = view.pick(i, |l| if let Lex::Decade(n) = l { Some(n) } else { None }) {
        let led = view
            .before(i)
            .is_some_and(|n| n.lexemes.iter().any(|l| matches!(l, Lex::The | Lex::Modifier(_) | Lex::Kept)));
        return (led || view.source(i).contains(' ')).then(|| {
            Made::expression(i + 1, Expression::new(Body::Decade(i32::from(n)), "date.decade").with_doubt(0.1))
        });
    }
    let at = if view.sign(i, '\'') || view.sign(i, '’') { i + 1 } else { i };
    let n = view.number(at).filter(|n| !n.quantity && !n.ordinal)?;
    let mut mark = at + 1;
    if view.dash(mark) && view.glued(mark) && view.glued(mark + 1) {
        mark += 1;
    }
    let said = n.int();
    if !view.has(mark, Lex::DecadeMark) || said % 10 != 0 {
        return None;
    }
    let number = match n.digits {
        4 if (1000..2200).contains(&said) => said / 10,
        _ if n.year && (1000..2200).contains(&said) => said / 10,
        2 | 0 if (10..100).contains(&said) => {
            if said < 20 {
                200 + said / 10
            } else {
                190 + said / 10
            }
        }
        _ => return None,
    };
    let mut to = mark + 1;
    let led =
        view.before(i).is_some_and(|n| n.lexemes.iter().any(|l| matches!(l, Lex::The | Lex::Modifier(_) | Lex::Kept)));
    if n.digits == 2 && at == i && !view.language.unspaced && !led && view.unit(to) != Some(Unit::Year) {
        return None;
    }
    if !view.language.unspaced && matches!(view.unit(to), Some(Unit::Year)) {
        to += 1;
    }
    let doubt = if n.digits == 4 { 0.0 } else { 0.1 };
    Some(Made::expression(to, Expression::new(Body::Decade(number), "date.decade").with_doubt(doubt)))
}

/// 19th century, XIX век, 20世纪90年代.
pub(super) fn century(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let n = view.number(i).filter(|n| !n.quantity && (1..=40).contains(&n.int()))?;
    let at = view.skip_hyphen(i + 1);
    let unit = view.unit(at)?;
    if unit != Unit::Century
        || !(n.ordinal
            || n.roman
            || view.language.unspaced && n.digits > 0
            || view.language.unspaced && !view.source(at).starts_with('个'))
    {
        return None;
    }
    if view.source(at).starts_with('个') {
        return None;
    }
    let mut to = at + 1;
    let mut number = n.int();
    if view.has(to, Lex::BeforeChrist) {
        number = 1 - number;
        to += 1;
    } else if view.has(to, Lex::AnnoDomini) {
        to += 1;
    }
    // 20世纪90年代
    if view.language.unspaced
        && let Some(decade) = view.number(to).filter(|d| d.int() % 10 == 0 && d.int() < 100 && !d.quantity)
        && view.has(to + 1, Lex::DecadeMark)
    {
        let body = Body::Decade((number - 1) * 10 + decade.int() / 10);
        return Some(Made::expression(to + 2, Expression::new(body, "date.decade")));
    }
    Some(Made::expression(to, Expression::new(Body::Century(number), "date.century")))
}

/// Q3 2021, the third quarter of 2021, the first half, II полугодие, week 12, spring 2021, named days.
pub(super) fn part_of_year(view: &View<'_, '_>, i: usize) -> Option<Made> {
    // 2021 Q3, 2021年上半年
    if let Some((year, to, _, _)) = year_at(view, i).filter(|_| view.number(i).is_some())
        && let Some((field, end)) = field_at(view, view.skip(to, Lex::Of))
            .filter(|(field, _)| !matches!(field, Field::Holiday(_)) || view.language.unspaced)
    {
        return Some(Made::expression(end, Expression::calendar(Scope::Year(year), field, PART_RULE)));
    }
    let (field, to) = field_at(view, view.skip(i, Lex::Fiscal))?;
    if let Some((year, end, _)) =
        year_behind(view, to).filter(|_| !matches!(field, Field::Week(_)) || view.has(to, Lex::Of))
    {
        return Some(Made::expression(end, Expression::calendar(Scope::Year(year), field, PART_RULE)));
    }
    let node = view.at(i)?;
    let lone = match field {
        Field::Season(_) => {
            !node.weak
                || view.before(i).is_some_and(|n| {
                    n.lexemes.iter().any(|l| {
                        matches!(
                            l,
                            Lex::Preposition | Lex::Relative(_) | Lex::Modifier(_) | Lex::The | Lex::Same | Lex::Each
                        )
                    })
                })
        }
        Field::Week(_) => view.has(i, Lex::WeekNumber),
        Field::Holiday(_) => !node.weak,
        _ => true,
    };
    lone.then(|| Made::expression(to, Expression::calendar(Scope::Open, field, PART_RULE)))
}

fn field_at(view: &View<'_, '_>, i: usize) -> Option<(Field, usize)> {
    if let Some(found) = view.pick(i, |l| match l {
        Lex::Quarter(q) => Some(Field::Quarter(q)),
        Lex::HalfYear(h) => Some(Field::Half(h)),
        Lex::Season(s) => Some(Field::Season(s)),
        Lex::Holiday(h) => Some(Field::Holiday(h)),
        _ => None,
    }) {
        return Some((found, i + 1));
    }
    // the third fiscal quarter, third-quarter, III квартал
    let rank = rank_at(view, i).or_else(|| view.number(i).filter(|n| n.roman).map(Number::int));
    if let Some(rank) = rank.filter(|r| (1..=53).contains(r)) {
        let at = view.skip(view.skip_hyphen(i + 1), Lex::Fiscal);
        if let Some(unit) = view.unit(at) {
            let field = match unit {
                Unit::Quarter if rank <= 4 => Field::Quarter(rank as u8),
                Unit::HalfYear if rank <= 2 => Field::Half(rank as u8),
                _ => return None,
            };
            return Some((field, at + 1));
        }
        // the first half of
        if rank <= 2
            && view.has(at, Lex::Half)
            && view.has(at + 1, Lex::Of)
            && (year_at(view, view.skip_joint(at + 1)).is_some())
        {
            return Some((Field::Half(rank as u8), at + 1));
        }
        return None;
    }
    if view.has(i, Lex::WeekNumber)
        && !view.language.unspaced
        && let Some(n) =
            view.number(i + 1).filter(|n| !n.quantity && !n.ordinal && (1..=53).contains(&n.int()) && n.digits > 0)
        && view.unit(i + 2).is_none()
    {
        return Some((Field::Week(n.int()), i + 2));
    }
    None
}

/// Whether a year stands before the dash before `start`, or a word.
fn led_by_year(view: &View<'_, '_>, start: usize) -> bool {
    start.checked_sub(2).and_then(|k| view.at(k)).is_none_or(|n| n.number().is_none_or(|n| bare_year(n).is_some()))
}

/// A year alone, where something makes it one.
pub(super) fn lone_year(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let fiscal = view.has(i, Lex::Fiscal);
    let at = if fiscal { i + 1 + usize::from(matches!(view.unit(i + 1), Some(Unit::Year))) } else { i };
    // the year 2000
    let named = matches!(view.unit(at), Some(Unit::Year)) && view.number(at + 1).and_then(bare_year).is_some();
    let start = at + usize::from(named);
    let (year, to, marked, calendar) = year_at(view, start)?;
    let expression = Expression { calendar, ..Expression::calendar(Scope::Year(year), Field::Whole, YEAR_RULE) };
    if marked || fiscal || named {
        let counted = view.language.unspaced
            && view.pick(to, |l| matches!(l, Lex::Ago | Lex::Hence).then_some(())).is_some()
            && view.number(start).is_some_and(|n| n.digits < 4 && !n.year);
        return (!counted).then(|| Made::expression(to, expression));
    }
    let n = view.number(start)?;
    if n.digits != 4 && !n.year && n.digits != 0 || !(1000..2100).contains(&year) {
        return None;
    }
    let before = view.before(start);
    let after = view.at(to);
    // Glued to letters or signs it is part of a name.
    if view.glued(to)
        && after.is_some_and(|a| {
            !matches!(
                a.kind,
                super::token::Kind::Sign(
                    ')' | ','
                        | '.'
                        | ';'
                        | ':'
                        | '!'
                        | '?'
                        | '-'
                        | '–'
                        | '—'
                        | '/'
                        | '»'
                        | '"'
                        | '”'
                        | '’'
                        | '\''
                        | ']'
                        | '）'
                        | '，'
                        | '。'
                        | '~'
                )
            )
        })
        && !view.language.unspaced
    {
        return None;
    }
    if view.glued(start)
        && before.is_some_and(|b| {
            !matches!(
                b.kind,
                super::token::Kind::Sign('(' | '[' | '"' | '“' | '«' | '-' | '–' | '—' | '/' | '（' | '‘' | '~')
            ) && b.lexemes.is_empty()
                && b.expression().is_none()
        })
        && !view.language.unspaced
    {
        return None;
    }
    if before.is_some_and(Node::is_dash) && !led_by_year(view, start) && view.glued(start) {
        return None;
    }
    // A unit behind makes it a length.
    if view.unit(to).is_some() && !view.dash(to) {
        return None;
    }
    let led = before.is_some_and(|b| {
        b.lexemes.iter().any(|l| {
            matches!(
                l,
                Lex::Preposition
                    | Lex::Kept
                    | Lex::From
                    | Lex::To
                    | Lex::Between
                    | Lex::Modifier(_)
                    | Lex::And
                    | Lex::Before
                    | Lex::After
                    | Lex::Of
            )
        }) || matches!(b.kind, super::token::Kind::Sign('(' | '-' | '–' | '—' | '/' | '（' | '[' | ','))
    });
    let ended = after.is_none_or(|a| matches!(a.kind, super::token::Kind::Sign(_)) || a.barrier);
    let noun = after.is_some_and(|a| a.kind == super::token::Kind::Word && !a.capital && a.lexemes.is_empty());
    let round = year % 100 == 0 && year != 2000 && year != 1900;
    let likely = (1800..=2050).contains(&year);
    let ok = match (led, noun, view.language.bare_year) {
        (true, false, _) => !round || likely || ended,
        (true, true, _) => likely && !round,
        (false, _, true) => {
            (1900..=2035).contains(&year) && !round && (ended || !noun || before.is_some_and(|b| b.has(Lex::The)))
        }
        (false, false, false) => (1900..=2035).contains(&year) && ended,
        _ => false,
    };
    ok.then(|| Made::expression(to, expression.with_doubt(if led { 0.05 } else { 0.2 })))
}
