//! What is foreign on purpose: words of Latin script that stand in other scripts, units, particles of names.

use std::collections::HashSet;

use super::confidence::Confidences;
use super::language::LanguageRules;
use super::table::rows;
use super::{Overlay, RuleError};

/// What is foreign on purpose, and what names the language of the rest.
#[derive(Debug)]
pub struct LeftoverRules {
    /// Names the language of a fragment.
    pub language: LanguageRules,
    /// How sure each class of findings is.
    pub confidence: Confidences,
    loanwords: HashSet<String>,
    particles: HashSet<String>,
    connectors: HashSet<String>,
    units: HashSet<String>,
    english: HashSet<String>,
}

impl LeftoverRules {
    /// Compiles the data files.
    pub fn load(overlay: &Overlay) -> Result<Self, RuleError> {
        let text = overlay.text("leftover/latin.tsv", include_str!("data/leftover/latin.tsv"));
        let (mut loanwords, mut particles) = (HashSet::new(), HashSet::new());
        let (mut connectors, mut units) = (HashSet::new(), HashSet::new());
        for row in rows("leftover/latin.tsv", &text, 2)? {
            let list = match row.cell(0) {
                "loanword" => &mut loanwords,
                "particle" => &mut particles,
                "connector" => &mut connectors,
                "unit" => &mut units,
                other => return Err(row.error(format!("{other:?} is none of loanword, particle, connector, unit"))),
            };
            list.extend(row.cell(1).split_whitespace().map(str::to_owned));
        }
        let words = overlay.text("leftover/english.tsv", include_str!("data/leftover/english.tsv"));
        let words = rows("leftover/english.tsv", &words, 1)?;
        let english = words.iter().flat_map(|row| row.cell(0).split_whitespace()).map(str::to_owned).collect();
        let confidence = Confidences::load(overlay)?;
        Ok(Self { language: LanguageRules::load(overlay)?, confidence, loanwords, particles, connectors, units, english })
    }

    /// Whether this lower-case word is a word of running text, no name of a program or command.
    pub fn is_frequent(&self, word: &str) -> bool {
        self.english.contains(word) || self.language.is_frequent(word)
    }

    /// Whether texts in other scripts leave this lower-case word in Latin letters.
    pub fn is_loanword(&self, word: &str) -> bool {
        self.loanwords.contains(word)
    }

    /// Whether names of institutions and works hold this lower-case word: `University of Michigan`.
    pub fn is_connector(&self, word: &str) -> bool {
        self.connectors.contains(word)
    }

    /// Whether names of people and places begin with or hold this lower-case word: `van der Waals`.
    pub fn is_particle(&self, word: &str) -> bool {
        self.particles.contains(word)
    }

    /// Whether this is a unit of measure, in lower case.
    pub fn is_unit(&self, word: &str) -> bool {
        self.units.contains(word)
    }
}
