//! How far a run is: a bar by bytes on a terminal, lines otherwise.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;

use super::args::Verbosity;
use super::log;
use crate::batch::Event;

/// Failed documents that are named one by one, unless more is asked for.
const NAMED: u64 = 20;

/// Shows how far a run is.
pub(super) struct Progress {
    bar: ProgressBar,
    verbosity: Verbosity,
    start: Instant,
    failed: u64,
    /// When a line was last written, where there is no terminal.
    lines: Option<Instant>,
    done: (u64, u64),
    /// Documents that an earlier run had done.
    old: u64,
    total: u64,
}

impl Progress {
    /// For `total` bytes to come; 0 where that is not known.
    pub(super) fn new(total: u64, verbosity: Verbosity) -> Self {
        let terminal = std::io::stderr().is_terminal() && verbosity > Verbosity::Quiet && !log::is_json();
        let bar = if total > 0 { ProgressBar::new(total) } else { ProgressBar::new_spinner() };
        bar.set_draw_target(if terminal {
            ProgressDrawTarget::stderr_with_hz(8)
        } else {
            ProgressDrawTarget::hidden()
        });
        let template = if total > 0 {
            "{bar:30} {bytes}/{total_bytes}  {bytes_per_sec}  {eta} left  {msg}"
        } else {
            "{spinner} {bytes}  {bytes_per_sec}  {msg}"
        };
        bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
        let now = Instant::now();
        let lines = (!terminal && verbosity > Verbosity::Quiet).then_some(now);
        Self { bar, verbosity, start: now, failed: 0, lines, done: (0, 0), old: 0, total }
    }

    /// Something that happened.
    pub(super) fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Failed(message) => {
                self.failed += 1;
                if self.failed <= NAMED || self.verbosity == Verbosity::Verbose {
                    self.bar.suspend(|| log::error(message));
                } else if self.failed == NAMED + 1 {
                    self.bar
                        .suspend(|| log::error("more documents failed; removed.jsonl names them all, -v prints them"));
                }
            }
            Event::Done { documents, bytes, is_old } => {
                self.old += if *is_old { *documents } else { 0 };
                self.done.0 += documents;
                self.done.1 += bytes;
                self.bar.inc(*bytes);
                self.line();
            }
        }
    }

    /// A line every ten seconds where there is no terminal to draw on.
    fn line(&mut self) {
        let Some(last) = &mut self.lines else { return };
        if last.elapsed() < Duration::from_secs(10) {
            return;
        }
        *last = Instant::now();
        let (documents, bytes) = self.done;
        if log::is_json() {
            let seconds = self.start.elapsed().as_secs_f64();
            let figures =
                json!({ "documents": documents, "bytes": bytes, "total_bytes": self.total, "seconds": seconds });
            log::object("info", "progress", figures);
            return;
        }
        let share = if self.total > 0 { format!(" of {:.1}", self.total as f64 / 1e6) } else { String::new() };
        log::plain(&format!(
            "{documents} documents, {:.1}{share} MB, {:.0} s",
            bytes as f64 / 1e6,
            self.start.elapsed().as_secs_f64()
        ));
    }

    /// Something that needs looking at.
    pub(super) fn warn(&self, message: &str) {
        self.bar.suspend(|| log::warning(message));
    }

    /// A document that failed.
    pub(super) fn fail(&self, message: &str) {
        self.bar.suspend(|| log::error(message));
    }

    /// Everything is done once more.
    pub(super) fn start_over(&mut self) {
        self.bar.reset();
        (self.done, self.old, self.failed) = ((0, 0), 0, 0);
    }

    /// Something worth knowing.
    pub(super) fn note(&self, note: &str) {
        if self.verbosity > Verbosity::Quiet {
            self.bar.suspend(|| {
                if log::is_json() {
                    log::object("warning", "note", json!({ "message": note }));
                } else {
                    log::plain(&format!("note: {note}"));
                }
            });
        }
    }

    /// Ends the bar; gives the seconds since the start, and how many documents were taken over from an earlier run.
    pub(super) fn finish(&self) -> (f64, u64) {
        self.bar.finish_and_clear();
        (self.start.elapsed().as_secs_f64(), self.old)
    }
}
