//! Writes a feed.

use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, BufWriter, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use super::engine::{Engine, Feed, Shape, Stamped};
use super::manifest::{Change, Earlier, Entry, Head, MANIFEST};
use super::unit::{Kind, Units};
use crate::error::Error;

/// Where the files of a feed lie until all of them are whole.
const DRAFT: &str = ".part";

/// What is to be written.
#[derive(Clone, Debug)]
pub struct Order {
    /// The `corpus.jsonl`.
    pub corpus: PathBuf,
    /// For which engine.
    pub engine: Engine,
    /// What the units are.
    pub kind: Kind,
    /// The folder that it is written to.
    pub output: PathBuf,
    /// The manifest of an earlier feed: only what has changed since is written.
    pub since: Option<PathBuf>,
    /// What the index is called.
    pub name: String,
    /// Bytes that a file may have; a single record that is longer is alone.
    pub size: u64,
    /// The number of the feed, where it is not one more than that of the feed before.
    pub generation: Option<u64>,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Units that were written.
    pub upserts: u64,
    /// Units that are to be deleted.
    pub deletes: u64,
    /// Units that are as they were.
    pub unchanged: u64,
    /// The number of the feed.
    pub generation: u64,
    /// Files of records, in the order in which they are loaded.
    pub files: Vec<String>,
    /// Records that are longer than a file may be.
    pub oversized: u64,
}

/// The lines of a `corpus.jsonl`, by number.
///
/// # Errors
/// Where it cannot be read.
pub(super) fn lines(corpus: &Path) -> Result<impl Iterator<Item = Result<(usize, Vec<u8>), Error>> + use<>, Error> {
    let path = corpus.to_owned();
    let failed = move |error: io::Error| Error::Corpus { path: path.clone(), what: error.to_string() };
    let file = File::open(corpus).map_err(&failed)?;
    let lines = BufReader::with_capacity(1 << 18, file).split(b'\n').zip(1..);
    Ok(lines.map(move |(line, number)| Ok((number, line.map_err(&failed)?))))
}

/// Whether this is a manifest of an earlier feed of such units.
///
/// # Errors
/// Where it is not.
pub fn readable(manifest: &Path, kind: Kind) -> Result<(), Error> {
    Earlier::read(manifest, kind).map(drop)
}

/// Writes a feed. Its files appear when all of them are whole, the manifest last; files of an earlier feed that are no part of it go.
///
/// # Errors
/// Where the corpus or the manifest cannot be read or the folder not be written.
pub fn write(order: &Order) -> Result<Done, Error> {
    let earlier = |path: &Path| Earlier::read(path, order.kind);
    let standing = order.output.join(MANIFEST);
    // Without --since everything is written, but the series goes on from what stands in the folder.
    let mut before = match &order.since {
        Some(path) => earlier(path)?,
        None if standing.exists() && order.generation.is_none() => earlier(&standing)?,
        None => Earlier::default(),
    };
    let next = order.generation.unwrap_or(before.generation + 1);
    if next <= before.generation {
        return Err(Error::Usage(format!(
            "--generation {next} is not above that of the feed before, {}; give a higher number, or leave it out",
            before.generation
        )));
    }
    let draft = order.output.join(DRAFT);
    let failed = |source| Error::Feed { path: order.output.clone(), source };
    if draft.exists() {
        fs::remove_dir_all(&draft).map_err(failed)?;
    }
    fs::create_dir_all(&draft).map_err(failed)?;
    let made = fill(order, &mut before, next, &draft)
        .and_then(|done| publish(&draft, &order.output).map_err(failed).map(|()| done));
    // Of a feed that failed nothing is left; where even that fails, the next one sees to it.
    made.inspect_err(|_| drop(fs::remove_dir_all(&draft)))
}

fn fill(order: &Order, before: &mut Earlier, next: u64, draft: &Path) -> Result<Done, Error> {
    let failed = |source| Error::Feed { path: order.output.clone(), source };
    let format = order.engine.format();
    let feed = Feed { name: order.name.clone(), generation: next };
    let mut units = Units::new(order.kind);
    let mut done = Done::default();
    let entries = draft.join("entries");
    let mut manifest = BufWriter::new(
        File::options().read(true).write(true).create(true).truncate(true).open(&entries).map_err(failed)?,
    );
    let (mut upserts, mut total) = (Parts::new(draft, "upserts", format.upserts(), order.size), 0);
    for line in lines(&order.corpus)? {
        let (number, line) = line?;
        let wrong = |error| Error::Corpus { path: order.corpus.clone(), what: format!("line {number}: {error}") };
        for unit in units.of(&line).map_err(wrong)? {
            let hash = unit.hash();
            let change = before.meet(&unit.id, hash);
            let generation = if let Change::None(generation) = change { generation } else { next };
            let hash = format!("{hash:032x}");
            if change == Change::Made || order.since.is_none() {
                let record = Stamped { unit: &unit, hash: &hash, generation };
                upserts.add(format.upsert(&record, &feed).as_bytes()).map_err(failed)?;
                done.upserts += 1;
            } else {
                done.unchanged += 1;
            }
            done.generation = done.generation.max(generation);
            let entry = Entry { id: unit.id, hash, generation };
            serde_json::to_writer(&mut manifest, &entry).map_err(|error| failed(error.into()))?;
            manifest.write_all(b"\n").map_err(failed)?;
            total += 1;
        }
    }
    let changed = before.gone() > 0 || done.generation == next;
    done.generation = if changed { next } else { before.generation.max(1) };
    done.oversized = upserts.oversized;
    done.files = upserts.end().map_err(failed)?;
    if order.since.is_some() {
        let mut deletes = Parts::new(draft, "deletes", format.deletes(), order.size);
        let mut held: Vec<String> = Vec::new();
        before.each_gone(|id| {
            held.push(id.to_owned());
            done.deletes += 1;
            if held.len() == format.batch() {
                deletes.add(format.delete(&held, &feed).as_bytes()).map_err(failed)?;
                held.clear();
            }
            Ok(())
        })?;
        if !held.is_empty() {
            deletes.add(format.delete(&held, &feed).as_bytes()).map_err(failed)?;
        }
        done.files.extend(deletes.end().map_err(failed)?);
    }
    let settings = Feed { generation: done.generation, ..feed };
    for (name, text) in format.settings(&settings) {
        settled(&draft.join(name), text.as_bytes()).map_err(failed)?;
    }
    let head = Head::new(order.kind, done.generation, total);
    let mut head = serde_json::to_vec(&head).map_err(|error| failed(error.into()))?;
    head.push(b'\n');
    manifest.flush().map_err(failed)?;
    let mut body = manifest.into_inner().map_err(|error| failed(error.into_error()))?;
    body.rewind().map_err(failed)?;
    let mut whole = File::create(draft.join(MANIFEST)).map_err(failed)?;
    whole.write_all(&head).map_err(failed)?;
    io::copy(&mut body, &mut whole).map_err(failed)?;
    whole.sync_all().map_err(failed)?;
    fs::remove_file(&entries).map_err(failed)?;
    Ok(done)
}

fn settled(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    #[cfg(unix)]
    if path.extension().is_some_and(|extension| extension == "sh") {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(path, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}

/// Puts the files of a draft into their folder: first what an earlier feed had goes, then they come, the manifest last.
fn publish(draft: &Path, output: &Path) -> io::Result<()> {
    for entry in fs::read_dir(output)? {
        let name = entry?.file_name();
        let records = name.to_str().is_some_and(|name| name.starts_with("upserts") || name.starts_with("deletes"));
        if records && !draft.join(&name).exists() {
            fs::remove_file(output.join(&name))?;
        }
    }
    let mut names: Vec<_> = fs::read_dir(draft)?.map(|entry| Ok(entry?.file_name())).collect::<io::Result<_>>()?;
    names.sort_by_key(|name| (name == MANIFEST, name.clone()));
    for name in &names {
        fs::rename(draft.join(name), output.join(name))?;
    }
    fs::remove_dir(draft)?;
    #[cfg(unix)]
    File::open(output)?.sync_all()?;
    Ok(())
}

/// Files of records, each no longer than it may be.
struct Parts<'d> {
    folder: &'d Path,
    stem: &'static str,
    shape: Shape,
    size: u64,
    open: Option<BufWriter<File>>,
    /// Bytes of the file that is open.
    filled: u64,
    oversized: u64,
    names: Vec<String>,
}

impl<'d> Parts<'d> {
    fn new(folder: &'d Path, stem: &'static str, shape: Shape, size: u64) -> Self {
        Self { folder, stem, shape, size, open: None, filled: 0, oversized: 0, names: Vec::new() }
    }

    fn add(&mut self, record: &[u8]) -> io::Result<()> {
        let [before, between, after] = self.shape.frame;
        let whole = (before.len() + record.len() + after.len()) as u64;
        let more = (between.len() + record.len() + after.len()) as u64;
        self.oversized += u64::from(whole > self.size && !self.shape.is_whole);
        if self.open.is_some() && self.filled + more > self.size && !self.shape.is_whole {
            self.close()?;
        }
        let separator = if self.open.is_some() { between } else { before };
        let out = if let Some(out) = &mut self.open {
            out
        } else {
            let name = if self.shape.is_whole {
                format!("{}.{}", self.stem, self.shape.extension)
            } else {
                format!("{}-{:05}.{}", self.stem, self.names.len() + 1, self.shape.extension)
            };
            let file = File::create(self.folder.join(&name))?;
            self.names.push(name);
            self.filled = 0;
            self.open.insert(BufWriter::with_capacity(1 << 17, file))
        };
        out.write_all(separator.as_bytes())?;
        out.write_all(record)?;
        self.filled += (separator.len() + record.len()) as u64;
        Ok(())
    }

    fn close(&mut self) -> io::Result<()> {
        if let Some(mut out) = self.open.take() {
            out.write_all(self.shape.frame[2].as_bytes())?;
            out.flush()?;
            out.get_ref().sync_all()?;
        }
        Ok(())
    }

    fn end(mut self) -> io::Result<Vec<String>> {
        self.close()?;
        Ok(self.names)
    }
}
