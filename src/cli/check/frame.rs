//! The line of a finding with the fragment underlined beneath it.

use super::item::Item;
use super::width::{Piece, pieces, runs_backwards};
use crate::text::Span;

/// Columns of a fragment that are underlined at most.
const LONGEST: usize = 60;
/// Bytes of a line that are looked at on either side of the fragment.
const NEAR: usize = 2048;

/// A line and its underline.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Frame {
    /// Its number.
    pub(super) number: usize,
    /// The line, cut to its surroundings.
    pub(super) line: String,
    /// How many columns stand before the underline; `None` where the line runs from right to left and the fragment is between `⟦` and `⟧`.
    pub(super) indent: Option<usize>,
    /// How many columns it has.
    pub(super) width: usize,
    /// Whether the fragment goes on in the next line.
    pub(super) goes_on: bool,
}

/// The frame of a finding in the text of its document, within `columns` columns.
pub(super) fn frame(source: &str, item: &Item, columns: usize) -> Frame {
    let (line, start, end, goes_on) = line_of(source, item.at);
    let pieces = pieces(line, start, end);
    let first = pieces.iter().position(|piece| piece.at + piece.len > start).unwrap_or(pieces.len());
    let behind = pieces.iter().position(|piece| piece.at >= end).unwrap_or(pieces.len()).max(first);
    let cut = Cut::about(&pieces, first, behind, columns);
    let number = item.finding.line;
    let text = |from: usize, to: usize| -> String {
        pieces.get(from..to).unwrap_or_default().iter().map(|piece| piece.shown.as_str()).collect()
    };
    let (head, tail) = (if cut.from > 0 { "…" } else { "" }, if cut.to < pieces.len() { "…" } else { "" });
    let last = behind.min(cut.to);
    let (before, inside, after) = (text(cut.from, first), text(first, last), text(last, cut.to));
    if runs_backwards(line) {
        let line = format!("{head}{before}⟦{inside}⟧{after}{tail}");
        return Frame { number, line, indent: None, width: 0, goes_on };
    }
    let columns_of = |from: usize, to: usize| -> usize {
        pieces.get(from..to).unwrap_or_default().iter().map(|piece| piece.width).sum()
    };
    let indent = columns_of(cut.from, first) + usize::from(cut.from > 0);
    let width = columns_of(first, last).max(1);
    let line = format!("{head}{before}{inside}{after}{tail}");
    Frame { number, line: line.trim_end().to_owned(), indent: Some(indent), width, goes_on }
}

/// The line that holds the start of `at`, the place of the fragment in it, and whether the fragment ends in a later one. Of a very long line only
/// what is near.
fn line_of(source: &str, at: Span) -> (&str, usize, usize, bool) {
    let is_end = |c: char| matches!(c, '\n' | '\r');
    let mut from = at.start().saturating_sub(NEAR);
    while !source.is_char_boundary(from) {
        from -= 1;
    }
    let mut to = (at.end() + NEAR).min(source.len());
    while !source.is_char_boundary(to) {
        to += 1;
    }
    let before = source.get(from..at.start()).unwrap_or_default();
    let begin = before.rfind(is_end).map_or(from, |end| from + end + 1);
    let rest = source.get(at.start()..to).unwrap_or_default();
    let end = rest.find(is_end).map_or(to, |end| at.start() + end);
    let line = source.get(begin..end).unwrap_or_default();
    (line, at.start() - begin, at.end().min(end) - begin, at.end() > end)
}

/// Which pieces are shown.
struct Cut {
    from: usize,
    to: usize,
}

impl Cut {
    /// As many pieces about `first..behind` as `columns` hold: the fragment, and the rest shared by both sides.
    fn about(pieces: &[Piece], first: usize, behind: usize, columns: usize) -> Self {
        let width = |piece: Option<&Piece>| piece.map_or(0, |piece| piece.width);
        let all: usize = pieces.iter().map(|piece| piece.width).sum();
        if all <= columns {
            return Self { from: 0, to: pieces.len() };
        }
        let (mut from, mut to, mut used) = (first, first, 2);
        while to < behind && used + width(pieces.get(to)) <= columns.min(LONGEST) {
            used += width(pieces.get(to));
            to += 1;
        }
        loop {
            let mut grew = false;
            if to < pieces.len() && used + width(pieces.get(to)) <= columns && to >= behind {
                used += width(pieces.get(to));
                to += 1;
                grew = true;
            }
            if from > 0 && used + width(pieces.get(from - 1)) <= columns {
                from -= 1;
                used += width(pieces.get(from));
                grew = true;
            }
            if !grew {
                return Self { from, to };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::item::State;
    use super::{Frame, Item, Span, frame};
    use crate::record::Finding;
    use crate::text::place::Lines;

    fn of(source: &str, fragment: &str, columns: usize) -> Frame {
        let at = source.find(fragment).unwrap();
        let at = Span::new(at, at + fragment.len());
        let (line, column) = Lines::new(source).position(at.start());
        let finding = Finding {
            id: String::new(),
            fingerprint: String::new(),
            offsets: "chars".to_owned(),
            document: String::new(),
            rule: String::new(),
            severity: String::new(),
            span: [0, 0],
            source: [0, 0],
            line,
            column,
            text: fragment.to_owned(),
            context: String::new(),
            message: String::new(),
            said: crate::model::Message::default(),
            suggestions: Vec::new(),
            segment: None,
        };
        let item = Item { finding, at, end: (line, column), state: State::New };
        frame(source, &item, columns)
    }

    fn drawn(frame: &Frame) -> String {
        match frame.indent {
            Some(indent) => format!("{}\n{}{}", frame.line, " ".repeat(indent), "^".repeat(frame.width)),
            None => frame.line.clone(),
        }
    }

    #[test]
    fn the_underline_stands_beneath_the_fragment() {
        assert_eq!(drawn(&of("один\r\nв области法律 и\r\n", "法律", 80)), "в области法律 и\n         ^^^^");
        assert_eq!(drawn(&of("法法\tcтатья", "cтатья", 80)), "法法    cтатья\n        ^^^^^^");
        assert_eq!(drawn(&of("e\u{301}👩\u{200d}👧 x", "x", 80)), "e\u{301}👩\u{200d}👧 x\n    ^");
        assert!(of("а\nб法\nв", "法\nв", 80).goes_on);
    }

    #[test]
    fn what_has_no_width_has_an_underline_all_the_same() {
        assert_eq!(drawn(&of("ко\u{200b}т", "\u{200b}", 80)), "ко\\u{200b}т\n  ^^^^^^^^");
        assert_eq!(of("", "", 80).width, 1);
    }

    #[test]
    fn long_lines_are_cut_about_the_fragment() {
        let source = format!("{}法律{}", "а".repeat(500), "б".repeat(500));
        let frame = of(&source, "法律", 40);
        assert_eq!(drawn(&frame), format!("…{}法律{}…\n{}^^^^", "а".repeat(17), "б".repeat(17), " ".repeat(18)));
        let source = format!("{} конец", "法".repeat(300));
        assert_eq!(drawn(&of(&source, &"法".repeat(300), 40)).lines().next().unwrap().chars().last(), Some('…'));
    }

    #[test]
    fn lines_from_right_to_left_have_brackets() {
        assert_eq!(drawn(&of("הוא אמר 法律 היום", "法律", 80)), "הוא אמר ⟦法律⟧ היום");
    }

    #[test]
    fn half_a_cluster_is_underlined_whole() {
        assert_eq!(drawn(&of("abe\u{301}f", "\u{301}", 80)), "abe\u{301}f\n  ^");
    }
}
