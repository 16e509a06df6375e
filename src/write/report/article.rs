//! One document of the page: what is known of it, its text with everything that was found, and what was taken out in its place.

use maud::{Markup, PreEscaped, html};

use super::layers::{self, View};
use super::marks::{self, Mark};
use super::texts::percent;
use super::visible::{plain, shown};
use super::{TEXT_SHOWN, findings, named, timeline};
use crate::record::{Dropped, Numbered, Passage, Tag};
use crate::text::Span;

/// So much of something that was taken out is shown, in bytes.
const DROPPED_SHOWN: usize = 4000;
/// So much of one passage, in bytes.
const PASSAGE_SHOWN: usize = 200_000;

/// The document as an element of the page.
pub(super) fn article(view: &View<'_>) -> Markup {
    let (record, texts) = (view.record, view.texts);
    let sections = [
        ("dates", "date.title", timeline::section(view)),
        ("entities", "entity.title", named::entities(view)),
        ("relations", "relation.title", named::relations(view)),
        ("leftovers", "leftover.title", findings::leftovers(view)),
        ("findings", "finding.title", findings::section(view)),
    ];
    html! {
        article id=(view.prefix) aria-labelledby=(view.name("h")) {
            header {
                p.eyebrow { bdi { (shown(record.id)) } }
                h2 id=(view.name("h")) lang=[View::language(&record.language.code)] dir="auto" { (shown(view.title())) }
                (facts(view))
                p.jump {
                    a href={ "#" (view.name("text")) } { (texts.of("article.text")) }
                    @for (name, title, section) in &sections {
                        @if let Some((rows, _)) = section {
                            " " a href={ "#" (view.name(name)) } { (texts.of(title)) " " span.n { (texts.number(*rows as u64)) } }
                        }
                    }
                }
            }
            section.text {
                h3 id=(view.name("text")) { (texts.of("article.text")) }
                (text(view))
            }
            @for (name, title, section) in sections {
                @if let Some((_, section)) = section {
                    section class=(name) {
                        h3 id=(view.name(name)) { (texts.of(title)) }
                        (section)
                    }
                }
            }
        }
    }
}

fn facts(view: &View<'_>) -> Markup {
    let (record, texts) = (view.record, view.texts);
    let source = &record.source;
    html! {
        dl.facts {
            div { dt { (texts.of("article.language")) } dd {
                (texts.language(record.language.code.0.as_str()))
                @if !record.language.code.0.is_und() {
                    " " span.aside { (texts.with("article.sure", "share", &percent(record.language.confidence))) }
                }
            } }
            @if let Some(from) = &record.source_language {
                div { dt { (texts.of("article.from")) } dd {
                    (texts.language(from.code.0.as_str())) " " span.aside { (texts.named("article.from", from.how)) }
                } }
            }
            @if let Some(date) = record.date {
                div { dt { (texts.of("article.date")) } dd { bdi { (shown(date)) } } }
            }
            @if let Some(url) = record.url {
                div { dt { (texts.of("article.url")) } dd.url { bdi { (shown(url)) } } }
            }
            div { dt { (texts.of("article.source")) } dd {
                bdi { (shown(source.path)) @if let Some(member) = source.member { ":" (shown(member)) } }
                " " span.aside {
                    (source.media_type) ", " (source.encoding) ", " (texts.number(source.bytes)) " " (texts.of("article.bytes"))
                    @if source.lossy > 0 { ", " (texts.counted("article.lossy", source.lossy)) }
                }
            } }
            @if !record.issues.is_empty() {
                div { dt { (texts.of("article.issues")) } dd { ul {
                    @for issue in record.issues.iter().take(20) { li { (issue.kind) ": " (shown(issue.message)) } }
                } } }
            }
        }
    }
}

/// The passages and what was taken out, in the order of the source.
fn text(view: &View<'_>) -> Markup {
    let record = view.record;
    let mut marks = layers::marks(view);
    marks::sort(&mut marks);
    let copies = copies(view);
    let mut marks = marks.as_slice();
    let mut dropped = record.dropped.as_slice();
    let mut room = TEXT_SHOWN;
    let mut out = String::with_capacity(record.text.len().min(TEXT_SHOWN) * 2);
    for (index, passage) in view.passages().iter().enumerate() {
        let before = dropped.partition_point(|d| d.source[0] < passage.source[0]);
        let (run, rest) = dropped.split_at_checked(before).unwrap_or_default();
        out.push_str(&fold(view, run, &mut room).0);
        dropped = rest;
        let Some(span) = view.places.span(passage.span) else { continue };
        let shown = cut(view.record.text, span, PASSAGE_SHOWN);
        let before = marks.partition_point(|m| m.span.start() < shown.start());
        marks = marks.get(before..).unwrap_or_default();
        let (mine, rest) =
            marks.split_at_checked(marks.partition_point(|m| m.span.start() < shown.end())).unwrap_or_default();
        marks = rest;
        let whole = mine.iter().all(|m| shown.contains(m.span));
        let inside: Vec<Mark>;
        let mine = if whole {
            mine
        } else {
            inside = mine.iter().filter(|m| shown.contains(m.span)).cloned().collect();
            &inside
        };
        let copies = copies.get(index).copied().unwrap_or_default();
        out.push_str(&one_passage(view, passage, shown, span != shown, mine, copies).0);
    }
    let unseen = record.passages.len() - view.passages().len();
    if unseen == 0 {
        out.push_str(&fold(view, dropped, &mut room).0);
    } else {
        out.push_str(&html! { p.more { (view.texts.counted("article.cut", unseen as u64)) } }.0);
    }
    PreEscaped(out)
}

fn one_passage(view: &View<'_>, passage: &Passage, span: Span, is_cut: bool, marks: &[Mark], copies: u32) -> Markup {
    let texts = view.texts;
    let mut body = String::with_capacity(span.len() * 2);
    marks::push(&mut body, view.record.text, span, marks);
    let body = PreEscaped(body);
    let id = view.name(passage.id);
    let language = View::language(&passage.language);
    html! {
        div class={ "passage " (passage.kind) } id=(id) {
            p.gutter {
                a href={ "#" (id) } title=(texts.named("passage.kind", passage.kind)) { (passage.id) }
                @if copies > 0 {
                    " " span.copies title=(texts.counted("passage.copies", copies.into())) { "×" (copies + 1) }
                }
            }
            @match passage.kind {
                "title" | "heading" => h4.body lang=[language] dir="auto" { (body) },
                "code" => pre.body dir="ltr" { (body) },
                _ => p.body lang=[language] dir="auto" { (body) @if is_cut { " " em { (texts.of("article.long")) } } },
            }
        }
    }
}

/// How many copies of each passage were taken out of this document.
fn copies(view: &View<'_>) -> Vec<u32> {
    let mut out = vec![0; view.passages().len()];
    for dropped in view.record.dropped.iter().filter(|d| d.of_document.is_none()) {
        if let Some(n) = dropped.of.and_then(passage_index).and_then(|index| out.get_mut(index)) {
            *n += 1;
        }
    }
    out
}

/// `p3` is the third passage, number 2.
fn passage_index(id: Numbered) -> Option<usize> {
    id.1.checked_sub(1)
}

/// Neighbours that were taken out, folded away.
fn fold(view: &View<'_>, run: &[Dropped<'_>], room: &mut usize) -> Markup {
    let texts = view.texts;
    // Markup that was passed over is for machines to account for.
    let run: Vec<&Dropped<'_>> = run.iter().filter(|d| d.reason != "markup").collect();
    let Some(first) = run.first() else { return html! {} };
    let mut reasons: Vec<&str> = run.iter().map(|d| d.reason).collect();
    reasons.sort_unstable();
    reasons.dedup();
    let reasons = reasons.iter().map(|r| texts.named("reason", r)).collect::<Vec<_>>().join(", ");
    html! {
        details.dropped id=(view.name(first.id)) {
            summary {
                span.what { (texts.counted("dropped.run", run.len() as u64)) }
                " " span.why { (reasons) @if let Some((from, to)) = kept_copies(&run) {
                    " " (texts.of("dropped.of")) " " (from) @if from != to { "–" (to) }
                } }
                " " span.head dir="auto" { (shown(head(first.text))) }
            }
            ol {
                @for (index, dropped) in run.iter().enumerate() {
                    li id=[(index > 0).then(|| view.name(dropped.id))] { (one_dropped(view, dropped, room)) }
                }
            }
        }
    }
}

/// The first and the last of the passages that the run repeats, where they stand in order in this document.
fn kept_copies(run: &[&Dropped<'_>]) -> Option<(Numbered, Numbered)> {
    let of = |dropped: &Dropped<'_>| dropped.of.filter(|_| dropped.of_document.is_none());
    let in_order =
        run.iter().zip(run.iter().skip(1)).all(|(a, b)| of(a).zip(of(b)).is_some_and(|(a, b)| b.1 == a.1 + 1));
    (in_order || run.len() == 1).then_some(())?;
    of(run.first()?).zip(of(run.last()?))
}

fn one_dropped(view: &View<'_>, dropped: &Dropped<'_>, room: &mut usize) -> Markup {
    let texts = view.texts;
    let seen = cut(dropped.text, Span::new(0, dropped.text.len()), DROPPED_SHOWN.min(*room));
    *room -= seen.len();
    let [from, to] = dropped.source;
    html! {
        p.account {
            b { (dropped.id) } " "
            (texts.named("reason", dropped.reason)) " "
            @if let Some(of) = dropped.of {
                (texts.of("dropped.of")) " "
                @match dropped.of_document {
                    Some(document) => {
                        a href={ "#" (layers::prefix(document)) "-" (of) } { (of) }
                        " " (texts.of("dropped.in")) " " bdi { (shown(document)) }
                    }
                    None if passage_index(of).is_some_and(|index| index < view.passages().len()) => {
                        a href={ "#" (view.name(of)) } { (of) }
                    }
                    None => (of),
                }
                " "
            }
            @if let Some(share) = dropped.similarity {
                span.aside { (texts.with("dropped.similar", "share", &percent(share))) } " "
            }
            code { (dropped.rule) } " "
            span.aside {
                (texts.of("dropped.place").replace("{from}", &texts.number(from as u64)).replace("{to}", &texts.number(to as u64)))
            }
        }
        p.body dir="auto" {
            (shown(seen.of(dropped.text)))
            @if seen.len() < dropped.text.len() { " " em { (texts.of("dropped.long")) } }
        }
    }
}

/// The first words, for a line that stands for the whole.
fn head(text: &str) -> &str {
    let line = text.trim_start().lines().next().unwrap_or_default();
    let end = line.char_indices().nth(90).map_or(line.len(), |(at, _)| at);
    line.get(..end).unwrap_or_default()
}

/// As much of the span as `limit` bytes allow.
fn cut(text: &str, span: Span, limit: usize) -> Span {
    if span.len() <= limit {
        return span;
    }
    let mut end = span.start() + limit;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Span::new(span.start(), end)
}

impl View<'_> {
    /// The title of the document, or else its name.
    pub(super) fn title(&self) -> &str {
        self.record.title.as_deref().filter(|t| !t.trim().is_empty()).unwrap_or(self.record.id)
    }

    /// The `lang` of something; nothing where the language is not known.
    pub(super) fn language(tag: &Tag) -> Option<&str> {
        (!tag.0.is_und()).then_some(tag.0.as_str())
    }

    /// What is said of an annotation, in one line.
    pub(super) fn said(parts: &[&str]) -> String {
        plain(&parts.iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(" · "))
    }
}
