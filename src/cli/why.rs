//! `recensio why`: which rule removed or flagged something, and what was kept instead.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation as _;

use super::args::Why;
use super::{Failure, diff, log, print};
use crate::error::Error;
use crate::rules::PAGES;

/// Explains what `args.id` names.
pub(super) fn why(args: &Why) -> Result<ExitCode, Failure> {
    if let Some((_, page)) = PAGES.iter().find(|(rule, _)| *rule == args.id) {
        print(page)?;
        return Ok(ExitCode::SUCCESS);
    }
    let folder = args.output.as_path();
    let mut out = String::new();
    let (document, part) = match args.id.rsplit_once('#') {
        Some((document, part)) => (Some(document), part),
        None => (None, args.id.as_str()),
    };
    for name in ["corpus.jsonl", "removed.jsonl"] {
        each(&folder.join(name), |record| {
            let id = text(record, "id");
            if document.is_none() && id == args.id {
                out.push_str(&about_document(record));
            }
            if document.is_none_or(|wanted| wanted == id) {
                about_part(record, id, part, folder, &mut out)?;
            }
            Ok(())
        })?;
    }
    if document.is_none() {
        each(&folder.join("clusters.jsonl"), |record| {
            if text(record, "id") == args.id {
                out.push_str(&about_cluster(record));
            }
            Ok(())
        })?;
        each(&folder.join("findings.jsonl"), |record| {
            if text(record, "id") == args.id {
                let _ = writeln!(
                    out,
                    "finding {} in {}, line {}, column {}\n  rule     {}\n  says     {}\n  there    {}",
                    args.id,
                    text(record, "document"),
                    record["line"],
                    record["column"],
                    rule(text(record, "rule")),
                    text(record, "message"),
                    text(record, "context")
                );
            }
            Ok(())
        })?;
    }
    if out.is_empty() {
        log::error(&format!(
            "nothing in {} is called \"{}\"; name a document, DOCUMENT#d1 (also p, l, e, t), a cluster or a finding",
            folder.display(),
            args.id
        ));
        return Ok(ExitCode::from(1));
    }
    let safe: Vec<_> = out.lines().map(log::safe).collect();
    print(&format!("{}\n", safe.join("\n")))?;
    Ok(ExitCode::SUCCESS)
}

fn about_document(record: &Value) -> String {
    let id = text(record, "id");
    let Some(reason) = record["reason"].as_str() else {
        let passages = record["passages"].as_array().map_or(0, Vec::len);
        let dropped = record["dropped"].as_array().map_or(0, Vec::len);
        return format!("document {id} was kept: {passages} passages, {dropped} dropped\n");
    };
    let mut out =
        format!("document {id} was removed\n  reason   {reason}\n  rule     {}\n", rule(text(record, "rule")));
    if let Some(of) = record["of"].as_str() {
        let _ = writeln!(
            out,
            "  kept     {of}{} (similarity {}, cluster {})",
            within(record["of_corpus"].as_str()),
            record["similarity"],
            text(record, "cluster")
        );
    }
    if let Some(message) = record["message"].as_str() {
        let _ = writeln!(out, "  message  {message}");
    }
    out
}

/// What is dropped, flagged or annotated under the id `part` in a record.
fn about_part(record: &Value, id: &str, part: &str, folder: &Path, out: &mut String) -> Result<(), Failure> {
    for layer in ["dropped", "passages", "leftovers", "dates", "entities"] {
        let Some(item) = record[layer].as_array().and_then(|items| items.iter().find(|item| text(item, "id") == part))
        else {
            continue;
        };
        match layer {
            "dropped" => {
                let _ = writeln!(
                    out,
                    "{id}#{part} was dropped from {} at {}\n  reason   {}\n  rule     {}\n  text     {}",
                    text(&record["source"], "path"),
                    place(&item["source"]),
                    text(item, "reason"),
                    rule(text(item, "rule")),
                    short(text(item, "text"))
                );
                if let Some(of) = item["of"].as_str() {
                    let other = item["of_document"].as_str();
                    let kept = match other {
                        None => passage(record, of),
                        Some(other) => {
                            let folder = holder(folder, item["of_corpus"].as_str());
                            find(&folder, other)?.and_then(|record| passage(&record, of))
                        }
                    };
                    let kept = kept.unwrap_or_default();
                    let _ = writeln!(
                        out,
                        "  kept     {}#{of}{} (similarity {}, cluster {})",
                        other.unwrap_or(id),
                        within(item["of_corpus"].as_str()),
                        item["similarity"],
                        text(item, "cluster"),
                    );
                    if kept.is_empty() || kept == text(item, "text") {
                        let _ = writeln!(out, "           {}", short(&kept));
                    } else {
                        let (kept, copy) = diff::marked(&kept, text(item, "text"));
                        let _ = writeln!(out, "  what differs is in brackets\n    kept   {kept}\n    copy   {copy}");
                    }
                }
            }
            "passages" => {
                let body = passage(record, part).unwrap_or_default();
                let _ = writeln!(
                    out,
                    "{id}#{part} was kept: {} at {}\n  text     {}",
                    text(item, "kind"),
                    place(&item["source"]),
                    short(&body)
                );
            }
            "entities" => {
                let _ = writeln!(out, "{id}#{part}: {} {}", text(item, "type"), text(item, "name"));
                for mention in item["mentions"].as_array().into_iter().flatten() {
                    let _ = writeln!(
                        out,
                        "  {} at {}, rule {}",
                        text(mention, "text"),
                        place(&mention["source"]),
                        rule(text(mention, "rule"))
                    );
                }
            }
            _ => {
                let label = item["value"].as_str().or(item["language"].as_str()).unwrap_or_default();
                let _ = writeln!(
                    out,
                    "{id}#{part}: {} = {label} at {}\n  rule     {}",
                    text(item, "text"),
                    place(&item["source"]),
                    rule(text(item, "rule"))
                );
                if let Some(how) = item.pointer("/resolved/how").and_then(Value::as_str) {
                    let _ = writeln!(out, "  resolved {how} {}", text(&item["resolved"], "anchor"));
                }
            }
        }
    }
    Ok(())
}

fn about_cluster(record: &Value) -> String {
    let mut out = format!(
        "cluster {}: {} {}s, {}\n  kept     {}{} at {}\n",
        text(record, "id"),
        record["size"],
        text(record, "level"),
        text(record, "kind"),
        text(&record["kept"], "document"),
        within(record.pointer("/kept/corpus").and_then(Value::as_str)),
        record.pointer("/kept/source").map(place).unwrap_or_default()
    );
    for copy in record["copies"].as_array().into_iter().flatten() {
        let what = if copy["removed"] == true { "removed" } else { "reported" };
        let _ = writeln!(
            out,
            "  {what:8} {}{} at {} (similarity {}, rule {})",
            text(copy, "document"),
            within(copy["corpus"].as_str()),
            place(&copy["source"]),
            copy["similarity"],
            text(copy, "rule")
        );
    }
    out
}

/// Says which corpus made earlier something is in.
fn within(corpus: Option<&str>) -> String {
    corpus.map(|corpus| format!(" in the corpus {corpus}")).unwrap_or_default()
}

/// The folder of a corpus that the one in `folder` was compared with: where it was then, or beside that folder.
fn holder(folder: &Path, corpus: Option<&str>) -> PathBuf {
    match corpus {
        None => folder.to_owned(),
        Some(name) if Path::new(name).join("corpus.jsonl").exists() => PathBuf::from(name),
        Some(name) => folder.parent().unwrap_or(Path::new(".")).join(Path::new(name).file_name().unwrap_or_default()),
    }
}

/// A rule with the first paragraph of its page.
fn rule(name: &str) -> String {
    let page = PAGES.iter().find(|(rule, _)| *rule == name).map_or("", |(_, page)| *page);
    let about = page.split("\n\n").nth(1).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    if about.is_empty() { name.to_owned() } else { format!("{name}: {about}") }
}

fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value[field].as_str().unwrap_or_default()
}

fn place(value: &Value) -> String {
    format!("{}–{}", value[0], value[1])
}

fn passage(record: &Value, id: &str) -> Option<String> {
    let passage = record["passages"].as_array()?.iter().find(|p| text(p, "id") == id)?;
    let at = |path: &str| passage.pointer(path)?.as_u64().map(|n| n as usize);
    let (start, end) = (at("/span/0")?, at("/span/1")?);
    let body = text(record, "text");
    Some(match text(record, "offsets") {
        "bytes" => body.get(start..end)?.to_owned(),
        "utf16" => String::from_utf16_lossy(&body.encode_utf16().skip(start).take(end - start).collect::<Vec<_>>()),
        _ => body.chars().skip(start).take(end - start).collect(),
    })
}

/// The first 300 characters, in one line.
fn short(body: &str) -> String {
    let line = body.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.grapheme_indices(true).nth(300) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default()),
        None => line,
    }
}

fn find(folder: &Path, id: &str) -> Result<Option<Value>, Failure> {
    let mut found = None;
    each(&folder.join("corpus.jsonl"), |record| {
        if text(record, "id") == id {
            found = Some(record.clone());
        }
        Ok(())
    })?;
    Ok(found)
}

/// Hands every record of a file to `visit`.
fn each(path: &Path, mut visit: impl FnMut(&Value) -> Result<(), Failure>) -> Result<(), Failure> {
    let failed = |what: String| Failure::Error(Error::Corpus { path: path.to_owned(), what });
    let file = File::open(path).map_err(|error| failed(error.to_string()))?;
    for (number, line) in BufReader::new(file).split(b'\n').enumerate() {
        let line = line.map_err(|error| failed(error.to_string()))?;
        if !line.is_empty() {
            let record =
                serde_json::from_slice(&line).map_err(|error| failed(format!("line {}: {error}", number + 1)))?;
            visit(&record)?;
        }
    }
    Ok(())
}
