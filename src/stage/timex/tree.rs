//! What a temporal expression says, before it is known when it was said.

use crate::rules::timex::{Calendar, Holiday, Order, Part, Reference, Season, Unit};

/// Against what a distance is counted.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Anchor {
    /// The time of writing.
    Document,
    /// The time spoken of last.
    Mention,
    /// Another expression.
    Time(Box<Expression>),
}

/// The larger time that a smaller one is a part of.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Scope {
    /// Nothing is said.
    Open,
    /// A year; years before the common era are 0 and below.
    Year(i32),
    /// A year of another calendar.
    YearOf(Calendar, i32),
    /// So many units from an anchor: last year, next month, the following week.
    Relative(Unit, i32, Anchor),
    /// The year, month or day spoken of last.
    Same(Unit),
}

/// The part of the scope that is meant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Field {
    /// All of it.
    Whole,
    /// A month, and a day of it where one is named.
    Month(u8, Option<u8>),
    /// A month of another calendar, and a day of it where one is named.
    MonthOf(Calendar, u8, Option<u8>),
    /// A day of the month, the month being open.
    Day(u8),
    /// A weekday.
    Weekday(u8),
    /// A season.
    Season(Season),
    /// A quarter of the year.
    Quarter(u8),
    /// A half of the year.
    Half(u8),
    /// A numbered week.
    Week(i32),
    /// The weekend.
    Weekend,
    /// A named day.
    Holiday(Holiday),
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum TimeOfDay {
    /// By the clock: hour, minute, second, minutes east of Greenwich; and whether the half of the day is known.
    Clock { hour: u8, minute: Option<u8>, second: Option<u8>, zone: Option<i16>, sure: bool },
    /// A part of the day.
    Part(Part),
}

/// A length of time.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Length {
    /// Numbers of units, largest first; a number is `None` where it is vague.
    pub(super) parts: Vec<(Option<f64>, Unit)>,
}

impl Length {
    pub(super) fn one(count: f64, unit: Unit) -> Self {
        Self { parts: vec![(Some(count), unit)] }
    }

    pub(super) fn vague(unit: Unit) -> Self {
        Self { parts: vec![(None, unit)] }
    }

    pub(super) fn finest(&self) -> Unit {
        self.parts.iter().map(|(_, unit)| *unit).min().unwrap_or(Unit::Day)
    }

    pub(super) fn is_vague(&self) -> bool {
        self.parts.iter().any(|(count, _)| count.is_none())
    }
}

/// What kind of time is meant.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Body {
    /// A part of the calendar. `direction` is last (-1), this (0), next (1) before a name (`last May`).
    Calendar { scope: Scope, field: Field, direction: Option<i8> },
    /// A decade, as the year without its last digit; `two` digits (`the 90s`) leave the century open.
    Decade(i32),
    /// A century by its number: 19 is 1801 to 1900, 0 and below before the common era.
    Century(i32),
    /// A length from an anchor on (`true`) or back.
    Shift { length: Length, forward: bool, anchor: Anchor },
    /// Only a length.
    Length(Length),
    /// The last or next so many units: `the last three years`.
    Stretch { length: Length, forward: bool },
    /// The vague present, past or future.
    Reference(Reference),
    /// The time spoken of last, vaguely.
    Discourse(Reference),
    /// Every so many units; or every such time.
    Every(Length),
    /// Every month, weekday, season or part of the day of this name.
    EveryField(Field, Option<TimeOfDay>),
    /// Only a time of day, on the day spoken of.
    Time,
    /// From one time to another.
    Range(Box<Expression>, Box<Expression>),
    /// The first, second, last (-1)… unit or weekday of a longer time.
    Nth { which: i8, unit: Unit, weekday: Option<u8>, within: Box<Expression> },
    /// The week that holds a day: the week of 10 May.
    Week(Box<Expression>),
    /// A length at the beginning (`first`) or the end of a longer time: the first two weeks of 2021.
    Edge { length: Length, first: bool, within: Box<Expression> },
    /// A length from a time on: three days starting on Monday, from 2 p.m. for two hours.
    Lasting { from: Box<Expression>, length: Length },
    /// A date in digits that may be read both ways: the first and the second number, and the year.
    Ambiguous { first: u8, second: u8, year: Option<i32> },
}

/// What a temporal expression says.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Expression {
    pub(super) body: Body,
    /// The time of day, on top of a date.
    pub(super) time: Option<TimeOfDay>,
    /// TIMEX3 modifier.
    pub(super) modifier: Option<&'static str>,
    /// A weekday beside a date, which is not needed and may be checked.
    pub(super) weekday: Option<u8>,
    pub(super) calendar: &'static str,
    pub(super) rule: &'static str,
    /// What is deducted from the certainty: the reading rests on little.
    pub(super) doubt: f32,
    /// The sentence speaks of what is to come.
    pub(super) ahead: bool,
    /// It stands alone, as in a query: what is to come is meant.
    pub(super) asked: bool,
    /// The text is a line or a query: distances lead to the very day.
    pub(super) brief: bool,
    /// In which order the digits of the date stand, where they leave no doubt.
    pub(super) order: Option<Order>,
}

impl Expression {
    pub(super) const fn new(body: Body, rule: &'static str) -> Self {
        Self {
            body,
            time: None,
            modifier: None,
            weekday: None,
            calendar: "gregorian",
            rule,
            doubt: 0.0,
            ahead: false,
            asked: false,
            brief: false,
            order: None,
        }
    }

    pub(super) const fn calendar(scope: Scope, field: Field, rule: &'static str) -> Self {
        Self::new(Body::Calendar { scope, field, direction: None }, rule)
    }

    pub(super) const fn with_doubt(mut self, doubt: f32) -> Self {
        self.doubt = doubt;
        self
    }

    /// Takes it, and what it is made of, as asked for in a query.
    pub(super) fn ask(&mut self) {
        self.asked = true;
        match &mut self.body {
            Body::Lasting { from, .. } => from.ask(),
            Body::Range(first, second) => {
                first.ask();
                second.ask();
            }
            Body::Nth { within, .. }
            | Body::Week(within)
            | Body::Edge { within, .. }
            | Body::Shift { anchor: Anchor::Time(within), .. } => within.ask(),
            _ => {}
        }
    }

    /// Whether a year is still missing, so that one beside it belongs to it.
    pub(super) const fn is_open(&self) -> bool {
        matches!(self.body, Body::Calendar { scope: Scope::Open, direction: None, .. })
    }

    /// Whether it is a date of the calendar.
    pub(super) const fn is_date(&self) -> bool {
        matches!(
            self.body,
            Body::Calendar { .. }
                | Body::Ambiguous { .. }
                | Body::Decade(_)
                | Body::Century(_)
                | Body::Shift { .. }
                | Body::Nth { .. }
                | Body::Week(_)
        )
    }
}
