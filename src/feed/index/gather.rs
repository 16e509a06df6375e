//! What a search collects in one pass: the best hits, how many there are, and facets.

use std::collections::BTreeMap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader, TantivyError};

/// Columns that facets are counted of.
pub(super) const COUNTED: [&str; 3] = ["language", "entity_types", "entity"];

/// What is to be collected.
pub(super) struct Gather {
    /// Seconds since 1970, the end exclusive: only units of which a range of dates has a moment in common with it.
    pub(super) interval: Option<(i64, i64)>,
    /// How many of the best.
    pub(super) best: usize,
    pub(super) facets: bool,
}

/// What was collected.
#[derive(Default)]
pub(super) struct Gathered {
    /// The best first.
    pub(super) hits: Vec<(Score, DocAddress)>,
    pub(super) total: u64,
    /// By column of [`COUNTED`].
    pub(super) counts: [BTreeMap<String, u64>; COUNTED.len()],
    pub(super) years: BTreeMap<i64, u64>,
}

pub(super) struct Part {
    segment: SegmentOrdinal,
    best: usize,
    interval: Option<(i64, i64, Column<i64>, Column<i64>)>,
    columns: [Option<(StrColumn, Vec<u64>)>; COUNTED.len()],
    dated: Option<(Column<i64>, BTreeMap<i64, u64>)>,
    hits: Vec<(Score, DocId)>,
    total: u64,
}

impl Collector for Gather {
    type Fruit = Gathered;
    type Child = Part;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> Result<Part, TantivyError> {
        let fast = reader.fast_fields();
        let mut columns = [const { None }; COUNTED.len()];
        for (slot, name) in columns.iter_mut().zip(COUNTED).filter(|_| self.facets) {
            *slot = fast.str(name)?.map(|column| {
                let counts = vec![0; column.dictionary().num_terms()];
                (column, counts)
            });
        }
        let interval = match self.interval {
            Some((from, to)) => Some((from, to, fast.i64("date_from")?, fast.i64("date_to")?)),
            None => None,
        };
        let dated = if self.facets { Some((fast.i64("years")?, BTreeMap::new())) } else { None };
        Ok(Part { segment, best: self.best, interval, columns, dated, hits: Vec::new(), total: 0 })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, parts: Vec<Result<Gathered, TantivyError>>) -> Result<Gathered, TantivyError> {
        let mut all = Gathered::default();
        for part in parts {
            let part = part?;
            all.hits.extend(part.hits);
            all.total += part.total;
            for (counts, more) in all.counts.iter_mut().zip(part.counts) {
                for (name, count) in more {
                    *counts.entry(name).or_default() += count;
                }
            }
            for (year, count) in part.years {
                *all.years.entry(year).or_default() += count;
            }
        }
        all.hits.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        all.hits.truncate(self.best);
        Ok(all)
    }
}

impl Part {
    fn keep_best(&mut self) {
        self.hits.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        self.hits.truncate(self.best);
    }

    fn gathered(mut self) -> Result<Gathered, TantivyError> {
        self.keep_best();
        let segment = self.segment;
        let mut all = Gathered { total: self.total, ..Gathered::default() };
        all.hits = self.hits.iter().map(|&(score, document)| (score, DocAddress::new(segment, document))).collect();
        for (counts, column) in all.counts.iter_mut().zip(self.columns) {
            let Some((column, found)) = column else { continue };
            for (&count, ord) in found.iter().zip(0..).filter(|(count, _)| **count > 0) {
                let mut name = String::new();
                column.ord_to_str(ord, &mut name)?;
                counts.insert(name, count);
            }
        }
        all.years = self.dated.map(|(_, years)| years).unwrap_or_default();
        Ok(all)
    }
}

impl SegmentCollector for Part {
    type Fruit = Result<Gathered, TantivyError>;

    fn collect(&mut self, document: DocId, score: Score) {
        if let Some((from, to, begins, ends)) = &self.interval {
            // The values of a document are in the order in which they were given, so ends go with beginnings.
            let mut ranges = begins.values_for_doc(document).zip(ends.values_for_doc(document));
            if !ranges.any(|(begin, end)| begin < *to && end > *from) {
                return;
            }
        }
        self.total += 1;
        self.hits.push((score, document));
        if self.hits.len() >= self.best.saturating_mul(2).max(4096) {
            self.keep_best();
        }
        for (column, counts) in self.columns.iter_mut().flatten() {
            for ord in column.term_ords(document) {
                counts.get_mut(ord as usize).into_iter().for_each(|count| *count += 1);
            }
        }
        if let Some((column, years)) = &mut self.dated {
            for year in column.values_for_doc(document) {
                *years.entry(year).or_default() += 1;
            }
        }
    }

    fn harvest(self) -> Self::Fruit {
        self.gathered()
    }
}
