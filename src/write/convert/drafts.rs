//! Files that appear together, when all of them are whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::Error;

/// Files under other names until [`Drafts::publish`]; dropped before, nothing of them is left.
#[derive(Debug)]
pub(super) struct Drafts {
    folder: PathBuf,
    /// The other name of each file, and its own.
    files: Vec<(PathBuf, PathBuf)>,
}

impl Drafts {
    pub(super) fn new(folder: &Path) -> Result<Self, Error> {
        fs::create_dir_all(folder).map_err(|source| failed(folder, source))?;
        Ok(Self { folder: folder.to_owned(), files: Vec::new() })
    }

    /// Begins the file `name` of the folder.
    pub(super) fn file(&mut self, name: &str) -> Result<Draft, Error> {
        let path = self.folder.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|source| failed(folder, source))?;
        }
        let mut draft = path.clone().into_os_string();
        draft.push(format!(".part-{}", std::process::id()));
        let draft = PathBuf::from(draft);
        let file = File::create(&draft).map_err(|source| failed(&path, source))?;
        self.files.push((draft, path.clone()));
        Ok(Draft { out: BufWriter::with_capacity(1 << 16, file), path })
    }

    /// Lets the files appear under their names, and gives these.
    pub(super) fn publish(mut self) -> Result<Vec<PathBuf>, Error> {
        let files = std::mem::take(&mut self.files);
        for (draft, path) in &files {
            fs::rename(draft, path).map_err(|source| failed(path, source))?;
        }
        Ok(files.into_iter().map(|(_, path)| path).collect())
    }
}

impl Drop for Drafts {
    fn drop(&mut self) {
        for (draft, _) in &self.files {
            drop(fs::remove_file(draft));
        }
    }
}

/// A file that is being written.
#[derive(Debug)]
pub(super) struct Draft {
    out: BufWriter<File>,
    path: PathBuf,
}

impl Draft {
    /// Writes on.
    pub(super) fn add(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.out.write_all(bytes).map_err(|source| failed(&self.path, source))
    }

    /// The file, as it will be called.
    #[cfg(feature = "arrow")]
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The error about this file.
    pub(super) fn failed(&self, source: io::Error) -> Error {
        failed(&self.path, source)
    }

    /// Brings it to the disk.
    pub(super) fn end(mut self) -> Result<(), Error> {
        self.out.flush().and_then(|()| self.out.get_ref().sync_all()).map_err(|source| failed(&self.path, source))
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn failed(path: &Path, source: io::Error) -> Error {
    Error::Converted { path: path.to_owned(), source }
}
