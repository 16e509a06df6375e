//! What fuzzers ask of the whole: that any bytes come through every parser and the whole pipeline without a panic, and that what is promised of
//! the outcome holds. Used by `fuzz/` and `examples/fuzz.rs`.

use std::io::{Cursor, Write};

use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::run::together;
use super::watch::now;
use crate::model::{Block, Document, Languages, Passage, passage};
use crate::options::{Extract, Keep, Options};
use crate::read::{self, Body, Fields, Raw};
use crate::record::{self, Schema};
use crate::rules::{RuleError, Rules};
use crate::stage::interchange::Format;
use crate::stage::{language, segment, timex};
use crate::text::place::Unit;
use crate::text::words::Dictionary;

/// What is asked, with the rules it needs.
#[derive(Debug)]
pub struct Probe {
    reading: read::Probe,
    rules: Rules,
    fields: Fields,
    /// The schemas of `corpus.jsonl`, of `removed.jsonl`, of `findings.jsonl`.
    kept: Option<Schema>,
    removed: Option<Schema>,
    findings: Option<Schema>,
}

/// Documents of one case are set apart by this.
const APART: u8 = 0x1e;

impl Probe {
    /// The names of what can be asked.
    pub const TARGETS: [&'static str; 12] = [
        "decode",
        "html",
        "archive",
        "brotli",
        "warc",
        "json",
        "markdown",
        "interchange",
        "sentences",
        "words",
        "dates",
        "record",
    ];

    /// Loads the rules.
    ///
    /// # Errors
    /// Where a built-in data file is malformed, which a test rules out.
    pub fn new() -> Result<Self, RuleError> {
        Ok(Self {
            reading: read::Probe::new()?,
            rules: Rules::embedded()?,
            fields: Fields::default(),
            kept: Schema::of("corpus.jsonl"),
            removed: Schema::of("removed.jsonl"),
            findings: Schema::of("findings.jsonl"),
        })
    }

    /// The time that this thread has worked: what a target gets does not depend on what else the machine does.
    pub fn time() -> std::time::Duration {
        now()
    }

    /// Asks `target` of these bytes.
    ///
    /// # Panics
    /// Where something panics or a promise does not hold, which is what is looked for; or where there is no such target.
    pub fn ask(&self, target: &str, bytes: &[u8]) {
        match target {
            "decode" => self.reading.decode(bytes),
            "html" => self.reading.html(bytes),
            "archive" => self.reading.archive("fuzz", bytes),
            "brotli" => self.reading.archive("fuzz.br", bytes),
            "warc" => self.reading.archive("fuzz", &[b"WARC/1.0\r\n", bytes].concat()),
            "json" => self.json(bytes),
            "markdown" => self.markdown(bytes),
            "interchange" => self.interchange(bytes),
            "sentences" => self.sentences(bytes),
            "words" => words(bytes),
            "dates" => self.dates(bytes),
            "record" => self.record(bytes),
            _ => panic!("there is no target {target}; the targets are {}", Self::TARGETS.join(", ")),
        }
    }

    /// A JSON document.
    fn json(&self, bytes: &[u8]) {
        let parsed = self.parsed("application/jsonl", Body::Json(bytes.to_vec()), &Options::default());
        laid_out(&parsed);
    }

    /// Markdown.
    fn markdown(&self, bytes: &[u8]) {
        let parsed = self.parsed("text/markdown", Body::Text(bytes.to_vec()), &Options::default());
        laid_out(&parsed);
    }

    /// A file of translators in the format that it looks like, through the whole pipeline. XML that is none of XLIFF and TMX is the text part of a
    /// Word document.
    fn interchange(&self, bytes: &[u8]) {
        let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(300)).unwrap_or_default());
        let format = Format::of_text(&head).unwrap_or(match bytes.first() {
            Some(b'<' | b'P') => Format::Word,
            Some(b'{') if bytes.len().is_multiple_of(2) => Format::Strings,
            Some(b'{') => Format::Arb,
            _ => Format::Properties,
        });
        let is_part = format == Format::Word && !bytes.starts_with(b"PK");
        let body = if is_part { packed(bytes) } else { bytes.to_vec() };
        let document = raw("fuzz.de", format.media_type(), Body::Text(body));
        self.hold(vec![document], &Options::default());
    }

    fn parsed(&self, media_type: &'static str, body: Body, options: &Options) -> Document {
        read::parse(raw("fuzz", media_type, body), &self.fields, &self.rules, options).document
    }

    /// The passages of a text, with their languages and sentences.
    fn passages(&self, text: &str) -> (Vec<Passage>, Languages) {
        let whole = |block: Block| Passage { span: block.span, kind: block.kind, sentences: Vec::new() };
        let mut passages: Vec<Passage> = segment::blocks(text).into_iter().map(whole).collect();
        let languages = language::detect(text, &passages, None, &self.rules.language);
        for (index, passage) in passages.iter_mut().enumerate() {
            passage.sentences = segment::sentences(text, passage.span, languages.of(index).tag, &self.rules.sentence);
        }
        (passages, languages)
    }

    /// Blocks, languages, sentences.
    fn sentences(&self, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        let (passages, _) = self.passages(&text);
        let mut end = 0;
        for passage in &passages {
            assert!(blank(&text, end, passage.span.start()), "what is between passages is blank");
            let mut at = passage.span.start();
            for sentence in &passage.sentences {
                assert!(blank(&text, at, sentence.start()), "what is between sentences is blank");
                assert!(!sentence.of(&text).trim().is_empty(), "no sentence is blank");
                at = sentence.end();
            }
            assert!(blank(&text, at, passage.span.end()), "sentences cover a passage");
            end = passage.span.end();
        }
        assert!(blank(&text, end, text.len()), "passages cover a text");
    }

    /// Temporal expressions.
    fn dates(&self, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        let (passages, languages) = self.passages(&text);
        let found = timex::find(&text, &passages, &languages, None, &self.rules.timex);
        let mut end = 0;
        for timex in &found {
            let span = timex.span;
            assert!(span.start() >= end && !span.of(&text).is_empty(), "dates are in order and hold");
            assert!(passage::holding(&passages, span.start()).is_some(), "dates stand in passages");
            assert!(timex.resolved.anchor.is_none_or(|anchor| anchor < found.len()), "anchors are there");
            end = span.end();
        }
    }

    /// Documents of any kind through the whole pipeline: valid by the schema, places and sums right. The first byte chooses the options, the second
    /// the kind of the documents, the others are the documents.
    fn record(&self, bytes: &[u8]) {
        let (Some(choice), Some(kind)) = (bytes.first(), bytes.get(1)) else { return };
        let media_type = match kind % 4 {
            0 => "text/plain",
            1 => "text/html",
            2 => "text/markdown",
            _ => "application/jsonl",
        };
        let body = |part: &[u8]| if kind % 4 == 3 { Body::Json(part.to_vec()) } else { Body::Text(part.to_vec()) };
        let documents: Vec<Raw> = (0..)
            .zip(bytes.get(2..).unwrap_or_default().split(|byte| *byte == APART))
            .map(|(number, part)| raw(&format!("fuzz-{number}"), media_type, body(part)))
            .collect();
        let options = Options {
            keep: if choice & 1 == 0 { Keep::First } else { Keep::All },
            foreign: choice & 2 != 0,
            words: choice & 4 != 0,
            offsets: match (choice >> 3) % 3 {
                0 => Unit::Chars,
                1 => Unit::Bytes,
                _ => Unit::Utf16,
            },
            extract: if choice & 0x80 == 0 { Extract::Main } else { Extract::All },
            ..Options::default()
        };
        self.hold(documents, &options);
    }

    /// Asserts what is promised of the records of documents.
    fn hold(&self, documents: Vec<Raw>, options: &Options) {
        for built in together(documents, &self.fields, &self.rules, options) {
            let failure = built.failure.as_deref().unwrap_or_default();
            assert!(!failure.contains("internal error"), "{failure}");
            let line: Value = serde_json::from_slice(&built.line).unwrap_or_default();
            assert!(line.is_object(), "a record is JSON");
            let schema = if built.kept { &self.kept } else { &self.removed };
            let mut faults: Vec<String> = schema.iter().flat_map(|schema| schema.faults(&line)).collect();
            if built.kept {
                faults.extend(record::examine(&line).faults);
            }
            for finding in &built.findings {
                let finding = serde_json::to_value(finding).unwrap_or_default();
                faults.extend(self.findings.iter().flat_map(|schema| schema.faults(&finding)));
            }
            assert!(faults.is_empty(), "{}", faults.join("\n"));
            assert!(built.conservation.holds(), "the characters add up");
        }
    }
}

fn raw(path: &str, media_type: &'static str, body: Body) -> Raw {
    Raw { media_type, body, ..Raw::text(path, "") }
}

/// A Word document with this text part.
fn packed(part: &[u8]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, text) in [("[Content_Types].xml", b"<Types/>".as_slice()), ("word/document.xml", part)] {
        if archive.start_file(name, stored).is_ok() {
            archive.write_all(text).unwrap_or_default();
        }
    }
    archive.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// Asserts that the blocks of a document lie in its text in order, and their places in its source.
fn laid_out(document: &Document) {
    let source = document.source.as_deref().unwrap_or(&document.text);
    let (mut end, mut source_end) = (0, 0);
    for block in document.layout.iter().flat_map(|layout| &layout.blocks) {
        let place = document.map.source(block.span);
        assert!(block.span.start() >= end && !block.span.of(&document.text).trim().is_empty(), "blocks are in order");
        assert!(place.start() >= source_end && !place.of(source).trim().is_empty(), "so are their places");
        (end, source_end) = (block.span.end(), place.end());
    }
}

/// Words by dictionary.
fn words(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut end = 0;
    for (span, word) in Dictionary::default().words(&text, 0) {
        assert!(span.start() >= end && span.of(&text) == word && !word.is_empty(), "words are in order and hold");
        end = span.end();
    }
}

fn blank(text: &str, from: usize, to: usize) -> bool {
    text.get(from..to).is_some_and(|between| between.trim().is_empty())
}
