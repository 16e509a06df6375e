//! Records of a web archive (WARC 1.0 and 1.1, ISO 28500): pages as they were fetched, and texts that were made of them (WET).

use std::io::{self, BufRead, Read};

use brotli_decompressor::Decompressor;
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use ruzstd::decoding::StreamingDecoder;

use super::packed::{BUFFER, LONGEST};
use super::source::{About, Body};

/// Headers are not longer, in bytes.
const HEADERS: u64 = 1 << 20;

/// A record.
#[derive(Debug, Default)]
pub(super) struct Record {
    kind: String,
    url: Option<String>,
    date: Option<String>,
    media_type: String,
    block: Vec<u8>,
}

/// The next record of the stream; `None` at its end.
pub(super) fn next(stream: &mut dyn BufRead) -> io::Result<Option<Record>> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if stream.take(HEADERS).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if !line.trim_ascii().is_empty() {
            break;
        }
    }
    if !line.starts_with(b"WARC/") {
        return Err(io::Error::other("a WARC record should begin here"));
    }
    let (mut record, mut length) = (Record::default(), None);
    loop {
        line.clear();
        if stream.take(HEADERS).read_until(b'\n', &mut line)? == 0 || line.trim_ascii().is_empty() {
            break;
        }
        let text = String::from_utf8_lossy(&line);
        let Some((name, value)) = text.split_once(':') else { continue };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "warc-type" => record.kind = value.to_ascii_lowercase(),
            "warc-target-uri" => record.url = Some(value.trim_matches(['<', '>']).to_owned()),
            "warc-date" => record.date = Some(value.to_owned()),
            "content-type" => record.media_type = value.to_ascii_lowercase(),
            "content-length" => length = value.parse::<u64>().ok(),
            _ => {}
        }
    }
    let length = length.ok_or_else(|| io::Error::other("a WARC record has no length"))?;
    if length > LONGEST {
        return Err(io::Error::other("a WARC record is longer than 1 GiB"));
    }
    stream.take(length).read_to_end(&mut record.block)?;
    if (record.block.len() as u64) < length {
        return Err(io::Error::other("the last WARC record is cut off"));
    }
    Ok(Some(record))
}

impl Record {
    /// The document that the record holds: its media type, its bytes, and what is known of them. `None` where it holds none: requests,
    /// descriptions, pictures, pages that were not found.
    pub(super) fn document(self) -> Option<(&'static str, Body, Option<Box<About>>)> {
        let (media_type, charset, bytes) = match self.kind.as_str() {
            "response" => response(&self.block)?,
            "conversion" | "resource" => (text_type(&self.media_type)?, charset(&self.media_type), Ok(self.block)),
            _ => return None,
        };
        let about = About { url: self.url, date: self.date, charset };
        let body = match bytes {
            Ok(bytes) => Body::Text(bytes),
            Err(error) => Body::Unreadable(error.to_string()),
        };
        Some((media_type, body, Some(Box::new(about))))
    }
}

type Response = (&'static str, Option<String>, io::Result<Vec<u8>>);

/// What a server sent.
fn response(block: &[u8]) -> Option<Response> {
    let end = memchr::memmem::find(block, b"\r\n\r\n").map(|n| (n, n + 4));
    let (end, start) = end.or_else(|| memchr::memmem::find(block, b"\n\n").map(|n| (n, n + 2)))?;
    let head = String::from_utf8_lossy(block.get(..end)?);
    let mut lines = head.lines();
    let status = lines.next()?.split_whitespace().nth(1)?;
    if !status.starts_with('2') {
        return None;
    }
    let value = |name: &str| {
        let found =
            head.lines().filter_map(|line| line.split_once(':')).find(|(n, _)| n.trim().eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim().to_ascii_lowercase())
    };
    let kind = value("content-type").unwrap_or_default();
    let body = block.get(start..)?;
    let unchunked = if value("transfer-encoding").is_some_and(|v| v.contains("chunked")) { chunks(body) } else { None };
    let body = unchunked.as_deref().unwrap_or(body);
    let bytes = match value("content-encoding").as_deref() {
        Some("gzip" | "x-gzip") if body.starts_with(&[0x1f, 0x8b]) => unpacked(MultiGzDecoder::new(body), body.len()),
        Some("deflate") => unpacked(ZlibDecoder::new(body), body.len()),
        // Archives often keep the header of a page that they have unpacked.
        Some("br") if std::str::from_utf8(body).is_err() => unpacked(Decompressor::new(body, BUFFER), body.len()),
        Some("zstd") if std::str::from_utf8(body).is_err() => StreamingDecoder::new(body)
            .map_err(|error| io::Error::other(error.to_string()))
            .and_then(|stream| unpacked(stream, body.len())),
        _ => Ok(body.to_vec()),
    };
    Some((text_type(&kind)?, charset(&kind), bytes))
}

/// A page is not longer than this many times what was sent.
const RATIO: usize = 1100;

fn unpacked(stream: impl Read, packed: usize) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    let most = (packed.saturating_mul(RATIO) as u64).min(64 << 20);
    stream.take(most).read_to_end(&mut out)?;
    Ok(out)
}

/// The body of a response that was sent in chunks; `None` where it is none any more.
fn chunks(body: &[u8]) -> Option<Vec<u8>> {
    let (mut out, mut rest) = (Vec::with_capacity(body.len()), body);
    loop {
        let end = memchr::memchr(b'\n', rest)?;
        let size = std::str::from_utf8(rest.get(..end)?).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = rest.get(end + 1..)?;
        if size == 0 {
            return Some(out);
        }
        out.extend_from_slice(rest.get(..size.min(rest.len()))?);
        let Some(next) = rest.get(size..) else { return Some(out) };
        rest = next.strip_prefix(b"\r\n").or_else(|| next.strip_prefix(b"\n")).unwrap_or(next);
        if rest.is_empty() {
            return Some(out);
        }
    }
}

fn text_type(kind: &str) -> Option<&'static str> {
    let kind = kind.split(';').next().unwrap_or_default().trim();
    match kind {
        "text/html" | "application/xhtml+xml" => Some("text/html"),
        "" | "text/plain" => Some("text/plain"),
        "text/markdown" => Some("text/markdown"),
        _ => None,
    }
}

fn charset(kind: &str) -> Option<String> {
    let at = kind.find("charset=")? + "charset=".len();
    let label = kind.get(at..)?.split([';', ' ']).next()?.trim_matches(['"', '\'']);
    (!label.is_empty()).then(|| label.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{chunks, next};

    #[test]
    fn records_are_read_one_after_the_other() {
        let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=koi8-r\r\n\r\n<p>a</p>";
        let record = |kind: &str, block: &str| {
            format!(
                "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://a.ru/\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
                block.len()
            )
        };
        let file = record("warcinfo", "x") + &record("response", page) + &record("response", "HTTP/1.1 404 No\r\n\r\n");
        let mut stream = file.as_bytes();
        let mut documents = Vec::new();
        while let Some(record) = next(&mut stream).unwrap() {
            documents.extend(record.document());
        }
        let [(media_type, _, Some(about))] = documents.as_slice() else { panic!("{documents:?}") };
        assert_eq!(
            (*media_type, about.charset.as_deref(), about.url.as_deref()),
            ("text/html", Some("koi8-r"), Some("http://a.ru/"))
        );
        assert!(next(&mut &file.as_bytes()[..file.len() - 10]).unwrap().is_some());
        assert!(next(&mut b"nonsense\n".as_slice()).is_err());
    }

    #[test]
    fn chunks_are_joined() {
        assert_eq!(chunks(b"3\r\nabc\r\n2;x\r\nde\r\n0\r\n\r\n").as_deref(), Some(b"abcde".as_slice()));
        assert_eq!(chunks(b"<html>"), None);
        assert_eq!(chunks(b"ffffffffffff\r\nab").as_deref(), Some(b"ab".as_slice()));
    }
}
