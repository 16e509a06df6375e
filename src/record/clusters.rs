//! A line of `clusters.jsonl`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::corpus;

/// Something that occurs more than once, with every place where it does.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Cluster<'a> {
    /// Its name, made from its content: the same in every run.
    pub id: &'a str,
    /// What positions are counted in.
    pub offsets: &'static str,
    /// `document passage span`.
    pub level: &'static str,
    /// `exact`, `normalized` (equal but for looks) or `near` (edited): the loosest of its copies.
    pub kind: &'static str,
    /// How many places there are, the kept one included.
    pub size: usize,
    /// The place that is kept.
    pub kept: Place<'a>,
    /// The others, in input order.
    pub copies: Vec<CopyEntry<'a>>,
}

/// A place in the decoded source of a document.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Place<'a> {
    /// The document.
    pub document: &'a str,
    /// The place.
    pub source: [u32; 2],
}

/// A place that repeats the kept one.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CopyEntry<'a> {
    /// The document.
    pub document: &'a str,
    /// The place.
    pub source: [u32; 2],
    /// 0 to 1.
    pub similarity: f32,
    /// The rule that found it.
    pub rule: &'static str,
    /// Whether it was taken out.
    pub removed: bool,
}

impl<'a> Cluster<'a> {
    /// The record of a cluster; `id_of` names the documents.
    pub fn new(cluster: &'a corpus::Cluster, offsets: &'static str, id_of: impl Fn(u32) -> &'a str) -> Self {
        let place = |site: corpus::Site| Place { document: id_of(site.document), source: [site.start, site.end] };
        let copies: Vec<_> = (cluster.copies.iter())
            .map(|copy| CopyEntry {
                document: id_of(copy.site.document),
                source: [copy.site.start, copy.site.end],
                similarity: copy.similarity,
                rule: copy.rule,
                removed: copy.removed,
            })
            .collect();
        Self {
            id: &cluster.id,
            offsets,
            level: match cluster.level {
                corpus::Level::Document => "document",
                corpus::Level::Passage => "passage",
                corpus::Level::Span => "span",
            },
            kind: cluster.kind,
            size: copies.len() + 1,
            kept: place(cluster.kept),
            copies,
        }
    }
}
