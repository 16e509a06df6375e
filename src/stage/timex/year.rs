//! Years, decades and centuries.

use super::cascade::{Made, View};
use super::token::{Kind, Node, Number};
use super::tree::{Body, Expression, Field, Scope};
use crate::rules::timex::{Calendar, Lex, Unit};

const YEAR_RULE: &str = "date.year";

/// A year alone, where something makes it one.
pub(super) fn lone_year(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let fiscal = view.has(i, Lex::Fiscal);
    let at = if fiscal { i + 1 + usize::from(matches!(view.unit(i + 1), Some(Unit::Year))) } else { i };
    // año fiscal de 2019, Geschäftsjahr 2019/20
    let behind = matches!(view.unit(i), Some(Unit::Year)) && view.has(i + 1, Lex::Fiscal);
    if behind && let Some((year, to, calendar)) = year_behind(view, i + 2) {
        let expression = Expression { calendar, ..Expression::calendar(Scope::Year(year), Field::Whole, YEAR_RULE) };
        return Some(Made::expression(seasons(view, to), expression));
    }
    // the year 2000
    let named = matches!(view.unit(at), Some(Unit::Year)) && view.number(at + 1).and_then(bare_year).is_some();
    let start = at + usize::from(named);
    let (year, to, marked, calendar) = year_at(view, start)?;
    let expression = Expression { calendar, ..Expression::calendar(Scope::Year(year), Field::Whole, YEAR_RULE) };
    if marked || fiscal || named {
        let counted = view.language.unspaced
            && view.pick(to, |l| matches!(l, Lex::Ago | Lex::Hence).then_some(())).is_some()
            && view.number(start).is_some_and(|n| n.digits < 4 && !n.year)
            && !view.source(start).starts_with('0');
        // 2019 финансовый год
        let to = if fiscal { seasons(view, to) } else { to };
        return (!counted).then(|| Made::expression(to, expression));
    }
    // 2019 финансовый год, 2019 fiscal year
    if view.has(to, Lex::Fiscal) && matches!(view.unit(to + 1), Some(Unit::Year)) && (1900..2100).contains(&year) {
        return Some(Made::expression(to + 2, expression));
    }
    let n = view.number(start)?;
    if n.digits != 4 && !n.year && n.digits != 0 || !(1000..2100).contains(&year) {
        return None;
    }
    let before = view.before(start);
    let after = view.at(to);
    // +351 21 123 2018, n° 2019: a telephone number, the number of a law.
    let counted = |n: Number| (n.digits >= 2 || n.quantity) && !n.ordinal;
    if before.and_then(Node::number).is_some_and(counted) || is_numbered(view, start) {
        return None;
    }
    // Glued to letters or signs it is part of a name.
    if view.glued(to)
        && after.is_some_and(|a| {
            a.lexemes.is_empty()
                && !matches!(
                    a.kind,
                    Kind::Sign(
                        ')' | ','
                            | '.'
                            | ';'
                            | ':'
                            | '!'
                            | '?'
                            | '-'
                            | '–'
                            | '—'
                            | '/'
                            | '»'
                            | '"'
                            | '”'
                            | '’'
                            | '\''
                            | ']'
                            | '）'
                            | '，'
                            | '。'
                            | '~'
                    )
                )
        })
        && !view.language.unspaced
    {
        return None;
    }
    if view.glued(start)
        && before.is_some_and(|b| {
            !matches!(b.kind, Kind::Sign('(' | '[' | '"' | '“' | '«' | '-' | '–' | '—' | '/' | '（' | '‘' | '~'))
                && b.lexemes.is_empty()
                && b.expression().is_none()
        })
        && !view.language.unspaced
    {
        return None;
    }
    if before.is_some_and(Node::is_dash) && !led_by_year(view, start) && view.glued(start) {
        return None;
    }
    // A unit behind makes it a length.
    if view.unit(to).is_some() && !view.dash(to) {
        return None;
    }
    let led = before.is_some_and(|b| {
        b.lexemes.iter().any(|l| {
            matches!(
                l,
                Lex::Preposition
                    | Lex::Kept
                    | Lex::From
                    | Lex::To
                    | Lex::Between
                    | Lex::Modifier(_)
                    | Lex::And
                    | Lex::Before
                    | Lex::After
                    | Lex::Of
            )
        }) || matches!(b.kind, Kind::Sign('(' | '-' | '–' | '—' | '/' | '（' | '[' | ','))
    });
    let ended = after.is_none_or(|a| matches!(a.kind, Kind::Sign(_)) || a.barrier);
    let noun =
        after.is_some_and(|a| a.kind == Kind::Word && a.capital == view.language.noun_capitals && a.lexemes.is_empty());
    let round = year % 100 == 0 && year != 2000 && year != 1900;
    let likely = (1800..=2050).contains(&year);
    let ok = match (led, noun, view.language.bare_year) {
        (true, false, _) => !round || likely || ended,
        (true, true, _) => likely && !round,
        (false, _, true) => {
            (1900..=2035).contains(&year) && !round && (ended || !noun || before.is_some_and(|b| b.has(Lex::The)))
        }
        (false, false, false) => (1900..=2035).contains(&year) && ended,
        _ => false,
    };
    ok.then(|| Made::expression(to, expression.with_doubt(if led { 0.05 } else { 0.2 })))
}

/// Whether the sign or the abbreviation before says that this is the number of something: №, n°, Nr.
fn is_numbered(view: &View<'_, '_>, i: usize) -> bool {
    let head = view.at(i).and_then(|n| view.text.get(..n.span.start())).unwrap_or_default().trim_end();
    let last = head.rsplit(char::is_whitespace).next().unwrap_or_default();
    let short = last.trim_end_matches(['.', 'o']);
    last.ends_with(['№', '#', '§', 'º', '°'])
        || last.ends_with('.') && matches!(short, "N" | "n" | "Nr" | "nr" | "Art" | "art" | "№")
}

/// Past the second half of a year that begins in one and ends in the next: 2019/20.
fn seasons(view: &View<'_, '_>, to: usize) -> usize {
    let split = (view.sign(to, '/') || view.dash(to))
        && view.glued(to)
        && view.glued(to + 1)
        && view.number(to + 1).is_some_and(|n| matches!(n.digits, 2 | 4) && !n.quantity);
    to + if split { 2 } else { 0 }
}

/// 1990s, 90-е годы, 90年代, the nineties.
pub(super) fn decade(view: &View<'_, '_>, i: usize) -> Option<Made> {
    if let Some(n) = view.pick(i, |l| if let Lex::Decade(n) = l { Some(n) } else { None }) {
        let led = view
            .before(i)
            .is_some_and(|n| n.lexemes.iter().any(|l| matches!(l, Lex::The | Lex::Modifier(_) | Lex::Kept)));
        // Supera los 80: a number with its article is a decade only behind some prepositions, with nothing that it counts.
        let bare = view.language.article_dates
            && view.source(i).split(' ').next().is_some_and(|first| {
                language_article(view, first) && view.source(i).ends_with(|c: char| c.is_ascii_digit())
            });
        let joint = |l: &Lex| matches!(l, Lex::Of | Lex::Preposition | Lex::Modifier(_) | Lex::From | Lex::Between);
        let counts = view.at(i + 1).is_some_and(|n| {
            n.is_plain() && !n.barrier && !n.capital && view.source(i + 1).len() > 3 || n.is_sign('%')
        });
        let led_in = view.before(i).is_some_and(|n| n.lexemes.iter().any(joint) && (!n.has(Lex::To) || n.has(Lex::Of)));
        if bare && (!led_in || counts) {
            return None;
        }
        return (led || view.source(i).contains(' ')).then(|| {
            Made::expression(i + 1, Expression::new(Body::Decade(i32::from(n)), "date.decade").with_doubt(0.1))
        });
    }
    let lead = view.has(i, Lex::DecadeLead) || matches!(view.unit(i), Some(Unit::Decade));
    if lead {
        return decade_behind(view, i);
    }
    let at = if view.sign(i, '\'') || view.sign(i, '’') { i + 1 } else { i };
    let n = view.number(at).filter(|n| !n.quantity && !n.ordinal)?;
    let mut mark = at + 1;
    if view.language.point_ordinals && view.sign(mark, '.') && view.glued(mark) {
        mark += 1;
    }
    if view.dash(mark) && view.glued(mark) && view.glued(mark + 1) {
        mark += 1;
    }
    let said = n.int();
    if !view.has(mark, Lex::DecadeMark) || said % 10 != 0 {
        return None;
    }
    if view.language.hundreds && n.digits == 4 && said % 100 == 0 && said < 2000 {
        let body = Body::Century(said / 100 + 1);
        return Some(Made::expression(mark + 1, Expression::new(body, "date.century")));
    }
    let number = match n.digits {
        4 if (1000..2200).contains(&said) => said / 10,
        _ if n.year && (1000..2200).contains(&said) => said / 10,
        2 | 0 if (10..100).contains(&said) => {
            if said < 20 {
                200 + said / 10
            } else {
                190 + said / 10
            }
        }
        _ => return None,
    };
    let mut to = mark + 1;
    let led =
        view.before(i).is_some_and(|n| n.lexemes.iter().any(|l| matches!(l, Lex::The | Lex::Modifier(_) | Lex::Kept)));
    if n.digits == 2 && at == i && !view.language.unspaced && !led && view.unit(to) != Some(Unit::Year) {
        return None;
    }
    if !view.language.unspaced && matches!(view.unit(to), Some(Unit::Year)) {
        to += 1;
    }
    let doubt = if n.digits == 4 { 0.0 } else { 0.1 };
    Some(Made::expression(to, Expression::new(Body::Decade(number), "date.decade").with_doubt(doubt)))
}

/// Whether a word is an article.
fn language_article(view: &View<'_, '_>, word: &str) -> bool {
    view.language
        .lexicon
        .longest(word, |length| length == word.len())
        .is_some_and(|(_, entry)| entry.lexemes.contains(&Lex::The))
}

/// Anni '90, دهه ۶۰, década de 1990.
fn decade_behind(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let mut at = view.skip(view.skip(i + 1, Lex::Of), Lex::The);
    at += usize::from(view.sign(at, '\'') || view.sign(at, '’') || view.sign(at, '‘'));
    at = if view.dash(at) && view.glued(at + 1) { at + 1 } else { at };
    let n = view.number(at).filter(|n| !n.quantity && !n.roman && n.int() % 10 == 0)?;
    let persian = view.language.calendar == Some(Calendar::Persian);
    let number = match n.int() {
        y @ 1000..2200 => y / 10,
        y @ 10..100 if persian => 130 + y / 10,
        y @ 20..100 => 190 + y / 10,
        _ => return None,
    };
    // 90. lata
    let to = at + 1 + usize::from(view.sign(at + 1, '.') && view.glued(at + 1) && n.digits == 2);
    let doubt = if n.digits == 4 { 0.0 } else { 0.1 };
    Some(Made::expression(to, Expression::new(Body::Decade(number), "date.decade").with_doubt(doubt)))
}

/// 19th century, XIX век, 20世纪90年代.
pub(super) fn century(view: &View<'_, '_>, i: usize) -> Option<Made> {
    if matches!(view.unit(i), Some(Unit::Century)) {
        return century_behind(view, i);
    }
    let n = view.number(i).filter(|n| !n.quantity && (1..=40).contains(&n.int()))?;
    let at = view.skip_hyphen(i + 1);
    let unit = view.unit(at)?;
    if unit != Unit::Century
        || !(n.ordinal
            || n.roman
            || view.language.unspaced && n.digits > 0
            || view.language.unspaced && !view.source(at).starts_with('个'))
    {
        return None;
    }
    if view.source(at).starts_with('个') {
        return None;
    }
    let mut to = at + 1;
    let mut number = n.int();
    if view.has(to, Lex::BeforeChrist) {
        number = 1 - number;
        to += 1;
    } else if view.has(to, Lex::AnnoDomini) {
        to += 1;
    }
    // 20世纪90年代
    if view.language.unspaced
        && let Some(decade) = view.number(to).filter(|d| d.int() % 10 == 0 && d.int() < 100 && !d.quantity)
        && view.has(to + 1, Lex::DecadeMark)
    {
        let body = Body::Decade((number - 1) * 10 + decade.int() / 10);
        return Some(Made::expression(to + 2, Expression::new(body, "date.decade")));
    }
    Some(Made::expression(to, Expression::new(Body::Century(number), "date.century")))
}

/// القرن التاسع عشر, siglo XIX, המאה ה-19.
fn century_behind(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let at = view.skip(i + 1, Lex::The);
    let at = at + usize::from(at > i + 1 && view.dash(at) && view.glued(at + 1));
    let roman = view.number(at).filter(|n| n.roman).map(Number::int);
    let digits = || view.number(at).filter(|n| at > i + 1 && !n.quantity && n.digits <= 2).map(Number::int);
    let number =
        roman.or_else(|| super::calendar::rank_at(view, at)).or_else(digits).filter(|n| (1..=40).contains(n))?;
    let before = view.has(at + 1, Lex::BeforeChrist);
    let to = at + 1 + usize::from(before || view.has(at + 1, Lex::AnnoDomini));
    let body = Body::Century(if before { 1 - number } else { number });
    Some(Made::expression(to, Expression::new(body, "date.century")))
}

/// A year and the place after it, with its mark and era. `marked` says that a word or sign makes it a year.
pub(super) fn year_at(view: &View<'_, '_>, i: usize) -> Option<(i32, usize, bool, &'static str)> {
    // 民国三年, 令和3年
    if let Some((base, calendar)) =
        view.pick(i, |l| if let Lex::Era(base, name) = l { Some((base, name)) } else { None })
    {
        let (n, to) = if view.source(i + 1) == "元" {
            (1, i + 2)
        } else {
            (view.number(i + 1).filter(|n| n.value < 150.0)?.int(), i + 2)
        };
        return view.has(to, Lex::YearMark).then_some((base + n, to + 1, true, calendar));
    }
    let led = view.has(i, Lex::AnnoDomini) || view.has(i, Lex::BeforeChrist);
    let at = i + usize::from(led);
    // '98
    if (view.sign(at, '\'') || view.sign(at, '’') || view.sign(at, '‘'))
        && view.glued(at + 1)
        && let Some(n) = view.number(at + 1).filter(|n| n.digits == 2 && !n.quantity)
        && view.before(at).is_none_or(|_| !view.glued(at))
    {
        let y = n.int();
        return Some((if y < 40 { 2000 + y } else { 1900 + y }, at + 2, true, "gregorian"));
    }
    let n = view.number(at)?;
    if n.quantity || n.roman || n.value > 9999.0 {
        return None;
    }
    let mut to = at + 1;
    // 2004. aasta
    if view.language.point_ordinals
        && n.digits == 4
        && view.sign(to, '.')
        && view.glued(to)
        && matches!(view.unit(to + 1), Some(Unit::Year))
    {
        to += 1;
    }
    let mut marked = led;
    let plain = bare_year(n);
    let spelled = n.year || n.ordinal && n.value >= 1000.0;
    if view.has(to, Lex::YearMark) {
        // 3年 is a length of time, 03年 and 2003年 are years.
        let short = view.language.unspaced
            && plain.is_none()
            && !(n.digits == 2 && n.value < 40.0 && view.source(at).starts_with(['0', '零', '〇', '９', '9']))
            && !led;
        // 18年10月
        let dated = n.digits == 2
            && view.number(to + 1).is_some_and(|m| (1..=12).contains(&m.int()) && !m.quantity)
            && view.has(to + 2, Lex::MonthMark);
        if short && !dated && !(n.digits == 2 && n.value >= 50.0) {
            return None;
        }
        to += 1;
        marked = true;
    } else if !view.language.unspaced
        && (view.has(to, Lex::Unit(Unit::Year))
            || plain.is_some()
                && n.digits == 4
                && (view.has(to, Lex::Units(Unit::Year)) || view.has(to, Lex::YearsMark)))
        && (plain.is_some() || n.digits == 3 || n.ordinal && n.value > 31.0)
    {
        to += 1;
        marked = true;
    }
    if view.has(to, Lex::BeforeChrist) {
        return Some((1 - n.int(), to + 1, true, "gregorian"));
    }
    if led && view.has(i, Lex::BeforeChrist) {
        return Some((1 - n.int(), to, true, "gregorian"));
    }
    if view.has(to, Lex::AnnoDomini) {
        to += 1;
        marked = true;
        return Some((n.int(), to, marked, "gregorian"));
    }
    let year = match plain {
        Some(y) => y,
        None if marked && n.digits == 2 && view.language.unspaced => {
            if n.int() < 40 {
                2000 + n.int()
            } else {
                1900 + n.int()
            }
        }
        None if marked && (n.digits == 3 || led || spelled) => n.int(),
        None => return None,
    };
    Some((year, to, marked || spelled, "gregorian"))
}

/// A year behind a date, past a comma or `of`.
pub(super) fn year_behind(view: &View<'_, '_>, i: usize) -> Option<(i32, usize, &'static str)> {
    let at = view.skip_joint(i);
    // May of the year 2021
    let named = matches!(view.unit(at), Some(Unit::Year)) && view.number(at + 1).and_then(bare_year).is_some();
    let (year, to, _, calendar) = year_at(view, at + usize::from(named))?;
    // Twelve people, May 5, 2000 of whom…: a number before a counted noun stays out only where it has a separator, which is no year already.
    Some((year, to, calendar))
}

/// A year as its number says it is one: four digits, said as years are, or after an apostrophe.
pub(super) fn bare_year(n: Number) -> Option<i32> {
    let y = n.int();
    let fits = !n.quantity
        && !n.roman
        && (n.digits == 4 || n.year && n.value >= 1000.0 || n.digits == 0 && (1900..2100).contains(&y));
    (fits && (1000..2200).contains(&y)).then_some(y)
}

/// Whether a year stands before the dash before `start`, or a word.
fn led_by_year(view: &View<'_, '_>, start: usize) -> bool {
    start.checked_sub(2).and_then(|k| view.at(k)).is_none_or(|n| n.number().is_none_or(|n| bare_year(n).is_some()))
}
