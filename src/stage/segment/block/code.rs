//! Lines of program text, commands and markup.

/// Fewer characters tell nothing.
const LEAST: usize = 3;

/// Whether a trimmed line looks like program text by its marks: many of those that prose has few of, at least one of them [strong](is_strong).
pub(super) fn is_code(line: &str) -> bool {
    let bytes = line.as_bytes();
    let (mut marks, mut strong, mut ascii, mut all) = (0usize, 0usize, 0usize, 0usize);
    for &b in bytes {
        all += usize::from(b & 0xc0 != 0x80 && b != b' ');
        ascii += usize::from(b.is_ascii_graphic());
        match b {
            _ if is_strong(b) => {
                marks += 1;
                strong += 1;
            }
            b'(' | b')' | b'[' | b']' | b'_' | b'&' | b'$' | b'#' | b'^' | b'~' | b'`' | b'+' | b'*' | b'"' | b'%'
            | b'@' => marks += 1,
            _ => {}
        }
    }
    let ends = matches!(bytes.last(), Some(b';' | b'{' | b'}'));
    let letters = bytes.iter().any(u8::is_ascii_alphabetic);
    if !letters {
        return strong > 0 && bytes.iter().all(|b| matches!(b, b'{' | b'}' | b'(' | b')' | b'[' | b']' | b';' | b','));
    }
    all >= LEAST && ascii * 10 >= all * 8 && strong > 0 && (marks * 6 >= all || ends && marks * 12 >= all)
}

/// Marks without which no line looks like program text.
pub(super) const fn is_strong(byte: u8) -> bool {
    matches!(byte, b'{' | b'}' | b';' | b'=' | b'<' | b'>' | b'\\' | b'|')
}

/// A shell or interpreter prompt, or the first words of a program.
pub(super) fn is_prompt(bytes: &[u8]) -> bool {
    const HEADS: [&[u8]; 8] = [b"#include ", b"#!/", b"<?xml", b"<?php", b"<!DOCTYPE", b"sudo ", b"/*", b"C:\\>"];
    if !matches!(bytes.first(), Some(b'#' | b'<' | b's' | b'/' | b'C' | b'$')) {
        return false;
    }
    let dollar =
        bytes.starts_with(b"$ ") && bytes.get(2).is_some_and(|b| b.is_ascii_lowercase() || matches!(b, b'.' | b'/'));
    dollar || HEADS.iter().any(|head| bytes.starts_with(head))
}
