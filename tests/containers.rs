//! What is packed is read: gzip, zip, tar, web archives, one inside another; and what unpacks without end is refused.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may end by panic"
)]

mod support;

use std::io::{Cursor, Write as _};

use support::Bench;

const ONE: &str = "The council adopted the new rules on the storage of grain in spring.\n";
const TWO: &str = "Farmers who store less than ten tonnes are exempt from the new rules.\n";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        out.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        out.append_data(&mut header, name, *bytes).unwrap();
    }
    out.into_inner().unwrap()
}

fn ids(bench: &Bench) -> Vec<String> {
    bench.lines("corpus.jsonl").iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn packed_files_are_read_one_inside_another() {
    let lines = format!("{{\"text\": {ONE:?}}}\n{{\"text\": {TWO:?}}}\n");
    let two_members = [gzip(ONE.as_bytes()), gzip(TWO.as_bytes())].concat();
    let bench = Bench::with(&[
        ("a.jsonl.gz", &gzip(lines.as_bytes())),
        (
            "b.tar.gz",
            &gzip(&tar(&[
                ("x/one.txt", b"A tram depot."),
                ("x/.hidden", b"no"),
                ("two.txt.gz", &gzip(b"A lighthouse.")),
            ])),
        ),
        ("c.zip", &zip(&[("deep/three.txt", "Закон о портах.".as_bytes()), ("__MACOSX/x", b"no")])),
        ("d.txt.gz", &two_members),
    ]);
    assert_eq!(bench.run(&["--keep", "all"]).0, 0);
    assert_eq!(
        ids(&bench),
        [
            "a.jsonl.gz:1",
            "a.jsonl.gz:2",
            "b.tar.gz/x/one.txt",
            "b.tar.gz/two.txt.gz",
            "c.zip/deep/three.txt",
            "d.txt.gz"
        ]
    );
    assert_eq!(bench.lines("corpus.jsonl")[5]["text"], format!("{}\n\n{}", ONE.trim(), TWO.trim()));
}

#[test]
fn records_of_a_web_archive_are_documents() {
    let page = "<html><head><title>Grain</title></head><body><article><h1>Grain</h1><p>".to_owned()
        + ONE
        + "</p><p>"
        + TWO
        + "</p></article></body></html>";
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    let record = |kind: &str, of: &str, block: &str| {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://example.org/grain\r\nWARC-Date: 2021-05-03T10:00:00Z\r\nContent-Type: {of}\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    };
    let file = record("warcinfo", "application/warc-fields", "software: test")
        + &record("response", "application/http; msgtype=response", &http)
        + &record("conversion", "text/plain", "A text that was made of a page.");
    let bench = Bench::with(&[("a.warc.gz", &gzip(file.as_bytes()))]);
    assert_eq!(bench.run(&[]).0, 0);
    assert_eq!(ids(&bench), ["a.warc.gz:2", "a.warc.gz:3"]);
    let record = &bench.lines("corpus.jsonl")[0];
    assert_eq!((record["url"].as_str(), record["title"].as_str()), (Some("https://example.org/grain"), Some("Grain")));
    assert_eq!(record["date"], "2021-05-03T10:00:00Z");
    assert_eq!(record["source"]["media_type"], "text/html");
}

#[test]
fn a_bomb_is_refused_and_says_so() {
    let bench = Bench::with(&[
        ("a.txt.gz", &gzip(&vec![b'a'; 200 << 20])),
        ("b.zip", &zip(&[("bomb.txt", &vec![b'a'; 120 << 20]), ("good.txt", ONE.as_bytes())])),
        ("c.gz", &gzip(&gzip(&gzip(&gzip(&gzip(&gzip(b"deep"))))))),
        ("d.txt.gz", &gzip(ONE.as_bytes())[..30]),
    ]);
    assert_eq!(bench.run(&[]).0, 1);
    assert_eq!(ids(&bench), ["b.zip/good.txt"]);
    let messages: Vec<_> =
        bench.lines("removed.jsonl").iter().map(|r| r["message"].as_str().unwrap().to_owned()).collect();
    assert_eq!(messages.len(), 4, "{messages:?}");
    assert!(messages[0].contains("200 times its size") && messages[1].starts_with("b.zip/bomb.txt"), "{messages:?}");
    assert!(messages[2].contains("packed more than 4 times"), "{messages:?}");
}
