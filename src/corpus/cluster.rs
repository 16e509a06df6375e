//! What occurs more than once, as it is told at the end.

use std::cmp::Ordering;

use super::collate::{Collator, Site};

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
#[derive(Clone, Copy, Debug)]
pub(super) struct Again {
    pub(super) first: u32,
    pub(super) site: Site,
    pub(super) rule: Rule,
    pub(super) likeness: Likeness,
    pub(super) removed: bool,
    pub(super) similarity: f32,
}

impl Again {
    fn order(&self, other: &Self, place: impl Fn(u32) -> u32) -> Ordering {
        let key = |c: &Self| (c.rule.level(), c.first, place(c.site.document), c.site.start, c.site.end);
        key(self).cmp(&key(other))
    }

    fn is_with(&self, other: &Self) -> bool {
        (self.rule.level(), self.first) == (other.rule.level(), other.first)
    }
}

/// Everything that occurs more than once.
#[derive(Debug)]
pub struct Clusters<'c> {
    collator: &'c Collator,
    copies: Vec<Again>,
    /// Where the copies of each cluster begin and end.
    groups: Vec<[u32; 2]>,
}

impl<'c> Clusters<'c> {
    /// The clusters of these copies: documents first, then passages, then parts, each in the order of the kept places.
    pub(super) fn new(collator: &'c Collator, mut copies: Vec<Again>) -> Self {
        // Sorted in place, so that no second copy of the list is held. First places are numbered as they come, so this is the order of the
        // kept places; and of the copies of each, as they come too.
        copies.sort_unstable_by(|a, b| a.order(b, |document| collator.place_of(document)));
        // What repeats in corpora made earlier alone is told there.
        let base = collator.base();
        let is_new = |site: &Site| site.document >= base;
        let is_told = |group: &[Again]| {
            let kept = group.first().and_then(|head| collator.first(head.rule.level(), head.first));
            group.iter().any(|copy| is_new(&copy.site)) || kept.is_some_and(|(_, site)| is_new(&site))
        };
        let mut at = 0;
        let mut groups = Vec::new();
        for group in copies.chunk_by(Again::is_with) {
            let end = at + group.len() as u32;
            if base == 0 || is_told(group) {
                groups.push([at, end]);
            }
            at = end;
        }
        Self { collator, copies, groups }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.groups.len()
    }

    /// Whether nothing repeats.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The cluster with this number.
    pub fn get(&self, index: usize) -> Option<Cluster> {
        let [from, to] = *self.groups.get(index)?;
        let group = self.copies.get(from as usize..to as usize)?;
        let head = group.first()?;
        let level = head.rule.level();
        let (id, kept) = self.collator.first(level, head.first)?;
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
        Some(Cluster { id, level, kind, kept, copies: group.iter().map(copy).collect() })
    }

    /// The name of a document by its number.
    pub fn id(&self, document: u32) -> &str {
        self.collator.id(document)
    }

    /// The corpus made earlier that holds a document, by its number; none for those of this run.
    pub fn corpus(&self, document: u32) -> Option<&str> {
        self.collator.corpus(document)
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
