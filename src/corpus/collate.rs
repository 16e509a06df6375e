//! Finds what repeats, in input order, and remembers where.

use super::hashed::{Names, Table};
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

#[derive(Clone, Copy, Debug)]
struct First {
    exact: u64,
    site: Site,
    /// Number among the kept passages of its document, from 1.
    passage: u32,
}

/// Remembers every passage and document seen so far.
#[derive(Debug, Default)]
pub struct Collator {
    ids: Vec<String>,
    names: Names,
    passages: Table<First>,
    documents: Table<First>,
    copies: Vec<(Level, u128, Copy)>,
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
        let Some(&first) = self.documents.get(&whole.key) else {
            self.documents.insert(whole.key, First { exact: whole.exact, site, passage: 0 });
            return None;
        };
        let exact = first.exact == whole.exact;
        let rule = if exact { "repeat.document.exact" } else { "repeat.document.normalized" };
        self.copies.push((Level::Document, whole.key, Copy { site, exact, rule, removed: keep == Keep::First }));
        Some(Verdict::Duplicate {
            rule,
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
        let mut seen: Table<(usize, u64)> = Table::default();
        let found: Vec<Hit> = (outline.prints.iter().enumerate())
            .map(|(index, print)| {
                if let Some(b) = boilerplate.next_if(|b| b.block == index) {
                    return Hit::Boilerplate(b.rule);
                }
                match (self.passages.get(&print.key), seen.get(&print.key)) {
                    (Some(first), _) => Hit::Other(*first),
                    (None, Some(&(block, exact))) => Hit::Same { block, exact },
                    (None, None) => {
                        seen.insert(print.key, (index, print.exact));
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
                Hit::Same { .. } | Hit::Other(_) => {
                    let (exact, document, passage) = match *hit {
                        Hit::Same { block, exact } => (exact, None, numbers.get(block).copied().unwrap_or_default()),
                        Hit::Other(first) => {
                            (first.exact, Some(self.id(first.site.document).to_owned()), first.passage)
                        }
                        Hit::Boilerplate(_) | Hit::New => (0, None, 0),
                    };
                    let exact = exact == print.exact;
                    let removable = whole || is_removable(block.kind, print.weight, document.is_none(), run);
                    let rule = match (
                        exact,
                        removable && !is_removable(block.kind, print.weight, document.is_none(), false),
                    ) {
                        (_, true) => "repeat.run",
                        (true, _) => "repeat.exact",
                        (false, _) => "repeat.normalized",
                    };
                    let removed = removable && keep == Keep::First;
                    self.copies.push((Level::Passage, print.key, Copy { site, exact, rule, removed }));
                    if removable {
                        BlockVerdict::Repeat(Original {
                            rule,
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
                self.passages.insert(print.key, First { exact: print.exact, site, passage: kept });
            }
            verdicts.push(verdict);
        }
        verdicts
    }

    /// Everything that occurs more than once, documents first, then in the order of the kept places. What was remembered of the copies is
    /// given away with it.
    pub fn clusters(&mut self) -> Clusters<'_> {
        // Sorted in place, so that no second copy of the list is held: by what repeats, and then as they came.
        let mut copies = std::mem::take(&mut self.copies);
        copies.sort_unstable_by_key(|(level, key, copy)| {
            (*level, *key, copy.site.document, copy.site.start, copy.site.end)
        });
        let mut groups: Vec<(Level, Site, usize, usize)> = Vec::new();
        let mut at = 0;
        for group in copies.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            if let Some((level, first)) =
                group.first().and_then(|(level, key, _)| Some((*level, self.first(*level, *key)?)))
            {
                groups.push((level, first.site, at, at + group.len()));
            }
            at += group.len();
        }
        groups.sort_unstable_by_key(|(level, site, ..)| (*level, site.document, site.start, site.end));
        Clusters { ids: &self.ids, copies, groups }
    }

    fn first(&self, level: Level, key: u128) -> Option<&First> {
        match level {
            Level::Document => self.documents.get(&key),
            Level::Passage => self.passages.get(&key),
        }
    }
}

/// Everything that occurs more than once.
#[derive(Debug)]
pub struct Clusters<'c> {
    ids: &'c [String],
    copies: Vec<(Level, u128, Copy)>,
    groups: Vec<(Level, Site, usize, usize)>,
}

impl Clusters<'_> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.groups.len()
    }

    /// Whether nothing repeats.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The cluster with this number.
    pub fn get(&self, index: usize) -> Option<Cluster> {
        let &(level, kept, from, to) = self.groups.get(index)?;
        let group = self.copies.get(from..to)?;
        let id = group.first().map(|(level, key, _)| name(*level, *key))?;
        Some(Cluster { id, level, kept, copies: group.iter().map(|(_, _, copy)| *copy).collect() })
    }

    /// The name of a document by its number.
    pub fn id(&self, document: u32) -> &str {
        self.ids.get(document as usize).map_or("", String::as_str)
    }
}

#[derive(Clone, Copy, Debug)]
enum Hit {
    New,
    Boilerplate(&'static str),
    /// It repeats a block of this document.
    Same {
        block: usize,
        exact: u64,
    },
    /// It repeats a passage of an earlier document.
    Other(First),
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
            Hit::Other(first) => Some((Some(first.site.document), first.passage)),
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
