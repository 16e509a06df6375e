//! Asks an index.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;
use std::path::Path;

use jiff::civil::Date;
use serde::Serialize;
use tantivy::query::{AllQuery, BooleanQuery, ConstScoreQuery, Occur, Query, RangeQuery, RegexQuery, TermQuery};
use tantivy::schema::{IndexRecordOption, Value as _};
use tantivy::tokenizer::{TokenStream as _, Tokenizer as _};
use tantivy::{Index, Score, Searcher, TantivyDocument, TantivyError, Term};

use super::gather::{Gather, Gathered};
use super::letters::{LETTERS, Letters, has_solid};
use super::query::{Asked, Maker, parse};
use super::{failed, register};
use crate::error::Error;
use crate::feed::analyser::{ANALYSERS, Analyser};
use crate::feed::unit::seconds;

/// Bytes of text about a hit that are shown.
const SHOWN: usize = 240;
/// Bytes of a text after the best stretch so far in which a better one is looked for.
const PATIENCE: usize = 50_000;
/// Places of a run of letters that are looked at.
const PLACES: usize = 200;
/// Values of a facet that are given.
const VALUES: usize = 20;

/// What a hit must have beside the words.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Each of these, by a name in any language or an identifier such as `iso:CN`.
    pub entities: Vec<String>,
    /// Each of these types of entities.
    pub types: Vec<String>,
    /// A date from this day on.
    pub from: Option<Date>,
    /// A date until this day.
    pub to: Option<Date>,
    /// BCP 47; `zh` means `zh-Hant`, too.
    pub language: Option<String>,
    /// The file that it came from.
    pub source: Option<String>,
    /// At least one fragment believed to be untranslated.
    pub leftover: bool,
}

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// Words, phrases, AND, OR, -not; nothing means all.
    pub query: Option<String>,
    /// What a hit must have.
    pub filter: Filter,
    /// How many hits are given.
    pub limit: usize,
    /// How many of the best are passed over.
    pub offset: usize,
    /// Whether facets are counted.
    pub facets: bool,
}

/// What was found.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// How many there are.
    pub total: u64,
    /// The best first.
    pub hits: Vec<Hit>,
    /// Counts among all that was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facets: Option<Facets>,
}

/// Counts by value, the most frequent first; of years by year.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Facets {
    /// BCP 47 tags.
    pub language: Vec<(String, u64)>,
    /// Types of entities.
    pub entity_type: Vec<(String, u64)>,
    /// Canonical names of entities.
    pub entity: Vec<(String, u64)>,
    /// Years that dates speak of.
    pub year: Vec<(i64, u64)>,
}

/// A document or passage that was found.
#[derive(Clone, Debug, Serialize)]
pub struct Hit {
    /// As in the feeds.
    pub id: String,
    /// BM25 over all fields, the title twice.
    pub score: Score,
    /// The name of the document in the corpus.
    pub document: String,
    /// The passage, where passages are indexed.
    pub passage: Option<String>,
    /// The file it came from.
    pub path: String,
    /// The address, as the input gave it.
    pub url: Option<String>,
    /// The title of the document.
    pub title: Option<String>,
    /// BCP 47.
    pub language: String,
    /// The document's own date.
    pub date: Option<String>,
    /// Fragments believed to be untranslated.
    pub leftovers: i64,
    /// The stretch of its text that has most of the words, as far as a search through a long text goes.
    pub snippet: String,
    /// What was found in it: half-open ranges of code points.
    pub highlights: Vec<[usize; 2]>,
}

/// Asks the index in a folder.
///
/// # Errors
/// Where it cannot be read, or the query is none.
pub fn search(path: &Path, question: &Question) -> Result<Answer, Error> {
    if !path.join("meta.json").exists() {
        let what = "there is none; make it with recensio index, or name its folder with --index".to_owned();
        return Err(Error::Index { path: path.to_owned(), what });
    }
    let node = question.query.as_deref().map(parse).transpose().map_err(|error| Error::Usage(error.to_string()))?;
    let failed = failed(path);
    let index = Index::open_in_dir(path).map_err(&failed)?;
    register(&index);
    let searcher = index.reader().map_err(&failed)?.searcher();
    let codes: Vec<&str> = match &question.filter.language {
        Some(tag) => vec![Analyser::of(tag).code],
        None => ANALYSERS.iter().map(|analyser| analyser.code).collect(),
    };
    let answer = || -> Result<Answer, TantivyError> {
        let fields = asked(&index, &codes)?;
        let letters = index.schema().get_field(LETTERS)?;
        let mut maker = Maker { searcher: &searcher, fields, words: BTreeMap::new(), letters, runs: BTreeSet::new() };
        let words: Box<dyn Query> = match &node {
            Some(node) => maker.query(node, true)?,
            None => Box::new(AllQuery),
        };
        let mut all = vec![(Occur::Must, words)];
        for filter in filters(&searcher, &question.filter)? {
            all.push((Occur::Must, Box::new(ConstScoreQuery::new(filter, 0.0))));
        }
        let interval = interval(&question.filter);
        let gather = Gather { interval, best: question.limit.saturating_add(question.offset), facets: question.facets };
        let found = searcher.search(&BooleanQuery::new(all), &gather)?;
        let mut hits = Vec::new();
        for &(score, address) in found.hits.iter().skip(question.offset) {
            hits.push(hit(&searcher, score, &searcher.doc(address)?, &mut maker)?);
        }
        Ok(Answer { total: found.total, hits, facets: question.facets.then(|| facets(found)) })
    };
    answer().map_err(&failed)
}

/// Fields of texts and titles in these languages.
fn asked(index: &Index, codes: &[&str]) -> Result<Vec<Asked>, TantivyError> {
    let mut out = Vec::with_capacity(codes.len() * 2);
    for code in codes {
        for name in ["title", "text"] {
            let field = index.schema().get_field(&format!("{name}_{code}"))?;
            out.push(Asked { field, is_title: name == "title", analyser: index.tokenizer_for_field(field)? });
        }
    }
    Ok(out)
}

fn interval(filter: &Filter) -> Option<(i64, i64)> {
    let at = |day: Date| seconds(day.at(0, 0, 0, 0));
    let is_asked = filter.from.is_some() || filter.to.is_some();
    is_asked.then(|| (filter.from.map_or(i64::MIN, at), filter.to.map_or(i64::MAX, |to| at(to) + 86_400)))
}

fn filters(searcher: &Searcher, filter: &Filter) -> Result<Vec<Box<dyn Query>>, TantivyError> {
    let field = |name: &str| searcher.schema().get_field(name);
    let exact = |name: &str, text: &str| -> Result<Box<dyn Query>, TantivyError> {
        Ok(Box::new(TermQuery::new(Term::from_field_text(field(name)?, text), IndexRecordOption::Basic)))
    };
    let mut all: Vec<Box<dyn Query>> = Vec::new();
    for name in &filter.entities {
        all.push(Box::new(BooleanQuery::union(vec![exact("entity_names", name)?, exact("entity_ids", name)?])));
    }
    for name in &filter.types {
        all.push(exact("entity_types", name)?);
    }
    if let Some(path) = &filter.source {
        all.push(exact("path", path)?);
    }
    if let Some(tag) = &filter.language {
        // A tag holds letters, digits and hyphens only.
        all.push(Box::new(RegexQuery::from_pattern(&format!("{tag}(-.*)?"), field("language")?)?));
    }
    if filter.leftover {
        let least = Term::from_field_i64(field("leftovers")?, 1);
        all.push(Box::new(RangeQuery::new(std::ops::Bound::Included(least), std::ops::Bound::Unbounded)));
    }
    Ok(all)
}

fn facets(found: Gathered) -> Facets {
    let [language, entity_type, entity] = found.counts.map(|counts| {
        let mut all: Vec<(String, u64)> = counts.into_iter().collect();
        all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        all.truncate(VALUES);
        all
    });
    Facets { language, entity_type, entity, year: found.years.into_iter().collect() }
}

fn hit(
    searcher: &Searcher,
    score: Score,
    document: &TantivyDocument,
    maker: &mut Maker<'_>,
) -> Result<Hit, TantivyError> {
    let schema = searcher.schema();
    let get = |name: &str| -> Result<Option<String>, TantivyError> {
        let field = schema.get_field(name)?;
        Ok(document.get_first(field).and_then(|value| value.as_str()).map(str::to_owned))
    };
    let language = get("language")?.unwrap_or_default();
    let mut title = None;
    for analyser in &ANALYSERS {
        if title.is_none() {
            title = get(&format!("title_{}", analyser.code))?;
        }
    }
    let leftovers = document.get_first(schema.get_field("leftovers")?).and_then(|value| value.as_i64());
    let mut best: (usize, &str, Vec<Range<usize>>) = (0, "", Vec::new());
    let nothing = BTreeSet::new();
    for asked in maker.fields.iter_mut().filter(|asked| !asked.is_title) {
        let Some(text) = document.get_first(asked.field).and_then(|value| value.as_str()) else { continue };
        let words = maker.words.get(&asked.field).unwrap_or(&nothing);
        let mut found = if maker.runs.is_empty() || !has_solid(text) { Vec::new() } else { runs(text, &maker.runs) };
        found.extend(places(asked, text, words));
        found.sort_by_key(|(place, _)| (place.start, place.end));
        let (distinct, window, marks) = stretch(text, found);
        if distinct > best.0 || best.1.is_empty() {
            let shown = text.get(window.clone()).unwrap_or_default();
            let marks = marks.into_iter().map(|mark| mark.start - window.start..mark.end - window.start).collect();
            best = (distinct, shown, marks);
        }
    }
    let (_, shown, marks) = best;
    let chars = |bytes: usize| shown.get(..bytes).map_or(0, |before| before.chars().count());
    let mut highlights: Vec<[usize; 2]> = Vec::with_capacity(marks.len());
    for mark in marks {
        let [from, to] = [chars(mark.start), chars(mark.end)];
        match highlights.last_mut() {
            // Words of a script without blanks touch.
            Some(last) if last[1] >= from => last[1] = to.max(last[1]),
            _ => highlights.push([from, to]),
        }
    }
    Ok(Hit {
        id: get("id")?.unwrap_or_default(),
        score,
        document: get("document")?.unwrap_or_default(),
        passage: get("passage")?,
        path: get("path")?.unwrap_or_default(),
        url: get("url")?,
        title,
        language,
        date: get("date")?,
        leftovers: leftovers.unwrap_or_default(),
        highlights,
        snippet: shown.to_owned(),
    })
}

/// Where words stand in a text, in its order: until all of them stand together, or nothing better has come for long.
fn places(asked: &mut Asked, text: &str, words: &BTreeSet<String>) -> Vec<(Range<usize>, String)> {
    let mut out: Vec<(Range<usize>, String)> = Vec::new();
    if words.is_empty() {
        return out;
    }
    // Places of the stretch that is looked at, and where the best one began.
    let (mut here, mut most, mut best): (VecDeque<(usize, String)>, usize, usize) = (VecDeque::new(), 0, 0);
    let mut stream = asked.analyser.token_stream(text);
    while stream.advance() {
        let token = stream.token();
        let is_over = most == words.len() && token.offset_from > best + SHOWN;
        if is_over || most > 0 && token.offset_from > best + PATIENCE {
            break;
        }
        if words.contains(&token.text) {
            while here.front().is_some_and(|(start, _)| token.offset_to > start + SHOWN * 3 / 4) {
                here.pop_front();
            }
            here.push_back((token.offset_from, token.text.clone()));
            let distinct = here.iter().map(|(_, word)| word).collect::<BTreeSet<_>>().len();
            if distinct > most {
                (most, best) = (distinct, here.front().map_or(token.offset_from, |(start, _)| *start));
            }
            out.push((token.offset_from..token.offset_to, token.text.clone()));
        }
    }
    out
}

/// Where runs of letters stand in a text, the first places.
fn runs(text: &str, runs: &BTreeSet<Vec<String>>) -> Vec<(Range<usize>, String)> {
    let mut out = Vec::new();
    for run in runs {
        let letters = run.concat();
        let before = out.len();
        let places = memchr::memmem::find_iter(text.as_bytes(), letters.as_bytes()).take(PLACES);
        out.extend(places.map(|at| (at..at + letters.len(), letters.clone())));
        if out.len() == before {
            out.extend(compatible(text, run).into_iter().map(|place| (place, letters.clone())));
        }
    }
    out
}

/// Where a run of letters stands in a text that has other forms of them.
fn compatible(text: &str, run: &[String]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    // So many letters of the run as the last ones of the text are: where they begin and their positions.
    let mut here: VecDeque<(usize, usize)> = VecDeque::new();
    let mut last: VecDeque<String> = VecDeque::new();
    let mut stream = Letters;
    let mut stream = stream.token_stream(text);
    while out.len() < PLACES && stream.advance() {
        let token = stream.token();
        if here.back().is_some_and(|(_, position)| position + 1 != token.position) {
            here.clear();
            last.clear();
        }
        if here.len() == run.len() {
            here.pop_front();
            last.pop_front();
        }
        here.push_back((token.offset_from, token.position));
        last.push_back(token.text.clone());
        if last.iter().eq(run.iter()) {
            out.extend(here.front().map(|(start, _)| *start..token.offset_to));
        }
    }
    out
}

/// The stretch of a text that has most different words: how many, where, and where they are in it.
fn stretch(text: &str, places: Vec<(Range<usize>, String)>) -> (usize, Range<usize>, Vec<Range<usize>>) {
    let (mut most, mut start) = (0, 0);
    for (at, (first, _)) in places.iter().enumerate() {
        let here = places.iter().skip(at).take_while(|(place, _)| place.end <= first.start + SHOWN * 3 / 4);
        let distinct = here.map(|(_, word)| word).collect::<BTreeSet<_>>().len();
        if distinct > most {
            (most, start) = (distinct, first.start);
        }
    }
    let mut from = start.saturating_sub(SHOWN / 4);
    // From the beginning of a word or line where there is one near.
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    if from > 0
        && let Some(blank) = text.get(from..start).and_then(|before| before.find(char::is_whitespace))
    {
        from += blank;
    }
    let mut to = (from + SHOWN).min(text.len());
    while !text.is_char_boundary(to) {
        to += 1;
    }
    if to < text.len()
        && let Some(blank) = text.get(from..to).and_then(|shown| shown.rfind(char::is_whitespace))
        && from + blank > start
        && places.iter().all(|(place, _)| place.start != start || place.end <= from + blank)
    {
        to = from + blank;
    }
    let shown = text.get(from..to).unwrap_or_default();
    from += shown.len() - shown.trim_start().len();
    to = from + shown.trim().len();
    let marks = places.into_iter().map(|(place, _)| place).filter(|place| place.start >= from && place.end <= to);
    (most, from..to, marks.collect())
}
