//! The dates of a document in the order of time: those with a place on the calendar by their years, the others apart.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;
use maud::{Markup, html};

use super::layers::{ROWS, View};
use super::texts::percent;
use super::value;
use super::visible::shown;
use crate::record::DateEntry;

/// Width of the drawing of a year.
const WIDTH: f64 = 120.0;

/// A stretch of days, and what is written there.
type Key<'a> = (Date, Reverse<Date>, &'a str, Option<&'static str>);
type Mentions<'a> = Vec<&'a DateEntry<'a>>;
/// First and last year, and the stretches of those years.
type Group<'g> = ((i16, i16), Vec<(&'g Key<'g>, &'g Mentions<'g>)>);

/// The dates of a document: how many, and their timeline.
pub(super) fn section(view: &View<'_>) -> Option<(usize, Markup)> {
    let (all, texts) = (&view.record.dates, view.texts);
    if all.is_empty() {
        return None;
    }
    let mut calendar: BTreeMap<Key<'_>, Mentions<'_>> = BTreeMap::new();
    let mut symbolic: BTreeMap<(&str, &str, Option<&str>), Mentions<'_>> = BTreeMap::new();
    for date in all.iter().take(ROWS) {
        match days(date) {
            Some((from, to)) => {
                calendar.entry((from, Reverse(to), date.value, date.modifier)).or_default().push(date);
            }
            None => symbolic.entry((date.kind, date.value, date.modifier)).or_default().push(date),
        }
    }
    let section = html! {
        @if !calendar.is_empty() { (years(view, &calendar)) }
        @if !symbolic.is_empty() {
            @if !calendar.is_empty() { h4 { (texts.of("date.symbolic")) } }
            ul.symbolic { @for ((kind, _, _), mentions) in &symbolic {
                li.row data-timex=(kind) { (entry(view, mentions)) }
            } }
        }
        @if all.len() > ROWS { p.more { (texts.counted("date.rows", (all.len() - ROWS) as u64)) } }
    };
    Some((all.len(), section))
}

/// First day and the day after the last.
fn days(date: &DateEntry<'_>) -> Option<(Date, Date)> {
    let [from, to] = date.interval?;
    let timed = to.contains('T');
    let (from, to) = (from.parse::<Date>().ok()?, to.parse::<Date>().ok()?);
    // Until an hour of a day is until the end of that day here.
    let to = if timed { to.tomorrow().ok()? } else { to };
    (from < to && matches!(date.kind, "DATE" | "TIME")).then_some((from, to))
}

fn years(view: &View<'_>, calendar: &BTreeMap<Key<'_>, Mentions<'_>>) -> Markup {
    let texts = view.texts;
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (key, mentions) in calendar {
        let last = key.1.0.yesterday().unwrap_or(key.1.0);
        let years = (key.0.year(), last.year());
        match groups.last_mut() {
            Some((same, list)) if *same == years => list.push((key, mentions)),
            _ => groups.push((years, vec![(key, mentions)])),
        }
    }
    let mut before: Option<i16> = None;
    html! {
        ol.years {
            @for ((first, last), list) in &groups {
                @let gap = before.map_or(0, |before| i32::from(*first) - i32::from(before));
                @if gap > 1 { li.gap { (texts.counted("date.gap", gap.unsigned_abs().into())) } }
                ({ before = before.max(Some(*first)); "" })
                li.year {
                    p.when { (first) @if last > first { "–" (last) } }
                    ol { @for (key, mentions) in list {
                        li.row { (drawing(key.0, key.1.0)) (entry(view, mentions)) }
                    } }
                }
            }
        }
    }
}

/// The stretch within its first year: from January on the left to December on the right.
fn drawing(from: Date, to: Date) -> Markup {
    let length = f64::from(from.days_in_year());
    let at = |date: Date| WIDTH * f64::from(date.day_of_year() - 1) / length;
    let x = at(from);
    let end = if to.year() > from.year() { WIDTH } else { at(to) };
    let width = (end - x).max(3.0);
    html! {
        svg.months viewBox=(format!("0 0 {WIDTH} 12")) aria-hidden="true" focusable="false" {
            path.line d="M0 6H120M0 2V10M30 4V8M60 4V8M90 4V8M120 2V10" {}
            rect x=(format!("{:.1}", x.min(WIDTH - width))) y="3" width=(format!("{width:.1}")) height="6" rx="1.5" {}
        }
    }
}

/// A value and the places where it is meant.
fn entry(view: &View<'_>, mentions: &[&DateEntry<'_>]) -> Markup {
    let texts = view.texts;
    let Some(first) = mentions.first() else { return html! {} };
    html! {
        p.value {
            b { (shown(&view.meaning(first))) } " " code { (shown(first.value)) }
            @if first.calendar != "gregorian" {
                " " span.aside { (texts.of("date.calendar.of")) " " (first.calendar) }
            }
        }
        ul.links { @for date in mentions { (mention(view, date)) } }
    }
}

fn mention(view: &View<'_>, date: &DateEntry<'_>) -> Markup {
    let texts = view.texts;
    let anchor = date.resolved.anchor.and_then(|id| view.date(id));
    let symbolic = days(date).is_none();
    html! {
        li id=(view.name(format!("{}-r", date.id))) {
            a href={ "#" (view.name(date.id)) } lang=[View::language(&view.record.language.code)] {
                bdi { (shown(date.text)) }
            }
            " " span.aside {
                @if !(symbolic && date.resolved.how == "unresolved") { (texts.named("date.how", date.resolved.how)) }
                @if let Some(anchor) = anchor {
                    " " a href={ "#" (view.name(anchor.id)) } { bdi { (shown(anchor.text)) } }
                }
                @if let Some(offset) = date.resolved.offset.and_then(|offset| value::distance(offset, texts)) {
                    " " (shown(&offset))
                }
                @if date.certainty < 0.9 && !symbolic { ", " (texts.with("date.sure", "share", &percent(date.certainty))) }
                @if !date.alternatives.is_empty() {
                    ", " (texts.of("date.or")) " "
                    @for (index, other) in date.alternatives.iter().enumerate() {
                        @if index > 0 { ", " } code { (shown(other)) }
                    }
                }
            }
        }
    }
}
