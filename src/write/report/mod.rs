//! `report.html`: the corpus for people, one self-contained page. It is readable without its script, loads nothing, and whatever a
//! document says is text in it.

mod article;
mod clusters;
mod findings;
mod graph;
mod layers;
mod marks;
mod named;
mod page;
mod places;
pub mod review;
mod sums;
mod texts;
mod timeline;
mod value;
mod visible;

use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

pub use self::clusters::{CLUSTERS_SHOWN, COPIES_SHOWN};
use self::layers::View;
use self::texts::Texts;
use crate::model::Tongue;
use crate::record::{Built, Document, Finding, Run};

/// So many bytes of text are shown document by document; beyond that the page only counts.
pub const TEXT_SHOWN: usize = 2_000_000;
/// So many removed documents are named.
const REMOVED_SHOWN: usize = 200;

/// What the page shows of one document.
#[derive(Debug, Serialize, Deserialize)]
pub struct Article {
    html: String,
    title: String,
    language: String,
    prefix: String,
}

/// The page, or the part of it that some documents make, on its way.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Report {
    articles: Vec<Article>,
    /// Kept documents that are only counted.
    unshown: u64,
    removed: Vec<Gone>,
    /// What repeats most; of the whole page alone.
    #[serde(skip)]
    clusters: Vec<clusters::Shown>,
}

/// What the page says of a document that was not kept.
#[derive(Debug, Serialize, Deserialize)]
struct Gone {
    id: String,
    reason: String,
    rule: String,
    of: Option<String>,
    message: Option<String>,
}

/// What the page shows of this document.
pub fn article(record: &Document<'_>, findings: &[Finding], messages: Tongue) -> Article {
    let view = View::new(record, findings, Texts::of_tongue(messages));
    Article {
        html: article::article(&view).into_string(),
        title: view.title().to_owned(),
        language: record.language.code.0.to_string(),
        prefix: view.prefix.clone(),
    }
}

impl Report {
    /// Takes what is shown of the next document.
    pub fn add(&mut self, built: &mut Built<Article>) {
        match built.view.take() {
            Some(article) => self.articles.push(article),
            None if built.kept => self.unshown += 1,
            None if self.removed.len() < REMOVED_SHOWN => {
                self.removed.extend(serde_json::from_slice::<Gone>(&built.line));
            }
            None => {}
        }
    }

    /// Takes what the documents that follow make.
    pub fn join(&mut self, next: Self) {
        self.articles.extend(next.articles);
        self.unshown += next.unshown;
        let room = REMOVED_SHOWN.saturating_sub(self.removed.len());
        self.removed.extend(next.removed.into_iter().take(room));
    }

    /// Takes what repeats most, as lines of `clusters.jsonl`, with their texts from `corpus.jsonl` and `removed.jsonl` in `folder`.
    ///
    /// # Errors
    /// Where these cannot be read.
    pub fn repeats(&mut self, lines: &[Vec<u8>], folder: &Path) -> io::Result<()> {
        self.clusters = clusters::gather(lines, folder)?;
        Ok(())
    }

    /// The whole page.
    pub fn page(&self, run: &Run) -> String {
        let tongue = run.options.messages.as_deref().map(Tongue::of).unwrap_or_default();
        page::page(self, run, Texts::of_tongue(tongue)).into_string()
    }
}
