//! The title of a document.

use std::collections::BTreeMap;

use super::shape::End;
use super::{Draft, heading};
use crate::model::{Block, Kind};
use crate::text::script;
use crate::text::words::words;

/// Titles are not longer, in characters.
const LONGEST: usize = 200;
/// So many blocks may stand between the title and the text: a date, an author, a lead.
const BETWEEN: usize = 3;
/// So many blocks in a row make a second copy of a document.
const COPIES: usize = 3;
/// So many short blocks may stand before the text that is copied.
const LEADING: usize = 5;

/// The block that is the title of the document.
pub fn title(_text: &str, blocks: &[Block]) -> Option<usize> {
    blocks.iter().position(|block| block.kind == Kind::Title)
}

/// The title of a document that was pasted twice, where it stands only before the second copy.
///
/// `copies[i]` is the number of the block that block `i` repeats. A title is a short block of one sentence that is itself no copy, stands
/// directly before copies of the first blocks of the document, in their order, and shares words with the text that not all of it has.
pub fn title_before_copy(text: &str, blocks: &[Block], copies: &[Option<usize>]) -> Option<usize> {
    if blocks.iter().any(|block| block.kind == Kind::Title) {
        return None;
    }
    let copy = |i: usize| copies.get(i).copied().flatten();
    let place = (1..blocks.len()).find(|&i| {
        let Some(original) = copy(i + 1) else { return false };
        copy(i).is_none()
            && original <= LEADING
            && original < i
            && blocks.iter().take(original).all(|block| is_short(text, block))
            && (1..COPIES).all(|k| copy(i + 1 + k) == Some(original + k))
    })?;
    let candidate = blocks.get(place)?;
    let body = blocks.get(..place)?;
    (is_short(text, candidate) && is_one_sentence(candidate.span.of(text)) && shares_words(text, candidate, body))
        .then_some(place)
}

/// Marks the first line of a document as its title: a heading, or a line that could be one a little below which longer text begins.
pub(super) fn mark(text: &str, drafts: &mut [Draft]) {
    let Some((first, rest)) = drafts.split_first_mut() else { return };
    if rest.is_empty() || first.lines > 2 {
        return;
    }
    let line = first.span.of(text);
    let headed = first.kind == Kind::Heading;
    let short = first.kind == Kind::Paragraph
        && first.lines == 1
        && first.first.chars <= LONGEST
        && first.first.end == End::Bare;
    let asks = first.kind == Kind::Paragraph
        && first.lines == 1
        && first.first.chars <= LONGEST
        && line.ends_with(['?', '!', '？', '！']);
    let body = rest
        .iter()
        .take(BETWEEN + 1)
        .any(|below| below.kind == Kind::Paragraph && heading::is_body(text, first, below));
    if headed || (short || asks && is_one_sentence(line)) && heading::begins_and_has_words(first, line) && body {
        first.kind = Kind::Title;
    }
}

fn is_short(text: &str, block: &Block) -> bool {
    block.span.len() <= 4 * LONGEST && block.span.of(text).chars().count() <= LONGEST
}

/// Whether marks that end sentences stand at the end only.
fn is_one_sentence(text: &str) -> bool {
    let body = text.trim_end_matches(['.', '!', '?', '…', '。', '！', '？', '"', '»', '”']);
    !body.contains(['。', '！', '？'])
        && !body.match_indices(['.', '!', '?']).any(|(at, _)| body.get(at + 1..).is_some_and(|t| t.starts_with(' ')))
}

/// Whether at least two of the candidate's longer words, or half of them, occur in the text, in some of its blocks but not in most.
fn shares_words(text: &str, candidate: &Block, body: &[Block]) -> bool {
    let mut places: BTreeMap<String, usize> =
        stems(candidate.span.of(text)).into_iter().map(|stem| (stem, 0)).collect();
    for block in body {
        for stem in stems(block.span.of(text)) {
            if let Some(count) = places.get_mut(&stem) {
                *count += 1;
            }
        }
    }
    let most = (body.len() * 3 / 4).max(1);
    let shared = places.values().filter(|&&count| (1..=most).contains(&count)).count();
    shared >= 2 || shared > 0 && shared * 2 >= places.len()
}

/// The beginnings of the longer words of a text, each once: five letters are the same in most forms of a word. Of scripts without blanks, pairs of characters.
fn stems(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let mut out: Vec<String> = words(&lower, 0)
        .map(|(_, word)| word)
        .filter(|word| word.chars().count() >= 5)
        .map(|word| word.chars().take(5).collect())
        .collect();
    let wide: Vec<char> = lower.chars().collect();
    let unspaced = |c: char| !c.is_ascii() && script::is_unspaced(script::of(c));
    out.extend(wide.windows(2).filter(|pair| pair.iter().all(|&c| unspaced(c))).map(|pair| pair.iter().collect()));
    out.sort_unstable();
    out.dedup();
    out
}
