//! A passage as the grammars see it: tokens with what they may be, and the drafts of mentions that were found so far.

use crate::model::EntityType;
use crate::rules::entity::inflect::Tags;
use crate::rules::entity::token::{Kind, Shape, Token, hash, tokens};
use crate::rules::entity::{Class, Lexicon, Options, Reading};
use crate::text::Span;

/// A mention before it is settled and grouped.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) span: Span,
    pub(super) kind: EntityType,
    pub(super) rule: &'static str,
    pub(super) confidence: f32,
    /// The name in the nominative.
    pub(super) name: String,
    /// Its entry in the gazetteer.
    pub(super) known: Option<u32>,
    /// Whether it is a name, set apart by capitals or quotes, and not a description.
    pub(super) title: bool,
    /// The passage it stands in.
    pub(super) passage: usize,
    /// Whether it is written in Cyrillic inflected letters.
    pub(super) inflected: bool,
}

/// What is known of a token beside itself.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Note {
    /// Its place in the lexicon.
    node: u32,
    /// The classes of the rows of words that begin with it.
    classes: u64,
    /// The number of its sentence in the passage.
    pub(super) sentence: u32,
    /// Whether it is the first word of a sentence or of a quotation, where a capital says nothing.
    pub(super) begins: bool,
    /// Whether it lies in a mention of a person.
    pub(super) person: bool,
    /// Whether it lies in a mention of a place.
    pub(super) place: bool,
    /// Whether it lies in a mention of a body, law, organization.
    pub(super) name: bool,
    /// One more than the token that closes the quotation which opens here; 0 where none does.
    pub(super) close: u32,
    /// Whether it stands in a short quotation that begins with a small letter.
    pub(super) scare: bool,
    /// Whether it stands in a quotation.
    pub(super) quoted: bool,
}

/// What is known of a token that is not there.
const NOTHING: Note = Note {
    node: 0,
    classes: 0,
    sentence: 0,
    begins: false,
    person: false,
    place: false,
    name: false,
    close: 0,
    scare: false,
    quoted: false,
};

/// Buffers that are kept from passage to passage.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    tokens: Vec<Token>,
    low: String,
    notes: Vec<Note>,
}

/// A passage of a language with a lexicon.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) notes: &'a mut [Note],
    pub(super) lexicon: &'a Lexicon,
    /// The bit of its language in the readings of the lexicon.
    language: u32,
    pub(super) passage: usize,
    /// Whether a word with a capital stands in it.
    pub(super) capitals: bool,
    /// Whether a number stands in it, in digits or in letters.
    pub(super) amounts: bool,
    /// The classes of all its words.
    classes: u64,
    /// Whether it is German, where every noun has a capital.
    pub(super) german: bool,
    low: &'a str,
}

/// How many tokens a quotation may have to be a name.
const QUOTED: usize = 24;

impl Buffers {
    /// Cuts the passage at `span` into tokens.
    pub(super) fn line<'a>(
        &'a mut self,
        text: &'a str,
        span: Span,
        sentences: &[Span],
        (lexicon, language): (&'a Lexicon, u32),
        passage: usize,
    ) -> Line<'a> {
        tokens(span.of(text), span.start(), &mut self.tokens, &mut self.low);
        self.notes.clear();
        let mut number = 0;
        let mut begins = true;
        let mut all = 0;
        let (mut capitals, mut amounts, mut quotes) = (false, false, false);
        for token in &self.tokens {
            while sentences.get(number + 1).is_some_and(|next| next.start() <= token.span.start()) {
                number += 1;
                begins = true;
            }
            let mut note = Note { sentence: number as u32, begins, ..NOTHING };
            match token.kind {
                Kind::Word => {
                    note.node = lexicon.node(token.hash);
                    note.classes = lexicon.classes(note.node);
                    all |= note.classes;
                    capitals |= token.shape != Shape::Lower;
                    begins = false;
                }
                Kind::Number => {
                    amounts = true;
                    begins = false;
                }
                Kind::Unspaced => begins = false,
                Kind::Mark => match token.mark {
                    '«' | '“' | '„' | '"' => (begins, quotes) = (true, true),
                    ':' | '…' | '•' | '—' | '–' => begins = true,
                    _ => {}
                },
            }
            self.notes.push(note);
        }
        amounts |= all & (Class::Magnitude.bit() | Class::Numeral.bit()) != 0;
        let mut line = Line {
            text,
            tokens: &self.tokens,
            notes: &mut self.notes,
            lexicon,
            language,
            passage,
            capitals,
            amounts,
            classes: all,
            german: false,
            low: &self.low,
        };
        if quotes {
            line.pair_quotes();
        }
        line
    }

    /// Whether the passage has letters of a script without blanks, and from where to where.
    pub(super) fn unspaced(&self) -> Option<Span> {
        let mut found = self.tokens.iter().filter(|t| t.kind == Kind::Unspaced).map(|t| t.span);
        let first = found.next()?;
        Some(found.next_back().map_or(first, |last| first.hull(last)))
    }
}

impl<'a> Line<'a> {
    fn pair_quotes(&mut self) {
        let mut open: Option<(usize, char)> = None;
        for index in 0..self.tokens.len() {
            let c = self.mark(index);
            let wanted = match c {
                '«' => '»',
                '“' => '”',
                '„' => '“',
                '"' => '"',
                _ => '\0',
            };
            match open {
                Some((first, end)) if c == end && index > first + 1 => {
                    let small =
                        self.tokens.get(first + 1).is_some_and(|t| t.shape == Shape::Lower && t.kind == Kind::Word);
                    if let Some(note) = self.notes.get_mut(first) {
                        note.close = index as u32 + 1;
                    }
                    for note in self.notes.get_mut(first + 1..index).unwrap_or_default() {
                        note.scare = small;
                        note.quoted = true;
                    }
                    open = None;
                }
                Some((first, _)) if index > first + QUOTED => open = None,
                None if wanted != '\0' => open = Some((index, wanted)),
                _ => {}
            }
        }
    }

    /// Whether a word of the line may be of one of these classes.
    pub(super) fn has(&self, classes: &[Class]) -> bool {
        classes.iter().any(|class| self.classes & class.bit() != 0)
    }

    /// The token at `i`.
    pub(super) fn token(&self, i: usize) -> Option<&'a Token> {
        self.tokens.get(i)
    }

    /// The lower-cased letters of the token at `i`.
    pub(super) fn low(&self, i: usize) -> &'a str {
        self.tokens.get(i).and_then(|t| self.low.get(t.low.0 as usize..t.low.1 as usize)).unwrap_or_default()
    }

    /// The token at `i` as it is written.
    pub(super) fn word(&self, i: usize) -> &'a str {
        self.tokens.get(i).map_or("", |t| t.span.of(self.text))
    }

    /// The token at `i`, where it is one character that is no letter or digit.
    pub(super) fn mark(&self, i: usize) -> char {
        self.tokens.get(i).map_or('\0', |t| t.mark)
    }

    /// What is known of the token at `i`.
    #[inline]
    pub(super) fn note(&self, i: usize) -> &Note {
        self.notes.get(i).unwrap_or(const { &NOTHING })
    }

    /// Whether a word stands at `i`.
    pub(super) fn is_word(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.kind == Kind::Word)
    }

    /// Whether a number stands at `i`.
    pub(super) fn is_number(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.kind == Kind::Number)
    }

    /// Whether a word with a capital stands at `i`.
    pub(super) fn is_capital(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.kind == Kind::Word && t.shape != Shape::Lower)
    }

    /// Whether the capital of the word at `i` is its own and not that of the sentence.
    pub(super) fn is_proper(&self, i: usize) -> bool {
        self.is_capital(i) && !self.note(i).begins
    }

    /// Whether the word at `i` is in capitals.
    pub(super) fn is_upper(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.shape == Shape::Upper)
    }

    /// What the word at `i` alone may be.
    pub(super) fn readings(&self, i: usize) -> impl Iterator<Item = &'a Reading> {
        let language = self.language;
        self.lexicon.at(self.note(i).node).iter().filter(move |r| r.languages & language != 0)
    }

    /// Whether nothing is known of the word at `i` alone.
    pub(super) fn is_unknown(&self, i: usize) -> bool {
        self.readings(i).next().is_none()
    }

    /// Whether no list has the word at `i` as a name of persons.
    pub(super) fn is_unnamed(&self, i: usize) -> bool {
        !self.is(i, Class::Given) && !self.is(i, Class::Family)
    }

    /// The reading of class `class` of the word at `i` alone.
    #[inline]
    pub(super) fn reading(&self, i: usize, class: Class) -> Option<Reading> {
        if self.note(i).classes & class.bit() == 0 {
            return None;
        }
        self.readings(i).find(|r| r.class == class && self.fits(r, i)).copied()
    }

    /// Whether the word at `i` may be of class `class`.
    pub(super) fn is(&self, i: usize, class: Class) -> bool {
        self.reading(i, class).is_some()
    }

    /// The longest row of words from `i` of class `class` that has `options`.
    pub(super) fn row_with(&self, i: usize, class: Class, options: Options) -> Option<Reading> {
        if self.note(i).classes & class.bit() == 0 {
            return None;
        }
        self.lexicon.longest(self.tokens.get(i..)?, |r, row| {
            r.class == class && r.languages & self.language != 0 && r.options.has(options) && fits(r, row)
        })
    }

    /// The longest row of words from `i` of class `class`.
    #[inline]
    pub(super) fn row(&self, i: usize, class: Class) -> Option<Reading> {
        if self.note(i).classes & class.bit() == 0 {
            return None;
        }
        let begins = self.note(i).begins;
        self.lexicon.longest(self.tokens.get(i..)?, |r, row| {
            r.class == class
                && r.languages & self.language != 0
                && fits(r, row)
                && !(begins && class == Class::Place && r.options.has(Options::WEAK) && r.shape == Shape::Title)
        })
    }

    /// Whether it is in a language that writes every noun with a capital.
    pub(super) fn nouns_are_capital(&self) -> bool {
        self.german
    }

    /// The reading of class `class` of the word at `i` by its ending.
    pub(super) fn ending(&self, i: usize, class: Class) -> Option<Reading> {
        if !self.is_word(i) {
            return None;
        }
        self.lexicon.by_ending(self.low(i), class, self.language)
    }

    fn fits(&self, reading: &Reading, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| fits(reading, std::slice::from_ref(t)))
    }

    /// The word at `i` as an adjective: its stem, its cases, and the kind of the ending.
    pub(super) fn adjective(&self, i: usize) -> Option<(&'a str, Tags, &'a str)> {
        if !self.is_word(i) || self.is(i, Class::Stop) {
            return None;
        }
        self.lexicon.adjectives.of(self.low(i))
    }

    /// Whether the stem of the adjective at `i` is of class `class`.
    pub(super) fn adjective_is(&self, i: usize, class: Class) -> bool {
        self.is(i, class)
            || self
                .adjective(i)
                .is_some_and(|(stem, ..)| self.lexicon.readings(hash(stem)).iter().any(|r| r.class == class))
    }

    /// The gazetteer entry of the adjective at `i`.
    pub(super) fn adjective_place(&self, i: usize) -> Option<u32> {
        self.reading(i, Class::PlaceAdjective).map(|r| r.lemma)
    }

    /// Whether the word at `i` is `word`.
    pub(super) fn says(&self, i: usize, word: &str) -> bool {
        self.low(i) == word
    }

    /// The place of the tokens from `from` up to and without `to`.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        let start = self.tokens.get(from).map_or(0, |t| t.span.start());
        let end = to.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |t| t.span.end());
        Span::new(start, end)
    }

    /// The closing mark of the quotation that opens at `i`.
    pub(super) fn quotation(&self, i: usize) -> Option<usize> {
        (self.note(i).close as usize).checked_sub(1)
    }

    /// Whether the tokens at `i` and before it stand in one sentence, with a blank or nothing between.
    pub(super) fn same_sentence(&self, i: usize, j: usize) -> bool {
        self.note(i).sentence == self.note(j).sentence
    }

    /// Marks the tokens of a span.
    pub(super) fn mark_notes(&mut self, from: usize, to: usize, set: impl Fn(&mut Note)) {
        for note in self.notes.get_mut(from..to).unwrap_or_default() {
            set(note);
        }
    }

    /// Drafts a mention of the tokens from `from` up to and without `to`.
    pub(super) fn draft(
        &self,
        from: usize,
        to: usize,
        kind: EntityType,
        rule: &'static str,
        confidence: f32,
        name: String,
    ) -> Draft {
        let span = self.span(from, to);
        let inflected = self.tokens.get(from).is_some_and(|t| !t.latin);
        Draft { span, kind, rule, confidence, name, known: None, title: false, passage: self.passage, inflected }
    }
}

/// Whether a row of tokens has the capitals that a reading asks for.
fn fits(reading: &Reading, row: &[Token]) -> bool {
    let Some(first) = row.first() else { return false };
    if reading.len > 1 {
        return reading.shape == Shape::Lower || first.shape != Shape::Lower;
    }
    match reading.shape {
        Shape::Lower => true,
        Shape::Title => first.shape != Shape::Lower,
        Shape::Upper => first.shape == Shape::Upper,
    }
}

/// `word` with a capital.
pub(super) fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
