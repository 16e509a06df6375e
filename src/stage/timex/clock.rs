//! Times of day: 5 p.m., 14:30 MSK, half past nine, 下午三点半, в 7 часов вечера.

use super::cascade::{Made, View};
use super::token::Kind;
use super::tree::TimeOfDay;
use crate::rules::timex::{Lex, Part};

/// A time by the clock, with the half of the day and the zone where they are said.
pub(super) fn clock(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let (mut hour, minute, second, mut to, mut sure) =
        named(view, i).or_else(|| half_first(view, i)).or_else(|| digits(view, i))?;
    // A Chinese time says the half of the day first, others after the hour.
    let hours = view.before(to).is_some_and(|n| n.has(Lex::HourMark));
    // Three days, три дня: the word for p.m. may be that for a day.
    let half = view
        .pick(to, half_of)
        .filter(|_| (!sure || hour <= 12) && (hours || minute.is_some() || view.unit(to).is_none()));
    if let Some(late) = half
        && hour <= 12
    {
        hour = twelve(hour, late);
        sure = true;
        to += 1;
    }
    if minute.is_none() && !sure && view.pick(i, |l| if let Lex::Clock(n) = l { Some(n) } else { None }).is_none() {
        let marked = view.before(to).is_some_and(|n| n.has(Lex::HourMark) || n.has(Lex::OClock));
        if !marked {
            return None;
        }
    }
    let mut zone = None;
    if let Some(minutes) = view.pick(to, |l| if let Lex::Zone(minutes) = l { Some(minutes) } else { None }) {
        (zone, to) = (Some(minutes), to + 1);
    }
    to = view.skip(to, Lex::ZoneName);
    Some(Made::new(to, Kind::Time(TimeOfDay::Clock { hour, minute, second, zone, sure })))
}

type Found = (u8, Option<u8>, Option<u8>, usize, bool);

const fn twelve(hour: u8, late: bool) -> u8 {
    match (hour, late) {
        (12, true) => 12,
        (12, false) => 0,
        (_, true) if hour < 12 => hour + 12,
        _ => hour,
    }
}

fn half_of(l: Lex) -> Option<bool> {
    match l {
        Lex::Am => Some(false),
        Lex::Pm => Some(true),
        _ => None,
    }
}

/// Noon, midnight.
fn named(view: &View<'_, '_>, i: usize) -> Option<Found> {
    let minutes = view.pick(i, |l| if let Lex::Clock(minutes) = l { Some(minutes) } else { None })?;
    Some(((minutes / 60) as u8, Some((minutes % 60) as u8), None, i + 1, true))
}

/// 下午三点半.
fn half_first(view: &View<'_, '_>, i: usize) -> Option<Found> {
    if !view.language.unspaced {
        return None;
    }
    let late = view.pick(i, half_of)?;
    let (hour, minute, second, to, _) = digits(view, i + 1)?;
    let hour = if hour <= 12 { twelve(hour, late) } else { hour };
    Some((hour, minute, second, to, true))
}

fn digits(view: &View<'_, '_>, i: usize) -> Option<Found> {
    if let Some(TimeOfDay::Clock { hour, minute, second, sure, .. }) = view.time(i) {
        let to = i + 1 + usize::from(view.has(i + 1, Lex::HourMark) || view.has(i + 1, Lex::OClock));
        return Some((hour, minute, second, to, sure));
    }
    let number = view.number(i).filter(|n| !n.quantity && !n.ordinal && !n.roman && n.digits <= 2)?;
    let value = |at: usize, below: i32| {
        view.number(at).filter(|n| !n.quantity && !n.ordinal && n.int() < below && n.digits <= 2).map(|n| n.int() as u8)
    };
    let hour = value(i, 25)?;
    // ten past nine, 15 to noon
    for (word, sign) in [(Lex::PastHour, 1i32), (Lex::ToHour, -1)] {
        if view.has(i + 1, word)
            && number.int() < 60
            && let Some(of) = value(i + 2, 13)
            && (view.pick(i + 3, half_of).is_some() || view.has(i + 3, Lex::HourMark))
        {
            let total = i32::from(of) * 60 + sign * number.int();
            return Some(((total / 60) as u8, Some((total % 60) as u8), None, i + 3, false));
        }
    }
    // 5.30 p.m., 10.30 часов
    if view.sign(i + 1, '.')
        && view.glued(i + 1)
        && view.glued(i + 2)
        && let Some(minute) = value(i + 2, 60)
        && (view.pick(i + 3, half_of).is_some() || view.has(i + 3, Lex::HourMark) || view.has(i + 3, Lex::Zone(180)))
    {
        return Some((hour, Some(minute), None, i + 3 + usize::from(view.has(i + 3, Lex::HourMark)), hour > 12));
    }
    if view.has(i + 1, Lex::HourMark) || view.has(i + 1, Lex::OClock) {
        let unspaced = view.language.unspaced;
        let mut to = i + 2;
        let (mut minute, mut second) = (None, None);
        if unspaced && view.has(to, Lex::Half) {
            (minute, to) = (Some(30), to + 1);
        } else if let Some(m) = value(to, 60).filter(|_| unspaced || view.has(to + 1, Lex::MinuteMark)) {
            let quarter = view.source(to + 1).starts_with('刻');
            (minute, to) = (
                Some(if quarter { m * 15 } else { m }),
                to + 1 + usize::from(view.has(to + 1, Lex::MinuteMark) || quarter),
            );
            if let Some(s) = value(to, 60).filter(|_| view.has(to + 1, Lex::SecondMark)) {
                (second, to) = (Some(s), to + 2);
            }
        }
        let after = view.pick(to, half_of).is_some();
        // Two hours are a length, not two o'clock, unless more is said.
        if unspaced || after || minute.is_some() || view.has(i + 1, Lex::OClock) {
            return Some((hour, minute, second, to, hour > 12 || unspaced && minute.is_some()));
        }
        return None;
    }
    view.pick(i + 1, half_of)
        .filter(|_| !view.language.unspaced && (1..=12).contains(&hour))
        .map(|_| (hour, None, None, i + 1, false))
}

/// A part of the day by itself: it becomes a time of day, which dates then take.
pub(super) fn part(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let part: Part = view.pick(i, |l| if let Lex::Part(part) = l { Some(part) } else { None })?;
    let node = view.at(i)?;
    (!node.weak).then(|| Made::new(i + 1, Kind::Time(TimeOfDay::Part(part))))
}
