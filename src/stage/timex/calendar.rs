//! Dates by their parts: day, month and year in any order, by name or by number.

use super::Mode;
use super::cascade::{Made, View};
use super::token::{Node, Number};
use super::tree::{Anchor, Expression, Field, Scope};
use super::year::{year_at, year_behind};
use crate::rules::timex::{Lex, Order, Unit};

const MONTH_RULE: &str = "date.month";

const DAY_RULE: &str = "date.day";

pub(super) fn month_at(view: &View<'_, '_>, i: usize) -> Option<u8> {
    view.pick(i, |l| if let Lex::Month(m) = l { Some(m) } else { None })
}

pub(super) fn weekday_at(view: &View<'_, '_>, i: usize) -> Option<u8> {
    view.pick(i, |l| if let Lex::Weekday(d) = l { Some(d) } else { None })
}

/// A day of the month: 1 to 31, no quantity.
fn day_at(view: &View<'_, '_>, i: usize) -> Option<u8> {
    let n = view.number(i)?;
    (!n.quantity && !n.roman && n.digits <= 2 && (1..=31).contains(&n.int()) && !n.year).then_some(n.int() as u8)
}

/// An ordinal, also one that is another word too (`second`).
pub(super) fn rank_at(view: &View<'_, '_>, i: usize) -> Option<i32> {
    let number = view.number(i).filter(|n| n.ordinal && !n.quantity).map(Number::int);
    number.or_else(|| view.pick(i, |l| if let Lex::Ordinal(n) = l { Some(n as i32) } else { None }))
}

fn date(scope: Scope, month: u8, day: Option<u8>, calendar: &'static str) -> Expression {
    let rule = if day.is_some() { DAY_RULE } else { MONTH_RULE };
    Expression { calendar, ..Expression::calendar(scope, Field::Month(month, day), rule) }
}

/// Day, month by name, year; month, day, year; month, year; year, month, day; month alone.
pub(super) fn named_month(view: &View<'_, '_>, i: usize) -> Option<Made> {
    if let Some(made) = first_of_two(view, i) {
        return Some(made);
    }
    // The second of May: the rank may be another word too. A third of May is a part of it.
    let in_words = view.number(i).is_none_or(|n| n.digits == 0);
    let rank = rank_at(view, i).filter(|r| in_words && (1..=31).contains(r) && view.has(i + 1, Lex::Of));
    if rank.is_some() && view.before(i).is_some_and(|n| n.has(Lex::Article) || n.is_counting()) {
        return None;
    }
    // 5 May 2021, 5th of May
    if let Some(day) = day_at(view, i).or(rank.map(|r| r as u8)) {
        let at = view.skip_joint(view.skip(i + 1, Lex::DayMark));
        let signed = view.sign(i + 1, '.') && view.glued(i + 1) || view.sign(i + 1, '-') || view.sign(i + 1, '/');
        let at = if signed { i + 2 } else { at };
        let at = view.skip(at, Lex::MonthWord);
        let month = month_at(view, at).or_else(|| english_month(view.source(at)).filter(|_| signed && view.glued(at)));
        if let Some(month) = month.filter(|_| !view.sign(i + 1, ',')) {
            return Some(with_year(view, at + 1, month, Some(day), signed));
        }
        // 23-2020-Sep
        let year = view.number(i + 2).filter(|n| n.digits == 4).and_then(super::year::bare_year);
        let joined = view.mode != Mode::Text && signed && view.dash(i + 3) && (1..5).all(|n| view.glued(i + n));
        let month = month_at(view, i + 4).or_else(|| english_month(view.source(i + 4)));
        return match (year, month) {
            (Some(year), Some(month)) if joined => {
                Some(Made::expression(i + 5, date(Scope::Year(year), month, Some(day), "gregorian")))
            }
            _ => None,
        };
    }
    // 2021 May 5
    if let Some((year, to, _, calendar)) = year_at(view, i) {
        let at = if view.sign(to, '-') || view.sign(to, '/') || view.sign(to, ',') { to + 1 } else { to };
        let at = if view.language.genitive_first { view.skip(at, Lex::Of) } else { at };
        let signed = at > to && !view.sign(to, ',') && view.glued(to) && view.glued(at);
        // 2020/23/Sep
        if let Some(day) = day_at(view, at).filter(|_| signed && (view.dash(at + 1) || view.sign(at + 1, '/')))
            && let Some(month) = month_at(view, at + 2).or_else(|| english_month(view.source(at + 2)))
        {
            return Some(Made::expression(at + 3, date(Scope::Year(year), month, Some(day), calendar)));
        }
        let month = month_at(view, at)
            .or_else(|| english_month(view.source(at)).filter(|_| signed))
            .filter(|_| view.number(i).is_some())?;
        let next = if view.sign(at + 1, '-') || view.sign(at + 1, '/') { at + 2 } else { at + 1 };
        let day = day_at(view, next);
        let end = if day.is_some() { next + 1 } else { at + 1 };
        return Some(Made::expression(end, date(Scope::Year(year), month, day, calendar)));
    }
    let start = i;
    let i = if month_at(view, i + 1).is_some() { view.skip(i, Lex::MonthWord) } else { i };
    // Sep-23-2020 is written in other languages too.
    let signed = |at: usize| (view.dash(at) || view.sign(at, '/')) && view.glued(at) && view.glued(at + 1);
    let foreign =
        || english_month(view.source(i)).filter(|_| signed(i + 1) && view.number(i + 2).is_some() && signed(i + 3));
    let month = month_at(view, i).or_else(foreign)?;
    let at = view.skip(i + 1, Lex::The);
    let at = if (view.sign(at, '-') || view.sign(at, '/') || view.sign(at, '.')) && view.glued(at) && view.glued(at + 1)
    {
        at + 1
    } else {
        at
    };
    let either = view.language.order == Order::MonthFirst || view.mode != Mode::Text;
    if let Some(day) = day_at(view, at).filter(|_| either) {
        let longer = view.unit(at + 1).is_some() && !view.has(at + 1, Lex::DayMark);
        let clock = view.sign(at + 1, ':') && view.glued(at + 2);
        if !longer && !clock {
            return Some(with_year(view, at + 1, month, Some(day), at > i + 1));
        }
    }
    if let Some((year, to, calendar)) = year_behind(view, i + 1).or_else(|| year_behind(view, at)) {
        // Sep-2020-23
        let signed = view.sign(to, '-') || view.sign(to, '/');
        let day = day_at(view, to + 1).filter(|_| at > i + 1 && signed && view.glued(to) && view.glued(to + 1));
        let end = if day.is_some() { to + 2 } else { to };
        return Some(Made::expression(end, date(Scope::Year(year), month, day, calendar)));
    }
    if view.has(i + 1, Lex::Of) && view.number(i + 2).is_some() {
        let made = with_year(view, i + 1, month, None, false);
        if made.to > i + 2 {
            return Some(made);
        }
    }
    // Mayıs ayında, maio mês
    let to = view.skip(i + 1, Lex::MonthWord);
    if i > start || to > i + 1 {
        return Some(Made::expression(to, date(Scope::Open, month, None, "gregorian")));
    }
    lone_month(view, i, month)
}

/// Am siebten vierten, den 7. vierten 2016: a day and a month, both by rank, in a text of one line.
pub(super) fn spoken_date(view: &View<'_, '_>, i: usize) -> Option<Made> {
    if !view.language.point_ordinals || view.mode == Mode::Text {
        return None;
    }
    let rank = |at: usize, most: i32| {
        let n =
            view.number(at).filter(|n| !n.quantity && !n.roman && (1..=most).contains(&n.int()) && n.digits <= 2)?;
        let pointed = n.digits > 0 && view.sign(at + 1, '.') && view.glued(at + 1);
        (n.ordinal || pointed).then(|| (n.int() as u8, at + 1 + usize::from(pointed), n.digits == 0))
    };
    let (day, at, in_words) = rank(i, 31)?;
    let (month, to, also) = rank(at, 12)?;
    let free = view.unit(to).is_none() && month_at(view, to).is_none();
    ((in_words || also) && free).then(|| with_year(view, to, month, Some(day), false))
}

/// 18 and 19 June: the first of two days of a month. Between the 18th and 19 June is a range.
fn first_of_two(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let day = day_at(view, i)?;
    let second = view.skip(i + 2, Lex::The);
    day_at(view, second).filter(|second| *second > day && view.has(i + 1, Lex::And))?;
    let at = view.skip(second + 1, Lex::Of);
    let month = month_at(view, at)?;
    let ranged = (i.saturating_sub(2)..i).any(|k| view.has(k, Lex::Between));
    let scope = year_behind(view, at + 1).map_or(Scope::Open, |(year, ..)| Scope::Year(year));
    (!ranged).then(|| Made::expression(i + 1, date(scope, month, Some(day), "gregorian")))
}

/// 2015-3, 12-2015: a month of a year in a text of one line, alone or behind a word that says so: laws and resolutions have such numbers.
pub(super) fn year_month(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let led = view.before(i).is_none_or(|n| {
        n.lexemes.iter().any(|l| {
            matches!(l, Lex::Preposition | Lex::Kept | Lex::At | Lex::From | Lex::To | Lex::Between | Lex::Bound(_))
        })
    });
    if view.mode == Mode::Text || view.glued(i) || !led {
        return None;
    }
    let joined = view.glued(i + 1) && view.glued(i + 2) && (view.dash(i + 1) || view.sign(i + 1, '/'));
    let year = |at: usize| view.number(at).filter(|n| n.digits == 4).and_then(super::year::bare_year);
    let month = |at: usize| day_at(view, at).filter(|m| *m <= 12);
    let (year, month) = match (year(i), month(i + 2)) {
        (Some(year), Some(month)) => (year, month),
        _ => (year(i + 2)?, month(i)?),
    };
    (joined && super::range::ends(view, i + 3) && !view.dash(i + 3) && !view.sign(i + 3, '/'))
        .then(|| Made::expression(i + 3, date(Scope::Year(year), month, None, "gregorian")))
}

/// The English name of a month, whole or its first three letters: dates in its form are written in texts of all languages.
pub(super) fn english_month(word: &str) -> Option<u8> {
    let same = |name: &&str| {
        word.eq_ignore_ascii_case(name) || name.get(..3).is_some_and(|short| word.eq_ignore_ascii_case(short))
    };
    let month = ENGLISH_MONTHS.iter().position(same)?;
    Some(month as u8 + 1)
}

const ENGLISH_MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// 11/20, 29/2: a day of a month where something says that it is one: a preposition of time, or nothing else in the text.
pub(super) fn slashed(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let first = day_at(view, i)?;
    let dotted = view.sign(i + 1, '.');
    let dashed = view.is_loose() && i == 0 && view.dash(i + 1) && view.at(i + 3).is_none();
    if !(view.sign(i + 1, '/') || dotted || dashed) || !view.glued(i + 1) || !view.glued(i + 2) {
        return spaced(view, i);
    }
    let second = day_at(view, i + 2).filter(|_| !view.number(i + 2).is_some_and(|n| n.ordinal))?;
    let digits = |at: usize| view.number(at).map_or(0, |n| n.digits);
    let pointed = dotted && view.sign(i + 3, '.') && view.glued(i + 3);
    let to = i + 3 + usize::from(pointed);
    let led = view.before(i).is_some_and(|n| {
        n.expression().is_some_and(|e| matches!(e.body, super::tree::Body::Calendar { field: Field::Weekday(_), .. }))
            || !view.at(i).is_some_and(|next| next.glued)
                && n.lexemes.iter().any(|l| {
                    matches!(
                        l,
                        Lex::Preposition | Lex::Kept | Lex::At | Lex::From | Lex::To | Lex::Between | Lex::DayMark
                    ) || matches!(l, Lex::Unit(Unit::Day) | Lex::Weekday(_) | Lex::Relative(_))
                })
    });
    // 22/04'te, 22/04 को
    let led = led || view.language.genitive_first && view.has(to, Lex::Preposition);
    let alone = i == 0 && (view.at(to).is_none() && view.text.len() < 24 || view.is_loose());
    // den 28.10., le 17/02
    let led = led || view.mode != Mode::Text && view.before(i).is_some_and(|n| n.has(Lex::The));
    // 11/20, 11/22 or 11/25; 14.10. – 15.10.2013
    let led = led
        || listed(view, i)
        || pointed && (view.dash(to) || view.has(to, Lex::To)) && view.expression(to + 1).is_some();
    // 10/1-11/7: the end of a range in a query.
    let led = led
        || view.mode != Mode::Text
            && view.before(i).is_some_and(Node::is_dash)
            && i >= 4
            && view.sign(i - 3, '/')
            && view.number(i - 4).is_some();
    let ended = view.at(to).is_none_or(|n| {
        matches!(n.kind, super::token::Kind::Sign(_)) && !n.is_sign('%') && !n.is_sign('/')
            || n.barrier
            || n.time().is_some()
            || n.lexemes
                .iter()
                .any(|l| matches!(l, Lex::At | Lex::Kept | Lex::Preposition | Lex::To | Lex::And | Lex::From))
    });
    // With one figure each it is a fraction, unless it stands alone or behind a point.
    let wide = digits(i) == 2 || digits(i + 2) == 2 || pointed;
    let wide = wide || view.is_loose() || view.mode != Mode::Text && view.before(i).is_some_and(|n| n.has(Lex::The));
    let sure = if dotted { pointed && led || digits(i) == 2 && digits(i + 2) == 2 && led } else { led && wide };
    let ended = ended || view.mode != Mode::Text && dotted && view.at(to).is_some_and(Node::is_plain);
    // 11/22 or 11/25
    let ended = ended || listed(view, i) || view.number(to + 1).is_some() && listed(view, to + 1);
    if !(sure && ended || alone && (!dotted || pointed)) || view.unit(to).is_some() {
        return None;
    }
    let expression = match (first <= 31 && (1..=12).contains(&second), (1..=12).contains(&first) && second <= 31) {
        (false, false) => return None,
        (true, second_fits) if !second_fits || dotted || view.language.order == Order::DayFirst => {
            date(Scope::Open, second, Some(first), "gregorian")
        }
        _ => date(Scope::Open, first, Some(second), "gregorian"),
    };
    Some(Made::expression(to, Expression { rule: "date.digits", ..expression }.with_doubt(0.2)))
}

/// A word for and, or, to has so many bytes at most.
const JOINT: usize = 8;

/// So many dates of a list are looked at.
const LISTED: usize = 8;

/// Whether the digits at `i` go on a list of dates, of which the first is led by a word: on 11/20, 11/22 or 11/25.
fn listed(view: &View<'_, '_>, i: usize) -> bool {
    let slashed = |at: usize| view.sign(at + 1, '/') && day_at(view, at).is_some() && day_at(view, at + 2).is_some();
    let joint = |at: usize| view.sign(at, ',') || view.is_word(at) && view.source(at).len() <= JOINT;
    let mut at = i;
    // No list of more is followed to its beginning, so that time is in proportion to the text.
    for _ in 0..LISTED {
        let Some(first) = at.checked_sub(4).filter(|first| slashed(*first) && joint(first + 3)) else { break };
        at = first;
    }
    at < i
        && view.before(at).is_some_and(|n| {
            n.lexemes.iter().any(|l| matches!(l, Lex::Preposition | Lex::Kept | Lex::At | Lex::Between))
        })
}

/// 31 10 1974, 15 - 2: nothing else stands in the text.
fn spaced(view: &View<'_, '_>, i: usize) -> Option<Made> {
    if !view.is_loose() || i > 0 {
        return None;
    }
    let joined = view.dash(1) || view.sign(1, '/');
    let second = if joined { 2 } else { 1 };
    let year = view.number(second + 1).and_then(super::year::bare_year);
    let end = second + 1 + usize::from(year.is_some());
    let (a, b) = (day_at(view, 0)?, day_at(view, second)?);
    if view.at(end).is_some() || !joined && year.is_none() || joined && year.is_some() {
        return None;
    }
    let month_first = view.language.order == Order::MonthFirst;
    let (month, day) = match (a <= 12, b <= 12) {
        (true, true) if month_first => (a, b),
        (_, true) => (b, a),
        (true, false) => (a, b),
        (false, false) => return None,
    };
    let expression = date(year.map_or(Scope::Open, Scope::Year), month, Some(day), "gregorian");
    Some(Made::expression(end, Expression { rule: "date.digits", ..expression }.with_doubt(0.2)))
}

fn with_year(view: &View<'_, '_>, at: usize, month: u8, day: Option<u8>, signed: bool) -> Made {
    let behind = if (view.sign(at, '-') || view.sign(at, '/')) && view.glued(at + 1) {
        year_behind(view, at + 1)
    } else {
        year_behind(view, at)
    };
    if let Some((year, to, calendar)) = behind {
        return Made::expression(to, date(Scope::Year(year), month, day, calendar));
    }
    // 5/May/21
    if signed
        && (view.sign(at, '-') || view.sign(at, '/'))
        && let Some(n) = view.number(at + 1).filter(|n| n.digits == 2 && !n.quantity)
    {
        let y = n.int() + if n.int() < 50 { 2000 } else { 1900 };
        return Made::expression(at + 2, date(Scope::Year(y), month, day, "gregorian"));
    }
    // 5 de mayo de 68, 5 mai 98
    let of = view.skip(at, Lex::Of);
    if let Some(n) = view.number(of).filter(|n| n.digits == 2 && !n.quantity && n.int() > 31 && !view.glued(of))
        && view
            .at(of + 1)
            .is_none_or(|next| matches!(next.kind, super::token::Kind::Sign('.' | ',' | ';' | ')' | '!' | '?')))
    {
        let year = n.int() + if n.int() < 50 { 2000 } else { 1900 };
        return Made::expression(of + 1, date(Scope::Year(year), month, day, "gregorian").with_doubt(0.1));
    }
    Made::expression(at, date(Scope::Open, month, day, "gregorian"))
}

/// A month alone; where its name is a common word too, only with something beside it that makes it a month.
fn lone_month(view: &View<'_, '_>, i: usize, month: u8) -> Option<Made> {
    let node = view.at(i)?;
    let expression = date(Scope::Open, month, None, "gregorian");
    if !node.weak {
        let led = view.before(i).is_some_and(|n| {
            n.lexemes
                .iter()
                .any(|l| matches!(l, Lex::Preposition | Lex::Relative(_) | Lex::Modifier(_) | Lex::Between | Lex::And))
        });
        let capital =
            node.capital || view.mode != Mode::Text || led || view.language.unspaced || view.language.case_free;
        return capital.then(|| Made::expression(i + 1, expression));
    }
    let before = view.before(i);
    let led = before.is_some_and(|n| {
        n.lexemes.iter().any(|l| {
            matches!(
                l,
                Lex::Preposition
                    | Lex::Kept
                    | Lex::Relative(_)
                    | Lex::Same
                    | Lex::Modifier(_)
                    | Lex::Each
                    | Lex::From
                    | Lex::To
                    | Lex::Between
                    | Lex::Of
                    | Lex::Day(_)
            )
        })
    });
    let ranged = (view.dash(i + 1) || view.has(i + 1, Lex::To)) && month_at(view, i + 2).is_some()
        || view.before(i).is_some_and(|n| n.is_dash() || n.has(Lex::To))
            && i.checked_sub(2).is_some_and(|k| month_at(view, k).is_some());
    let followed = ranged
        || view.pick(i + 1, |l| matches!(l, Lex::Relative(_) | Lex::Same | Lex::Year(_)).then_some(())).is_some();
    let asked = view.mode != Mode::Text && before.is_some_and(|n| n.has(Lex::Preposition));
    let named = view.language.case_free || node.capital || asked;
    ((led || followed) && named && !view.source(i).ends_with('.'))
        .then(|| Made::expression(i + 1, expression.with_doubt(0.15)))
}

/// The month of May, el día 9 de julio: the unit before the name adds nothing but belongs to it.
pub(super) fn unit_named(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let unit = view.pick(i, |l| if let Lex::Unit(unit) = l { Some(unit) } else { None })?;
    let at = view.skip(i + 1, Lex::Of);
    let inner = view.expression(at)?;
    let super::tree::Body::Calendar { field: Field::Month(_, day), direction: None, .. } = inner.body else {
        return None;
    };
    let fits = unit == Unit::Month && day.is_none() && at > i + 1 || unit == Unit::Day && day.is_some();
    let free = view.before(i).is_none_or(|n| n.number().is_none());
    (fits && free).then(|| Made::expression(at + 1, inner.clone()))
}

/// A day of the month alone: el día 8, le 19, am 5.
pub(super) fn lone_day(view: &View<'_, '_>, i: usize) -> Option<Made> {
    if view.language.unspaced {
        return None;
    }
    let the = view.skip(i, Lex::The);
    let unit = view.unit(the) == Some(Unit::Day);
    let at = the + usize::from(unit);
    let n = view.number(at)?;
    let led = unit && view.before(the).is_none_or(|b| b.number().is_none())
        || the > i
            && n.digits > 0
            && (n.ordinal
                || view.language.article_dates
                    && view
                        .before(i)
                        .is_none_or(|b| b.kind != super::token::Kind::Word || !b.is_plain() || view.is_loose()));
    if !led || !super::combine::day_of_month(view, at, n) || n.digits == 0 && !unit {
        return None;
    }
    let from = if unit && !view.language.article_dates && the > i { return None } else { at + 1 };
    Some(Made::expression(
        from,
        Expression::calendar(Scope::Open, Field::Day(n.int() as u8), DAY_RULE).with_doubt(0.15),
    ))
}

/// 2021年5月3日 and its parts.
pub(super) fn marked_date(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let mut at = i;
    let (mut scope, mut calendar) = (Scope::Open, "gregorian");
    let year =
        year_at(view, i).filter(|_| !matches!(view.at(i), Some(n) if n.lexemes.is_empty() && n.number().is_none()));
    if let Some((y, to, marked, c)) = year.filter(|y| y.2) {
        let _ = marked;
        (scope, calendar, at) = (Scope::Year(y), c, view.skip(to, Lex::Of));
    } else if let Some(n) = view.pick(i, |l| if let Lex::Year(n) = l { Some(n) } else { None }) {
        (scope, at) = (Scope::Relative(Unit::Year, i32::from(n), Anchor::Document), view.skip(i + 1, Lex::Of));
    }
    let has_scope = at > i;
    let number = |at: usize, most: i32| {
        view.number(at)
            .filter(|n| !n.quantity && !n.roman && (1..=most).contains(&n.int()) && n.digits <= 2)
            .map(|n| n.int() as u8)
    };
    let month = number(at, 12)
        .filter(|_| view.has(at + 1, Lex::MonthMark))
        .map(|m| (m, at + 2))
        .or_else(|| month_at(view, at).filter(|_| view.language.unspaced).map(|m| (m, at + 1)));
    if let Some((month, to)) = month {
        // 5月3日, 八月十五
        let next = view.skip(to, Lex::Of);
        if let Some(day) = number(next, 31) {
            let marked = view.has(next + 1, Lex::DayMark);
            let bare = view
                .pick(next + 1, |l| matches!(l, Lex::Unit(_) | Lex::HourMark | Lex::MonthMark).then_some(()))
                .is_none()
                && view.number(next).is_some_and(|n| !n.ordinal && (n.digits == 0 || has_scope && n.digits == 2));
            if marked || bare {
                return Some(Made::expression(next + 1 + usize::from(marked), date(scope, month, Some(day), calendar)));
            }
        }
        return Some(Made::expression(to, date(scope, month, None, calendar)));
    }
    if has_scope {
        if matches!(scope, Scope::Relative(..)) {
            return Some(Made::expression(at.min(i + 1), Expression::calendar(scope, Field::Whole, "date.deictic")));
        }
        return None;
    }
    // 29日
    let day = number(i, 31).filter(|_| {
        view.has(i + 1, Lex::DayMark) && view.language.unspaced && !view.source(i + 1).starts_with(['号', '號'])
    })?;
    (view.number(i).is_some_and(|n| !n.ordinal))
        .then(|| Made::expression(i + 2, Expression::calendar(Scope::Open, Field::Day(day), DAY_RULE).with_doubt(0.1)))
}
