//! Dates and times in digits: `2021-05-03`, `03.05.2021`, `5/3/21`, `14:30`, and numbers that are neither.

use super::token::{Kind, Number, digit};
use super::tree::{Body, Expression, Field, Scope, TimeOfDay};
use crate::rules::timex::Order;
use crate::text::words;

/// Numbers with the signs between them: `31.12.2021` is 31, 12, 2021 and two points.
struct Groups {
    values: Vec<(u32, usize)>,
    signs: Vec<char>,
    length: usize,
}

const MOST: usize = 8;

/// Reads what begins with a digit at `at`: its length and what it is.
pub(super) fn read(text: &str, at: usize, end: usize) -> (usize, Kind) {
    let rest = text.get(at..end).unwrap_or_default();
    if let Some((length, expression)) = iso(rest) {
        return (length, Kind::Expression(Box::new(expression)));
    }
    let groups = groups(rest, 1, MOST);
    let before = text.get(..at).and_then(|t| t.chars().next_back());
    let after = text.get(at + groups.length..).and_then(|t| t.chars().next());
    let tied = before.is_some_and(|c| {
        matches!(c, '.' | '/' | '_' | '$' | '€' | '£' | '¥' | '№' | '#' | '@') || c.is_ascii_alphabetic()
    });
    if let Some(found) = hours(rest, &groups).filter(|_| !tied) {
        return found;
    }
    if groups.values.len() == 1 {
        let price = before.is_some_and(|c| matches!(c, '$' | '€' | '£' | '¥' | '№' | '#' | '@' | '_'))
            || matches!(after, Some('%' | '$' | '€' | '£' | '°'));
        return single(rest, &groups, price || before.is_some_and(|c| c.is_ascii_alphabetic()));
    }
    if !tied
        && after.is_none_or(|c| !matches!(c, '/' | '_' | '%'))
        && let Some((length, kind)) =
            clock(&groups).or_else(|| date(&groups)).or_else(|| month_and_year(text, at, &groups))
    {
        let glued = text.get(at + length..).and_then(|t| t.chars().next()).is_some_and(|c| c.is_ascii_digit());
        if !glued {
            return (length, kind);
        }
    }
    let slashed = text
        .get(..at)
        .is_some_and(|t| t.ends_with('/') && t.trim_end_matches('/').ends_with(|c: char| c.is_ascii_digit()));
    partial(rest, &groups, tied, slashed)
}

/// Up to `most` groups of digits joined by one sign each, all of the same sign but for a range.
fn groups(rest: &str, least: usize, most: usize) -> Groups {
    let mut out = Groups { values: Vec::new(), signs: Vec::new(), length: 0 };
    let mut chars = rest.char_indices().peekable();
    let mut value = 0u32;
    let mut count = 0usize;
    while let Some(&(at, c)) = chars.peek() {
        if let Some(d) = digit(c) {
            value = value.saturating_mul(10).saturating_add(u32::from(d));
            count += 1;
            out.length = at + c.len_utf8();
            chars.next();
            continue;
        }
        let next = rest.get(at + c.len_utf8()..).and_then(|t| t.chars().next());
        let joins = matches!(c, '.' | ':' | '/' | '-' | ',' | '：' | '．' | '／') && next.and_then(digit).is_some();
        // 5/1/2019-5/7/2020 and 17:55-18:30 are two.
        let other = c == '-' && matches!(out.signs.first(), Some('/' | ':' | '.'));
        if !joins || other || out.values.len() + 1 >= most {
            break;
        }
        out.values.push((value, count));
        out.signs.push(match c {
            '：' => ':',
            '．' => '.',
            '／' => '/',
            _ => c,
        });
        (value, count) = (0, 0);
        chars.next();
    }
    if count >= least {
        out.values.push((value, count));
    }
    out
}

/// ISO 8601: a day, or a day and time with zone.
fn iso(rest: &str) -> Option<(usize, Expression)> {
    let bytes = rest.as_bytes();
    let number = |from: usize, to: usize| -> Option<u32> {
        let part = bytes.get(from..to)?;
        part.iter().all(u8::is_ascii_digit).then(|| part.iter().fold(0, |n, b| n * 10 + u32::from(b - b'0')))
    };
    let is = |at: usize, sign: u8| bytes.get(at) == Some(&sign);
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    if !is(4, b'-') || !is(7, b'-') || !(1..=12).contains(&month) || !(1..=31).contains(&day) || number(8, 11).is_some()
    {
        return None;
    }
    let mut expression =
        Expression::calendar(Scope::Year(year as i32), Field::Month(month as u8, Some(day as u8)), "date.digits");
    let mut length = 10;
    let open = (is(10, b'T') || is(10, b' ')) && is(13, b':');
    if let (true, Some(hour), Some(minute)) = (open, number(11, 13), number(14, 16))
        && hour < 25
        && minute < 60
    {
        length = 16;
        let mut second = None;
        if let (true, Some(s)) = (is(16, b':'), number(17, 19)) {
            second = Some(s as u8);
            length = 19;
            if is(19, b'.') {
                length = 20 + bytes.get(20..)?.iter().take_while(|b| b.is_ascii_digit()).count();
            }
        }
        let mut zone = None;
        if is(length, b'Z') {
            (zone, length) = (Some(0), length + 1);
        } else if is(length, b'+') || is(length, b'-') {
            let sign = if is(length, b'-') { -1 } else { 1 };
            if let Some(hours) = number(length + 1, length + 3) {
                let colon = usize::from(is(length + 3, b':'));
                let minutes = number(length + 3 + colon, length + 5 + colon);
                zone = Some(sign * (hours as i16 * 60 + minutes.unwrap_or(0) as i16));
                length += if minutes.is_some() { 5 + colon } else { 3 };
            }
        }
        expression.time =
            Some(TimeOfDay::Clock { hour: hour as u8, minute: Some(minute as u8), second, zone, sure: true });
    }
    let tail = rest.get(length..)?;
    let more =
        tail.starts_with(['-', '/', '.']) && tail.get(1..).is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()));
    let cut = more || tail.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    (!cut).then_some((length, expression))
}

fn clock(groups: &Groups) -> Option<(usize, Kind)> {
    if groups.signs.iter().any(|s| *s != ':') {
        return None;
    }
    let [(hour, h), (minute, 2), rest @ ..] = groups.values.as_slice() else { return None };
    let second = match rest {
        [] => None,
        [(s, 2)] if *s < 60 => Some(*s as u8),
        _ => return None,
    };
    let fits = *h <= 2 && *hour <= 24 && *minute < 60;
    let sure = *hour > 12 || *hour == 0 || *h == 2 && *hour < 10;
    let time = TimeOfDay::Clock { hour: *hour as u8, minute: Some(*minute as u8), second, zone: None, sure };
    fits.then_some((groups.length, Kind::Time(time)))
}

fn date(groups: &Groups) -> Option<(usize, Kind)> {
    let [s1, s2] = groups.signs.as_slice() else { return None };
    if s1 != s2 || *s1 == ':' || *s1 == ',' {
        return None;
    }
    let [a, b, c] = groups.values.as_slice() else { return None };
    let found = |expression: Expression| Some((groups.length, Kind::Expression(Box::new(expression))));
    let day = |n: u32| (1..=31).contains(&n);
    let month = |n: u32| (1..=12).contains(&n);
    let dated = |y: i32, m: u32, d: u32| {
        Expression::calendar(Scope::Year(y), Field::Month(m as u8, Some(d as u8)), "date.digits")
    };
    if a.1 == 4 && (1000..2200).contains(&a.0) && b.1 <= 2 && c.1 <= 2 {
        if month(b.0) && day(c.0) {
            return found(dated(a.0 as i32, b.0, c.0));
        }
        return None;
    }
    let year = match c.1 {
        4 if (1000..2200).contains(&c.0) => c.0 as i32,
        // Two digits of a year: versions look the same, so both other numbers need two digits with points, and any sign but a point is fine.
        2 if a.1 <= 2 && b.1 <= 2 && (*s1 != '.' || a.1 == 2 && b.1 == 2) => {
            if c.0 < 50 {
                2000 + c.0 as i32
            } else {
                1900 + c.0 as i32
            }
        }
        _ => return None,
    };
    if a.1 > 2 || b.1 > 2 {
        return None;
    }
    let short = c.1 == 2;
    let with = |mut e: Expression| {
        if short {
            e.doubt += 0.1;
        }
        found(e)
    };
    match (day(a.0) && month(b.0), month(a.0) && day(b.0)) {
        (true, true) if *s1 == '.' || a.0 == b.0 => with(dated(year, b.0, a.0)),
        (true, true) => {
            let body = Body::Ambiguous { first: a.0 as u8, second: b.0 as u8, year: Some(year) };
            with(Expression::new(body, "date.digits").with_doubt(0.25))
        }
        (true, false) => with(Expression { order: Some(Order::DayFirst), ..dated(year, b.0, a.0) }),
        (false, true) => with(Expression { order: Some(Order::MonthFirst), ..dated(year, a.0, b.0) }),
        _ => None,
    }
}

/// 03/2021, 2021/03, 2021-03, 03.2021: a month of a year. The years of a season (2009/10) look the same, and so do the numbers of laws.
fn month_and_year(text: &str, at: usize, groups: &Groups) -> Option<(usize, Kind)> {
    let ([(a, a_count), (b, b_count)], [sign]) = (groups.values.as_slice(), groups.signs.as_slice()) else {
        return None;
    };
    let is_year = |n: u32, count: usize| count == 4 && (1900..2100).contains(&n);
    let is_month = |n: u32| (1..=12).contains(&n);
    let (year, month) = match sign {
        '/' | '-' if is_year(*a, *a_count) && *b_count == 2 && is_month(*b) && *b != a % 100 + 1 => (*a, *b),
        '/' | '.' if is_year(*b, *b_count) && *a_count == 2 && is_month(*a) => (*b, *a),
        _ => return None,
    };
    if numbered(text, at) {
        return None;
    }
    let field = Field::Month(month as u8, None);
    let expression = Expression::calendar(Scope::Year(year as i32), field, "date.digits").with_doubt(0.1);
    Some((groups.length, Kind::Expression(Box::new(expression))))
}

/// Whether it is a month of a year in digits.
pub(super) fn is_month(kind: &Kind) -> bool {
    matches!(kind, Kind::Expression(e) if matches!(e.body, Body::Calendar { field: Field::Month(_, None), .. }))
}

/// Whether the sign or word before says that this is the number of something: `№`, `No.`, `(EU)`.
fn numbered(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or_default().trim_end();
    let last = head.rsplit(char::is_whitespace).next().unwrap_or_default();
    let short = last.trim_end_matches(['.', 'º', '°', 'o']);
    last.ends_with([')', '№', '#', '§', 'º', '°'])
        || matches!(short, "N" | "n" | "Nr" | "nr" | "Nr." | "Art" | "art" | "ст" | "п")
}

/// 7h30: the hour, its sign and the minutes written as one.
fn hours(rest: &str, groups: &Groups) -> Option<(usize, Kind)> {
    let ([(hour @ 0..=24, 1..=2)], b'h' | b'H') = (groups.values.as_slice(), *rest.as_bytes().get(groups.length)?)
    else {
        return None;
    };
    let tail = rest.get(groups.length + 1..)?;
    let minute: u8 = tail.get(..2).filter(|t| t.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()?;
    if minute > 59 || tail.get(2..)?.starts_with(words::is_word) {
        return None;
    }
    let time = TimeOfDay::Clock { hour: *hour as u8, minute: Some(minute), second: None, zone: None, sure: true };
    Some((groups.length + 3, Kind::Time(time)))
}

fn single(rest: &str, groups: &Groups, opaque: bool) -> (usize, Kind) {
    let (value, count) = groups.values.first().copied().unwrap_or_default();
    let tail = rest.get(groups.length..).unwrap_or_default();
    if opaque || count > 9 {
        // Letters that touch the number belong to the same name.
        let more = if opaque { tail.find(|c: char| !words::is_word(c)).unwrap_or(tail.len()) } else { 0 };
        return (groups.length + more, Kind::Opaque);
    }
    let number = Number { value: f64::from(value), digits: count as u8, ..Number::default() };
    (groups.length, Kind::Number(number))
}

/// Groups that make no date: thousands, a fraction, a range of two numbers; anything else is opaque.
fn partial(rest: &str, groups: &Groups, tied: bool, slashed: bool) -> (usize, Kind) {
    let first = groups.values.first().copied().unwrap_or_default();
    let sign = groups.signs.first().copied().unwrap_or(' ');
    let second = groups.values.get(1).copied().unwrap_or_default();
    let first_only = || {
        let length = rest.find(|c: char| digit(c).is_none()).unwrap_or(rest.len());
        (length, Kind::Number(Number { value: f64::from(first.0), digits: first.1 as u8, ..Number::default() }))
    };
    let quantity =
        |value: f64| (groups.length, Kind::Number(Number { value, digits: 1, quantity: true, ..Number::default() }));
    let alike = groups.signs.iter().all(|s| *s == sign);
    // 10/1-11/7: the end of the first of two days.
    let day = tied && sign == '-' && first.1 <= 2 && second.1 <= 2 && slashed;
    match sign {
        '-' if day => first_only(),
        // Ranges: 2019-2021, 5-7 May, 2019/20. Longer chains are telephone numbers, ISBNs and the like.
        // Behind a slash only the next year: 2022/2065 is the number of a regulation.
        '/' if first.1 == 4 && groups.values.len() == 2 => {
            let next = match second.1 {
                4 => second.0 == first.0 + 1,
                2 => second.0 == (first.0 + 1) % 100,
                _ => false,
            };
            if next && !tied { first_only() } else { (groups.length, Kind::Opaque) }
        }
        '/' if second.1 == 4 && groups.values.len() == 2 => (groups.length, Kind::Opaque),
        '-' | '/' if !tied && groups.values.len() == 2 && first.1 <= 4 && second.1 <= 4 => first_only(),
        ',' if alike && !tied && groups.values.iter().skip(1).all(|v| v.1 == 3) && first.1 <= 3 => {
            quantity(groups.values.iter().fold(0.0, |n, v| n * 1000.0 + f64::from(v.0)))
        }
        ',' if groups.values.len() == 2 && first.1 == 4 => first_only(),
        '.' if groups.values.len() == 2
            && !tied
            && first.1 <= 2
            && (second.1 == 2 || second.1 == 1 && rest.get(groups.length..).is_some_and(|r| r.starts_with('.'))) =>
        {
            first_only()
        }
        ',' | '.' if groups.values.len() == 2 && !tied => {
            quantity(f64::from(first.0) + f64::from(second.0) / 10f64.powi(second.1 as i32))
        }
        '-' if !tied && groups.values.len() > 2 && groups.signs.iter().filter(|s| **s == '-').count() == 1 => {
            first_only()
        }
        ':' if !tied => first_only(),
        _ => (groups.length, Kind::Opaque),
    }
}
