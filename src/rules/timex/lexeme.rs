//! What a word can be in a temporal expression, as it stands in the data files.

use super::era::Calendar;

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// A second.
    Second,
    /// A minute.
    Minute,
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// A working day.
    Workday,
    /// Saturday and Sunday.
    Weekend,
    /// A week from Monday on.
    Week,
    /// Two weeks.
    Fortnight,
    /// A month.
    Month,
    /// Two months.
    TwoMonths,
    /// Three months.
    Quarter,
    /// Six months.
    HalfYear,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// A thousand years.
    Millennium,
}

impl Unit {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "S" => Self::Second,
            "MIN" => Self::Minute,
            "H" => Self::Hour,
            "D" => Self::Day,
            "BD" => Self::Workday,
            "WE" => Self::Weekend,
            "W" => Self::Week,
            "2W" => Self::Fortnight,
            "M" => Self::Month,
            "2M" => Self::TwoMonths,
            "Q" => Self::Quarter,
            "6M" => Self::HalfYear,
            "Y" => Self::Year,
            "DE" => Self::Decade,
            "CE" => Self::Century,
            "MI" => Self::Millennium,
            _ => return None,
        })
    }

    /// Whether it is shorter than a day.
    pub const fn is_clock(self) -> bool {
        matches!(self, Self::Second | Self::Minute | Self::Hour)
    }
}

/// A season, written as in TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Season {
    /// From March, north of the equator.
    Spring,
    /// From June.
    Summer,
    /// From September.
    Autumn,
    /// From December.
    Winter,
}

impl Season {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "SP" => Self::Spring,
            "SU" => Self::Summer,
            "FA" => Self::Autumn,
            "WI" => Self::Winter,
            _ => return None,
        })
    }

    /// Its TIMEX3 code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Autumn => "FA",
            Self::Winter => "WI",
        }
    }
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The morning.
    Morning,
    /// Around noon.
    Midday,
    /// The afternoon.
    Afternoon,
    /// The evening.
    Evening,
    /// The night.
    Night,
    /// While it is light.
    Daytime,
}

impl Part {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "MO" => Self::Morning,
            "MI" => Self::Midday,
            "AF" => Self::Afternoon,
            "EV" => Self::Evening,
            "NI" => Self::Night,
            "DT" => Self::Daytime,
            _ => return None,
        })
    }

    /// The hours it lasts, roughly: from and to, the latter beyond 24 where it goes on into the next day.
    pub const fn hours(self) -> (i32, i32) {
        match self {
            Self::Morning => (4, 12),
            Self::Midday => (12, 14),
            Self::Afternoon => (12, 19),
            Self::Evening | Self::Night => (18, 24),
            Self::Daytime => (8, 18),
        }
    }

    /// Its TIMEX3 code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Morning => "MO",
            Self::Midday => "MI",
            Self::Afternoon => "AF",
            Self::Evening => "EV",
            Self::Night => "NI",
            Self::Daytime => "DT",
        }
    }
}

/// A time that is only named as present, past or future.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    /// Now, in a wide sense.
    Present,
    /// Some time before.
    Past,
    /// Some time to come.
    Future,
}

impl Reference {
    /// Its TIMEX3 value.
    pub const fn value(self) -> &'static str {
        match self {
            Self::Present => "PRESENT_REF",
            Self::Past => "PAST_REF",
            Self::Future => "FUTURE_REF",
        }
    }
}

/// A day that is computed from the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holiday {
    /// The same day each year: month, day.
    Fixed(u8, u8),
    /// A weekday of a month: month, weekday from Monday = 1, which one (negative from the end).
    Nth(u8, u8, i8),
    /// So many days after such a weekday: month, weekday, which one, days.
    NthPlus(u8, u8, i8, i8),
    /// Days after Easter Sunday of the western churches.
    Easter(i8),
    /// Days after Easter Sunday of the eastern churches.
    Orthodox(i8),
    /// A month and day of another calendar.
    Other(Calendar, u8, u8),
}

impl Holiday {
    fn parse(text: &str) -> Option<Self> {
        if let Some(days) = text.strip_prefix("easter") {
            return if days.is_empty() { Some(Self::Easter(0)) } else { days.parse().ok().map(Self::Easter) };
        }
        if let Some(days) = text.strip_prefix("orthodox") {
            return if days.is_empty() { Some(Self::Orthodox(0)) } else { days.parse().ok().map(Self::Orthodox) };
        }
        if let Some((calendar, rest)) = text.split_once('/').and_then(|(c, rest)| Some((Calendar::parse(c)?, rest))) {
            let (month, day) = rest.split_once('/')?;
            return Some(Self::Other(calendar, month.parse().ok()?, day.parse().ok()?));
        }
        let mut parts = text.split('/');
        let month = parts.next()?.parse().ok().filter(|m| (1..=12).contains(m))?;
        let second: u8 = parts.next()?.parse().ok()?;
        match parts.next() {
            None => (1..=31).contains(&second).then_some(Self::Fixed(month, second)),
            Some(which) => {
                (1..=7).contains(&second).then_some(())?;
                match which.split_once('+') {
                    Some((which, days)) => Some(Self::NthPlus(month, second, which.parse().ok()?, days.parse().ok()?)),
                    None => Some(Self::Nth(month, second, which.parse().ok()?)),
                }
            }
        }
    }
}

/// What a word, phrase or sign can be. One form may be several of these.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lex {
    /// `month`: a month of the year by name.
    Month(u8),
    /// `month` with a calendar before the number: a month of that calendar by name.
    MonthOf(Calendar, u8),
    /// `calendar`: before a date, which is of that calendar (`农历`).
    Calendar(Calendar),
    /// `eramark`: behind a year, which is of that calendar (`هـ`).
    EraMark(Calendar),
    /// `monthword`: the word for month beside the name of one (`Mayıs ayı`).
    MonthWord,
    /// `weekday`: Monday is 1.
    Weekday(u8),
    /// `weekdays`: the plural, which recurs (`по понедельникам`, `Mondays`).
    Weekdays(u8),
    /// `unit`: a unit in the singular.
    Unit(Unit),
    /// `units`: a unit in the plural.
    Units(Unit),
    /// `suffix`: the end of a compound whose beginning is a number (`трех|летний`).
    Suffix(Unit),
    /// `season`.
    Season(Season),
    /// `part`: a part of the day.
    Part(Part),
    /// `parts`: one that recurs (`по утрам`).
    Parts(Part),
    /// `number`.
    Number(u32),
    /// `numprefix`: a number as the beginning of a compound.
    NumberPrefix(u32),
    /// `multiplier`: 10 (Chinese), 100, 1000.
    Multiplier(u32),
    /// `ordinal`.
    Ordinal(u32),
    /// `vague`: an indefinite number (`several`).
    Vague,
    /// `article`: an article that counts as one.
    Article,
    /// `half`: half of a unit that follows.
    Half,
    /// `halfto`: before an hour, half an hour less (`halb drei`).
    HalfTo,
    /// `lesshour`: behind an hour, before what is to be taken from it (`moins le quart`).
    LessHour,
    /// `halfpast`: before an hour, half an hour more (`half past three`).
    HalfPast,
    /// `quarterhour`: a quarter of an hour, before past or to.
    QuarterHour,
    /// `andhalf`: and a half, after a unit or number.
    AndHalf,
    /// `relative`: last (-1), this (0), next (1), against the time of writing.
    Relative(i8),
    /// `adjacent`: the one before (-1) or after (1) the time that was spoken of last.
    Adjacent(i8),
    /// `recent`: with a plural unit, -1 the vague past, 1 the vague future (`recent years`).
    Recent(i8),
    /// `same`: the one spoken of last (`того же`).
    Same,
    /// `ago`: after a length, back from the time of writing.
    Ago,
    /// `back`: before a length, back from the time of writing (`il y a`, `vor`).
    Back,
    /// `hence`: after a length, on from the time of writing.
    Hence,
    /// `earlier`: after a length, back from the time spoken of.
    Earlier,
    /// `later`: after a length, on from the time spoken of.
    Later,
    /// `ahead`: before a length, on from the time of writing (`через`, `in`).
    Ahead,
    /// `before`: after a length and before a time, back from it.
    Before,
    /// `after`: after a length and before a time, on from it.
    After,
    /// `day`: a day by its distance from today.
    Day(i8),
    /// `daypart`: a part of such a day (`tonight`).
    DayPart(i8, Part),
    /// `year`: a year by its distance from this one (`去年`).
    Year(i8),
    /// `ref`: a vague time.
    Reference(Reference),
    /// `discourse`: the time spoken of, vaguely (`в то время`).
    Discourse(Reference),
    /// `length`: a fixed length.
    Length(u16, Unit),
    /// `set`: something that recurs with this period.
    Set(u16, Unit),
    /// `each`: before a unit or a name of a time.
    Each,
    /// `per`: after a number of times or a price (`в год`); before a unit.
    Per,
    /// `mod`: a TIMEX3 modifier before (or, `post`, after) an expression.
    Modifier(&'static str),
    /// `postmod`: one that stands behind its expression (`年初`).
    PostModifier(&'static str),
    /// `bound`: before an expression, that it is the beginning or the end of what is meant (`since`), with the TIMEX3 modifier.
    Bound(&'static str),
    /// `of`: joins a smaller time to a larger one.
    Of,
    /// `the`: the definite article.
    The,
    /// `prep`: a preposition that the extent leaves out.
    Preposition,
    /// `keep`: a preposition that the extent takes in.
    Kept,
    /// `for`: a preposition before a length that the extent takes in.
    KeptLength,
    /// `atclock`: before an hour, and part of the extent (`kell 16`, `saat 9`).
    AtClock,
    /// `decadelead`: before the digits of a decade (`anni 90`).
    DecadeLead,
    /// `at`: a preposition before a time of day (`at`, `um`, `a las`).
    At,
    /// `lasting`: a preposition that makes a length of a plural behind it (`for years`).
    Lasting,
    /// `tail`: behind a length, part of its extent (`sechs Jahre lang`).
    Tail,
    /// `weekdaypart`: a part of a weekday (`Montagabend`).
    WeekdayPart(u8, Part),
    /// `from`: opens a range.
    From,
    /// `to`: goes on to its end.
    To,
    /// `between`.
    Between,
    /// `and`.
    And,
    /// `rangeend`: closes a range (`之间`).
    RangeEnd,
    /// `bc`: before the common era.
    BeforeChrist,
    /// `ad`: of the common era.
    AnnoDomini,
    /// `era`: years are counted from the year after this one (`民国` 1911); then the name of the calendar.
    Era(i32, &'static str),
    /// `ordmark`: makes an ordinal of digits (`th`).
    OrdinalMark,
    /// `decademark`: makes a decade of digits (`s`, `-е`).
    DecadeMark,
    /// `decade`: a decade by name (`nineties`), as its year without the last digit.
    Decade(u16),
    /// `yearmark`: follows the number of a year (`г.`, `年`).
    YearMark,
    /// `yearsmark`: follows the numbers of several years (`гг.`).
    YearsMark,
    /// `monthmark`: follows the number of a month (`月`).
    MonthMark,
    /// `daymark`: follows the number of a day (`日`).
    DayMark,
    /// `hourmark`: follows the number of an hour (`点`).
    HourMark,
    /// `oclock`: follows an hour and makes it a time of day for certain (`Uhr`).
    OClock,
    /// `minutemark`: follows the number of a minute.
    MinuteMark,
    /// `secondmark`: follows the number of a second.
    SecondMark,
    /// `fiscal`: before a year or quarter.
    Fiscal,
    /// `am`.
    Am,
    /// `pm`.
    Pm,
    /// `clock`: a time of day with a name, in minutes after midnight.
    Clock(u16),
    /// `past`, `to` of clock times: minutes before or after the hour stand in front.
    PastHour,
    /// `tohour`: minutes to the hour.
    ToHour,
    /// `zone`: minutes east of Greenwich.
    Zone(i16),
    /// `quarter`: a quarter of the year by name (`Q3`).
    Quarter(u8),
    /// `halfyear`: a half of the year by name (`H1`, `上半年`).
    HalfYear(u8),
    /// `week`: the word before the number of a week.
    WeekNumber,
    /// `holiday`.
    Holiday(Holiday),
    /// `future`: a word that speaks of what is to come (`will`).
    Future,
    /// `age`: before or after a length of years, which is then an age.
    Age,
    /// `zonename`: a zone by name whose distance from Greenwich is not known.
    ZoneName,
    /// `during`: a preposition before a length or a bare unit that the extent takes in.
    During,
    /// `stop`: never part of a time, nor are the words in it.
    Stop,
}

impl Lex {
    /// Reads the class and value of a data row.
    pub fn parse(class: &str, value: &str) -> Option<Self> {
        let within = |from: i64, to: i64| value.parse::<i64>().ok().filter(|n| (from..=to).contains(n));
        let measure = || {
            let unit = value.trim_start_matches(|c: char| c.is_ascii_digit());
            let count = value.strip_suffix(unit)?;
            Some((count.parse::<u16>().ok()?, Unit::parse(unit)?))
        };
        Some(match class {
            "month" => match value.split_once('/') {
                Some((calendar, n)) => Self::MonthOf(Calendar::parse(calendar)?, n.parse().ok()?),
                None => Self::Month(within(1, 12)? as u8),
            },
            "calendar" => Self::Calendar(Calendar::parse(value)?),
            "eramark" => Self::EraMark(Calendar::parse(value)?),
            "monthword" => Self::MonthWord,
            "weekday" => Self::Weekday(within(1, 7)? as u8),
            "weekdays" => Self::Weekdays(within(1, 7)? as u8),
            "unit" => Self::Unit(Unit::parse(value)?),
            "units" => Self::Units(Unit::parse(value)?),
            "suffix" => Self::Suffix(Unit::parse(value)?),
            "season" => Self::Season(Season::parse(value)?),
            "part" => Self::Part(Part::parse(value)?),
            "parts" => Self::Parts(Part::parse(value)?),
            "number" => Self::Number(within(0, 1_000_000)? as u32),
            "numprefix" => Self::NumberPrefix(within(0, 1_000_000)? as u32),
            "multiplier" => Self::Multiplier(within(10, 1_000_000)? as u32),
            "ordinal" => Self::Ordinal(within(0, 1_000_000)? as u32),
            "vague" => Self::Vague,
            "article" => Self::Article,
            "half" => Self::Half,
            "andhalf" => Self::AndHalf,
            "relative" => Self::Relative(within(-3, 3)? as i8),
            "adjacent" => Self::Adjacent(within(-3, 3)? as i8),
            "recent" => Self::Recent(within(-1, 1)? as i8),
            "same" => Self::Same,
            "ago" => Self::Ago,
            "back" => Self::Back,
            "hence" => Self::Hence,
            "earlier" => Self::Earlier,
            "later" => Self::Later,
            "ahead" => Self::Ahead,
            "before" => Self::Before,
            "after" => Self::After,
            "day" => Self::Day(within(-9, 9)? as i8),
            "daypart" => {
                let (day, part) = value.split_once('/')?;
                Self::DayPart(day.parse().ok()?, Part::parse(part)?)
            }
            "year" => Self::Year(within(-9, 9)? as i8),
            "ref" => Self::Reference(reference(value)?),
            "discourse" => Self::Discourse(reference(value)?),
            "length" => measure().map(|(n, unit)| Self::Length(n, unit))?,
            "set" => measure().map(|(n, unit)| Self::Set(n, unit))?,
            "each" => Self::Each,
            "per" => Self::Per,
            "mod" => Self::Modifier(modifier(value)?),
            "bound" => Self::Bound(modifier(value)?),
            "postmod" => Self::PostModifier(modifier(value)?),
            "of" => Self::Of,
            "the" => Self::The,
            "prep" => Self::Preposition,
            "keep" => Self::Kept,
            "for" => Self::KeptLength,
            "at" => Self::At,
            "tail" => Self::Tail,
            "weekdaypart" => {
                let (day, part) = value.split_once('/')?;
                Self::WeekdayPart(day.parse().ok().filter(|d| (1..=7).contains(d))?, Part::parse(part)?)
            }
            "lasting" => Self::Lasting,
            "atclock" => Self::AtClock,
            "decadelead" => Self::DecadeLead,
            "lesshour" => Self::LessHour,
            "halfpast" => Self::HalfPast,
            "halfto" => Self::HalfTo,
            "quarterhour" => Self::QuarterHour,
            "from" => Self::From,
            "to" => Self::To,
            "between" => Self::Between,
            "and" => Self::And,
            "rangeend" => Self::RangeEnd,
            "bc" => Self::BeforeChrist,
            "ad" => Self::AnnoDomini,
            "era" => {
                let (base, calendar) = value.split_once('/')?;
                Self::Era(base.parse().ok()?, calendar_name(calendar)?)
            }
            "ordmark" => Self::OrdinalMark,
            "decademark" => Self::DecadeMark,
            "decade" => Self::Decade(within(100, 299)? as u16),
            "yearmark" => Self::YearMark,
            "yearsmark" => Self::YearsMark,
            "monthmark" => Self::MonthMark,
            "daymark" => Self::DayMark,
            "hourmark" => Self::HourMark,
            "oclock" => Self::OClock,
            "minutemark" => Self::MinuteMark,
            "secondmark" => Self::SecondMark,
            "fiscal" => Self::Fiscal,
            "am" => Self::Am,
            "pm" => Self::Pm,
            "clock" => Self::Clock(within(0, 1440)? as u16),
            "pasthour" => Self::PastHour,
            "tohour" => Self::ToHour,
            "zone" => Self::Zone(within(-900, 900)? as i16),
            "quarter" => Self::Quarter(within(1, 4)? as u8),
            "halfyear" => Self::HalfYear(within(1, 2)? as u8),
            "week" => Self::WeekNumber,
            "holiday" => Self::Holiday(Holiday::parse(value)?),
            "future" => Self::Future,
            "age" => Self::Age,
            "zonename" => Self::ZoneName,
            "during" => Self::During,
            "stop" => Self::Stop,
            _ => return None,
        })
    }

    /// Whether the word makes it worth looking at what stands around it.
    pub const fn is_trigger(self) -> bool {
        matches!(
            self,
            Self::Month(_)
                | Self::MonthOf(..)
                | Self::Calendar(_)
                | Self::Weekday(_)
                | Self::Weekdays(_)
                | Self::WeekdayPart(..)
                | Self::Unit(_)
                | Self::Units(_)
                | Self::Suffix(_)
                | Self::Season(_)
                | Self::Part(_)
                | Self::Parts(_)
                | Self::Day(_)
                | Self::DayPart(..)
                | Self::Year(_)
                | Self::Decade(_)
                | Self::Reference(_)
                | Self::Discourse(_)
                | Self::Length(..)
                | Self::Set(..)
                | Self::Clock(_)
                | Self::Quarter(_)
                | Self::HalfYear(_)
                | Self::Holiday(_)
                | Self::YearMark
                | Self::MonthMark
                | Self::DayMark
                | Self::HourMark
                | Self::OClock
                | Self::AtClock
                | Self::DecadeLead
                | Self::BeforeChrist
                | Self::HalfTo
                | Self::HalfPast
                | Self::Am
                | Self::Pm
        )
    }
}

fn reference(value: &str) -> Option<Reference> {
    Some(match value {
        "PRESENT_REF" => Reference::Present,
        "PAST_REF" => Reference::Past,
        "FUTURE_REF" => Reference::Future,
        _ => return None,
    })
}

fn modifier(value: &str) -> Option<&'static str> {
    const ALL: &str =
        "START MID END APPROX MORE_THAN LESS_THAN EQUAL_OR_MORE EQUAL_OR_LESS BEFORE AFTER ON_OR_BEFORE ON_OR_AFTER";
    ALL.split(' ').find(|m| *m == value)
}

fn calendar_name(value: &str) -> Option<&'static str> {
    ["gregorian", "roc", "japanese", "buddhist", "chinese"].into_iter().find(|c| *c == value)
}
