//! Which heading is the title of a page.

use super::feature::letters;
use super::page::Page;
use super::tag::Tag;

/// Titles are not longer, in bytes.
const LONGEST: usize = 600;
/// The title stands so many blocks before the main text at most, to count as being near it.
const NEAR: usize = 12;

/// The number of the block: a heading that says what the page says its title is, else the only first heading. `body` is the first block of
/// main text, where that is known.
pub(super) fn find(page: &Page, body: Option<usize>) -> Option<usize> {
    let said: Vec<String> = (page.about.meta.iter())
        .filter(|(name, _)| matches!(name.as_str(), "og:title" | "twitter:title" | "headline"))
        .map(|(_, value)| letters(value))
        .chain([letters(&page.about.title)])
        .filter(|title| title.len() > 5)
        .collect();
    let mut best: Option<(u32, usize)> = None;
    for (index, block) in page.blocks.iter().enumerate() {
        let Some(element) = page.tree.at(block.element) else { continue };
        let level = page.tree.at(element.block).map_or(Tag::Block, |e| e.tag).heading();
        if level.is_none_or(|l| l > 3) || block.span.len() > LONGEST || element.hidden {
            continue;
        }
        let text = letters(block.span.of(&page.text));
        let same = said.contains(&text);
        let within = text.len() > 8 && said.iter().any(|title| title.contains(&text));
        let near = body.is_some_and(|body| index <= body && index + NEAR > body);
        let score =
            u32::from(same) * 8 + u32::from(within) * 4 + if level == Some(1) { 3 } else { 0 } + u32::from(near);
        if score >= 3 && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, index));
        }
    }
    best.map(|(_, index)| index)
}
