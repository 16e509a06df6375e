//! OpenSearch and Elasticsearch: `_bulk` with external versions, so that what is older never takes the place of what is newer.

use serde_json::{Map, Value, json};

use super::{Feed, Format, Shape, Stamped, entities, fields, id, pretty, script};
use crate::feed::analyser::ANALYSERS;
use crate::feed::unit::{Interval, written};

/// Bytes that an id may have.
const ID: usize = 512;

pub(super) struct Bulk;

impl Format for Bulk {
    fn settings(&self, feed: &Feed) -> Vec<(&'static str, String)> {
        let mut properties = Map::new();
        let mut put = |name: &str, value: Value| drop(properties.insert(name.to_owned(), value));
        for name in ["id", "document", "passage", "kind", "url", "path", "language", "content_hash"] {
            put(name, json!({ "type": "keyword", "ignore_above": 8000 }));
        }
        put("date", json!({ "type": "date", "format": "strict_date" }));
        put("dates", json!({ "type": "date_range", "format": "strict_date_optional_time" }));
        put("leftovers", json!({ "type": "integer" }));
        put("generation", json!({ "type": "long" }));
        let keyword = json!({ "type": "keyword" });
        let entity = json!({ "type": keyword, "name": keyword, "names": keyword, "ids": keyword, "jurisdiction": keyword,
            "mentions": { "type": "integer" } });
        put("entities", json!({ "type": "nested", "properties": entity }));
        for analyser in &ANALYSERS {
            for field in ["title", "text"] {
                put(&format!("{field}_{}", analyser.code), json!({ "type": "text", "analyzer": analyser.lucene }));
            }
        }
        let pairs = json!({
            "tokenizer": { "recensio_pairs": { "type": "ngram", "min_gram": 2, "max_gram": 2 } },
            "analyzer": { "recensio_pairs": { "type": "custom", "tokenizer": "recensio_pairs", "filter": ["lowercase"] } },
        });
        let index = json!({
            // A delete is remembered for so long, against what was sent before it and comes after it.
            "settings": { "index": { "gc_deletes": "1h" }, "analysis": pairs },
            "mappings": { "dynamic": "strict", "properties": properties },
        });
        let load = script(
            "# Makes the index where it is not there and sends the feed. URL is the server, CURL_OPTIONS what curl needs besides, such as -u user:password.\n\
             # What it prints of a file are errors; a conflict of versions says that the index has something newer.",
            &format!(
                "url=${{URL:-http://localhost:9200}}\n\
                 curl -sf -o /dev/null -I ${{CURL_OPTIONS:-}} \"$url/{0}\" ||\n\
                 \x20   curl -sS --fail-with-body ${{CURL_OPTIONS:-}} -X PUT \"$url/{0}\" -H 'Content-Type: application/json' --data-binary @index.json\n\
                 for file in upserts-*.ndjson deletes-*.ndjson; do\n\
                 \x20   [ -e \"$file\" ] || continue\n\
                 \x20   curl -sS --fail-with-body ${{CURL_OPTIONS:-}} -X POST \"$url/_bulk?filter_path=errors,items.*.error\" \\\n\
                 \x20       -H 'Content-Type: application/x-ndjson' --data-binary \"@$file\"\n\
                 done\n",
                feed.name
            ),
        );
        vec![("index.json", pretty(&index)), ("load.sh", load)]
    }

    fn upserts(&self) -> Shape {
        Shape { extension: "ndjson", ..Shape::LINES }
    }

    fn deletes(&self) -> Shape {
        Shape { extension: "ndjson", ..Shape::LINES }
    }

    fn upsert(&self, record: &Stamped<'_>, feed: &Feed) -> String {
        let action = json!({ "index": { "_index": feed.name, "_id": id(&record.unit.id, ID), "version": record.generation,
            "version_type": "external_gte" } });
        let mut source = fields(record);
        if !record.unit.entities.is_empty() {
            source.insert("entities".to_owned(), entities(record.unit));
        }
        let dates: Vec<Value> = record.unit.dates.iter().map(range).collect();
        if !dates.is_empty() {
            source.insert("dates".to_owned(), json!(dates));
        }
        format!("{action}\n{}", Value::Object(source))
    }

    fn delete(&self, ids: &[String], feed: &Feed) -> String {
        let action = |name: &String| {
            json!({ "delete": { "_index": feed.name, "_id": id(name, ID), "version": feed.generation, "version_type": "external" } })
                .to_string()
        };
        ids.iter().map(action).collect::<Vec<_>>().join("\n")
    }
}

fn range(date: &Interval) -> Value {
    json!({ "gte": written(date.from), "lt": written(date.to) })
}
