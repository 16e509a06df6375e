//! Targets that are what their sources are.

use super::{Pair, Sink, Task};
use crate::model::{Message, Severity};
use crate::rules::lexicon::{self, Lexicon};

pub(super) const RULE: &str = "segment.identical";

/// A word that both languages list is the source's where it has it so much oftener, in nats.
const OFTENER: f32 = 4.0;
/// A capitalised word that is rarer than this, in nats, may be a name.
const FREQUENT: f32 = -11.0;

/// Whether the target of a pair is its source and should not be; it is then told.
pub(super) fn check(task: &Task<'_>, pair: &Pair<'_>, sink: &mut Sink) -> bool {
    let (source, target) = (task.source(pair), task.target(pair));
    if !source.split_whitespace().eq(target.split_whitespace()) {
        return false;
    }
    let (from, to) = task.languages(pair);
    if from.same_language(to) || !should_differ(task, pair) {
        return false;
    }
    let message = Message::new(RULE);
    sink.say(RULE, Severity::Warning, pair.head, message, Vec::new());
    true
}

/// Whether a source has words that the language of its target must say otherwise: no names, acronyms, numbers, addresses and program text, and
/// no words that both languages have.
fn should_differ(task: &Task<'_>, pair: &Pair<'_>) -> bool {
    let (from, to) = task.languages(pair);
    let text = task.source(pair);
    if task.words.is_term(text) {
        return false;
    }
    let lexicons = task.words.language.lexicons();
    let (own, home) = (lexicons.of(from), lexicons.of(to));
    let same_script = own.zip(home).is_none_or(|(own, home)| own.script() == home.script());
    let masked = super::placeholders::placeholders(text);
    let (mut strange, mut plain, mut capitals, mut all) = (0, 0, 0, 0);
    let mut known_names = 0;
    lexicon::cut(text, |at, word| {
        let is_code = masked.iter().any(|span| span.contains(at)) || touches_code(text, at.start(), at.end());
        if is_code || word.letters.len() < 2 || word.shouted || task.words.is_term(at.of(text)) {
            return;
        }
        all += 1;
        let listed = own.and_then(|own| own.listed(word.hash));
        let is_own = own.is_none() || listed.is_some_and(|l| !l.marked || !same_script);
        let at_home = home
            .filter(|_| same_script)
            .and_then(|home| home.listed(word.hash))
            .is_some_and(|l| !l.marked || listed.is_none_or(|own| own.nats - l.nats < OFTENER));
        let is_strange = is_own && !at_home && (own.is_some() || word.letters.len() > 2);
        if word.capital {
            capitals += 1;
            known_names += usize::from(is_strange && own.is_none_or(|own| often(own, word.hash)));
        } else {
            plain += 1;
            strange += usize::from(is_strange);
        }
    });
    let list = |lexicon: Option<&Lexicon>| lexicon.is_some_and(Lexicon::has_list);
    if !list(own) || same_script && !list(home) {
        // Nothing is known of one of the languages: only what is clearly running text.
        return plain >= 4;
    }
    match (plain, capitals) {
        (0, 0) => false,
        // A label: each word of it must be a word.
        (0, _) => known_names == all,
        // Capitals at the beginning, or names among words.
        (_, _) => strange > 0 && strange * 2 >= plain || strange >= 3,
    }
}

fn often(lexicon: &Lexicon, hash: u64) -> bool {
    lexicon.listed(hash).is_some_and(|listed| listed.nats > FREQUENT)
}

/// Whether signs touch a word that make it program text or an address.
pub(super) fn touches_code(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|t| t.bytes().next_back()).unwrap_or(b' ');
    let after = text.get(end..).map_or(&b""[..], str::as_bytes);
    let is_sign =
        |b: u8| matches!(b, b'_' | b'/' | b'\\' | b'@' | b'=' | b'$' | b'#' | b'`' | b'~' | b'|' | b'+' | b'0'..=b'9');
    is_sign(before)
        || before == b'.'
        || matches!(after, [b, ..] if is_sign(*b) || *b == b'(')
        || matches!(after, [b'.' | b':', next, ..] if next.is_ascii_alphanumeric() || *next == b'/')
        || before == b'-'
            && text.get(..start.saturating_sub(1)).is_none_or(|t| t.is_empty() || t.ends_with([' ', '-', '(']))
}
