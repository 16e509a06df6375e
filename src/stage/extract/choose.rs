//! Which blocks of a page are its main text: two looks by forests of decision trees, the second among neighbours that are judged already.

use super::context::context;
use super::feature::rows;
use super::page::{Block, Page};
use super::tag::Tag;
use super::title;
use super::tree::FAR;
use super::vote::votes;
use crate::model::{Kind, LaidBlock};
use crate::options::Extract;
use crate::rules::extract::ExtractRules;

/// Pages of more blocks are no articles: everything is kept.
const MOST: usize = 20_000;
/// What is main text beyond doubt, and how many words of it make the rest doubtful, by which power.
const SURE: f32 = 0.8;
const MAIN: f32 = 60.0;
const SHARPER: f32 = 2.2;
/// The group of names of comments, and how much less likely they are.
const COMMENT: usize = 3;
const DOUBT: f32 = 0.6;
/// How much the first look counts beside the second.
const OWN: f32 = 0.3;
/// A block is main text from this probability on, where only the first such block is asked for.
const ENOUGH: f32 = 0.5;
/// Less main text than this, in letters, is none.
const LEAST: f32 = 80.0;
/// Where there is main text beyond doubt, what is doubtful is doubted more: blocks err together, not one by one. Comments are doubted anyway.
fn sharpen(page: &Page, probable: &mut [f32], words: &[f32]) {
    let sure: f32 = probable.iter().zip(words).filter(|(p, _)| **p > SURE).map(|(_, n)| n).sum();
    for (p, block) in probable.iter_mut().zip(&page.blocks) {
        if sure > MAIN {
            let (yes, no) = (p.powf(SHARPER), (1.0 - *p).powf(SHARPER));
            *p = yes / (yes + no);
        }
        let comment = page.tree.at(block.element).and_then(|e| e.names.get(COMMENT)).is_some_and(|n| *n < 12);
        if comment {
            *p *= DOUBT;
        }
    }
}

/// The probability from which on blocks are taken so that the expected F1 of the words is the highest there is.
fn threshold(probable: &[f32], words: &[f32]) -> f32 {
    let mut order: Vec<(f32, f32)> = probable.iter().copied().zip(words.iter().copied()).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0));
    let all: f32 = order.iter().map(|(p, n)| p * n).sum();
    let (mut right, mut taken) = (0.0f32, 0.0f32);
    let (mut best, mut at) = (0.0f32, 1.0f32);
    for (p, n) in order {
        right += p * n;
        taken += n;
        let expected = right / (taken + all + f32::EPSILON);
        if expected > best {
            (best, at) = (expected, p);
        }
    }
    at
}

/// The blocks with their kinds, and why those outside the main text are; and whether no main text was found.
pub(super) fn choose(source: &str, page: &Page, rules: &ExtractRules, how: Extract) -> (Vec<LaidBlock>, bool) {
    let whole = how == Extract::All;
    if page.blocks.len() > MOST {
        let blocks =
            page.blocks.iter().map(|block| LaidBlock { span: block.span, kind: kind(page, block), dropped: None });
        return (blocks.collect(), !whole);
    }
    let mut looked = rows(page);
    let votes = if how == Extract::Main { votes(source, page) } else { None };
    let forests = if votes.is_some() { &rules.voted } else { &rules.own };
    add(&mut looked.values, votes.as_deref());
    let first: Vec<f32> = looked.values.iter().map(|row| forests.alone.probability(row)).collect();
    let second: Vec<f32> = (looked.values.iter().zip(context(&looked, &first)))
        .map(|(row, context)| forests.among.probability(&[row.as_slice(), &context].concat()))
        .collect();
    let title = title::find(page, second.iter().position(|p| *p >= ENOUGH));
    let weights: Vec<f32> = looked.looks.iter().map(|looks| looks.words).collect();
    let mut mixed: Vec<f32> = first.iter().zip(&second).map(|(a, b)| OWN * a + (1.0 - OWN) * b).collect();
    sharpen(page, &mut mixed, &weights);
    let enough = threshold(&mixed, &weights);
    let weight: f32 =
        mixed.iter().zip(&looked.looks).filter(|(p, _)| **p >= enough).map(|(_, looks)| looks.weight).sum();
    let likely: f32 = mixed.iter().zip(&looked.looks).map(|(p, looks)| p * looks.weight).sum();
    let nothing = weight < LEAST || likely < LEAST / 2.0;
    let keep_all = whole || nothing;
    let blocks = page.blocks.iter().zip(&mixed).enumerate().map(|(index, (block, &p))| {
        let is_title = title == Some(index);
        let dropped = !(keep_all || is_title || p >= enough);
        let kind = if is_title { Kind::Title } else { kind(page, block) };
        LaidBlock { span: block.span, kind, dropped: dropped.then(|| rule(page, block)) }
    });
    (blocks.collect(), nothing && !whole)
}

/// Puts the second opinion on each block and its neighbours at the end of its row.
fn add(rows: &mut [Vec<f32>], votes: Option<&[f32]>) {
    let Some(votes) = votes else { return };
    let at = |index: Option<usize>| index.and_then(|n| votes.get(n)).copied().unwrap_or(-1.0);
    for (index, row) in rows.iter_mut().enumerate() {
        row.extend([at(Some(index)), at(index.checked_sub(1)), at(Some(index + 1))]);
    }
}

/// For each block of a page: its text, its row, and `[three elements around it, template, weight, first probability, context…]`: what the
/// forests are trained on.
pub fn features(source: &str, rules: &ExtractRules) -> Vec<(String, Vec<f32>, Vec<f32>)> {
    let page = super::page::read(source, rules);
    let mut looked = rows(&page);
    let first: Vec<f32> = looked.values.iter().map(|row| rules.own.alone.probability(row)).collect();
    let votes = votes(source, &page).unwrap_or_else(|| vec![-1.0; page.blocks.len()]);
    add(&mut looked.values, Some(&votes));
    let context = context(&looked, &first);
    let mut out = Vec::new();
    for (index, (row, context)) in looked.values.into_iter().zip(context).enumerate() {
        let [a, b, c] = looked.around.get(index).copied().unwrap_or_default();
        let template = looked.template.get(index).copied().unwrap_or_default();
        let weight = looked.looks.get(index).map_or(0.0, |l| l.weight);
        let mut more = vec![a as f32, b as f32, c as f32, template as f32, weight];
        more.push(first.get(index).copied().unwrap_or_default());
        more.extend(context);
        out.push((page.blocks.get(index).map_or("", |b| b.span.of(&page.text)).to_owned(), row, more));
    }
    out
}

fn kind(page: &Page, block: &Block) -> Kind {
    let Some(element) = page.tree.at(block.element) else { return Kind::Paragraph };
    let near = |tag: Tag| {
        super::tree::NEAR.iter().position(|&t| t == tag).and_then(|n| element.near.get(n)).copied().unwrap_or(FAR)
    };
    match page.tree.at(element.block).map_or(Tag::Block, |e| e.tag) {
        Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => Kind::Heading,
        Tag::Pre => Kind::Code,
        Tag::Figcaption | Tag::Caption => Kind::Caption,
        Tag::Td | Tag::Th | Tag::Tr => Kind::Table,
        Tag::Blockquote => Kind::Quote,
        Tag::Li | Tag::Dt | Tag::Dd => Kind::ListItem,
        _ if near(Tag::Blockquote) < near(Tag::Li).min(8) => Kind::Quote,
        _ if near(Tag::Li) <= 2 => Kind::ListItem,
        _ => Kind::Paragraph,
    }
}

/// Why a block is no main text, as far as its surroundings say.
fn rule(page: &Page, block: &Block) -> &'static str {
    let Some(element) = page.tree.at(block.element) else { return "page.outside" };
    let named = |group: usize| element.names.get(group).is_some_and(|n| *n < 6);
    let near = |tag: Tag| {
        super::tree::NEAR.iter().position(|&t| t == tag).and_then(|n| element.near.get(n)).is_some_and(|n| *n < FAR)
    };
    if element.hidden {
        "page.hidden"
    } else if near(Tag::Nav) || named(6) {
        "page.navigation"
    } else if near(Tag::Footer) || named(7) {
        "page.footer"
    } else if named(3) {
        "page.comments"
    } else if near(Tag::Aside) || named(4) || named(5) {
        "page.related"
    } else {
        "page.outside"
    }
}
