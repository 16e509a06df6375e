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
    /// The folder of the corpus made earlier (`--against`) that the document is in, as it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corpus: Option<&'a str>,
    /// The place.
    pub source: [u32; 2],
}

/// A place that repeats the kept one.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CopyEntry<'a> {
    /// The document.
    pub document: &'a str,
    /// The folder of the corpus made earlier (`--against`) that the document is in, as it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corpus: Option<&'a str>,
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
    /// The record of a cluster; `name_of` names the documents, and the corpora made earlier that hold them.
    pub fn new(
        cluster: &'a corpus::Cluster,
        offsets: &'static str,
        name_of: impl Fn(u32) -> (&'a str, Option<&'a str>),
    ) -> Self {
        let place = |site: corpus::Site| {
            let (document, corpus) = name_of(site.document);
            Place { document, corpus, source: [site.start, site.end] }
        };
        let copies: Vec<_> = (cluster.copies.iter())
            .map(|copy| {
                let Place { document, corpus, source } = place(copy.site);
                let (similarity, rule, removed) = (copy.similarity, copy.rule, copy.removed);
                CopyEntry { document, corpus, source, similarity, rule, removed }
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
