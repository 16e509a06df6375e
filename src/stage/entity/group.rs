//! Mentions become entities: across inflection, abbreviation and split spelling, never across types.

use std::collections::{BTreeMap, HashMap};

use super::line::Draft;
use super::person::stems;
use crate::model::{Entity, EntityType, Mention};
use crate::rules::entity::token::hash;
use crate::rules::entity::{EntryKind, Gazetteer, Namesake};

/// Groups settled drafts. `language` is that of the document, for the names of what the gazetteer knows.
pub(super) fn group(text: &str, drafts: Vec<Draft>, gazetteer: &Gazetteer, language: &str) -> Vec<Entity> {
    let mut groups = Groups::default();
    let home = home(&drafts, gazetteer);
    for mut draft in drafts {
        let namesake =
            home.as_ref().filter(|_| draft.title).and_then(|home| home.namesake(text, &draft, gazetteer, language));
        if let Some(namesake) = namesake {
            draft.known = match namesake {
                Namesake::At(number) => Some(number),
                Namesake::Abroad => None,
            };
            draft.span.of(text).clone_into(&mut draft.name);
        } else if draft.known.is_none()
            && draft.title
            && let Some(kind) = entry_kind(draft.kind)
        {
            draft.known = gazetteer.variant(kind, language, &draft.name);
        }
        let known = draft.known.and_then(|number| gazetteer.entries.get(number as usize).map(|entry| (number, entry)));
        let place = match known {
            Some((number, _)) => groups.place(draft.kind, Sort::Known, &number.to_string()),
            None => groups.find(text, &draft),
        };
        let mention = Mention { span: draft.span, rule: draft.rule, confidence: draft.confidence };
        if let Some(entity) = place.and_then(|place| groups.entities.get_mut(place)) {
            entity.mentions.push(mention);
            if entity.ids.is_empty() && is_better(&draft, &entity.name) {
                entity.name = draft.name;
            }
            continue;
        }
        if draft.kind == EntityType::Organization {
            unquote(&mut draft.name);
        }
        let mut entity = Entity {
            kind: draft.kind,
            name: draft.name.clone(),
            names: Vec::new(),
            ids: Vec::new(),
            jurisdiction: None,
            jurisdiction_inferred: false,
            citation: Vec::new(),
            mentions: vec![mention],
        };
        if let Some((_, entry)) = known {
            describe(&mut entity, entry, language);
        }
        if draft.kind == EntityType::Money {
            if is_currency(&draft.name) {
                entity.ids.push(("currency", draft.name.clone()));
            }
            draft.span.of(text).clone_into(&mut entity.name);
        }
        groups.add(text, &draft, entity);
    }
    infer_jurisdictions(&mut groups.entities);
    groups.entities
}

/// The country that most places of a document lie in, and all that it names.
struct Home {
    country: String,
    named: BTreeMap<String, usize>,
}

/// Where the document is at home, as its places tell: two thirds of them in one country.
fn home(drafts: &[Draft], gazetteer: &Gazetteer) -> Option<Home> {
    let entry = |draft: &Draft| draft.known.and_then(|number| gazetteer.entries.get(number as usize));
    let is_place = |draft: &&Draft| draft.kind == EntityType::Jurisdiction;
    drafts.iter().find(|draft| !is_place(draft) && draft.known.is_some())?;
    let mut named: BTreeMap<String, usize> = BTreeMap::new();
    for entry in drafts.iter().filter(is_place).filter_map(entry) {
        if let Some(country) = entry.code().split('-').next().filter(|code| is_iso(code)) {
            *named.entry(country.to_owned()).or_default() += 1;
        }
    }
    let total: usize = named.values().sum();
    let (country, _) = named.iter().find(|(_, count)| **count * 3 >= total * 2)?;
    Some(Home { country: country.clone(), named })
}

impl Home {
    /// What a body is whose name says no country (`Securities and Exchange Commission`) and that the gazetteer has in a country which the document
    /// does not name: that of the same name at home, or none that is known; `None` where the gazetteer may be right.
    fn namesake(&self, text: &str, draft: &Draft, gazetteer: &Gazetteer, language: &str) -> Option<Namesake> {
        let entry = gazetteer.entries.get(draft.known? as usize)?;
        if entry.is_place() || !is_iso(&entry.iso) || self.named.contains_key(entry.iso.get(..2)?) {
            return None;
        }
        gazetteer.namesake(entry, language, draft.span.of(text), &self.country)
    }
}

/// What an entity of the gazetteer is that may be translated in several ways.
const fn entry_kind(kind: EntityType) -> Option<EntryKind> {
    match kind {
        EntityType::Regulator => Some(EntryKind::Regulator),
        EntityType::Law => Some(EntryKind::Law),
        EntityType::Policy => Some(EntryKind::Policy),
        _ => None,
    }
}

/// Whether the name of a mention is a better one of its entity than `name`: of a person the longest, `Хуньлин`, not `Линь`; what an acronym stands
/// for; of names that differ in their endings the one that has the nominative's.
fn is_better(draft: &Draft, name: &str) -> bool {
    let new = draft.name.as_str();
    match draft.kind {
        EntityType::Person => match words(new).cmp(&words(name)) {
            std::cmp::Ordering::Greater => true,
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => draft.inflected && words(new) > 1 && weight(new) < weight(name),
        },
        EntityType::Organization | EntityType::Regulator => {
            let is_acronym = |name: &str| name.chars().all(char::is_uppercase);
            is_acronym(name) && words(new) > 2
                || draft.inflected && !new.contains(' ') && weight(new) < weight(name) && !is_acronym(new)
        }
        _ => false,
    }
}

/// How far a Russian name is from the nominative: it is the shortest, and does not end in a vowel that only other cases have.
fn weight(name: &str) -> usize {
    let oblique = |word: &str| usize::from(word.ends_with(['у', 'ю', 'ы', 'и', 'е']));
    2 * name.chars().count() + name.split(' ').map(oblique).sum::<usize>()
}

/// Takes the quotes off a name that is nothing but quoted.
fn unquote(name: &mut String) {
    let pairs = [('«', '»'), ('“', '”'), ('„', '“'), ('"', '"')];
    let inner = pairs.iter().find_map(|(open, close)| {
        let inner = name.strip_prefix(*open)?.strip_suffix(*close)?;
        (!inner.is_empty() && !inner.contains([*open, *close])).then(|| inner.to_owned())
    });
    if let Some(inner) = inner {
        *name = inner;
    }
}

/// The first and the last word of a Russian name of a person without their endings of case.
fn roots(name: &str) -> Option<String> {
    let mut words = name.split_whitespace();
    let (first, last) = (letters(words.next()?), letters(words.next_back()?));
    if first.chars().count() < 2 {
        return None;
    }
    let root = |word: &str| {
        let shortest = stems(word).min_by_key(|stem| stem.len()).unwrap_or(word);
        shortest.trim_end_matches(['й', 'ь', 'е']).to_owned()
    };
    Some(format!("{} {}", root(&first), root(&last)))
}

fn words(name: &str) -> usize {
    name.split([' ', '.']).filter(|w| w.chars().count() > 1).count()
}

/// What the gazetteer says of an entity.
fn describe(entity: &mut Entity, entry: &crate::rules::entity::Entry, language: &str) {
    for (tag, name) in entry.canonical() {
        if tag == language {
            name.clone_into(&mut entity.name);
        }
        if let Some(tag) = LANGUAGES.iter().find(|known| **known == tag) {
            entity.names.push((tag, name.to_owned()));
        }
    }
    if entity.name.is_empty()
        && let Some((_, name)) = entry.canonical().find(|(tag, _)| *tag == "en").or_else(|| entry.canonical().next())
    {
        name.clone_into(&mut entity.name);
    }
    entity.names.sort();
    match entry.kind {
        EntryKind::Country | EntryKind::Subdivision | EntryKind::City | EntryKind::Area => {
            let code = entry.code();
            if is_iso(code) {
                entity.ids.push(("iso", code.to_owned()));
            }
            if let Some(country) = code.split('-').next().filter(|c| is_iso(c)) {
                entity.jurisdiction = Some(country.to_owned());
            }
        }
        _ => {
            entity.jurisdiction = Some(entry.iso.clone()).filter(|iso| is_iso(iso));
        }
    }
    for (scheme, id) in &entry.ids {
        if let Some(scheme) = SCHEMES.iter().find(|known| *known == scheme) {
            entity.ids.push((scheme, id.clone()));
        }
    }
    entity.ids.sort();
}

const LANGUAGES: [&str; 12] = ["ar", "de", "en", "es", "fr", "it", "ja", "ko", "pl", "pt", "ru", "zh"];
const SCHEMES: [&str; 6] = ["celex", "eli", "geonames", "iso", "lei", "wikidata"];

fn is_iso(code: &str) -> bool {
    let mut parts = code.split('-');
    parts.next().is_some_and(|c| c.len() == 2 && c.bytes().all(|b| b.is_ascii_uppercase()))
}

/// Whether this has the form of an ISO 4217 code.
fn is_currency(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase())
}

/// What a key is made of.
#[derive(Clone, Copy)]
enum Sort {
    /// The number of an entry of the gazetteer.
    Known,
    /// The letters of a name.
    Whole,
    /// These without an ending of case.
    Stem,
    /// The last word of a person's name, without an ending of case.
    Family,
    /// The first and the last word of a person's name, without endings of case.
    Roots,
}

#[derive(Default)]
struct Groups {
    entities: Vec<Entity>,
    /// Hashes of type, sort and name; only looked up, never gone through.
    by_key: HashMap<u64, usize>,
}

fn key_of(kind: EntityType, sort: Sort, name: &str) -> u64 {
    hash(name) ^ (((kind as u64) << 8) | (sort as u64 + 1)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

impl Groups {
    fn place(&self, kind: EntityType, sort: Sort, name: &str) -> Option<usize> {
        self.by_key.get(&key_of(kind, sort, name)).copied()
    }

    fn keep(&mut self, kind: EntityType, sort: Sort, name: &str) {
        let number = self.entities.len() - 1;
        self.by_key.entry(key_of(kind, sort, name)).or_insert(number);
    }

    /// The entity of a mention: one with the same letters, with these but an ending of case, or of which it is an acronym.
    fn find(&self, text: &str, draft: &Draft) -> Option<usize> {
        let kind = draft.kind;
        let written = letters(draft.span.of(text));
        let direct = self.place(kind, Sort::Whole, &written);
        if direct.is_some() || kind == EntityType::Money {
            return direct;
        }
        let direct = self.place(kind, Sort::Whole, &letters(&draft.name));
        if direct.is_some() {
            return direct;
        }
        if draft.inflected && matches!(kind, EntityType::Person | EntityType::Organization) {
            let cut = stems(&written).find_map(|stem| self.place(kind, Sort::Stem, stem));
            if cut.is_some() {
                return cut;
            }
        }
        if kind == EntityType::Person
            && draft.inflected
            && let Some(roots) = roots(draft.span.of(text))
            && let Some(place) = self.place(kind, Sort::Roots, &roots)
        {
            return Some(place);
        }
        // What an acronym that was met before stands for.
        if matches!(kind, EntityType::Regulator | EntityType::Organization)
            && draft.title
            && let Some(place) = acronym(&draft.name).and_then(|short| self.place(kind, Sort::Whole, &short))
            && self.entities.get(place).is_some_and(|entity| entity.name.chars().all(char::is_uppercase))
        {
            return Some(place);
        }
        if kind == EntityType::Person && !draft.name.contains(' ') {
            return stems(&written).find_map(|stem| self.place(kind, Sort::Family, stem));
        }
        None
    }

    fn add(&mut self, text: &str, draft: &Draft, entity: Entity) {
        let kind = draft.kind;
        self.entities.push(entity);
        if let Some(known) = draft.known {
            self.keep(kind, Sort::Known, &known.to_string());
        }
        let written = letters(draft.span.of(text));
        if !written.is_empty() {
            self.keep(kind, Sort::Whole, &written);
        }
        if kind == EntityType::Money {
            return;
        }
        let named = letters(&draft.name);
        if !named.is_empty() {
            self.keep(kind, Sort::Whole, &named);
        }
        if draft.inflected && matches!(kind, EntityType::Person | EntityType::Organization) {
            for stem in stems(&written) {
                self.keep(kind, Sort::Stem, stem);
            }
        }
        if kind == EntityType::Person
            && draft.inflected
            && let Some(roots) = roots(draft.span.of(text))
        {
            self.keep(kind, Sort::Roots, &roots);
        }
        if kind == EntityType::Person && draft.name.contains(' ') {
            for form in [draft.span.of(text), draft.name.as_str()] {
                if let Some(last) = form.split_whitespace().next_back().map(letters) {
                    for stem in stems(&last) {
                        self.keep(kind, Sort::Family, stem);
                    }
                }
            }
        }
        if matches!(kind, EntityType::Regulator | EntityType::Organization)
            && let Some(acronym) = acronym(&draft.name)
        {
            self.keep(kind, Sort::Whole, &acronym);
        }
    }
}

/// The letters and digits of a name, in small letters.
fn letters(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            'a'..='z' | '0'..='9' | 'а'..='я' | '\u{4e00}'..='\u{9fff}' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            'А'..='Я' => out.push(char::from_u32(c as u32 + 32).unwrap_or(c)),
            'ё' | 'Ё' => out.push('е'),
            '\0'..='\x7f' => {}
            _ if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ => {}
        }
    }
    out
}

/// The first letters of a name of three words or more: `NDRC`.
fn acronym(name: &str) -> Option<String> {
    let small = ["и", "по", "в", "of", "and", "the", "for", "on", "при"];
    let first: String = name
        .split([' ', '-'])
        .filter(|word| !small.contains(word))
        .filter_map(|word| word.chars().find(|c| c.is_alphabetic()))
        .flat_map(char::to_lowercase)
        .collect();
    (first.chars().count() > 2).then_some(first)
}

/// Bodies, laws and policies of a document that speaks of one country belong to it.
fn infer_jurisdictions(entities: &mut [Entity]) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for entity in entities.iter() {
        if let Some(country) = &entity.jurisdiction {
            *counts.entry(country.clone()).or_default() += entity.mentions.len();
        }
    }
    let total: usize = counts.values().sum();
    let Some((country, count)) = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0))) else {
        return;
    };
    if count * 3 < total * 2 {
        return;
    }
    for entity in entities.iter_mut() {
        let wanted =
            matches!(entity.kind, EntityType::Regulator | EntityType::Law | EntityType::Policy | EntityType::Action);
        if wanted && entity.jurisdiction.is_none() {
            entity.jurisdiction = Some(country.clone());
            entity.jurisdiction_inferred = true;
        }
    }
}
