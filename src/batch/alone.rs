//! One document by itself, for callers that have their own way of reading and writing.

use super::run::together;
use crate::options::Options;
use crate::read::{Fields, Raw};
use crate::record::Finding;
use crate::rules::Rules;

/// What is written of a document that was compared with no other: what it repeats of itself goes, as in a run over it alone.
#[derive(Clone, Debug)]
pub struct Alone {
    /// The line of `corpus.jsonl` or `removed.jsonl`, with its line feed.
    pub line: Vec<u8>,
    /// Whether it belongs to `corpus.jsonl`.
    pub kept: bool,
    /// The lines of `findings.jsonl`.
    pub findings: Vec<Finding>,
    /// Why the document failed, where it did.
    pub failure: Option<String>,
}

impl Alone {
    /// Reads and analyses a document. A panic in it is a failure of the document.
    pub fn new(raw: Raw, fields: &Fields, rules: &Rules, options: &Options) -> Option<Self> {
        let built = together(vec![raw], fields, rules, options).pop()?;
        Some(Self { line: built.line, kept: built.kept, findings: built.findings, failure: built.failure })
    }
}

#[cfg(test)]
mod tests {
    use super::Alone;
    use crate::options::Options;
    use crate::read::{Body, Fields, Raw};
    use crate::rules::Rules;

    #[test]
    fn a_document_is_what_it_is_in_a_run_over_it_alone() {
        let rules = Rules::embedded().unwrap();
        let make = |raw| Alone::new(raw, &Fields::default(), &rules, &Options::default()).unwrap();
        let good = make(Raw::text(
            "a.txt",
            "Der Rat hat am 3. Mai 2021 neue Regeln für die Lagerung von Getreide beschlossen.",
        ));
        let line = String::from_utf8(good.line).unwrap();
        assert!(good.kept && good.failure.is_none() && line.contains("\"value\":\"2021-05-03\""), "{line}");
        let bad = make(Raw {
            media_type: "application/jsonl",
            body: Body::Json(b"{\"text\": 1}".to_vec()),
            ..Raw::text("b", "")
        });
        assert!(!bad.kept && bad.failure.is_some());
    }
}
