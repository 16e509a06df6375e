//! What the fields of a record are, read off the JSON Schema, so that whatever writes records in another form has every field there is.

use serde_json::{Map, Value};

use super::schema;

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A text.
    Text,
    /// A number without a fraction.
    Whole,
    /// A number.
    Decimal,
    /// True or false.
    Truth,
    /// Anything, as JSON.
    Json,
    /// Texts under names that the schema does not know.
    Named,
    /// Two of the same, such as the start and the end of a place.
    Pair(Box<Shape>),
    /// Any number of the same.
    List(Box<Shape>),
    /// Fields.
    Record(Vec<Field>),
}

/// A field of a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What it means.
    pub about: String,
    /// What it holds.
    pub shape: Shape,
    /// Whether it may be missing or `null`.
    pub nullable: bool,
}

/// The fields of a line of `file`, such as `corpus.jsonl`, in their order; none where there is no such file.
pub fn fields(file: &str) -> Vec<Field> {
    let schema = schema();
    let definitions = schema.get("$defs").and_then(Value::as_object).cloned().unwrap_or_default();
    let root = schema.get("files").and_then(|files| files.get(file));
    match root.map(|root| shape(root, &definitions).0) {
        Some(Shape::Record(fields)) => fields,
        _ => Vec::new(),
    }
}

/// What a schema allows, and whether it allows `null`.
fn shape(schema: &Value, definitions: &Map<String, Value>) -> (Shape, bool) {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        let name = name.rsplit('/').next().unwrap_or_default();
        return definitions.get(name).map_or((Shape::Json, true), |schema| shape(schema, definitions));
    }
    if let Some(any) = schema.get("anyOf").and_then(Value::as_array) {
        let is_null = |one: &&Value| one.get("type").and_then(Value::as_str) == Some("null");
        let mut others = any.iter().filter(|one| !is_null(one));
        return match (others.next(), others.next()) {
            (Some(one), None) => (shape(one, definitions).0, true),
            _ => (Shape::Json, true),
        };
    }
    let kinds: Vec<&str> = match schema.get("type") {
        Some(Value::String(kind)) => vec![kind],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let kind = kinds.iter().find(|kind| **kind != "null").copied().unwrap_or_default();
    let shape = match kind {
        "string" => Shape::Text,
        "integer" => Shape::Whole,
        "number" => Shape::Decimal,
        "boolean" => Shape::Truth,
        "array" => list(schema, definitions),
        "object" => object(schema, definitions),
        _ => Shape::Json,
    };
    (shape, kinds.contains(&"null"))
}

fn list(schema: &Value, definitions: &Map<String, Value>) -> Shape {
    let items = schema.get("items").map_or(Shape::Json, |items| shape(items, definitions).0);
    let count = |name| schema.get(name).and_then(Value::as_u64);
    let is_pair = (count("minItems"), count("maxItems")) == (Some(2), Some(2));
    if is_pair { Shape::Pair(Box::new(items)) } else { Shape::List(Box::new(items)) }
}

fn object(schema: &Value, definitions: &Map<String, Value>) -> Shape {
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
        let other = schema.get("additionalProperties").map(|other| shape(other, definitions));
        return if other == Some((Shape::Text, false)) { Shape::Named } else { Shape::Json };
    };
    let required: Vec<&str> =
        schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let field = |(name, property): (&String, &Value)| {
        let (shape, nullable) = shape(property, definitions);
        let about = property.get("description").and_then(Value::as_str).unwrap_or_default();
        let nullable = nullable || !required.contains(&name.as_str());
        Field { name: name.clone(), about: about.to_owned(), shape, nullable }
    };
    Shape::Record(properties.iter().map(field).collect())
}

#[cfg(test)]
mod tests {
    use super::{Field, Shape, fields};

    /// All fields that hold anything at all, by their paths.
    fn anything(at: &str, fields: &[Field], out: &mut Vec<String>) {
        for field in fields {
            let path = format!("{at}/{}", field.name);
            let mut shape = &field.shape;
            while let Shape::List(of) | Shape::Pair(of) = shape {
                shape = of;
            }
            match shape {
                Shape::Json => out.push(path),
                Shape::Record(fields) => anything(&path, fields, out),
                _ => {}
            }
        }
    }

    #[test]
    fn every_field_has_a_shape_and_only_the_passed_through_may_be_anything() {
        let mut found = Vec::new();
        for file in ["corpus.jsonl", "removed.jsonl", "clusters.jsonl", "findings.jsonl"] {
            let fields = fields(file);
            assert!(fields.iter().any(|field| field.name == "id" && field.shape == Shape::Text && !field.nullable));
            assert!(fields.iter().all(|field| !field.about.is_empty()), "{file}");
            anything(file, &fields, &mut found);
        }
        assert_eq!(found, ["corpus.jsonl/meta", "removed.jsonl/meta"]);
        assert!(fields("report.html").is_empty());
    }

    #[test]
    fn shapes_are_those_of_the_wire() {
        let fields = fields("corpus.jsonl");
        let field = |name: &str| fields.iter().find(|field| field.name == name).unwrap();
        assert!(field("foreign").nullable && field("title").nullable && field("source_language").nullable);
        let Shape::List(entity) = &field("entities").shape else { panic!("entities are a list") };
        let Shape::Record(entity) = entity.as_ref() else { panic!("an entity is a record") };
        let names = entity.iter().find(|field| field.name == "names").unwrap();
        assert_eq!((&names.shape, names.nullable), (&Shape::Named, false));
        assert_eq!(entity.iter().find(|field| field.name == "citation").unwrap().shape, Shape::Named);
    }
}
