//! Trains a tagger of names: `cargo run --release --example train_tagger -- LANGUAGE --words WORDS.tsv --out FOLDER TEXTS.jsonl[:KINDS[:WEIGHT[:LANGUAGE]]]…`.
//!
//! TEXTS are what `prepare.py` writes; KINDS (`person+place+org`) are those that are marked in them completely, WEIGHT is how much their texts
//! count. With `--folds N` the first TEXTS are cut into N parts, each is read with what the others and all other TEXTS teach, and precision, recall
//! and F1 of whole names are printed, by the marks of `--gold FILE`, which has the same texts, where that is given. `--test FILE` reads a file that nothing is learnt from. The two tables are written to FOLDER.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    reason = "a tool for developers: it may end by panic, and prints"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use recensio::analyze;
use recensio::model::{Block, Detected, Document, EntityType, LanguageTag, Languages, Origin, Passage, Samples};
use recensio::options::Options;
use recensio::rules::entity::tagger::{KINDS, Tagger, write_weights, write_words};
use recensio::rules::entity::token::{hash, tokens};
use recensio::rules::{Overlay, Rules};
use recensio::stage::{entity, segment};
use recensio::text::{SourceMap, Span};

#[path = "field.rs"]
mod field;

use field::{Field, Row};

const NAMES: [&str; KINDS] = ["person", "place", "org"];
/// Buckets of the table of weights, and slots of that of words, as powers of two.
const BUCKETS: u8 = 15;

/// A text with its marked names.
struct Text {
    document: Document,
    names: Vec<(usize, Span)>,
}

/// A file of texts.
struct File {
    texts: Vec<Text>,
    language: String,
    kinds: [bool; KINDS],
    weight: f32,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| arguments.iter().position(|a| a == name).map(|at| arguments[at + 1].clone());
    let language: &'static str = arguments[0].clone().leak();
    // Options come in pairs; what else is given are texts.
    let mut given = Vec::new();
    let mut rest = arguments.iter().skip(1);
    while let Some(argument) = rest.next() {
        if argument.starts_with("--") {
            rest.next();
        } else {
            given.push(argument.as_str());
        }
    }
    let mut rules = Rules::load(&Overlay::default()).unwrap();
    let words = option("--words").map_or_else(|| write_words(&[], 0), |path| words(&path));
    let empty = || {
        let (weights, _) = write_weights(&[], 0, &[[[0.0; 3]; 3]; KINDS]);
        Tagger::read("empty", weights.into(), words.clone().into()).unwrap()
    };
    rules.entity.set_tagger(language, empty());
    let files: Vec<File> = given.iter().map(|spec| file(spec, language)).collect();
    let rows: Vec<Vec<Vec<Row>>> = files.iter().map(|f| f.texts.iter().map(|t| rows(t, f, &rules)).collect()).collect();
    let gold = option("--gold").map(|path| file(&path, language));
    let epochs = option("--epochs").map_or(12, |n| n.parse().unwrap());
    if let Some(folds) = option("--folds").map(|n| n.parse::<usize>().unwrap()) {
        let mut counts = Counts::default();
        for fold in 0..folds {
            let learnt: Vec<&Row> = rows
                .iter()
                .enumerate()
                .flat_map(|(f, texts)| texts.iter().enumerate().filter(move |(t, _)| f > 0 || t % folds != fold))
                .flat_map(|(_, rows)| rows)
                .collect();
            let (weights, _) = Field::learn(&learnt, epochs).table(BUCKETS);
            rules.entity.set_tagger(language, Tagger::read("fold", weights.into(), words.clone().into()).unwrap());
            for text in gold.as_ref().unwrap_or(&files[0]).texts.iter().skip(fold).step_by(folds) {
                counts.add(text, &rules);
            }
        }
        counts.print("folds");
    }
    let all: Vec<&Row> = rows.iter().flatten().flatten().collect();
    let field = Field::learn(&all, epochs);
    let (weights, lost) = field.table(BUCKETS);
    println!("{} rows of tokens, {} features, {lost} without a place", all.len(), field.len());
    rules.entity.set_tagger(language, Tagger::read("all", weights.clone().into(), words.clone().into()).unwrap());
    if let Some(path) = option("--test") {
        let test = file(&path, language);
        let mut counts = Counts::default();
        for text in &test.texts {
            counts.add(text, &rules);
        }
        counts.print(&path);
    }
    if let Some(folder) = option("--out") {
        fs::write(format!("{folder}/tagger.bin"), weights).unwrap();
        fs::write(format!("{folder}/names.bin"), words).unwrap();
    }
}

/// The table of words from lines of `word person place organization`, in percent, and where it is known how common the word is, from 0 to 3.
fn words(path: &str) -> Vec<u8> {
    let text = fs::read_to_string(path).unwrap();
    let (mut found, mut low) = (Vec::new(), String::new());
    let mut out = BTreeMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        tokens(cells[0], 0, &mut found, &mut low);
        if found.len() != 1 {
            continue;
        }
        let what = cells[1..=KINDS].iter().enumerate().fold(0, |what, (kind, percent)| {
            let grade = match percent.parse::<u8>().unwrap() {
                0..15 => 0,
                15..40 => 1,
                40..75 => 2,
                _ => 3,
            };
            what | grade << (2 * kind)
        });
        let common = cells.get(KINDS + 1).map_or(0, |grade| grade.parse::<u8>().unwrap());
        let what = what | common << (2 * KINDS);
        out.entry(hash(&low)).or_insert(what);
    }
    let words: Vec<(u64, u8)> = out.into_iter().collect();
    let power = (words.len() * 5 / 4).next_power_of_two().trailing_zeros() as u8;
    println!("{} words in {} slots", words.len(), 1 << power);
    write_words(&words, power)
}

fn file(spec: &str, language: &str) -> File {
    let mut parts = spec.split(':');
    let path = parts.next().unwrap();
    let marked = parts.next().unwrap_or("person+place+org");
    let kinds = NAMES.map(|name| marked.split('+').any(|m| m == name));
    let weight = parts.next().map_or(1.0, |w| w.parse().unwrap());
    let language = parts.next().unwrap_or(language).to_owned();
    let texts = fs::read_to_string(path).unwrap().lines().map(|line| text(line, &language)).collect();
    File { texts, language, kinds, weight }
}

fn text(line: &str, language: &str) -> Text {
    let record: serde_json::Value = serde_json::from_str(line).unwrap();
    let text = record["text"].as_str().unwrap().to_owned();
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let at = |value: &serde_json::Value| bytes[value.as_u64().unwrap() as usize];
    let names = record["entities"].as_array().unwrap().iter();
    let names = names
        .map(|e| {
            let kind = NAMES.iter().position(|name| *name == e["type"].as_str().unwrap()).unwrap();
            (kind, Span::new(at(&e["start"]), at(&e["end"])))
        })
        .collect();
    let document = Document {
        id: record["id"].to_string(),
        origin: Origin::default(),
        map: SourceMap::identity(text.len()),
        text,
        source: None,
        layout: None,
        segments: Vec::new(),
        meta: Vec::new(),
        title: None,
        url: None,
        date: None,
        language: LanguageTag::parse(language),
        source_language: None,
        issues: Vec::new(),
    };
    Text { document, names }
}

fn kept(document: &Document, rules: &Rules) -> Vec<Block> {
    analyze::outline(document, rules, Samples::NONE).blocks
}

/// The rows of tokens of a text, labelled.
fn rows(text: &Text, file: &File, rules: &Rules) -> Vec<Row> {
    let source = text.document.text.as_str();
    let tag = LanguageTag::parse(&file.language).unwrap();
    let languages = Languages { document: Detected { tag, ..Detected::UNKNOWN }, passages: Vec::new() };
    let passages: Vec<Passage> = kept(&text.document, rules)
        .iter()
        .map(|block| Passage {
            span: block.span,
            kind: block.kind,
            sentences: segment::sentences(source, block.span, tag, &rules.sentence),
        })
        .collect();
    let samples = entity::samples(source, &passages, &languages, &rules.entity);
    samples
        .into_iter()
        .filter(|sample| !sample.tokens.is_empty())
        .map(|sample| {
            let labels = |kind: usize| {
                let mut labels = vec![0u8; sample.tokens.len()];
                let mut last = None;
                for (label, token) in labels.iter_mut().zip(&sample.tokens) {
                    let name = text.names.iter().find(|(k, span)| *k == kind && span.overlaps(*token));
                    *label = match name {
                        None => 0,
                        Some((_, span)) if last == Some(*span) => 2,
                        Some(_) => 1,
                    };
                    last = name.map(|(_, span)| *span);
                }
                labels
            };
            Row {
                labels: [labels(0), labels(1), labels(2)],
                features: sample.features,
                kinds: file.kinds,
                weight: file.weight,
            }
        })
        .collect()
}

/// Right, found and marked names by kind.
#[derive(Default)]
struct Counts([[usize; 3]; KINDS]);

impl Counts {
    fn add(&mut self, text: &Text, rules: &Rules) {
        let blocks = kept(&text.document, rules);
        let found = analyze::analyze(&text.document, &blocks, rules, &Options::default());
        let mut spans: BTreeSet<(usize, Span)> = BTreeSet::new();
        for entity in &found.entities {
            let kind = match entity.kind {
                EntityType::Person => 0,
                EntityType::Jurisdiction => 1,
                EntityType::Regulator | EntityType::Organization => 2,
                _ => continue,
            };
            spans.extend(entity.mentions.iter().map(|m| (kind, m.span)));
        }
        let all: Vec<_> = spans.iter().copied().collect();
        spans.retain(|(kind, span)| !all.iter().any(|(k, s)| k == kind && s != span && s.contains(*span)));
        for name in &text.names {
            self.0[name.0][2] += 1;
            self.0[name.0][0] += usize::from(spans.contains(name));
        }
        for (kind, _) in &spans {
            self.0[*kind][1] += 1;
        }
    }

    fn print(&self, what: &str) {
        for (name, [right, found, marked]) in NAMES.iter().zip(self.0) {
            let part = |of: usize| right as f64 / of.max(1) as f64;
            let f1 = 2.0 * right as f64 / (found + marked).max(1) as f64;
            println!("{what}: {name:6} P {:.3} R {:.3} F1 {f1:.3} ({marked} marked)", part(found), part(marked));
        }
    }
}
