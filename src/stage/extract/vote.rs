//! A second opinion on a page: what the rules of `trafilatura` take for its main text, as a share of each block.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use trafilatura::{Options, extract};
use xxhash_rust::xxh3::xxh3_64;

use super::page::Page;
use crate::text::script;

/// Longer pages, in bytes, pages of more elements, and deeper ones are judged without it: it walks trees by recursion and copies them.
const LONGEST: usize = 1 << 20;
const MOST: usize = 12_000;
const DEEPEST: u16 = 120;
/// Stretches of so many words are compared.
const STRETCH: usize = 4;

/// For each block of a page, which share of its words stands in what `trafilatura` extracts, 0 to 1; `None` where it was not asked or
/// has no answer.
pub(super) fn votes(source: &str, page: &Page) -> Option<Vec<f32>> {
    let elements = &page.tree.elements;
    if source.len() > LONGEST || elements.len() > MOST || elements.iter().any(|e| e.depth > DEEPEST) {
        return None;
    }
    let options = Options::default().with_fallback(false);
    let found = catch_unwind(AssertUnwindSafe(|| extract(source, &options))).ok()?.ok()?;
    let (mut stretches, mut lines) = (HashSet::new(), HashSet::new());
    let all = words(&found.content_text);
    stretches.extend(all.windows(STRETCH).map(hash));
    for line in found.content_text.lines() {
        let words = words(line);
        if !words.is_empty() {
            lines.insert(hash(&words));
        }
    }
    let share = |text: &str| {
        let words = words(text);
        if words.is_empty() || lines.contains(&hash(&words)) {
            return f32::from(u8::from(!words.is_empty()));
        }
        let mut covered = 0;
        let mut to = 0;
        for (at, stretch) in words.windows(STRETCH).enumerate() {
            if stretches.contains(&hash(stretch)) {
                covered += at + STRETCH - to.max(at);
                to = at + STRETCH;
            }
        }
        covered as f32 / words.len() as f32
    };
    Some(page.blocks.iter().map(|block| share(block.span.of(&page.text))).collect())
}

/// The words of a text by their hashes; in scripts without blanks, its letters.
fn words(text: &str) -> Vec<u64> {
    let mut out = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        let letter = c.is_alphanumeric();
        if letter && script::is_unspaced(script::of(c)) {
            end(&mut word, &mut out);
            word.push(c);
            end(&mut word, &mut out);
        } else if letter {
            word.extend(c.to_lowercase());
        } else {
            end(&mut word, &mut out);
        }
    }
    end(&mut word, &mut out);
    out
}

fn end(word: &mut String, out: &mut Vec<u64>) {
    if !word.is_empty() {
        out.push(xxh3_64(word.as_bytes()));
        word.clear();
    }
}

fn hash(words: &[u64]) -> u64 {
    words
        .iter()
        .fold(words.len() as u64, |hash, word| (hash.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}
