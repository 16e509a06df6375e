//! The layers of annotations: what each is called in the page, and how it is marked in the text.

use std::collections::HashMap;

use super::TEXT_SHOWN;
use super::marks::Mark;
use super::places::Places;
use super::texts::{Texts, percent};
use super::value;
use crate::record::{DateEntry, Document, EntityEntry, Finding, Leftover, MentionEntry, Numbered, Passage};
use crate::text::Span;

/// Rows of one kind that a document shows at most.
pub(super) const ROWS: usize = 5000;
/// Links of one row to its places.
pub(super) const LINKS: usize = 60;

/// The types of entities, in the order of the legend.
pub(super) const TYPES: [&str; 10] =
    ["regulator", "law", "policy", "action", "jurisdiction", "organization", "person", "role", "money", "case"];
/// The severities of findings, the worst first.
pub(super) const SEVERITIES: [&str; 3] = ["error", "warning", "note"];

/// A document as it is shown.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub(super) record: &'a Document<'a>,
    pub(super) findings: &'a [Finding],
    pub(super) texts: &'a Texts,
    pub(super) places: Places<'a>,
    /// Begins the names of everything in this document.
    pub(super) prefix: String,
    /// So many passages are shown.
    count: usize,
    /// The dates by their ids.
    dates: HashMap<usize, usize>,
}

/// Begins the names of everything in the document `id`: the same in every page, whatever stands beside it.
pub(super) fn prefix(id: &str) -> String {
    format!("d{:010x}", xxhash_rust::xxh3::xxh3_64(id.as_bytes()) & 0xff_ffff_ffff)
}

impl<'a> View<'a> {
    pub(super) fn new(record: &'a Document<'a>, findings: &'a [Finding], texts: &'a Texts) -> Self {
        let places = Places::new(record.text, record.offsets);
        let fits = |p: &Passage| places.span(p.span).is_some_and(|span| span.start() < TEXT_SHOWN);
        let count = record.passages.partition_point(fits);
        let dates = record.dates.iter().enumerate().map(|(index, date)| (date.id.1, index)).collect();
        Self { record, findings, texts, places, prefix: prefix(record.id), count, dates }
    }

    /// The passages that are shown.
    pub(super) fn passages(&self) -> &'a [Passage<'a>] {
        self.record.passages.get(..self.count).unwrap_or_default()
    }

    /// The name in the page of something in this document.
    pub(super) fn name(&self, name: impl std::fmt::Display) -> String {
        format!("{}-{name}", self.prefix)
    }

    /// The date with this id.
    pub(super) fn date(&self, id: Numbered) -> Option<&'a DateEntry<'a>> {
        self.record.dates.get(*self.dates.get(&id.1)?)
    }

    /// What a date means, in words.
    pub(super) fn meaning(&self, date: &DateEntry<'_>) -> String {
        value::words(date.value, date.modifier, self.texts)
    }

    fn place(&self, span: [usize; 2]) -> Option<Span> {
        self.places.span(span).filter(|span| !span.is_empty())
    }
}

/// Every annotation of the document, unsorted.
pub(super) fn marks(view: &View<'_>) -> Vec<Mark> {
    let record = view.record;
    let mentions = record.entities.iter().enumerate().flat_map(|(row, entity)| {
        let mentions = entity.mentions.iter().enumerate();
        mentions.filter_map(move |(number, mention)| of_mention(view, entity, row, mention, number))
    });
    let dates = record.dates.iter().enumerate().filter_map(|(row, date)| of_date(view, date, row));
    let leftovers = record.leftovers.iter().enumerate().filter_map(|(row, l)| of_leftover(view, l, row));
    let findings = view.findings.iter().enumerate().filter_map(|(row, finding)| of_finding(view, finding, row));
    let foreign = record.foreign.iter().flatten().filter_map(|foreign| {
        let kind = view.texts.named("foreign", foreign.kind);
        Some(Mark {
            span: view.place(foreign.span)?,
            rank: 3,
            class: "foreign".to_owned(),
            id: String::new(),
            title: View::said(&[view.texts.of("foreign.one"), &kind, foreign.rule]),
            label: kind.into_owned(),
            target: String::new(),
        })
    });
    mentions.chain(dates).chain(leftovers).chain(foreign).chain(findings).collect()
}

fn of_mention(
    view: &View<'_>,
    entity: &EntityEntry<'_>,
    row: usize,
    mention: &MentionEntry<'_>,
    number: usize,
) -> Option<Mark> {
    let texts = view.texts;
    let code = match entity.kind {
        "jurisdiction" => entity.ids.get("iso"),
        "money" => entity.ids.get("currency"),
        _ => None,
    };
    let label =
        code.copied().filter(|code| code.len() <= 8).map_or_else(|| texts.named("short", entity.kind), Into::into);
    Some(Mark {
        span: view.place(mention.span)?,
        rank: 0,
        class: format!("entity {}", entity.kind),
        id: view.name(format!("{}-{}", entity.id, number + 1)),
        title: View::said(&[
            &texts.named("one", entity.kind),
            entity.name,
            entity.jurisdiction.unwrap_or_default(),
            mention.rule,
            &percent(mention.confidence),
        ]),
        label: super::visible::plain(&label),
        target: if row < ROWS { view.name(entity.id) } else { String::new() },
    })
}

fn of_date(view: &View<'_>, date: &DateEntry<'_>, row: usize) -> Option<Mark> {
    let texts = view.texts;
    let mut how = texts.named("date.how", date.resolved.how).into_owned();
    if let Some(anchor) = date.resolved.anchor.and_then(|id| view.date(id)) {
        how = format!("{how} “{}”", anchor.text);
    }
    let meaning = view.meaning(date);
    let digits = date.value.starts_with(|c: char| c.is_ascii_digit());
    let label = match (date.modifier, digits, meaning.len() < 24) {
        (None, true, _) | (_, _, false) => date.value.to_owned(),
        _ => meaning.clone(),
    };
    Some(Mark {
        span: view.place(date.span)?,
        rank: 1,
        class: "date".to_owned(),
        id: view.name(date.id),
        title: View::said(&[
            texts.of("date.one"),
            &meaning,
            date.value,
            &how,
            &texts.with("date.sure", "share", &percent(date.certainty)),
            date.rule,
        ]),
        label: super::visible::plain(&label),
        target: if row < ROWS { view.name(format!("{}-r", date.id)) } else { String::new() },
    })
}

fn of_leftover(view: &View<'_>, leftover: &Leftover<'_>, row: usize) -> Option<Mark> {
    let texts = view.texts;
    let gloss = leftover.gloss.first().map(|gloss| gloss.text).unwrap_or_default();
    Some(Mark {
        span: view.place(leftover.span)?,
        rank: 2,
        class: "leftover".to_owned(),
        id: view.name(leftover.id),
        title: View::said(&[
            texts.of("leftover.one"),
            &texts.language(leftover.language.0.as_str()),
            gloss,
            leftover.rule,
            &percent(leftover.confidence),
        ]),
        label: super::visible::plain(leftover.language.0.as_str()),
        target: if row < ROWS { view.name(format!("{}-r", leftover.id)) } else { String::new() },
    })
}

fn of_finding(view: &View<'_>, finding: &Finding, row: usize) -> Option<Mark> {
    let sign = sign(&finding.severity);
    Some(Mark {
        span: view.place(finding.span)?,
        rank: 4,
        class: format!("finding {}", class(&SEVERITIES, &finding.severity)),
        id: view.name(format!("f{}", row + 1)),
        title: View::said(&[
            &view.texts.named("severity", &finding.severity),
            &finding.message,
            &finding.suggestions.first().map(|s| format!("→ {s}")).unwrap_or_default(),
            &finding.rule,
        ]),
        label: format!("{sign}{}", row + 1),
        target: if row < ROWS { view.name(format!("f{}-r", row + 1)) } else { String::new() },
    })
}

/// The sign of a severity.
pub(super) fn sign(severity: &str) -> &'static str {
    match severity {
        "error" => "✕",
        "warning" => "!",
        _ => "i",
    }
}

/// The one of `known` that is called `name`; findings are read from records too, so their words are not taken on trust.
pub(super) fn class(known: &[&'static str], name: &str) -> &'static str {
    known.iter().find(|k| **k == name).copied().unwrap_or("other")
}
