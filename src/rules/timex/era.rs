//! Calendars whose months are not the Gregorian ones, or whose years are counted otherwise.

/// A calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calendar {
    /// Years from 543 BC, Gregorian months.
    Buddhist,
    /// The Chinese lunisolar calendar; its years are numbered by the Gregorian ones they begin in.
    Chinese,
    /// The Hebrew calendar; months are counted from Tishri, Adar is 6, the first Adar of leap years 13.
    Hebrew,
    /// The Islamic calendar of Umm al-Qura.
    Hijri,
    /// The Solar Hijri calendar.
    Persian,
}

impl Calendar {
    /// The calendar of a name in the data files.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "buddhist" => Self::Buddhist,
            "chinese" => Self::Chinese,
            "hebrew" => Self::Hebrew,
            "hijri" => Self::Hijri,
            "persian" => Self::Persian,
            _ => return None,
        })
    }

    /// Its name in the output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Buddhist => "buddhist",
            Self::Chinese => "chinese",
            Self::Hebrew => "hebrew",
            Self::Hijri => "hijri",
            Self::Persian => "persian",
        }
    }
}
