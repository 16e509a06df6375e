//! What is packed into other files: gzip, zstd, brotli, zip, tar, WARC, Parquet, one inside another. Everything is read as a stream, and limits keep a
//! file that unpacks to the size of a planet from doing so.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;

use super::files::{Format, kind_of};
use super::limit::{self, Line, whole};
use super::source::{Body, Raw, elements, looks_like_json, without_mark};
use super::{warc, word};
use crate::stage::interchange;

/// Files are packed into one another so many times at most.
const DEEPEST: usize = 4;
/// An archive has so many entries at most.
const ENTRIES: u64 = 1_000_000;
/// What has to be in memory as a whole and is more than one document, an archive in another or an array, is so long at most, in bytes.
pub(super) const LONGEST: u64 = 1 << 30;
/// So many bytes unpack without a question; beyond, a stream may be so many times as long as what it is packed in.
pub(super) const FREE: u64 = 64 << 20;
pub(super) const RATIO: u64 = 200;
/// So much of the beginning of a stream tells what it is, in bytes.
pub(super) const HEAD: usize = 512;
/// So much is read at a time of a stream that has no buffer of its own, in bytes.
pub(super) const BUFFER: usize = 1 << 14;
/// Documents that wait to be taken.
const WAITING: usize = 16;

/// A way of packing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    Gzip,
    Zstd,
    Brotli,
    Zip,
    Tar,
    Warc,
    Parquet,
}

impl Packing {
    /// The way that the beginning of a file shows; brotli has no mark, and is told by the name.
    pub(super) fn of(head: &[u8], name: &str) -> Option<Self> {
        match head {
            [0x1f, 0x8b, 8, ..] => Some(Self::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Zstd),
            [b'P', b'K', 3, 4, ..] => Some(Self::Zip),
            [b'P', b'A', b'R', b'1', ..] => Some(Self::Parquet),
            _ if head.starts_with(b"WARC/") => Some(Self::Warc),
            _ if head.get(257..262) == Some(b"ustar") => Some(Self::Tar),
            _ if is_brotli(name) => Some(Self::Brotli),
            _ => None,
        }
    }
}

/// The documents of a packed file, unpacked by a thread of their own, a few ahead.
#[derive(Debug)]
pub(super) struct Unpacked {
    documents: Receiver<Raw>,
    thread: Option<std::thread::JoinHandle<()>>,
    path: Arc<str>,
}

impl Unpacked {
    /// Begins to unpack the stream; `file` is the place of a file that is not read from its beginning to its end. A document has `most` bytes.
    pub(super) fn begin(
        stream: Box<dyn BufRead + Send>,
        file: Option<(PathBuf, Packing)>,
        path: Arc<str>,
        most: u64,
    ) -> Self {
        let (sender, documents) = sync_channel(WAITING);
        let name = Arc::clone(&path);
        let thread = std::thread::Builder::new().name("recensio-unpack".to_owned()).spawn(move || {
            let mut stream = stream;
            let mut walk = Walk { sender, path: name, entries: 0, most, gone: false };
            let place = Place { member: None, name: walk.path.to_string() };
            let result = match file {
                Some((file, Packing::Parquet)) => std::fs::File::open(file).and_then(|file| walk.parquet(file, &place)),
                Some((file, _)) => std::fs::File::open(file).and_then(|file| walk.zip(file, &place, 0)),
                None => walk.stream(&mut stream, &place, 0),
            };
            if let Err(error) = result {
                walk.fail(&place, &error);
            }
        });
        Self { documents, thread: thread.ok(), path }
    }

    /// The next document.
    pub(super) fn next(&mut self) -> Option<Raw> {
        if let Ok(raw) = self.documents.recv() {
            return Some(raw);
        }
        let thread = self.thread.take()?;
        thread.join().err().map(|_| {
            let message =
                format!("{}: it cannot be unpacked: internal error; please report it with the file", self.path);
            Raw::unreadable(Arc::clone(&self.path), message)
        })
    }
}

/// Where a stream stands.
struct Place {
    /// Its name in the file, where it is part of one.
    member: Option<String>,
    /// The name by which its format is told.
    name: String,
}

impl Place {
    fn inner(&self, name: &str) -> Self {
        let member = self.member.as_ref().map_or_else(|| name.to_owned(), |outer| format!("{outer}/{name}"));
        Self { member: Some(member), name: name.to_owned() }
    }

    /// The same place with the ending of a compressed file taken off its name.
    fn plain(&self) -> Self {
        let plain =
            [".gz", ".zst", ".zstd", ".br"].iter().find_map(|end| self.name.strip_suffix(end)).unwrap_or(&self.name);
        Self { member: self.member.clone(), name: plain.to_owned() }
    }
}

struct Walk {
    sender: SyncSender<Raw>,
    path: Arc<str>,
    entries: u64,
    /// Bytes that a document has at most.
    most: u64,
    /// Whether nobody waits for documents any more.
    gone: bool,
}

impl Walk {
    fn send(&mut self, raw: Raw) {
        self.gone |= self.sender.send(raw).is_err();
    }

    /// The name of a line or record.
    fn at(&self, place: &Place, number: u64) -> String {
        let member = place.member.as_ref().map(|member| format!("/{member}")).unwrap_or_default();
        format!("{}{member}:{number}", self.path)
    }

    fn too_long(&self, place: &Place, number: u64) -> String {
        format!("{}: {}", self.at(place, number), limit::too_long(self.most))
    }

    fn fail(&mut self, place: &Place, error: &io::Error) {
        let at = place.member.as_ref().map(|member| format!("/{member}")).unwrap_or_default();
        let message = format!("{}{at}: {error}; what came before it was read", self.path);
        self.send(Raw { member: place.member.clone(), ..Raw::unreadable(Arc::clone(&self.path), message) });
    }

    /// Reads the documents of a stream, whatever it is.
    fn stream(&mut self, stream: &mut dyn BufRead, place: &Place, depth: usize) -> io::Result<()> {
        if depth > DEEPEST {
            return Err(io::Error::other(format!("it is packed more than {DEEPEST} times over; unpack it first")));
        }
        let head = beginning(stream)?;
        let stream = &mut Cursor::new(&head).chain(stream);
        match Packing::of(&head, &place.name) {
            Some(Packing::Gzip) => {
                let taken = Rc::new(Cell::new(0));
                let packed = BufReader::new(Counted { stream, count: Rc::clone(&taken) });
                let unpacked = Limited { stream: MultiGzDecoder::new(packed), taken, given: 0 };
                self.stream(&mut BufReader::new(unpacked), &place.plain(), depth + 1)
            }
            Some(Packing::Zstd) => {
                let taken = Rc::new(Cell::new(0));
                let packed = BufReader::new(Counted { stream, count: Rc::clone(&taken) });
                let unpacked = Limited { stream: Frames { packed: Some(packed), frame: None }, taken, given: 0 };
                self.stream(&mut BufReader::new(unpacked), &place.plain(), depth + 1)
            }
            Some(Packing::Brotli) => {
                let taken = Rc::new(Cell::new(0));
                let packed = Counted { stream, count: Rc::clone(&taken) };
                let unpacked =
                    Limited { stream: brotli_decompressor::Decompressor::new(packed, BUFFER), taken, given: 0 };
                self.stream(&mut BufReader::new(unpacked), &place.plain(), depth + 1)
            }
            Some(Packing::Parquet) => self.packed_parquet(stream, place),
            Some(Packing::Zip) => self.zip(Cursor::new(whole(stream, 0, LONGEST)?), place, depth),
            Some(Packing::Tar) => self.tar(stream, place, depth),
            Some(Packing::Warc) => self.warc(stream, place),
            None => self.documents(stream, &head, place),
        }
    }

    fn entry(&mut self) -> io::Result<()> {
        self.entries += 1;
        if self.entries > ENTRIES {
            return Err(io::Error::other(format!("it has more than {ENTRIES} entries; unpack it first")));
        }
        Ok(())
    }

    /// The files in a zip archive, in its order.
    fn zip(&mut self, file: impl Read + io::Seek, place: &Place, depth: usize) -> io::Result<()> {
        let is_word = kind_of(&place.name).1 == interchange::Format::Word.media_type();
        let mut archive = zip::ZipArchive::new(file)
            .map_err(|error| if is_word { word::broken(&error) } else { io::Error::other(error) })?;
        if word::is_document(&archive) {
            let mut file = archive.into_inner();
            file.rewind()?;
            let body = Body::Text(whole(&mut file, 0, self.most)?);
            let media_type = interchange::Format::Word.media_type();
            let (path, member) = (Arc::clone(&self.path), place.member.clone());
            self.send(Raw { path, member, line: None, media_type, about: None, body });
            return Ok(());
        }
        for index in 0..archive.len() {
            self.entry()?;
            let entry = match archive.by_index(index) {
                Ok(entry) => entry,
                Err(error) => {
                    self.fail(place, &io::Error::other(error));
                    continue;
                }
            };
            let name = entry.name().map_or_else(|_| format!("entry {}", index + 1), std::borrow::Cow::into_owned);
            if !entry.is_file() || is_hidden(&name) {
                continue;
            }
            let inner = place.inner(&name);
            let taken = Rc::new(Cell::new(entry.compressed_size()));
            let mut entry = BufReader::new(Limited { stream: entry, taken, given: 0 });
            if let Err(error) = self.stream(&mut entry, &inner, depth + 1) {
                self.fail(&inner, &error);
            }
            if self.gone {
                break;
            }
        }
        Ok(())
    }

    /// The files in a tar archive, in its order.
    fn tar(&mut self, stream: &mut dyn Read, place: &Place, depth: usize) -> io::Result<()> {
        let mut archive = tar::Archive::new(stream);
        for entry in archive.entries()? {
            self.entry()?;
            let entry = entry?;
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            if !entry.header().entry_type().is_file() || is_hidden(&name) {
                continue;
            }
            let inner = place.inner(name.trim_start_matches("./"));
            if let Err(error) = self.stream(&mut BufReader::new(entry), &inner, depth + 1) {
                self.fail(&inner, &error);
            }
            if self.gone {
                break;
            }
        }
        Ok(())
    }

    /// The rows of a Parquet file inside another file, which has to be in memory: it is read from its end.
    #[cfg(feature = "parquet")]
    fn packed_parquet(&mut self, stream: &mut dyn Read, place: &Place) -> io::Result<()> {
        self.parquet(bytes::Bytes::from(whole(stream, 0, LONGEST)?), place)
    }

    /// The rows of a Parquet file.
    #[cfg(feature = "parquet")]
    fn parquet(&mut self, file: impl parquet::file::reader::ChunkReader + 'static, place: &Place) -> io::Result<()> {
        super::parquet::rows(file, |number, line| {
            let too_long = line.len() as u64 > self.most;
            let body = if too_long { Body::Unreadable(self.too_long(place, number)) } else { Body::Json(line) };
            self.send(Raw {
                path: Arc::clone(&self.path),
                member: place.member.clone(),
                line: Some(number),
                media_type: "application/vnd.apache.parquet",
                about: None,
                body,
            });
            !self.gone
        })
    }

    #[cfg(not(feature = "parquet"))]
    fn packed_parquet(&mut self, stream: &mut dyn Read, place: &Place) -> io::Result<()> {
        self.parquet(stream, place)
    }

    #[cfg(not(feature = "parquet"))]
    #[expect(clippy::unused_self, reason = "as where Parquet is read")]
    fn parquet(&mut self, _: impl Read, _: &Place) -> io::Result<()> {
        Err(io::Error::other("Parquet is not read by this build; build with `--features parquet`"))
    }

    fn warc(&mut self, stream: &mut dyn BufRead, place: &Place) -> io::Result<()> {
        let mut number = 0;
        while !self.gone {
            let Some(record) = warc::next(stream, self.most)? else { break };
            number += 1;
            let Some((media_type, body, about)) = record.document(self.most) else { continue };
            let body = match body {
                Ok(bytes) => Body::Text(bytes),
                Err(error) => Body::Unreadable(format!("{}: {error}", self.at(place, number))),
            };
            let raw = Raw {
                path: Arc::clone(&self.path),
                member: place.member.clone(),
                line: Some(number),
                media_type,
                about,
                body,
            };
            self.send(raw);
        }
        Ok(())
    }

    /// The documents of a file that is packed no further.
    fn documents(&mut self, stream: &mut dyn BufRead, head: &[u8], place: &Place) -> io::Result<()> {
        let (format, media_type) = kind_of(&place.name);
        let format = if format == Format::Text && looks_like_json(head) && media_type == "text/plain" {
            Format::JsonLines
        } else {
            format
        };
        let raw = |line, body| Raw {
            path: Arc::clone(&self.path),
            member: place.member.clone(),
            line,
            media_type,
            about: None,
            body,
        };
        let mut out = Vec::new();
        match format {
            Format::Text => out.push(raw(None, Body::Text(whole(stream, 0, self.most)?))),
            Format::Json => {
                let bytes = whole(stream, 0, self.most.max(LONGEST))?;
                let fits = |bytes: &[u8]| bytes.len() as u64 <= self.most;
                match elements(&bytes) {
                    Some(list) => out.extend((1..).zip(list).map(|(n, bytes)| {
                        let body =
                            if fits(&bytes) { Body::Json(bytes) } else { Body::Unreadable(self.too_long(place, n)) };
                        raw(Some(n), body)
                    })),
                    None if fits(&bytes) => out.push(raw(None, Body::Json(bytes))),
                    None => return Err(io::Error::other(limit::too_long(self.most))),
                }
            }
            Format::JsonLines => {
                let mut number = 0;
                while let Some(line) = limit::line(stream, self.most)? {
                    if self.gone {
                        break;
                    }
                    number += 1;
                    let body = match line {
                        Line::TooLong => Body::Unreadable(self.too_long(place, number)),
                        Line::Whole(line) => {
                            let line = if number == 1 { without_mark(line) } else { line };
                            Body::Json(line.trim_ascii_end().to_vec())
                        }
                    };
                    if matches!(&body, Body::Json(line) if line.is_empty()) {
                        continue;
                    }
                    self.send(Raw {
                        path: Arc::clone(&self.path),
                        member: place.member.clone(),
                        line: Some(number),
                        media_type: "application/jsonl",
                        about: None,
                        body,
                    });
                }
            }
        }
        for raw in out {
            self.send(raw);
        }
        Ok(())
    }
}

/// Whether a name says that a file is packed by brotli.
fn is_brotli(name: &str) -> bool {
    std::path::Path::new(name).extension().is_some_and(|end| end.eq_ignore_ascii_case("br"))
}

/// Hidden files, and what macOS adds to archives.
fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.') && part.len() > 1 && part != "..") || name.starts_with("__MACOSX/")
}

/// The beginning of a stream, taken out of it.
fn beginning(stream: &mut dyn BufRead) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(HEAD);
    stream.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// Counts what is read of a packed stream.
struct Counted<R> {
    stream: R,
    count: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.stream.read(buffer)?;
        self.count.set(self.count.get() + n as u64);
        Ok(n)
    }
}

/// A stream that may not be out of all proportion to what it is packed in.
struct Limited<R> {
    stream: R,
    taken: Rc<Cell<u64>>,
    given: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.stream.read(buffer)?;
        self.given += n as u64;
        if self.given > FREE && self.given / RATIO > self.taken.get() {
            return Err(io::Error::other(format!(
                "it unpacks to more than {RATIO} times its size; unpack it first if it is what it should be"
            )));
        }
        Ok(n)
    }
}

/// The frames of a zstd stream, one after the other.
struct Frames<R: Read> {
    packed: Option<R>,
    frame: Option<StreamingDecoder<R, ruzstd::decoding::FrameDecoder>>,
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(frame) = &mut self.frame {
                let n = frame.read(buffer)?;
                if n > 0 || buffer.is_empty() {
                    return Ok(n);
                }
                self.packed = self.frame.take().map(StreamingDecoder::into_inner);
            }
            let Some(packed) = &mut self.packed else { return Ok(0) };
            if packed.fill_buf()?.is_empty() {
                return Ok(0);
            }
            let Some(packed) = self.packed.take() else { return Ok(0) };
            self.frame = Some(StreamingDecoder::new(packed).map_err(|error| io::Error::other(error.to_string()))?);
        }
    }
}
