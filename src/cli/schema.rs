//! `recensio schema`: the JSON Schema of the output, or a page of Markdown made from it.

use std::process::ExitCode;

use serde_json::{Map, Value};

use super::args::{Schema, SchemaFormat};
use super::{Failure, print};
use crate::record;

/// Prints it.
pub(super) fn schema(args: &Schema) -> Result<ExitCode, Failure> {
    let schema = record::schema();
    let schema = serde_json::to_value(&schema).unwrap_or_default();
    print(&match args.format {
        SchemaFormat::Json => format!("{schema:#}\n"),
        SchemaFormat::Markdown => page(&schema),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The page: the files, then each kind of object with its fields.
fn page(schema: &Value) -> String {
    let mut out = String::from(
        "# Format reference\n\n\
         Made by `recensio schema --format markdown` from the [JSON Schema](../schema/recensio-1.schema.json) of the output, `recensio/1`.\n\n\
         | file | a line of it is |\n|---|---|\n",
    );
    for (file, one) in object(&schema["files"]) {
        out.push_str(&format!("| `{file}` | {} |\n", kind(one)));
    }
    for (name, about) in object(&schema["$defs"]) {
        out.push_str(&format!("\n## {name}\n"));
        if let Some(text) = about["description"].as_str() {
            out.push_str(&format!("\n{}\n", escaped(text)));
        }
        let required: Vec<&str> =
            about["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        if object(&about["properties"]).next().is_none() {
            out.push_str(&format!("\nIt is {}.\n", kind(about)));
            continue;
        }
        out.push_str("\n| field | value | what it is |\n|---|---|---|\n");
        for (field, about) in object(&about["properties"]) {
            let text = about["description"].as_str().map(escaped).unwrap_or_default();
            let absent = if required.contains(&field.as_str()) { "" } else { " (not always there)" };
            out.push_str(&format!("| `{field}` | {}{absent} | {text} |\n", kind(about)));
        }
    }
    out
}

fn object(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}

/// Text in a cell of a table.
fn escaped(text: &str) -> String {
    text.replace('\n', " ").replace('|', "\\|").replace('<', "&lt;")
}

/// What values are, in words.
fn kind(about: &Value) -> String {
    if let Some(name) = about["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return format!("[{name}](#{})", name.to_lowercase());
    }
    if let Some(one) = about.get("const") {
        return format!("`{one}`");
    }
    if let Some(all) = about["enum"].as_array() {
        return all.iter().map(|one| format!("`{one}`")).collect::<Vec<_>>().join(", ");
    }
    let several = about["anyOf"].as_array().or_else(|| about["oneOf"].as_array());
    if let Some(several) = several {
        return several.iter().map(kind).collect::<Vec<_>>().join(" or ");
    }
    let of = |name: &str| match name {
        "array" => match (about["prefixItems"].as_array(), about.get("items")) {
            (Some(items), _) => format!("[{}]", items.iter().map(kind).collect::<Vec<_>>().join(", ")),
            (None, Some(items)) => match about["maxItems"].as_u64().filter(|n| about["minItems"] == *n) {
                Some(n) => format!("{n} of {}", kind(items)),
                None => format!("list of {}", kind(items)),
            },
            (None, None) => "list".to_owned(),
        },
        "object" => match about.get("additionalProperties").filter(|inner| inner.is_object()) {
            Some(inner) => format!("object of {}", kind(inner)),
            None => "object".to_owned(),
        },
        other => other.to_owned(),
    };
    match &about["type"] {
        Value::String(name) => of(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).map(of).collect::<Vec<_>>().join(" or "),
        _ => "anything".to_owned(),
    }
}
