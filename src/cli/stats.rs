//! `recensio stats`: what is in a corpus, in figures.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::process::ExitCode;

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation as _;

use super::args::{Format, Stats};
use super::{Failure, log, print};
use crate::error::Error;
use crate::record::Run;

/// So many rows of each table are printed.
const ROWS: usize = 15;

/// What is read of a document.
#[derive(Deserialize)]
struct Document {
    text: String,
    language: Language,
    passages: Vec<Passage>,
    entities: Vec<Entity>,
    dates: Vec<Date>,
}

#[derive(Deserialize)]
struct Language {
    code: String,
}

#[derive(Deserialize)]
struct Passage {
    kind: String,
    sentences: Vec<[usize; 2]>,
}

#[derive(Deserialize)]
struct Entity {
    #[serde(rename = "type")]
    kind: String,
    name: String,
    mentions: Vec<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct Date {
    interval: Option<[String; 2]>,
}

/// The figures.
#[derive(Default, Serialize)]
struct Figures {
    documents: u64,
    characters: u64,
    words: u64,
    sentences: u64,
    /// Characters of the longest document.
    longest: u64,
    /// Characters by language of the document.
    languages: BTreeMap<String, u64>,
    /// Passages by kind.
    passages: BTreeMap<String, u64>,
    /// Mentions by type and name.
    entities: BTreeMap<String, u64>,
    /// Dates by the year they begin in.
    years: BTreeMap<String, u64>,
}

/// Prints the figures of the corpus in a folder.
pub(super) fn stats(args: &Stats) -> Result<ExitCode, Failure> {
    let path = args.output.join("corpus.jsonl");
    let failed = |what: String| Failure::Error(Error::Corpus { path: path.clone(), what });
    let mut figures = Figures::default();
    let file = File::open(&path).map_err(|error| failed(error.to_string()))?;
    for (index, line) in BufReader::with_capacity(1 << 16, file).split(b'\n').enumerate() {
        let line = line.map_err(|error| failed(error.to_string()))?;
        let document: Document =
            serde_json::from_slice(&line).map_err(|error| failed(format!("line {}: {error}", index + 1)))?;
        figures.add(document);
    }
    let path = args.output.join("run.json");
    let failed = |what: String| Failure::Error(Error::Corpus { path: path.clone(), what });
    let run = fs::read(&path).map_err(|error| failed(error.to_string()))?;
    let run: Run = serde_json::from_slice(&run).map_err(|error| failed(error.to_string()))?;
    match args.format {
        Format::Json => {
            let all = serde_json::json!({ "run": run.counts, "conservation": run.conservation, "corpus": figures });
            print(&format!("{}\n", serde_json::to_string_pretty(&all).unwrap_or_default()))?;
        }
        Format::Text => print(&figures.text(&run))?,
    }
    Ok(ExitCode::SUCCESS)
}

impl Figures {
    fn add(&mut self, document: Document) {
        let characters = document.text.chars().count() as u64;
        self.documents += 1;
        self.characters += characters;
        self.words += document.text.unicode_words().count() as u64;
        self.longest = self.longest.max(characters);
        *self.languages.entry(document.language.code).or_default() += characters;
        for passage in document.passages {
            self.sentences += passage.sentences.len() as u64;
            *self.passages.entry(passage.kind).or_default() += 1;
        }
        for entity in document.entities {
            *self.entities.entry(format!("{} {}", entity.kind, entity.name)).or_default() +=
                entity.mentions.len() as u64;
        }
        for [start, _] in document.dates.into_iter().filter_map(|date| date.interval) {
            let year = start.rsplitn(3, '-').nth(2).unwrap_or(&start);
            *self.years.entry(year.to_owned()).or_default() += 1;
        }
    }

    fn text(&self, run: &Run) -> String {
        let mut out = String::new();
        let mut row = |name: &str, value: u64| out.push_str(&format!("{value:>12}  {name}\n"));
        row("documents kept", self.documents);
        row("documents removed", run.counts.documents_removed.values().sum());
        row("characters", self.characters);
        row("words (UAX #29)", self.words);
        row("sentences", self.sentences);
        row("characters of the longest document", self.longest);
        row("passages taken out", run.counts.passages_dropped.values().sum());
        row("leftovers", run.counts.leftovers.values().sum());
        row("findings", run.counts.findings.values().sum());
        for (title, table) in [
            ("characters by language", &self.languages),
            ("passages by kind", &self.passages),
            ("mentions of entities", &self.entities),
        ] {
            let mut rows: Vec<_> = table.iter().collect();
            rows.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
            out.push_str(&list(title, rows.iter().take(ROWS).copied(), rows.len()));
        }
        let mut years: Vec<_> = self.years.iter().collect();
        years.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        years.truncate(ROWS);
        years.sort();
        out.push_str(&list("dates by year", years.iter().copied(), self.years.len()));
        out
    }
}

fn list<'r>(title: &str, rows: impl Iterator<Item = (&'r String, &'r u64)>, all: usize) -> String {
    let mut out = format!("\n{title}");
    out.push_str(&if all > ROWS { format!(" (the {ROWS} most frequent of {all})\n") } else { "\n".to_owned() });
    out.extend(rows.map(|(name, n)| format!("{n:>12}  {}\n", log::safe(name))));
    out
}
