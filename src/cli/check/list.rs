//! Suppressions in a file of their own: which rule, in which documents, about what, and why.

use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};

use super::choice::named;
use super::tsv::unescaped;
use crate::error::Error;
use crate::record::Finding;

/// The file that is read where none is named.
pub(in crate::cli) const LIST: &str = ".recensio-ignore";
/// What is the fingerprint of a finding stands behind this.
const PRINT: &str = "fingerprint:";

/// A file of suppressions.
#[derive(Debug)]
pub(in crate::cli) struct List {
    path: PathBuf,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    line: usize,
    rules: Vec<&'static str>,
    documents: GlobMatcher,
    what: What,
    reason: String,
    /// Whether a document that it is about was checked.
    met: bool,
    used: bool,
}

#[derive(Debug)]
enum What {
    Any,
    Text(String),
    Fingerprint(String),
}

impl List {
    /// Reads a file of suppressions.
    ///
    /// # Errors
    /// Where it cannot be read, or a line of it does not say what it must.
    pub(in crate::cli) fn read(path: &Path) -> Result<Self, Error> {
        let text = crate::read::text(path)?;
        Self::parse(path, &text).map_err(|(line, what)| Error::Suppressions { path: path.to_owned(), line, what })
    }

    fn parse(path: &Path, text: &str) -> Result<Self, (usize, String)> {
        let mut rows = Vec::new();
        let lines = text.strip_prefix('\u{feff}').unwrap_or(text).lines().enumerate();
        for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#')) {
            rows.push(row(number + 1, line).map_err(|what| (number + 1, what))?);
        }
        Ok(Self { path: path.to_owned(), rows })
    }

    /// Notes that a document was checked.
    pub(super) fn meet(&mut self, document: &str) {
        for row in &mut self.rows {
            row.met |= row.documents.is_match(document);
        }
    }

    /// Why a finding may stand, where a line says so.
    pub(super) fn reason(&mut self, document: &str, finding: &Finding) -> Option<String> {
        let mut reason = None;
        for row in &mut self.rows {
            let is_meant = match &row.what {
                What::Any => true,
                What::Text(text) => *text == finding.text,
                What::Fingerprint(print) => *print == finding.fingerprint,
            };
            if is_meant && row.rules.contains(&finding.rule.as_str()) && row.documents.is_match(document) {
                row.used = true;
                reason.get_or_insert_with(|| row.reason.clone());
            }
        }
        reason
    }

    /// The lines that are about documents that were checked and suppressed nothing in any of them, though their rules were wanted.
    pub(super) fn unused(&self, wants: impl Fn(&str) -> bool) -> Vec<(String, usize)> {
        let unused = self.rows.iter().filter(|row| row.met && !row.used && row.rules.iter().any(|rule| wants(rule)));
        unused.map(|row| (self.path.to_string_lossy().into_owned(), row.line)).collect()
    }
}

fn row(line: usize, text: &str) -> Result<Row, String> {
    let cells: Vec<&str> = text.split('\t').map(str::trim).collect();
    let [rules, documents, what, reason] = cells.as_slice() else {
        let count = cells.len();
        return Err(format!("{count} columns; give four with tabs between them: rule, documents, fragment, reason"));
    };
    let mut named_rules = Vec::new();
    for name in rules.split(',').map(str::trim) {
        named_rules.extend(named(name)?);
    }
    // As in .gitignore: without a slash it is the name of a file in any folder.
    let pattern = if documents.contains('/') { (*documents).to_owned() } else { format!("{{,**/}}{documents}") };
    let glob = GlobBuilder::new(&pattern).literal_separator(true).build();
    let documents = glob.map_err(|error| format!("\"{documents}\" is no pattern of documents: {}", error.kind()))?;
    let what = match *what {
        "" => return Err("no fragment; give what may stand, fingerprint:… or * for anything".to_owned()),
        "*" => What::Any,
        print if print.starts_with(PRINT) => What::Fingerprint(print.trim_start_matches(PRINT).to_owned()),
        text => What::Text(unescaped(text)),
    };
    if !reason.chars().any(char::is_alphanumeric) {
        return Err("no reason; say in the fourth column why this may stand".to_owned());
    }
    let documents = documents.compile_matcher();
    Ok(Row { line, rules: named_rules, documents, what, reason: (*reason).to_owned(), met: false, used: false })
}

#[cfg(test)]
mod tests {
    use super::{List, Path};

    fn error(text: &str) -> (usize, String) {
        List::parse(Path::new("x"), text).unwrap_err()
    }

    #[test]
    fn every_line_says_what_it_must() {
        assert!(
            List::parse(Path::new("x"), "\u{feff}# a comment\n\nleftover\t*.md\t法律\tthe title of a book\n").is_ok()
        );
        assert_eq!(
            error("\nleftover.script\t*\t法律\t \n"),
            (2, "no reason; say in the fourth column why this may stand".to_owned())
        );
        assert!(error("leftover.script *.md 法律 reason").1.starts_with("1 columns"));
        assert!(error("leftover.skript\t*\t*\twhy").1.contains("did you mean \"leftover.script\"?"));
        assert!(error("all\t[\t*\twhy").1.contains("no pattern of documents"));
        assert!(error("all\t*\t\twhy").1.contains("no fragment"));
    }

    #[test]
    fn patterns_are_those_of_gitignore() {
        let met = |pattern: &str, document: &str| {
            let mut list = List::parse(Path::new("x"), &format!("all\t{pattern}\t*\twhy")).unwrap();
            list.meet(document);
            !list.unused(|_| true).is_empty()
        };
        assert!(met("*.md", "a.md") && met("*.md", "docs/ru/a.md") && met("a.md", "docs/a.md"));
        assert!(met("docs/*.md", "docs/a.md") && !met("docs/*.md", "docs/ru/a.md"));
        assert!(met("docs/**/*.md", "docs/ru/a.md") && !met("docs/*.md", "a.md") && met("*", "x/y"));
    }
}
