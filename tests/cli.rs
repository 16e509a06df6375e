//! The command line: what is said, where, and how it ends.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may end by panic"
)]

mod support;

use std::io::Write as _;
use std::process::{Command, Stdio};

use support::{Bench, program};

const ONE: &str = "The council adopted the new rules on the storage of grain in spring.\n";
const TWO: &str = "Farmers who store less than ten tonnes are exempt from the new rules.\n";

#[test]
fn a_folder_is_read_in_the_order_of_names_nested_ones_too() {
    let bench = Bench::with(&[
        ("b.txt", ONE.as_bytes()),
        ("a/z.txt", TWO.as_bytes()),
        ("a/b/c.txt", b"A third text."),
        (".hidden", b"no"),
    ]);
    assert_eq!(bench.run(&[]).0, 0);
    let ids: Vec<_> = bench.lines("corpus.jsonl").iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, ["a/b/c.txt", "a/z.txt", "b.txt"]);
}

#[test]
fn files_of_one_name_from_two_inputs_keep_apart() {
    let bench = Bench::with(&[("x/a.txt", ONE.as_bytes()), ("y/a.txt", TWO.as_bytes())]);
    let output = bench.recensio(&["in/x", "in/y", "-o", "out", "-q"]);
    assert!(output.status.success());
    let ids: Vec<_> = bench.lines("corpus.jsonl").iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, ["in/x/a.txt", "in/y/a.txt"]);
}

#[test]
fn standard_input_is_text_or_json_lines() {
    let bench = Bench::new();
    for (input, id) in [(ONE.to_owned(), "stdin"), (format!("{{\"id\": \"n1\", \"text\": {ONE:?}}}\n"), "n1")] {
        let mut child = Command::new(program())
            .args(["-", "-o", "out", "-q"])
            .current_dir(bench.folder.path())
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        assert!(child.wait().unwrap().success());
        assert_eq!(bench.lines("corpus.jsonl")[0]["id"], id);
    }
}

#[test]
fn fields_can_have_other_names() {
    let bench = Bench::with(&[(
        "a.jsonl",
        format!("{{\"key\": \"k\", \"body\": {ONE:?}, \"lang\": \"en\", \"n\": 1}}\n").as_bytes(),
    )]);
    let (code, said) = bench.run(&["--text-field", "body", "--id-field", "key", "--language-field", "lang"]);
    assert_eq!(code, 0, "{said}");
    let record = &bench.lines("corpus.jsonl")[0];
    assert_eq!((record["id"].as_str(), record["language"]["code"].as_str()), (Some("k"), Some("en")));
    assert_eq!(record["meta"], serde_json::json!({ "n": 1 }));
}

#[test]
fn terms_may_stand_and_a_glossary_explains() {
    let text = "Die Regierung will das Gesetz however noch in diesem Jahr ändern, sagte der Minister.";
    let files: [(&str, &[u8]); 1] = [("a.txt", text.as_bytes())];
    let bench = Bench::with(&files);
    let write = |name: &str, text: &str| std::fs::write(bench.folder.path().join(name), text).unwrap();
    write("glossary.tsv", "en\tde\nhowever\tjedoch\n");
    write("terms.txt", "# ours\nHowever\n");
    write("bad.tbx", "<html></html>");
    let (code, said) = bench.run(&["--glossary", "glossary.tsv"]);
    assert_eq!(code, 0, "{said}");
    let leftover = bench.lines("corpus.jsonl")[0]["leftovers"][0].clone();
    assert_eq!(leftover["text"], "however");
    assert_eq!(leftover["gloss"], serde_json::json!([{ "language": "de", "text": "jedoch", "from": "glossary" }]));
    let (code, said) = bench.run(&["--terms", "terms.txt", "--foreign"]);
    assert_eq!(code, 0, "{said}");
    let record = bench.lines("corpus.jsonl")[0].clone();
    assert_eq!(record["leftovers"], serde_json::json!([]));
    assert_eq!(record["foreign"][0]["kind"], "term");
    let (code, said) = bench.run(&["--glossary", "bad.tbx"]);
    assert_eq!(code, 2);
    assert!(said.contains("is it TBX?"), "{said}");
}

#[test]
fn a_meaning_in_brackets_is_a_gloss() {
    let text =
        "Он специалист в области 法律合规 (соблюдение права). Позже он снова назвал 法律合规 главным делом года.";
    let bench = Bench::with(&[("a.txt", text.as_bytes())]);
    let (code, said) = bench.run(&[]);
    assert_eq!(code, 0, "{said}");
    let leftover = bench.lines("corpus.jsonl")[0]["leftovers"][1].clone();
    assert_eq!(leftover["text"], "法律合规");
    assert_eq!(
        leftover["gloss"],
        serde_json::json!([{ "language": "ru", "text": "соблюдение права", "from": "document" }])
    );
}

#[test]
fn dated_statements_are_exported_as_a_table_and_a_calendar() {
    let text = "The plant closed in May 2021, 'for good'. It had opened on 3 March 1987. Nobody knows the rest.";
    let line = serde_json::json!({ "id": "a", "language": "en", "text": text.replace('\'', "\"") }).to_string();
    let bench = Bench::with(&[("a.jsonl", line.as_bytes())]);
    let (code, said) = bench.run(&["--timeline"]);
    assert_eq!(code, 0, "{said}");
    let table = bench.text("timeline.csv");
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(rows.len(), 3, "{table}");
    assert!(
        rows[1].starts_with("1987-03-03,1987-03-04,1987-03-03,DATE,,3 March 1987,It had opened on 3 March 1987.,a,")
    );
    assert!(rows[2].contains("\"The plant closed in May 2021, \"\"for good\"\".\""), "{table}");
    let calendar = bench.text("timeline.ics");
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 2);
    assert!(calendar.contains("DTSTART;VALUE=DATE:20210501\r\nDTEND;VALUE=DATE:20210601\r\n"), "{calendar}");
}

#[test]
fn bad_input_is_named_with_file_and_line_and_the_rest_goes_on() {
    let lines = format!(
        "{{\"id\": \"a\", \"text\": {ONE:?}}}\n{{\"id\": \n{{\"id\": \"c\"}}\n{{\"id\": \"a\", \"text\": {TWO:?}}}\n{{\"id\": \"e\", \"text\": {TWO:?}}}\n"
    );
    let bench = Bench::with(&[
        ("d.jsonl", lines.as_bytes()),
        ("empty.txt", b""),
        ("blob.txt", &[0, 159, 146, 150, 0, 0, 1, 2, 0, 255].repeat(50)),
    ]);
    let (code, said) = bench.run(&[]);
    assert_eq!(code, 1, "{said}");
    for expected in [
        "error: d.jsonl:2: not a JSON object: EOF while parsing a value",
        "error: d.jsonl:3: no field \"text\"; name the field that holds the text with --text-field",
        "error: d.jsonl:4: the id \"a\" came before; ids must be unique in a run",
        "error: blob.txt: binary data, not text; convert it to text first",
    ] {
        assert!(said.contains(expected), "{expected}\n{said}");
    }
    let kept: Vec<_> = bench.lines("corpus.jsonl").iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(kept, ["a", "e", "empty.txt"]);
    assert_eq!(bench.lines("corpus.jsonl")[2]["issues"][0]["kind"], "empty");
    let failed = bench.lines("removed.jsonl");
    assert_eq!(failed.len(), 4);
    assert!(failed.iter().all(|r| r["reason"] == "failed" && r["message"].is_string()));
    assert_eq!(failed[3]["text"], TWO, "the text of a document with a doubled id is not lost");
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_fails_alone() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let bench = Bench::with(&[("a.txt", ONE.as_bytes()), ("shut.txt", b"x")]);
    let shut = bench.path("in/shut.txt");
    std::fs::set_permissions(&shut, std::fs::Permissions::from_mode(0o000)).unwrap();
    symlink(".", bench.path("in/loop")).unwrap();
    let (code, said) = bench.run(&[]);
    assert!(said.contains("note: passed over in/loop: a link"), "{said}");
    // A superuser reads everything.
    if std::fs::read(&shut).is_err() {
        assert_eq!(code, 1);
        assert!(said.contains("error: shut.txt: Permission denied"), "{said}");
    }
    assert_eq!(bench.lines("corpus.jsonl")[0]["id"], "a.txt");
}

#[test]
fn what_is_not_there_stops_the_run() {
    let bench = Bench::new();
    let output = bench.recensio(&["nowhere", "-o", "out"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("error: cannot read nowhere: No such file or directory"), "{said}");
    assert!(!bench.path("out").exists());
}

#[test]
fn an_output_folder_that_cannot_be_made_stops_the_run() {
    let bench = Bench::with(&[("a.txt", ONE.as_bytes())]);
    std::fs::write(bench.path("out"), "a file").unwrap();
    let (code, said) = bench.run(&[]);
    assert_eq!(code, 2);
    assert!(said.starts_with("error: cannot write out: "), "{said}");
}

#[test]
fn the_output_folder_is_not_read_as_input() {
    let bench = Bench::with(&[("a.txt", ONE.as_bytes())]);
    for _ in 0..2 {
        let output = bench.recensio(&["in", "-o", "in/out", "-q"]);
        assert!(output.status.success());
    }
    let corpus = std::fs::read_to_string(bench.path("in/out/corpus.jsonl")).unwrap();
    assert_eq!(corpus.lines().count(), 1);
}

#[test]
fn keep_all_takes_nothing_out() {
    let bench = Bench::with(&[
        ("a.txt", format!("{ONE}\n{TWO}\n{ONE}\n{TWO}").as_bytes()),
        ("b.txt", format!("{ONE}\n{TWO}").as_bytes()),
    ]);
    bench.run(&["--keep", "all"]);
    let corpus = bench.lines("corpus.jsonl");
    assert_eq!(corpus.iter().map(|r| r["passages"].as_array().unwrap().len()).collect::<Vec<_>>(), [4, 2]);
    assert!(corpus.iter().all(|r| r["dropped"].as_array().unwrap().is_empty()));
    assert_eq!(bench.lines("clusters.jsonl").len(), 2, "what repeats is still told");
    bench.run(&[]);
    assert_eq!(bench.lines("corpus.jsonl")[0]["dropped"].as_array().unwrap().len(), 2);
}

#[test]
fn why_explains_what_was_dropped_and_what_was_kept() {
    let bench = Bench::with(&[
        ("a.txt", format!("{ONE}\n{TWO}").as_bytes()),
        ("b.txt", format!("Something new stands here.\n\n{}", TWO.to_uppercase()).as_bytes()),
    ]);
    bench.run(&["-q"]);
    let why = |id: &str| {
        let output = bench.recensio(&["why", id, "-o", "out"]);
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, said) = why("b.txt#d1");
    assert_eq!(code, 0);
    for expected in [
        "b.txt#d1 was dropped from b.txt",
        "repeat.normalized",
        "FARMERS WHO STORE",
        "kept     a.txt#p2",
        "Farmers who store",
    ] {
        assert!(said.contains(expected), "{expected}\n{said}");
    }
    let cluster = bench.lines("clusters.jsonl")[0]["id"].as_str().unwrap().to_owned();
    assert!(why(&cluster).1.contains("removed  b.txt at"), "{}", why(&cluster).1);
    assert_eq!(why("nothing").0, 1);
    let output = bench.recensio(&["why", "x", "-o", "nowhere"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_program_can_read_what_is_said_and_what_a_run_came_to() {
    let bench = Bench::with(&[("a.txt", ONE.as_bytes()), ("b\u{202e}.jsonl", b"{\"id\": \"no text\"}\n")]);
    let output = bench.recensio(&["in", "-o", "out", "--log", "json", "--metrics", "run.prom"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!said.contains('\u{202e}'), "{said}");
    let lines: Vec<serde_json::Value> = said.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    assert!(lines.iter().any(|l| l["level"] == "error" && l["message"].as_str().unwrap().contains("b\u{202e}.jsonl")));
    let done = lines.iter().find(|l| l["event"] == "done").unwrap();
    assert_eq!(done["counts"]["documents_kept"], 1);
    assert!(done["seconds"].as_f64().unwrap() > 0.0);
    let metrics = std::fs::read_to_string(bench.folder.path().join("run.prom")).unwrap();
    assert!(metrics.contains("recensio_documents{outcome=\"failed\"} 1\n"), "{metrics}");
    assert!(metrics.contains("recensio_documents{outcome=\"kept\"} 1\n"), "{metrics}");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child =
        Command::new(program()).arg("schema").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
}

#[test]
fn help_names_the_exit_codes() {
    let output = Command::new(program()).arg("--help").output().unwrap();
    assert!(output.status.success());
    assert!(String::from_utf8(output.stdout).unwrap().contains("Exit codes: 0 done"));
    assert_eq!(Command::new(program()).arg("--nonsense").output().unwrap().status.code(), Some(2));
}

#[test]
fn verify_finds_what_was_changed_afterwards() {
    let bench = Bench::with(&[("a.txt", ONE.repeat(2).as_bytes()), ("b.txt", format!("{ONE}{TWO}").as_bytes())]);
    assert_eq!(bench.run(&["-q"]).0, 0);
    let verify = || {
        let output = bench.recensio(&["verify", "out"]);
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(verify(), (Some(0), String::new()));
    let (path, corpus) = (bench.path("out/corpus.jsonl"), bench.text("corpus.jsonl"));
    for (from, to, what) in [
        ("Farmers", "farmers", "its bytes have changed since"),
        ("\"span\":[0,", "\"span\":[1,", "do not cover the text"),
        ("\"kind\":\"paragraph\",", "", "there is no kind"),
        ("\"of\":\"p1\"", "\"of\":\"p9\"", "which has none of that number"),
        ("\"format\"", "\"format", "corpus.jsonl:1: "),
    ] {
        assert!(corpus.contains(from), "{from}");
        std::fs::write(&path, corpus.replacen(from, to, 1)).unwrap();
        let (code, said) = verify();
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(what), "{from}: {said}");
    }
    std::fs::remove_file(&path).unwrap();
    assert_eq!(verify().0, Some(2));
}

#[test]
fn stats_are_text_or_json() {
    let bench = Bench::with(&[("a.txt", format!("{ONE}{TWO}").as_bytes())]);
    bench.run(&["-q"]);
    let text = String::from_utf8(bench.recensio(&["stats", "out"]).stdout).unwrap();
    assert!(text.contains("           1  documents kept\n") && text.contains("characters by language"), "{text}");
    let json: serde_json::Value =
        serde_json::from_slice(&bench.recensio(&["stats", "out", "--format", "json"]).stdout).unwrap();
    assert_eq!((&json["corpus"]["passages"]["paragraph"], &json["corpus"]["documents"]), (&2.into(), &1.into()));
    assert_eq!(bench.recensio(&["stats", "nowhere"]).status.code(), Some(2));
}

#[test]
fn what_a_run_writes_is_found_whole() {
    let page = |title: &str| {
        format!("<html><head><title>{title}</title></head><body><nav>Home</nav><p>{ONE}</p><p>{TWO}</p></body></html>")
    };
    // Read as Windows-1252 what was UTF-8: it is repaired, and its source keeps more characters than its text.
    let broken = "La commission a dÃ©cidÃ© que l'entrepÃ´t de la rÃ©gion sera rÃ©novÃ© avant l'Ã©tÃ© prochain.\n";
    let edited = format!("{ONE}{}", TWO.replace("exempt", "freed"));
    let binary: Vec<u8> = (0..=255u8).cycle().take(4096).collect();
    let bench = Bench::with(&[
        ("0.txt", b""),
        ("1.txt", format!("{ONE}{TWO}").as_bytes()),
        ("2.txt", edited.as_bytes()),
        ("3.txt", edited.as_bytes()),
        ("4.txt", broken.as_bytes()),
        ("5.txt", broken.as_bytes()),
        ("6.html", page("Grain").as_bytes()),
        ("7.html", page("Grain").as_bytes()),
        ("8.bin", &binary),
    ]);
    for options in [&["-q"][..], &["-q", "--keep", "all"], &["-q", "--offsets", "utf16", "--foreign"]] {
        assert_eq!(bench.run(options).0, 1, "binary data is no document");
        let output = bench.recensio(&["verify", "out"]);
        assert_eq!(output.status.code(), Some(0), "{options:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
