//! What makes two passages copies of each other: fingerprints, and the copies within one document.

pub mod align;
pub mod facts;
pub mod sketch;

use std::collections::HashMap;

use xxhash_rust::xxh3::{xxh3_64, xxh3_128, xxh3_128_with_seed};

use self::sketch::Sketcher;
use crate::model::{Block, Fingerprint, Kind, Samples, Sketches};
use crate::text::fold::Folded;
use crate::text::script;

/// Folded passages without a letter or digit are compared as they stand; this keeps them apart from the others.
const AS_IT_STANDS: u64 = 0x7265_6365_6e73_696f;

/// The fingerprint of each block, and those of its samples that are wanted.
pub fn fingerprints(text: &str, blocks: &[Block], samples: Samples) -> (Vec<Fingerprint>, Sketches) {
    let (mut buffer, mut sketcher, mut sketches) = (Folded::default(), Sketcher::default(), Sketches::default());
    let prints = blocks.iter().map(|block| {
        let text = block.span.of(text);
        let key = key(text, block.kind, &mut buffer);
        let (near, far, numbers) = sketcher.sketch(&buffer.text, buffer.chars, samples);
        // Rows and lines of code are alike by their nature.
        if matches!(block.kind, Kind::Code | Kind::Table) {
            sketches.push(&[], &[]);
        } else {
            sketches.push(near, far);
        }
        Fingerprint {
            key,
            exact: xxh3_64(text.as_bytes()),
            weight: weight(&buffer.text, buffer.chars),
            numbers,
            chars: u32::try_from(buffer.chars).unwrap_or(u32::MAX),
        }
    });
    (prints.collect(), sketches)
}

fn key(text: &str, kind: Kind, folded: &mut Folded) -> u128 {
    folded.fill(text);
    if folded.text.is_empty() || kind == Kind::Code {
        xxh3_128_with_seed(text.as_bytes(), AS_IT_STANDS)
    } else {
        xxh3_128(&folded.text)
    }
}

/// How much a folded passage says, in letters of an alphabet: a Han character counts as three, a letter of a script without blanks as two.
fn weight(folded: &[u8], chars: usize) -> u32 {
    let flat = u32::try_from(chars).unwrap_or(u32::MAX);
    // Characters of less than three bytes are letters of alphabets.
    if folded.len() == chars || folded.iter().all(|&b| b < 0xe0) {
        return flat;
    }
    let per_char = |c: char| match script::of(c) {
        script::Script::Han | script::Script::Hangul => 3,
        s if script::is_unspaced(s) => 2,
        _ => 1,
    };
    // The first characters tell enough of a long passage.
    let text = std::str::from_utf8(folded).unwrap_or_default();
    let head: u32 = text.chars().take(LONG).map(per_char).sum();
    head.saturating_add(u32::try_from(chars.saturating_sub(LONG)).unwrap_or(u32::MAX))
}

/// Characters beyond which a passage is long whatever its script.
const LONG: usize = 400;

/// For each block, the earlier block of the same document that it repeats, exactly or but for its looks.
pub fn within(prints: &[Fingerprint]) -> Vec<Option<usize>> {
    let mut first = HashMap::with_capacity(prints.len());
    prints
        .iter()
        .enumerate()
        .map(|(index, print)| {
            let original = *first.entry(print.key).or_insert(index);
            (original != index).then_some(original)
        })
        .collect()
}

/// The fingerprint of a whole document: of the fingerprints of its blocks, in order. `None` for a document without blocks.
pub fn whole(prints: &[Fingerprint]) -> Option<Fingerprint> {
    let weight = prints.iter().map(|p| p.weight).fold(0u32, u32::saturating_add);
    let (mut keys, mut exact) = (Vec::with_capacity(prints.len() * 16), Vec::with_capacity(prints.len() * 8));
    for print in prints {
        keys.extend_from_slice(&print.key.to_le_bytes());
        exact.extend_from_slice(&print.exact.to_le_bytes());
    }
    let numbers = prints.iter().map(|p| p.numbers).fold(0u32, u32::wrapping_add);
    let chars = prints.iter().map(|p| p.chars).fold(0u32, u32::saturating_add);
    (!prints.is_empty()).then(|| Fingerprint { key: xxh3_128(&keys), exact: xxh3_64(&exact), weight, numbers, chars })
}

#[cfg(test)]
mod tests {
    use super::{Samples, fingerprints, whole, within};
    use crate::model::{Block, Kind};
    use crate::text::Span;

    fn blocks(text: &str) -> Vec<Block> {
        let mut at = 0;
        let mut out = Vec::new();
        for line in text.split_inclusive('\n') {
            out.push(Block { span: Span::new(at, at + line.len()).trimmed(text), kind: Kind::Paragraph });
            at += line.len();
        }
        out
    }

    #[test]
    fn copies_are_found_whatever_their_looks() {
        let text = "Первый абзац.\nВторой абзац.\n«ПЕРВЫЙ абзац»\nВторой\u{200b} абзац.\n***\n***\n---";
        let prints = fingerprints(text, &blocks(text), Samples::NONE).0;
        assert_eq!(within(&prints), [None, None, Some(0), Some(1), None, Some(4), None]);
        assert_ne!(prints[0].exact, prints[2].exact);
    }

    #[test]
    fn han_weighs_more_than_letters() {
        let weigh = |text: &str| fingerprints(text, &blocks(text), Samples::NONE).0[0].weight;
        assert_eq!(weigh("国家发展"), 12);
        assert_eq!(weigh("rule"), 4);
    }

    #[test]
    fn an_empty_document_repeats_nothing() {
        assert_eq!(whole(&[]), None);
    }
}
