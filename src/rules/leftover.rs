//! What is foreign on purpose: words of Latin script that stand in other scripts, units, particles of names.

use std::collections::HashSet;

use super::confidence::Confidences;
use super::glossary::{self, Glossary};
use super::language::LanguageRules;
use super::table::rows;
use super::{Overlay, RuleError};

/// The name of the user's list of terms among the rules: one a line.
pub const TERMS: &str = "leftover/terms";

/// What is foreign on purpose, and what names the language of the rest.
#[derive(Debug)]
pub struct LeftoverRules {
    /// Names the language of a fragment.
    pub language: LanguageRules,
    /// How sure each class of findings is.
    pub confidence: Confidences,
    /// What terms mean, by the user.
    pub glossary: Glossary,
    /// What may stand in another language, by the user, in lower case.
    terms: HashSet<String>,
    /// Those of them that may only where the source has them, if there is one.
    bound: HashSet<String>,
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
        let terms = overlay.folder(TERMS).map(|(_, text)| text).next().unwrap_or_default();
        let terms = terms.trim_start_matches('\u{feff}').lines().map(str::trim);
        let terms = terms.filter(|l| !l.is_empty() && !l.starts_with('#'));
        let (mut all, mut bound) = (HashSet::new(), HashSet::new());
        for (number, line) in terms.enumerate() {
            let (term, condition) = line.split_once('\t').unwrap_or((line, ""));
            match condition.trim() {
                "" => {}
                "source" => drop(bound.insert(glossary::key(term))),
                other => {
                    let what = format!(
                        "{other:?} follows a term; `source` may, for one that may stand only where its source has it"
                    );
                    return Err(RuleError { file: TERMS.to_owned(), line: number + 1, what });
                }
            }
            all.insert(glossary::key(term));
        }
        let glossary = Glossary::load(overlay)?;
        Ok(Self {
            language: LanguageRules::load(overlay)?,
            confidence,
            glossary,
            terms: all,
            bound,
            loanwords,
            particles,
            connectors,
            units,
            english,
        })
    }

    /// Whether the user lets this stand in another language.
    pub fn is_term(&self, fragment: &str) -> bool {
        !self.terms.is_empty() && self.terms.contains(&glossary::key(fragment))
    }

    /// Whether the user lets this stand only where the source has it, if there is one.
    pub fn is_bound_term(&self, fragment: &str) -> bool {
        !self.bound.is_empty() && self.bound.contains(&glossary::key(fragment))
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
