//! The committed JSON Schema is the one that the types give, and everything that is written is valid by it.
//!
//! After a change that is meant: `cargo run --release -- schema > docs/schema/recensio-1.schema.json`.

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
use support::{Bench, root};

fn committed() -> Value {
    serde_json::from_str(&fs::read_to_string(root().join("docs/schema/recensio-1.schema.json")).unwrap()).unwrap()
}

#[test]
fn the_committed_schema_is_up_to_date() {
    let now = serde_json::to_string_pretty(&recensio::record::schema()).unwrap() + "\n";
    let then = fs::read_to_string(root().join("docs/schema/recensio-1.schema.json")).unwrap();
    assert!(now == then, "run `cargo run --release -- schema > docs/schema/recensio-1.schema.json`");
}

/// A schema for the lines of one file.
fn of(file: &str) -> jsonschema::Validator {
    let all = committed();
    let mut schema = all["files"][file].clone();
    schema["$defs"] = all["$defs"].clone();
    schema["$schema"] = all["$schema"].clone();
    jsonschema::validator_for(&schema).unwrap()
}

#[test]
fn every_line_is_valid() {
    let bench = Bench::with(&[
        (
            "a.txt",
            "Правила вступили в силу в мае 2021 года. Министерство сообщило о запрете 内容审核 в сети.\n".as_bytes(),
        ),
        (
            "b.txt",
            "Правила вступили в силу в мае 2021 года. Министерство сообщило о запрете 内容审核 в сети.\n".as_bytes(),
        ),
        (
            "c.jsonl",
            b"{\"text\": \"One. Two.\", \"x\": [1, null], \"title\": \"T\", \"date\": \"2021-05-03\"}\n{\"no\": 1}\n",
        ),
        ("d.txt", b"abc \xff\xfe def"),
    ]);
    let (code, said) = bench.run(&["--foreign"]);
    assert_eq!(code, 1, "{said}");
    let mut seen = 0;
    for file in ["corpus.jsonl", "removed.jsonl", "clusters.jsonl", "findings.jsonl", "run.json"] {
        let validator = of(file);
        let records =
            if file == "run.json" { vec![serde_json::from_str(&bench.text(file)).unwrap()] } else { bench.lines(file) };
        for record in records {
            let errors: Vec<_> =
                validator.iter_errors(&record).map(|e| format!("{e} at {}", e.instance_path())).collect();
            assert!(errors.is_empty(), "{file}: {errors:?}");
            seen += 1;
        }
    }
    assert!(seen >= 7, "{seen}");
}

#[test]
fn the_schema_refuses_what_is_not_of_the_format() {
    let validator = of("corpus.jsonl");
    assert!(!validator.is_valid(&serde_json::json!({ "format": "recensio/1" })));
}

/// Every way in which a record can be spoilt by changing one value in it: the value, and what is there instead.
fn spoilt(record: &Value) -> Vec<Value> {
    fn paths(value: &Value, at: &str, out: &mut Vec<String>) {
        out.push(at.to_owned());
        match value {
            Value::Object(object) => object.iter().for_each(|(name, inner)| {
                paths(inner, &format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), out);
            }),
            Value::Array(list) => {
                list.iter().enumerate().take(2).for_each(|(n, inner)| paths(inner, &format!("{at}/{n}"), out));
            }
            _ => {}
        }
    }
    let mut all = Vec::new();
    paths(record, "", &mut all);
    let mut out = Vec::new();
    for path in all {
        for instead in
            [Value::Null, (-1).into(), 0.5.into(), "?".into(), "p1".into(), Value::Array(vec![]), serde_json::json!({})]
        {
            let mut copy = record.clone();
            *copy.pointer_mut(&path).unwrap() = instead;
            out.push(copy);
        }
        if let Some((parent, name)) = path.rsplit_once('/') {
            let mut copy = record.clone();
            if let Some(object) = copy.pointer_mut(parent).and_then(Value::as_object_mut) {
                object.remove(&name.replace("~1", "/").replace("~0", "~"));
                object.insert("unheard".to_owned(), Value::Null);
                out.push(copy);
            }
        }
    }
    out
}

#[test]
fn what_verify_finds_valid_is_what_the_library_finds_valid() {
    let output = root().join("output");
    let (mut valid, mut invalid) = (0, 0);
    for file in ["corpus.jsonl", "clusters.jsonl", "findings.jsonl", "run.json"] {
        let (theirs, ours) = (of(file), recensio::record::Schema::of(file).unwrap());
        let text = fs::read_to_string(output.join(file)).unwrap();
        let mut record: Value = match file {
            "run.json" => serde_json::from_str(&text).unwrap(),
            _ => serde_json::from_str(text.lines().next().unwrap()).unwrap(),
        };
        for layer in ["passages", "dropped", "entities", "dates", "copies"] {
            record.get_mut(layer).and_then(Value::as_array_mut).into_iter().for_each(|list| list.truncate(2));
        }
        assert!(ours.faults(&record).is_empty(), "{file}: {:?}", ours.faults(&record));
        for record in spoilt(&record) {
            let fine = theirs.is_valid(&record);
            assert_eq!(ours.faults(&record).is_empty(), fine, "{file}: {record}");
            *(if fine { &mut valid } else { &mut invalid }) += 1;
        }
    }
    assert!(valid > 100 && invalid > 1000, "{valid} {invalid}");
}
