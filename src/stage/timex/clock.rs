//! Times of day: 5 p.m., 14:30 MSK, half past nine, 下午三点半, в 7 часов вечера.

use super::Mode;
use super::calendar::rank_at;
use super::cascade::{Made, View};
use super::token::{Kind, Number};
use super::tree::TimeOfDay;
use crate::rules::timex::{Lex, Order, Part, Unit};

/// A time by the clock, with the half of the day and the zone where they are said.
pub(super) fn clock(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let (mut hour, minute, second, mut to, mut sure) = named(view, i)
        .or_else(|| half_first(view, i))
        .or_else(|| part_first(view, i))
        .or_else(|| led(view, i))
        .or_else(|| bare(view, i).filter(|_| behind_part(view, i)))
        .or_else(|| beside_hour(view, i))
        .or_else(|| digits(view, i))
        .or_else(|| spoken(view, i))?;
    // A Chinese time says the half of the day first, others after the hour.
    let hours = view.before(to).is_some_and(|n| n.has(Lex::HourMark));
    // Three days, три дня: the word for p.m. may be that for a day.
    let half = view
        .pick(to, half_of)
        .filter(|_| (!sure || hour <= 12) && (hours || minute.is_some() || view.unit(to).is_none()))
        // 7a, 3p
        .filter(|_| view.source(to).len() > 1 || view.glued(to));
    if let Some(late) = half
        && hour <= 12
    {
        hour = twelve(hour, late);
        sure = true;
        to += 1;
    }
    if minute.is_none() && !sure && view.pick(i, |l| if let Lex::Clock(n) = l { Some(n) } else { None }).is_none() {
        let marked = view.before(to).is_some_and(|n| n.has(Lex::HourMark) || n.has(Lex::OClock));
        if !marked && !view.has(i, Lex::AtClock) && !behind_part(view, i) {
            return None;
        }
    } else if minute.is_some() && !sure && view.before(to).is_some_and(|n| n.number().is_some()) {
        // Two numbers are a time only where more says so.
        let said = view.has(i, Lex::AtClock)
            || view.before(i).is_some_and(|n| n.has(Lex::At))
            || beside_hour(view, i).is_some()
            || view.time(i).is_some();
        let marked =
            view.before(to).is_some_and(|n| n.has(Lex::HourMark) || n.has(Lex::OClock) || n.has(Lex::MinuteMark));
        if !said
            && !marked
            && !view.is_loose()
            && !view.sign(i + 1, '.')
            && !view.has(i + 1, Lex::HourMark)
            && !view.has(i + 1, Lex::OClock)
        {
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
    // midi et quart, meio dia e quinze, midi trente
    let (more, to) = behind_hour(view, i + 1, true)
        .or_else(|| {
            let n = view.number(i + 1).filter(|n| !n.quantity && !n.ordinal && !n.roman && (1..60).contains(&n.int()));
            let n = n.filter(|_| view.mode != Mode::Text && super::range::ends(view, i + 2));
            n.map(|n| (n.int(), i + 2))
        })
        .unwrap_or((0, i + 1));
    let minutes = (i32::from(minutes) + more).rem_euclid(24 * 60);
    Some(((minutes / 60) as u8, Some((minutes % 60) as u8), None, to, true))
}

/// Sabah 9: an hour by its number alone, where nothing that is counted stands behind it.
fn bare(view: &View<'_, '_>, i: usize) -> Option<Found> {
    let n = view
        .number(i)
        .filter(|n| view.language.half_first && !n.quantity && !n.ordinal && !n.roman && n.digits <= 2)?;
    let counted = view.unit(i + 1).is_some()
        || view.at(i + 1).is_some_and(|n| n.is_plain() && !n.glued || n.is_sign('%') || n.number().is_some());
    let to = i + 1 + usize::from(view.has(i + 1, Lex::HourMark) || view.has(i + 1, Lex::OClock));
    (!counted && (1..25).contains(&n.int())).then(|| (n.int() as u8, None, None, to, n.int() > 12))
}

/// Bu akşam 8: whether a part of the day stands before the number.
fn behind_part(view: &View<'_, '_>, i: usize) -> bool {
    view.language.half_first
        && view
            .before(i)
            .is_some_and(|n| n.pick(|l| matches!(l, Lex::DayPart(..) | Lex::Part(_)).then_some(())).is_some())
}

/// Kell 20.05, saat 9 buçuk, الساعة الخامسة: an hour behind a word that says it is one.
fn led(view: &View<'_, '_>, i: usize) -> Option<Found> {
    if !view.has(i, Lex::AtClock) {
        return None;
    }
    let at = view.skip(i + 1, Lex::The);
    if let Some(TimeOfDay::Clock { hour, minute, second, sure, .. }) = view.time(at) {
        return Some((hour, minute, second, at + 1, sure));
    }
    let value = |at: usize, most: i32| {
        view.number(at).filter(|n| !n.quantity && !n.roman && n.digits <= 2 && (0..=most).contains(&n.int()))
    };
    let hour = value(at, 24).map(Number::int).or_else(|| rank_at(view, at).filter(|r| (1..=12).contains(r)))?;
    let mut to = at + 1;
    let mut minute = None;
    if view.sign(to, '.') && view.glued(to) && view.glued(to + 1) {
        minute = value(to + 1, 59).filter(|n| n.digits == 2).map(|n| n.int() as u8);
        to += if minute.is_some() { 2 } else { 0 };
    } else if view.has(to, Lex::AndHalf) {
        (minute, to) = (Some(30), to + 1);
    } else if view.has(to, Lex::And)
        && let Some(m) = value(to + 1, 59).filter(|_| matches!(view.unit(to + 2), Some(Unit::Minute)))
    {
        (minute, to) = (Some(m.int() as u8), to + 3);
    }
    to += usize::from(view.has(to, Lex::HourMark) || view.has(to, Lex::OClock));
    // Saat 5 kilometre: a weak word needs more.
    let counted = view.at(i)?.weak
        && minute.is_none()
        && (view.at(to).is_some_and(|n| n.is_plain() || n.is_sign('%')) || view.unit(to).is_some());
    (!counted).then_some((hour as u8, minute, None, to, hour > 12))
}

/// 下午三点半.
fn half_first(view: &View<'_, '_>, i: usize) -> Option<Found> {
    let late = view.pick(i, half_of)?;
    if !view.language.unspaced && !view.language.half_first {
        return None;
    }
    let (hour, minute, second, to, _) =
        digits(view, i + 1).or_else(|| led(view, i + 1)).or_else(|| bare(view, i + 1))?;
    let hour = if hour <= 12 { twelve(hour, late) } else { hour };
    Some((hour, minute, second, to, true))
}

/// In the morning at 7, in the evening at eight: in a text of one line.
fn part_first(view: &View<'_, '_>, i: usize) -> Option<Found> {
    let late = view.pick(i, half_of).filter(|_| view.mode != Mode::Text && view.source(i).contains(' '))?;
    let at = view.skip(i + 1, Lex::At);
    let (hour, minute, second, to, _) = digits(view, at).or_else(|| {
        let n = view.number(at).filter(|n| at > i + 1 && !n.quantity && !n.ordinal && !n.roman && n.digits <= 2)?;
        (1..=12).contains(&n.int()).then_some((n.int() as u8, None, None, at + 1, false))
    })?;
    (hour <= 12 && super::range::ends(view, to)).then(|| (twelve(hour, late), minute, second, to, true))
}

/// Ten past nine, 20 minutes to eight, half past three, quarter to noon; halb drei, Viertel nach drei.
fn beside_hour(view: &View<'_, '_>, i: usize) -> Option<Found> {
    let start = view.skip(i, Lex::Article);
    let (minutes, at) = if view.has(start, Lex::HalfTo) || view.has(start, Lex::HalfPast) || view.has(start, Lex::Half)
    {
        (30, start + 1)
    } else if view.has(start, Lex::QuarterHour) {
        (15, start + 1)
    } else {
        let n = view.number(start).filter(|n| !n.quantity && !n.ordinal && !n.roman && (1..60).contains(&n.int()))?;
        let minute = view.has(start + 1, Lex::MinuteMark) || view.unit(start + 1) == Some(Unit::Minute);
        (n.int(), start + 1 + usize::from(minute))
    };
    let before_hour = view.has(start, Lex::HalfTo) || view.has(start, Lex::HalfPast);
    let sign = match () {
        () if view.has(start, Lex::HalfPast) => 1,
        () if before_hour || view.has(at, Lex::ToHour) => -1,
        () if view.has(at, Lex::PastHour) => 1,
        () => return None,
    };
    let of = view.skip(at + usize::from(!before_hour), Lex::The);
    let (hour, to, sure) = match (view.time(of), view.number(of), view.pick(of, clock_minutes)) {
        (Some(TimeOfDay::Clock { hour, minute: None | Some(0), sure, .. }), ..) => (i32::from(hour), of + 1, sure),
        (_, Some(n), _) if !n.quantity && !n.ordinal && n.digits <= 2 && (0..=24).contains(&n.int()) => {
            (n.int(), of + 1, n.int() > 12)
        }
        (.., Some(minutes)) => (i32::from(minutes) / 60, of + 1, true),
        _ => return None,
    };
    let to = to + usize::from(view.has(to, Lex::HourMark) || view.has(to, Lex::OClock));
    // Five to seven people: digits before and behind a word that joins ranges too need more.
    let ranged = view.number(start).is_some() && at == start + 1 && (view.has(at, Lex::To) || view.has(at, Lex::From));
    let said =
        view.pick(to, half_of).is_some() || view.before(to).is_some_and(|n| n.has(Lex::HourMark) || n.has(Lex::OClock));
    // From 1 to 3 p.m. is a range, ten to three a time.
    let uneven = view.number(start).is_some_and(|n| n.int() % 5 != 0);
    // 5 to 6 p.m.: the hours go on.
    let rising = view.number(start).is_some_and(|n| n.digits > 0 && n.int() < hour) && view.has(at, Lex::To);
    if ranged && rising && view.number(start).is_some_and(|n| n.int() <= 12) {
        return None;
    }
    if ranged && (uneven || view.before(i).is_some_and(|n| n.has(Lex::From) || n.has(Lex::Between))) {
        return None;
    }
    if ranged && !said && !sure && view.before(i).is_none_or(|n| !n.has(Lex::At)) {
        return None;
    }
    let total = (hour * 60 + sign * minutes).rem_euclid(24 * 60);
    // A quarter to one is before the hour twelve, not zero, while the half of the day is open.
    let total = if !sure && total >= 23 * 60 { total - 12 * 60 } else { total };
    Some(((total / 60) as u8, Some((total % 60) as u8), None, to, sure))
}

const fn clock_minutes(l: Lex) -> Option<u16> {
    if let Lex::Clock(minutes) = l { Some(minutes) } else { None }
}

/// Ten thirty, 1140 a.m., at 3 15.
fn spoken(view: &View<'_, '_>, i: usize) -> Option<Found> {
    let n = view.number(i).filter(|n| !n.quantity && !n.ordinal && !n.roman)?;
    let value = n.int();
    let at = view.before(i).is_some_and(|b| b.has(Lex::At)) || view.is_loose();
    let run = n.year && n.digits == 0 && at || (3..=4).contains(&n.digits) && view.pick(i + 1, half_of).is_some();
    if run && (100..2400).contains(&value) && value % 100 < 60 {
        return Some(((value / 100) as u8, Some((value % 100) as u8), None, i + 1, value >= 1300));
    }
    let asked = view.mode != Mode::Text
        && n.digits != 1
        && (view.is_loose() || view.before(i).is_some_and(|b| b.has(Lex::At) || b.has(Lex::The)));
    if asked && (1..24).contains(&value) && super::range::ends(view, i + 2) && view.has(i + 1, Lex::AndHalf) {
        return Some((value as u8, Some(30), None, i + 2, value > 12));
    }
    if asked
        && (1..24).contains(&value)
        && view.has(i + 1, Lex::And)
        && let Some(m) = view.number(i + 2).filter(|m| !m.quantity && !m.ordinal && !m.roman && m.digits != 1)
        && (10..60).contains(&m.int())
        && super::range::ends(view, i + 3)
    {
        return Some((value as u8, Some(m.int() as u8), None, i + 3, value > 12));
    }
    let minute =
        view.number(i + 1).filter(|m| !m.quantity && !m.ordinal && !m.roman && m.digits != 1 && m.digits < 3)?;
    let words = n.digits == 0 && minute.digits == 0;
    let led = view.before(i).is_some_and(|b| b.has(Lex::At));
    let fits = (0..24).contains(&value) && (10..60).contains(&minute.int()) && view.unit(i + 2).is_none();
    (fits && (words || led) && (led || view.is_loose() || view.pick(i + 2, half_of).is_some()))
        .then(|| (value as u8, Some(minute.int() as u8), None, i + 2, value > 12))
}

fn digits(view: &View<'_, '_>, i: usize) -> Option<Found> {
    if let Some(TimeOfDay::Clock { hour, minute, second, sure, .. }) = view.time(i) {
        let to = i + 1 + usize::from(view.has(i + 1, Lex::HourMark) || view.has(i + 1, Lex::OClock));
        return Some((hour, minute, second, to, sure));
    }
    let value = |at: usize, below: i32| {
        view.number(at)
            .filter(|n| !n.quantity && !n.ordinal && !n.roman && n.int() < below && n.digits <= 2)
            .map(|n| n.int() as u8)
    };
    let hour = value(i, 25)?;
    let at = view.before(i).is_some_and(|b| b.has(Lex::At));
    // 5.30 p.m., 10.30 часов
    if view.sign(i + 1, '.')
        && view.glued(i + 1)
        && view.glued(i + 2)
        && let Some(minute) = value(i + 2, 60).filter(|_| view.number(i + 2).is_some_and(|n| n.digits == 2))
        && (at
            && (view.language.order == Order::DayFirst || view.mode != Mode::Text && super::range::ends(view, i + 3))
            && view.unit(i + 3).is_none()
            && !view.sign(i + 3, '%')
            || view.pick(i + 3, half_of).is_some()
            || view.has(i + 3, Lex::HourMark)
            || view.has(i + 3, Lex::OClock)
            || view.has(i + 3, Lex::ZoneName)
            || view.pick(i + 3, |l| matches!(l, Lex::Zone(_)).then_some(())).is_some())
    {
        let marked = view.has(i + 3, Lex::HourMark) || view.has(i + 3, Lex::OClock);
        return Some((hour, Some(minute), None, i + 3 + usize::from(marked), hour > 12));
    }
    let marked = view.has(i + 1, Lex::HourMark) || view.has(i + 1, Lex::OClock);
    let mut to = i + 1 + usize::from(marked);
    if !marked && (!at || view.pick(i + 1, half_of).is_some()) {
        return view
            .pick(i + 1, half_of)
            .filter(|_| !view.language.unspaced && (1..=12).contains(&hour))
            .map(|_| (hour, None, None, i + 1, false));
    }
    let unspaced = view.language.unspaced;
    let (mut minute, mut second) = (None, None);
    // An hour has three quarters that are said.
    let quarter = view.source(to + 1).starts_with('刻');
    if marked && unspaced && view.has(to, Lex::Half) {
        (minute, to) = (Some(30), to + 1);
    } else if let Some(m) = value(to, if quarter { 4 } else { 60 }).filter(|m| {
        marked && (unspaced || view.has(to + 1, Lex::MinuteMark) || view.glued(to) || after_hour(view, to, *m, at))
    }) {
        (minute, to) = (
            Some(if quarter { m * 15 } else { m }),
            to + 1 + usize::from(view.has(to + 1, Lex::MinuteMark) || quarter),
        );
        if let Some(s) = value(to, 60).filter(|_| view.has(to + 1, Lex::SecondMark)) {
            (second, to) = (Some(s), to + 2);
        }
    } else if let Some((more, end)) = behind_hour(view, to, at) {
        let total = (i32::from(hour) * 60 + more).rem_euclid(24 * 60);
        let marked = view.has(end, Lex::HourMark);
        return Some(((total / 60) as u8, Some((total % 60) as u8), None, end + usize::from(marked), hour > 12));
    }
    if !marked {
        return None;
    }
    let after = view.pick(to, half_of).is_some();
    // Two hours are a length, not two o'clock, unless more is said: a preposition of time, and no length of a way behind it.
    let joint = |l: Lex| matches!(l, Lex::At | Lex::From | Lex::To | Lex::Between | Lex::And).then_some(());
    // 16h, 18h: in a query, rather than so many hours.
    let late =
        view.mode != Mode::Text && view.glued(i + 1) && (13..24).contains(&hour) && view.source(i + 1).len() == 1;
    let short = view.glued(i + 1) && view.before(i).is_some_and(|b| b.pick(joint).is_some());
    let led =
        (at || short) && minute.is_none() && !(view.has(to, Lex::Of) && view.at(to + 1).is_some_and(|n| n.capital));
    if unspaced || after || minute.is_some() || led || late || view.has(i + 1, Lex::OClock) {
        return Some((hour, minute, second, to, hour > 12 || unspaced && minute.is_some()));
    }
    None
}

/// À 15 heures 30, um ein Uhr dreißig: whether the number at `i` behind the word for the hour is one of minutes.
fn after_hour(view: &View<'_, '_>, i: usize, minutes: u8, led: bool) -> bool {
    let clear = led || view.mode != Mode::Text || view.before(i).is_some_and(|n| n.has(Lex::OClock));
    clear && minutes > 0 && view.number(i).is_some_and(|n| n.digits != 1) && super::range::ends(view, i + 1)
}

/// What is said behind the hour: et demie, y cuarto, e quinze, moins le quart, menos diez. The minutes, and where it ends.
fn behind_hour(view: &View<'_, '_>, i: usize, at: bool) -> Option<(i32, usize)> {
    if view.has(i, Lex::AndHalf) {
        return Some((30, i + 1));
    }
    let less = view.has(i, Lex::LessHour);
    if !less && !view.has(i, Lex::And) {
        return None;
    }
    let start = view.skip(i + 1, Lex::The);
    if view.has(start, Lex::QuarterHour) {
        return Some((if less { -15 } else { 15 }, start + 1));
    }
    let n = view.number(start).filter(|n| !n.quantity && !n.ordinal && !n.roman && (1..60).contains(&n.int()))?;
    let told = less
        || at
            && n.digits != 1
            && n.int() >= 5
            && super::calendar::month_at(view, view.skip(start + 1, Lex::Of)).is_none()
            && view.at(start + 1).is_none_or(|next| next.kind != Kind::Word || !next.is_plain());
    told.then_some((if less { -n.int() } else { n.int() }, start + 1))
}

/// A part of the day by itself: it becomes a time of day, which dates then take.
pub(super) fn part(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let part: Part = view.pick(i, |l| if let Lex::Part(part) = l { Some(part) } else { None })?;
    let node = view.at(i)?;
    (!node.weak).then(|| Made::new(i + 1, Kind::Time(TimeOfDay::Part(part))))
}
