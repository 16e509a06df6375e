//! Whether a record is valid by the schema of its file: the part of JSON Schema (draft 2020-12) that our own schema uses, and no more.
//!
//! The library that knows all of it would double the time the program takes to build; a test holds this against it.

use std::collections::HashMap;

use regex::Regex;
use serde_json::{Map, Value};

use super::schema::schema;

/// The schema of the lines of one file.
#[derive(Debug)]
pub struct Schema {
    root: Value,
    definitions: Value,
    patterns: HashMap<String, Regex>,
}

impl Schema {
    /// The schema of the lines of `file`; `None` where there is no such file.
    pub fn of(file: &str) -> Option<Self> {
        let all = schema();
        let (root, definitions) = (all.get("files")?.get(file)?.clone(), all.get("$defs")?.clone());
        let mut patterns = HashMap::new();
        for part in [&root, &definitions] {
            collect(part, &mut patterns);
        }
        Some(Self { root, definitions, patterns })
    }

    /// What is wrong with `record`: each fault with its place, as a JSON Pointer (RFC 6901).
    pub fn faults(&self, record: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        self.check(record, &self.root, "", &mut faults);
        faults
    }

    fn check(&self, value: &Value, schema: &Value, at: &str, faults: &mut Vec<String>) {
        let Value::Object(schema) = schema else {
            if schema == &Value::Bool(false) {
                faults.push(format!("{at}: nothing may stand here"));
            }
            return;
        };
        for (keyword, rule) in schema {
            match keyword.as_str() {
                "description" | "title" | "format" | "$schema" => {}
                "$ref" => match rule.as_str().and_then(|r| self.definitions.get(r.strip_prefix("#/$defs/")?)) {
                    Some(named) => self.check(value, named, at, faults),
                    None => faults.push(format!("{at}: the schema has no {rule}")),
                },
                "anyOf" => {
                    let mut any = rule.as_array().into_iter().flatten();
                    let fits = |one: &Value| {
                        let mut own = Vec::new();
                        self.check(value, one, at, &mut own);
                        own.is_empty()
                    };
                    if !any.any(fits) {
                        faults.push(format!("{at}: it is none of what may stand here"));
                    }
                }
                _ => self.keyword(value, keyword, rule, schema, at, faults),
            }
        }
    }

    fn keyword(
        &self,
        value: &Value,
        keyword: &str,
        rule: &Value,
        schema: &Map<String, Value>,
        at: &str,
        faults: &mut Vec<String>,
    ) {
        let mut fault = |what: String| faults.push(format!("{at}: {what}"));
        match (keyword, value) {
            ("type", _) => {
                let mut types = rule.as_array().map_or(std::slice::from_ref(rule), Vec::as_slice).iter();
                if !types.any(|name| is(value, name.as_str().unwrap_or_default())) {
                    fault(format!("it is no {rule}"));
                }
            }
            ("required", Value::Object(object)) => {
                let names = rule.as_array().into_iter().flatten().filter_map(Value::as_str);
                names.filter(|name| !object.contains_key(*name)).for_each(|name| fault(format!("there is no {name}")));
            }
            ("properties", Value::Object(object)) => {
                for (name, inner) in rule.as_object().into_iter().flatten() {
                    if let Some(value) = object.get(name) {
                        self.check(value, inner, &format!("{at}/{name}"), faults);
                    }
                }
            }
            ("additionalProperties", Value::Object(object)) => {
                let known = schema.get("properties").and_then(Value::as_object);
                for (name, value) in object.iter().filter(|(name, _)| known.is_none_or(|k| !k.contains_key(*name))) {
                    self.check(value, rule, &format!("{at}/{name}"), faults);
                }
            }
            ("items", Value::Array(list)) => {
                for (index, value) in list.iter().enumerate() {
                    self.check(value, rule, &format!("{at}/{index}"), faults);
                }
            }
            ("minItems", Value::Array(list)) if rule.as_u64().is_some_and(|n| (list.len() as u64) < n) => {
                fault(format!("it has fewer than {rule} elements"));
            }
            ("maxItems", Value::Array(list)) if rule.as_u64().is_some_and(|n| list.len() as u64 > n) => {
                fault(format!("it has more than {rule} elements"));
            }
            ("minimum", Value::Number(number)) if number.as_f64() < rule.as_f64() => {
                fault(format!("it is less than {rule}"));
            }
            ("pattern", Value::String(text)) => {
                let pattern = rule.as_str().and_then(|pattern| self.patterns.get(pattern));
                if !pattern.is_some_and(|pattern| pattern.is_match(text)) {
                    fault(format!("it is not like {rule}"));
                }
            }
            // Of a value of another type they say nothing.
            (
                "required"
                | "properties"
                | "additionalProperties"
                | "items"
                | "minItems"
                | "maxItems"
                | "minimum"
                | "pattern",
                _,
            ) => {}
            _ => fault(format!("the schema says `{keyword}`, which is not known here")),
        }
    }
}

fn is(value: &Value, name: &str) -> bool {
    match (name, value) {
        ("null", Value::Null)
        | ("boolean", Value::Bool(_))
        | ("number", Value::Number(_))
        | ("string", Value::String(_))
        | ("array", Value::Array(_))
        | ("object", Value::Object(_)) => true,
        ("integer", Value::Number(number)) => {
            number.is_u64() || number.is_i64() || number.as_f64().is_some_and(|n| n.fract() == 0.0)
        }
        _ => false,
    }
}

/// Compiles the patterns in a schema.
fn collect(schema: &Value, patterns: &mut HashMap<String, Regex>) {
    match schema {
        Value::Object(object) => {
            if let Some(pattern) = object.get("pattern").and_then(Value::as_str)
                && let Ok(regex) = Regex::new(pattern)
            {
                patterns.insert(pattern.to_owned(), regex);
            }
            object.values().for_each(|inner| collect(inner, patterns));
        }
        Value::Array(list) => list.iter().for_each(|inner| collect(inner, patterns)),
        _ => {}
    }
}
