//! What is known of a document before it is compared with others.

use super::Block;

/// What a passage is compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// 128-bit hash of the folded text: equal for texts that differ in looks only.
    pub key: u128,
    /// 64-bit hash of the text as it stands.
    pub exact: u64,
    /// How much it says, in letters of an alphabet.
    pub weight: u32,
    /// Sum of the hashes of its numbers: what differs in it differs in a number.
    pub numbers: u32,
    /// Characters of the folded text.
    pub chars: u32,
}

/// Which samples of passages are taken: only those that passages are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Samples {
    /// Of short shingles, by which edited copies are found.
    pub near: bool,
    /// Of long ones, by which shared stretches are found.
    pub far: bool,
}

impl Samples {
    /// None: what is equal after folding is found without.
    pub const NONE: Self = Self { near: false, far: false };
}

/// Samples of the shingles of each block, by which near and partial copies are found.
#[derive(Clone, Debug, Default)]
pub struct Sketches {
    near: Vec<u32>,
    far: Vec<u32>,
    ends: Vec<[u32; 2]>,
}

impl Sketches {
    /// Adds the samples of the next block.
    pub fn push(&mut self, near: &[u32], far: &[u32]) {
        self.near.extend_from_slice(near);
        self.far.extend_from_slice(far);
        self.ends.push([self.near.len() as u32, self.far.len() as u32]);
    }

    /// A sample of the short shingles of a block: the lowest hashes. Two blocks that are alike share some of them.
    pub fn near(&self, block: usize) -> &[u32] {
        let [from, _] = self.start(block);
        let to = self.ends.get(block).map_or(from, |e| e[0]);
        self.near.get(from as usize..to as usize).unwrap_or_default()
    }

    /// A sample of the long shingles of a block, spread over it: any long stretch that two blocks have in common shares one.
    pub fn far(&self, block: usize) -> &[u32] {
        let [_, from] = self.start(block);
        let to = self.ends.get(block).map_or(from, |e| e[1]);
        self.far.get(from as usize..to as usize).unwrap_or_default()
    }

    fn start(&self, block: usize) -> [u32; 2] {
        block.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default()
    }
}

/// A block that is no part of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Boilerplate {
    /// Its number.
    pub block: usize,
    /// The rule that says so.
    pub rule: &'static str,
}

/// The blocks of a document, and what each of them is by itself.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// The blocks, in order.
    pub blocks: Vec<Block>,
    /// The fingerprint of each.
    pub prints: Vec<Fingerprint>,
    /// Samples of the shingles of each.
    pub sketches: Sketches,
    /// The fingerprint of the document.
    pub whole: Option<Fingerprint>,
    /// Blocks that are boilerplate or filtered, in order.
    pub boilerplate: Vec<Boilerplate>,
    /// Blocks that would be boilerplate if they were seen on other pages of the site, too, in order.
    pub suspects: Vec<Boilerplate>,
    /// The rule by which the whole document is filtered.
    pub filtered: Option<&'static str>,
}
