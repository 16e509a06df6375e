//! Where the results of a run go: the files of the corpus, or a list of findings.

use std::path::Path;

use crate::error::Error;
use crate::record::{self, Built, Finding, Run};
use crate::write::report::{self, Article};
use crate::write::{File, Folder};

/// Takes the results of a run, in order.
pub trait Sink {
    /// Whether it shows documents to people.
    fn wants_report(&self) -> bool;

    /// Takes a document.
    ///
    /// # Errors
    /// Where it cannot be written.
    fn document(&mut self, built: Built<Article>) -> Result<(), Error>;

    /// Takes lines of clusters, after all documents.
    ///
    /// # Errors
    /// Where it cannot be written.
    fn clusters(&mut self, lines: &[u8]) -> Result<(), Error>;

    /// Takes the sums, after everything else.
    ///
    /// # Errors
    /// Where they cannot be written.
    fn run(&mut self, run: &Run) -> Result<(), Error>;
}

/// The corpus as files in a folder.
#[derive(Debug)]
pub struct Corpus {
    folder: Folder,
    kept: File,
    removed: File,
    clusters: File,
    findings: File,
    run: File,
    page: File,
    report: report::Report,
}

impl Corpus {
    /// Begins a corpus in the folder at `path`.
    ///
    /// # Errors
    /// Where the folder cannot be written to.
    pub fn create(path: &Path) -> Result<Self, Error> {
        let folder = Folder::open(path)?;
        Ok(Self {
            kept: folder.create("corpus.jsonl")?,
            removed: folder.create("removed.jsonl")?,
            clusters: folder.create("clusters.jsonl")?,
            findings: folder.create("findings.jsonl")?,
            run: folder.create("run.json")?,
            page: folder.create("report.html")?,
            report: report::Report::default(),
            folder,
        })
    }

    /// Makes the files appear.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub fn publish(self) -> Result<(), Error> {
        let files = vec![self.kept, self.removed, self.clusters, self.findings, self.page, self.run];
        self.folder.publish(files)
    }
}

impl Sink for Corpus {
    fn wants_report(&self) -> bool {
        true
    }

    fn document(&mut self, built: Built<Article>) -> Result<(), Error> {
        let file = if built.kept { &mut self.kept } else { &mut self.removed };
        file.write(&built.line)?;
        for finding in &built.findings {
            self.findings.write(&record::line(finding))?;
        }
        self.report.add(built);
        Ok(())
    }

    fn clusters(&mut self, lines: &[u8]) -> Result<(), Error> {
        self.clusters.write(lines)
    }

    fn run(&mut self, run: &Run) -> Result<(), Error> {
        let mut object = serde_json::to_vec_pretty(run).unwrap_or_default();
        object.push(b'\n');
        self.run.write(&object)?;
        self.page.write(self.report.page(run).as_bytes())
    }
}

/// The findings alone.
#[derive(Debug, Default)]
pub struct Findings {
    /// All of them, in order.
    pub list: Vec<Finding>,
}

impl Sink for Findings {
    fn wants_report(&self) -> bool {
        false
    }

    fn document(&mut self, built: Built<Article>) -> Result<(), Error> {
        self.list.extend(built.findings);
        Ok(())
    }

    fn clusters(&mut self, _: &[u8]) -> Result<(), Error> {
        Ok(())
    }

    fn run(&mut self, _: &Run) -> Result<(), Error> {
        Ok(())
    }
}
