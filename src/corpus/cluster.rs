//! What occurs more than once, as it is told at the end.

use super::collate::{Collator, Order, Site};
use super::copies::{Copies, Merged};

/// What a cluster is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Whole documents.
    Document,
    /// Passages.
    Passage,
    /// Parts of passages.
    Span,
}

/// A place that repeats another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Copy {
    /// Where.
    pub site: Site,
    /// The rule that found it.
    pub rule: &'static str,
    /// How alike both are, 0 to 1.
    pub similarity: f32,
    /// Whether it was taken out.
    pub removed: bool,
}

/// What occurs more than once.
#[derive(Clone, Debug)]
pub struct Cluster {
    /// Its name, made from what it is: the same in every run.
    pub id: String,
    /// Documents, passages or parts of passages.
    pub level: Level,
    /// `exact`, `normalized` or `near`: the loosest of its copies.
    pub kind: &'static str,
    /// The place that is kept.
    pub kept: Site,
    /// The others, in input order.
    pub copies: Vec<Copy>,
}

/// How a copy differs from the kept one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// Not at all.
    Exact,
    /// In its looks.
    Normalized,
    /// In some words.
    Near,
}

/// The rules of this module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rule {
    Exact,
    Normalized,
    Near,
    Run,
    Part,
    DocumentExact,
    DocumentNormalized,
    DocumentNear,
}

/// The names of the rules.
pub const RULES: [&str; 8] = [
    Rule::Exact.name(),
    Rule::Normalized.name(),
    Rule::Near.name(),
    Rule::Run.name(),
    Rule::Part.name(),
    Rule::DocumentExact.name(),
    Rule::DocumentNormalized.name(),
    Rule::DocumentNear.name(),
];

impl Rule {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Exact => "repeat.exact",
            Self::Normalized => "repeat.normalized",
            Self::Near => "repeat.near",
            Self::Run => "repeat.run",
            Self::Part => "repeat.span",
            Self::DocumentExact => "repeat.document.exact",
            Self::DocumentNormalized => "repeat.document.normalized",
            Self::DocumentNear => "repeat.document.near",
        }
    }

    pub(super) const fn level(self) -> Level {
        match self {
            Self::Exact | Self::Normalized | Self::Near | Self::Run => Level::Passage,
            Self::Part => Level::Span,
            Self::DocumentExact | Self::DocumentNormalized | Self::DocumentNear => Level::Document,
        }
    }
}

/// A copy, with the number of its first place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Again {
    pub(super) first: u32,
    pub(super) site: Site,
    pub(super) rule: Rule,
    pub(super) likeness: Likeness,
    pub(super) removed: bool,
    pub(super) similarity: f32,
}

/// What copies are sorted by: documents first, then passages, then parts, each in the order of the kept places, which are numbered as they come;
/// the copies of each in the order of the input. The rest tells apart what is told twice.
pub(super) type Key = (Level, u32, u32, [u32; 2], Rule, (Likeness, bool, u32));

impl Again {
    pub(super) fn key(&self, place: impl Fn(u32) -> u32) -> Key {
        let Self { first, site, rule, likeness, removed, similarity } = *self;
        let rest = (likeness, removed, similarity.to_bits());
        (rule.level(), first, place(site.document), [site.start, site.end], rule, rest)
    }

    fn is_with(&self, other: &Self) -> bool {
        (self.rule.level(), self.first) == (other.rule.level(), other.first)
    }
}

/// Everything that occurs more than once, cluster by cluster.
#[derive(Debug)]
pub struct Clusters {
    collator: Collator,
    order: Order,
    copies: Merged,
    /// The first copy of the next cluster.
    head: Option<Again>,
}

impl Clusters {
    /// The clusters of these copies.
    pub(super) fn new(collator: Collator, order: Order, copies: Copies) -> Self {
        let mut copies = copies.sorted(|document| order.place(document));
        let head = copies.next(|document| order.place(document));
        Self { collator, order, copies, head }
    }

    /// The copies of the next cluster.
    fn group(&mut self) -> Option<Vec<Again>> {
        let head = self.head.take()?;
        let mut group = vec![head];
        while let Some(copy) = self.copies.next(|document| self.order.place(document)) {
            if !copy.is_with(&head) {
                self.head = Some(copy);
                break;
            }
            group.push(copy);
        }
        Some(group)
    }

    /// The name of a document by its number.
    pub fn id(&mut self, document: u32) -> String {
        self.collator.id(document)
    }

    /// The corpus made earlier that holds a document, by its number; none for those of this run.
    pub fn corpus(&self, document: u32) -> Option<&str> {
        self.collator.corpus(document)
    }
}

impl Iterator for Clusters {
    type Item = Cluster;

    fn next(&mut self) -> Option<Cluster> {
        loop {
            let group = self.group()?;
            let head = group.first()?;
            let level = head.rule.level();
            let Some((id, kept)) = self.collator.first(level, head.first) else { continue };
            // What repeats in corpora made earlier alone is told there.
            let is_new = |site: &Site| site.document >= self.order.base;
            if !is_new(&kept) && !group.iter().any(|copy| is_new(&copy.site)) {
                continue;
            }
            let copy = |c: &Again| Copy {
                site: c.site,
                rule: c.rule.name(),
                similarity: if c.likeness == Likeness::Near { rounded(c.similarity) } else { 1.0 },
                removed: c.removed,
            };
            let kind = match group.iter().map(|c| c.likeness).max() {
                Some(Likeness::Near) => "near",
                Some(Likeness::Normalized) => "normalized",
                _ => "exact",
            };
            return Some(Cluster { id, level, kind, kept, copies: group.iter().map(copy).collect() });
        }
    }
}

/// Three decimals; what is not the same never rounds to one.
pub(super) fn rounded(similarity: f32) -> f32 {
    ((similarity * 1000.0).round() / 1000.0).min(0.999)
}

pub(super) fn name(level: Level, key: u128) -> String {
    let prefix = match level {
        Level::Document => 'd',
        Level::Passage => 'c',
        Level::Span => 's',
    };
    format!("{prefix}{:016x}", (key >> 64) as u64)
}
