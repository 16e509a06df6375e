//! `--watch`: the files checked again whenever one of them changes.

use std::collections::BTreeMap;
use std::fs;
use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, SystemTime};

use crate::batch::Checked;
use crate::read::InputFile;

/// How often the files are looked at.
const EVERY: Duration = Duration::from_millis(300);

/// What tells whether a file changed: its time and its length.
type Stamp = Option<(SystemTime, u64)>;

/// The documents of files, as they were when they were last checked.
#[derive(Debug, Default)]
pub(super) struct Watched {
    files: BTreeMap<PathBuf, (Stamp, Vec<Checked>)>,
}

impl Watched {
    /// The files that changed since they were checked, or were not yet; what is gone is forgotten. The second says whether anything is other than
    /// it was.
    pub(super) fn changed(&mut self, files: &[InputFile]) -> (Vec<InputFile>, bool) {
        let known = self.files.len();
        self.files.retain(|path, _| files.iter().any(|file| file.path.as_deref() == Some(path)));
        let is_less = self.files.len() < known;
        let changed: Vec<InputFile> = files
            .iter()
            .filter(|file| {
                let Some(path) = &file.path else { return false };
                self.files.get(path).is_none_or(|(stamp, _)| *stamp != stamp_of(path))
            })
            .cloned()
            .collect();
        let is_other = is_less || !changed.is_empty();
        (changed, is_other)
    }

    /// Takes over what a file came to. Its time is that from before it was read.
    pub(super) fn put(&mut self, path: PathBuf, stamp: Stamp, documents: Vec<Checked>) {
        self.files.insert(path, (stamp, documents));
    }

    /// All documents, in the order of the files.
    pub(super) fn documents<'w>(&'w self, files: &'w [InputFile]) -> impl Iterator<Item = &'w Checked> {
        files.iter().filter_map(|file| self.files.get(file.path.as_ref()?)).flat_map(|(_, documents)| documents)
    }
}

/// The stamp of a file.
pub(super) fn stamp_of(path: &PathBuf) -> Stamp {
    let about = fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}

/// Waits until the files are looked at again.
pub(super) fn wait() {
    thread::sleep(EVERY);
}

/// What empties a terminal, and parts one list from the next elsewhere.
pub(super) fn cleared() -> &'static str {
    if std::io::stdout().is_terminal() { "\u{1b}[2J\u{1b}[3J\u{1b}[H" } else { "" }
}
