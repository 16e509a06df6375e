//! What makes a document fall as a whole.

use super::measure::Line;
use super::repetition::is_repetitive;
use crate::model::Kind;
use crate::options::Filter;
use crate::text::script;

/// Of fewer words or lines no share is taken: shortness is no fault.
const WORDS: usize = 50;
const LINES: usize = 5;
/// Shorter lines are short, in letters; a letter of a script without blanks counts as so many.
const SHORT: usize = 30;
const WIDE: usize = 3;

/// The rule by which a document falls.
pub(super) fn rule(filter: Filter, lines: &[Line<'_>]) -> Option<&'static str> {
    let words: usize = lines.iter().map(|line| line.words.len()).sum();
    if words < WORDS {
        return None;
    }
    match filter {
        Filter::C4 => None,
        Filter::Gopher => gopher(lines),
        Filter::FineWeb => fineweb(lines),
    }
}

fn gopher(lines: &[Line<'_>]) -> Option<&'static str> {
    let share = |part: &dyn Fn(&&Line<'_>) -> bool| lines.iter().filter(part).count() * 100 / lines.len().max(1);
    if lines.len() >= LINES {
        if share(&|line| line.kind == Kind::ListItem) > 90 {
            return Some("filter.gopher.bullets");
        }
        if share(&|line| line.trails_off()) > 30 {
            return Some("filter.gopher.ellipsis");
        }
    }
    is_repetitive(lines).then_some("filter.gopher.repetition")
}

fn fineweb(lines: &[Line<'_>]) -> Option<&'static str> {
    let prose: Vec<&Line<'_>> = lines.iter().filter(|line| line.is_prose()).collect();
    if prose.len() < LINES {
        return None;
    }
    let asked: Vec<_> = prose.iter().filter(|line| line.has_ends).collect();
    let ending = asked.iter().filter(|line| line.ends).count();
    if asked.len() >= LINES && ending * 100 <= asked.len() * 12 {
        return Some("filter.fineweb.punctuation");
    }
    let short = prose.iter().filter(|line| width(line.text) < SHORT).count();
    (short * 100 >= prose.len() * 67).then_some("filter.fineweb.short-lines")
}

fn width(text: &str) -> usize {
    text.chars().take(SHORT).map(|c| if script::is_unspaced(script::of(c)) { WIDE } else { 1 }).sum()
}
