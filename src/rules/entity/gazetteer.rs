//! Places, public bodies, laws and policies of the world by their names in several languages.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::token::hash;
use crate::rules::table::{RuleError, rows};

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A country.
    Country,
    /// A part of a country with an ISO 3166-2 code, or a region without one.
    Subdivision,
    /// A city.
    City,
    /// An area of the world or of several countries.
    Area,
    /// A public body.
    Regulator,
    /// A law.
    Law,
    /// A policy.
    Policy,
    /// Another body.
    Organization,
}

/// A place or body.
#[derive(Debug)]
pub struct Entry {
    /// Its identifier: ISO 3166 for countries and subdivisions.
    pub id: String,
    /// What it is.
    pub kind: EntryKind,
    /// Code of the country or subdivision it lies in or belongs to; `INT` for international bodies.
    pub iso: String,
    /// Names by language: the first of each is the canonical one.
    names: String,
    adjectives: String,
    /// Names that are also other words or other places.
    ambiguous: String,
    /// Identifiers in other schemes.
    pub ids: Vec<(String, String)>,
}

impl Entry {
    /// Whether it is a jurisdiction.
    pub const fn is_place(&self) -> bool {
        matches!(self.kind, EntryKind::Country | EntryKind::Subdivision | EntryKind::City | EntryKind::Area)
    }

    /// Its names in `language`, the canonical one first.
    pub fn forms<'e>(&'e self, language: &str) -> impl Iterator<Item = &'e str> + use<'e> {
        forms(&self.names, language)
    }

    /// Its names in all languages, each with its language; no language comes twice.
    pub(super) fn names(&self) -> impl Iterator<Item = (&str, Forms<'_>)> {
        by_language(&self.names)
    }

    /// Its adjectives and demonyms in all languages, in all their forms.
    pub(super) fn adjectives(&self) -> impl Iterator<Item = (&str, Forms<'_>)> {
        by_language(&self.adjectives)
    }

    /// Whether some of its names are.
    pub(super) const fn has_ambiguous(&self) -> bool {
        !self.ambiguous.is_empty()
    }

    /// Whether the name `form` is also another word or another place.
    pub(super) fn is_ambiguous(&self, language: &str, form: &str) -> bool {
        forms(&self.ambiguous, language).any(|f| f == form)
    }

    /// Its canonical names by language.
    pub fn canonical(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names.split(';').filter_map(|part| {
            let (language, forms) = part.split_once(':')?;
            Some((language, forms.split('|').next()?.trim()))
        })
    }

    /// The ISO 3166 code that stands for it: its own, or for a city that of where it lies.
    pub fn code(&self) -> &str {
        match self.kind {
            EntryKind::Country | EntryKind::Subdivision => &self.id,
            _ => &self.iso,
        }
    }
}

/// Who else has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Namesake {
    /// The entry with this number.
    At(u32),
    /// Entries of other countries only.
    Abroad,
}

/// All entries.
#[derive(Debug, Default)]
pub struct Gazetteer {
    /// Places first, then bodies.
    pub entries: Vec<Entry>,
    /// Bodies, laws and policies by what their names have in common with other translations of them.
    variants: [OnceLock<HashMap<u64, u32>>; VARIANTS.len()],
}

/// The languages that translations are compared in.
const VARIANTS: [&str; 2] = ["en", "ru"];
/// How many letters of a word count when translations of one name are compared, and how many such words a name must have.
const STEM: usize = 5;
const WORDS: usize = 3;

/// What a name has in common with other translations of it: its longer words, cut to their stems, in any order.
fn gist(kind: EntryKind, language: &str, name: &str) -> Option<u64> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3);
    let mut stems: Vec<String> = words
        .map(|word| {
            word.chars().take(STEM).flat_map(char::to_lowercase).map(|c| if c == 'ё' { 'е' } else { c }).collect()
        })
        .collect();
    stems.sort();
    stems.dedup();
    (stems.len() >= WORDS).then(|| hash(&format!("{kind:?} {language} {}", stems.join(" "))))
}

impl Gazetteer {
    /// The body, law or policy that `name` is another translation of: the same words but for prepositions, endings and order.
    pub fn variant(&self, kind: EntryKind, language: &str, name: &str) -> Option<u32> {
        let place = VARIANTS.iter().position(|known| *known == language)?;
        let gist_of_name = gist(kind, language, name)?;
        let variants = self.variants.get(place)?.get_or_init(|| {
            let mut out = HashMap::new();
            for (number, entry) in self.entries.iter().enumerate().filter(|(_, entry)| !entry.is_place()) {
                for key in entry.forms(language).filter_map(|form| gist(entry.kind, language, form)) {
                    out.entry(key).or_insert(number as u32);
                }
            }
            out
        });
        variants.get(&gist_of_name).copied()
    }

    /// The entry of `country` whose name is `name` or has it as its beginning or end, as `Central Bank of Brazil` has `Central Bank`; [`Namesake::Abroad`]
    /// where only entries of other countries than that of `entry` have, and `None` where none has.
    pub fn namesake(&self, entry: &Entry, language: &str, name: &str, country: &str) -> Option<Namesake> {
        let name = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
        let is_part = |form: &str| {
            form == name
                || form.strip_prefix(name).is_some_and(|rest| rest.starts_with(' '))
                || form.strip_suffix(name).is_some_and(|rest| rest.ends_with(' '))
        };
        let others =
            self.entries.iter().enumerate().filter(|(_, other)| other.kind == entry.kind && other.iso != entry.iso);
        let mut found = None;
        for (number, other) in others.filter(|(_, other)| other.forms(language).any(is_part)) {
            if other.iso == country {
                return Some(Namesake::At(number as u32));
            }
            found = Some(Namesake::Abroad);
        }
        found
    }

    /// Reads `places.tsv` and `bodies.tsv`.
    pub(super) fn read(places: &str, bodies: &str) -> Result<Self, RuleError> {
        let mut entries = Vec::new();
        for row in rows("entity/places.tsv", places, 4)? {
            let kind = match row.cell(1) {
                "country" => EntryKind::Country,
                "subdivision" => EntryKind::Subdivision,
                "city" => EntryKind::City,
                "region" | "area" => EntryKind::Area,
                other => return Err(row.error(format!("no kind of place {other}"))),
            };
            entries.push(Entry {
                id: row.cell(0).to_owned(),
                kind,
                iso: row.cell(2).to_owned(),
                names: row.cell(3).to_owned(),
                adjectives: row.cell(4).to_owned(),
                ambiguous: row.cell(5).to_owned(),
                ids: Vec::new(),
            });
        }
        for row in rows("entity/bodies.tsv", bodies, 4)? {
            let kind = match row.cell(1) {
                "regulator" => EntryKind::Regulator,
                "law" => EntryKind::Law,
                "policy" => EntryKind::Policy,
                "organization" => EntryKind::Organization,
                other => return Err(row.error(format!("no type of entity {other}"))),
            };
            let ids =
                row.list(4).filter_map(|id| id.split_once('=')).map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
            entries.push(Entry {
                id: row.cell(0).to_owned(),
                kind,
                iso: row.cell(2).to_owned(),
                names: row.cell(3).to_owned(),
                adjectives: String::new(),
                ambiguous: String::new(),
                ids,
            });
        }
        Ok(Self { entries, variants: [OnceLock::new(), OnceLock::new()] })
    }
}

/// The forms of one language, separated by `|`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Forms<'e>(&'e str);

impl<'e> Forms<'e> {
    /// Each of them, the canonical one first.
    pub(super) fn iter(self) -> impl Iterator<Item = &'e str> {
        self.0.split('|').map(str::trim).filter(|form| !form.is_empty())
    }
}

/// The parts of `lang:form|form;lang:form`.
fn by_language(cell: &str) -> impl Iterator<Item = (&str, Forms<'_>)> {
    cell.split(';').filter_map(|part| part.split_once(':')).map(|(language, forms)| (language, Forms(forms)))
}

/// The forms of `language` in `lang:form|form;lang:form`.
fn forms<'e>(cell: &'e str, language: &str) -> impl Iterator<Item = &'e str> + use<'e> {
    let of_language = |part: &'e str| part.strip_prefix(language)?.strip_prefix(':');
    let part = cell.split(';').find_map(of_language).unwrap_or_default();
    part.split('|').map(str::trim).filter(|form| !form.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{EntryKind, Gazetteer};

    #[test]
    fn names_are_read_by_language() {
        let places = "CN\tcountry\tCN\tru:Китай|Китая;zh:中国\tru:китайск\n";
        let found = Gazetteer::read(places, "").unwrap();
        assert_eq!(found.entries[0].forms("ru").collect::<Vec<_>>(), ["Китай", "Китая"]);
        assert_eq!(found.entries[0].canonical().collect::<Vec<_>>(), [("ru", "Китай"), ("zh", "中国")]);
        assert_eq!(found.entries[0].code(), "CN");
    }

    #[test]
    fn another_translation_of_a_name_is_known() {
        let bodies = "x\tregulator\tCN\tru:Государственное управление по охране лесов\n";
        let found = Gazetteer::read("", bodies).unwrap();
        assert_eq!(found.variant(EntryKind::Regulator, "ru", "Государственное управление охраны лесов"), Some(0));
        assert_eq!(found.variant(EntryKind::Regulator, "ru", "Государственное управление охраны вод"), None);
    }
}
