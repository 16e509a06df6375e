//! Which documents keep what they share with others, where that is not decided by the order of the input: all documents are read, compared
//! in the order of preference, and what was decided is kept for the pass that writes them.

use std::cmp::Reverse;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::civil::DateTime;
use rayon::ThreadPool;

use super::decision::Decision;
use super::ordered::two_stage;
use super::run::Prepared;
use super::watch::guarded;
use crate::analyze;
use crate::corpus::{Collator, Verdict};
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
    /// What was decided of the document with this number in the input, which has this outline.
    pub(super) fn decision(&mut self, number: usize, outline: &Outline) -> Decision {
        self.get(number, outline).unwrap_or(Decision::Failed)
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
    let mut verdicts = Verdicts { scratch: scratch()?, places: Vec::new() };
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
        decision.write(&mut out);
        let at = self.scratch.append(&out)?;
        if let Some(place) = self.places.get_mut(number) {
            *place = (at, out.len() as u32);
        }
        Ok(())
    }

    fn get(&mut self, number: usize, outline: &Outline) -> Option<Decision> {
        let (at, len) = *self.places.get(number).filter(|(_, len)| *len > 0)?;
        let mut bytes = vec![0; len as usize];
        self.scratch.read(at, &mut bytes).ok()?;
        Decision::read(&bytes, outline)
    }
}

#[cfg(test)]
mod tests {
    use super::{Decision, Verdicts};
    use crate::batch::decision::tests::all;
    use crate::write::scratch::Scratch;

    #[test]
    fn what_was_decided_is_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let scratch = Scratch::create(folder.path()).unwrap();
        let mut verdicts = Verdicts { scratch, places: Vec::new() };
        let (decisions, outline) = all();
        verdicts.push(None).unwrap();
        verdicts.push(Some(&Decision::Taken)).unwrap();
        for decision in &decisions {
            verdicts.push(Some(decision)).unwrap();
        }
        verdicts.set(0, &decisions[0]).unwrap();
        assert_eq!(verdicts.get(0, &outline).as_ref(), decisions.first());
        assert_eq!(verdicts.get(1, &outline), Some(Decision::Taken));
        for (number, decision) in decisions.iter().enumerate() {
            assert_eq!(verdicts.get(number + 2, &outline).as_ref(), Some(decision));
        }
        assert_eq!(verdicts.decision(decisions.len() + 2, &outline), Decision::Failed);
    }
}
