//! `recensio check`: findings only, as a linter.

use std::process::ExitCode;

use super::args::{Check, Format};
use super::{Failure, log, plan, print, progress};
use crate::batch;
use crate::record::Finding;

/// Prints the findings of the input.
pub(super) fn check(args: &Check) -> Result<ExitCode, Failure> {
    let opened = plan::open(&args.input, None)?;
    let mut progress = progress::Progress::new(opened.bytes, args.input.verbosity());
    for note in &opened.notes {
        progress.note(note);
    }
    let mut sink = batch::Findings::default();
    // Nothing is removed from a corpus here.
    let mut plan = opened.plan();
    plan.options.repeats.brake = 1.0;
    let ended = batch::run(plan, &opened.pool, &mut sink, &mut |event| progress.event(&event))?;
    progress.finish();
    let batch::Ended::Done(run) = ended else { return Ok(ExitCode::SUCCESS) };
    let mut out = String::new();
    for finding in &sink.list {
        match args.format {
            Format::Text => out.push_str(&text(finding)),
            Format::Json => {
                out.push_str(&serde_json::to_string(finding).unwrap_or_default());
                out.push('\n');
            }
        }
    }
    print(&out)?;
    if !args.input.quiet {
        let documents = run.counts.documents;
        log::plain(&match sink.list.len() {
            0 => format!("nothing found in {documents} documents"),
            1 => format!("1 finding in {documents} documents"),
            n => format!("{n} findings in {documents} documents"),
        });
    }
    let failed = run.counts.documents_removed.contains_key("failed");
    Ok(ExitCode::from(u8::from(failed || !sink.list.is_empty())))
}

/// Two lines: where and what, then the words around it.
fn text(finding: &Finding) -> String {
    let Finding { document, line, column, severity, rule, message, context, suggestions, .. } = finding;
    let mut out = format!("{}:{line}:{column}: {severity}: {} [{rule}]\n", log::safe(document), log::safe(message));
    out.push_str(&format!("    {}\n", log::safe(context)));
    if let Some(best) = suggestions.first() {
        out.push_str(&format!("    instead: {}\n", log::safe(best)));
    }
    out
}
