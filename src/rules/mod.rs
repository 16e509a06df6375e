//! Floor 2: what the stages know, as values. Word lists are data files (`src/rules/data/`, tab-separated, source and licence on top),
//! compiled into matchers once a run; nothing here is static, so rules can be dropped and reloaded.

pub mod bitext;
pub mod boilerplate;
mod boilerplate_heads;
pub mod checks;
pub mod confidence;
pub mod entity;
pub mod extract;
pub mod glossary;
pub mod language;
pub mod leftover;
pub mod letters;
pub mod lexicon;
pub mod mojibake;
mod pages;
pub mod proof;
pub mod sentence;
pub mod table;
pub mod timex;

use std::collections::BTreeMap;

pub use pages::PAGES;
pub use table::{Overlay, RuleError};

/// Everything the stages know.
#[derive(Debug)]
pub struct Rules {
    /// Sentences: abbreviations.
    pub sentence: sentence::SentenceRules,
    /// Boilerplate: cue phrases.
    pub boilerplate: boilerplate::BoilerplateRules,
    /// Languages: alphabets, frequent words.
    pub language: language::LanguageRules,
    /// Leftovers: what is foreign on purpose.
    pub leftover: leftover::LeftoverRules,
    /// Dates: triggers and grammars.
    pub timex: timex::TimexRules,
    /// Entities: gazetteers, cues, grammars.
    pub entity: entity::EntityRules,
    /// Checks for translators.
    pub proof: proof::ProofRules,
    /// Translations: units of measure, words that multiply.
    pub bitext: bitext::BitextRules,
    /// Pages: names of elements, forests.
    pub extract: extract::ExtractRules,
    /// Encodings: pairs of letters.
    pub letters: letters::LetterRules,
    /// Text that was read in a wrong encoding.
    pub mojibake: mojibake::MojibakeRules,
    /// BLAKE3 hash of each data file, by name.
    pub digests: BTreeMap<String, String>,
}

impl Rules {
    /// The rules that the program comes with.
    ///
    /// # Errors
    /// Where a built-in data file is malformed, which a test rules out.
    pub fn embedded() -> Result<Self, RuleError> {
        Self::load(&Overlay::default())
    }

    /// The rules that the program comes with, each data file replaced by the one of the same name in `overlay`.
    pub fn load(overlay: &Overlay) -> Result<Self, RuleError> {
        Ok(Self {
            sentence: sentence::SentenceRules::load(overlay)?,
            boilerplate: boilerplate::BoilerplateRules::load(overlay)?,
            language: language::LanguageRules::load(overlay)?,
            leftover: leftover::LeftoverRules::load(overlay)?,
            timex: timex::TimexRules::load(overlay)?,
            entity: entity::EntityRules::load(overlay)?,
            proof: proof::ProofRules::load(overlay)?,
            bitext: bitext::BitextRules::load(overlay)?,
            extract: extract::ExtractRules::load(overlay)?,
            letters: letters::LetterRules::load(overlay)?,
            mojibake: mojibake::MojibakeRules::new(),
            digests: overlay.digests(),
        })
    }
}
