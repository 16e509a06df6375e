//! What the checks for translators know.

use std::collections::{BTreeMap, BTreeSet, HashMap};

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
    /// Russian words that may have ё.
    pub yo: Yo,
}

/// Russian words that may have ё, in lower case and with е.
#[derive(Clone, Debug, Default)]
pub struct Yo {
    /// Those that have it wherever ё is written, and how they are written then.
    pub always: BTreeMap<String, String>,
    /// Those that are another word without it.
    pub either: BTreeSet<String>,
}

/// What a word of address says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address {
    /// Whether it is polite.
    pub is_polite: bool,
    /// Whether it is a word of address only with a capital.
    pub is_capital: bool,
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
    /// Case endings of names, by their last byte, then the longest first.
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
    pub transcription: Letters<Option<char>>,
    /// Letters that make no difference: each leads to the first of its group.
    pub same: Letters<char>,
    /// Letters that stand for one another even in case endings.
    pub in_endings: Letters<char>,
    /// Words that address the reader, with and without a capital.
    pub address: HashMap<String, Address>,
}

/// What letters lead to. Those of most alphabets that have capitals are found without a search.
#[derive(Clone, Debug, Default)]
pub struct Letters<T> {
    near: Vec<Option<T>>,
    far: BTreeMap<char, T>,
}

impl<T: Copy> Letters<T> {
    const FAR: usize = 0x600;

    fn insert(&mut self, letter: char, to: T) {
        let place = letter as usize;
        if place >= Self::FAR {
            self.far.insert(letter, to);
            return;
        }
        if self.near.len() <= place {
            self.near.resize(place + 1, None);
        }
        if let Some(slot) = self.near.get_mut(place) {
            *slot = Some(to);
        }
    }

    /// What `letter` leads to.
    pub fn get(&self, letter: char) -> Option<T> {
        match self.near.get(letter as usize) {
            Some(to) => *to,
            None if self.far.is_empty() => None,
            None => self.far.get(&letter).copied(),
        }
    }

    /// Whether all letters lead nowhere.
    pub fn is_empty(&self) -> bool {
        self.near.is_empty() && self.far.is_empty()
    }
}

/// One acronym in two scripts.
#[derive(Clone, Debug, Default)]
pub struct AcronymPair {
    /// In the language's own script.
    pub own: String,
    /// In Latin letters.
    pub latin: String,
    /// What it stands for, in the words of the language: the beginning of each word, in lower case, for every wording.
    pub terms: Vec<Vec<String>>,
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
                let last = |ending: &String| ending.as_bytes().last().copied();
                endings.sort_by(|a, b| last(a).cmp(&last(b)).then(b.len().cmp(&a.len())).then_with(|| a.cmp(b)));
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
        let file = "proof/address.tsv";
        for row in rows(file, &overlay.text(file, include_str!("data/proof/address.tsv")), 3)? {
            for language in row.list(0) {
                habits.entry(language.to_owned()).or_default().add_address(&row)?;
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
            yo: yo(overlay)?,
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
        let terms = row.list(3).map(|term| term.split(' ').map(str::to_lowercase).collect()).collect();
        self.acronyms.push(AcronymPair { own: own.to_owned(), latin: latin.to_owned(), terms });
        for (column, is_latin) in [(1, false), (2, true)] {
            for form in row.list(column) {
                self.acronym.entry(form.to_owned()).or_insert((number, is_latin));
            }
        }
        Ok(())
    }

    fn add_address(&mut self, row: &Row<'_>) -> Result<(), RuleError> {
        let is_polite = match row.cell(1) {
            "polite" => true,
            "familiar" => false,
            _ => return Err(row.error("the form is neither familiar nor polite")),
        };
        for word in row.list(2) {
            let (word, is_capital) = word.strip_prefix('^').map_or((word, false), |word| (word, true));
            let mut letters = word.chars();
            let capitalised = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
            let address = Address { is_polite, is_capital };
            self.address.insert(capitalised, address);
            if !is_capital {
                self.address.insert(word.to_owned(), address);
            }
        }
        Ok(())
    }

    fn add_transcription(&mut self, row: &Row<'_>) {
        for group in row.list(1) {
            if let Some(letters) = group.strip_prefix('-') {
                letters.chars().for_each(|letter| self.transcription.insert(letter, None));
            } else if let Some(first) = group.chars().next() {
                group.chars().for_each(|letter| self.transcription.insert(letter, Some(first)));
            }
        }
        for (column, letters) in [(2, &mut self.same), (3, &mut self.in_endings)] {
            for group in row.list(column) {
                if let Some(first) = group.chars().next() {
                    group.chars().for_each(|c| letters.insert(c, first));
                }
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

fn yo(overlay: &Overlay) -> Result<Yo, RuleError> {
    let mut out = Yo::default();
    let file = "proof/yo.tsv";
    for row in rows(file, &overlay.text(file, include_str!("data/proof/yo.tsv")), 2)? {
        match row.cell(0) {
            "always" => out.always.extend(row.list(1).map(|word| (word.replace('ё', "е"), word.to_owned()))),
            "either" => out.either.extend(row.list(1).map(str::to_owned)),
            _ => return Err(row.error("the kind is neither always nor either")),
        }
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
