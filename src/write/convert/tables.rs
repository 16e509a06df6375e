//! Tables: one for each layer of annotation, made from what the fields of the records are.

use std::path::Path;

use serde_json::Value;

use super::drafts::{Draft, Drafts};
use super::{FILES, each_record};
use crate::error::Error;
use crate::record::{Field, Shape, fields};
use crate::write::table::{harmless, quoted};

/// How cells are set apart.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cells {
    /// By commas.
    Commas,
    /// By tabs.
    Tabs,
}

/// A table, and those of the lists in its rows.
struct Table {
    /// The field whose rows it holds; none of the records themselves.
    field: Option<String>,
    file: Draft,
    columns: Vec<Column>,
    tables: Vec<Table>,
}

/// Where the value of a column stands in a row.
struct Column {
    name: String,
    path: Vec<String>,
    /// Of a pair, which of the two.
    at: Option<usize>,
}

/// Writes a table for the lines of each file, `documents` for those of `corpus.jsonl`, and `documents.dates` and so on for the lists in them.
pub(super) fn write(corpus: &Path, drafts: &mut Drafts, cells: Cells) -> Result<(), Error> {
    for name in FILES {
        let stem = name.trim_end_matches(".jsonl");
        let stem = if stem == "corpus" { "documents" } else { stem };
        let mut table = Table::new(stem, None, &[], &fields(name), drafts, cells)?;
        each_record(&corpus.join(name), |record| table.row(&record, &[], cells))?;
        table.end()?;
    }
    Ok(())
}

impl Table {
    /// Begins a table and those below it; `keys` are the columns that say which row of the tables above a row belongs to.
    fn new(
        name: &str,
        field: Option<&str>,
        keys: &[String],
        fields: &[Field],
        drafts: &mut Drafts,
        cells: Cells,
    ) -> Result<Self, Error> {
        let ending = match cells {
            Cells::Commas => "csv",
            Cells::Tabs => "tsv",
        };
        let (mut columns, mut lists) = (Vec::new(), Vec::new());
        gather(fields, &[], &mut columns, &mut lists);
        let mut file = drafts.file(&format!("{name}.{ending}"))?;
        let head: Vec<&str> = keys.iter().map(String::as_str).chain(columns.iter().map(|c| c.name.as_str())).collect();
        file.add(line(&head, cells).as_bytes())?;
        // A row below is known by the name of the row that it belongs to, where that has one.
        let singular = name.rsplit('.').next().unwrap_or(name).trim_end_matches('s');
        let mut below: Vec<String> = keys.to_vec();
        if columns.iter().any(|column| column.name == "id") {
            below.push(if singular == "entitie" { "entity".to_owned() } else { singular.to_owned() });
        }
        let tables = lists
            .into_iter()
            .map(|(field, fields)| Self::new(&format!("{name}.{field}"), Some(field), &below, fields, drafts, cells))
            .collect::<Result<_, _>>()?;
        Ok(Self { field: field.map(str::to_owned), file, columns, tables })
    }

    /// Adds a row, and those of the lists in it.
    fn row(&mut self, row: &Value, keys: &[String], cells: Cells) -> Result<(), Error> {
        let values: Vec<String> = self.columns.iter().map(|column| column.cell(row)).collect();
        let all: Vec<&str> = keys.iter().chain(&values).map(String::as_str).collect();
        self.file.add(line(&all, cells).as_bytes())?;
        let id = row.get("id").and_then(Value::as_str).map(str::to_owned);
        let below: Vec<String> = keys.iter().cloned().chain(id).collect();
        for table in &mut self.tables {
            let rows = table.field.as_deref().and_then(|field| row.get(field)).and_then(Value::as_array);
            for row in rows.into_iter().flatten() {
                table.row(row, &below, cells)?;
            }
        }
        Ok(())
    }

    fn end(self) -> Result<(), Error> {
        self.file.end()?;
        self.tables.into_iter().try_for_each(Self::end)
    }
}

impl Column {
    fn cell(&self, row: &Value) -> String {
        let mut value = Some(row);
        for name in &self.path {
            value = value.and_then(|value| value.get(name));
        }
        if let Some(at) = self.at {
            value = value.and_then(|value| value.get(at));
        }
        match value {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        }
    }
}

/// The columns that fields make, and the lists of records among them, which make tables.
fn gather<'f>(
    fields: &'f [Field],
    path: &[String],
    columns: &mut Vec<Column>,
    lists: &mut Vec<(&'f str, &'f [Field])>,
) {
    for field in fields {
        let path: Vec<String> = path.iter().cloned().chain([field.name.clone()]).collect();
        match &field.shape {
            Shape::Record(fields) => gather(fields, &path, columns, lists),
            Shape::List(of) if let (Shape::Record(fields), 1) = (of.as_ref(), path.len()) => {
                lists.push((&field.name, fields));
            }
            Shape::Pair(_) => {
                for (at, end) in ["start", "end"].into_iter().enumerate() {
                    columns.push(Column {
                        name: format!("{}.{end}", path.join(".")),
                        path: path.clone(),
                        at: Some(at),
                    });
                }
            }
            _ => columns.push(Column { name: path.join("."), path, at: None }),
        }
    }
}

fn line(cells: &[&str], how: Cells) -> String {
    let mut out = match how {
        Cells::Commas => cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(","),
        Cells::Tabs => cells.iter().map(|cell| escaped(cell)).collect::<Vec<_>>().join("\t"),
    };
    out.push_str(match how {
        Cells::Commas => "\r\n",
        Cells::Tabs => "\n",
    });
    out
}

/// A cell between tabs.
fn escaped(cell: &str) -> String {
    harmless(cell).replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}

#[cfg(test)]
mod tests {
    use super::{Cells, gather, line};
    use crate::record::fields;

    #[test]
    fn cells_hold_no_formula_and_break_no_row() {
        assert_eq!(line(&["a", "=1+1", "x\ty\\\n"], Cells::Tabs), "a\t'=1+1\tx\\ty\\\\\\n\n");
        assert_eq!(line(&["a,b", "@x", "＝1"], Cells::Commas), "\"a,b\",'@x,'＝1\r\n");
    }

    #[test]
    fn lists_of_records_are_tables_and_places_two_columns() {
        let (fields, mut columns, mut lists) = (fields("corpus.jsonl"), Vec::new(), Vec::new());
        gather(&fields, &[], &mut columns, &mut lists);
        let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        assert!(names.contains(&"source.path") && names.contains(&"language.code") && names.contains(&"text"));
        let tables: Vec<&str> = lists.iter().map(|(name, _)| *name).collect();
        assert_eq!(tables, ["passages", "dropped", "leftovers", "foreign", "entities", "relations", "dates", "issues"]);
    }
}
