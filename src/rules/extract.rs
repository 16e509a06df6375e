//! What extraction knows of pages: names of elements by what they say of their content, and the weights of two forests of decision trees.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

use super::table::{Overlay, RuleError, rows};

const NAMES: (&str, &str) = ("extract/names.tsv", include_str!("data/extract/names.tsv"));
/// The forests without and with a second opinion.
const FORESTS: [(&str, &str); 2] = [
    ("extract/forest.tsv", include_str!("data/extract/forest.tsv")),
    ("extract/voted.tsv", include_str!("data/extract/voted.tsv")),
];

/// How many groups of names there are.
pub const GROUPS: usize = 27;
/// Words that are shorter must stand alone.
const ALONE: usize = 5;

/// What extraction knows of pages.
#[derive(Debug)]
pub struct ExtractRules {
    automaton: AhoCorasick,
    /// By pattern: its group, and whether it must stand alone.
    patterns: Vec<(u8, bool)>,
    /// What judges a block by the page alone.
    pub own: Forests,
    /// What judges it with a second opinion, too.
    pub voted: Forests,
}

/// Two looks at a block.
#[derive(Debug, Default)]
pub struct Forests {
    /// A block by itself and in its page.
    pub alone: Forest,
    /// A block among its neighbours, which are judged already.
    pub among: Forest,
}

impl Forests {
    fn load((name, embedded): (&'static str, &'static str), overlay: &Overlay) -> Result<Self, RuleError> {
        let text = overlay.text(name, embedded);
        let mut out = Self::default();
        for row in rows(name, &text, 2)? {
            let forest = match row.cell(0) {
                "alone" => &mut out.alone,
                "among" => &mut out.among,
                _ => return Err(row.error("the first column is alone or among")),
            };
            forest.grow(row.cell(1)).ok_or_else(|| row.error("the second column is no tree"))?;
        }
        Ok(out)
    }
}

impl ExtractRules {
    /// Loads names and forests.
    ///
    /// # Errors
    /// Where a row is malformed.
    pub fn load(overlay: &Overlay) -> Result<Self, RuleError> {
        let text = overlay.text(NAMES.0, NAMES.1);
        let (mut words, mut patterns, mut groups) = (Vec::new(), Vec::new(), 0usize);
        for row in rows(NAMES.0, &text, 2)? {
            if groups >= GROUPS {
                return Err(row.error("there are more groups than the forests know"));
            }
            for word in row.list(1) {
                words.push(word.to_owned());
                patterns.push((groups as u8, word.len() < ALONE));
            }
            groups += 1;
        }
        let automaton = AhoCorasickBuilder::new()
            .match_kind(MatchKind::Standard)
            .build(&words)
            .map_err(|error| RuleError { file: NAMES.0.to_owned(), line: 0, what: error.to_string() })?;
        let [own, voted] = FORESTS;
        let (own, voted) = (Forests::load(own, overlay)?, Forests::load(voted, overlay)?);
        Ok(Self { automaton, patterns, own, voted })
    }

    /// The groups that the names of an element speak of, as bits. `names` are its class, id, role and the like, in lower case.
    pub fn groups(&self, names: &str) -> u32 {
        let bytes = names.as_bytes();
        let is_letter = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphanumeric);
        let mut out = 0;
        for found in self.automaton.find_overlapping_iter(names) {
            let Some(&(group, alone)) = self.patterns.get(found.pattern().as_usize()) else { continue };
            if !alone || !is_letter(found.start().checked_sub(1)) && !is_letter(Some(found.end())) {
                out |= 1 << group;
            }
        }
        out
    }
}

/// Decision trees whose values are added.
#[derive(Debug, Default)]
pub struct Forest {
    nodes: Vec<Node>,
    roots: Vec<u32>,
}

/// A node: what is asked, or what is answered.
#[derive(Clone, Copy, Debug)]
enum Node {
    /// Whether a feature is at most a threshold: then the next node, else the one with this number.
    Ask { feature: u16, threshold: f32, other: u32 },
    /// The value of a leaf.
    Leaf(f32),
}

impl Forest {
    /// Adds a tree: its nodes in the order they are met, `feature:threshold` or `=value`, a blank between two.
    fn grow(&mut self, tree: &str) -> Option<()> {
        self.roots.push(self.nodes.len() as u32);
        // Questions whose first answer is not complete.
        let mut open: Vec<usize> = Vec::new();
        for word in tree.split_ascii_whitespace() {
            let at = self.nodes.len();
            if let Some(value) = word.strip_prefix('=') {
                self.nodes.push(Node::Leaf(value.parse().ok()?));
                if let Some(asked) = open.pop()
                    && let Some(Node::Ask { other, .. }) = self.nodes.get_mut(asked)
                {
                    *other = at as u32 + 1;
                }
            } else {
                let (feature, threshold) = word.split_once(':')?;
                self.nodes.push(Node::Ask {
                    feature: feature.parse().ok()?,
                    threshold: threshold.parse().ok()?,
                    other: 0,
                });
                open.push(at);
            }
        }
        let leaves = tree.split_ascii_whitespace().filter(|word| word.starts_with('=')).count();
        (open.is_empty() && leaves * 2 == tree.split_ascii_whitespace().count() + 1).then_some(())
    }

    /// The probability that the trees give to a row of features.
    pub fn probability(&self, row: &[f32]) -> f32 {
        let sum: f32 = self.roots.iter().map(|&root| self.value(root, row)).sum();
        1.0 / (1.0 + (-sum).exp())
    }

    fn value(&self, root: u32, row: &[f32]) -> f32 {
        let mut at = root as usize;
        loop {
            match self.nodes.get(at) {
                Some(Node::Ask { feature, threshold, other }) => {
                    let value = row.get(usize::from(*feature)).copied().unwrap_or_default();
                    at = if value <= *threshold { at + 1 } else { *other as usize };
                }
                Some(Node::Leaf(value)) => return *value,
                None => return 0.0,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ExtractRules, Forest};
    use crate::rules::Overlay;

    #[test]
    fn a_tree_answers_what_it_is_asked() {
        let mut forest = Forest::default();
        forest.grow("0:1.5 1:0 =-20 =20 =20").unwrap();
        assert!(forest.probability(&[1.0, -1.0]) < 0.01);
        assert!(forest.probability(&[1.0, 1.0]) > 0.99);
        assert!(forest.probability(&[2.0, -1.0]) > 0.99);
        assert!(forest.grow("0:1 =1").is_none());
    }

    #[test]
    fn names_speak_of_content() {
        let rules = ExtractRules::load(&Overlay::default()).unwrap();
        assert_ne!(rules.groups("entry-content"), 0);
        assert_eq!(rules.groups("header"), rules.groups("page-header big"));
        assert_eq!(rules.groups("shadow"), 0, "ad inside a word is none");
    }
}
