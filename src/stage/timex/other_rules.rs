//! Dates written in other calendars: 13 اردیبهشت 1400, 21 رمضان 1442 هـ, 农历八月十五, years of the Buddhist era.

use super::cascade::{Made, View};
use super::tree::{Anchor, Body, Expression, Field, Scope};
use super::year::bare_year;
use crate::rules::timex::{Calendar, Holiday, Language, Lex, Unit};

/// Day, month by name and year, all but the month may be missing; the day behind the month too.
pub(super) fn date(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let day = |at: usize| {
        let n = view.number(at).filter(|n| !n.quantity && !n.roman && n.digits <= 2 && (1..=31).contains(&n.int()))?;
        Some(n.int() as u8)
    };
    let month = |at: usize| {
        view.pick(at, |l| if let Lex::MonthOf(calendar, month) = l { Some((calendar, month)) } else { None })
    };
    let (first, at) = match day(i) {
        Some(d) => (Some(d), view.skip(view.skip_joint(i + 1), Lex::MonthWord)),
        None => (None, view.skip(i, Lex::MonthWord)),
    };
    let (calendar, number) = month(at)?;
    let mut to = view.skip(at + 1, Lex::MonthWord);
    let mut d = first;
    if let Some(found) = day(to).filter(|_| d.is_none() && view.unit(to + 1).is_none() && view.number(to + 1).is_none())
    {
        (d, to) = (Some(found), to + 1);
    }
    let scope = year(view, view.skip_joint(to), calendar).map(|(scope, end)| {
        to = end;
        scope
    });
    let weak = view.at(at).is_some_and(|n| n.weak) && d.is_none() && scope.is_none();
    let field = Field::MonthOf(calendar, number, d);
    let rule = if d.is_some() { "date.day" } else { "date.month" };
    let expression = Expression::calendar(scope.unwrap_or(Scope::Open), field, rule);
    (!weak).then(|| Made::expression(to, Expression { calendar: calendar.name(), ..expression }))
}

/// The year behind a month of this calendar, with its mark.
fn year(view: &View<'_, '_>, i: usize, calendar: Calendar) -> Option<(Scope, usize)> {
    let at = i + usize::from(matches!(view.unit(i), Some(Unit::Year)));
    let n = view.number(at).filter(|n| !n.quantity && !n.ordinal && !n.roman && n.value < 10_000.0)?;
    let y = n.int();
    let likely = match calendar {
        Calendar::Persian => (1200..1600).contains(&y) || n.digits == 2,
        Calendar::Hijri => (1..1600).contains(&y) && n.digits >= 3,
        Calendar::Hebrew => (5000..6500).contains(&y),
        Calendar::Chinese | Calendar::Buddhist => false,
    };
    let mut to = at + 1;
    if view.has(to, Lex::EraMark(calendar)) {
        to += 1;
    } else if !likely {
        return bare_year(n).map(|y| (Scope::Year(y), to));
    }
    let y = if calendar == Calendar::Persian && n.digits == 2 { 1300 + y } else { y };
    Some((Scope::YearOf(calendar, y), to))
}

/// 1442 هـ; 农历 and the date behind it.
pub(super) fn marked(view: &View<'_, '_>, i: usize) -> Option<Made> {
    if let Some(calendar) = view.pick(i, |l| if let Lex::Calendar(calendar) = l { Some(calendar) } else { None }) {
        let inner = view.expression(i + 1)?;
        let Body::Calendar { scope, field: Field::Month(month, day), direction } = inner.body.clone() else {
            return None;
        };
        let body = Body::Calendar { scope, field: Field::MonthOf(calendar, month, day), direction };
        return Some(Made::expression(i + 2, Expression { body, calendar: calendar.name(), ..inner.clone() }));
    }
    let named = usize::from(matches!(view.unit(i), Some(Unit::Year)));
    let n =
        view.number(i + named).filter(|n| !n.quantity && !n.ordinal && !n.roman && (1..10_000).contains(&n.int()))?;
    let mark = i + named + 1;
    let calendar = view.pick(mark, |l| if let Lex::EraMark(calendar) = l { Some(calendar) } else { None })?;
    let scope = Scope::YearOf(calendar, n.int());
    let expression = Expression::calendar(scope, Field::Whole, "date.year");
    Some(Made::expression(mark + 1, Expression { calendar: calendar.name(), ..expression }))
}

/// Gives an expression the calendar of its language where its years are of that.
pub(super) fn settle(expression: &mut Expression, language: &Language) {
    let Some(calendar) = language.calendar else { return };
    match &mut expression.body {
        Body::Calendar { scope, field, .. } => {
            if let Scope::Relative(_, _, Anchor::Time(inner)) = scope {
                settle(inner, language);
            }
            let Scope::Year(year) = *scope else { return };
            let named = expression.calendar != "gregorian";
            match calendar {
                Calendar::Persian if (1250..1500).contains(&year) && !named => {
                    *scope = Scope::YearOf(calendar, year);
                    *field = match *field {
                        Field::Month(month, day) => Field::MonthOf(calendar, month, day),
                        Field::Holiday(Holiday::Other(Calendar::Persian, month, day)) => {
                            Field::MonthOf(calendar, month, Some(day))
                        }
                        field => field,
                    };
                    expression.calendar = calendar.name();
                }
                Calendar::Buddhist if (2400..2700).contains(&year) && !named => {
                    *scope = Scope::Year(year - 543);
                    expression.calendar = calendar.name();
                }
                _ => {}
            }
        }
        Body::Decade(n) if calendar == Calendar::Persian && (125..150).contains(n) => {
            let year = |y: i32| {
                let scope = Scope::YearOf(calendar, y);
                Box::new(Expression {
                    calendar: calendar.name(),
                    ..Expression::calendar(scope, Field::Whole, "date.decade")
                })
            };
            expression.body = Body::Range(year(*n * 10), year(*n * 10 + 9));
            expression.calendar = calendar.name();
        }
        Body::Range(first, second) => {
            settle(first, language);
            settle(second, language);
        }
        Body::Nth { within, .. } | Body::Shift { anchor: Anchor::Time(within), .. } => settle(within, language),
        _ => {}
    }
}
