//! What the neighbours of a block were judged to be: the features of the second look.

use std::collections::BTreeMap;

use super::feature::Rows;

/// Neighbours on each side whose probabilities are looked at one by one.
const NEAR: isize = 4;
/// Wider surroundings, in blocks on each side.
const WIDE: [usize; 2] = [3, 10];
/// What is main text beyond doubt.
const SURE: f32 = 0.8;
const LONG: f32 = 80.0;
/// No distance is longer, in blocks.
const FAR: usize = 50;

/// The features of each block among its neighbours. `first` are their probabilities by themselves.
pub(super) fn context(looked: &Rows, first: &[f32]) -> Vec<Vec<f32>> {
    let weights: Vec<f32> = looked.looks.iter().map(|looks| looks.weight).collect();
    let count = first.len();
    let mut sums = vec![(0.0f32, 0.0f32)];
    for (p, w) in first.iter().zip(&weights) {
        let (a, b) = sums.last().copied().unwrap_or_default();
        sums.push((a + p * w, b + w));
    }
    let between = |from: usize, to: usize| {
        let (a, b) = sums.get(from).copied().unwrap_or_default();
        let (c, d) = sums.get(to).copied().unwrap_or_default();
        if d > b { (c - a) / (d - b) } else { 0.0 }
    };
    let total = sums.last().map_or(0.0, |s| s.0);
    let groups: Vec<BTreeMap<u32, (f32, f32)>> = (0..4).map(|level| group(looked, first, &weights, level)).collect();
    let is_sure = |i: usize| first.get(i).is_some_and(|p| *p > SURE) && weights.get(i).is_some_and(|w| *w > LONG);
    let mut out = Vec::with_capacity(count);
    let mut since = FAR;
    for index in 0..count {
        let mut row = Vec::with_capacity(24);
        for by in -NEAR..=NEAR {
            row.push(index.checked_add_signed(by).and_then(|n| first.get(n)).copied().unwrap_or(-1.0));
        }
        for by in WIDE {
            row.push(between(index.saturating_sub(by), (index + by + 1).min(count)));
        }
        for (level, group) in groups.iter().enumerate() {
            let (p, w) = group.get(&key(looked, index, level)).copied().unwrap_or_default();
            row.push(if w > 0.0 { p / w } else { 0.0 });
        }
        let before = sums.get(index).map_or(0.0, |s| s.0);
        row.push(if total > 0.0 { before / total } else { 0.0 });
        row.push(total.ln_1p());
        row.push(since as f32);
        let ahead = (index + 1..(index + FAR).min(count)).find(|&n| is_sure(n)).map_or(FAR, |n| n - index);
        row.push(ahead as f32);
        since = if is_sure(index) { 1 } else { (since + 1).min(FAR) };
        out.push(row);
    }
    out
}

fn key(looked: &Rows, index: usize, level: usize) -> u32 {
    let around = looked.around.get(index).and_then(|around| around.get(level));
    around.or_else(|| looked.template.get(index)).copied().unwrap_or_default()
}

fn group(looked: &Rows, first: &[f32], weights: &[f32], level: usize) -> BTreeMap<u32, (f32, f32)> {
    let mut out: BTreeMap<u32, (f32, f32)> = BTreeMap::new();
    for (index, (p, w)) in first.iter().zip(weights).enumerate() {
        let slot = out.entry(key(looked, index, level)).or_default();
        slot.0 += p * w;
        slot.1 += w;
    }
    out
}
