//! What the run came to, for people: a sentence, where every character went, and what was found.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::texts::Texts;
use super::visible::shown;
use crate::record::{Conservation, Counts, Run};

/// So many kinds of something are told apart; the rest is one.
const KINDS: usize = 3;

/// The sums of the run.
pub(super) fn sums(run: &Run, texts: &Texts) -> Markup {
    let counts = &run.counts;
    let removed: u64 = counts.documents_removed.values().sum();
    html! {
        (balance(&run.conservation, texts))
        dl.tiles {
            (tile(texts, counts.documents, texts.of("sum.documents"), &documents(counts, removed, texts)))
            (tile(texts, counts.passages_kept, texts.of("sum.passages"), &[]))
            (tile(texts, total(&counts.passages_dropped), texts.of("sum.dropped"), &named(&counts.passages_dropped, texts, |name| rule(name, texts))))
            (tile(texts, total(&counts.leftovers), texts.of("sum.leftovers"), &named(&counts.leftovers, texts, |code| texts.language(code))))
            (tile(texts, total(&counts.dates), texts.of("sum.dates"), &named(&counts.dates, texts, |kind| texts.named("timex", kind).into_owned())))
            (tile(texts, total(&counts.entities), texts.of("sum.entities"), &named(&counts.entities, texts, |kind| texts.named("type", kind).to_lowercase())))
            (tile(texts, total(&counts.findings), texts.of("sum.findings"), &named(&counts.findings, texts, |name| rule(name, texts))))
            @if !counts.issues.is_empty() {
                (tile(texts, total(&counts.issues), texts.of("sum.issues"), &named(&counts.issues, texts, str::to_owned)))
            }
        }
    }
}

fn total(counts: &BTreeMap<String, u64>) -> u64 {
    counts.values().sum()
}

fn tile(texts: &Texts, n: u64, what: &str, parts: &[(String, u64)]) -> Markup {
    html! {
        div.tile {
            dt { (what) }
            dd {
                span.figure { (texts.number(n)) }
                @if !parts.is_empty() {
                    ul { @for (name, n) in parts { li { (shown(name)) " " span.n { (texts.number(*n)) } } } }
                }
            }
        }
    }
}

fn documents(counts: &Counts, removed: u64, texts: &Texts) -> Vec<(String, u64)> {
    let mut parts = named(&counts.languages, texts, |code| texts.language(code));
    if removed > 0 {
        parts.extend(counts.documents_removed.iter().map(|(reason, n)| (texts.named("gone", reason).into_owned(), *n)));
    }
    parts
}

/// A rule in words, or else the words of its name.
fn rule(name: &str, texts: &Texts) -> String {
    let said = texts.named("rule", name);
    if said == name { name.replace(['.', '-'], " ") } else { said.into_owned() }
}

/// The biggest first, the rest in one.
fn named(counts: &BTreeMap<String, u64>, texts: &Texts, name: impl Fn(&str) -> String) -> Vec<(String, u64)> {
    let mut sorted: Vec<_> = counts.iter().collect();
    sorted.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let mut parts: Vec<_> = sorted.iter().take(KINDS).map(|(key, n)| (name(key), **n)).collect();
    let rest: u64 = sorted.iter().skip(KINDS).map(|(_, n)| **n).sum();
    if rest > 0 {
        parts.push((texts.of("sum.rest").to_owned(), rest));
    }
    parts
}

/// The conservation sum, drawn and as an equation.
fn balance(sums: &Conservation, texts: &Texts) -> Markup {
    let parts = [
        ("kept", "sum.part.kept", sums.kept),
        ("dropped", "sum.part.dropped", sums.dropped),
        ("removed", "sum.part.removed", sums.removed),
        ("failed", "sum.part.failed", sums.failed),
    ];
    let mut at = 0;
    let share = |n: u64| if sums.read == 0 { 0.0 } else { n as f64 * 1000.0 / sums.read as f64 };
    html! {
        section.balance {
            h2 { (texts.of("sum.where")) }
            svg viewBox="0 0 1000 20" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
                @for (class, _, n) in parts {
                    @if n > 0 { rect class=(class) x=(format!("{:.2}", share(at))) y="0" width=(format!("{:.2}", share(n))) height="20" {} }
                    ({ at += n; "" })
                }
            }
            p.equation {
                span.term { b { (texts.number(sums.read)) } " " (texts.of("sum.read")) }
                @for (index, (class, key, n)) in parts.into_iter().filter(|(class, _, n)| *n > 0 || *class == "kept").enumerate() {
                    " " span.operator { (if index == 0 { "=" } else { "+" }) } " "
                    span class={ "term " (class) } { b { (texts.number(n)) } " " (texts.of(key)) }
                }
            }
            p.aside { (texts.of("sum.note")) }
        }
    }
}
