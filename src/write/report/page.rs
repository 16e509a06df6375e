//! The page around the documents: its head with a strict content-security policy, the sums, the legend, the contents.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

use super::layers::{SEVERITIES, TYPES, prefix, sign};
use super::texts::Texts;
use super::visible::shown;
use super::{Report, clusters, sums};
use crate::record::Run;

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// The page.
pub(super) fn page(report: &Report, run: &Run, texts: &Texts) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(texts.tag()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy(STYLE, SCRIPT));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                meta name="generator" content={ "recensio " (run.version) };
                title { (title(report, texts)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#documents" { (texts.of("page.skip")) }
                header.top {
                    p.eyebrow { "recensio" }
                    h1 { (texts.of("page.title")) }
                    (sums::sums(run, texts))
                }
                div.columns {
                    aside aria-label=(texts.of("layers.title")) {
                        (legend(run, texts))
                        (contents(report, texts))
                    }
                    main id="documents" {
                        @for article in &report.articles { (PreEscaped(&article.html)) }
                        @if report.articles.is_empty() { p.more { (texts.of("page.empty")) } }
                        @if report.unshown > 0 { p.more { (texts.counted("page.unshown", report.unshown)) } }
                        (clusters::section(&report.clusters, run, texts))
                        (removed(report, run, texts))
                    }
                }
                footer {
                    (settings(run, texts))
                    p { (texts.with("page.made", "version", &run.version)) }
                }
                (help(texts))
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}

/// Only this style and this script; nothing is loaded, sent or embedded.
pub(super) fn policy(style: &str, script: &str) -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(script),
        hash(style)
    )
}

fn title(report: &Report, texts: &Texts) -> Markup {
    let title = if let [only] = report.articles.as_slice() {
        super::visible::plain(&only.title)
    } else {
        texts.of("page.title").to_owned()
    };
    html! { (title) " – recensio" }
}

/// The layers with their signs, each of which can be hidden.
fn legend(run: &Run, texts: &Texts) -> Markup {
    let counts = &run.counts;
    let sum = |map: &std::collections::BTreeMap<String, u64>| map.values().sum::<u64>();
    let of_type = |name: &str| counts.entities.get(name).copied().unwrap_or_default();
    html! {
        fieldset.layers {
            legend { (texts.of("layers.title")) }
            (layer(texts, "leftover", "leftover", texts.of("layers.leftover"), Some(sum(&counts.leftovers))))
            (layer(texts, "finding", "finding error", texts.of("layers.finding"), Some(sum(&counts.findings))))
            @if sum(&counts.findings) > 0 {
                div.sub { @for severity in SEVERITIES {
                    (layer(texts, severity, &format!("finding {severity}"), &format!("{} {}", sign(severity), texts.named("severity", severity)), None))
                } }
            }
            (layer(texts, "date", "date", texts.of("layers.date"), Some(sum(&counts.dates))))
            (layer(texts, "entity", "entity", texts.of("layers.entity"), Some(sum(&counts.entities))))
            div.sub { @for name in TYPES {
                @if of_type(name) > 0 {
                    (layer(texts, name, &format!("entity {name}"), &texts.named("type", name), Some(of_type(name))))
                }
            } }
            @if run.options.foreign { (layer(texts, "foreign", "foreign", texts.of("layers.foreign"), None)) }
            (layer(texts, "dropped", "gone", texts.of("layers.dropped"), Some(sum(&counts.passages_dropped))))
            (layer(texts, "labels", "", texts.of("layers.labels"), None))
        }
        div.search hidden {
            label for="filter" { (texts.of("js.filter")) }
            input type="search" id="filter" autocomplete="off" spellcheck="false";
            p role="status" id="matches" {}
            p.aside.keys {
                span { kbd { "j" } " " kbd { "k" } " " (texts.of("js.hint.move")) } " "
                span { kbd { "/" } " " (texts.of("js.hint.filter")) } " "
                span { kbd { "?" } " " (texts.of("js.hint.help")) }
            }
        }
    }
}

fn layer(texts: &Texts, name: &str, sample: &str, says: &str, n: Option<u64>) -> Markup {
    html! {
        label.layer {
            input type="checkbox" id={ "show-" (name) } checked[n != Some(0)] disabled[n == Some(0)] autocomplete="off";
            " "
            @if sample.is_empty() { span { (says) } } @else { span class={ "sample " (sample) } { (says) } }
            @if let Some(n) = n { " " span.n { (texts.number(n)) } }
        }
    }
}

fn contents(report: &Report, texts: &Texts) -> Markup {
    html! {
        @if report.articles.len() > 1 || !report.removed.is_empty() || !report.clusters.is_empty() {
            nav.contents aria-label=(texts.of("page.contents")) {
                h2 { (texts.of("page.documents")) }
                ol {
                    @for article in &report.articles {
                        li { a href={ "#" (article.prefix) } { bdi { (shown(&article.title)) } } " " span.n { (article.language) } }
                    }
                    @if !report.clusters.is_empty() {
                        li { a href="#repeats" { (texts.of("clusters.title")) } }
                    }
                    @if !report.removed.is_empty() {
                        li { a href="#removed" { (texts.of("removed.title")) } }
                    }
                }
            }
        }
    }
}

/// Documents that were not kept, and why.
fn removed(report: &Report, run: &Run, texts: &Texts) -> Markup {
    if report.removed.is_empty() {
        return html! {};
    }
    let total: u64 = run.counts.documents_removed.values().sum();
    let more = total.saturating_sub(report.removed.len() as u64);
    html! {
        section.removed {
            h2 id="removed" { (texts.of("removed.title")) " " span.n { (texts.number(total)) } }
            div.scroll tabindex="0" role="group" aria-label=(texts.of("removed.title")) { table {
                thead { tr {
                    th scope="col" { (texts.of("removed.id")) }
                    th scope="col" { (texts.of("removed.why")) }
                } }
                tbody { @for gone in &report.removed { tr.row {
                    th scope="row" { bdi { (shown(&gone.id)) } }
                    td {
                        (shown(&texts.named("removed", &gone.reason))) " "
                        @if let Some(of) = &gone.of { a href={ "#" (prefix(of)) } { bdi { (shown(of)) } } " " }
                        @if let Some(message) = &gone.message { bdi { (shown(message)) } " " }
                        code { (shown(&gone.rule)) }
                    }
                } } }
            } }
            @if more > 0 { p.more { (texts.counted("removed.more", more)) } }
        }
    }
}

/// How the page came about, for those who want it again.
fn settings(run: &Run, texts: &Texts) -> Markup {
    let options = &run.options;
    html! {
        details {
            summary { (texts.of("page.settings")) }
            dl.facts {
                div { dt { (texts.of("setting.keep")) } dd { (texts.named("setting.keep", &options.keep)) } }
                div { dt { (texts.of("setting.offsets")) } dd { (texts.named("setting.offsets", &options.offsets)) } }
                @if let Some(language) = &options.language {
                    div { dt { (texts.of("setting.language")) } dd { (texts.language(language)) } }
                }
                @if let Some(language) = &options.source_language {
                    div { dt { (texts.of("setting.source")) } dd { (texts.language(language)) } }
                }
            }
            @if !run.rules.is_empty() {
                p { (texts.of("setting.rules")) }
                ul.hashes { @for (file, hash) in &run.rules { li { code { (shown(file)) " " (shown(hash)) } } } }
            }
        }
    }
}

/// The keys, and what the script says.
fn help(texts: &Texts) -> Markup {
    let keys = [
        ("j", "js.help.j"),
        ("k", "js.help.k"),
        ("Enter", "js.help.enter"),
        ("/", "js.help.filter"),
        ("d", "js.help.d"),
        ("Esc", "js.help.escape"),
        ("?", "js.help.help"),
    ];
    html! {
        div.status id="status" role="status" hidden data-at=(texts.of("js.at")) data-none=(texts.of("js.none")) data-match=(texts.of("js.match")) {}
        dialog id="help" aria-labelledby="help-title" {
            h2 id="help-title" { (texts.of("js.help")) }
            dl { @for (key, says) in keys { div { dt { kbd { (key) } } dd { (texts.of(says)) } } } }
            form method="dialog" { button { (texts.of("js.close")) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{SCRIPT, STYLE};

    #[test]
    fn nothing_of_ours_ends_its_element() {
        assert!(!STYLE.contains("</") && !SCRIPT.contains("</") && !SCRIPT.contains("<!--"));
        assert!(!STYLE.contains("url(") && !STYLE.contains("@import"), "the style loads something");
    }
}
