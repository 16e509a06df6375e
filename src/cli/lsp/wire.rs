//! Messages: JSON behind a header that says how long it is (LSP 3.17, Base Protocol).

use std::io::{self, BufRead, Read as _, Write};

use serde_json::Value;

/// A message is no longer, in bytes.
const LONGEST: usize = 256 << 20;
/// Nor is a line of a header.
const HEADER: u64 = 8192;

/// What came in.
#[derive(Debug, PartialEq)]
pub(super) enum Incoming {
    /// A message.
    Message(Value),
    /// Something that is none, and why; what follows may be one again.
    Malformed(String),
}

/// The next message; `None` at the end.
///
/// # Errors
/// Where nothing can be read any more.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let mut length = None;
    let mut wrong = None;
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(HEADER).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = line.trim_ascii();
        if line.is_empty() {
            match (length, wrong.take()) {
                (Some(length), _) => return body(input, length).map(Some),
                (None, Some(what)) => return Ok(Some(Incoming::Malformed(what))),
                // A blank line between two messages.
                (None, None) => continue,
            }
        }
        let text = String::from_utf8_lossy(line);
        match text.split_once(':') {
            Some((name, value)) if name.trim().eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse::<usize>().ok().filter(|length| *length <= LONGEST);
                if length.is_none() {
                    wrong = Some(format!("a Content-Length of \"{}\"", value.trim()));
                }
            }
            Some(_) => {}
            None => wrong = Some("a header without a colon".to_owned()),
        }
        wrong = wrong.or_else(|| (length.is_none()).then(|| "a header without Content-Length".to_owned()));
    }
}

fn body(input: &mut impl BufRead, length: usize) -> io::Result<Incoming> {
    let mut bytes = Vec::new();
    // Grows as it comes: a length that was made up costs nothing.
    if input.by_ref().take(length as u64).read_to_end(&mut bytes)? < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(serde_json::from_slice(&bytes).map_or_else(|error| Incoming::Malformed(error.to_string()), Incoming::Message))
}

/// Writes a message.
///
/// # Errors
/// Where nobody reads any more.
pub(super) fn write(output: &mut impl Write, message: &Value) -> io::Result<()> {
    let body = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{body}", body.len())?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::{Incoming, read, write};
    use serde_json::json;

    fn all(bytes: &[u8]) -> Vec<Incoming> {
        let mut input = std::io::Cursor::new(bytes);
        std::iter::from_fn(|| read(&mut input).ok().flatten()).collect()
    }

    #[test]
    fn what_is_written_is_read() {
        let mut wire = Vec::new();
        write(&mut wire, &json!({ "method": "x", "params": "法律" })).unwrap();
        wire.extend(b"\r\nContent-Type: x\r\ncontent-length: 2\r\n\r\n{}");
        let messages = all(&wire);
        assert_eq!(
            messages,
            [Incoming::Message(json!({ "method": "x", "params": "法律" })), Incoming::Message(json!({}))]
        );
    }

    #[test]
    fn what_is_malformed_does_not_end_it() {
        let wire = b"garbage\r\n\r\nContent-Length: x\r\n\r\nContent-Length: 1\r\n\r\n{Content-Length: 2\r\n\r\n[]";
        let messages = all(wire);
        assert_eq!(messages.len(), 4, "{messages:?}");
        assert!(messages.iter().take(3).all(|message| matches!(message, Incoming::Malformed(_))), "{messages:?}");
        assert_eq!(all(b"Content-Length: 99\r\n\r\n{}"), []);
        assert!(matches!(all(b"Content-Length: 99999999999\r\n\r\n").first(), Some(Incoming::Malformed(_))));
    }
}
