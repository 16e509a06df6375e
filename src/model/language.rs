//! Languages, and where a text is in which.

use std::fmt;

use crate::text::script::Script;

/// A BCP 47 language tag of at most 15 bytes: `ru`, `zh-Hant`, `sr-Latn`, `und`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LanguageTag {
    bytes: [u8; 15],
    len: u8,
}

impl LanguageTag {
    /// Undetermined.
    pub const UND: Self = Self::literal("und");

    /// The tag with this text; meant for tags written in code and data. Longer texts are cut.
    pub const fn literal(text: &str) -> Self {
        let mut bytes = [0; 15];
        let source = text.as_bytes();
        let len = if source.len() > bytes.len() { bytes.len() } else { source.len() };
        let (head, _) = bytes.split_at_mut(len);
        let (source, _) = source.split_at(len);
        head.copy_from_slice(source);
        Self { bytes, len: len as u8 }
    }

    /// Reads a tag as users write it (`ru`, `RU`, `zh_TW`, `pt-BR`): letters, digits and hyphens; the language is lower case, a script is
    /// title case, regions are left out. `None` where it is no tag.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().split(['-', '_']);
        let language = parts.next()?.to_ascii_lowercase();
        if !(2..=3).contains(&language.len()) || !language.bytes().all(|b| b.is_ascii_lowercase()) {
            return None;
        }
        for part in parts {
            if part.is_empty() || !part.bytes().all(|b| b.is_ascii_alphanumeric()) {
                return None;
            }
            if part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic()) {
                let (first, rest) = part.split_at(1);
                return Some(Self::literal(&format!(
                    "{language}-{}{}",
                    first.to_ascii_uppercase(),
                    rest.to_ascii_lowercase()
                )));
            }
        }
        Some(Self::literal(&language))
    }

    /// The tag as text.
    pub fn as_str(&self) -> &str {
        self.bytes.get(..usize::from(self.len)).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or("und")
    }

    /// Its first part: `zh` of `zh-Hant`.
    pub fn language(&self) -> &str {
        self.as_str().split('-').next().unwrap_or("und")
    }

    /// Whether it is undetermined.
    pub fn is_und(&self) -> bool {
        *self == Self::UND
    }

    /// Whether two tags name the same language, whatever the script.
    pub fn same_language(&self, other: Self) -> bool {
        self.language() == other.language()
    }
}

impl fmt::Debug for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The language that a text was found to be in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detected {
    /// The language; `und` where the evidence does not carry a name.
    pub tag: LanguageTag,
    /// The script of most of its letters.
    pub script: Script,
    /// 0 to 1.
    pub confidence: f32,
}

impl Detected {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self { tag: LanguageTag::UND, script: Script::Common, confidence: 0.0 };
}

/// The languages of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Languages {
    /// Of the document.
    pub document: Detected,
    /// Of each passage, as many as there are passages.
    pub passages: Vec<Detected>,
}

impl Languages {
    /// The language of passage `index`, or else of the document.
    pub fn of(&self, index: usize) -> Detected {
        self.passages.get(index).copied().filter(|d| !d.tag.is_und()).unwrap_or(self.document)
    }
}

/// What a document was translated from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SourceLanguage {
    /// The language.
    pub tag: LanguageTag,
    /// 0 to 1.
    pub confidence: f32,
    /// `given`, or `leftovers` where it was inferred from them.
    pub how: &'static str,
}

#[cfg(test)]
mod tests {
    use super::LanguageTag;

    #[test]
    fn tags_are_read_as_people_write_them() {
        let read = |text: &str| LanguageTag::parse(text).map(|t| t.to_string());
        assert_eq!(read("RU").as_deref(), Some("ru"));
        assert_eq!(read("pt-BR").as_deref(), Some("pt"));
        assert_eq!(read("zh_hant_TW").as_deref(), Some("zh-Hant"));
        assert_eq!(read("russian"), None);
        assert_eq!(LanguageTag::literal("zh-Hant").language(), "zh");
    }
}
