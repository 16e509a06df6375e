//! From what an expression says and what is known where it stands, to its value. The one place that does so, for all languages.

use jiff::civil::{Date, DateTime};

use super::point::{self, Point};
use super::tree::{Anchor, Body, Expression, Field, Length, Scope, TimeOfDay};
use crate::model::{ResolvedHow, TimexType};
use crate::rules::timex::{Order, Reference, Unit};

/// What is known of the document where an expression stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    /// The document's own date.
    pub(super) written: Option<DateTime>,
    /// Dates without a year belong to the year that was spoken of last, not to that of the document.
    pub(super) narrative: bool,
    /// The time spoken of last, and its number in the layer.
    pub(super) last: Option<(Point, usize)>,
    /// The last year.
    pub(super) year: Option<(i32, usize)>,
    /// In which order the document writes dates in digits, and whether that is known from the document itself.
    pub(super) order: Order,
    pub(super) voted: bool,
}

/// The value of an expression.
#[derive(Clone, Debug)]
pub(super) struct Evaluated {
    pub(super) kind: TimexType,
    pub(super) value: String,
    pub(super) edtf: Option<String>,
    pub(super) interval: Option<(String, String)>,
    pub(super) how: ResolvedHow,
    pub(super) anchor: Option<usize>,
    pub(super) offset: Option<String>,
    pub(super) alternatives: Vec<String>,
    pub(super) certainty: f32,
    /// Where it lies, for what is told from it.
    pub(super) point: Option<Point>,
}

impl Evaluated {
    fn new(kind: TimexType, value: impl Into<String>, how: ResolvedHow) -> Self {
        let certainty = match how {
            ResolvedHow::Explicit => 0.97,
            ResolvedHow::DocumentDate => 0.85,
            ResolvedHow::Anaphora => 0.85,
            ResolvedHow::Generic => 0.8,
            ResolvedHow::Unresolved => 0.75,
        };
        Self {
            kind,
            value: value.into(),
            edtf: None,
            interval: None,
            how,
            anchor: None,
            offset: None,
            alternatives: Vec::new(),
            certainty,
            point: None,
        }
    }

    fn at(point: Point, how: ResolvedHow, anchor: Option<usize>) -> Self {
        let mut out = Self::new(TimexType::Date, point.value(), how);
        (out.edtf, out.interval, out.point, out.anchor) = (point.edtf(), point.interval(), Some(point), anchor);
        out
    }
}

impl Context {
    fn today(&self) -> Option<Date> {
        self.written.map(DateTime::date)
    }
}

/// The value of `expression` in this context.
pub(super) fn evaluate(expression: &Expression, context: &Context) -> Evaluated {
    let mut out = body(expression, context);
    if let Some(time) = expression.time
        && !matches!(expression.body, Body::Time)
    {
        with_time(&mut out, time);
    }
    if expression.modifier == Some("APPROX")
        && let Some(edtf) = out.edtf.as_mut().filter(|e| !e.contains('/'))
    {
        edtf.push('~');
    }
    out.certainty = (out.certainty - expression.doubt).max(0.1);
    out
}

fn body(expression: &Expression, context: &Context) -> Evaluated {
    match &expression.body {
        Body::Calendar { scope, field, direction } => calendar(scope, *field, *direction, expression, context),
        Body::Decade(n) => Evaluated::at(Point::Decade(*n), ResolvedHow::Explicit, None),
        Body::Century(n) => Evaluated::at(Point::Century(*n), ResolvedHow::Explicit, None),
        Body::Shift { length, forward, anchor } => shift(length, *forward, anchor, context),
        Body::Length(length) => Evaluated::new(TimexType::Duration, duration(length), ResolvedHow::Explicit),
        Body::Stretch { length, forward } => stretch(length, *forward, context),
        Body::Reference(reference) => {
            let how = if context.written.is_some() { ResolvedHow::DocumentDate } else { ResolvedHow::Unresolved };
            Evaluated::new(TimexType::Date, reference.value(), how)
        }
        Body::Discourse(reference) => {
            let mut out = Evaluated::new(TimexType::Date, reference.value(), ResolvedHow::Unresolved);
            if let (Reference::Past, Some((year, anchor))) = (reference, context.year) {
                (out.how, out.anchor) = (ResolvedHow::Anaphora, Some(anchor));
                out.edtf = Point::Year(year).edtf().map(|e| format!("{e}~"));
            }
            out.certainty = 0.6;
            out
        }
        Body::Every(length) => Evaluated::new(TimexType::Set, duration(length), ResolvedHow::Generic),
        Body::EveryField(field, time) => Evaluated::new(TimexType::Set, recurring(*field, *time), ResolvedHow::Generic),
        Body::Time => time_only(expression, context),
        Body::Range(first, second) => range(first, second, context),
        Body::Nth { which, unit, weekday, within } => nth(*which, *unit, *weekday, within, context),
        Body::Ambiguous { first, second, year } => ambiguous(*first, *second, *year, context),
    }
}

fn calendar(
    scope: &Scope,
    field: Field,
    direction: Option<i8>,
    expression: &Expression,
    context: &Context,
) -> Evaluated {
    match scope {
        Scope::Year(year) => match in_year(*year, field) {
            Some(point) => Evaluated::at(point, ResolvedHow::Explicit, None),
            None => impossible(*year, field),
        },
        Scope::Open => open(field, direction, expression, context),
        Scope::Same(unit) => same(*unit, field, context),
        Scope::Relative(unit, n, anchor) => relative(*unit, *n, anchor, field, context),
    }
}

/// The field in a year that is known.
fn in_year(year: i32, field: Field) -> Option<Point> {
    Some(match field {
        Field::Whole => Point::Year(year),
        Field::Month(m, None) => Point::Month(year, m),
        Field::Month(m, Some(d)) => Point::Day(point::day(year, m, d)?),
        Field::Season(s) => Point::Season(year, s),
        Field::Quarter(q) => Point::Quarter(year, q),
        Field::Half(h) => Point::Half(year, h),
        Field::Week(n) => Point::Week(point::moved(point::day(year, 1, 4)?, Unit::Week, n - 1)?),
        Field::Holiday(h) => Point::Day(point::holiday(h, year)?),
        Field::Day(_) | Field::Weekday(_) | Field::Weekend => return None,
    })
}

/// 30 February, which people write all the same.
fn impossible(year: i32, field: Field) -> Evaluated {
    let value = match field {
        Field::Month(m, Some(d)) => format!("{year:04}-{m:02}-{d:02}"),
        _ => format!("{year:04}"),
    };
    let mut out = Evaluated::new(TimexType::Date, value, ResolvedHow::Explicit);
    out.certainty = 0.4;
    out
}

/// A date without its year.
fn open(field: Field, direction: Option<i8>, expression: &Expression, context: &Context) -> Evaluated {
    let told = !context.narrative || direction.is_some();
    if let Some(today) = context.today().filter(|_| told)
        && let Some(point) = near(field, direction, expression.ahead, expression.weekday, today)
    {
        return Evaluated::at(point, ResolvedHow::DocumentDate, None);
    }
    if let (Field::Day(d), Some((last, anchor))) = (field, context.last)
        && let Point::Month(..) | Point::Day(_) = last
        && let Some(first) = last.first()
        && let Some(date) = point::day(i32::from(first.year()), first.month() as u8, d)
    {
        return Evaluated::at(Point::Day(date), ResolvedHow::Anaphora, Some(anchor));
    }
    let generic = matches!(field, Field::Season(_)) && context.written.is_none();
    if let Some((year, anchor)) = context.year.filter(|_| !generic)
        && let Some(point) = in_year(year, field)
    {
        let mut out = Evaluated::at(point, ResolvedHow::Anaphora, Some(anchor));
        out.certainty = 0.8;
        return out;
    }
    symbolic(field)
}

/// The value with the year left open.
fn symbolic(field: Field) -> Evaluated {
    let how = if matches!(field, Field::Season(_)) { ResolvedHow::Generic } else { ResolvedHow::Unresolved };
    let (value, edtf) = match field {
        Field::Whole => ("XXXX".to_owned(), None),
        Field::Month(m, None) => (format!("XXXX-{m:02}"), Some(format!("XXXX-{m:02}"))),
        Field::Month(m, Some(d)) => (format!("XXXX-{m:02}-{d:02}"), Some(format!("XXXX-{m:02}-{d:02}"))),
        Field::Day(d) => (format!("XXXX-XX-{d:02}"), Some(format!("XXXX-XX-{d:02}"))),
        Field::Weekday(d) => (format!("XXXX-WXX-{d}"), None),
        Field::Season(s) => (format!("XXXX-{}", s.code()), Some(format!("XXXX-{}", point::season_edtf(s)))),
        Field::Quarter(q) => (format!("XXXX-Q{q}"), None),
        Field::Half(h) => (format!("XXXX-H{h}"), None),
        Field::Week(n) => (format!("XXXX-W{n:02}"), None),
        Field::Weekend => ("XXXX-WXX-WE".to_owned(), None),
        Field::Holiday(crate::rules::timex::Holiday::Fixed(m, d)) => {
            (format!("XXXX-{m:02}-{d:02}"), Some(format!("XXXX-{m:02}-{d:02}")))
        }
        Field::Holiday(_) => ("XXXX-XX-XX".to_owned(), None),
    };
    let mut out = Evaluated::new(TimexType::Date, value, how);
    out.edtf = edtf;
    out
}

/// The occurrence that is meant, as news means it: last and next count from today, without them the nearest is meant, for weekdays the last.
fn near(field: Field, direction: Option<i8>, ahead: bool, weekday: Option<u8>, today: Date) -> Option<Point> {
    if let Field::Weekday(d) = field {
        return Some(Point::Day(match direction {
            Some(n) if n < 0 => point::weekday_from(today, d, false, false)?,
            Some(n) if n > 0 => point::weekday_from(today, d, true, false)?,
            Some(_) => point::weekday_in_week(today, d)?,
            None => point::weekday_from(today, d, ahead, true)?,
        }));
    }
    if field == Field::Weekend {
        let begun = today.weekday().to_monday_zero_offset() >= 3;
        let n = i32::from(direction.unwrap_or(if begun || ahead { 0 } else { -1 }));
        return Some(Point::Weekend(point::moved(today, Unit::Week, n)?));
    }
    if let Field::Day(d) = field {
        let dates = [-1, 0, 1].into_iter().filter_map(|n| {
            let month = point::moved(point::day(i32::from(today.year()), today.month() as u8, 1)?, Unit::Month, n)?;
            point::day(i32::from(month.year()), month.month() as u8, d)
        });
        let other = |date: &Date| weekday.is_some_and(|w| date.weekday().to_monday_one_offset() as u8 != w);
        return dates.min_by_key(|date| (other(date), distance(*date, today))).map(Point::Day);
    }
    let year = i32::from(today.year());
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
        None if ahead && !matches!(field, Field::Quarter(_) | Field::Half(_)) => {
            candidates.into_iter().find(|p| p.end().is_some_and(|e| e > today))
        }
        None => {
            let all: Vec<Point> = candidates.collect();
            all.iter()
                .copied()
                .find(holds)
                .or_else(|| all.into_iter().min_by_key(|p| middle(*p).map_or(i64::MAX, |m| distance(m, today))))
        }
    }
}

fn distance(a: Date, b: Date) -> i64 {
    a.since(b).map_or(i64::MAX, |span| i64::from(span.get_days()).abs())
}

/// The year, month or day spoken of last.
fn same(unit: Unit, field: Field, context: &Context) -> Evaluated {
    let unresolved = || {
        let mut out = symbolic(field);
        out.how = ResolvedHow::Unresolved;
        out
    };
    if field != Field::Whole {
        let found = context.year.and_then(|(year, anchor)| in_year(year, field).map(|p| (p, anchor)));
        let week = || {
            let (last, anchor) = context.last?;
            let Field::Weekday(d) = field else { return None };
            Some((Point::Day(point::weekday_in_week(last.first()?, d)?), anchor))
        };
        return match found.or_else(week) {
            Some((point, anchor)) => Evaluated::at(point, ResolvedHow::Anaphora, Some(anchor)),
            None => context
                .today()
                .and_then(|t| near(field, Some(0), false, None, t))
                .map_or_else(unresolved, |p| Evaluated::at(p, ResolvedHow::DocumentDate, None)),
        };
    }
    if let (Unit::Year, Some((year, anchor))) = (unit, context.year) {
        return Evaluated::at(Point::Year(year), ResolvedHow::Anaphora, Some(anchor));
    }
    if let Some((last, anchor)) = context.last.filter(|(last, _)| last.unit() <= unit)
        && let Some(first) = last.first()
    {
        return Evaluated::at(Point::holding(unit, first), ResolvedHow::Anaphora, Some(anchor));
    }
    if let (Some((last, anchor)), Unit::Day) = (context.last, unit) {
        let value = match last {
            Point::Month(..) => format!("{}-XX", last.value()),
            Point::Year(..) => format!("{}-XX-XX", last.value()),
            _ => "XXXX-XX-XX".to_owned(),
        };
        let mut out = Evaluated::new(TimexType::Date, value, ResolvedHow::Anaphora);
        (out.anchor, out.certainty) = (Some(anchor), 0.6);
        return out;
    }
    match context.today() {
        Some(today) => Evaluated::at(Point::holding(unit, today), ResolvedHow::DocumentDate, None),
        None => {
            let value = match unit {
                Unit::Day => "XXXX-XX-XX",
                Unit::Month => "XXXX-XX",
                Unit::Week => "XXXX-WXX",
                _ => "XXXX",
            };
            Evaluated::new(TimexType::Date, value, ResolvedHow::Unresolved)
        }
    }
}

/// The day that distances count from, how it is known and which expression gives it.
fn base(anchor: &Anchor, context: &Context) -> Option<(Date, ResolvedHow, Option<usize>, Option<Point>)> {
    match anchor {
        Anchor::Document => context.today().map(|t| (t, ResolvedHow::DocumentDate, None, None)),
        Anchor::Mention => match context.last {
            Some((last, number)) => last.first().map(|d| (d, ResolvedHow::Anaphora, Some(number), Some(last))),
            None => context.today().map(|t| (t, ResolvedHow::DocumentDate, None, None)),
        },
        Anchor::Time(expression) => {
            let at = evaluate(expression, context);
            Some((at.point?.first()?, at.how, at.anchor, at.point))
        }
    }
}

fn vague(n: i32) -> Reference {
    match n {
        ..0 => Reference::Past,
        0 => Reference::Present,
        _ => Reference::Future,
    }
}

/// Last week, this year, the following day; and May of last year, Monday of next week.
fn relative(unit: Unit, n: i32, anchor: &Anchor, field: Field, context: &Context) -> Evaluated {
    let offset = Some(format!("{}{}", if n < 0 { '-' } else { '+' }, duration(&Length::one(f64::from(n.abs()), unit))));
    let moved = base(anchor, context)
        .and_then(|(day, how, number, _)| Some((point::moved(first_of(unit, day)?, unit, n)?, how, number)));
    let Some((day, how, number)) = moved else {
        let mut out = if field == Field::Whole {
            Evaluated::new(TimexType::Date, vague(n).value(), ResolvedHow::Unresolved)
        } else {
            symbolic(field)
        };
        (out.how, out.offset) = (ResolvedHow::Unresolved, offset);
        return out;
    };
    let year = i32::from(day.year());
    let found = match field {
        Field::Whole => Some(Point::holding(unit, day)),
        Field::Day(d) => point::day(year, day.month() as u8, d).map(Point::Day),
        Field::Weekday(d) => point::weekday_in_week(day, d).map(Point::Day),
        Field::Weekend => Some(Point::Weekend(day)),
        _ => in_year(year, field),
    };
    let mut out = match found {
        Some(point) => Evaluated::at(point, how, number),
        None => symbolic(field),
    };
    if unit.is_clock() && field == Field::Whole {
        out.value = vague(n).value().to_owned();
    }
    out.offset = offset;
    out
}

/// The first of the month where months are counted, so that the 31st does not skip one; the day itself for shorter units.
fn first_of(unit: Unit, day: Date) -> Option<Date> {
    match unit {
        Unit::Month | Unit::Quarter | Unit::HalfYear => point::day(i32::from(day.year()), day.month() as u8, 1),
        _ => Some(day),
    }
}

/// Two years ago, three days after.
fn shift(length: &Length, forward: bool, anchor: &Anchor, context: &Context) -> Evaluated {
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
            .filter(|_| matches!(anchor, Anchor::Document))
            .and_then(|now| moved_clock(now, length, sign))
        else {
            return unknown();
        };
        let mut out = Evaluated::at(Point::Day(at.date()), how, number);
        out.kind = TimexType::Time;
        out.value = format!("{}T{:02}:{:02}", out.value, at.hour(), at.minute());
        (out.edtf, out.offset) = (None, offset);
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
    let quarter = match (context.last, finest) {
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
fn stretch(length: &Length, forward: bool, context: &Context) -> Evaluated {
    let sign = if forward { 1 } else { -1 };
    let how = if context.written.is_some() { ResolvedHow::DocumentDate } else { ResolvedHow::Unresolved };
    let mut out = Evaluated::new(TimexType::Duration, duration(length), how);
    out.offset = Some(format!("{}{}", if forward { '+' } else { '-' }, out.value));
    if let (Some(today), [(Some(count), unit)]) = (context.today(), length.parts.as_slice())
        && !unit.is_clock()
    {
        let (unit, count) = split_half(*unit, *count);
        if let Some(other) = point::whole(count).and_then(|n| point::moved(today, unit, n * sign)) {
            out.interval = Some(if forward {
                (today.to_string(), other.to_string())
            } else {
                (other.to_string(), today.to_string())
            });
        }
    }
    out
}

/// The value of a length as an ISO 8601 duration; `X` for a number that is vague.
pub(super) fn duration(length: &Length) -> String {
    let (mut date, mut clock) = (String::new(), String::new());
    for (count, unit) in &length.parts {
        let (scale, code) = match unit {
            Unit::Second => (1.0, "S"),
            Unit::Minute => (1.0, "M"),
            Unit::Hour => (1.0, "H"),
            Unit::Day => (1.0, "D"),
            Unit::Workday => (1.0, "BD"),
            Unit::Weekend => (1.0, "WE"),
            Unit::Week => (1.0, "W"),
            Unit::Fortnight => (2.0, "W"),
            Unit::Month => (1.0, "M"),
            Unit::Quarter => (3.0, "M"),
            Unit::HalfYear => (6.0, "M"),
            Unit::Year => (1.0, "Y"),
            Unit::Decade => (10.0, "Y"),
            Unit::Century => (100.0, "Y"),
            Unit::Millennium => (1000.0, "Y"),
        };
        let number = match (count, unit) {
            (None, Unit::Decade) => "XDE".to_owned(),
            (None, Unit::Century) => "XCE".to_owned(),
            (None, _) => format!("X{code}"),
            (Some(n), Unit::Decade) if (*n - 1.0).abs() < 1e-9 => "1DE".to_owned(),
            (Some(n), Unit::Year) if n.fract() != 0.0 && (n * 12.0).fract().abs() < 1e-9 => broken(*n, "Y", 12.0, "M"),
            (Some(n), Unit::Hour) if n.fract() != 0.0 && (n * 60.0).fract().abs() < 1e-9 => broken(*n, "H", 60.0, "M"),
            (Some(n), Unit::Minute) if n.fract() != 0.0 && (n * 60.0).fract().abs() < 1e-9 => {
                broken(*n, "M", 60.0, "S")
            }
            (Some(n), _) => format!("{}{code}", n * scale),
        };
        if unit.is_clock() { &mut clock } else { &mut date }.push_str(&number);
    }
    if clock.is_empty() { format!("P{date}") } else { format!("P{date}T{clock}") }
}

/// Two and a half years as 2Y6M.
fn broken(count: f64, code: &str, by: f64, smaller: &str) -> String {
    let (whole, rest) = (count.trunc(), count.fract() * by);
    if whole == 0.0 { format!("{rest}{smaller}") } else { format!("{whole}{code}{rest}{smaller}") }
}

fn recurring(field: Field, time: Option<TimeOfDay>) -> String {
    let mut value = match field {
        Field::Whole => "XXXX-XX-XX".to_owned(),
        field => symbolic(field).value,
    };
    if let Some(time) = time {
        value.push_str(&clock(time));
    }
    value
}

/// A time of day as it stands behind a date: `T17:30`, `TMO`.
fn clock(time: TimeOfDay) -> String {
    match time {
        TimeOfDay::Part(part) => format!("T{}", part.code()),
        TimeOfDay::Clock { hour, minute, second, zone, .. } => {
            let mut out = format!("T{hour:02}:{:02}", minute.unwrap_or(0));
            if let Some(second) = second {
                out.push_str(&format!(":{second:02}"));
            }
            match zone {
                Some(0) => out.push('Z'),
                Some(minutes) => out.push_str(&format!(
                    "{}{:02}:{:02}",
                    if minutes < 0 { '-' } else { '+' },
                    minutes.abs() / 60,
                    minutes.abs() % 60
                )),
                None => {}
            }
            out
        }
    }
}

fn with_time(out: &mut Evaluated, time: TimeOfDay) {
    if matches!(out.value.as_str(), "PRESENT_REF" | "PAST_REF" | "FUTURE_REF") {
        out.value = format!("XXXX-XX-XX{}", clock(time));
    } else {
        out.value.push_str(&clock(time));
    }
    if out.kind == TimexType::Date {
        out.kind = TimexType::Time;
    }
    let day = matches!(out.point, Some(Point::Day(_)));
    out.edtf = match (time, out.edtf.take()) {
        (TimeOfDay::Clock { hour, minute, second, .. }, Some(edtf)) if day => {
            Some(format!("{edtf}T{hour:02}:{:02}:{:02}", minute.unwrap_or(0), second.unwrap_or(0)))
        }
        _ => None,
    };
}

/// A time of day alone: today's in news, that of the day spoken of otherwise.
fn time_only(expression: &Expression, context: &Context) -> Evaluated {
    let Some(time) = expression.time else { return symbolic(Field::Whole) };
    let day = match (context.today().filter(|_| !context.narrative), context.last) {
        (Some(today), _) => Some((Point::Day(today), ResolvedHow::DocumentDate, None)),
        (None, Some((last @ Point::Day(_), number))) => Some((last, ResolvedHow::Anaphora, Some(number))),
        _ => None,
    };
    let mut out = match day {
        Some((point, how, number)) => Evaluated::at(point, how, number),
        None => Evaluated::new(TimexType::Date, "XXXX-XX-XX", ResolvedHow::Unresolved),
    };
    with_time(&mut out, time);
    out.certainty -= 0.1;
    // The day was not said, so nothing is told from it.
    out.point = None;
    out
}

/// The second week of 2021, the last Monday of May.
fn nth(which: i8, unit: Unit, weekday: Option<u8>, within: &Expression, context: &Context) -> Evaluated {
    let mut out = evaluate(within, context);
    let found = out.point.and_then(|point| point.nth(which, unit, weekday));
    match found {
        Some(point) => {
            (out.value, out.edtf, out.interval, out.point) =
                (point.value(), point.edtf(), point.interval(), Some(point))
        }
        None => {
            out.value = match unit {
                Unit::Week if which > 0 => format!("{}-W{which:02}", out.value),
                _ => format!("{}-XX", out.value),
            };
            (out.edtf, out.certainty) = (None, 0.4);
        }
    }
    out
}

fn range(first: &Expression, second: &Expression, context: &Context) -> Evaluated {
    let begin = evaluate(first, context);
    let mut inner = context.clone();
    if let Some(point) = begin.point {
        inner.last = Some((point, begin.anchor.unwrap_or_default()));
        if let (Some(year), false) =
            (point.year(), matches!(second.body, Body::Calendar { field: Field::Weekday(_) | Field::Weekend, .. }))
        {
            inner.year = Some((year, begin.anchor.unwrap_or_default()));
            inner.narrative = true;
        }
    }
    let mut end = evaluate(second, &inner);
    // From November to March goes into the next year.
    if end.interval < begin.interval
        && second.is_open()
        && let Some((year, number)) = inner.year
    {
        inner.year = Some((year + 1, number));
        end = evaluate(second, &inner);
    }
    if end.how == ResolvedHow::Anaphora && second.is_open() {
        end.how = begin.how;
    }
    let how = if begin.how == ResolvedHow::Explicit { end.how } else { begin.how };
    let mut out = Evaluated::new(TimexType::Date, format!("{}/{}", begin.value, end.value), how);
    if matches!(first.body, Body::Time) {
        out.kind = TimexType::Time;
    }
    out.anchor = begin.anchor;
    if let (Some(a), Some(b)) = (begin.edtf, end.edtf) {
        out.edtf = (!a.contains('/') && !b.contains('/')).then(|| format!("{a}/{b}"));
    }
    if let (Some(a), Some(b)) = (begin.interval, end.interval) {
        out.interval = Some((a.0, b.1));
    }
    out.certainty = begin.certainty.min(end.certainty);
    out.point = end.point;
    out
}

/// 03/04/2021: as the document writes its other dates, else as the language does; the other reading is an alternative.
fn ambiguous(first: u8, second: u8, year: Option<i32>, context: &Context) -> Evaluated {
    let (month, day) = if context.order == Order::MonthFirst { (first, second) } else { (second, first) };
    let value = |month: u8, day: u8| match year {
        Some(year) => point::day(year, month, day).map(|d| Evaluated::at(Point::Day(d), ResolvedHow::Explicit, None)),
        None => None,
    };
    let mut out = value(month, day).unwrap_or_else(|| symbolic(Field::Month(month, Some(day))));
    if let Some(other) = value(day, month) {
        out.alternatives.push(other.value);
    }
    if context.voted {
        out.certainty = 1.15;
    }
    out
}
