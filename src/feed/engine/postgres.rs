//! PostgreSQL (14 or later): a table with a vector of full text search, made by the configuration of each text's language.

use serde_json::Value;

use super::sql::{optional, quoted};
use super::{Feed, Format, Shape, Stamped, entities, script};
use crate::feed::analyser::Analyser;
use crate::feed::unit::Unit;

pub(super) struct Postgres;

const SCHEMA: &str = r"-- A table of units with a vector for full text search. Letters of scripts without blanks between words are words of their own in it:
-- ask with NAME_query('russian', '…'), and any stretch of them is found. Of a unit the first 200,000 characters are in its vector, whose size is limited.
SET client_encoding = 'UTF8';
SET client_min_messages = warning;
BEGIN;
CREATE OR REPLACE FUNCTION NAME_words(text text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT regexp_replace(text, '([\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3005-\u3007\u3041-\u30FF\u3105-\u312F\u3400-\u9FFF\uF900-\uFAFF\U00020000-\U0003FFFF])', ' \1 ', 'g')
$$;
CREATE OR REPLACE FUNCTION NAME_query(config regconfig, words text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN NAME_words(words) = words THEN websearch_to_tsquery(config, words) ELSE phraseto_tsquery(config, NAME_words(words)) END
$$;
CREATE OR REPLACE FUNCTION NAME_vector(configs regconfig[], texts text[], title text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    room integer := 200000;
    vector tsvector := coalesce(setweight(to_tsvector(configs[1], NAME_words(left(title, 10000))), 'A'), '');
BEGIN
    FOR n IN 1 .. cardinality(texts) LOOP
        vector := vector || to_tsvector(configs[n], NAME_words(left(texts[n], room)));
        room := greatest(0, room - length(texts[n]));
    END LOOP;
    RETURN vector;
END $$;
CREATE TABLE IF NOT EXISTS NAME (
    id text PRIMARY KEY,
    document text NOT NULL,
    passage text,
    kind text,
    url text,
    path text NOT NULL,
    date date,
    language text NOT NULL,
    title text,
    texts text[] NOT NULL,
    configs regconfig[] NOT NULL,
    entities jsonb NOT NULL,
    dates datemultirange NOT NULL,
    leftovers integer NOT NULL,
    content_hash text NOT NULL,
    generation bigint NOT NULL,
    vector tsvector GENERATED ALWAYS AS (NAME_vector(configs, texts, CASE WHEN passage IS NULL THEN title END)) STORED
);
CREATE INDEX IF NOT EXISTS NAME_vector ON NAME USING gin (vector);
CREATE INDEX IF NOT EXISTS NAME_entities ON NAME USING gin (entities jsonb_path_ops);
CREATE INDEX IF NOT EXISTS NAME_dates ON NAME USING gist (dates);
CREATE INDEX IF NOT EXISTS NAME_document ON NAME (document);
COMMIT;
";

const COLUMNS: [&str; 16] = [
    "id",
    "document",
    "passage",
    "kind",
    "url",
    "path",
    "date",
    "language",
    "title",
    "texts",
    "configs",
    "entities",
    "dates",
    "leftovers",
    "content_hash",
    "generation",
];

const FRAME: [&str; 3] =
    ["SET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\nBEGIN;\n", "\n", "\nCOMMIT;\n"];

impl Format for Postgres {
    fn settings(&self, feed: &Feed) -> Vec<(&'static str, String)> {
        let load = script(
            "# Brings the table up to date, and makes it where it is not there. psql finds the database by PGDATABASE, PGHOST and so on.",
            "for file in schema.sql upserts.sql deletes.sql; do\n\
             \x20   [ ! -e \"$file\" ] || psql -X -q -v ON_ERROR_STOP=1 <\"$file\"\n\
             done\n",
        );
        vec![("schema.sql", SCHEMA.replace("NAME", &feed.name)), ("load.sh", load)]
    }

    fn upserts(&self) -> Shape {
        Shape { frame: FRAME, ..Shape::SQL }
    }

    fn deletes(&self) -> Shape {
        Shape { frame: FRAME, ..Shape::SQL }
    }

    fn upsert(&self, record: &Stamped<'_>, feed: &Feed) -> String {
        let unit = record.unit;
        let texts: Vec<String> = unit.texts.iter().map(|(_, text)| quoted(text)).collect();
        let config = |code: &str| quoted(Analyser::of(code).snowball.unwrap_or("simple"));
        let mut configs: Vec<String> = unit.texts.iter().map(|(code, _)| config(code)).collect();
        if configs.is_empty() {
            configs.push(config(unit.title_language));
        }
        let values = [
            quoted(&unit.id),
            quoted(&unit.document),
            optional(unit.passage.as_deref()),
            optional(unit.kind.as_deref()),
            optional(unit.url.as_deref()),
            quoted(&unit.path),
            optional(unit.date.as_deref()),
            quoted(&unit.language),
            optional(unit.title.as_deref()),
            format!("ARRAY[{}]::text[]", texts.join(",")),
            format!("ARRAY[{}]::regconfig[]", configs.join(",")),
            quoted(&without_zero(entities(unit)).to_string()),
            quoted(&ranges(unit)),
            unit.leftovers.to_string(),
            quoted(record.hash),
            record.generation.to_string(),
        ];
        let changes: Vec<String> = COLUMNS.iter().skip(1).map(|name| format!("{name}=excluded.{name}")).collect();
        format!(
            "INSERT INTO {name} ({columns}) VALUES ({values}) ON CONFLICT (id) DO UPDATE SET {changes} \
             WHERE excluded.generation >= {name}.generation;",
            name = feed.name,
            columns = COLUMNS.join(","),
            values = values.join(","),
            changes = changes.join(",")
        )
    }

    fn batch(&self) -> usize {
        500
    }

    fn delete(&self, ids: &[String], feed: &Feed) -> String {
        let ids: Vec<String> = ids.iter().map(|id| quoted(id)).collect();
        format!("DELETE FROM {} WHERE generation < {} AND id IN ({});", feed.name, feed.generation, ids.join(","))
    }
}

/// `{[2021-09-01,2021-10-01),…}`: days; of a time its day.
fn ranges(unit: &Unit) -> String {
    let day = |date: &crate::feed::unit::Interval| {
        let end = date.last_day().tomorrow().unwrap_or(date.last_day());
        format!("[{},{end})", date.from.date())
    };
    format!("{{{}}}", unit.dates.iter().map(day).collect::<Vec<_>>().join(","))
}

/// `jsonb` holds no zero byte, not even as an escape.
fn without_zero(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.replace('\0', "")),
        Value::Array(values) => values.into_iter().map(without_zero).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, without_zero(value))).collect(),
        other => other,
    }
}
