//! The same source under two translations, and the same translation of two sources.

use std::collections::HashMap;

use super::{Pair, Sink, Task, shortened};
use crate::model::{Finding, Message, Severity};

const RULE: &str = "segment.inconsistent";
const REUSED: &str = "segment.reused";

/// What sources were translated as, so far.
#[derive(Debug, Default)]
pub(super) struct Inconsistent<'a> {
    seen: HashMap<(&'a str, String), (&'a str, &'a str)>,
}

impl<'a> Inconsistent<'a> {
    /// Tells where the same source stood with another target. Plural forms are none, and messages that their context tells apart are not the same.
    pub(super) fn check(&mut self, task: &Task<'a>, pair: &Pair<'a>, sink: &mut Sink) {
        if pair.segment.plural.is_some() {
            return;
        }
        let context = pair.segment.id.split_once('|').map_or("", |(context, _)| context);
        let (source, target) = (task.source(pair), task.target(pair).trim());
        let key =
            (source, format!("{context}\u{0}{}", pair.segment.language.map(|l| l.to_string()).unwrap_or_default()));
        let (first, id) = *self.seen.entry(key).or_insert((target, pair.segment.id.as_str()));
        if first.split_whitespace().eq(target.split_whitespace()) {
            return;
        }
        // A word by itself may need another form elsewhere.
        let severity = if source.contains(char::is_whitespace) { Severity::Warning } else { Severity::Note };
        let message = Message::new(RULE).with(shortened(first)).with(id);
        sink.say(RULE, severity, pair.head, message, vec![first.to_owned()]);
    }
}

/// Targets that stand for different sources: only told where the user asks for it, for many languages say two things in one way.
pub fn reused(task: &Task<'_>) -> Vec<Finding> {
    let mut seen: HashMap<&str, (&str, &str)> = HashMap::new();
    let mut sink = Sink::default();
    for pair in task.pairs.list.iter().filter(|pair| !pair.target.is_empty() && !pair.segment.is_draft()) {
        let (source, target) = (task.source(pair), task.target(pair).trim());
        let (first, id) = *seen.entry(target).or_insert((source, pair.segment.id.as_str()));
        if first != source && pair.segment.plural.as_deref() != Some(first) {
            let message = Message::new(REUSED).with(shortened(first)).with(id);
            sink.say(REUSED, Severity::Note, pair.head, message, Vec::new());
        }
    }
    sink.list
}
