//! Values as text: lengths as ISO 8601 durations, times of day, dates with open parts.

use super::point;
use super::tree::{Field, Length, TimeOfDay};
use crate::rules::timex::{Holiday, Unit};

/// The value of a length as an ISO 8601 duration; `X` for a number that is vague.
pub(super) fn duration(length: &Length) -> String {
    let (mut date, mut clock) = (String::new(), String::new());
    for (count, unit) in &length.parts {
        let (scale, code) = match unit {
            Unit::Second => (1.0, "S"),
            Unit::Minute | Unit::Month => (1.0, "M"),
            Unit::Hour => (1.0, "H"),
            Unit::Day => (1.0, "D"),
            Unit::Workday => (1.0, "BD"),
            Unit::Weekend => (1.0, "WE"),
            Unit::Week => (1.0, "W"),
            Unit::Fortnight => (2.0, "W"),
            Unit::TwoMonths => (2.0, "M"),
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

pub(super) fn recurring(field: Field, time: Option<TimeOfDay>) -> String {
    let mut value = match field {
        Field::Whole => "XXXX-XX-XX".to_owned(),
        field => open_value(field).0,
    };
    if let Some(time) = time {
        value.push_str(&clock(time));
    }
    value
}

/// A time of day as it stands behind a date: `T17:30`, `TMO`.
pub(super) fn clock(time: TimeOfDay) -> String {
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

/// The TIMEX3 value and EDTF of a date whose year is open.
pub(super) fn open_value(field: Field) -> (String, Option<String>) {
    let both = |value: String| (value.clone(), Some(value));
    match field {
        Field::Whole => ("XXXX".to_owned(), None),
        Field::Month(m, None) => both(format!("XXXX-{m:02}")),
        Field::Month(m, Some(d)) | Field::Holiday(Holiday::Fixed(m, d)) => both(format!("XXXX-{m:02}-{d:02}")),
        Field::MonthOf(_, _, None) => ("XXXX-XX".to_owned(), None),
        Field::Day(d) => both(format!("XXXX-XX-{d:02}")),
        Field::Weekday(d) => (format!("XXXX-WXX-{d}"), None),
        Field::Season(s) => (format!("XXXX-{}", s.code()), Some(format!("XXXX-{}", point::season_edtf(s)))),
        Field::Quarter(q) => (format!("XXXX-Q{q}"), None),
        Field::Half(h) => (format!("XXXX-H{h}"), None),
        Field::Week(n) => (format!("XXXX-W{n:02}"), None),
        Field::Weekend => ("XXXX-WXX-WE".to_owned(), None),
        Field::Holiday(_) | Field::MonthOf(..) => ("XXXX-XX-XX".to_owned(), None),
    }
}
