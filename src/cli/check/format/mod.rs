//! How findings are printed: for people, for programs, for forges.

mod github;
mod json;
mod review;
mod sarif;
mod table;
mod text;

pub(super) use github::GitHub;
pub(super) use json::Json;
pub(super) use review::Review;
pub(super) use sarif::Sarif;
pub(super) use table::Table;
pub(super) use text::Text;

use super::item::Item;

/// A document with its findings.
#[derive(Debug)]
pub(super) struct Page<'p> {
    /// Its name: the path as it was typed, with `/`.
    pub(super) document: &'p str,
    /// The file it came from, with `/`.
    pub(super) path: &'p str,
    /// The language of the document (BCP 47); empty where it is not known.
    pub(super) language: &'p str,
    /// Its text as decoded.
    pub(super) source: &'p str,
    /// The findings, by place; all of them, also those that do not count.
    pub(super) items: &'p [Item],
    /// Why it could not be checked.
    pub(super) failure: Option<&'p str>,
}

/// A way to print findings.
pub(super) trait Format {
    /// What is printed of a document.
    fn page(&mut self, page: &Page<'_>) -> String;

    /// What is printed after all documents.
    fn end(&mut self) -> String {
        String::new()
    }
}
