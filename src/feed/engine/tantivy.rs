//! Documents as tantivy's `parse_json` takes them, and its schema. An index without a line of code is what `recensio index` makes.

use serde_json::{Map, Value, json};

use super::{Feed, Format, Shape, Stamped, entities, entity_lists, fields, pretty};
use crate::feed::analyser::ANALYSERS;
use crate::feed::unit::seconds;

pub(super) struct Tantivy;

impl Format for Tantivy {
    fn settings(&self, _: &Feed) -> Vec<(&'static str, String)> {
        let raw = json!({ "record": "basic", "fieldnorms": false, "tokenizer": "raw" });
        let mut all: Vec<Value> = Vec::new();
        for name in [
            "id",
            "document",
            "passage",
            "kind",
            "url",
            "path",
            "date",
            "language",
            "entity",
            "entity_names",
            "entity_types",
            "entity_ids",
            "content_hash",
        ] {
            all.push(
                json!({ "name": name, "type": "text", "options": { "indexing": raw, "stored": true, "fast": true } }),
            );
        }
        for name in ["years", "leftovers", "generation", "date_from", "date_to"] {
            let options = json!({ "indexed": true, "fieldnorms": false, "fast": true, "stored": true });
            all.push(json!({ "name": name, "type": "i64", "options": options }));
        }
        let options = json!({ "stored": true, "indexing": raw, "fast": false, "expand_dots_enabled": false });
        all.push(json!({ "name": "entities", "type": "json_object", "options": options }));
        for analyser in &ANALYSERS {
            let tokenizer = match (analyser.unspaced, analyser.snowball) {
                (true, _) => format!("{}_words", analyser.code),
                (_, Some(_)) => format!("{}_stem", analyser.code),
                _ => "default".to_owned(),
            };
            let words = json!({ "record": "position", "fieldnorms": true, "tokenizer": tokenizer });
            for field in ["title", "text"] {
                let options = json!({ "indexing": words, "stored": true, "fast": false });
                all.push(json!({ "name": format!("{field}_{}", analyser.code), "type": "text", "options": options }));
            }
        }
        vec![("schema.json", pretty(&Value::Array(all)))]
    }

    fn upserts(&self) -> Shape {
        Shape::LINES
    }

    fn deletes(&self) -> Shape {
        Shape::LINES
    }

    fn upsert(&self, record: &Stamped<'_>, _: &Feed) -> String {
        Value::Object(object(record)).to_string()
    }

    /// What is to be deleted: `+id:… +generation:[* TO below}`.
    fn delete(&self, ids: &[String], feed: &Feed) -> String {
        let one = |id: &String| json!({ "id": id, "generation_below": feed.generation }).to_string();
        ids.iter().map(one).collect::<Vec<_>>().join("\n")
    }
}

/// A record as tantivy takes it.
pub(in crate::feed) fn object(record: &Stamped<'_>) -> Map<String, Value> {
    let unit = record.unit;
    let mut out: Map<String, Value> = fields(record);
    entity_lists(unit, &mut out);
    out.insert("entity".to_owned(), json!(unit.entity_canonical()));
    out.insert("entities".to_owned(), entities(unit));
    out.insert("years".to_owned(), json!(unit.years()));
    out.insert("date_from".to_owned(), unit.dates.iter().map(|date| json!(seconds(date.from))).collect());
    out.insert("date_to".to_owned(), unit.dates.iter().map(|date| json!(seconds(date.to))).collect());
    out
}
