//! From markup to text: the blocks of a page, which of them are its main text, and what the page says about itself.

mod about;
mod choose;
mod context;
mod feature;
mod markdown;
mod measure;
mod page;
mod reference;
mod tag;
mod title;
mod tree;
mod vote;

pub use about::Facts;
pub use choose::features;
pub use markdown::markdown;

use crate::model::{Kind, Layout};
use crate::options::Extract;
use crate::rules::extract::ExtractRules;
use crate::text::SourceMap;

/// What a page holds.
#[derive(Debug)]
pub struct Extracted {
    /// Everything that is shown, a line feed between two blocks.
    pub text: String,
    /// From `text` to the markup.
    pub map: SourceMap,
    /// The blocks, in order, and why those outside the main text are.
    pub layout: Layout,
    /// What the page says about itself.
    pub facts: Facts,
    /// Whether no main text was found, so that everything was kept.
    pub nothing: bool,
}

/// Whether bytes that are not said to be a page are one all the same, by their beginning.
pub fn looks_like_page(bytes: &[u8]) -> bool {
    let head = bytes.get(..512.min(bytes.len())).unwrap_or_default();
    let mut head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if head.starts_with(b"<?xml") {
        let end = memchr::memchr(b'>', head).unwrap_or(head.len());
        head = head.get(end + 1..).unwrap_or_default().trim_ascii_start();
    }
    let begins = |what: &[u8]| head.get(..what.len()).is_some_and(|h| h.eq_ignore_ascii_case(what));
    begins(b"<!doctype html")
        || begins(b"<html") && head.get(5).is_none_or(|b| matches!(b, b'>' | b' ' | b'\n' | b'\r' | b'\t'))
}

/// Reads a page; `how` says what of it counts as main text.
pub fn html(source: &str, rules: &ExtractRules, how: Extract) -> Extracted {
    let page = page::read(source, rules);
    let (blocks, nothing) = choose::choose(source, &page, rules, how);
    let heading = blocks.iter().find(|b| b.kind == Kind::Title).map(|b| b.span.of(&page.text));
    let facts = about::facts(&page.about, heading);
    Extracted { layout: Layout { blocks, is_fixed: false }, facts, nothing, text: page.text, map: page.map }
}
