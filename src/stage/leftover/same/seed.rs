//! Words that may be another language's.

use super::source::Candidate;
use crate::rules::lexicon::{self, Lexicon, Word};
use crate::text::Span;

/// A word that the text's language does not have, or has far more seldom than another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seed {
    pub(super) span: Span,
    pub(super) passage: usize,
    pub(super) hash: u64,
    /// The logarithm of its frequency in the text's language, where it is listed.
    pub(super) listed: Option<f32>,
    pub(super) capital: bool,
    pub(super) letters: u8,
}

/// By how much a listed word must be likelier in another language, in nats, for a look at its sentence.
const LIKELIER: f32 = 3.0;
/// By how much a word that is on no list must be likelier.
const UNLISTED: f32 = 5.0;
/// Unlisted words with fewer letters are abbreviations.
const SHORT: usize = 4;

/// Adds the seeds of a passage.
pub(super) fn collect(text: &str, passage: Span, index: usize, home: &Lexicon, out: &mut Vec<Seed>) {
    let body = passage.of(text);
    let bytes = body.as_bytes();
    lexicon::scan(body, |word| {
        let listed = home.known(word.hash);
        let shouted = word.capitals > u32::from(word.capital);
        if listed.is_some_and(|l| !l.marked) || shouted || word.letters < 2 {
            return;
        }
        let byte = |at: usize| bytes.get(at).copied().unwrap_or(b' ');
        let before = word.start.checked_sub(1).map_or(b' ', byte);
        let after = byte(word.end);
        if is_code(before)
            || before == b'.'
            || is_code(after)
            || (matches!(after, b'.' | b':') && byte(word.end + 1).is_ascii_alphanumeric())
        {
            return;
        }
        out.push(Seed {
            span: Span::new(passage.start() + word.start, passage.start() + word.end),
            passage: index,
            hash: word.hash,
            listed: listed.map(|l| l.nats),
            capital: word.capital,
            letters: word.letters.min(255) as u8,
        });
    });
}

/// Signs and digits that touch names of programs, addresses and codes.
const fn is_code(byte: u8) -> bool {
    matches!(
        byte,
        b'_' | b'/'
            | b'\\'
            | b'@'
            | b'='
            | b'<'
            | b'{'
            | b'$'
            | b'#'
            | b'*'
            | b'~'
            | b'|'
            | b'+'
            | b'`'
            | b'&'
            | b'%'
            | b'0'..=b'9'
    )
}

impl Seed {
    /// Whether one of the languages explains the word clearly better.
    pub(super) fn is_explained(&self, text: &str, home: &Lexicon, candidates: &[Candidate<'_>]) -> bool {
        let mut at_home = self.listed;
        for candidate in candidates {
            if let Some(listed) = candidate.lexicon.listed(self.hash) {
                let own = *at_home.get_or_insert_with(|| unlisted(text, self.span, home));
                if listed.nats - own > LIKELIER {
                    return true;
                }
            }
        }
        if self.listed.is_some() || self.capital || self.span.len() < SHORT {
            return false;
        }
        let own = at_home.unwrap_or_else(|| unlisted(text, self.span, home));
        candidates.iter().any(|c| unlisted(text, self.span, c.lexicon) - own > UNLISTED)
    }
}

/// What a word on no list is worth in a language, in nats.
pub(super) fn unlisted(text: &str, span: Span, lexicon: &Lexicon) -> f32 {
    let mut nats = 0.0;
    lexicon::cut(span.of(text), |_, word: &Word<'_>| nats = lexicon.unlisted(word.letters));
    nats
}
