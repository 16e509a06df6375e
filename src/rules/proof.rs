//! What the checks for translators know.

use std::collections::{BTreeMap, BTreeSet};

use super::table::{Row, rows};
use super::{Overlay, RuleError};

/// What the checks for translators know.
#[derive(Debug)]
pub struct ProofRules {
    habits: BTreeMap<String, Habits>,
    unknown: Habits,
    alike: BTreeMap<(char, Alphabet), char>,
    punctuation: BTreeMap<char, String>,
    elements: BTreeSet<String>,
    bbcode: BTreeSet<String>,
    languages: BTreeMap<String, String>,
}

/// The three alphabets that share the looks of many letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alphabet {
    /// Latin.
    Latin,
    /// Cyrillic.
    Cyrillic,
    /// Greek.
    Greek,
}

/// What the checks know of one language.
#[derive(Clone, Debug, Default)]
pub struct Habits {
    /// Case endings of names, the longest first.
    pub endings: Vec<String>,
    /// Words that may stand twice in a row.
    pub doubled: BTreeSet<String>,
    /// Whether doubling is a part of the grammar.
    pub doubles: bool,
    /// Pairs of acronyms: in the language's own script, and in Latin letters.
    pub acronyms: Vec<AcronymPair>,
    /// Of every form of an acronym, the number of its pair and whether it is the Latin one.
    pub acronym: BTreeMap<String, (usize, bool)>,
    /// Marks that take a blank before them.
    pub spaced: String,
    /// Letters that stand for one another in foreign names: each leads to the first of its group, or to nothing where it may be left out.
    pub transcription: BTreeMap<char, Option<char>>,
    /// Letters that make no difference: each leads to the first of its group.
    pub same: BTreeMap<char, char>,
    /// Letters that stand for one another even in case endings.
    pub in_endings: BTreeMap<char, char>,
}

/// One acronym in two scripts.
#[derive(Clone, Debug, Default)]
pub struct AcronymPair {
    /// In the language's own script.
    pub own: String,
    /// In Latin letters.
    pub latin: String,
}

impl ProofRules {
    /// Compiles the data files.
    pub fn load(overlay: &Overlay) -> Result<Self, RuleError> {
        let mut habits: BTreeMap<String, Habits> = BTreeMap::new();
        let mut unknown = Habits::default();
        let file = "proof/endings.tsv";
        for row in rows(file, &overlay.text(file, include_str!("data/proof/endings.tsv")), 2)? {
            for language in row.list(0) {
                let endings = &mut habits.entry(language.to_owned()).or_default().endings;
                endings.extend(row.list(1).map(str::to_owned));
                endings.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
                endings.dedup();
            }
        }
        let file = "proof/acronyms.tsv";
        for row in rows(file, &overlay.text(file, include_str!("data/proof/acronyms.tsv")), 3)? {
            for language in row.list(0) {
                habits.entry(language.to_owned()).or_default().add_acronym(&row)?;
            }
        }
        let file = "proof/habits.tsv";
        for row in rows(file, &overlay.text(file, include_str!("data/proof/habits.tsv")), 2)? {
            for language in row.list(0) {
                row.cell(1).clone_into(&mut habits.entry(language.to_owned()).or_default().spaced);
            }
        }
        let file = "proof/transcription.tsv";
        for row in rows(file, &overlay.text(file, include_str!("data/proof/transcription.tsv")), 2)? {
            for language in row.list(0) {
                habits.entry(language.to_owned()).or_default().add_transcription(&row);
            }
        }
        let file = "proof/doubled.tsv";
        for row in rows(file, &overlay.text(file, include_str!("data/proof/doubled.tsv")), 2)? {
            for language in row.list(0) {
                let habits =
                    if language == "*" { &mut unknown } else { habits.entry(language.to_owned()).or_default() };
                habits.doubles |= row.cell(1) == "-";
                habits.doubled.extend(row.list(1).map(str::to_lowercase));
            }
        }
        for habits in habits.values_mut() {
            habits.doubled.extend(unknown.doubled.iter().cloned());
        }
        let (mut elements, mut bbcode) = (BTreeSet::new(), BTreeSet::new());
        let file = "proof/elements.tsv";
        for row in rows(file, &overlay.text(file, include_str!("data/proof/elements.tsv")), 2)? {
            let names = if row.cell(0) == "bbcode" { &mut bbcode } else { &mut elements };
            names.extend(row.list(1).map(str::to_owned));
        }
        Ok(Self {
            habits,
            unknown,
            alike: alike(overlay)?,
            punctuation: punctuation(overlay)?,
            elements,
            bbcode,
            languages: languages(overlay)?,
        })
    }

    /// What is known of a language (`ru`, `zh`), or what holds for any.
    pub fn habits(&self, language: &str) -> &Habits {
        self.habits.get(language).unwrap_or(&self.unknown)
    }

    /// The letter of `alphabet` that looks like `letter`.
    pub fn alike(&self, letter: char, alphabet: Alphabet) -> Option<char> {
        self.alike.get(&(letter, alphabet)).copied()
    }

    /// What stands for a Chinese or Japanese mark in other scripts; `None` where it is no such mark.
    pub fn elsewhere(&self, mark: char) -> Option<String> {
        if let wide @ '\u{ff01}'..='\u{ff5e}' = mark {
            return char::from_u32(wide as u32 - 0xfee0).map(String::from);
        }
        self.punctuation.get(&mark).cloned()
    }

    /// Whether this is the name, in lower case, of an element of HTML.
    pub fn is_element(&self, name: &str) -> bool {
        self.elements.contains(name)
    }

    /// Whether this is the name, in lower case, of a tag of BBCode.
    pub fn is_bbcode(&self, name: &str) -> bool {
        self.bbcode.contains(name)
    }

    /// The English name of a language, by its tag.
    pub fn language_name(&self, language: &str) -> Option<&str> {
        self.languages.get(language).map(String::as_str)
    }
}

impl Habits {
    fn add_acronym(&mut self, row: &Row<'_>) -> Result<(), RuleError> {
        let (Some(own), Some(latin)) = (row.list(1).next(), row.list(2).next()) else {
            return Err(row.error("an acronym is missing"));
        };
        let number = self.acronyms.len();
        self.acronyms.push(AcronymPair { own: own.to_owned(), latin: latin.to_owned() });
        for (column, is_latin) in [(1, false), (2, true)] {
            for form in row.list(column) {
                self.acronym.entry(form.to_owned()).or_insert((number, is_latin));
            }
        }
        Ok(())
    }

    fn add_transcription(&mut self, row: &Row<'_>) {
        for group in row.list(1) {
            if let Some(letters) = group.strip_prefix('-') {
                self.transcription.extend(letters.chars().map(|letter| (letter, None)));
            } else if let Some(first) = group.chars().next() {
                self.transcription.extend(group.chars().map(|letter| (letter, Some(first))));
            }
        }
        for (column, letters) in [(2, &mut self.same), (3, &mut self.in_endings)] {
            for group in row.list(column) {
                letters
                    .extend(group.chars().next().into_iter().flat_map(|first| group.chars().map(move |c| (c, first))));
            }
        }
    }
}

fn alike(overlay: &Overlay) -> Result<BTreeMap<(char, Alphabet), char>, RuleError> {
    let mut out = BTreeMap::new();
    let file = "proof/confusables.tsv";
    for row in rows(file, &overlay.text(file, include_str!("data/proof/confusables.tsv")), 3)? {
        let alphabets = [Alphabet::Latin, Alphabet::Cyrillic, Alphabet::Greek];
        let mut letters = Vec::new();
        for (column, alphabet) in alphabets.into_iter().enumerate() {
            let mut cell = row.cell(column).chars();
            match (cell.next(), cell.next()) {
                (Some('-'), None) => {}
                (Some(letter), None) => letters.push((letter, alphabet)),
                _ => return Err(row.error("a cell is neither one letter nor -")),
            }
        }
        for &(letter, from) in &letters {
            for &(twin, to) in letters.iter().filter(|&&(_, to)| to != from) {
                out.entry((letter, to)).or_insert(twin);
            }
        }
    }
    Ok(out)
}

fn punctuation(overlay: &Overlay) -> Result<BTreeMap<char, String>, RuleError> {
    let mut out = BTreeMap::new();
    let file = "proof/punctuation.tsv";
    for row in rows(file, &overlay.text(file, include_str!("data/proof/punctuation.tsv")), 2)? {
        let mut marks = row.cell(0).chars();
        let (Some(mark), None) = (marks.next(), marks.next()) else { return Err(row.error("expected one mark")) };
        out.insert(mark, row.cell(1).to_owned());
    }
    Ok(out)
}

fn languages(overlay: &Overlay) -> Result<BTreeMap<String, String>, RuleError> {
    let file = "proof/languages.tsv";
    let text = overlay.text(file, include_str!("data/proof/languages.tsv"));
    Ok(rows(file, &text, 2)?.iter().map(|row| (row.cell(0).to_owned(), row.cell(1).to_owned())).collect())
}

#[cfg(test)]
mod tests {
    use super::{Alphabet, Overlay, ProofRules};

    #[test]
    fn the_built_in_files_are_well_formed() {
        let rules = ProofRules::load(&Overlay::default()).unwrap();
        assert_eq!(rules.alike('c', Alphabet::Cyrillic), Some('с'));
        assert_eq!(rules.alike('ο', Alphabet::Latin), Some('o'));
        assert_eq!(rules.elsewhere('，').as_deref(), Some(","));
        assert_eq!(rules.elsewhere('—'), None);
        assert_eq!(rules.habits("ru").acronym.get("AI"), Some(&(0, true)));
        assert!(rules.habits("en").doubled.contains("ha"));
        assert!(rules.habits("hi").doubles);
    }
}
