//! Distances: two years ago, three days after 5 May, the last three years.

use jiff::civil::DateTime;

use super::evaluate::{Context, Evaluated, base, vague};
use super::format::duration;
use super::point::{self, Point};
use super::tree::{Anchor, Length};
use crate::model::{ResolvedHow, TimexType};
use crate::rules::timex::Unit;

/// Two years ago, three days after.
///
/// A distance in months leads to a month, and one in years to a year; in a text of one line (`brief`) to the very day.
pub(super) fn shift(length: &Length, forward: bool, anchor: &Anchor, brief: bool, context: &Context) -> Evaluated {
    let sign = if forward { 1 } else { -1 };
    let offset = Some(format!("{}{}", if forward { '+' } else { '-' }, duration(length)));
    let unknown = || {
        let mut out = Evaluated::new(TimexType::Date, vague(sign).value(), ResolvedHow::Unresolved);
        out.offset.clone_from(&offset);
        out
    };
    if length.is_vague() {
        return unknown();
    }
    let finest = length.finest();
    let Some((start, how, number, from)) = base(anchor, context) else { return unknown() };
    if finest.is_clock() {
        let Some(at) = context
            .written
            .filter(|_| matches!(anchor, Anchor::Document) || context.last.is_none())
            .and_then(|now| moved_clock(now, length, sign))
        else {
            return unknown();
        };
        let mut out = Evaluated::at(Point::Day(at.date()), how, number);
        out.kind = TimexType::Time;
        out.value = format!("{}T{:02}:{:02}", out.value, at.hour(), at.minute());
        if finest == Unit::Second {
            out.value.push_str(&format!(":{:02}", at.second()));
        }
        (out.edtf, out.offset) = (None, offset);
        // The minute it is, as of a time by the clock.
        let minute = |at: DateTime| at.strftime("%Y-%m-%dT%H:%M").to_string();
        let end = at.checked_add(jiff::Span::new().minutes(1)).ok();
        out.interval = end.map(|end| (minute(at), minute(end)));
        return out;
    }
    let mut day = start;
    for (count, unit) in &length.parts {
        let Some(count) = count else { return unknown() };
        let (unit, count) = split_half(*unit, *count);
        let Some(next) = point::whole(count).and_then(|n| point::moved(day, unit, n * sign)) else { return unknown() };
        day = next;
    }
    // In reports on quarters a year earlier is the same quarter.
    let quarter = match (context.quarter, finest) {
        (Some((last @ Point::Quarter(..), number)), Unit::Year) if !matches!(anchor, Anchor::Time(_)) => {
            Some((last, number))
        }
        _ => None,
    };
    if let (Some((last, number)), [(Some(count), _)]) = (quarter, length.parts.as_slice())
        && (*count - 1.0).abs() < 1e-9
        && let Some(point) =
            last.first().and_then(|d| point::moved(d, Unit::Year, sign)).map(|d| Point::holding(Unit::Quarter, d))
    {
        let mut out = Evaluated::at(point, ResolvedHow::Anaphora, Some(number));
        out.offset = offset;
        out.certainty = 0.6;
        return out;
    }
    let grain = match from {
        // From a day on, the result is a day; from a year, a year.
        Some(point) if matches!(anchor, Anchor::Time(_)) || point.unit() > finest => {
            if matches!(point, Point::Day(_)) || finest < point.unit() {
                finest.min(point.unit())
            } else {
                point.unit()
            }
        }
        _ => match finest {
            Unit::Decade | Unit::Century | Unit::Millennium => Unit::Year,
            // Weeks are counted by days: two weeks ago is a day.
            Unit::Week | Unit::Fortnight => Unit::Day,
            Unit::Month | Unit::Quarter | Unit::HalfYear | Unit::Year if brief && from.is_none() => Unit::Day,
            unit => unit,
        },
    };
    let mut out = Evaluated::at(Point::holding(grain, day), how, number);
    out.offset = offset;
    out
}

/// Halves of units as whole numbers of smaller ones.
fn split_half(unit: Unit, count: f64) -> (Unit, f64) {
    if count.fract() == 0.0 {
        return (unit, count);
    }
    match unit {
        Unit::Year => (Unit::Month, count * 12.0),
        Unit::Decade => (Unit::Year, count * 10.0),
        Unit::Century => (Unit::Year, count * 100.0),
        Unit::Week => (Unit::Day, count * 7.0),
        Unit::Month => (Unit::Day, count * 30.0),
        _ => (unit, count),
    }
}

/// The end of what lasts so long from `start` on.
pub(super) fn later(start: DateTime, length: &Length) -> Option<DateTime> {
    moved_clock(start, length, 1)
}

fn moved_clock(now: DateTime, length: &Length, sign: i32) -> Option<DateTime> {
    let mut seconds = 0.0;
    let mut at = now;
    for (count, unit) in &length.parts {
        let count = (*count)?;
        match unit {
            Unit::Second => seconds += count,
            Unit::Minute => seconds += count * 60.0,
            Unit::Hour => seconds += count * 3600.0,
            _ => at = point::moved(at.date(), *unit, point::whole(count)? * sign)?.to_datetime(at.time()),
        }
    }
    if seconds > 1e9 {
        return None;
    }
    at.checked_add(jiff::Span::new().try_seconds(seconds as i64 * i64::from(sign)).ok()?).ok()
}

/// The last three years.
pub(super) fn stretch(length: &Length, forward: bool, context: &Context) -> Evaluated {
    let sign = if forward { 1 } else { -1 };
    let how = if context.written.is_some() { ResolvedHow::DocumentDate } else { ResolvedHow::Unresolved };
    let mut out = Evaluated::new(TimexType::Duration, duration(length), how);
    out.offset = Some(format!("{}{}", if forward { '+' } else { '-' }, out.value));
    if length.finest().is_clock()
        && let Some((now, other)) = context.written.and_then(|now| Some((now, moved_clock(now, length, sign)?)))
    {
        let seconds = length.finest() == Unit::Second;
        let form = if seconds { "%Y-%m-%dT%H:%M:%S" } else { "%Y-%m-%dT%H:%M" };
        let minute = |at: DateTime| at.strftime(form).to_string();
        let (from, to) = if forward { (now, other) } else { (other, now) };
        out.interval = Some((minute(from), minute(to)));
    }
    if let (Some(today), [(Some(count), unit)]) = (context.today(), length.parts.as_slice())
        && !unit.is_clock()
    {
        let (unit, count) = split_half(*unit, *count);
        // The next days begin tomorrow, the last ones end today.
        let start = if forward { today.tomorrow().unwrap_or(today) } else { today };
        if let Some(other) = point::whole(count).and_then(|n| point::moved(start, unit, n * sign)) {
            out.interval = Some(if forward {
                (start.to_string(), other.to_string())
            } else {
                (other.to_string(), today.to_string())
            });
        }
    }
    out
}
