//! From … to …, between … and …, 5–7 May, 2019–2021.

use super::cascade::{Made, View};
use super::token::Number;
use super::tree::{Body, Expression, Field, Scope, TimeOfDay};
use crate::rules::timex::Lex;

/// From … to …, between … and …, 5–7 May, 2019–2021.
pub(super) fn range(view: &View<'_, '_>, i: usize) -> Option<Made> {
    let from = view.has(i, Lex::From);
    let between = view.has(i, Lex::Between);
    let start = view.skip(i + usize::from(from || between), Lex::The);
    let first = view.expression(start);
    let number = view.number(start).filter(|n| !n.quantity && !n.roman);
    let apart = view.language.split_ranges && first.is_some_and(|e| !matches!(e.body, Body::Time));
    if apart || first.is_none() && number.is_none() {
        return None;
    }
    let joint = start + 1;
    let joined = if between {
        view.has(joint, Lex::And) || view.has(joint, Lex::To)
    } else {
        view.has(joint, Lex::To) || view.dash(joint)
    };
    if !joined || view.text.get(view.at(joint)?.span.end()..)?.starts_with('\n') {
        return None;
    }
    let at = view.skip(joint + 1, Lex::The);
    let second = view.expression(at)?;
    let first = match first {
        Some(first) => first.clone(),
        None => before(number?, second)?,
    };
    let bare = !from && !between && !view.dash(joint) && number.is_none();
    if !alike(&first, second)
        || bare && !same_kind(&first, second)
        || !(from || between || view.dash(joint) || view.language.bare_range || view.language.unspaced)
    {
        return None;
    }
    let first = share(first, second);
    let to = at + 1 + usize::from(view.has(at + 1, Lex::RangeEnd));
    let rule = "date.range";
    Some(Made::expression(to, Expression::new(Body::Range(Box::new(first), Box::new(second.clone())), rule)))
}

/// The bare number before a range's end: 5–7 May, 2019–2021 годы.
fn before(number: Number, second: &Expression) -> Option<Expression> {
    let n = number.int();
    match (&second.body, second.time) {
        (Body::Calendar { scope, field: Field::Month(month, Some(day)), .. }, None)
            if (1..=31).contains(&n) && n <= i32::from(*day) =>
        {
            Some(Expression::calendar(scope.clone(), Field::Month(*month, Some(n as u8)), second.rule))
        }
        (Body::Calendar { scope: Scope::Year(year), field: Field::Whole, .. }, None)
            if (1000..2200).contains(&n) && n <= *year && number.digits == 4 =>
        {
            Some(Expression::calendar(Scope::Year(n), Field::Whole, second.rule))
        }
        (Body::Century(last), None) if (1..=*last).contains(&n) => Some(Expression::new(Body::Century(n), second.rule)),
        (Body::Time, Some(TimeOfDay::Clock { hour, sure, zone, .. })) if (0..=24).contains(&n) => {
            let late = sure && hour > 12 && n < 12 && n + 12 <= i32::from(hour);
            let hour = if late { n + 12 } else { n } as u8;
            let time = TimeOfDay::Clock { hour, minute: None, second: None, zone, sure };
            Some(Expression { time: Some(time), ..Expression::new(Body::Time, second.rule) })
        }
        _ => None,
    }
}

/// Whether two expressions can be the ends of one range.
fn alike(first: &Expression, second: &Expression) -> bool {
    let calendar = |e: &Expression| {
        matches!(e.body, Body::Calendar { .. } | Body::Ambiguous { .. } | Body::Decade(_) | Body::Century(_))
    };
    let clock = |e: &Expression| matches!(e.body, Body::Time);
    calendar(first) && calendar(second)
        || clock(first) && clock(second)
        || calendar(first) && first.time.is_some() && clock(second)
}

/// Whether both are years, or both months, or both days, and so on.
fn same_kind(first: &Expression, second: &Expression) -> bool {
    match (&first.body, &second.body) {
        (Body::Calendar { field: Field::Month(_, a), .. }, Body::Calendar { field: Field::Month(_, b), .. }) => {
            a.is_some() == b.is_some()
        }
        (
            Body::Calendar { scope: Scope::Year(_), field: Field::Whole, .. },
            Body::Calendar { scope: Scope::Year(_), field: Field::Whole, .. },
        ) => true,
        (Body::Calendar { field: a, .. }, Body::Calendar { field: b, .. }) => {
            *a != Field::Whole && std::mem::discriminant(a) == std::mem::discriminant(b)
        }
        (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}

/// May to June 2021: the year of the end is that of the beginning.
fn share(mut first: Expression, second: &Expression) -> Expression {
    if let (
        Body::Calendar {
            scope: scope @ Scope::Open,
            field: Field::Month(..) | Field::Quarter(_) | Field::Half(_),
            direction: None,
        },
        Body::Calendar { scope: other, field: Field::Month(..) | Field::Quarter(_) | Field::Half(_), .. },
    ) = (&mut first.body, &second.body)
    {
        *scope = other.clone();
    }
    first
}
