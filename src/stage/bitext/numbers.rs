//! Numbers and their units. Digits of any script, decimal points and commas, groups, and words such as *million* are read as what they say.

use xxhash_rust::xxh3::xxh3_64;

use super::compare::unmatched;
use super::{Pair, Sink, Task};
use crate::model::{Finding, Message, Severity};
use crate::text::{Span, Spanned, script};

const NUMBER: &str = "segment.number";
const UNIT: &str = "segment.unit";

/// A number with fewer digits may have one in common with another by chance.
const SLIP: usize = 3;
/// So many findings back those of the same segment are looked for.
const NEAR: usize = 16;

/// A number as it stands in a text.
#[derive(Debug)]
struct Number<'r> {
    span: Span,
    /// What it may say: `1,234` is one of two.
    values: Vec<f64>,
    /// What it counts, where that is known.
    unit: Option<&'r str>,
    /// Its digits, those of any script as 0 to 9.
    figures: String,
}

impl Number<'_> {
    /// Digits that are no zeros at either end.
    fn telling(&self) -> usize {
        self.figures.trim_start_matches('0').trim_end_matches('0').len()
    }

    /// Whether one digit of three or more is another: a slip, for what was converted or counted otherwise has others, too.
    fn is_slip_of(&self, other: &Self) -> bool {
        self.figures.len() >= SLIP
            && self.unit.zip(other.unit).is_none_or(|(one, other)| one == other)
            && self.figures.len() == other.figures.len()
            && self.figures.bytes().zip(other.figures.bytes()).filter(|(a, b)| a != b).count() == 1
    }
}

/// Compares the numbers of a pair; `masked` are the places of placeholders in both.
pub(super) fn check(task: &Task<'_>, pair: &Pair<'_>, masked: &[Vec<Span>; 2], sink: &mut Sink) {
    let (source, target) = (task.source(pair), task.target(pair));
    let [of_source, of_target] = masked;
    let (from, to) = (numbers(task, source, of_source), numbers(task, target, of_target));
    if from.is_empty() && to.is_empty() {
        return;
    }
    let same = |a: &Number<'_>, b: &Number<'_>| {
        a.values.iter().any(|x| b.values.iter().any(|y| (x - y).abs() <= 1e-9 * x.abs().max(y.abs())))
    };
    units(task, pair, (&from, &to), same, sink);
    let (lost, extra) = unmatched(&from, &to, same);
    if lost.is_empty() && extra.is_empty() {
        return;
    }
    let (lost, extra) = slips(pair, (&from, &to), (lost, extra), (source, target), sink);
    // Dates and times are said otherwise in other languages, and have a check of their own.
    let dated = |numbers: &[usize], all: &[Number<'_>], base: usize, timexes: &[crate::model::Timex]| {
        let free = |n: &&usize| {
            all.get(**n).is_some_and(|number| {
                let span = number.span.shifted(base);
                let next = timexes.partition_point(|t| t.span().end() <= span.start());
                !timexes.get(next).is_some_and(|t| t.span().overlaps(span))
            })
        };
        numbers.iter().filter(free).copied().collect::<Vec<usize>>()
    };
    let lost = dated(&lost, &from, pair.source.start(), task.source_timexes);
    let extra = dated(&extra, &to, pair.target.start(), task.timexes);
    let (lost, extra): (Vec<_>, Vec<_>) =
        (lost.iter().filter_map(|n| from.get(*n)).collect(), extra.iter().filter_map(|n| to.get(*n)).collect());
    if let ([one], [other]) = (lost.as_slice(), extra.as_slice()) {
        // What is counted in another unit was converted; degrees are of two scales.
        if one.unit != other.unit || [one.unit, other.unit].iter().flatten().any(|unit| unit.starts_with("degree")) {
            return;
        }
        tell(pair, one.span.of(source), (other.span, other.span.of(target)), sink);
        return;
    }
    // Small and round numbers may be words on one side, hours are told otherwise, and measures are converted.
    let telling = |number: &&Number<'_>| {
        number.telling() > 2 && number.unit.is_none() && number.values.iter().all(|value| value.fract() == 0.0)
    };
    let (_, language) = task.languages(pair);
    let in_words = matches!(language.language(), "zh" | "ja" | "yue");
    match (lost.as_slice(), extra.as_slice()) {
        ([number], []) if telling(number) && !in_words => {
            let message = Message::new("segment.number-lost").with(number.span.of(source));
            sink.say(NUMBER, Severity::Warning, pair.head, message, Vec::new());
        }
        ([], [number]) if telling(number) => {
            let message = Message::new("segment.number-extra").with(number.span.of(target));
            sink.say(NUMBER, Severity::Warning, number.span.shifted(pair.target.start()), message, Vec::new());
        }
        _ => {}
    }
}

/// Tells of numbers of the target that differ in one digit from one of the source, within dates, too; what is left besides.
fn slips(
    pair: &Pair<'_>,
    (from, to): (&[Number<'_>], &[Number<'_>]),
    (mut lost, mut extra): (Vec<usize>, Vec<usize>),
    (source, target): (&str, &str),
    sink: &mut Sink,
) -> (Vec<usize>, Vec<usize>) {
    extra.retain(|other| {
        let Some(other) = to.get(*other) else { return true };
        let Some(at) = lost.iter().position(|one| from.get(*one).is_some_and(|one| one.is_slip_of(other))) else {
            return true;
        };
        if let Some(one) = from.get(lost.remove(at)) {
            tell(pair, one.span.of(source), (other.span, other.span.of(target)), sink);
        }
        false
    });
    (lost, extra)
}

/// Tells that the source has another number.
fn tell(pair: &Pair<'_>, says: &str, (span, not): (Span, &str), sink: &mut Sink) {
    let place = span.shifted(pair.target.start());
    // Of a date that disagrees its year was told already.
    let is_told = |finding: &Finding| finding.rule == super::dates::RULE && finding.span.overlaps(place);
    if !sink.list.iter().rev().take(NEAR).any(is_told) {
        let message = Message::new(NUMBER).with(says).with(not);
        sink.say(NUMBER, Severity::Warning, place, message, vec![says.to_owned()]);
    }
}

/// The same number of something else.
fn units(
    task: &Task<'_>,
    pair: &Pair<'_>,
    (from, to): (&[Number<'_>], &[Number<'_>]),
    same: impl Fn(&Number<'_>, &Number<'_>) -> bool,
    sink: &mut Sink,
) {
    let with_units = |list: &[Number<'_>]| list.iter().all(|n| n.unit.is_none());
    if with_units(from) || with_units(to) {
        return;
    }
    let same_unit = |a: &Number<'_>, b: &Number<'_>| {
        same(a, b) && (a.unit.zip(b.unit).is_none_or(|(a, b)| a.starts_with(b) || b.starts_with(a)))
    };
    let (lost, extra) = unmatched(from, to, same_unit);
    for number in extra.iter().filter_map(|n| to.get(*n)) {
        let twin = lost.iter().filter_map(|n| from.get(*n)).find(|one| same(one, number));
        let Some((twin, own)) = twin.and_then(|twin| Some((twin.unit?, number.unit?))) else { continue };
        let place = number.span.shifted(pair.target.start());
        sink.say(UNIT, Severity::Warning, place, Message::new(UNIT).with(twin).with(own), Vec::new());
    }
    let _ = task;
}

/// The numbers in a text that are no part of a word, a placeholder or a code.
fn numbers<'r>(task: &Task<'r>, text: &str, masked: &[Span]) -> Vec<Number<'r>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some((next, _)) = text.get(at..).unwrap_or_default().char_indices().find(|(_, c)| digit(*c).is_some()) {
        let start = at + next;
        let (end, values, figures) = read(text, start);
        at = end;
        let span = Span::new(start, end);
        let before = text.get(..start).and_then(|t| t.chars().next_back());
        let is_part = before.is_some_and(|c| {
            c.is_alphabetic() && !script::is_unspaced(script::of(c)) && !task.rules.is_sign(c)
                || matches!(c, '_' | '#' | '&')
        });
        let inside = masked.iter().any(|mask| mask.overlaps(span));
        // What stands after the hyphen of a name: UTF-8, COVID-19.
        let named = before.is_some_and(|c| matches!(c, '-' | '‑' | '.' | '/'))
            && text.get(..start).and_then(|t| t.chars().rev().nth(1)).is_some_and(char::is_alphabetic);
        if is_part || inside || named {
            continue;
        }
        // 550多万: what makes a number a round one stands before what multiplies it.
        let after = text.get(end..).unwrap_or_default().trim_start_matches(['多', '余', '餘']);
        let (scale, unit) = task.rules.after(after);
        let unit = unit.or_else(|| task.rules.before(text.get(..start).unwrap_or_default()));
        // What multiplies may be missing from the list of one language.
        let scaled: Vec<f64> = values.iter().map(|value| value * scale).collect();
        let values = if scale < 2.0 { values } else { values.into_iter().chain(scaled).collect() };
        out.push(Number { span, values, unit, figures });
    }
    out
}

/// Reads the number at `start`: where it ends, what it may say, and its digits.
fn read(text: &str, start: usize) -> (usize, Vec<f64>, String) {
    let mut groups: Vec<String> = vec![String::new()];
    let mut marks: Vec<char> = Vec::new();
    let mut end = start;
    let mut chars = text.get(start..).unwrap_or_default().char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if let Some(value) = digit(c) {
            if let (Some(group), Some(value)) = (groups.last_mut(), char::from_digit(value, 10)) {
                group.push(value);
            }
            end = start + at + c.len_utf8();
            continue;
        }
        let next = chars.peek().and_then(|(_, c)| digit(*c));
        let rest = text.get(start + at + c.len_utf8()..).unwrap_or_default();
        let three = rest.chars().take_while(|c| digit(*c).is_some()).count() == 3;
        let is_mark = match c {
            '.' | ',' | '٫' | '٬' => true,
            '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’' | ' ' => {
                three && groups.last().is_some_and(|g| (1..=3).contains(&g.len())) && marks.iter().all(|m| *m == c)
            }
            _ => false,
        };
        if !is_mark || next.is_none() || groups.len() > 12 {
            break;
        }
        marks.push(c);
        groups.push(String::new());
    }
    let joined: String = groups.concat();
    let as_number = |text: &str| text.parse::<f64>().unwrap_or(f64::NAN);
    let is_grouped =
        groups.len() > 1 && groups.iter().skip(1).all(|g| g.len() == 3) && groups.first().is_some_and(|g| g.len() <= 3);
    let same = marks.iter().all(|m| Some(m) == marks.first());
    let mut values = Vec::new();
    if groups.len() == 1 || is_grouped && same {
        values.push(as_number(&joined));
    }
    let blank = |c: &char| c.is_whitespace() || matches!(c, '\'' | '’');
    if let Some((last, head)) = groups.split_last().filter(|(_, head)| !head.is_empty()) {
        let is_decimal = marks.last().is_some_and(|m| !blank(m))
            && (marks.len() == 1 || !marks.iter().rev().skip(1).any(|m| Some(m) == marks.last()));
        if is_decimal {
            values.push(as_number(&format!("{}.{last}", head.concat())));
        }
    }
    if values.is_empty() {
        // `3.10.2`, `192.168.0.1`: no number, but the same on both sides.
        values.push(f64::from(xxh3_64(groups.join(".").as_bytes()) as u32) + 0.5);
    }
    (end, values, joined)
}

/// The zeros of the scripts that have digits of their own.
const ZEROS: [char; 12] = ['٠', '۰', '०', '০', '੦', '૦', '௦', '౦', '೦', '๐', '໐', '０'];

/// The value of a digit of any script.
fn digit(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    let zero = ZEROS.iter().find(|zero| (**zero..=char::from_u32(**zero as u32 + 9).unwrap_or(**zero)).contains(&c))?;
    Some(c as u32 - *zero as u32)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn numbers_are_read_as_they_are_written_anywhere() {
        let values = |text: &str| read(text, 0).1;
        assert_eq!(values("1,234"), [1234.0, 1.234]);
        assert_eq!(values("1.234,5"), [1234.5]);
        assert_eq!(values("1 234 567 x"), [1_234_567.0]);
        assert_eq!(values("2021 300"), [2021.0]);
        assert_eq!(values("٣٫٥"), [3.5]);
        assert_eq!(values("12."), [12.0]);
        assert_ne!(values("3.10.2"), values("3.1.02"));
    }
}
