//! Makes `src/rules/data/lang/*.bin`. How to run it: README.md beside this crate.

mod grams;
mod hash;
mod language;
mod paradigm;
mod source;
mod table;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use source::Words;

/// Words of a model at most.
const WORDS: usize = 54_000;
/// Words beyond them at most: rare ones, which are known and no more.
const MORE: usize = 45_000;
/// Forms that no list has, at most: those that relatives have and that the endings of the language say are its own, too.
const FORMED: usize = 12_000;
/// How frequent a word is of which only this is known.
const SELDOM: f64 = 2e-7;
/// A language that writes its nouns like names. How often others have those of its words that are this frequent tells nouns from names, so they are
/// kept however rare.
const NOUNS: &str = "de";
const NOUN: f64 = 1e-6;
/// A word of a list without frequencies that English has more often than this may stand there because pages quote it.
const ENGLISH: f64 = 1e-7;
/// N-grams of a model that has words at most, and of one that has none.
const GRAMS: usize = 22_000;
const GRAMS_ALONE: usize = 45_000;
/// So many of the most frequent words are learnt from.
const LEARNT: usize = 60_000;
/// The logarithm of what a word costs beside the n-grams of running text, which do not say where words end.
const RUNNING: f64 = -1.5;
/// How many words are on no list where the list is a guess.
const GUESSED: f64 = 0.3;
/// And where it is long, but without frequencies.
const PLAIN: f64 = 0.15;
/// A word of a list without frequencies that the language beside it has more often than this is that one's,
const COMMON: f64 = 6e-5;
/// unless the list has so many of its forms, with endings that only the language itself has,
const FORMS: usize = 2;
/// or it is so short that many words begin like it.
const SHORT: usize = 2;
/// A word that another language of the script has so many times as often is marked.
const OFTENER: f64 = 8.0;
/// Languages whose words stand in lists of others, because pages quote them.
const QUOTED: [&str; 6] = ["en", "fr", "es", "de", "ru", "ar"];

fn main() {
    let mut arguments = std::env::args().skip(1).map(PathBuf::from);
    let (Some(lists), Some(own), Some(out)) = (arguments.next(), arguments.next(), arguments.next()) else {
        eprintln!("usage: recensio-models WORDFREQ-DATA LANGUAGE-LISTS OUT");
        std::process::exit(2);
    };
    let frequent = source::frequent(&own);
    let languages = language::all();
    let mut words: HashMap<&str, Words> = HashMap::new();
    for language in &languages {
        let mut list = match language.list {
            Some(name) => source::wordfreq(&lists.join(format!("{name}.msgpack.gz"))),
            None => frequent.get(language.tag).cloned().unwrap_or_default(),
        };
        if language.own {
            let path = own_list(language.tag);
            list.extend(source::own(&path));
            if language.counted {
                source::counted(&path.with_file_name(format!("{}-counts.tsv", language.tag)), &mut list);
            }
        }
        if let Some(name) = language.plain {
            let mut rows = source::listed(&lists.join(format!("{name}.txt")));
            if let Some(other) = language.beside {
                rows = without(rows, &source::endings(&own_list(language.tag)), &words[other]);
            }
            source::plain(&rows, &mut list);
        }
        if !language.spelt.is_empty() {
            list = list.into_iter().map(|(word, f)| (respelt(word, language.spelt), f)).collect();
        }
        list.retain(|word, _| fits(word, language.script));
        words.insert(language.tag, list);
    }
    let quoted: Vec<(&str, &str, f64)> = languages
        .iter()
        .flat_map(|l| QUOTED.map(|q| (l, q)))
        .filter(|(l, q)| l.list.is_some() && l.tag != *q && languages.iter().any(|o| o.tag == *q && o.script == l.script))
        .map(|(l, q)| (l.tag, q, quotation(&words[l.tag], &words[q])))
        .collect();
    let original = words.clone();
    for (tag, from, share) in &quoted {
        let other = &original[from];
        words.get_mut(tag).expect("language").retain(|word, own| {
            let brought = 2.0 * share * other.get(word).copied().unwrap_or_default();
            let rest = *own - brought;
            let stays = rest > 0.3 * *own || brought == 0.0;
            *own = rest.max(*own * 0.3);
            stays
        });
    }
    for language in &languages {
        let own = &words[language.tag];
        let ranked: Vec<(&String, f64)> = own.iter().map(|(w, f)| (w, *f)).collect();
        // Of words without a frequency those come first that another language of the script has too: they must not seem to be its own.
        let shared = |word: &str| languages.iter().any(|o| o.script == language.script && o.list.is_some() && words[o.tag].contains_key(word));
        let later = |word: &str| if language.plain.is_some() { (!shared(word), word.chars().count()) } else { (false, 0) };
        let mut keyed: Vec<((bool, usize), (&String, f64))> = ranked.into_iter().map(|r| (later(r.0), r)).collect();
        keyed.sort_by(|(k, a), (l, b)| b.1.total_cmp(&a.1).then_with(|| k.cmp(l)).then_with(|| a.0.cmp(b.0)));
        let mut ranked: Vec<(&String, f64)> = keyed.into_iter().map(|(_, r)| r).collect();
        let all: f64 = ranked.iter().map(|(_, f)| f).sum();
        let mut more: Vec<(String, f64)> = ranked.split_off(ranked.len().min(WORDS)).into_iter().map(|(w, f)| (w.clone(), f)).collect();
        more.truncate(MORE);
        if language.script == "Latn" && language.tag != NOUNS && own.len() > WORDS + MORE {
            let known: HashSet<&str> = ranked.iter().map(|(w, _)| w.as_str()).chain(more.iter().map(|(w, _)| w.as_str())).collect();
            let nouns = words[NOUNS].iter().filter(|(w, f)| **f >= NOUN && !known.contains(w.as_str()));
            let quoted: Vec<(String, f64)> = nouns.filter_map(|(w, _)| Some((w.clone(), *own.get(w)?))).collect();
            more.extend(quoted);
        }
        if let Some(name) = language.more {
            let mut rest: Vec<String> = source::listed(&lists.join(format!("{name}.txt")));
            rest.retain(|w| fits(w, language.script) && !own.contains_key(w));
            rest.retain(|w| language.script != "Latn" || words["en"].get(w).is_none_or(|f| *f < ENGLISH));
            rest.sort_by_cached_key(|w| (!shared(w), w.chars().count(), w.clone()));
            rest.dedup();
            more.extend(rest.into_iter().take(MORE - more.len()).map(|w| (w, SELDOM)));
        }
        if language.script == "Cyrl" && language.list.is_some() && language.more.is_some() {
            let known: HashSet<&str> = own.keys().chain(more.iter().map(|(w, _)| w)).map(String::as_str).collect();
            let formed = formed(&known, languages.iter().filter(|o| o.script == language.script && o.list.is_some()).map(|o| &words[o.tag]));
            if std::env::var("SHOW").is_ok_and(|tag| tag == language.tag) {
                formed.iter().for_each(|w| println!("+ {w}"));
            }
            more.extend(formed.into_iter().map(|w| (w, SELDOM)));
        }
        let kept: f64 = ranked.iter().map(|(_, f)| f).sum();
        let relatives = |tag: &str| matches!((language.tag, tag), ("nb", "nn" | "da") | ("da", "nb" | "nn") | ("nn", "nb" | "da"));
        let others: Vec<&Words> = languages
            .iter()
            .filter(|o| o.script == language.script && o.tag != language.tag && o.list.is_some() && !relatives(o.tag))
            .map(|o| &words[o.tag])
            .collect();
        let entry = |word: &str, f: f64| {
            let marked = others.iter().any(|o| o.get(word).is_some_and(|other| *other > OFTENER * f));
            (hash::word(word), f.ln(), marked)
        };
        let entries: Vec<table::Entry> = ranked.iter().map(|(word, f)| entry(word, *f)).collect();
        let more: Vec<table::Entry> = more.iter().map(|(word, f)| entry(word, *f)).collect();
        let (grams, rare) = match language.grams {
            Some(bytes) => {
                (grams::taken(&source::lingua(bytes), GRAMS_ALONE), RUNNING)
            }
            None => {
                let missing = match (language.plain, language.own) {
                    (Some(_), _) => PLAIN,
                    (None, true) => GUESSED,
                    _ => (1.0 - kept / all).max(0.03),
                };
                // Where the frequencies of most are unknown, so is which to learn from.
                let most = if language.plain.is_some() { usize::MAX } else { LEARNT };
                (grams::learn(own, most, GRAMS), missing.ln())
            }
        };
        let marked = entries.iter().filter(|e| e.2).count();
        let grams: Vec<table::Entry> = grams.iter().map(|(gram, p)| (hash::gram(gram), *p, false)).collect();
        let bytes = table::model(&entries, &grams, &more, rare);
        println!(
            "{}\t{} words, {marked} marked\t{} n-grams\t{} more words\t{} bytes",
            language.tag,
            entries.len(),
            grams.len(),
            more.len(),
            bytes.len()
        );
        std::fs::write(out.join(format!("{}.bin", language.tag)), bytes).expect("write");
    }
}

/// Words of others that no list of the language has, but that are forms of its own; the most frequent.
fn formed<'w>(known: &HashSet<&str>, others: impl Iterator<Item = &'w Words>) -> Vec<String> {
    let paradigms = paradigm::Paradigms::new(known);
    let mut found: HashMap<&str, f64> = HashMap::new();
    for (word, f) in others.flatten().filter(|(word, _)| !known.contains(word.as_str())) {
        let most = found.entry(word).or_insert(*f);
        *most = most.max(*f);
    }
    let mut ranked: Vec<(&str, f64)> = found.into_iter().filter(|(word, _)| paradigms.takes(word)).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    ranked.into_iter().take(FORMED).map(|(word, _)| word.to_owned()).collect()
}

/// The list of our own for a language.
fn own_list(tag: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/own")).join(format!("{tag}.tsv"))
}

/// The rows without what pages quote of another language: its words that take none of the endings.
fn without(rows: Vec<String>, endings: &[String], other: &Words) -> Vec<String> {
    let known: HashSet<&str> = rows.iter().map(String::as_str).collect();
    let takes = |word: &str| {
        let forms = endings.iter().map(|ending| format!("{word}{ending}"));
        forms.filter(|form| known.contains(form.as_str()) && !other.contains_key(form)).take(FORMS).count() == FORMS
    };
    let stays = |word: &str| {
        let vowel = word.char_indices().next_back().filter(|(at, c)| *at > 0 && matches!(c, '\u{93e}'..='\u{94c}'));
        let stem = vowel.map_or(word, |(at, _)| &word[..at]);
        word.chars().count() <= SHORT || other.get(word).is_none_or(|f| *f < COMMON && !is_hindi(word)) || takes(word) || takes(stem)
    };
    rows.iter().filter(|word| stays(word)).cloned().collect()
}

/// Whether letters and endings are those of Hindi: a dot below, plurals.
fn is_hindi(word: &str) -> bool {
    word.contains(['\u{93c}', '\u{95b}', '\u{95c}', '\u{95d}', '\u{95e}']) || ["ों", "ें", "एं", "ियां", "ियाँ", "ाँ", "ूंगा", "ेगा", "ेंगे", "ेगी"].iter().any(|e| word.ends_with(e))
}

/// Whether the letters are of the script.
fn fits(word: &str, script: &str) -> bool {
    word.chars().all(|c| match script {
        "Latn" => c.is_ascii_alphabetic() || matches!(c, '\u{aa}'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}'),
        "Cyrl" => matches!(c, '\u{400}'..='\u{52f}'),
        "Arab" => matches!(c, '\u{600}'..='\u{77f}'),
        _ => matches!(c, '\u{900}'..='\u{97f}'),
    })
}

fn respelt(word: String, pairs: &[(&str, &str)]) -> String {
    pairs.iter().fold(word, |word, (from, to)| word.replace(from, to))
}

/// How much of a list is words of another language: from that language's most frequent words, those that the list has the least of.
fn quotation(own: &Words, other: &Words) -> f64 {
    let mut top: Vec<(&String, f64)> = other.iter().filter(|(w, _)| w.chars().count() > 1).map(|(w, f)| (w, *f)).collect();
    top.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let mut shares: Vec<f64> = top.iter().take(60).map(|(w, f)| own.get(*w).copied().unwrap_or_default() / f).collect();
    shares.sort_by(f64::total_cmp);
    shares[shares.len() / 3]
}
