//! From bytes to a document. Pure; done by the workers.

use super::json::{Fields, Object};
use super::source::{Body, Raw};
use crate::model::{Document, DocumentDate, Issue, LanguageTag, Origin};
use crate::options::Options;
use crate::rules::Rules;
use crate::stage::decode::{self, Hints};
use crate::text::SourceMap;

/// A document, or the empty one with the reason why it could not be read.
#[derive(Debug)]
pub struct Parsed {
    /// The document, as far as it could be read.
    pub document: Document,
    /// Why it could not be read.
    pub failure: Option<String>,
}

/// Reads a document. `fields` are the names of the fields of JSON documents.
pub fn parse(raw: Raw, fields: &Fields, rules: &Rules, options: &Options) -> Parsed {
    let mut document = empty(&raw);
    let place = raw.line.map_or_else(|| raw.path.to_string(), |line| format!("{}:{line}", raw.path));
    let failure = match raw.body {
        Body::Unreadable(message) => Some(message),
        Body::Text(bytes) => {
            document.origin.blake3 = blake3::hash(&bytes).to_hex().to_string();
            plain(&mut document, bytes, rules, options).err().map(|what| format!("{place}: {what}"))
        }
        Body::Json(bytes) => {
            document.origin.blake3 = blake3::hash(&bytes).to_hex().to_string();
            json(&mut document, bytes, fields).err().map(|what| format!("{place}: {what}"))
        }
    };
    document.map = SourceMap::identity(document.text.len());
    Parsed { document, failure }
}

fn empty(raw: &Raw) -> Document {
    Document {
        id: raw.line.map_or_else(|| raw.path.to_string(), |line| format!("{}:{line}", raw.path)),
        origin: Origin {
            path: raw.path.to_string(),
            member: raw.line.map(|line| line.to_string()),
            media_type: raw.media_type,
            encoding: "utf-8",
            encoding_how: "form",
            bytes: raw.len() as u64,
            ..Origin::default()
        },
        text: String::new(),
        map: SourceMap::default(),
        source: None,
        meta: Vec::new(),
        title: None,
        url: None,
        date: None,
        language: None,
        source_language: None,
        issues: Vec::new(),
    }
}

fn plain(document: &mut Document, bytes: Vec<u8>, rules: &Rules, options: &Options) -> Result<(), String> {
    let binary = decode::looks_binary(&bytes);
    text(document, bytes, rules, options);
    if binary {
        return Err("binary data, not text; convert it to text first".to_owned());
    }
    if document.origin.media_type == "text/html" {
        document.issues.push(issue("format", "HTML is read as plain text: its markup is kept as text"));
    }
    if document.text.trim().is_empty() {
        document.issues.push(issue("empty", "the document has no text"));
    }
    Ok(())
}

/// Decodes `bytes` into the text of the document, with an issue for every stretch that could not be decoded.
fn text(document: &mut Document, bytes: Vec<u8>, rules: &Rules, options: &Options) {
    let hints = Hints { given: options.encoding, ..Hints::default() };
    let decoded = decode::decode(bytes, &hints, &rules.letters);
    document.origin.encoding_how = decoded.how.name();
    document.origin.encoding = decoded.encoding;
    document.origin.lossy = decoded.lossy;
    for place in decoded.places {
        let message = format!("bytes that are no {} stand here as U+FFFD", decoded.encoding);
        document.issues.push(Issue { kind: "encoding", message, source: Some(place) });
    }
    document.text = decoded.text;
}

fn json(document: &mut Document, bytes: Vec<u8>, fields: &Fields) -> Result<(), String> {
    let line = decode::decode_vec(bytes);
    let mut object: Object<'_> = serde_json::from_str(&line.text).map_err(|error| {
        let what = error.to_string();
        // The position that serde_json adds counts from the start of this line.
        let what = what.split(" at line ").next().unwrap_or(&what);
        format!("not a JSON object: {what} at column {}; one object a line is expected", error.column())
    })?;
    let mut string = |name: &str| -> Result<Option<String>, String> {
        let Some(value) = object.take(name) else { return Ok(None) };
        serde_json::from_str(value.get()).map(Some).map_err(|error| {
            let what = error.to_string();
            format!("field \"{name}\": {}", what.split(" at line ").next().unwrap_or(&what))
        })
    };
    if let Some(id) = string(&fields.id)? {
        document.id = id;
    }
    let body = string(&fields.text)?;
    document.title = string(&fields.title)?.filter(|t| !t.trim().is_empty());
    document.url = string(&fields.url)?;
    let date = string(&fields.date)?;
    let language = string(&fields.language)?;
    let source_language = string(&fields.source_language)?;
    document.meta = object.rest();
    document.origin.lossy = line.lossy;

    let Some(body) = body else {
        return Err(format!("no field \"{}\"; name the field that holds the text with --text-field", fields.text));
    };
    document.text = body;
    if line.lossy > 0 {
        document.issues.push(issue(
            "encoding",
            &format!("the line holds bytes that are no UTF-8; they stand as U+FFFD ({})", line.lossy),
        ));
    }
    if let Some(written) = date {
        document.date = DocumentDate::parse(&written);
        if document.date.is_none() {
            document
                .issues
                .push(issue("date", &format!("\"{written}\" is no ISO 8601 date; dates are resolved without it")));
        }
    }
    for (written, slot) in [(language, &mut document.language), (source_language, &mut document.source_language)] {
        let Some(written) = written else { continue };
        *slot = LanguageTag::parse(&written).filter(|tag| !tag.is_und());
        if slot.is_none() && written != "und" {
            document
                .issues
                .push(issue("language", &format!("\"{written}\" is no BCP 47 language tag; the language is detected")));
        }
    }
    if document.text.trim().is_empty() {
        document.issues.push(issue("empty", "the document has no text"));
    }
    Ok(())
}

fn issue(kind: &'static str, message: &str) -> Issue {
    Issue { kind, message: message.to_owned(), source: None }
}

#[cfg(test)]
mod tests {
    use super::{Body, Fields, Options, Raw, Rules, parse};

    fn read(line: &str) -> super::Parsed {
        let raw = Raw {
            path: "a.jsonl".into(),
            line: Some(7),
            media_type: "application/jsonl",
            body: Body::Json(line.as_bytes().to_vec()),
        };
        parse(raw, &Fields::default(), &Rules::embedded().unwrap(), &Options::default())
    }

    #[test]
    fn fields_pass_through_in_their_order_and_form() {
        let parsed = read(
            r#"{"b": 1.50, "text": "Текст", "a": {"x": [1e3]}, "date": "2021-05-03", "id": "n1", "language": null}"#,
        );
        assert_eq!(parsed.failure, None);
        assert_eq!((parsed.document.id.as_str(), parsed.document.text.as_str()), ("n1", "Текст"));
        let meta: Vec<_> = parsed.document.meta.iter().map(|(k, v)| format!("{k}={v}")).collect();
        assert_eq!(meta, ["b=1.50", r#"a={"x": [1e3]}"#]);
    }

    #[test]
    fn a_bad_line_says_where_and_what_to_do() {
        assert!(read("{\"text\": ").failure.unwrap().starts_with("a.jsonl:7: not a JSON object: EOF"));
        assert!(read("[1]").failure.unwrap().contains("expected a JSON object"));
        let missing = read(r#"{"body": "x"}"#).failure.unwrap();
        assert_eq!(missing, "a.jsonl:7: no field \"text\"; name the field that holds the text with --text-field");
        let wrong = read(r#"{"text": 5}"#).failure.unwrap();
        assert!(
            wrong.starts_with("a.jsonl:7: field \"text\": invalid type: integer `5`, expected a string"),
            "{wrong}"
        );
    }

    #[test]
    fn a_bad_date_is_an_issue_and_no_failure() {
        let parsed = read(r#"{"text": "x", "date": "last week"}"#);
        assert_eq!((parsed.failure, parsed.document.issues[0].kind), (None, "date"));
    }
}
