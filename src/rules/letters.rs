//! Pairs of letters by language: how text is told from text that was decoded by a wrong encoding of Latin script.

use std::collections::HashMap;

use super::table::{Overlay, RuleError, rows};

const FILE: &str = "decode/letters.tsv";
const EMBEDDED: &str = include_str!("data/decode/letters.tsv");

/// A pair that a language does not have.
const UNSEEN: i32 = -5;
/// A mark that texts of all languages have.
const MARK: i32 = 12;
/// A character that no text has.
const NEVER: i32 = -24;
/// The edge of a word.
const EDGE: char = '_';

/// Levels of pairs of letters.
#[derive(Debug)]
pub struct LetterRules {
    languages: usize,
    /// For each pair: by language, the logarithm to the base 2 of the pairs in a million.
    pairs: HashMap<(char, char), Vec<i8>>,
}

/// How well a text reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The sum over all characters beyond ASCII, in the language that it reads best in.
    pub total: i32,
    /// How many characters beyond ASCII there are.
    pub letters: usize,
}

impl LetterRules {
    /// Loads the table.
    ///
    /// # Errors
    /// Where a row is malformed.
    pub fn load(overlay: &Overlay) -> Result<Self, RuleError> {
        let text = overlay.text(FILE, EMBEDDED);
        let (mut names, mut pairs) = (Vec::<String>::new(), HashMap::<(char, char), Vec<i8>>::new());
        for row in rows(FILE, &text, 3)? {
            let language = names.iter().position(|name| name == row.cell(0)).unwrap_or_else(|| {
                names.push(row.cell(0).to_owned());
                names.len() - 1
            });
            let level: i8 = row.cell(1).parse().map_err(|_| row.error("the second column is no number"))?;
            let letters: Vec<char> = row.cell(2).chars().collect();
            for pair in letters.chunks_exact(2) {
                let &[a, b] = pair else { continue };
                let levels = pairs.entry((a, b)).or_default();
                levels.resize(language.max(levels.len()), UNSEEN as i8);
                if levels.len() == language {
                    levels.push(level);
                }
            }
        }
        Ok(Self { languages: names.len(), pairs })
    }

    /// How well `text` reads as a text in one of the languages.
    pub fn score(&self, text: &str) -> Reading {
        let mut sums = vec![0i32; self.languages];
        let (mut common, mut letters) = (0, 0);
        let mut before = EDGE;
        let mut was_lower = false;
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let folded = fold(c);
            if !c.is_ascii() {
                letters += 1;
                if c.is_alphabetic() {
                    let after = chars.peek().map_or(EDGE, |&next| fold(next));
                    self.add((before, folded), &mut sums);
                    self.add((folded, after), &mut sums);
                    if was_lower && c.is_uppercase() {
                        common += 2 * UNSEEN;
                    }
                } else {
                    common += mark(c);
                }
            }
            was_lower = c.is_lowercase();
            before = folded;
        }
        Reading { total: common + sums.into_iter().max().unwrap_or_default(), letters }
    }

    fn add(&self, pair: (char, char), sums: &mut [i32]) {
        let levels = self.pairs.get(&pair).map_or(&[][..], Vec::as_slice);
        for (index, sum) in sums.iter_mut().enumerate() {
            *sum += levels.get(index).map_or(UNSEEN, |&level| i32::from(level));
        }
    }
}

/// The letter in lower case; everything else is the edge of a word.
fn fold(c: char) -> char {
    if c.is_alphabetic() { c.to_lowercase().next().unwrap_or(c) } else { EDGE }
}

const fn mark(c: char) -> i32 {
    match c {
        '\u{a0}' | '«' | '»' | '’' | '“' | '”' | '„' | '–' | '—' | '…' | '€' | '°' | '¿' | '¡' | '§' | '•' | '·'
        | '©' | '®' => MARK,
        '\u{80}'..='\u{9f}' | '\u{fffd}' => NEVER,
        _ => 0,
    }
}
