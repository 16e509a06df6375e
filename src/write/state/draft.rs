//! The files of a run on their way: written in a folder of their own, brought to the disk by a thread of their own, and moved to the
//! output folder when all of them are whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use xxhash_rust::xxh3::Xxh3Default;

use super::manifest::{Entry, Line, STREAMS, line};
use super::past::whole;
use super::{FILES, MANIFEST, OUTPUTS, fail};
use crate::error::Error;

/// So many bytes are brought to the disk at a time, while the workers go on, or what was written in so long: a crash loses no more work
/// than that.
const SYNCED: u64 = 32 << 20;
const SYNCED_AFTER: Duration = Duration::from_secs(1);

/// A failure and the file that it befell.
type Failed = (PathBuf, io::Error);

/// The files of a run that is under way.
#[derive(Debug)]
pub struct Draft {
    folder: PathBuf,
    output: PathBuf,
    streams: Vec<BufWriter<File>>,
    /// The other files, by name.
    rest: Vec<(&'static str, BufWriter<File>)>,
    /// How long each stream is.
    at: [u64; STREAMS],
    /// Lots that are written and perhaps not yet on the disk.
    pending: Vec<Entry>,
    unsynced: u64,
    /// From how many on they are brought to the disk.
    most: u64,
    /// When that was last begun.
    last: Instant,
    syncer: Option<Syncer>,
}

/// The thread that waits for the disk.
#[derive(Debug)]
struct Syncer {
    lots: Sender<Vec<Entry>>,
    thread: JoinHandle<Result<File, Failed>>,
}

impl Draft {
    /// Begins the files of a run with this key in `folder`, which is made.
    pub(super) fn create(folder: &Path, output: &Path, run: u128) -> Result<Self, Error> {
        let begin = || -> Result<Self, Failed> {
            fs::create_dir(folder).map_err(|e| (folder.to_owned(), e))?;
            let mut streams = Vec::with_capacity(STREAMS);
            let mut waiting = Vec::with_capacity(STREAMS);
            for name in FILES {
                let path = folder.join(name);
                let file = File::create_new(&path).map_err(|e| (path.clone(), e))?;
                waiting.push((path.clone(), file.try_clone().map_err(|e| (path, e))?));
                streams.push(BufWriter::with_capacity(1 << 16, file));
            }
            let path = folder.join(MANIFEST);
            let mut manifest = File::create_new(&path).map_err(|e| (path.clone(), e))?;
            append(&mut manifest, &line(&Line::Run { key: run })).map_err(|e| (path.clone(), e))?;
            let (lots, received) = channel();
            let thread = std::thread::Builder::new()
                .name("recensio-disk".to_owned())
                .spawn(move || sync(&received, &waiting, manifest, &path))
                .map_err(|e| (folder.to_owned(), e))?;
            let syncer = Some(Syncer { lots, thread });
            let (at, pending) = ([0; STREAMS], Vec::new());
            let (output, rest, most) = (output.to_owned(), Vec::new(), fail::synced(SYNCED));
            Ok(Self {
                folder: folder.to_owned(),
                output,
                streams,
                rest,
                at,
                pending,
                unsynced: 0,
                most,
                last: Instant::now(),
                syncer,
            })
        };
        begin().map_err(|failed| error(output, failed))
    }

    /// Adds a lot: `lines` for each stream.
    ///
    /// # Errors
    /// Where the disk is full or broken.
    pub fn lot(&mut self, input: u128, key: u128, lines: [&[u8]; STREAMS]) -> Result<(), Error> {
        let mut sum = Xxh3Default::new();
        let entry_at = self.at;
        for (index, (stream, bytes)) in self.streams.iter_mut().zip(lines).enumerate() {
            fail::point("write").and_then(|()| stream.write_all(bytes)).map_err(|source| {
                error(&self.output, (self.folder.join(FILES.get(index).copied().unwrap_or_default()), source))
            })?;
            sum.update(bytes);
        }
        let len = lines.map(|bytes| bytes.len() as u64);
        for (at, len) in self.at.iter_mut().zip(len) {
            *at += len;
            self.unsynced += len;
        }
        self.pending.push(Entry { input, key, at: entry_at, len, sum: sum.digest() });
        if self.unsynced >= self.most || self.last.elapsed() >= SYNCED_AFTER { self.commit() } else { Ok(()) }
    }

    /// Hands what was written to the thread that brings it to the disk.
    fn commit(&mut self) -> Result<(), Error> {
        self.unsynced = 0;
        self.last = Instant::now();
        for (stream, name) in self.streams.iter_mut().zip(FILES) {
            stream.flush().map_err(|source| error(&self.output, (self.folder.join(name), source)))?;
        }
        let lots = std::mem::take(&mut self.pending);
        let gone = self.syncer.as_ref().is_none_or(|syncer| syncer.lots.send(lots).is_err());
        if gone { self.synced().map(drop) } else { Ok(()) }
    }

    /// Waits until everything handed over is on the disk.
    fn synced(&mut self) -> Result<Option<File>, Error> {
        let Some(Syncer { lots, thread }) = self.syncer.take() else { return Ok(None) };
        drop(lots);
        match thread.join() {
            Ok(done) => done.map(Some).map_err(|failed| error(&self.output, failed)),
            Err(_) => Err(error(&self.output, (self.folder.clone(), io::Error::other("the writing thread died")))),
        }
    }

    /// Removes what was written.
    ///
    /// # Errors
    /// Where it cannot be removed.
    pub fn discard(mut self) -> Result<(), Error> {
        self.synced()?;
        fs::remove_dir_all(&self.folder).map_err(|source| error(&self.output, (self.folder.clone(), source)))
    }

    /// Keeps what was written for the next run to go on from.
    ///
    /// # Errors
    /// Where it cannot be brought to the disk.
    pub fn pause(mut self) -> Result<(), Error> {
        self.commit()?;
        self.synced().map(drop)
    }

    /// Adds to the file `name`, which is no stream of lots.
    ///
    /// # Errors
    /// Where the disk is full or broken.
    pub fn add(&mut self, name: &'static str, bytes: &[u8]) -> Result<(), Error> {
        let path = self.folder.join(name);
        let mut write = || -> io::Result<()> {
            if self.rest.last().is_none_or(|(last, _)| *last != name) {
                self.rest.push((name, BufWriter::with_capacity(1 << 16, File::create_new(&path)?)));
            }
            fail::point("write")?;
            self.rest.last_mut().map_or(Ok(()), |(_, file)| file.write_all(bytes))
        };
        write().map_err(|source| error(&self.output, (path.clone(), source)))
    }

    /// The folder in which everything that was added can be read now.
    ///
    /// # Errors
    /// Where the disk is full or broken.
    pub fn readable(&mut self) -> Result<&Path, Error> {
        for (stream, name) in self.streams.iter_mut().zip(FILES) {
            stream.flush().map_err(|source| error(&self.output, (self.folder.join(name), source)))?;
        }
        Ok(&self.folder)
    }

    /// Brings everything to the disk, and then moves every file to its place in the output folder.
    ///
    /// # Errors
    /// Where something cannot be written; no file that is not whole is then in the output folder.
    pub fn publish(mut self) -> Result<(), Error> {
        for (name, file) in std::mem::take(&mut self.rest) {
            let synced = fail::point("sync").and_then(|()| file.into_inner()?.sync_all());
            synced.map_err(|source| error(&self.output, (self.folder.join(name), source)))?;
        }
        self.commit()?;
        let Some(mut manifest) = self.synced()? else { return Ok(()) };
        let mut finish = || -> Result<(), Failed> {
            let mut files = Vec::with_capacity(OUTPUTS.len());
            for name in OUTPUTS {
                let place = self.output.join(name);
                let failed = |e| (place.clone(), e);
                fail::point("rename").and_then(|()| fs::rename(self.folder.join(name), &place)).map_err(failed)?;
                files.extend(whole(&place));
            }
            fail::point("sync").and_then(|()| sync_folder(&self.output)).map_err(|e| (self.output.clone(), e))?;
            append(&mut manifest, &line(&Line::Done(files))).map_err(|e| (self.folder.join(MANIFEST), e))
        };
        finish().map_err(|failed| error(&self.output, failed))
    }
}

/// Brings the streams to the disk and notes the lots in the manifest, until there are no more.
fn sync(
    lots: &Receiver<Vec<Entry>>,
    streams: &[(PathBuf, File)],
    mut manifest: File,
    path: &Path,
) -> Result<File, Failed> {
    while let Ok(lots) = lots.recv() {
        for (path, stream) in streams {
            fail::point("sync").and_then(|()| stream.sync_data()).map_err(|e| (path.clone(), e))?;
        }
        let lines: Vec<u8> = lots.iter().flat_map(|lot| line(&Line::Lot(*lot))).collect();
        append(&mut manifest, &lines).map_err(|e| (path.to_owned(), e))?;
    }
    Ok(manifest)
}

fn append(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    fail::point("append")?;
    file.write_all(bytes)?;
    fail::point("sync")?;
    file.sync_data()
}

/// Brings the names in a folder to the disk.
fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
}

/// A failure as it is told: by the file that people know.
fn error(output: &Path, (path, source): Failed) -> Error {
    let path = path.file_name().map_or_else(|| output.to_owned(), |name| output.join(name));
    Error::Output { path, source }
}
