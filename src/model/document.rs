//! A document as it was read and decoded.

use serde_json::value::RawValue;

use super::{Kind, LanguageTag, Segment};
use crate::text::{SourceMap, Span};

/// A decoded document: the text that every stage works on, and what came with it.
#[derive(Debug)]
pub struct Document {
    /// Its name in the corpus, unique in a run.
    pub id: String,
    /// The file or line it came from.
    pub origin: Origin,
    /// The text that is analysed. All spans are byte ranges of it.
    pub text: String,
    /// From `text` back to the decoded source.
    pub map: SourceMap,
    /// The decoded source, where `text` is not the same.
    pub source: Option<String>,
    /// The blocks of the text, where its markup says what they are.
    pub layout: Option<Layout>,
    /// What was translated segment by segment, in order; empty where nothing says so.
    pub segments: Vec<Segment>,
    /// Fields that pass through: each a name and its JSON, in the order they came.
    pub meta: Vec<(String, Box<RawValue>)>,
    /// Its title, where the input has one.
    pub title: Option<String>,
    /// Its address, where the input has one.
    pub url: Option<String>,
    /// Its own date, against which "last year" is resolved.
    pub date: Option<DocumentDate>,
    /// Its language, where the input says so.
    pub language: Option<LanguageTag>,
    /// What it was translated from, where the input says so.
    pub source_language: Option<LanguageTag>,
    /// What was noticed while reading it.
    pub issues: Vec<Issue>,
}

/// The blocks of a text whose markup says what they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The blocks, in order.
    pub blocks: Vec<LaidBlock>,
    /// Whether each block stands for a source of its own: none is boilerplate, and none goes because it repeats another.
    pub is_fixed: bool,
}

impl Layout {
    /// Moves the blocks along with their text: `map` leads from the new text to the old one, and no line became another's.
    pub fn follow(&mut self, map: &SourceMap) {
        for block in &mut self.blocks {
            block.span = map.inverse(block.span);
        }
    }
}

/// A block that the markup sets apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LaidBlock {
    /// Where it is, without the white space around it.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// The rule by which it is no part of the main text.
    pub dropped: Option<&'static str>,
}

/// Where a document came from.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The file, as it is named in the output: relative to the folder that was given, with `/`.
    pub path: String,
    /// The line, record or archive member in that file.
    pub member: Option<String>,
    /// IANA media type.
    pub media_type: &'static str,
    /// WHATWG name of the encoding that the bytes were read as.
    pub encoding: &'static str,
    /// How the encoding was found: see `stage::decode::How`; empty where no bytes were decoded.
    pub encoding_how: &'static str,
    /// How many bytes the document had.
    pub bytes: u64,
    /// BLAKE3 hash of these bytes.
    pub blake3: String,
    /// How many replacement characters stand for bytes that could not be decoded.
    pub lossy: u64,
}

/// A document's own date: as it was written, and as a civil time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentDate {
    /// As it was given (ISO 8601).
    pub written: String,
    /// The moment, midnight where only a day was given, the first where only a month or year was.
    pub at: jiff::civil::DateTime,
}

impl DocumentDate {
    /// Reads ISO 8601: a year, month, day or date and time, a zone after it being ignored. `None` where it is none of these.
    pub fn parse(written: &str) -> Option<Self> {
        let trimmed = written.trim();
        let padded = match trimmed.len() {
            4 => format!("{trimmed}-01-01"),
            7 => format!("{trimmed}-01"),
            _ => trimmed.to_owned(),
        };
        let local = padded.trim_end_matches('Z');
        let at = local
            .parse::<jiff::civil::DateTime>()
            .or_else(|_| local.parse::<jiff::civil::Date>().map(|day| day.at(0, 0, 0, 0)))
            .or_else(|_| local.get(..19).unwrap_or_default().parse::<jiff::civil::DateTime>())
            .or_else(|_| local.get(..10).unwrap_or_default().parse::<jiff::civil::Date>().map(|day| day.at(0, 0, 0, 0)))
            .ok()?;
        Some(Self { written: trimmed.to_owned(), at })
    }
}

/// Something that was wrong with a document and did not stop its analysis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// What kind: `encoding`, `empty`, `date`, `panic`…
    pub kind: &'static str,
    /// What happened, as a sentence fragment.
    pub message: String,
    /// Where in the decoded source, in bytes.
    pub source: Option<Span>,
}

#[cfg(test)]
mod tests {
    use super::DocumentDate;

    #[test]
    fn dates_of_documents_are_iso_8601() {
        let day = |text: &str| DocumentDate::parse(text).map(|d| d.at.to_string());
        assert_eq!(day("2021-05-03").as_deref(), Some("2021-05-03T00:00:00"));
        assert_eq!(day("2013-02-12T04:30:00").as_deref(), Some("2013-02-12T04:30:00"));
        assert_eq!(day("2013-02-12T04:30:00.000-02:00").as_deref(), Some("2013-02-12T04:30:00"));
        assert_eq!(day("2013-02-12T04:30:00Z").as_deref(), Some("2013-02-12T04:30:00"));
        assert_eq!(day("2021-05").as_deref(), Some("2021-05-01T00:00:00"));
        assert_eq!(day("May 2021"), None);
    }
}
