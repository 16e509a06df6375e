//! Typesense: documents as JSON Lines; deletes by filter, so that what was added again since is spared.

use serde_json::{Value, json};

use super::{Feed, Format, Shape, Stamped, date_lists, entity_lists, fields, pretty, script};
use crate::feed::analyser::ANALYSERS;
use crate::feed::unit::key;

pub(super) struct Typesense;

impl Format for Typesense {
    fn settings(&self, feed: &Feed) -> Vec<(&'static str, String)> {
        let mut all: Vec<Value> = Vec::new();
        for name in ["name", "document", "passage", "kind", "url", "path"] {
            all.push(json!({ "name": name, "type": "string", "optional": true, "index": false }));
        }
        all.push(json!({ "name": "language", "type": "string", "facet": true }));
        all.push(json!({ "name": "date", "type": "string", "optional": true, "facet": true }));
        for name in ["entity_names", "entity_types", "entity_ids"] {
            all.push(json!({ "name": name, "type": "string[]", "facet": true }));
        }
        for name in ["years", "months"] {
            all.push(json!({ "name": name, "type": "int32[]", "facet": true }));
        }
        all.push(json!({ "name": "leftovers", "type": "int32", "facet": true }));
        all.push(json!({ "name": "content_hash", "type": "string", "index": false, "optional": true }));
        all.push(json!({ "name": "generation", "type": "int64" }));
        for analyser in &ANALYSERS {
            for field in ["title", "text"] {
                let mut one =
                    json!({ "name": format!("{field}_{}", analyser.code), "type": "string", "optional": true });
                if let (Some(one), false) = (one.as_object_mut(), analyser.code == "other") {
                    one.insert("locale".to_owned(), json!(analyser.code));
                    if analyser.snowball.is_some() {
                        one.insert("stem".to_owned(), json!(true));
                    }
                }
                all.push(one);
            }
        }
        let collection = json!({ "name": feed.name, "fields": all });
        let load = script(
            "# Makes the collection where it is not there and sends the feed. URL is the server, KEY its key.\n\
             # The server answers with a line for each document.",
            &format!(
                "url=${{URL:-http://localhost:8108}}/collections\n\
                 key=\"X-TYPESENSE-API-KEY: ${{KEY:-}}\"\n\
                 curl -sf -o /dev/null -H \"$key\" \"$url/{0}\" ||\n\
                 \x20   curl -sS --fail-with-body -H \"$key\" -X POST \"$url\" -H 'Content-Type: application/json' --data-binary @collection.json\n\
                 for file in upserts-*.jsonl; do\n\
                 \x20   [ -e \"$file\" ] || continue\n\
                 \x20   curl -sS --fail-with-body -H \"$key\" -X POST \"$url/{0}/documents/import?action=upsert\" --data-binary \"@$file\"\n\
                 done\n\
                 for file in deletes-*.txt; do\n\
                 \x20   [ -e \"$file\" ] || continue\n\
                 \x20   while IFS= read -r line; do\n\
                 \x20       curl -sS --fail-with-body -H \"$key\" -X DELETE -G --data-urlencode \"filter_by=$line\" \"$url/{0}/documents\"\n\
                 \x20   done <\"$file\"\n\
                 done\n",
                feed.name
            ),
        );
        vec![("collection.json", pretty(&collection)), ("load.sh", load)]
    }

    fn upserts(&self) -> Shape {
        Shape::LINES
    }

    fn deletes(&self) -> Shape {
        Shape { extension: "txt", ..Shape::LINES }
    }

    fn upsert(&self, record: &Stamped<'_>, _: &Feed) -> String {
        let mut out = fields(record);
        // Ids stand in addresses and filters: what is called id elsewhere is the name here.
        out.insert("name".to_owned(), json!(record.unit.id));
        out.insert("id".to_owned(), json!(record.unit.key()));
        entity_lists(record.unit, &mut out);
        date_lists(record.unit, &mut out);
        Value::Object(out).to_string()
    }

    /// A filter may have 4000 characters.
    fn batch(&self) -> usize {
        100
    }

    fn delete(&self, ids: &[String], feed: &Feed) -> String {
        let keys: Vec<String> = ids.iter().map(|id| key(id)).collect();
        format!("id:[{}] && generation:<{}", keys.join(","), feed.generation)
    }
}
