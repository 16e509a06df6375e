//! Analysers: words by UAX #29 or by dictionary, small letters, stems by language, letters without diacritics.

use tantivy::Index;
use tantivy::tokenizer::{Language, Stemmer, TextAnalyzer, Token, TokenFilter, TokenStream, Tokenizer};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::letters::{LETTERS, Letters};
use crate::feed::analyser::ANALYSERS;
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
    match language {
        Some(language) => TextAnalyzer::builder(Words::default()).filter(Stemmer::new(language)).filter(Bare).build(),
        None => TextAnalyzer::builder(Words::default()).filter(Bare).build(),
    }
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

/// Words in small letters, in compatibility forms (NFKC), `ё` as `е`.
#[derive(Clone, Default)]
struct Words {
    dictionary: Dictionary,
}

impl Tokenizer for Words {
    type TokenStream<'a> = Found;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Found {
        let mut tokens = Vec::with_capacity(text.len() / 6);
        // Lines by themselves: whether a text is Chinese or Japanese is asked of each.
        let mut base = 0;
        for line in text.split_inclusive('\n') {
            if line.contains(is_unspaced) {
                self.dictionary.words(line, base).for_each(|(span, word)| push(&mut tokens, span.start(), word));
            } else {
                words(line, base).for_each(|(span, word)| push(&mut tokens, span.start(), word));
            }
            base += line.len();
        }
        Found { tokens, next: 0 }
    }
}

/// Letters of scripts that are written without blanks.
const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

fn push(tokens: &mut Vec<Token>, start: usize, word: &str) {
    let text = if word.is_ascii() {
        word.to_ascii_lowercase()
    } else {
        let lower = word.nfkc().flat_map(char::to_lowercase);
        lower.map(|c| if c == 'ё' { 'е' } else { c }).collect()
    };
    let position = tokens.len();
    tokens.push(Token { offset_from: start, offset_to: start + word.len(), position, text, position_length: 1 });
}

/// The tokens of a text.
struct Found {
    tokens: Vec<Token>,
    /// Of the token after the one that is looked at.
    next: usize,
}

impl TokenStream for Found {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }

    #[expect(clippy::indexing_slicing, reason = "asked only after an advance that found a token")]
    fn token(&self) -> &Token {
        &self.tokens[self.next - 1]
    }

    #[expect(clippy::indexing_slicing, reason = "asked only after an advance that found a token")]
    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.next - 1]
    }
}

/// Takes diacritics off Latin and Greek letters; those of other scripts tell words apart.
#[derive(Clone, Copy)]
struct Bare;

impl TokenFilter for Bare {
    type Tokenizer<T: Tokenizer> = BareTokenizer<T>;

    fn transform<T: Tokenizer>(self, inner: T) -> BareTokenizer<T> {
        BareTokenizer(inner)
    }
}

#[derive(Clone)]
struct BareTokenizer<T>(T);

impl<T: Tokenizer> Tokenizer for BareTokenizer<T> {
    type TokenStream<'a> = BareStream<T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        BareStream(self.0.token_stream(text))
    }
}

struct BareStream<S>(S);

impl<S: TokenStream> TokenStream for BareStream<S> {
    fn advance(&mut self) -> bool {
        let is_there = self.0.advance();
        if is_there && self.0.token().text.contains(is_accented) {
            let token = self.0.token_mut();
            token.text = bare(&token.text);
        }
        is_there
    }

    fn token(&self) -> &Token {
        self.0.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.0.token_mut()
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
