//! Runs of letters of a script that is not at home.

use crate::text::script::{self, Script};
use crate::text::{Span, words};

/// Letters of one foreign family of scripts with nothing between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) span: Span,
    pub(super) family: Script,
}

/// Scripts that are written together count as one.
pub(super) fn family(script: Script) -> Script {
    match script {
        Script::Hiragana | Script::Katakana | Script::Bopomofo => Script::Han,
        other => other,
    }
}

/// The scripts that a text is at home in.
#[derive(Debug)]
pub(super) struct Home {
    /// Its main script.
    pub(super) family: Script,
    /// Whether kana are at home among Han characters.
    kana: bool,
    /// Whether Han characters are at home among Hangul.
    korean: bool,
    /// First bytes of characters that are surely at home or no letters.
    passed: [bool; 256],
}

impl Home {
    pub(super) fn new(main: Script, language: &str) -> Self {
        let family = family(main);
        let kana = language != "zh" && language != "yue";
        let korean = family == Script::Hangul;
        let passed = std::array::from_fn(|byte| match byte {
            0..=0x7f => family == Script::Latin || !(byte as u8).is_ascii_alphabetic(),
            // Continuation bytes, Latin-1 signs, General Punctuation and symbols.
            0x80..=0xbf | 0xc2 | 0xe2 => true,
            0xc3..=0xcd => family == Script::Latin,
            0xd0..=0xd3 => family == Script::Cyrillic,
            0xe3 => family == Script::Han && kana,
            0xe4..=0xe9 => family == Script::Han,
            // Hangul syllables; U+A000 to U+ABFF begin with 0xea too.
            0xeb | 0xec => korean,
            0xd8..=0xda => family == Script::Arabic,
            _ => false,
        });
        Self { family, kana, korean, passed }
    }

    /// The family of a letter that is not at home.
    #[inline]
    fn foreign(&self, c: char) -> Option<Script> {
        let script = script::of(c);
        if script::is_neutral(script) {
            return None;
        }
        let family = family(script);
        if family != self.family {
            return (!(self.korean && family == Script::Han)).then_some(family);
        }
        (!self.kana && family == Script::Han && matches!(script, Script::Hiragana | Script::Katakana))
            .then_some(Script::Hiragana)
    }

    /// Whether this is a letter of the surrounding text.
    pub(super) fn is_home(&self, c: char) -> bool {
        !script::is_neutral(script::of(c)) && self.foreign(c).is_none()
    }

    /// Where the next character from `at` that may not be at home begins.
    fn next(&self, text: &str, at: usize) -> Option<usize> {
        let rest = text.as_bytes().get(at..)?;
        let found = match self.family {
            Script::Latin => first(rest, |b| matches!(b, 0xce..=0xe1 | 0xe3..)),
            Script::Cyrillic => first(rest, |b| is_letter(b) || matches!(b, 0xc3..=0xcf | 0xd4..=0xe1 | 0xe3..)),
            _ => rest.iter().position(|byte| !self.passed.get(usize::from(*byte)).copied().unwrap_or(true)),
        };
        found.map(|i| at + i)
    }
}

#[inline]
const fn is_letter(byte: u8) -> bool {
    (byte | 0x20).wrapping_sub(b'a') < 26
}

/// The first byte that `wanted` holds for; whole blocks are looked through at once.
#[inline]
fn first(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> Option<usize> {
    const BLOCK: usize = 32;
    let mut at = 0;
    for block in bytes.chunks(BLOCK) {
        if block.iter().fold(false, |any, byte| any | wanted(*byte)) {
            return block.iter().position(|byte| wanted(*byte)).map(|i| at + i);
        }
        at += BLOCK;
    }
    None
}

/// The runs of foreign letters in `span` of `text`, in order.
pub(super) fn runs(text: &str, span: Span, home: &Home) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    let body = span.of(text);
    if home.family == Script::Latin && body.is_ascii() {
        return out;
    }
    let mut at = 0;
    while let Some(start) = home.next(body, at) {
        let mut rest = body.get(start..).unwrap_or_default().char_indices();
        let Some((_, first)) = rest.next() else { break };
        let Some(family) = home.foreign(first) else {
            at = start + first.len_utf8();
            continue;
        };
        let end = rest
            .find(|&(_, c)| !(home.foreign(c) == Some(family) || is_inside(c)))
            .map_or(body.len(), |(i, _)| start + i);
        out.push(Run { span: Span::new(span.start() + start, span.start() + end), family });
        at = end;
    }
    out
}

/// Marks and joiners that do not end a run.
fn is_inside(c: char) -> bool {
    matches!(c, 'ー' | '々' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
        || (!c.is_ascii() && !c.is_alphanumeric() && words::is_word(c))
}

#[cfg(test)]
mod tests {
    use super::{Home, runs};
    use crate::text::Span;
    use crate::text::script::Script;

    fn found<'t>(text: &'t str, script: Script, language: &str) -> Vec<&'t str> {
        let home = Home::new(script, language);
        runs(text, Span::new(0, text.len()), &home).iter().map(|r| r.span.of(text)).collect()
    }

    #[test]
    fn what_is_not_at_home_is_seen() {
        assert_eq!(found("в области法律合规 в Web3.0", Script::Cyrillic, "ru"), ["法律合规", "Web"]);
        assert_eq!(found("naïve — „tschüß“ дом ที่นี่", Script::Latin, "de"), ["дом", "ที่นี่"]);
        assert_eq!(found("これは東京です API", Script::Han, "ja"), ["API"]);
        assert_eq!(found("这是のは法律", Script::Han, "zh"), ["のは"]);
        assert_eq!(found("대한민국(大韓民國) 정부 что", Script::Hangul, "ko"), ["что"]);
        assert_eq!(found("plain words", Script::Latin, "en"), [""; 0]);
    }
}
