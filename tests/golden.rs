//! The corpus in `output/` is what the sample in `input/` yields, byte for byte, and it keeps the contract.
//!
//! After a change that is meant: `cargo run --release`, and read the difference before it is committed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may end by panic"
)]

mod support;

use std::fs;
use std::process::Command;

use support::{program, root, violations};

const FILES: [&str; 6] =
    ["corpus.jsonl", "removed.jsonl", "clusters.jsonl", "findings.jsonl", "report.html", "run.json"];

#[test]
fn the_sample_yields_the_committed_corpus() {
    let place = tempfile::tempdir().unwrap();
    let status = Command::new(program())
        .arg("-q")
        .arg("input")
        .arg("-o")
        .arg(place.path())
        .current_dir(root())
        .status()
        .unwrap();
    assert!(status.success());
    for name in FILES {
        let (made, committed) =
            (fs::read(place.path().join(name)).unwrap(), fs::read(root().join("output").join(name)).unwrap());
        assert!(
            made == committed,
            "output/{name} is not what the sample yields now; run `cargo run --release` and read the difference"
        );
    }
}

#[test]
fn the_committed_corpus_keeps_the_contract() {
    let corpus = fs::read_to_string(root().join("output/corpus.jsonl")).unwrap();
    let corpus: Vec<_> = corpus.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(corpus.len(), 1);
    let source = |id: &str| fs::read_to_string(root().join("input").join(id)).unwrap();
    assert_eq!(violations(&corpus, &source), Vec::<String>::new());
}
