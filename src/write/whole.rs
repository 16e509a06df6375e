//! A file that appears whole or not at all.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use crate::error::Error;

/// Makes `path` of what `write` writes: under another name beside it at first, which is renamed when everything is on the disk. Where anything fails,
/// nothing is left.
///
/// # Errors
/// Where it cannot be written, or `write` fails.
pub(super) fn whole(path: &Path, write: impl FnOnce(&mut BufWriter<File>) -> Result<(), Error>) -> Result<(), Error> {
    let failed = |source: io::Error| Error::Table { path: path.to_owned(), source };
    let draft = draft(path);
    let make = || {
        let mut out = BufWriter::new(File::create(&draft).map_err(failed)?);
        write(&mut out)?;
        out.flush().map_err(failed)?;
        out.get_ref().sync_all().map_err(failed)?;
        fs::rename(&draft, path).map_err(failed)
    };
    make().inspect_err(|_| drop(fs::remove_file(&draft)))
}

/// Whether `path` will be able to be written, asked before the work that it takes to know what is written.
///
/// # Errors
/// Where it cannot; the message says so.
pub fn can_be_written(path: &Path) -> Result<(), Error> {
    let failed = |source| Error::Table { path: path.to_owned(), source };
    if path.is_dir() {
        return Err(failed(io::ErrorKind::IsADirectory.into()));
    }
    let draft = draft(path);
    File::create(&draft).map_err(failed)?;
    fs::remove_file(&draft).map_err(failed)
}

fn draft(path: &Path) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(".part");
    name.into()
}
