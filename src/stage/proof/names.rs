//! One name written in two ways: split, joined, hyphenated, or a letter apart.
//!
//! Capitalised words, and two or three of them in a row, are gathered as they are written. At the end of the document each way of
//! writing is reduced to its letters without case ending; what has the same letters, or letters that stand for one another when names
//! are transcribed, is one name.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use xxhash_rust::xxh3::xxh3_64;

use super::scan::{UNSPACED, Word};
use super::setting::{Setting, before};
use super::sink::Sink;
use super::spelling::{self, Scratch, Spelling};
use crate::model::{Entity, EntityType};
use crate::rules::proof::Habits;
use crate::text::Span;

/// A name has at least so many letters, whatever the number of its words.
const SHORTEST: usize = 5;

/// So many ways of writing are kept of one document; hostile text has more.
const MOST: usize = 50_000;

/// A way in which a name, or any capitalised words, are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surface<'r> {
    /// The first place.
    pub(super) span: Span,
    /// How often.
    pub(super) count: usize,
    /// Whether it stands anywhere but at the beginning of a sentence.
    pub(super) inner: bool,
    /// How many words it has.
    pub(super) parts: usize,
    /// What is known of the language around.
    pub(super) habits: &'r Habits,
}

/// Gathers capitalised words.
#[derive(Debug, Default)]
pub(super) struct Names<'r> {
    numbers: HashMap<u64, usize, BuildHasherDefault<Plain>>,
    surfaces: Vec<Surface<'r>>,
    // The capitalised words just before, the nearest first, and how many letters they have.
    before: [Option<(Span, usize, bool)>; 2],
}

impl<'r> Names<'r> {
    /// Forgets the words before, at the beginning of a passage.
    pub(super) fn restart(&mut self) {
        self.before = [None; 2];
    }

    /// Looks at a word; `first` says that it begins a sentence.
    #[inline]
    pub(super) fn word(&mut self, text: &str, word: &Word<'_>, first: bool, setting: &Setting<'r>) {
        if word.capitalised {
            self.capitalised(text, word, first, setting);
        } else {
            self.before[0] = None;
        }
    }

    fn capitalised(&mut self, text: &str, word: &Word<'_>, first: bool, setting: &Setting<'r>) {
        let [near, far] = self.before;
        let near = near.filter(|(span, ..)| joins(text, *span, word.span));
        let far = far.filter(|_| near.is_some());
        // Capitals throughout are an acronym or a headline, one alone an initial.
        let is_acronym = word.capitals == word.chars;
        if setting.is_code
            || word.alphabets & UNSPACED != 0
            || word.chars < 2
            || is_acronym && (near.is_none() || word.chars > 4)
        {
            self.before[0] = None;
            return;
        }
        let opens = first || opens(text, word.span.start());
        if !is_acronym && word.chars >= SHORTEST {
            self.add(text, word.span, 1, !opens, setting);
        }
        if let Some((span, chars, opens)) = near {
            let chars = chars + word.chars;
            if chars >= SHORTEST {
                self.add(text, span.hull(word.span), 2, !opens, setting);
            }
            if let Some((span, more, opens)) = far.filter(|(_, more, _)| chars + more >= SHORTEST) {
                let _ = more;
                self.add(text, span.hull(word.span), 3, !opens, setting);
            }
        }
        self.before = [Some((word.span, word.chars, opens)), near];
    }

    fn add(&mut self, text: &str, span: Span, parts: usize, inner: bool, setting: &Setting<'r>) {
        let hash = xxh3_64(span.of(text).as_bytes());
        let next = self.surfaces.len();
        if next >= MOST && !self.numbers.contains_key(&hash) {
            return;
        }
        let number = *self.numbers.entry(hash).or_insert(next);
        match self.surfaces.get_mut(number) {
            Some(surface) => {
                surface.count += 1;
                surface.inner |= inner;
            }
            None => self.surfaces.push(Surface { span, count: 1, inner, parts, habits: setting.habits }),
        }
    }

    /// Gives a finding for every rarer way of writing a name; a place inside the mention of a person or organization is a name even at
    /// the beginning of a sentence.
    pub(super) fn finish(mut self, text: &str, entities: &[Entity], sink: &mut Sink) {
        let mut known: Vec<Span> = entities
            .iter()
            .filter(|entity| matches!(entity.kind, EntityType::Person | EntityType::Organization))
            .flat_map(|entity| entity.mentions.iter().map(|mention| mention.span))
            .collect();
        known.sort_unstable();
        for surface in &mut self.surfaces {
            let next = known.partition_point(|span| span.start() <= surface.span.start());
            surface.inner |=
                next.checked_sub(1).and_then(|i| known.get(i)).is_some_and(|span| span.contains(surface.span));
        }
        let mut scratch = Scratch::default();
        let spellings: Vec<Spelling<'_>> =
            self.surfaces.iter().filter_map(|surface| Spelling::of(text, surface, &mut scratch)).collect();
        spelling::compare(text, spellings, sink);
    }
}

/// Whether nothing but one blank or hyphen stands between two words.
fn joins(text: &str, first: Span, second: Span) -> bool {
    matches!(Span::new(first.end(), second.start()).of(text), " " | "\u{a0}" | "-" | "\u{2010}" | "\u{2011}")
}

/// Whether what stands before suggests that a sentence begins here.
fn opens(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or_default();
    // Mostly a blank and a letter.
    if let [.., last, b' '] = head.as_bytes()
        && last.is_ascii_alphanumeric()
    {
        return false;
    }
    let head = head.trim_end_matches([' ', '\u{a0}']);
    before(head, head.len()).is_none_or(|c| {
        matches!(
            c,
            '«' | '"' | '“' | '„' | '‘' | ':' | '–' | '—' | '•' | '.' | '!' | '?' | '…' | '\n' | '*' | '¿' | '¡'
        )
    })
}

/// The keys are hashes already.
#[derive(Debug, Default)]
pub(super) struct Plain(u64);

impl Hasher for Plain {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64(bytes);
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}
