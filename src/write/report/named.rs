//! The tables of entities and of their relations, the latter with their drawing.

use maud::{Markup, html};

use super::graph;
use super::layers::{LINKS, ROWS, TYPES, View};
use super::visible::shown;
use crate::record::{EntityEntry, Numbered};

/// The entities of a document: how many, and their table.
pub(super) fn entities(view: &View<'_>) -> Option<(usize, Markup)> {
    let (all, texts) = (&view.record.entities, view.texts);
    if all.is_empty() {
        return None;
    }
    let place = |e: &EntityEntry<'_>| TYPES.iter().position(|t| *t == e.kind).unwrap_or(TYPES.len());
    let mut rows: Vec<_> = all.iter().take(ROWS).collect();
    rows.sort_by_key(|e| place(e));
    let table = html! {
        div.scroll tabindex="0" role="group" aria-label=(texts.of("entity.title")) {
            table {
                thead { tr {
                    th scope="col" { (texts.of("entity.type")) }
                    th scope="col" { (texts.of("entity.name")) }
                    th scope="col" { (texts.of("entity.jurisdiction")) }
                    th scope="col" { (texts.of("entity.ids")) }
                    th scope="col" { (texts.of("entity.mentions")) }
                } }
                tbody { @for entity in rows { (row(view, entity)) } }
            }
        }
        (more(all.len(), |n| texts.counted("entity.rows", n)))
    };
    Some((all.len(), table))
}

fn row(view: &View<'_>, entity: &EntityEntry<'_>) -> Markup {
    let texts = view.texts;
    html! {
        tr.row id=(view.name(entity.id)) data-type=(entity.kind) {
            td { span class={ "label entity " (entity.kind) } { (texts.named("one", entity.kind)) } }
            th scope="row" {
                bdi lang=[View::language(&view.record.language.code)] { (shown(entity.name)) }
                @if others(view, entity).next().is_some() {
                    span.also { @for (index, (language, name)) in others(view, entity).enumerate() {
                        @if index > 0 { " · " }
                        abbr title=(texts.language(language)) { (language) } " " bdi lang=(language) { (shown(name)) }
                    } }
                }
            }
            td {
                @if let Some(jurisdiction) = entity.jurisdiction {
                    bdi { (shown(jurisdiction)) }
                    @if entity.jurisdiction_inferred { " " span.aside { (texts.of("entity.inferred")) } }
                }
            }
            td {
                @for (scheme, id) in &entity.ids {
                    @let id = id.split_whitespace().collect::<Vec<_>>().join(" ");
                    span.id { span.aside { (scheme) } " " bdi { (shown(&id)) } } " "
                }
                @for (field, value) in &entity.citation {
                    span.id { span.aside { (field) } " " bdi { (shown(value)) } } " "
                }
            }
            td {
                span.n { (texts.number(entity.mentions.len() as u64)) }
                span.links {
                    @for (index, mention) in entity.mentions.iter().take(LINKS).enumerate() {
                        " " a href={ "#" (view.name(entity.id)) "-" (index + 1) } { (mention.passage) }
                    }
                    @if entity.mentions.len() > LINKS { " …" }
                }
            }
        }
    }
}

/// Its names in other languages than that of the document.
fn others<'e>(view: &View<'e>, entity: &'e EntityEntry<'_>) -> impl Iterator<Item = (&'e str, &'e str)> {
    let own = view.record.language.code.0;
    let names = entity.names.iter().map(|(language, name)| (*language, *name));
    names.filter(move |(language, name)| *language != own.language() && *name != entity.name)
}

/// The relations of a document: how many, and their table.
pub(super) fn relations(view: &View<'_>) -> Option<(usize, Markup)> {
    let (all, texts) = (&view.record.relations, view.texts);
    if all.is_empty() {
        return None;
    }
    let entity = |id: Numbered| id.1.checked_sub(1).and_then(|at| view.record.entities.get(at));
    let date = |id: Numbered| view.record.dates.iter().find(|date| date.id == id).map(|date| date.text);
    let link = |id: Numbered| {
        let name = if id.0 == 't' { date(id) } else { entity(id).map(|e| e.name) };
        let name = name.unwrap_or("?");
        html! { a href={ "#" (view.name(id)) } { bdi { (shown(name)) } } }
    };
    let table = html! {
        (graph::drawing(view))
        div.scroll tabindex="0" role="group" aria-label=(texts.of("relation.title")) {
            table {
                thead { tr {
                    th scope="col" { (texts.of("relation.from")) }
                    th scope="col" { (texts.of("relation.is")) }
                    th scope="col" { (texts.of("relation.to")) }
                    th scope="col" { (texts.of("relation.evidence")) }
                } }
                tbody { @for relation in all.iter().take(ROWS) {
                    tr.row {
                        td { (link(relation.from)) }
                        td.whole { (texts.named("relation", relation.kind)) }
                        td { (link(relation.to)) }
                        td { (passage(view, relation.evidence)) }
                    }
                } }
            }
        }
    };
    Some((all.len(), table))
}

/// A link to the passage at this place.
fn passage(view: &View<'_>, [start, _]: [usize; 2]) -> Markup {
    let passages = view.passages();
    let found = passages.partition_point(|p| p.span[0] <= start).checked_sub(1).and_then(|index| passages.get(index));
    html! { @if let Some(passage) = found { a href={ "#" (view.name(passage.id)) } { (passage.id) } } }
}

/// A line about rows that are not shown.
pub(super) fn more(all: usize, say: impl FnOnce(u64) -> String) -> Markup {
    html! { @if all > ROWS { p.more { (say((all - ROWS) as u64)) } } }
}
