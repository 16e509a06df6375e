//! JSON Lines as other toolkits take them.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::drafts::Drafts;
use super::each_record;
use crate::error::Error;
use crate::text::place::Unit;

/// Writes what `of` makes of each document to the file `name`; `of` is also told what the places of the record count.
pub(super) fn write(
    corpus: &Path,
    drafts: &mut Drafts,
    name: &str,
    of: impl Fn(&Value, Unit) -> Vec<Value>,
) -> Result<(), Error> {
    let mut file = drafts.file(name)?;
    each_record(&corpus.join("corpus.jsonl"), |record| {
        let unit = unit(&record);
        for line in of(&record, unit) {
            let mut line = line.to_string();
            line.push('\n');
            file.add(line.as_bytes())?;
        }
        Ok(())
    })?;
    file.end()
}

/// What the places of a record count.
pub(super) fn unit(record: &Value) -> Unit {
    match record.get("offsets").and_then(Value::as_str) {
        Some("bytes") => Unit::Bytes,
        Some("utf16") => Unit::Utf16,
        _ => Unit::Chars,
    }
}

/// A document of datatrove: what is no text or name is `metadata`, language as its own filters name it.
pub(super) fn datatrove(record: &Value, _: Unit) -> Vec<Value> {
    let Some(mut record) = record.as_object().cloned() else { return Vec::new() };
    let (text, id) = (record.remove("text"), record.remove("id"));
    let language = record.remove("language").unwrap_or_default();
    let mut metadata = Map::new();
    for (name, from) in [("language", "code"), ("language_script", "script"), ("language_score", "confidence")] {
        metadata.insert(name.to_owned(), language.get(from).cloned().unwrap_or_default());
    }
    let path = record.get("source").and_then(|source| source.get("path")).cloned();
    metadata.insert("file_path".to_owned(), path.unwrap_or_default());
    metadata.append(&mut record);
    vec![json!({ "text": text, "id": id, "metadata": metadata })]
}

/// A document of LangChain.
pub(super) fn langchain(record: &Value, _: Unit) -> Vec<Value> {
    let id = record.get("id").cloned().unwrap_or_default();
    let text = record.get("text").cloned().unwrap_or_default();
    vec![document(&id, &text, &about(record, &|_| true))]
}

/// The passages of a document as documents of LangChain; `start_index` counts code points, as its splitters do.
pub(super) fn langchain_passages(record: &Value, unit: Unit) -> Vec<Value> {
    let text = record.get("text").and_then(Value::as_str).unwrap_or_default();
    let id = record.get("id").and_then(Value::as_str).unwrap_or_default();
    let mut walk = Walk { text, unit, byte: 0, chars: 0, at: 0 };
    let passages = record.get("passages").and_then(Value::as_array).into_iter().flatten();
    let mut one = |passage: &Value| {
        let name = passage.get("id").and_then(Value::as_str).unwrap_or_default();
        let (start_index, text) = walk.to(passage.get("span")?)?;
        let mut metadata = about(record, &|annotation| annotation.get("passage").and_then(Value::as_str) == Some(name));
        metadata.insert("document".to_owned(), json!(id));
        metadata.insert("passage".to_owned(), json!(name));
        metadata.insert("start_index".to_owned(), json!(start_index));
        for field in ["kind", "language"] {
            metadata.insert(field.to_owned(), passage.get(field).cloned().unwrap_or_default());
        }
        Some(document(&json!(format!("{id}#{name}")), &json!(text), &metadata))
    };
    passages.filter_map(&mut one).collect()
}

/// Goes through a text from place to place, in their order.
struct Walk<'t> {
    text: &'t str,
    unit: Unit,
    /// Where it stands: in bytes, in code points and in the unit.
    byte: usize,
    chars: usize,
    at: usize,
}

impl<'t> Walk<'t> {
    /// Where a place begins, in code points, and what stands there.
    fn to(&mut self, place: &Value) -> Option<(usize, &'t str)> {
        let at = |index: usize| place.get(index).and_then(Value::as_u64).map(|n| n as usize);
        self.go(at(0)?)?;
        let (from, start) = (self.byte, self.chars);
        self.go(at(1)?)?;
        Some((start, self.text.get(from..self.byte)?))
    }

    fn go(&mut self, to: usize) -> Option<()> {
        while self.at < to {
            let c = self.text.get(self.byte..)?.chars().next()?;
            self.byte += c.len_utf8();
            self.chars += 1;
            self.at += match self.unit {
                Unit::Chars => 1,
                Unit::Bytes => c.len_utf8(),
                Unit::Utf16 => c.len_utf16(),
            };
        }
        Some(())
    }
}

fn document(id: &Value, text: &Value, metadata: &Map<String, Value>) -> Value {
    json!({ "id": id, "type": "Document", "page_content": text, "metadata": metadata })
}

/// What a vector store can filter by: texts and numbers, no lists; of the annotations those that `is_meant` says.
fn about(record: &Value, is_meant: &dyn Fn(&Value) -> bool) -> Map<String, Value> {
    let text = |name: &str| record.get(name).filter(|value| !value.is_null());
    let path = record.get("source").and_then(|source| source.get("path"));
    let mut metadata = Map::new();
    metadata.insert("source".to_owned(), text("url").or(path).cloned().unwrap_or_default());
    for name in ["title", "date", "url"] {
        if let Some(value) = text(name) {
            metadata.insert(name.to_owned(), value.clone());
        }
    }
    let language = record.get("language").and_then(|language| language.get("code"));
    metadata.insert("language".to_owned(), language.cloned().unwrap_or_default());
    let layer = |name: &str| record.get(name).and_then(Value::as_array).into_iter().flatten();
    let is_named = |entity: &&Value| {
        let mut mentions = entity.get("mentions").and_then(Value::as_array).into_iter().flatten();
        mentions.any(is_meant)
    };
    let entities = layer("entities").filter(is_named).filter_map(|entity| entity.get("name")?.as_str());
    metadata.insert("entities".to_owned(), json!(distinct(entities)));
    let dates = layer("dates").filter(|date| is_meant(date)).filter_map(|date| date.get("value")?.as_str());
    metadata.insert("dates".to_owned(), json!(distinct(dates)));
    metadata.insert("leftovers".to_owned(), json!(layer("leftovers").filter(|leftover| is_meant(leftover)).count()));
    metadata
}

/// Each once, in their order.
fn distinct<'v>(values: impl Iterator<Item = &'v str>) -> String {
    let mut out: Vec<&str> = Vec::new();
    for value in values {
        if !out.contains(&value) {
            out.push(value);
        }
    }
    out.join("; ")
}
