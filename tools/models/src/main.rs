//! Makes `src/rules/data/lang/*.bin`. How to run it: README.md beside this crate.

mod grams;
mod hash;
mod language;
mod source;
mod table;

use std::collections::HashMap;
use std::path::PathBuf;

use source::Words;

/// Words of a model at most.
const WORDS: usize = 54_000;
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
            let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/own")).join(format!("{}.tsv", language.tag));
            list.extend(source::own(&path));
            if language.counted {
                source::counted(&path.with_file_name(format!("{}-counts.tsv", language.tag)), &mut list);
            }
        }
        if let Some(name) = language.plain {
            source::plain(&lists.join(format!("{name}.txt")), &mut list);
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
        ranked.truncate(WORDS);
        let kept: f64 = ranked.iter().map(|(_, f)| f).sum();
        let relatives = |tag: &str| matches!((language.tag, tag), ("nb", "nn" | "da") | ("da", "nb" | "nn") | ("nn", "nb" | "da"));
        let others: Vec<&Words> = languages
            .iter()
            .filter(|o| o.script == language.script && o.tag != language.tag && o.list.is_some() && !relatives(o.tag))
            .map(|o| &words[o.tag])
            .collect();
        let entries: Vec<(u64, f64, bool)> = ranked
            .iter()
            .map(|(word, f)| {
                let marked = others.iter().any(|o| o.get(*word).is_some_and(|other| *other > OFTENER * f));
                (hash::word(word), f.ln(), marked)
            })
            .collect();
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
        let grams: Vec<(u64, f64, bool)> = grams.iter().map(|(gram, p)| (hash::gram(gram), *p, false)).collect();
        let bytes = table::model(&entries, &grams, rare);
        println!("{}\t{} words, {marked} marked\t{} n-grams\t{} bytes", language.tag, entries.len(), grams.len(), bytes.len());
        std::fs::write(out.join(format!("{}.bin", language.tag)), bytes).expect("write");
    }
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
