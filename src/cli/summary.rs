//! What a run came to, in words.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::json;

use super::log;
use crate::record::{Brake, Run};

/// Says what the run came to: a summary for people, or its figures where lines are objects of JSON.
pub(super) fn tell(run: &Run, output: &Path, time: Option<(f64, u64)>) {
    if !log::is_json() {
        log::plain(&summary(run, output, time));
        return;
    }
    let (seconds, old) = time.unwrap_or((0.0, run.counts.documents));
    let rate = (seconds > 0.0).then(|| run.counts.bytes as f64 / seconds);
    let figures = json!({
        "counts": run.counts, "conservation": run.conservation, "output": output.display().to_string(),
        "seconds": seconds, "bytes_per_second": rate, "documents_taken_over": old,
    });
    log::object("info", "done", figures);
}

/// The closing summary; `time` is what the run took in seconds and how many documents it took over from an earlier one, where it did
/// anything.
fn summary(run: &Run, output: &Path, time: Option<(f64, u64)>) -> String {
    let counts = &run.counts;
    let mut out = String::new();
    let removed: u64 = counts.documents_removed.values().sum();
    let mut row = |name: &str, value: String| out.push_str(&format!("{name:>11}  {value}\n"));
    let removed =
        if removed == 0 { String::new() } else { format!(", {removed} removed ({})", list(&counts.documents_removed)) };
    row("documents", format!("{} read, {} kept{removed}", counts.documents, counts.documents_kept));
    let dropped: u64 = counts.passages_dropped.values().sum();
    let dropped =
        if dropped == 0 { String::new() } else { format!(", {dropped} dropped ({})", list(&counts.passages_dropped)) };
    row("passages", format!("{} kept{dropped}", counts.passages_kept));
    for brake in &run.brakes {
        row("not removed", format!("{} of {} documents of {}", brake.repeats, brake.documents, brake.source));
    }
    row("languages", if counts.languages.is_empty() { "none".to_owned() } else { list(&counts.languages) });
    row("leftovers", total(&counts.leftovers));
    row("entities", total(&counts.entities));
    row("dates", total(&counts.dates));
    row("findings", total(&counts.findings));
    if !counts.findings_rejected.is_empty() {
        row("rejected", format!("{} in a review", total(&counts.findings_rejected)));
    }
    if !counts.issues.is_empty() {
        row("issues", total(&counts.issues));
    }
    let c = &run.conservation;
    row(
        "characters",
        format!(
            "{} read = {} kept + {} dropped + {} in removed + {} in failed documents",
            c.read, c.kept, c.dropped, c.removed, c.failed
        ),
    );
    let megabytes = counts.bytes as f64 / 1e6;
    if let Some((_, old @ 1..)) = time {
        row("taken over", format!("{old} documents that an earlier run had done (--fresh does them anew)"));
    }
    row(
        "time",
        match time {
            Some((seconds, _)) => {
                format!("{seconds:.2} s, {megabytes:.2} MB, {:.1} MB/s", megabytes / seconds.max(1e-9))
            }
            None => "nothing has changed since the last run (--fresh does it anew)".to_owned(),
        },
    );
    row("written to", format!("{} (report.html is for reading)", output.display()));
    out
}

/// What is said of a source that would lose too many documents.
pub(super) fn brake(brake: &Brake) -> String {
    let Brake { source, documents, repeats } = brake;
    format!(
        "{repeats} of the {documents} documents of {source} repeat others, which is more than --brake allows: nothing that repeats is \
         removed from this source; clusters.jsonl names the copies, --brake 100% removes them"
    )
}

fn total(counts: &BTreeMap<String, u64>) -> String {
    match counts.values().sum::<u64>() {
        0 => "none".to_owned(),
        sum => format!("{sum} ({})", list(counts)),
    }
}

/// The biggest first, the rest in one.
fn list(counts: &BTreeMap<String, u64>) -> String {
    let mut sorted: Vec<_> = counts.iter().collect();
    sorted.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let mut parts: Vec<_> = sorted.iter().take(8).map(|(name, n)| format!("{name} {n}")).collect();
    if let Some(rest @ 1..) = sorted.len().checked_sub(8) {
        parts.push(format!("{rest} others {}", sorted.iter().skip(8).map(|(_, n)| **n).sum::<u64>()));
    }
    parts.join(", ")
}
