//! Which documents keep what they share with others, where that is not decided by the order of the input: all documents are read, compared
//! in the order of preference, and what was decided is kept for the pass that writes them.

use std::cmp::Reverse;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::civil::DateTime;
use rayon::ThreadPool;

use super::ordered::two_stage;
use super::run::Prepared;
use super::watch::guarded;
use crate::analyze;
use crate::corpus::{BlockVerdict, Collator, Original, Verdict};
use crate::error::Error;
use crate::model::{Block, Document, Outline};
use crate::options::{Keep, Options};
use crate::read::{About, Body, Raw};
use crate::rules::Rules;
use crate::write::scratch::Scratch;

/// What a document is preferred by: the least comes first. Fields that the policy does not look at are alike in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    date: Reverse<Option<DateTime>>,
    /// Characters that could not be decoded.
    lossy: u64,
    /// Thousandths of its text that are not translated.
    untranslated: u64,
    /// Thousandths of its text that are boilerplate.
    boilerplate: u64,
    text: Reverse<u64>,
}

impl Rank {
    /// The rank of a document by this policy.
    pub(super) fn new(keep: Keep, document: &Document, outline: &Outline, rules: &Rules, options: &Options) -> Self {
        let dropped = |index: usize| outline.boilerplate.binary_search_by_key(&index, |b| b.block).is_ok();
        let letters = |wanted: bool| -> u64 {
            let prints = outline.prints.iter().enumerate().filter(|(index, _)| dropped(*index) == wanted);
            prints.map(|(_, print)| u64::from(print.chars)).sum()
        };
        let text = letters(false);
        let mut rank = Self { date: Reverse(None), lossy: 0, untranslated: 0, boilerplate: 0, text: Reverse(0) };
        match keep {
            Keep::First | Keep::All => {}
            Keep::Longest => rank.text = Reverse(text),
            Keep::Newest => rank.date = Reverse(document.date.as_ref().map(|date| date.at)),
            Keep::Best => {
                let blocks = outline.blocks.iter().enumerate().filter(|(index, _)| !dropped(*index));
                let blocks: Vec<Block> = blocks.map(|(_, block)| *block).collect();
                let bytes: usize = blocks.iter().map(|block| block.span.len()).sum();
                let untranslated = analyze::untranslated(document, &blocks, rules, options);
                rank.lossy = document.origin.lossy;
                rank.untranslated = thousandths(untranslated as u64, bytes as u64);
                rank.boilerplate = thousandths(letters(true), letters(true) + text);
                rank.text = Reverse(text);
            }
        }
        rank
    }
}

fn thousandths(part: u64, whole: u64) -> u64 {
    (part * 1000).checked_div(whole).unwrap_or(0)
}

/// A document on the disk.
#[derive(Debug)]
struct Shelved {
    path: Arc<str>,
    member: Option<String>,
    line: Option<u64>,
    media_type: &'static str,
    about: Option<Box<About>>,
    kind: Kind,
    at: u64,
    len: usize,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Text,
    Json,
    Unreadable,
}

/// Documents in a scratch file, in the order of the input.
#[derive(Debug)]
pub(super) struct Shelf {
    scratch: Scratch,
    list: Vec<Shelved>,
    next: usize,
}

impl Iterator for Shelf {
    type Item = Raw;

    fn next(&mut self) -> Option<Raw> {
        self.next += 1;
        self.get(self.next - 1)
    }
}

impl Shelf {
    fn push(&mut self, raw: Raw) -> std::io::Result<()> {
        let Raw { path, member, line, media_type, about, body } = raw;
        let (kind, bytes) = match body {
            Body::Text(bytes) => (Kind::Text, bytes),
            Body::Json(bytes) => (Kind::Json, bytes),
            Body::Unreadable(why) => (Kind::Unreadable, why.into_bytes()),
        };
        let at = self.scratch.append(&bytes)?;
        self.list.push(Shelved { path, member, line, media_type, about, kind, at, len: bytes.len() });
        Ok(())
    }

    /// The document with this number in the input.
    fn get(&mut self, number: usize) -> Option<Raw> {
        let Shelved { path, member, line, media_type, about, kind, at, len } = self.list.get(number)?;
        let mut bytes = vec![0; *len];
        let body = match (self.scratch.read(*at, &mut bytes), kind) {
            (Err(error), _) => Body::Unreadable(format!("{path}: cannot be read a second time: {error}; run it again")),
            (Ok(()), Kind::Text) => Body::Text(bytes),
            (Ok(()), Kind::Json) => Body::Json(bytes),
            (Ok(()), Kind::Unreadable) => Body::Unreadable(String::from_utf8_lossy(&bytes).into_owned()),
        };
        let (path, member, line, about) = (path.clone(), member.clone(), *line, about.clone());
        Some(Raw { path, member, line, media_type, about, body })
    }
}

/// What becomes of a document.
#[derive(Clone, Debug)]
pub(super) enum Decision {
    /// Its name came before.
    Taken,
    /// It could not be read.
    Failed,
    /// It was compared.
    Compared(Verdict),
}

/// What was decided of all documents.
#[derive(Debug)]
pub(super) struct Decided {
    /// The documents.
    pub(super) shelf: Shelf,
    /// What was seen.
    pub(super) collator: Collator,
    pub(super) verdicts: Verdicts,
}

impl Verdicts {
    /// What was decided of the document with this number in the input.
    pub(super) fn decision(&mut self, number: usize) -> Decision {
        self.get(number).unwrap_or(Decision::Failed)
    }
}

/// How documents are prepared and compared: the same as in a run that compares them in the order of the input.
pub(super) struct Comparing<'c> {
    pub(super) prepare: &'c (dyn Fn(Raw) -> Prepared + Sync),
    pub(super) is_taken: &'c mut (dyn FnMut(&mut Collator, &Prepared) -> bool + Send),
    pub(super) collate: &'c mut (dyn FnMut(&mut Collator, &Prepared) -> Verdict + Send),
}

/// Reads all documents, and compares them in the order of preference. None where the run was stopped.
///
/// # Errors
/// Where `folder` cannot be written to.
#[expect(clippy::too_many_arguments, reason = "what a run consists of, named where it is called")]
pub(super) fn decide(
    batches: impl Iterator<Item = Vec<Raw>> + Send,
    mut collator: Collator,
    comparing: Comparing<'_>,
    (rules, options): (&Rules, &Options),
    pool: &ThreadPool,
    budget: usize,
    folder: &Path,
    stop: Option<&AtomicBool>,
) -> Result<Option<Decided>, Error> {
    let failed = |source| Error::Scratch { path: folder.to_owned(), source };
    let scratch = || Scratch::create(folder).map_err(failed);
    let stopped = || stop.is_some_and(|stop| stop.load(Ordering::Relaxed));
    let mut shelf = Shelf { scratch: scratch()?, list: Vec::new(), next: 0 };
    let mut verdicts = Verdicts { scratch: scratch()?, places: Vec::new(), names: Vec::new() };
    let mut ranks: Vec<(Rank, u32)> = Vec::new();
    let Comparing { prepare, is_taken, collate } = comparing;

    let ranked = |raw: Raw| {
        let prepared = prepare(Raw { body: copy(&raw.body), path: raw.path.clone(), ..plain(&raw) });
        let rank = prepared.failure.is_none().then(|| {
            let make = || Rank::new(options.keep, &prepared.document, &prepared.outline, rules, options);
            guarded(make).ok()
        });
        (raw, prepared, rank.flatten())
    };
    two_stage(
        pool,
        budget,
        batches,
        |batch| 2 * batch.iter().map(Raw::len).sum::<usize>(),
        |batch| batch.into_iter().map(ranked).collect::<Vec<_>>(),
        |batch| {
            batch.into_iter().try_for_each(|(raw, prepared, rank)| {
                let number = u32::try_from(shelf.list.len()).unwrap_or(u32::MAX);
                let decision = match rank {
                    _ if prepared.failure.is_some() => Some(Decision::Failed),
                    _ if is_taken(&mut collator, &prepared) => Some(Decision::Taken),
                    _ if prepared.outline.filtered.is_some() => {
                        prepared.outline.filtered.map(|rule| Decision::Compared(Verdict::Filtered { rule }))
                    }
                    Some(rank) => {
                        ranks.push((rank, number));
                        None
                    }
                    // What cannot be ranked comes last.
                    None => {
                        let last = Rank {
                            date: Reverse(None),
                            lossy: u64::MAX,
                            untranslated: 0,
                            boilerplate: 0,
                            text: Reverse(0),
                        };
                        ranks.push((last, number));
                        None
                    }
                };
                verdicts.push(decision.as_ref())?;
                shelf.push(raw)
            })
        },
        |result| result,
        |result| result,
    )
    .map_err(failed)?;
    if stopped() {
        return Ok(None);
    }

    ranks.sort_unstable();
    collator.set_order(ranks.iter().map(|(_, number)| *number).collect());
    let (mut at, order) = (0, &ranks);
    let source = std::iter::from_fn(|| {
        if stopped() {
            return None;
        }
        let part = order.get(at..(at + TOGETHER).min(order.len())).filter(|part| !part.is_empty())?;
        at += part.len();
        Some(part.iter().filter_map(|(_, number)| Some((*number, shelf.get(*number as usize)?))).collect::<Vec<_>>())
    });
    two_stage(
        pool,
        budget,
        source,
        |batch| batch.iter().map(|(_, raw)| raw.len()).sum(),
        |batch| batch.into_iter().map(|(number, raw)| (number, prepare(raw))).collect::<Vec<_>>(),
        |batch| {
            batch.into_iter().try_for_each(|(number, prepared)| {
                let verdict = collate(&mut collator, &prepared);
                verdicts.set(number as usize, &Decision::Compared(verdict))
            })
        },
        |result| result,
        |result| result,
    )
    .map_err(failed)?;
    Ok((!stopped()).then_some(Decided { shelf, collator, verdicts }))
}

/// Documents that are prepared together.
const TOGETHER: usize = 32;

fn copy(body: &Body) -> Body {
    match body {
        Body::Text(bytes) => Body::Text(bytes.clone()),
        Body::Json(bytes) => Body::Json(bytes.clone()),
        Body::Unreadable(why) => Body::Unreadable(why.clone()),
    }
}

/// A document without its bytes.
fn plain(raw: &Raw) -> Raw {
    Raw {
        path: raw.path.clone(),
        member: raw.member.clone(),
        line: raw.line,
        media_type: raw.media_type,
        about: raw.about.clone(),
        body: Body::Text(Vec::new()),
    }
}

/// What was decided, in a scratch file, by the number of the document in the input.
#[derive(Debug)]
pub(super) struct Verdicts {
    scratch: Scratch,
    /// Where each begins and how long it is.
    places: Vec<(u64, u32)>,
    /// The names of rules, each written as its number here.
    names: Vec<&'static str>,
}

impl Verdicts {
    /// Adds a decision, or room for one.
    fn push(&mut self, decision: Option<&Decision>) -> std::io::Result<()> {
        self.places.push((0, 0));
        let last = self.places.len() - 1;
        decision.map_or(Ok(()), |decision| self.set(last, decision))
    }

    fn set(&mut self, number: usize, decision: &Decision) -> std::io::Result<()> {
        let mut out = Vec::new();
        match decision {
            Decision::Taken => out.push(0),
            Decision::Failed => out.push(1),
            Decision::Compared(Verdict::Duplicate { rule, of, corpus, cluster, similarity }) => {
                out.push(2);
                self.name(&mut out, rule);
                text(&mut out, of);
                maybe(&mut out, corpus.as_deref());
                text(&mut out, cluster);
                out.extend(similarity.to_bits().to_le_bytes());
            }
            Decision::Compared(Verdict::Filtered { rule }) => {
                out.push(4);
                self.name(&mut out, rule);
            }
            Decision::Compared(Verdict::Kept(blocks)) => {
                out.push(3);
                for block in blocks {
                    match block {
                        BlockVerdict::Kept => out.push(0),
                        BlockVerdict::Boilerplate { rule } => {
                            out.push(1);
                            self.name(&mut out, rule);
                        }
                        BlockVerdict::Repeat(Original { rule, document, corpus, passage, cluster, similarity }) => {
                            out.push(2);
                            self.name(&mut out, rule);
                            maybe(&mut out, document.as_deref());
                            maybe(&mut out, corpus.as_deref());
                            text(&mut out, cluster);
                            out.extend(passage.to_le_bytes());
                            out.extend(similarity.to_bits().to_le_bytes());
                        }
                    }
                }
            }
        }
        let at = self.scratch.append(&out)?;
        if let Some(place) = self.places.get_mut(number) {
            *place = (at, out.len() as u32);
        }
        Ok(())
    }

    fn name(&mut self, out: &mut Vec<u8>, rule: &'static str) {
        let number = self.names.iter().position(|name| *name == rule).unwrap_or_else(|| {
            self.names.push(rule);
            self.names.len() - 1
        });
        out.extend((number as u32).to_le_bytes());
    }

    fn get(&mut self, number: usize) -> Option<Decision> {
        let (at, len) = *self.places.get(number).filter(|(_, len)| *len > 0)?;
        let mut bytes = vec![0; len as usize];
        self.scratch.read(at, &mut bytes).ok()?;
        let mut from = Taking { rest: bytes.as_slice(), names: &self.names };
        Some(match from.byte()? {
            0 => Decision::Taken,
            2 => Decision::Compared(Verdict::Duplicate {
                rule: from.name()?,
                of: from.text()?,
                corpus: from.maybe()?,
                cluster: from.text()?,
                similarity: f32::from_bits(from.number()?),
            }),
            4 => Decision::Compared(Verdict::Filtered { rule: from.name()? }),
            3 => Decision::Compared(Verdict::Kept(std::iter::from_fn(|| from.block()).collect())),
            _ => Decision::Failed,
        })
    }
}

fn maybe(out: &mut Vec<u8>, words: Option<&str>) {
    out.push(u8::from(words.is_some()));
    text(out, words.unwrap_or_default());
}

fn text(out: &mut Vec<u8>, text: &str) {
    out.extend((text.len() as u32).to_le_bytes());
    out.extend(text.as_bytes());
}

/// What is left of a decision that is read.
struct Taking<'b> {
    rest: &'b [u8],
    names: &'b [&'static str],
}

impl Taking<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*byte)
    }

    fn number(&mut self) -> Option<u32> {
        let (number, rest) = self.rest.split_first_chunk::<4>()?;
        self.rest = rest;
        Some(u32::from_le_bytes(*number))
    }

    fn name(&mut self) -> Option<&'static str> {
        let number = self.number()?;
        self.names.get(number as usize).copied()
    }

    fn text(&mut self) -> Option<String> {
        let len = self.number()? as usize;
        let (text, rest) = self.rest.split_at_checked(len)?;
        self.rest = rest;
        String::from_utf8(text.to_vec()).ok()
    }

    #[expect(clippy::option_option, reason = "nothing that can be read, and nothing that was written")]
    fn maybe(&mut self) -> Option<Option<String>> {
        let is_there = self.byte()? == 1;
        let text = self.text()?;
        Some(is_there.then_some(text))
    }

    fn block(&mut self) -> Option<BlockVerdict> {
        Some(match self.byte()? {
            0 => BlockVerdict::Kept,
            1 => BlockVerdict::Boilerplate { rule: self.name()? },
            _ => {
                let (rule, document, corpus, cluster) = (self.name()?, self.maybe()?, self.maybe()?, self.text()?);
                let (passage, similarity) = (self.number()?, f32::from_bits(self.number()?));
                BlockVerdict::Repeat(Original { rule, document, corpus, passage, cluster, similarity })
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Decision, Verdicts};
    use crate::corpus::{BlockVerdict, Original, Verdict};
    use crate::write::scratch::Scratch;

    #[test]
    fn what_was_decided_is_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let scratch = Scratch::create(folder.path()).unwrap();
        let mut verdicts = Verdicts { scratch, places: Vec::new(), names: Vec::new() };
        let original = |document: Option<&str>| {
            BlockVerdict::Repeat(Original {
                rule: "repeat.near",
                document: document.map(str::to_owned),
                corpus: document.map(|_| "earlier".to_owned()),
                passage: 7,
                cluster: "c1".to_owned(),
                similarity: 0.87,
            })
        };
        let blocks =
            vec![BlockVerdict::Kept, original(None), BlockVerdict::Boilerplate { rule: "b" }, original(Some("д"))];
        let duplicate = Verdict::Duplicate {
            rule: "r",
            of: "a".to_owned(),
            corpus: None,
            cluster: "d1".to_owned(),
            similarity: 0.9,
        };
        verdicts.push(None).unwrap();
        verdicts.push(Some(&Decision::Taken)).unwrap();
        verdicts.set(0, &Decision::Compared(Verdict::Kept(blocks.clone()))).unwrap();
        verdicts.push(Some(&Decision::Compared(duplicate.clone()))).unwrap();
        assert!(matches!(verdicts.get(0), Some(Decision::Compared(Verdict::Kept(b))) if b == blocks));
        assert!(matches!(verdicts.get(1), Some(Decision::Taken)));
        assert!(matches!(verdicts.get(2), Some(Decision::Compared(v)) if v == duplicate));
        assert!(verdicts.get(3).is_none());
    }
}
