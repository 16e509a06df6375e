//! Letters of one alphabet inside words of another that they look like.

use super::scan::{CYRILLIC, GREEK, LATIN, Word};
use super::setting::Setting;
use super::sink::{MOST, Sink};
use crate::model::{Message, Repair, Severity};
use crate::rules::proof::{Alphabet, ProofRules};
use crate::text::Span;
use crate::text::script::{self, Script};

/// The rule.
pub(super) const RULE: &str = "lookalike.letter";

/// A suffix that a language puts to a foreign name is no longer.
const SUFFIX: usize = 5;

/// Gathers words of mixed alphabets.
#[derive(Debug, Default)]
pub(super) struct Lookalikes {
    words: Vec<Mixed>,
    // Where there are too many words, whole stretches of them, one a passage.
    stretches: Vec<Stretch>,
}

#[derive(Debug)]
struct Mixed {
    span: Span,
    odd: String,
    // The alphabets of these letters, and of the word.
    from: &'static str,
    host: &'static str,
    suggestion: Option<String>,
}

#[derive(Clone, Copy, Debug)]
struct Stretch {
    passage: usize,
    span: Span,
    words: usize,
}

impl Lookalikes {
    /// Looks at a word.
    #[inline]
    pub(super) fn word(&mut self, word: &Word<'_>, setting: &Setting<'_>, rules: &ProofRules) {
        if (word.alphabets & (LATIN | CYRILLIC | GREEK)).count_ones() > 1 {
            self.mixed(word, setting, rules);
        }
    }

    #[cold]
    fn mixed(&mut self, word: &Word<'_>, setting: &Setting<'_>, rules: &ProofRules) {
        let Some(mixed) = judge(word, setting, rules) else { return };
        if self.words.len() <= MOST {
            self.words.push(mixed);
        }
        let is_full = self.stretches.len() > MOST;
        match self.stretches.last_mut() {
            Some(stretch) if stretch.passage == setting.index => {
                stretch.span = stretch.span.hull(word.span);
                stretch.words += 1;
            }
            _ if !is_full => {
                self.stretches.push(Stretch { passage: setting.index, span: word.span, words: 1 });
            }
            _ => {}
        }
    }

    /// Gives the findings: a word each, or where there are too many a passage each.
    pub(super) fn finish(self, sink: &mut Sink) {
        if self.words.len() <= MOST {
            for mixed in self.words {
                sink.push(RULE, Severity::Error, mixed.span, || {
                    let key = if mixed.suggestion.is_some() { RULE } else { "lookalike.mixed" };
                    let message = Message::new(key).name(format!("letters.{}", mixed.from), mixed.from);
                    let message = message.with(mixed.odd).name(format!("alphabet.{}", mixed.host), mixed.host);
                    (message, mixed.suggestion.into_iter().collect())
                });
            }
            return;
        }
        for stretch in self.stretches {
            sink.push(RULE, Severity::Error, stretch.span, || {
                (Message::new("lookalike.words").with(stretch.words), Vec::new())
            });
        }
    }
}

/// The repair of a word, where letters in it are of another alphabet and look like those of its own.
pub(super) fn repair(word: &Word<'_>, setting: &Setting<'_>, rules: &ProofRules) -> Option<Repair> {
    if (word.alphabets & (LATIN | CYRILLIC | GREEK)).count_ones() < 2 {
        return None;
    }
    let mixed = judge(word, setting, rules)?;
    Some(Repair { span: mixed.span, rule: RULE, with: mixed.suggestion? })
}

/// What is wrong with a word of several alphabets; `None` where it is meant so.
fn judge(word: &Word<'_>, setting: &Setting<'_>, rules: &ProofRules) -> Option<Mixed> {
    let letters: Vec<(char, Alphabet)> = word.text.chars().filter_map(|c| Some((c, alphabet(c)?))).collect();
    let host = host(&letters, setting)?;
    let odd: Vec<char> = letters.iter().filter(|(_, a)| *a != host).map(|(c, _)| *c).collect();
    if odd.is_empty() || is_meant(&letters, host, setting) {
        return None;
    }
    let has_twins = odd.iter().all(|&c| rules.alike(c, host).is_some());
    let changes = letters.windows(2).filter(|pair| matches!(pair, [(_, a), (_, b)] if a != b)).count();
    // A name with a foreign suffix changes once, from one alphabet to the other; so does a word made of two. Neither shows by looks alone.
    if !has_twins && (changes < 2 || letters.iter().any(|(_, a)| *a == Alphabet::Greek)) {
        return None;
    }
    let suggestion = has_twins.then(|| {
        word.text
            .chars()
            .map(|c| alphabet(c).filter(|a| *a != host).and_then(|_| rules.alike(c, host)).unwrap_or(c))
            .collect()
    });
    let from = letters.iter().find(|(_, a)| *a != host).map_or("another", |(_, a)| name(*a));
    let mut listed = odd;
    listed.dedup();
    listed.truncate(6);
    let listed: Vec<String> = listed.into_iter().map(|c| format!("“{c}”")).collect();
    Some(Mixed { span: word.span, odd: listed.join(", "), from, host: name(host), suggestion })
}

/// The alphabet that the word is meant to be in: of most of its letters, or else of the passage.
fn host(letters: &[(char, Alphabet)], setting: &Setting<'_>) -> Option<Alphabet> {
    let count = |alphabet| letters.iter().filter(|(_, a)| *a == alphabet).count();
    let counts = [Alphabet::Latin, Alphabet::Cyrillic, Alphabet::Greek].map(|a| (count(a), a));
    let most = counts.iter().map(|(n, _)| *n).max()?;
    let leaders = || counts.iter().filter(|(n, _)| *n == most);
    let local = match setting.alphabet {
        CYRILLIC => Alphabet::Cyrillic,
        GREEK => Alphabet::Greek,
        _ => Alphabet::Latin,
    };
    leaders().find(|(_, a)| *a == local).or_else(|| leaders().next()).map(|(_, a)| *a)
}

/// Whether the mixture is on purpose: a foreign name or acronym with an ending, a unit, a sign of mathematics.
fn is_meant(letters: &[(char, Alphabet)], host: Alphabet, setting: &Setting<'_>) -> bool {
    let Some(&(_, first)) = letters.first() else { return true };
    let has = |alphabet| letters.iter().any(|(_, a)| *a == alphabet);
    if has(Alphabet::Greek) && has(Alphabet::Latin) && setting.alphabet != GREEK {
        // μm, Δt, αA; but not a Greek ο within an English word.
        let greek = letters.iter().filter(|(_, a)| *a == Alphabet::Greek).count();
        if letters.len() < 4 || first == Alphabet::Greek || host == Alphabet::Greek || greek > 1 {
            return true;
        }
    }
    let head = letters.iter().take_while(|(_, a)| *a == first).count();
    let tail = letters.get(head..).unwrap_or_default();
    let one_change = tail.iter().all(|(_, a)| *a != first);
    if !one_change {
        return false;
    }
    let head = letters.get(..head).unwrap_or_default();
    let lower_tail = tail.iter().all(|(c, _)| c.is_lowercase());
    let local = setting.alphabet;
    let is_local = |a: Alphabet| bit(a) == local;
    let tail_is_local = tail.first().is_some_and(|(_, a)| is_local(*a));
    // VIPовский, SMSка.
    let acronym = head.len() >= 2 && head.iter().all(|(c, _)| c.is_uppercase());
    // iPhoneом; a Cyrillic letter at the end of a Latin name in Cyrillic text is taken for an ending.
    let brand = head.len() >= 3 && tail.len() <= SUFFIX && !is_local(first);
    tail_is_local && lower_tail && (acronym || brand)
}

const fn bit(alphabet: Alphabet) -> u8 {
    match alphabet {
        Alphabet::Latin => LATIN,
        Alphabet::Cyrillic => CYRILLIC,
        Alphabet::Greek => GREEK,
    }
}

const fn name(alphabet: Alphabet) -> &'static str {
    match alphabet {
        Alphabet::Latin => "Latin",
        Alphabet::Cyrillic => "Cyrillic",
        Alphabet::Greek => "Greek",
    }
}

fn alphabet(c: char) -> Option<Alphabet> {
    match script::of(c) {
        Script::Latin => Some(Alphabet::Latin),
        Script::Cyrillic => Some(Alphabet::Cyrillic),
        Script::Greek => Some(Alphabet::Greek),
        _ => None,
    }
}
