//! Classes of meanings as bits, so that one test says what a stretch of text cannot hold.

use super::lexeme::{Lex, Unit};

/// A set of classes of meanings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes(u64);

impl Classes {
    /// Makes it worth looking at what stands around.
    pub const TRIGGER: Self = Self::bit(0);
    /// Speaks of what is to come.
    pub const FUTURE: Self = Self::bit(1);
    /// A vague time.
    pub const VAGUE: Self = Self::bit(2);
    /// Goes on a phrase that is a vague time without it.
    pub const TIME_WORD: Self = Self::bit(3);
    /// A number, or a part of one.
    pub const NUMERAL: Self = Self::bit(4);
    /// Makes something else of the number before it.
    pub const NUMBER_END: Self = Self::bit(5);
    /// A unit.
    pub const UNIT: Self = Self::bit(6);
    /// A month by name.
    pub const MONTH: Self = Self::bit(7);
    /// A weekday by name.
    pub const WEEKDAY: Self = Self::bit(8);
    /// A part of the day.
    pub const PART: Self = Self::bit(9);
    /// A part of the year, or what makes a number one.
    pub const PART_OF_YEAR: Self = Self::bit(10);
    /// A decade by name, or what makes a number one.
    pub const DECADE: Self = Self::bit(11);
    /// An era, or what else goes with the number of a year.
    pub const ERA: Self = Self::bit(12);
    /// A time of day by name.
    pub const CLOCK: Self = Self::bit(13);
    /// What makes a number a time of day.
    pub const CLOCK_END: Self = Self::bit(14);
    /// A fixed length.
    pub const LENGTH: Self = Self::bit(15);
    /// Recurs with a period.
    pub const SET: Self = Self::bit(16);
    /// Recurs by name, or makes what follows do so.
    pub const EACH: Self = Self::bit(17);
    /// A day or part of the day by its distance from today.
    pub const DAY: Self = Self::bit(18);
    /// A year by its distance from this one, or the mark of the number of a month or day.
    pub const MARKED: Self = Self::bit(19);
    /// Last, this, next, the same.
    pub const RELATIVE: Self = Self::bit(20);
    /// Moves a time by a length.
    pub const SHIFT: Self = Self::bit(21);
    /// A modifier before or after an expression.
    pub const MODIFIER: Self = Self::bit(22);
    /// Goes on to the end of a range.
    pub const TO: Self = Self::bit(23);
    /// May belong to the extent of what follows.
    pub const EXTENT: Self = Self::bit(24);
    /// Is never part of a time.
    pub const STOP: Self = Self::bit(25);
    /// A month of another calendar, or what makes a date one of it.
    pub const CALENDAR: Self = Self::bit(26);
    /// The first class that the rules leave to those who read them.
    const FREE: u32 = 32;

    /// No class.
    pub const NONE: Self = Self(0);
    /// Any class.
    pub const ANY: Self = Self(u64::MAX);

    const fn bit(number: u32) -> Self {
        Self(1 << number)
    }

    /// A class of the reader's own, counted from 0.
    pub const fn own(number: u32) -> Self {
        Self::bit(Self::FREE + number)
    }

    /// With that which makes it worth looking.
    pub(super) const fn triggering(self) -> Self {
        self.with(Self::TRIGGER)
    }

    /// The classes of both.
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether there is a class that both have.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The classes of a meaning.
    pub const fn of(lexeme: Lex) -> Self {
        let own = match lexeme {
            Lex::Month(_) => Self::MONTH.with(Self::TIME_WORD),
            Lex::MonthOf(..) => Self::CALENDAR.with(Self::TIME_WORD),
            Lex::Calendar(_) | Lex::EraMark(_) => Self::CALENDAR,
            Lex::Weekday(_) => Self::WEEKDAY.with(Self::TIME_WORD),
            Lex::Weekdays(_) | Lex::WeekdayPart(..) => Self::WEEKDAY,
            Lex::Unit(Unit::Quarter | Unit::HalfYear) | Lex::Units(Unit::Quarter | Unit::HalfYear) => {
                Self::UNIT.with(Self::PART_OF_YEAR).with(Self::TIME_WORD)
            }
            Lex::Unit(_) | Lex::Units(_) => Self::UNIT.with(Self::TIME_WORD),
            Lex::Season(_) => Self::PART_OF_YEAR.with(Self::TIME_WORD),
            Lex::Quarter(_) | Lex::HalfYear(_) | Lex::Holiday(_) | Lex::WeekNumber | Lex::Half => Self::PART_OF_YEAR,
            Lex::Part(_) => Self::PART.with(Self::TIME_WORD),
            Lex::Parts(_) | Lex::Each => Self::EACH,
            Lex::Number(_) => Self::NUMERAL.with(Self::TIME_WORD),
            Lex::Multiplier(_) => Self::NUMERAL.with(Self::NUMBER_END),
            Lex::Ordinal(_) => Self::NUMERAL,
            Lex::OrdinalMark => Self::NUMBER_END,
            Lex::Vague => Self::TIME_WORD,
            Lex::Relative(_) | Lex::Adjacent(_) | Lex::Recent(_) | Lex::Same => Self::RELATIVE,
            Lex::Ago | Lex::Back | Lex::Hence | Lex::Earlier | Lex::Later | Lex::Ahead | Lex::Before | Lex::After => {
                Self::SHIFT
            }
            Lex::Day(_) | Lex::DayPart(..) => Self::DAY,
            Lex::Year(_) | Lex::MonthMark | Lex::DayMark => Self::MARKED,
            Lex::Reference(_) | Lex::Discourse(_) => Self::VAGUE,
            Lex::Length(..) => Self::LENGTH,
            Lex::Set(..) => Self::SET,
            Lex::Modifier(_) | Lex::PostModifier(_) | Lex::Bound(_) => Self::MODIFIER,
            Lex::The | Lex::Kept | Lex::KeptLength | Lex::During => Self::EXTENT,
            Lex::To | Lex::And => Self::TO,
            Lex::Era(..) | Lex::Fiscal | Lex::AnnoDomini | Lex::BeforeChrist => Self::ERA,
            Lex::DecadeMark | Lex::DecadeLead | Lex::Decade(_) => Self::DECADE,
            Lex::HourMark
            | Lex::OClock
            | Lex::AtClock
            | Lex::Am
            | Lex::Pm
            | Lex::PastHour
            | Lex::ToHour
            | Lex::At
            | Lex::LessHour
            | Lex::Zone(_) => Self::CLOCK_END,
            Lex::Clock(_) | Lex::HalfTo | Lex::HalfPast | Lex::QuarterHour => Self::CLOCK,
            Lex::Future => Self::FUTURE,
            Lex::Stop => Self::STOP,
            Lex::Suffix(_)
            | Lex::NumberPrefix(_)
            | Lex::Article
            | Lex::MonthWord
            | Lex::AndHalf
            | Lex::Per
            | Lex::Of
            | Lex::Preposition
            | Lex::From
            | Lex::Tail
            | Lex::Lasting
            | Lex::Between
            | Lex::RangeEnd
            | Lex::YearMark
            | Lex::YearsMark
            | Lex::MinuteMark
            | Lex::SecondMark
            | Lex::Age
            | Lex::ZoneName => Self::NONE,
        };
        if lexeme.is_trigger() { own.with(Self::TRIGGER) } else { own }
    }
}
