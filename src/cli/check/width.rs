//! How wide text is on a terminal, and how it is shown there.

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use crate::cli::log;
use crate::text::script::{self, Script};

/// Columns between tab stops.
const TAB: usize = 4;

/// What stands in a line, piece by piece: grapheme clusters (UAX #29) as they are shown, each with its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its first byte in the line.
    pub(super) at: usize,
    /// Its bytes.
    pub(super) len: usize,
    /// What is shown.
    pub(super) shown: String,
    /// How many columns that takes: of wide characters two (UAX #11), of a cluster with its marks or of an emoji sequence what it is drawn in.
    pub(super) width: usize,
}

/// The pieces of a line. Control characters and those that change the direction of text are shown as `\u{…}`, tabs as blanks. Joiners and other
/// characters that show nothing are left alone where they do their work, inside a cluster or between letters, and shown within `from..to`, where they may
/// be what is meant.
pub(super) fn pieces(line: &str, from: usize, to: usize) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut column = 0;
    for (at, cluster) in line.grapheme_indices(true) {
        let is_meant = at < to && at + cluster.len() > from;
        let shown = if cluster == "\t" { " ".repeat(TAB - column % TAB) } else { shown(cluster, is_meant) };
        let width = shown.width();
        out.push(Piece { at, len: cluster.len(), shown, width });
        column += width;
    }
    out
}

fn shown(cluster: &str, is_meant: bool) -> String {
    let joins = |c: char| matches!(c, '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}');
    let is_emoji = cluster.chars().any(|c| u32::from(c) >= 0x1f000);
    let mut out = String::new();
    for c in cluster.chars() {
        if joins(c) && (is_emoji || !is_meant) {
            out.push(c);
        } else if joins(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push_str(&log::safe(c.encode_utf8(&mut [0; 4])));
        }
    }
    // A mark without its letter would stand on the frame.
    if out.width() == 0 && !out.is_empty() && !cluster.chars().all(joins) {
        out.insert(0, '\u{25cc}');
    }
    out
}

/// Whether a line holds letters that are written from right to left: a terminal may set them in another order than they come.
pub(super) fn runs_backwards(line: &str) -> bool {
    !line.is_ascii()
        && line.chars().any(|c| {
            matches!(
                script::of(c),
                Script::Hebrew | Script::Arabic | Script::Syriac | Script::Thaana | Script::Nko | Script::Adlam
            ) || matches!(c, '\u{7c0}'..='\u{85f}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
        })
}

#[cfg(test)]
mod tests {
    use super::{pieces, runs_backwards};

    fn width(text: &str) -> usize {
        pieces(text, 0, 0).iter().map(|piece| piece.width).sum()
    }

    #[test]
    fn columns_are_those_of_a_terminal() {
        assert_eq!(width("области"), 7);
        assert_eq!(width("法律合规"), 8);
        // Full and half width, a letter with its marks, Hangul of parts, an emoji with its joiners, a flag.
        assert_eq!(width("Ａｱ"), 3);
        assert_eq!(width("e\u{301}\u{323}x"), 2);
        assert_eq!(width("\u{1112}\u{1161}\u{11ab}"), 2);
        assert_eq!(width("👩\u{200d}👩\u{200d}👧🇨🇳"), 4);
        assert_eq!(width("a\tb\tc"), 9);
        assert_eq!(width("หน้า"), 3);
    }

    #[test]
    fn what_could_move_a_terminal_is_shown() {
        let all: String = pieces("a\u{1b}[31m\u{202e}б\u{9b}", 0, 0).into_iter().map(|piece| piece.shown).collect();
        assert_eq!(all, "a\\u{1b}[31m\\u{202e}б\\u{9b}");
        let hidden = "ко\u{200b}т";
        let shown = |from, to| pieces(hidden, from, to).into_iter().map(|piece| piece.shown).collect::<String>();
        assert_eq!(shown(0, 0), hidden);
        assert_eq!(shown(4, 7), "ко\\u{200b}т");
    }

    #[test]
    fn a_mark_alone_stands_on_a_circle() {
        assert_eq!(pieces("\u{301}a", 0, 0).first().map(|p| (p.shown.as_str(), p.width)), Some(("\u{25cc}\u{301}", 1)));
    }

    #[test]
    fn letters_from_right_to_left_are_known() {
        assert!(runs_backwards("он сказал שלום") && runs_backwards("مرحبا"));
        assert!(!runs_backwards("法律合规 в области"));
    }
}
