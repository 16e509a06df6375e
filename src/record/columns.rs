//! Records as columns (Apache Arrow): each field of the JSON Schema a column, annotations nested as they are in JSON.
//!
//! Three things differ from JSON, because readers of columns differ in what they take: a pair such as `span` is a list of two, an object whose
//! names are not known beforehand (`names`, `ids`, `citation`) is a list of `key` and `value`, and `meta` is JSON in a text. Numbers are 64 bits wide.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_json::ReaderBuilder;
use arrow_json::reader::Decoder;
use arrow_schema::{ArrowError, DataType, Field as Column, Fields as ColumnList, Schema, SchemaRef};
use serde_json::{Map, Value, json};

use super::shape::{Field, Shape, fields};

/// The columns of `file`, such as `corpus.jsonl`; each column says under `description` what it means.
pub fn columns(file: &str) -> SchemaRef {
    Arc::new(Schema::new(fields(file).iter().map(column).collect::<Vec<_>>()))
}

fn column(field: &Field) -> Column {
    let about = HashMap::from([("description".to_owned(), field.about.clone())]);
    Column::new(&field.name, kind(&field.shape), field.nullable).with_metadata(about)
}

fn kind(shape: &Shape) -> DataType {
    match shape {
        Shape::Text | Shape::Json => DataType::Utf8,
        Shape::Whole => DataType::Int64,
        Shape::Decimal => DataType::Float64,
        Shape::Truth => DataType::Boolean,
        Shape::Named => {
            let pair = ["key", "value"].map(|name| Column::new(name, DataType::Utf8, false));
            list(DataType::Struct(ColumnList::from(pair.to_vec())))
        }
        Shape::Pair(of) | Shape::List(of) => list(kind(of)),
        Shape::Record(fields) => DataType::Struct(fields.iter().map(column).collect()),
    }
}

fn list(of: DataType) -> DataType {
    DataType::List(Arc::new(Column::new("item", of, false)))
}

/// Rows that there is room for at the start.
const ROWS: usize = 256;

/// Collects records and gives them as batches.
#[derive(Debug)]
pub struct Batches {
    fields: Vec<Field>,
    decoder: Decoder,
    rows: usize,
    bytes: usize,
}

impl Batches {
    /// For the lines of `file`, such as `corpus.jsonl`.
    ///
    /// # Errors
    /// Where a column cannot be made, which a test rules out.
    pub fn new(file: &str) -> Result<Self, ArrowError> {
        // Room for so many rows is made at the start; there may be more.
        let decoder = ReaderBuilder::new(columns(file)).with_batch_size(ROWS).build_decoder()?;
        Ok(Self { fields: fields(file), decoder, rows: 0, bytes: 0 })
    }

    /// Adds a line.
    ///
    /// # Errors
    /// Where it is not JSON or not of the form that the schema says.
    pub fn push(&mut self, line: &[u8]) -> Result<(), ArrowError> {
        let record: Value = serde_json::from_slice(line).map_err(|error| ArrowError::JsonError(error.to_string()))?;
        let Value::Object(record) = record else {
            return Err(ArrowError::JsonError("a line is no object".to_owned()));
        };
        self.decoder.serialize(&[flat(record, &self.fields)])?;
        self.rows += 1;
        self.bytes += line.len();
        Ok(())
    }

    /// How many lines wait to be taken.
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// How many bytes they had.
    pub const fn bytes(&self) -> usize {
        self.bytes
    }

    /// What was added since the last time; without a row where nothing was.
    ///
    /// # Errors
    /// Where a record is not of the form that the schema says.
    pub fn take(&mut self, schema: &SchemaRef) -> Result<RecordBatch, ArrowError> {
        (self.rows, self.bytes) = (0, 0);
        Ok(self.decoder.flush()?.unwrap_or_else(|| RecordBatch::new_empty(schema.clone())))
    }
}

/// The record in the form that columns have.
fn flat(mut record: Map<String, Value>, fields: &[Field]) -> Value {
    for field in fields {
        if let Some(value) = record.get_mut(&field.name) {
            reshape(value, &field.shape);
        }
    }
    Value::Object(record)
}

fn reshape(value: &mut Value, shape: &Shape) {
    match (shape, value) {
        (_, Value::Null) => {}
        (Shape::Json, value) => *value = Value::String(value.to_string()),
        (Shape::Named, value) => {
            let pairs =
                value.as_object().into_iter().flatten().map(|(key, value)| json!({ "key": key, "value": value }));
            *value = pairs.collect();
        }
        (Shape::Pair(of) | Shape::List(of), Value::Array(items)) => {
            if matches!(**of, Shape::Json | Shape::Named | Shape::Record(_)) {
                for item in items {
                    reshape(item, of);
                }
            }
        }
        (Shape::Record(fields), Value::Object(record)) => {
            for field in fields {
                if let Some(value) = record.get_mut(&field.name) {
                    reshape(value, &field.shape);
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use arrow_array::Array as _;
    use arrow_schema::{DataType, Schema};
    use serde_json::Value;

    use super::{Batches, columns};

    /// Whether a schema of JSON and a column mean the same, all the way down.
    fn is_same(schema: &Value, column: &DataType, root: &Value) -> bool {
        let schema = match schema.get("$ref").and_then(Value::as_str) {
            Some(name) => root.pointer(name.trim_start_matches('#')).unwrap(),
            None => schema,
        };
        if let Some(any) = schema.get("anyOf").and_then(Value::as_array) {
            return is_same(any.first().unwrap(), column, root);
        }
        let kind = schema.get("type").map(ToString::to_string).unwrap_or_default();
        match column {
            DataType::Utf8 => kind.contains("string") || kind.contains("object"),
            DataType::Int64 => kind.contains("integer"),
            DataType::Float64 => kind.contains("number"),
            DataType::Boolean => kind.contains("boolean"),
            DataType::List(item) if kind.contains("array") => {
                is_same(schema.get("items").unwrap(), item.data_type(), root)
            }
            DataType::List(_) => schema.get("additionalProperties").is_some(),
            DataType::Struct(fields) => {
                let properties = schema.get("properties").and_then(Value::as_object).unwrap();
                properties.len() == fields.len()
                    && properties.iter().zip(fields).all(|((name, property), field)| {
                        name == field.name() && is_same(property, field.data_type(), root)
                    })
            }
            _ => false,
        }
    }

    #[test]
    fn columns_are_the_fields_of_the_schema_that_is_committed() {
        let committed = include_str!("../../docs/schema/recensio-1.schema.json");
        let root: Value = serde_json::from_str(committed).unwrap();
        for file in ["corpus.jsonl", "removed.jsonl", "clusters.jsonl", "findings.jsonl"] {
            let columns: &Schema = &columns(file);
            let schema = root.get("files").unwrap().get(file).unwrap();
            assert!(is_same(schema, &DataType::Struct(columns.fields().clone()), &root), "{file}");
        }
    }

    #[test]
    fn the_sample_fits_its_columns() {
        for (file, lines) in [
            ("corpus.jsonl", include_str!("../../output/corpus.jsonl")),
            ("clusters.jsonl", include_str!("../../output/clusters.jsonl")),
            ("findings.jsonl", include_str!("../../output/findings.jsonl")),
        ] {
            let mut batches = Batches::new(file).unwrap();
            lines.lines().for_each(|line| batches.push(line.as_bytes()).unwrap());
            assert_eq!(batches.rows(), lines.lines().count());
            let batch = batches.take(&columns(file)).unwrap();
            assert_eq!((batch.num_rows(), batches.rows()), (lines.lines().count(), 0));
            assert_eq!(batch.column_by_name("id").unwrap().null_count(), 0);
            assert_eq!(batches.take(&columns(file)).unwrap().num_rows(), 0);
        }
        assert!(Batches::new("corpus.jsonl").unwrap().push(b"[1]").is_err());
    }
}
