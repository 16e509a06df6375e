//! Imports go down the floors only; stages are strangers to each other.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may end by panic"
)]

use std::fs;
use std::path::{Path, PathBuf};

const FLOORS: [&[&str]; 10] = [
    &["text"],
    &["model"],
    &["rules"],
    &["stage"],
    &["analyze"],
    &["corpus"],
    &["record"],
    &["read", "write"],
    &["batch", "feed"],
    &["cli", "main"],
];
/// On no floor: anyone may use them.
const EVERYWHERE: [&str; 2] = ["options", "error"];

#[test]
fn imports_go_down() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    let mut seen = 0;
    for file in rust_files(&root) {
        let path = file.strip_prefix(&root).unwrap().with_extension("");
        let parts: Vec<_> = path.iter().map(|p| p.to_string_lossy().into_owned()).collect();
        let Some(home) = floor(&parts[0]) else { continue };
        let source = fs::read_to_string(&file).unwrap();
        for (number, used) in imports(&source) {
            seen += 1;
            let place = format!("{}:{number}", path.display());
            match floor(used.split("::").next().unwrap()) {
                Some(level) if level > home => {
                    wrong.push(format!("{place}: floor {home} imports {used} of floor {level}"));
                }
                _ => {}
            }
            if let (true, Some(other)) = (parts[0] == "stage" && parts.len() > 1, used.strip_prefix("stage::")) {
                let other = other.split("::").next().unwrap();
                if other != parts[1] {
                    wrong.push(format!("{place}: stage {} imports stage {other}", parts[1]));
                }
            }
        }
    }
    assert!(seen > 20, "the test reads no imports any more");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn floor(module: &str) -> Option<usize> {
    if EVERYWHERE.contains(&module) {
        return None;
    }
    FLOORS.iter().position(|modules| modules.contains(&module))
}

/// What a file names of this crate: `crate::a::b` and `recensio::a::b`, braces opened one level.
fn imports(source: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    for (number, line) in source.lines().enumerate() {
        let line = line.split("//").next().unwrap();
        for root in ["crate::", "recensio::"] {
            for (at, _) in line.match_indices(root) {
                let rest = &line[at + root.len()..];
                if let Some(list) = rest.strip_prefix('{') {
                    out.extend(list.split(['}', ',']).map(|p| (number + 1, p.trim().to_owned())));
                } else {
                    out.push((number + 1, rest.split([';', '{', ' ', '(']).next().unwrap().to_owned()));
                }
            }
        }
    }
    out
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            out.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
    out.sort();
    out
}
