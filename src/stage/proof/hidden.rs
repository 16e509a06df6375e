//! Characters that show nothing and change what a text is or looks like.

use super::scan::{self};
use super::setting::{Setting, after, before};
use super::sink::Sink;
use crate::model::{Message, Severity};
use crate::text::Span;
use crate::text::script::{self, Script};

const RULE: &str = "character.hidden";

/// Finds hidden characters, and counts soft hyphens.
#[derive(Debug, Default)]
pub(super) struct Hidden {
    until: usize,
    soft: Option<usize>,
    soft_count: usize,
}

impl Hidden {
    /// Looks at the mark `c` at `at`.
    #[inline]
    pub(super) fn mark(&mut self, text: &str, c: char, at: usize, setting: &Setting<'_>, sink: &mut Sink) {
        if !c.is_ascii() && is_hidden(c) && at >= self.until {
            self.hidden(text, c, at, setting, sink);
        }
    }

    #[cold]
    fn hidden(&mut self, text: &str, c: char, at: usize, setting: &Setting<'_>, sink: &mut Sink) {
        if c == '\u{ad}' {
            self.soft.get_or_insert(at);
            self.soft_count += 1;
            return;
        }
        let len: usize =
            text.get(at..).unwrap_or_default().chars().take_while(|&other| other == c).map(char::len_utf8).sum();
        let span = Span::new(at, at + len);
        self.until = span.end();
        if is_needed(text, c, span, setting) {
            return;
        }
        let is_control = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}');
        // Beside a blank it parts or joins nothing.
        let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        if !is_control && (is_blank(before(text, at)) || is_blank(after(text, span.end()))) {
            return;
        }
        let severity = if is_control { Severity::Error } else { Severity::Warning };
        sink.push(RULE, severity, span, || {
            let code = format!("{:04X}", u32::from(c));
            let message = match name(c) {
                Some(name) => Message::new("hidden.character").name(name, "").with(code),
                None => Message::new("hidden.any").with(code),
            };
            (message, vec![String::new()])
        });
    }

    /// Gives one finding for all soft hyphens.
    pub(super) fn finish(self, sink: &mut Sink) {
        if let Some(at) = self.soft {
            sink.push(RULE, Severity::Note, Span::new(at, at + 2), || {
                (Message::new("hidden.soft").with(self.soft_count), vec![String::new()])
            });
        }
    }
}

#[inline]
const fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
        | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{e0000}'..='\u{e007f}')
}

/// Whether the scripts around need the character.
fn is_needed(text: &str, c: char, span: Span, setting: &Setting<'_>) -> bool {
    let (head, tail) = (before(text, span.start()), after(text, span.end()));
    let near = |wanted: fn(Script) -> bool| [head, tail].into_iter().flatten().any(|c| wanted(script::of(c)));
    match c {
        '\u{200b}' | '\u{2060}' => near(breaks_by_hand) || setting.alphabet == scan::UNSPACED,
        '\u{200c}' => near(joins),
        '\u{200d}' => near(joins) || head.is_some_and(is_pictograph) || tail.is_some_and(is_pictograph),
        // Marks of direction are at home where some of the text runs from right to left.
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202c}' | '\u{2066}'..='\u{2069}' => {
            setting.alphabet == scan::OTHER && has_rtl(text, span)
        }
        '\u{e0000}'..='\u{e007f}' => head.is_some_and(is_pictograph),
        '\u{1160}' | '\u{115f}' => near(|script| script == Script::Hangul),
        _ => false,
    }
}

/// Scripts whose words are parted by a blank of no width, or whose lines break at one.
fn breaks_by_hand(script: Script) -> bool {
    matches!(
        script,
        Script::Thai
            | Script::Lao
            | Script::Khmer
            | Script::Myanmar
            | Script::Tibetan
            | Script::Javanese
            | Script::Balinese
            | Script::Tai_Tham
            | Script::New_Tai_Lue
            | Script::Han
            | Script::Hiragana
            | Script::Katakana
    )
}

/// Scripts whose letters join, or do not, by a character between them.
fn joins(script: Script) -> bool {
    !matches!(
        script,
        Script::Latin
            | Script::Cyrillic
            | Script::Greek
            | Script::Han
            | Script::Hiragana
            | Script::Katakana
            | Script::Hangul
            | Script::Armenian
            | Script::Georgian
            | Script::Hebrew
            | Script::Thai
            | Script::Lao
            | Script::Common
            | Script::Inherited
            | Script::Unknown
    )
}

fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27bf}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}' | '\u{2190}'..='\u{21ff}' | '\u{2b00}'..='\u{2bff}' | '\u{e0020}'..='\u{e007f}')
}

/// Whether a letter that runs from right to left stands within a line's length.
fn has_rtl(text: &str, span: Span) -> bool {
    const NEAR: usize = 60;
    let is_rtl = |c: char| {
        matches!(
            script::of(c),
            Script::Hebrew | Script::Arabic | Script::Syriac | Script::Thaana | Script::Nko | Script::Adlam
        )
    };
    let head = text.get(..span.start()).unwrap_or_default();
    let tail = text.get(span.end()..).unwrap_or_default();
    head.chars().rev().take(NEAR).any(is_rtl) || tail.chars().take(NEAR).any(is_rtl)
}

/// The key of a character's name.
const fn name(c: char) -> Option<&'static str> {
    match c {
        '\u{200b}' => Some("hidden.space"),
        '\u{200c}' => Some("hidden.non-joiner"),
        '\u{200d}' => Some("hidden.joiner"),
        '\u{2060}' => Some("hidden.word-joiner"),
        '\u{feff}' => Some("hidden.bom"),
        '\u{200e}' | '\u{200f}' => Some("hidden.mark"),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some("hidden.direction"),
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => Some("hidden.filler"),
        '\u{e0000}'..='\u{e007f}' => Some("hidden.tag"),
        _ => None,
    }
}
