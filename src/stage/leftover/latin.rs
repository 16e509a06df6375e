//! Words in Latin letters inside a text of another script.

use crate::model::ForeignKind;
use crate::rules::leftover::LeftoverRules;
use crate::text::Span;
use crate::text::script::{self, Script};

/// What a token in Latin letters is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A lower-case word; whether it is a frequent word of some language.
    Word { frequent: bool, letters: usize },
    /// A word that begins with a capital.
    Capital,
    /// There on purpose.
    Kind(ForeignKind),
    /// Too little to say anything.
    Nothing,
}

/// No token is longer than this, in bytes: what is left over begins another.
const LONGEST: usize = 400;

/// The token around the letters that begin at `at`, no earlier than `from` and no later than `to`: what stands there without a blank, a bracket, a
/// quotation mark or a letter of another script.
pub(super) fn around(text: &str, from: usize, at: usize, to: usize) -> Span {
    let before = text.get(from..at).unwrap_or_default();
    let start = at - before.chars().rev().take(40).take_while(|c| is_part(*c)).map(char::len_utf8).sum::<usize>();
    let mut len = 0;
    for c in text.get(at..to).unwrap_or_default().chars() {
        if !is_part(c) || len > LONGEST {
            break;
        }
        len += c.len_utf8();
    }
    Span::new(start, at + len)
}

fn is_part(c: char) -> bool {
    match c {
        '(' | ')' | '[' | ']' | ',' | ';' | '!' | '?' | '"' | '`' => false,
        _ if c.is_ascii() => c.is_ascii_graphic(),
        '’' | '\u{2011}' => true,
        _ => matches!(script::of(c), Script::Latin | Script::Inherited),
    }
}

/// Says what the token is.
pub(super) fn classify(token: &str, rules: &LeftoverRules) -> Token {
    let core = token.trim_matches(|c: char| matches!(c, '.' | ':' | '-' | '\'' | '’' | '\u{2011}'));
    if core.is_empty() {
        return Token::Nothing;
    }
    if core.contains("://") || core.starts_with("www.") || core.contains('@') {
        return Token::Kind(ForeignKind::Address);
    }
    if core.starts_with('&') || core.contains(['_', '\\', '=', '<', '>', '{', '}', '$', '#', '%', '^', '|', '~', '*']) {
        return Token::Kind(ForeignKind::Code);
    }
    if let Some((_, after)) = core.split_once(':')
        && after.starts_with(|c: char| c.is_ascii_digit() || c == '/')
    {
        return Token::Kind(ForeignKind::Citation);
    }
    if core.contains('/') {
        return slashed(core, rules);
    }
    if let Some(token) = dotted(core) {
        return token;
    }
    if core.bytes().any(|b| b.is_ascii_digit()) {
        return Token::Kind(if core.starts_with(|c: char| c.is_ascii_digit()) {
            ForeignKind::Unit
        } else {
            ForeignKind::Name
        });
    }
    if core.contains(['+', '&']) {
        return Token::Kind(ForeignKind::Name);
    }
    word(core, rules)
}

/// `km/h`, `and/or`, `github.com/a/b`, `/usr/bin`.
fn slashed(core: &str, rules: &LeftoverRules) -> Token {
    if core.starts_with('/') || core.matches('/').count() > 1 {
        return Token::Kind(if core.contains('.') && !core.starts_with('/') {
            ForeignKind::Address
        } else {
            ForeignKind::Code
        });
    }
    let mut parts = core.split('/');
    if core.contains('.') {
        return Token::Kind(ForeignKind::Address);
    }
    if parts.clone().all(|p| rules.is_unit(&p.to_lowercase())) {
        return Token::Kind(ForeignKind::Unit);
    }
    parts.next().map_or(Token::Nothing, |first| word(first, rules))
}

/// `gate.io`, `U.S`, `e.g`, `file.txt`; `None` where the points join whole words by mistake.
fn dotted(core: &str) -> Option<Token> {
    let last = core.rsplit_once('.').map(|(_, last)| last)?;
    let parts = || core.split('.');
    if parts().all(|p| p.chars().count() <= 2) {
        return Some(Token::Kind(ForeignKind::Acronym));
    }
    if parts().any(|p| p.bytes().any(|b| b.is_ascii_digit())) {
        return Some(Token::Kind(ForeignKind::Name));
    }
    let name = parts().all(|p| !p.is_empty() && p.is_ascii());
    (name && last.len() <= 5 && last.bytes().all(|b| b.is_ascii_lowercase()))
        .then_some(Token::Kind(ForeignKind::Address))
}

fn word(core: &str, rules: &LeftoverRules) -> Token {
    let letters = core.chars().filter(|c| c.is_alphabetic()).count();
    let Some(first) = core.chars().find(|c| c.is_alphabetic()) else { return Token::Nothing };
    if core.chars().all(|c| !c.is_lowercase()) {
        return Token::Kind(ForeignKind::Acronym);
    }
    let inner = core.split(['-', '\'', '’', '\u{2011}']).any(|part| part.chars().skip(1).any(char::is_uppercase));
    if inner {
        return Token::Kind(ForeignKind::Name);
    }
    // `d'Or`, `al-Assad`: a particle, then a name.
    let joined = core
        .split_once(['\'', '’', '-'])
        .is_some_and(|(head, rest)| head.len() <= 3 && rest.starts_with(char::is_uppercase));
    if first.is_uppercase() || joined {
        return Token::Capital;
    }
    if rules.is_loanword(core) {
        return Token::Kind(ForeignKind::Loanword);
    }
    let frequent = rules.is_frequent(core);
    if letters < 2 || !(frequent || is_pronounceable(core)) {
        return Token::Nothing;
    }
    Token::Word { frequent, letters }
}

/// Whether vowels and consonants alternate as in a word; `xvnc`, `mkfs`, `ssttr` do not.
fn is_pronounceable(word: &str) -> bool {
    let (mut vowels, mut run, mut longest) = (0, 0, 0);
    for c in word.chars() {
        if is_consonant(c) {
            run += 1;
            longest = longest.max(run);
        } else {
            vowels += usize::from(c.is_alphabetic());
            run = 0;
        }
    }
    vowels > 0 && longest <= 5
}

fn is_consonant(c: char) -> bool {
    matches!(
        c,
        'b' | 'c'
            | 'd'
            | 'f'
            | 'g'
            | 'h'
            | 'j'
            | 'k'
            | 'l'
            | 'm'
            | 'n'
            | 'p'
            | 'q'
            | 'r'
            | 's'
            | 't'
            | 'v'
            | 'w'
            | 'x'
            | 'z'
    )
}
