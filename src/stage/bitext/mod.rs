//! Translations held against what they were translated from, segment by segment: what is missing, what was left as it was, and numbers, dates,
//! units, placeholders and terms that disagree.
//!
//! [`pairs`] lays out what there is to compare; each check is a file and looks at one pair, or says at the end what it counted over all of them.

mod compare;
mod consistent;
mod dates;
mod identical;
mod leftovers;
mod numbers;
mod placeholders;
mod terms;

use crate::model::{Finding, LanguageTag, Message, Passage, Segment, Severity, Timex, passage};
use crate::rules::bitext::BitextRules;
use crate::rules::leftover::LeftoverRules;
use crate::text::{Span, Spanned};

pub use consistent::reused;
pub use leftovers::judge;

/// Findings of one rule in one document: an editor who has seen these has seen the trouble.
const MOST: usize = 100;

/// A segment with what it was translated from.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    /// The segment.
    pub segment: &'a Segment,
    /// Its text in the document.
    pub target: Span,
    /// The part of it that findings about the whole point at: what of it is in one passage.
    pub head: Span,
    /// Its source, in the text of [`Pairs`].
    pub source: Span,
}

/// All segments of a document that have a source.
#[derive(Debug, Default)]
pub struct Pairs<'a> {
    /// Their sources, a line feed after each.
    pub text: String,
    /// The sources as passages.
    pub passages: Vec<Passage>,
    /// The pairs, in order.
    pub list: Vec<Pair<'a>>,
}

/// The pairs of a document whose kept passages are these. A segment whose passage was taken out is none.
pub fn pairs<'a>(segments: &'a [Segment], passages: &[Passage]) -> Pairs<'a> {
    let mut out = Pairs::default();
    for segment in segments {
        let Some(said) = segment.source.as_deref() else { continue };
        let held = passage::holding(passages, segment.span.start()).or_else(|| {
            let next = passages.partition_point(|p| p.span.start() < segment.span.start());
            passages.get(next).is_some_and(|p| segment.span.contains(p.span)).then_some(next)
        });
        let head = held.and_then(|index| passages.get(index)).map(|p| p.span);
        let head = match head {
            Some(passage) if !segment.span.is_empty() => {
                Span::new(passage.start().max(segment.span.start()), passage.end().min(segment.span.end()))
            }
            _ if segment.is_missing => segment.span,
            _ => continue,
        };
        let start = out.text.len();
        out.text.push_str(said);
        let source = Span::new(start, out.text.len()).trimmed(&out.text);
        out.text.push('\n');
        if !source.is_empty() {
            let kind = crate::model::Kind::Paragraph;
            out.passages.push(Passage { span: source, kind, sentences: vec![source] });
        }
        out.list.push(Pair { segment, target: segment.span, head, source });
    }
    out
}

/// What the checks need.
#[derive(Clone, Copy, Debug)]
pub struct Task<'a> {
    /// The text of the document.
    pub text: &'a str,
    /// Its language.
    pub language: LanguageTag,
    /// Its dates.
    pub timexes: &'a [Timex],
    /// Its pairs.
    pub pairs: &'a Pairs<'a>,
    /// The language of the sources.
    pub source_language: LanguageTag,
    /// The dates in the sources.
    pub source_timexes: &'a [Timex],
    /// What the checks know.
    pub rules: &'a BitextRules,
    /// What is known of languages and terms.
    pub words: &'a LeftoverRules,
}

impl<'a> Task<'a> {
    /// The languages of a pair: of its source, of its target.
    fn languages(&self, pair: &Pair<'_>) -> (LanguageTag, LanguageTag) {
        (self.source_language, pair.segment.language.unwrap_or(self.language))
    }

    /// The source of a pair.
    fn source(&self, pair: &Pair<'_>) -> &'a str {
        pair.source.of(&self.pairs.text)
    }

    /// The target of a pair.
    fn target(&self, pair: &Pair<'_>) -> &'a str {
        pair.target.of(self.text)
    }
}

/// The findings about the pairs, sorted by place, then rule.
pub fn find(task: &Task<'_>) -> Vec<Finding> {
    let mut sink = Sink::default();
    let mut inconsistent = consistent::Inconsistent::default();
    let mut terms = terms::Terms::default();
    missing(task, &mut sink);
    for pair in &task.pairs.list {
        // What is not done is not judged yet.
        if pair.target.is_empty() || pair.segment.is_draft() {
            continue;
        }
        if identical::check(task, pair, &mut sink) {
            continue;
        }
        let masked = placeholders::check(task, pair, &mut sink);
        dates::check(task, pair, &mut sink);
        numbers::check(task, pair, &masked, &mut sink);
        terms.check(task, pair, &mut sink);
        inconsistent.check(task, pair, &mut sink);
    }
    terms.finish(&mut sink);
    sink.list.sort_by(|a, b| a.span.cmp(&b.span).then(a.place.cmp(&b.place)).then_with(|| a.rule.cmp(b.rule)));
    sink.list
}

/// Segments that should have a text and have none. Where none has, that is said once.
fn missing(task: &Task<'_>, sink: &mut Sink) {
    const RULE: &str = "segment.missing";
    let lacking = || task.pairs.list.iter().filter(|pair| pair.segment.is_missing);
    let count = lacking().count();
    let all = count == task.pairs.list.len() && count > 1;
    for pair in lacking().take(if all { 1 } else { MOST }) {
        let severity = if pair.segment.is_draft() || all { Severity::Note } else { Severity::Warning };
        let message = if all {
            Message::new("segment.missing-all").with(count)
        } else {
            Message::new(RULE).with(shortened(task.source(pair)))
        };
        sink.push(Finding {
            span: pair.head,
            place: Some(pair.segment.place),
            rule: RULE,
            severity,
            message,
            suggestions: Vec::new(),
        });
    }
}

/// Gathers findings, so many of a rule and no more.
#[derive(Debug, Default)]
struct Sink {
    list: Vec<Finding>,
    counts: Vec<(&'static str, usize)>,
}

impl Sink {
    fn push(&mut self, finding: Finding) {
        match self.counts.iter_mut().find(|(rule, _)| *rule == finding.rule) {
            Some((_, count)) if *count >= MOST => return,
            Some((_, count)) => *count += 1,
            None => self.counts.push((finding.rule, 1)),
        }
        self.list.push(finding);
    }

    fn say(&mut self, rule: &'static str, severity: Severity, span: Span, message: Message, suggestions: Vec<String>) {
        self.push(Finding { span, place: None, rule, severity, message, suggestions });
    }
}

/// The beginning of a text, in one line.
fn shortened(text: &str) -> String {
    const SHOWN: usize = 40;
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SHOWN {
        return line;
    }
    line.chars().take(SHOWN - 1).chain(['…']).collect()
}

/// The findings in `findings` that the sources explain are taken out: a placeholder that stands in the source is none that was left over, and
/// of a segment that is as its source nothing else is worth saying.
pub fn explain(task: &Task<'_>, findings: &mut Vec<Finding>, own: &[Finding]) {
    let whole: Vec<Span> = own.iter().filter(|f| f.rule == identical::RULE).map(Spanned::span).collect();
    let list = &task.pairs.list;
    findings.retain(|finding| {
        let next = list.partition_point(|pair| pair.target.start() <= finding.span.start());
        let before = list.get(..next).unwrap_or_default().iter().rev().take(4);
        let pair = before.filter(|pair| !pair.target.is_empty()).find(|pair| pair.target.contains(finding.span));
        let Some(pair) = pair else { return true };
        let index = whole.partition_point(|span| span.end() <= finding.span.start());
        if whole.get(index).is_some_and(|span| span.contains(finding.span)) {
            return false;
        }
        !(matches!(finding.rule, "markup.leftover" | "word.doubled" | "character.hidden")
            && task.source(pair).contains(finding.span.of(task.text)))
    });
}

/// Whether all of a text is placeholders and tags.
pub fn is_placeholder(text: &str) -> bool {
    let found = placeholders::placeholders(text);
    found.iter().map(|span| span.len()).sum::<usize>() == text.len()
}
