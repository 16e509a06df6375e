//! A document that is open in the editor.

use std::time::Instant;

use serde_json::Value;

use super::position::{Encoding, Places};
use crate::cli::check::Item;
use crate::model::Repair;
use crate::text::Span;

/// A document, as the editor has it.
#[derive(Debug)]
pub(super) struct Open {
    /// Its text.
    pub(super) text: String,
    /// Its version: the editor's number.
    pub(super) version: i64,
    /// How often it changed: a number of ours, because editors need not count.
    pub(super) change: u64,
    /// What the editor takes it for.
    pub(super) language: String,
    /// When it is to be looked at, where it changed since.
    pub(super) due: Option<Instant>,
    /// What was found, and in which change.
    pub(super) found: Option<Found>,
}

/// What was found in a document.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// The change that was looked at.
    pub(super) change: u64,
    /// The findings, by place.
    pub(super) items: Vec<Item>,
    /// What can be mended without judgement.
    pub(super) repairs: Vec<Repair>,
    /// The media type that it was read as.
    pub(super) media_type: &'static str,
}

impl Open {
    /// Makes the changes of a `didChange`: each replaces a range of the text that the one before left, or the whole. One that is malformed leaves
    /// the text as it is, and gives false.
    pub(super) fn change(&mut self, changes: &[Value], encoding: Encoding) -> bool {
        let mut all = true;
        for change in changes {
            let Some(text) = change.get("text").and_then(Value::as_str) else {
                all = false;
                continue;
            };
            match change.get("range").filter(|range| !range.is_null()) {
                None => text.clone_into(&mut self.text),
                Some(range) => match Places::new(&self.text, encoding).span(range) {
                    Some(span) => self.text.replace_range(span.start()..span.end(), text),
                    None => all = false,
                },
            }
        }
        self.change += 1;
        all
    }

    /// What was found in the text as it is now.
    pub(super) fn fresh(&self) -> Option<&Found> {
        self.found.as_ref().filter(|found| found.change == self.change)
    }

    /// The line that holds a byte, without its end.
    pub(super) fn line(&self, at: usize) -> Span {
        let is_end = |c: char| matches!(c, '\n' | '\r');
        let start = self.text.get(..at).and_then(|head| head.rfind(is_end)).map_or(0, |end| end + 1);
        let end = self.text.get(at..).and_then(|tail| tail.find(is_end)).map_or(self.text.len(), |end| at + end);
        Span::new(start, end)
    }
}

#[cfg(test)]
mod tests {
    use super::{Encoding, Open};
    use serde_json::json;

    fn open(text: &str) -> Open {
        Open { text: text.to_owned(), version: 1, change: 1, language: String::new(), due: None, found: None }
    }

    #[test]
    fn changes_build_on_one_another() {
        let mut document = open("法律\nб𝄞в\n");
        let range = |from: [u32; 2], to: [u32; 2]| json!({ "start": { "line": from[0], "character": from[1] }, "end": { "line": to[0], "character": to[1] } });
        let changes = [
            json!({ "range": range([1, 1], [1, 3]), "text": "-" }),
            json!({ "range": range([0, 2], [1, 0]), "text": "" }),
            json!({ "range": range([9, 0], [9, 0]), "text": "end" }),
        ];
        assert!(document.change(&changes, Encoding::Utf16));
        assert_eq!((document.text.as_str(), document.change), ("法律б-в\nend", 2));
        assert!(document.change(&[json!({ "text": "all" })], Encoding::Utf16));
        assert!(!document.change(&[json!({ "range": {}, "text": "x" }), json!(3)], Encoding::Utf16));
        assert_eq!(document.text, "all");
    }
}
