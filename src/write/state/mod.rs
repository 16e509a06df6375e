//! The output folder between runs: what is whole in it, who writes to it, and what an interrupted run left to go on from.
//!
//! In the folder `.recensio` each run has a folder of its own with the files it writes and a manifest of the lots of documents
//! that are on the disk. A run that ends well moves its files to the output folder and keeps its manifest, so that the next one redoes only
//! what has changed; a run that was killed leaves both for the next one to take over. Only what a manifest vouches for is taken over, and only
//! where its checksum holds.

mod draft;
mod fail;
mod manifest;
mod past;

use std::collections::HashSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufReader, Read, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

pub use draft::Draft;
pub use manifest::{Entry, STREAMS, Whole};
pub use past::Past;

use self::past::Generation;
use crate::error::Error;

/// The folder of everything here, within the output folder.
const FOLDER: &str = ".recensio";
/// What was seen of the documents of a run, for later ones.
pub const SEEN: &str = "seen";
const LOCK: &str = "lock";
const MANIFEST: &str = "manifest";
/// The files that lots add to. The last two are not for users.
const FILES: [&str; STREAMS] = ["corpus.jsonl", "removed.jsonl", "findings.jsonl", "articles.jsonl", "sums.jsonl"];
/// The files of the output.
const OUTPUTS: [&str; 6] =
    ["corpus.jsonl", "removed.jsonl", "clusters.jsonl", "findings.jsonl", "report.html", "run.json"];

/// An output folder that this run alone writes to.
#[derive(Debug)]
pub struct State {
    output: PathBuf,
    /// Held as long as this is.
    _lock: File,
    /// What can be taken over.
    pub past: Past,
    generations: Vec<Generation>,
    run: u128,
}

impl State {
    /// Opens the output folder for a run with this key (see [`Past`]), making it where it does not exist; `fresh` forgets what earlier runs
    /// left.
    ///
    /// # Errors
    /// Where it cannot be made or written to, or another run writes to it.
    pub fn open(output: &Path, run: u128, fresh: bool) -> Result<Self, Error> {
        let failed = |source| Error::Output { path: output.to_owned(), source };
        let folder = output.join(FOLDER);
        fs::create_dir_all(&folder).map_err(failed)?;
        let lock = File::options().create(true).truncate(false).write(true).open(folder.join(LOCK)).map_err(failed)?;
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(Error::Locked { path: output.to_owned() }),
            // Where the file system knows no locks there is none to respect.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        let mut generations = generations(&folder).map_err(failed)?;
        sweep(&mut generations, run, fresh).map_err(failed)?;
        let past = Past::new(&generations, output);
        Ok(Self { output: output.to_owned(), _lock: lock, past, generations, run })
    }

    /// Begins the files of this run.
    ///
    /// # Errors
    /// Where they cannot be made.
    pub fn draft(&self) -> Result<Draft, Error> {
        let number = self.generations.iter().map(|g| g.number).max().map_or(1, |last| last + 1);
        Draft::create(&self.output.join(FOLDER).join(number.to_string()), &self.output, self.run)
    }

    /// The folder of what is no output.
    pub fn folder(&self) -> PathBuf {
        self.output.join(FOLDER)
    }

    /// Whether an earlier run with the same key ended well, its files stand untouched, and its lots were made of just these `inputs`.
    pub fn is_unchanged(&self, mut inputs: impl Iterator<Item = u128>) -> bool {
        let Some(ended) = self.past.ended(&self.output) else { return false };
        ended.iter().all(|input| inputs.next() == Some(*input)) && inputs.next().is_none()
    }

    /// Forgets what earlier runs left: this one has ended well.
    ///
    /// # Errors
    /// Where it cannot be removed.
    pub fn settle(self) -> Result<(), Error> {
        for generation in &self.generations {
            fs::remove_dir_all(&generation.path)
                .map_err(|source| Error::Output { path: generation.path.clone(), source })?;
        }
        Ok(())
    }
}

/// What the run that made the corpus in `folder` has seen, for a run that goes on from there.
#[derive(Clone, Debug)]
pub struct Seen {
    path: PathBuf,
    /// A checksum of it.
    pub sum: u64,
}

impl Seen {
    /// Finds it.
    ///
    /// # Errors
    /// Where there is none.
    pub fn find(folder: &Path) -> io::Result<Self> {
        let made = generations(&folder.join(FOLDER))?;
        let last = made.iter().rev().find(|generation| generation.manifest.done.is_some());
        let none = || io::Error::new(io::ErrorKind::NotFound, "no run of this version of recensio has ended there");
        let path = last.ok_or_else(none)?.path.join(SEEN);
        let mut file = File::open(&path)?;
        let mut sum = [0; 8];
        file.seek(SeekFrom::End(-8))?;
        file.read_exact(&mut sum)?;
        Ok(Self { path, sum: u64::from_le_bytes(sum) })
    }

    /// Begins to read it.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn open(&self) -> io::Result<impl Read> {
        Ok(BufReader::with_capacity(1 << 20, File::open(&self.path)?))
    }
}

/// The files of the output in `folder` that are not what the run wrote that made them, as far as its checksums tell.
pub fn damaged(folder: &Path) -> Vec<&'static str> {
    let made = generations(&folder.join(FOLDER)).unwrap_or_default();
    let Some(last) = made.iter().rev().find(|generation| generation.manifest.done.is_some()) else { return Vec::new() };
    let past = Past::new(std::slice::from_ref(last), folder);
    let torn = last.manifest.lots.iter().any(|lot| past.recall(lot.key).is_none());
    let mut names: Vec<&'static str> =
        if torn { vec!["corpus.jsonl, removed.jsonl or findings.jsonl"] } else { Vec::new() };
    let files = last.manifest.done.iter().flatten();
    let shorter = |name: &&str| {
        files.clone().any(|f| f.name == **name && fs::metadata(folder.join(name)).map_or(0, |m| m.len()) != f.size)
    };
    names.extend(OUTPUTS.iter().copied().filter(shorter));
    names
}

/// What earlier runs left, oldest first.
fn generations(folder: &Path) -> io::Result<Vec<Generation>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if let Some(number) = entry.file_name().to_str().and_then(|name| name.parse().ok()) {
            found.push(Generation::read(entry.path(), number));
        }
    }
    found.sort_by_key(|generation| generation.number);
    Ok(found)
}

/// Removes what no run can go on from: what other options or another program made, unless it is what stands in the output folder; and what
/// a later run has taken over already.
fn sweep(generations: &mut Vec<Generation>, run: u128, fresh: bool) -> io::Result<()> {
    let (mut kept, mut known) = (Vec::new(), HashSet::new());
    for generation in generations.drain(..).rev() {
        let (lots, done) = (&generation.manifest.lots, generation.manifest.done.is_some());
        let news = lots.iter().filter(|lot| known.insert(lot.key)).count();
        if generation.manifest.run == Some(run) && !fresh && (done || news > 0) {
            kept.push(generation);
        } else {
            fs::remove_dir_all(&generation.path)?;
        }
    }
    kept.reverse();
    *generations = kept;
    Ok(())
}
