//! A JSON object as a document: the fields of the format, the others passing through.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// What the fields of a document are called in the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields {
    /// The document's name.
    pub id: String,
    /// Its text.
    pub text: String,
    /// What it was translated from.
    pub source_text: String,
    /// A page, where there is no text.
    pub html: String,
    /// Its language (BCP 47).
    pub language: String,
    /// What it was translated from.
    pub source_language: String,
    /// Its own date (ISO 8601).
    pub date: String,
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
}

impl Default for Fields {
    fn default() -> Self {
        Self {
            id: "id".to_owned(),
            text: "text".to_owned(),
            source_text: "source_text".to_owned(),
            html: "html".to_owned(),
            language: "language".to_owned(),
            source_language: "source_language".to_owned(),
            date: "date".to_owned(),
            title: "title".to_owned(),
            url: "url".to_owned(),
        }
    }
}

/// The members of a JSON object in the order they came; of members with the same name the last.
pub(super) struct Object<'t>(Vec<(Cow<'t, str>, &'t RawValue)>);

impl<'t> Object<'t> {
    /// Takes the member `name` out: `None` where it is missing or `null`.
    pub(super) fn take(&mut self, name: &str) -> Option<&'t RawValue> {
        let index = self.0.iter().position(|(key, _)| key == name)?;
        let (_, value) = self.0.remove(index);
        (value.get() != "null").then_some(value)
    }

    /// What is left.
    pub(super) fn rest(self) -> Vec<(String, Box<RawValue>)> {
        self.0.into_iter().map(|(name, value)| (name.into_owned(), value.to_owned())).collect()
    }
}

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut out: Vec<(Cow<'de, str>, &'de RawValue)> = Vec::new();
                while let Some(Name(name)) = map.next_key()? {
                    let value = map.next_value()?;
                    match out.iter_mut().find(|(key, _)| *key == name) {
                        Some(member) => member.1 = value,
                        None => out.push((name, value)),
                    }
                }
                Ok(Object(out))
            }
        }

        deserializer.deserialize_map(Members)
    }
}

/// A name, borrowed where it has no escapes.
#[derive(serde::Deserialize)]
struct Name<'t>(#[serde(borrow)] Cow<'t, str>);
