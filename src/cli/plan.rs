//! From what was typed to what is run: rules compiled, files listed, threads started.

use std::path::Path;

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::args::{Extract, Filter, Input, Keep, Levels, Offsets, Only};
use super::memory;
use crate::batch::Plan;
use crate::decisions::Decisions;
use crate::error::Error;
use crate::options;
use crate::read::{self, Fields, InputFile};
use crate::rules::entity::USER as USER_GAZETTEER;
use crate::rules::glossary::GLOSSARY;
use crate::rules::leftover::TERMS;
use crate::rules::{Overlay, Rules};
use crate::text::place::Unit;
use crate::write::state::Seen;

/// Bytes of documents under way at once for each thread: several batches, so that none waits.
const BUDGET: usize = 1 << 20;

/// Everything a run needs.
pub(super) struct Opened {
    /// The files, in order.
    pub(super) files: Vec<InputFile>,
    /// What the fields of JSON documents are called.
    pub(super) fields: Fields,
    /// What the stages know.
    pub(super) rules: Rules,
    /// The choices that change what comes out.
    pub(super) options: options::Options,
    against: Option<Seen>,
    memory: usize,
    /// The workers.
    pub(super) pool: ThreadPool,
    /// What was passed over.
    pub(super) notes: Vec<String>,
    /// Bytes of all files together, as far as known.
    pub(super) bytes: u64,
    /// Whether the input can be read only once.
    pub(super) streams: bool,
}

impl Opened {
    /// Compares with the corpus in this folder, too; `output` is another.
    pub(super) fn compare_with(&mut self, folder: &Path, output: &Path) -> Result<(), Error> {
        let failed = |source| Error::Against { path: folder.to_owned(), source };
        let same = std::fs::canonicalize(folder).map_err(failed)?;
        if std::fs::canonicalize(output).is_ok_and(|output| output == same) {
            return Err(failed(std::io::Error::other("it is the output folder of this run; name another with -o")));
        }
        self.against = Some(Seen::find(folder).map_err(failed)?);
        self.options.against = Some(folder.to_string_lossy().replace('\\', "/"));
        Ok(())
    }

    /// Leaves out the findings that were rejected in a review, by the file of its decisions.
    pub(super) fn obey(&mut self, decisions: Option<&Path>) -> Result<(), Error> {
        if let Some(path) = decisions {
            self.options.decisions = Decisions::read(path)?;
        }
        Ok(())
    }

    /// Bytes of documents that may be under way at once.
    pub(super) fn budget(&self) -> usize {
        BUDGET * (self.pool.current_num_threads() + 2)
    }

    pub(super) fn plan(&self) -> Plan<'_> {
        Plan {
            files: self.files.clone(),
            fields: self.fields.clone(),
            rules: &self.rules,
            options: self.options.clone(),
            budget: self.budget().min(self.memory / 64),
            memory: self.memory,
            against: self.against.clone(),
            scratch: std::env::temp_dir(),
            spared: Vec::new(),
            past: None,
            stop: None,
        }
    }
}

/// What counts as a copy, and what becomes of it.
fn repeats(input: &Input) -> Result<options::Repeats, Error> {
    let (removed, reported) = (input.near_removed, input.near_reported);
    if let Some(reported) = reported.filter(|reported| *reported > removed) {
        return Err(Error::Thresholds { removed, reported });
    }
    let Levels { documents, passages, spans } = input.repeats;
    let default = options::Repeats::default().near_reported.min(removed);
    Ok(options::Repeats {
        documents,
        passages,
        spans,
        near_removed: removed,
        near_reported: reported.unwrap_or(default),
        report_only: input.report_only,
        brake: input.brake,
    })
}

/// The rules with what the user puts in their place or adds, and what is to be said of it.
pub(super) fn rules(
    folder: Option<&Path>,
    gazetteer: Option<&Path>,
    terms: Option<&Path>,
    glossary: Option<&Path>,
) -> Result<(Rules, Vec<String>), Error> {
    let mut overlay = folder.map_or_else(|| Ok(Overlay::default()), read::overlay)?;
    for (name, path) in [(USER_GAZETTEER, gazetteer), (TERMS, terms), (GLOSSARY, glossary)] {
        if let Some(path) = path {
            overlay = overlay.with(name, read::text(path)?);
        }
    }
    let rules = Rules::load(&overlay)?;
    let unused = overlay.unused();
    let unused = unused.iter().map(|name| format!("no rule reads the file {name} of the rules folder"));
    Ok((rules, unused.collect()))
}

/// What the fields of JSON documents are called.
fn fields(input: &Input) -> Fields {
    Fields {
        id: input.id_field.clone(),
        text: input.text_field.clone(),
        source_text: input.source_text_field.clone(),
        html: input.html_field.clone(),
        language: input.language_field.clone(),
        source_language: input.source_language_field.clone(),
        date: input.date_field.clone(),
        title: input.title_field.clone(),
        url: input.url_field.clone(),
    }
}

/// The choices that change what comes out.
fn options(input: &Input) -> Result<options::Options, Error> {
    Ok(options::Options {
        decisions: Decisions::default(),
        messages: input.messages.into(),
        keep: match input.keep {
            Keep::First => options::Keep::First,
            Keep::Longest => options::Keep::Longest,
            Keep::Newest => options::Keep::Newest,
            Keep::Best => options::Keep::Best,
            Keep::All => options::Keep::All,
        },
        repeats: repeats(input)?,
        against: None,
        offsets: match input.offsets {
            Offsets::Chars => Unit::Chars,
            Offsets::Bytes => Unit::Bytes,
            Offsets::Utf16 => Unit::Utf16,
        },
        source_language: input.source_language,
        language: input.language,
        foreign: input.foreign,
        extract: match input.extract {
            Extract::Main => options::Extract::Main,
            Extract::Fast => options::Extract::Fast,
            Extract::All => options::Extract::All,
        },
        encoding: input.encoding,
        filters: filters(&input.filter),
        words: input.words,
        limits: options::Limits { size: input.max_document_size, time: input.max_document_time },
        only: input.only.map(|Only::Repeats| options::Only::Repeats),
    })
}

/// What was typed, without what is read.
pub(super) fn settings(input: &Input) -> Result<(Rules, options::Options, Fields), Error> {
    let (folder, gazetteer) = (input.rules.as_deref(), input.gazetteer.as_deref());
    let (rules, _) = rules(folder, gazetteer, input.terms.as_deref(), input.glossary.as_deref())?;
    Ok((rules, options(input)?, fields(input)))
}

/// Checks and opens what was typed. `output` is not read as input.
pub(super) fn open(input: &Input, output: Option<&Path>) -> Result<Opened, Error> {
    let (folder, gazetteer) = (input.rules.as_deref(), input.gazetteer.as_deref());
    let (rules, unused) = rules(folder, gazetteer, input.terms.as_deref(), input.glossary.as_deref())?;
    let listing = read::list(&input.inputs, output.unwrap_or(Path::new("output")))?;
    let mut notes = listing.notes;
    notes.extend(unused);
    if listing.files.is_empty() {
        notes.push(format!(
            "there is no file to read in {}",
            input.inputs.iter().map(|p| p.display().to_string()).collect::<Vec<_>>().join(", ")
        ));
    }
    let threads = input.threads.unwrap_or(0);
    let pool = ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|number| format!("recensio-{number}"))
        .build()
        .map_err(|error| Error::Threads { threads, what: error.to_string() })?;
    Ok(Opened {
        bytes: listing.files.iter().map(|f| f.size).sum(),
        streams: listing.files.iter().any(|f| f.path.is_none()),
        files: listing.files,
        fields: fields(input),
        rules,
        against: None,
        memory: memory::bytes(input.memory),
        options: options(input)?,
        pool,
        notes,
    })
}

/// The filters in their order, each once.
fn filters(named: &[Filter]) -> Vec<options::Filter> {
    let mut out: Vec<_> = named
        .iter()
        .map(|filter| match filter {
            Filter::C4 => options::Filter::C4,
            Filter::Gopher => options::Filter::Gopher,
            Filter::FineWeb => options::Filter::FineWeb,
        })
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}
