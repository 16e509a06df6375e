//! The languages that a text may have been translated from, by its seeds.

use super::Task;
use super::seed::{self, Seed};
use crate::model::LanguageTag;
use crate::rules::lexicon::Lexicon;
use crate::text::script::Script;

/// A language that leftovers may be in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate<'r> {
    pub(super) tag: LanguageTag,
    pub(super) lexicon: &'r Lexicon,
    /// Whether most texts in the language of this one are translated from it.
    pub(super) expected: bool,
    /// How far the document's seeds speak for it, in nats.
    pub(super) support: f32,
}

/// Not more languages than this are looked for at once.
pub(super) const MOST: usize = 3;
/// So many seeds are put to all languages of the script, and one in so many of more.
const ASKED: usize = 48;
const SHARE: usize = 10;
/// Of so few, what is on no list is judged by its spelling.
const FEW: usize = 16;
/// A word with fewer nats a letter is spelt as no word of the language.
const STRANGE: f32 = -3.2;
/// What a capitalised word says is worth so much.
const NAME: f32 = 0.2;
/// What one word says for a language at most, in nats.
const CAP: f32 = 7.0;
/// What a word that the text's language does not list is worth there, in nats.
const UNLISTED: f32 = -15.5;
/// Of two languages with the same evidence, what texts are mostly translated from.
const EXPECTED: [(Script, &str); 4] =
    [(Script::Latin, "en"), (Script::Cyrillic, "ru"), (Script::Arabic, "ar"), (Script::Devanagari, "hi")];
/// How much that is worth, in nats.
const LEAD: f32 = 4.0;
/// A language needs this much from all words together, in nats, to be looked for.
const ENOUGH: f32 = 4.5;
/// Of which this much is expected of every word by chance.
const CHANCE: f32 = 0.4;
/// And this share of what speaks for the best.
const BESIDE: f32 = 0.35;

/// The languages to look for, likeliest first.
pub(super) fn candidates<'r>(task: &Task<'r>, home: &Lexicon, seeds: &[Seed]) -> Vec<Candidate<'r>> {
    let lexicons = task.rules.language.lexicons();
    if let Some(tag) = task.given {
        let known = lexicons.of(tag).filter(|l| l.script() == home.script() && l.tag() != home.tag());
        return known
            .map(|lexicon| Candidate { tag: named(tag), lexicon, expected: true, support: f32::MAX })
            .into_iter()
            .collect();
    }
    let step = (seeds.len() / ASKED.max(seeds.len() / SHARE)).max(1);
    let expected = EXPECTED.iter().find(|(script, _)| *script == home.script()).map_or("", |(_, tag)| *tag);
    let asked: Vec<&Seed> = seeds.iter().step_by(step).collect();
    let few = asked.len() <= FEW;
    let at_home: Vec<f32> = asked
        .iter()
        .map(|seed| match seed.listed {
            Some(nats) => nats,
            None if few => seed::unlisted(task.text, seed.span, home),
            None => UNLISTED,
        })
        .collect();
    let mut scored: Vec<(f32, &Lexicon)> = Vec::new();
    for lexicon in lexicons.of_script(home.script()).filter(|l| l.tag() != home.tag()) {
        let german = lexicon.tag().as_str() == "de";
        let mut sum = if lexicon.tag().as_str() == expected { LEAD } else { 0.0 };
        for (seed, own) in asked.iter().zip(&at_home) {
            // Every language explains a few words of a long text by chance.
            sum -= CHANCE;
            let nats = match lexicon.listed(seed.hash) {
                Some(listed) => listed.nats,
                None if few && lexicon.has_list() && is_strange(seed, *own) => {
                    seed::unlisted(task.text, seed.span, lexicon)
                }
                None => continue,
            };
            sum += if seed.capital && !german { NAME } else { 1.0 } * (nats - own).clamp(0.0, CAP);
        }
        scored.push((sum, lexicon));
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.tag().cmp(&b.1.tag())));
    let best = scored.first().map_or(0.0, |s| s.0);
    let fit = scored.iter().filter(|(sum, lexicon)| {
        lexicon.tag().as_str() == expected || (*sum >= enough(lexicon) && *sum >= BESIDE * best)
    });
    let made = fit.take(MOST).map(|(sum, lexicon)| Candidate {
        tag: named(lexicon.tag()),
        lexicon,
        expected: lexicon.tag().as_str() == expected,
        support: *sum,
    });
    made.collect()
}

/// What must speak for a language: more where it has no list, as n-grams fit many a word.
const fn enough(lexicon: &Lexicon) -> f32 {
    if lexicon.has_list() { ENOUGH } else { 4.0 * ENOUGH }
}

/// Whether the word is spelt as no word of the text's language, which gives it so many nats.
fn is_strange(seed: &Seed, nats: f32) -> bool {
    seed.listed.is_none() && nats < STRANGE * f32::from(seed.letters)
}

/// The tag of a language; the file that Croatian and Serbian share has the name of neither.
fn named(tag: LanguageTag) -> LanguageTag {
    if tag.as_str() == "sh" { LanguageTag::literal("hr") } else { tag }
}
