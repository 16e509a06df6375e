//! An index of tantivy over a corpus: the tantivy feed of [`super::Engine::Tantivy`], taken in here, and searched.
//!
//! The index itself says what it holds: ids and hashes of content are columns of it. So there is no manifest that could say otherwise after a kill,
//! and one commit makes all that has changed visible at once.

mod gather;
mod letters;
mod query;
mod search;
mod words;
mod write;

pub use query::QueryError;
pub use search::{Answer, Facets, Filter, Hit, Question, search};
pub use words::register;
pub use write::{Done, Order, can_be_written, write};

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tantivy::TantivyError;
use tantivy::schema::Schema;

use self::letters::LETTERS;
use super::engine::{Engine, Feed};
use crate::error::Error;

/// The format and its version, in the payload of each commit.
const FORMAT: &str = "recensio-index/2";

/// What a commit says of itself.
#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    format: String,
    unit: String,
    generation: u64,
}

/// The schema of the tantivy feed, and a field of the letters that are looked for one by one.
fn schema() -> Result<Schema, TantivyError> {
    let feed = Feed { name: "recensio".to_owned(), generation: 0 };
    let settings = Engine::Tantivy.format().settings(&feed);
    let text = settings.first().map_or("", |(_, text)| text.as_str());
    let wrong = |error: serde_json::Error| TantivyError::SchemaError(error.to_string());
    let mut fields: Vec<Value> = serde_json::from_str(text).map_err(wrong)?;
    let indexing = json!({ "record": "position", "fieldnorms": false, "tokenizer": LETTERS });
    let options = json!({ "indexing": indexing, "stored": false, "fast": false });
    fields.push(json!({ "name": LETTERS, "type": "text", "options": options }));
    serde_json::from_value(Value::Array(fields)).map_err(wrong)
}

/// An error of the engine, about the index in this folder.
fn failed(path: &Path) -> impl Fn(TantivyError) -> Error + '_ {
    |error| {
        let what = match error {
            TantivyError::LockFailure(..) => {
                "another recensio index is writing to it; wait until it has ended, or name another folder with -o"
                    .to_owned()
            }
            error => format!("{error}; where that stays, remove the folder and make the index again"),
        };
        Error::Index { path: path.to_owned(), what }
    }
}
