//! Analysers: words by UAX #29 or by dictionary, small letters, stems by language, letters without diacritics.

use tantivy::Index;
use tantivy::tokenizer::{Language, RawTokenizer, Stemmer, TextAnalyzer, Token, TokenStream, Tokenizer};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::letters::{LETTERS, Letters};
use crate::feed::analyser::ANALYSERS;
use crate::text::Span;
use crate::text::words::{Dictionary, words};

/// Gives an index the analysers that the schema of the tantivy feed names.
pub fn register(index: &Index) {
    for analyser in &ANALYSERS {
        let stemmed = analyser_of(analyser.snowball.and_then(language));
        for suffix in ["stem", "words"] {
            index.tokenizers().register(&format!("{}_{suffix}", analyser.code), stemmed.clone());
        }
    }
    index.tokenizers().register("default", analyser_of(None));
    index.tokenizers().register(LETTERS, Letters);
}

fn analyser_of(language: Option<Language>) -> TextAnalyzer {
    let stems = language.map(|language| {
        let one = TextAnalyzer::builder(RawTokenizer::default());
        one.filter(Stemmer::new(language)).build()
    });
    TextAnalyzer::builder(Words { dictionary: Dictionary::default(), stems, few: 0, met: Vec::new() }).build()
}

/// The stemmer of a Snowball algorithm that tantivy has.
fn language(snowball: &str) -> Option<Language> {
    Some(match snowball {
        "arabic" => Language::Arabic,
        "danish" => Language::Danish,
        "dutch" => Language::Dutch,
        "english" => Language::English,
        "finnish" => Language::Finnish,
        "french" => Language::French,
        "german" => Language::German,
        "greek" => Language::Greek,
        "hungarian" => Language::Hungarian,
        "italian" => Language::Italian,
        "norwegian" => Language::Norwegian,
        "portuguese" => Language::Portuguese,
        "romanian" => Language::Romanian,
        "russian" => Language::Russian,
        "spanish" => Language::Spanish,
        "swedish" => Language::Swedish,
        "tamil" => Language::Tamil,
        "turkish" => Language::Turkish,
        _ => return None,
    })
}

/// How many words are remembered with what they are in the index: most words of a text are a few.
const MET: usize = 4096;
/// From so many words on they are: a query, which is read as of every language, has fewer.
const FEW: usize = 256;
/// Bytes of a word that is remembered.
const REMEMBERED: usize = 48;

/// Words in small letters, in compatibility forms (NFKC), `ё` as `е`, with their stems, without diacritics.
#[derive(Clone)]
struct Words {
    dictionary: Dictionary,
    /// Makes the stem of one word, where the language has stems.
    stems: Option<TextAnalyzer>,
    /// How many words there were before any was remembered.
    few: usize,
    /// Words that were met, each with what it is in the index, by their hash; of two with one place the later.
    met: Vec<(Box<str>, Box<str>)>,
}

impl Words {
    /// Puts what a word is in the index into `out`.
    fn put(&mut self, word: &str, out: &mut String) {
        if word.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}')) {
            out.push_str(word);
            return;
        }
        if word.len() > REMEMBERED {
            out.push_str(&self.made(word));
            return;
        }
        if self.met.is_empty() {
            self.few += 1;
            if self.few < FEW {
                out.push_str(&self.made(word));
                return;
            }
            self.met.resize_with(MET, Default::default);
        }
        let place = xxhash_rust::xxh3::xxh3_64(word.as_bytes()) as usize % MET;
        if let Some((met, made)) = self.met.get(place)
            && **met == *word
        {
            out.push_str(made);
            return;
        }
        let made = self.made(word);
        out.push_str(&made);
        if let Some(slot) = self.met.get_mut(place) {
            *slot = (word.into(), made.into());
        }
    }

    fn made(&mut self, word: &str) -> String {
        let mut small = small(word);
        if let Some(stems) = &mut self.stems {
            let mut stem = String::new();
            stems.token_stream(&small).process(&mut |token| stem.push_str(&token.text));
            small = stem;
        }
        // Diacritics of Latin and Greek letters go; those of other scripts tell words apart.
        if small.contains(is_accented) { bare(&small) } else { small }
    }
}

fn small(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let lower = word.nfkc().flat_map(char::to_lowercase);
    lower.map(|c| if c == 'ё' { 'е' } else { c }).collect()
}

impl Tokenizer for Words {
    type TokenStream<'a> = Found<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Found<'a> {
        let token = Token { position: usize::MAX, ..Token::default() };
        Found { words: self, rest: text, base: 0, line: Box::new(std::iter::empty()), token }
    }
}

/// Letters of scripts that are written without blanks.
const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

/// The tokens of a text.
struct Found<'a> {
    words: &'a mut Words,
    /// What comes after the line.
    rest: &'a str,
    /// Where that begins.
    base: usize,
    /// The words of the line that have not been given. Lines by themselves: whether a text is Chinese or Japanese is asked of each.
    line: Box<dyn Iterator<Item = (Span, &'a str)> + 'a>,
    token: Token,
}

impl TokenStream for Found<'_> {
    fn advance(&mut self) -> bool {
        loop {
            if let Some((span, word)) = self.line.next() {
                let token = &mut self.token;
                token.text.clear();
                self.words.put(word, &mut token.text);
                (token.offset_from, token.offset_to, token.position_length) =
                    (span.start(), span.start() + word.len(), 1);
                token.position = token.position.wrapping_add(1);
                return true;
            }
            if self.rest.is_empty() {
                return false;
            }
            let end = memchr::memchr(b'\n', self.rest.as_bytes()).map_or(self.rest.len(), |at| at + 1);
            let (line, rest) = self.rest.split_at(end);
            self.line = if line.contains(is_unspaced) {
                Box::new(self.words.dictionary.words(line, self.base))
            } else {
                Box::new(words(line, self.base))
            };
            (self.rest, self.base) = (rest, self.base + end);
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// Letters of Latin and Greek that may have a diacritic.
const fn is_accented(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{3ff}' | '\u{1e00}'..='\u{1fff}')
}

fn bare(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            'ß' => out.push_str("ss"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' => out.push('d'),
            'ı' => out.push('i'),
            c if is_accented(c) => out.extend(c.to_string().nfd().filter(|c| !is_combining_mark(*c))),
            c => out.push(c),
        }
    }
    out
}
