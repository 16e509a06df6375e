//! What the forests are asked about: each block as a row of numbers. The order is that of the trained trees.

use std::collections::{HashMap, HashSet};

use super::measure::{Looks, look};
use super::page::Page;
use super::tag::Tag;
use super::tree::FAR;

/// So much of the text that a page repeats for machines is compared, in bytes.
const BODY: usize = 100_000;

/// The rows of a page, and what the second look needs of them.
pub(super) struct Rows {
    pub(super) values: Vec<Vec<f32>>,
    pub(super) looks: Vec<Looks>,
    /// For each block: the three elements around it, from the inside.
    pub(super) around: Vec<[u32; 3]>,
    /// For each block: the number of its template.
    pub(super) template: Vec<u32>,
}

/// What the blocks under an element come to.
#[derive(Clone, Copy, Default)]
struct Sum {
    blocks: f32,
    weight: f32,
    linked: f32,
    /// The weight of running text.
    text: f32,
    score: f32,
}

/// The rows of all blocks of a page.
pub(super) fn rows(page: &Page) -> Rows {
    let all: Vec<Looks> = page.blocks.iter().map(|block| look(block.span.of(&page.text))).collect();
    let elements = &page.tree.elements;
    let mut sums = vec![Sum::default(); elements.len()];
    let mut around = Vec::with_capacity(page.blocks.len());
    let mut templates: HashMap<u64, u32> = HashMap::new();
    let mut template = Vec::with_capacity(page.blocks.len());
    let mut groups: Vec<[f32; 4]> = Vec::new();
    for (block, looks) in page.blocks.iter().zip(&all) {
        let inner = page.tree.at(block.element).map_or(0, |e| e.block);
        let up = |n: u32| page.tree.at(n).map_or(0, |e| e.parent);
        around.push([up(inner), up(up(inner)), up(up(up(inner)))]);
        let linked = share(block.linked, block.span.len());
        let text = if looks.ends && linked < 0.4 && looks.weight > 30.0 { looks.weight } else { 0.0 };
        let mut at = inner;
        loop {
            if let Some(sum) = sums.get_mut(at as usize) {
                sum.blocks += 1.0;
                sum.weight += looks.weight;
                sum.linked += looks.weight * linked;
                sum.text += text;
            }
            if at == 0 {
                break;
            }
            at = up(at);
        }
        if text > 0.0 {
            let points = 1.0 + looks.commas.min(10.0) + (looks.weight / 100.0).min(3.0);
            for (n, at) in [up(inner), up(up(inner)), up(up(up(inner)))].into_iter().enumerate() {
                if let Some(sum) = sums.get_mut(at as usize) {
                    sum.score += points / (n + 1) as f32;
                }
            }
        }
        let key = page.tree.at(inner).map_or(0, |e| e.template);
        let next = templates.len() as u32;
        let number = *templates.entry(key).or_insert(next);
        template.push(number);
        if groups.len() <= number as usize {
            groups.push([0.0; 4]);
        }
        if let Some([count, weight, links, ends]) = groups.get_mut(number as usize) {
            *count += 1.0;
            *weight += looks.weight;
            *links += linked;
            *ends += bit(looks.ends);
        }
    }
    let scores = sums.iter().map(|sum| sum.score * (1.0 - ratio(sum.linked, sum.weight)));
    let (top, best) = scores.zip(0u32..).fold((0.0f32, 0u32), |a, b| if b.0 > a.0 { b } else { a });
    let whole = sums.first().copied().unwrap_or_default();
    let headings: Vec<usize> = (page.blocks.iter().enumerate())
        .filter(|(_, b)| inner_tag(page, b.element) == Tag::H1)
        .map(|(i, _)| i)
        .collect();
    let title = letters(&page.about.title);
    let titles: Vec<String> = (page.about.meta.iter())
        .filter(|(name, _)| matches!(name.as_str(), "og:title" | "twitter:title" | "headline"))
        .map(|(_, value)| letters(value))
        .chain([title])
        .filter(|t| t.len() > 3)
        .collect();
    let described: Vec<String> = (page.about.meta.iter())
        .filter(|(name, _)| matches!(name.as_str(), "og:description" | "description" | "twitter:description"))
        .map(|(_, value)| letters(value))
        .filter(|t| t.len() > 30)
        .collect();
    let mut body = letters(&super::about::body(&page.about));
    if let Some((at, _)) = body.char_indices().find(|(at, _)| *at > BODY) {
        body.truncate(at);
    }

    let heading = Heading::of_page(page, &template, &all);
    let known = Words::new(
        &page.about.title,
        heading.at.and_then(|n| page.blocks.get(n)).map_or("", |b| b.span.of(&page.text)),
    );
    let mut text_of = vec![0.0f32; groups.len()];
    for ((&number, looks), block) in template.iter().zip(&all).zip(&page.blocks) {
        if looks.ends && looks.weight > 30.0 && share(block.linked, block.span.len()) < 0.4 {
            text_of.get_mut(number as usize).into_iter().for_each(|slot| *slot += looks.weight);
        }
    }

    let mut out = Vec::with_capacity(page.blocks.len());
    let (mut before, count) = (0.0f32, page.blocks.len());
    for (index, (block, looks)) in page.blocks.iter().zip(&all).enumerate() {
        let Some(element) = page.tree.at(block.element) else { continue };
        let inner = element.block;
        let tag = inner_tag(page, block.element);
        let linked = share(block.linked, block.span.len());
        let mut row = Vec::with_capacity(160);
        row.extend([
            looks.weight.ln_1p(),
            looks.words.ln_1p(),
            linked,
            block.links as f32,
            bit(looks.ends),
            looks.stops.ln_1p(),
            looks.commas.ln_1p(),
            ratio(looks.digits, looks.weight),
            ratio(looks.upper, looks.letters),
            share(block.bold, block.span.len()),
            bit(looks.copyright),
            looks.bars.min(10.0),
            if looks.unspaced { 5.0 } else { ratio(looks.letters, looks.words) },
            bit(looks.begins_lower),
            bit(looks.begins_digit),
            looks.lines.min(10.0),
            bit(looks.asks),
            bit(looks.colon),
            bit(element.hidden),
            bit(block.row),
            ratio(looks.letters, looks.weight),
        ]);
        row.extend([
            bit(tag == Tag::P),
            f32::from(tag.heading().unwrap_or(0)),
            bit(tag == Tag::Li),
            bit(matches!(tag, Tag::Td | Tag::Th | Tag::Tr)),
            bit(tag == Tag::Div),
            bit(tag == Tag::Blockquote),
            bit(matches!(tag, Tag::Dt | Tag::Dd)),
            bit(matches!(tag, Tag::Figcaption | Tag::Caption)),
            bit(matches!(tag, Tag::Label | Tag::Button | Tag::Option | Tag::Select)),
            bit(matches!(tag, Tag::Pre)),
            bit(matches!(tag, Tag::Address | Tag::Summary | Tag::Details)),
            f32::from(element.depth.min(60)),
        ]);
        row.extend(element.names.iter().map(|&n| f32::from(n)));
        row.extend(element.near.iter().map(|&n| f32::from(n)));
        let parts = [index as f32 / count as f32, ratio(before, whole.weight), before.ln_1p()];
        row.extend(parts);
        row.extend([(whole.weight - before).max(0.0).ln_1p(), (count as f32).ln_1p(), whole.weight.ln_1p()]);
        before += looks.weight;
        row.extend([whole.text.ln_1p(), ratio(whole.text, whole.weight)]);
        let above = headings.partition_point(|&h| h <= index);
        let last = above.checked_sub(1).and_then(|n| headings.get(n));
        row.extend([
            last.map_or(200.0, |&h| ((index - h) as f32).min(200.0)),
            headings.get(above).map_or(200.0, |&h| ((h - index) as f32).min(200.0)),
            headings.len().min(10) as f32,
        ]);
        let plain = if block.span.len() < 4000 { letters(block.span.of(&page.text)) } else { String::new() };
        let long = plain.len() > 3;
        row.push(bit(long && titles.contains(&plain)));
        row.push(bit(long
            && plain.len() > 10
            && titles.iter().any(|t| t.contains(&plain) || plain.contains(t.as_str()))));
        row.push(bit(plain.len() > 30 && described.iter().any(|d| d.contains(&plain) || plain.contains(d.as_str()))));
        row.push(if body.len() < 200 { -1.0 } else { bit(long && body.contains(&plain)) });
        for by in [-2isize, -1, 1, 2] {
            let other = index.checked_add_signed(by);
            let near = other.and_then(|n| Some((page.blocks.get(n)?, looks_of(&all, n)?, *template.get(n)?)));
            match near {
                Some((b, l, t)) => row.extend([
                    l.weight.ln_1p(),
                    share(b.linked, b.span.len()),
                    bit(l.ends),
                    bit(Some(&t) == template.get(index)),
                    bit(inner_tag(page, b.element) == Tag::P),
                ]),
                None => row.extend([-1.0; 5]),
            }
        }
        let group = template.get(index).and_then(|&n| groups.get(n as usize)).copied().unwrap_or_default();
        let [n, weight, links, ends] = group;
        row.extend([n.ln_1p(), ratio(weight, n).ln_1p(), ratio(links, n), ratio(ends, n)]);
        for number in around.get(index).copied().unwrap_or_default() {
            let sum = sums.get(number as usize).copied().unwrap_or_default();
            row.extend([
                sum.text.ln_1p(),
                ratio(sum.text, whole.text),
                ratio(sum.linked, sum.weight),
                ratio(sum.text, sum.weight),
                sum.blocks.ln_1p(),
                ratio(sum.score, top),
            ]);
        }
        let (mut at, mut steps) = (inner, 0u8);
        while at != best && at != 0 && steps < FAR {
            at = page.tree.at(at).map_or(0, |e| e.parent);
            steps += 1;
        }
        row.push(if at == best { f32::from(steps) } else { f32::from(FAR) });
        row.extend(heading.of(page, index, inner, &sums, whole, template.get(index)));
        row.push(ratio(
            text_of.get(template.get(index).map_or(0, |&n| n as usize)).copied().unwrap_or_default(),
            whole.text,
        ));
        row.push(known.share(block.span.of(&page.text)));
        out.push(row);
    }
    Rows { values: out, looks: all, around, template }
}

/// The heading that is the title of the page, and how the others lie to it.
struct Heading {
    at: Option<usize>,
    element: u32,
    /// For each block, how many blocks made by the same template as the heading come up to it.
    alike: Vec<f32>,
    /// The weight up to each block.
    weights: Vec<f32>,
}

impl Heading {
    fn of_page(page: &Page, template: &[u32], all: &[Looks]) -> Self {
        let at = super::title::find(page, None);
        let own = at.and_then(|n| template.get(n)).copied();
        let (mut alike, mut weights, mut count, mut weight) = (Vec::new(), Vec::new(), 0.0f32, 0.0f32);
        for (number, looks) in template.iter().zip(all) {
            count += bit(own == Some(*number));
            weight += looks.weight;
            alike.push(count);
            weights.push(weight);
        }
        let element = at.and_then(|n| page.blocks.get(n)).and_then(|b| page.tree.at(b.element)).map_or(0, |e| e.block);
        Self { at, element, alike, weights }
    }

    /// How block `index` lies to the heading: blocks and text between them, other headings like it, how far up both are in one element,
    /// and how much of the page that one holds.
    fn of(&self, page: &Page, index: usize, inner: u32, sums: &[Sum], whole: Sum, _: Option<&u32>) -> [f32; 8] {
        let Some(at) = self.at else { return [-1.0; 8] };
        let (mut a, mut b, mut up, mut down) = (self.element, inner, 0.0f32, 0.0f32);
        let depth = |n: u32| page.tree.at(n).map_or(0, |e| e.depth);
        while a != b {
            if depth(a) >= depth(b) {
                a = page.tree.at(a).map_or(0, |e| e.parent);
                up += 1.0;
            } else {
                b = page.tree.at(b).map_or(0, |e| e.parent);
                down += 1.0;
            }
            if a == 0 && b == 0 {
                break;
            }
        }
        let shared = sums.get(a as usize).copied().unwrap_or_default();
        let get = |list: &[f32], n: usize| list.get(n).copied().unwrap_or_default();
        let between = get(&self.weights, index) - get(&self.weights, at);
        let far = index as f32 - at as f32;
        [
            far.clamp(-200.0, 400.0),
            between.signum() * between.abs().ln_1p(),
            get(&self.alike, index) - get(&self.alike, at),
            self.alike.last().copied().unwrap_or_default(),
            up,
            down,
            ratio(shared.text, whole.text),
            shared.blocks.ln_1p(),
        ]
    }
}

/// The words of the title; of scripts without blanks, pairs of characters.
struct Words(HashSet<String>);

impl Words {
    fn new(title: &str, heading: &str) -> Self {
        let text = if heading.len() > 8 { heading } else { title };
        Self(words(text.get(..text.len().min(600)).unwrap_or(text)).collect())
    }

    /// How many of them a text has, as a share.
    fn share(&self, text: &str) -> f32 {
        if self.0.len() < 2 || text.len() > 8000 {
            return 0.0;
        }
        let mut found: Vec<String> = words(text).filter(|word| self.0.contains(word)).collect();
        found.sort_unstable();
        found.dedup();
        found.len() as f32 / self.0.len() as f32
    }
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric()).flat_map(|word| {
        let chars: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
        let unspaced = chars.first().is_some_and(|&c| crate::text::script::is_unspaced(crate::text::script::of(c)));
        let size = if unspaced { 2 } else { chars.len().max(1) };
        let least = if unspaced { 2 } else { 4 };
        let all: Vec<String> = chars.windows(size).filter(|w| w.len() >= least).map(|w| w.iter().collect()).collect();
        all
    })
}

fn looks_of(all: &[Looks], index: usize) -> Option<&Looks> {
    all.get(index)
}

fn inner_tag(page: &Page, element: u32) -> Tag {
    let inner = page.tree.at(element).map_or(0, |e| e.block);
    page.tree.at(inner).map_or(Tag::Block, |e| e.tag)
}

fn bit(it: bool) -> f32 {
    f32::from(u8::from(it))
}

fn share(part: usize, whole: usize) -> f32 {
    if whole == 0 { 0.0 } else { (part as f32 / whole as f32).min(1.0) }
}

fn ratio(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// The letters and digits of a text, in lower case: what titles are compared by.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
