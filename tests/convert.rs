//! `recensio convert`: what is written, what is refused, and that nothing is left of what fails. The tools that read it: `tests/columns/run`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may end by panic"
)]

mod support;

use std::fs;

use serde_json::Value;
use support::Bench;

const TEXT: &str = "=SUM(A1)\tis no formula.\n\nDas war im Mai 2021, sagte der Minister, and nobody asked him why.\n";

fn corpus(arguments: &[&str]) -> Bench {
    let bench = Bench::with(&[("a.txt", TEXT.as_bytes()), ("b.txt", "𝄞 Ein Lied vom 3. Mai 2021.".as_bytes())]);
    assert_eq!(bench.run(&[&["-q"], arguments].concat()).0, 0);
    bench
}

fn converted(bench: &Bench, arguments: &[&str]) -> (i32, String) {
    let output = bench.recensio(&[&["convert", "out"], arguments].concat());
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn documents_and_passages_are_those_of_the_corpus_whatever_places_count() {
    for offsets in ["chars", "bytes", "utf16"] {
        let bench = corpus(&["--offsets", offsets]);
        assert_eq!(converted(&bench, &["--to", "langchain", "--passages", "-o", "lc", "-q"]), (0, String::new()));
        let lines = fs::read_to_string(bench.path("lc/documents.jsonl")).unwrap();
        let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let by_id = |id: &str| lines.iter().find(|line| line["id"] == id).unwrap();
        let first = by_id("a.txt#p1");
        assert_eq!((first["metadata"]["start_index"].as_u64(), first["type"].as_str()), (Some(0), Some("Document")));
        assert!(by_id("a.txt#p2")["page_content"].as_str().unwrap().starts_with("Das war"), "{offsets}");
        assert_eq!(by_id("a.txt#p2")["metadata"]["dates"], "2021-05");
        assert!(by_id("b.txt#p1")["page_content"].as_str().unwrap().ends_with("2021."));
    }
}

#[test]
fn cells_are_no_formulas_and_files_are_told() {
    let bench = corpus(&[]);
    let (code, said) = converted(&bench, &["--to", "csv", "-o", "tables"]);
    assert!(code == 0 && said.contains("documents.entities.mentions.csv"), "{said}");
    let table = fs::read_to_string(bench.path("tables/documents.csv")).unwrap();
    assert!(table.starts_with("format,offsets,id,source.path,"), "{table}");
    assert!(table.contains("'=SUM(A1)\tis no formula"), "{table}");
    let dates = fs::read_to_string(bench.path("tables/documents.dates.csv")).unwrap();
    assert!(dates.contains("\r\na.txt,t1,") && dates.contains(",2021-05,"), "{dates}");
}

#[test]
fn what_cannot_be_written_leaves_nothing() {
    let bench = corpus(&["--offsets", "bytes"]);
    let (code, said) = converted(&bench, &["--to", "dolma", "-o", "dolma"]);
    assert!(code == 2 && said.contains("make the corpus with --offsets chars"), "{said}");
    let left: Vec<_> = walkdir::WalkDir::new(bench.path("dolma")).into_iter().map(Result::unwrap).collect();
    assert!(left.iter().all(|entry| entry.file_type().is_dir()), "{left:?}");

    let (code, said) = converted(&bench, &["--to", "csv", "--passages", "-o", "x"]);
    assert!(code == 2 && said.contains("--passages goes with --to langchain"), "{said}");
    fs::write(bench.path("file"), "").unwrap();
    let (code, said) = converted(&bench, &["--to", "csv", "-o", "file"]);
    assert!(code == 2 && said.contains("cannot write file"), "{said}");
    let (code, said) = converted(&bench, &["--to", "orc", "-o", "x"]);
    assert!(code == 2 && said.contains("possible values: parquet, arrow"), "{said}");
    let output = bench.recensio(&["convert", "in", "--to", "tsv", "-o", "x"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && said.contains("run recensio first"), "{said}");

    // A line that is broken: what was written before stays as it was.
    assert_eq!(converted(&bench, &["--to", "datatrove", "-o", "dt", "-q"]).0, 0);
    let before = fs::read(bench.path("dt/00000.jsonl")).unwrap();
    fs::write(bench.path("out/corpus.jsonl"), "{\"id\": \"a\"}\n{\"id\":").unwrap();
    let (code, said) = converted(&bench, &["--to", "datatrove", "-o", "dt"]);
    assert!(code == 2 && said.contains("corpus.jsonl: line 2: "), "{said}");
    assert_eq!(fs::read(bench.path("dt/00000.jsonl")).unwrap(), before);
    assert_eq!(fs::read_dir(bench.path("dt")).unwrap().count(), 1);
}

#[cfg(not(feature = "arrow"))]
#[test]
fn columns_need_a_feature_and_say_so() {
    let bench = corpus(&[]);
    let (code, said) = converted(&bench, &["--to", "parquet", "-o", "x"]);
    assert!(code == 2 && said.contains("build with `--features arrow`"), "{said}");
}

#[cfg(feature = "arrow")]
#[test]
fn columns_are_read_back_as_documents() {
    let bench = corpus(&[]);
    assert_eq!(converted(&bench, &["--to", "parquet", "-o", "columns", "-q"]).0, 0);
    assert_eq!(converted(&bench, &["--to", "huggingface", "-o", "set", "-q"]).0, 0);
    assert!(fs::read_to_string(bench.path("set/README.md")).unwrap().contains("path: data/corpus.parquet"));
    let output = bench.recensio(&["run", "columns/corpus.parquet", "-o", "again", "-q", "--keep", "all"]);
    assert!(output.status.success(), "{output:?}");
    let texts = |folder: &str| -> Vec<Value> {
        let lines = fs::read_to_string(bench.path(folder).join("corpus.jsonl")).unwrap();
        lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["text"].clone()).collect()
    };
    assert_eq!(texts("again"), texts("out"));
}
