//! The reader addressed as a friend here, politely there.

use super::scan::Word;
use super::setting::Setting;
use super::sink::Sink;
use super::uses::Uses;
use crate::model::{Message, Severity};
use crate::rules::proof::Habits;
use crate::text::Span;

const RULE: &str = "address.mixed";

/// Fewer words of address tell nothing.
const FEWEST: usize = 3;
/// So long is a word of address at most, in characters.
const LONGEST: usize = 12;

/// Quotations are no deeper.
const DEEPEST: usize = 64;
/// What `-vous` after it makes another word.
const COMPOUNDS: [&str; 4] = ["rendez", "Rendez", "garde", "chez"];

/// Counts words of address outside of speech.
#[derive(Debug, Default)]
pub(super) struct Addresses<'r> {
    uses: [Uses; 2],
    habits: Option<&'r Habits>,
    // The marks that opened the quotations which are not closed yet.
    quotes: Vec<char>,
    is_speech: bool,
}

impl<'r> Addresses<'r> {
    /// A new passage; one that begins with a dash is somebody's speech.
    pub(super) fn restart(&mut self, passage: &str) {
        self.quotes.clear();
        self.is_speech = passage.trim_start().starts_with(['—', '–', '―', '-', '>']);
    }

    /// Looks at the mark `c`.
    #[inline]
    pub(super) fn mark(&mut self, c: char, setting: &Setting<'_>) {
        if setting.habits.address.is_empty() {
            return;
        }
        match c {
            '«' | '„' | '‹' | '「' | '『' | '《' => self.open(c),
            '»' | '›' | '」' | '』' | '》' | '”' => _ = self.quotes.pop(),
            // These close what the same mark, or a low one, has opened, and else open.
            '"' | '“' | '‟'
                if self.quotes.pop_if(|open| c == '"' && *open == '"' || c == '“' && *open == '„').is_none() =>
            {
                self.open(c);
            }
            _ => {}
        }
    }

    fn open(&mut self, c: char) {
        if self.quotes.len() < DEEPEST {
            self.quotes.push(c);
        }
    }

    /// Looks at a word; `first` is that of a sentence.
    #[inline]
    pub(super) fn word(&mut self, text: &str, word: &Word<'_>, first: bool, setting: &Setting<'r>) {
        let habits = setting.habits;
        if habits.address.is_empty() || self.is_speech || !self.quotes.is_empty() || setting.is_code {
            return;
        }
        if setting.is_cjk {
            for (at, c) in word.text.char_indices() {
                let end = at + c.len_utf8();
                // What is said to many has no polite form.
                let is_plural = word.text.get(end..).is_some_and(|rest| rest.starts_with(['们', '們']));
                if !is_plural && let Some(form) = habits.address.get(c.encode_utf8(&mut [0; 4])) {
                    self.add(form.is_polite, Span::new(at, end).shifted(word.span.start()), text, habits);
                }
            }
            return;
        }
        if word.chars > LONGEST || word.capitals > 1 {
            return;
        }
        let Some(form) = habits.address.get(word.text) else { return };
        let opens = || {
            let head = text.get(..word.span.start()).unwrap_or_default().trim_end();
            first || head.ends_with(['.', ':', '!', '?', '…', '–', '—', '•', '*', '(', '|'])
        };
        if form.is_capital && opens() || is_name(text, word, first) {
            return;
        }
        self.add(form.is_polite, word.span, text, habits);
    }

    fn add(&mut self, is_polite: bool, span: Span, text: &str, habits: &'r Habits) {
        // The words are those of one language: the first that has any.
        if !std::ptr::eq(*self.habits.get_or_insert(habits), habits) {
            return;
        }
        let [familiar, polite] = &mut self.uses;
        if is_polite { polite } else { familiar }.add(text, span);
    }

    /// Gives a finding at the first use of the rarer form.
    pub(super) fn finish(self, sink: &mut Sink) {
        let [familiar, polite] = self.uses;
        if familiar.count == 0 || polite.count == 0 || familiar.count + polite.count < FEWEST {
            return;
        }
        let rare = if polite.count < familiar.count { &polite } else { &familiar };
        sink.push(RULE, Severity::Note, rare.first, || {
            let message = Message::new(RULE).with(&familiar.text).with(familiar.count);
            let message = message.with(&polite.text).with(polite.count);
            (message, Vec::new())
        });
    }
}

/// Whether a word is a part of something else: of a compound (`rendez-vous`), of a foreign name (`Cirque du Soleil`), of an amount (`20 u.`), of
/// `अपने आप`, by itself.
fn is_name(text: &str, word: &Word<'_>, first: bool) -> bool {
    let head = text.get(..word.span.start()).unwrap_or_default();
    let tail = text.get(word.span.end()..).unwrap_or_default();
    let last = last_word(head);
    let joined = match head.chars().next_back() {
        // `avez-vous` is no compound.
        Some('-') => COMPOUNDS.contains(&last.trim_end_matches('-')),
        before => before.is_some_and(|c| matches!(c, '\u{2010}' | '\u{2011}' | '@' | '/' | '.')),
    };
    let dotted = tail.strip_prefix('.').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let in_name = !word.capitalised
        && !first
        && capital(last)
        && last.ends_with(char::is_alphabetic)
        && capital(tail.trim_start());
    let amount = last.ends_with(char::is_numeric);
    joined || dotted || tail.starts_with(['-', '@', '/']) || in_name || amount || matches!(last, "अपने" | "अपनी")
}

/// The last characters of a text before which a blank stands, blanks at its end apart; not more of them than a word of address has.
fn last_word(head: &str) -> &str {
    let head = head.trim_end();
    let letters = head.char_indices().rev().take(LONGEST).take_while(|(_, c)| !c.is_whitespace());
    letters.last().and_then(|(at, _)| head.get(at..)).unwrap_or_default()
}
