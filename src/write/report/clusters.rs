//! What repeats most, with how each copy differs from what was kept.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufRead as _, BufReader};
use std::path::Path;

use maud::{Markup, html};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::layers::prefix;
use super::texts::Texts;
use super::visible::shown;
use crate::record::Run;
use crate::text::diff::{Part, parts};
use crate::write::excerpt::excerpt;

/// So many clusters are shown.
pub const CLUSTERS_SHOWN: usize = 40;
/// So many copies of each.
pub const COPIES_SHOWN: usize = 6;
/// So many characters of a text.
const LENGTH: usize = 1500;

/// A cluster as the page shows it.
#[derive(Debug)]
pub(super) struct Shown {
    id: String,
    level: String,
    size: u64,
    kept: Place,
    copies: Vec<(Place, f64, bool)>,
}

/// A place, and what stands there, as far as it could be found.
#[derive(Debug)]
struct Place {
    document: String,
    corpus: Option<String>,
    at: [usize; 2],
    text: Option<String>,
}

/// Of a document's record what tells its text; no more of it is held in memory.
#[derive(Deserialize)]
struct Record<'r> {
    #[serde(borrow)]
    text: Cow<'r, str>,
    #[serde(borrow)]
    offsets: Cow<'r, str>,
    #[serde(default)]
    passages: Vec<Stretch>,
    #[serde(default, borrow)]
    dropped: Vec<Dropped<'r>>,
    source: Option<Source>,
    reason: Option<IgnoredAny>,
}

/// A passage: its places in the text and in the source.
#[derive(Deserialize)]
struct Stretch {
    span: [usize; 2],
    source: [usize; 2],
}

/// What was taken out.
#[derive(Deserialize)]
struct Dropped<'r> {
    source: [usize; 2],
    #[serde(borrow)]
    text: Cow<'r, str>,
}

#[derive(Deserialize)]
struct Source {
    chars: Option<usize>,
}

impl Place {
    fn new(value: &Value) -> Self {
        let at = |path: &str| value.pointer(path).and_then(Value::as_u64).unwrap_or_default() as usize;
        Self {
            document: value["document"].as_str().unwrap_or_default().to_owned(),
            corpus: value["corpus"].as_str().map(str::to_owned),
            at: [at("/source/0"), at("/source/1")],
            text: None,
        }
    }
}

/// The clusters of these lines of `clusters.jsonl`, with their texts from the other files in `folder`.
pub(super) fn gather(lines: &[Vec<u8>], folder: &Path) -> io::Result<Vec<Shown>> {
    let mut all: Vec<Shown> = lines.iter().filter_map(|line| cluster(&serde_json::from_slice(line).ok()?)).collect();
    let mut wanted: HashMap<String, Vec<(&mut Place, bool)>> = HashMap::new();
    for cluster in &mut all {
        let whole = cluster.level == "document";
        let places = std::iter::once(&mut cluster.kept).chain(cluster.copies.iter_mut().map(|copy| &mut copy.0));
        // What a corpus made earlier holds is not read.
        for place in places.filter(|place| place.corpus.is_none()) {
            wanted.entry(place.document.clone()).or_default().push((place, whole));
        }
    }
    for file in ["corpus.jsonl", "removed.jsonl"] {
        let names: HashSet<String> = wanted.keys().cloned().collect();
        records(&folder.join(file), &names, |id, record| {
            for (place, whole) in wanted.get_mut(id).into_iter().flatten() {
                place.text = record.text_at(place.at, *whole).map(shortened);
            }
        })?;
    }
    Ok(all)
}

fn cluster(record: &Value) -> Option<Shown> {
    let copy = |copy: &Value| {
        (
            Place::new(copy),
            copy["similarity"].as_f64().unwrap_or_default(),
            copy["removed"].as_bool().unwrap_or_default(),
        )
    };
    Some(Shown {
        id: record["id"].as_str()?.to_owned(),
        level: record["level"].as_str()?.to_owned(),
        size: record["size"].as_u64()?,
        kept: Place::new(&record["kept"]),
        copies: record["copies"].as_array()?.iter().take(COPIES_SHOWN).map(copy).collect(),
    })
}

/// Hands the records of these documents to `visit`.
fn records(path: &Path, names: &HashSet<String>, mut visit: impl FnMut(&str, &Record<'_>)) -> io::Result<()> {
    let mut file = BufReader::with_capacity(1 << 18, File::open(path)?);
    let mut line = Vec::new();
    while file.read_until(b'\n', &mut line)? > 0 {
        let id = memchr::memmem::find(&line, b"\"id\":").and_then(|at| line.get(at + 5..));
        let id = id.and_then(|rest| serde_json::Deserializer::from_slice(rest).into_iter::<String>().next()?.ok());
        if let Some(id) = id.filter(|id| names.contains(id))
            && let Ok(record) = serde_json::from_slice(&line)
        {
            visit(&id, &record);
        }
        line.clear();
    }
    Ok(())
}

impl Record<'_> {
    /// What stands at a place of the source, where the record says it: a passage, what was dropped, a part of one of these, or all of it.
    fn text_at(&self, [start, end]: [usize; 2], whole: bool) -> Option<String> {
        let (text, unit) = (&*self.text, &*self.offsets);
        if whole {
            return Some(text.to_owned());
        }
        let within = |source: [usize; 2], body: String| {
            if source == [start, end] {
                return Some(body);
            }
            // Where nothing stands between its characters in the source, places in it are those of the source.
            let part = excerpt(&body, unit, [start - source[0], end - source[0]]);
            excerpt(&body, unit, [0, source[1] - source[0]]).and(part)
        };
        let holds = |source: [usize; 2]| source[0] <= start && end <= source[1];
        let passages = (self.passages.iter())
            .filter(|passage| holds(passage.source))
            .find_map(|passage| within(passage.source, excerpt(text, unit, passage.span)?));
        let dropped = || {
            let mut holding = self.dropped.iter().filter(|part| holds(part.source));
            holding.find_map(|part| within(part.source, part.text.clone().into_owned()))
        };
        let removed = || {
            let length = self.source.as_ref()?.chars?;
            let is_source = self.reason.is_some() && unit == "chars" && text.chars().count() == length;
            if is_source { excerpt(text, unit, [start, end]) } else { None }
        };
        passages.or_else(dropped).or_else(removed)
    }
}

fn shortened(text: String) -> String {
    match text.char_indices().nth(LENGTH) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text,
    }
}

/// The part of the page; nothing where nothing repeats.
pub(super) fn section(clusters: &[Shown], run: &Run, texts: &Texts) -> Markup {
    if clusters.is_empty() {
        return html! {};
    }
    let total: u64 = run.counts.clusters.values().sum();
    let more = total.saturating_sub(clusters.len() as u64);
    html! {
        section.clusters {
            h2 id="repeats" { (texts.of("clusters.title")) " " span.n { (texts.number(total)) } }
            p.aside { (texts.of("clusters.note")) }
            @for cluster in clusters { (one(cluster, texts)) }
            @if more > 0 { p.more { (texts.counted("clusters.more", more)) } }
        }
    }
}

fn one(cluster: &Shown, texts: &Texts) -> Markup {
    let head = cluster.kept.text.as_deref().unwrap_or_default();
    let more = cluster.size.saturating_sub(1 + cluster.copies.len() as u64);
    html! {
        details.cluster id={ "cluster-" (cluster.id) } {
            summary {
                span.times { (texts.number(cluster.size)) "×" } " "
                span.n { (shown(&texts.named("clusters.level", &cluster.level))) } " "
                bdi { (shown(&first_words(head))) }
            }
            (place(&cluster.kept, texts.of("clusters.kept"), None))
            @if let Some(text) = &cluster.kept.text { p.side dir="auto" { (shown(text)) } }
            @for (copy, similarity, removed) in &cluster.copies {
                (place(copy, texts.of(if *removed { "clusters.removed" } else { "clusters.reported" }), Some(*similarity)))
                p.side dir="auto" { (difference(cluster.kept.text.as_deref(), copy.text.as_deref(), texts)) }
            }
            @if more > 0 { p.more { (texts.counted("clusters.copies", more)) } }
            p.aside { code { (shown(&cluster.id)) } }
        }
    }
}

fn place(place: &Place, what: &str, similarity: Option<f64>) -> Markup {
    html! {
        p.where {
            b { (what) } " "
            @match &place.corpus {
                None => a href={ "#" (prefix(&place.document)) } { bdi { (shown(&place.document)) } },
                Some(corpus) => { bdi { (shown(&place.document)) } " (" bdi { (shown(corpus)) } ")" },
            }
            " " span.n { (place.at[0]) "–" (place.at[1]) }
            @if let Some(similarity) = similarity { " " span.n { (super::texts::percent(similarity as f32)) } }
        }
    }
}

/// A copy, with what differs from what was kept.
fn difference(kept: Option<&str>, copy: Option<&str>, texts: &Texts) -> Markup {
    match (kept, copy) {
        (_, None) => html! { span.n { (texts.of("clusters.elsewhere")) } },
        (None, Some(copy)) => shown_text(copy),
        (Some(kept), Some(copy)) if kept == copy => html! { span.n { (texts.of("clusters.same")) } },
        (Some(kept), Some(copy)) => html! {
            @for (part, words) in parts(kept, copy) { @match part {
                Part::Both => (shown(&words)),
                Part::One => del { (shown(&words)) },
                Part::Other => ins { (shown(&words)) },
            } }
        },
    }
}

fn shown_text(text: &str) -> Markup {
    html! { (shown(text)) }
}

/// Enough of a text to know it by.
fn first_words(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(90) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default()),
        None => line,
    }
}
