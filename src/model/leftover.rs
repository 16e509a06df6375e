//! Words of another language: left there by mistake, or on purpose.

use std::borrow::Cow;

use super::LanguageTag;
use crate::text::script::Script;
use crate::text::{Span, Spanned};

/// A fragment believed to be untranslated.
#[derive(Clone, Debug, PartialEq)]
pub struct Leftover {
    /// Where it is.
    pub span: Span,
    /// The language it is in; `und` where only its script is known.
    pub language: LanguageTag,
    /// The script of most of its letters.
    pub script: Script,
    /// The passage it stands in.
    pub passage: usize,
    /// Whether it touches a word of the text without a blank between.
    pub glued: bool,
    /// 0 to 1.
    pub confidence: f32,
    /// The rule that found it.
    pub rule: &'static str,
    /// What it means, where the document or a glossary shows it.
    pub gloss: Vec<Gloss>,
}

impl Spanned for Leftover {
    fn span(&self) -> Span {
        self.span
    }
}

/// What a leftover means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gloss {
    /// The language of `text`.
    pub language: LanguageTag,
    /// The meaning.
    pub text: String,
    /// Where it was found: `document`, `glossary`, `segment ID`.
    pub from: Cow<'static, str>,
}

/// Why a foreign fragment was let through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ForeignKind {
    /// `GPU`, `ICO`.
    Acronym,
    /// A name of a person, company, product, place.
    Name,
    /// Program text, a path, an identifier.
    Code,
    /// An address on the web or of mail.
    Address,
    /// A unit of measure, a formula, a single symbol.
    Unit,
    /// In brackets after the term it explains.
    Gloss,
    /// In quotation marks, or set in another language as a whole.
    Quotation,
    /// The title of a work.
    Title,
    /// A citation.
    Citation,
    /// A word of the language that is usually written so.
    Loanword,
    /// The user lets it stand.
    Term,
}

impl ForeignKind {
    /// Its name in the output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Acronym => "acronym",
            Self::Name => "name",
            Self::Code => "code",
            Self::Address => "address",
            Self::Unit => "unit",
            Self::Gloss => "gloss",
            Self::Quotation => "quotation",
            Self::Title => "title",
            Self::Citation => "citation",
            Self::Loanword => "loanword",
            Self::Term => "term",
        }
    }
}

/// A fragment of another language or script that is there on purpose.
#[derive(Clone, Debug, PartialEq)]
pub struct Foreign {
    /// Where it is.
    pub span: Span,
    /// The script of most of its letters.
    pub script: Script,
    /// The language it seems to be in; `und` where nothing tells.
    pub language: LanguageTag,
    /// The passage it stands in.
    pub passage: usize,
    /// Why it was let through.
    pub kind: ForeignKind,
    /// The rule that let it through.
    pub rule: &'static str,
}

impl Spanned for Foreign {
    fn span(&self) -> Span {
        self.span
    }
}
