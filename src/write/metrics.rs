//! What a run came to, for those who watch many: gauges in the text format of OpenMetrics 1.0, as Prometheus' collector of text files reads it.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::time::SystemTime;

use super::whole::whole;
use crate::error::Error;
use crate::record::Run;

/// Writes the figures of a run to `path`, which appears whole or not at all. `time` is how many seconds the run took, and how many documents it
/// took over from an earlier one.
///
/// # Errors
/// Where the file cannot be written.
pub fn export(path: &Path, run: &Run, time: (f64, u64)) -> Result<(), Error> {
    whole(path, |out| {
        let figures = metrics(run, time, SystemTime::now());
        out.write_all(figures.as_bytes()).map_err(|source| Error::Table { path: path.to_owned(), source })
    })
}

fn metrics(run: &Run, (seconds, old): (f64, u64), now: SystemTime) -> String {
    let counts = &run.counts;
    let mut out = String::new();
    let mut gauge = |name: &str, help: &str, label: &str, values: &[(&str, String)]| {
        out.push_str(&format!("# HELP recensio_{name} {help}\n# TYPE recensio_{name} gauge\n"));
        for (of, value) in values {
            let label = if label.is_empty() { String::new() } else { format!("{{{label}=\"{}\"}}", escaped(of)) };
            out.push_str(&format!("recensio_{name}{label} {value}\n"));
        }
    };
    let mut documents = vec![("kept", counts.documents_kept.to_string())];
    documents.extend(all(&counts.documents_removed));
    gauge("documents", "Documents of the last run, by what became of them.", "outcome", &documents);
    let mut passages = vec![("kept", counts.passages_kept.to_string())];
    passages.extend(all(&counts.passages_dropped));
    gauge("passages", "Passages of kept documents, kept or by the rule that dropped them.", "outcome", &passages);
    gauge("leftovers", "Untranslated fragments, by language.", "language", &all(&counts.leftovers));
    gauge("entities", "Entities, by type.", "type", &all(&counts.entities));
    gauge("dates", "Dates, by type.", "type", &all(&counts.dates));
    gauge("findings", "Findings, by rule.", "rule", &all(&counts.findings));
    gauge("issues", "Issues of documents, by kind.", "kind", &all(&counts.issues));
    let unix = now.duration_since(SystemTime::UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64());
    let mut single = |name: &str, help: &str, value: String| gauge(name, help, "", &[("", value)]);
    single("read_bytes", "Bytes of the documents read.", counts.bytes.to_string());
    single("taken_over_documents", "Documents that an earlier run had done.", old.to_string());
    single("duration_seconds", "How long the last run took.", format!("{seconds:.3}"));
    if let Some(bytes) = peak_memory() {
        single("peak_memory_bytes", "The most memory that the run held.", bytes.to_string());
    }
    single("finished_timestamp_seconds", "When the last run ended (Unix time).", format!("{unix:.3}"));
    out.push_str("# EOF\n");
    out
}

fn all(counts: &BTreeMap<String, u64>) -> Vec<(&str, String)> {
    counts.iter().map(|(of, n)| (of.as_str(), n.to_string())).collect()
}

/// A value of a label, in which quotes, backslashes and line feeds are escaped.
fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

/// The most memory that this process has held, in bytes, where the system says so (Linux: `VmHWM`).
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()? * 1024)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::{Duration, SystemTime};

    use super::metrics;
    use crate::record::{Conservation, Counts, Run, RunOptions};

    #[test]
    fn figures_are_gauges_with_labels() {
        let counts = Counts {
            documents: 3,
            documents_kept: 2,
            documents_removed: BTreeMap::from([("duplicate".to_owned(), 1)]),
            leftovers: BTreeMap::from([("zh".to_owned(), 5)]),
            issues: BTreeMap::from([("odd \"kind\"".to_owned(), 1)]),
            bytes: 1000,
            ..Counts::default()
        };
        let run = Run {
            format: String::new(),
            version: String::new(),
            options: RunOptions::default(),
            rules: BTreeMap::new(),
            counts,
            conservation: Conservation::default(),
            brakes: Vec::new(),
        };
        let text = metrics(&run, (1.5, 1), SystemTime::UNIX_EPOCH + Duration::from_secs(9));
        for line in [
            "# TYPE recensio_documents gauge",
            "recensio_documents{outcome=\"kept\"} 2",
            "recensio_documents{outcome=\"duplicate\"} 1",
            "recensio_leftovers{language=\"zh\"} 5",
            "recensio_issues{kind=\"odd \\\"kind\\\"\"} 1",
            "recensio_read_bytes 1000",
            "recensio_taken_over_documents 1",
            "recensio_duration_seconds 1.500",
            "recensio_finished_timestamp_seconds 9.000",
        ] {
            assert!(text.lines().any(|l| l == line), "{line} is missing in\n{text}");
        }
        assert!(text.ends_with("# EOF\n"));
    }
}
