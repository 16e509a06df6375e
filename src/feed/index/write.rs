//! Brings an index up to date with a corpus.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use tantivy::directory::MmapDirectory;
use tantivy::{Index, IndexWriter, TantivyDocument, TantivyError, Term};

use super::letters::{LETTERS, has_solid};
use super::{FORMAT, Payload, failed, register, schema};
use crate::error::Error;
use crate::feed::engine::{Stamped, object};
use crate::feed::unit::{Kind, Units, short};
use crate::feed::write::lines;

/// The least memory that a thread of the engine takes.
const LEAST: usize = 15_000_000;

/// What is to be done.
#[derive(Clone, Debug)]
pub struct Order {
    /// The `corpus.jsonl`.
    pub corpus: PathBuf,
    /// The folder of the index.
    pub index: PathBuf,
    /// What the units are.
    pub kind: Kind,
    /// Bytes for what is not yet on the disk.
    pub memory: usize,
}

/// What came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Units that are new or other than they were.
    pub upserts: u64,
    /// Units that are there no more.
    pub deletes: u64,
    /// Units that are as they were.
    pub unchanged: u64,
    /// How often the index has changed.
    pub generation: u64,
}

/// Writes what has changed since the index was written last, in one commit: until then, and where this ends early, what was there is read.
///
/// # Errors
/// Where the corpus cannot be read, the index not be written or is of another kind, or another process is writing to it.
pub fn write(order: &Order) -> Result<Done, Error> {
    let failed = failed(&order.index);
    // Before the folder is made, so that a wrong name leaves nothing behind.
    let lines = lines(&order.corpus)?;
    let index = opened(&order.index)?;
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8).min((order.memory / LEAST).max(1));
    let mut writer: IndexWriter =
        index.writer_with_num_threads(threads, order.memory.max(LEAST * threads)).map_err(&failed)?;
    let before = checked(&index, order)?;
    let mut done = Done { generation: before.map_or(0, |before| before.generation), ..Done::default() };
    let mut held = held(&index).map_err(&failed)?;
    let schema = index.schema();
    let id = schema.get_field("id").map_err(&failed)?;
    let letters = schema.get_field(LETTERS).map_err(&failed)?;
    let mut units = Units::new(order.kind);
    for line in lines {
        let (number, line) = line?;
        let wrong = |error| Error::Corpus { path: order.corpus.clone(), what: format!("line {number}: {error}") };
        for unit in units.of(&line).map_err(wrong)? {
            let hash = format!("{:032x}", unit.hash());
            let earlier = held.remove(&short(unit.id.as_bytes()));
            if earlier.as_ref().is_some_and(|(_, earlier)| *earlier == short(hash.as_bytes())) {
                done.unchanged += 1;
                continue;
            }
            if earlier.is_some() {
                writer.delete_term(Term::from_field_text(id, &unit.id));
            }
            let record = Stamped { unit: &unit, hash: &hash, generation: done.generation + 1 };
            let mut document = TantivyDocument::from_json_object(&schema, object(&record))
                .map_err(|error| failed(TantivyError::InvalidArgument(error.to_string())))?;
            let all = unit.title.iter().chain(unit.texts.iter().map(|(_, text)| text));
            for text in all.filter(|text| has_solid(text)) {
                document.add_text(letters, text);
            }
            writer.add_document(document).map_err(&failed)?;
            done.upserts += 1;
        }
    }
    #[expect(clippy::iter_over_hash_type, reason = "deletes have no order")]
    for (gone, _) in held.values() {
        writer.delete_term(Term::from_field_text(id, gone));
        done.deletes += 1;
    }
    if done.upserts + done.deletes > 0 || done.generation == 0 {
        done.generation += 1;
        commit(&mut writer, order.kind, done.generation).map_err(&failed)?;
        // What is merged behind the scenes is not left half done.
        writer.wait_merging_threads().map_err(&failed)?;
    }
    Ok(done)
}

/// What the last commit says, where it is of such units.
fn checked(index: &Index, order: &Order) -> Result<Option<Payload>, Error> {
    let before = payload(index, &order.index)?;
    match before.as_ref().filter(|before| before.unit != order.kind.name()) {
        None => Ok(before),
        Some(before) => {
            let what =
                format!("it is of --unit {}; give the same, or another folder with -o for this one", before.unit);
            Err(Error::Index { path: order.index.clone(), what })
        }
    }
}

/// Whether an index that is there can be brought up to date, as far as that is known without its corpus.
///
/// # Errors
/// Where it is of another kind or version.
pub fn can_be_written(order: &Order) -> Result<(), Error> {
    if !order.index.join("meta.json").exists() {
        return Ok(());
    }
    checked(&opened(&order.index)?, order).map(drop)
}

fn commit(writer: &mut IndexWriter, kind: Kind, generation: u64) -> Result<(), TantivyError> {
    let payload = Payload { format: FORMAT.to_owned(), unit: kind.name().to_owned(), generation };
    let payload = serde_json::to_string(&payload).map_err(|error| TantivyError::InternalError(error.to_string()))?;
    let mut commit = writer.prepare_commit()?;
    commit.set_payload(&payload);
    commit.commit()?;
    Ok(())
}

/// The index in a folder, made where there is none; a folder of other things is left alone.
fn opened(path: &Path) -> Result<Index, Error> {
    let trouble = |what: String| Error::Index { path: path.to_owned(), what };
    let is_index = path.join("meta.json").exists();
    if !is_index {
        std::fs::create_dir_all(path).map_err(|error| trouble(format!("{error}; name another folder with -o")))?;
        let mut entries = std::fs::read_dir(path).map_err(|error| trouble(error.to_string()))?;
        // What begins with a dot is what the engine leaves where it is killed early.
        let foreign =
            entries.any(|entry| entry.is_ok_and(|entry| !entry.file_name().to_string_lossy().starts_with('.')));
        if foreign {
            return Err(trouble("the folder holds other things; name an empty one with -o".to_owned()));
        }
    }
    let directory = MmapDirectory::open(path).map_err(|error| trouble(error.to_string()))?;
    let index = Index::open_or_create(directory, schema().map_err(failed(path))?).map_err(|error| match error {
        TantivyError::SchemaError(_) => {
            trouble("it was made by another version or program; remove the folder and make the index again".to_owned())
        }
        error => failed(path)(error),
    })?;
    register(&index);
    Ok(index)
}

/// What the last commit says; nothing where there was none.
fn payload(index: &Index, path: &Path) -> Result<Option<Payload>, Error> {
    let meta = index.load_metas().map_err(failed(path))?;
    let Some(text) = meta.payload else { return Ok(None) };
    let payload = serde_json::from_str(&text).ok().filter(|payload: &Payload| payload.format == FORMAT);
    let what = "it was made by another version or program; remove the folder and make the index again".to_owned();
    payload.map(Some).ok_or(Error::Index { path: path.to_owned(), what })
}

/// What an index holds: by the hash of the id, the id and the hash of the hash of the content.
fn held(index: &Index) -> Result<HashMap<u128, (String, u128)>, TantivyError> {
    let searcher = index.reader()?.searcher();
    let mut out = HashMap::with_capacity(searcher.num_docs() as usize);
    for segment in searcher.segment_readers() {
        let fast = segment.fast_fields();
        let (Some(ids), Some(hashes)) = (fast.str("id")?, fast.str("content_hash")?) else { continue };
        for document in segment.doc_ids_alive() {
            let (mut id, mut hash) = (String::new(), String::new());
            for (column, text) in [(&ids, &mut id), (&hashes, &mut hash)] {
                if let Some(ord) = column.term_ords(document).next() {
                    column.ord_to_str(ord, text)?;
                }
            }
            out.insert(short(id.as_bytes()), (id, short(hash.as_bytes())));
        }
    }
    Ok(out)
}
