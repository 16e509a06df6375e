//! The words of a stretch, and what each says for every language that is looked for.

use super::source::{Candidate, MOST};
use crate::model::LanguageTag;
use crate::rules::lexicon::{self, Lexicon, Word};
use crate::text::{Span, script};

/// A word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) span: Span,
    /// What it says for each language against the text's own, in nats; 0 for program text, addresses, names and what has letters of another
    /// script.
    pub(super) evidence: [f32; MOST],
    pub(super) capital: bool,
    /// Which languages have it so much oftener than the text's own that it is no name, for all its capital.
    pub(super) common: [bool; MOST],
    /// All capitals, or capitals inside.
    pub(super) shouted: bool,
    /// Program text, an address, a number with letters.
    pub(super) code: bool,
    /// Whether it is on the list of the text's language.
    pub(super) at_home: bool,
    /// Whether it is on the list of some language that is looked for.
    pub(super) abroad: bool,
    /// Whether a sentence or quotation begins with it.
    pub(super) first: bool,
}

/// What one word says at most, in nats.
pub(super) const CAP: f32 = 9.0;
/// What a word of one letter says at most for another language, in nats.
const LETTER: f32 = 3.0;
/// A word that is on the list of the text's language, but marked and rarer than this, in nats, may be there because it was quoted.
const QUOTED: f32 = -9.0;
/// It is thought so much rarer, in nats.
const DOUBT: f32 = -2.0;
/// A word of another language that is rarer than this, in nats, says no more than this besides what its spelling says.
const LISTED: f32 = -12.5;
const RARE: f32 = 3.5;
/// Spelling is told by n-grams of so many letters.
const SPELLING: usize = 3;
/// How likely relatives are to share a word that the list of one has and that of the other, which has gaps, has not, in nats.
const SHARED: f32 = 0.5;
/// A word that such a list has is more frequent than this, in nats, where it speaks for another language.
const OFTEN: f32 = -9.0;
/// In a language without a list only words more frequent than this, in nats, are looked up.
const FREQUENT: f32 = -8.0;
/// A long list with gaps has at least the words that are more frequent in a relative than this, in nats, if they are its own too.
const COMMON: f32 = -13.5;
/// By how much a capitalised word must be likelier in another language to be no name, in nats: names are known abroad.
const NOUNS: f32 = 6.9;
/// What a word that a long list, or another, does not have is worth there at most, in nats.
const ABSENT: f32 = -20.0;
const ABSENT_FROM_SHORT: f32 = -14.0;
/// What a capitalised word says inside a sentence is worth so much: most are names.
const NAME: f32 = 0.25;
/// And where the language capitalises its nouns.
const NOUN: f32 = 0.6;

/// The words of `span`.
pub(super) fn tokens(text: &str, span: Span, home: &Lexicon, candidates: &[Candidate<'_>]) -> Vec<Token> {
    let body = span.of(text);
    let mut out: Vec<Token> = Vec::new();
    let mut code = Code::new(body);
    lexicon::cut(body, |at, word| {
        let before = body.get(..at.start()).unwrap_or_default();
        let first = out.is_empty() || begins(before);
        let mut token = Token {
            span: Span::new(span.start() + at.start(), span.start() + at.end()),
            evidence: [0.0; MOST],
            capital: word.capital,
            common: [false; MOST],
            shouted: word.shouted,
            code: code.covers(at),
            at_home: false,
            abroad: false,
            first,
        };
        let elided = word.letters.len() < 3
            && (before.ends_with(['\'', '’']) || body.get(at.end()..).is_some_and(|a| a.starts_with(['\'', '’'])));
        let odd =
            || word.letters.iter().any(|c| script::of(*c) != home.script() && !script::is_neutral(script::of(*c)));
        if !(token.code || word.shouted || elided || word.letters.len() == 1 && word.capital || odd()) {
            weigh(word, home, candidates, &mut token);
        }
        out.push(token);
    });
    out
}

/// What the word says for each language.
fn weigh(word: &Word<'_>, home: &Lexicon, candidates: &[Candidate<'_>], token: &mut Token) {
    let listed = home.known(word.hash);
    token.at_home = listed.is_some();
    // Lists are made from pages that quote English, or what most is translated from.
    let quoted = listed.is_some_and(|l| l.marked && l.nats < QUOTED);
    let own = listed.map_or_else(|| home.unlisted(word.letters), |l| l.nats);
    let cap = if word.letters.len() == 1 { LETTER } else { CAP };
    let absent = if home.is_long() { ABSENT } else { ABSENT_FROM_SHORT };
    for ((candidate, slot), common) in candidates.iter().zip(&mut token.evidence).zip(&mut token.common) {
        let abroad = candidate.lexicon.listed(word.hash);
        token.abroad |= abroad.is_some();
        let gaps = home.has_list() && home.is_partial();
        let mut evidence = match abroad {
            // What such a list has, it has without knowing how often.
            Some(abroad) if token.at_home && gaps => (abroad.nats - own).min((abroad.nats - OFTEN).max(0.0)),
            Some(abroad) if token.at_home => abroad.nats - own - if quoted && candidate.expected { DOUBT } else { 0.0 },
            // What a list with gaps does not have is judged by its spelling, unless it is among the most frequent words of the other language.
            Some(abroad) if gaps => {
                let frequent = if home.is_long() { COMMON } else { FREQUENT };
                candidate.lexicon.spelt(word.letters, SPELLING) - home.spelt(word.letters, SPELLING) - SHARED
                    + (abroad.nats - frequent).max(0.0)
            }
            // A rare word that the text's language could have as well may be missing from its list by chance.
            Some(abroad) if home.has_list() || abroad.nats > FREQUENT => {
                let likelier = (candidate.lexicon.unlisted(word.letters) - own).max(0.0);
                (abroad.nats - own).min(likelier + RARE + (abroad.nats - LISTED).max(0.0))
            }
            _ if gaps && !token.at_home => {
                candidate.lexicon.spelt(word.letters, SPELLING) - home.spelt(word.letters, SPELLING) - SHARED
            }
            _ => candidate.lexicon.unlisted(word.letters) - own,
        };
        if word.capital {
            let is_german = |tag: LanguageTag| tag.language() == "de";
            // `Still` may be of English, which the text quotes.
            let elsewhere =
                candidates.iter().filter(|c| c.tag != candidate.tag).filter_map(|c| c.lexicon.known(word.hash));
            let most = elsewhere.chain(listed).map(|l| l.nats).fold(absent, f32::max);
            *common = is_german(candidate.tag) && abroad.is_some_and(|a| a.nats - most > NOUNS);
            let nouns = token.first || is_german(home.tag()) || is_german(candidate.tag);
            evidence *= match (nouns, abroad.is_some() || token.at_home) {
                _ if *common => 1.0,
                (_, false) => 0.0,
                (true, _) => NOUN,
                (false, _) => NAME,
            };
        }
        *slot = evidence.clamp(-CAP, cap);
    }
}

/// Whether a sentence or quotation begins after this.
fn begins(before: &str) -> bool {
    let end =
        before.trim_end_matches([' ', '\t', '\u{a0}', '«', '“', '„', '"', '(', '¿', '¡', '—', '–', '-', '*', '•']);
    end.is_empty()
        || (end.len() < before.len() && end.ends_with(['.', '!', '?', ':', '…', '\n', '。']))
        || end.ends_with('\n')
}

/// Program text, addresses, numbers: what stands without a blank around signs that words do not have, and what stands in backticks.
struct Code<'t> {
    body: &'t str,
    /// The chunk that was looked at last, and what it is.
    chunk: Option<(Span, bool)>,
    /// Where the last backticks that close end, and where they open.
    ticks: Option<Span>,
    /// Up to where none opens behind them.
    plain: usize,
}

/// A chunk is looked at no further than this, in bytes.
const REACH: usize = 200;

impl<'t> Code<'t> {
    const fn new(body: &'t str) -> Self {
        Self { body, chunk: None, ticks: None, plain: 0 }
    }

    fn covers(&mut self, word: Span) -> bool {
        if let Some((span, is_code)) = self.chunk
            && word.start() < span.end()
        {
            return is_code || self.ticked(word);
        }
        let before = floor(self.body, word.start().saturating_sub(REACH));
        let after = floor(self.body, (word.end() + REACH).min(self.body.len()));
        let head = self.body.get(before..word.start()).unwrap_or_default();
        let tail = self.body.get(word.end()..after).unwrap_or_default();
        let start = word.start()
            - (head.len()
                - head
                    .rfind(is_edge)
                    .map_or(0, |i| i + head.get(i..).and_then(|h| h.chars().next()).map_or(1, char::len_utf8)));
        let end = word.end() + tail.find(is_edge).unwrap_or(tail.len());
        let is_code = is_code(self.body.get(start..end).unwrap_or_default());
        self.chunk = Some((Span::new(start, end), is_code));
        is_code || self.ticked(word)
    }

    /// Whether it stands between backticks.
    fn ticked(&mut self, word: Span) -> bool {
        if let Some(span) = self.ticks
            && word.start() < span.end()
        {
            return word.start() > span.start();
        }
        let from = self.ticks.map_or(0, Span::end).max(self.plain);
        let Some(open) = self.body.get(from..word.start()).and_then(|b| b.find('`')).map(|i| from + i) else {
            self.plain = word.start();
            return false;
        };
        let run = self.body.get(open..).unwrap_or_default().bytes().take_while(|b| *b == b'`').count();
        let inside = self.body.get(open + run..).unwrap_or_default();
        let line = inside.find('\n').unwrap_or(inside.len());
        let close = inside.get(..line).and_then(|i| i.find('`')).map_or(open + run, |i| open + run + i + run);
        self.ticks = Some(Span::new(open, close));
        word.start() > open && word.start() < close
    }
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Where a chunk ends: blanks, brackets, quotation marks, dashes.
fn is_edge(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '(' | ')' | '[' | ']' | ',' | ';' | '"' | '«' | '»' | '“' | '”' | '„' | '—' | '–' | '!' | '?' | '`'
        )
}

/// Whether a chunk is no word: `a_b`, `http://…`, `--force`, `x.y`, `key=value`, `<tag>`, `B2B`.
fn is_code(chunk: &str) -> bool {
    let core = chunk.trim_matches(|c: char| matches!(c, '.' | ':' | '\'' | '’' | '…'));
    if chunk.starts_with(':') && chunk.ends_with(':') && chunk.len() > 2 {
        return true;
    }
    if core.starts_with('-') || core.starts_with('%') {
        return core.len() > 1;
    }
    let bytes = core.as_bytes();
    bytes.iter().enumerate().any(|(i, b)| match b {
        b'_'
        | b'/'
        | b'\\'
        | b'@'
        | b'='
        | b'<'
        | b'>'
        | b'{'
        | b'}'
        | b'$'
        | b'#'
        | b'~'
        | b'|'
        | b'+'
        | b'^'
        | b'&'
        | b'*'
        | b'0'..=b'9' => true,
        b'.' | b':' => bytes.get(i + 1).is_some_and(u8::is_ascii_alphanumeric) && i > 0,
        _ => false,
    })
}
