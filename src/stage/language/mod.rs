//! Which language a document and each of its passages is in.
//!
//! Script first: it names the language, or the few that are left. Among these the words and letters of samples decide; a passage keeps the
//! language of its document unless its own script or words contradict clearly.

mod census;
mod recount;
mod sample;

use crate::model::{Detected, LanguageTag, Languages, Passage};
use crate::rules::language::{Evidence, HanEvidence, LanguageRules};
use crate::text::script::{self, Script};
use census::{add, census};
use sample::Sample;

/// How much of a document is read to name its language, in bytes of Latin letters; see [`room`].
const DOCUMENT: usize = 900;
/// How much of a passage is read to see whether it contradicts, in the same.
const PASSAGE: usize = 300;
/// How much of a passage is read to see which scripts it is in, in bytes.
const SCRIPTS: usize = 600;
/// How much of these is read first, in the same.
const FIRST: usize = 80;
/// A passage with fewer letters than this does not contradict its document within one script.
const LONG_ENOUGH: u32 = 24;
/// From so many bytes on, a passage in another script than its document's is put to the second voice where its words are not clear.
const WORTH_ASKING: usize = 120;
/// Passages in another language of the script call the document's in question where they have so much of it.
const DISPUTED: f32 = 0.08;
/// And where the document's could not be told.
const MOSTLY: f32 = 0.5;
/// How often the language of a document is corrected by its passages.
const CORRECTIONS: usize = 2;
/// Languages that one without a model is taken for.
const RELATIVES: [&str; 8] = ["sw", "az", "tr", "so", "yo", "zu", "xh", "ha"];
/// It is not where one word in so many is a frequent one.
const FAMILIAR: u32 = 4;
/// By how much, in nats, another language must be ahead in a passage of the document's script.
const CLEARLY: f32 = 8.0;

/// The languages of a document and its passages; `given` is what the input or the user says of the document.
pub fn detect(text: &str, passages: &[Passage], given: Option<LanguageTag>, rules: &LanguageRules) -> Languages {
    let mut weights: Vec<(Script, usize)> = Vec::new();
    let scripts: Vec<Option<Script>> = passages.iter().map(|p| weigh(p.span.of(text), &mut weights)).collect();
    let told = given.and_then(|tag| rules.script_of(tag)).filter(|script| weights.iter().any(|(s, _)| s == script));
    let heaviest = || weights.iter().rev().max_by_key(|(_, weight)| *weight).map(|(script, _)| *script);
    let Some(main) = told.or_else(heaviest) else {
        let document = given.map_or(Detected::UNKNOWN, |tag| Detected { tag, script: Script::Common, confidence: 1.0 });
        return Languages { document, passages: vec![Detected::UNKNOWN; passages.len()] };
    };

    let own: Vec<&str> = passages
        .iter()
        .zip(&scripts)
        .filter(|(_, s)| s.map(family) == Some(main))
        .map(|(p, _)| p.span.of(text))
        .collect();
    let own = sentences(own, main);
    let mut evidence = Evidence::new(rules, main);
    let mut document = name(
        &Sample::of_many(&own, if main == Script::Han { 4 * DOCUMENT } else { DOCUMENT * room(main) }),
        main,
        rules,
        &mut evidence,
        true,
    );
    if let Some(tag) = given {
        document = Detected { tag, confidence: 1.0, ..document };
    }
    let mut named = in_passages(text, passages, &scripts, main, document, rules, &mut evidence);
    for _ in 0..CORRECTIONS {
        let Some(other) = disputed(passages, &named, document).filter(|_| given.is_none()) else { break };
        let both = [document, other];
        let own = recount::decide(text, passages, &scripts, both, rules.han(), &mut evidence);
        if own.tag == document.tag {
            break;
        }
        document = own;
        named = in_passages(text, passages, &scripts, main, document, rules, &mut evidence);
    }
    Languages { document, passages: named }
}

/// The language of each passage of a document.
fn in_passages(
    text: &str,
    passages: &[Passage],
    scripts: &[Option<Script>],
    main: Script,
    document: Detected,
    rules: &LanguageRules,
    evidence: &mut Evidence<'_>,
) -> Vec<Detected> {
    let each = passages.iter().zip(scripts).map(|(passage, script)| match *script {
        None => document,
        Some(script) if family(script) != main => {
            let sample = Sample::of(passage.span.of(text), PASSAGE * room(script));
            name(&sample, family(script), rules, evidence, false)
        }
        Some(script) => within(passage.span.of(text), script, document, rules, evidence),
    });
    each.collect()
}

/// The passages that have words between blanks: an address or the name of a command says nothing of the language. All of them where none has.
fn sentences(texts: Vec<&str>, main: Script) -> Vec<&str> {
    if main == Script::Han || texts.iter().all(|t| t.contains(' ')) {
        return texts;
    }
    let worded: Vec<&str> = texts.iter().copied().filter(|t| t.contains(' ')).collect();
    if worded.is_empty() { texts } else { worded }
}

/// The other language that most of the passages are in that are not in the document's, where they are enough to ask again: a translation of
/// which much was left as it was seems untranslated at first, and a sample may have met leftovers only.
fn disputed(passages: &[Passage], named: &[Detected], document: Detected) -> Option<Detected> {
    let mut all = 0;
    let mut others: Vec<(Detected, usize)> = Vec::new();
    for (passage, own) in passages.iter().zip(named) {
        all += passage.span.len();
        if own.tag == document.tag || own.tag.is_und() || family(own.script) != family(document.script) {
            continue;
        }
        match others.iter_mut().find(|(other, _)| other.tag == own.tag) {
            Some((_, len)) => *len += passage.span.len(),
            None => others.push((*own, passage.span.len())),
        }
    }
    let (own, len) = others.into_iter().rev().max_by_key(|(_, len)| *len)?;
    let share = if document.tag.is_und() { MOSTLY } else { DISPUTED };
    (len as f32 > share * all as f32).then_some(own)
}

/// Adds the scripts of a passage to those of the document, and says which has most of it.
fn weigh(text: &str, weights: &mut Vec<(Script, usize)>) -> Option<Script> {
    let sample = Sample::of(text, SCRIPTS);
    let scale = (text.len() / sample.len().max(1)).max(1);
    let mut own: Vec<(Script, usize)> = Vec::new();
    for piece in sample.pieces() {
        for (script, letters) in census(piece) {
            add(&mut own, script, letters * weight(script));
        }
    }
    // Names, addresses and code are in Latin letters in texts of any script: words count.
    let all: usize = own.iter().map(|(_, weight)| weight).sum();
    if let Some((_, latin)) = own.iter_mut().find(|(s, w)| *s == Script::Latin && *w < all && *w * 6 > all) {
        *latin = sample.pieces().map(latin_words).sum();
    }
    for (script, weight) in &own {
        add(weights, family(*script), weight * scale);
    }
    own.into_iter().rev().max_by_key(|(_, weight)| *weight).map(|(script, _)| script)
}

/// What the lower-case words in Latin letters weigh.
fn latin_words(text: &str) -> usize {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '«' | '»' | '"' | '“' | '”'));
    let lower = words.filter(|w| w.starts_with(|c: char| c.is_ascii_lowercase()));
    let plain = lower.filter(|w| !w.trim_end_matches(['.', ':']).contains(['.', '/', '@', '_', '=', ':', '\\']));
    plain.map(|w| w.chars().filter(|c| script::of(*c) == Script::Latin).count() * weight(Script::Latin)).sum()
}

/// What a letter is worth, so that texts in different scripts compare: a word of Han is two letters, a word of Latin five or six.
fn weight(script: Script) -> usize {
    match script {
        Script::Han => 5,
        Script::Hiragana | Script::Katakana | Script::Hangul => 4,
        _ => 2,
    }
}

/// How many times the bytes of Latin letters are read, so that as many words are.
const fn room(script: Script) -> usize {
    match script {
        Script::Devanagari | Script::Bengali | Script::Ethiopic => 3,
        _ => 1,
    }
}

/// Scripts that are written together count as one.
fn family(script: Script) -> Script {
    match script {
        Script::Hiragana | Script::Katakana | Script::Bopomofo => Script::Han,
        other => other,
    }
}

/// The language of a sample in `script`.
fn name(
    sample: &Sample<'_>,
    script: Script,
    rules: &LanguageRules,
    evidence: &mut Evidence<'_>,
    asks: bool,
) -> Detected {
    if script == Script::Han {
        let mut han = HanEvidence::default();
        sample.pieces().for_each(|piece| han.add(piece, rules.han()));
        let (tag, confidence) = han.language();
        let script = if han.kana > han.han { Script::Hiragana } else { Script::Han };
        return Detected { tag, script, confidence };
    }
    if let Some(tag) = rules.sole(script) {
        return Detected { tag, script, confidence: 0.99 };
    }
    evidence.clear(script);
    sample.pieces().for_each(|piece| evidence.add(piece));
    // A few words in another script than the document's are not worth the second voice.
    let asked = if sample.len() >= WORTH_ASKING || asks { sample.first() } else { "" };
    let guess = evidence.guess(asked);
    // What only the last voice knows seems one of these, or nothing.
    let seems = || RELATIVES.contains(&guess.tag.as_str()) && guess.known * FAMILIAR < guess.words;
    if (guess.tag.is_und() || seems())
        && asks
        && asked.len() >= WORTH_ASKING
        && let Some((tag, confidence)) = rules.last_resort(asked, script)
    {
        return Detected { tag, script, confidence };
    }
    Detected { tag: guess.tag, script, confidence: guess.confidence }
}

/// The language of a passage in the script of its document.
fn within(
    text: &str,
    script: Script,
    document: Detected,
    rules: &LanguageRules,
    evidence: &mut Evidence<'_>,
) -> Detected {
    let sample = Sample::of(text, PASSAGE * room(script));
    if family(script) == Script::Han {
        let mut han = HanEvidence::default();
        sample.pieces().for_each(|piece| han.add(piece, rules.han()));
        let (tag, confidence) = han.language();
        let sure = han.kana + han.han >= 8 && confidence > 0.9 && tag != document.tag;
        // A title without kana in a Japanese text is Japanese unless its characters say otherwise.
        let contradicts = sure && (tag.language() != "zh" || han.simplified > 0 || han.han >= 20);
        return if contradicts { Detected { tag, script, confidence } } else { Detected { script, ..document } };
    }
    let (main, document) = (script, Detected { script, ..document });
    if rules.sole(main).is_some() {
        return document;
    }
    if document.tag.is_und() {
        let own = name(&sample, main, rules, evidence, sample.len() >= WORTH_ASKING);
        return if own.tag.is_und() { document } else { own };
    }
    evidence.clear(main);
    // The first words settle most passages.
    let (head, rest) = sample.first().split_at(sample::boundary(sample.first(), FIRST * room(main)));
    evidence.add(head);
    if rest.is_empty() || evidence.agrees(document.tag) {
        if evidence.letters() < LONG_ENOUGH || evidence.agrees(document.tag) {
            return document;
        }
    } else {
        evidence.add(rest);
        sample.pieces().skip(1).for_each(|piece| evidence.add(piece));
    }
    if evidence.against(document.tag) > -CLEARLY {
        return document;
    }
    let guess = evidence.guess("");
    if guess.tag.is_und() || guess.tag == document.tag || guess.known < 3 {
        return document;
    }
    Detected { tag: guess.tag, script: main, confidence: guess.confidence }
}
