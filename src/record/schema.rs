//! The JSON Schema of every file.

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::{Cluster, Document, Finding, Removed, Run};

/// One JSON Schema (draft 2020-12) with a definition for a line of each file: `corpus`, `removed`, `clusters`, `findings`, `run`. A record is
/// valid when it is valid by one of them.
pub fn schema() -> Value {
    let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut files = Map::new();
    for (file, schema) in [
        ("corpus.jsonl", generator.subschema_for::<Document<'static>>()),
        ("removed.jsonl", generator.subschema_for::<Removed<'static>>()),
        ("clusters.jsonl", generator.subschema_for::<Cluster<'static>>()),
        ("findings.jsonl", generator.subschema_for::<Finding>()),
        ("run.json", generator.subschema_for::<Run>()),
    ] {
        files.insert(file.to_owned(), schema.to_value());
    }
    let any: Vec<_> = files.values().cloned().collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": super::FORMAT,
        "description": "A line of corpus.jsonl, removed.jsonl, clusters.jsonl or findings.jsonl, or the object in run.json; `files` says which is which.",
        "anyOf": any,
        "files": files,
        "$defs": generator.take_definitions(true),
    })
}
