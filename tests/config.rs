//! Options from a file, profiles, the environment and the command line; dry runs, completions, man pages, and the pages made of definitions.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may end by panic"
)]

mod support;

use std::fs;
use std::process::{Command, Output};

use serde_json::Value;
use support::{Bench, program, root};

const ONE: &str = "The council adopted the new rules on the storage of grain in spring.\n";
const TWO: &str = "Farmers who store less than ten tonnes are exempt from the new rules of the council.\n";

/// `recensio ARGS` in `folder` of the bench, with variables of the environment.
fn recensio(bench: &Bench, folder: &str, args: &[&str], variables: &[(&str, &str)]) -> Output {
    let folder = bench.path(folder);
    Command::new(program()).args(args).envs(variables.iter().copied()).current_dir(folder).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn configured(text: &str) -> Bench {
    let bench = Bench::with(&[("a.txt", ONE.as_bytes())]);
    fs::write(bench.path("recensio.toml"), text).unwrap();
    bench
}

/// What `config show` says of a key: value, kind of origin.
fn held(output: &Output, key: &str) -> (Value, String) {
    assert!(output.status.success(), "{}", said(output));
    let shown: Value = serde_json::from_slice(&output.stdout).unwrap();
    let option = &shown["options"][key];
    (option["value"].clone(), option["origin"].as_str().unwrap().to_owned())
}

#[test]
fn the_nearer_beats_the_farther() {
    let bench = configured("keep = \"longest\"\nwords = true\n[profile.mine]\nextends = \"search\"\nkeep = \"best\"\n");
    let show = |variables: &[(&str, &str)], args: &[&str]| {
        recensio(&bench, ".", &[&["config", "show", "--format", "json", "run"], args].concat(), variables)
    };
    let is = |output: Output, value: &str, origin: &str| {
        assert_eq!(held(&output, "keep"), (Value::from(value), origin.to_owned()));
    };
    is(show(&[], &["--no-config"]), "first", "default");
    is(show(&[], &["--no-config", "--profile", "search"]), "newest", "profile");
    // What is built in gives way to whatever the file says.
    is(show(&[], &["--profile", "search"]), "longest", "file");
    is(show(&[], &[]), "longest", "file");
    is(show(&[], &["--profile", "mine"]), "best", "profile");
    is(show(&[("RECENSIO_PROFILE", "mine")], &[]), "best", "profile");
    is(show(&[("RECENSIO_KEEP", "newest")], &["--profile", "mine"]), "newest", "environment");
    is(show(&[("RECENSIO_KEEP", "newest")], &["--keep", "all"]), "all", "command line");
    let shown: Value = serde_json::from_slice(&show(&[], &["--profile", "mine"]).stdout).unwrap();
    assert_eq!(
        (&shown["options"]["keep"]["line"], &shown["options"]["keep"]["file"]),
        (&5.into(), &"recensio.toml".into())
    );
}

#[test]
fn what_is_shown_is_what_a_run_does() {
    let bench = configured(
        "output = \"corpus\"\noffsets = \"utf16\"\nwords = true\nfilter = [\"c4\", \"gopher\"]\n[run]\ninput = [\"in\"]\n",
    );
    let output = recensio(&bench, ".", &["--offsets", "bytes"], &[]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).starts_with("options of recensio.toml\n"), "{}", said(&output));
    let run: Value = serde_json::from_slice(&fs::read(bench.path("corpus/run.json")).unwrap()).unwrap();
    let options = &run["options"];
    assert_eq!((options["offsets"].as_str(), options["words"].as_bool()), (Some("bytes"), Some(true)));
    assert_eq!(options["filters"], serde_json::json!(["c4", "gopher"]));
    // Other commands find the corpus, too.
    assert!(recensio(&bench, ".", &["stats"], &[]).status.success());
    assert!(recensio(&bench, ".", &["verify"], &[]).status.success());
    // And nothing is said where that is wanted.
    assert_eq!(said(&recensio(&bench, ".", &["-q"], &[])), "");
}

#[test]
fn a_file_holds_below_its_folder_and_its_paths_are_its_own() {
    let bench = configured("input = [\"in\"]\noutput = \"corpus\"\n");
    fs::create_dir_all(bench.path("deep/er")).unwrap();
    let output = recensio(&bench, "deep/er", &[], &[]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("options of ../../recensio.toml"), "{}", said(&output));
    assert!(bench.path("corpus/corpus.jsonl").is_file());
    fs::write(bench.path("deep/own.toml"), "output = \"there\"\n").unwrap();
    assert!(recensio(&bench, ".", &["in", "--config", "deep/own.toml"], &[]).status.success());
    assert!(bench.path("deep/there/run.json").is_file());
    // A path that is typed is relative to where it is typed.
    assert!(recensio(&bench, "deep", &["../in", "-o", "typed"], &[]).status.success());
    assert!(bench.path("deep/typed/run.json").is_file());
}

#[test]
fn what_cannot_be_said_is_refused_with_its_place() {
    for (text, expected) in [
        ("keep = \"all\"\nkepe = \"all\"\n", "recensio.toml:2:1: there is no option \"kepe\"; did you mean \"keep\"?"),
        (
            "near_removed = 0.9\n",
            "recensio.toml:1:1: there is no option \"near_removed\"; did you mean \"near-removed\"?",
        ),
        ("  keep = \"al\"\n", "recensio.toml:1:10: keep: there is no \"al\"; did you mean \"all\"? give first,"),
        ("words = \"yes\"\n", "recensio.toml:1:9: words: give true or false, not a string"),
        ("threads = \"two\"\n", "recensio.toml:1:11: threads: give an integer, not a string"),
        ("filter = \"c4\"\n", "recensio.toml:1:10: filter: give a list of strings, not a string"),
        ("filter = [\"c4\", \"c5\"]\n", "recensio.toml:1:17: filter: there is no \"c5\"; give c4, gopher, fineweb"),
        ("brake = 7\n", "recensio.toml:1:9: brake: \"7\" will not do: give a share such as 60% or 0.6"),
        ("memory = \"lots\"\n", "recensio.toml:1:10: memory: \"lots\" will not do: give a size"),
        ("format = \"json\"\n", "recensio.toml:1:1: format is not the same for every command; write it under [check]"),
        ("[check]\ntimeline = true\n", "recensio.toml:2:1: there is no option \"timeline\" of check;"),
        ("fresh = true\n", "recensio.toml:1:1: fresh is about one run; give --fresh on the command line"),
        ("input = []\n", "recensio.toml:1:9: input: give at least one"),
        ("[profile.a]\nextends = \"b\"\n[profile.b]\nextends = \"a\"\n", "the profile \"a\" extends itself"),
        (
            "default-profile = \"serch\"\n",
            "recensio.toml:1:19: there is no profile \"serch\"; did you mean \"search\"?",
        ),
        ("# ü\nkeep = \"ü\" \"\n", "recensio.toml:2:12: "),
        ("keep = \"all\"\nkeep = \"all\"\n", "recensio.toml:2:1: duplicate key"),
    ] {
        let bench = configured(text);
        let output = recensio(&bench, ".", &["in"], &[]);
        assert_eq!(output.status.code(), Some(2), "{text}: {}", said(&output));
        assert!(said(&output).contains(expected), "{text}: {}", said(&output));
        assert!(!bench.path("output").exists());
        assert!(recensio(&bench, ".", &["in", "--no-config", "-q"], &[]).status.success());
    }
    let bench = configured("");
    let output = recensio(&bench, ".", &["in", "--config", "nowhere.toml"], &[]);
    assert!(said(&output).contains("cannot read the configuration nowhere.toml"), "{}", said(&output));
    let output = recensio(&bench, ".", &["in"], &[("RECENSIO_KEEP", "al")]);
    assert!(said(&output).contains("RECENSIO_KEEP in the environment: keep: there is no \"al\""), "{}", said(&output));
    let output = recensio(&bench, ".", &["in"], &[("RECENSIO_KEPE", "all")]);
    assert!(output.status.success());
    assert!(said(&output).contains("RECENSIO_KEPE in the environment is no option; did you mean \"RECENSIO_KEEP\"?"));
}

#[test]
fn what_is_configured_can_be_taken_back() {
    let bench = configured("words = true\nquiet = true\nfilter = [\"c4\"]\nlanguage = \"ru\"\n");
    let show =
        |args: &[&str]| recensio(&bench, ".", &[&["config", "show", "--format", "json", "run"], args].concat(), &[]);
    let output = show(&["--words=false", "--filter=", "--language="]);
    assert_eq!(held(&output, "words"), (false.into(), "command line".to_owned()));
    assert_eq!(held(&output, "filter").0, serde_json::json!([]));
    assert_eq!(held(&output, "language").0, Value::Null);
    // What contradicts what is configured beats it.
    assert_eq!(held(&show(&["--verbose"]), "quiet"), (false.into(), "default".to_owned()));
    assert!(recensio(&bench, ".", &["in", "--words=false", "--verbose"], &[]).status.success());
    let run: Value = serde_json::from_slice(&fs::read(bench.path("output/run.json")).unwrap()).unwrap();
    assert_ne!(run["options"]["words"], true);
}

#[test]
fn the_baseline_may_be_configured_where_it_is_required() {
    let bench = configured("[check]\nbaseline = \"base.json\"\nformat = \"tsv\"\n");
    bench.write("b.txt", "Это это повтор слова в предложении, которое написано для примера.\n".as_bytes());
    let first = recensio(&bench, ".", &["check", "in"], &[("RECENSIO_NO_CONFIG", "1")]);
    assert_eq!(first.status.code(), Some(1));
    assert!(recensio(&bench, ".", &["check", "in", "--write-baseline"], &[]).status.success());
    assert_eq!(recensio(&bench, ".", &["check", "in"], &[]).status.code(), Some(0));
}

#[test]
fn a_file_is_written_once() {
    let bench = Bench::with(&[("a.txt", ONE.as_bytes())]);
    let output = recensio(&bench, ".", &["init"], &[]);
    assert!(output.status.success(), "{}", said(&output));
    let written = fs::read_to_string(bench.path("recensio.toml")).unwrap();
    let again = recensio(&bench, ".", &["init"], &[]);
    assert_eq!(again.status.code(), Some(2));
    assert!(said(&again).contains("recensio.toml is there already"), "{}", said(&again));
    assert_eq!(fs::read_to_string(bench.path("recensio.toml")).unwrap(), written);
    // As written it changes nothing.
    let show = |args: &[&str]| recensio(&bench, ".", &[&["config", "show", "--format", "json"], args].concat(), &[]);
    let options = |output: Output| serde_json::from_slice::<Value>(&output.stdout).unwrap()["options"].clone();
    assert_eq!(options(show(&[])), options(show(&["run", "--no-config"])));
}

#[test]
fn options_of_every_command_may_stand_before_it() {
    let bench = configured("keep = \"all\"\n");
    let output = recensio(&bench, ".", &["--no-config", "--log", "json", "check", "in/a.txt"], &[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(recensio(&bench, ".", &["--no-config", "in", "-q"], &[]).status.success());
}

#[test]
fn a_dry_run_says_what_a_run_does_and_writes_nothing() {
    // Short passages that come again are told and stay.
    const MORE: &str = "Ships that carry grain abroad declare its weight at the port, and inspectors compare it with what left the barns.";
    let passage = format!("{} {} {MORE}", ONE.trim(), TWO.trim());
    let text = format!("{passage}\n\n{TWO}\n{passage}\n");
    let bench = Bench::with(&[
        ("a.txt", text.as_bytes()),
        ("b.txt", text.as_bytes()),
        ("c.jsonl", b"{\"text\": \n"),
        (".hidden/d.txt", b"no"),
    ]);
    let dry = bench.recensio(&["in", "-o", "out", "--dry-run", "--timeline", "-q"]);
    assert_eq!(dry.status.code(), Some(1), "{}", said(&dry));
    assert_eq!(fs::read_dir(bench.folder.path()).unwrap().count(), 1);
    let json = bench.recensio(&["in", "-o", "out", "--dry-run", "--log", "json"]);
    assert_eq!(fs::read_dir(bench.folder.path()).unwrap().count(), 1);
    let lines: Vec<Value> = said(&json).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let plan = lines.iter().find(|line| line["event"] == "dry-run").unwrap();
    assert_eq!(plan["read"]["documents"], 3, "{plan}");
    assert_eq!(plan["skipped"][0]["why"], "hidden");

    let (code, _) = bench.run(&["--timeline"]);
    assert_eq!(code, 1);
    let said = String::from_utf8(dry.stdout).unwrap();
    for file in ["corpus.jsonl", "removed.jsonl", "clusters.jsonl", "findings.jsonl", "run.json"] {
        let bytes = fs::metadata(bench.path("out").join(file)).unwrap().len();
        assert_eq!(plan["written"][format!("out/{file}")]["bytes"], bytes, "{file}");
        assert!(said.contains(&format!("out/{file}: ")) && said.contains(&format!(", {bytes} byte")), "{file}: {said}");
    }
    assert!(said.contains("out/timeline.csv") && said.contains("in/.hidden: hidden"), "{said}");
    let conservation = &plan["conservation"];
    let chars = |layer: &str| -> u64 {
        plan["removed"][layer].as_object().unwrap().values().map(|n| n["characters"].as_u64().unwrap()).sum()
    };
    assert_eq!(chars("passages"), conservation["dropped"].as_u64().unwrap());
    let gone = conservation["removed"].as_u64().unwrap() + conservation["failed"].as_u64().unwrap();
    assert_eq!(chars("documents"), gone);
    assert!(chars("passages") > 0);
    // Where the corpus cannot be written, a dry run cannot be done either.
    fs::write(bench.path("file"), "").unwrap();
    assert_eq!(bench.recensio(&["in", "-o", "file", "--dry-run"]).status.code(), Some(2));
}

#[test]
fn each_shell_has_completions_and_those_of_bash_complete() {
    let bench = Bench::new();
    for (shell, part) in [
        ("bash", "complete -F _recensio"),
        ("zsh", "#compdef recensio"),
        ("fish", "complete -c recensio"),
        ("powershell", "Register-ArgumentCompleter"),
        ("elvish", "edit:completion:arg-completer"),
    ] {
        let output = bench.recensio(&["completions", shell]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && text.contains(part) && text.contains("dry-run"), "{shell}");
        fs::write(bench.path(shell), text).unwrap();
    }
    let complete = |words: &str, at: usize| {
        let script = format!(
            "source ./bash; COMP_WORDS=({words}); COMP_CWORD={at}; _recensio recensio \"${{COMP_WORDS[{at}]}}\" \"${{COMP_WORDS[{}]}}\"; echo \"${{COMPREPLY[@]}}\"",
            at - 1
        );
        let output = Command::new("bash").args(["--norc", "-c", &script]).current_dir(bench.folder.path()).output();
        output.ok().map(|output| String::from_utf8(output.stdout).unwrap().trim().to_owned())
    };
    // Where there is no bash it cannot be tried.
    let Some(commands) = complete("recensio ch", 1) else { return };
    assert_eq!(commands, "check");
    assert_eq!(complete("recensio run --dry", 2).unwrap(), "--dry-run");
    assert_eq!(complete("recensio run --keep ", 3).unwrap(), "first longest newest best all");
    assert_eq!(complete("recensio completions e", 2).unwrap(), "elvish");
}

#[test]
fn man_pages_can_be_read() {
    let bench = Bench::new();
    let output = bench.recensio(&["man", "man1"]);
    assert!(output.status.success(), "{}", said(&output));
    for name in ["recensio", "recensio-run", "recensio-check", "recensio-config-show"] {
        let path = bench.path("man1").join(format!("{name}.1"));
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(".TH ") && text.contains("SYNOPSIS"), "{name}");
        let Ok(shown) = Command::new("groff").args(["-man", "-Tutf8", "-ww", "-P-cbou"]).arg(&path).output() else {
            continue;
        };
        let page = String::from_utf8_lossy(&shown.stdout).into_owned();
        assert!(shown.status.success() && page.contains("NAME"), "{name}");
        assert_eq!(said(&shown), "", "{name}");
    }
}

/// Pages that the program makes are committed as it makes them; `UPDATE=1` writes them.
#[test]
fn generated_pages_are_up_to_date() {
    let bench = Bench::new();
    for (args, page) in [
        (["schema", "--format", "markdown"].as_slice(), "docs/book/format.md"),
        (&["config", "reference"], "docs/book/configuration-reference.md"),
    ] {
        let made = String::from_utf8(bench.recensio(args).stdout).unwrap();
        let path = root().join(page);
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &made).unwrap();
        }
        assert!(fs::read_to_string(&path).unwrap() == made, "{page} is out of date: UPDATE=1 cargo test --test config");
    }
}

#[test]
fn the_book_has_every_page_of_a_rule() {
    let summary = fs::read_to_string(root().join("docs/SUMMARY.md")).unwrap();
    for page in fs::read_dir(root().join("docs/rules")).unwrap() {
        let name = page.unwrap().file_name().into_string().unwrap();
        assert!(summary.contains(&format!("(rules/{name})")), "docs/SUMMARY.md does not list rules/{name}");
    }
}
