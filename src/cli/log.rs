//! Words on standard error, with everything that could move a terminal's cursor or reverse its text shown as an escape.

use std::io::{self, Write};

/// An error message.
pub(super) fn error(message: &str) {
    line(&format!("error: {message}"));
}

/// Something that needs looking at.
pub(super) fn warning(message: &str) {
    line(&format!("warning: {message}"));
}

/// Lines as they are; their control characters but line feeds are escaped.
pub(super) fn plain(text: &str) {
    text.lines().for_each(line);
}

fn line(text: &str) {
    // Nobody can be told that standard error is closed.
    drop(writeln!(io::stderr().lock(), "{}", safe(text)));
}

/// The text with control, bidirectional and invisible characters written as `\u{…}`.
pub(super) fn safe(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control()
            || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn a_file_name_cannot_colour_the_terminal() {
        assert_eq!(safe("a\u{1b}[31m法.txt\u{202e}"), "a\\u{1b}[31m法.txt\\u{202e}");
    }
}
