//! Parts of the year: quarters, halves, seasons, numbered weeks, named days.

use super::calendar::rank_at;
use super::cascade::{Made, View};
use super::token::Number;
use super::tree::{Expression, Field, Scope};
use super::year::{year_at, year_behind};
use crate::rules::timex::{Lex, Unit};

const PART_RULE: &str = "date.part";

/// Q3 2021, the third quarter of 2021, the first half, II полугодие, week 12, spring 2021, named days.
pub(super) fn part_of_year(view: &View<'_, '_>, i: usize) -> Option<Made> {
    // 2021 Q3, 2021年上半年
    if let Some((year, to, _, _)) = year_at(view, i).filter(|_| view.number(i).is_some())
        && let Some((field, end)) = field_at(view, hyphened(view, to).unwrap_or_else(|| view.skip(to, Lex::Of)))
            .filter(|(field, _)| !matches!(field, Field::Holiday(_)) || view.language.unspaced)
    {
        return Some(Made::expression(end, Expression::calendar(Scope::Year(year), field, PART_RULE)));
    }
    let (field, to) = field_at(view, view.skip_hyphen(view.skip(i, Lex::Fiscal)))?;
    if let Some((year, end, _)) =
        year_behind(view, to).filter(|_| !matches!(field, Field::Week(_)) || view.has(to, Lex::Of))
    {
        return Some(Made::expression(end, Expression::calendar(Scope::Year(year), field, PART_RULE)));
    }
    // Q1-2019
    if let Some(at) = hyphened(view, to)
        && let Some((year, end, _)) = year_behind(view, at)
        && matches!(field, Field::Quarter(_) | Field::Half(_))
    {
        return Some(Made::expression(end, Expression::calendar(Scope::Year(year), field, PART_RULE)));
    }
    let node = view.at(i)?;
    let lone = match field {
        Field::Season(_) => {
            !node.weak
                || view.before(i).is_some_and(|n| {
                    !n.has(Lex::To)
                        && n.lexemes.iter().any(|l| {
                            matches!(
                                l,
                                Lex::Preposition
                                    | Lex::Relative(_)
                                    | Lex::Modifier(_)
                                    | Lex::The
                                    | Lex::Same
                                    | Lex::Each
                            )
                        })
                })
        }
        Field::Week(_) => view.has(i, Lex::WeekNumber),
        Field::Holiday(_) => !node.weak,
        _ => true,
    };
    lone.then(|| Made::expression(to, Expression::calendar(Scope::Open, field, PART_RULE)))
}

/// Past a hyphen or slash without blanks.
fn hyphened(view: &View<'_, '_>, i: usize) -> Option<usize> {
    let joined = (view.dash(i) || view.sign(i, '/')) && view.glued(i) && view.glued(i + 1);
    joined.then_some(i + 1)
}

fn field_at(view: &View<'_, '_>, i: usize) -> Option<(Field, usize)> {
    if let Some(found) = view.pick(i, |l| match l {
        Lex::Quarter(q) => Some(Field::Quarter(q)),
        Lex::HalfYear(h) => Some(Field::Half(h)),
        Lex::Season(s) => Some(Field::Season(s)),
        Lex::Holiday(h) => Some(Field::Holiday(h)),
        _ => None,
    }) {
        return Some((found, i + 1));
    }
    // the third fiscal quarter, third-quarter, III квартал
    let glued = |n: &Number| view.language.unspaced && view.language.joins() && n.digits == 1 && view.glued(i + 1);
    let rank = rank_at(view, i)
        .or_else(|| view.number(i).filter(glued).map(Number::int))
        .or_else(|| view.number(i).filter(|n| n.roman).map(Number::int));
    if let Some(rank) = rank.filter(|r| (1..=53).contains(r)) {
        let at = view.skip(view.skip_hyphen(i + 1), Lex::Fiscal);
        if let Some(unit) = view.unit(at) {
            let field = match unit {
                Unit::Quarter if rank <= 4 => Field::Quarter(rank as u8),
                Unit::HalfYear if rank <= 2 => Field::Half(rank as u8),
                _ => return None,
            };
            return Some((field, view.skip(at + 1, Lex::Fiscal)));
        }
        // the first half of
        if rank <= 2
            && view.has(at, Lex::Half)
            && view.has(at + 1, Lex::Of)
            && (year_at(view, view.skip_joint(at + 1)).is_some())
        {
            return Some((Field::Half(rank as u8), at + 1));
        }
        return None;
    }
    if view.has(i, Lex::WeekNumber)
        && !view.language.unspaced
        && let Some(n) =
            view.number(i + 1).filter(|n| !n.quantity && !n.ordinal && (1..=53).contains(&n.int()) && n.digits > 0)
        && view.unit(i + 2).is_none()
    {
        return Some((Field::Week(n.int()), i + 2));
    }
    None
}
