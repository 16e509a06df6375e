//! One finding a leftover, but for lone words that nothing else in the text speaks for.

use std::collections::{BTreeMap, BTreeSet};

use super::sink::{MOST, Sink};
use crate::model::{Finding, LanguageTag, Leftover, Message, Passage, Severity};
use crate::rules::proof::ProofRules;
use crate::text::Span;
use crate::text::script::Script;

/// The rule of lone words.
pub(super) const LONE: &str = "leftover.lone";

/// From this confidence on a leftover is an error.
const SURE: f32 = 0.9;
/// The rules that go by words: what they find may be a loan, a name, or a quotation.
const BY_WORDS: [&str; 2] = ["leftover.language", "leftover.words"];
/// So many words of one language in a text are not there by chance, nor is one letter in so many.
const ENOUGH: (usize, usize) = (4, 100);
/// The same of languages that share their script with few others, who are close kin: names fall to either.
const ENOUGH_OF_KIN: (usize, usize) = (8, 40);

/// The leftovers that there is a finding for: all but those of a language that the text, of these passages, has a few words of in all.
pub(super) fn told(text: &str, passages: &[Passage], leftovers: &[Leftover]) -> Vec<Leftover> {
    let mut fragments: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for leftover in leftovers.iter().filter(|leftover| is_by_words(leftover)) {
        fragments.entry(leftover.language.language()).or_default().insert(leftover.span.of(text));
    }
    let letters: usize = passages.iter().map(|passage| passage.span.len()).sum();
    let sums: BTreeMap<&str, (usize, usize)> = fragments
        .into_iter()
        .map(|(language, of)| {
            let words: BTreeSet<&str> =
                of.iter().flat_map(|fragment| fragment.split_whitespace()).filter(counts).collect();
            (language, (words.len(), words.iter().map(|word| word.len()).sum()))
        })
        .collect();
    let is_lone = |leftover: &Leftover| {
        let is_kin = leftover.rule == "leftover.language" && leftover.script != Script::Latin;
        let (enough, share) = if is_kin { ENOUGH_OF_KIN } else { ENOUGH };
        sums.get(leftover.language.language())
            .is_some_and(|(words, length)| *words < enough && length * share < letters)
    };
    leftovers.iter().filter(|leftover| !(is_by_words(leftover) && is_lone(leftover))).cloned().collect()
}

/// Whether a word tells its language: no name, no initial.
fn counts(word: &&str) -> bool {
    !word.starts_with(char::is_uppercase) && word.chars().filter(|c| c.is_alphabetic()).count() > 1
}

fn is_by_words(leftover: &Leftover) -> bool {
    BY_WORDS.contains(&leftover.rule)
}

/// A note for each of `leftovers` that none of `findings` tells of.
pub(super) fn lone(
    leftovers: &[Leftover],
    findings: &[Finding],
    language: LanguageTag,
    rules: &ProofRules,
    sink: &mut Sink,
) {
    let told: BTreeSet<(&str, Span)> = findings.iter().map(|finding| (finding.rule, finding.span)).collect();
    // Of a rule with so many findings, those that are not told were too many.
    let is_full = |rule: &str| told.iter().filter(|(of, _)| *of == rule).count() >= MOST;
    let full = BY_WORDS.map(is_full);
    for leftover in leftovers.iter().filter(|leftover| is_by_words(leftover)) {
        let was_left_out = BY_WORDS.iter().zip(full).any(|(rule, full)| leftover.rule == *rule && full);
        if !was_left_out && !told.contains(&(leftover.rule, leftover.span)) {
            sink.push(LONE, Severity::Note, leftover.span, || words(leftover, language, rules));
        }
    }
}

/// The findings for `leftovers` in a document of the language `language`.
pub(super) fn check(leftovers: &[Leftover], language: LanguageTag, rules: &ProofRules, sink: &mut Sink) {
    for leftover in leftovers {
        let severity = if leftover.confidence >= SURE { Severity::Error } else { Severity::Warning };
        sink.push(leftover.rule, severity, leftover.span, || words(leftover, language, rules));
    }
}

/// Message and suggestions.
fn words(leftover: &Leftover, language: LanguageTag, rules: &ProofRules) -> (Message, Vec<String>) {
    let tag = leftover.language.language();
    let mut message = if let Some(name) = rules.language_name(tag) {
        Message::new("leftover.language").name(format!("language.{tag}"), name)
    } else {
        let script = leftover.script.full_name();
        Message::new("leftover.script").name(format!("script.{script}"), script)
    };
    if leftover.glued {
        message = message.then("leftover.glued");
    }
    let mut suggestions = Vec::new();
    for gloss in &leftover.gloss {
        if gloss.language.same_language(language) {
            suggestions.push(gloss.text.clone());
        } else {
            message = message.then("leftover.gloss").with(gloss.language).with(&gloss.text);
        }
    }
    (message, suggestions)
}
