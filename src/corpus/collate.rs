//! Finds what repeats, in input order, and remembers where.

use std::sync::Arc;

use rayon::prelude::*;

use super::cluster::{Again, Clusters, Level, Likeness, Rule, name, rounded};
use super::copies::Copies;
use super::disk::Disk;
use super::far::{Far, Part};
use super::hashed::Table;
use super::near::Near;
use super::rows::Rows;
use super::run::{Hit, runs};
use super::store::{In, Out, Stored, stored};
use super::texts::{Bytes, Texts};
use super::verdict::{BlockVerdict, Original, Verdict};
use super::whole::{Member, Wholes};
use crate::model::{Block, Fingerprint, Kind, Outline};
use crate::options::Repeats;
use crate::stage::repeat;
use crate::text::Span;
use crate::text::place::Unit;

/// From this weight on (letters of an alphabet) a paragraph that repeats is taken out wherever it stands; shorter ones, headings, list
/// items, table rows and code legitimately repeat and go only as part of a run.
const LONG_ENOUGH: u32 = 24;
/// A line that does not end like a sentence may be a heading, and needs to be this long.
const LINE: u32 = 48;
/// A paragraph that comes again by itself in the same document needs to be this long: a shorter one is a refrain.
const REFRAIN: u32 = 200;
/// Texts whose shingles are taken together.
const TOGETHER: usize = 4096;
/// What is remembered of texts takes no more memory than one byte for so many that were read,
const SHARE: usize = 1;
/// or these.
const LEAST: usize = 32 << 20;
/// Of the budget one part in so many is for filters of what is on the disk, which have at most so many bits for an entry.
const FILTERS: usize = 3;
const BITS: usize = 10;

/// A line that one cue speaks against is boilerplate where so many documents of its site, before this one, have it.
const SITE: u32 = 2;

/// Stands for the number of nothing.
const NONE: u32 = u32::MAX;

/// A place in the corpus, in the unit of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site {
    /// The document, by its number; see [`Collator::id`].
    pub document: u32,
    /// First position in the source.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// A document that is compared with those before it.
pub struct Subject<'a> {
    /// Its name.
    pub id: &'a str,
    /// Its text.
    pub text: &'a str,
    /// What it is made of.
    pub outline: &'a Outline,
    /// The places of its blocks in the source, in the unit of the run.
    pub places: &'a [[u32; 2]],
    /// The site that it is of, where that is known.
    pub site: Option<&'a str>,
    /// The place of the whole document in the source.
    pub whole: [u32; 2],
    /// The place in the source of a part of its text.
    pub place: &'a dyn Fn(Span) -> [u32; 2],
    /// Where a part of its text is broken in the source: bytes from the start of the part, each with its place; none where it is not.
    pub breaks: &'a dyn Fn(Span) -> Vec<[u32; 2]>,
}

/// What may be taken out of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// What repeats, and boilerplate.
    Repeats,
    /// Boilerplate alone: what repeats is told and stays.
    Boilerplate,
    /// Nothing.
    Nothing,
}

/// The first place of a passage or document.
#[derive(Clone, Copy, Debug)]
struct First {
    /// Half of the hash of the text as it stands: enough to tell whether a copy stands letter for letter like it.
    exact: u32,
    site: Site,
    /// Number among the kept passages of its document, from 1.
    passage: u32,
    /// Number among the passages of its document that are not boilerplate.
    ordinal: u32,
    /// The number of the passage or document that this one is an edited copy of; its own where it is none.
    like: u32,
    /// How alike these two are.
    similarity: f32,
    /// Another kept document that holds it.
    also: u32,
    /// Whether its text was taken out, so that it is no original to others.
    gone: bool,
}

/// Where documents stand in the input.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    /// The number of the first document of this run.
    pub(super) base: u32,
    /// The place of each document of this run in the input, where they are compared in another order.
    places: Arc<[u32]>,
}

impl Order {
    /// Where a document stands in the input, by its number.
    pub(super) fn place(&self, document: u32) -> u32 {
        let place = document.checked_sub(self.base).and_then(|number| self.places.get(number as usize));
        place.map_or(document, |place| self.base + place)
    }
}

/// The names of documents, by their numbers.
#[derive(Debug, Default)]
struct Ids {
    bytes: Bytes,
    ends: Rows<u64>,
}

impl Ids {
    fn push(&mut self, id: &str, disk: Option<&Disk>) {
        let at = self.bytes.push(id.as_bytes(), disk);
        self.ends.push(at + id.len() as u64);
    }

    fn get(&mut self, document: u32) -> Option<String> {
        let before = (document as usize).checked_sub(1);
        let from = before.map_or(Some(0), |before| self.ends.get(before))?;
        let to = self.ends.get(document as usize)?;
        String::from_utf8(self.bytes.get(from, (to - from) as usize)).ok()
    }
}

/// Remembers every passage and document seen so far.
#[derive(Debug, Default)]
pub struct Collator {
    unit: Unit,
    policy: Repeats,
    ids: Ids,
    /// Corpora made earlier, in order: the number past the last document of each, and its name.
    before: Vec<(u32, String)>,
    order: Order,
    names: Table<()>,
    passages: Table<First>,
    documents: Table<First>,
    /// The number of each document in `documents`; [`NONE`] for those without text.
    keys: Rows<u32>,
    parts: Table<Site>,
    /// How many documents of a site have a line that may be boilerplate, and the last that has.
    lines: Table<[u32; 2]>,
    wholes: Wholes,
    texts: Texts,
    near: Near,
    far: Far,
    copies: Copies,
    /// Bytes of text that were compared.
    read: usize,
    /// Where what is beyond so many bytes goes.
    spare: Option<(Disk, usize)>,
}

/// What the blocks of a document were found to be.
struct Findings {
    hits: Vec<Hit>,
    members: Vec<Member>,
    parts: Vec<(usize, Part)>,
}

impl Collator {
    /// A collator that has seen nothing, for places in this unit.
    pub fn new(unit: Unit, policy: Repeats) -> Self {
        Self { unit, policy, ..Self::default() }
    }

    /// A collator that holds about so many bytes in memory and the rest on this disk. What it finds is the same.
    pub fn with_disk(self, disk: Disk, memory: usize) -> Self {
        Self { spare: Some((disk, memory)), ..self }
    }

    /// Says of each document of this run, in the order in which they are compared, where it stands in the input: copies are then told in the order
    /// of the input.
    pub fn set_order(&mut self, order: Vec<u32>) {
        self.order.places = order.into();
    }

    /// Puts what is beyond the budget on the disk.
    fn settle(&mut self) {
        let Some((disk, most)) = &self.spare else { return };
        let tables =
            self.names.held() + self.passages.held() + self.documents.held() + self.parts.held() + self.lines.held();
        let rows = self.ids.ends.held() + self.keys.held() + self.wholes.held() + self.texts.held();
        let samples = self.near.postings().held() + self.far.postings().held();
        let most = (*most).min((self.read / SHARE).max(LEAST));
        if tables + rows + samples < most.saturating_sub(self.kept()).max(most / 4) {
            return;
        }
        let disk = disk.clone();
        // Entries that filters will hold, when what is in memory now has gone to the disk.
        let entries = self.near.postings().len() + self.far.postings().len() + self.passages.len() as usize;
        let entries = entries + (tables + samples) / size_of::<u64>();
        let filter = (8 * (most / FILTERS) / entries.max(1)).clamp(1, BITS) as u32;
        for postings in [self.near.postings(), self.far.postings()] {
            postings.spill(&disk, filter);
        }
        self.names.spill(&disk, filter);
        self.passages.spill(&disk, filter);
        self.documents.spill(&disk, filter);
        self.parts.spill(&disk, filter);
        self.lines.spill(&disk, filter);
        self.ids.ends.spill(&disk);
        self.keys.spill(&disk);
        self.wholes.spill(&disk);
        self.texts.spill(&disk);
    }

    /// Bytes that stay in memory whatever is put on the disk.
    fn kept(&self) -> usize {
        let Self { names, passages, documents, parts, lines, near, far, .. } = self;
        let tables = names.kept() + passages.kept() + documents.kept() + parts.kept() + lines.kept();
        tables + near.kept() + far.kept()
    }

    /// The corpus made earlier that holds a document, by its number; none for those of this run.
    pub fn corpus(&self, document: u32) -> Option<&str> {
        let held = self.before.iter().find(|(end, _)| document < *end);
        held.map(|(_, name)| name.as_str())
    }

    pub(super) fn save_to(&mut self, out: &mut impl Out) {
        self.unit.save(out);
        self.policy.save(out);
        self.before.save(out);
        self.ids.bytes.save_to(out);
        self.ids.ends.save_to(out);
        self.passages.save_to(out);
        self.documents.save_to(out);
        self.keys.save_to(out);
        self.parts.save_to(out);
        self.lines.save_to(out);
        self.wholes.save_to(out);
        self.texts.save_to(out);
        (self.copies.len() as u64).save(out);
        let order = &self.order;
        let mut copies = std::mem::take(&mut self.copies).sorted(|document| order.place(document));
        while let Some(copy) = copies.next(|document| order.place(document)) {
            copy.save(out);
        }
        self.copies = copies.back();
    }

    /// Whether what was saved by a run with the choices `made` is meant by one with these.
    pub(super) fn is_meant((made_unit, made): (Unit, Repeats), unit: Unit, policy: Repeats) -> std::io::Result<()> {
        if made_unit != unit {
            let what = format!("it counts places in {0}; give --offsets {0}", made_unit.name());
            return Err(std::io::Error::other(what));
        }
        if made != (Repeats { report_only: made.report_only, brake: made.brake, ..policy }) {
            let what = "it was made with other --repeats, --near-removed or --near-reported; give the same";
            return Err(std::io::Error::other(what));
        }
        Ok(())
    }

    /// The rest of what was saved.
    pub(super) fn load_from(
        from: &mut impl In,
        name: &str,
        (unit, policy): (Unit, Repeats),
        spare: Option<(Disk, usize)>,
    ) -> std::io::Result<Self> {
        let disk = spare.as_ref().map(|(disk, _)| disk);
        let lists = spare.as_ref().map(|(disk, most)| (disk, most / 8));
        let bits = BITS as u32 / 2;
        let mut before: Vec<(u32, String)> = Vec::load(from)?;
        let ids = Ids { bytes: Bytes::load_from(from, disk)?, ends: Rows::load_from(from, lists)? };
        let base = u32::try_from(ids.ends.len()).unwrap_or(NONE);
        before.push((base, name.to_owned()));
        let mut made = Self {
            unit,
            policy,
            before,
            ids,
            order: Order { base, ..Order::default() },
            passages: Table::load_from(from, lists, bits)?,
            documents: Table::load_from(from, lists, bits)?,
            keys: Rows::load_from(from, lists)?,
            parts: Table::load_from(from, lists, bits)?,
            lines: Table::load_from(from, lists, bits)?,
            wholes: Wholes::load_from(from, lists)?,
            texts: Texts::load_from(from, lists)?,
            ..Self::default()
        };
        for _ in 0..u64::load(from)? {
            made.copies.push(Again::load(from)?, disk, |document| document);
        }
        made.spare = spare;
        Ok(made)
    }

    /// With the indexes of shingles, made from the texts.
    pub(super) fn learnt(mut self) -> Self {
        let samples = self.policy.samples();
        for start in (0..self.texts.len()).step_by(TOGETHER) {
            let numbers = start..self.texts.len().min(start + TOGETHER as u32);
            let mut text = |number: u32| self.texts.get(number).map(|seen| self.texts.text(&seen)).unwrap_or_default();
            let texts: Vec<String> = numbers.clone().map(&mut text).collect();
            self.read += texts.iter().map(String::len).sum::<usize>();
            let sketches = |text: &String| {
                let block = Block { span: Span::new(0, text.len()), kind: Kind::Paragraph };
                repeat::fingerprints(text, &[block], samples).1
            };
            let made: Vec<_> = texts.par_iter().map(sketches).collect();
            for (number, sketches) in numbers.zip(&made) {
                self.near.insert(sketches.near(0), number);
                self.far.insert(sketches.far(0), number);
            }
            self.settle();
        }
        self
    }

    /// Notes a copy, if its level is wanted.
    fn tell(&mut self, copy: Again) {
        if self.tells(copy.rule.level()) {
            let order = &self.order;
            self.copies.push(copy, self.spare.as_ref().map(|(disk, _)| disk), |document| order.place(document));
        }
    }

    const fn tells(&self, level: Level) -> bool {
        match level {
            Level::Document => self.policy.documents,
            Level::Passage => self.policy.passages,
            Level::Span => self.policy.spans,
        }
    }

    /// Whether a document of this name came before; from now on it did.
    pub fn is_taken(&mut self, id: &str) -> bool {
        let key = xxhash_rust::xxh3::xxh3_128(id.as_bytes());
        let is_taken = self.names.get(key).is_some();
        if !is_taken {
            self.names.insert(key, ());
        }
        is_taken
    }

    /// The name of a document by its number.
    pub fn id(&mut self, document: u32) -> String {
        self.ids.get(document).unwrap_or_default()
    }

    /// Compares the next document with all before it; `taken` says what may go of it.
    pub fn collate(&mut self, subject: &Subject<'_>, taken: Taken) -> Verdict {
        self.read += subject.text.len();
        self.settle();
        let number = u32::try_from(self.ids.ends.len()).unwrap_or(NONE);
        self.ids.push(subject.id, self.spare.as_ref().map(|(disk, _)| disk));
        let site = Site { document: number, start: subject.whole[0], end: subject.whole[1] };

        let same = self.same(subject.outline.whole, site, taken);
        let findings = self.findings(number, subject);
        let duplicate = same.or_else(|| self.alike(&findings.members, site, taken));
        let gone = duplicate.is_some() && taken == Taken::Repeats;
        if self.policy.documents {
            self.wholes.push(&findings.members, !gone);
        }

        let blocks = self.verdicts(number, subject, &findings, taken, duplicate.is_some());
        self.remember(number, &findings.hits, gone);
        if let Some(verdict) = duplicate.filter(|_| gone) {
            return verdict;
        }
        self.shared(number, subject, &findings.parts);
        Verdict::Kept(blocks)
    }

    /// The verdict on a document whose passages all come again, but for their looks; `whole` is none for a document without text.
    fn same(&mut self, whole: Option<Fingerprint>, site: Site, taken: Taken) -> Option<Verdict> {
        let Some(whole) = whole.filter(|_| self.policy.documents) else {
            self.keys.push(NONE);
            return None;
        };
        let Some((number, first)) = self.documents.get(whole.key) else {
            let number = self.documents.len();
            self.keys.push(number);
            self.documents.insert(whole.key, First::new(whole.exact, site, 0, number));
            return None;
        };
        self.keys.push(number);
        let likeness = first.likeness(number, &whole);
        let rule = match likeness {
            Likeness::Near => Rule::DocumentNear,
            Likeness::Exact => Rule::DocumentExact,
            Likeness::Normalized => Rule::DocumentNormalized,
        };
        let (number, similarity) = (first.like, first.similarity);
        self.tell(Again { first: number, site, rule, likeness, removed: taken == Taken::Repeats, similarity });
        self.duplicate(rule, number, similarity)
    }

    /// The verdict on a document that is an edited copy of another.
    fn alike(&mut self, members: &[Member], site: Site, taken: Taken) -> Option<Verdict> {
        let (document, similarity) = self.wholes.find(members, self.policy.near_reported)?;
        let first = self.keys.get(document as usize)?;
        let (rule, likeness) = (Rule::DocumentNear, Likeness::Near);
        let goes = similarity >= self.policy.near_removed;
        self.tell(Again { first, site, rule, likeness, removed: goes && taken == Taken::Repeats, similarity });
        if !goes {
            return None;
        }
        let own = self.keys.len().checked_sub(1).and_then(|last| self.keys.get(last));
        if let Some(own) = own.and_then(|own| self.documents.at_mut(own)) {
            (own.like, own.similarity) = (first, similarity);
        }
        self.duplicate(rule, first, similarity)
    }

    /// The verdict on a copy of the document with this number in `documents`.
    fn duplicate(&mut self, rule: Rule, number: u32, similarity: f32) -> Option<Verdict> {
        let (key, first) = self.documents.at(number)?;
        Some(Verdict::Duplicate {
            rule: rule.name(),
            of: self.id(first.site.document),
            corpus: self.corpus(first.site.document).map(str::to_owned),
            cluster: name(Level::Document, key),
            similarity: if similarity < 1.0 { rounded(similarity) } else { 1.0 },
        })
    }

    /// What each block repeats. What none does is remembered.
    fn findings(&mut self, number: u32, subject: &Subject<'_>) -> Findings {
        let outline = subject.outline;
        let mut out = Findings {
            hits: Vec::with_capacity(outline.prints.len()),
            members: Vec::with_capacity(outline.prints.len()),
            parts: Vec::new(),
        };
        let mut boilerplate = outline.boilerplate.iter().peekable();
        let mut suspects = outline.suspects.iter().peekable();
        let mut ordinal = 0;
        for (index, print) in outline.prints.iter().enumerate() {
            let Some(&[start, end]) = subject.places.get(index) else { break };
            let site = Site { document: number, start, end };
            let suspect = suspects.next_if(|b| b.block == index);
            let suspect = suspect.filter(|_| subject.site.is_some_and(|name| self.is_of_site(name, print, number)));
            if let Some(found) = boilerplate.next_if(|b| b.block == index).or(suspect) {
                out.hits.push(self.boilerplate(print, site, found.rule));
                continue;
            }
            let hit = match self.passages.get(print.key) {
                Some((at, first)) if first.gone && first.like == at => self.revive(at, print, site, ordinal),
                Some((at, first)) => {
                    Hit::Copy { first: first.like, likeness: first.likeness(at, print), similarity: first.similarity }
                }
                None => self.unseen(index, subject, site, ordinal, &mut out.parts),
            };
            let (passage, similarity) = hit.passage();
            let document = self.passages.at(passage).map(|(_, first)| first.also);
            let document = document.filter(|d| *d != number);
            out.members.push(Member { passage, chars: print.chars, similarity, document });
            out.hits.push(hit);
            ordinal += 1;
        }
        out
    }

    /// A block whose folded text is new: an edited copy, or an original that is remembered.
    fn unseen(
        &mut self,
        index: usize,
        subject: &Subject<'_>,
        site: Site,
        ordinal: u32,
        parts: &mut Vec<(usize, Part)>,
    ) -> Hit {
        let outline = subject.outline;
        let (Some(block), Some(print)) = (outline.blocks.get(index), outline.prints.get(index)) else {
            return Hit::New { first: NONE };
        };
        let text = block.span.of(subject.text);
        let number = self.passages.len();
        let mut first = First { ordinal, like: number, ..First::new(print.exact, site, 0, number) };
        let (near, far) = (outline.sketches.near(index), outline.sketches.far(index));
        if let Some(found) = self.near.find(near, text, print, &mut self.texts, self.policy.near_reported) {
            let original = self.texts.get(found.text).map_or(NONE, |seen| seen.passage);
            if self.passages.at(original).is_some_and(|(_, first)| !first.gone) {
                (first.like, first.similarity) = (original, found.similarity);
                self.passages.insert(print.key, first);
                return Hit::Copy { first: original, likeness: Likeness::Near, similarity: found.similarity };
            }
        }
        self.passages.insert(print.key, first);
        if !near.is_empty() || !far.is_empty() {
            let found = self.far.find(far, text, print, &mut self.texts);
            parts.extend(found.into_iter().map(|part| (index, part)));
            let breaks = (subject.breaks)(block.span);
            let disk = self.spare.as_ref().map(|(disk, _)| disk);
            let text = self.texts.push(text, [number, print.numbers, print.chars], &breaks, disk);
            self.near.insert(near, text);
            self.far.insert(far, text);
        }
        Hit::New { first: number }
    }

    /// Whether a line stands in enough documents of a site that came before this one, in which it stands, too.
    fn is_of_site(&mut self, site: &str, print: &Fingerprint, document: u32) -> bool {
        let key = xxhash_rust::xxh3::xxh3_128_with_seed(site.as_bytes(), print.key as u64) ^ print.key;
        let Some((at, [before, last])) = self.lines.get(key) else {
            self.lines.insert(key, [0, document]);
            return false;
        };
        // The last one came before this document, or is this document.
        let before = before + u32::from(last != document);
        if let Some(line) = self.lines.at_mut(at) {
            *line = [before, document];
        }
        before >= SITE
    }

    /// A block that is no part of the article; where it repeats another, it is told, too.
    fn boilerplate(&mut self, print: &Fingerprint, site: Site, rule: &'static str) -> Hit {
        if let Some((at, first)) = self.passages.get(print.key) {
            let likeness = first.likeness(at, print);
            let rule = if likeness == Likeness::Exact { Rule::Exact } else { Rule::Normalized };
            let similarity = first.similarity;
            self.tell(Again { first: first.like, site, rule, likeness, removed: true, similarity });
        } else {
            let number = self.passages.len();
            self.passages
                .insert(print.key, First { gone: true, like: number, ..First::new(print.exact, site, 0, number) });
        }
        Hit::Boilerplate(rule)
    }

    /// A passage whose first place was taken out is original at its next.
    fn revive(&mut self, at: u32, print: &Fingerprint, site: Site, ordinal: u32) -> Hit {
        if let Some(first) = self.passages.at_mut(at) {
            let exact = first.exact == print.exact as u32;
            let (rule, likeness) =
                if exact { (Rule::Exact, Likeness::Exact) } else { (Rule::Normalized, Likeness::Normalized) };
            let before = first.site;
            *first = First { ordinal, like: at, ..First::new(print.exact, site, 0, at) };
            self.tell(Again { first: at, site: before, rule, likeness, removed: true, similarity: 1.0 });
        }
        Hit::New { first: at }
    }

    /// What becomes of each block.
    fn verdicts(
        &mut self,
        number: u32,
        subject: &Subject<'_>,
        findings: &Findings,
        taken: Taken,
        whole: bool,
    ) -> Vec<BlockVerdict> {
        let outline = subject.outline;
        let weight = |index: usize| match (outline.blocks.get(index), outline.prints.get(index)) {
            // What is short and no sentence may be a heading that looks like a paragraph.
            (Some(block), Some(print)) if is_running(block.kind) => {
                let is_text = print.weight >= LONG_ENOUGH || ends_like_a_sentence(block.span.of(subject.text));
                if is_text { print.weight } else { 0 }
            }
            _ => 0,
        };
        let in_run = runs(&findings.hits, weight, |first| {
            self.passages.at(first).map(|(_, first)| (first.site.document, first.ordinal))
        });
        let often = repeated(&findings.hits);
        let mut verdicts = Vec::with_capacity(findings.hits.len());
        // The numbers of the kept passages of this document, by their ordinals.
        let mut numbers = Vec::with_capacity(findings.hits.len());
        let mut kept = 0u32;
        for (index, hit) in findings.hits.iter().enumerate() {
            let (Some(print), Some(block), Some(&[start, end])) =
                (outline.prints.get(index), outline.blocks.get(index), subject.places.get(index))
            else {
                break;
            };
            let site = Site { document: number, start, end };
            let verdict = match *hit {
                Hit::Boilerplate(rule) if taken != Taken::Nothing => BlockVerdict::Boilerplate { rule },
                Hit::Boilerplate(_) | Hit::New { .. } => BlockVerdict::Kept,
                Hit::Copy { first, likeness, similarity } => {
                    let Some((key, original)) = self.passages.at(first) else { continue };
                    let same_document = original.site.document == number;
                    let run = in_run.get(index).copied().unwrap_or_default();
                    let refrain = same_document || often.binary_search(&first).is_ok();
                    let sentence = ends_like_a_sentence(block.span.of(subject.text));
                    let alone = is_removable(block.kind, print.weight, refrain, sentence)
                        && (likeness != Likeness::Near || similarity >= self.policy.near_removed);
                    let rule = match (likeness, run && !alone) {
                        (_, true) => Rule::Run,
                        (Likeness::Exact, _) => Rule::Exact,
                        (Likeness::Normalized, _) => Rule::Normalized,
                        (Likeness::Near, _) => Rule::Near,
                    };
                    let removed = (whole || alone || run) && taken == Taken::Repeats;
                    let verdict = if removed && self.policy.passages {
                        let near = likeness == Likeness::Near;
                        let passage = if same_document {
                            numbers.get(original.ordinal as usize).copied().unwrap_or_default()
                        } else {
                            original.passage
                        };
                        BlockVerdict::Repeat(Original {
                            rule: rule.name(),
                            document: (!same_document).then(|| self.id(original.site.document)),
                            corpus: self.corpus(original.site.document).map(str::to_owned),
                            passage,
                            cluster: name(Level::Passage, key),
                            similarity: if near { rounded(similarity) } else { 1.0 },
                        })
                    } else {
                        BlockVerdict::Kept
                    };
                    self.tell(Again { first, site, rule, likeness, removed, similarity });
                    verdict
                }
            };
            let stays = verdict == BlockVerdict::Kept;
            kept += u32::from(stays);
            if !matches!(hit, Hit::Boilerplate(_)) {
                numbers.push(if stays { kept } else { 0 });
            }
            if let Hit::New { first } = *hit
                && let Some(first) = self.passages.at_mut(first)
            {
                first.passage = kept;
            }
            verdicts.push(verdict);
        }
        verdicts
    }

    /// Marks what a document that was taken out held, and what one that is kept holds.
    fn remember(&mut self, number: u32, hits: &[Hit], gone: bool) {
        for hit in hits {
            match *hit {
                Hit::New { first } if gone => {
                    if let Some(first) = self.passages.at_mut(first) {
                        first.gone = true;
                    }
                }
                Hit::New { first } | Hit::Copy { first, .. } if !gone => {
                    if let Some(first) = self.passages.at_mut(first) {
                        first.also = number;
                    }
                }
                _ => {}
            }
        }
    }

    /// Tells of stretches that are shared with earlier passages.
    fn shared(&mut self, number: u32, subject: &Subject<'_>, parts: &[(usize, Part)]) {
        for (index, part) in parts {
            let Some(block) = subject.outline.blocks.get(*index) else { continue };
            let Some(seen) = self.texts.get(part.text) else { continue };
            let Some((_, first)) = self.passages.at(seen.passage) else { continue };
            let text = self.texts.text(&seen);
            let kept = self.texts.place(&seen, &text, first.site, part.there, self.unit);
            let there = part.there.of(&text);
            let here = part.here.shifted(block.span.start());
            let key = xxhash_rust::xxh3::xxh3_128(there.as_bytes());
            let first = self.parts.get(key).map_or_else(
                || {
                    self.parts.insert(key, kept);
                    self.parts.len() - 1
                },
                |(first, _)| first,
            );
            let likeness = if there == here.of(subject.text) {
                Likeness::Exact
            } else if part.similarity < 1.0 {
                Likeness::Near
            } else {
                Likeness::Normalized
            };
            let [start, end] = (subject.place)(here);
            let site = Site { document: number, start, end };
            let again = Again { first, site, rule: Rule::Part, likeness, removed: false, similarity: part.similarity };
            self.tell(again);
        }
    }

    /// Everything that occurs more than once.
    pub fn clusters(mut self) -> Clusters {
        let (order, copies) = (self.order.clone(), std::mem::take(&mut self.copies));
        // What only further documents would be compared with.
        (self.near, self.far, self.texts, self.wholes) = Default::default();
        (self.names, self.lines) = Default::default();
        self.passages.close();
        self.documents.close();
        self.parts.close();
        Clusters::new(self, order, copies)
    }

    /// The name and the kept place of the cluster around this first place.
    pub(super) fn first(&mut self, level: Level, number: u32) -> Option<(String, Site)> {
        // What is read for clusters must not stay in memory either.
        self.settle();
        let (key, site) = match level {
            Level::Document => self.documents.at(number).map(|(key, first)| (key, first.site))?,
            Level::Passage => self.passages.at(number).map(|(key, first)| (key, first.site))?,
            Level::Span => self.parts.at(number)?,
        };
        Some((name(level, key), site))
    }
}

stored!(Site { document, start, end });
stored!(First { exact, site, passage, ordinal, like, similarity, also, gone });

impl First {
    const fn new(exact: u64, site: Site, passage: u32, like: u32) -> Self {
        let also = site.document;
        Self { exact: exact as u32, site, passage, ordinal: 0, like, similarity: 1.0, also, gone: false }
    }

    /// How a copy of it is like what it is like itself: where it was taken out as an edited copy, what equals it is one, too. `number` is
    /// its own.
    const fn likeness(&self, number: u32, copy: &Fingerprint) -> Likeness {
        match (self.like == number, self.exact == copy.exact as u32) {
            (false, _) => Likeness::Near,
            (true, true) => Likeness::Exact,
            (true, false) => Likeness::Normalized,
        }
    }
}

/// Whether a passage that repeats is taken out wherever it stands.
const fn is_removable(kind: Kind, weight: u32, refrain: bool, sentence: bool) -> bool {
    let least = match (refrain, sentence) {
        (true, _) => REFRAIN,
        (false, true) => LONG_ENOUGH,
        (false, false) => LINE,
    };
    is_running(kind) && weight >= least
}

/// Whether blocks of this kind are running text.
const fn is_running(kind: Kind) -> bool {
    matches!(kind, Kind::Paragraph | Kind::Quote | Kind::Caption)
}

/// Whether the last character but for closing marks is one that ends a sentence.
fn ends_like_a_sentence(text: &str) -> bool {
    const CLOSING: [char; 12] = ['"', '\'', ')', ']', '»', '”', '“', '’', '」', '』', '）', '›'];
    const ENDS: [char; 15] = ['.', '!', '?', '…', '。', '！', '？', '؟', '।', '۔', '։', ';', '；', ':', '：'];
    text.trim_end_matches(|c: char| CLOSING.contains(&c) || c.is_whitespace()).ends_with(ENDS)
}

/// The passages that come more than once in the document, in order.
fn repeated(hits: &[Hit]) -> Vec<u32> {
    let mut all: Vec<u32> = hits.iter().map(|hit| hit.passage().0).filter(|first| *first != NONE).collect();
    all.sort_unstable();
    let groups = all.chunk_by(|a, b| a == b).filter(|group| group.len() > 1);
    groups.filter_map(|group| group.first().copied()).collect()
}
