//! Values of Russian dates against our own annotation of NEREL (`tests/dates/nerel.tsv`).
//!
//! The texts are not in this repository. `NEREL_TEXTS` names them: the corpus's folder (`dev/119336_text.txt`…), or a file of JSON Lines with
//! `doc_id` and `text`. Without it nothing is scored, and the test says so.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test may end by panic")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use recensio::analyze::analyze;
use recensio::model::{Document, LanguageTag, Origin, Timex};
use recensio::options::Options;
use recensio::rules::Rules;
use recensio::stage::segment;
use recensio::text::SourceMap;

/// Of a hundred annotated expressions so many must be found with their value.
const AT_LEAST: f64 = 85.0;

/// An annotated expression: its place in code points, and the values that are right.
struct Gold<'a> {
    start: usize,
    end: usize,
    values: Vec<&'a str>,
}

#[test]
fn values_of_russian_dates() {
    let rules = Rules::embedded().unwrap();
    let file = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/dates/nerel.tsv")).unwrap();
    let mut documents: BTreeMap<&str, (usize, Vec<Gold<'_>>)> = BTreeMap::new();
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let number = |at: usize| cells[at].parse::<usize>().unwrap();
        let gold = Gold { start: number(2), end: number(3), values: cells[4].split('|').collect() };
        assert!(gold.start < gold.end && gold.end <= number(1), "{line}");
        documents.entry(cells[0]).or_insert((number(1), Vec::new())).1.push(gold);
    }
    assert!(documents.len() >= 40, "{} documents", documents.len());
    let Some(place) = std::env::var_os("NEREL_TEXTS") else {
        eprintln!("NEREL_TEXTS is not set, so the values of {} documents were not scored", documents.len());
        return;
    };
    let texts = read(Path::new(&place));
    let (mut all, mut found, mut right) = (0u32, 0u32, 0u32);
    for (name, (length, gold)) in &documents {
        let text = texts(name).unwrap_or_else(|| panic!("NEREL_TEXTS has no document {name}"));
        assert_eq!(text.chars().count(), *length, "{name} is another version of the text");
        let said = dates(&text, &rules);
        for Gold { start, end, values } in gold {
            all += 1;
            let overlap = |place: &(usize, usize)| place.1.min(*end).saturating_sub(place.0.max(*start));
            let best = said.iter().filter(|(place, _)| overlap(place) > 0).max_by_key(|(place, _)| overlap(place));
            found += u32::from(best.is_some());
            let value = best.map_or("", |(_, value)| value.as_str());
            right += u32::from(values.contains(&value));
            if !values.contains(&value) {
                let surface: String = text.chars().skip(*start).take(end - start).collect();
                eprintln!("{name} {start} {surface:?}: {value:?} for {values:?}");
            }
        }
    }
    let share = 100.0 * f64::from(right) / f64::from(all);
    eprintln!(
        "{all} expressions in {} documents: {found} found, {right} with their value ({share:.1} %)",
        documents.len()
    );
    assert!(share >= AT_LEAST, "{share:.1} % have their value");
}

/// Gives the text of a document by its name.
type Texts = Box<dyn Fn(&str) -> Option<String>>;

/// The texts by the names of documents.
fn read(place: &Path) -> Texts {
    if place.is_dir() {
        let folder = place.to_owned();
        return Box::new(move |name| fs::read_to_string(folder.join(format!("{name}.txt"))).ok());
    }
    let lines = fs::read_to_string(place).expect("NEREL_TEXTS is a folder or a file of JSON Lines");
    let mut texts = BTreeMap::new();
    for line in lines.lines() {
        let object: serde_json::Value = serde_json::from_str(line).unwrap();
        let id = object["doc_id"].as_str().unwrap();
        texts.insert(id.strip_prefix("nerel/").unwrap_or(id).to_owned(), object["text"].as_str().unwrap().to_owned());
    }
    Box::new(move |name| texts.get(name).cloned())
}

/// Places in code points and values of what is found.
fn dates(text: &str, rules: &Rules) -> Vec<((usize, usize), String)> {
    let document = Document {
        id: "a".into(),
        origin: Origin::default(),
        map: SourceMap::identity(text.len()),
        source: None,
        text: text.into(),
        meta: Vec::new(),
        title: None,
        url: None,
        date: None,
        language: LanguageTag::parse("ru"),
        source_language: None,
        issues: Vec::new(),
        layout: None,
        segments: Vec::new(),
    };
    let blocks = segment::blocks(text);
    let analysis = analyze(&document, &blocks, rules, &Options::default());
    let chars = |byte: usize| text.get(..byte).unwrap_or_default().chars().count();
    let place = |t: &Timex| (chars(t.span.start()), chars(t.span.end()));
    analysis.timexes.iter().map(|t| (place(t), t.value.clone())).collect()
}
