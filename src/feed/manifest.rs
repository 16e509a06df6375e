//! The manifest of a feed: which units it left an engine with, each with the hash of its content and the generation that wrote it.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Lines};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::unit::{Kind, short};
use crate::error::Error;

/// The name of the file.
pub const MANIFEST: &str = "manifest.jsonl";
/// The format and its version.
const FORMAT: &str = "recensio-feed/1";

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    format: String,
    /// `document` or `passage`.
    pub unit: String,
    /// Which feed of the series this is, from 1; a feed that changes nothing keeps the number of the one before.
    pub generation: u64,
    /// Lines below.
    pub units: u64,
}

impl Head {
    /// That of a feed.
    pub(super) fn new(kind: Kind, generation: u64, units: u64) -> Self {
        Self { format: FORMAT.to_owned(), unit: kind.name().to_owned(), generation, units }
    }
}

/// A line below.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The unit.
    pub id: String,
    /// The hash of its content, hexadecimal.
    pub hash: String,
    /// The generation that wrote it.
    pub generation: u64,
}

/// What an earlier feed left.
#[derive(Debug, Default)]
pub(super) struct Earlier {
    path: PathBuf,
    /// Its generation; 0 where there is no earlier feed.
    pub generation: u64,
    /// By the hash of the id: the hash of the content, the generation, and whether it is there still.
    units: HashMap<u128, (u128, u64, bool)>,
}

/// What has become of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// It is as it was, since that generation.
    None(u64),
    /// It is new or other than it was.
    Made,
}

impl Earlier {
    /// Reads a manifest.
    ///
    /// # Errors
    /// Where it is none, or is about units of another kind.
    pub(super) fn read(path: &Path, kind: Kind) -> Result<Self, Error> {
        let (head, lines) = open(path)?;
        if head.unit != kind.name() {
            let what = format!("it is of --unit {}; give the same, and another folder with -o for this one", head.unit);
            return Err(wrong(path, 1, what));
        }
        let mut units = HashMap::with_capacity(head.units.min(1 << 24) as usize);
        for entry in entries(path, lines) {
            let (number, entry) = entry?;
            let hash = u128::from_str_radix(&entry.hash, 16);
            let hash = hash.map_err(|_| wrong(path, number, "hash is not hexadecimal".to_owned()))?;
            units.insert(short(entry.id.as_bytes()), (hash, entry.generation, false));
        }
        if units.len() as u64 != head.units {
            let what = format!("{} units where its first line says {}: it was cut off", units.len(), head.units);
            return Err(wrong(path, units.len() + 1, what));
        }
        Ok(Self { path: path.to_owned(), generation: head.generation, units })
    }

    /// What has become of a unit that is there now.
    pub(super) fn meet(&mut self, id: &str, hash: u128) -> Change {
        match self.units.get_mut(&short(id.as_bytes())) {
            Some((earlier, generation, met)) => {
                *met = true;
                if *earlier == hash { Change::None(*generation) } else { Change::Made }
            }
            None => Change::Made,
        }
    }

    /// How many units are there no more, as long as all that are there have been met.
    pub(super) fn gone(&self) -> u64 {
        let mut gone = 0;
        #[expect(clippy::iter_over_hash_type, reason = "a count does not depend on the order")]
        for (_, _, met) in self.units.values() {
            gone += u64::from(!met);
        }
        gone
    }

    /// Names these units, in the order of the manifest.
    ///
    /// # Errors
    /// Where it cannot be read again, or `each` fails.
    pub(super) fn each_gone(&self, mut each: impl FnMut(&str) -> Result<(), Error>) -> Result<(), Error> {
        if self.gone() == 0 {
            return Ok(());
        }
        let (_, lines) = open(&self.path)?;
        for entry in entries(&self.path, lines) {
            let (_, entry) = entry?;
            if self.units.get(&short(entry.id.as_bytes())).is_some_and(|(_, _, met)| !met) {
                each(&entry.id)?;
            }
        }
        Ok(())
    }
}

fn open(path: &Path) -> Result<(Head, Lines<BufReader<File>>), Error> {
    let failed = |error: std::io::Error| wrong(path, 1, error.to_string());
    let mut lines = BufReader::new(File::open(path).map_err(failed)?).lines();
    let first = lines.next().transpose().map_err(failed)?.unwrap_or_default();
    let head: Head = serde_json::from_str(&first).map_err(|error| wrong(path, 1, error.to_string()))?;
    if head.format != FORMAT {
        return Err(wrong(path, 1, format!("its format is {:?}, not {FORMAT:?}", head.format)));
    }
    Ok((head, lines))
}

fn entries(
    path: &Path,
    lines: Lines<BufReader<File>>,
) -> impl Iterator<Item = Result<(usize, Entry), Error>> + use<'_> {
    lines.zip(2..).map(move |(line, number)| {
        let line = line.map_err(|error| wrong(path, number, error.to_string()))?;
        let entry = serde_json::from_str(&line).map_err(|error| wrong(path, number, error.to_string()))?;
        Ok((number, entry))
    })
}

fn wrong(path: &Path, line: usize, what: String) -> Error {
    Error::Manifest { path: path.to_owned(), line, what }
}
