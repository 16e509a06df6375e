//! How much of a stream is one document at most: no more than that is ever in memory.

use std::io::{self, BufRead, Read};

/// A line of a stream.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// With what ends it.
    Whole(Vec<u8>),
    /// It is longer than it may be. Nothing of it was kept, and the stream stands after it.
    TooLong,
}

/// The next line of at most `most` bytes; `None` at the end of the stream.
pub(super) fn line(stream: &mut dyn BufRead, most: u64) -> io::Result<Option<Line>> {
    let mut line = Vec::new();
    // One more for the line feed, and one more to see that there is more.
    if (&mut *stream).take(most.saturating_add(2)).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    let text = line.strip_suffix(b"\n").unwrap_or(&line);
    let text = text.strip_suffix(b"\r").unwrap_or(text);
    if text.len() as u64 <= most {
        return Ok(Some(Line::Whole(line)));
    }
    if line.last() != Some(&b'\n') {
        drop(line);
        stream.skip_until(b'\n')?;
    }
    Ok(Some(Line::TooLong))
}

/// All of a stream, which has perhaps `size` bytes.
///
/// # Errors
/// Where it has more than `most` bytes.
pub(super) fn whole(stream: &mut dyn Read, size: u64, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(most)).unwrap_or(0) + 1);
    stream.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::other(too_long(most)));
    }
    Ok(bytes)
}

/// What is said of a document that is too long.
pub(super) fn too_long(most: u64) -> String {
    format!("it is longer than {}; split it, or allow more with --max-document-size", bytes(most))
}

/// A number of bytes as people read it.
fn bytes(n: u64) -> String {
    let units = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    match units.iter().find(|(unit, _)| n >= *unit && n.is_multiple_of(*unit)) {
        Some((unit, name)) => format!("{} {name}", n / unit),
        None => format!("{n} bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, line, whole};

    #[test]
    fn lines_that_are_too_long_are_passed_over_and_the_next_is_read() {
        let mut stream = b"abc\nabcd\r\nabcde\nabcdefghijk\nxy".as_slice();
        let mut all = Vec::new();
        while let Some(line) = line(&mut stream, 4).unwrap() {
            all.push(line);
        }
        let whole = |text: &str| Line::Whole(text.as_bytes().to_vec());
        assert_eq!(all, [whole("abc\n"), whole("abcd\r\n"), Line::TooLong, Line::TooLong, whole("xy")]);
    }

    #[test]
    fn a_stream_is_as_long_as_it_may_be() {
        assert_eq!(whole(&mut b"abcd".as_slice(), 0, 4).unwrap(), b"abcd");
        let error = whole(&mut b"abcde".as_slice(), 9, 4).unwrap_err().to_string();
        assert_eq!(error, "it is longer than 4 bytes; split it, or allow more with --max-document-size");
    }
}
