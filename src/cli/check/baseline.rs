//! What was found before and is left for later.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::edit;
use super::tsv::{escaped, unescaped};
use crate::error::Error;
use crate::record::Finding;

/// The first line of the file.
const HEAD: &str = "# recensio baseline 1: fingerprint, rule, document, text";

/// Findings by document and fingerprint.
#[derive(Debug, Default)]
pub(in crate::cli) struct Baseline {
    path: PathBuf,
    /// By document: fingerprints, with their rows.
    old: BTreeMap<String, BTreeMap<String, Row>>,
    /// By fingerprint: what was found in documents that are not there any more, and may have been moved.
    homeless: BTreeMap<String, Vec<String>>,
    /// What is found now, of the documents that were checked.
    now: BTreeMap<String, BTreeMap<String, Row>>,
    /// Fingerprints of the baseline that were met, with their document there.
    met: BTreeSet<(String, String)>,
}

#[derive(Clone, Debug)]
struct Row {
    rule: String,
    text: String,
}

impl Baseline {
    /// Reads the file; where `may_lack`, one that is not there is an empty one.
    ///
    /// # Errors
    /// Where it cannot be read or is no such file.
    pub(super) fn read(path: &Path, may_lack: bool) -> Result<Self, Error> {
        let mut out = Self { path: path.to_owned(), ..Self::default() };
        if may_lack && !path.exists() {
            return Ok(out);
        }
        let text = crate::read::text(path)?;
        let wrong = |line, what: &str| Error::Baseline { path: path.to_owned(), line, what: what.to_owned() };
        let mut lines = text.lines().enumerate();
        if lines.next().is_none_or(|(_, head)| head != HEAD) {
            return Err(wrong(1, "it does not begin as a baseline of this version does"));
        }
        for (number, line) in lines.filter(|(_, line)| !line.is_empty()) {
            let cells: Vec<String> = line.split('\t').map(unescaped).collect();
            let Ok([print, rule, document, text]) = <[String; 4]>::try_from(cells) else {
                return Err(wrong(number + 1, "a line has four columns"));
            };
            out.old.entry(document).or_default().insert(print, Row { rule, text });
        }
        for (document, rows) in out.old.iter().filter(|(document, _)| !is_there(document)) {
            for print in rows.keys() {
                out.homeless.entry(print.clone()).or_default().push(document.clone());
            }
        }
        Ok(out)
    }

    /// Notes that a document was checked.
    pub(super) fn meet(&mut self, document: &str) {
        self.now.entry(document.to_owned()).or_default();
    }

    /// Whether a finding was there before; notes that it is there now.
    pub(super) fn knows(&mut self, document: &str, finding: &Finding) -> bool {
        let print = &finding.fingerprint;
        let row = Row { rule: finding.rule.clone(), text: finding.text.clone() };
        self.now.entry(document.to_owned()).or_default().insert(print.clone(), row);
        if self.old.get(document).is_some_and(|rows| rows.contains_key(print)) {
            self.met.insert((document.to_owned(), print.clone()));
            return true;
        }
        match self.homeless.get_mut(print).and_then(Vec::pop) {
            Some(moved) => self.met.insert((moved, print.clone())),
            None => false,
        }
    }

    /// How many findings of documents that were checked, or are not there any more, are gone; of rules that were wanted.
    pub(super) fn fixed(&self, wants: impl Fn(&str) -> bool) -> usize {
        let looked_at = |document: &str| self.now.contains_key(document) || !is_there(document);
        let mut count = 0;
        for (document, rows) in self.old.iter().filter(|(document, _)| looked_at(document)) {
            let gone = |(print, row): &(&String, &Row)| {
                wants(&row.rule) && !self.met.contains(&(document.clone(), (*print).clone()))
            };
            count += rows.iter().filter(gone).count();
        }
        count
    }

    /// Writes what is found now, and what was found before in documents that were not checked this time. Gives how many findings there are.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub(super) fn write(&self) -> Result<usize, Error> {
        let mut rows: Vec<(&String, &String, &Row)> = Vec::new();
        let left =
            self.old.iter().filter(|(document, _)| !self.now.contains_key(document.as_str()) && is_there(document));
        for (document, prints) in self.now.iter().chain(left) {
            rows.extend(prints.iter().map(|(print, row)| (document, print, row)));
        }
        rows.sort_by_key(|(document, print, row)| (*document, &row.rule, *print));
        let mut text = format!("{HEAD}\n");
        for (document, print, row) in &rows {
            let (rule, document, fragment) = (escaped(&row.rule), escaped(document), escaped(&row.text));
            let _ = writeln!(text, "{print}\t{rule}\t{document}\t{fragment}");
        }
        edit::replace(&self.path, text.as_bytes())
            .map_err(|source| Error::Output { path: self.path.clone(), source })?;
        Ok(rows.len())
    }
}

/// Whether the file of a document is there: that of its name, or, of a record or a member of an archive, one that its name begins with.
fn is_there(document: &str) -> bool {
    let record = document.rsplit_once(':').map_or(document, |(file, _)| file);
    Path::new(document).exists() || Path::new(record).ancestors().any(Path::is_file)
}
