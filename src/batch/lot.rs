//! A lot: documents that stand in the input one after the other, and everything that is written of them.

use serde::{Deserialize, Serialize};
use std::hash::Hasher as _;
use xxhash_rust::xxh3::Xxh3Default;

use crate::corpus::Verdict;
use crate::read::{Body, Raw};
use crate::record::{self, Built, Conservation, Counts, Finding};
use crate::write::report::{Article, Report};
use crate::write::state::STREAMS;

/// What is written of the documents of a lot.
#[derive(Debug)]
pub struct Lot {
    /// Whether an earlier run made it.
    pub is_old: bool,
    /// Hash of the documents as they were read.
    pub input: u128,
    /// Hash of the above and of what was decided of them.
    pub key: u128,
    /// Lines of `corpus.jsonl`, of `removed.jsonl` and of `findings.jsonl`, their part of the report, and their sums.
    pub lines: [Vec<u8>; STREAMS],
    /// The findings, unless it was taken over from an earlier run.
    pub findings: Vec<Finding>,
    /// What the documents make of the report.
    pub report: Report,
    /// What they add up to.
    pub sums: Sums,
}

/// What documents add up to.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Sums {
    /// What was read, kept and found.
    pub counts: Counts,
    /// Their characters.
    pub conservation: Conservation,
    /// Why documents failed.
    pub failures: Vec<String>,
}

impl Lot {
    /// The lot that documents make.
    pub fn new(input: u128, key: u128, documents: impl Iterator<Item = Built<Article>>) -> Self {
        let (mut findings, mut report, mut sums) = (Vec::new(), Report::default(), Sums::default());
        let mut lines = [const { Vec::new() }; STREAMS];
        let [corpus, removed, found, articles, counted] = &mut lines;
        for mut built in documents {
            sums.counts.add(&built.counts);
            sums.conservation += built.conservation;
            sums.failures.extend(built.failure.take());
            report.add(&mut built);
            findings.append(&mut built.findings);
            let stream: &mut Vec<u8> = if built.kept { corpus } else { removed };
            // A large document is alone, and is not there twice.
            if stream.is_empty() {
                *stream = built.line;
            } else {
                stream.extend(&built.line);
            }
        }
        for finding in &findings {
            record::append(finding, found);
        }
        record::append(&report, articles);
        record::append(&sums, counted);
        Self { is_old: false, input, key, lines, findings, report, sums }
    }

    /// The lot that an earlier run wrote; `None` where its lines are not what this program writes.
    pub fn old(input: u128, key: u128, lines: [Vec<u8>; STREAMS]) -> Option<Self> {
        let [_, _, _, articles, counted] = &lines;
        let report = serde_json::from_slice(articles).ok()?;
        let sums = serde_json::from_slice(counted).ok()?;
        Some(Self { is_old: true, input, key, lines, findings: Vec::new(), report, sums })
    }
}

/// Hash of documents as they were read: their bytes, names and places.
pub(super) fn input(documents: &[Raw]) -> u128 {
    let mut hash = Xxh3Default::new();
    for raw in documents {
        text(&mut hash, raw.path.as_bytes());
        text(&mut hash, raw.media_type.as_bytes());
        hash.write_u64(raw.line.unwrap_or(0));
        let (kind, bytes) = match &raw.body {
            Body::Text(bytes) => (0, bytes.as_slice()),
            Body::Json(bytes) => (1, bytes.as_slice()),
            Body::Unreadable(why) => (2, why.as_bytes()),
        };
        hash.write_u8(kind);
        text(&mut hash, bytes);
    }
    hash.digest128()
}

/// A hash of a document that says nothing of what stands around it, by its first bytes and its length.
pub(super) fn mark(raw: &Raw) -> u64 {
    let (Body::Text(bytes) | Body::Json(bytes)) = &raw.body else { return 0 };
    xxhash_rust::xxh3::xxh3_64_with_seed(bytes.get(..1024).unwrap_or(bytes), bytes.len() as u64)
}

/// Hash of documents as they were read, and of what was decided of each in view of the corpus: why it failed, whether the report
/// shows it, its verdict, and a hash of what was rejected in it in a review.
pub(super) fn key<'d>(input: u128, decided: impl Iterator<Item = (Option<&'d str>, bool, &'d Verdict, u64)>) -> u128 {
    let mut hash = Xxh3Default::new();
    hash.write_u128(input);
    for (failure, shown, verdict, rejected) in decided {
        hash.write_u64(rejected);
        hash.write_u8(u8::from(shown) << 1 | u8::from(failure.is_some()));
        text(&mut hash, failure.unwrap_or_default().as_bytes());
        verdict.write_to(&mut hash);
    }
    hash.digest128()
}

/// With its length, so that two texts after one another are no other two.
fn text(hash: &mut Xxh3Default, bytes: &[u8]) {
    hash.write_usize(bytes.len());
    hash.update(bytes);
}
