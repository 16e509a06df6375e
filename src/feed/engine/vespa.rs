//! Vespa: document operations as JSON Lines, under conditions, so that what is older never takes the place of what is newer.

use serde_json::{Value, json};

use super::{Feed, Format, Shape, Stamped, entity_lists, script};
use crate::feed::analyser::Analyser;
use crate::feed::unit::{Unit, seconds};

pub(super) struct Vespa;

const SCHEMA: &str = "schema NAME {
    document NAME {
        struct interval {
            field from type long {}
            field to type long {}
        }
        struct entity {
            field type type string {}
            field name type string {}
            field jurisdiction type string {}
            field mentions type int {}
        }
        # Before the texts, whose words are found and stemmed by it.
        field language type string {
            indexing: set_language | summary | attribute
            attribute: fast-search
        }
        field id type string { indexing: summary | attribute }
        field document type string { indexing: summary | attribute }
        field passage type string { indexing: summary | attribute }
        field kind type string { indexing: summary | attribute }
        field url type string { indexing: summary | attribute }
        field path type string { indexing: summary | attribute }
        field date type long { indexing: summary | attribute }
        field title type string {
            indexing: summary | index
            index: enable-bm25
            stemming: best
        }
        field text type string {
            indexing: summary | index
            index: enable-bm25
            stemming: best
        }
        # Chinese, Japanese, Thai, Lao, Khmer and Burmese.
        field text_unspaced type string {
            indexing: summary | index
            match {
                gram
                gram-size: 2
            }
        }
        field entities type array<entity> {
            indexing: summary
            struct-field type { indexing: attribute }
            struct-field name { indexing: attribute }
        }
        field entity_names type array<string> { indexing: summary | attribute }
        field entity_types type array<string> { indexing: summary | attribute }
        field entity_ids type array<string> { indexing: summary | attribute }
        # Seconds since 1970, the end exclusive; ask with sameElement().
        field dates type array<interval> {
            indexing: summary
            struct-field from { indexing: attribute }
            struct-field to { indexing: attribute }
        }
        field years type array<int> { indexing: summary | attribute }
        field leftovers type int { indexing: summary | attribute }
        field content_hash type string { indexing: summary | attribute }
        field generation type long { indexing: summary | attribute }
    }
    fieldset default {
        fields: title, text
    }
    rank-profile default {
        first-phase {
            expression: bm25(title) + bm25(text) + nativeRank(text_unspaced)
        }
    }
}
";

const SERVICES: &str = r#"<?xml version="1.0" encoding="utf-8" ?>
<services version="1.0">
  <container id="default" version="1.0">
    <document-api/>
    <search/>
    <nodes><node hostalias="node1"/></nodes>
  </container>
  <content id="NAME" version="1.0">
    <redundancy>1</redundancy>
    <documents><document type="NAME" mode="index"/></documents>
    <nodes><node hostalias="node1" distribution-key="0"/></nodes>
  </content>
</services>
"#;

impl Format for Vespa {
    fn settings(&self, feed: &Feed) -> Vec<(&'static str, String)> {
        let load = script(
            "# Deploys the application package (services.xml and the schema) and sends the feed with Vespa's command line; name the target with\n\
             # `vespa config set target` before. Into an application of your own, copy the schema instead and send the files only.",
            &format!(
                "mkdir -p application/schemas\n\
                 cp services.xml application/ && cp schema.sd application/schemas/{0}.sd\n\
                 [ -n \"${{NO_DEPLOY:-}}\" ] || vespa deploy --wait 300 application\n\
                 for file in upserts-*.jsonl deletes-*.jsonl; do\n\
                 \x20   [ ! -e \"$file\" ] || vespa feed \"$file\"\n\
                 done\n",
                feed.name
            ),
        );
        vec![
            ("schema.sd", SCHEMA.replace("NAME", &feed.name)),
            ("services.xml", SERVICES.replace("NAME", &feed.name)),
            ("load.sh", load),
        ]
    }

    fn upserts(&self) -> Shape {
        Shape::LINES
    }

    fn deletes(&self) -> Shape {
        Shape::LINES
    }

    fn upsert(&self, record: &Stamped<'_>, feed: &Feed) -> String {
        let unit = record.unit;
        let mut out = super::fields(record);
        out.retain(|name, _| !name.starts_with("title_") && !name.starts_with("text_") && name != "date");
        if let Some(title) = &unit.title {
            out.insert("title".to_owned(), json!(title));
        }
        for (field, is_unspaced) in [("text", false), ("text_unspaced", true)] {
            let texts: Vec<&str> = unit
                .texts
                .iter()
                .filter(|(code, _)| Analyser::of(code).unspaced == is_unspaced)
                .map(|(_, text)| text.as_str())
                .collect();
            if !texts.is_empty() {
                out.insert(field.to_owned(), json!(texts.join("\n\n")));
            }
        }
        if let Some(day) = unit.date.as_deref().and_then(crate::feed::unit::day) {
            out.insert("date".to_owned(), json!(seconds(day.at(0, 0, 0, 0))));
        }
        out.insert("entities".to_owned(), entities(unit));
        entity_lists(unit, &mut out);
        let dates: Vec<Value> =
            unit.dates.iter().map(|date| json!({ "from": seconds(date.from), "to": seconds(date.to) })).collect();
        out.insert("dates".to_owned(), json!(dates));
        out.insert("years".to_owned(), json!(unit.years()));
        // Vespa refuses text with control characters other than blanks.
        let fields = without_controls(Value::Object(out));
        let condition = format!("{}.generation <= {}", feed.name, record.generation);
        json!({ "put": name(&unit.id, feed), "create": true, "condition": condition, "fields": fields }).to_string()
    }

    fn delete(&self, ids: &[String], feed: &Feed) -> String {
        let condition = format!("{}.generation < {}", feed.name, feed.generation);
        let remove = |id: &String| json!({ "remove": name(id, feed), "condition": condition }).to_string();
        ids.iter().map(remove).collect::<Vec<_>>().join("\n")
    }
}

fn entities(unit: &Unit) -> Value {
    unit.entities
        .iter()
        .map(|entity| {
            json!({ "type": entity.kind, "name": entity.name, "jurisdiction": entity.jurisdiction.as_deref().unwrap_or_default(),
                "mentions": entity.mentions })
        })
        .collect()
}

/// `id:recensio:recensio::https://example.org/#p3`
fn name(id: &str, feed: &Feed) -> String {
    let id: String = id.chars().filter(|c| !c.is_control()).collect();
    format!("id:{0}:{0}::{id}", feed.name)
}

fn without_controls(value: Value) -> Value {
    let bad = |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\r') || matches!(u32::from(c) & 0xFFFE, 0xFFFE);
    match value {
        Value::String(text) if text.contains(bad) => Value::String(text.replace(bad, " ")),
        Value::Array(values) => values.into_iter().map(without_controls).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, without_controls(value))).collect(),
        other => other,
    }
}
