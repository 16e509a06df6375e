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

/// Both lines, packed by brotli.
const BROTLI: &[u8] = b"\x1b\x8a\x00\xf0\x8c\x93\x63\xed\x76\xdc\x2a\x05\x2a\x28\xb7\xa5\xfa\x21\x19\xbb\xe1\x70\xc5\x9f\xe8\x60\x82\x2a\x27\
    \x3c\x30\x7f\xf2\x64\x5e\xaa\xc9\x01\xec\x6e\x70\x8c\x61\x92\x40\x10\x70\x36\x2f\xcb\x8c\x55\xa7\xeb\x95\xa6\x53\x41\
    \xfa\x59\x78\xd7\x48\x61\x20\x86\x3e\x64\x47\x06\x66\x59\x51\xf1\xa7\xcd\xd3\xbc\x88\xcf\x3e\x25\x39\x4d\xdf\xcb\x29";

#[test]
fn brotli_is_read_in_files_and_in_web_archives() {
    let mut record =
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Encoding: br\r\n\r\n".to_vec();
    record.extend(BROTLI);
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n",
        record.len()
    );
    let archive = [head.as_bytes(), &record, b"\r\n\r\n"].concat();
    let bench = Bench::with(&[("a.txt.br", BROTLI), ("b.warc", &archive), ("c.txt.br", &BROTLI[..40])]);
    assert_eq!(bench.run(&["--keep", "all"]).0, 1);
    assert_eq!(ids(&bench), ["a.txt.br", "b.warc:1"]);
    for record in bench.lines("corpus.jsonl") {
        assert_eq!(record["text"], format!("{}\n\n{}", ONE.trim(), TWO.trim()));
    }
    assert_eq!(bench.lines("removed.jsonl")[0]["source"]["path"], "c.txt.br");
}

#[cfg(feature = "parquet")]
mod parquet_files {
    use std::sync::Arc;

    use parquet::basic::Compression;
    use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;

    use super::{Bench, ONE, TWO, ids, zip};

    const SCHEMA: &str = "message row { required binary name (UTF8); optional binary body (UTF8); required int32 day (DATE); required double score; }";

    /// A file of row groups of one row each.
    fn file(rows: &[(&str, Option<&str>, i32, f64)], compression: Compression) -> Vec<u8> {
        let schema = Arc::new(parse_message_type(SCHEMA).unwrap());
        let properties = Arc::new(WriterProperties::builder().set_compression(compression).build());
        let mut out = Vec::new();
        let mut writer = SerializedFileWriter::new(&mut out, schema, properties).unwrap();
        for (name, body, day, score) in rows {
            let mut group = writer.next_row_group().unwrap();
            let mut column = group.next_column().unwrap().unwrap();
            column.typed::<ByteArrayType>().write_batch(&[ByteArray::from(*name)], None, None).unwrap();
            column.close().unwrap();
            let mut column = group.next_column().unwrap().unwrap();
            let values: Vec<ByteArray> = body.iter().map(|body| ByteArray::from(*body)).collect();
            column.typed::<ByteArrayType>().write_batch(&values, Some(&[i16::from(body.is_some())]), None).unwrap();
            column.close().unwrap();
            let mut column = group.next_column().unwrap().unwrap();
            column.typed::<Int32Type>().write_batch(&[*day], None, None).unwrap();
            column.close().unwrap();
            let mut column = group.next_column().unwrap().unwrap();
            column.typed::<DoubleType>().write_batch(&[*score], None, None).unwrap();
            column.close().unwrap();
            group.close().unwrap();
        }
        writer.close().unwrap();
        out
    }

    #[test]
    fn rows_are_documents_with_columns_as_fields() {
        let rows = [("one", Some(ONE), 18_750, 1.5), ("two", Some(TWO), 18_751, f64::NAN), ("none", None, 0, 0.0)];
        let plain = file(&rows, Compression::SNAPPY);
        let other = file(&[("three", Some("Закон о \"портах\"."), 18_752, 2.0)], Compression::LZ4_RAW);
        let bench = Bench::with(&[
            ("a.parquet", &plain),
            ("b.zip", &zip(&[("x.parquet", &other)])),
            ("c.parquet", &plain[..90]),
        ]);
        let (code, _) = bench.run(&["--text-field", "body", "--id-field", "name", "--date-field", "day"]);
        assert_eq!(code, 1);
        assert_eq!(ids(&bench), ["one", "two", "three"]);
        let records = bench.lines("corpus.jsonl");
        assert_eq!((&records[0]["date"], &records[0]["meta"]["score"]), (&"2021-05-03".into(), &1.5.into()));
        assert_eq!(records[0]["source"]["media_type"], "application/vnd.apache.parquet");
        assert!(records[1]["meta"]["score"].is_null());
        assert_eq!(records[2]["text"], "Закон о \"портах\".");
        let messages: Vec<_> =
            bench.lines("removed.jsonl").iter().map(|r| r["message"].as_str().unwrap().to_owned()).collect();
        assert!(messages[0].contains("name the field that holds the text with --text-field"), "{messages:?}");
        assert!(messages[1].starts_with("c.parquet: not a Parquet file that can be read"), "{messages:?}");
    }
}

#[test]
fn markdown_has_kinds_and_places() {
    let text = "---\ntitle: Grain stores\nlang: en\n---\n\n# Grain stores\n\nThe **council** met.\n\n- It was late.\n\n```\nlet a = 1;\n```\n";
    let bench = Bench::with(&[("a.md", text.as_bytes())]);
    assert_eq!(bench.run(&[]).0, 0);
    let record = &bench.lines("corpus.jsonl")[0];
    let kinds: Vec<_> =
        record["passages"].as_array().unwrap().iter().map(|p| p["kind"].as_str().unwrap().to_owned()).collect();
    assert_eq!(kinds, ["title", "paragraph", "list_item", "code"]);
    assert_eq!(
        (record["title"].as_str(), record["text"].as_str().map(|t| t.contains("The council met."))),
        (Some("Grain stores"), Some(true))
    );
    let chars: Vec<char> = text.chars().collect();
    let place = &record["passages"][1]["source"];
    let (start, end) = (place[0].as_u64().unwrap() as usize, place[1].as_u64().unwrap() as usize);
    assert_eq!(chars[start..end].iter().collect::<String>(), "The **council** met.");
    assert!(record["dropped"].as_array().unwrap().iter().all(|d| d["reason"] == "markup"));
}

#[test]
fn words_are_written_where_they_are_asked_for() {
    let bench = Bench::with(&[("a.txt", "Дом стоит у реки.".as_bytes())]);
    assert_eq!(bench.run(&["--words"]).0, 0);
    let record = &bench.lines("corpus.jsonl")[0];
    assert_eq!(record["passages"][0]["words"], serde_json::json!([[0, 3], [4, 9], [10, 11], [12, 16]]));
    let bench = Bench::with(&[("a.txt", "Дом стоит у реки.".as_bytes())]);
    assert_eq!(bench.run(&[]).0, 0);
    assert!(bench.lines("corpus.jsonl")[0]["passages"][0].get("words").is_none());
}

#[test]
fn filters_take_out_by_rule_what_they_are_asked_for() {
    let bad = "Please enable JavaScript in your browser to see this page.";
    let spam = "cheap tickets for trams online now best price here ".repeat(12);
    let page = format!("{ONE}{bad}\n{TWO}");
    let files: &[(&str, &[u8])] = &[("a.txt", page.as_bytes()), ("b.txt", spam.as_bytes())];
    let bench = Bench::with(files);
    assert_eq!(bench.run(&["--filter", "c4,gopher"]).0, 0);
    assert_eq!(ids(&bench), ["a.txt"]);
    let dropped = &bench.lines("corpus.jsonl")[0]["dropped"][0];
    assert_eq!(
        (&dropped["reason"], &dropped["rule"], &dropped["text"]),
        (&"filtered".into(), &"filter.c4.javascript".into(), &bad.into())
    );
    let removed = &bench.lines("removed.jsonl")[0];
    assert_eq!((&removed["reason"], &removed["rule"]), (&"filtered".into(), &"filter.gopher.repetition".into()));
    let kept = Bench::with(files);
    assert_eq!(kept.run(&["--filter", "c4,gopher", "--keep", "all"]).0, 0);
    assert_eq!(ids(&kept), ["a.txt", "b.txt"]);
    assert!(kept.lines("removed.jsonl").is_empty());
}

/// A page of 74 bytes that says it holds 308 million values: room for them would be made before they are looked at.
#[cfg(feature = "parquet")]
#[test]
fn a_dictionary_that_says_it_is_larger_than_it_is_is_refused() {
    let damaged = std::fs::read(support::root().join("tests/fuzz/archive/damaged.parquet")).unwrap();
    let bench = Bench::with(&[("a.parquet", &damaged), ("b.txt", ONE.as_bytes())]);
    let (code, err) = bench.run(&["-q"]);
    assert_eq!(code, 1);
    assert!(err.contains("a.parquet: not a Parquet file that can be read"), "{err}");
    assert!(err.contains("a dictionary of 74 bytes says it has 308340728 values"), "{err}");
    assert!(!err.contains("internal error"), "{err}");
    // What stands beside it is read.
    assert_eq!(ids(&bench), ["b.txt"]);
}
