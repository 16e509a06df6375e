//! `recensio run`: the corpus, made anew or from where an earlier run left it.

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;

use super::args::Run;
use super::interrupt::Interrupt;
use super::{Failure, feed, index, log, plan, progress, summary};
use crate::batch::{self, Brake, Corpus, Ended, Plan};
use crate::error::Error;
use crate::record::{self, RunOptions};
use crate::write::state::State;
use crate::write::table::entities_csv;
use crate::write::timeline;
use crate::write::{self, metrics};

/// How it ended.
pub(super) enum Made {
    /// With a corpus; `seconds` it took, unless there was nothing to do.
    Done { run: Box<record::Run>, time: Option<(f64, u64)> },
    /// Interrupted, after so many documents.
    Stopped(u64),
}

/// Makes the corpus.
pub(super) fn run(args: &Run) -> Result<ExitCode, Failure> {
    let interrupt = Interrupt::watch()?;
    match make(args, &program(), interrupt.flag())? {
        Made::Done { run, time } => {
            if !args.input.quiet {
                summary::tell(&run, &args.output, time);
            }
            Ok(code(&run))
        }
        Made::Stopped(documents) => {
            log::plain(&format!(
                "interrupted after {documents} documents; run the same command again to go on from there"
            ));
            Ok(interrupt.code())
        }
    }
}

/// Makes the corpus, as long as `stop` is false; `program` tells one build of the program from another.
pub(super) fn make(args: &Run, program: &[u8], stop: &AtomicBool) -> Result<Made, Failure> {
    // Before the work, what would stop it at its end.
    feed::can_be_made(args)?;
    index::can_be_made(args)?;
    let mut opened = plan::open(&args.input, Some(&args.output))?;
    if let Some(folder) = &args.against {
        opened.compare_with(folder, &args.output)?;
    }
    opened.obey(args.decisions.as_deref())?;
    let state = State::open(&args.output, opened.plan().key(program), args.fresh)?;
    // Before the work; the output folder, where they may lie, is there now.
    for path in [&args.metrics, &args.entities_csv].into_iter().flatten() {
        write::can_be_written(path)?;
    }
    let mut progress = progress::Progress::new(opened.bytes, args.input.verbosity());
    for note in &opened.notes {
        progress.note(note);
    }
    if !opened.streams
        && state.is_unchanged(opened.plan().inputs())
        && let Some(run) = last(&args.output)
        && run.options.decisions == RunOptions::from(&opened.options).decisions
    {
        let (seconds, _) = progress.finish();
        for brake in &run.brakes {
            progress.warn(&summary::brake(brake));
        }
        tables(args, &run, (seconds, run.counts.documents))?;
        return Ok(Made::Done { run: Box::new(run), time: None });
    }
    let mut spared: Vec<Brake> = Vec::new();
    let (ended, sink) = loop {
        let plan = Plan {
            past: Some(&state.past),
            stop: Some(stop),
            scratch: state.folder(),
            spared: spared.clone(),
            ..opened.plan()
        };
        let mut sink = Corpus::new(state.draft()?);
        let ended = batch::run(plan, &opened.pool, &mut sink, &mut |event| progress.event(&event))?;
        let Ended::Braked(brakes) = ended else { break (ended, sink) };
        sink.discard()?;
        if let Some(Brake { source, documents, removed }) = brakes.first().filter(|_| opened.streams) {
            let (origin, documents, removed) = (source.clone(), *documents, *removed);
            return Err(Failure::Error(Error::Braked { origin, documents, removed }));
        }
        for brake in &brakes {
            progress.warn(&summary::brake(&brake.into()));
        }
        progress.start_over();
        spared.extend(brakes);
    };
    match ended {
        Ended::Done(run) => {
            sink.publish()?;
            state.settle()?;
            let time = progress.finish();
            tables(args, &run, time)?;
            Ok(Made::Done { run, time: Some(time) })
        }
        // The loop goes on with these.
        Ended::Braked(_) => Ok(Made::Stopped(0)),
        Ended::Stopped(documents) => {
            sink.pause()?;
            progress.finish();
            Ok(Made::Stopped(documents))
        }
    }
}

/// Writes the tables, feeds and index that were asked for from the corpus that stands in the folder, and the figures of the run, which took `time`.
fn tables(args: &Run, run: &record::Run, time: (f64, u64)) -> Result<(), Error> {
    if let Some(path) = &args.metrics {
        metrics::export(path, run, time)?;
    }
    if args.timeline {
        timeline::export(&args.output)?;
    }
    if let Some(path) = &args.entities_csv {
        entities_csv(&args.output.join("corpus.jsonl"), path)?;
    }
    feed::feeds(args)?;
    index::of_run(args)
}

/// 1 where a document failed.
pub(super) fn code(run: &record::Run) -> ExitCode {
    ExitCode::from(u8::from(run.counts.documents_removed.contains_key("failed")))
}

/// The sums of the run whose files stand in `output`.
fn last(output: &Path) -> Option<record::Run> {
    serde_json::from_slice(&fs::read(output.join("run.json")).ok()?).ok()
}

/// What tells this build of the program from another: what one of them wrote, another does not take over.
fn program() -> Vec<u8> {
    let read = || -> Result<Vec<u8>, std::io::Error> {
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(fs::File::open(std::env::current_exe()?)?)?;
        Ok(hasher.finalize().as_bytes().to_vec())
    };
    // Where the program cannot read itself, its version must do.
    read().unwrap_or_default()
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Error(Error::Signals(error))
    }
}
