//! Whether a sentence ends at a mark.

use std::cell::OnceCell;

use super::abbreviation::{self, Before};
use super::chars::{at, before, closer, is_close, is_continuing, is_dash, is_lower, is_open, is_picture, is_stop};
use super::tail::{Tail, skip_blanks, smiley};
use crate::model::LanguageTag;
use crate::rules::sentence::{Lexicon, SentenceRules};
use crate::text::Span;
use crate::text::script::{self, Script};

/// How far ahead the end of a bracket is looked for, and how far back the beginning of an address, in bytes.
const REACH: usize = 400;
/// How far a word is read, in bytes.
const WORD: usize = 48;

/// A walk through a block.
pub(super) struct Scan<'t> {
    /// The block.
    pub body: &'t str,
    /// Where the sentence began.
    pub start: usize,
    /// Looked up where the first full stop asks for it.
    lexicon: OnceCell<Lexicon<'t>>,
    language: LanguageTag,
    rules: &'t SentenceRules,
    /// What was opened last in this sentence and not closed.
    open: Option<char>,
}

impl<'t> Scan<'t> {
    pub(super) const fn new(body: &'t str, language: LanguageTag, rules: &'t SentenceRules) -> Self {
        Self { body, start: 0, lexicon: OnceCell::new(), language, rules, open: None }
    }

    /// A sentence begins.
    pub(super) const fn begin(&mut self, start: usize) {
        self.start = start;
        self.open = None;
    }

    /// Notes a bracket or quote; whether it is the mouth of a smiley.
    pub(super) fn bracket(&mut self, place: usize, c: char) -> bool {
        if closer(c).is_some() {
            self.open = Some(c);
            return false;
        }
        if self.open.and_then(closer) == Some(c) {
            self.open = None;
            return false;
        }
        c == ')' && self.open.is_none() && self.is_mouth(place)
    }

    /// Notes what closes within a tail.
    pub(super) fn pass(&mut self, tail: &Tail) {
        let Some(close) = self.open.and_then(closer) else { return };
        if Span::new(tail.stop, tail.end).of(self.body).contains(close) {
            self.open = None;
        }
    }

    /// Whether the closing bracket at `place`, which closes nothing, is a smile: after eyes, after another one, or after a Cyrillic word.
    fn is_mouth(&self, place: usize) -> bool {
        let Some(head) = self.body.get(self.start..place) else { return false };
        let mut back = head.chars().rev();
        match back.next() {
            Some(')' | ':' | ';' | '=') => true,
            Some('-') => matches!(back.next(), Some(':' | ';' | '=')),
            Some(c) if script::of(c) == Script::Cyrillic => {
                let word = 1 + back.take_while(|c| c.is_alphanumeric()).take(4).count();
                word > 3
            }
            Some(c) if c.is_whitespace() => at(self.body, place + 1) == Some(')'),
            _ => false,
        }
    }

    /// Whether the sentence ends with this tail.
    pub(super) fn ends(&self, tail: &Tail) -> bool {
        let Some(next) = at(self.body, tail.next) else { return true };
        let marked = at(self.body, tail.stop).is_some_and(is_stop);
        if is_continuing(next) && smiley(self.body.get(tail.next..).unwrap_or_default()) == 0 {
            return false;
        }
        if !marked {
            return self.ends_with_picture(tail);
        }
        if next == '#' && self.body.get(tail.next + 1..).is_some_and(|t| t.starts_with(char::is_alphabetic)) {
            return false;
        }
        let (place, first) = self.first_letter(tail.next);
        let Some(first) = first else { return tail.gap() || tail.wide };
        if tail.wide {
            return self.ends_wide(tail, place, first);
        }
        if is_lower(first)
            && !(place == tail.next && (self.is_informal(tail) || tail.gap() && self.begins_address(place)))
            || is_dash(next) && !(tail.gap() && first.is_uppercase())
        {
            return false;
        }
        if self.is_inside(tail.end) {
            return false;
        }
        if !tail.gap() {
            return self.ends_without_blank(tail, next);
        }
        if is_stop(next) && !tail.picture {
            return false;
        }
        if tail.dot && !tail.closed && !tail.picture {
            let word = Before::read(self.body, self.start, tail.stop);
            let lexicon = self.lexicon.get_or_init(|| self.rules.of(self.language, self.body));
            return abbreviation::allows(&word, first, self.word(place), lexicon);
        }
        !self.is_bare(tail.stop)
    }

    /// Whether whoever wrote this sentence begins sentences in lower case, so that the next may too.
    fn is_informal(&self, tail: &Tail) -> bool {
        let word = Before::read(self.body, self.start, tail.stop);
        let plain = at(self.body, tail.stop).is_some_and(|c| matches!(c, '.' | '!' | '?')) && tail.end - tail.stop == 1;
        plain && tail.gap() && word.is_long() && at(self.body, self.start).is_some_and(is_lower)
    }

    /// Whether a web address begins at `place`: it has no capital to begin a sentence with.
    fn begins_address(&self, place: usize) -> bool {
        let rest = self.body.get(place..).unwrap_or_default();
        ["http://", "https://", "www."].iter().any(|begin| rest.starts_with(begin))
    }

    /// Whether there is nothing but marks before `stop` in this sentence.
    fn is_bare(&self, stop: usize) -> bool {
        let head = self.body.get(self.start..stop).unwrap_or_default();
        head.is_empty() || head.len() < 16 && !head.chars().any(|c| c.is_alphanumeric() || is_picture(c))
    }

    /// After a picture or smiley a sentence ends where the next begins with an upper case letter.
    fn ends_with_picture(&self, tail: &Tail) -> bool {
        let first = at(self.body, tail.next);
        let words = self.body.get(self.start..tail.stop).unwrap_or_default().split_whitespace().take(2).count();
        let second = self.body.get(tail.next..).unwrap_or_default().chars().nth(1);
        tail.gap()
            && words >= 1
            && !self.is_inside(tail.end)
            && first.is_some_and(char::is_uppercase)
            && second.is_some_and(|c| !c.is_uppercase())
    }

    /// After `。` and its kin no blank is needed; what is quoted may be carried on.
    fn ends_wide(&self, tail: &Tail, place: usize, first: char) -> bool {
        if tail.closed && matches!(script::of(first), Script::Hiragana) && self.is_quotative(tail.next) {
            return false;
        }
        if is_lower(first) && place == tail.next && !tail.gap() && tail.closed {
            return false;
        }
        !self.is_inside(tail.end)
    }

    /// Japanese particles that carry a quotation on: `「…。」と言った`.
    fn is_quotative(&self, place: usize) -> bool {
        let rest = self.body.get(place..).unwrap_or_default();
        ["と", "って", "という", "の", "を", "は", "が", "も", "に", "で", "な", "など"]
            .iter()
            .any(|particle| rest.starts_with(particle))
    }

    /// Without a blank: not in addresses and numbers; after a full stop only where a blank was plainly forgotten (`слово.Слово`).
    fn ends_without_blank(&self, tail: &Tail, next: char) -> bool {
        if !next.is_alphabetic() && !is_open(next) || self.is_address(tail.stop) {
            return false;
        }
        if !tail.dot {
            return next.is_uppercase()
                || is_open(next) && tail.end > tail.stop + 1
                || script::is_unspaced(script::of(next));
        }
        let head = self.body.get(..tail.stop).unwrap_or_default();
        let spaced = |c: char| matches!(script::of(c), Script::Cyrillic | Script::Greek | Script::Armenian);
        let word = head.chars().rev().take(3).filter(|&c| is_lower(c) && spaced(c)).count();
        let after =
            self.body.get(tail.next..).unwrap_or_default().chars().skip(1).take(2).filter(|&c| is_lower(c)).count();
        word == 3 && next.is_uppercase() && spaced(next) && after == 2
    }

    /// Whether the word around `place` is a web or mail address, a path or a call.
    fn is_address(&self, place: usize) -> bool {
        let from = place.saturating_sub(REACH).max(self.start);
        let head = self.body.as_bytes().get(from..place).unwrap_or_default();
        let token = head.rsplit(u8::is_ascii_whitespace).next().unwrap_or_default();
        token.windows(3).any(|w| w == b"://")
            || token.starts_with(b"www.")
            || token.contains(&b'@')
            || token.contains(&b'/')
    }

    /// Whether `place` is within brackets or quotes after which the sentence goes on in lower case or with a comma.
    fn is_inside(&self, place: usize) -> bool {
        let Some(close) = self.open.and_then(closer) else { return false };
        let mut end = (place + REACH).min(self.body.len());
        while !self.body.is_char_boundary(end) {
            end -= 1;
        }
        let Some(ahead) = self.body.get(place..end) else { return false };
        let Some(found) = ahead.find(close) else { return false };
        if ahead.get(..found).is_some_and(|between| self.open.is_some_and(|open| between.contains(open))) {
            return false;
        }
        let mut after = place + found + close.len_utf8();
        while let Some(c) = at(self.body, after).filter(|&c| is_close(c) || is_stop(c)) {
            after += c.len_utf8();
        }
        let gap = skip_blanks(self.body, after);
        let wide = matches!(close, '」' | '』' | '）');
        match at(self.body, gap) {
            Some(c) if wide && before(self.body, after).is_some_and(|c| c == close) => {
                is_continuing(c) || script::of(c) == Script::Hiragana
            }
            Some(c) => is_lower(c) || is_continuing(c),
            None => false,
        }
    }

    /// The first letter or digit at or after `place`, looked for behind opening quotes, brackets and dashes, and where it stands; where
    /// anything else comes first, that.
    fn first_letter(&self, place: usize) -> (usize, Option<char>) {
        let rest = self.body.get(place..).unwrap_or_default();
        let found = rest.char_indices().take(8).find(|&(_, c)| !(is_open(c) || is_dash(c) || c.is_whitespace()));
        found.map_or((place, None), |(at, c)| (place + at, Some(c)))
    }

    /// The word that begins at `place`, at most [`WORD`] bytes of it, and what follows it.
    fn word(&self, place: usize) -> (&'t str, Option<char>) {
        let rest = self.body.get(place..).unwrap_or_default();
        let len = rest
            .char_indices()
            .find(|&(at, c)| at > WORD || !(c.is_alphanumeric() || c == '’' || c == '\''))
            .map_or(rest.len(), |(at, _)| at);
        (Span::new(place, place + len).of(self.body), at(self.body, place + len))
    }
}
