//! What becomes of a document and of each of its blocks.

use std::hash::{Hash, Hasher};

/// What becomes of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It is kept, without some of its blocks.
    Kept(Vec<BlockVerdict>),
    /// It repeats an earlier one as a whole.
    Duplicate {
        /// The rule: `repeat.document.exact` or `repeat.document.normalized`.
        rule: &'static str,
        /// The document that is kept.
        of: String,
        /// The corpus made earlier that holds it, where one does.
        corpus: Option<String>,
        /// The cluster of both.
        cluster: String,
        /// 0 to 1.
        similarity: f32,
    },
    /// A filter that the user asked for takes it out.
    Filtered {
        /// The rule that says so.
        rule: &'static str,
    },
}

/// What becomes of a block.
#[derive(Clone, Debug, PartialEq)]
pub enum BlockVerdict {
    /// It is kept as a passage.
    Kept,
    /// It is boilerplate, or filtered.
    Boilerplate {
        /// The rule that says so.
        rule: &'static str,
    },
    /// It repeats an earlier passage.
    Repeat(Original),
}

/// The passage that a block repeats.
#[derive(Clone, Debug, PartialEq)]
pub struct Original {
    /// The rule: `repeat.exact`, `repeat.normalized` or `repeat.run`.
    pub rule: &'static str,
    /// The document of the kept passage, where it is another one.
    pub document: Option<String>,
    /// The corpus made earlier that holds it, where one does.
    pub corpus: Option<String>,
    /// The number of the kept passage among those kept of its document, from 1.
    pub passage: u32,
    /// The cluster of both.
    pub cluster: String,
    /// 0 to 1.
    pub similarity: f32,
}

impl Verdict {
    /// Feeds all of it to `hash`: verdicts that differ in anything that is written give other hashes.
    pub fn write_to(&self, hash: &mut impl Hasher) {
        match self {
            Self::Kept(blocks) => {
                hash.write_usize(blocks.len());
                for block in blocks {
                    match block {
                        BlockVerdict::Kept => hash.write_u8(0),
                        BlockVerdict::Boilerplate { rule } => {
                            hash.write_u8(1);
                            rule.hash(hash);
                        }
                        BlockVerdict::Repeat(Original { rule, document, corpus, passage, cluster, similarity }) => {
                            hash.write_u8(2);
                            (rule, document, corpus, passage, cluster, similarity.to_bits()).hash(hash);
                        }
                    }
                }
            }
            Self::Duplicate { rule, of, corpus, cluster, similarity } => {
                hash.write_usize(usize::MAX);
                (rule, of, corpus, cluster, similarity.to_bits()).hash(hash);
            }
            Self::Filtered { rule } => {
                hash.write_usize(usize::MAX - 1);
                rule.hash(hash);
            }
        }
    }
}
