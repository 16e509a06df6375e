//! A run that is killed, interrupted, or finds the disk full leaves nothing torn, and the same command goes on to the very bytes that an
//! undisturbed run writes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may end by panic"
)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use support::{Bench, program};

const OUTPUTS: [&str; 6] =
    ["corpus.jsonl", "removed.jsonl", "clusters.jsonl", "findings.jsonl", "report.html", "run.json"];

/// Documents of some kilobytes, so that there are several lots; some passages come again, one document fails, one is a copy.
fn corpus(documents: usize) -> String {
    let mut lines = String::new();
    for number in 0..documents {
        let mut text = String::new();
        for part in 0..60 {
            let (a, b) = (number * 7919 + part * 104_729, number + part);
            text.push_str(&format!(
                "Ward {a} of the town council heard report {b} on the ferry, the mill and the {part} wells in May 2021.\\n"
            ));
        }
        text.push_str(
            "The ferry will not run on days of storm, and nobody is to be told before the morning of the day.\\n",
        );
        lines.push_str(&format!("{{\"id\": \"n{number}\", \"text\": \"{text}\"}}\n"));
    }
    lines.push_str("{\"id\": \"bad\"}\n");
    let copy = lines.lines().nth(1).unwrap().replace("\"n1\"", "\"copy\"");
    lines + &copy + "\n"
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let read = |name: &str| Some((name.to_owned(), fs::read(folder.join(name)).ok()?));
    OUTPUTS.iter().filter_map(|name| read(name)).collect()
}

/// What an undisturbed run writes.
fn undisturbed(bench: &Bench) -> BTreeMap<String, Vec<u8>> {
    let output = bench.recensio(&["in", "-o", "whole", "-q", "--threads", "2"]);
    assert_eq!(output.status.code(), Some(1), "one document has no text");
    let whole = files(&bench.folder.path().join("whole"));
    assert_eq!(whole.len(), OUTPUTS.len());
    whole
}

/// Runs into the folder `out`, which a debug build lets go wrong as `fail` says.
fn run(bench: &Bench, fail: &str) -> std::process::Output {
    Command::new(program())
        .args(["in", "-o", "out", "-q", "--threads", "2"])
        .current_dir(bench.folder.path())
        .env("RECENSIO_FAIL", fail)
        .env("RECENSIO_SYNC", "1")
        .output()
        .unwrap()
}

/// Lets the first, second, third… operation of a kind go wrong until none does, and goes on after each.
fn every(kind: &str, how: &str) -> usize {
    let bench = Bench::with(&[("c.jsonl", corpus(30).as_bytes())]);
    let whole = undisturbed(&bench);
    let out = bench.folder.path().join("out");
    for number in 1.. {
        drop(fs::remove_dir_all(&out));
        let output = run(&bench, &format!("{kind}:{number}{how}"));
        let found = files(&out);
        for (name, bytes) in &found {
            assert!(bytes == &whole[name], "{kind} {number}: {name} is torn");
        }
        if output.status.code() == Some(1) {
            assert_eq!(found, whole);
            return number - 1;
        }
        if how.is_empty() {
            assert_eq!(output.status.code(), None, "{kind} {number}: {output:?}");
        } else {
            let message = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{message}");
            assert!(message.contains("cannot write out"), "{message}");
        }
        assert_eq!(run(&bench, "").status.code(), Some(1), "{kind} {number}");
        assert_eq!(files(&out), whole, "{kind} {number}");
    }
    0
}

#[test]
fn killed_at_every_write() {
    assert!(every("write", "") > 12);
}

#[test]
fn killed_at_every_sync() {
    assert!(every("sync", "") > 15);
}

#[test]
fn killed_at_every_rename() {
    assert_eq!(every("rename", ""), 6);
}

#[test]
fn killed_at_every_append_to_the_manifest() {
    assert!(every("append", "") > 4);
}

#[test]
fn the_disk_is_full_at_every_write_and_append() {
    assert!(every("write", ":full") > 12);
    assert!(every("append", ":full") > 4);
}

#[test]
fn killed_anywhere_again_and_again() {
    let bench = Bench::with(&[("c.jsonl", corpus(40).as_bytes())]);
    let whole = undisturbed(&bench);
    let mut taken_over = 0;
    for round in 0..12u64 {
        let mut child = Command::new(program())
            .args(["in", "-o", "out", "--threads", "2"])
            .current_dir(bench.folder.path())
            .env("RECENSIO_SYNC", "1")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Later and later, so that on a busy machine, too, there is something to go on from.
        std::thread::sleep(Duration::from_millis(40 + round * 37 % 211 + round * round * 8));
        drop(child.kill());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        taken_over += usize::from(said.contains("taken over") || said.contains("nothing has changed"));
        for (name, bytes) in files(&bench.folder.path().join("out")) {
            assert!(bytes == whole[&name], "round {round}: {name} is torn");
        }
    }
    let output = bench.recensio(&["in", "-o", "out"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(taken_over > 0 || said.contains("taken over") || said.contains("nothing has changed"), "{said}");
    assert_eq!(files(&bench.folder.path().join("out")), whole);
}

#[test]
fn nothing_is_done_where_nothing_has_changed_and_little_where_little_has() {
    let bench = Bench::with(&[("c.jsonl", corpus(60).as_bytes())]);
    assert_eq!(bench.recensio(&["in", "-o", "out"]).status.code(), Some(1));
    let path = bench.folder.path().join("out/corpus.jsonl");
    let before = fs::metadata(&path).unwrap().modified().unwrap();
    let again = bench.recensio(&["in", "-o", "out"]);
    let said = String::from_utf8(again.stderr).unwrap();
    assert_eq!(again.status.code(), Some(1), "a document still fails");
    assert!(said.contains("nothing has changed since the last run"), "{said}");
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), before);

    // One document in the middle, one line the same length.
    let changed = corpus(60).replacen("Ward 237570 of the town", "Ward 237571 of the city", 1);
    assert_ne!(changed, corpus(60));
    fs::write(bench.folder.path().join("in/c.jsonl"), &changed).unwrap();
    let said = String::from_utf8(bench.recensio(&["in", "-o", "out"]).stderr).unwrap();
    let taken_over: usize = said.split("taken over  ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    assert!((30..62).contains(&taken_over), "{said}");
    bench.recensio(&["in", "-o", "whole"]);
    assert_eq!(files(&bench.folder.path().join("out")), files(&bench.folder.path().join("whole")));

    // A file that was touched is made anew.
    fs::write(&path, "{}\n").unwrap();
    bench.recensio(&["in", "-o", "out"]);
    assert_eq!(files(&bench.folder.path().join("out")), files(&bench.folder.path().join("whole")));
    let fresh = bench.recensio(&["in", "-o", "out", "--fresh"]);
    assert!(!String::from_utf8(fresh.stderr).unwrap().contains("taken over"));
    assert_eq!(files(&bench.folder.path().join("out")), files(&bench.folder.path().join("whole")));
}

#[test]
fn other_options_take_nothing_over() {
    let bench = Bench::with(&[("c.jsonl", corpus(20).as_bytes())]);
    bench.recensio(&["in", "-o", "out"]);
    let output = bench.recensio(&["in", "-o", "out", "--offsets", "bytes"]);
    assert!(!String::from_utf8(output.stderr).unwrap().contains("taken over"));
    assert_eq!(bench.lines("corpus.jsonl")[0]["offsets"], "bytes");
}

#[cfg(unix)]
#[test]
fn interrupted_it_finishes_what_is_under_way_and_says_how_to_go_on() {
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        let bench = Bench::with(&[("c.jsonl", corpus(600).as_bytes())]);
        let child = Command::new(program())
            .args(["in", "-o", "out", "--threads", "2"])
            .current_dir(bench.folder.path())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // It watches for signals before it makes its folder.
        let drafts = bench.folder.path().join("out/.recensio/1/corpus.jsonl");
        while !fs::metadata(&drafts).is_ok_and(|meta| meta.len() > 0) {
            std::thread::sleep(Duration::from_millis(2));
        }
        let sent = Command::new("kill").args([format!("-{signal}"), child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert!(said.contains("run the same command again to go on"), "{said}");
        assert!(files(&bench.folder.path().join("out")).is_empty());
        let said = String::from_utf8(bench.recensio(&["in", "-o", "out"]).stderr).unwrap();
        assert!(said.contains("taken over"), "{said}");
        assert_eq!(files(&bench.folder.path().join("out")), undisturbed(&bench));
    }
}

#[test]
fn two_runs_do_not_write_to_one_folder() {
    let bench = Bench::with(&[("c.jsonl", corpus(5).as_bytes())]);
    let mut first = Command::new(program())
        .args(["-", "-o", "out", "-q"])
        .current_dir(bench.folder.path())
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    while !bench.folder.path().join("out/.recensio/1/manifest").exists() {
        std::thread::sleep(Duration::from_millis(5));
    }
    let second = bench.recensio(&["in", "-o", "out"]);
    assert_eq!(second.status.code(), Some(2));
    assert!(String::from_utf8(second.stderr).unwrap().contains("another run is writing to out"));
    drop(first.stdin.take());
    assert!(first.wait().unwrap().success());
    assert_eq!(bench.recensio(&["in", "-o", "out", "-q"]).status.code(), Some(1));
}

/// A run into the folder `out` that ends the work on a document as `fail` says: what the records of failed documents say.
fn spoilt(bench: &Bench, fail: &str) -> Vec<(String, String)> {
    drop(fs::remove_dir_all(bench.path("out")));
    let output = run(bench, fail);
    assert_eq!(output.status.code(), Some(1), "{fail}: {output:?}");
    let verified = bench.recensio(&["verify", "out"]);
    assert!(verified.status.success(), "{fail}: {}", String::from_utf8_lossy(&verified.stderr));
    let failed = bench.lines("removed.jsonl").into_iter().filter(|record| record["reason"] == "failed");
    let said = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    failed.map(|record| (said(&record["id"]), said(&record["message"]))).collect()
}

#[test]
fn a_document_that_panics_or_takes_too_long_in_any_stage_fails_alone() {
    // The text of n1 comes again under another name, so that what fails late was taken for the kept copy before.
    let bench = Bench::with(&[("c.jsonl", corpus(4).as_bytes())]);
    let stages = ["read", "outline", "languages", "sentences", "leftovers", "dates", "entities", "findings", "record"];
    for stage in stages {
        let id = if stage == "read" { "c.jsonl:2" } else { "n1" };
        let failed = spoilt(&bench, &format!("panic:{stage}:{id}"));
        let [(found, message), (_, other)] = failed.as_slice() else { panic!("{stage}: {failed:?}") };
        assert_eq!((found.as_str(), other.contains("no field")), (id, true));
        assert_eq!(*message, format!("{id}: internal error: a test ends it here; please report it with the document"));
        let failed = spoilt(&bench, &format!("late:{stage}:{id}"));
        let expected = format!(
            "{id}: it took more than 600 s of the processor before \"{stage}\"; split it, or allow more with --max-document-time"
        );
        assert_eq!(failed[0], (id.to_owned(), expected));
        let kept: Vec<_> = bench.lines("corpus.jsonl").iter().map(|record| record["id"].clone()).collect();
        // Where it failed before it was compared, its copy takes its place.
        let copy = if matches!(stage, "read" | "outline") { vec!["copy"] } else { Vec::new() };
        assert_eq!(kept, [["n0", "n2", "n3"].as_slice(), &copy].concat());
        let removed = bench.lines("removed.jsonl");
        let text = removed.iter().find(|record| record["id"] == id).unwrap()["text"].as_str().unwrap();
        assert_eq!(text.is_empty(), stage == "read", "what was read of it is not lost");
    }
}

#[test]
fn time_is_measured() {
    let line = |n: usize| format!("Ward {n} of the town council heard report {} on the ferry in May 2021.\n", n * 7);
    let long: String = (0..3000).map(line).collect();
    let bench = Bench::with(&[("long.txt", long.as_bytes()), ("short.txt", b"A ferry runs in May.")]);
    let (code, said) = bench.run(&["--max-document-time", "9ms"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("long.txt: it took more than 0.009 s of the processor before"), "{said}");
    assert_eq!(bench.run(&["--max-document-time", "1h"]).0, 0);
    assert_eq!(bench.lines("corpus.jsonl").len(), 2);
    let (code, said) = bench.run(&["--max-document-time", "soon"]);
    assert_eq!(code, 2);
    assert!(said.contains("give a time such as 30s, 10m or 1h"), "{said}");
}

#[test]
fn a_document_that_is_too_long_fails_alone_and_is_never_in_memory() {
    let long = "The ferry runs. ".repeat(200);
    let lines = format!("{{\"text\": \"{long}\"}}\n{{\"id\": \"after\", \"text\": \"A line.\"}}\n");
    let array = format!("[{{\"text\": \"{long}\"}}, {{\"id\": \"element\", \"text\": \"An element.\"}}]");
    let record = |body: &str| {
        let length = body.len();
        format!(
            "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\n\r\n{body}\r\n\r\n"
        )
    };
    let web = record(&long) + &record("A record.");
    let mut packed = tar::Builder::new(Vec::new());
    for (name, body) in [
        ("long.txt", long.as_str()),
        ("long.jsonl", &lines.replace("after", "in it").replace("A line", "Its line")),
        ("short.txt", "A member."),
    ] {
        let mut header = tar::Header::new_ustar();
        header.set_size(body.len() as u64);
        header.set_cksum();
        packed.append_data(&mut header, name, body.as_bytes()).unwrap();
    }
    let bench = Bench::with(&[
        ("a.txt", long.as_bytes()),
        ("b.jsonl", lines.as_bytes()),
        ("c.json", array.as_bytes()),
        ("d.warc", web.as_bytes()),
        ("e.tar", &packed.into_inner().unwrap()),
    ]);
    // Larger than any memory, on the disk as good as nothing.
    fs::File::create(bench.path("in/f.txt")).unwrap().set_len(1 << 42).unwrap();
    let (code, said) = bench.run(&["--max-document-size", "2KB"]);
    assert_eq!(code, 1, "{said}");
    let failed: Vec<String> =
        bench.lines("removed.jsonl").iter().map(|record| record["message"].as_str().unwrap().to_owned()).collect();
    let places = ["a.txt", "b.jsonl:1", "c.json:1", "d.warc:1", "e.tar/long.txt", "e.tar/long.jsonl:1", "f.txt"];
    assert_eq!(failed.len(), places.len(), "{failed:#?}");
    for (message, place) in failed.iter().zip(places) {
        let expected =
            format!("{place}: it is longer than 2000 bytes; split it, or allow more with --max-document-size");
        assert!(message.starts_with(&expected), "{message}");
    }
    let kept: Vec<_> =
        bench.lines("corpus.jsonl").iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(kept, ["after", "element", "d.warc:2", "in it", "e.tar/short.txt"]);
    let (code, _) = bench.run(&["--max-document-size", "4 KiB"]);
    assert_eq!(
        (code, bench.lines("removed.jsonl").iter().filter(|record| record["reason"] == "failed").count()),
        (1, 1)
    );
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_passed_over_and_an_endless_one_ends() {
    let bench = Bench::with(&[("a/b.txt", b"A ferry.")]);
    let at = |name: &str| bench.path("in").join(name);
    assert!(Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
    std::os::unix::fs::symlink("..", at("a/loop")).unwrap();
    std::os::unix::fs::symlink("itself", at("itself")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", at("zero")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(at("socket")).unwrap();
    let (code, said) = bench.run(&[]);
    assert_eq!((code, bench.lines("corpus.jsonl").len()), (0, 1), "{said}");
    for (name, what) in [
        ("pipe", "a pipe, socket or device"),
        ("a/loop", "a link"),
        ("itself", "a link"),
        ("zero", "a link"),
        ("socket", "a pipe, socket or device"),
    ] {
        assert!(said.contains(&format!("passed over in/{name}: {what}; name it as an input to read it")), "{said}");
    }
    // Named, an endless device is a document that is too long, and a link is what it leads to.
    let output = bench.recensio(&["in/zero", "-o", "out", "--max-document-size", "1MB"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("zero: it is longer than 1000000 bytes"));
    let output = bench.recensio(&["in/itself", "-o", "out"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn input_that_changes_while_it_is_read_is_read_once() {
    let bench = Bench::with(&[("c.jsonl", corpus(20).as_bytes())]);
    let path = bench.path("in/c.jsonl");
    let over = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for n in 0.. {
                if over.load(std::sync::atomic::Ordering::Relaxed) {
                    break;
                }
                fs::write(&path, corpus(10 + n % 20)).unwrap();
                std::thread::sleep(Duration::from_millis(3));
            }
        });
        for policy in ["first", "longest", "first"] {
            let output = bench.recensio(&["in", "-o", "out", "-q", "--keep", policy]);
            assert!(matches!(output.status.code(), Some(0 | 1)), "{output:?}");
            let verified = bench.recensio(&["verify", "out"]);
            assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
        }
        over.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_said_before_the_work() {
    let bench = Bench::with(&[("a.txt", b"A ferry.")]);
    // Not even the superuser writes there.
    let output = bench.recensio(&["in", "-o", "/proc/corpus"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("cannot write /proc/corpus") && said.contains("-o"), "{said}");
    for option in ["--metrics", "--entities-csv"] {
        let output = bench.recensio(&["in", "-o", "out", option, "missing/file"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(said.contains("cannot write missing/file") && said.contains(option), "{said}");
        assert!(!bench.path("out/corpus.jsonl").exists());
        let (code, said) = bench.run(&[option, "out/file"]);
        assert_eq!(code, 0, "{said}");
        assert!(bench.path("out/file").exists() && !bench.path("out/file.part").exists());
        fs::remove_dir_all(bench.path("out")).unwrap();
    }
}

#[test]
fn names_lead_nowhere_and_move_no_cursor() {
    let mut packed = tar::Builder::new(Vec::new());
    for name in ["../../up.txt", "/etc/over.txt", "con", "\u{1b}[31mred\u{202e}.txt"] {
        let mut header = tar::Header::new_ustar();
        header.as_ustar_mut().unwrap().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(9);
        header.set_cksum();
        packed.append(&header, format!("{:9}", format!("Ferry {}", name.len())).as_bytes()).unwrap();
    }
    let ids = ["../../../x", "/etc/x", "a\\u001b]0;t\\u0007", "=cmd|' /C calc'!A0", "b\\u202e\\u0085"];
    let lines = ids
        .map(|id| format!("{{\"id\": \"{id}\", \"text\": \"法律 of the Ministry of Transport for {}\"}}\n", id.len()));
    let bad = "{\"id\": \"c\u{9b}31m\", \"text\": 5}\n";
    let bench = Bench::with(&[
        ("a.tar", &packed.into_inner().unwrap()),
        ("b.jsonl", (lines.concat() + bad).as_bytes()),
        ("\u{1b}[2J\u{202e}.jsonl", b"[1]\n"),
    ]);
    let output = bench.recensio(&["in", "-o", "out", "--entities-csv", "entities.csv", "-v"]);
    assert_eq!(output.status.code(), Some(1));
    let documents = bench.lines("corpus.jsonl").len() + bench.lines("removed.jsonl").len();
    assert_eq!(documents, 4 + ids.len() + 2);
    let mut said = vec![output.stderr];
    for args in [
        vec!["check", "in"],
        vec!["check", "in", "--log", "json"],
        vec!["why", "b.jsonl", "-o", "out"],
        vec!["why", "a\u{1b}]0;t\u{7}", "-o", "out"],
        vec!["verify", "out"],
        vec!["stats", "out"],
        vec!["--no-such-\u{1b}[31m"],
    ] {
        let output = bench.recensio(&args);
        said.extend([output.stdout, output.stderr]);
    }
    for text in said {
        let text = String::from_utf8(text).unwrap();
        let moves =
            |c: &char| c.is_control() && *c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert_eq!(text.chars().find(moves), None, "{text:?}");
    }
    let mut beside: Vec<_> =
        fs::read_dir(bench.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    beside.sort();
    assert_eq!(beside, ["entities.csv", "in", "out"]);
    let table = fs::read_to_string(bench.path("entities.csv")).unwrap();
    assert!(table.contains("'=cmd"), "{table}");
    assert!(table.lines().all(|line| !line.starts_with(['=', '+', '-', '@'])), "{table}");
}

#[test]
fn depth_is_no_way_to_bring_it_down() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let line =
        |depth: usize| format!("{{\"id\": \"n{depth}\", \"text\": \"Ferry {depth}.\", \"x\": {}}}\n", nested(depth));
    let lines = line(99) + &line(101) + &line(300_000) + "{\"id\": \"s\", \"text\": \"Said.\", \"x\": \"[[\\\"[[\"}\n";
    let elements = "<div>".repeat(20_000);
    let bench = Bench::with(&[
        ("a.jsonl", lines.as_bytes()),
        ("b.json", nested(300_000).as_bytes()),
        ("c.html", format!("<html><body>{elements}Ferries run.").as_bytes()),
        ("d.md", format!("{}Ferries stop.", "> ".repeat(2_000)).as_bytes()),
    ]);
    let (code, said) = bench.run(&[]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("a.jsonl:2: field \"x\": nested more than 100 levels deep"), "{said}");
    let kept: Vec<_> = bench.lines("corpus.jsonl").iter().map(|record| record["id"].clone()).collect();
    assert_eq!(kept, ["n99", "s", "c.html", "d.md"]);
    assert!(bench.recensio(&["verify", "out"]).status.success());
}
