//! A file for what a run cannot hold in memory: it only grows, is read anywhere, and is gone when the run ends, however it ends.

use std::fs::{self, File};
#[cfg(not(unix))]
use std::io::Read as _;
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::corpus::Blob;

/// Bytes that are held until they are written together.
const HELD: usize = 1 << 16;

/// A file that only grows.
#[derive(Debug)]
pub struct Scratch {
    file: File,
    /// Where it lies, where the system does not let go of the name of an open file.
    named: Option<PathBuf>,
    written: u64,
    held: Vec<u8>,
}

impl Scratch {
    /// An empty file in `folder`, which is there.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub fn create(folder: &Path) -> io::Result<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!("scratch-{}-{number}", std::process::id()));
        let file = File::options().read(true).write(true).create(true).truncate(true).open(&path)?;
        let named = (!cfg!(unix) || fs::remove_file(&path).is_err()).then_some(path);
        Ok(Self { file, named, written: 0, held: Vec::new() })
    }

    /// Adds bytes and gives where they begin.
    ///
    /// # Errors
    /// Where the disk is full or broken.
    pub fn append(&mut self, bytes: &[u8]) -> io::Result<u64> {
        let at = self.written + self.held.len() as u64;
        self.held.extend_from_slice(bytes);
        if self.held.len() >= HELD {
            self.flush()?;
        }
        Ok(at)
    }

    /// How long it is.
    pub fn len(&self) -> u64 {
        self.written + self.held.len() as u64
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Fills `out` with what begins at `at`.
    ///
    /// # Errors
    /// Where there is less, or the disk is broken.
    pub fn read(&mut self, at: u64, out: &mut [u8]) -> io::Result<()> {
        if at + out.len() as u64 > self.written {
            self.flush()?;
        }
        self.read_at(at, out)
    }

    /// Without moving the place of the file, where the system can.
    #[cfg(unix)]
    fn read_at(&mut self, at: u64, out: &mut [u8]) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(&self.file, out, at)
    }

    #[cfg(not(unix))]
    fn read_at(&mut self, at: u64, out: &mut [u8]) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(at))?;
        self.file.read_exact(out)
    }

    /// Overwrites what begins at `at`, or adds to the end.
    ///
    /// # Errors
    /// Where the disk is full or broken.
    pub fn put(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        self.flush()?;
        self.file.seek(SeekFrom::Start(at))?;
        self.file.write_all(bytes)?;
        self.written = self.written.max(at + bytes.len() as u64);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.held.is_empty() {
            return Ok(());
        }
        self.file.seek(SeekFrom::Start(self.written))?;
        self.file.write_all(&self.held)?;
        self.written += self.held.len() as u64;
        self.held.clear();
        Ok(())
    }
}

impl Blob for Scratch {
    fn read(&mut self, at: u64, out: &mut [u8]) -> io::Result<()> {
        Self::read(self, at, out)
    }

    fn write(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        self.put(at, bytes)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Some(path) = &self.named {
            drop(fs::remove_file(path));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{HELD, Scratch};

    #[test]
    fn what_was_added_is_read_back_anywhere_and_no_file_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let mut scratch = Scratch::create(folder.path()).unwrap();
        let all: Vec<u8> = (0..3 * HELD).map(|n| (n % 251) as u8).collect();
        for piece in all.chunks(1000) {
            let at = scratch.append(piece).unwrap();
            let mut out = vec![0; piece.len()];
            scratch.read(at, &mut out).unwrap();
            assert_eq!(out, piece);
        }
        scratch.put(20_000, b"elsewhere").unwrap();
        let mut out = [0; 11];
        scratch.read(19_999, &mut out).unwrap();
        assert_eq!(&out[1..10], b"elsewhere");
        let mut out = vec![0; 777];
        scratch.read(12_345, &mut out).unwrap();
        assert_eq!(out, all[12_345..13_122]);
        assert!(scratch.read(all.len() as u64, &mut out).is_err());
        drop(scratch);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
