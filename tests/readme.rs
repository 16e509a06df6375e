//! What the README shows is true of the committed corpus.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may end by panic"
)]

use std::fs;
use std::path::Path;

use serde_json::Value;

fn file(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The blocks of the README between ```` ```kind ```` and ```` ``` ````.
fn blocks(kind: &str) -> Vec<String> {
    let readme = file("README.md");
    readme.split(&format!("```{kind}\n")).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn the_examples_stand_in_the_corpus() {
    let corpus: Value = serde_json::from_str(file("output/corpus.jsonl").lines().next().unwrap()).unwrap();
    let items: Vec<&Value> =
        ["leftovers", "dates", "entities"].iter().flat_map(|layer| corpus[layer].as_array().unwrap()).collect();
    let examples = blocks("json").concat();
    assert_eq!(examples.lines().count(), 3);
    for example in examples.lines() {
        let example: Value = serde_json::from_str(example).unwrap();
        assert!(items.iter().any(|item| holds(item, &example)), "no longer true: {example}");
    }
}

fn holds(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            part.iter().all(|(k, v)| whole.get(k).is_some_and(|w| holds(w, v)))
        }
        _ => whole == part,
    }
}

#[test]
fn the_summary_is_that_of_the_sample() {
    let run: Value = serde_json::from_str(&file("output/run.json")).unwrap();
    let summary = blocks("text").concat();
    let sum =
        |layer: &str| run["counts"][layer].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum::<u64>();
    for expected in [
        format!("{} kept, {} dropped", run["counts"]["passages_kept"], sum("passages_dropped")),
        format!("leftovers  {} (", sum("leftovers")),
        format!("entities  {} (", sum("entities")),
        format!("dates  {} (", sum("dates")),
        format!("findings  {} (", sum("findings")),
        format!(
            "{} read = {} kept + {} dropped",
            run["conservation"]["read"], run["conservation"]["kept"], run["conservation"]["dropped"]
        ),
    ] {
        assert!(summary.contains(&expected), "the README does not say: {expected}");
    }
}

#[test]
fn the_commands_are_those_that_are_checked() {
    let checked = file(".ci/run");
    for command in blocks("sh")[0].lines() {
        assert!(checked.contains(command), ".ci/run does not run: {command}");
    }
}
