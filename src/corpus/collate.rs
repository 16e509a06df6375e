//! Finds what repeats, in input order, and remembers where.

use super::hashed::{Names, Seen, Table};
use super::verdict::{BlockVerdict, Original, Verdict};
use crate::model::{Fingerprint, Kind, Outline};
use crate::options::Keep;

/// From this weight on (letters of an alphabet) a paragraph that repeats is taken out wherever it stands; shorter ones, headings, list
/// items, table rows and code legitimately repeat and go only as part of a run.
const LONG_ENOUGH: u32 = 24;
/// A paragraph that comes again by itself in the same document needs to be this long: a shorter one is a refrain.
const REFRAIN: u32 = 120;
/// So many passages in a row that repeat passages in a row are a copied stretch.
const RUN: usize = 2;

/// What a cluster is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Whole documents.
    Document,
    /// Passages.
    Passage,
}

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

/// A place that repeats another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copy {
    /// Where.
    pub site: Site,
    /// Whether it stands letter for letter like the kept one.
    pub exact: bool,
    /// The rule that found it.
    pub rule: &'static str,
    /// Whether it was taken out.
    pub removed: bool,
}

/// What occurs more than once.
#[derive(Clone, Debug)]
pub struct Cluster {
    /// Its name, made from what it is: the same in every run.
    pub id: String,
    /// Documents or passages.
    pub level: Level,
    /// The place that is kept.
    pub kept: Site,
    /// The others, in input order.
    pub copies: Vec<Copy>,
}

/// The first place of a passage or document.
#[derive(Clone, Copy, Debug)]
struct First {
    /// Half of the hash of the text as it stands: enough to tell whether a copy stands letter for letter like it.
    exact: u32,
    site: Site,
    /// Number among the kept passages of its document, from 1.
    passage: u32,
}

/// A copy, with the number of its first place.
#[derive(Clone, Copy, Debug)]
struct Again {
    first: u32,
    site: Site,
    rule: Rule,
    exact: bool,
    removed: bool,
}

/// The rules of this module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    Exact,
    Normalized,
    Run,
    DocumentExact,
    DocumentNormalized,
}

impl Rule {
    const fn name(self) -> &'static str {
        match self {
            Self::Exact => "repeat.exact",
            Self::Normalized => "repeat.normalized",
            Self::Run => "repeat.run",
            Self::DocumentExact => "repeat.document.exact",
            Self::DocumentNormalized => "repeat.document.normalized",
        }
    }

    const fn level(self) -> Level {
        match self {
            Self::Exact | Self::Normalized | Self::Run => Level::Passage,
            Self::DocumentExact | Self::DocumentNormalized => Level::Document,
        }
    }
}

/// Remembers every passage and document seen so far.
#[derive(Debug, Default)]
pub struct Collator {
    ids: Vec<String>,
    names: Names,
    passages: Table<First>,
    documents: Table<First>,
    copies: Vec<Again>,
}

impl Collator {
    /// A collator that has seen nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether a document of this name came before; from now on it did.
    pub fn is_taken(&mut self, id: &str) -> bool {
        !self.names.insert(xxhash_rust::xxh3::xxh3_128(id.as_bytes()))
    }

    /// The name of a document by its number.
    pub fn id(&self, document: u32) -> &str {
        self.ids.get(document as usize).map_or("", String::as_str)
    }

    /// Compares the next document of the input with all before it. `places` are the places of its blocks in the source, and `all` that of
    /// the whole document, in the unit of the run.
    pub fn collate(&mut self, id: &str, outline: &Outline, places: &[[u32; 2]], all: [u32; 2], keep: Keep) -> Verdict {
        let number = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        self.ids.push(id.to_owned());
        let site = |[start, end]: [u32; 2]| Site { document: number, start, end };

        let duplicate = outline.whole.and_then(|whole| self.document(whole, site(all), keep));
        let mut blocks = self.blocks(number, outline, places, keep, duplicate.is_some());
        if let Some(verdict) = duplicate.filter(|_| keep == Keep::First) {
            return verdict;
        }
        if keep == Keep::All {
            blocks.fill(BlockVerdict::Kept);
        }
        Verdict::Kept(blocks)
    }

    fn document(&mut self, whole: Fingerprint, site: Site, keep: Keep) -> Option<Verdict> {
        let Some((number, first)) = self.documents.get(whole.key) else {
            self.documents.insert(whole.key, First { exact: whole.exact as u32, site, passage: 0 });
            return None;
        };
        let exact = first.exact == whole.exact as u32;
        let rule = if exact { Rule::DocumentExact } else { Rule::DocumentNormalized };
        self.copies.push(Again { first: number, site, rule, exact, removed: keep == Keep::First });
        Some(Verdict::Duplicate {
            rule: rule.name(),
            of: self.id(first.site.document).to_owned(),
            cluster: name(Level::Document, whole.key),
            similarity: 1.0,
        })
    }

    fn blocks(
        &mut self,
        number: u32,
        outline: &Outline,
        places: &[[u32; 2]],
        keep: Keep,
        whole: bool,
    ) -> Vec<BlockVerdict> {
        // What each block repeats, the passages of this document being numbered as if all of them were kept.
        let mut boilerplate = outline.boilerplate.iter().peekable();
        let mut seen = Seen::default();
        let found: Vec<Hit> = (outline.prints.iter().enumerate())
            .map(|(index, print)| {
                if let Some(b) = boilerplate.next_if(|b| b.block == index) {
                    return Hit::Boilerplate(b.rule);
                }
                match (self.passages.get(print.key), seen.get(&print.key)) {
                    (Some((number, first)), _) => Hit::Other(number, first),
                    (None, Some(&(block, exact))) => Hit::Same { block, exact },
                    (None, None) => {
                        seen.insert(print.key, (index, print.exact as u32));
                        Hit::New
                    }
                }
            })
            .collect();
        let in_run = runs(&found);

        let mut verdicts = Vec::with_capacity(found.len());
        let mut numbers = vec![0u32; found.len()];
        let mut kept = 0u32;
        for (index, hit) in found.iter().enumerate() {
            let (Some(print), Some(block), Some(&[start, end])) =
                (outline.prints.get(index), outline.blocks.get(index), places.get(index))
            else {
                break;
            };
            let run = in_run.get(index).copied().unwrap_or_default();
            let site = Site { document: number, start, end };
            let verdict = match *hit {
                Hit::Boilerplate(rule) => BlockVerdict::Boilerplate { rule },
                Hit::New => BlockVerdict::Kept,
                Hit::Same { .. } | Hit::Other(..) => {
                    let (first, exact, document, passage) = match *hit {
                        Hit::Same { block, exact } => {
                            let first = self.passages.get(print.key).map(|(number, _)| number);
                            (first, exact, None, numbers.get(block).copied().unwrap_or_default())
                        }
                        Hit::Other(number, first) => {
                            let document = self.id(first.site.document).to_owned();
                            (Some(number), first.exact, Some(document), first.passage)
                        }
                        Hit::Boilerplate(_) | Hit::New => (None, 0, None, 0),
                    };
                    let exact = exact == print.exact as u32;
                    let removable = whole || is_removable(block.kind, print.weight, document.is_none(), run);
                    let rule = match (
                        exact,
                        removable && !is_removable(block.kind, print.weight, document.is_none(), false),
                    ) {
                        (_, true) => Rule::Run,
                        (true, _) => Rule::Exact,
                        (false, _) => Rule::Normalized,
                    };
                    let removed = removable && keep == Keep::First;
                    self.copies.extend(first.map(|first| Again { first, site, rule, exact, removed }));
                    if removable {
                        BlockVerdict::Repeat(Original {
                            rule: rule.name(),
                            document,
                            passage,
                            cluster: name(Level::Passage, print.key),
                            similarity: 1.0,
                        })
                    } else {
                        BlockVerdict::Kept
                    }
                }
            };
            if verdict == BlockVerdict::Kept || keep == Keep::All {
                kept += 1;
                if let Some(slot) = numbers.get_mut(index) {
                    *slot = kept;
                }
            }
            if matches!(hit, Hit::New) {
                self.passages.insert(print.key, First { exact: print.exact as u32, site, passage: kept });
            }
            verdicts.push(verdict);
        }
        verdicts
    }

    /// Everything that occurs more than once, documents first, then in the order of the kept places. What was remembered of the copies is
    /// given away with it.
    pub fn clusters(&mut self) -> Clusters<'_> {
        // Sorted in place, so that no second copy of the list is held. First places are numbered as they come, so this is the order of the
        // kept places; and of the copies of each, as they come too.
        let mut copies = std::mem::take(&mut self.copies);
        copies.sort_unstable_by_key(|c| (c.rule.level(), c.first, c.site.document, c.site.start, c.site.end));
        let groups = copies.chunk_by(|a, b| (a.rule.level(), a.first) == (b.rule.level(), b.first));
        let starts = groups.scan(0, |at, group| {
            let start = *at;
            *at += group.len() as u32;
            Some(start)
        });
        let starts = starts.collect();
        Clusters { collator: self, copies, starts }
    }

    fn first(&self, level: Level, number: u32) -> Option<(u128, &First)> {
        match level {
            Level::Document => self.documents.at(number),
            Level::Passage => self.passages.at(number),
        }
    }
}

/// Everything that occurs more than once.
#[derive(Debug)]
pub struct Clusters<'c> {
    collator: &'c Collator,
    copies: Vec<Again>,
    /// Where the copies of each cluster begin.
    starts: Vec<u32>,
}

impl Clusters<'_> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether nothing repeats.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The cluster with this number.
    pub fn get(&self, index: usize) -> Option<Cluster> {
        let from = *self.starts.get(index)? as usize;
        let to = self.starts.get(index + 1).map_or(self.copies.len(), |next| *next as usize);
        let group = self.copies.get(from..to)?;
        let head = group.first()?;
        let level = head.rule.level();
        let (key, first) = self.collator.first(level, head.first)?;
        let copy = |c: &Again| Copy { site: c.site, exact: c.exact, rule: c.rule.name(), removed: c.removed };
        Some(Cluster { id: name(level, key), level, kept: first.site, copies: group.iter().map(copy).collect() })
    }

    /// The name of a document by its number.
    pub fn id(&self, document: u32) -> &str {
        self.collator.id(document)
    }
}

#[derive(Clone, Copy, Debug)]
enum Hit {
    New,
    Boilerplate(&'static str),
    /// It repeats a block of this document.
    Same {
        block: usize,
        exact: u32,
    },
    /// It repeats a passage of an earlier document, which has this number.
    Other(u32, First),
}

/// For each block, whether it is part of a run of blocks that repeat passages which follow each other too. Boilerplate between two
/// copies does not break a run.
fn runs(found: &[Hit]) -> Vec<bool> {
    let mut out = vec![false; found.len()];
    let mut run: Vec<usize> = Vec::new();
    let mut expected: Option<(Option<u32>, u32)> = None;
    let close = |run: &mut Vec<usize>, out: &mut [bool]| {
        if run.len() >= RUN {
            for &index in run.iter() {
                if let Some(slot) = out.get_mut(index) {
                    *slot = true;
                }
            }
        }
        run.clear();
    };
    for (index, hit) in found.iter().enumerate() {
        // Where the original stands: its document (none: this one) and its number there.
        let at = match *hit {
            Hit::Same { block, .. } => Some((None, block as u32)),
            Hit::Other(_, first) => Some((Some(first.site.document), first.passage)),
            Hit::Boilerplate(_) => continue,
            Hit::New => None,
        };
        if at.is_none() || at != expected {
            close(&mut run, &mut out);
        }
        if let Some((document, number)) = at {
            run.push(index);
            expected = Some((document, number + 1));
        } else {
            expected = None;
        }
    }
    close(&mut run, &mut out);
    out
}

fn is_removable(kind: Kind, weight: u32, same_document: bool, run: bool) -> bool {
    let running_text = matches!(kind, Kind::Paragraph | Kind::Quote | Kind::Caption);
    run || running_text && weight >= if same_document { REFRAIN } else { LONG_ENOUGH }
}

fn name(level: Level, key: u128) -> String {
    let prefix = if level == Level::Document { 'd' } else { 'c' };
    format!("{prefix}{:016x}", (key >> 64) as u64)
}

#[cfg(test)]
mod tests {
    use super::{BlockVerdict, Collator, Keep, Level, Verdict};
    use crate::model::{Block, Kind, Outline};
    use crate::stage::repeat;
    use crate::text::Span;

    fn outline(lines: &[&str]) -> (Outline, Vec<[u32; 2]>) {
        let text = lines.join("\n");
        let mut at = 0;
        let mut blocks = Vec::new();
        for line in lines {
            let kind = if line.starts_with('#') { Kind::Heading } else { Kind::Paragraph };
            blocks.push(Block { span: Span::new(at, at + line.len()), kind });
            at += line.len() + 1;
        }
        let prints = repeat::fingerprints(&text, &blocks);
        let whole = repeat::whole(&prints);
        let places = blocks.iter().map(|b| [b.span.start() as u32, b.span.end() as u32]).collect();
        (Outline { blocks, prints, whole, boilerplate: Vec::new() }, places)
    }

    fn run(documents: &[&[&str]]) -> (Vec<Verdict>, Collator) {
        let mut collator = Collator::new();
        let verdicts = documents
            .iter()
            .enumerate()
            .map(|(i, lines)| {
                let (outline, places) = outline(lines);
                collator.collate(&format!("d{i}"), &outline, &places, [0, 1], Keep::First)
            })
            .collect();
        (verdicts, collator)
    }

    fn clusters(mut collator: Collator) -> Vec<super::Cluster> {
        let clusters = collator.clusters();
        (0..clusters.len()).map(|i| clusters.get(i).unwrap()).collect()
    }

    fn removed(verdict: &Verdict) -> Vec<Option<(u32, &'static str)>> {
        let Verdict::Kept(blocks) = verdict else { panic!("{verdict:?}") };
        blocks
            .iter()
            .map(|b| match b {
                BlockVerdict::Repeat(o) => Some((o.passage, o.rule)),
                _ => None,
            })
            .collect()
    }

    const A: &str = "The council adopted the new rules on the storage of grain in spring.";
    const B: &str = "Farmers who store less than ten tonnes are exempt from the rules.";
    const C: &str = "A fee is due for every further tonne, payable in autumn of each year.";

    #[test]
    fn an_article_pasted_twice_goes_once_with_its_headings() {
        let (verdicts, collator) = run(&[&["# Rules", A, B, "A note on the side that is new.", "# Rules", A, B]]);
        assert_eq!(
            removed(&verdicts[0]),
            [None, None, None, None, Some((1, "repeat.run")), Some((2, "repeat.run")), Some((3, "repeat.run"))]
        );
        assert_eq!(clusters(collator).len(), 3);
    }

    #[test]
    fn a_refrain_and_a_heading_stay() {
        let (verdicts, collator) = run(&[&["# Part", A, "Row, row your boat.", B, "Row, row your boat.", "# Part", C]]);
        assert_eq!(removed(&verdicts[0]), [None; 7]);
        let clusters = clusters(collator);
        assert_eq!(clusters.len(), 2);
        assert!(clusters.iter().all(|c| c.copies.iter().all(|copy| !copy.removed)));
    }

    #[test]
    fn a_paragraph_of_an_earlier_document_goes_and_names_it() {
        let (verdicts, _) = run(&[&[C, A], &[B, A]]);
        let Verdict::Kept(blocks) = &verdicts[1] else { panic!() };
        let BlockVerdict::Repeat(original) = &blocks[1] else { panic!() };
        assert_eq!((original.document.as_deref(), original.passage, original.rule), (Some("d0"), 2, "repeat.exact"));
    }

    #[test]
    fn a_document_that_repeats_another_goes_and_its_passages_are_listed() {
        let (verdicts, collator) = run(&[&[A, B], &[A, &B.to_uppercase()]]);
        let Verdict::Duplicate { rule, of, .. } = &verdicts[1] else { panic!() };
        assert_eq!((*rule, of.as_str()), ("repeat.document.normalized", "d0"));
        let clusters = clusters(collator);
        assert_eq!(clusters.iter().filter(|c| c.level == Level::Passage).count(), 2);
        assert!(clusters.iter().all(|c| c.copies.iter().all(|copy| copy.removed)));
    }
}
