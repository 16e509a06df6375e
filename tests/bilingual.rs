//! Files of translators: what is read of each file in `tests/bilingual`, where it stands and what is found in it; and that places hold.
//!
//! `UPDATE=1 cargo test --test bilingual` writes `tests/bilingual/expected.txt` anew; what is committed of it has been read.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may end by panic"
)]

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use recensio::stage::interchange::{Format, Wanted, read};
use recensio::text::Span;
use serde_json::Value;
use support::Bench;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bilingual")
}

fn files() -> Vec<String> {
    let names = fs::read_dir(folder()).unwrap().map(|f| f.unwrap().file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name != "expected.txt").collect();
    names.sort();
    names
}

fn chars(text: &str, place: &Value) -> String {
    let (start, end) = (place[0].as_u64().unwrap() as usize, place[1].as_u64().unwrap() as usize);
    text.chars().skip(start).take(end - start).collect()
}

/// The file as text; of Word documents, which are packed, nothing.
fn decoded(record: &Value) -> Option<String> {
    let source = &record["source"];
    let name = source["path"].as_str().unwrap();
    if Path::new(name).extension().is_some_and(|ending| ending == "docx") {
        return None;
    }
    let encoding = encoding_rs::Encoding::for_label(source["encoding"].as_str().unwrap().as_bytes()).unwrap();
    let bytes = fs::read(folder().join(name)).unwrap();
    Some(encoding.decode_with_bom_removal(&bytes).0.into_owned())
}

fn line_and_column(text: &str, at: u64) -> String {
    let before: String = text.chars().take(at as usize).collect();
    let before = before.replace("\r\n", "\n").replace('\r', "\n");
    let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
    format!("{}:{column}", before.matches('\n').count() + 1)
}

fn short(text: &str) -> String {
    let text = text.replace('\n', "⏎").replace('\t', "⇥");
    if text.chars().count() <= 90 { text } else { text.chars().take(90).chain(['…']).collect() }
}

/// What the program makes of the files, in a form to be read.
fn report(bench: &Bench) -> String {
    let mut parts: BTreeMap<String, String> = BTreeMap::new();
    let mut findings: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for finding in bench.lines("findings.jsonl") {
        findings.entry(finding["document"].as_str().unwrap().to_owned()).or_default().push(finding);
    }
    for record in bench.lines("corpus.jsonl") {
        let id = record["id"].as_str().unwrap().to_owned();
        let mut out = String::new();
        let from = record["source_language"]["code"].as_str().unwrap_or("?");
        let (kind, encoding) =
            (record["source"]["media_type"].as_str().unwrap(), record["source"]["encoding"].as_str().unwrap());
        writeln!(out, "{kind}, {encoding}, {from} → {}", record["language"]["code"].as_str().unwrap()).unwrap();
        let source = decoded(&record);
        let text = record["text"].as_str().unwrap();
        for passage in record["passages"].as_array().unwrap() {
            let start = passage["source"][0].as_u64().unwrap();
            let at = source.as_ref().map_or_else(|| format!("@{start}"), |source| line_and_column(source, start));
            let segment = &passage["segment"];
            let state = segment["state"].as_str().map(|state| format!(" ({state})")).unwrap_or_default();
            let kind = passage["kind"]
                .as_str()
                .filter(|kind| *kind != "paragraph")
                .map(|k| format!(" {k}"))
                .unwrap_or_default();
            let language = passage["language"].as_str().filter(|l| Some(*l) != record["language"]["code"].as_str());
            let language = language.map(|l| format!(" in {l}")).unwrap_or_default();
            let said = segment["source"].as_str().map(|s| format!("{} → ", short(s))).unwrap_or_default();
            let name = segment["id"].as_str().unwrap_or("-");
            writeln!(out, "{at} [{name}]{state}{kind}{language} {said}{}", short(&chars(text, &passage["span"])))
                .unwrap();
        }
        for finding in findings.remove(&id).unwrap_or_default() {
            let (line, column) = (&finding["line"], &finding["column"]);
            if let Some(source) = &source {
                let place = line_and_column(source, finding["source"][0].as_u64().unwrap());
                assert_eq!(place, format!("{line}:{column}"), "{id}: line and column of a finding");
            }
            let segment = finding["segment"].as_str().map(|s| format!(" [{s}]")).unwrap_or_default();
            let (severity, rule) = (finding["severity"].as_str().unwrap(), finding["rule"].as_str().unwrap());
            let (text, message) = (finding["text"].as_str().unwrap(), finding["message"].as_str().unwrap());
            writeln!(out, "! {line}:{column}{segment} {severity} {rule} “{}”: {message}", short(text)).unwrap();
        }
        for issue in record["issues"].as_array().unwrap() {
            writeln!(out, "issue {}: {}", issue["kind"].as_str().unwrap(), issue["message"].as_str().unwrap()).unwrap();
        }
        parts.insert(id, out);
    }
    for record in bench.lines("removed.jsonl") {
        let (id, message) = (record["id"].as_str().unwrap(), record["message"].as_str().unwrap_or_default());
        parts.insert(id.to_owned(), format!("{}: {message}\n", record["reason"].as_str().unwrap()));
    }
    let mut out =
        String::from("What is read of each file, and what is found in it: place, segment, state, source → text.\n");
    for (id, part) in parts {
        write!(out, "\n## {id}\n{part}").unwrap();
    }
    out
}

fn bench() -> Bench {
    let all: Vec<(String, Vec<u8>)> =
        files().into_iter().map(|name| (name.clone(), fs::read(folder().join(name)).unwrap())).collect();
    Bench::with(&all.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect::<Vec<_>>())
}

#[test]
fn every_file_is_read_as_it_should_be() {
    assert!(files().len() >= 60);
    let bench = bench();
    bench.run(&["--fresh", "-q"]);
    let found = report(&bench);
    let path = folder().join("expected.txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap();
    for (part, own) in expected.split("\n## ").zip(found.split("\n## ")) {
        assert_eq!(part, own);
    }
    assert_eq!(expected, found);
    let verified = bench.recensio(&["verify", "out"]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
}

/// Kept and dropped cover every character of the file that is no blank, once.
#[test]
fn nothing_is_lost_and_nothing_is_told_twice() {
    let bench = bench();
    bench.run(&["--fresh", "-q", "--offsets", "chars"]);
    for record in bench.lines("corpus.jsonl") {
        let Some(source) = decoded(&record) else { continue };
        let source: Vec<char> = source.chars().collect();
        let mut seen = vec![0u8; source.len()];
        let places = ["passages", "dropped"].iter().flat_map(|layer| record[*layer].as_array().unwrap());
        for place in places {
            let (start, end) = (place["source"][0].as_u64().unwrap(), place["source"][1].as_u64().unwrap());
            seen[start as usize..end as usize].iter_mut().for_each(|n| *n += 1);
        }
        for (at, (c, n)) in source.iter().zip(&seen).enumerate() {
            assert!(*n == 1 || c.is_whitespace() && *n == 0, "{}: {c:?} at {at} is told {n} times", record["id"]);
        }
    }
}

/// A character as a format writes it, and what reads one back.
struct Way {
    format: Format,
    head: &'static str,
    tail: &'static str,
    write: fn(char) -> String,
}

fn xml(c: char) -> String {
    match c {
        '<' => "&lt;".to_owned(),
        '&' => "&amp;".to_owned(),
        '>' => "&#x3E;".to_owned(),
        'ß' => "&#223;".to_owned(),
        '\n' => "\r\n".to_owned(),
        'q' => "<g id=\"q\">q</g>".to_owned(),
        'w' => "<![CDATA[w]]>".to_owned(),
        'x' => "<!-- no -->x".to_owned(),
        c => c.to_string(),
    }
}

fn tmx(c: char) -> String {
    if c == 'q' { "<bpt i=\"1\">&lt;b></bpt>q<ept i=\"1\"/>".to_owned() } else { xml(c) }
}

fn backslashes(c: char) -> String {
    match c {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        '\n' => "\\n".to_owned(),
        '\t' => "\\t".to_owned(),
        c => c.to_string(),
    }
}

fn po(c: char) -> String {
    if c == 'q' { "\"\n \"q".to_owned() } else { backslashes(c) }
}

fn json(c: char) -> String {
    match c {
        'ß' => "\\u00df".to_owned(),
        '😀' => "\\uD83D\\uDE00".to_owned(),
        c => backslashes(c),
    }
}

fn properties(c: char) -> String {
    match c {
        'ß' => "\\u00df".to_owned(),
        'q' => "\\\n   q".to_owned(),
        '"' => "\"".to_owned(),
        c => backslashes(c),
    }
}

const WAYS: [Way; 6] = [
    Way {
        format: Format::Xliff,
        head: "<xliff version=\"1.2\"><file source-language=\"en\" target-language=\"de\"><body><trans-unit id=\"1\"><source>a</source><target>",
        tail: "</target></trans-unit></body></file></xliff>",
        write: xml,
    },
    Way {
        format: Format::Xliff,
        head: "<xliff version=\"2.0\" srcLang=\"en\" trgLang=\"de\"><file id=\"f\"><unit id=\"u\"><segment><source>a</source><target>",
        tail: "</target></segment></unit></file></xliff>",
        write: |c| if c == 'q' { "<pc id=\"q\">q</pc>".to_owned() } else { xml(c) },
    },
    Way {
        format: Format::Tmx,
        head: "<tmx version=\"1.4\"><header srclang=\"en\"/><body><tu><tuv xml:lang=\"en\"><seg>a</seg></tuv><tuv xml:lang=\"de\"><seg>",
        tail: "</seg></tuv></tu></body></tmx>",
        write: tmx,
    },
    Way { format: Format::Po, head: "msgid \"\"\nmsgstr \"\"\n\nmsgid \"a\"\nmsgstr \"", tail: "\"\n", write: po },
    Way { format: Format::Arb, head: "{\"a\": \"", tail: "\"}", write: json },
    Way { format: Format::Properties, head: "a=", tail: "\n", write: properties },
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// What stands at the source of a character is what the format writes for it.
    #[test]
    fn places_lead_to_what_was_written(text in "[a-z<>&\"\\\\ß法é😀٣ \n]{1,40}") {
        let text = text.trim().to_owned();
        prop_assume!(!text.is_empty());
        for way in &WAYS {
            // In these, line feeds begin an entry.
            let written: Vec<String> = text.chars().map(way.write).collect();
            let file = format!("{}{}{}", way.head, written.concat(), way.tail);
            let found = read(way.format, &file, Wanted::default()).unwrap();
            prop_assert_eq!(found.text.trim_end_matches('\n'), &text, "{:?}", way.format);
            let segment = found.segments.last().unwrap();
            prop_assert_eq!(segment.span.of(&found.text), &text);
            for ((at, c), written) in text.char_indices().zip(&written) {
                let span = Span::new(segment.span.start() + at, segment.span.start() + at + c.len_utf8());
                let place = found.map.source(span).of(&file);
                prop_assert!(written.contains(place) && !place.is_empty(), "{c:?}: {place:?} of {written:?}");
                let is_copy = place == c.encode_utf8(&mut [0; 4]);
                prop_assert!(is_copy || place.starts_with(['&', '\\', '\r']), "{c:?}: {place:?}");
            }
        }
    }

    /// Whatever stands in a file, it is read or refused.
    #[test]
    fn no_file_is_too_strange(text in "(<[a-z/!?\\[]{0,8}|>|&[a-z#0-9]{0,4};?|\"|'|=|[a-z ]{1,5}|msgid|msgstr|\\{|\\}|\\\\|,|\n|-->|00:01|é){0,40}") {
        for format in [Format::Xliff, Format::Tmx, Format::Po, Format::Word, Format::Srt, Format::Vtt, Format::Strings, Format::Arb, Format::Properties] {
            for head in ["", "<xliff version=\"1.2\"><file><body><trans-unit><target>", "<tmx><body><tu><tuv><seg>", "{\"a\":\"", "msgid \"a\"\nmsgstr \""] {
                let file = format!("{head}{text}");
                if let Ok(found) = read(format, &file, Wanted::default()) {
                    let mut end = 0;
                    for block in &found.layout.blocks {
                        let place = found.map.source(block.span);
                        prop_assert!(place.start() >= end && place.end() <= file.len());
                        end = place.end();
                    }
                }
            }
        }
    }
}

const XLIFF: &str = "<xliff version=\"1.2\"><file source-language=\"en\" target-language=\"de\"><body>\
    <trans-unit id=\"1\"><source>The widget shows the clutch plate.</source><target>Das Widget zeigt die clutch plate.</target></trans-unit>\
    <trans-unit id=\"2\"><source>clutch plate</source><target>Kupplungsscheibe</target></trans-unit>\
    <trans-unit id=\"3\"><source>Turn the flywheel.</source><target>Das Rad drehen.</target></trans-unit>\
    </body></file></xliff>";

fn rules(bench: &Bench) -> Vec<String> {
    bench
        .lines("findings.jsonl")
        .iter()
        .map(|f| format!("{} {}", f["rule"].as_str().unwrap(), f["text"].as_str().unwrap()))
        .collect()
}

#[test]
fn another_segment_says_what_a_leftover_means() {
    let bench = Bench::with(&[("a.xlf", XLIFF.as_bytes())]);
    bench.run(&[]);
    let record = &bench.lines("corpus.jsonl")[0];
    let gloss = &record["leftovers"][0]["gloss"][0];
    assert_eq!(
        (gloss["text"].as_str(), gloss["from"].as_str()),
        (Some("Kupplungsscheibe"), Some("segment 2")),
        "{record}"
    );
}

#[test]
fn a_term_may_be_bound_to_the_source() {
    let with = |terms: &str| {
        let bench = Bench::with(&[("a.xlf", XLIFF.as_bytes())]);
        fs::write(bench.path("terms.txt"), terms).unwrap();
        let said = bench.run(&["--terms", "terms.txt"]);
        (said, bench)
    };
    let (_, bench) = with("clutch plate\tsource\n");
    assert_eq!(rules(&bench), [""; 0]);
    let (_, bench) = with("other\tsource\n");
    assert_eq!(rules(&bench).len(), 1);
    let ((code, message), _) = with("clutch plate\tsometimes\n");
    assert!(code == 2 && message.contains("`source`"), "{message}");
}

#[test]
fn a_glossary_says_how_a_term_is_translated() {
    let bench = Bench::with(&[("a.xlf", XLIFF.as_bytes())]);
    fs::write(bench.path("glossary.tsv"), "en\tde\nflywheel\tSchwungrad | Schwungscheibe\n").unwrap();
    bench.run(&["--glossary", "glossary.tsv"]);
    assert!(rules(&bench).contains(&"segment.term Das Rad drehen.".to_owned()), "{:?}", rules(&bench));
}

#[test]
fn formats_are_told_by_their_beginning_and_inside_archives() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, XLIFF.as_bytes()).unwrap();
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["word-plain.docx", "po-plain.po"] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut archive, &fs::read(folder().join(name)).unwrap()).unwrap();
    }
    let archive = archive.finish().unwrap().into_inner();
    let subtitles = fs::read(folder().join("srt-plain.srt")).unwrap();
    let catalogue = fs::read(folder().join("po-plain.po")).unwrap();
    let bench = Bench::with(&[
        ("a.xlf.gz", packed.finish().unwrap().as_slice()),
        ("b.zip", &archive),
        ("c", XLIFF.as_bytes()),
        ("d", &subtitles),
        ("e", &catalogue),
        ("f", &fs::read(folder().join("word-tables.docx")).unwrap()),
    ]);
    bench.run(&[]);
    let mut kinds: Vec<(String, String)> = bench
        .lines("corpus.jsonl")
        .iter()
        .chain(&bench.lines("removed.jsonl"))
        .map(|r| (r["id"].as_str().unwrap().to_owned(), r["source"]["media_type"].as_str().unwrap().to_owned()))
        .collect();
    kinds.sort();
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    let expected = [
        ("a.xlf.gz", "application/xliff+xml"),
        ("b.zip/po-plain.po", "text/x-gettext-translation"),
        ("b.zip/word-plain.docx", word),
        ("c", "application/xliff+xml"),
        ("d", "application/x-subrip"),
        ("e", "text/x-gettext-translation"),
        ("f", word),
    ];
    assert_eq!(kinds, expected.map(|(id, kind)| (id.to_owned(), kind.to_owned())));
}

#[test]
fn a_slip_of_one_digit_is_found_among_other_figures() {
    let line = |text: &str| {
        let source = "From 1980 to 1995, 497 mph was the record; 300 miles north, 12 people watched.";
        serde_json::json!({ "id": text, "language": "de", "source_language": "en", "source_text": source, "text": text }).to_string()
    };
    let said = |text: &str| {
        let bench = Bench::with(&[("a.jsonl", line(text).as_bytes())]);
        bench.run(&[]);
        rules(&bench)
    };
    let right = "Von 1980 bis 1995 waren 800 km/h der Rekord; 480 km nördlich sahen zwölf Menschen zu.";
    assert_eq!(said(right), [""; 0]);
    let slip = said(&right.replace("1995", "1895"));
    assert!(matches!(slip.as_slice(), [one] if one.ends_with("1895")), "{slip:?}");
    // What was converted has other digits, even where it looks like a slip.
    assert_eq!(said(&right.replace("480 km", "500 km")), [""; 0]);
}

#[test]
fn a_line_of_json_may_have_its_source_beside_it() {
    let line = serde_json::json!({
        "id": "x", "language": "de", "source_language": "en",
        "source_text": "The tower is 135 m tall.\n\nIt is closed.", "text": "Der Turm ist 153 m hoch.\n\nEr ist geschlossen.",
    });
    let bench = Bench::with(&[("a.jsonl", line.to_string().as_bytes())]);
    bench.run(&[]);
    assert_eq!(rules(&bench), ["segment.number 153"]);
    let record = &bench.lines("corpus.jsonl")[0];
    assert_eq!(record["passages"][1]["segment"]["source"], "It is closed.");
}
