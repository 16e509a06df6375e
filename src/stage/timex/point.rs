//! Times of the calendar at the precision they are known, and the arithmetic on them.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

use crate::rules::timex::{Holiday, Season, Unit};

/// A time of the calendar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Point {
    /// A century by its number, 0 and below before the common era.
    Century(i32),
    /// A decade: the year without its last digit.
    Decade(i32),
    /// A year; 0 and below before the common era.
    Year(i32),
    /// A half of a year.
    Half(i32, u8),
    /// A quarter.
    Quarter(i32, u8),
    /// A season; winter begins in December of its year.
    Season(i32, Season),
    /// A month.
    Month(i32, u8),
    /// The week that holds this day.
    Week(Date),
    /// The weekend of the week that holds this day.
    Weekend(Date),
    /// A day.
    Day(Date),
    /// Days from the first to before the second: a month or year of another calendar.
    Days(Date, Date),
}

/// A day, moved by a number of units.
pub(super) fn moved(day: Date, unit: Unit, count: i32) -> Option<Date> {
    let n = i64::from(count);
    let span = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => return Some(day),
        Unit::Workday => return workdays(day, n),
        Unit::Day => n.days(),
        Unit::Week | Unit::Weekend => n.weeks(),
        Unit::Fortnight => (n * 2).weeks(),
        Unit::Month => months(n)?,
        Unit::TwoMonths => months(n * 2)?,
        Unit::Quarter => months(n * 3)?,
        Unit::HalfYear => months(n * 6)?,
        Unit::Year => months(n * 12)?,
        Unit::Decade => months(n * 120)?,
        Unit::Century => months(n * 1200)?,
        Unit::Millennium => months(n * 12000)?,
    };
    day.checked_add(span).ok()
}

/// So many working days on, or back; a day of the weekend counts as the working day before it.
fn workdays(day: Date, n: i64) -> Option<Date> {
    let offset = i64::from(day.weekday().to_monday_zero_offset());
    let from = offset.min(4);
    let (weeks, rest) = ((from + n).div_euclid(5), (from + n).rem_euclid(5));
    day.checked_add((weeks * 7 + rest - offset).days()).ok()
}

fn months(n: i64) -> Option<jiff::Span> {
    jiff::Span::new().try_months(n).ok()
}

pub(super) fn day(year: i32, month: u8, day: u8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, month as i8, day as i8).ok()
}

/// The days of a number that may be too large for the calendar.
pub(super) fn whole(count: f64) -> Option<i32> {
    (count.abs() < 100_000.0).then_some(count.round() as i32)
}

fn monday(day: Date) -> Option<Date> {
    day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()
}

/// The day of this weekday (Monday is 1) in the week of `day`.
pub(super) fn weekday_in_week(day: Date, weekday: u8) -> Option<Date> {
    monday(day)?.checked_add((i64::from(weekday) - 1).days()).ok()
}

/// The day of this weekday nearest in one direction; `day` itself counts where `with_today` is set.
pub(super) fn weekday_from(day: Date, weekday: u8, forward: bool, with_today: bool) -> Option<Date> {
    let today = i64::from(day.weekday().to_monday_one_offset());
    let wanted = i64::from(weekday);
    let ahead = (wanted - today).rem_euclid(7);
    if ahead == 0 && with_today {
        return Some(day);
    }
    let days = match (forward, ahead) {
        (true, 0) => 7,
        (true, n) => n,
        (false, 0) => -7,
        (false, n) => n - 7,
    };
    day.checked_add(days.days()).ok()
}

/// The day of a holiday in a year.
pub(super) fn holiday(holiday: Holiday, year: i32) -> Option<Date> {
    match holiday {
        Holiday::Fixed(month, d) => day(year, month, d),
        Holiday::Nth(month, weekday, which) => {
            let weekday = Weekday::from_monday_one_offset(weekday as i8).ok()?;
            day(year, month, 1)?.nth_weekday_of_month(which, weekday).ok()
        }
        Holiday::NthPlus(month, weekday, which, days) => {
            self::holiday(Holiday::Nth(month, weekday, which), year)?.checked_add(i64::from(days).days()).ok()
        }
        Holiday::Easter(days) => easter(year)?.checked_add(i64::from(days).days()).ok(),
        Holiday::Orthodox(days) => orthodox(year)?.checked_add(i64::from(days).days()).ok(),
        Holiday::Other(calendar, month, d) => super::other::in_gregorian(calendar, year, month, Some(d))?.first(),
    }
}

/// Easter Sunday by the Gregorian computus (Meeus, Jones, Butcher).
fn easter(year: i32) -> Option<Date> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let date = (h + l - 7 * m + 33 * month + 19) % 32;
    day(year, month as u8, date as u8)
}

/// Easter Sunday by the Julian computus, as a Gregorian date; right from 1900 to 2099.
fn orthodox(year: i32) -> Option<Date> {
    let (a, b, c) = (year % 4, year % 7, year % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let month = (d + e + 114) / 31;
    let date = (d + e + 114) % 31 + 1;
    day(year, month as u8, date as u8)?.checked_add(13.days()).ok()
}

const fn season_start(season: Season) -> u8 {
    match season {
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Autumn => 9,
        Season::Winter => 12,
    }
}

const fn season_number(season: Season) -> u8 {
    match season {
        Season::Spring => 21,
        Season::Summer => 22,
        Season::Autumn => 23,
        Season::Winter => 24,
    }
}

pub(super) const fn season_edtf(season: Season) -> u8 {
    season_number(season)
}

fn year_value(year: i32) -> String {
    if year > 0 { format!("{year:04}") } else { format!("BC{:04}", 1 - year) }
}

fn year_edtf(year: i32) -> String {
    if year < 0 { format!("-{:04}", -year) } else { format!("{year:04}") }
}

impl Point {
    /// The unit's part of the calendar that holds `day`.
    pub(super) fn holding(unit: Unit, day: Date) -> Self {
        let (year, month) = (i32::from(day.year()), day.month() as u8);
        match unit {
            Unit::Century => Self::Century((year - 1).div_euclid(100) + 1),
            Unit::Millennium | Unit::Year => Self::Year(year),
            Unit::Decade => Self::Decade(year.div_euclid(10)),
            Unit::HalfYear => Self::Half(year, (month - 1) / 6 + 1),
            Unit::Quarter => Self::Quarter(year, (month - 1) / 3 + 1),
            Unit::Month | Unit::TwoMonths => Self::Month(year, month),
            Unit::Week | Unit::Fortnight => Self::Week(day),
            Unit::Weekend => Self::Weekend(day),
            Unit::Day | Unit::Workday | Unit::Hour | Unit::Minute | Unit::Second => Self::Day(day),
        }
    }

    pub(super) fn year(self) -> Option<i32> {
        match self {
            Self::Century(_) | Self::Decade(_) => None,
            Self::Year(y) | Self::Half(y, _) | Self::Quarter(y, _) | Self::Season(y, _) | Self::Month(y, _) => Some(y),
            Self::Week(d) | Self::Weekend(d) | Self::Day(d) | Self::Days(d, _) => Some(i32::from(d.year())),
        }
    }

    /// The unit of its precision.
    pub(super) fn unit(self) -> Unit {
        match self {
            Self::Century(_) => Unit::Century,
            Self::Decade(_) => Unit::Decade,
            Self::Year(_) => Unit::Year,
            Self::Half(..) => Unit::HalfYear,
            Self::Quarter(..) | Self::Season(..) => Unit::Quarter,
            Self::Month(..) => Unit::Month,
            Self::Week(_) | Self::Weekend(_) => Unit::Week,
            Self::Day(_) => Unit::Day,
            Self::Days(first, end) => {
                let months = |d: Date| i32::from(d.year()) * 12 + i32::from(d.month());
                if months(end) > months(first) + 2 { Unit::Year } else { Unit::Month }
            }
        }
    }

    /// Its first, second, last… part: a week belongs to where its Thursday is, as in ISO 8601.
    pub(super) fn nth(self, which: i8, unit: Unit, weekday: Option<u8>) -> Option<Self> {
        let (first, last) = (self.first()?, self.end()?.yesterday().ok()?);
        let counted = weekday.unwrap_or(if unit == Unit::Weekend { 6 } else { 4 });
        let days = matches!(unit, Unit::Week | Unit::Weekend) || weekday.is_some();
        let found = match (days, which > 0) {
            (true, true) => moved(weekday_from(first, counted, true, true)?, Unit::Week, i32::from(which) - 1)?,
            (true, false) => moved(weekday_from(last, counted, false, true)?, Unit::Week, i32::from(which) + 1)?,
            (false, true) => moved(first, unit, i32::from(which) - 1)?,
            (false, false) => moved(last, unit, i32::from(which) + 1)?,
        };
        let inside = first <= found && found <= last && unit < self.unit();
        inside.then(|| if weekday.is_some() { Self::Day(found) } else { Self::holding(unit, found) })
    }

    /// Its first day.
    pub(super) fn first(self) -> Option<Date> {
        match self {
            Self::Century(n) => day((n - 1) * 100, 1, 1),
            Self::Decade(n) => day(n * 10, 1, 1),
            Self::Year(y) => day(y, 1, 1),
            Self::Half(y, h) => day(y, if h == 1 { 1 } else { 7 }, 1),
            Self::Quarter(y, q) => day(y, (q.max(1) - 1) * 3 + 1, 1),
            Self::Season(y, s) => day(y, season_start(s), 1),
            Self::Month(y, m) => day(y, m, 1),
            Self::Week(d) => monday(d),
            Self::Weekend(d) => weekday_in_week(d, 6),
            Self::Day(d) | Self::Days(d, _) => Some(d),
        }
    }

    /// The day after its last.
    pub(super) fn end(self) -> Option<Date> {
        let first = self.first()?;
        match self {
            Self::Century(_) => moved(first, Unit::Century, 1),
            Self::Decade(_) => moved(first, Unit::Decade, 1),
            Self::Year(_) => moved(first, Unit::Year, 1),
            Self::Half(..) => moved(first, Unit::HalfYear, 1),
            Self::Quarter(..) | Self::Season(..) => moved(first, Unit::Quarter, 1),
            Self::Month(..) => moved(first, Unit::Month, 1),
            Self::Week(_) => moved(first, Unit::Week, 1),
            Self::Weekend(_) => moved(first, Unit::Day, 2),
            Self::Day(_) => moved(first, Unit::Day, 1),
            Self::Days(_, end) => Some(end),
        }
    }

    /// The TIMEX3 value.
    pub(super) fn value(self) -> String {
        match self {
            Self::Century(n) if n > 0 => format!("{:02}", n - 1),
            Self::Century(n) => format!("BC{:02}", -n),
            Self::Decade(n) => format!("{n:03}"),
            Self::Year(y) => year_value(y),
            Self::Half(y, h) => format!("{}-H{h}", year_value(y)),
            Self::Quarter(y, q) => format!("{}-Q{q}", year_value(y)),
            Self::Season(y, s) => format!("{}-{}", year_value(y), s.code()),
            Self::Month(y, m) => format!("{}-{m:02}", year_value(y)),
            Self::Week(d) => {
                let week = d.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Self::Weekend(d) => {
                let week = d.iso_week_date();
                format!("{:04}-W{:02}-WE", week.year(), week.week())
            }
            Self::Day(d) => format!("{}-{:02}-{:02}", year_value(i32::from(d.year())), d.month(), d.day()),
            Self::Days(first, end) => {
                let last = end.yesterday().unwrap_or(first);
                format!("{}/{}", Self::Day(first).value(), Self::Day(last).value())
            }
        }
    }

    /// The value in ISO 8601-2.
    pub(super) fn edtf(self) -> Option<String> {
        Some(match self {
            Self::Century(n) if n > 0 => format!("{:02}XX", n - 1),
            Self::Century(_) => return None,
            Self::Decade(n) => format!("{n:03}X"),
            Self::Year(y) => year_edtf(y),
            Self::Half(y, h) => format!("{}-{}", year_edtf(y), 39 + h),
            Self::Quarter(y, q) => format!("{}-{}", year_edtf(y), 32 + q),
            Self::Season(y, s) => format!("{}-{}", year_edtf(y), season_number(s)),
            Self::Month(y, m) => format!("{}-{m:02}", year_edtf(y)),
            Self::Week(_) | Self::Weekend(_) | Self::Days(..) => {
                let last = self.end()?.yesterday().ok()?;
                format!("{}/{last}", self.first()?)
            }
            Self::Day(d) => format!("{}-{:02}-{:02}", year_edtf(i32::from(d.year())), d.month(), d.day()),
        })
    }

    /// First day and the day after the last.
    pub(super) fn interval(self) -> Option<(String, String)> {
        let iso = |d: Date| format!("{}-{:02}-{:02}", year_edtf(i32::from(d.year())), d.month(), d.day());
        Some((iso(self.first()?), iso(self.end()?)))
    }
}

impl Point {
    /// The days of its beginning, middle or end (`START`, `MID`, `END`): first day and the day after the last. Of a month the first ten
    /// days, the next ten and the rest; of a year January to March, May to August, September to December; of a week Monday to Wednesday,
    /// Wednesday and Thursday, Friday to Sunday; of all else a third. None for a day, and where the word is another.
    pub(super) fn part(self, modifier: &str) -> Option<(String, String)> {
        let which = match modifier {
            "START" => 0,
            "MID" => 1,
            "END" => 2,
            _ => return None,
        };
        let (first, end) = (self.first()?, self.end()?);
        let at = |unit: Unit, from: i32, to: i32| {
            let to = if which == 2 { end } else { moved(first, unit, to)? };
            Some((moved(first, unit, from)?, to))
        };
        let (from, to) = match self {
            Self::Month(..) => at(Unit::Day, which * 10, which * 10 + 10)?,
            Self::Year(_) => at(Unit::Month, which * 4, if which == 0 { 3 } else { 8 })?,
            Self::Week(_) => at(Unit::Day, which * 2, if which == 0 { 3 } else { 4 })?,
            Self::Day(_) | Self::Weekend(_) => return None,
            _ => {
                let days = end.since(first).ok()?.get_days() / 3;
                at(Unit::Day, which * days, (which + 1) * days)?
            }
        };
        // 2020-05-21, as intervals are written.
        Some((Self::Days(from, to).interval()?.0, Self::Days(from, to).interval()?.1))
    }
}

#[cfg(test)]
mod tests {
    use super::{Point, day, easter, holiday, moved, orthodox, weekday_from};
    use crate::rules::timex::{Holiday, Season, Unit};

    #[test]
    fn easter_is_computed() {
        assert_eq!(easter(2021), day(2021, 4, 4));
        assert_eq!(easter(2024), day(2024, 3, 31));
        assert_eq!(orthodox(2021), day(2021, 5, 2));
    }

    #[test]
    fn intervals_end_the_day_after() {
        let interval = |p: Point| p.interval().unwrap();
        assert_eq!(interval(Point::Month(2021, 12)), ("2021-12-01".into(), "2022-01-01".into()));
        assert_eq!(interval(Point::Season(2021, Season::Winter)), ("2021-12-01".into(), "2022-03-01".into()));
        assert_eq!(interval(Point::Century(19)), ("1800-01-01".into(), "1900-01-01".into()));
        assert_eq!(Point::Week(day(2021, 1, 3).unwrap()).value(), "2020-W53");
    }

    #[test]
    fn a_unit_holds_its_day() {
        assert_eq!(Point::holding(Unit::Quarter, day(2021, 5, 3).unwrap()), Point::Quarter(2021, 2));
        assert_eq!(Point::holding(Unit::Century, day(2000, 1, 1).unwrap()), Point::Century(20));
    }

    #[test]
    fn weekdays_are_counted_from_a_day() {
        let monday = day(2021, 5, 3).unwrap();
        assert_eq!(weekday_from(monday, 5, false, true), day(2021, 4, 30));
        assert_eq!(weekday_from(monday, 1, true, false), day(2021, 5, 10));
        assert_eq!(weekday_from(monday, 1, false, true), Some(monday));
    }

    #[test]
    fn working_days_leave_out_the_weekend() {
        let friday = day(2021, 5, 14).unwrap();
        assert_eq!(moved(friday, Unit::Workday, 1), day(2021, 5, 17));
        assert_eq!(moved(friday, Unit::Workday, -5), day(2021, 5, 7));
        assert_eq!(moved(day(2021, 5, 16).unwrap(), Unit::Workday, 1), day(2021, 5, 17));
    }

    #[test]
    fn a_feast_may_follow_another() {
        // The day after the fourth Thursday of November, not the fourth Friday.
        assert_eq!(holiday(Holiday::NthPlus(11, 4, 4, 1), 2013), day(2013, 11, 29));
    }
}
