//! Names and heads in Chinese characters, where no blank parts words: one tree of characters, longest match first.

use super::gazetteer::Gazetteer;
use super::lexicon::Tree;
use crate::rules::table::{RuleError, rows};

/// What a row of characters may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HanClass {
    /// A jurisdiction of the gazetteer.
    Place,
    /// A body, law, policy or organization of the gazetteer.
    Known,
    /// Last part of the name of a body.
    Body,
    /// A body even alone.
    BodyWord,
    /// Last character of the name of a body, behind the field that it is for: `财政` + `局`.
    BodyEnd,
    /// What a body may be for.
    Field,
    /// What a policy is, behind its name in quotes.
    PolicyEnd,
    /// Last part of the name of an organization.
    Org,
    /// Last part of the name of a place.
    PlaceEnd,
    /// Last part of the name of a policy.
    Policy,
    /// A law by its short name.
    Law,
    /// A verb of policy.
    Action,
    /// An office or profession.
    Role,
    /// A word after which or before which a person is named.
    Say,
    /// A form of address after a name.
    Title,
    /// A family name.
    Family,
    /// A currency.
    Currency,
    /// A noun that has a character in it which alone parts names.
    Noun,
    /// A word that parts names from what is before and after them.
    Stop,
}

const CLASSES: [(&str, HanClass); 17] = [
    ("body", HanClass::Body),
    ("body_word", HanClass::BodyWord),
    ("body_end", HanClass::BodyEnd),
    ("field", HanClass::Field),
    ("policy_end", HanClass::PolicyEnd),
    ("org", HanClass::Org),
    ("place_end", HanClass::PlaceEnd),
    ("policy", HanClass::Policy),
    ("law", HanClass::Law),
    ("action", HanClass::Action),
    ("role", HanClass::Role),
    ("say", HanClass::Say),
    ("title", HanClass::Title),
    ("family", HanClass::Family),
    ("currency", HanClass::Currency),
    ("noun", HanClass::Noun),
    ("stop", HanClass::Stop),
];

/// A word that was found.
#[derive(Clone, Copy, Debug)]
pub struct HanWord {
    /// Bytes from the start of the text.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// What it is.
    pub class: HanClass,
    /// Number of its entry in the gazetteer or of its value.
    pub number: usize,
}

/// How many characters the block of the common Chinese ones has.
const FIRSTS: usize = 0x5200;

/// The number of a common Chinese character in their block; of any other, a number beyond.
const fn first(c: char) -> usize {
    (c as usize).wrapping_sub(0x4e00)
}

/// The place in the tree below `node` under the character `c`.
const fn below(node: u32, c: char) -> u64 {
    (((node as u64) << 21) | c as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The words as a tree of characters.
#[derive(Debug, Default)]
pub struct Han {
    /// Places in the tree after a first character that is a common Chinese one, by its number; 0 for none.
    firsts: Vec<u32>,
    /// Places in the tree after any other character.
    tree: Tree,
    /// One more than the number of the word that ends at each place; 0 for none.
    ends: Vec<u32>,
    words: Vec<(HanClass, usize)>,
    values: Vec<String>,
}

impl Han {
    pub(super) fn compile(sources: &[(&str, &str)], gazetteer: &Gazetteer) -> Result<Self, RuleError> {
        let mut out = Self { firsts: vec![0; FIRSTS], ends: vec![0], ..Self::default() };
        for (number, entry) in gazetteer.entries.iter().enumerate() {
            let class = if entry.is_place() { HanClass::Place } else { HanClass::Known };
            for form in entry.forms("zh").filter(|form| !form.is_ascii() && !entry.is_ambiguous("zh", form)) {
                out.insert(form, class, number);
            }
        }
        for &(path, text) in sources {
            for row in rows(path, text, 2)? {
                let class = CLASSES.iter().find(|(name, _)| *name == row.cell(0));
                let class = class.ok_or_else(|| row.error(format!("no class {}", row.cell(0))))?.1;
                for word in row.list(1) {
                    let (word, value) = word.split_once(':').unwrap_or((word, ""));
                    out.insert(word, class, out.values.len());
                    out.values.push(value.to_owned());
                }
            }
        }
        Ok(out)
    }

    /// Takes a word; of equal words the first counts.
    fn insert(&mut self, word: &str, class: HanClass, number: usize) {
        let mut node = 0;
        for c in word.chars() {
            let next = self.ends.len() as u32;
            node = match self.firsts.get_mut(first(c)).filter(|_| node == 0) {
                Some(slot) => {
                    if *slot == 0 {
                        *slot = next;
                    }
                    *slot
                }
                None => *self.tree.entry(below(node, c)).or_insert(next),
            };
            if node == next {
                self.ends.push(0);
            }
        }
        if let Some(end) = self.ends.get_mut(node as usize).filter(|end| node > 0 && **end == 0) {
            self.words.push((class, number));
            *end = self.words.len() as u32;
        }
    }

    /// The longest word that `text` begins with: its length in bytes, and its number.
    fn longest(&self, text: &str) -> Option<(usize, usize)> {
        let mut best = None;
        let mut node = 0;
        for (at, c) in text.char_indices() {
            node = match self.firsts.get(first(c)).filter(|_| node == 0) {
                Some(&next) => next,
                None => self.tree.get(&below(node, c)).copied().unwrap_or(0),
            };
            if node == 0 {
                break;
            }
            let end = self.ends.get(node as usize).copied().unwrap_or(0);
            if end > 0 {
                best = Some((at + c.len_utf8(), end as usize - 1));
            }
        }
        best
    }

    /// The words in `text`, in order; they do not overlap.
    pub fn find(&self, text: &str) -> Vec<HanWord> {
        let mut out = Vec::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let start = text.len() - rest.len();
            let found = self.longest(rest).and_then(|(len, number)| Some((len, *self.words.get(number)?)));
            let len = match found {
                Some((len, (class, number))) => {
                    out.push(HanWord { start, end: start + len, class, number });
                    len
                }
                None => c.len_utf8(),
            };
            rest = rest.get(len..).unwrap_or_default();
        }
        out
    }

    /// The value of a word that is not of the gazetteer.
    pub fn value(&self, word: &HanWord) -> &str {
        self.values.get(word.number).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::{Gazetteer, Han, HanClass};

    #[test]
    fn the_longest_word_counts_and_of_equal_ones_the_first() {
        let han =
            Han::compile(&[("t.tsv", "stop\t为|行\nnoun\t行为\nbody\t行为|G7部\n")], &Gazetteer::default()).unwrap();
        let found: Vec<_> = han.find("打行为G7部为").iter().map(|w| (w.start, w.end, w.class)).collect();
        assert_eq!(found, [(3, 9, HanClass::Noun), (9, 14, HanClass::Body), (14, 17, HanClass::Stop)]);
    }
}
