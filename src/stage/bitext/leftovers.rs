//! Leftovers in view of the source: its very words in the target are surer than words that only look foreign, and those that it does not have
//! were chosen by the translator.

use std::collections::{HashMap, HashSet};

use super::identical::touches_code;
use super::{Pair, Task, placeholders, terms};
use crate::model::{Foreign, ForeignKind, Gloss, Leftover, Passage, passage};
use crate::rules::confidence::Class;
use crate::rules::lexicon::{self, Lexicon};
use crate::text::{Span, SpanIndex, Spanned};

/// The rule of what only the source shows.
const RULE: &str = "leftover.source";
const FOREIGN: &str = "leftover.foreign";

/// Words of a segment that are compared.
const WORDS: usize = 400;
/// By how much a word must be likelier in the source's language, and all of a stretch together, in nats.
const STRANGE: f32 = 2.0;
const LIKELIER: f32 = 5.0;
/// And so much more where it stands alone.
const ALONE: f32 = 2.0;
/// A single word of the source has so many letters at least.
const LETTERS: usize = 4;
/// A single word in so many segments is a word that the translators use.
const OFTEN: usize = 3;
/// A fragment that the source does not have, of no more words than this, was chosen.
const CHOSEN: usize = 2;
/// Sources with no more words than this explain what is left over elsewhere.
const TERM: usize = 6;

/// Judges what was found in the text alone by the sources, and adds what only they show.
pub fn judge(
    task: &Task<'_>,
    passages: &[Passage],
    found: (Vec<Leftover>, Vec<Foreign>),
) -> (Vec<Leftover>, Vec<Foreign>) {
    let (leftovers, mut foreign) = found;
    let mut kept: Vec<Leftover> = Vec::with_capacity(leftovers.len());
    for leftover in leftovers {
        let Some(pair) = pair_at(task, leftover.span) else {
            kept.push(leftover);
            continue;
        };
        if let Some(kind) = verdict(task, pair, &leftover) {
            let Leftover { span, script, language, passage, .. } = leftover;
            foreign.push(Foreign { span, script, language, passage, kind, rule: FOREIGN });
        } else if stands(task, pair, leftover.span) {
            let confidence = leftover.confidence.max(surer(task, &leftover));
            kept.push(Leftover { confidence, ..leftover });
        } else {
            kept.push(leftover);
        }
    }
    let more = copied(task, passages);
    if !more.is_empty() {
        let known = SpanIndex::new(kept.iter().map(Spanned::span));
        let more: Vec<Leftover> = more.into_iter().filter(|l| known.over(l.span).is_empty()).collect();
        let index = SpanIndex::new(more.iter().map(Spanned::span));
        foreign.retain(|f| index.over(f.span).is_empty());
        kept.extend(more);
    }
    explain(task, &mut kept);
    kept.sort_by_key(|l| l.span);
    foreign.sort_by_key(|f| f.span);
    (kept, foreign)
}

/// The pair that holds a place of the text.
fn pair_at<'a>(task: &Task<'a>, span: Span) -> Option<&'a Pair<'a>> {
    let list = &task.pairs.list;
    let next = list.partition_point(|pair| pair.target.start() <= span.start());
    let before = list.get(..next).unwrap_or_default().iter().rev().find(|pair| !pair.target.is_empty());
    before.filter(|pair| pair.target.contains(span))
}

/// Whether a fragment stands in the source of its segment, word for word.
fn stands(task: &Task<'_>, pair: &Pair<'_>, span: Span) -> bool {
    let simple = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    simple(task.source(pair)).contains(&simple(span.of(task.text)))
}

/// Why a fragment may stand, where the source says so.
fn verdict(task: &Task<'_>, pair: &Pair<'_>, leftover: &Leftover) -> Option<ForeignKind> {
    let fragment = leftover.span.of(task.text);
    if let Some(kind) = terms::bound(task, pair, fragment) {
        return Some(kind);
    }
    let (from, to) = task.languages(pair);
    if placeholders::placeholders(pair.target.of(task.text))
        .iter()
        .any(|span| span.shifted(pair.target.start()).contains(leftover.span))
    {
        return Some(ForeignKind::Code);
    }
    // Where both are of one script, a word or two that the source does not have are a choice; letters of another script never are.
    let lexicons = task.words.language.lexicons();
    let same_script = lexicons.of(from).zip(lexicons.of(to)).is_some_and(|(a, b)| a.script() == b.script());
    let is_own = leftover.rule == "leftover.language" && same_script;
    let few = fragment.split_whitespace().count() <= CHOSEN;
    (is_own && few && !stands(task, pair, leftover.span)).then_some(ForeignKind::Loanword)
}

/// How sure a fragment is that stands in the source: as sure as one with more words that is judged by itself.
fn surer(task: &Task<'_>, leftover: &Leftover) -> f32 {
    let class = match leftover.rule {
        "leftover.script" => Class::Script,
        "leftover.words" => Class::Words,
        _ => match leftover.span.of(task.text).split_whitespace().count() {
            0..=1 => Class::LanguageWordSure,
            2 => Class::LanguagePhrase,
            _ => Class::LanguageSentence,
        },
    };
    task.words.confidence.of(class)
}

/// A word of a segment.
struct Token {
    span: Span,
    /// Whether it is a word of the source's language and none of the target's.
    strange: bool,
    /// Whether it is a word of the source's language, perhaps of both.
    own: bool,
    capital: bool,
    code: bool,
    likelier: f32,
}

/// Stretches of the sources that stand in the targets, where both are in one script: words that the target's language does not have.
fn copied(task: &Task<'_>, passages: &[Passage]) -> Vec<Leftover> {
    let lexicons = task.words.language.lexicons();
    let mut out: Vec<Leftover> = Vec::new();
    let mut single: HashMap<String, usize> = HashMap::new();
    for pair in task.pairs.list.iter().filter(|pair| !pair.target.is_empty()) {
        let (from, to) = task.languages(pair);
        let Some((own, home)) = lexicons.of(from).zip(lexicons.of(to)) else { continue };
        if own.script() != home.script() || own.tag() == home.tag() || !home.has_list() {
            continue;
        }
        let (source, target) = (task.source(pair), task.target(pair));
        let from_words = tokens(source, own, home);
        let to_words = tokens(target, own, home);
        if !to_words.iter().any(|t| t.strange) || from_words.len() > WORDS || to_words.len() > WORDS {
            continue;
        }
        for (first, last) in runs(source, &from_words, target, &to_words) {
            let Some(run) = to_words.get(first..=last) else { continue };
            let Some(span) = worth(task, target, run).filter(|span| !task.words.is_term(span.of(target))) else {
                continue;
            };
            if !span.of(target).contains(char::is_whitespace) {
                *single.entry(span.of(target).to_lowercase()).or_default() += 1;
            }
            let span = span.shifted(pair.target.start());
            let Some(index) = passage::holding(passages, span.start()) else { continue };
            let class = match span.of(task.text).split_whitespace().count() {
                0..=1 => Class::LanguageWord,
                2 => Class::LanguagePair,
                3..=5 => Class::LanguagePhrase,
                _ => Class::LanguageSentence,
            };
            out.push(Leftover {
                span,
                language: from,
                script: own.script(),
                passage: index,
                glued: false,
                confidence: task.words.confidence.of(class),
                rule: RULE,
                gloss: Vec::new(),
            });
        }
    }
    out.retain(|l| single.get(&l.span.of(task.text).to_lowercase()).is_none_or(|count| *count < OFTEN));
    out
}

fn tokens(text: &str, own: &Lexicon, home: &Lexicon) -> Vec<Token> {
    let masked = placeholders::placeholders(text);
    let mut out = Vec::new();
    lexicon::cut(text, |at, word| {
        let code = word.shouted || masked.iter().any(|m| m.contains(at)) || touches_code(text, at.start(), at.end());
        let listed = own.listed(word.hash).filter(|l| !l.marked);
        let at_home = home.known(word.hash).is_some_and(|l| !l.marked);
        let likelier = listed
            .map_or(0.0, |l| l.nats - home.listed(word.hash).map_or_else(|| home.unlisted(word.letters), |h| h.nats));
        let elided = word.letters.len() < 3 && text.get(..at.start()).is_some_and(|t| t.ends_with(['\'', '’']));
        let strange = !code && !elided && !at_home && likelier > STRANGE;
        out.push(Token { span: at, strange, own: listed.is_some(), capital: word.capital, code, likelier });
    });
    out
}

/// The longest stretches of words that stand in both texts in the same order, as pairs of numbers of words of the target.
fn runs(source: &str, from: &[Token], target: &str, to: &[Token]) -> Vec<(usize, usize)> {
    let same = |a: &Token, b: &Token| {
        let (a, b) = (a.span.of(source), b.span.of(target));
        a == b || a.len() == b.len() && a.to_lowercase() == b.to_lowercase()
    };
    let mut out = Vec::new();
    let mut at = 0;
    while at < to.len() {
        let mut best = 0;
        for start in 0..from.len() {
            let shared = to.iter().skip(at).zip(from.iter().skip(start)).take_while(|(b, a)| same(a, b)).count();
            best = best.max(shared);
        }
        if best > 0 {
            out.push((at, at + best - 1));
        }
        at += best.max(1);
    }
    out
}

/// The part of a stretch that was left over: from its first strange word to its last; `None` where they are names, or too little.
fn worth(task: &Task<'_>, target: &str, run: &[Token]) -> Option<Span> {
    let is_strange = |t: &&Token| t.strange && !t.code && !task.words.is_term(t.span.of(target));
    let strange = run.iter().filter(is_strange).count();
    let plain = run.iter().filter(|t| is_strange(t) && !t.capital).count();
    // A name that holds plain words: `District of Columbia`. What is quoted or explained is there on purpose.
    let capitals = run.iter().filter(|t| t.capital).count();
    let whole = run.first()?.span.hull(run.last()?.span);
    if capitals >= plain.max(1) || is_quoted(target, whole) {
        return None;
    }
    let first = run.iter().position(|t| is_strange(&t))?;
    let last = run.iter().rposition(|t| is_strange(&t))?;
    // Words that both languages have go with the strange ones beside them: `harbour master`.
    let goes = |t: &Token| t.own && !t.capital && !t.code && t.span.of(target).chars().count() >= LETTERS;
    let before = run.get(..first).unwrap_or_default().iter().rev().take_while(|t| goes(t)).count();
    let after = run.get(last + 1..).unwrap_or_default().iter().take_while(|t| goes(t)).count();
    let single = run.get(first)?;
    let span = run.get(first - before)?.span.hull(run.get(last + after)?.span);
    let sum: f32 = run.iter().filter(is_strange).map(|t| t.likelier).sum();
    let enough = match (strange, plain) {
        (_, 0) => false,
        (1, _) if before + after == 0 => single.span.of(target).chars().count() >= LETTERS && sum > LIKELIER + ALONE,
        // Among names and words that both languages have, some must be strange.
        (many, _) => many * 3 > last - first && sum > LIKELIER,
    };
    enough.then_some(span)
}

/// Whether a stretch stands inside brackets or quotation marks of its segment.
fn is_quoted(text: &str, span: Span) -> bool {
    let before = text.get(..span.start()).unwrap_or_default();
    let after = text.get(span.end()..).unwrap_or_default();
    let pairs =
        [('(', ')'), ('[', ']'), ('«', '»'), ('„', '“'), ('„', '”'), ('“', '”'), ('‘', '’'), ('"', '"'), ('《', '》')];
    pairs.iter().any(|(open, close)| {
        let opened = before.rfind(*open);
        let is_open = if open == close {
            before.matches(*open).count() % 2 == 1
        } else {
            opened.is_some_and(|at| !before.get(at..).unwrap_or_default().contains(*close))
        };
        is_open && after.contains(*close)
    })
}

/// What leftovers mean, where another segment is the translation of just these words.
fn explain(task: &Task<'_>, leftovers: &mut [Leftover]) {
    let key = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    let wanted: HashSet<String> = leftovers.iter().map(|l| key(l.span.of(task.text))).collect();
    if wanted.is_empty() {
        return;
    }
    let mut known: HashMap<String, (&str, &Pair<'_>)> = HashMap::new();
    for pair in task.pairs.list.iter().filter(|pair| !pair.target.is_empty() && !pair.segment.is_draft()) {
        let (source, target) = (task.source(pair), task.target(pair).trim());
        if source.split_whitespace().count() > TERM {
            continue;
        }
        let key = key(source.trim_end_matches(['.', ':', '…']));
        if wanted.contains(&key) && !source.split_whitespace().eq(target.split_whitespace()) {
            known.entry(key).or_insert((target.trim_end_matches(['.', ':', '…']), pair));
        }
    }
    for leftover in leftovers {
        let Some((meaning, pair)) = known.get(&key(leftover.span.of(task.text))) else { continue };
        let (_, language) = task.languages(pair);
        let from = format!("segment {}", pair.segment.id).into();
        leftover.gloss.push(Gloss { language, text: (*meaning).to_owned(), from });
    }
}
