//! A line of `corpus.jsonl` as the units that a search engine holds: whole documents, or their passages.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::analyser::Analyser;

/// What one entry of an index is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A document.
    Document,
    /// A passage of a document.
    Passage,
}

impl Kind {
    /// As it is written: `document` or `passage`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Passage => "passage",
        }
    }
}

/// What a search engine is given of a document or a passage.
#[derive(Clone, Debug, Serialize)]
pub struct Unit {
    /// The canonical address of the document, or where it has none its name in the corpus; of a passage with `#p3` behind it. Unique in the corpus.
    pub id: String,
    /// The name of the document in the corpus.
    pub document: String,
    /// The passage, `p3`.
    pub passage: Option<String>,
    /// What the passage is: `paragraph heading…`.
    pub kind: Option<String>,
    /// The address, as the input gave it.
    pub url: Option<String>,
    /// The file it came from.
    pub path: String,
    /// The title of the document.
    pub title: Option<String>,
    /// The first day of the document's own date (ISO 8601).
    pub date: Option<String>,
    /// BCP 47 tag of the document, or of the passage.
    pub language: String,
    /// Of the document: whose analyser its title is for.
    pub title_language: &'static str,
    /// The text by language, in the order in which they first occur: passages of one language with a blank line between two.
    pub texts: Vec<(&'static str, String)>,
    /// What it names.
    pub entities: Vec<Entity>,
    /// What its dates speak of: half-open intervals of days or minutes, sorted, each once; the years 1 to 9999 only.
    pub dates: Vec<Interval>,
    /// Fragments believed to be untranslated.
    pub leftovers: usize,
}

/// Something that is named.
#[derive(Clone, Debug, Serialize)]
pub struct Entity {
    /// `regulator law policy…`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Its canonical name.
    pub name: String,
    /// Its names in other languages.
    pub names: BTreeMap<String, String>,
    /// Its identifiers, `iso:CN-NM`.
    pub ids: Vec<String>,
    /// The jurisdiction it belongs to.
    pub jurisdiction: Option<String>,
    /// How often it is named here.
    pub mentions: usize,
}

/// From when to when, the end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interval {
    /// The first moment.
    pub from: DateTime,
    /// The first moment after it.
    pub to: DateTime,
}

impl Serialize for Interval {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [written(self.from), written(self.to)].serialize(serializer)
    }
}

impl Interval {
    /// Two dates or times of ISO 8601 as they stand in a corpus. Nothing where engines could not hold them.
    pub fn parse(from: &str, to: &str) -> Option<Self> {
        let interval = Self { from: moment(from)?, to: moment(to)? };
        (interval.from < interval.to && interval.from.year() > 0).then_some(interval)
    }

    /// Whether it is of whole days.
    pub fn is_days(&self) -> bool {
        [self.from, self.to].iter().all(|at| at.hour() == 0 && at.minute() == 0)
    }

    /// The last day that it has a part of.
    pub fn last_day(&self) -> Date {
        let midnight = self.to.hour() == 0 && self.to.minute() == 0;
        if midnight { self.to.date().yesterday().unwrap_or(self.to.date()) } else { self.to.date() }
    }
}

/// `2021-09-01`, `2021-09-01T17:30`; `T24:00` is the next day.
fn moment(text: &str) -> Option<DateTime> {
    let (day, time) = text.split_once('T').unwrap_or((text, "00:00"));
    let day: Date = day.parse().ok()?;
    let (hour, minute) = time.split_once(':')?;
    let (hour, minute): (i8, i8) = (hour.parse().ok()?, minute.get(..2)?.parse().ok()?);
    if hour == 24 {
        return Some(day.tomorrow().ok()?.at(0, minute, 0, 0));
    }
    let time = jiff::civil::Time::new(hour, minute, 0, 0).ok()?;
    Some(DateTime::from_parts(day, time))
}

/// The first day of a date as people give it: `2021`, `2021-09`, `2021-09-01`, `2021-09-01T17:30:00Z`.
pub(super) fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let text = text.find(['T', ' ']).and_then(|end| text.get(..end)).unwrap_or(text);
    let mut numbers = text.splitn(3, '-');
    let year: i16 = numbers.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let mut next = || numbers.next().map_or(Some(1), |number| number.parse::<i8>().ok());
    let (month, day) = (next()?, next()?);
    Date::new(year, month, day).ok().filter(|day| day.year() > 0)
}

/// A day as `2021-09-01`, a minute of it as `2021-09-01T17:30`.
pub(super) fn written(at: DateTime) -> String {
    let day = at.date();
    if at.hour() == 0 && at.minute() == 0 {
        day.to_string()
    } else {
        format!("{day}T{:02}:{:02}", at.hour(), at.minute())
    }
}

/// Seconds since 1970, as if the moment were in UTC.
pub(super) fn seconds(at: DateTime) -> i64 {
    let days =
        at.date().since((jiff::Unit::Day, Date::constant(1970, 1, 1))).map_or(0, |span| i64::from(span.get_days()));
    days * 86_400 + i64::from(at.hour()) * 3600 + i64::from(at.minute()) * 60
}

impl Unit {
    /// 128 bits of the BLAKE3 hash of all that an engine is given, hexadecimal.
    pub fn hash(&self) -> u128 {
        // What cannot be written down does not occur in it.
        short(&serde_json::to_vec(self).unwrap_or_default())
    }

    /// 128 bits of the BLAKE3 hash of the id, hexadecimal: for engines that allow few letters in an id.
    pub fn key(&self) -> String {
        key(&self.id)
    }

    /// The years that its dates of a year or less fall in, sorted, each once.
    pub fn years(&self) -> Vec<i16> {
        let mut years: Vec<i16> = Vec::new();
        for date in &self.dates {
            let (first, last) = (date.from.year(), date.last_day().year());
            let short = seconds(date.to) - seconds(date.from) <= 366 * 86_400;
            if short {
                years.extend(first..=last);
            }
        }
        years.sort_unstable();
        years.dedup();
        years
    }

    /// The months that its dates fall in as numbers such as 202109, sorted, each once; of dates longer than ten years the first and the last.
    pub fn months(&self) -> Vec<i32> {
        let number = |year: i16, month: i8| i32::from(year) * 12 + i32::from(month) - 1;
        let mut months: Vec<i32> = Vec::new();
        for date in &self.dates {
            let last = date.last_day();
            let (first, last) = (number(date.from.year(), date.from.month()), number(last.year(), last.month()));
            if last - first < 120 {
                months.extend(first..=last);
            } else {
                months.extend([first, last]);
            }
        }
        months.sort_unstable();
        months.dedup();
        months.into_iter().map(|n| n / 12 * 100 + n % 12 + 1).collect()
    }

    /// Identifiers, names and names in other languages of all entities, sorted, each once.
    pub fn entity_names(&self) -> Vec<&str> {
        let names = self
            .entities
            .iter()
            .flat_map(|entity| std::iter::once(entity.name.as_str()).chain(entity.names.values().map(String::as_str)));
        sorted(names)
    }

    /// Canonical names of the entities, sorted, each once.
    pub fn entity_canonical(&self) -> Vec<&str> {
        sorted(self.entities.iter().map(|entity| entity.name.as_str()))
    }

    /// Types of the entities, sorted, each once.
    pub fn entity_types(&self) -> Vec<&str> {
        sorted(self.entities.iter().map(|entity| entity.kind.as_str()))
    }

    /// Identifiers of the entities, sorted, each once.
    pub fn entity_ids(&self) -> Vec<&str> {
        sorted(self.entities.iter().flat_map(|entity| entity.ids.iter().map(String::as_str)))
    }
}

fn sorted<'u>(names: impl Iterator<Item = &'u str>) -> Vec<&'u str> {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// 128 bits of the BLAKE3 hash.
pub(super) fn short(bytes: &[u8]) -> u128 {
    let hash = blake3::hash(bytes);
    hash.as_bytes().iter().take(16).fold(0, |sum, byte| sum << 8 | u128::from(*byte))
}

/// As [`Unit::key`].
pub fn key(id: &str) -> String {
    format!("{:032x}", short(id.as_bytes()))
}

/// What is read of a line.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    offsets: Cow<'a, str>,
    #[serde(borrow)]
    id: Cow<'a, str>,
    source: Source<'a>,
    #[serde(borrow)]
    title: Option<Cow<'a, str>>,
    #[serde(borrow)]
    date: Option<Cow<'a, str>>,
    #[serde(borrow)]
    url: Option<Cow<'a, str>>,
    language: Language<'a>,
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(borrow)]
    passages: Vec<Passage<'a>>,
    #[serde(borrow, default)]
    leftovers: Vec<Leftover<'a>>,
    #[serde(borrow, default)]
    entities: Vec<Named<'a>>,
    #[serde(borrow, default)]
    dates: Vec<Dated<'a>>,
}

#[derive(Deserialize)]
struct Source<'a> {
    #[serde(borrow)]
    path: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Language<'a> {
    #[serde(borrow)]
    code: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Passage<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    kind: Cow<'a, str>,
    span: [usize; 2],
    #[serde(borrow)]
    language: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Leftover<'a> {
    #[serde(borrow)]
    passage: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(rename = "type", borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(default)]
    names: BTreeMap<String, String>,
    #[serde(default)]
    ids: BTreeMap<String, String>,
    #[serde(borrow)]
    jurisdiction: Option<Cow<'a, str>>,
    #[serde(borrow)]
    mentions: Vec<Mention<'a>>,
}

#[derive(Deserialize)]
struct Mention<'a> {
    #[serde(borrow)]
    passage: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Dated<'a> {
    #[serde(borrow)]
    passage: Cow<'a, str>,
    interval: Option<[Cow<'a, str>; 2]>,
}

/// Makes units of the lines of a corpus, which are given in their order.
#[derive(Debug)]
pub struct Units {
    kind: Kind,
    /// Hashes of the ids that are taken.
    taken: HashSet<u128>,
}

impl Units {
    /// For units of this kind.
    pub fn new(kind: Kind) -> Self {
        Self { kind, taken: HashSet::new() }
    }

    /// The units of a line of `corpus.jsonl`.
    ///
    /// # Errors
    /// Where it is not one.
    pub fn of(&mut self, line: &[u8]) -> Result<Vec<Unit>, serde_json::Error> {
        let line: Line<'_> = serde_json::from_slice(line)?;
        let id = self.name(&line);
        Ok(match self.kind {
            Kind::Document => vec![document(&line, id)],
            Kind::Passage => passages(&line, &id),
        })
    }

    /// The canonical address or the name in the corpus; what a document before has is told apart by the name, too.
    fn name(&mut self, line: &Line<'_>) -> String {
        let mut id = line.url.as_deref().and_then(canonical).unwrap_or_else(|| line.id.to_string());
        if !self.taken.insert(short(id.as_bytes())) {
            id = format!("{id}#{}", line.id);
            while !self.taken.insert(short(id.as_bytes())) {
                id.push_str("#2");
            }
        }
        id
    }
}

/// An address of the web without what does not tell it from others: the fragment, marks of campaigns, the port of its scheme, letters written in
/// another case or as escapes (RFC 3986, 6.2.2; WHATWG URL Standard).
pub fn canonical(url: &str) -> Option<String> {
    let mut url = url::Url::parse(url.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    url.set_fragment(None);
    let campaign = |part: &&str| {
        let name = part.split('=').next().unwrap_or_default();
        !name.starts_with("utm_") && !matches!(name, "fbclid" | "gclid" | "yclid" | "msclkid")
    };
    let query = url.query().map(|query| query.split('&').filter(campaign).collect::<Vec<_>>().join("&"));
    url.set_query(query.as_deref().filter(|query| !query.is_empty()));
    Some(unescaped(url.as_str()))
}

/// Escapes of letters that need none as letters, and the others with large letters.
fn unescaped(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    let mut rest = url;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        let byte = after.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        if let Some(byte) = byte {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                out.push(char::from(byte));
            } else {
                out.push_str(&format!("%{byte:02X}"));
            }
            rest = after.get(2..).unwrap_or_default();
        } else {
            out.push('%');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

fn document(line: &Line<'_>, id: String) -> Unit {
    let mut texts: Vec<(&'static str, String)> = Vec::new();
    for (passage, words) in line.passages.iter().zip(line.words()) {
        let code = line.analyser(passage);
        let at = texts.iter().position(|(other, _)| *other == code).unwrap_or_else(|| {
            texts.push((code, String::new()));
            texts.len() - 1
        });
        if let Some((_, text)) = texts.get_mut(at) {
            text.push_str(if text.is_empty() { "" } else { "\n\n" });
            text.push_str(words);
        }
    }
    let entities = line.entities.iter().map(|entity| named(entity, entity.mentions.len())).collect();
    let dates = dates(line.dates.iter());
    let head = head(line, id);
    Unit { texts, entities, dates, leftovers: line.leftovers.len(), ..head }
}

fn passages(line: &Line<'_>, id: &str) -> Vec<Unit> {
    let mut leftovers: BTreeMap<&str, usize> = BTreeMap::new();
    for leftover in &line.leftovers {
        *leftovers.entry(&leftover.passage).or_default() += 1;
    }
    let mut dated: BTreeMap<&str, Vec<&Dated<'_>>> = BTreeMap::new();
    for date in &line.dates {
        dated.entry(&date.passage).or_default().push(date);
    }
    let mut entities: BTreeMap<&str, Vec<Entity>> = BTreeMap::new();
    for entity in &line.entities {
        let mut here: BTreeMap<&str, usize> = BTreeMap::new();
        for mention in &entity.mentions {
            *here.entry(&mention.passage).or_default() += 1;
        }
        for (passage, mentions) in here {
            entities.entry(passage).or_default().push(named(entity, mentions));
        }
    }
    let unit = |(passage, words): (&Passage<'_>, &str)| Unit {
        passage: Some(passage.id.to_string()),
        kind: Some(passage.kind.to_string()),
        language: line.language(passage).to_owned(),
        texts: vec![(line.analyser(passage), words.to_owned())],
        entities: entities.remove(&*passage.id).unwrap_or_default(),
        dates: dates(dated.get(&*passage.id).into_iter().flatten().copied()),
        leftovers: leftovers.get(&*passage.id).copied().unwrap_or_default(),
        ..head(line, format!("{id}#{}", passage.id))
    };
    line.passages.iter().zip(line.words()).map(unit).collect()
}

/// What a document and its passages have in common.
fn head(line: &Line<'_>, id: String) -> Unit {
    let text = |text: &Option<Cow<'_, str>>| text.as_deref().filter(|text| !text.is_empty()).map(str::to_owned);
    Unit {
        id,
        document: line.id.to_string(),
        passage: None,
        kind: None,
        url: text(&line.url),
        path: line.source.path.to_string(),
        title: text(&line.title),
        date: line.date.as_deref().and_then(day).map(|day| day.to_string()),
        language: line.language.code.to_string(),
        title_language: Analyser::of(&line.language.code).code,
        texts: Vec::new(),
        entities: Vec::new(),
        dates: Vec::new(),
        leftovers: 0,
    }
}

fn named(entity: &Named<'_>, mentions: usize) -> Entity {
    Entity {
        kind: entity.kind.to_string(),
        name: entity.name.to_string(),
        names: entity.names.clone(),
        ids: entity.ids.iter().map(|(scheme, id)| format!("{scheme}:{id}")).collect(),
        jurisdiction: entity.jurisdiction.as_deref().map(str::to_owned),
        mentions,
    }
}

fn dates<'l>(dates: impl Iterator<Item = &'l Dated<'l>>) -> Vec<Interval> {
    let mut out: Vec<Interval> =
        dates.filter_map(|date| date.interval.as_ref()).filter_map(|[from, to]| Interval::parse(from, to)).collect();
    out.sort_unstable();
    out.dedup();
    out
}

impl Line<'_> {
    /// The language of a passage; that of the document where it has none of its own.
    fn language<'l>(&'l self, passage: &'l Passage<'_>) -> &'l str {
        if passage.language == "und" { &self.language.code } else { &passage.language }
    }

    fn analyser(&self, passage: &Passage<'_>) -> &'static str {
        Analyser::of(self.language(passage)).code
    }

    /// The texts of the passages.
    fn words(&self) -> impl Iterator<Item = &str> {
        let (mut unit, mut byte) = (0, 0);
        let mut at = move |place: usize| {
            if self.offsets == "bytes" {
                return place;
            }
            let wide = self.offsets == "utf16";
            for c in self.text.get(byte..).unwrap_or_default().chars() {
                if unit >= place {
                    break;
                }
                unit += if wide { c.len_utf16() } else { 1 };
                byte += c.len_utf8();
            }
            byte
        };
        self.passages.iter().map(move |passage| {
            let [from, to] = passage.span.map(&mut at);
            self.text.get(from..to).unwrap_or_default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Interval, canonical, day, seconds};

    #[test]
    fn addresses_that_are_one_have_one_id() {
        let one = Some("https://example.org/b~c?q=%D0%B6".to_owned());
        assert_eq!(canonical(" HTTPS://Example.org:443/a/../b%7ec?utm_source=x&q=%d0%b6#top "), one);
        assert_eq!(canonical("https://example.org/b~c?q=ж&fbclid=1"), one);
        assert_eq!(canonical("https://example.org/100%"), Some("https://example.org/100%".to_owned()));
        assert_eq!([canonical("a.txt"), canonical("file:///a.txt")], [None, None]);
    }

    #[test]
    fn moments_of_a_corpus_are_read() {
        let interval = Interval::parse("2021-09-01T17:30", "2021-09-01T24:00").unwrap();
        assert_eq!(seconds(interval.to) - seconds(interval.from), 6 * 3600 + 1800);
        assert_eq!(interval.last_day().to_string(), "2021-09-01");
        assert_eq!(Interval::parse("-0043-03-15", "-0043-03-16"), None);
        assert_eq!(Interval::parse("2021-09-01", "2021-09-01"), None);
        let days = ["2021", "2021-09", "2022-03-04T10:00:00Z", "04.03.2022", ""]
            .map(|text| day(text).map(|day| day.to_string()));
        assert_eq!(
            days,
            [Some("2021-01-01"), Some("2021-09-01"), Some("2022-03-04"), None, None].map(|day| day.map(str::to_owned))
        );
    }
}
