//! The output folder. Files are written under temporary names and take their own when all of them are whole.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use crate::error::Error;

/// Temporary files begin with this; what an interrupted run left is swept at the next.
const PREFIX: &str = ".recensio-";
/// So many bytes are brought to the disk at a time, while the workers go on; the rest at the end.
const SYNCED: usize = 32 << 20;

/// A folder that is written to.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
}

/// A file of the folder that is being written.
#[derive(Debug)]
pub struct File {
    target: PathBuf,
    writer: BufWriter<NamedTempFile>,
    /// Bytes written since the last were brought to the disk.
    unsynced: usize,
}

impl Folder {
    /// Opens the folder, making it where it does not exist, and sweeps what an interrupted run left in it.
    ///
    /// # Errors
    /// Where it cannot be made or written to.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let failed = |source| Error::Output { path: path.to_owned(), source };
        fs::create_dir_all(path).map_err(failed)?;
        for entry in fs::read_dir(path).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with(PREFIX) && name.ends_with(".tmp") {
                fs::remove_file(entry.path()).map_err(failed)?;
            }
        }
        Ok(Self { path: path.to_owned() })
    }

    /// Begins the file `name`; it does not appear before [`Folder::publish`].
    ///
    /// # Errors
    /// Where the folder cannot be written to.
    pub fn create(&self, name: &str) -> Result<File, Error> {
        let target = self.path.join(name);
        let mut builder = Builder::new();
        builder.prefix(PREFIX).suffix(".tmp");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let temporary =
            builder.tempfile_in(&self.path).map_err(|source| Error::Output { path: target.clone(), source })?;
        Ok(File { target, writer: BufWriter::with_capacity(1 << 16, temporary), unsynced: 0 })
    }

    /// Makes the files appear under their names: first every one is brought to the disk, then each takes its name.
    ///
    /// # Errors
    /// Where one cannot be written; then none that was not whole has taken its name.
    pub fn publish(self, files: Vec<File>) -> Result<(), Error> {
        let mut whole = Vec::with_capacity(files.len());
        for File { target, writer, .. } in files {
            let failed = |source| Error::Output { path: target.clone(), source };
            let temporary = writer.into_inner().map_err(|error| failed(error.into_error()))?;
            temporary.as_file().sync_all().map_err(failed)?;
            whole.push((target, temporary));
        }
        for (target, temporary) in whole {
            temporary.persist(&target).map_err(|error| Error::Output { path: target.clone(), source: error.error })?;
        }
        #[cfg(unix)]
        fs::File::open(&self.path)
            .and_then(|folder| folder.sync_all())
            .map_err(|source| Error::Output { path: self.path.clone(), source })?;
        Ok(())
    }
}

impl File {
    /// Writes to the file.
    ///
    /// # Errors
    /// Where the disk is full or broken.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.writer.write_all(bytes).map_err(|source| self.failed(source))?;
        self.unsynced += bytes.len();
        if self.unsynced >= SYNCED {
            self.unsynced = 0;
            let synced = self.writer.flush().and_then(|()| self.writer.get_ref().as_file().sync_data());
            synced.map_err(|source| self.failed(source))?;
        }
        Ok(())
    }

    fn failed(&self, source: io::Error) -> Error {
        Error::Output { path: self.target.clone(), source }
    }
}

#[cfg(test)]
mod tests {
    use super::Folder;

    #[test]
    fn files_appear_together_and_leave_nothing_behind() {
        let place = tempfile::tempdir().unwrap();
        std::fs::write(place.path().join(".recensio-old.tmp"), "torn").unwrap();
        let folder = Folder::open(place.path()).unwrap();
        let mut file = folder.create("a.jsonl").unwrap();
        file.write(b"{}\n").unwrap();
        assert!(!place.path().join("a.jsonl").exists());
        folder.publish(vec![file]).unwrap();
        let names: Vec<_> = std::fs::read_dir(place.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(names, ["a.jsonl"]);
    }

    #[test]
    fn a_file_that_is_dropped_leaves_no_trace() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(place.path()).unwrap();
        drop(folder.create("a.jsonl").unwrap());
        assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 0);
    }
}
