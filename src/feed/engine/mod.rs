//! How each engine wants what it is given.

mod bulk;
mod groonga;
mod meilisearch;
mod postgres;
mod solr;
mod sql;
mod sqlite;
mod tantivy;
mod typesense;
mod vespa;

use std::borrow::Cow;

use serde_json::{Map, Value, json};

#[cfg(feature = "index")]
pub(super) use self::tantivy::object;
use super::unit::{Unit, key};

/// A search engine that feeds are written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// OpenSearch: `_bulk`.
    OpenSearch,
    /// Elasticsearch: `_bulk`.
    Elasticsearch,
    /// Meilisearch.
    Meilisearch,
    /// Typesense.
    Typesense,
    /// Vespa.
    Vespa,
    /// Apache Solr.
    Solr,
    /// SQLite with FTS5.
    Sqlite,
    /// PostgreSQL and its full text search.
    Postgres,
    /// Groonga.
    Groonga,
    /// Documents of tantivy.
    Tantivy,
}

impl Engine {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::OpenSearch,
        Self::Elasticsearch,
        Self::Meilisearch,
        Self::Typesense,
        Self::Vespa,
        Self::Solr,
        Self::Sqlite,
        Self::Postgres,
        Self::Groonga,
        Self::Tantivy,
    ];

    /// As it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OpenSearch => "opensearch",
            Self::Elasticsearch => "elasticsearch",
            Self::Meilisearch => "meilisearch",
            Self::Typesense => "typesense",
            Self::Vespa => "vespa",
            Self::Solr => "solr",
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
            Self::Groonga => "groonga",
            Self::Tantivy => "tantivy",
        }
    }

    /// Its format.
    pub(super) fn format(self) -> &'static dyn Format {
        match self {
            Self::OpenSearch | Self::Elasticsearch => &bulk::Bulk,
            Self::Meilisearch => &meilisearch::Meilisearch,
            Self::Typesense => &typesense::Typesense,
            Self::Vespa => &vespa::Vespa,
            Self::Solr => &solr::Solr,
            Self::Sqlite => &sqlite::Sqlite,
            Self::Postgres => &postgres::Postgres,
            Self::Groonga => &groonga::Groonga,
            Self::Tantivy => &tantivy::Tantivy,
        }
    }
}

/// What all records of a feed have in common.
#[derive(Clone, Debug)]
pub(super) struct Feed {
    /// What the index is called.
    pub(super) name: String,
    /// Its number in the series.
    pub(super) generation: u64,
}

/// What a record is written with.
pub(super) struct Stamped<'u> {
    pub(super) unit: &'u Unit,
    /// The hash of its content, hexadecimal.
    pub(super) hash: &'u str,
    /// The generation in which it became what it is.
    pub(super) generation: u64,
}

/// How files of records are made.
pub(super) struct Shape {
    /// What their names end in.
    pub(super) extension: &'static str,
    /// What stands before the first record of a file, between two, and after the last.
    pub(super) frame: [&'static str; 3],
    /// Whether all records are in one file, however long: what comes in is one transaction.
    pub(super) is_whole: bool,
}

impl Shape {
    pub(super) const LINES: Self = Self { extension: "jsonl", frame: ["", "\n", "\n"], is_whole: false };
    pub(super) const ARRAY: Self = Self { extension: "json", frame: ["[\n", ",\n", "\n]\n"], is_whole: false };
    pub(super) const SQL: Self = Self { extension: "sql", frame: ["BEGIN;\n", "\n", "\nCOMMIT;\n"], is_whole: true };
}

/// How an engine wants what it is given.
pub(super) trait Format: Sync {
    /// Mappings, settings, schema, and the script that loads a feed: names and contents.
    fn settings(&self, feed: &Feed) -> Vec<(&'static str, String)>;

    /// The files of new and changed units.
    fn upserts(&self) -> Shape;

    /// The files of units that are gone.
    fn deletes(&self) -> Shape;

    /// Writes a unit that is new or changed.
    fn upsert(&self, record: &Stamped<'_>, feed: &Feed) -> String;

    /// How many units one record may delete.
    fn batch(&self) -> usize {
        1
    }

    /// Writes units that are gone.
    fn delete(&self, ids: &[String], feed: &Feed) -> String;
}

/// The fields that the engines of documents have in common: texts and titles by language, what they came from, hash and generation.
fn fields(record: &Stamped<'_>) -> Map<String, Value> {
    let unit = record.unit;
    let mut out = Map::new();
    let mut put = |name: &str, value: Value| {
        if !value.is_null() && value.as_array().is_none_or(|values| !values.is_empty()) {
            out.insert(name.to_owned(), value);
        }
    };
    put("id", json!(unit.id));
    put("document", json!(unit.document));
    put("passage", json!(unit.passage));
    put("kind", json!(unit.kind));
    put("url", json!(unit.url));
    put("path", json!(unit.path));
    put("date", json!(unit.date));
    put("language", json!(unit.language));
    if let Some(title) = &unit.title {
        put(&format!("title_{}", unit.title_language), json!(title));
    }
    for (code, text) in &unit.texts {
        put(&format!("text_{code}"), json!(text));
    }
    put("leftovers", json!(unit.leftovers));
    put("content_hash", json!(record.hash));
    put("generation", json!(record.generation));
    out
}

/// The entities as lists, for engines that keep no objects in objects.
fn entity_lists(unit: &Unit, out: &mut Map<String, Value>) {
    out.insert("entity_names".to_owned(), json!(unit.entity_names()));
    out.insert("entity_types".to_owned(), json!(unit.entity_types()));
    out.insert("entity_ids".to_owned(), json!(unit.entity_ids()));
}

/// The dates as years and months, for engines that have no ranges.
fn date_lists(unit: &Unit, out: &mut Map<String, Value>) {
    out.insert("years".to_owned(), json!(unit.years()));
    out.insert("months".to_owned(), json!(unit.months()));
}

/// The entities as objects.
fn entities(unit: &Unit) -> Value {
    let entity = |entity: &super::unit::Entity| {
        let mut out = Map::new();
        out.insert("type".to_owned(), json!(entity.kind));
        out.insert("name".to_owned(), json!(entity.name));
        if !entity.names.is_empty() {
            out.insert("names".to_owned(), json!(entity.names.values().collect::<Vec<_>>()));
        }
        if !entity.ids.is_empty() {
            out.insert("ids".to_owned(), json!(entity.ids));
        }
        if let Some(jurisdiction) = &entity.jurisdiction {
            out.insert("jurisdiction".to_owned(), json!(jurisdiction));
        }
        out.insert("mentions".to_owned(), json!(entity.mentions));
        Value::Object(out)
    };
    unit.entities.iter().map(entity).collect()
}

fn pretty(value: &Value) -> String {
    format!("{}\n", serde_json::to_string_pretty(value).unwrap_or_default())
}

/// A script of the POSIX shell: what it does, and its commands, which run in the folder of the feed.
fn script(what: &str, commands: &str) -> String {
    format!("#!/bin/sh\n{what}\nset -eu\ncd \"$(dirname \"$0\")\"\n{commands}")
}

/// The id; where it is longer than an engine takes, its beginning and its hash.
fn id(id: &str, limit: usize) -> Cow<'_, str> {
    if id.len() <= limit {
        return id.into();
    }
    let head = (0..=limit - 33).rev().find_map(|end| id.get(..end)).unwrap_or_default();
    format!("{head}~{}", key(id)).into()
}

#[cfg(test)]
mod tests {
    use super::id;

    #[test]
    fn a_long_id_is_cut_and_told_apart() {
        let [one, other] = ["a", "b"].map(|end| format!("{}{end}", "法".repeat(300)));
        assert_ne!(id(&one, 512), id(&other, 512));
        assert!(id(&one, 512).len() <= 512 && id(&one, 512).starts_with("法法"));
        assert_eq!(id("a.txt", 512), "a.txt");
    }
}
