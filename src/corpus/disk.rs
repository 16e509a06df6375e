//! What does not fit in memory goes to files that someone else provides: this floor opens none.

use std::fmt::Debug;
use std::io;
use std::sync::{Arc, Mutex};

/// A file that is read and written anywhere, and is gone when it is dropped.
pub trait Blob: Debug + Send {
    /// Fills `out` with what stands at `at`.
    ///
    /// # Errors
    /// Where there is less, or the disk is broken.
    fn read(&mut self, at: u64, out: &mut [u8]) -> io::Result<()>;

    /// Writes bytes at `at`, which is within the file or its end.
    ///
    /// # Errors
    /// Where the disk is full or broken.
    fn write(&mut self, at: u64, bytes: &[u8]) -> io::Result<()>;
}

/// Makes an empty file.
type Make = dyn Fn() -> io::Result<Box<dyn Blob>> + Send + Sync;

/// Where files come from. The first thing that goes wrong with any of them is kept: those who compare passages go on with what they have, and the
/// run asks from time to time and ends.
#[derive(Clone)]
pub struct Disk {
    make: Arc<Make>,
    trouble: Arc<Mutex<Option<io::Error>>>,
}

impl Debug for Disk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Disk")
    }
}

/// A file whose failures are kept aside.
#[derive(Debug)]
pub(super) struct File {
    blob: Option<Box<dyn Blob>>,
    disk: Disk,
}

impl Disk {
    /// A disk whose files `make` makes.
    pub fn new(make: impl Fn() -> io::Result<Box<dyn Blob>> + Send + Sync + 'static) -> Self {
        Self { make: Arc::new(make), trouble: Arc::default() }
    }

    /// A new file.
    pub(super) fn file(&self) -> File {
        let blob = self.note((self.make)());
        File { blob, disk: self.clone() }
    }

    /// The first thing that went wrong since it was last asked: what was found since is not to be believed.
    pub fn trouble(&self) -> Option<io::Error> {
        self.trouble.lock().ok()?.take()
    }

    fn note<T>(&self, result: io::Result<T>) -> Option<T> {
        result
            .map_err(|error| {
                if let Ok(mut trouble) = self.trouble.lock() {
                    trouble.get_or_insert(error);
                }
            })
            .ok()
    }
}

impl File {
    /// Fills `out` with what stands at `at`, and says whether it could be read.
    pub(super) fn read(&mut self, at: u64, out: &mut [u8]) -> bool {
        let Some(blob) = &mut self.blob else { return false };
        self.disk.note(blob.read(at, out)).is_some()
    }

    /// Writes bytes at `at`.
    pub(super) fn write(&mut self, at: u64, bytes: &[u8]) {
        if let Some(blob) = &mut self.blob {
            self.disk.note(blob.write(at, bytes));
        }
    }
}

/// Files in memory, for tests.
#[cfg(test)]
pub(super) mod memory {
    use super::{Blob, Disk};
    use std::io;

    #[derive(Debug, Default)]
    struct Bytes(Vec<u8>);

    impl Blob for Bytes {
        fn read(&mut self, at: u64, out: &mut [u8]) -> io::Result<()> {
            let from = self.0.get(at as usize..at as usize + out.len());
            out.copy_from_slice(from.ok_or(io::ErrorKind::UnexpectedEof)?);
            Ok(())
        }

        fn write(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
            let end = at as usize + bytes.len();
            self.0.resize(self.0.len().max(end), 0);
            self.0[at as usize..end].copy_from_slice(bytes);
            Ok(())
        }
    }

    /// A disk that is none.
    pub(crate) fn disk() -> Disk {
        Disk::new(|| Ok(Box::new(Bytes::default())))
    }

    #[test]
    fn what_goes_wrong_is_kept() {
        let disk = disk();
        let mut file = disk.file();
        file.write(0, b"abc");
        assert!(disk.trouble().is_none());
        assert!(!file.read(1, &mut [0; 3]));
        assert_eq!(disk.trouble().map(|e| e.kind()), Some(io::ErrorKind::UnexpectedEof));
        assert!(disk.trouble().is_none());
    }
}
