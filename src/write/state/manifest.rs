//! The manifest of a run: which lots of documents are whole, and where their lines stand. It is only ever appended to.
//!
//! Each line carries its own checksum, so that a line torn by a crash ends what is believed and nothing else is lost.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

/// The streams that a lot adds to: `corpus.jsonl`, `removed.jsonl`, `findings.jsonl`, what the report shows, and the sums.
pub const STREAMS: usize = 5;

/// A lot of documents that stand in the input one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Hash of the documents as they were read: their bytes, names and places.
    #[serde(with = "hex")]
    pub input: u128,
    /// Hash of the above and of what was decided of them in view of the rest of the corpus.
    #[serde(with = "hex")]
    pub key: u128,
    /// Where its lines begin in each stream, in bytes.
    pub at: [u64; STREAMS],
    /// How many bytes they are.
    pub len: [u64; STREAMS],
    /// Checksum of these bytes, one stream after the other.
    pub sum: u64,
}

/// A file of the output as it was when the run ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whole {
    /// Its name.
    pub name: String,
    /// How many bytes it has.
    pub size: u64,
    /// When it was last changed, in nanoseconds since 1970.
    pub changed: u128,
}

/// A line of the manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Line {
    /// The first: everything but the documents that decides what comes out.
    Run {
        #[serde(with = "hex")]
        key: u128,
    },
    /// A lot that is on the disk.
    Lot(Entry),
    /// The last, of a run that ended well.
    Done(Vec<Whole>),
}

/// What a manifest says.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// The key of the run; none where not even the first line is whole.
    pub run: Option<u128>,
    /// The lots, in the order of the input.
    pub lots: Vec<Entry>,
    /// The files of the output, where the run ended well.
    pub done: Option<Vec<Whole>>,
}

impl Manifest {
    /// Reads a manifest up to the first line that is not whole.
    pub(super) fn read(path: &Path) -> Self {
        let mut manifest = Self::default();
        let Ok(bytes) = fs::read(path) else { return manifest };
        for line in bytes.split_inclusive(|&b| b == b'\n') {
            match parse(line) {
                Some(Line::Run { key }) => manifest.run = Some(key),
                Some(Line::Lot(entry)) => manifest.lots.push(entry),
                Some(Line::Done(files)) => manifest.done = Some(files),
                None => break,
            }
        }
        manifest
    }
}

/// A line with its checksum and line feed.
pub(super) fn line(line: &Line) -> Vec<u8> {
    let json = serde_json::to_vec(line).unwrap_or_default();
    let mut out = format!("{:016x} ", xxh3_64(&json)).into_bytes();
    out.extend(json);
    out.push(b'\n');
    out
}

fn parse(line: &[u8]) -> Option<Line> {
    let (sum, json) = line.strip_suffix(b"\n")?.split_at_checked(16)?;
    let json = json.strip_prefix(b" ")?;
    let sum = u64::from_str_radix(std::str::from_utf8(sum).ok()?, 16).ok()?;
    if sum == xxh3_64(json) { serde_json::from_slice(json).ok() } else { None }
}

/// Hashes as hexadecimal digits.
mod hex {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(hash: &u128, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{hash:032x}"))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u128, D::Error> {
        let digits = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        u128::from_str_radix(&digits, 16).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, Line, Manifest, line};

    #[test]
    fn what_is_torn_is_not_believed_and_what_is_before_it_is() {
        let entry = Entry { input: 7, key: u128::MAX, at: [0, 1, 2, 3, 4], len: [5; 5], sum: 9 };
        let lines = [Line::Run { key: 3 }, Line::Lot(entry), Line::Lot(Entry { key: 1, ..entry })];
        let whole: Vec<u8> = lines.iter().flat_map(line).collect();
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("manifest");
        let ends: Vec<usize> = whole.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(i, _)| i + 1).collect();
        for cut in 0..=whole.len() {
            std::fs::write(&path, &whole[..cut]).unwrap();
            let manifest = Manifest::read(&path);
            let lines = ends.iter().filter(|end| **end <= cut).count();
            assert_eq!(manifest.lots.len(), lines.saturating_sub(1), "cut at {cut}");
            assert_eq!(manifest.run, (lines > 0).then_some(3));
        }
        let mut wrong = whole.clone();
        wrong[ends[0] + 30] ^= 1;
        std::fs::write(&path, &wrong).unwrap();
        assert!(Manifest::read(&path).lots.is_empty());
    }
}
