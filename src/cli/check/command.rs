//! The command: what was typed, the documents one after the other, how it ends.

use std::io::{IsTerminal as _, stderr, stdout};
use std::path::Path;
use std::process::ExitCode;

use super::baseline::Baseline;
use super::choice::Choice;
use super::format::{Format, GitHub, Json, Page, Review, Sarif, Table, Text};
use super::item::{Item, State};
use super::judge::Judge;
use super::list::{LIST, List};
use super::{fix, watch};
use crate::batch::{self, Checked, Checking, Event};
use crate::cli::args::{Check, CheckFormat, Colour, LeastSeverity};
use crate::cli::plan::{self, Opened};
use crate::cli::progress::Progress;
use crate::cli::{Failure, log, print};
use crate::decisions::Decisions;
use crate::error::Error;
use crate::model::Severity;
use crate::read::{self, InputFile};

/// Columns where the terminal does not say.
const COLUMNS: usize = 110;

/// Prints the findings of the input.
pub(in crate::cli) fn check(args: &Check) -> Result<ExitCode, Failure> {
    let usage = |what| Failure::Error(Error::Usage(what));
    let choice = Choice::new(&args.enable, &args.disable, args.fix).map_err(usage)?;
    let mut opened = plan::open(&args.input, None)?;
    name(&mut opened.files, args)?;
    let judge = Judge {
        choice,
        list: list(args.suppressions.as_deref())?,
        baseline: baseline(args)?,
        decisions: args.decisions.as_deref().map(Decisions::read).transpose()?,
        unit: opened.options.offsets,
        tongue: opened.options.messages,
    };
    let run = Run { args, opened, judge, totals: Totals::default() };
    if args.fix {
        run.fix()
    } else if args.watch {
        run.watch()
    } else {
        run.once()
    }
}

/// The file of suppressions that is named, or the usual one where it is there.
fn list(named: Option<&Path>) -> Result<Option<List>, Error> {
    match named {
        Some(path) => List::read(path).map(Some),
        None if Path::new(LIST).is_file() => List::read(Path::new(LIST)).map(Some),
        None => Ok(None),
    }
}

fn baseline(args: &Check) -> Result<Option<Baseline>, Error> {
    args.baseline.as_deref().map(|path| Baseline::read(path, args.write_baseline)).transpose()
}

/// Files are named as they were typed, so that a place can be clicked on and a baseline holds from run to run.
fn name(files: &mut [InputFile], args: &Check) -> Result<(), Failure> {
    let here = std::env::current_dir().ok();
    for file in files.iter_mut() {
        if let Some(path) = &file.path {
            let path = here.as_ref().and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path);
            let typed = path.strip_prefix(".").unwrap_or(path).to_string_lossy();
            file.name = if cfg!(windows) { typed.replace('\\', "/") } else { typed.into_owned() };
        } else if let Some(name) = &args.stdin_name {
            let (format, media_type) = read::kind_of(name);
            (file.name, file.media_type) = (name.clone(), media_type);
            file.format = (media_type != "text/plain").then_some(format);
        }
    }
    if args.watch && files.iter().any(|file| file.path.is_none()) {
        let what = "standard input cannot be watched; name files or folders".to_owned();
        return Err(Failure::Error(Error::Usage(what)));
    }
    if args.stdin_name.is_some() && files.iter().all(|file| file.path.is_some()) {
        let what = "--stdin-name names standard input, which is not read; add - to the inputs".to_owned();
        return Err(Failure::Error(Error::Usage(what)));
    }
    Ok(())
}

/// A run of the command.
struct Run<'a> {
    args: &'a Check,
    opened: Opened,
    judge: Judge,
    totals: Totals,
}

/// What was found.
#[derive(Debug, Default)]
struct Totals {
    documents: usize,
    failed: usize,
    /// By severity: notes, warnings, errors.
    new: [usize; 3],
    known: usize,
    suppressed: usize,
}

impl Totals {
    fn add(&mut self, item: &Item) {
        match &item.state {
            State::Known => self.known += 1,
            State::Suppressed { .. } => self.suppressed += 1,
            State::New => {
                let level = match item.finding.severity.as_str() {
                    "error" => 2,
                    "warning" => 1,
                    _ => 0,
                };
                self.new.get_mut(level).into_iter().for_each(|count| *count += 1);
            }
        }
    }

    fn sum(&self) -> usize {
        self.new.iter().sum()
    }

    /// Whether something was found that is as serious as `least`.
    fn is_serious(&self, least: LeastSeverity) -> bool {
        let from = match least {
            LeastSeverity::Note => 0,
            LeastSeverity::Warning => 1,
            LeastSeverity::Error => 2,
        };
        self.new.iter().skip(from).any(|count| *count > 0)
    }
}

impl Run<'_> {
    /// Checks everything once.
    fn once(mut self) -> Result<ExitCode, Failure> {
        let mut format = self.format();
        // A bar and what is printed would get into one another's way.
        let quiet = stdout().is_terminal() && stderr().is_terminal();
        let verbosity = if quiet { crate::cli::args::Verbosity::Quiet } else { self.args.input.verbosity() };
        let mut progress = Progress::new(self.opened.bytes, verbosity);
        if !self.args.input.quiet {
            self.opened.notes.iter().for_each(|note| log::plain(&format!("note: {note}")));
        }
        let Self { args, opened, judge, totals } = &mut self;
        batch::check(opened.files.clone(), opened.checking(judge, false), &opened.pool, opened.budget(), |checked| {
            let out = page(&checked, judge, totals, format.as_mut());
            if let Some(failure) = &checked.failure {
                progress.fail(failure);
            }
            progress.event(&Event::Done { documents: 1, bytes: checked.origin.bytes, is_old: false });
            if out.is_empty() || args.write_baseline { Ok(()) } else { print(&out) }
        })?;
        progress.finish();
        let out = self.about_list(format.as_mut());
        if !self.args.write_baseline {
            print(&(out + &format.end()))?;
        }
        self.tell()?;
        Ok(self.code())
    }

    /// Checks again whenever something changes, until it is interrupted.
    fn watch(mut self) -> Result<ExitCode, Failure> {
        let mut watched = watch::Watched::default();
        loop {
            // A file or folder may be away for a moment while it is replaced.
            if let Ok(listing) = read::list(&self.args.input.inputs, Path::new("output")) {
                self.opened.files = listing.files;
                name(&mut self.opened.files, self.args)?;
            }
            let (changed, is_other) = watched.changed(&self.opened.files);
            if is_other {
                for file in changed {
                    let Some(path) = file.path.clone() else { continue };
                    let (stamp, mut documents) = (watch::stamp_of(&path), Vec::new());
                    let Self { opened, judge, .. } = &mut self;
                    let checking = opened.checking(judge, false);
                    batch::check(vec![file], checking, &opened.pool, opened.budget(), |checked| {
                        documents.push(checked);
                        Ok::<(), Failure>(())
                    })?;
                    watched.put(path, stamp, documents);
                }
                self.judge.list = list(self.args.suppressions.as_deref())?;
                self.judge.baseline = baseline(self.args)?;
                self.totals = Totals::default();
                let mut format = self.format();
                let mut out = watch::cleared().to_owned();
                for checked in watched.documents(&self.opened.files) {
                    out.push_str(&page(checked, &mut self.judge, &mut self.totals, format.as_mut()));
                }
                let about = self.about_list(format.as_mut());
                print(&(out + &about + &format.end()))?;
                for checked in watched.documents(&self.opened.files) {
                    checked.failure.iter().for_each(|failure| log::error(failure));
                }
                self.tell()?;
            }
            watch::wait();
        }
    }

    /// Shows what can be mended, or mends it.
    fn fix(mut self) -> Result<ExitCode, Failure> {
        let (mut places, mut files, mut failed) = (0, 0, false);
        let coloured = self.coloured();
        for file in self.opened.files.clone() {
            let checking = self.opened.checking(&self.judge, true);
            let said = log::safe(&file.name);
            let mended = match fix::mend(&file, checking, &mut self.judge) {
                Ok(mended) => mended,
                Err(what) => {
                    failed = true;
                    log::warning(&format!("{said} is left as it is: {what}"));
                    continue;
                }
            };
            if mended.lacking > 0 {
                log::warning(&format!("{said}: {} places need characters that its encoding has not", mended.lacking));
            }
            if mended.places == 0 {
                // What goes through a pipe goes through.
                if file.path.is_none() && self.args.write {
                    print(&mended.after)?;
                }
                continue;
            }
            match &file.path {
                _ if !self.args.write => print(&mended.diff(&file.name, coloured))?,
                None => print(&mended.after)?,
                Some(path) => {
                    if let Err(what) = mended.write(path) {
                        failed = true;
                        log::error(&format!("cannot write {said}: {what}"));
                        continue;
                    }
                }
            }
            (places, files) = (places + mended.places, files + 1);
        }
        if !self.args.input.quiet {
            log::plain(&match (places, self.args.write) {
                (0, _) => "nothing to mend".to_owned(),
                (_, true) => format!("{places} places mended in {}", counted(files, "file")),
                (_, false) => {
                    format!("{places} places could be mended in {}; add --write to do it", counted(files, "file"))
                }
            });
        }
        Ok(ExitCode::from(u8::from(failed || places > 0 && !self.args.write)))
    }

    fn format(&self) -> Box<dyn Format + Send> {
        match self.args.format {
            CheckFormat::Text => {
                Box::new(Text { coloured: self.coloured(), columns: columns(), verbose: self.args.input.verbose })
            }
            CheckFormat::Json => Box::new(Json),
            CheckFormat::Tsv => Box::new(Table::default()),
            CheckFormat::Github => Box::new(GitHub),
            CheckFormat::Html => Box::new(Review::new(self.judge.decisions.clone().unwrap_or_default())),
            CheckFormat::Sarif => Box::new(Sarif::new(self.args.rule_pages.clone(), self.args.baseline.is_some())),
        }
    }

    /// Colours are for terminals, and not where they are unwelcome (no-color.org).
    fn coloured(&self) -> bool {
        match self.args.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => {
                let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
                stdout().is_terminal() && !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
            }
        }
    }

    /// What is said of lines of the file of suppressions that suppress nothing.
    fn about_list(&mut self, format: &mut dyn Format) -> String {
        const RULE: &str = "suppression.unused";
        let Judge { choice, list, .. } = &self.judge;
        let unused = match list {
            Some(list) if choice.wants(RULE) => list.unused(|rule| choice.wants(rule)),
            _ => Vec::new(),
        };
        let mut out = String::new();
        for (path, line) in &unused {
            let text = std::fs::read_to_string(path).unwrap_or_default();
            let row = text.lines().nth(line - 1).unwrap_or_default();
            let at = row.as_ptr() as usize - text.as_ptr() as usize;
            let span = crate::text::Span::new(at, at + row.len());
            let item = super::judge::about_line(
                path,
                &text,
                span,
                RULE,
                Severity::Warning,
                (self.judge.unit, self.judge.tongue),
            );
            self.totals.add(&item);
            out.push_str(&format.page(&Page {
                document: path,
                path,
                language: "",
                source: &text,
                items: &[item],
                failure: None,
            }));
        }
        out
    }

    /// Says on standard error what it came to.
    fn tell(&self) -> Result<(), Failure> {
        let Totals { documents, failed, new: [notes, warnings, errors], known, suppressed } = self.totals;
        let mut said = match self.totals.sum() {
            0 => "nothing found".to_owned(),
            n => {
                let kinds = [(errors, "error"), (warnings, "warning"), (notes, "note")];
                let kinds: Vec<_> = kinds.iter().filter(|(n, _)| *n > 0).map(|(n, kind)| counted(*n, kind)).collect();
                format!("{} ({})", counted(n, "finding"), kinds.join(", "))
            }
        };
        said.push_str(&format!(" in {}", counted(documents, "document")));
        for (count, what) in [(failed, "could not be checked"), (known, "in the baseline"), (suppressed, "suppressed")]
        {
            if count > 0 {
                said.push_str(&format!("; {count} {what}"));
            }
        }
        let Judge { choice, baseline, .. } = &self.judge;
        if let Some(baseline) = baseline {
            let fixed = baseline.fixed(|rule| choice.wants(rule));
            if self.args.write_baseline {
                said = format!(
                    "{} written to the baseline; {suppressed} suppressed",
                    counted(baseline.write()?, "finding")
                );
            } else if fixed > 0 {
                said.push_str(&format!("; {fixed} of the baseline are gone, --write-baseline takes them out"));
            }
        }
        if !self.args.input.quiet {
            log::plain(&said);
        }
        Ok(())
    }

    fn code(&self) -> ExitCode {
        let found = self.totals.is_serious(self.args.severity) && !self.args.write_baseline;
        ExitCode::from(u8::from(found || self.totals.failed > 0))
    }
}

/// What is printed of a document; it is counted.
fn page(checked: &Checked, judge: &mut Judge, totals: &mut Totals, format: &mut (dyn Format + Send)) -> String {
    let items = judge.judge(checked);
    totals.documents += 1;
    totals.failed += usize::from(checked.failure.is_some());
    for item in &items {
        totals.add(item);
    }
    let (document, path, source) = (checked.id.as_str(), checked.origin.path.as_str(), checked.source.as_str());
    let language = checked.language.as_str();
    format.page(&Page { document, path, language, source, items: &items, failure: checked.failure.as_deref() })
}

fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// The width of the terminal, as far as the environment knows it.
fn columns() -> usize {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    said.unwrap_or_else(|| usize::from(console_columns().unwrap_or(COLUMNS as u16))).max(40)
}

/// The width of the terminal that is printed to.
fn console_columns() -> Option<u16> {
    terminal_size::terminal_size().map(|(width, _)| width.0)
}

impl Opened {
    fn checking<'o>(&'o self, judge: &Judge, repairs: bool) -> Checking<'o> {
        Checking {
            fields: &self.fields,
            rules: &self.rules,
            options: &self.options,
            optional: judge.choice.wants_optional(),
            repairs,
        }
    }
}
