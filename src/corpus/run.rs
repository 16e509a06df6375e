//! What a block was found to be, and which of those that repeat stand in a row.

use super::cluster::Likeness;

/// So many passages of running text, in a row that repeats a row, are a copied stretch, which goes with its headings, list items and short lines:
/// these come again beside one passage, too, and by themselves.
const RUN: usize = 2;
/// So much the running text weighs: that of a refrain or of the items of a list is less.
const WEIGHT: u32 = 48;

/// What a block was found to be.
#[derive(Clone, Copy, Debug)]
pub(super) enum Hit {
    /// A passage that is seen for the first time, with its number.
    New { first: u32 },
    /// No part of the article.
    Boilerplate(&'static str),
    /// A copy of the passage with this number.
    Copy { first: u32, likeness: Likeness, similarity: f32 },
}

impl Hit {
    /// The number of the passage that it is or copies, and how alike both are.
    pub(super) const fn passage(self) -> (u32, f32) {
        match self {
            Self::New { first } => (first, 1.0),
            Self::Copy { first, similarity, .. } => (first, similarity),
            Self::Boilerplate(_) => (u32::MAX, 0.0),
        }
    }
}

/// For each block, whether it is part of a run of blocks that repeat passages which follow each other too. `place` says of a passage in
/// which document it stands, and the how manieth it is there. Boilerplate between two copies does not break a run.
/// `weight` gives the weight of the running text in a block.
pub(super) fn runs(
    hits: &[Hit],
    weight: impl Fn(usize) -> u32,
    mut place: impl FnMut(u32) -> Option<(u32, u32)>,
) -> Vec<bool> {
    let mut out = vec![false; hits.len()];
    let mut run: Vec<usize> = Vec::new();
    let mut expected: Option<(u32, u32)> = None;
    let close = |run: &mut Vec<usize>, out: &mut [bool]| {
        let running: Vec<u32> = run.iter().map(|index| weight(*index)).filter(|weight| *weight > 0).collect();
        if running.len() >= RUN && running.iter().fold(0, |sum: u32, weight| sum.saturating_add(*weight)) >= WEIGHT {
            for &index in run.iter() {
                if let Some(slot) = out.get_mut(index) {
                    *slot = true;
                }
            }
        }
        run.clear();
    };
    for (index, hit) in hits.iter().enumerate() {
        let at = match *hit {
            Hit::Copy { first, .. } => place(first),
            Hit::Boilerplate(_) => continue,
            Hit::New { .. } => None,
        };
        if at.is_none() || at != expected {
            close(&mut run, &mut out);
        }
        if let Some((document, number)) = at {
            run.push(index);
            expected = Some((document, number + 1));
        } else {
            expected = None;
        }
    }
    close(&mut run, &mut out);
    out
}
