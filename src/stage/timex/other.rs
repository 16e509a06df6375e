//! Other calendars: their days as days of the Gregorian one.

use icu_calendar::Date as Known;
use icu_calendar::cal::{ChineseTraditional, Hebrew, Hijri, Iso, Persian};
use icu_calendar::types::Month;
use jiff::civil::Date;

use super::point::{self, Point};
use crate::rules::timex::Calendar;

/// A year of another calendar, or a month or day of it.
pub(super) fn point(calendar: Calendar, year: i32, month: Option<(u8, Option<u8>)>) -> Option<Point> {
    let Some((month, d)) = month else {
        return Some(Point::Days(day(calendar, year, 1, 1)?, day(calendar, year + 1, 1, 1)?));
    };
    if let Some(d) = d {
        return day(calendar, year, month, d).map(Point::Day);
    }
    let first = day(calendar, year, month, 1)?;
    // Months have 28 to 31 days; what has no last day ends the day before.
    let length = (28..=31).take_while(|d| day(calendar, year, month, *d).is_some()).last()?;
    Some(Point::Days(first, point::moved(first, crate::rules::timex::Unit::Day, i32::from(length))?))
}

/// The month or day of another calendar that begins in a Gregorian year.
pub(super) fn in_gregorian(calendar: Calendar, year: i32, month: u8, d: Option<u8>) -> Option<Point> {
    let about = year_of(calendar, point::day(year, 7, 1)?)?;
    [about - 1, about, about + 1]
        .into_iter()
        .filter_map(|n| point(calendar, n, Some((month, d))))
        .find(|p| p.year() == Some(year))
}

/// The day of a date of another calendar.
fn day(calendar: Calendar, year: i32, month: u8, d: u8) -> Option<Date> {
    if !(1..=9000).contains(&year) {
        return None;
    }
    let month = match (calendar, month) {
        (Calendar::Hebrew, 13) => Month::leap(5),
        _ => Month::new(month),
    };
    let iso = match calendar {
        Calendar::Buddhist => return None,
        Calendar::Chinese => Known::try_new(year.into(), month, d, ChineseTraditional::new()).ok()?.to_calendar(Iso),
        Calendar::Hebrew => Known::try_new(year.into(), month, d, Hebrew).ok()?.to_calendar(Iso),
        Calendar::Hijri => Known::try_new(year.into(), month, d, Hijri::new_umm_al_qura()).ok()?.to_calendar(Iso),
        Calendar::Persian => Known::try_new(year.into(), month, d, Persian).ok()?.to_calendar(Iso),
    };
    point::day(iso.year().extended_year(), iso.month().ordinal, iso.day_of_month().0)
}

/// The year of another calendar on a day.
fn year_of(calendar: Calendar, day: Date) -> Option<i32> {
    let iso = Known::try_new(i32::from(day.year()).into(), Month::new(day.month() as u8), day.day() as u8, Iso).ok()?;
    Some(match calendar {
        Calendar::Buddhist => i32::from(day.year()) + 543,
        Calendar::Chinese => iso.to_calendar(ChineseTraditional::new()).year().extended_year(),
        Calendar::Hebrew => iso.to_calendar(Hebrew).year().extended_year(),
        Calendar::Hijri => iso.to_calendar(Hijri::new_umm_al_qura()).year().extended_year(),
        Calendar::Persian => iso.to_calendar(Persian).year().extended_year(),
    })
}

#[cfg(test)]
mod tests {
    use super::{in_gregorian, point};
    use crate::rules::timex::Calendar;

    fn value(calendar: Calendar, year: i32, month: Option<(u8, Option<u8>)>) -> String {
        point(calendar, year, month).unwrap().value()
    }

    #[test]
    fn days_of_other_calendars_are_found() {
        assert_eq!(value(Calendar::Persian, 1400, Some((2, Some(13)))), "2021-05-03");
        assert_eq!(value(Calendar::Hijri, 1442, Some((9, Some(21)))), "2021-05-03");
        assert_eq!(value(Calendar::Hebrew, 5781, Some((8, Some(21)))), "2021-05-03");
        assert_eq!(value(Calendar::Chinese, 2021, Some((8, Some(15)))), "2021-09-21");
    }

    #[test]
    fn months_and_years_are_stretches_of_days() {
        assert_eq!(value(Calendar::Persian, 1400, None), "2021-03-21/2022-03-20");
        assert_eq!(value(Calendar::Persian, 1400, Some((2, None))), "2021-04-21/2021-05-21");
        assert_eq!(point(Calendar::Hijri, 1442, Some((9, None))).unwrap().value(), "2021-04-13/2021-05-12");
    }

    #[test]
    fn the_year_may_be_the_gregorian_one() {
        assert_eq!(in_gregorian(Calendar::Chinese, 2021, 1, Some(1)).unwrap().value(), "2021-02-12");
        assert_eq!(in_gregorian(Calendar::Hebrew, 2021, 13, Some(14)), None);
        assert_eq!(in_gregorian(Calendar::Hebrew, 2022, 13, Some(14)).unwrap().value(), "2022-02-15");
    }
}
