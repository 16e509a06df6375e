//! Where the results of a run go: the files of the corpus.

use super::lot::Lot;
use crate::error::Error;
use crate::record::Run;
use crate::write::report::Report;
use crate::write::state::{Draft, SEEN};

/// Takes the results of a run, in order.
pub trait Sink {
    /// Whether it shows documents to people, and keeps what was seen of them for later runs.
    fn wants_report(&self) -> bool;

    /// Takes a lot of documents.
    ///
    /// # Errors
    /// Where it cannot be written.
    fn lot(&mut self, lot: Lot) -> Result<(), Error>;

    /// Takes what was seen of the documents, for later runs, piece by piece; after all documents.
    ///
    /// # Errors
    /// Where it cannot be written.
    fn seen(&mut self, bytes: &[u8]) -> Result<(), Error>;

    /// Takes lines of clusters, after all documents.
    ///
    /// # Errors
    /// Where it cannot be written.
    fn clusters(&mut self, lines: &[u8]) -> Result<(), Error>;

    /// Takes the lines of the biggest clusters again, with their first copies alone, the biggest first; after all clusters.
    ///
    /// # Errors
    /// Where what was written cannot be read again.
    fn biggest(&mut self, lines: &[Vec<u8>]) -> Result<(), Error>;

    /// Takes the sums, after everything else.
    ///
    /// # Errors
    /// Where they cannot be written.
    fn run(&mut self, run: &Run) -> Result<(), Error>;
}

/// The corpus as files in a folder.
#[derive(Debug)]
pub struct Corpus {
    draft: Draft,
    report: Report,
}

impl Corpus {
    /// A corpus of these files.
    pub fn new(draft: Draft) -> Self {
        Self { draft, report: Report::default() }
    }

    /// Makes the files appear.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub fn publish(self) -> Result<(), Error> {
        self.draft.publish()
    }

    /// Removes what was written.
    ///
    /// # Errors
    /// Where it cannot be removed.
    pub fn discard(self) -> Result<(), Error> {
        self.draft.discard()
    }

    /// Keeps what was written for the next run to go on from.
    ///
    /// # Errors
    /// Where it cannot be brought to the disk.
    pub fn pause(self) -> Result<(), Error> {
        self.draft.pause()
    }
}

impl Sink for Corpus {
    fn wants_report(&self) -> bool {
        true
    }

    fn lot(&mut self, lot: Lot) -> Result<(), Error> {
        self.draft.lot(lot.input, lot.key, lot.lines.each_ref().map(Vec::as_slice))?;
        self.report.join(lot.report);
        Ok(())
    }

    fn seen(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.draft.add(SEEN, bytes)
    }

    fn clusters(&mut self, lines: &[u8]) -> Result<(), Error> {
        self.draft.add("clusters.jsonl", lines)
    }

    fn biggest(&mut self, lines: &[Vec<u8>]) -> Result<(), Error> {
        let folder = self.draft.readable()?;
        self.report.repeats(lines, folder).map_err(|source| Error::Output { path: folder.to_owned(), source })
    }

    fn run(&mut self, run: &Run) -> Result<(), Error> {
        let mut object = serde_json::to_vec_pretty(run).unwrap_or_default();
        object.push(b'\n');
        // Where nothing repeats the file is there, too.
        self.draft.add("clusters.jsonl", &[])?;
        self.draft.add("report.html", self.report.page(run).as_bytes())?;
        self.draft.add("run.json", &object)
    }
}
