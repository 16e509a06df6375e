//! SQLite: a table of documents, and one of FTS5 over it that triggers keep.

use serde_json::{Value, json};

use super::sql::{optional, quoted};
use super::{Feed, Format, Shape, Stamped, entities, script};
use crate::feed::unit::written;
use crate::text::script as scripts;

pub(super) struct Sqlite;

/// Letters of scripts without blanks are words of their own in `words`, so that any stretch of them is found as a phrase.
const SCHEMA: &str = r#"-- A table of units, and a table of FTS5 over their words. Where a text is written without blanks between words, `words` holds each of its letters as
-- a word: ask for "数 据" with quotes, and any stretch is found. In `dates` are pairs of days or minutes, the end exclusive.
CREATE TABLE IF NOT EXISTS NAME (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL,
    passage TEXT,
    kind TEXT,
    url TEXT,
    path TEXT NOT NULL,
    date TEXT,
    language TEXT NOT NULL,
    title TEXT,
    text TEXT NOT NULL,
    title_words TEXT,
    words TEXT,
    entities TEXT NOT NULL,
    dates TEXT NOT NULL,
    leftovers INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    generation INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS NAME_document ON NAME (document);
CREATE INDEX IF NOT EXISTS NAME_language ON NAME (language);
CREATE VIEW IF NOT EXISTS NAME_words AS
    SELECT number, coalesce(title_words, title) AS title, coalesce(words, text) AS text FROM NAME;
CREATE VIRTUAL TABLE IF NOT EXISTS NAME_search USING fts5 (
    title, text, content='NAME_words', content_rowid='number',
    tokenize="porter unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);
CREATE TRIGGER IF NOT EXISTS NAME_insert AFTER INSERT ON NAME BEGIN
    INSERT INTO NAME_search (rowid, title, text) VALUES (new.number, coalesce(new.title_words, new.title), coalesce(new.words, new.text));
END;
CREATE TRIGGER IF NOT EXISTS NAME_delete AFTER DELETE ON NAME BEGIN
    INSERT INTO NAME_search (NAME_search, rowid, title, text)
        VALUES ('delete', old.number, coalesce(old.title_words, old.title), coalesce(old.words, old.text));
END;
CREATE TRIGGER IF NOT EXISTS NAME_update AFTER UPDATE ON NAME WHEN old.content_hash <> new.content_hash BEGIN
    INSERT INTO NAME_search (NAME_search, rowid, title, text)
        VALUES ('delete', old.number, coalesce(old.title_words, old.title), coalesce(old.words, old.text));
    INSERT INTO NAME_search (rowid, title, text) VALUES (new.number, coalesce(new.title_words, new.title), coalesce(new.words, new.text));
END;
"#;

const COLUMNS: [&str; 17] = [
    "id",
    "document",
    "passage",
    "kind",
    "url",
    "path",
    "date",
    "language",
    "title",
    "text",
    "title_words",
    "words",
    "entities",
    "dates",
    "leftovers",
    "content_hash",
    "generation",
];

impl Format for Sqlite {
    fn settings(&self, feed: &Feed) -> Vec<(&'static str, String)> {
        let load = script(
            "# Brings the database up to date, and makes it where it is not there. DATABASE is its file.",
            &format!(
                "database=${{DATABASE:-{0}.db}}\n\
                 for file in schema.sql upserts.sql deletes.sql; do\n\
                 \x20   [ ! -e \"$file\" ] || sqlite3 -bail \"$database\" <\"$file\"\n\
                 done\n",
                feed.name
            ),
        );
        vec![("schema.sql", SCHEMA.replace("NAME", &feed.name)), ("load.sh", load)]
    }

    fn upserts(&self) -> Shape {
        Shape::SQL
    }

    fn deletes(&self) -> Shape {
        Shape::SQL
    }

    fn upsert(&self, record: &Stamped<'_>, feed: &Feed) -> String {
        let unit = record.unit;
        let texts: Vec<&str> = unit.texts.iter().map(|(_, text)| text.as_str()).collect();
        let text = texts.join("\n\n");
        let dates: Vec<Value> = unit.dates.iter().map(|date| json!([written(date.from), written(date.to)])).collect();
        let words = apart(&text);
        // The title of a document is no word of each of its passages.
        let title = unit.title.as_deref().filter(|_| unit.passage.is_none());
        let title_words = match (&unit.title, title) {
            (Some(_), None) => Some(String::new()),
            _ => title.and_then(apart),
        };
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
            quoted(&text),
            optional(title_words.as_deref()),
            optional(words.as_deref()),
            quoted(&entities(unit).to_string()),
            quoted(&json!(dates).to_string()),
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

/// The text with a blank on both sides of each letter of a script without blanks; nothing where there is none.
fn apart(text: &str) -> Option<String> {
    if !text.chars().any(is_unspaced) {
        return None;
    }
    let mut out = String::with_capacity(text.len() * 4 / 3);
    let mut after = false;
    for c in text.chars() {
        let is = is_unspaced(c);
        if (is || after) && !out.is_empty() && !out.ends_with(char::is_whitespace) && !c.is_whitespace() {
            out.push(' ');
        }
        out.push(c);
        after = is;
    }
    Some(out)
}

fn is_unspaced(c: char) -> bool {
    !c.is_ascii() && scripts::is_unspaced(scripts::of(c))
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[test]
    fn letters_without_blanks_stand_apart() {
        assert_eq!(apart("数据 and 法").as_deref(), Some("数 据 and 法"));
        assert_eq!(apart("в области法律"), Some("в области 法 律".to_owned()));
        assert_eq!(apart("plain"), None);
    }
}
