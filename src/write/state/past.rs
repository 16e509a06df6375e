//! What earlier runs left: lots that can be taken over as they are.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::Xxh3Default;

use super::manifest::{Entry, Manifest, STREAMS, Whole};
use super::{FILES, MANIFEST};

/// What one earlier run left.
#[derive(Debug)]
pub(super) struct Generation {
    /// Its folder.
    pub path: PathBuf,
    /// Its number; the next run has a greater one.
    pub number: u64,
    pub manifest: Manifest,
}

impl Generation {
    /// What the run with this folder left.
    pub(super) fn read(path: PathBuf, number: u64) -> Self {
        let manifest = Manifest::read(&path.join(MANIFEST));
        Self { path, number, manifest }
    }
}

/// Lots of earlier runs with the same key, by what they were made of.
#[derive(Debug, Default)]
pub struct Past {
    /// Each lot, with the number of its run in `places`.
    lots: HashMap<u128, (usize, Entry)>,
    /// Where each stream of each run stands.
    places: Vec<[PathBuf; STREAMS]>,
    /// The lots of the run that ended well, in order, and its files.
    ended: Option<(Vec<u128>, Vec<Whole>)>,
}

impl Past {
    /// What can be taken over from `generations`; `output` is the folder that finished files stand in.
    pub(super) fn new(generations: &[Generation], output: &Path) -> Self {
        let mut past = Self::default();
        for generation in generations {
            let number = past.places.len();
            // A run that ended, or nearly so, has given its files to the output folder.
            past.places.push(FILES.map(|name| {
                let own = generation.path.join(name);
                if own.exists() { own } else { output.join(name) }
            }));
            for entry in &generation.manifest.lots {
                // The newest is the one whose files are in place.
                past.lots.insert(entry.key, (number, *entry));
            }
            if let Some(files) = &generation.manifest.done {
                past.ended = Some((generation.manifest.lots.iter().map(|lot| lot.input).collect(), files.clone()));
            }
        }
        past
    }

    /// The inputs of the lots of a run that ended well and whose files in the folder `output` have not been touched since.
    pub fn ended(&self, output: &Path) -> Option<&[u128]> {
        let (inputs, files) = self.ended.as_ref()?;
        let same = |file: &Whole| whole(&output.join(&file.name)).is_some_and(|now| now == *file);
        (!files.is_empty() && files.iter().all(same)).then_some(inputs)
    }

    /// The lines of the lot with this key, by stream, if it was made before and can still be read.
    pub fn recall(&self, key: u128) -> Option<[Vec<u8>; STREAMS]> {
        let (run, entry) = self.lots.get(&key)?;
        let places = self.places.get(*run)?;
        let mut sum = Xxh3Default::new();
        let mut out = [const { Vec::new() }; STREAMS];
        for (((lines, place), at), len) in out.iter_mut().zip(places).zip(entry.at).zip(entry.len) {
            *lines = stretch(place, at, len).ok()?;
            sum.update(lines);
        }
        (sum.digest() == entry.sum).then_some(out)
    }
}

fn stretch(path: &Path, at: u64, len: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if len > 0 {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(at))?;
        file.take(len).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// How the file at `path` stands now.
pub(super) fn whole(path: &Path) -> Option<Whole> {
    let meta = fs::metadata(path).ok()?;
    let changed = meta.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?.as_nanos();
    Some(Whole { name: path.file_name()?.to_str()?.to_owned(), size: meta.len(), changed })
}
