//! Meilisearch: documents as JSON Lines; deletes by filter, so that what was added again since is spared.

use serde_json::{Value, json};

use super::{Feed, Format, Shape, Stamped, date_lists, entities, entity_lists, fields, pretty, script};
use crate::feed::analyser::ANALYSERS;
use crate::feed::unit::key;

pub(super) struct Meilisearch;

impl Format for Meilisearch {
    fn settings(&self, feed: &Feed) -> Vec<(&'static str, String)> {
        let names = |field: &str| ANALYSERS.iter().map(|a| format!("{field}_{}", a.code)).collect::<Vec<_>>();
        let searchable: Vec<String> =
            names("title").into_iter().chain(names("text")).chain(["entity_names".to_owned()]).collect();
        let locales: Vec<Value> = ANALYSERS
            .iter()
            .filter(|a| !matches!(a.code, "other" | "ckb" | "eu" | "ga" | "gl" | "is"))
            .map(|a| json!({ "locales": [a.iso], "attributePatterns": [format!("*_{}", a.code)] }))
            .collect();
        let settings = json!({
            "searchableAttributes": searchable,
            "filterableAttributes": ["key", "id", "document", "language", "date", "entity_names", "entity_types", "entity_ids", "years", "months",
                "leftovers", "generation"],
            "sortableAttributes": ["date", "leftovers"],
            "localizedAttributes": locales,
        });
        let load = script(
            "# Makes the index where it is not there and sends the feed. URL is the server, CURL_OPTIONS what curl needs besides, such as\n\
             # -HAuthorization:Bearer\\ KEY. The server does what it is sent in that order: load feeds in the order in which they were made.",
            &format!(
                "url=${{URL:-http://localhost:7700}}/indexes\n\
                 json='Content-Type: application/json'\n\
                 curl -sS --fail-with-body ${{CURL_OPTIONS:-}} -X POST \"$url\" -H \"$json\" --data-binary '{{\"uid\":\"{0}\",\"primaryKey\":\"key\"}}'\n\
                 curl -sS --fail-with-body ${{CURL_OPTIONS:-}} -X PATCH \"$url/{0}/settings\" -H \"$json\" --data-binary @settings.json\n\
                 for file in upserts-*.jsonl; do\n\
                 \x20   [ -e \"$file\" ] || continue\n\
                 \x20   curl -sS --fail-with-body ${{CURL_OPTIONS:-}} -X POST \"$url/{0}/documents?primaryKey=key\" -H 'Content-Type: application/x-ndjson' \\\n\
                 \x20       --data-binary \"@$file\"\n\
                 done\n\
                 for file in deletes-*.jsonl; do\n\
                 \x20   [ -e \"$file\" ] || continue\n\
                 \x20   while IFS= read -r line; do\n\
                 \x20       printf %s \"$line\" | curl -sS --fail-with-body ${{CURL_OPTIONS:-}} -X POST \"$url/{0}/documents/delete\" -H \"$json\" --data-binary @-\n\
                 \x20   done <\"$file\"\n\
                 done\n",
                feed.name
            ),
        );
        vec![("settings.json", pretty(&settings)), ("load.sh", load)]
    }

    fn upserts(&self) -> Shape {
        Shape::LINES
    }

    fn deletes(&self) -> Shape {
        Shape::LINES
    }

    fn upsert(&self, record: &Stamped<'_>, _: &Feed) -> String {
        let mut out = serde_json::Map::new();
        // Ids of Meilisearch are letters, digits, - and _.
        out.insert("key".to_owned(), json!(record.unit.key()));
        out.append(&mut fields(record));
        out.insert("entities".to_owned(), entities(record.unit));
        entity_lists(record.unit, &mut out);
        date_lists(record.unit, &mut out);
        Value::Object(out).to_string()
    }

    fn batch(&self) -> usize {
        500
    }

    fn delete(&self, ids: &[String], feed: &Feed) -> String {
        let keys: Vec<String> = ids.iter().map(|id| key(id)).collect();
        json!({ "filter": format!("key IN [{}] AND generation < {}", keys.join(", "), feed.generation) }).to_string()
    }
}
