//! The data files of languages, compiled.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{HanRules, Known, LanguageRules, NONE, Posting, WordHash, lower};
use crate::model::LanguageTag;
use crate::rules::lexicon::Lexicons;
use crate::rules::table::{Row, rows};
use crate::rules::{Overlay, RuleError};
use crate::text::script::Script;

/// What a word that is not in a language's list is worth; a listed word is compared with it.
pub(super) const UNLISTED: f32 = 3.0e-4;
/// What a letter that a language does not have is worth: names and loans bring some.
const FOREIGN_LETTER: f32 = 2.0e-4;
/// Letters depend on each other and on the words, so each says less than it would alone.
const LETTER_WEIGHT: f32 = 0.5;

/// Languages that few texts are in, and whose models fit names and codes.
const SELDOM: [&str; 3] = ["la", "eo", "so"];

/// Words whose worth differs by less, in nats, are worth the same.
const ALIKE: f32 = 0.6;

/// A row of a language file, read.
struct Entry<'t> {
    tag: LanguageTag,
    script: Script,
    share: f32,
    letters: Vec<char>,
    words: Vec<&'t str>,
}

pub(super) fn load(overlay: &Overlay) -> Result<LanguageRules, RuleError> {
    let latin = overlay.text("language/latin.tsv", include_str!("../data/language/latin.tsv"));
    let cyrillic = overlay.text("language/cyrillic.tsv", include_str!("../data/language/cyrillic.tsv"));
    let other = overlay.text("language/other.tsv", include_str!("../data/language/other.tsv"));
    let scripts = overlay.text("language/scripts.tsv", include_str!("../data/language/scripts.tsv"));

    let mut entries = Vec::new();
    for row in &rows("language/latin.tsv", &latin, 4)? {
        entries.push(entry(row, Script::Latin, 1)?);
    }
    for row in &rows("language/cyrillic.tsv", &cyrillic, 4)? {
        entries.push(entry(row, Script::Cyrillic, 1)?);
    }
    for row in &rows("language/other.tsv", &other, 5)? {
        entries.push(entry(row, script(row, 1)?, 2)?);
    }
    entries.sort_by_key(|e| e.script.short_name());

    let mut sole = Vec::new();
    for row in &rows("language/scripts.tsv", &scripts, 2)? {
        sole.push((script(row, 0)?, tag(row, 1)?));
    }
    Ok(compile(&entries, sole, HanRules::load(overlay)?))
}

fn entry<'t>(row: &Row<'t>, script: Script, at: usize) -> Result<Entry<'t>, RuleError> {
    let share: f32 = row.cell(at).parse().map_err(|_| row.error("the share of letters is not a number"))?;
    if !(0.0..1000.0).contains(&share) {
        return Err(row.error("the share of letters is not between 0 and 1000"));
    }
    let mut letters = Vec::new();
    for c in row.cell(at + 1).chars().map(lower).filter(|c| !c.is_ascii() && !c.is_whitespace()) {
        if !letters.contains(&c) {
            letters.push(c);
        }
    }
    Ok(Entry {
        tag: tag(row, 0)?,
        script,
        share: share / 1000.0,
        letters,
        words: row.cell(at + 2).split_whitespace().collect(),
    })
}

fn tag(row: &Row<'_>, at: usize) -> Result<LanguageTag, RuleError> {
    LanguageTag::parse(row.cell(at)).ok_or_else(|| row.error(format!("{:?} is not a language tag", row.cell(at))))
}

fn script(row: &Row<'_>, at: usize) -> Result<Script, RuleError> {
    Script::from_short_name(row.cell(at))
        .ok_or_else(|| row.error(format!("{:?} is not the code of a script", row.cell(at))))
}

fn compile(entries: &[Entry<'_>], sole: Vec<(Script, LanguageTag)>, han: HanRules) -> LanguageRules {
    let lexicons = Lexicons::embedded();
    let letters: Vec<char> =
        entries.iter().flat_map(|e| e.letters.iter().copied()).collect::<BTreeSet<_>>().into_iter().collect();
    let mut near = vec![NONE; 0x700];
    for (number, &letter) in letters.iter().enumerate() {
        for c in [letter].into_iter().chain(letter.to_uppercase()) {
            if let Some(slot) = near.get_mut(c as usize) {
                *slot = number as u16;
            }
        }
    }
    let languages: Vec<Known> = entries.iter().map(|e| known(e, &letters, &lexicons)).collect();

    let mut shared: Vec<(Script, usize, usize)> = Vec::new();
    for (number, language) in languages.iter().enumerate() {
        match shared.last_mut() {
            Some((script, _, end)) if *script == language.script => *end = number + 1,
            _ => shared.push((language.script, number, number + 1)),
        }
    }

    let mut by_word: BTreeMap<u64, Vec<Posting>> = BTreeMap::new();
    for (number, entry) in entries.iter().enumerate() {
        for (rank, word) in entry.words.iter().enumerate() {
            let list = by_word.entry(WordHash::of(word)).or_default();
            if list.last().is_none_or(|p| usize::from(p.language) != number) {
                let share = 0.08 / (rank as f32 + 2.0);
                list.push(Posting { language: number as u16, weight: (share / UNLISTED).ln() });
            }
        }
    }
    let mut words = HashMap::with_capacity_and_hasher(by_word.len(), std::hash::BuildHasherDefault::default());
    let mut postings = Vec::new();
    for (hash, list) in by_word {
        let start = postings.len() as u32;
        // Ranks are estimates: a word that several languages have about as often tells them apart by nothing.
        let most = list.iter().map(|p| p.weight).fold(0.0, f32::max);
        let level = |weight: f32| if most - weight < ALIKE { most } else { weight };
        postings.extend(list.into_iter().map(|p| Posting { weight: level(p.weight), ..p }));
        words.insert(hash, (start, postings.len() as u32));
    }
    LanguageRules { languages, shared, sole, words, postings, letters, near, han, lexicons }
}

/// The first letter of a list is expected most: shares fall with the rank.
fn known(entry: &Entry<'_>, letters: &[char], lexicons: &Lexicons) -> Known {
    let total: f32 = (1..=entry.letters.len()).map(|rank| 1.0 / rank as f32).sum();
    let has = letters.iter().map(|c| entry.letters.contains(c)).collect();
    let rare = letters.iter().map(|c| {
        let rank = entry.letters.iter().position(|own| own == c);
        let share = rank.map_or(FOREIGN_LETTER, |rank| (entry.share / total / (rank as f32 + 1.0)).max(FOREIGN_LETTER));
        share.ln() * LETTER_WEIGHT
    });
    Known {
        tag: entry.tag,
        script: entry.script,
        common: (1.0 - entry.share).ln() * LETTER_WEIGHT,
        rare: rare.collect(),
        has,
        seldom: SELDOM.contains(&entry.tag.as_str()) || !lexicons.is_of_language(entry.tag),
        words: entry.words.len(),
    }
}
