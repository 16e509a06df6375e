//! Dates that a translation says otherwise than its source.

use super::compare::unmatched;
use super::{Pair, Sink, Task};
use crate::model::{Message, ResolvedHow, Severity, Timex, TimexType};
use crate::text::{Span, Spanned};

pub(super) const RULE: &str = "segment.date";

/// Compares the dates of a pair: those that say their year, month or day themselves.
pub(super) fn check(task: &Task<'_>, pair: &Pair<'_>, sink: &mut Sink) {
    let (from, to) = (within(task.source_timexes, pair.source), within(task.timexes, pair.target));
    if from.is_empty() || to.is_empty() {
        return;
    }
    let (lost, extra) = unmatched(&from, &to, |a, b| fits(a, b));
    if let ([one], [other]) = (lost.as_slice(), extra.as_slice())
        && let (Some(one), Some(other)) = (from.get(*one), to.get(*other))
    {
        let message = Message::new(RULE).with(&one.value).with(&other.value);
        sink.say(RULE, Severity::Warning, other.span, message, Vec::new());
    }
}

/// The dates in a stretch of text that need nothing else to be understood.
fn within(timexes: &[Timex], span: Span) -> Vec<&Timex> {
    let first = timexes.partition_point(|t| t.span().start() < span.start());
    let all = timexes.get(first..).unwrap_or_default().iter().take_while(|t| t.span().end() <= span.end());
    let says = |t: &&Timex| {
        t.kind == TimexType::Date
            && t.resolved.how == ResolvedHow::Explicit
            && t.calendar == "gregorian"
            && t.value.len() >= 4
            && t.value.bytes().all(|b| b.is_ascii_digit() || b == b'-')
    };
    all.filter(says).collect()
}

/// Whether two dates may be the same: one may say less than the other.
fn fits(a: &Timex, b: &Timex) -> bool {
    let like = |x: &str, y: &str| x.starts_with(y) || y.starts_with(x);
    like(&a.value, &b.value)
        || a.alternatives.iter().any(|other| like(other, &b.value))
        || b.alternatives.iter().any(|other| like(&a.value, other))
}
