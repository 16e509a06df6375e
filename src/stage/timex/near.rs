//! Which of the times of a name is meant, counted from the day of writing.

use jiff::civil::Date;

use super::other;
use super::point::{self, Point};
use super::relative::{AFTER_NEXT, COMING, COUNTED, EIGHT_DAYS, FIFTEEN_DAYS};
use super::tree::Field;
use crate::rules::timex::Unit;

/// The field in a year that is known.
pub(super) fn in_year(year: i32, field: Field) -> Option<Point> {
    Some(match field {
        Field::Whole => Point::Year(year),
        Field::Month(m, None) => Point::Month(year, m),
        Field::Month(m, Some(d)) => Point::Day(point::day(year, m, d)?),
        Field::Season(s) => Point::Season(year, s),
        Field::Quarter(q) => Point::Quarter(year, q),
        Field::Half(h) => Point::Half(year, h),
        Field::Week(n) => Point::Week(point::moved(point::day(year, 1, 4)?, Unit::Week, n - 1)?),
        Field::MonthOf(calendar, m, d) => other::in_gregorian(calendar, year, m, d)?,
        Field::Holiday(h) => Point::Day(point::holiday(h, year)?),
        Field::Day(_) | Field::Weekday(_) | Field::Weekend => return None,
    })
}

/// Which occurrence of a name a text means by it alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lean {
    /// As in a line: of weekdays the last, of others the nearest.
    Nearest,
    /// As in news: the same, but what is to come must be much nearer.
    Past,
    /// The sentence speaks of what is to come.
    Ahead,
    /// A query: always the next.
    Asked,
}

/// What is to come must be so many times nearer than what was: reports tell of what was, and say so where they do not.
const AHEAD: i64 = 2;

/// The occurrence that is meant: last and next count from today, without them it is as the text leans.
pub(super) fn near(field: Field, direction: Option<i8>, lean: Lean, weekday: Option<u8>, today: Date) -> Option<Point> {
    let ahead = matches!(lean, Lean::Ahead | Lean::Asked);
    if let Field::Weekday(d) = field {
        return Some(Point::Day(match direction {
            Some(n) if n.abs() > COUNTED => {
                let (forward, weeks) = (n > 0, i32::from(n.abs() - COUNTED) - 1);
                let first = point::weekday_from(today, d, forward, false)?;
                point::moved(first, Unit::Week, if forward { weeks } else { -weeks })?
            }
            Some(n) if n < 0 => point::weekday_from(today, d, false, false)?,
            Some(COMING) => point::weekday_from(today, d, true, false)?,
            Some(AFTER_NEXT) => point::moved(point::weekday_from(today, d, true, false)?, Unit::Week, 1)?,
            Some(EIGHT_DAYS) => point::moved(point::weekday_from(today, d, true, true)?, Unit::Week, 1)?,
            Some(FIFTEEN_DAYS) => point::moved(point::weekday_from(today, d, true, true)?, Unit::Week, 2)?,
            // That of the week to come, even where this week's is still ahead.
            Some(n) if n > 0 => point::weekday_in_week(point::moved(today, Unit::Week, 1)?, d)?,
            Some(_) => point::weekday_in_week(today, d)?,
            None => point::weekday_from(today, d, ahead, lean != Lean::Asked)?,
        }));
    }
    if field == Field::Weekend {
        let begun = today.weekday().to_monday_zero_offset() >= 3;
        let n = i32::from(direction.unwrap_or(if begun || ahead { 0 } else { -1 }));
        return Some(Point::Weekend(point::moved(today, Unit::Week, n)?));
    }
    if let Field::Day(d) = field {
        // With its weekday a day may be told of some months away.
        let reach = if weekday.is_some() { -12..=12 } else { -1..=2 };
        let dates = reach.into_iter().filter_map(|n| {
            let month = point::moved(point::day(i32::from(today.year()), today.month() as u8, 1)?, Unit::Month, n)?;
            point::day(i32::from(month.year()), month.month() as u8, d)
        });
        let dates = dates.filter(|date| match direction {
            Some(n) if n < 0 => *date < today,
            Some(n) if n > 0 => *date > today,
            _ => lean != Lean::Asked || *date >= today,
        });
        let other = |date: &Date| weekday.is_some_and(|w| date.weekday().to_monday_one_offset() as u8 != w);
        return dates.min_by_key(|date| (other(date), distance(*date, today))).map(Point::Day);
    }
    let year = i32::from(today.year());
    // Fri, Jul 18: the weekday tells the year.
    if let (Field::Month(_, Some(_)), Some(weekday), None) = (field, weekday, direction) {
        let on = |p: &Point| p.first().is_some_and(|d| d.weekday().to_monday_one_offset() as u8 == weekday);
        let years = (year - 1..=year + 1).filter_map(|y| in_year(y, field)).filter(on);
        let nearest = years.min_by_key(|p| p.first().map_or(i64::MAX, |d| distance(d, today)));
        if nearest.is_some() {
            return nearest;
        }
    }
    let middle = |p: Point| -> Option<Date> {
        let (first, end) = (p.first()?, p.end()?);
        point::moved(first, Unit::Day, (distance(end, first) / 2) as i32)
    };
    let candidates = [year - 1, year, year + 1].into_iter().filter_map(|y| in_year(y, field));
    let holds = |p: &Point| p.first().is_some_and(|f| f <= today) && p.end().is_some_and(|e| today < e);
    match direction {
        Some(0) => in_year(year, field),
        Some(n) if n < 0 => candidates.rev().find(|p| p.end().is_some_and(|e| e <= today)),
        Some(_) => candidates.into_iter().find(|p| p.first().is_some_and(|f| f > today)),
        None if lean == Lean::Asked || ahead && !matches!(field, Field::Quarter(_) | Field::Half(_)) => {
            candidates.into_iter().find(|p| p.end().is_some_and(|e| e > today))
        }
        None => {
            let all: Vec<Point> = candidates.collect();
            all.iter().copied().find(holds).or_else(|| {
                all.into_iter().min_by_key(|p| {
                    middle(*p).map_or(i64::MAX, |m| {
                        distance(m, today) * if m > today && lean == Lean::Past { AHEAD } else { 1 }
                    })
                })
            })
        }
    }
}

fn distance(a: Date, b: Date) -> i64 {
    a.since(b).map_or(i64::MAX, |span| i64::from(span.get_days()).abs())
}
