//! Lines and characters as editors count them, from 0.

use serde_json::{Value, json};

use crate::text::Span;

/// What the characters of a line are counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: what every client counts in unless it says otherwise.
    #[default]
    Utf16,
    /// Code points.
    Utf32,
}

impl Encoding {
    /// The first of those that a client can count in, in the order of its liking.
    pub(super) fn agreed(offered: Option<&Value>) -> Self {
        let offered = offered.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        let mut known = offered.filter_map(|name| match name {
            "utf-8" => Some(Self::Utf8),
            "utf-16" => Some(Self::Utf16),
            "utf-32" => Some(Self::Utf32),
            _ => None,
        });
        known.next().unwrap_or_default()
    }

    /// Its name in the protocol.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Utf32 => "utf-32",
        }
    }

    const fn units(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

/// Converts places of one text.
#[derive(Debug)]
pub(super) struct Places<'t> {
    text: &'t str,
    /// Where lines begin: behind LF, CR LF or CR.
    starts: Vec<usize>,
    encoding: Encoding,
}

impl<'t> Places<'t> {
    /// The places of `text`.
    pub(super) fn new(text: &'t str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
            .filter(|&at| !(bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) == Some(&b'\n')));
        Self { text, starts: std::iter::once(0).chain(ends.map(|at| at + 1)).collect(), encoding }
    }

    /// The position of a byte.
    pub(super) fn position(&self, at: usize) -> Value {
        let line = self.starts.partition_point(|&start| start <= at).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or_default();
        let head = self.text.get(start..at).unwrap_or_default();
        let character: usize = head.chars().map(|c| self.encoding.units(c)).sum();
        json!({ "line": line, "character": character })
    }

    /// The range of a span.
    pub(super) fn range(&self, span: Span) -> Value {
        json!({ "start": self.position(span.start()), "end": self.position(span.end()) })
    }

    /// The byte at a position: the end of the line where the line is shorter, the end of the text where there are fewer lines.
    pub(super) fn byte(&self, position: &Value) -> Option<usize> {
        let number = |name: &str| position.get(name)?.as_u64().map(|n| n as usize);
        let (line, character) = (number("line")?, number("character")?);
        let Some(&start) = self.starts.get(line) else { return Some(self.text.len()) };
        let line = self.text.get(start..).unwrap_or_default();
        let line = line.split(['\n', '\r']).next().unwrap_or_default();
        let mut left = character;
        for (at, c) in line.char_indices() {
            let units = self.encoding.units(c);
            // Within a character is before it.
            if left < units {
                return Some(start + at);
            }
            left -= units;
        }
        Some(start + line.len())
    }

    /// The span of a range; its ends may be the wrong way round.
    pub(super) fn span(&self, range: &Value) -> Option<Span> {
        let (from, to) = (self.byte(range.get("start")?)?, self.byte(range.get("end")?)?);
        Some(Span::new(from.min(to), from.max(to)))
    }
}

#[cfg(test)]
mod tests {
    use super::{Encoding, Places};
    use serde_json::json;

    #[test]
    fn positions_lead_there_and_back_in_every_encoding() {
        let text = "aé法𝄞\r\n\rб👩\u{200d}👧\nend";
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let places = Places::new(text, encoding);
            for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
                // The end of a line is before its break.
                if !matches!(c, '\n') {
                    assert_eq!(places.byte(&places.position(at)), Some(at), "{encoding:?} {at}");
                }
            }
        }
        let utf16 = Places::new(text, Encoding::Utf16);
        assert_eq!(utf16.position(10), json!({ "line": 0, "character": 5 }));
        assert_eq!(utf16.byte(&json!({ "line": 0, "character": 4 })), Some(6), "within a pair");
        assert_eq!(utf16.byte(&json!({ "line": 0, "character": 99 })), Some(10));
        assert_eq!(utf16.byte(&json!({ "line": 99, "character": 0 })), Some(text.len()));
        assert_eq!(utf16.byte(&json!({ "line": -1, "character": 0 })), None);
    }

    #[test]
    fn the_first_that_the_client_likes_is_taken() {
        assert_eq!(Encoding::agreed(None), Encoding::Utf16);
        assert_eq!(Encoding::agreed(Some(&json!(["utf-7", "utf-8", "utf-16"]))), Encoding::Utf8);
        assert_eq!(Encoding::agreed(Some(&json!("utf-8"))), Encoding::Utf16);
    }
}
