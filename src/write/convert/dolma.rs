//! Documents and attributes of the toolkit dolma: two files side by side, line by line the same documents.

use std::collections::BTreeMap;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Map, Value, json};
use std::io::Write as _;

use super::drafts::Drafts;
use super::{each_record, lines};
use crate::error::Error;
use crate::text::place::Unit;

/// Writes `documents/corpus.jsonl.gz` and `attributes/recensio/corpus.jsonl.gz`.
pub(super) fn write(corpus: &Path, drafts: &mut Drafts) -> Result<(), Error> {
    let mut documents = GzEncoder::new(drafts.file("documents/corpus.jsonl.gz")?, Compression::default());
    let mut attributes = GzEncoder::new(drafts.file("attributes/recensio/corpus.jsonl.gz")?, Compression::default());
    each_record(&corpus.join("corpus.jsonl"), |record| {
        if lines::unit(&record) != Unit::Chars {
            let what = "dolma counts places in code points; make the corpus with --offsets chars";
            return Err(Error::Usage(what.to_owned()));
        }
        let attribute = attribute(&record);
        for (file, line) in [(&mut documents, document(record)), (&mut attributes, attribute)] {
            writeln!(file, "{line}").map_err(|source| file.get_ref().failed(source))?;
        }
        Ok(())
    })?;
    for mut file in [documents, attributes] {
        file.try_finish().map_err(|source| file.get_ref().failed(source))?;
        // The encoder has written all it holds.
        if let Ok(draft) = file.finish() {
            draft.end()?;
        }
    }
    Ok(())
}

fn document(record: Value) -> Value {
    let Value::Object(mut record) = record else { return Value::Null };
    let created = record.get("date").and_then(Value::as_str).and_then(moment);
    let mut metadata = Map::new();
    for name in ["title", "date", "url", "language", "source_language", "source", "meta"] {
        if let Some(value) = record.remove(name).filter(|value| !value.is_null()) {
            metadata.insert(name.to_owned(), value);
        }
    }
    let mut out = json!({ "id": record.remove("id"), "text": record.remove("text"), "source": "recensio" });
    if let (Some(created), Some(out)) = (created, out.as_object_mut()) {
        out.insert("created".to_owned(), json!(created));
    }
    if let Some(out) = out.as_object_mut() {
        out.insert("metadata".to_owned(), Value::Object(metadata));
    }
    out
}

/// A date that names a day, as dolma writes moments.
fn moment(date: &str) -> Option<String> {
    let day: jiff::civil::Date = date.get(..10)?.parse().ok()?;
    Some(format!("{day}T00:00:00.000Z"))
}

/// Places in the text by what they are: `recensio__LAYER__KIND`, each `[start, end, score]`.
fn attribute(record: &Value) -> Value {
    let mut all: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let mut add = |layer: &str, kind: Option<&Value>, place: &Value, score: Option<&Value>| {
        let (Some(start), Some(end)) = (place.pointer("/span/0"), place.pointer("/span/1")) else { return };
        let kind = kind.and_then(Value::as_str).unwrap_or("any").replace(['-', '.'], "_");
        let score = score.and_then(Value::as_f64).unwrap_or(1.0);
        all.entry(format!("recensio__{layer}__{kind}")).or_default().push(json!([start, end, score]));
    };
    let layer = |name: &str| record.get(name).and_then(Value::as_array).into_iter().flatten();
    for passage in layer("passages") {
        add("passage", passage.get("kind"), passage, None);
    }
    for (name, attribute) in [("leftovers", "leftover"), ("foreign", "foreign")] {
        for found in layer(name) {
            add(attribute, found.get("language"), found, found.get("confidence"));
        }
    }
    for date in layer("dates") {
        add("date", date.get("type"), date, date.get("certainty"));
    }
    for entity in layer("entities") {
        for mention in entity.get("mentions").and_then(Value::as_array).into_iter().flatten() {
            add("entity", entity.get("type"), mention, mention.get("confidence"));
        }
    }
    // What is of the whole document stands over all of it.
    if let (Some(text), Some(language)) = (record.get("text").and_then(Value::as_str), record.get("language")) {
        let whole = json!({ "span": [0, text.chars().count()] });
        add("language", language.get("code"), &whole, language.get("confidence"));
    }
    json!({ "id": record.get("id"), "attributes": all })
}
