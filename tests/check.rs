//! `recensio check`: what it prints, what it lets stand, what it mends, and how it ends.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may end by panic"
)]

mod support;

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use support::{Bench, program, root};

const LEFT: &str = "Он работает в области法律合规 в крупной компании и пишет об этом каждый день.\n";
const CLEAN: &str = "Он работает в области права в крупной компании и пишет об этом каждый день.\n";

/// Exit code, standard output, standard error.
fn said(output: Output) -> (i32, String, String) {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn check(bench: &Bench, args: &[&str]) -> (i32, String, String) {
    said(bench.recensio(&[&["check"], args].concat()))
}

fn rules(out: &str) -> Vec<String> {
    out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["rule"].as_str().unwrap().to_owned()).collect()
}

fn found(bench: &Bench, args: &[&str]) -> Vec<String> {
    rules(&check(bench, &[args, &["--format", "json"]].concat()).1)
}

#[test]
fn a_finding_is_underlined_in_its_line() {
    let bench = Bench::with(&[("a.txt", LEFT.as_bytes()), ("b.txt", CLEAN.as_bytes())]);
    let (code, out, err) = check(&bench, &["in"]);
    let expected = "in/a.txt:1:22: error: untranslated Chinese, without a blank beside it [leftover.script]\n\
                    \x20 1 | Он работает в области法律合规 в крупной компании и пишет об этом каждый день.\n\
                    \x20   |                      ^^^^^^^^\n\
                    \x20   = help: recensio rules leftover.script\n\n";
    assert_eq!((code, out.as_str()), (1, expected));
    assert_eq!(err, "1 finding (1 error) in 2 documents\n");
    assert_eq!(check(&bench, &["in/b.txt"]), (0, String::new(), "nothing found in 1 document\n".to_owned()));
    assert!(!bench.path("output").exists());
}

#[test]
fn findings_and_the_report_are_in_russian_where_that_is_asked() {
    let bench = Bench::with(&[("a.txt", LEFT.as_bytes())]);
    let (_, out, _) = check(&bench, &["in", "--messages", "ru"]);
    assert!(
        out.starts_with("in/a.txt:1:22: error: не переведено: китайский, без пробела рядом [leftover.script]"),
        "{out}"
    );
    // The page of a review has both, for the browser to choose.
    let (_, page, _) = check(&bench, &["in", "--format", "html", "--messages", "ru"]);
    assert!(page.contains("untranslated Chinese") && page.contains("не переведено: китайский"), "{page}");
    let prints = |language: &str| {
        bench.run(&["--messages", language]);
        let findings = bench.lines("findings.jsonl");
        let messages = findings.iter().map(|f| f["message"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        let report = bench.text("report.html");
        (findings[0]["id"].clone(), messages, report)
    };
    let (english, russian) = (prints("en"), prints("ru"));
    assert_eq!(english.0, russian.0);
    assert_eq!(
        (english.1[0].as_str(), russian.1[0].as_str()),
        ("untranslated Chinese, without a blank beside it", "не переведено: китайский, без пробела рядом")
    );
    assert!(english.2.contains("<html lang=\"en\">") && english.2.contains("Where every character went"));
    assert!(russian.2.contains("<html lang=\"ru\">") && russian.2.contains("Куда делся каждый знак"));
}

#[test]
fn the_readme_shows_what_is_printed() {
    let output = Command::new(program()).args(["check", "input"]).env("COLUMNS", "76").current_dir(root()).output();
    let (_, out, _) = said(output.unwrap());
    let first = out.split("\n\n").find(|one| one.contains("[leftover.script]")).unwrap();
    let indented: Vec<String> = first.lines().map(|line| format!("    {line}")).collect();
    assert!(fs::read_to_string(root().join("README.md")).unwrap().contains(first), "{first}");
    assert!(fs::read_to_string(root().join("docs/check.md")).unwrap().contains(&indented.join("\n")), "{first}");
}

#[test]
fn what_repeats_is_checked_each_time_and_each_file_alone() {
    let bench = Bench::with(&[("a.txt", format!("{LEFT}\n{LEFT}").as_bytes()), ("b.txt", LEFT.as_bytes())]);
    assert_eq!(found(&bench, &["in"]).len(), 3);
    assert_eq!(found(&bench, &["in/a.txt"]).len(), 2);
}

#[test]
fn colours_are_for_terminals() {
    let bench = Bench::with(&[("a.txt", LEFT.as_bytes())]);
    assert!(!check(&bench, &["in"]).1.contains('\u{1b}'));
    assert!(check(&bench, &["in", "--color", "always"]).1.contains("\u{1b}[1;31m"));
    assert!(!check(&bench, &["in", "--color", "never"]).1.contains('\u{1b}'));
}

#[test]
fn nothing_in_a_text_or_a_name_moves_a_terminal() {
    let bench = Bench::with(&[("a\u{1b}[31m.txt", LEFT.replace("Он", "\u{1b}]0;x\u{7}\u{202e}Он\u{9b}").as_bytes())]);
    for format in ["text", "github", "tsv", "json", "sarif"] {
        let (_, out, err) = check(&bench, &["in", "--format", format]);
        let moves = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
        assert!(!out.contains(moves) && !err.contains(moves), "{format}: {out}");
        if format == "text" {
            assert!(out.contains("a\\u{1b}[31m.txt") && out.contains("\\u{202e}"), "{out}");
        }
    }
}

#[test]
fn long_lines_are_cut_about_the_place() {
    let line = format!("{}{}", CLEAN.trim().repeat(40), LEFT);
    let bench = Bench::with(&[("a.txt", line.as_bytes())]);
    let output = Command::new(program())
        .args(["check", "in"])
        .env("COLUMNS", "60")
        .current_dir(bench.folder.path())
        .output()
        .unwrap();
    let (_, out, _) = said(output);
    let shown = out.lines().nth(1).unwrap();
    assert!(shown.contains("法律合规") && shown.chars().count() <= 60, "{shown}");
}

#[test]
fn sarif_is_valid_and_shows_what_was_suppressed() {
    let text = format!(
        "<!-- recensio-disable-next-line leftover.script -- the title of a book -->\n{LEFT}\nНовая cтатья закона вступила в силу.\n"
    );
    let bench = Bench::with(&[("т a.md", text.as_bytes()), ("bad.jsonl", b"{\"text\": 5}\n")]);
    bench.write("rows.jsonl", format!("{}\n", serde_json::json!({ "text": LEFT })).as_bytes());
    let (code, out, _) = check(&bench, &["in", "--format", "sarif", "--rule-pages", "https://example.org/docs/rules"]);
    let log: Value = serde_json::from_str(&out).unwrap();
    let schema = fs::read_to_string(root().join("tests/sarif/sarif-schema-2.1.0.json")).unwrap();
    // One pattern of it closes a bracket that it did not open, which only lenient readers of patterns take.
    let schema = schema.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}?$");
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let wrong: Vec<String> = validator.iter_errors(&log).map(|e| format!("{} at {}", e, e.instance_path())).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    assert_eq!(code, 1);
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let results = run["results"].as_array().unwrap();
    let of = |rule: &str, uri: &str| {
        results
            .iter()
            .find(|r| r["ruleId"] == rule && r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri)
            .unwrap_or_else(|| panic!("{rule} in {uri}: {out}"))
    };
    let left = of("leftover.script", "in/%D1%82%20a.md");
    assert_eq!(left["suppressions"][0]["kind"], "inSource");
    assert_eq!(left["suppressions"][0]["justification"], "the title of a book");
    let region = &left["locations"][0]["physicalLocation"]["region"];
    assert_eq!(
        (&region["startLine"], &region["startColumn"], &region["endColumn"]),
        (&2.into(), &22.into(), &26.into())
    );
    let look = of("lookalike.letter", "in/%D1%82%20a.md");
    assert_eq!(look["suppressions"], serde_json::json!([]));
    assert_eq!(look["partialFingerprints"]["recensio/v1"].as_str().unwrap().len(), 16);
    assert_eq!(look["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"], "статья");
    let rule = &run["tool"]["driver"]["rules"][look["ruleIndex"].as_u64().unwrap() as usize];
    assert_eq!(rule["helpUri"], "https://example.org/docs/rules/lookalike.letter.md");
    let row = of("leftover.script", "in/rows.jsonl");
    assert_eq!(row["locations"][0]["physicalLocation"]["region"]["startLine"], 1);
    // The schema does catch what is wrong.
    let mut broken = log.clone();
    broken["runs"][0]["results"][0]["level"] = "serious".into();
    assert!(!validator.is_valid(&broken));
}

#[test]
fn workflow_commands_are_one_line_each() {
    let bench = Bench::with(&[("a,b:c.txt", LEFT.replace("области", "области 100%").as_bytes())]);
    let (_, out, _) = check(&bench, &["in", "--format", "github"]);
    assert_eq!(out.lines().count(), 1, "{out}");
    assert!(
        out.starts_with("::error file=in/a%2Cb%3Ac.txt,line=1,endLine=1,col=27,endColumn=31,title=leftover.script::"),
        "{out}"
    );
    assert!(out.contains("100%25") && out.contains("%0A"), "{out}");
}

#[test]
fn a_table_is_safe_in_a_spreadsheet() {
    let bench = Bench::with(&[(
        "a.txt",
        "=HYPERLINK(1) в области法律合规 в крупной компании и пишет об этом каждый день.\n".as_bytes(),
    )]);
    let (_, out, _) = check(&bench, &["in", "--format", "tsv"]);
    let rows: Vec<Vec<&str>> = out.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!((rows[0][0], rows[0].len(), rows[1].len()), ("document", 10, 10));
    let bare = |cell: &&str| cell.starts_with(['=', '+', '-', '@']);
    assert!(!rows.iter().flatten().any(bare), "{out}");
    assert!(rows[1].iter().any(|cell| cell.starts_with("'=HYPERLINK")), "{out}");
    let (code, out, _) = check(&Bench::with(&[("a.txt", CLEAN.as_bytes())]), &["in", "--format", "tsv"]);
    assert_eq!((code, out.lines().count()), (0, 1));
}

#[test]
fn checks_are_switched_by_name() {
    let text = format!("{LEFT}\nНовая  статья закона вступила в силу в том году.\n");
    let bench = Bench::with(&[("a.txt", text.as_bytes())]);
    assert_eq!(found(&bench, &["in"]), ["leftover.script"]);
    assert_eq!(found(&bench, &["in", "--enable", "space.doubled"]), ["leftover.script", "space.doubled"]);
    assert_eq!(found(&bench, &["in", "--enable", "all", "--disable", "leftover"]), ["space.doubled"]);
    let (code, _, err) = check(&bench, &["in", "--disable", "leftover.scrip"]);
    assert_eq!(
        (code, err.as_str()),
        (
            2,
            "error: there is no rule \"leftover.scrip\"; did you mean \"leftover.script\"? `recensio rules` lists them\n"
        )
    );
}

#[test]
fn the_least_severity_decides_how_it_ends() {
    let text = "Он сказал «нет» и ушёл. Она сказала «да» и осталась. Они \"решили\" подождать ещё немного.\n";
    let bench = Bench::with(&[("a.txt", text.as_bytes())]);
    assert_eq!(found(&bench, &["in"]), ["quotes.mixed"]);
    assert_eq!(check(&bench, &["in"]).0, 1);
    let (code, out, _) = check(&bench, &["in", "--severity", "warning"]);
    assert_eq!((code, out.contains("quotes.mixed")), (0, true));
}

#[test]
fn rules_are_listed_with_their_pages() {
    let bench = Bench::new();
    let (code, out, _) = said(bench.recensio(&["rules"]));
    assert_eq!(code, 0);
    let line = out.lines().find(|line| line.starts_with("space.doubled ")).unwrap();
    assert!(line.contains("note") && line.contains("off") && line.contains("--fix"), "{line}");
    let (code, out, _) = said(bench.recensio(&["rules", "lookalike.letter"]));
    assert_eq!((code, out.starts_with("# lookalike.letter\n")), (0, true));
    let (code, out, _) = said(bench.recensio(&["why", "lookalike.letter"]));
    assert_eq!((code, out.starts_with("# lookalike.letter\n")), (0, true));
    let (_, out, _) = said(bench.recensio(&["rules", "--format", "json"]));
    assert!(out.lines().all(|line| serde_json::from_str::<Value>(line).unwrap()["severity"].is_string()));
    assert_eq!(said(bench.recensio(&["rules", "lookalike"])).0, 2);
}

#[test]
fn comments_suppress_with_a_reason_only() {
    let with = |comment: &str| {
        let bench = Bench::with(&[("a.md", format!("{comment}\n{LEFT}").as_bytes())]);
        found(&bench, &["in"])
    };
    let none: [&str; 0] = [];
    assert_eq!(with("<!-- recensio-disable-next-line leftover.script -- the title of a book -->"), none);
    assert_eq!(with("<!-- recensio-disable-file leftover -- the title of a book -->"), none);
    assert_eq!(with("<!-- recensio-disable-next-line leftover.script -->"), ["suppression.invalid", "leftover.script"]);
    assert_eq!(
        with("<!-- recensio-disable-next-line word.doubled -- so he said -->"),
        ["suppression.unused", "leftover.script"]
    );
    // In plain text, too, where such a line stands alone.
    let bench = Bench::with(&[(
        "a.txt",
        format!("# recensio-disable-next-line leftover.script -- a title\n{LEFT}").as_bytes(),
    )]);
    assert_eq!(found(&bench, &["in"]), none);
    let (_, _, err) = check(&bench, &["in"]);
    assert_eq!(err, "nothing found in 1 document; 1 suppressed\n");
    let (_, out, _) = check(&bench, &["in", "-v"]);
    assert!(out.contains("= suppressed: a title"), "{out}");
}

#[test]
fn a_file_says_what_may_stand() {
    let bench = Bench::with(&[("docs/a.md", LEFT.as_bytes()), ("b.txt", LEFT.as_bytes())]);
    fs::write(
        bench.path(".recensio-ignore"),
        "# what may stand\nleftover.script\t*.md\t法律合规\tthe title of a book\n",
    )
    .unwrap();
    let (code, out, err) = check(&bench, &["in"]);
    assert_eq!((code, out.matches("[leftover.script]").count()), (1, 1), "{out}");
    assert!(out.contains("in/b.txt:1:22") && err.contains("1 suppressed"), "{out}{err}");
    // By fingerprint, with another file.
    let (_, json, _) = check(&bench, &["in/b.txt", "--format", "json"]);
    let finding: Value = serde_json::from_str(json.trim()).unwrap();
    let print = finding["fingerprint"].as_str().unwrap();
    fs::write(bench.path("other.tsv"), format!("leftover.script\tin/*.txt\tfingerprint:{print}\ta name\n")).unwrap();
    assert_eq!(check(&bench, &["in/b.txt", "--suppressions", "other.tsv"]).0, 0);
    // What suppresses nothing is told where its documents were checked, and not where they were not.
    fs::write(
        bench.path("other.tsv"),
        "leftover.script\tb.txt\t百年孤独\ta title\nleftover.script\tc.txt\t*\ta title\n",
    )
    .unwrap();
    let (_, out, _) = check(&bench, &["in/b.txt", "--suppressions", "other.tsv"]);
    assert!(out.contains("other.tsv:1:1: warning:") && !out.contains("other.tsv:2"), "{out}");
    fs::write(bench.path("other.tsv"), "leftover.script\tb.txt\t百年孤独\t\n").unwrap();
    let (code, _, err) = check(&bench, &["in/b.txt", "--suppressions", "other.tsv"]);
    assert_eq!(
        (code, err.as_str()),
        (2, "error: cannot read suppressions: other.tsv:1: no reason; say in the fourth column why this may stand\n")
    );
}

#[test]
fn a_baseline_leaves_what_is_old_for_later() {
    let bench = Bench::with(&[("a.txt", LEFT.as_bytes()), ("b.txt", LEFT.as_bytes())]);
    let with = ["in", "--baseline", "old.tsv"];
    let (code, _, err) = check(&bench, &with);
    assert_eq!(code, 2, "{err}");
    let (code, out, err) = check(&bench, &["in", "--baseline", "old.tsv", "--write-baseline"]);
    assert_eq!((code, out.as_str(), err.as_str()), (0, "", "2 findings written to the baseline; 0 suppressed\n"));
    assert_eq!(check(&bench, &with).0, 0);
    // An edit elsewhere changes nothing; a new finding is reported alone; a moved file keeps what was known of it.
    let more = "Сегодня в городе был большой праздник，и все были рады.\n";
    bench.write("a.txt", format!("Первая строка новая.\n\n{LEFT}\n{more}").as_bytes());
    fs::rename(bench.path("in/b.txt"), bench.path("in/c.txt")).unwrap();
    let (code, out, err) = check(&bench, &with);
    assert_eq!(code, 1);
    assert!(out.contains("[punctuation.cjk]") && !out.contains("[leftover.script]"), "{out}");
    assert!(err.contains("; 2 in the baseline"), "{err}");
    // What is gone is told, and of SARIF known ones are unchanged.
    let (_, out, _) = check(&bench, &["in", "--baseline", "old.tsv", "--format", "sarif"]);
    let log: Value = serde_json::from_str(&out).unwrap();
    let states: Vec<&str> =
        log["runs"][0]["results"].as_array().unwrap().iter().map(|r| r["baselineState"].as_str().unwrap()).collect();
    assert_eq!(states, ["unchanged", "new", "unchanged"]);
    bench.write("a.txt", CLEAN.as_bytes());
    let (code, _, err) = check(&bench, &with);
    assert_eq!(code, 0);
    assert!(err.contains("1 of the baseline are gone"), "{err}");
    // A check of one file leaves what is known of the others.
    check(&bench, &["in/a.txt", "--baseline", "old.tsv", "--write-baseline"]);
    bench.write("b.txt", LEFT.as_bytes());
    fs::remove_file(bench.path("in/c.txt")).unwrap();
    fs::write(bench.path("old.tsv"), "nonsense\n").unwrap();
    let (code, _, err) = check(&bench, &with);
    assert!(code == 2 && err.contains("old.tsv:1: it does not begin as a baseline"), "{err}");
}

const BROKEN: &str = "Новая cтатья закона  вступила в силу，и всё изменилось в этом году .\r\n\
                      Он сказал \"да\" и ушёл. Она сказала «нет» и осталась. Они сказали «может быть» и решили подождать.\r\n\
                      В области法律，合规 всё осталось как было.";
const MENDED: &str = "Новая статья закона вступила в силу, и всё изменилось в этом году.\r\n\
                      Он сказал «да» и ушёл. Она сказала «нет» и осталась. Они сказали «может быть» и решили подождать.\r\n\
                      В области法律，合规 всё осталось как было.";

#[test]
fn what_is_safe_is_mended_and_nothing_else_touched() {
    let bench = Bench::with(&[("a.txt", BROKEN.as_bytes())]);
    let (code, out, err) = check(&bench, &["in", "--fix"]);
    assert_eq!(code, 1);
    assert!(out.starts_with("--- a/in/a.txt\n+++ b/in/a.txt\n@@ -1,3 +1,3 @@\n-Новая cтатья"), "{out}");
    assert!(err.contains("add --write"), "{err}");
    assert_eq!(fs::read_to_string(bench.path("in/a.txt")).unwrap(), BROKEN, "a diff writes nothing");
    // The diff is one that git takes.
    fs::write(bench.path("a.diff"), &out).unwrap();
    let applied = Command::new("git").args(["apply", "a.diff"]).current_dir(bench.folder.path()).status().unwrap();
    assert!(applied.success());
    assert_eq!(fs::read_to_string(bench.path("in/a.txt")).unwrap(), MENDED);
    bench.write("a.txt", BROKEN.as_bytes());
    let (code, out, err) = check(&bench, &["in", "--fix", "--write"]);
    assert_eq!((code, out.as_str(), err.as_str()), (0, "", "6 places mended in 1 file\n"));
    assert_eq!(fs::read_to_string(bench.path("in/a.txt")).unwrap(), MENDED);
    assert_eq!(check(&bench, &["in", "--fix"]), (0, String::new(), "nothing to mend\n".to_owned()));
    let left = found(&bench, &["in", "--enable", "all"]);
    let safe = ["lookalike.letter", "punctuation.cjk", "quotes.mixed", "space.before-punctuation", "space.doubled"];
    assert!(!left.iter().any(|rule| safe.contains(&rule.as_str())), "{left:?}");
    assert_eq!(fs::read_dir(bench.path("in")).unwrap().count(), 1, "no draft is left");
}

#[test]
fn a_file_keeps_its_encoding_its_permissions_and_its_link() {
    let legacy =
        encoding_rs::WINDOWS_1251.encode(&BROKEN.replace('，', ",").replace("法律,合规", " права")).0.into_owned();
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(BROKEN.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let bench = Bench::with(&[("a.txt", &legacy), ("b.txt", &wide)]);
    // In an encoding without guillemets nothing else is put in their place.
    let koi = "Он сказал «да». Мы решили \"подождать\" ещё. Она сказала «нет» и ушла.".replace(['«', '»'], "\"");
    bench.write("c.txt", &encoding_rs::KOI8_R.encode(&format!("Новая  статья. {koi}")).0);
    let secret = bench.path("in/b.txt");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(&secret, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&secret, bench.path("link.txt")).unwrap();
        assert_eq!(check(&bench, &["link.txt", "--fix", "--write"]).0, 0);
        assert!(fs::symlink_metadata(bench.path("link.txt")).unwrap().is_symlink());
        assert_eq!(fs::metadata(&secret).unwrap().permissions().mode() & 0o777, 0o640);
    }
    #[cfg(not(unix))]
    assert_eq!(check(&bench, &["in/b.txt", "--fix", "--write"]).0, 0);
    let bytes = fs::read(&secret).unwrap();
    let units: Vec<u16> = bytes[2..].chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    assert_eq!((&bytes[..2], String::from_utf16(&units).unwrap().as_str()), (&[0xff, 0xfe][..], MENDED));
    assert_eq!(check(&bench, &["in/a.txt", "in/c.txt", "--fix", "--write"]).0, 0);
    let text = encoding_rs::WINDOWS_1251.decode(&fs::read(bench.path("in/a.txt")).unwrap()).0.into_owned();
    assert_eq!(text, MENDED.replace('，', ",").replace("法律,合规", " права").replace("силу, и", "силу,и"));
    assert!(encoding_rs::KOI8_R.decode(&fs::read(bench.path("in/c.txt")).unwrap()).0.starts_with("Новая статья. Он"));
}

#[test]
fn what_cannot_be_mended_is_left_and_said() {
    let page = "<html><body><p>Новая cтатья закона вступила в силу в этом году.</p></body></html>";
    let bench = Bench::with(&[
        ("a.html", page.as_bytes()),
        ("b.srt", "Новая cтатья".as_bytes()),
        ("c.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00\x00\x01\x00"),
    ]);
    let (code, out, err) = check(&bench, &["in", "--fix", "--write"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert_eq!(err.matches("is left as it is").count(), 3, "{err}");
    assert_eq!(fs::read_to_string(bench.path("in/a.html")).unwrap(), page);
    // What a suppression lets stand is not mended.
    let text =
        "Новая cтатья закона вступила в силу в этом году. <!-- recensio-disable-line lookalike.letter -- quoted -->\n";
    bench.write("d.md", text.as_bytes());
    assert_eq!(check(&bench, &["in/d.md", "--fix", "--write"]).0, 0);
    assert_eq!(fs::read_to_string(bench.path("in/d.md")).unwrap(), text);
}

#[test]
fn many_look_alike_letters_are_mended_at_once() {
    let text = "Новая cтатья закона о pаботе.\n\n".repeat(200);
    let bench = Bench::with(&[("a.md", text.as_bytes())]);
    assert_eq!(check(&bench, &["in", "--fix", "--write"]).0, 0);
    let mended = fs::read_to_string(bench.path("in/a.md")).unwrap();
    assert_eq!(mended, "Новая статья закона о работе.\n\n".repeat(200));
}

fn through(bench: &Bench, args: &[&str], text: &str) -> (i32, String, String) {
    let mut child = Command::new(program())
        .args(args)
        .current_dir(bench.folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    said(child.wait_with_output().unwrap())
}

#[test]
fn standard_input_has_a_name() {
    let bench = Bench::new();
    let text = format!(
        "<!-- recensio-disable-next-line leftover.script -- a title -->\n{LEFT}\n**Новая** cтатья закона вступила в силу.\n"
    );
    let (code, out, _) = through(&bench, &["check", "-", "--stdin-name", "docs/a.md"], &text);
    assert_eq!(code, 1);
    assert!(out.starts_with("docs/a.md:4:11: error:") && !out.contains("leftover"), "{out}");
    let (code, out, _) =
        through(&bench, &["check", "-", "--fix", "--write", "-q"], "Новая cтатья закона вступила в силу.\n");
    assert_eq!((code, out.as_str()), (0, "Новая статья закона вступила в силу.\n"));
    let (code, out, _) = through(&bench, &["check", "-", "--fix", "--write"], CLEAN);
    assert_eq!((code, out.as_str()), (0, CLEAN));
    assert_eq!(through(&bench, &["check", "-", "--watch"], CLEAN).0, 2);
    bench.write("a.txt", CLEAN.as_bytes());
    let (code, _, err) = check(&bench, &["in", "--stdin-name", "a.md"]);
    assert!(code == 2 && err.contains("add - to the inputs"), "{err}");
}

#[test]
fn a_watch_checks_again_what_changed() {
    let bench = Bench::with(&[("a.txt", LEFT.as_bytes())]);
    let mut child = Command::new(program())
        .args(["check", "in", "--watch"])
        .current_dir(bench.folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut err = child.stderr.take().unwrap();
    let (sender, lines) = std::sync::mpsc::channel();
    thread::spawn(move || {
        let mut buffer = [0; 256];
        while let Ok(n @ 1..) = err.read(&mut buffer) {
            drop(sender.send(String::from_utf8_lossy(&buffer[..n]).into_owned()));
        }
    });
    let wait = |wanted: &str| {
        let (start, mut all) = (Instant::now(), String::new());
        while !all.contains(wanted) {
            assert!(start.elapsed() < Duration::from_secs(60), "no {wanted:?} in {all:?}");
            all.push_str(&lines.recv_timeout(Duration::from_secs(60)).unwrap_or_default());
        }
    };
    wait("1 finding (1 error) in 1 document\n");
    bench.write("b.txt", CLEAN.as_bytes());
    wait("1 finding (1 error) in 2 documents\n");
    bench.write("a.txt", CLEAN.as_bytes());
    wait("nothing found in 2 documents\n");
    fs::remove_file(bench.path("in/b.txt")).unwrap();
    wait("nothing found in 1 document\n");
    child.kill().unwrap();
    child.wait().unwrap();
}

/// A repository with the program on its path.
fn repository() -> (Bench, String) {
    let bench = Bench::new();
    let git = |args: &[&str]| {
        let status = Command::new("git").args(args).current_dir(bench.folder.path()).output().unwrap();
        assert!(status.status.success(), "{args:?}: {status:?}");
    };
    git(&["init", "-q"]);
    git(&["config", "user.email", "a@example.org"]);
    git(&["config", "user.name", "a"]);
    let folder = Path::new(program()).parent().unwrap().to_string_lossy().into_owned();
    let path = format!("{folder}:{}", std::env::var("PATH").unwrap());
    (bench, path)
}

#[test]
fn the_hook_of_git_keeps_a_bad_commit_back() {
    let (bench, path) = repository();
    let hook = bench.path(".git/hooks/pre-commit");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::copy(root().join("docs/check/pre-commit"), &hook).unwrap();
    let git = |args: &[&str]| {
        let output = Command::new("git").args(args).env("PATH", &path).current_dir(bench.folder.path()).output();
        said(output.unwrap())
    };
    bench.write("a b.md", LEFT.as_bytes());
    git(&["add", "in"]);
    // What counts is what is staged, not what lies in the folder.
    bench.write("a b.md", CLEAN.as_bytes());
    let (code, out, err) = git(&["commit", "-qm", "x"]);
    assert!(code != 0 && (out + &err).contains("in/a b.md:1:22: error"), "{err}");
    fs::write(bench.path(".recensio-ignore"), "leftover.script\t*.md\t法律合规\tthe title of a book\n").unwrap();
    let (code, out, err) = git(&["commit", "-qm", "x"]);
    assert_eq!(code, 0, "{out}{err}");
    fs::remove_file(bench.path(".recensio-ignore")).unwrap();
    git(&["add", "in"]);
    assert_eq!(git(&["commit", "-qm", "y"]).0, 0);
    // A commit without texts passes.
    bench.write("c.rs", b"fn main() {}");
    git(&["add", "in/c.rs"]);
    assert_eq!(git(&["commit", "-qm", "z"]).0, 0);
}

/// The commands that a file of YAML tells to run, by what begins their lines.
fn commands(file: &str, key: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join(file)).unwrap();
    let lines = text.lines().filter_map(|line| line.trim().trim_start_matches("- ").strip_prefix(key));
    lines.map(|line| line.trim().to_owned()).filter(|line| line.contains("recensio check")).collect()
}

#[test]
fn the_hooks_of_pre_commit_and_the_workflow_do_what_they_say() {
    let (bench, path) = repository();
    let run = |command: &str| {
        let output =
            Command::new("sh").args(["-c", command]).env("PATH", &path).current_dir(bench.folder.path()).output();
        said(output.unwrap())
    };
    fs::create_dir(bench.path("docs")).unwrap();
    fs::write(bench.path("docs/a.md"), LEFT).unwrap();
    fs::write(bench.path("docs/b.md"), CLEAN).unwrap();
    let entries = commands(".pre-commit-hooks.yaml", "entry:");
    assert_eq!(entries.len(), 2);
    for entry in entries {
        // As pre-commit does: the names of the changed files behind the entry.
        assert_eq!(run(&format!("{entry} docs/a.md docs/b.md")).0, 1);
        assert_eq!(run(&format!("{entry} docs/b.md")), (0, String::new(), String::new()));
    }
    let steps = commands("docs/check/github.yml", "run:");
    assert_eq!(steps.len(), 2);
    let (code, out, _) = run(&steps[0]);
    assert!(code == 1 && out.starts_with("::error file=docs/a.md,line=1,"), "{out}");
    assert_eq!(run(&steps[1]).0, 0);
    let log: Value = serde_json::from_slice(&fs::read(bench.path("findings.sarif")).unwrap()).unwrap();
    assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), 1);
}

#[test]
fn what_was_rejected_in_a_review_is_not_reported_again() {
    let bench = Bench::with(&[("a.txt", LEFT.as_bytes())]);
    let (_, out, _) = check(&bench, &["in", "--format", "json"]);
    let finding: Value = serde_json::from_str(out.trim()).unwrap();
    let decided = |decision: &str, comment: &str| {
        let line = serde_json::json!({ "finding": finding["id"], "decision": decision, "comment": comment });
        fs::write(bench.path("decisions.jsonl"), format!("{line}\n")).unwrap();
    };
    let args = ["in", "--decisions", "decisions.jsonl"];
    decided("accept", "");
    assert_eq!(found(&bench, &args), ["leftover.script"]);
    decided("reject", "a term");
    assert_eq!(check(&bench, &args), (0, String::new(), "nothing found in 1 document; 1 suppressed\n".to_owned()));
    let (_, sarif, _) = check(&bench, &[&args[..], &["--format", "sarif"]].concat());
    assert!(sarif.contains("a term"), "{sarif}");
    // The page shows it still, so that the decision can be taken back.
    let (code, page, _) = check(&bench, &[&args[..], &["--format", "html"]].concat());
    assert_eq!(code, 0);
    assert!(
        page.starts_with("<!DOCTYPE html>")
            && page.contains(finding["id"].as_str().unwrap())
            && page.contains("a term")
    );
    fs::write(bench.path("decisions.jsonl"), "\n{\"finding\":\"f1\",\"decision\":\"maybe\"}\n").unwrap();
    let (code, _, err) = check(&bench, &args);
    assert_eq!(code, 2);
    assert!(err.contains("decisions.jsonl:2: unknown variant `maybe`"), "{err}");
}

#[test]
fn a_run_obeys_what_a_review_of_a_check_rejected() {
    let other = LEFT.replace("пишет", "говорит");
    let files = [("news/a.txt", LEFT.as_bytes()), ("news/b.txt", other.as_bytes()), ("c.txt", CLEAN.as_bytes())];
    let bench = Bench::with(&files);
    let made = |args: &[&str]| {
        let (code, err) = bench.run(&[args, &["--keep", "all"]].concat());
        assert_eq!(code, 0, "{err}");
        let found = bench.lines("findings.jsonl").iter().map(|f| f["document"].as_str().unwrap().to_owned()).collect();
        (found, serde_json::from_str::<Value>(&bench.text("run.json")).unwrap(), err)
    };
    let (found, run, _): (Vec<String>, _, _) = made(&[]);
    assert_eq!(found, ["news/a.txt", "news/b.txt"]);
    assert_eq!(
        (&run["counts"]["findings"]["leftover.script"], &run["options"]["decisions"]),
        (&2.into(), &Value::Null)
    );

    // The check calls the document in/news/a.txt.
    let (_, out, _) = check(&bench, &["in/news/a.txt", "--format", "json"]);
    let finding: Value = serde_json::from_str(out.trim()).unwrap();
    assert_eq!(finding["document"], "in/news/a.txt");
    let line = serde_json::json!({
        "finding": finding["id"], "decision": "reject", "comment": "a term", "document": finding["document"],
    });
    fs::write(bench.path("decisions.jsonl"), format!("{line}\n")).unwrap();
    let args = ["--decisions", "decisions.jsonl"];
    let (found, run, err) = made(&args);
    assert_eq!(found, ["news/b.txt"]);
    let counts = &run["counts"];
    assert_eq!(
        (&counts["findings"]["leftover.script"], &counts["findings_rejected"]["leftover.script"]),
        (&1.into(), &1.into())
    );
    assert!(
        run["options"]["decisions"].is_string() && err.contains("rejected  1 (leftover.script 1) in a review"),
        "{err}"
    );
    assert_eq!(bench.recensio(&["verify", "out"]).status.code(), Some(0));

    // Nothing has changed; then what was decided is taken back.
    assert!(made(&args).2.contains("nothing has changed since the last run"));
    let line = line.to_string().replace("reject", "accept");
    fs::write(bench.path("decisions.jsonl"), format!("{line}\n")).unwrap();
    assert_eq!(made(&args).0, ["news/a.txt", "news/b.txt"]);

    fs::write(bench.path("decisions.jsonl"), "{\"decision\":\"reject\"}\n").unwrap();
    let (code, err) = bench.run(&args);
    assert!(code == 2 && err.contains("decisions.jsonl:1: missing field `finding`"), "{code} {err}");
}
