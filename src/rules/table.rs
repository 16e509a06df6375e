//! Tab-separated data files: `#` begins a comment line, empty lines are passed over, every other line is a row.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// What is wrong with a data file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot read rules: {file}:{line}: {what}")]
pub struct RuleError {
    /// The file, relative to the rules folder.
    pub file: String,
    /// The line, from 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

/// Data files given by the user, by their name relative to the rules folder (`ru/timex.tsv`), that stand in for the built-in ones.
/// Remembers a hash of each file that was asked for, so that a run can say which rules it used.
#[derive(Debug, Default)]
pub struct Overlay {
    files: BTreeMap<String, String>,
    used: RefCell<BTreeMap<String, String>>,
}

impl Overlay {
    /// An overlay of these files.
    pub const fn new(files: BTreeMap<String, String>) -> Self {
        Self { files, used: RefCell::new(BTreeMap::new()) }
    }

    /// The same with one more file.
    #[must_use]
    pub fn with(mut self, name: &str, text: String) -> Self {
        self.files.insert(name.to_owned(), text);
        self
    }

    /// The text of the file `name`: the user's, or `embedded`.
    pub fn text(&self, name: &str, embedded: &'static str) -> Cow<'static, str> {
        let text = self.files.get(name).map_or(Cow::Borrowed(embedded), |text| Cow::Owned(text.clone()));
        self.used.borrow_mut().insert(name.to_owned(), blake3::hash(text.as_bytes()).to_hex().to_string());
        text
    }

    /// The user's files in a folder of the rules (`timex/`), by name: for rules that take in files which the program does not come with.
    pub fn folder<'t>(&'t self, folder: &'t str) -> impl Iterator<Item = (&'t str, &'t str)> {
        let files = self.files.iter().filter(move |(name, _)| name.starts_with(folder));
        files.map(|(name, text)| {
            self.used.borrow_mut().insert(name.clone(), blake3::hash(text.as_bytes()).to_hex().to_string());
            (name.as_str(), text.as_str())
        })
    }

    /// BLAKE3 hashes of the files that were asked for, by name.
    pub fn digests(&self) -> BTreeMap<String, String> {
        self.used.borrow().clone()
    }

    /// Files of the user's that no rule asked for: probably misnamed.
    pub fn unused(&self) -> Vec<String> {
        let used = self.used.borrow();
        self.files.keys().filter(|name| !used.contains_key(*name)).cloned().collect()
    }
}

/// A row of a data file.
#[derive(Clone, Debug)]
pub struct Row<'t> {
    file: &'t str,
    line: usize,
    cells: Vec<&'t str>,
}

impl<'t> Row<'t> {
    /// The cell in column `index` (from 0), trimmed; empty where the row is shorter.
    pub fn cell(&self, index: usize) -> &'t str {
        self.cells.get(index).copied().unwrap_or_default()
    }

    /// The values in column `index`, separated by `|`.
    pub fn list(&self, index: usize) -> impl Iterator<Item = &'t str> {
        self.cell(index).split('|').map(str::trim).filter(|value| !value.is_empty())
    }

    /// How many cells it has.
    pub const fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether it has none; rows that are read never are.
    pub const fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// An error about this row.
    pub fn error(&self, what: impl Into<String>) -> RuleError {
        RuleError { file: self.file.to_owned(), line: self.line, what: what.into() }
    }
}

/// The rows of a data file, each with at least `columns` cells.
///
/// # Errors
/// Where a row is shorter.
pub fn rows<'t>(file: &'t str, text: &'t str, columns: usize) -> Result<Vec<Row<'t>>, RuleError> {
    let mut out = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let row = Row { file, line: number + 1, cells: line.split('\t').map(str::trim).collect() };
        if row.len() < columns {
            return Err(row.error(format!("expected {columns} columns separated by tabs, found {}", row.len())));
        }
        out.push(row);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn a_short_row_is_named_with_its_line() {
        let error = rows("ru/x.tsv", "# ok\na\tb\nc\n", 2).unwrap_err();
        assert_eq!(error.to_string(), "cannot read rules: ru/x.tsv:3: expected 2 columns separated by tabs, found 1");
    }

    #[test]
    fn cells_may_be_lists() {
        let rows = rows("x.tsv", "май\tмая | мае|маю\n", 2).unwrap();
        assert_eq!(rows[0].list(1).collect::<Vec<_>>(), ["мая", "мае", "маю"]);
    }
}
