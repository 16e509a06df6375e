//! What fuzzers ask of reading: that any bytes come through without a panic, and that places hold. Used by `fuzz/` and `examples/fuzz.rs`.

use std::io::Cursor;

use super::packed::Unpacked;
use super::source::Body;
use crate::options::Extract;
use crate::rules::extract::ExtractRules;
use crate::rules::letters::LetterRules;
use crate::rules::mojibake::MojibakeRules;
use crate::rules::{Overlay, RuleError};
use crate::stage::{clean, decode, extract};
use crate::text::Span;

/// What is asked, with the rules it needs.
#[derive(Debug)]
pub struct Probe {
    letters: LetterRules,
    mojibake: MojibakeRules,
    extract: ExtractRules,
}

impl Probe {
    /// Loads the rules.
    ///
    /// # Errors
    /// Where a built-in data file is malformed, which a test rules out.
    pub fn new() -> Result<Self, RuleError> {
        let none = Overlay::default();
        Ok(Self {
            letters: LetterRules::load(&none)?,
            mojibake: MojibakeRules::new(),
            extract: ExtractRules::load(&none)?,
        })
    }

    /// Decodes and repairs.
    ///
    /// # Panics
    /// Where a place does not hold.
    pub fn decode(&self, bytes: &[u8]) {
        let hints = decode::Hints { declared: decode::declared(bytes), ..decode::Hints::default() };
        let text = decode::decode(bytes.to_vec(), &hints, &self.letters).text;
        if let Some(repaired) = clean::mojibake(&text, &self.mojibake) {
            let whole = repaired.map.source(Span::new(0, repaired.text.len()));
            assert_eq!(whole, Span::new(0, text.len()), "a repair covers the whole text");
            assert!(repaired.places.iter().all(|(place, _)| !place.of(&text).is_empty()), "places of repairs hold");
        }
    }

    /// Reads a page.
    ///
    /// # Panics
    /// Where a place does not hold.
    pub fn html(&self, bytes: &[u8]) {
        let source = String::from_utf8_lossy(bytes);
        let found = extract::html(&source, &self.extract, Extract::Main);
        let mut end = 0;
        for block in &found.layout.blocks {
            let place = found.map.source(block.span);
            assert!(place.start() >= end && !place.of(&source).trim().is_empty(), "places are in order and hold");
            assert!(!block.span.of(&found.text).trim().is_empty(), "blocks are not blank");
            end = place.end();
        }
    }

    /// Unpacks a file of this name.
    ///
    /// # Panics
    /// Where unpacking panics, which is what is looked for.
    pub fn archive(&self, name: &str, bytes: &[u8]) {
        let mut unpacked = Unpacked::begin(Box::new(Cursor::new(bytes.to_vec())), None, name.into(), 1 << 20);
        while let Some(raw) = unpacked.next() {
            if let Body::Unreadable(message) = &raw.body {
                assert!(!message.contains("internal error"), "{message}");
            }
        }
    }
}
