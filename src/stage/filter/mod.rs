//! Filters of quality as corpora for language models use them, after their papers, by script: what they take for granted of English
//! (blanks between words, full stops, five letters a word) is asked only of scripts that have it. A line falls rather than its document,
//! and shortness alone is no fault.

mod line;
mod measure;
mod repetition;
mod whole;

use crate::model::Block;
use crate::options::Filter;
use crate::text::words::Dictionary;

use measure::Line;

/// What the filters take out of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filtered {
    /// Blocks, in order, each with its rule.
    pub blocks: Vec<(usize, &'static str)>,
    /// The rule by which the whole document goes.
    pub document: Option<&'static str>,
}

/// What `filters` take out of a document. `counts` says of each block whether it is looked at: boilerplate and what repeats is not.
pub fn find(text: &str, blocks: &[Block], counts: &[bool], filters: &[Filter]) -> Filtered {
    let dictionary = Dictionary::default();
    let mut lines: Vec<(usize, Line<'_>)> = (blocks.iter().enumerate().zip(counts))
        .filter(|(_, counts)| **counts)
        .map(|((index, block), _)| (index, Line::of(block.span.of(text), block.kind, &dictionary)))
        .collect();
    let (all, mut out) = (lines.len(), Filtered::default());
    lines.retain(|(index, line)| {
        let rule = filters.iter().find_map(|&filter| line::rule(filter, line, all));
        out.blocks.extend(rule.map(|rule| (*index, rule)));
        rule.is_none()
    });
    let left: Vec<Line<'_>> = lines.into_iter().map(|(_, line)| line).collect();
    out.document = if left.is_empty() {
        out.blocks.first().map(|(_, rule)| *rule)
    } else {
        filters.iter().find_map(|&filter| whole::rule(filter, &left))
    };
    out
}

#[cfg(test)]
mod tests;
