//! Full stops of abbreviations, initials, ordinals and numbered items.

use super::chars::{is_dash, is_open};
use crate::rules::sentence::{Lexicon, Use};

/// Longer words are no abbreviations, in bytes.
const LONGEST: usize = 40;
/// A sentence of fewer words seldom ends with a unit: `В 2005 г. Россия…`.
const WHOLE: usize = 5;

/// What stands before a full stop.
#[derive(Debug)]
pub(super) struct Before<'t> {
    /// The letters and digits directly before it.
    word: &'t str,
    /// The same with what inner full stops join to it: `U.S` of `U.S.`.
    token: &'t str,
    /// Whether the sentence has nothing else.
    alone: bool,
    /// Whether the sentence has some words, so that it may well be whole.
    grown: bool,
}

impl<'t> Before<'t> {
    /// Reads back from the full stop at `stop` to the beginning of the sentence at the furthest.
    pub(super) fn read(body: &'t str, start: usize, stop: usize) -> Self {
        let mut floor = stop.saturating_sub(LONGEST).max(start);
        while !body.is_char_boundary(floor) {
            floor += 1;
        }
        let head = body.get(floor..stop).unwrap_or_default();
        let tail = |inner: fn(char) -> bool| {
            let len = head.chars().rev().take_while(|&c| inner(c)).map(char::len_utf8).sum::<usize>();
            head.get(head.len() - len..).unwrap_or_default()
        };
        let word = tail(char::is_alphanumeric);
        let token = tail(|c| c.is_alphanumeric() || c == '.' || is_dash(c)).trim_start_matches(['.', '-', '–', '—']);
        let rest = head.get(..head.len() - token.len()).unwrap_or_default();
        let alone = floor == start && rest.chars().all(|c| is_open(c) || is_dash(c) || c.is_whitespace());
        let grown =
            stop - start > LONGEST || body.get(start..stop).is_some_and(|t| t.split_whitespace().count() >= WHOLE);
        Self { word, token, alone, grown }
    }

    /// Whether the word is too long for an abbreviation that nobody listed.
    pub(super) fn is_long(&self) -> bool {
        self.word == self.token && self.word.chars().take(3).count() == 3
    }
}

/// Whether a sentence may end with this word and a full stop, where `next` comes: its first character, the word and what follows that.
pub(super) fn allows(before: &Before<'_>, first: char, next: (&str, Option<char>), lexicon: &Lexicon<'_>) -> bool {
    let Before { word, token, alone, grown } = *before;
    if word.is_empty() {
        return true;
    }
    let starter = first.is_uppercase() && next.1 != Some('.') && lexicon.starts(next.0);
    if alone && (is_number(word, 3) || is_one_letter(word) || is_roman(word)) && word == token {
        return false;
    }
    let initial = is_one_letter(word) && word.chars().all(char::is_uppercase) && !is_compound(token, word);
    let found = if initial { lexicon.find_exactly(token) } else { lexicon.find(token).or_else(|| lexicon.find(word)) };
    if let Some(found) = found {
        return match found {
            Use::Never => false,
            Use::Number => !(first.is_numeric() || is_roman(next.0)),
            Use::Maybe => starter,
            Use::Unit => starter || grown && first.is_uppercase(),
            Use::Final => true,
        };
    }
    if initial {
        return starter || !first.is_alphabetic();
    }
    if token.len() > word.len()
        && token.contains('.')
        && token.split('.').all(|part| (1..=3).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic))
    {
        return starter;
    }
    if lexicon.ordinals && (is_number(word, 3) || is_roman(word)) {
        return starter;
    }
    true
}

/// Whether the letter ends a compound, as in `Objective-C`, rather than a name, as in `J.-P.`
fn is_compound(token: &str, word: &str) -> bool {
    let mut head = token.strip_suffix(word).unwrap_or_default().chars().rev();
    head.next().is_some_and(is_dash) && head.next().is_some_and(char::is_alphanumeric)
}

/// Digits, at most `most`.
fn is_number(word: &str, most: usize) -> bool {
    (1..=most).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
}

fn is_one_letter(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

/// Roman numerals as headings and centuries have them.
fn is_roman(word: &str) -> bool {
    (1..=7).contains(&word.len()) && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L'))
}
