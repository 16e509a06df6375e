//! Groonga: a table of documents and lexicons by language; the lines of schema and deletes are commands as its HTTP server and its shell take them.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::{Feed, Format, Shape, Stamped, date_lists, entity_lists, fields, id, script};
use crate::feed::analyser::ANALYSERS;

/// Bytes that a key may have.
const ID: usize = 4096;

pub(super) struct Groonga;

impl Format for Groonga {
    fn settings(&self, feed: &Feed) -> Vec<(&'static str, String)> {
        let name = &feed.name;
        let mut out =
            command("table_create", &[("name", name), ("flags", "TABLE_HASH_KEY"), ("key_type", "ShortText")]);
        let mut column = |column: &str, flags: &str, kind: &str| {
            out += &command("column_create", &[("table", name), ("name", column), ("flags", flags), ("type", kind)]);
        };
        for field in ["document", "passage", "kind", "path", "date", "language", "content_hash"] {
            column(field, "COLUMN_SCALAR", "ShortText");
        }
        column("url", "COLUMN_SCALAR", "Text");
        for field in ["entity_names", "entity_types", "entity_ids"] {
            column(field, "COLUMN_VECTOR", "ShortText");
        }
        for field in ["years", "months"] {
            column(field, "COLUMN_VECTOR", "UInt32");
        }
        column("leftovers", "COLUMN_SCALAR", "UInt32");
        column("generation", "COLUMN_SCALAR", "UInt64");
        for analyser in &ANALYSERS {
            for field in ["title", "text"] {
                column(&format!("{field}_{}", analyser.code), "COLUMN_SCALAR", "LongText");
            }
        }
        for analyser in &ANALYSERS {
            let terms = format!("{name}_terms_{}", analyser.code);
            // Pairs of letters: whatever is asked for is found inside words, so that a stem is in its forms and no script needs blanks. Tokenizers that
            // keep letters together cut Thai at its vowels.
            out += &command(
                "table_create",
                &[
                    ("name", &terms),
                    ("flags", "TABLE_PAT_KEY"),
                    ("key_type", "ShortText"),
                    ("default_tokenizer", "TokenBigramSplitSymbolAlpha"),
                    ("normalizer", "NormalizerAuto"),
                ],
            );
            let sources = format!("title_{0},text_{0}", analyser.code);
            out += &command(
                "column_create",
                &[
                    ("table", &terms),
                    ("name", "places"),
                    ("flags", "COLUMN_INDEX|WITH_POSITION|WITH_SECTION"),
                    ("type", name),
                    ("source", &sources),
                ],
            );
        }
        let load = script(
            "# Makes the table where it is not there and sends the feed. URL is the HTTP server, CURL_OPTIONS what curl needs besides.",
            &format!(
                "url=${{URL:-http://localhost:10041}}\n\
                 send() {{ curl -sS --fail-with-body ${{CURL_OPTIONS:-}} -o /dev/null \"$@\"; }}\n\
                 if curl -sS ${{CURL_OPTIONS:-}} \"$url/d/object_exist?name={name}\" | grep -q 'false]$'; then\n\
                 \x20   while IFS= read -r line; do send \"$url$line\"; done <schema.grn\n\
                 fi\n\
                 for file in upserts-*.json; do\n\
                 \x20   [ ! -e \"$file\" ] || send -X POST -H 'Content-Type: application/json' --data-binary \"@$file\" \\\n\
                 \x20       \"$url/d/load?table={name}&ifexists=generation%20%3C%3D%20{generation}\"\n\
                 done\n\
                 for file in deletes-*.grn; do\n\
                 \x20   [ -e \"$file\" ] || continue\n\
                 \x20   while IFS= read -r line; do send \"$url$line\"; done <\"$file\"\n\
                 done\n",
                generation = feed.generation
            ),
        );
        vec![("schema.grn", out), ("load.sh", load)]
    }

    fn upserts(&self) -> Shape {
        Shape::ARRAY
    }

    fn deletes(&self) -> Shape {
        Shape { extension: "grn", ..Shape::LINES }
    }

    fn upsert(&self, record: &Stamped<'_>, _: &Feed) -> String {
        let mut out = Map::new();
        out.insert("_key".to_owned(), json!(id(&record.unit.id, ID)));
        let mut rest = fields(record);
        rest.remove("id");
        out.append(&mut rest);
        entity_lists(record.unit, &mut out);
        date_lists(record.unit, &mut out);
        Value::Object(out).to_string()
    }

    fn delete(&self, ids: &[String], feed: &Feed) -> String {
        let one = |name: &String| {
            let filter = format!("_key == {} && generation < {}", json!(id(name, ID)), feed.generation);
            command("delete", &[("table", &feed.name), ("filter", &filter)])
        };
        ids.iter().map(one).collect::<String>().trim_end().to_owned()
    }
}

/// `/d/delete?table=…&filter=…`, a line.
fn command(name: &str, arguments: &[(&str, &str)]) -> String {
    let mut out = format!("/d/{name}");
    for (number, (argument, value)) in arguments.iter().enumerate() {
        out.push(if number == 0 { '?' } else { '&' });
        out.push_str(argument);
        out.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                out.push(char::from(byte));
            } else {
                // A text takes whatever is written to it.
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out.push('\n');
    out
}
