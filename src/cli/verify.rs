//! `recensio verify`: whether a corpus is whole and holds what its format promises.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::ExitCode;

use rayon::prelude::*;
use serde_json::Value;

use super::args::Verify;
use super::why::holder;
use super::{Failure, log, print};
use crate::error::Error;
use crate::record::{self, Audit, Schema};
use crate::write::state;

/// So many faults are printed.
const SHOWN: usize = 50;
/// So many lines are looked at together.
const LINES: usize = 256;

/// Checks the corpus in a folder.
pub(super) fn verify(args: &Verify) -> Result<ExitCode, Failure> {
    let folder = args.output.as_path();
    let mut faults: Vec<String> = state::damaged(folder)
        .into_iter()
        .map(|name| format!("{name} is not what the run wrote: its bytes have changed since"))
        .collect();
    let mut audit = Audit::default();
    let mut records = 0;
    for file in ["corpus.jsonl", "removed.jsonl", "clusters.jsonl", "findings.jsonl"] {
        let schema = Schema::of(file);
        let look = |(number, line): (usize, Vec<u8>)| {
            let at = |what: String| format!("{file}:{number}: {what}");
            match serde_json::from_slice::<Value>(&line) {
                Ok(record) => {
                    let invalid = schema.iter().flat_map(|schema| schema.faults(&record)).take(3).map(at).collect();
                    let seen = (file == "corpus.jsonl").then(|| record::examine(&record));
                    (Some(record), seen, invalid)
                }
                Err(error) => (None, None, vec![at(error.to_string())]),
            }
        };
        chunks(&folder.join(file), |lines| {
            records += lines.len();
            let looked: Vec<_> = lines.into_par_iter().map(look).collect();
            for (record, seen, invalid) in looked {
                faults.extend(invalid);
                match (record, seen, file) {
                    (Some(_), Some(seen), _) => audit.kept(seen, &mut faults),
                    (Some(record), _, "removed.jsonl") => audit.removed(&record, &mut faults),
                    (Some(record), _, "clusters.jsonl") => audit.cluster(&record, &mut faults),
                    (Some(record), _, _) => audit.finding(&record),
                    _ => {}
                }
            }
        })?;
    }
    let path = folder.join("run.json");
    let failed = |what: String| Failure::Error(Error::Corpus { path: path.clone(), what });
    let run = fs::read(&path).map_err(|error| failed(error.to_string()))?;
    let run: Value = serde_json::from_slice(&run).map_err(|error| failed(error.to_string()))?;
    faults.extend(Schema::of("run.json").iter().flat_map(|s| s.faults(&run)).map(|fault| format!("run.json: {fault}")));
    for corpus in audit.others() {
        earlier(folder, &corpus, &mut audit, &mut faults)?;
    }
    audit.end(&run, &mut faults);

    for fault in faults.iter().take(SHOWN) {
        log::error(fault);
    }
    if let Some(more @ 1..) = faults.len().checked_sub(SHOWN) {
        log::error(&format!("{more} more faults"));
    }
    if faults.is_empty() {
        print(&format!("{}: whole and consistent, {records} records\n", log::safe(&folder.display().to_string())))?;
    }
    Ok(ExitCode::from(u8::from(!faults.is_empty())))
}

/// Checks what is named of a corpus made earlier.
fn earlier(folder: &Path, corpus: &str, audit: &mut Audit, faults: &mut Vec<String>) -> Result<(), Failure> {
    let there = holder(folder, Some(corpus));
    if !there.join("corpus.jsonl").exists() {
        faults.push(format!("the corpus {corpus}, which this one was compared with, is neither there nor beside it"));
        return Ok(());
    }
    for file in ["corpus.jsonl", "removed.jsonl"] {
        chunks(&there.join(file), |lines| {
            let heads: Vec<_> = lines.into_par_iter().map(|(n, line)| (n, serde_json::from_slice(&line))).collect();
            for (number, head) in heads {
                match head {
                    Ok(head) => audit.other(corpus, &head, faults),
                    Err(error) => faults.push(format!("{}:{number}: {error}", there.join(file).display())),
                }
            }
        })?;
    }
    audit.other_ends(corpus, faults);
    Ok(())
}

/// Hands the lines of a file to `visit`, some at a time, with their numbers.
fn chunks(path: &Path, mut visit: impl FnMut(Vec<(usize, Vec<u8>)>)) -> Result<(), Failure> {
    let failed =
        |error: std::io::Error| Failure::Error(Error::Corpus { path: path.to_owned(), what: error.to_string() });
    let file = File::open(path).map_err(failed)?;
    let mut some = Vec::with_capacity(LINES);
    for (index, line) in BufReader::with_capacity(1 << 16, file).split(b'\n').enumerate() {
        some.push((index + 1, line.map_err(failed)?));
        if some.len() == LINES {
            visit(std::mem::take(&mut some));
        }
    }
    visit(some);
    Ok(())
}
