//! The tables of leftovers and of findings.

use maud::{Markup, html};

use super::layers::{ROWS, SEVERITIES, View, class, sign};
use super::named::more;
use super::texts::percent;
use super::visible::shown;

/// The leftovers of a document: how many, and their table.
pub(super) fn leftovers(view: &View<'_>) -> Option<(usize, Markup)> {
    let (all, texts) = (&view.record.leftovers, view.texts);
    if all.is_empty() {
        return None;
    }
    let table = html! {
        div.scroll tabindex="0" role="group" aria-label=(texts.of("leftover.title")) {
            table {
                thead { tr {
                    th scope="col" { (texts.of("leftover.text")) }
                    th scope="col" { (texts.of("leftover.language")) }
                    th scope="col" { (texts.of("leftover.meaning")) }
                    th scope="col" { (texts.of("leftover.sure")) }
                    th scope="col" { (texts.of("leftover.rule")) }
                    th scope="col" { (texts.of("leftover.place")) }
                } }
                tbody { @for leftover in all.iter().take(ROWS) {
                    tr.row id=(view.name(format!("{}-r", leftover.id))) {
                        th scope="row" {
                            bdi lang=[View::language(&leftover.language)] { (shown(leftover.text)) }
                            @if leftover.glued { span.also { (texts.of("leftover.glued")) } }
                        }
                        td { (texts.language(leftover.language.0.as_str())) }
                        td { @for gloss in &leftover.gloss {
                            span.id { bdi lang=[View::language(&gloss.language)] { (shown(gloss.text)) } " " span.aside { (gloss.from) } } " "
                        } }
                        td.figure { (percent(leftover.confidence)) }
                        td { code { (leftover.rule) } }
                        td { a href={ "#" (view.name(leftover.id)) } { (leftover.passage) } }
                    }
                } }
            }
        }
        (more(all.len(), |n| texts.counted("leftover.rows", n)))
    };
    Some((all.len(), table))
}

/// The findings of a document: how many, and their table, the worst first.
pub(super) fn section(view: &View<'_>) -> Option<(usize, Markup)> {
    let (all, texts) = (view.findings, view.texts);
    if all.is_empty() {
        return None;
    }
    let mut rows: Vec<_> = all.iter().enumerate().take(ROWS).collect();
    rows.sort_by_key(|(_, f)| SEVERITIES.iter().position(|s| *s == f.severity));
    let table = html! {
        div.scroll tabindex="0" role="group" aria-label=(texts.of("finding.title")) {
            table {
                thead { tr {
                    th scope="col" { (texts.of("finding.severity")) }
                    th scope="col" { (texts.of("finding.message")) }
                    th scope="col" { (texts.of("finding.context")) }
                    th scope="col" { (texts.of("finding.instead")) }
                    th scope="col" { (texts.of("finding.rule")) }
                } }
                tbody { @for (index, finding) in rows {
                    @let severity = class(&SEVERITIES, &finding.severity);
                    tr.row id=(view.name(format!("f{}-r", index + 1))) data-severity=(severity) {
                        td { a class={ "label finding " (severity) } href={ "#" (view.name(format!("f{}", index + 1))) } {
                            (sign(severity)) (index + 1) " " (shown(&texts.named("severity", &finding.severity)))
                        } }
                        td { (shown(&finding.message)) }
                        td.context dir="auto" { (context(&finding.context)) }
                        td { @for suggestion in finding.suggestions.iter().take(5) {
                            span.id { bdi { (shown(suggestion)) } } " "
                        } }
                        td { code { (shown(&finding.rule)) } }
                    }
                } }
            }
        }
        (more(all.len(), |n| texts.counted("finding.rows", n)))
    };
    Some((all.len(), table))
}

/// The words around a finding; what is meant stands between `⟦` and `⟧`.
fn context(context: &str) -> Markup {
    let parts = context.split_once('⟦').and_then(|(before, rest)| Some((before, rest.split_once('⟧')?)));
    match parts {
        Some((before, (meant, after))) => html! { (shown(before)) b { (shown(meant)) } (shown(after)) },
        None => shown(context),
    }
}
