//! What follows a full stop: further marks, closing quotes and brackets, smileys; then blanks, then what comes next.

use super::chars::{at, is_bullet, is_close, is_dot, is_joiner, is_picture, is_stop, is_wide_stop};

/// The end of what may be a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tail {
    /// Where the first mark stands.
    pub stop: usize,
    /// Where the sentence would end: after marks, closing quotes and brackets, and pictures.
    pub end: usize,
    /// Where the next character stands that is no blank; the length of the text where there is none.
    pub next: usize,
    /// A single full stop, as abbreviations have it.
    pub dot: bool,
    /// Whether a mark is one that needs no blank after it.
    pub wide: bool,
    /// Whether quotes or brackets close after it.
    pub closed: bool,
    /// Whether pictures or smileys follow it.
    pub picture: bool,
}

impl Tail {
    /// Reads on from the mark, bracket or picture at `stop`.
    pub(super) fn read(text: &str, stop: usize) -> Self {
        let mut tail = Self { stop, end: stop, next: stop, dot: false, wide: false, closed: false, picture: false };
        let (mut marks, mut dots) = (0usize, 0usize);
        while let Some(c) = at(text, tail.end) {
            if is_stop(c) && !(c == '.' && tail.end > stop && starts_token(text, tail.end)) {
                marks += 1;
                dots += usize::from(is_dot(c));
                tail.wide |= is_wide_stop(c);
            } else if is_close(c) && (marks > 0 || tail.picture) {
                if matches!(c, '"' | '\'' | '“' | '‘')
                    && at(text, tail.end + c.len_utf8()).is_some_and(char::is_alphanumeric)
                {
                    break;
                }
                tail.closed = true;
            } else if is_picture(c) || is_joiner(c) && tail.end > stop {
                tail.picture |= is_picture(c);
            } else if c == ')' {
                tail.picture = true;
            } else {
                break;
            }
            tail.end += c.len_utf8();
        }
        tail.dot = marks == 1 && dots == 1;
        tail.next = skip_blanks(text, tail.end);
        tail.notes(text);
        tail.trailing(text);
        tail
    }

    /// Whether blanks follow.
    pub(super) const fn gap(&self) -> bool {
        self.next > self.end
    }

    /// Takes in the numbers of notes: `. [21]`, `.[21]` and `word.21` before a blank.
    fn notes(&mut self, text: &str) {
        for _ in 0..8 {
            let rest = text.get(self.next..).unwrap_or_default().as_bytes();
            let bracket = usize::from(rest.first() == Some(&b'['));
            let digits = rest.iter().skip(bracket).take_while(|b| b.is_ascii_digit()).count();
            let closed = bracket == 1 && rest.get(1 + digits) == Some(&b']');
            let after_word = self.dot && text.get(..self.stop).is_some_and(|t| t.ends_with(char::is_alphabetic));
            let raised =
                bracket == 0 && !self.gap() && after_word && rest.get(digits).is_some_and(u8::is_ascii_whitespace);
            if !(1..=3).contains(&digits) || !(closed || raised) {
                return;
            }
            self.closed = true;
            self.end = self.next + bracket + digits + usize::from(closed);
            self.next = skip_blanks(text, self.end);
        }
    }

    /// Takes in marks and smileys that stand apart: `! !`, `. 😀`, `. :)`.
    fn trailing(&mut self, text: &str) {
        while self.gap() {
            let rest = text.get(self.next..).unwrap_or_default();
            let Some(c) = rest.chars().next() else { return };
            let len = if is_bullet(c) {
                0
            } else if is_picture(c) {
                rest.char_indices().find(|&(_, c)| !is_picture(c) && !is_joiner(c)).map_or(rest.len(), |(at, _)| at)
            } else {
                smiley(rest)
            };
            if len == 0 {
                return;
            }
            self.picture = true;
            self.end = self.next + len;
            self.next = skip_blanks(text, self.end);
        }
    }
}

/// Whether the full stop at `from` begins a word, as in `.com` or `.5`.
fn starts_token(text: &str, from: usize) -> bool {
    at(text, from + 1).is_some_and(char::is_alphanumeric) && !text.get(..from).is_some_and(|t| t.ends_with('.'))
}

/// The first character at or after `from` that is no blank.
pub(super) fn skip_blanks(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    from + rest.len() - rest.trim_start().len()
}

/// The length of a smiley written with punctuation that `text` begins with: `:)`, `;-)`, `=))`, `:D`, `)))`.
pub(super) fn smiley(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    let eyes = matches!(bytes.first(), Some(b':' | b';' | b'='));
    if eyes {
        at += 1;
        at += usize::from(matches!(bytes.get(at), Some(b'-' | b'\'')));
    }
    let mouths = bytes.iter().skip(at).take_while(|b| matches!(b, b')' | b'(')).count();
    let mouth = if mouths == 0 && eyes && matches!(bytes.get(at), Some(b'D' | b'P' | b'*' | b'3' | b'O' | b'|')) {
        1
    } else {
        mouths
    };
    if mouth == 0 || (!eyes && (mouth < 2 || bytes.first() == Some(&b'('))) {
        return 0;
    }
    at += mouth;
    let free = text.get(at..).and_then(|t| t.chars().next()).is_none_or(|c| !c.is_alphanumeric());
    if free { at } else { 0 }
}
