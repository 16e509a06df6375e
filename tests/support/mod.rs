//! Runs the program on files that a test writes.

#![allow(dead_code, reason = "each test uses a part")]
#![allow(unreachable_pub, reason = "a module of several test crates")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// A folder with an `in` and an `out`.
pub struct Bench {
    pub folder: TempDir,
}

impl Bench {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("in")).unwrap();
        Self { folder }
    }

    pub fn with(files: &[(&str, &[u8])]) -> Self {
        let bench = Self::new();
        for (name, bytes) in files {
            bench.write(name, bytes);
        }
        bench
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.folder.path().join("in").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// `recensio ARGS`, in the folder.
    pub fn recensio(&self, args: &[&str]) -> Output {
        Command::new(program()).args(args).current_dir(self.folder.path()).output().unwrap()
    }

    /// `recensio in -o out ARGS`: exit code, and what was said.
    pub fn run(&self, args: &[&str]) -> (i32, String) {
        let output = self.recensio(&[&["run", "in", "-o", "out"], args].concat());
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    }

    pub fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path("out").join(name)).unwrap()
    }

    pub fn lines(&self, name: &str) -> Vec<Value> {
        self.text(name).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

pub fn program() -> &'static str {
    env!("CARGO_BIN_EXE_recensio")
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What is wrong with the records of a corpus: places, quotes, and characters that are not covered exactly once. `sources` are the
/// decoded texts by id.
pub fn violations(corpus: &[Value], sources: &dyn Fn(&str) -> String) -> Vec<String> {
    let mut wrong = Vec::new();
    for record in corpus {
        let id = record["id"].as_str().unwrap();
        let (text, source): (Vec<char>, Vec<char>) =
            (record["text"].as_str().unwrap().chars().collect(), sources(id).chars().collect());
        let mut covered = vec![0u8; source.len()];
        for layer in ["passages", "dropped"] {
            for part in record[layer].as_array().unwrap() {
                let (start, end) = place(&part["source"]);
                covered[start..end].iter_mut().for_each(|n| *n += 1);
            }
        }
        for (at, c) in source.iter().enumerate() {
            if covered[at] != 1 && !c.is_whitespace() {
                wrong.push(format!("{id}: character {at} {c:?} is covered {} times", covered[at]));
                break;
            }
        }
        let mut quotes: Vec<&Value> = Vec::new();
        for layer in ["leftovers", "dates"] {
            quotes.extend(record[layer].as_array().unwrap());
        }
        quotes.extend(record["entities"].as_array().unwrap().iter().flat_map(|e| e["mentions"].as_array().unwrap()));
        for quote in quotes {
            let ((start, end), (from, to)) = (place(&quote["span"]), place(&quote["source"]));
            let said: String = text[start..end].iter().collect();
            let there: String = source[from..to].iter().collect();
            if said != quote["text"].as_str().unwrap() || there != said {
                wrong.push(format!("{id}: {quote} is {said:?} in the text and {there:?} in the source"));
            }
        }
        for passage in record["passages"].as_array().unwrap() {
            let (start, end) = place(&passage["span"]);
            let mut at = start;
            for sentence in passage["sentences"].as_array().unwrap() {
                let (from, to) = place(sentence);
                if from < at || to > end || text[at..from].iter().any(|c| !c.is_whitespace()) {
                    wrong.push(format!("{id}: sentence {sentence} of {passage}"));
                }
                at = to;
            }
        }
    }
    wrong
}

fn place(value: &Value) -> (usize, usize) {
    (value[0].as_u64().unwrap() as usize, value[1].as_u64().unwrap() as usize)
}
