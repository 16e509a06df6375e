//! What the filters ask of a line.

use crate::model::Kind;
use crate::text::script::{self, Script};
use crate::text::words::Dictionary;

/// A mark that ends a sentence, in any script.
const ENDS: &str = ".!?…。！？．｡।॥۔؟։።፧။។៕᙮᠃᠉";
/// What may stand after it.
const CLOSES: &str = "\"'”’»›)]}）」』】》〉*_";

/// A block as a line of a text.
#[derive(Debug)]
pub(super) struct Line<'t> {
    pub(super) text: &'t str,
    pub(super) kind: Kind,
    /// Its words, those of scripts without blanks by dictionary.
    pub(super) words: Vec<&'t str>,
    /// How many of them hold a letter.
    pub(super) with_letters: usize,
    /// Whether it ends as a sentence does.
    pub(super) ends: bool,
    /// Whether its script has marks that end sentences. Thai and Lao have none.
    pub(super) has_ends: bool,
    /// Whether its script is written without blanks between words.
    pub(super) unspaced: bool,
}

impl<'t> Line<'t> {
    pub(super) fn of(text: &'t str, kind: Kind, dictionary: &Dictionary) -> Self {
        let words: Vec<&str> = dictionary.words(text, 0).map(|(_, word)| word).collect();
        let with_letters = words.iter().filter(|word| word.chars().any(char::is_alphabetic)).count();
        let scripts = script::census(text);
        let main = scripts.first().map(|(script, _)| *script);
        Self {
            text,
            kind,
            words,
            with_letters,
            ends: text
                .trim_end_matches(|c: char| c.is_whitespace() || CLOSES.contains(c))
                .ends_with(|c| ENDS.contains(c)),
            has_ends: !matches!(main, Some(Script::Thai | Script::Lao)),
            unspaced: main.is_some_and(script::is_unspaced),
        }
    }

    /// Whether it is running text, of which the form of sentences may be asked.
    pub(super) fn is_prose(&self) -> bool {
        matches!(self.kind, Kind::Paragraph | Kind::Quote | Kind::ListItem)
    }

    /// Whether it ends with an ellipsis.
    pub(super) fn trails_off(&self) -> bool {
        self.text.trim_end().ends_with("...") || self.text.trim_end().ends_with('…')
    }
}
