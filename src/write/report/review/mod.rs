//! `check --format html`: the findings as a page to work through, self-contained and without anything loaded. What a person decides is kept by the
//! browser and saved as `decisions.jsonl`, which the next check obeys. With the script the rows in sight alone are made, however many there
//! are; without it they are a plain list.

use std::collections::BTreeMap;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde::Serialize;
use xxhash_rust::xxh3::Xxh3;

use super::page::policy;
use super::visible::shown;
use crate::model::Tongue;
use crate::model::message::rows;
use crate::record::{Decision, Finding};

const STYLE: &str = include_str!("review.css");
const SCRIPT: &str = include_str!("review.js");
const TEXTS: [(&str, &str); 2] = [("en", include_str!("texts.en.tsv")), ("ru", include_str!("texts.ru.tsv"))];
/// So many findings are listed for readers without JavaScript.
const LISTED: usize = 10_000;

/// A finding as the script reads it.
#[derive(Serialize)]
struct Row<'f> {
    id: &'f str,
    at: usize,
    document: &'f str,
    #[serde(skip_serializing_if = "str::is_empty")]
    language: &'f str,
    rule: &'f str,
    severity: &'f str,
    line: usize,
    column: usize,
    text: &'f str,
    context: &'f str,
    message: String,
    /// The same in the other languages of the page, by their tags.
    messages: BTreeMap<&'static str, String>,
    suggestions: &'f [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    segment: Option<&'f str>,
}

#[derive(Serialize)]
struct Data<'f> {
    key: String,
    texts: BTreeMap<&'static str, BTreeMap<&'static str, &'static str>>,
    decisions: &'f [Decision],
    findings: Vec<Row<'f>>,
}

/// The page; `languages` are those of the documents by their names (BCP 47), `decisions` what was decided before.
pub fn page(findings: &[Finding], languages: &BTreeMap<String, String>, decisions: &[Decision]) -> String {
    let texts: BTreeMap<_, BTreeMap<_, _>> = TEXTS.iter().map(|(tag, file)| (*tag, rows(file).collect())).collect();
    let english = texts.get("en").cloned().unwrap_or_default();
    let rows = findings.iter().enumerate().map(|(at, finding)| row(finding, at, languages)).collect();
    let data = Data { key: key(findings), texts, decisions, findings: rows };
    // Text of strangers: what would end the element, or begin a comment, is written by its number.
    let data = serde_json::to_string(&data).unwrap_or_default().replace('<', "\\u003c");
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy(STYLE, SCRIPT));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (of(&english, "title")) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (application(&english))
                noscript { (plain(findings, &english)) }
                script type="application/json" id="data" { (PreEscaped(data)) }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
    .into_string()
}

fn row<'f>(finding: &'f Finding, at: usize, languages: &'f BTreeMap<String, String>) -> Row<'f> {
    let Finding { id, document, rule, severity, line, column, text, context, suggestions, segment, said, .. } = finding;
    let language = languages.get(document).map_or("", String::as_str);
    let (line, column, segment) = (*line, *column, segment.as_deref());
    let others = Tongue::ALL.into_iter().filter(|tongue| *tongue != Tongue::English);
    // A finding that was read from a file has its message in one language alone.
    let messages = others.filter(|_| !said.is_empty()).map(|tongue| (tongue.tag(), tongue.say(said))).collect();
    let message = if said.is_empty() { finding.message.clone() } else { Tongue::English.say(said) };
    Row {
        id,
        at,
        document,
        language,
        rule,
        severity,
        line,
        column,
        text,
        context,
        message,
        messages,
        suggestions,
        segment,
    }
}

/// Under which name the browser keeps what is decided: the same for the same documents, whatever is found in them.
fn key(findings: &[Finding]) -> String {
    let documents: std::collections::BTreeSet<&str> = findings.iter().map(|f| f.document.as_str()).collect();
    let mut hash = Xxh3::new();
    for document in documents {
        hash.update(document.as_bytes());
        hash.update(&[0]);
    }
    format!("{:016x}", hash.digest())
}

fn of(texts: &BTreeMap<&'static str, &'static str>, key: &'static str) -> &'static str {
    texts.get(key).copied().unwrap_or(key)
}

type Words = BTreeMap<&'static str, &'static str>;

/// What the script works in; hidden without it.
fn application(texts: &Words) -> Markup {
    let label = |key: &'static str| html! { span data-text=(key) { (of(texts, key)) } };
    let choice = |id: &'static str, options: &[(&'static str, &'static str)]| {
        html! {
            label { (label(id)) select id=(id) {
                @for (value, key) in options { option value=(value) data-text=(key) { (of(texts, key)) } }
            } }
        }
    };
    let key = |keys: &[&'static str], says: &'static str| {
        html! { div { dt { @for key in keys { kbd { (key) } " " } } dd data-text=(says) { (of(texts, says)) } } }
    };
    html! {
        div id="app" hidden {
            header {
                div.heading {
                    h1 data-text="title" { (of(texts, "title")) }
                    span id="sums" {}
                    progress id="done" max="1" value="0" data-label="progress" aria-label=(of(texts, "progress")) {}
                    div.actions {
                        button id="next" type="button" data-text="next" { (of(texts, "next")) }
                        button id="undo" type="button" data-text="undo" { (of(texts, "undo")) }
                        label { (label("load")) input id="load" type="file" accept=".jsonl,.json,.txt"; }
                        button id="save" type="button" data-text="save" { (of(texts, "save")) }
                        button id="help-open" type="button" data-text="help" { (of(texts, "help")) }
                    }
                }
                p id="saved" role="status" {}
                div.filters role="group" data-label="filters" aria-label=(of(texts, "filters")) {
                    (choice("severity", &[("", "any"), ("error", "severity-error"), ("warning", "severity-warning"), ("note", "severity-note")]))
                    (choice("rule", &[("", "any")]))
                    (choice("document", &[("", "any")]))
                    (choice("language", &[("", "any")]))
                    (choice("state", &[("", "any"), ("open", "state-open"), ("accept", "state-accept"), ("reject", "state-reject")]))
                    (choice("order", &[("place", "order-place"), ("severity", "order-severity"), ("rule", "order-rule")]))
                    label { (label("search")) input id="search" type="search" autocomplete="off" spellcheck="false"; }
                }
            }
            main {
                div id="list" role="listbox" tabindex="0" aria-label=(of(texts, "title")) { div id="rows" role="presentation" {} }
            }
            aside id="detail" data-label="detail" aria-label=(of(texts, "detail")) {
                h2 id="what" {}
                p id="where" {}
                p id="around" {}
                h3 id="instead-title" data-text="instead" { (of(texts, "instead")) }
                ul id="instead" {}
                p id="of" {}
                div.decide {
                    button type="button" data-decide="accept" data-text="accept" aria-pressed="false" { (of(texts, "accept")) }
                    button type="button" data-decide="reject" data-text="reject" aria-pressed="false" { (of(texts, "reject")) }
                }
                label { (label("comment")) textarea id="comment" spellcheck="false" {} }
                p.aside.keys { span { kbd { "j" } " " kbd { "k" } } span { kbd { "a" } " " kbd { "r" } " " kbd { "u" } } span { kbd { "n" } } span { kbd { "?" } } }
                p.seen-not id="status" role="status" {}
            }
            dialog id="help" aria-labelledby="help-title" {
                h2 id="help-title" data-text="help" { (of(texts, "help")) }
                dl {
                    (key(&["j", "k"], "key-move")) (key(&["a"], "key-accept")) (key(&["r"], "key-reject")) (key(&["u"], "key-undo"))
                    (key(&["n"], "key-next")) (key(&["c"], "key-comment")) (key(&["s"], "key-save")) (key(&["/"], "key-search")) (key(&["?"], "key-help"))
                }
                form method="dialog" { button data-text="close" { (of(texts, "close")) } }
            }
        }
    }
}

/// The findings as a list, document by document.
fn plain(findings: &[Finding], texts: &Words) -> Markup {
    html! {
        div.plain {
            h1 { (of(texts, "title")) }
            ol { @for finding in findings.iter().take(LISTED) {
                li class=(severity(&finding.severity)) {
                    p.where { (shown(&finding.document)) ":" (finding.line) ":" (finding.column) }
                    p { span.sign { (shown(&finding.severity)) } " " (shown(&finding.message)) " " code { (shown(&finding.rule)) } }
                    p.context dir="auto" { (shown(&finding.context)) }
                    @for suggestion in finding.suggestions.iter().take(5) { p { (of(texts, "instead")) ": " bdi { (shown(suggestion)) } } }
                }
            } }
            @if findings.len() > LISTED { p { (of(texts, "more").replace("{n}", &(findings.len() - LISTED).to_string())) } }
        }
    }
}

/// A severity as the name of a class.
fn severity(name: &str) -> &'static str {
    match name {
        "error" => "error",
        "warning" => "warning",
        _ => "note",
    }
}

#[cfg(test)]
mod tests {
    use super::{SCRIPT, TEXTS, rows};

    /// Each language says all, and the same, and the script asks for nothing else.
    #[test]
    fn languages_say_the_same() {
        let keys = |file| rows(file).map(|(key, _)| key).collect::<Vec<_>>();
        let [(_, english), (_, russian)] = TEXTS;
        assert_eq!(keys(english), keys(russian));
        let asked = SCRIPT.split("say(\"").skip(1).filter_map(|rest| rest.split('"').next());
        for key in asked {
            assert!(keys(english).contains(&key), "no text {key}");
        }
        let braces = |text: &str| {
            let mut found: Vec<_> =
                text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).map(str::to_owned).collect();
            found.sort();
            found
        };
        for ((key, one), (_, other)) in rows(english).zip(rows(russian)) {
            assert_eq!(braces(one), braces(other), "{key}");
        }
    }
}
