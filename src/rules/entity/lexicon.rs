//! The words of a language: one tree of tokens for names, heads, triggers and function words alike, so that each word is looked up once.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::class::{CLASSES, Class, Frame, OPTIONS, Options, Reading};
use super::gazetteer::{Entry, EntryKind, Gazetteer};
use super::inflect::{Endings, Paradigms, Tags};
use super::token::{Shape, Token, tokens};
use crate::rules::table::{RuleError, rows};

/// Takes a number that is a hash already as it is.
#[derive(Default)]
pub(super) struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }
    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity")
    }
}

pub(super) type Tree = HashMap<u64, u32, BuildHasherDefault<Identity>>;

/// The words of a language.
#[derive(Debug, Default)]
pub struct Lexicon {
    tree: Tree,
    /// A bit for each first word: most words of a text are ruled out here, without a walk through memory.
    firsts: Vec<u64>,
    /// Of each place in the tree, where its readings begin in `readings`; one more than there are places.
    nodes: Vec<u32>,
    readings: Vec<Reading>,
    deep: Vec<bool>,
    /// Of each first word, the classes of all rows that begin with it.
    classes: Vec<u64>,
    lemmas: String,
    /// Where each lemma ends in `lemmas`.
    ends: Vec<u32>,
    frames: Vec<Vec<Frame>>,
    /// Endings of words that are of a class by these, by their last two bytes.
    ends_in: HashMap<[u8; 2], Vec<(String, Reading)>>,
    /// Endings of adjectives.
    pub adjectives: Endings,
    /// Endings of nouns that no list holds.
    pub nouns: Endings,
    /// Endings of family names: the stem's own ending and the cases of the ending after it.
    pub families: Endings,
    /// Endings of patronymics.
    pub patronymics: Endings,
}

/// The place in the tree below `node` under the token `hash`.
#[inline]
fn below(node: u32, hash: u64) -> u64 {
    hash ^ u64::from(node).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// How many bits tell first words, as a power of two.
const FIRSTS: u32 = 17;

/// The bit of a first word: its place in a row of words of 64 bits, and in that.
#[inline]
const fn first(hash: u64) -> (usize, u64) {
    let bit = hash >> (64 - FIRSTS);
    ((bit / 64) as usize, 1 << (bit % 64))
}

/// A data file by its name in the rules folder.
pub(super) type Source<'t> = (&'t str, &'t str);

impl Lexicon {
    /// Compiles `sources` and the names that `gazetteer` has in `languages`. A file is told by the last part of its name; its words are of the
    /// languages of `of`, which are bits by the order of `languages`.
    pub(super) fn compile(
        languages: &[&str],
        sources: &[Source<'_>],
        of: u32,
        gazetteer: &Gazetteer,
    ) -> Result<Self, RuleError> {
        let mut out = Self { deep: vec![false], classes: vec![0], frames: vec![Vec::new()], ..Self::default() };
        out.firsts = vec![0; 1 << (FIRSTS - 6)];
        let file = |name: &str| sources.iter().find(|(path, _)| path.ends_with(name)).copied();
        if let Some((path, text)) = file("/adjectives.tsv") {
            out.adjectives = Endings::read(path, text)?;
        }
        if let Some((path, text)) = file("/endings.tsv") {
            out.nouns = Endings::read(path, text)?;
        }
        if let Some((path, text)) = file("/families.tsv") {
            out.families = Endings::read(path, text)?;
        }
        if let Some((path, text)) = file("/patronymics.tsv") {
            out.patronymics = Endings::read(path, text)?;
        }
        let paradigms = |folder: &str| {
            let of_folder = |(path, _): &&Source<'_>| path.strip_suffix("/paradigms.tsv") == Some(folder);
            sources.iter().find(of_folder).map_or(Ok(Paradigms::default()), |(path, text)| Paradigms::read(path, text))
        };
        let mut scratch = Scratch { of, ..Scratch::default() };
        for &(path, text) in
            sources.iter().filter(|(path, _)| path.ends_with("words.tsv") || path.ends_with("names.tsv"))
        {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let language = folder.rsplit('/').next().unwrap_or_default();
            let bit = languages.iter().position(|l| *l == language).map(|place| 1 << place);
            scratch.of = bit.unwrap_or(of);
            out.read_words(path, text, &paradigms(folder)?, &mut scratch)?;
        }
        scratch.of = of;
        let paradigms = match file("/paradigms.tsv").filter(|_| languages.len() == 1) {
            Some((path, text)) => Paradigms::read(path, text)?,
            None => Paradigms::default(),
        };
        out.read_gazetteer(languages, gazetteer, &paradigms, &mut scratch);
        out.lay_out(scratch.readings);
        out.tree.shrink_to_fit();
        Ok(out)
    }

    fn read_words(
        &mut self,
        path: &str,
        text: &str,
        paradigms: &Paradigms,
        scratch: &mut Scratch,
    ) -> Result<(), RuleError> {
        for row in rows(path, text, 5)? {
            let class = match row.cell(0) {
                "common" => Class::Common,
                name => {
                    CLASSES.iter().find(|(n, _)| *n == name).ok_or_else(|| row.error(format!("no class {name}")))?.1
                }
            };
            let mut options = Options::default();
            for name in row.cell(1).split_whitespace().filter(|name| *name != "-") {
                let bit =
                    OPTIONS.iter().position(|n| *n == name).ok_or_else(|| row.error(format!("no option {name}")))?;
                options.0 |= 1 << bit;
            }
            let frames =
                self.read_frames(row.list(3)).ok_or_else(|| row.error("a complement is not preposition+cases"))?;
            for lemma in row.list(4) {
                // A lemma may name its own paradigm (`город:m-a`) or value (`юань:CNY`).
                let (lemma, own) = lemma.split_once(':').unwrap_or((lemma, ""));
                let value = if class == Class::Currency { own } else { "" };
                let paradigm = if own.is_empty() || !value.is_empty() { row.cell(2) } else { own };
                let forms = paradigms
                    .forms(paradigm, lemma)
                    .ok_or_else(|| row.error(format!("no paradigm {paradigm} fits {lemma}")))?;
                let number = self.lemma(if value.is_empty() { lemma } else { value });
                for (form, tags) in forms {
                    let shape = if options.has(Options::UPPER) {
                        Shape::Upper
                    } else if matches!(class, Class::Given | Class::Family) {
                        Shape::Title
                    } else {
                        Shape::Lower
                    };
                    let languages = scratch.of;
                    let reading = Reading { class, shape, options, tags, lemma: number, frames, len: 1, languages };
                    if options.has(Options::END) {
                        if let Some(key) = last_two(&form) {
                            self.ends_in.entry(key).or_default().push((form, reading));
                        }
                        continue;
                    }
                    self.insert(&form, reading, scratch);
                }
            }
        }
        Ok(())
    }

    fn read_frames<'t>(&mut self, list: impl Iterator<Item = &'t str>) -> Option<u32> {
        let mut frames = Vec::new();
        for frame in list.filter(|frame| *frame != "-") {
            let (preposition, cases) = frame.split_once('+')?;
            let case = if cases.is_empty() { Tags::ANY } else { Tags::parse(&format!("*{cases}"))? };
            let preposition = if preposition.is_empty() { 0 } else { super::token::hash(preposition) };
            frames.push(Frame { preposition, case });
        }
        if let Some(known) = self.frames.iter().position(|f| *f == frames) {
            return Some(known as u32);
        }
        self.frames.push(frames);
        Some(self.frames.len() as u32 - 1)
    }

    fn read_gazetteer(
        &mut self,
        languages: &[&str],
        gazetteer: &Gazetteer,
        paradigms: &Paradigms,
        scratch: &mut Scratch,
    ) {
        let bit = |language: &str| languages.iter().position(|l| *l == language).map(|place| 1 << place);
        for (number, entry) in gazetteer.entries.iter().enumerate() {
            let lemma = number as u32;
            for (language, forms) in entry.names() {
                let Some(bit) = bit(language) else { continue };
                let all: Vec<&str> = forms.iter().collect();
                self.read_names(entry, lemma, &all, (language, bit), paradigms, scratch);
            }
            for (language, forms) in entry.adjectives() {
                let Some(languages) = bit(language) else { continue };
                for stem in forms.iter() {
                    let reading = Reading {
                        class: Class::PlaceAdjective,
                        shape: Shape::Lower,
                        options: Options::default(),
                        tags: Tags::ANY,
                        lemma,
                        frames: 0,
                        len: 1,
                        languages,
                    };
                    self.insert(stem, reading, scratch);
                }
            }
        }
    }

    /// Takes the names `all` of an entry in a language.
    fn read_names(
        &mut self,
        entry: &Entry,
        lemma: u32,
        all: &[&str],
        (language, languages): (&str, u32),
        paradigms: &Paradigms,
        scratch: &mut Scratch,
    ) {
        let class = if entry.is_place() { Class::Place } else { Class::Known };
        let begin = |form: &str| form.char_indices().nth(3).map_or(form.len(), |(at, _)| at);
        let begins: Vec<&str> = all.iter().map(|form| form.get(..begin(form)).unwrap_or(form)).collect();
        for (place, (form, begin)) in all.iter().zip(&begins).enumerate() {
            // A place's forms are given in all cases, the nominative first; what has one form does not decline.
            let first = begins.iter().position(|other| other == begin);
            let tags = if !entry.is_place() || first == begins.iter().rposition(|other| other == begin) {
                Tags::ANY
            } else if first == Some(place) {
                super::inflect::N.or(super::inflect::A)
            } else {
                Tags(Tags::ANY.0 & !super::inflect::N.0)
            };
            let shape = shape_of(form);
            let ambiguous = entry.has_ambiguous() && entry.is_ambiguous(language, form);
            if ambiguous && shape == Shape::Lower {
                continue;
            }
            let mut options = if ambiguous { Options::WEAK } else { Options::default() };
            // Families are named after cities, and cities after persons; not so countries.
            if entry.kind == EntryKind::City {
                options.0 |= Options::PERSON.0;
            }
            let reading = Reading { class, shape, options, tags, lemma, frames: 0, len: 1, languages };
            self.insert(form, reading, scratch);
            if !entry.is_place() && shape != Shape::Upper && language == "ru" && all.len() < 3 {
                for form in self.inflected(form, paradigms) {
                    self.insert(&form, reading, scratch);
                }
            }
        }
    }

    /// The other case forms of a name of several words: its adjectives and its first noun decline, the rest stays.
    fn inflected(&self, name: &str, paradigms: &Paradigms) -> Vec<String> {
        let words: Vec<&str> = name.split(' ').collect();
        let is_adjective = |word: &str| {
            let low = word.to_lowercase();
            self.adjectives.of(&low).is_some_and(|(_, tags, _)| tags.meets(super::inflect::N))
                && paradigms.forms("adjective", &low).is_some()
        };
        let head = words.iter().position(|word| !is_adjective(word)).unwrap_or(0);
        let Some(noun) = words.get(head) else { return Vec::new() };
        let low = noun.to_lowercase();
        // Only words in letters of the language decline.
        let Some(forms) =
            paradigms.forms("noun", &low).filter(|_| !noun.is_ascii() && noun.chars().skip(1).all(char::is_lowercase))
        else {
            return Vec::new();
        };
        let mut out = Vec::new();
        for (form, tags) in forms {
            let mut phrase = String::new();
            for (place, word) in words.iter().enumerate() {
                if place > 0 {
                    phrase.push(' ');
                }
                match place.cmp(&head) {
                    Ordering::Equal => phrase.push_str(&form),
                    Ordering::Greater => phrase.push_str(word),
                    Ordering::Less => {
                        let low = word.to_lowercase();
                        let forms = paradigms.forms("adjective", &low);
                        let agreeing = forms.and_then(|forms| forms.into_iter().find(|(_, t)| t.meets(tags)));
                        phrase.push_str(&agreeing.map_or(low, |(form, _)| form));
                    }
                }
            }
            out.push(phrase);
        }
        out
    }

    fn lemma(&mut self, lemma: &str) -> u32 {
        self.lemmas.push_str(lemma);
        self.ends.push(self.lemmas.len() as u32);
        self.ends.len() as u32 - 1
    }

    fn insert(&mut self, form: &str, reading: Reading, scratch: &mut Scratch) {
        tokens(form, 0, &mut scratch.tokens, &mut scratch.low);
        let (mut node, mut top) = (0, 0);
        let len = scratch.tokens.len().min(usize::from(u8::MAX)) as u8;
        for token in scratch.tokens.iter().take(usize::from(u8::MAX)) {
            if let Some(deep) = self.deep.get_mut(node as usize) {
                *deep = true;
            }
            let next = self.deep.len() as u32;
            node = *self.tree.entry(below(node, token.hash)).or_insert(next);
            if node == next {
                self.deep.push(false);
                self.classes.push(0);
            }
            if top == 0 {
                top = node;
                let (at, bit) = first(token.hash);
                if let Some(bits) = self.firsts.get_mut(at) {
                    *bits |= bit;
                }
            }
        }
        if node == 0 {
            return;
        }
        if let Some(classes) = self.classes.get_mut(top as usize) {
            *classes |= reading.class.bit();
        }
        scratch.readings.push((node, Reading { len, ..reading }));
    }

    /// Lays the readings out by their places in the tree; readings of one class and lemma become one.
    fn lay_out(&mut self, mut readings: Vec<(u32, Reading)>) {
        readings.sort_by_key(|(node, _)| *node);
        let mut from = 0;
        let mut of_node: Vec<Reading> = Vec::new();
        for node in 0..self.deep.len() as u32 {
            self.nodes.push(self.readings.len() as u32);
            while let Some((_, reading)) = readings.get(from).filter(|(at, _)| *at == node) {
                from += 1;
                let same = |r: &&mut Reading| {
                    r.class == reading.class
                        && r.lemma == reading.lemma
                        && r.shape == reading.shape
                        && r.languages == reading.languages
                };
                match of_node.iter_mut().find(same) {
                    Some(same) => same.tags = same.tags.or(reading.tags),
                    None => of_node.push(*reading),
                }
            }
            let start = self.readings.len();
            for reading in of_node.drain(..) {
                // What one language reads first stays before what it reads later.
                let known = self.readings.get_mut(start..).unwrap_or_default().iter_mut().rev();
                let mut free = known.take_while(|r| r.languages & reading.languages == 0);
                let twin = free.find(|r| Reading { languages: r.languages, ..reading } == **r);
                match twin {
                    Some(twin) => twin.languages |= reading.languages,
                    None => self.readings.push(reading),
                }
            }
        }
        self.nodes.push(self.readings.len() as u32);
        self.readings.shrink_to_fit();
    }

    /// The place in the tree of a word; 0 where there is none.
    #[inline]
    pub fn node(&self, hash: u64) -> u32 {
        let (at, bit) = first(hash);
        if self.firsts.get(at).is_none_or(|bits| bits & bit == 0) {
            return 0;
        }
        self.tree.get(&below(0, hash)).copied().unwrap_or(0)
    }

    /// The classes of all rows of words that begin with the word at a place in the tree, as bits.
    #[inline]
    pub fn classes(&self, node: u32) -> u64 {
        self.classes.get(node as usize).copied().unwrap_or(0)
    }

    /// What the word at a place in the tree may be.
    #[inline]
    pub fn at(&self, node: u32) -> &[Reading] {
        let at = node as usize;
        let (Some(&from), Some(&to)) = (self.nodes.get(at), self.nodes.get(at + 1)) else { return &[] };
        self.readings.get(from as usize..to as usize).unwrap_or_default()
    }

    /// What the word with this hash may be.
    pub fn readings(&self, hash: u64) -> &[Reading] {
        self.at(self.node(hash))
    }

    /// What a lower-cased word is by its ending: the longest ending of class `class` in one of `languages` that leaves a stem.
    pub fn by_ending(&self, word: &str, class: Class, languages: u32) -> Option<Reading> {
        let list = self.ends_in.get(&last_two(word)?)?;
        let fits = list.iter().filter(|(end, reading)| {
            reading.class == class
                && reading.languages & languages != 0
                && word.len() > end.len() + 2
                && word.ends_with(end.as_str())
        });
        fits.max_by_key(|(end, _)| end.len()).map(|(_, reading)| *reading)
    }

    /// The longest row of tokens from the first of `tokens` that has a reading which `wanted` accepts: that reading.
    pub fn longest(&self, tokens: &[Token], wanted: impl Fn(&Reading, &[Token]) -> bool) -> Option<Reading> {
        let mut node = 0;
        let mut best = None;
        for (index, token) in tokens.iter().enumerate().take(24) {
            if !self.deep.get(node as usize).copied().unwrap_or(false) {
                break;
            }
            let Some(&next) = self.tree.get(&below(node, token.hash)) else { break };
            node = next;
            let row = tokens.get(..=index).unwrap_or_default();
            if let Some(reading) = self.at(node).iter().find(|r| wanted(r, row)) {
                best = Some(*reading);
            }
        }
        best
    }

    /// The lemma of a reading that is not of the gazetteer.
    pub fn lemma_of(&self, reading: &Reading) -> &str {
        let at = reading.lemma as usize;
        let from = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let to = self.ends.get(at).copied().unwrap_or(0);
        self.lemmas.get(from as usize..to as usize).unwrap_or_default()
    }

    /// The complements of a reading.
    pub fn frames_of(&self, reading: &Reading) -> &[Frame] {
        self.frames.get(reading.frames as usize).map_or(&[], Vec::as_slice)
    }
}

/// The last two bytes of a word.
fn last_two(word: &str) -> Option<[u8; 2]> {
    word.as_bytes().last_chunk().copied()
}

/// The capitals that a name asks for.
fn shape_of(form: &str) -> Shape {
    let letters = || form.chars().filter(|c| c.is_alphabetic());
    if !letters().next().is_some_and(char::is_uppercase) {
        Shape::Lower
    } else if letters().count() > 1 && letters().all(char::is_uppercase) {
        Shape::Upper
    } else {
        Shape::Title
    }
}

#[derive(Default)]
struct Scratch {
    /// The languages of what is read.
    of: u32,
    /// Readings with their places in the tree.
    readings: Vec<(u32, Reading)>,
    tokens: Vec<Token>,
    low: String,
}
