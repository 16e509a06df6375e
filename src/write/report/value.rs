//! TIMEX3 values in words: `2021-05` is May 2021, `P3Y` 3 years. What has no words stays as it is written.

use super::texts::Texts;

/// The value in words, with its modifier.
pub(super) fn words(value: &str, modifier: Option<&str>, texts: &Texts) -> String {
    let said = bare(value, texts).unwrap_or_else(|| value.to_owned());
    match modifier {
        Some(modifier) => texts.named("mod", modifier).replace("{value}", &said),
        None => said,
    }
}

/// A distance in time, with its sign; nothing where there is none.
pub(super) fn distance(offset: &str, texts: &Texts) -> Option<String> {
    let (sign, rest) = match offset.strip_prefix('-') {
        Some(rest) => ("−", rest),
        None => ("+", offset.strip_prefix('+').unwrap_or(offset)),
    };
    if rest.bytes().all(|b| !(b'1'..=b'9').contains(&b)) && !rest.contains('X') {
        return None;
    }
    Some(format!("{sign}{}", words(rest, None, texts)))
}

fn bare(value: &str, texts: &Texts) -> Option<String> {
    if let Some(said) = texts.get(&format!("ref.{value}")) {
        return Some(said.to_owned());
    }
    if let Some(duration) = value.strip_prefix('P') {
        return length(duration, texts);
    }
    let (day, time) = match value.split_once('T') {
        Some((day, time)) => (day, Some(time)),
        None => (value, None),
    };
    if let (true, Some(part)) = (day.starts_with("XXXX"), time.and_then(|time| texts.get(&format!("part.{time}")))) {
        return Some(texts.with("any", "time", part));
    }
    let said = date(day, texts)?;
    match time {
        None => Some(said),
        Some(time) => {
            let part = texts.get(&format!("part.{time}")).unwrap_or(time);
            Some(texts.of("time.of").replace("{day}", &said).replace("{time}", part))
        }
    }
}

fn date(value: &str, texts: &Texts) -> Option<String> {
    let mut parts = value.splitn(3, '-');
    let (year, second, third) = (parts.next()?, parts.next(), parts.next());
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if year == "XXXX" {
        let any = |said: &str| Some(texts.with("any", "time", said));
        return match (second, third) {
            (None | Some("XX"), None) => any(texts.get(if second.is_some() { "any.month" } else { "any.year" })?),
            (Some(month), None) => any(&within(month, texts)?),
            (Some("WXX"), Some(day)) => any(texts.get(&format!("weekday.{day}"))?),
            (Some("XX"), Some("XX")) => any(texts.of("any.day")),
            (Some(month), Some(day)) if digits(day) => {
                any(&format!("{} {}", day.trim_start_matches('0'), texts.get(&format!("day.{month}"))?))
            }
            _ => None,
        };
    }
    if !digits(year) {
        return None;
    }
    match (year.len(), second, third) {
        (4, None, None) => Some(year.to_owned()),
        (3, None, None) => Some(texts.with("decade", "n", &format!("{year}0"))),
        (2, None, None) => {
            let century = year.parse::<u32>().ok()? + 1;
            Some(texts.of("century").replace("{n}", &century.to_string()).replace("{th}", ordinal(century)))
        }
        (4, Some(part), None) => {
            Some(texts.of("of.year").replace("{part}", &within(part, texts)?).replace("{year}", year))
        }
        (4, Some(month), Some(day)) if digits(day) => {
            let month = texts.get(&format!("day.{month}"))?;
            Some(format!("{} {month} {year}", day.trim_start_matches('0')))
        }
        _ => None,
    }
}

/// A month, quarter, half, week or season.
fn within(part: &str, texts: &Texts) -> Option<String> {
    if let Some(said) = texts.get(&format!("month.{part}")).or_else(|| texts.get(&format!("season.{part}"))) {
        return Some(said.to_owned());
    }
    let week = part.strip_prefix('W')?.trim_start_matches('0');
    week.bytes().all(|b| b.is_ascii_digit()).then(|| texts.with("week", "n", week))
}

const fn ordinal(n: u32) -> &'static str {
    match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

/// A length of time without its `P`.
fn length(duration: &str, texts: &Texts) -> Option<String> {
    let mut said = Vec::new();
    let mut rest = duration;
    let mut clock = false;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('T') {
            (clock, rest) = (true, after);
            continue;
        }
        let end = rest.find(|c: char| c.is_ascii_alphabetic() && c != 'X')?;
        let (amount, unit) = rest.split_at(end);
        let name = unit.find(|c: char| !c.is_ascii_uppercase()).map_or(unit, |end| unit.get(..end).unwrap_or(unit));
        let key = match (name, clock) {
            ("Y", _) => "unit.year",
            ("DE", _) => "unit.decade",
            ("CE", _) => "unit.century",
            ("M", false) => "unit.month",
            ("W", _) => "unit.week",
            ("D", _) => "unit.day",
            ("H", _) => "unit.hour",
            ("M", true) => "unit.minute",
            ("S", _) => "unit.second",
            _ => return None,
        };
        said.push(match amount.parse::<u64>() {
            Ok(n) => texts.counted(key, n),
            Err(_) if amount.chars().all(|c| c == 'X') => {
                texts.get(&format!("{key}.other"))?.replace("{n}", texts.of("some"))
            }
            Err(_) if amount.parse::<f64>().is_ok() => texts.fraction(key, amount)?,
            Err(_) => return None,
        });
        rest = unit.get(name.len()..).unwrap_or_default();
    }
    (!said.is_empty()).then(|| said.join(" "))
}

#[cfg(test)]
mod tests {
    use super::{Texts, distance, words};
    use crate::model::Tongue;

    #[test]
    fn values_are_said_in_words() {
        let texts = Texts::of_tongue(Tongue::English);
        for (value, said) in [
            ("2021", "2021"),
            ("2021-05", "May 2021"),
            ("2021-05-03", "3 May 2021"),
            ("2021-05-03T14:30", "3 May 2021, 14:30"),
            ("2021-05-03TMO", "3 May 2021, morning"),
            ("201", "the 2010s"),
            ("20", "the 21st century"),
            ("2021-Q2", "second quarter 2021"),
            ("2021-H1", "first half 2021"),
            ("2021-WI", "winter 2021"),
            ("2021-W07", "week 7 2021"),
            ("PRESENT_REF", "now"),
            ("XXXX-WI", "any winter"),
            ("XXXX-XX-XXTNI", "any night"),
            ("XXXX-05-09", "any 9 May"),
            ("XXXX-WXX-1", "any Monday"),
            ("P3Y", "3 years"),
            ("P1M", "1 month"),
            ("PT30M", "30 minutes"),
            ("P1Y6M", "1 year 6 months"),
            ("PXY", "some years"),
            ("P2.5Y", "2.5 years"),
            ("PXDE", "some decades"),
        ] {
            assert_eq!(words(value, None, texts), said, "{value}");
        }
        assert_eq!(words("2021", Some("START"), texts), "early 2021");
        assert_eq!(distance("-P3Y", texts).as_deref(), Some("−3 years"));
        assert_eq!(distance("P1W", texts).as_deref(), Some("+1 week"));
        assert_eq!(distance("+P0D", texts), None);
    }

    #[test]
    fn values_are_said_in_russian() {
        let texts = Texts::of_tongue(Tongue::Russian);
        for (value, said) in [
            ("2021-05", "май 2021"),
            ("2021-05-03", "3 мая 2021"),
            ("20", "21-й век"),
            ("XXXX-05-09", "9 мая (вообще)"),
            ("P3Y", "3 года"),
            ("P5Y2M", "5 лет 2 месяца"),
            ("P2.5Y", "2,5 года"),
        ] {
            assert_eq!(words(value, None, texts), said, "{value}");
        }
        assert_eq!(words("2021-05", Some("END"), texts), "май 2021, конец");
    }

    #[test]
    fn what_has_no_words_stays() {
        let texts = Texts::of_tongue(Tongue::English);
        for value in [
            "",
            "P",
            "PT",
            "P3",
            "P3Q",
            "2021-99",
            "-0044",
            "XXXX-",
            "T",
            "法",
            "20é1",
            "P法Y",
            "XXXX-法-1",
            "2021-W法",
        ] {
            assert_eq!(words(value, None, texts), value);
        }
    }
}
