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
#[derive(Clone, Debug)]
pub struct Outline {
    /// The blocks, in order.
    pub blocks: Vec<Block>,
    /// The fingerprint of each.
    pub prints: Vec<Fingerprint>,
    /// The fingerprint of the document.
    pub whole: Option<Fingerprint>,
    /// Blocks that are boilerplate, in order.
    pub boilerplate: Vec<Boilerplate>,
}
