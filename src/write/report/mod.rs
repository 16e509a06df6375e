//! `report.html`: the corpus for people, one self-contained page.

use crate::record::{Built, Document, Finding, Run};

/// So many bytes of text are shown document by document; beyond that the page only counts.
pub const TEXT_SHOWN: usize = 2_000_000;

/// What the page shows of one document.
#[derive(Debug)]
pub struct Article {
    html: String,
}

/// The page on its way.
#[derive(Debug, Default)]
pub struct Report {
    articles: Vec<Article>,
}

/// What the page shows of this document.
pub fn article(record: &Document<'_>, _findings: &[Finding]) -> Article {
    Article { html: maud::html! { article { pre { (record.text) } } }.into_string() }
}

impl Report {
    /// Takes what is shown of the next document.
    pub fn add(&mut self, built: Built<Article>) {
        self.articles.extend(built.view);
    }

    /// The whole page.
    pub fn page(&self, _run: &Run) -> String {
        self.articles.iter().map(|a| a.html.as_str()).collect()
    }
}
