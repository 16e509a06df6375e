//! The marked examples of `tests/cases/*.md`: one runner a stage, so that signatures may change and the examples stay.
//!
//! A case is a block indented by four spaces (the text of a document) after a sentence that says what it shows. `⟦…⟧` marks what is to
//! be found, `⟦…|label⟧` says as what: the language of a leftover, the value of a date, the type of an entity, the rule of a finding.
//! A heading `## ru` gives the language of the cases below it, `## ru, 2021-05-03` also the document's date. The stage is the first part
//! of the file's name: `timex.ru.md`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may end by panic"
)]

use std::fs;
use std::path::Path;

use recensio::analyze::analyze;
use recensio::model::{Analysis, Document, DocumentDate, Kind, LanguageTag, Origin};
use recensio::options::Options;
use recensio::rules::Rules;
use recensio::stage::{clean, segment};
use recensio::text::{SourceMap, Span};

struct Case {
    place: String,
    says: String,
    language: Option<LanguageTag>,
    date: Option<DocumentDate>,
    text: String,
    marks: Vec<(Span, Option<String>)>,
}

#[test]
fn leftover_cases() {
    check("leftover", |_, found| found.leftovers.iter().map(|l| (l.span, l.language.to_string())).collect());
}

#[test]
fn timex_cases() {
    check("timex", |_, found| found.timexes.iter().map(|t| (t.span, t.value.clone())).collect());
}

#[test]
fn entity_cases() {
    check("entity", |_, found| {
        let mentions =
            found.entities.iter().flat_map(|e| e.mentions.iter().map(|m| (m.span, e.kind.name().to_owned())));
        let mut mentions: Vec<_> = mentions.collect();
        mentions.sort();
        mentions
    });
}

#[test]
fn proof_cases() {
    check("proof", |_, found| found.findings.iter().map(|f| (f.span, f.rule.to_owned())).collect());
}

#[test]
fn sentence_cases() {
    check("sentence", |_, found| {
        found.passages.iter().flat_map(|p| p.sentences.iter().map(|s| (*s, String::new()))).collect()
    });
}

#[test]
fn segment_cases() {
    check("segment", |_, found| found.passages.iter().map(|p| (p.span, kind(p.kind).to_owned())).collect());
}

/// The name of a kind of passage, as records have it.
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Title => "title",
        Kind::Heading => "heading",
        Kind::Paragraph => "paragraph",
        Kind::ListItem => "list_item",
        Kind::Quote => "quote",
        Kind::Table => "table",
        Kind::Code => "code",
        Kind::Caption => "caption",
    }
}

#[test]
fn boilerplate_cases() {
    let rules = Rules::embedded().unwrap();
    check("boilerplate", |document, _| {
        let blocks = segment::blocks(&document.text);
        let dropped = clean::boilerplate(&document.text, &blocks, &rules.boilerplate);
        dropped.iter().map(|d| (blocks[d.block].span, d.rule.to_owned())).collect()
    });
}

#[test]
fn language_cases() {
    check("language", |_, found| {
        found.passages.iter().enumerate().map(|(i, p)| (p.span, found.languages.of(i).tag.to_string())).collect()
    });
}

/// Runs all cases of a stage and reports every one that differs.
fn check(stage: &str, found: impl Fn(&Document, &Analysis) -> Vec<(Span, String)>) {
    let rules = Rules::embedded().unwrap();
    let mut wrong = Vec::new();
    let mut count = 0;
    for case in cases(stage) {
        count += 1;
        let document = document(&case);
        let blocks = segment::blocks(&document.text);
        let analysis = analyze(&document, &blocks, &rules, &Options::default());
        let said = found(&document, &analysis);
        let right = said.len() == case.marks.len()
            && case.marks.iter().all(|(span, label)| {
                said.iter().any(|(s, l)| s == span && label.as_ref().is_none_or(|label| label == l))
            });
        if !right {
            wrong.push(format!(
                "{}: {}\n  expected {}\n  found    {}",
                case.place,
                case.says,
                marked(&case.text, &case.marks),
                marked(&case.text, &said.into_iter().map(|(s, l)| (s, Some(l))).collect::<Vec<_>>())
            ));
        }
    }
    assert!(count > 0, "there are no cases tests/cases/{stage}.*.md");
    assert!(wrong.is_empty(), "{} of {count} cases:\n{}", wrong.len(), wrong.join("\n"));
}

fn document(case: &Case) -> Document {
    Document {
        id: "case".to_owned(),
        origin: Origin::default(),
        map: SourceMap::identity(case.text.len()),
        source: None,
        layout: None,
        segments: Vec::new(),
        text: case.text.clone(),
        meta: Vec::new(),
        title: None,
        url: None,
        date: case.date.clone(),
        language: case.language,
        source_language: None,
        issues: Vec::new(),
    }
}

fn marked(text: &str, marks: &[(Span, Option<String>)]) -> String {
    let mut marks = marks.to_vec();
    marks.sort();
    let list = marks.iter().map(|(span, label)| match label.as_deref() {
        Some(label) if !label.is_empty() => format!("⟦{}|{label}⟧", span.of(text)),
        _ => format!("⟦{}⟧", span.of(text)),
    });
    format!("{:?} in {:?}", list.collect::<Vec<_>>(), text)
}

fn cases(stage: &str) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut out = Vec::new();
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let path = Path::new(&name);
        if name.split('.').next() != Some(stage) || path.extension().is_none_or(|e| e != "md") {
            continue;
        }
        read(&name, &fs::read_to_string(&file).unwrap(), &mut out);
    }
    out
}

fn read(file: &str, text: &str, out: &mut Vec<Case>) {
    let (mut language, mut date, mut says, mut body, mut first) = (None, None, String::new(), String::new(), 0);
    for (number, line) in text.lines().chain(["."]).enumerate() {
        if let Some(code) = line.strip_prefix("    ") {
            if body.is_empty() {
                first = number + 1;
            } else {
                body.push('\n');
            }
            body.push_str(code);
            continue;
        }
        if line.is_empty() && !body.is_empty() {
            body.push('\n');
            continue;
        }
        if !body.is_empty() {
            let (text, marks) = unmark(body.trim_end());
            out.push(Case {
                place: format!("{file}:{first}"),
                says: says.clone(),
                language,
                date: date.clone(),
                text,
                marks,
            });
            body.clear();
        }
        if let Some(heading) = line.strip_prefix("## ") {
            let mut parts = heading.split(',').map(str::trim);
            language = parts.next().and_then(LanguageTag::parse);
            date = parts.next().and_then(DocumentDate::parse);
        } else if !line.is_empty() {
            line.clone_into(&mut says);
        }
    }
}

fn unmark(marked: &str) -> (String, Vec<(Span, Option<String>)>) {
    let (mut text, mut marks, mut open) = (String::new(), Vec::new(), Vec::new());
    let mut rest = marked.chars();
    while let Some(c) = rest.next() {
        match c {
            '⟦' => open.push(text.len()),
            '⟧' => marks.push((Span::new(open.pop().unwrap(), text.len()), None)),
            '|' if !open.is_empty() => {
                let label: String = rest.by_ref().take_while(|&c| c != '⟧').collect();
                marks.push((Span::new(open.pop().unwrap(), text.len()), Some(label)));
            }
            _ => text.push(c),
        }
    }
    (text, marks)
}
