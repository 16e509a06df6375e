//! Gazetteers, cue words and grammars of policy entities, each compiled when a text first needs it.

mod check;
mod citation;
mod class;
mod gazetteer;
mod han;
pub mod inflect;
mod levels;
mod lexicon;
pub mod tagger;
pub mod token;

use std::borrow::Cow;
use std::cell::Cell;
use std::sync::OnceLock;

pub use citation::{Citation, Citations, Kind as CitationKind};
pub use class::{Class, Frame, Options, Reading};
pub use gazetteer::{Entry, EntryKind, Gazetteer, Namesake};
pub use han::{Han, HanClass, HanWord};
pub use lexicon::Lexicon;

use self::tagger::Tagger;
use super::{Overlay, RuleError};

/// The data files of the languages that have grammars: their names below `entity/`, and their texts.
const FILES: [(&str, &str); 25] = [
    ("entity/ru/paradigms.tsv", include_str!("data/entity/ru/paradigms.tsv")),
    ("entity/ru/adjectives.tsv", include_str!("data/entity/ru/adjectives.tsv")),
    ("entity/ru/endings.tsv", include_str!("data/entity/ru/endings.tsv")),
    ("entity/ru/families.tsv", include_str!("data/entity/ru/families.tsv")),
    ("entity/ru/patronymics.tsv", include_str!("data/entity/ru/patronymics.tsv")),
    ("entity/ru/words.tsv", include_str!("data/entity/ru/words.tsv")),
    ("entity/ru/roles-words.tsv", include_str!("data/entity/ru/roles-words.tsv")),
    ("entity/ru/given-names.tsv", include_str!("data/entity/ru/given-names.tsv")),
    ("entity/en/paradigms.tsv", include_str!("data/entity/en/paradigms.tsv")),
    ("entity/en/words.tsv", include_str!("data/entity/en/words.tsv")),
    ("entity/en/given-names.tsv", include_str!("data/entity/en/given-names.tsv")),
    ("entity/zh/words.tsv", include_str!("data/entity/zh/words.tsv")),
    ("entity/de/paradigms.tsv", include_str!("data/entity/de/paradigms.tsv")),
    ("entity/de/words.tsv", include_str!("data/entity/de/words.tsv")),
    ("entity/fr/paradigms.tsv", include_str!("data/entity/fr/paradigms.tsv")),
    ("entity/fr/words.tsv", include_str!("data/entity/fr/words.tsv")),
    ("entity/es/paradigms.tsv", include_str!("data/entity/es/paradigms.tsv")),
    ("entity/es/words.tsv", include_str!("data/entity/es/words.tsv")),
    ("entity/pt/paradigms.tsv", include_str!("data/entity/pt/paradigms.tsv")),
    ("entity/pt/words.tsv", include_str!("data/entity/pt/words.tsv")),
    ("entity/it/words.tsv", include_str!("data/entity/it/words.tsv")),
    ("entity/nl/words.tsv", include_str!("data/entity/nl/words.tsv")),
    ("entity/pl/words.tsv", include_str!("data/entity/pl/words.tsv")),
    ("entity/citations.tsv", include_str!("data/entity/citations.tsv")),
    ("entity/citation-levels.tsv", include_str!("data/entity/citation-levels.tsv")),
];
const PLACES: (&str, &str) = ("entity/places.tsv", include_str!("data/entity/places.tsv"));
/// Rows of the user's own beside those of the built-in file.
pub const USER: &str = "entity/gazetteer.tsv";
const BODIES: (&str, &str) = ("entity/bodies.tsv", include_str!("data/entity/bodies.tsv"));

/// The tables of taggers by language: weights, words.
const TAGGERS: [(&str, &[u8], &[u8]); 4] = [
    ("ru", include_bytes!("data/entity/ru/tagger.bin"), include_bytes!("data/entity/ru/names.bin")),
    ("en", include_bytes!("data/entity/en/tagger.bin"), include_bytes!("data/entity/en/names.bin")),
    ("zh", include_bytes!("data/entity/zh/tagger.bin"), include_bytes!("data/entity/zh/names.bin")),
    (WESTERN, include_bytes!("data/entity/west/tagger.bin"), include_bytes!("data/entity/west/names.bin")),
];
/// The tagger that languages in Latin letters share which have none of their own.
const WESTERN: &str = "west";
/// These languages.
const WEST: [&str; 7] = ["de", "fr", "es", "pt", "it", "nl", "pl"];

/// Languages that have grammars, and words of their own.
const GRAMMARS: [&str; 2] = ["ru", "en"];
/// Other languages whose words are set apart by blanks and that the gazetteer has names in: those written in Latin letters first. They share one
/// lexicon, where each is a bit.
const OTHERS: [&str; 31] = [
    "az", "ca", "cs", "da", "de", "es", "et", "fi", "fr", "hr", "hu", "id", "it", "lt", "lv", "ms", "nb", "nl", "pl",
    "pt", "ro", "sk", "sl", "sv", "tr", "be", "bg", "el", "kk", "sr", "uk",
];
/// How many of [`OTHERS`] are written in Latin letters and have use for given names in these.
const LATIN: u32 = 25;
/// Readings of a lexicon of one language are of all of its languages.
const ALL: u32 = 1;

/// Gazetteers, cue words and grammars of policy entities.
#[derive(Debug)]
pub struct EntityRules {
    files: Vec<(&'static str, Cow<'static, str>)>,
    places: Cow<'static, str>,
    bodies: Cow<'static, str>,
    gazetteer: OnceLock<Gazetteer>,
    lexicons: [OnceLock<Lexicon>; GRAMMARS.len()],
    shared: OnceLock<Lexicon>,
    han: OnceLock<Han>,
    citations: OnceLock<Citations>,
    taggers: Vec<(&'static str, Tagger)>,
}

impl EntityRules {
    /// Takes the data files. Those of the user are compiled at once, so that what is wrong with them is said before the run; those that the program
    /// comes with are compiled when a text first needs them.
    pub fn load(overlay: &Overlay) -> Result<Self, RuleError> {
        let given = Cell::new(false);
        let text = |(name, embedded): (&str, &'static str)| {
            let text = overlay.text(name, embedded);
            if std::ptr::eq(text.as_ref(), embedded) {
                return Cow::Borrowed(embedded);
            }
            given.set(true);
            Cow::Owned(text.into_owned())
        };
        let rules = Self {
            files: FILES.iter().map(|&file| (file.0, text(file))).collect(),
            places: text(PLACES),
            bodies: bodies(
                text(BODIES),
                overlay.folder(USER).map(|(_, text)| text).next().unwrap_or_default(),
                &given,
            )?,
            gazetteer: OnceLock::new(),
            lexicons: [OnceLock::new(), OnceLock::new()],
            shared: OnceLock::new(),
            han: OnceLock::new(),
            citations: OnceLock::new(),
            taggers: TAGGERS
                .iter()
                .filter_map(|&(language, weights, words)| {
                    Some((language, Tagger::read(language, weights.into(), words.into()).ok()?))
                })
                .collect(),
        };
        if given.get() {
            rules.check()?;
        }
        Ok(rules)
    }

    /// Compiles everything and says what is wrong.
    fn check(&self) -> Result<(), RuleError> {
        let gazetteer = Gazetteer::read(&self.places, &self.bodies)?;
        for language in GRAMMARS {
            Lexicon::compile(&[language], &self.sources(language), ALL, &gazetteer)?;
        }
        Lexicon::compile(&OTHERS, &self.shared_sources(), (1 << LATIN) - 1, &gazetteer)?;
        Han::compile(&self.sources("zh"), &gazetteer)?;
        Citations::compile(&self.sources("citations.tsv"), &self.sources("citation-levels.tsv"))?.check()?;
        Ok(())
    }

    fn sources(&self, folder: &str) -> Vec<(&str, &str)> {
        let wanted = self.files.iter().filter(|(name, _)| name.split('/').nth(1) == Some(folder));
        wanted.map(|(name, text)| (*name, text.as_ref())).collect()
    }

    /// The files of the lexicon that many languages share: names in Latin letters, and the words of each language that has some.
    fn shared_sources(&self) -> Vec<(&str, &str)> {
        let of_others = |name: &str| OTHERS.contains(&name.split('/').nth(1).unwrap_or_default());
        let wanted = self.files.iter().filter(|(name, _)| name.ends_with("en/given-names.tsv") || of_others(name));
        wanted.map(|(name, text)| (*name, text.as_ref())).collect()
    }

    /// The places and bodies of the world.
    pub fn gazetteer(&self) -> &Gazetteer {
        self.gazetteer.get_or_init(|| Gazetteer::read(&self.places, &self.bodies).unwrap_or_default())
    }

    /// The words of `language`, and its bit in their readings; of a language that has none, English ones, for the names in Latin letters.
    pub fn lexicon(&self, language: &str) -> (&Lexicon, u32) {
        if let Some(place) = OTHERS.iter().position(|other| *other == language) {
            let shared = self.shared.get_or_init(|| {
                Lexicon::compile(&OTHERS, &self.shared_sources(), (1 << LATIN) - 1, self.gazetteer())
                    .unwrap_or_default()
            });
            return (shared, 1 << place);
        }
        let [russian, english] = &self.lexicons;
        let (name, slot) = if language == "ru" { ("ru", russian) } else { ("en", english) };
        let compile = || Lexicon::compile(&[name], &self.sources(name), ALL, self.gazetteer()).unwrap_or_default();
        (slot.get_or_init(compile), 1)
    }

    /// Names and heads in Chinese characters.
    pub fn han(&self) -> &Han {
        self.han.get_or_init(|| Han::compile(&self.sources("zh"), self.gazetteer()).unwrap_or_default())
    }

    /// What has learnt the names of `language`.
    pub fn tagger(&self, language: &str) -> Option<&Tagger> {
        let own = self.taggers.iter().find(|(of, _)| *of == language);
        let shared = || self.taggers.iter().find(|(of, _)| *of == WESTERN && WEST.contains(&language));
        own.or_else(shared).map(|(_, tagger)| tagger)
    }

    /// Puts `tagger` in the place of that of `language`, or adds it.
    pub fn set_tagger(&mut self, language: &'static str, tagger: Tagger) {
        self.taggers.retain(|(of, _)| *of != language);
        self.taggers.push((language, tagger));
    }

    /// Citations of laws and cases, and what stands in title marks.
    pub fn citations(&self) -> &Citations {
        let compile = || Citations::compile(&self.sources("citations.tsv"), &self.sources("citation-levels.tsv"));
        self.citations.get_or_init(|| compile().unwrap_or_default())
    }
}

/// The rows of bodies with those of the user, which are checked against them.
fn bodies(built_in: Cow<'static, str>, user: &str, given: &Cell<bool>) -> Result<Cow<'static, str>, RuleError> {
    if user.trim().is_empty() {
        return Ok(built_in);
    }
    check::rows_of_user(USER, user, &built_in)?;
    given.set(true);
    Ok(Cow::Owned(format!("{built_in}\n{user}\n")))
}

#[cfg(test)]
mod tests {
    use super::{EntityRules, Overlay};

    #[test]
    fn what_the_program_comes_with_is_well_formed() {
        EntityRules::load(&Overlay::default()).unwrap().check().unwrap();
    }

    #[test]
    fn what_is_wrong_with_a_users_file_is_said_at_once() {
        let overlay = Overlay::new([("entity/ru/words.tsv".to_owned(), "body\todd\t-\t-\tx\n".to_owned())].into());
        assert_eq!(
            EntityRules::load(&overlay).unwrap_err().to_string(),
            "cannot read rules: entity/ru/words.tsv:1: no option odd"
        );
    }
}
