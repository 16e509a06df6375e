//! From bytes to a document. Pure; done by the workers.

use super::json::{Fields, Object};
use super::source::{About, Body, Raw};
use crate::model::{Document, DocumentDate, Issue, LanguageTag, Origin, Segment};
use crate::options::Options;
use crate::rules::Rules;
use crate::stage::clean;
use crate::stage::decode::{self, Hints};
use crate::stage::extract;
use crate::stage::interchange::{self, Interchange, Malformed, Wanted};
use crate::text::place::{Lines, Ruler};
use crate::text::{SourceMap, Span};

/// So many repairs of a document are told one by one.
const REPAIRS: usize = 100;
/// Fields that pass through are nested so deep at most: with what is around them they stay below the 128 levels that readers of JSON such as
/// `serde_json` stop at.
const DEEPEST: usize = 100;

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
    let mut document = begin(&raw);
    let place = name(&raw);
    if let Some(about) = raw.about.as_deref() {
        document.url.clone_from(&about.url);
    }
    let about = raw.about;
    let failure = match raw.body {
        Body::Unreadable(message) => Some(message),
        Body::Text(bytes) => {
            document.origin.blake3 = blake3::hash(&bytes).to_hex().to_string();
            plain(&mut document, bytes, about.as_deref(), rules, options).err().map(|what| format!("{place}: {what}"))
        }
        Body::Json(bytes) if raw.line.is_none() && holds_strings(&document.origin, &bytes) => {
            document.origin.blake3 = blake3::hash(&bytes).to_hex().to_string();
            document.origin.media_type = interchange::Format::Strings.media_type();
            plain(&mut document, bytes, None, rules, options).err().map(|what| format!("{place}: {what}"))
        }
        Body::Json(bytes) => {
            document.origin.blake3 = blake3::hash(&bytes).to_hex().to_string();
            json(&mut document, bytes, fields, rules, options).err().map(|what| format!("{place}: {what}"))
        }
    };
    if failure.is_none() {
        repair(&mut document, rules);
    }
    if document.source.is_none() {
        document.map = SourceMap::identity(document.text.len());
    }
    Parsed { document, failure }
}

/// Whether a JSON file is one of strings.
fn holds_strings(origin: &Origin, bytes: &[u8]) -> bool {
    let name = origin.member.as_deref().unwrap_or(&origin.path);
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    origin.media_type == "application/json" && interchange::are_strings(name, text.trim_start_matches('\u{feff}'))
}

/// The name of a document by its place: the file, the member of an archive after `/`, the line or record after `:`.
fn name(raw: &Raw) -> String {
    let member = raw.member.as_ref().map(|member| format!("/{member}")).unwrap_or_default();
    let line = raw.line.map(|line| format!(":{line}")).unwrap_or_default();
    format!("{}{member}{line}", raw.path)
}

/// The empty document, which knows where it comes from.
pub fn begin(raw: &Raw) -> Document {
    Document {
        id: name(raw),
        origin: Origin {
            path: raw.path.to_string(),
            member: match (&raw.member, raw.line) {
                (Some(member), Some(line)) => Some(format!("{member}:{line}")),
                (Some(member), None) => Some(member.clone()),
                (None, line) => line.map(|line| line.to_string()),
            },
            media_type: raw.media_type,
            encoding: "utf-8",
            encoding_how: "form",
            bytes: raw.len() as u64,
            ..Origin::default()
        },
        text: String::new(),
        map: SourceMap::default(),
        source: None,
        layout: None,
        segments: Vec::new(),
        meta: Vec::new(),
        title: None,
        url: None,
        date: None,
        language: None,
        source_language: None,
        issues: Vec::new(),
    }
}

fn plain(
    document: &mut Document,
    bytes: Vec<u8>,
    about: Option<&About>,
    rules: &Rules,
    options: &Options,
) -> Result<(), String> {
    let mut format = interchange::Format::of(document.origin.media_type);
    if format == Some(interchange::Format::Word) {
        word(document, &bytes, options)?;
    } else {
        let binary = decode::looks_binary(&bytes);
        text(document, bytes, about, rules, options);
        if binary {
            return Err("binary data, not text; convert it to text first".to_owned());
        }
    }
    if document.origin.media_type == "text/plain" {
        format = interchange::Format::of_text(&document.text);
    }
    if let Some(format) = format {
        document.origin.media_type = format.media_type();
        exchanged(document, format, options)?;
    }
    match document.origin.media_type {
        "text/html" => page(document, rules, options),
        "text/markdown" => marked(document),
        _ => {}
    }
    if document.date.is_none() {
        document.date = about.and_then(|about| DocumentDate::parse(about.date.as_deref()?));
    }
    if document.text.trim().is_empty() {
        document.issues.push(issue("empty", "the document has no text"));
    }
    Ok(())
}

/// Repairs text that was read in a wrong encoding before it came here. Each repair is an issue.
fn repair(document: &mut Document, rules: &Rules) {
    let Some(repaired) = clean::mojibake(&document.text, &rules.mojibake) else { return };
    let map = std::mem::take(&mut document.map);
    let has_source = document.source.is_some();
    for (place, read_as) in repaired.places.into_iter().take(REPAIRS) {
        let place = if has_source { map.source(place) } else { place };
        let message = format!("this text had been read as {read_as}; it was repaired");
        document.issues.push(Issue { kind: "mojibake", message, source: Some(place) });
    }
    if let Some(layout) = &mut document.layout {
        layout.follow(&repaired.map);
    }
    for segment in document.segments.iter_mut().filter(|segment| !segment.span.is_empty()) {
        segment.span = repaired.map.inverse(segment.span);
    }
    let was = std::mem::replace(&mut document.text, repaired.text);
    if has_source {
        document.map = map.after(&repaired.map);
    } else {
        document.map = repaired.map;
        document.source = Some(was);
    }
}

/// Makes the text of the document, which is markup, the text that the page shows.
fn page(document: &mut Document, rules: &Rules, options: &Options) {
    let markup = std::mem::take(&mut document.text);
    let extracted = extract::html(&markup, &rules.extract, options.extract);
    shown(document, markup, extracted);
}

/// Makes the text of the document, which is Markdown, the text that it stands for.
fn marked(document: &mut Document) {
    let markup = std::mem::take(&mut document.text);
    let extracted = extract::markdown(&markup);
    shown(document, markup, extracted);
}

/// Puts the text parts of a Word document one after the other, as the source of the document.
fn word(document: &mut Document, bytes: &[u8], options: &Options) -> Result<(), String> {
    let parts = super::word::parts(bytes).map_err(|error| error.to_string())?;
    let mut places = Vec::new();
    for (name, text) in parts {
        let start = document.text.len();
        document.text.push_str(&text);
        places.push((name, Span::new(start, document.text.len())));
        document.text.push('\n');
    }
    let ruler = Ruler::new(&document.text, options.offsets);
    let entry = |(name, place): (String, Span)| serde_json::json!({ "name": name, "source": ruler.span(place) });
    let list: Vec<_> = places.into_iter().map(entry).collect();
    if let Ok(list) = serde_json::value::to_raw_value(&list) {
        document.meta.push(("parts".to_owned(), list));
    }
    Ok(())
}

/// Makes the text of the document, which is in a format of exchange, the text of its segments.
fn exchanged(document: &mut Document, format: interchange::Format, options: &Options) -> Result<(), String> {
    let wanted = Wanted {
        source: document.source_language.or(options.source_language),
        target: document.language.or(options.language),
    };
    let read = interchange::read(format, &document.text, wanted).map_err(|Malformed { at, what }| {
        let (line, column) = Lines::new(&document.text).position(at);
        format!("line {line}, column {column}: {what}")
    })?;
    let Interchange { text, map, layout, segments, language, source_language } = read;
    (document.map, document.layout, document.segments) = (map, Some(layout), segments);
    document.source = Some(std::mem::replace(&mut document.text, text));
    let name = document.origin.member.as_deref().unwrap_or(&document.origin.path);
    document.language = document.language.or(language).or_else(|| interchange::language_of(format, name));
    document.source_language = document.source_language.or(source_language);
    Ok(())
}

/// Takes over what was made of the markup of a document.
fn shown(document: &mut Document, markup: String, extracted: extract::Extracted) {
    (document.text, document.map, document.layout) = (extracted.text, extracted.map, Some(extracted.layout));
    document.source = Some(markup);
    let facts = extracted.facts;
    document.title = document.title.take().or(facts.title);
    document.url = document.url.take().or(facts.url);
    document.date = document.date.take().or_else(|| facts.date.as_deref().and_then(DocumentDate::parse));
    for (name, value) in [("author", facts.author), ("site", facts.site), ("page_language", facts.language)] {
        let known = document.meta.iter().any(|(n, _)| n == name);
        if let Some(value) = value.filter(|_| !known).and_then(|v| serde_json::value::to_raw_value(&v).ok()) {
            document.meta.push((name.to_owned(), value));
        }
    }
    if extracted.nothing && !document.text.trim().is_empty() {
        document.issues.push(issue("extract", "no main text was found in the page; everything that it shows is kept"));
    }
}

/// Decodes `bytes` into the text of the document, with an issue for every stretch that could not be decoded.
fn text(document: &mut Document, bytes: Vec<u8>, about: Option<&About>, rules: &Rules, options: &Options) {
    let format = interchange::Format::of(document.origin.media_type);
    let is_page = format.is_none() && (document.origin.media_type == "text/html" || extract::looks_like_page(&bytes));
    let is_xml = format.is_some_and(interchange::Format::is_xml) || bytes.starts_with(b"<?xml");
    let declared = match format {
        Some(interchange::Format::Po) => interchange::charset(&bytes),
        _ if is_page || is_xml => decode::declared(&bytes),
        _ => None,
    };
    if is_page {
        document.origin.media_type = "text/html";
    }
    let url = document.url.as_deref();
    let header = about.and_then(|about| decode::by_label(about.charset.as_deref()?));
    let hints = Hints { given: options.encoding, header, declared, url };
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

fn json(
    document: &mut Document,
    bytes: Vec<u8>,
    fields: &Fields,
    rules: &Rules,
    options: &Options,
) -> Result<(), String> {
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
    let markup = string(&fields.html)?;
    let translated_from = string(&fields.source_text)?;
    document.title = string(&fields.title)?.filter(|t| !t.trim().is_empty());
    document.url = string(&fields.url)?;
    let date = string(&fields.date)?;
    let language = string(&fields.language)?;
    let source_language = string(&fields.source_language)?;
    document.meta = object.rest();
    if let Some((name, _)) = document.meta.iter().find(|(_, value)| is_deep(value.get())) {
        let what = format!("field \"{name}\": nested more than {DEEPEST} levels deep, which readers of JSON refuse");
        document.meta.clear();
        return Err(what);
    }
    document.origin.lossy = line.lossy;

    let markup = if body.is_none() { markup } else { None };
    let is_page = markup.is_some();
    let Some(body) = body.or(markup) else {
        return Err(format!("no field \"{}\"; name the field that holds the text with --text-field", fields.text));
    };
    document.text = body;
    if is_page {
        page(document, rules, options);
    } else if let Some(from) = translated_from.filter(|from| !from.trim().is_empty()) {
        document.segments = aligned(&document.text, &from);
    }
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

/// Whether a JSON value is nested deeper than a field that passes through may be.
fn is_deep(value: &str) -> bool {
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    for byte in value.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return true;
        }
    }
    false
}

/// The segments of a text with its source: line by line, where both have as many that are not blank, or else as a whole.
fn aligned(text: &str, from: &str) -> Vec<Segment> {
    let lines = |text: &str| -> Vec<Span> {
        let mut at = 0;
        let spans = text.split_inclusive('\n').map(|line| {
            at += line.len();
            Span::new(at - line.len(), at).trimmed(text)
        });
        spans.filter(|span| !span.is_empty()).collect()
    };
    let (own, other) = (lines(text), lines(from));
    let pairs: Vec<(Span, Span)> = if own.len() == other.len() {
        own.into_iter().zip(other).collect()
    } else {
        vec![(Span::new(0, text.len()).trimmed(text), Span::new(0, from.len()).trimmed(from))]
    };
    let segment = |(number, (span, source)): (usize, (Span, Span))| Segment {
        id: number.to_string(),
        span,
        place: span,
        source: Some(source.of(from).to_owned()),
        is_missing: span.is_empty(),
        ..Segment::default()
    };
    (1..).zip(pairs).map(segment).collect()
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
            member: None,
            line: Some(7),
            media_type: "application/jsonl",
            about: None,
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
