//! What a user can choose, as values.

use crate::model::LanguageTag;
use crate::text::place::Unit;

/// The choices that change what comes out. Where input and output are, and how many threads work, is not among them.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What may be taken out.
    pub keep: Keep,
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
}

/// What is taken from a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extract {
    /// Its main text.
    #[default]
    Main,
    /// Everything that it shows.
    All,
}

/// What may be taken out of the corpus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// The first copy of what repeats; boilerplate goes.
    #[default]
    First,
    /// Everything: annotate only.
    All,
}
