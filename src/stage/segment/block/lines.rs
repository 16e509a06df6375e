//! The lines of a text that are not blank.

use crate::text::Span;

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Where it is, without the white space around it.
    pub span: Span,
    /// How far it is indented, in columns; a tab counts as four.
    pub indent: usize,
    /// Whether a blank line, a form feed or a paragraph separator stands before it, or nothing.
    pub parted: bool,
}

/// The lines of `text`. They end at LF, CR, CR LF, vertical tab, form feed, NEL, U+2028 and U+2029.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut out = Lines { text, found: Vec::new(), parted: true };
    let bytes = text.as_bytes();
    let found = |needle: &[u8]| memchr::memmem::find(bytes, needle).is_some();
    let rare = memchr::memchr2(0x0b, 0x0c, bytes).is_some()
        || found("\u{85}".as_bytes())
        || found("\u{2028}".as_bytes())
        || found("\u{2029}".as_bytes());
    let mut start = 0;
    if rare {
        for (at, c) in text.char_indices().filter(|&(_, c)| is_break(c)) {
            out.push(start, at, c);
            start = at + c.len_utf8();
        }
    } else {
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            out.push(start, at, bytes.get(at).copied().map_or('\n', char::from));
            start = at + 1;
        }
    }
    out.push(start, text.len(), '\n');
    out.found
}

struct Lines<'t> {
    text: &'t str,
    found: Vec<Line>,
    parted: bool,
}

impl Lines<'_> {
    /// Takes in the line from `start` to `end`, which `by` ends.
    fn push(&mut self, start: usize, end: usize, by: char) {
        let whole = Span::new(start, end);
        let span = whole.trimmed(self.text);
        if span.is_empty() {
            let line_end =
                by == '\n' && start == end && self.text.as_bytes().get(start.wrapping_sub(1)) == Some(&b'\r');
            self.parted |= !line_end;
        } else {
            let head = Span::new(start, span.start()).of(self.text);
            let indent = head.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
            self.found.push(Line { span, indent, parted: self.parted });
            self.parted = false;
        }
        self.parted |= matches!(by, '\u{c}' | '\u{2029}');
    }
}

/// Whether a line ends at `c`.
const fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
