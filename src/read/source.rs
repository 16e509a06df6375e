//! The documents of the input one after the other, as bytes.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::sync::Arc;

use super::files::{Format, InputFile};
use super::limit::{self, Line};
use super::packed::{LONGEST, Packing, Unpacked};

/// A document as bytes, with where it came from.
#[derive(Debug)]
pub struct Raw {
    /// The name of the file in the output.
    pub path: Arc<str>,
    /// The member of an archive.
    pub member: Option<String>,
    /// The line, element or record of the file or member, from 1; `None` where that is the document.
    pub line: Option<u64>,
    /// IANA media type of the file.
    pub media_type: &'static str,
    /// What is known of the document besides its bytes.
    pub about: Option<Box<About>>,
    /// The document.
    pub body: Body,
}

/// What a web archive knows of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Its address.
    pub url: Option<String>,
    /// When it was fetched (ISO 8601).
    pub date: Option<String>,
    /// The encoding that the server named.
    pub charset: Option<String>,
}

/// The bytes of a document.
#[derive(Debug)]
pub enum Body {
    /// Text in some encoding.
    Text(Vec<u8>),
    /// A JSON object.
    Json(Vec<u8>),
    /// There are none: the file could not be read, for this reason.
    Unreadable(String),
}

impl Raw {
    /// A document of this name with this text.
    pub fn text(path: &str, text: &str) -> Self {
        Self {
            path: path.into(),
            member: None,
            line: None,
            media_type: "text/plain",
            about: None,
            body: Body::Text(text.as_bytes().to_vec()),
        }
    }

    /// A file that could not be read, and why.
    pub(super) fn unreadable(path: Arc<str>, message: String) -> Self {
        Self { path, member: None, line: None, media_type: "text/plain", about: None, body: Body::Unreadable(message) }
    }

    /// How many bytes it holds in memory.
    pub fn len(&self) -> usize {
        match &self.body {
            Body::Text(bytes) | Body::Json(bytes) => bytes.len(),
            Body::Unreadable(_) => 0,
        }
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Reads the documents of a list of files, one at a time.
#[derive(Debug)]
pub struct Documents {
    files: std::vec::IntoIter<InputFile>,
    /// Bytes that a document has at most.
    most: u64,
    open: Option<Open>,
    packed: Option<Unpacked>,
}

#[derive(Debug)]
struct Open {
    path: Arc<str>,
    media_type: &'static str,
    lines: Lines,
    number: u64,
    most: u64,
}

enum Lines {
    Stream(Box<dyn BufRead + Send>),
    Elements(std::vec::IntoIter<Vec<u8>>),
}

impl std::fmt::Debug for Lines {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Lines")
    }
}

impl Documents {
    /// The documents of these files, in order. One of more than `most` bytes is never in memory: it cannot be read.
    pub fn new(files: Vec<InputFile>, most: u64) -> Self {
        Self { files: files.into_iter(), most, open: None, packed: None }
    }

    /// Begins a file: gives its document, where the file is one, or leaves its lines open.
    fn begin(&mut self, file: &InputFile) -> Option<Raw> {
        let path: Arc<str> = file.name.as_str().into();
        let raw = |body, media_type| {
            Some(Raw { path: Arc::clone(&path), member: None, line: None, media_type, about: None, body })
        };
        let mut reader: Box<dyn BufRead + Send> = match &file.path {
            None => Box::new(BufReader::new(io::stdin())),
            Some(place) => match File::open(place) {
                Ok(opened) => Box::new(BufReader::with_capacity(1 << 16, opened)),
                Err(error) => return raw(Body::Unreadable(format!("{}: {error}", file.name)), file.media_type),
            },
        };
        let packing = match reader.fill_buf() {
            Ok(head) => Packing::of(head, &file.name),
            Err(error) => return raw(Body::Unreadable(format!("{}: {error}", file.name)), file.media_type),
        };
        if let Some(packing) = packing {
            // A zip archive and a Parquet file are read from their end.
            let seekable = matches!(packing, Packing::Zip | Packing::Parquet);
            let seekable = file.path.clone().filter(|_| seekable).map(|path| (path, packing));
            self.packed = Some(Unpacked::begin(reader, seekable, path, self.most));
            return None;
        }
        let format = match file.format {
            Some(format) => format,
            None => match reader.fill_buf() {
                Ok(head) if looks_like_json(head) => Format::JsonLines,
                Ok(_) => Format::Text,
                Err(error) => return raw(Body::Unreadable(format!("{}: {error}", file.name)), file.media_type),
            },
        };
        if format == Format::JsonLines {
            let media_type = "application/jsonl";
            self.open = Some(Open { path, media_type, lines: Lines::Stream(reader), number: 0, most: self.most });
            return None;
        }
        // An array may hold many documents, and has to be in memory as a whole.
        let most = if format == Format::Json { self.most.max(LONGEST) } else { self.most };
        let read = if file.size > most {
            Err(io::Error::other(limit::too_long(most)))
        } else {
            limit::whole(&mut reader, file.size, most)
        };
        let bytes = match read {
            Ok(bytes) => bytes,
            Err(error) => return raw(Body::Unreadable(format!("{}: {error}", file.name)), file.media_type),
        };
        if format == Format::Json {
            match elements(&bytes) {
                Some(list) => {
                    let lines = Lines::Elements(list.into_iter());
                    self.open = Some(Open { path, media_type: file.media_type, lines, number: 0, most: self.most });
                    return None;
                }
                None if bytes.len() as u64 > self.most => {
                    let message = format!("{}: {}", file.name, limit::too_long(self.most));
                    return raw(Body::Unreadable(message), file.media_type);
                }
                None => return raw(Body::Json(bytes), file.media_type),
            }
        }
        raw(Body::Text(bytes), file.media_type)
    }
}

impl Iterator for Documents {
    type Item = Raw;

    fn next(&mut self) -> Option<Raw> {
        loop {
            if let Some(open) = &mut self.open {
                if let Some(raw) = open.next() {
                    return Some(raw);
                }
                self.open = None;
            }
            if let Some(packed) = &mut self.packed {
                if let Some(raw) = packed.next() {
                    return Some(raw);
                }
                self.packed = None;
            }
            let file = self.files.next()?;
            if let Some(raw) = self.begin(&file) {
                return Some(raw);
            }
        }
    }
}

impl Open {
    fn next(&mut self) -> Option<Raw> {
        loop {
            let raw = |body, number| {
                Some(Raw {
                    path: Arc::clone(&self.path),
                    member: None,
                    line: Some(number),
                    media_type: self.media_type,
                    about: None,
                    body,
                })
            };
            let line = match &mut self.lines {
                Lines::Elements(list) => match list.next()? {
                    element if element.len() as u64 > self.most => Line::TooLong,
                    element => Line::Whole(element),
                },
                Lines::Stream(reader) => match limit::line(reader, self.most) {
                    Ok(None) => return None,
                    Ok(Some(line)) => line,
                    Err(error) => {
                        let message =
                            format!("{}:{}: {error}; the rest of the file was not read", self.path, self.number + 1);
                        let number = self.number + 1;
                        let failed = raw(Body::Unreadable(message), number);
                        self.lines = Lines::Elements(Vec::new().into_iter());
                        return failed;
                    }
                },
            };
            self.number += 1;
            let Line::Whole(line) = line else {
                let message = format!("{}:{}: {}", self.path, self.number, limit::too_long(self.most));
                return raw(Body::Unreadable(message), self.number);
            };
            let mut line = if self.number == 1 { without_mark(line) } else { line };
            let text = line.trim_ascii_end().len();
            line.truncate(text);
            if !line.is_empty() {
                return raw(Body::Json(line), self.number);
            }
        }
    }
}

pub(super) fn without_mark(line: Vec<u8>) -> Vec<u8> {
    match line.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => rest.to_vec(),
        None => line,
    }
}

pub(super) fn looks_like_json(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let mut bytes = head.iter().filter(|b| !b.is_ascii_whitespace());
    bytes.next() == Some(&b'{') && bytes.next() == Some(&b'"')
}

/// The elements of a JSON array; `None` where it is none.
pub(super) fn elements(bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let list: Vec<&serde_json::value::RawValue> = serde_json::from_slice(bytes).ok()?;
    Some(list.into_iter().map(|value| value.get().as_bytes().to_vec()).collect())
}
