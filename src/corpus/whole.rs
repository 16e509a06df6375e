//! Finds the earlier document that a document is an edited copy of: the one that holds nearly all of its passages.

use std::collections::BTreeMap;

use super::disk::Disk;
use super::rows::Rows;
use super::store::{In, Out, stored};

/// What a document is made of: passages, by the number of the first of each, and how many characters each has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member {
    /// The number of the passage that it is or copies.
    pub(super) passage: u32,
    /// Characters of its folded text.
    pub(super) chars: u32,
    /// How alike it is to that passage.
    pub(super) similarity: f32,
    /// A kept document that holds the passage.
    pub(super) document: Option<u32>,
}

/// The passages of the documents seen.
#[derive(Debug, Default)]
pub(super) struct Wholes {
    members: Rows<[u32; 2]>,
    documents: Rows<Seen>,
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    /// Past its last member.
    end: u32,
    /// Characters of its passages.
    chars: u64,
    /// Whether it is kept.
    kept: bool,
}

/// Of the characters of a copy so many may stand in passages that its original does not hold.
const OWN: f64 = 0.1;

stored!(Seen { end, chars, kept });

impl Wholes {
    /// Adds the next document.
    pub(super) fn push(&mut self, members: &[Member], kept: bool) {
        for member in members {
            self.members.push([member.passage, member.chars]);
        }
        let chars = members.iter().map(|m| u64::from(m.chars)).sum();
        self.documents.push(Seen { end: self.members.len() as u32, chars, kept });
    }

    /// The kept document that is most like one made of `members`, and how alike they are, if it is at least `least`.
    pub(super) fn find(&mut self, members: &[Member], least: f32) -> Option<(u32, f32)> {
        let mut votes: BTreeMap<u32, u64> = BTreeMap::new();
        for member in members {
            if let Some(document) = member.document {
                *votes.entry(document).or_default() += u64::from(member.chars);
            }
        }
        let chars: u64 = members.iter().map(|m| u64::from(m.chars)).sum();
        let (document, votes) = votes.into_iter().max_by_key(|(document, votes)| (*votes, u32::MAX - document))?;
        let seen = self.documents.get(document as usize).filter(|seen| seen.kept)?;
        // No use in looking closer where too little is shared.
        if 2.0 * votes as f64 / ((chars + seen.chars).max(1) as f64) < f64::from(least) / 2.0 {
            return None;
        }
        let mut there: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
        let mut end = |index: u32| self.documents.get(index as usize).map_or(0, |seen| seen.end);
        let (from, to) = (document.checked_sub(1).map_or(0, &mut end), end(document));
        for [passage, chars] in (from..to).filter_map(|number| self.members.get(number as usize)) {
            let (times, length) = there.entry(passage).or_default();
            (*times, *length) = (*times + 1, chars);
        }
        let (mut shared, mut own) = (0.0, 0.0);
        for member in members {
            match there.get_mut(&member.passage).filter(|(times, _)| *times > 0) {
                Some((times, length)) => {
                    *times -= 1;
                    // Twice the characters in common.
                    shared += f64::from(member.similarity) * f64::from(member.chars + *length);
                }
                None => own += f64::from(member.chars),
            }
        }
        let similarity = (shared / (chars + seen.chars).max(1) as f64) as f32;
        (similarity >= least && own <= OWN * chars as f64).then_some((document, similarity))
    }

    /// Bytes of memory that can be freed by [`Wholes::spill`].
    pub(super) const fn held(&self) -> usize {
        self.members.held() + self.documents.held()
    }

    /// Puts what is in memory on the disk.
    pub(super) fn spill(&mut self, disk: &Disk) {
        self.members.spill(disk);
        self.documents.spill(disk);
    }

    /// Saves all of it.
    pub(super) fn save_to(&mut self, out: &mut impl Out) {
        self.members.save_to(out);
        self.documents.save_to(out);
    }

    /// Loads what was saved.
    pub(super) fn load_from(from: &mut impl In, spare: Option<(&Disk, usize)>) -> std::io::Result<Self> {
        Ok(Self { members: Rows::load_from(from, spare)?, documents: Rows::load_from(from, spare)? })
    }
}

#[cfg(test)]
mod tests {
    use super::{Member, Wholes};

    fn members(list: &[(u32, u32, f32)]) -> Vec<Member> {
        let member = |&(passage, chars, similarity)| Member { passage, chars, similarity, document: Some(0) };
        list.iter().map(member).collect()
    }

    #[test]
    fn a_document_of_the_same_passages_is_a_copy_and_one_with_news_is_not() {
        let mut wholes = Wholes::default();
        wholes.push(&members(&[(1, 100, 1.0), (2, 200, 1.0), (3, 100, 1.0)]), true);
        let (document, similarity) =
            wholes.find(&members(&[(1, 100, 0.9), (2, 200, 1.0), (3, 100, 0.8)]), 0.7).unwrap();
        assert_eq!(document, 0);
        assert!((similarity - 0.925).abs() < 1e-6);
        assert_eq!(wholes.find(&members(&[(1, 100, 1.0), (2, 200, 1.0), (9, 100, 1.0)]), 0.7), None);
        assert_eq!(wholes.find(&members(&[(1, 100, 1.0)]), 0.7), None);
    }
}
