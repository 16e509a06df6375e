//! From what an expression says and what is known where it stands, to its value. The one place that does so, for all languages.

use jiff::civil::{Date, DateTime};

use super::format::{clock, duration, open_value, recurring};
use super::near::{Lean, in_year, near};
use super::other;
use super::point::{self, Point};
use super::shift::{later, shift, stretch};
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
    /// Nothing in it happens on the days around the document's date, so that today means these times.
    pub(super) essay: bool,
    /// The time spoken of last, and its number in the layer.
    pub(super) last: Option<(Point, usize)>,
    /// The last quarter of a year: reports mean it by `the quarter`, and by `a year ago` that of the year before.
    pub(super) quarter: Option<(Point, usize)>,
    /// It is longer than a line or two.
    pub(super) report: bool,
    /// Inside a range, whose beginning stands for the time spoken of.
    pub(super) ranged: bool,
    /// A day was told, with or without its year, that later ones belong to.
    pub(super) dated: bool,
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
    pub(super) fn new(kind: TimexType, value: impl Into<String>, how: ResolvedHow) -> Self {
        let certainty = match how {
            ResolvedHow::Explicit => 0.97,
            ResolvedHow::DocumentDate | ResolvedHow::Anaphora => 0.85,
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

    pub(super) fn at(point: Point, how: ResolvedHow, anchor: Option<usize>) -> Self {
        let mut out = Self::new(TimexType::Date, point.value(), how);
        (out.edtf, out.interval, out.point, out.anchor) = (point.edtf(), point.interval(), Some(point), anchor);
        out
    }
}

impl Context {
    pub(super) fn today(&self) -> Option<Date> {
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
    if let (Some(part), Some(point), None) = (expression.modifier, out.point, expression.time)
        && !matches!(expression.body, Body::Range(..) | Body::Stretch { .. })
        && let Some(part) = point.part(part)
    {
        out.interval = Some(part);
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
        Body::Shift { length, forward, anchor } => shift(length, *forward, anchor, expression.brief, context),
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
        Body::Week(within) => week_of(within, context),
        Body::Edge { length, first, within } => edge(length, *first, within, context),
        Body::Lasting { from, length } => lasting(from, length, context),
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
        Scope::YearOf(calendar, year) => {
            let month = if let Field::MonthOf(_, month, day) = field { Some((month, day)) } else { None };
            match other::point(*calendar, *year, month) {
                Some(point) => Evaluated::at(point, ResolvedHow::Explicit, None),
                None => symbolic(field),
            }
        }
        Scope::Open => open(field, direction, expression, context),
        Scope::Same(unit) => same(*unit, field, context),
        Scope::Relative(unit, n, anchor) => relative(*unit, *n, anchor, field, context),
    }
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
        && let Some(point) = near(field, direction, lean(expression, context), expression.weekday, today)
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

/// Where the text leans that the expression stands in.
const fn lean(expression: &Expression, context: &Context) -> Lean {
    match (expression.asked, expression.ahead) {
        (true, _) => Lean::Asked,
        (false, true) => Lean::Ahead,
        (false, false) if context.report => Lean::Past,
        (false, false) => Lean::Nearest,
    }
}

/// The value with the year left open.
fn symbolic(field: Field) -> Evaluated {
    let how = if matches!(field, Field::Season(_)) { ResolvedHow::Generic } else { ResolvedHow::Unresolved };
    let (value, edtf) = open_value(field);
    Evaluated { edtf, ..Evaluated::new(TimexType::Date, value, how) }
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
                .and_then(|t| near(field, Some(0), Lean::Nearest, None, t))
                .map_or_else(unresolved, |p| Evaluated::at(p, ResolvedHow::DocumentDate, None)),
        };
    }
    if let (Unit::Year, Some((year, anchor))) = (unit, context.year) {
        return Evaluated::at(Point::Year(year), ResolvedHow::Anaphora, Some(anchor));
    }
    if let (Unit::Quarter, Some((quarter, anchor))) = (unit, context.quarter) {
        return Evaluated::at(quarter, ResolvedHow::Anaphora, Some(anchor));
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
    if let Some(today) = context.today() {
        // The quarter that is reported on is over.
        let day = if unit == Unit::Quarter { point::moved(today, unit, -1).unwrap_or(today) } else { today };
        Evaluated::at(Point::holding(unit, day), ResolvedHow::DocumentDate, None)
    } else {
        let value = match unit {
            Unit::Day => "XXXX-XX-XX",
            Unit::Month => "XXXX-XX",
            Unit::Week => "XXXX-WXX",
            _ => "XXXX",
        };
        Evaluated::new(TimexType::Date, value, ResolvedHow::Unresolved)
    }
}

/// The day that distances count from, how it is known and which expression gives it.
pub(super) fn base(anchor: &Anchor, context: &Context) -> Option<(Date, ResolvedHow, Option<usize>, Option<Point>)> {
    match anchor {
        // Where a story of other years is told, the next day is that after the one spoken of.
        Anchor::Document
            if context.narrative && !context.ranged && context.written.is_some() && context.last.is_some() =>
        {
            base(&Anchor::Mention, context)
        }
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

pub(super) fn vague(n: i32) -> Reference {
    match n {
        ..0 => Reference::Past,
        0 => Reference::Present,
        _ => Reference::Future,
    }
}

/// Last week, this year, the following day; and May of last year, Monday of next week.
fn relative(unit: Unit, n: i32, anchor: &Anchor, field: Field, context: &Context) -> Evaluated {
    if context.essay && unit == Unit::Day && n == 0 && field == Field::Whole {
        return Evaluated::new(TimexType::Date, Reference::Present.value(), ResolvedHow::DocumentDate);
    }
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
        vague(n).value().clone_into(&mut out.value);
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
    if let (Some(Point::Day(date)), Some(interval)) = (out.point, out.interval.as_mut()) {
        *interval = hours(date, time).unwrap_or_else(|| interval.clone());
    }
    out.edtf = match (time, out.edtf.take()) {
        (TimeOfDay::Clock { hour, minute, second, .. }, Some(edtf)) if day => {
            Some(format!("{edtf}T{hour:02}:{:02}:{:02}", minute.unwrap_or(0), second.unwrap_or(0)))
        }
        _ => None,
    };
}

/// From which hour to which a part of the day lasts; the minute that the clock says.
fn hours(date: Date, time: TimeOfDay) -> Option<(String, String)> {
    let at = |minutes: i32| {
        let day = point::moved(date, Unit::Day, minutes / (24 * 60))?;
        let minutes = minutes % (24 * 60);
        Some(if minutes == 0 { day.to_string() } else { format!("{day}T{:02}:{:02}", minutes / 60, minutes % 60) })
    };
    let (from, to) = match time {
        TimeOfDay::Part(part) => part.hours(),
        TimeOfDay::Clock { hour, minute, .. } => {
            let start = i32::from(hour) * 60 + i32::from(minute.unwrap_or(0));
            let begin = format!("{date}T{hour:02}:{:02}", minute.unwrap_or(0));
            return Some((begin, at(start + if minute.is_some() { 1 } else { 60 })?));
        }
    };
    Some((at(from * 60)?, at(to * 60)?))
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
    if let Some(point) = found {
        (out.value, out.edtf, out.interval, out.point) = (point.value(), point.edtf(), point.interval(), Some(point));
    } else {
        out.value = match unit {
            Unit::Week if which > 0 => format!("{}-W{which:02}", out.value),
            _ => format!("{}-XX", out.value),
        };
        (out.edtf, out.certainty) = (None, 0.4);
    }
    out
}

/// The week of 10 May.
fn week_of(within: &Expression, context: &Context) -> Evaluated {
    let day = evaluate(within, context);
    let Some(first) = day.point.and_then(Point::first) else {
        return Evaluated::new(TimexType::Date, "XXXX-WXX", ResolvedHow::Unresolved);
    };
    Evaluated::at(Point::Week(first), day.how, day.anchor)
}

/// The first two weeks of 2021: a length, whose place is known.
fn edge(length: &Length, first: bool, within: &Expression, context: &Context) -> Evaluated {
    let whole = evaluate(within, context);
    let mut out = Evaluated::new(TimexType::Duration, duration(length), whole.how);
    out.anchor = whole.anchor;
    let ends = whole.point.and_then(|point| Some((point.first()?, point.end()?)));
    if let (Some((start, end)), [(Some(count), unit)]) = (ends, length.parts.as_slice())
        && let Some(n) = point::whole(*count).filter(|_| count.fract() == 0.0)
    {
        let other = if first { point::moved(start, *unit, n) } else { point::moved(end, *unit, -n) };
        out.interval = other
            .map(|other| if first { (start, other) } else { (other, end) })
            .map(|(a, b)| (a.to_string(), b.to_string()));
    }
    out
}

/// Three days from Monday on, two hours from 2 p.m. on.
fn lasting(from: &Expression, length: &Length, context: &Context) -> Evaluated {
    let begin = evaluate(from, context);
    let mut out = Evaluated::new(TimexType::Duration, duration(length), begin.how);
    out.anchor = begin.anchor;
    let start = begin.interval.and_then(|(start, _)| clock_time(&start));
    let Some(start) = start else { return out };
    if let Some(end) = later(start, length) {
        let timed = from.time.is_some() || length.finest().is_clock();
        let say = |at: DateTime| if timed { at.strftime("%Y-%m-%dT%H:%M").to_string() } else { at.date().to_string() };
        out.interval = Some((say(start), say(end)));
    }
    out
}

fn clock_time(iso: &str) -> Option<DateTime> {
    iso.parse::<DateTime>().ok().or_else(|| iso.parse::<Date>().ok().map(|d| d.at(0, 0, 0, 0)))
}

/// The present as the end of a range: the day of writing.
fn end_of(expression: &Expression, context: &Context) -> Evaluated {
    match (&expression.body, context.today()) {
        (Body::Reference(Reference::Present), Some(today)) => {
            Evaluated::at(Point::Day(today), ResolvedHow::DocumentDate, None)
        }
        _ => evaluate(expression, context),
    }
}

fn range(first: &Expression, second: &Expression, context: &Context) -> Evaluated {
    let begin = end_of(first, context);
    let mut inner = Context { ranged: true, ..context.clone() };
    if let Some(point) = begin.point {
        inner.last = Some((point, begin.anchor.unwrap_or_default()));
        if let (Some(year), false) =
            (point.year(), matches!(second.body, Body::Calendar { field: Field::Weekday(_) | Field::Weekend, .. }))
        {
            inner.year = Some((year, begin.anchor.unwrap_or_default()));
            inner.narrative = true;
        }
        inner.narrative |= matches!(second.body, Body::Time);
    }
    let mut end = end_of(second, &inner);
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
        let clock = |e: &Expression| matches!(e.time, Some(TimeOfDay::Clock { .. }));
        out.interval = Some((a.0, if clock(second) { b.0 } else { b.1 }));
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
