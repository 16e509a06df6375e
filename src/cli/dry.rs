//! `recensio run --dry-run`: what a run would read, remove and write. Everything is worked out as in a run; nothing is written.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Deserialize;
use serde_json::json;

use super::args::Run;
use super::interrupt::Interrupt;
use super::{Failure, feed, index, log, plan, print, progress, summary};
use crate::batch::{self, Brake, Ended, Lot, Plan, Sink};
use crate::error::Error;
use crate::read;
use crate::record;

/// So many things that are passed over are named.
const NAMED: usize = 20;

/// Says what a run would do.
pub(super) fn run(args: &Run) -> Result<ExitCode, Failure> {
    feed::can_be_made(args)?;
    index::can_be_made(args)?;
    let mut opened = plan::open(&args.input, Some(&args.output))?;
    if let Some(folder) = &args.against {
        opened.compare_with(folder, &args.output)?;
    }
    opened.obey(args.decisions.as_deref())?;
    can_be_made(&args.output)?;
    let interrupt = Interrupt::watch()?;
    let mut progress = progress::Progress::new(opened.bytes, args.input.verbosity());
    let mut spared: Vec<Brake> = Vec::new();
    let (ended, sink) = loop {
        let plan = Plan { stop: Some(interrupt.flag()), spared: spared.clone(), ..opened.plan() };
        let mut sink = Tally::default();
        let ended = batch::run(plan, &opened.pool, &mut sink, &mut |event| progress.event(&event))?;
        let Ended::Braked(brakes) = ended else { break (ended, sink) };
        if let Some(Brake { source, documents, removed }) = brakes.first().filter(|_| opened.streams) {
            let (origin, documents, removed) = (source.clone(), *documents, *removed);
            return Err(Failure::Error(Error::Braked { origin, documents, removed }));
        }
        progress.start_over();
        spared.extend(brakes);
    };
    progress.finish();
    let Ended::Done(run) = ended else {
        log::plain("interrupted; nothing was written");
        return Ok(interrupt.code());
    };
    for brake in &run.brakes {
        progress.warn(&summary::brake(brake));
    }
    let passed: Vec<(PathBuf, &str)> = read::passed_over(&args.input.inputs, &args.output);
    if log::is_json() {
        log::object("info", "dry-run", object(args, &run, &sink, &opened, &passed));
    } else {
        print(&log::safe_lines(&text(args, &run, &sink, &opened, &passed)))?;
    }
    Ok(super::run::code(&run))
}

/// Whether the output folder is one or can become one.
fn can_be_made(output: &Path) -> Result<(), Error> {
    let failed = |kind: io::ErrorKind| Err(Error::Output { path: output.to_owned(), source: kind.into() });
    let there = output.ancestors().find(|path| path.exists());
    match there {
        Some(path) if !path.is_dir() => failed(io::ErrorKind::NotADirectory),
        Some(path) if std::fs::metadata(path).is_ok_and(|about| about.permissions().readonly()) => {
            failed(io::ErrorKind::PermissionDenied)
        }
        _ => Ok(()),
    }
}

/// What is taken out of the text: how often, and how many characters that are no blanks.
#[derive(Clone, Copy, Debug, Default)]
struct Removed {
    places: u64,
    chars: u64,
}

/// What would be written, added up.
#[derive(Debug, Default)]
struct Tally {
    /// Documents and their bytes by media type.
    formats: BTreeMap<String, [u64; 2]>,
    /// Passages by the rule that takes them out.
    passages: BTreeMap<String, Removed>,
    /// Documents by the rule that takes them out.
    documents: BTreeMap<String, Removed>,
    /// Bytes and lines of files.
    files: BTreeMap<&'static str, [u64; 2]>,
}

/// What is looked at of a line of `corpus.jsonl` or `removed.jsonl`.
#[derive(Deserialize)]
struct Line {
    source: Source,
    #[serde(default)]
    dropped: Vec<Dropped>,
    reason: Option<String>,
    rule: Option<String>,
    text: String,
}

#[derive(Deserialize)]
struct Source {
    media_type: String,
    bytes: u64,
}

#[derive(Deserialize)]
struct Dropped {
    rule: String,
    text: String,
}

impl Tally {
    fn wrote(&mut self, file: &'static str, lines: &[u8]) {
        let [bytes, count] = self.files.entry(file).or_default();
        *bytes += lines.len() as u64;
        *count += memchr::memchr_iter(b'\n', lines).count() as u64;
    }

    fn line(&mut self, line: &[u8]) {
        let Ok(line) = serde_json::from_slice::<Line>(line) else { return };
        let [documents, bytes] = self.formats.entry(line.source.media_type).or_default();
        *documents += 1;
        *bytes += line.source.bytes;
        for dropped in line.dropped {
            add(&mut self.passages, dropped.rule, &dropped.text);
        }
        if let (Some(_), Some(rule)) = (line.reason, line.rule) {
            add(&mut self.documents, rule, &line.text);
        }
    }
}

fn add(rules: &mut BTreeMap<String, Removed>, rule: String, text: &str) {
    let removed = rules.entry(rule).or_default();
    removed.places += 1;
    removed.chars += text.chars().filter(|c| !c.is_whitespace()).count() as u64;
}

impl Sink for Tally {
    fn wants_report(&self) -> bool {
        false
    }

    fn lot(&mut self, lot: Lot) -> Result<(), Error> {
        let [corpus, removed, findings, ..] = &lot.lines;
        for (name, lines) in [("corpus.jsonl", corpus), ("removed.jsonl", removed), ("findings.jsonl", findings)] {
            self.wrote(name, lines);
        }
        for line in [corpus, removed].into_iter().flat_map(|lines| lines.split_inclusive(|byte| *byte == b'\n')) {
            self.line(line);
        }
        Ok(())
    }

    fn seen(&mut self, _: &[u8]) -> Result<(), Error> {
        Ok(())
    }

    fn clusters(&mut self, lines: &[u8]) -> Result<(), Error> {
        self.wrote("clusters.jsonl", lines);
        Ok(())
    }

    fn biggest(&mut self, _: &[Vec<u8>]) -> Result<(), Error> {
        Ok(())
    }

    fn run(&mut self, run: &record::Run) -> Result<(), Error> {
        self.wrote("clusters.jsonl", &[]);
        let object = serde_json::to_vec_pretty(run).unwrap_or_default();
        self.files.insert("run.json", [object.len() as u64 + 1, 1]);
        Ok(())
    }
}

/// Other files that the options ask for.
fn tables(args: &Run) -> Vec<PathBuf> {
    let timeline = ["timeline.csv", "timeline.ics"].iter().filter(|_| args.timeline).map(|name| args.output.join(name));
    let named = timeline.chain([&args.entities_csv, &args.metrics].into_iter().flatten().cloned());
    named.chain(feed::folders(args)).chain(args.index.then(|| args.output.join("index"))).collect()
}

fn text(args: &Run, run: &record::Run, tally: &Tally, opened: &plan::Opened, passed: &[(PathBuf, &str)]) -> String {
    let mut out = String::new();
    let size = |n: u64| format!("{n} {}", if n == 1 { "byte" } else { "bytes" });
    let files = opened.files.len();
    let known = if opened.streams { "standard input and ".to_owned() } else { String::new() };
    let known = if opened.streams && files == 1 {
        "standard input".to_owned()
    } else {
        format!(
            "{known}{} {}, {}",
            files - usize::from(opened.streams),
            if files == 1 { "file" } else { "files" },
            size(opened.bytes)
        )
    };
    out.push_str(&format!("would read     {known}: {}\n", counted(run.counts.documents, "document")));
    for (format, [documents, bytes]) in &tally.formats {
        let _ = writeln!(out, "               {format}: {}, {}", counted(*documents, "document"), size(*bytes));
    }
    for note in &opened.notes {
        let _ = writeln!(out, "               note: {note}");
    }
    for (path, why) in passed.iter().take(NAMED) {
        let _ = writeln!(out, "would skip     {}: {why}", path.display());
    }
    if let Some(more @ 1..) = passed.len().checked_sub(NAMED) {
        let _ = writeln!(out, "would skip     {more} more that are hidden");
    }
    if tally.documents.is_empty() && tally.passages.is_empty() {
        out.push_str("would remove   nothing\n");
    }
    for (what, rules) in [("document", &tally.documents), ("passage", &tally.passages)] {
        for (rule, Removed { places, chars }) in rules {
            let _ =
                writeln!(out, "would remove   {}, {} by {rule}", counted(*places, what), counted(*chars, "character"));
        }
    }
    let c = &run.conservation;
    let _ = writeln!(
        out,
        "               {} characters read = {} kept + {} dropped + {} in removed + {} in failed documents",
        c.read, c.kept, c.dropped, c.removed, c.failed
    );
    for (file, [bytes, lines]) in &tally.files {
        let there = if args.output.join(file).exists() { ", in place of the one that is there" } else { "" };
        let _ = writeln!(
            out,
            "would write    {}: {}, {}{there}",
            args.output.join(file).display(),
            counted(*lines, "line"),
            size(*bytes)
        );
    }
    let report = args.output.join("report.html");
    for path in std::iter::once(report).chain(tables(args)) {
        let there = if path.exists() { ", in place of the one that is there" } else { "" };
        let _ = writeln!(out, "would write    {}{there}", path.display());
    }
    out.push_str("nothing was written\n");
    out
}

fn counted(n: u64, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

fn object(
    args: &Run,
    run: &record::Run,
    tally: &Tally,
    opened: &plan::Opened,
    passed: &[(PathBuf, &str)],
) -> serde_json::Value {
    let rules = |rules: &BTreeMap<String, Removed>| -> serde_json::Value {
        rules.iter().map(|(rule, n)| (rule.clone(), json!({ "places": n.places, "characters": n.chars }))).collect()
    };
    let formats: serde_json::Value = tally
        .formats
        .iter()
        .map(|(name, [documents, bytes])| (name.clone(), json!({ "documents": documents, "bytes": bytes })))
        .collect();
    let mut files: serde_json::Map<String, serde_json::Value> = tally
        .files
        .iter()
        .map(|(file, [bytes, lines])| {
            (args.output.join(file).display().to_string(), json!({ "bytes": bytes, "lines": lines }))
        })
        .collect();
    for path in std::iter::once(args.output.join("report.html")).chain(tables(args)) {
        files.insert(path.display().to_string(), json!({}));
    }
    let skipped: Vec<_> =
        passed.iter().map(|(path, why)| json!({ "path": path.display().to_string(), "why": why })).collect();
    json!({
        "read": { "files": opened.files.len(), "bytes": run.counts.bytes, "documents": run.counts.documents, "formats": formats },
        "notes": opened.notes, "skipped": skipped,
        "removed": { "documents": rules(&tally.documents), "passages": rules(&tally.passages) },
        "conservation": run.conservation, "written": files,
    })
}
