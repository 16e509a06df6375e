//! What a user can choose, as values.

use std::time::Duration;

use crate::decisions::Decisions;
use crate::model::{LanguageTag, Samples, Tongue};
use crate::text::place::Unit;

/// The choices that change what comes out. Where input and output are, and how many threads work, is not among them.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What may be taken out.
    pub keep: Keep,
    /// What counts as a copy, and what becomes of it.
    pub repeats: Repeats,
    /// The folder of a corpus made earlier that documents are compared with, as the user gives it.
    pub against: Option<String>,
    /// What positions are counted in.
    pub offsets: Unit,
    /// What the documents were translated from, where the user says so.
    pub source_language: Option<LanguageTag>,
    /// The language of the documents, where the user says so.
    pub language: Option<LanguageTag>,
    /// Whether fragments that are foreign on purpose are written too.
    pub foreign: bool,
    /// What is taken from a page.
    pub extract: Extract,
    /// The encoding of the input, where the user says so.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// The filters of quality that are applied, each once.
    pub filters: Vec<Filter>,
    /// Whether the places of words are written.
    pub words: bool,
    /// What one document may cost; one that costs more fails.
    pub limits: Limits,
    /// What is done alone, where not everything is.
    pub only: Option<Only>,
    /// What was decided in a review: findings that were rejected are not reported.
    pub decisions: Decisions,
    /// The language of messages and of the report.
    pub messages: Tongue,
}

/// What one document may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes, unpacked. Memory is in proportion to it.
    pub size: u64,
    /// Time of the processor, which another program that keeps it busy does not use up.
    pub time: Duration,
}

impl Default for Limits {
    /// A gibibyte, and ten minutes: far beyond what an ordinary document takes on the slowest machine, so that they decide nothing there.
    fn default() -> Self {
        Self { size: 1 << 30, time: Duration::from_secs(600) }
    }
}

/// A part of the work that is done alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Only {
    /// What repeats is found and taken out; what is kept is not annotated.
    Repeats,
}

impl Only {
    /// Its name on the command line and in `run.json`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Repeats => "repeats",
        }
    }
}

/// A filter of quality, after the corpus it was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Filter {
    /// Colossal Clean Crawled Corpus (Raffel et al. 2020, arXiv:1910.10683, section 2.2).
    C4,
    /// MassiveText of Gopher (Rae et al. 2021, arXiv:2112.11446, appendix A1.1).
    Gopher,
    /// FineWeb (Penedo et al. 2024, arXiv:2406.17557, section 3.6).
    FineWeb,
}

impl Filter {
    /// Its name on the command line and in the output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::C4 => "c4",
            Self::Gopher => "gopher",
            Self::FineWeb => "fineweb",
        }
    }
}

/// What is taken from a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extract {
    /// Its main text, by two opinions.
    #[default]
    Main,
    /// Its main text, by one opinion: about twice as fast, a little less exact.
    Fast,
    /// Everything that it shows.
    All,
}

/// What may be taken out of the corpus, and which copy stays. A document keeps what it shares with those that come after it in this order,
/// whole or in part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// The first copy in the order of the input stays.
    #[default]
    First,
    /// That of the document with the most text.
    Longest,
    /// That of the document with the latest date; documents without a date come last.
    Newest,
    /// That of the soundest document: the fewest decoding errors, the least untranslated, the least boilerplate, the most text.
    Best,
    /// Everything stays: annotate only.
    All,
}

impl Keep {
    /// Its name on the command line and in `run.json`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Longest => "longest",
            Self::Newest => "newest",
            Self::Best => "best",
            Self::All => "all",
        }
    }
}

/// What counts as a copy, and what becomes of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Repeats {
    /// Whether documents that repeat others as a whole are looked for.
    pub documents: bool,
    /// Whether passages are.
    pub passages: bool,
    /// Whether stretches within passages are.
    pub spans: bool,
    /// Edited copies are taken out from this similarity on, 0 to 1.
    pub near_removed: f32,
    /// And told from this one on, 0 to 1.
    pub near_reported: f32,
    /// Whether copies are only told, and none is taken out.
    pub report_only: bool,
    /// No more than this share of the documents of a source is taken out; of a source that would lose more, none is.
    pub brake: f32,
}

impl Repeats {
    /// The samples that these choices need.
    pub const fn samples(self) -> Samples {
        Samples { near: (self.documents || self.passages) && self.near_reported < 1.0, far: self.spans }
    }
}

impl Default for Repeats {
    fn default() -> Self {
        Self {
            documents: true,
            passages: true,
            spans: true,
            near_removed: 0.8,
            near_reported: 0.75,
            report_only: false,
            brake: 0.6,
        }
    }
}
