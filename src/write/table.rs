//! The entities of a corpus as a table (RFC 4180): a line for each entity of each document.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use serde_json::Value;

use super::whole::whole;
use crate::error::Error;

const HEAD: [&str; 13] = [
    "document",
    "entity",
    "type",
    "name",
    "name_en",
    "jurisdiction",
    "inferred",
    "ids",
    "citation",
    "mentions",
    "start",
    "end",
    "text",
];

/// Writes the entities of the documents in `corpus`, a `corpus.jsonl`, to `path`, which appears whole or not at all.
///
/// # Errors
/// Where one cannot be read or the other not be written.
pub fn entities_csv(corpus: &Path, path: &Path) -> Result<(), Error> {
    let read = |source| Error::Input { path: corpus.to_owned(), source };
    let wrote = |source| Error::Table { path: path.to_owned(), source };
    let lines = BufReader::new(File::open(corpus).map_err(read)?).lines();
    whole(path, |out| {
        out.write_all(line(HEAD.map(str::to_owned)).as_bytes()).map_err(wrote)?;
        for document in lines {
            let document: Value = serde_json::from_str(&document.map_err(read)?).unwrap_or_default();
            let id = text(&document, "id");
            for entity in document.get("entities").and_then(Value::as_array).into_iter().flatten() {
                out.write_all(line(row(&id, entity)).as_bytes()).map_err(wrote)?;
            }
        }
        Ok(())
    })
}

fn row(document: &str, entity: &Value) -> [String; 13] {
    let mentions = entity.get("mentions").and_then(Value::as_array);
    let first = mentions.and_then(|mentions| mentions.first());
    let place = |at: usize| {
        let span = first.and_then(|mention| mention.get("span"));
        span.and_then(|span| span.get(at)).map(Value::to_string).unwrap_or_default()
    };
    let english = entity.get("names").and_then(|names| names.get("en")).and_then(Value::as_str);
    [
        document.to_owned(),
        text(entity, "id"),
        text(entity, "type"),
        text(entity, "name"),
        english.unwrap_or_default().to_owned(),
        text(entity, "jurisdiction"),
        entity.get("jurisdiction_inferred").and_then(Value::as_bool).unwrap_or(false).to_string(),
        pairs(entity, "ids"),
        pairs(entity, "citation"),
        mentions.map_or(0, Vec::len).to_string(),
        place(0),
        place(1),
        first.map(|mention| text(mention, "text")).unwrap_or_default(),
    ]
}

fn text(object: &Value, field: &str) -> String {
    object.get(field).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// `celex=32019L0790; eli=…`
fn pairs(object: &Value, field: &str) -> String {
    let pairs = object.get(field).and_then(Value::as_object).into_iter().flatten();
    pairs.map(|(name, value)| format!("{name}={}", value.as_str().unwrap_or_default())).collect::<Vec<_>>().join("; ")
}

fn line(cells: [String; 13]) -> String {
    let mut out = cells.map(|cell| quoted(&cell)).join(",");
    out.push_str("\r\n");
    out
}

/// A cell that no spreadsheet reads as a formula: one that begins like one has `'` before it, as spreadsheets write it themselves.
pub(super) fn harmless(cell: &str) -> Cow<'_, str> {
    const BEGINNINGS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let is_formula = cell.starts_with(BEGINNINGS) && cell.parse::<f64>().is_err();
    if is_formula { format!("'{cell}").into() } else { cell.into() }
}

/// A cell as a spreadsheet reads it, and never as a formula.
pub(super) fn quoted(cell: &str) -> String {
    let cell = harmless(cell).into_owned();
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::{quoted, row};

    #[test]
    fn cells_are_quoted_and_no_formula() {
        assert_eq!(quoted("a, b"), "\"a, b\"");
        assert_eq!(quoted("“a” \"b\""), "\"“a” \"\"b\"\"\"");
        assert_eq!(quoted("=1+1"), "'=1+1");
        assert_eq!(quoted("-5"), "-5");
    }

    #[test]
    fn an_entity_is_a_row() {
        let entity = serde_json::json!({ "id": "e1", "type": "law", "name": "Directive (EU) 2019/790", "ids": { "celex": "32019L0790" },
            "jurisdiction": "EU", "mentions": [{ "span": [3, 26], "text": "Directive (EU) 2019/790" }] });
        let cells = row("a.txt", &entity);
        assert_eq!(cells.get(7).unwrap(), "celex=32019L0790");
        assert_eq!(cells.get(9..12).unwrap(), ["1", "3", "26"]);
    }
}
