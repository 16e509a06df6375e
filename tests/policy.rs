//! How well policy passages are read: `tests/policy/open` may be tuned on, `tests/policy/held` is held back and only its figures are printed
//! (`cargo test --test policy -- --nocapture`). What is marked is said in `tests/policy/README.md`.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test may panic, and this one prints figures"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use recensio::analyze::analyze;
use recensio::model::{Document, LanguageTag, Origin};
use recensio::options::Options;
use recensio::rules::Rules;
use recensio::stage::segment;
use recensio::text::SourceMap;

/// The types that are marked.
const TYPES: [&str; 5] = ["policy", "action", "regulator", "law", "jurisdiction"];

type Mark = (usize, usize, String);

#[derive(Clone, Copy, Default)]
struct Count {
    found: usize,
    reported: usize,
    marked: usize,
}

impl Count {
    fn f1(self) -> f64 {
        2.0 * self.found as f64 / (self.reported + self.marked).max(1) as f64
    }
}

#[test]
fn policy_passages_are_read() {
    let rules = Rules::embedded().unwrap();
    let open = half("open", &rules);
    let held = half("held", &rules);
    // A floor under both halves, so that a change that spoils one language is seen; not a target.
    assert!(open["all"].f1() > 0.82, "open: {:.3}", open["all"].f1());
    assert!(held["all"].f1() > 0.78, "held back: {:.3}", held["all"].f1());
}

fn half(name: &str, rules: &Rules) -> BTreeMap<String, Count> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/policy").join(name);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for file in files {
        let language = file.file_stem().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&file).unwrap();
        for passage in text.lines().filter_map(|line| line.strip_prefix("- ")) {
            let (text, marks) = unmark(passage);
            let said = read(&text, &language, rules);
            for mark in &marks {
                assert!(TYPES.contains(&mark.2.as_str()), "{}: no type {}", file.display(), mark.2);
            }
            for key in [language.as_str(), "all"].into_iter().chain(TYPES) {
                let of = |mark: &&Mark| !TYPES.contains(&key) || mark.2 == key;
                let count = counts.entry(key.to_owned()).or_default();
                count.marked += marks.iter().filter(of).count();
                count.reported += said.iter().filter(of).count();
                count.found += said.intersection(&marks).filter(of).count();
            }
        }
    }
    for (key, count) in &counts {
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        println!(
            "{name:5} {key:13} P {:.3}  R {:.3}  F1 {:.3}  ({} marked)",
            share(count.found, count.reported),
            share(count.found, count.marked),
            count.f1(),
            count.marked
        );
    }
    counts
}

fn read(text: &str, language: &str, rules: &Rules) -> BTreeSet<Mark> {
    let document = Document {
        id: "passage".to_owned(),
        origin: Origin::default(),
        map: SourceMap::identity(text.len()),
        source: None,
        layout: None,
        segments: Vec::new(),
        text: text.to_owned(),
        meta: Vec::new(),
        title: None,
        url: None,
        date: None,
        language: LanguageTag::parse(language),
        source_language: None,
        issues: Vec::new(),
    };
    let analysis = analyze(&document, &segment::blocks(text), rules, &Options::default());
    let mentions = analysis.entities.iter().flat_map(|entity| {
        entity.mentions.iter().map(|m| (m.span.start(), m.span.end(), entity.kind.name().to_owned()))
    });
    mentions.filter(|(_, _, kind)| TYPES.contains(&kind.as_str())).collect()
}

fn unmark(marked: &str) -> (String, BTreeSet<Mark>) {
    let (mut text, mut marks, mut open) = (String::new(), BTreeSet::new(), Vec::new());
    let mut rest = marked.chars();
    while let Some(c) = rest.next() {
        match c {
            '⟦' => open.push(text.len()),
            '|' if !open.is_empty() => {
                let kind: String = rest.by_ref().take_while(|&c| c != '⟧').collect();
                marks.insert((open.pop().expect("a mark is opened before its type"), text.len(), kind));
            }
            _ => text.push(c),
        }
    }
    (text, marks)
}
