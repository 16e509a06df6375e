//! Numbers in words and digits, ordinals, lengths of time.

use super::Mode;
use super::cascade::{Made, View};
use super::token::{Kind, Number};
use super::tree::{Body, Expression, Length};
use crate::rules::timex::{Classes, Lex, Unit};

/// Number words become one number; digits take their ordinal mark or the blank between thousands.
pub(super) fn number(view: &View<'_, '_>, i: usize) -> Option<Made> {
    if let Some(number) = view.number(i) {
        return digits(view, i, number);
    }
    // 3일, שלוש שנים: behind a number a word that is another one too is what is counted.
    let counted = view.pick(i, |l| {
        matches!(l, Lex::Units(_) | Lex::DayMark | Lex::MonthMark | Lex::YearMark | Lex::HourMark | Lex::MinuteMark)
            .then_some(())
    });
    let numeral = |n: &super::token::Node<'_>| n.number().is_some() || n.classes.meets(Classes::NUMERAL);
    if !view.is_word(i) || counted.is_some() && view.before(i).is_some_and(numeral) {
        return None;
    }
    if view.language.unspaced { together(view, i) } else { in_words(view, i) }
}

fn digits(view: &View<'_, '_>, i: usize, number: Number) -> Option<Made> {
    if number.roman || number.quantity {
        return None;
    }
    // 5th, 5-го
    let mark = if view.dash(i + 1) && view.glued(i + 1) && view.glued(i + 2) { i + 2 } else { i + 1 };
    let is_mark = view.glued(mark) && view.has(mark, Lex::OrdinalMark);
    let decade = view.glued(mark)
        && view.has(mark, Lex::DecadeMark)
        && number.int() % 10 == 0
        && (number.digits == 4 || number.digits == 2);
    if is_mark && !decade && number.digits <= 2 {
        return Some(Made::new(mark + 1, Kind::Number(Number { ordinal: true, ..number })));
    }
    if is_mark && number.digits == 4 && !decade {
        return Some(Made::new(mark + 1, Kind::Number(Number { year: true, ..number })));
    }
    // 19. Jahrhundert
    let pointed = view.language.point_ordinals && view.sign(i + 1, '.') && view.glued(i + 1) && !view.glued(i + 2);
    if pointed && number.digits <= 2 && (view.unit(i + 2).is_some() || view.pick(i + 2, month).is_some()) {
        return Some(Made::new(i + 2, Kind::Number(Number { ordinal: true, ..number })));
    }
    // 10 000
    let mut value = number.value;
    let mut to = i + 1;
    if number.digits <= 3 && view.before(i).is_none_or(|n| n.pick(month).is_none()) {
        while let Some(next) = view.number(to).filter(|n| n.digits == 3 && !n.quantity)
            && !view.glued(to)
            && !view.language.unspaced
        {
            value = value * 1000.0 + next.value;
            to += 1;
        }
    }
    // 2 thousand
    while let Some(by) =
        view.pick(to, |l| if let Lex::Multiplier(by) = l { Some(by) } else { None }).filter(|by| *by >= 100)
    {
        value *= f64::from(by);
        to += 1;
    }
    (to > i + 1).then(|| Made::new(to, Kind::Number(Number { value, digits: 1, quantity: true, ..number })))
}

const fn month(l: Lex) -> Option<u8> {
    if let Lex::Month(m) = l { Some(m) } else { None }
}

enum Word {
    Plain(u32),
    Times(u32),
    Rank(u32),
}

fn word(view: &View<'_, '_>, i: usize) -> Option<Word> {
    if !view.is_word(i) {
        return None;
    }
    view.pick(i, |l| match l {
        Lex::Number(n) => Some(Word::Plain(n)),
        Lex::Multiplier(n) => Some(Word::Times(n)),
        Lex::Ordinal(n) => Some(Word::Rank(n)),
        _ => None,
    })
}

/// Twenty-five, two thousand and one, nineteen ninety-six, двадцать пятое.
fn in_words(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let (mut total, mut current) = (0u32, 0u32);
    let mut to = i;
    let (mut ordinal, mut year) = (false, false);
    loop {
        let place = match to {
            _ if to == i => to,
            _ if view.dash(to) && view.glued(to) && view.glued(to + 1) => to + 1,
            _ if view.has(to, Lex::And) && (current >= 100 && current % 100 == 0 || current == 0 && total > 0) => {
                to + 1
            }
            // cuarenta y ocho
            _ if view.has(to, Lex::And)
                && current % 100 >= 20
                && current % 10 == 0
                && matches!(word(view, to + 1), Some(Word::Plain(n)) if n < 10) =>
            {
                to + 1
            }
            _ => to,
        };
        match word(view, place) {
            Some(Word::Plain(n)) if fits(current, n) || to == i || current == 0 && total > 0 && n < 1000 => {
                current += n;
            }
            Some(Word::Plain(n)) if total == 0 && (10..=21).contains(&current) && (10..100).contains(&n) && !year => {
                current = current * 100 + n;
                year = true;
            }
            Some(Word::Times(n)) if n > current % n.max(1) && (current > 0 || to == i) => {
                current = current.max(1).saturating_mul(n);
                if n >= 1000 {
                    total = total.saturating_add(current);
                    current = 0;
                }
            }
            Some(Word::Rank(n)) if fits(current, n) || to == i => {
                current += n;
                ordinal = true;
                to = place + 1;
                break;
            }
            _ => break,
        }
        to = place + 1;
    }
    let value = f64::from(total.saturating_add(current));
    let digits = view.has(i, Lex::Unit(Unit::Second)) && to == i + 1;
    (to > i && !digits || to > i + 1)
        .then(|| Made::new(to, Kind::Number(Number { value, ordinal, year, ..Number::default() })))
}

/// Whether `n` may follow on `current` within one number: 20 and 5, 100 and 25.
const fn fits(current: u32, n: u32) -> bool {
    let scale = if n < 10 {
        10
    } else if n < 100 {
        100
    } else if n < 1000 {
        1000
    } else {
        10000
    };
    current > 0 && current.is_multiple_of(scale) && n > 0
}

/// 二十五, 二〇二一, 一百二十.
fn together(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let (mut total, mut current, mut string) = (0u32, 0u32, 0u32);
    let (mut to, mut plain, mut times) = (i, 0usize, 0usize);
    let ranked = view.source(i) == "第" && word(view, i).is_none();
    if ranked {
        to += 1;
        if let Some(number) = view.number(to) {
            return Some(Made::new(to + 1, Kind::Number(Number { ordinal: true, ..number })));
        }
    }
    let start = to;
    while let Some(found) = word(view, to) {
        match found {
            Word::Plain(n) => {
                string = string.saturating_mul(10).saturating_add(n);
                if n >= 20 {
                    current += n;
                    times += 1;
                } else {
                    current = if times > 0 || plain == 0 { n } else { current };
                    plain += 1;
                    if times > 0 {
                        current = n;
                    }
                }
            }
            Word::Times(n) => {
                times += 1;
                let by = current.max(1).saturating_mul(n);
                if n >= 10000 {
                    total = total.saturating_add(current).max(1).saturating_mul(n);
                } else {
                    total = total.saturating_add(by);
                }
                current = 0;
            }
            Word::Rank(_) if to == start => {
                return Some(Made::new(
                    to + 1,
                    Kind::Number(Number { value: 1.0, ordinal: true, ..Number::default() }),
                ));
            }
            Word::Rank(_) => break,
        }
        to += 1;
    }
    if to == start {
        return None;
    }
    let (value, year) = if times == 0 && plain > 1 {
        (string, plain == 4 || plain == 2)
    } else {
        (total.saturating_add(current), false)
    };
    let digits = if times == 0 && plain > 1 { plain as u8 } else { 0 };
    Some(Made::new(
        to,
        Kind::Number(Number { value: f64::from(value), digits, ordinal: ranked, year, ..Number::default() }),
    ))
}

/// A number or the like and a unit: two years, an hour and a half, 1 час 55 минут, двухлетний.
pub(super) fn length(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let (mut length, mut to) = one(view, i)?;
    if view.has(to, Lex::Age) || view.before(i).is_some_and(|n| n.has(Lex::Age)) {
        return Some(Made::new(to, Kind::Opaque));
    }
    loop {
        let next = if view.has(to, Lex::And) || view.sign(to, ',') { to + 1 } else { to };
        let Some((more, end)) = one(view, next) else { break };
        let smaller = more.finest() < length.finest() && !more.is_vague() && !length.is_vague();
        if !smaller || matches!(length.finest(), Unit::Day) && more.finest().is_clock() && view.time(next).is_some() {
            break;
        }
        length.parts.extend(more.parts);
        to = end;
    }
    if view.has(to, Lex::AndHalf)
        && let Some((Some(count), _)) = length.parts.last_mut()
    {
        *count += 0.5;
        to += 1;
    } else if view.has(to, Lex::And)
        && view.has(to + 1, Lex::QuarterHour)
        && let [(Some(count), Unit::Hour | Unit::Year)] = length.parts.as_mut_slice()
    {
        // an hour and a quarter
        *count += 0.25;
        to += 2;
    } else if let (Unit::Hour, Some((minutes, end))) = (length.finest(), minutes(view, to)) {
        length.parts.push((Some(minutes), Unit::Minute));
        to = end;
    }
    Some(Made::new(to, Kind::Length(length)))
}

/// The quarters behind a whole number that is not over with it, in one and a quarter hours, two and three quarters of an hour; and where the
/// unit stands.
fn quarters(view: &View<'_, '_>, i: usize) -> Option<(f64, usize)> {
    if !view.has(i, Lex::And) {
        return None;
    }
    let (count, at) = match view.number(i + 1) {
        Some(n) if n.int() == 3 && !n.ordinal => (3.0, i + 2),
        Some(_) => return None,
        None => (1.0, i + 1),
    };
    (view.has(at, Lex::QuarterHour) || count > 1.0 && view.unit(at) == Some(Unit::Quarter)).then_some(())?;
    let unit = view.skip(view.skip(at + 1, Lex::Of), Lex::Article);
    view.unit(unit).map(|_| (count / 4.0, unit))
}

/// The minutes behind hours that are not called so: 2 hours and 10, 1 hour thirty, in a text of one line.
fn minutes(view: &View<'_, '_>, i: usize) -> Option<(f64, usize)> {
    let at = view.skip(i, Lex::And);
    let n = view.number(at).filter(|n| !n.quantity && !n.ordinal && !n.roman && n.digits != 1 && n.digits < 3)?;
    let fits = view.mode != Mode::Text && (5.0..60.0).contains(&n.value) && super::range::ends(view, at + 1);
    fits.then_some((n.value, at + 1))
}

fn one(view: &View<'_, '_>, i: usize) -> Option<(Length, usize)> {
    if let Some(length) = view.length(i) {
        // The end of a compound needs its number.
        return (!length.is_vague() || view.source(i).contains(' ')).then(|| (length.clone(), i + 1));
    }
    if let Some((n, unit)) = view.pick(i, |l| if let Lex::Length(n, unit) = l { Some((n, unit)) } else { None }) {
        return Some((if n == 0 { Length::vague(unit) } else { Length::one(f64::from(n), unit) }, i + 1));
    }
    // years ago, for weeks, días después
    if let Some(unit) = view.pick(i, |l| if let Lex::Units(unit) = l { Some(unit) } else { None })
        && view.pick(i, |l| if let Lex::Unit(unit) = l { Some(unit) } else { None }).is_none()
        && !view.language.unspaced
        && (view.pick(i + 1, |l| matches!(l, Lex::Ago | Lex::Later | Lex::Earlier).then_some(())).is_some()
            || view.before(i).is_some_and(|n| n.has(Lex::Lasting) || n.has(Lex::Back)))
    {
        return Some((Length::vague(unit), i + 1));
    }
    // half an hour, 半小时
    if view.has(i, Lex::Half)
        && let Some(unit) = view.unit(i + 1)
    {
        return Some((Length::one(0.5, unit), i + 2));
    }
    let (count, mut to) = if let Some(number) = view.number(i) {
        if number.ordinal || number.roman || number.year && number.digits != 2 {
            return None;
        }
        (Some(number.value), i + 1)
    } else if view.has(i, Lex::Vague) {
        (None, i + 1)
    } else if view.has(i, Lex::Article) {
        (Some(1.0), i + 1)
    } else {
        return None;
    };
    // 3/4 hour
    if let (Some(a), Some(b)) = (view.number(i), view.number(i + 2))
        && view.sign(i + 1, '/')
        && view.glued(i + 1)
        && view.glued(i + 2)
        && (1.0..b.value).contains(&a.value)
        && b.value <= 10.0
        && let Some(unit) = view.unit(i + 3)
    {
        return Some((Length::one(a.value / b.value, unit), i + 4));
    }
    // 2 1/2 years, two and a half years
    let mut count = count;
    if let (Some(whole), Some(a), Some(b)) = (count, view.number(to), view.number(to + 2))
        && view.sign(to + 1, '/')
        && b.value > 0.0
    {
        count = Some(whole + a.value / b.value);
        to += 3;
    } else if view.has(to, Lex::AndHalf) && view.unit(to + 1).is_some() {
        count = count.map(|n| n + 0.5);
        to += 1;
    }
    if let Some((quarters, end)) = quarters(view, to) {
        count = count.map(|n| n + quarters);
        to = end;
    }
    to = view.skip_hyphen(to);
    // another two more years
    let mut place = to;
    if view.unit(place).is_none()
        && count.is_some()
        && view.length(place).is_some_and(Length::is_vague)
        && view.number(i).is_some()
    {
        let unit = view.length(place).map(Length::finest)?;
        // 66-летний is an age, 5-летний a length.
        if unit == Unit::Year && count.is_some_and(|n| n > 13.0) {
            return None;
        }
        return Some((Length { parts: vec![(count, unit)] }, place + 1));
    }
    let unit = view.unit(place)?;
    if view.number(i).is_some_and(|n| n.digits == 4 && (1900..2100).contains(&n.int()))
        && matches!(unit, Unit::Year | Unit::Quarter | Unit::Month)
    {
        return None;
    }
    place += 1;
    Some((Length { parts: vec![(count, unit)] }, place))
}

/// A length that is fixed and a set by one word: daily, ежегодно.
pub(super) fn set(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let (n, unit) = view.pick(i, |l| if let Lex::Set(n, unit) = l { Some((n, unit)) } else { None })?;
    // El diario, un quotidien: a newspaper.
    let noun = view.language.relative_behind
        && !view.source(i).contains(' ')
        && view.before(i).is_some_and(|n| {
            n.kind == Kind::Word
                && n.lexemes
                    .iter()
                    .any(|l| matches!(l, Lex::The | Lex::Relative(_) | Lex::Number(_) | Lex::Same | Lex::Vague))
        });
    // A quarterly dividend is one of many, not every quarter.
    let kind = unit == Unit::Quarter && n == 1 || unit == Unit::Month && n == 3;
    let counted =
        view.language.quarterly_nouns && view.at(i + 1).is_some_and(|n| n.is_plain() && !n.barrier && !n.capital);
    if noun || kind && counted {
        return None;
    }
    Some(Made::expression(i + 1, Expression::new(Body::Every(Length::one(f64::from(n), unit)), "date.set")))
}
