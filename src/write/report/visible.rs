//! Text of strangers in a page: escaped, and with what cannot be seen made visible. A character that steers the direction of text, or
//! hides, is not written at all; a box with its name stands there instead.

use std::borrow::Cow;
use std::fmt::Write as _;

use maud::{Escaper, PreEscaped};

use crate::text::script::{self, Script};

/// `text` for an element of the page.
pub(super) fn shown(text: &str) -> PreEscaped<String> {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    push(&mut out, text);
    PreEscaped(out)
}

/// Appends `text` for an element of the page.
pub(super) fn push(out: &mut String, text: &str) {
    pieces(text, |piece| match piece {
        Piece::Text(text) => escape(out, text),
        Piece::Hidden(c) => {
            // In a `bdi`, so that the letters of the name do not count for `dir=auto`.
            out.push_str("<bdi class=\"hidden\" dir=\"ltr\" title=\"");
            out.push_str(&format!("U+{:04X}", u32::from(c)));
            out.push_str("\">");
            out.push_str(&name(c));
            out.push_str("</bdi>");
        }
    });
}

/// `text` for an attribute of the page, in one line; not yet escaped.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    pieces(text, |piece| match piece {
        Piece::Text(text) => out.push_str(text),
        Piece::Hidden(c) => out.extend(["[", &name(c), "]"]),
    });
    if out.contains(['\n', '\t']) { out.replace(['\n', '\t'], " ") } else { out }
}

/// Appends `text`, which holds nothing hidden, escaped for elements and quoted attributes.
pub(super) fn escape(out: &mut String, text: &str) {
    // Writing to memory does not fail.
    let _ = Escaper::new(out).write_str(text);
}

enum Piece<'t> {
    Text(&'t str),
    Hidden(char),
}

fn pieces<'t>(text: &'t str, mut take: impl FnMut(Piece<'t>)) {
    let mut from = 0;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if is_hidden(c, before) {
            let head = text.get(from..at).unwrap_or_default();
            if !head.is_empty() {
                take(Piece::Text(head));
            }
            match c {
                // A line ends at CR LF or CR too.
                '\r' if text.as_bytes().get(at + 1) == Some(&b'\n') => {}
                '\r' => take(Piece::Text("\n")),
                _ => take(Piece::Hidden(c)),
            }
            from = at + c.len_utf8();
        }
        before = c;
    }
    let tail = text.get(from..).unwrap_or_default();
    if !tail.is_empty() {
        take(Piece::Text(tail));
    }
}

/// Whether the character, after `before`, is one that readers cannot see and that changes what they do see.
fn is_hidden(c: char, before: char) -> bool {
    match c {
        '\n' | '\t' | ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{34e}' => false,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' => true,
        '\u{200c}' | '\u{200d}' => !joins(before),
        _ => {
            matches!(c,
                '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
                | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
                | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}'
                | '\u{e0000}'..='\u{e0fff}')
                || u32::from(c) & 0xFFFE == 0xFFFE
        }
    }
}

/// Whether a joiner or non-joiner after this character is a part of spelling: in Arabic and Indic scripts, and in emoji.
fn joins(before: char) -> bool {
    if before < '\u{600}' {
        return false;
    }
    !matches!(
        script::of(before),
        Script::Latin
            | Script::Greek
            | Script::Cyrillic
            | Script::Han
            | Script::Hiragana
            | Script::Katakana
            | Script::Hangul
    ) && !matches!(before, '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}')
}

/// What the box says.
fn name(c: char) -> Cow<'static, str> {
    const CONTROLS: [&str; 32] = [
        "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "TAB", "LF", "VT", "FF", "CR", "SO", "SI", "DLE",
        "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS", "GS", "RS", "US",
    ];
    if let Some(name) = CONTROLS.get(c as usize) {
        return (*name).into();
    }
    match c {
        '\u{7f}' => "DEL",
        '\u{85}' => "NEL",
        '\u{ad}' => "SHY",
        '\u{34f}' => "CGJ",
        '\u{61c}' => "ALM",
        '\u{180e}' => "MVS",
        '\u{200b}' => "ZWSP",
        '\u{200c}' => "ZWNJ",
        '\u{200d}' => "ZWJ",
        '\u{200e}' => "LRM",
        '\u{200f}' => "RLM",
        '\u{2028}' => "LS",
        '\u{2029}' => "PS",
        '\u{202a}' => "LRE",
        '\u{202b}' => "RLE",
        '\u{202c}' => "PDF",
        '\u{202d}' => "LRO",
        '\u{202e}' => "RLO",
        '\u{2060}' => "WJ",
        '\u{2066}' => "LRI",
        '\u{2067}' => "RLI",
        '\u{2068}' => "FSI",
        '\u{2069}' => "PDI",
        '\u{feff}' => "BOM",
        _ => return format!("U+{:04X}", u32::from(c)).into(),
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::{plain, shown};

    #[test]
    fn markup_of_strangers_is_text() {
        assert_eq!(shown("<b a=\"1\">&</b>").0, "&lt;b a=&quot;1&quot;&gt;&amp;&lt;/b&gt;");
    }

    #[test]
    fn what_steers_the_direction_is_a_box() {
        let page = shown("a\u{202e}b\u{0}").0;
        assert!(page.contains(">RLO</bdi>b") && page.contains(">NUL</bdi>"), "{page}");
        assert!(!page.contains(['\u{202e}', '\u{0}']));
        assert_eq!(plain("a\u{2066}b\nc"), "a[LRI]b c");
    }

    #[test]
    fn joiners_of_spelling_stay() {
        let persian = "می\u{200c}خواهم";
        assert_eq!(shown(persian).0, persian);
        assert_eq!(shown("👩\u{200d}👧").0, "👩\u{200d}👧");
        assert!(shown("pass\u{200d}word").0.contains("ZWJ"));
    }

    #[test]
    fn lines_end_in_one_way() {
        assert_eq!(shown("a\r\nb\rc\nd").0, "a\nb\nc\nd");
    }
}
