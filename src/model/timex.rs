//! Temporal expressions and their values (TimeML TIMEX3, ISO 8601-2 EDTF).

use crate::text::{Span, Spanned};

/// The TIMEX3 type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimexType {
    /// A calendar date, season, year, decade, or a vague time.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A time that recurs.
    Set,
}

impl TimexType {
    /// Its name in the output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// How a value was arrived at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ResolvedHow {
    /// The expression says it all.
    Explicit,
    /// From another expression of the text.
    Anaphora,
    /// From the document's own date.
    DocumentDate,
    /// It means any such time (`зимой`).
    Generic,
    /// It stays symbolic.
    Unresolved,
}

impl ResolvedHow {
    /// Its name in the output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Explicit => "explicit",
            Self::Anaphora => "anaphora",
            Self::DocumentDate => "document_date",
            Self::Generic => "generic",
            Self::Unresolved => "unresolved",
        }
    }
}

/// How a value was arrived at, and from what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// How.
    pub how: ResolvedHow,
    /// The expression it was resolved against, by its number in the layer.
    pub anchor: Option<usize>,
    /// The distance from the anchor as an ISO 8601 duration with sign (`+P5Y`, `-P3Y`), kept even where no anchor is known.
    pub offset: Option<String>,
}

/// A temporal expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Timex {
    /// Where it is, with the preposition that belongs to an adverbial (`в мае 2021 года`).
    pub span: Span,
    /// The TIMEX3 type.
    pub kind: TimexType,
    /// The TIMEX3 value: `2021-05`, `P3Y`, `PRESENT_REF`, `XXXX-WI`.
    pub value: String,
    /// The TIMEX3 modifier: `APPROX`, `START`, `END`, `BEFORE`….
    pub modifier: Option<&'static str>,
    /// The value as ISO 8601-2 (EDTF), where one exists.
    pub edtf: Option<String>,
    /// First day and the day after the last, ISO 8601, where the value is a calendar interval; for a time of day its hours.
    /// For the beginning, the middle or the end of a time, that part of it.
    pub interval: Option<(String, String)>,
    /// The calendar it is written in: `gregorian`, `roc`, `japanese`….
    pub calendar: &'static str,
    /// How its value was arrived at.
    pub resolved: Resolution,
    /// The share of expressions of this rule, way and score whose value was right on annotated documents (`rules/data/timex/certainty.tsv`), 0 to 1.
    pub certainty: f32,
    /// Other values it may have.
    pub alternatives: Vec<String>,
    /// The rule that found it.
    pub rule: &'static str,
}

impl Spanned for Timex {
    fn span(&self) -> Span {
        self.span
    }
}
