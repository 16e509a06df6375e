//! Files made for exchange between those who write and those who translate: XLIFF, TMX, gettext PO, Word documents, subtitles, files of strings.
//!
//! Each becomes one text of its translated segments, a line each, with the place of every character in the file. What is not such a text is
//! markup. A file that is not well-formed is refused with the place of the fault.

mod build;
mod message;
mod po;
mod properties;
mod strings;
mod subtitles;
mod tmx;
mod word;
mod xliff;
mod xml;

use crate::model::{LanguageTag, Layout, Segment};
use crate::text::SourceMap;

/// What the file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// XML Localization Interchange File Format, 1.0 to 2.2 (OASIS).
    Xliff,
    /// Translation Memory eXchange, 1.1 to 1.4b (LISA).
    Tmx,
    /// A message catalogue of GNU gettext.
    Po,
    /// The text parts of a Word document (ISO/IEC 29500), one after the other.
    Word,
    /// SubRip subtitles.
    Srt,
    /// WebVTT subtitles (W3C).
    Vtt,
    /// Strings in JSON, by name.
    Strings,
    /// An Application Resource Bundle: strings in JSON with notes about them.
    Arb,
    /// Strings of Java, by name.
    Properties,
}

impl Format {
    const NAMES: [(Self, &'static str); 9] = [
        (Self::Xliff, "application/xliff+xml"),
        (Self::Tmx, "application/x-tmx+xml"),
        (Self::Po, "text/x-gettext-translation"),
        (Self::Word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (Self::Srt, "application/x-subrip"),
        (Self::Vtt, "text/vtt"),
        (Self::Strings, "application/x-strings+json"),
        (Self::Arb, "application/x-arb+json"),
        (Self::Properties, "text/x-java-properties"),
    ];

    /// The media type by which the rest of the program knows it.
    pub fn media_type(self) -> &'static str {
        Self::NAMES.iter().find(|(format, _)| *format == self).map_or("text/plain", |(_, name)| name)
    }

    /// The format with this media type.
    pub fn of(media_type: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, name)| *name == media_type).map(|(format, _)| *format)
    }

    /// The format of files whose names end so, in lower case.
    pub fn of_extension(extension: &str) -> Option<Self> {
        Some(match extension {
            "xlf" | "xliff" | "mxliff" | "sdlxliff" | "mqxliff" | "txlf" => Self::Xliff,
            "tmx" => Self::Tmx,
            "po" | "pot" => Self::Po,
            "docx" | "docm" => Self::Word,
            "srt" => Self::Srt,
            "vtt" => Self::Vtt,
            "arb" => Self::Arb,
            "properties" => Self::Properties,
            _ => return None,
        })
    }

    /// The format that a text shows by its beginning.
    pub fn of_text(text: &str) -> Option<Self> {
        let mut head = text.trim_start_matches('\u{feff}').trim_start();
        if head.starts_with("WEBVTT") {
            return Some(Self::Vtt);
        }
        for (open, close) in [("<?xml", "?>"), ("<!--", "-->"), ("<!DOCTYPE", ">")] {
            if head.starts_with(open) {
                head = head.split_once(close).map_or("", |(_, rest)| rest).trim_start();
            }
        }
        if let Some(tag) = head.strip_prefix('<') {
            let name = tag.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next()?;
            return match name.rsplit(':').next()? {
                "xliff" => Some(Self::Xliff),
                "tmx" => Some(Self::Tmx),
                _ => None,
            };
        }
        if po::begins(head) {
            return Some(Self::Po);
        }
        subtitles::begins(head).then_some(Self::Srt)
    }

    /// Whether the file is XML, so that it may name its encoding as XML does.
    pub const fn is_xml(self) -> bool {
        matches!(self, Self::Xliff | Self::Tmx)
    }
}

/// The languages that the user asks for, where a file holds more.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// What was translated.
    pub source: Option<LanguageTag>,
    /// What it was translated into.
    pub target: Option<LanguageTag>,
}

/// What a file holds.
#[derive(Debug, Default)]
pub struct Interchange {
    /// The translated segments, a line feed after each.
    pub text: String,
    /// From `text` to the file.
    pub map: SourceMap,
    /// The segments as blocks.
    pub layout: Layout,
    /// The segments in the order of the file; those without a text among them.
    pub segments: Vec<Segment>,
    /// The language of the text.
    pub language: Option<LanguageTag>,
    /// What it was translated from.
    pub source_language: Option<LanguageTag>,
}

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// Where, in bytes of the decoded file.
    pub at: usize,
    /// What is wrong there, and what to do.
    pub what: String,
}

/// Reads the decoded text of a file.
///
/// # Errors
/// Where it is not well-formed, or not what it is said to be.
pub fn read(format: Format, source: &str, wanted: Wanted) -> Result<Interchange, Malformed> {
    match format {
        Format::Xliff => xliff::read(source),
        Format::Tmx => tmx::read(source, wanted),
        Format::Po => po::read(source),
        Format::Word => word::read(source),
        Format::Srt => Ok(subtitles::srt(source)),
        Format::Vtt => Ok(subtitles::vtt(source)),
        Format::Strings | Format::Arb => strings::read(source, format == Format::Arb),
        Format::Properties => Ok(properties::read(source)),
    }
}

pub use po::charset;
pub use strings::are_strings;

/// The language that the name of a file tells, in the formats that do not say it themselves: `de.json`, `app_de.arb`, `locales/de/app.json`.
pub fn language_of(format: Format, path: &str) -> Option<LanguageTag> {
    match format {
        Format::Xliff | Format::Tmx | Format::Word => None,
        _ => strings::language_of(path),
    }
}
