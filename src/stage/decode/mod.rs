//! From bytes to text: UTF-8, UTF-16 and the legacy encodings of the WHATWG Encoding Standard; which of them it is.

mod binary;
mod declared;
mod legacy;
mod utf16;
mod utf8;

pub use binary::looks_binary;
pub use declared::declared;
pub use legacy::by_label;

use encoding_rs::Encoding;

use crate::rules::letters::LetterRules;
use crate::text::Span;

/// How many places of replacement characters are kept; `lossy` counts all of them.
const PLACES: usize = 100;

/// A decoded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// WHATWG name of the encoding, in lower case.
    pub encoding: &'static str,
    /// How it was found.
    pub how: How,
    /// How many U+FFFD stand for bytes that could not be decoded; those that were in the source are not counted.
    pub lossy: u64,
    /// Runs of such U+FFFD in `text`, in order; the first hundred.
    pub places: Vec<Span>,
}

/// How an encoding was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum How {
    /// The bytes begin with a byte order mark.
    Mark,
    /// The user says so.
    Given,
    /// The server said so.
    Header,
    /// The document says so.
    Declared,
    /// The bytes are what only this encoding yields: valid UTF-8, zero bytes on one side, escape sequences.
    #[default]
    Form,
    /// The frequencies of bytes and letters say so.
    Statistics,
}

impl How {
    /// Its name in the output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mark => "mark",
            Self::Given => "given",
            Self::Header => "header",
            Self::Declared => "declared",
            Self::Form => "form",
            Self::Statistics => "statistics",
        }
    }
}

/// What is known of the encoding before the bytes are looked at, and of the place they come from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints<'t> {
    /// What the user says.
    pub given: Option<&'static Encoding>,
    /// What the server said.
    pub header: Option<&'static Encoding>,
    /// What the document says of itself.
    pub declared: Option<&'static Encoding>,
    /// The address of the document.
    pub url: Option<&'t str>,
}

/// Decodes bytes that are UTF-8, or UTF-16 with a mark or plainly so; the buffer of valid UTF-8 is used again. Everything else is UTF-8
/// with errors: this is for formats that allow no other encoding, such as JSON.
pub fn decode_vec(bytes: Vec<u8>) -> Decoded {
    match unicode(bytes) {
        Ok(decoded) => decoded,
        Err(bytes) => utf8::decode(&bytes),
    }
}

/// Decodes bytes of any encoding: by a byte order mark, what the user says, the form of the bytes, what the server or the document says,
/// and else by statistics.
pub fn decode(bytes: Vec<u8>, hints: &Hints<'_>, rules: &LetterRules) -> Decoded {
    if let Some(given) = hints.given {
        return utf16::marked(&bytes).map_or_else(
            || Decoded { how: How::Given, ..legacy::decode(given, bytes.strip_prefix(utf8::MARK).unwrap_or(&bytes)) },
            |(encoding, body)| utf16::decode(encoding, body, How::Mark),
        );
    }
    if legacy::has_escapes(&bytes) {
        return Decoded { how: How::Form, ..legacy::decode(encoding_rs::ISO_2022_JP, &bytes) };
    }
    unicode(bytes).unwrap_or_else(|bytes| legacy::guess(&bytes, hints, rules))
}

/// Text that is UTF-16 or valid UTF-8; else the bytes again.
fn unicode(mut bytes: Vec<u8>) -> Result<Decoded, Vec<u8>> {
    if let Some((encoding, body)) = utf16::marked(&bytes) {
        return Ok(utf16::decode(encoding, body, How::Mark));
    }
    if let Some((encoding, body)) = utf16::sniff(&bytes) {
        return Ok(utf16::decode(encoding, body, How::Form));
    }
    let how = if bytes.starts_with(utf8::MARK) {
        bytes.drain(..utf8::MARK.len());
        How::Mark
    } else {
        How::Form
    };
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text, encoding: utf8::NAME, how, lossy: 0, places: Vec::new() }),
        Err(error) if how == How::Mark => Ok(Decoded { how, ..utf8::decode(error.as_bytes()) }),
        Err(error) => Err(error.into_bytes()),
    }
}

/// Text in the making, and what was replaced in it.
#[derive(Default)]
struct Replacing {
    text: String,
    lossy: u64,
    places: Vec<Span>,
    /// Where the last replacement character ended: the next one may carry its run on.
    end: usize,
}

impl Replacing {
    /// Puts one replacement character in.
    fn replace(&mut self) {
        let start = self.text.len();
        self.text.push('\u{fffd}');
        let end = self.text.len();
        let room = self.places.len() < PLACES;
        match self.places.last_mut().filter(|last| last.end() == start && self.end == start) {
            Some(last) => *last = Span::new(last.start(), end),
            None if room => self.places.push(Span::new(start, end)),
            None => {}
        }
        self.lossy += 1;
        self.end = end;
    }

    fn done(self, encoding: &'static str, how: How) -> Decoded {
        Decoded { text: self.text, encoding, how, lossy: self.lossy, places: self.places }
    }
}

#[cfg(test)]
mod tests;
