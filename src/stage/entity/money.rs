//! Amounts of money, by signs and names of currencies.

use super::line::{Draft, Line};
use crate::model::EntityType;
use crate::rules::entity::Class;
use crate::rules::entity::token::Kind;

const MONEY: &str = "entity.money";

/// Signs of currencies; `$` with letters before it is another dollar.
const SIGNS: [(char, &str); 9] = [
    ('$', "USD"),
    ('€', "EUR"),
    ('£', "GBP"),
    ('¥', "CNY"),
    ('₽', "RUB"),
    ('₴', "UAH"),
    ('₹', "INR"),
    ('₩', "KRW"),
    ('₸', "KZT"),
];

/// Money in the line; the code of the currency is the name.
pub(super) fn money(line: &Line<'_>, out: &mut Vec<Draft>) {
    if !line.amounts {
        return;
    }
    for i in 0..line.tokens.len() {
        let mark = line.mark(i);
        if mark != '\0'
            && let Some((_, code)) = SIGNS.iter().find(|(sign, _)| *sign == mark)
        {
            // $5 million; 5 €
            if line.is_number(i + 1) {
                let prefixed = i > 0
                    && line.token(i - 1).is_some_and(|t| t.kind == Kind::Word && t.latin)
                    && line.is_upper(i - 1)
                    && line.token(i).is_some_and(|t| !t.spaced)
                    && line.low(i - 1).len() < 4;
                let end = magnitudes(line, numbers(line, i + 1));
                out.push(draft(line, if prefixed { i - 1 } else { i }, end, code));
            } else if i > 0 && (line.is_number(i - 1) || line.is(i - 1, Class::Magnitude)) {
                let from = amount_before(line, i);
                out.push(draft(line, from, i + 1, code));
            }
            continue;
        }
        let Some(reading) = line.row(i, Class::Currency) else { continue };
        if line.is_capital(i) && !line.is_upper(i) && line.note(i).begins {
            continue;
        }
        let mut end = i + usize::from(reading.len);
        let code = line.lexicon.lemma_of(&reading);
        let from = amount_before(line, i);
        if from == i {
            continue;
        }
        if let Some(place) = line.row(end, Class::Place).filter(|p| p.len == 1 && line.is_upper(end)) {
            end += usize::from(place.len);
        }
        out.push(draft(line, from, end, code));
    }
}

fn draft(line: &Line<'_>, from: usize, to: usize, code: &str) -> Draft {
    line.draft(from, to, EntityType::Money, MONEY, 0.86, code.to_owned())
}

/// Where digits, parted by blanks in groups of three, end.
fn numbers(line: &Line<'_>, start: usize) -> usize {
    let mut end = start;
    while line.is_number(end) && (end == start || line.low(end).len() == 3) {
        end += 1;
    }
    end
}

fn magnitudes(line: &Line<'_>, start: usize) -> usize {
    let mut end = start;
    while line.is(end, Class::Magnitude) {
        end += 1;
        if line.mark(end) == '.' && line.low(end - 1).chars().count() < 5 && line.is(end + 1, Class::Currency) {
            end += 1;
        }
    }
    end
}

/// Where the amount begins that ends before `i`; `i` where there is none.
fn amount_before(line: &Line<'_>, i: usize) -> usize {
    let mut from = i;
    let mut counted = false;
    while from > 0 && i - from < 8 {
        let before = from - 1;
        let part = line.is_number(before)
            || line.is(before, Class::Magnitude)
            || line.is(before, Class::Numeral)
            || line.mark(before) == '.' && before > 0 && line.is(before - 1, Class::Magnitude)
            || counted && matches!(line.mark(before), '–' | '-' | '—') && before > 0 && line.is_number(before - 1)
            || !counted
                && from == i
                && line.adjective_place(before).is_some()
                && before > 0
                && (line.is_number(before - 1) || line.is(before - 1, Class::Magnitude));
        if !part || !line.same_sentence(before, i) {
            break;
        }
        counted |= line.is_number(before) || line.is(before, Class::Magnitude) || line.is(before, Class::Numeral);
        from = before;
    }
    if counted { from } else { i }
}
