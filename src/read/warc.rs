//! Records of a web archive (WARC 1.0 and 1.1, ISO 28500): pages as they were fetched, and texts that were made of them (WET).

use std::io::{self, BufRead, Read};

use brotli_decompressor::Decompressor;
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use ruzstd::decoding::StreamingDecoder;

use super::limit::too_long;
use super::packed::BUFFER;
use super::source::About;

/// Headers are not longer, in bytes.
const HEADERS: u64 = 1 << 20;

/// A record.
#[derive(Debug, Default)]
pub(super) struct Record {
    kind: String,
    url: Option<String>,
    date: Option<String>,
    media_type: String,
    /// None where it is too long.
    block: Option<Vec<u8>>,
}

/// What a record holds: its media type, its bytes, and what is known of them.
pub(super) type Held = (&'static str, io::Result<Vec<u8>>, Option<Box<About>>);

/// The next record of the stream; `None` at its end. Of one that is longer than `most` bytes and its headers nothing is held.
pub(super) fn next(stream: &mut dyn BufRead, most: u64) -> io::Result<Option<Record>> {
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
    let mut block = stream.take(length);
    let read = if length > most.saturating_add(HEADERS) {
        io::copy(&mut block, &mut io::sink())?
    } else {
        let mut bytes = Vec::new();
        block.read_to_end(&mut bytes)?;
        record.block.insert(bytes).len() as u64
    };
    if read < length {
        return Err(io::Error::other("the last WARC record is cut off"));
    }
    Ok(Some(record))
}

impl Record {
    /// The document that the record holds. `None` where it holds none: requests, descriptions, pictures, pages that were not found.
    pub(super) fn document(self, most: u64) -> Option<Held> {
        let (media_type, charset, bytes) = match (self.kind.as_str(), self.block) {
            ("response", Some(block)) => response(&block, most)?,
            ("response", None) => ("text/html", None, Err(io::Error::other(too_long(most)))),
            ("conversion" | "resource", block) => {
                let bytes = block.filter(|block| block.len() as u64 <= most);
                let bytes = bytes.ok_or_else(|| io::Error::other(too_long(most)));
                (text_type(&self.media_type)?, charset(&self.media_type), bytes)
            }
            _ => return None,
        };
        let about = About { url: self.url, date: self.date, charset };
        Some((media_type, bytes, Some(Box::new(about))))
    }
}

type Response = (&'static str, Option<String>, io::Result<Vec<u8>>);

/// What a server sent.
fn response(block: &[u8], most: u64) -> Option<Response> {
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
        Some("gzip" | "x-gzip") if body.starts_with(&[0x1f, 0x8b]) => {
            unpacked(MultiGzDecoder::new(body), body.len(), most)
        }
        Some("deflate") => unpacked(ZlibDecoder::new(body), body.len(), most),
        // Archives often keep the header of a page that they have unpacked.
        Some("br") if std::str::from_utf8(body).is_err() => unpacked(Decompressor::new(body, BUFFER), body.len(), most),
        Some("zstd") if std::str::from_utf8(body).is_err() => StreamingDecoder::new(body)
            .map_err(|error| io::Error::other(error.to_string()))
            .and_then(|stream| unpacked(stream, body.len(), most)),
        _ if body.len() as u64 > most => Err(io::Error::other(too_long(most))),
        _ => Ok(body.to_vec()),
    };
    Some((text_type(&kind)?, charset(&kind), bytes))
}

/// A page is not longer than this many times what was sent.
const RATIO: usize = 1100;

fn unpacked(stream: impl Read, packed: usize, most: u64) -> io::Result<Vec<u8>> {
    let proportion = (packed.saturating_mul(RATIO) as u64).max(1 << 16);
    let mut out = Vec::new();
    stream.take(most.min(proportion).saturating_add(1)).read_to_end(&mut out)?;
    let length = out.len() as u64;
    if length > most {
        return Err(io::Error::other(too_long(most)));
    }
    if length > proportion {
        return Err(io::Error::other(format!("a page unpacks to more than {RATIO} times what was sent")));
    }
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
        while let Some(record) = next(&mut stream, 1 << 20).unwrap() {
            documents.extend(record.document(1 << 20));
        }
        let [(media_type, _, Some(about))] = documents.as_slice() else { panic!("{documents:?}") };
        assert_eq!(
            (*media_type, about.charset.as_deref(), about.url.as_deref()),
            ("text/html", Some("koi8-r"), Some("http://a.ru/"))
        );
        assert!(next(&mut &file.as_bytes()[..file.len() - 10], 1 << 20).unwrap().is_some());
        assert!(next(&mut b"nonsense\n".as_slice(), 1 << 20).is_err());
    }

    #[test]
    fn chunks_are_joined() {
        assert_eq!(chunks(b"3\r\nabc\r\n2;x\r\nde\r\n0\r\n\r\n").as_deref(), Some(b"abcde".as_slice()));
        assert_eq!(chunks(b"<html>"), None);
        assert_eq!(chunks(b"ffffffffffff\r\nab").as_deref(), Some(b"ab".as_slice()));
    }
}
