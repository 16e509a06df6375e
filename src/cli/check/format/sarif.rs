//! SARIF 2.1.0 (OASIS Standard, 27 March 2020), for code scanning and other programs that gather findings.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::item::{Item, State};
use super::{Format, Page};
use crate::rules::PAGES;
use crate::rules::checks::{CHECKS, Check};

/// The version of the fingerprint's recipe.
const PRINT: &str = "recensio/v1";

/// A log of one run.
#[derive(Debug)]
pub(in super::super) struct Sarif {
    /// Where the pages of the rules are on the web, with `/` at its end.
    pub(in super::super) pages: Option<String>,
    /// Whether findings were held against a baseline.
    pub(in super::super) has_baseline: bool,
    results: Vec<Value>,
    failures: Vec<Value>,
}

impl Sarif {
    /// An empty log.
    pub(in super::super) const fn new(pages: Option<String>, has_baseline: bool) -> Self {
        Self { pages, has_baseline, results: Vec::new(), failures: Vec::new() }
    }
}

impl Format for Sarif {
    fn page(&mut self, page: &Page<'_>) -> String {
        if let Some(failure) = page.failure {
            self.failures.push(json!({
                "level": "error",
                "message": { "text": failure },
                "descriptor": { "id": "read.failed" },
                "locations": [{ "physicalLocation": { "artifactLocation": artifact(page.path) } }],
            }));
        }
        let results = page.items.iter().map(|item| self.result(page, item));
        let results: Vec<Value> = results.collect();
        self.results.extend(results);
        String::new()
    }

    fn end(&mut self) -> String {
        let rules: Vec<Value> = CHECKS.iter().map(|check| self.rule(check)).collect();
        let failures = std::mem::take(&mut self.failures);
        let log = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "recensio",
                    "version": env!("CARGO_PKG_VERSION"),
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                } },
                "invocations": [{ "executionSuccessful": failures.is_empty(), "toolExecutionNotifications": failures }],
                "columnKind": "unicodeCodePoints",
                "results": std::mem::take(&mut self.results),
            }],
        });
        serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
    }
}

impl Sarif {
    fn rule(&self, check: &Check) -> Value {
        let page = PAGES.iter().find(|(rule, _)| *rule == check.rule).map_or("", |(_, page)| *page);
        let about = page.split("\n\n").nth(1).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        let mut rule = json!({
            "id": check.rule,
            "shortDescription": { "text": about },
            "help": { "text": page, "markdown": page },
            "defaultConfiguration": { "enabled": check.on, "level": check.severity.name() },
        });
        if let Some(pages) = &self.pages {
            put(&mut rule, "helpUri", format!("{pages}{}.md", check.rule).into());
        }
        rule
    }

    fn result(&self, page: &Page<'_>, item: &Item) -> Value {
        let f = &item.finding;
        let (end_line, end_column) = item.end;
        let region = json!({
            "startLine": f.line,
            "startColumn": f.column,
            "endLine": end_line,
            "endColumn": end_column,
            "snippet": { "text": f.text },
        });
        let mut place = json!({ "artifactLocation": artifact(page.path) });
        let mut location = json!({});
        if page.document == page.path {
            put(&mut place, "region", region.clone());
        } else {
            // A record within the file: its lines are not those of the file.
            put(&mut location, "logicalLocations", json!([{ "fullyQualifiedName": page.document }]));
            if let Some(line) = page.document.strip_prefix(page.path).and_then(|rest| rest.strip_prefix(':')) {
                let line = line.parse().unwrap_or(1).max(1);
                put(&mut place, "region", json!({ "startLine": line, "snippet": { "text": f.text } }));
            }
        }
        put(&mut location, "physicalLocation", place);
        let mut message = f.message.clone();
        if let Some(best) = f.suggestions.first().filter(|best| !best.is_empty()) {
            message.push_str(&format!("; instead: {best}"));
        }
        let mut result = json!({
            "ruleId": f.rule,
            "level": f.severity,
            "message": { "text": message },
            "locations": [location],
            "partialFingerprints": { PRINT: f.fingerprint },
        });
        if let Some(index) = CHECKS.iter().position(|check| check.rule == f.rule) {
            put(&mut result, "ruleIndex", index.into());
        }
        // Of a file that is the document itself, the change is one of the file.
        if page.document == page.path && !f.suggestions.is_empty() {
            let fix = |with: &String| {
                json!({
                    "description": { "text": format!("Write “{with}”") },
                    "artifactChanges": [{
                        "artifactLocation": artifact(page.path),
                        "replacements": [{ "deletedRegion": region, "insertedContent": { "text": with } }],
                    }],
                })
            };
            let fixes: Vec<Value> = f.suggestions.iter().map(fix).collect();
            put(&mut result, "fixes", fixes.into());
        }
        let mut states: BTreeMap<&str, Value> = BTreeMap::new();
        match &item.state {
            State::New if self.has_baseline => drop(states.insert("baselineState", "new".into())),
            State::New => {}
            State::Known => {
                states.insert("baselineState", "unchanged".into());
                let why = "it was there before, and is in the baseline";
                states.insert(
                    "suppressions",
                    json!([{ "kind": "external", "status": "accepted", "justification": why }]),
                );
            }
            State::Suppressed { external, reason } => {
                let kind = if *external { "external" } else { "inSource" };
                states.insert("suppressions", json!([{ "kind": kind, "status": "accepted", "justification": reason }]));
            }
        }
        if !states.contains_key("suppressions") {
            // Where some have suppressions, those that have none say so (3.27.23).
            states.insert("suppressions", json!([]));
        }
        for (name, value) in states {
            put(&mut result, name, value);
        }
        result
    }
}

/// Sets a field of an object.
fn put(object: &mut Value, name: &str, value: Value) {
    if let Some(fields) = object.as_object_mut() {
        fields.insert(name.to_owned(), value);
    }
}

/// A file, as a reference relative to the folder that the program runs in, or as a `file:` URI where it is absolute.
fn artifact(path: &str) -> Value {
    let escaped = uri(path);
    if path.starts_with('/') { json!({ "uri": format!("file://{escaped}") }) } else { json!({ "uri": escaped }) }
}

/// A path as a reference (RFC 3986): what is neither unreserved nor a slash is percent-encoded.
pub(in crate::cli) fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_are_references() {
        assert_eq!(uri("текст a.md"), "%D1%82%D0%B5%D0%BA%D1%81%D1%82%20a.md");
        assert_eq!(uri("a/b:c.txt"), "a/b%3Ac.txt");
    }
}
