//! From a document, its outline, the verdict and the analysis to the records that are written.

use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation as _;

use super::document::{
    DateEntry, Document, Dropped, EntityEntry, Foreign, Gloss, IssueEntry, Language, Leftover, MentionEntry, Meta,
    Numbered, Passage, RelationEntry, ResolvedEntry, Segment, Source, SourceLanguage, Tag,
};
use super::findings::{Fingerprints, Located};
use super::{Conservation, Counts, FORMAT, Finding, Removed};
use crate::corpus::{BlockVerdict, Verdict};
use crate::model::{self, Analysis, Block, Issue, Kind, Outline, Tongue, passage};
use crate::options::Options;
use crate::text::place::{Lines, Ruler, Unit};
use crate::text::words::Dictionary;
use crate::text::{Span, Spanned};

/// Grapheme clusters of context on either side of a finding.
const CONTEXT: usize = 32;
/// Bytes within which they are looked for.
const NEAR: usize = 512;

/// The records of one document, their sums, and what a person sees of it.
#[derive(Debug)]
pub struct Built<V> {
    /// A line of `corpus.jsonl` or of `removed.jsonl`, with its line feed.
    pub line: Vec<u8>,
    /// Whether `line` belongs to `corpus.jsonl`.
    pub kept: bool,
    /// Lines of `findings.jsonl`.
    pub findings: Vec<Finding>,
    /// The counts of this document.
    pub counts: Counts,
    /// Its characters.
    pub conservation: Conservation,
    /// What the caller made of the record (see [`build`]).
    pub view: Option<V>,
    /// Why the document failed, where it did.
    pub failure: Option<String>,
}

/// The places of the blocks of a document in its decoded source, and that of the whole, in `unit`.
pub fn places(document: &model::Document, blocks: &[Block], unit: Unit) -> (Vec<[u32; 2]>, [u32; 2]) {
    let ruler = Ruler::new(source_of(document), unit);
    let narrow = |[start, end]: [usize; 2]| [start as u32, end as u32];
    let places = blocks.iter().map(|b| narrow(ruler.span(document.map.source(b.span)))).collect();
    (places, narrow([0, ruler.length()]))
}

/// What counts in a document's decoded source, in `unit`.
pub fn ruler(document: &model::Document, unit: Unit) -> Ruler<'_> {
    Ruler::new(source_of(document), unit)
}

/// The place of a part of a document's text in its decoded source, of which `ruler` is.
pub fn place(document: &model::Document, part: Span, ruler: &Ruler<'_>) -> [u32; 2] {
    ruler.span(document.map.source(part)).map(|at| at as u32)
}

/// Where a part of a document's text is broken in its source: the byte, from the start of the part, from which on the text stands at a
/// place of its own. None where the text is its own source.
pub fn breaks<'r>(document: &model::Document, part: Span, ruler: impl FnOnce() -> &'r Ruler<'r>) -> Vec<[u32; 2]> {
    if document.source.is_none() {
        return Vec::new();
    }
    let ruler = ruler();
    let from = |(text, source): (Span, usize)| [(text.start() - part.start()) as u32, ruler.position(source) as u32];
    document.map.pieces(part).map(from).collect()
}

/// The records of a document that was read. `analyze` is asked for the kept blocks; `view` may make something of the record for people.
///
/// # Errors
/// That of `analyze`.
pub fn build<V, E>(
    document: &model::Document,
    outline: &Outline,
    verdict: &Verdict,
    options: &Options,
    analyze: impl FnOnce(&[Block]) -> Result<Analysis, E>,
    view: impl FnOnce(&Document<'_>, &[Finding]) -> Option<V>,
) -> Result<Built<V>, E> {
    Ok(match verdict {
        Verdict::Duplicate { rule, of, corpus, cluster, similarity } => {
            let removed = Removed {
                of: Some(of),
                of_corpus: corpus.as_deref(),
                cluster: Some(cluster),
                similarity: Some(*similarity),
                ..removed(document, options, "duplicate", rule)
            };
            let characters = non_blank(source_of(document));
            let conservation = Conservation { read: characters, removed: characters, ..Conservation::default() };
            gone(&removed, document.origin.bytes, conservation)
        }
        Verdict::Filtered { rule } => {
            let removed = removed(document, options, "filtered", rule);
            let characters = non_blank(source_of(document));
            let conservation = Conservation { read: characters, removed: characters, ..Conservation::default() };
            gone(&removed, document.origin.bytes, conservation)
        }
        Verdict::Kept(blocks) => {
            let kept: Vec<Block> = (outline.blocks.iter().zip(blocks))
                .filter_map(|(block, verdict)| (*verdict == BlockVerdict::Kept).then_some(*block))
                .collect();
            let analysis = analyze(&kept)?;
            Draft::new(document, &analysis, options).built(outline, blocks, options, view)
        }
    })
}

/// The findings of an analysis, each with its place in the decoded source.
pub fn located(document: &model::Document, analysis: &Analysis, options: &Options) -> Vec<Located> {
    Draft::new(document, analysis, options).findings()
}

/// The record of a document that could not be read or analysed; `message` says why.
pub fn failed<V>(document: &model::Document, options: &Options, message: &str) -> Built<V> {
    let characters = non_blank(source_of(document));
    let conservation = Conservation { read: characters, failed: characters, ..Conservation::default() };
    let removed = Removed { message: Some(message), ..removed(document, options, "failed", "read.failed") };
    Built { failure: Some(message.to_owned()), ..gone(&removed, document.origin.bytes, conservation) }
}

fn removed<'a>(
    document: &'a model::Document,
    options: &Options,
    reason: &'static str,
    rule: &'static str,
) -> Removed<'a> {
    Removed {
        format: FORMAT,
        offsets: options.offsets.name(),
        id: &document.id,
        source: source(document),
        meta: Meta(&document.meta),
        reason,
        rule,
        of: None,
        of_corpus: None,
        cluster: None,
        similarity: None,
        message: None,
        text: source_of(document),
    }
}

fn gone<V>(removed: &Removed<'_>, bytes: u64, conservation: Conservation) -> Built<V> {
    let mut counts = Counts { documents: 1, bytes, ..Counts::default() };
    counts.documents_removed.insert(removed.reason.to_owned(), 1);
    Built { line: line(removed), kept: false, findings: Vec::new(), counts, conservation, view: None, failure: None }
}

/// A record as a line, with its line feed.
pub fn line(record: &impl serde::Serialize) -> Vec<u8> {
    let mut line = Vec::new();
    append(record, &mut line);
    line
}

/// Adds a record as a line, with its line feed.
pub fn append(record: &impl serde::Serialize, lines: &mut Vec<u8>) {
    let before = lines.len();
    // Writing to memory fails for no type of this module.
    if serde_json::to_writer(&mut *lines, record).is_err() {
        lines.truncate(before);
    }
    lines.push(b'\n');
}

fn source_of(document: &model::Document) -> &str {
    document.source.as_deref().unwrap_or(&document.text)
}

fn source(document: &model::Document) -> Source<'_> {
    let origin = &document.origin;
    Source {
        path: &origin.path,
        member: origin.member.as_deref(),
        media_type: origin.media_type,
        encoding: origin.encoding,
        encoding_how: origin.encoding_how,
        bytes: origin.bytes,
        chars: Ruler::new(source_of(document), Unit::Chars).length(),
        blake3: &origin.blake3,
        lossy: origin.lossy,
    }
}

/// Non-blank characters: all but white space as Unicode defines it. Counts the bytes that begin a character first, which is what takes
/// time, and then takes off the rare blanks beyond ASCII.
fn non_blank(text: &str) -> u64 {
    let begins = |b: &&u8| (**b as i8) >= -0x40 && !matches!(**b, b'\t'..=b'\r' | b' ');
    let all = text.as_bytes().iter().filter(begins).count();
    // U+0085 and U+00A0 begin with C2, U+1680 with E1, U+2000 to U+205F with E2, U+3000 with E3.
    let begins_blank = |at: &usize| text.get(*at..).and_then(|t| t.chars().next()).is_some_and(char::is_whitespace);
    let blank = memchr::memchr3_iter(0xC2, 0xE2, 0xE3, text.as_bytes()).filter(begins_blank).count()
        + memchr::memmem::find_iter(text.as_bytes(), "\u{1680}").count();
    (all - blank) as u64
}

/// A kept document on its way to a record.
struct Draft<'a> {
    document: &'a model::Document,
    analysis: &'a Analysis,
    /// The kept passages, a blank line between two.
    clean: String,
    /// Where each passage begins in `clean` and in `document.text`, in the unit of the record.
    starts: Vec<(usize, usize)>,
    /// Counts in `document.text`.
    ruler: Ruler<'a>,
    /// Counts in the decoded source, where that is another text.
    outer: Option<Ruler<'a>>,
    unit: Unit,
    tongue: Tongue,
}

/// Where something stands.
struct Site {
    span: [usize; 2],
    source: [usize; 2],
    /// The number of its passage.
    index: usize,
}

impl Site {
    fn passage(&self) -> Numbered {
        Numbered('p', self.index + 1)
    }
}

impl<'a> Draft<'a> {
    fn new(document: &'a model::Document, analysis: &'a Analysis, options: &Options) -> Self {
        let (unit, tongue) = (options.offsets, options.messages);
        let ruler = Ruler::new(&document.text, unit);
        let outer = document.source.as_deref().map(|text| Ruler::new(text, unit));
        let mut clean = String::with_capacity(document.text.len());
        let mut starts = Vec::with_capacity(analysis.passages.len());
        let mut at = 0;
        for passage in &analysis.passages {
            if !clean.is_empty() {
                clean.push_str("\n\n");
                at += 2;
            }
            let [start, end] = ruler.span(passage.span);
            starts.push((at, start));
            clean.push_str(passage.span.of(&document.text));
            at += end - start;
        }
        Self { document, analysis, clean, starts, ruler, outer, unit, tongue }
    }

    /// Where something stands that lies within one passage; `None` for what does not.
    fn site(&self, span: Span) -> Option<Site> {
        let index = passage::holding(&self.analysis.passages, span.start())?;
        let passage = self.analysis.passages.get(index)?;
        if span.is_empty() || !passage.span.contains(span) {
            return None;
        }
        let inner = self.ruler.span(span);
        let source = match &self.outer {
            Some(outer) => outer.span(self.document.map.source(span)),
            None => inner,
        };
        Some(Site { span: self.shifted(index, inner), source, index })
    }

    /// A place in `document.text` as a place in the clean text.
    fn shifted(&self, index: usize, [start, end]: [usize; 2]) -> [usize; 2] {
        let (clean, before) = self.starts.get(index).copied().unwrap_or_default();
        [start - before + clean, end - before + clean]
    }

    fn source(&self, span: Span) -> [usize; 2] {
        match &self.outer {
            Some(outer) => outer.span(self.document.map.source(span)),
            None => self.ruler.span(span),
        }
    }

    fn text(&self, span: Span) -> &'a str {
        span.of(&self.document.text)
    }

    fn built<V>(
        &self,
        outline: &'a Outline,
        verdicts: &'a [BlockVerdict],
        options: &Options,
        view: impl FnOnce(&Document<'_>, &[Finding]) -> Option<V>,
    ) -> Built<V> {
        let record = self.record(outline, verdicts, options);
        let found = self.findings().into_iter().map(|located| located.finding);
        let (rejected, findings): (Vec<Finding>, Vec<Finding>) =
            found.partition(|finding| options.decisions.rejected(finding).is_some());
        let (mut counts, conservation) = self.sums(&record, &findings, outline, verdicts);
        for finding in rejected {
            *counts.findings_rejected.entry(finding.rule).or_default() += 1;
        }
        let view = view(&record, &findings);
        Built { line: line(&record), kept: true, findings, counts, conservation, view, failure: None }
    }

    fn record(&self, outline: &'a Outline, verdicts: &'a [BlockVerdict], options: &Options) -> Document<'_> {
        let (document, analysis) = (self.document, self.analysis);
        let language = analysis.languages.document;
        Document {
            format: FORMAT,
            offsets: self.unit.name(),
            id: &document.id,
            source: source(document),
            meta: Meta(&document.meta),
            title: self.title(),
            date: document.date.as_ref().map(|d| d.written.as_str()),
            url: document.url.as_deref(),
            language: Language {
                code: Tag(language.tag),
                script: language.script.short_name(),
                confidence: rounded(language.confidence),
            },
            source_language: analysis.source_language.map(|s| SourceLanguage {
                code: Tag(s.tag),
                confidence: rounded(s.confidence),
                how: s.how,
            }),
            text: &self.clean,
            passages: self.passages(options.words),
            dropped: self.dropped(outline, verdicts),
            leftovers: self.leftovers(),
            foreign: options.foreign.then(|| self.foreign()),
            entities: self.entities(),
            relations: self.relations(),
            dates: self.dates(),
            issues: document.issues.iter().map(|issue| self.issue(issue)).collect(),
        }
    }

    /// The title that the input gives, or else that stands in the text, in one line.
    fn title(&self) -> Option<std::borrow::Cow<'a, str>> {
        if let Some(title) = &self.document.title {
            return Some(title.as_str().into());
        }
        let title = self.analysis.passages.iter().find(|p| p.kind == Kind::Title)?;
        Some(self.text(title.span).split_whitespace().collect::<Vec<_>>().join(" ").into())
    }

    fn passages(&self, with_words: bool) -> Vec<Passage<'a>> {
        let dictionary = with_words.then(Dictionary::default);
        let entry = |(index, passage): (usize, &model::Passage)| {
            let site = self.site(passage.span)?;
            Some(Passage {
                id: site.passage(),
                kind: kind_name(passage.kind),
                span: site.span,
                source: site.source,
                language: Tag(self.analysis.languages.of(index).tag),
                sentences: match passage.sentences.as_slice() {
                    [one] if *one == passage.span => vec![site.span],
                    many => many.iter().map(|s| self.shifted(index, self.ruler.span(*s))).collect(),
                },
                words: dictionary.map(|dictionary| {
                    let words = dictionary.words(self.text(passage.span), passage.span.start());
                    words.map(|(word, _)| self.shifted(index, self.ruler.span(word))).collect()
                }),
                segment: model::segment::of(&self.document.segments, passage.span).map(|segment| Segment {
                    id: &segment.id,
                    source: segment.source.as_deref(),
                    state: segment.state.as_deref(),
                }),
            })
        };
        self.analysis.passages.iter().enumerate().filter_map(entry).collect()
    }

    fn dropped(&self, outline: &'a Outline, verdicts: &'a [BlockVerdict]) -> Vec<Dropped<'a>> {
        let mut out = Vec::new();
        // Where the last block ended in the source: what stands before the next is markup.
        let mut end = 0;
        for (block, verdict) in outline.blocks.iter().zip(verdicts) {
            end = self.markup(end, Some(block.span), &mut out);
            let plain = |reason, rule| Dropped {
                id: Numbered('d', out.len() + 1),
                source: self.source(block.span),
                reason,
                rule,
                of: None,
                of_document: None,
                of_corpus: None,
                cluster: None,
                similarity: None,
                text: self.text(block.span),
            };
            out.push(match verdict {
                BlockVerdict::Kept => continue,
                BlockVerdict::Boilerplate { rule } if rule.starts_with("filter.") => plain("filtered", rule),
                BlockVerdict::Boilerplate { rule } => plain("boilerplate", rule),
                BlockVerdict::Repeat(original) => Dropped {
                    of: Some(Numbered('p', original.passage as usize)),
                    of_document: original.document.as_deref(),
                    of_corpus: original.corpus.as_deref(),
                    cluster: Some(&original.cluster),
                    similarity: Some(original.similarity),
                    ..plain("repeat", original.rule)
                },
            });
        }
        self.markup(end, None, &mut out);
        out
    }

    /// Adds the markup from `from` to the block at `to`, or to the end of the source; gives where that block ends there. A text that is its own
    /// source has none.
    fn markup(&self, from: usize, to: Option<Span>, out: &mut Vec<Dropped<'a>>) -> usize {
        let (Some(outer), Some(source)) = (&self.outer, self.document.source.as_deref()) else { return 0 };
        let to = to.map_or(Span::new(source.len(), source.len()), |span| self.document.map.source(span));
        let gap = Span::new(from, to.start()).trimmed(source);
        if !gap.is_empty() {
            out.push(Dropped {
                id: Numbered('d', out.len() + 1),
                source: outer.span(gap),
                reason: "markup",
                rule: "page.markup",
                of: None,
                of_document: None,
                of_corpus: None,
                cluster: None,
                similarity: None,
                text: "",
            });
        }
        to.end()
    }

    fn leftovers(&self) -> Vec<Leftover<'_>> {
        let mut out = Vec::new();
        for leftover in &self.analysis.leftovers {
            let Some(site) = self.site(leftover.span) else { continue };
            out.push(Leftover {
                id: Numbered('l', out.len() + 1),
                span: site.span,
                source: site.source,
                text: self.text(leftover.span),
                language: Tag(leftover.language),
                script: leftover.script.short_name(),
                passage: site.passage(),
                glued: leftover.glued,
                confidence: rounded(leftover.confidence),
                rule: leftover.rule,
                gloss: (leftover.gloss.iter())
                    .map(|g| Gloss { language: Tag(g.language), text: &g.text, from: &g.from })
                    .collect(),
            });
        }
        out
    }

    fn foreign(&self) -> Vec<Foreign<'_>> {
        let entry = |foreign: &model::Foreign| {
            let site = self.site(foreign.span)?;
            Some(Foreign {
                span: site.span,
                source: site.source,
                text: self.text(foreign.span),
                language: Tag(foreign.language),
                script: foreign.script.short_name(),
                passage: site.passage(),
                kind: foreign.kind.name(),
                rule: foreign.rule,
            })
        };
        self.analysis.foreign.iter().filter_map(entry).collect()
    }

    fn entities(&self) -> Vec<EntityEntry<'_>> {
        let entry = |(index, entity): (usize, &'a model::Entity)| EntityEntry {
            id: Numbered('e', index + 1),
            kind: entity.kind.name(),
            name: &entity.name,
            names: entity.names.iter().map(|(language, name)| (*language, name.as_str())).collect(),
            ids: entity.ids.iter().map(|(scheme, id)| (*scheme, id.as_str())).collect(),
            jurisdiction: entity.jurisdiction.as_deref(),
            jurisdiction_inferred: entity.jurisdiction_inferred,
            citation: entity.citation.iter().map(|(field, value)| (field.as_str(), value.as_str())).collect(),
            mentions: entity.mentions.iter().filter_map(|mention| self.mention(mention)).collect(),
        };
        self.analysis.entities.iter().enumerate().map(entry).collect()
    }

    fn mention(&self, mention: &model::Mention) -> Option<MentionEntry<'_>> {
        let site = self.site(mention.span)?;
        Some(MentionEntry {
            span: site.span,
            source: site.source,
            text: self.text(mention.span),
            passage: site.passage(),
            rule: mention.rule,
            confidence: rounded(mention.confidence),
        })
    }

    fn relations(&self) -> Vec<RelationEntry> {
        let entry = |relation: &model::Relation| {
            Some(RelationEntry {
                kind: relation.kind.name(),
                from: Numbered('e', relation.from + 1),
                to: Numbered(if relation.kind == model::RelationType::Dated { 't' } else { 'e' }, relation.to + 1),
                evidence: self.site(relation.evidence)?.span,
            })
        };
        self.analysis.relations.iter().filter_map(entry).collect()
    }

    fn dates(&self) -> Vec<DateEntry<'_>> {
        let entry = |(index, timex): (usize, &'a model::Timex)| {
            let site = self.site(timex.span)?;
            Some(DateEntry {
                id: Numbered('t', index + 1),
                span: site.span,
                source: site.source,
                text: self.text(timex.span),
                passage: site.passage(),
                kind: timex.kind.name(),
                value: &timex.value,
                modifier: timex.modifier,
                edtf: timex.edtf.as_deref(),
                interval: timex.interval.as_ref().map(|(from, to)| [from.as_str(), to.as_str()]),
                calendar: timex.calendar,
                resolved: ResolvedEntry {
                    how: timex.resolved.how.name(),
                    anchor: timex.resolved.anchor.map(|anchor| Numbered('t', anchor + 1)),
                    offset: timex.resolved.offset.as_deref(),
                },
                certainty: rounded(timex.certainty),
                alternatives: timex.alternatives.iter().map(String::as_str).collect(),
                rule: timex.rule,
            })
        };
        self.analysis.timexes.iter().enumerate().filter_map(entry).collect()
    }

    fn issue(&self, issue: &'a Issue) -> IssueEntry<'a> {
        let ruler = self.outer.as_ref().unwrap_or(&self.ruler);
        IssueEntry { kind: issue.kind, message: &issue.message, source: issue.source.map(|span| ruler.span(span)) }
    }

    fn findings(&self) -> Vec<Located> {
        if self.analysis.findings.is_empty() {
            return Vec::new();
        }
        let lines = Lines::new(source_of(self.document));
        let mut fingerprints = Fingerprints::default();
        let mut out = Vec::with_capacity(self.analysis.findings.len());
        for finding in &self.analysis.findings {
            let Some(site) = self.site_of(finding) else { continue };
            let passage = self.analysis.passages.get(site.index).map_or(finding.span, Spanned::span);
            let fingerprint = fingerprints.next(&self.document.text, passage, finding.span, finding.rule);
            let at = self.place_of(finding);
            let (line, column) = lines.position(at.start());
            let finding = Finding {
                id: Finding::id(&self.document.id, &fingerprint),
                fingerprint,
                offsets: self.unit.name().to_owned(),
                document: self.document.id.clone(),
                rule: finding.rule.to_owned(),
                severity: finding.severity.name().to_owned(),
                span: site.span,
                source: site.source,
                line,
                column,
                text: self.text(finding.span).to_owned(),
                context: self.context_of(finding, site.index),
                message: self.tongue.say(&finding.message),
                said: finding.message.clone(),
                suggestions: finding.suggestions.clone(),
                segment: self.segment_of(finding).map(|segment| segment.id.clone()),
            };
            out.push(Located { finding, at });
        }
        out
    }

    /// Where a finding stands; one that speaks of something without a place in the text stands before what comes next.
    fn site_of(&self, finding: &model::Finding) -> Option<Site> {
        let Some(place) = finding.place else { return self.site(finding.span) };
        let passages = &self.analysis.passages;
        let next = passages.partition_point(|p| p.span.end() <= finding.span.start());
        let at = self.starts.get(next).map_or_else(|| Ruler::new(&self.clean, self.unit).length(), |(clean, _)| *clean);
        let source = self.outer.as_ref().unwrap_or(&self.ruler).span(place);
        Some(Site { span: [at, at], source, index: next.min(passages.len().saturating_sub(1)) })
    }

    /// The same in bytes of the decoded source.
    fn place_of(&self, finding: &model::Finding) -> Span {
        finding.place.unwrap_or_else(|| self.document.map.source(finding.span))
    }

    fn segment_of(&self, finding: &model::Finding) -> Option<&'a model::Segment> {
        match finding.place {
            Some(place) => self.document.segments.iter().find(|segment| segment.is_missing && segment.place == place),
            None => model::segment::of(&self.document.segments, finding.span),
        }
    }

    /// The words around a finding; of what has no place in the text, its source.
    fn context_of(&self, finding: &model::Finding, index: usize) -> String {
        if finding.place.is_none() {
            return self.context(finding.span, index);
        }
        let source = self.segment_of(finding).and_then(|segment| segment.source.as_deref()).unwrap_or_default();
        let line = source.split_whitespace().collect::<Vec<_>>().join(" ");
        let cut = line.grapheme_indices(true).nth(2 * CONTEXT).map_or(line.len(), |(at, _)| at);
        let more = if cut < line.len() { "…" } else { "" };
        format!("{}{more} → ⟦⟧", line.get(..cut).unwrap_or_default())
    }

    /// The fragment with its neighbours in the passage, in one line.
    fn context(&self, span: Span, index: usize) -> String {
        let passage = self.analysis.passages.get(index).map_or(span, Spanned::span);
        // A cluster may be a tower of marks: no more than so many bytes are looked at.
        let (mut from, mut to) =
            (span.start().saturating_sub(NEAR).max(passage.start()), (span.end() + NEAR).min(passage.end()));
        while !self.document.text.is_char_boundary(from) {
            from += 1;
        }
        while !self.document.text.is_char_boundary(to) {
            to -= 1;
        }
        let before = Span::new(from, span.start()).of(&self.document.text);
        let after = Span::new(span.end(), to).of(&self.document.text);
        // Cut between grapheme clusters (UAX #29), so that no letter loses its marks and no emoji falls apart.
        let cut = before.grapheme_indices(true).rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
        let stop = after.grapheme_indices(true).nth(CONTEXT).map_or(after.len(), |(at, _)| at);
        let mut out = String::new();
        if from + cut > passage.start() {
            out.push('…');
        }
        out.push_str(before.get(cut..).unwrap_or_default());
        out.push('⟦');
        out.push_str(self.text(span));
        out.push('⟧');
        out.push_str(after.get(..stop).unwrap_or_default());
        if span.end() + stop < passage.end() {
            out.push('…');
        }
        out.replace(|c: char| c.is_whitespace(), " ")
    }

    fn sums(
        &self,
        record: &Document<'_>,
        findings: &[Finding],
        outline: &Outline,
        verdicts: &[BlockVerdict],
    ) -> (Counts, Conservation) {
        let mut counts =
            Counts { documents: 1, documents_kept: 1, bytes: self.document.origin.bytes, ..Counts::default() };
        counts.passages_kept = record.passages.len() as u64;
        let add = |map: &mut BTreeMap<String, u64>, key: &str| match map.get_mut(key) {
            Some(n) => *n += 1,
            None => drop(map.insert(key.to_owned(), 1)),
        };
        for d in record.dropped.iter().filter(|d| d.reason != "markup") {
            add(&mut counts.passages_dropped, d.rule);
        }
        for l in &record.leftovers {
            add(&mut counts.leftovers, l.language.0.as_str());
        }
        for e in &record.entities {
            add(&mut counts.entities, e.kind);
        }
        for d in &record.dates {
            add(&mut counts.dates, d.kind);
        }
        for i in &record.issues {
            add(&mut counts.issues, i.kind);
        }
        for f in findings {
            add(&mut counts.findings, &f.rule);
        }
        add(&mut counts.languages, record.language.code.0.as_str());

        let kept = self.analysis.passages.iter().map(|p| non_blank(self.text(p.span))).sum();
        let dropped = outline.blocks.iter().zip(verdicts).filter(|(_, verdict)| **verdict != BlockVerdict::Kept);
        let dropped = dropped.map(|(block, _)| non_blank(self.text(block.span))).sum();
        (counts, Conservation { read: non_blank(&self.document.text), kept, dropped, ..Conservation::default() })
    }
}

/// Two decimals are all that a confidence can carry.
fn rounded(confidence: f32) -> f32 {
    (confidence * 100.0).round() / 100.0
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Title => "title",
        Kind::Heading => "heading",
        Kind::Paragraph => "paragraph",
        Kind::ListItem => "list_item",
        Kind::Quote => "quote",
        Kind::Table => "table",
        Kind::Code => "code",
        Kind::Caption => "caption",
    }
}

#[cfg(test)]
mod tests {
    use super::non_blank;

    #[test]
    fn blanks_of_every_kind_are_no_characters_kept() {
        for text in [
            "",
            "a b\u{85}c",
            "法\u{3000}律、\u{2003}\u{205f}\u{202f}—é«»\u{a0}\u{1680}\u{180e}",
            "\u{1c}\u{b}x\u{2028}",
        ] {
            assert_eq!(non_blank(text), text.chars().filter(|c| !c.is_whitespace()).count() as u64, "{text:?}");
        }
    }
}
