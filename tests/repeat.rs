//! What repeats: that nothing is lost by taking it out, that what was edited is found, and that what only looks alike is left alone.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may end by panic"
)]

mod support;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use support::Bench;

const GRAIN: &str = "The council adopted the new rules on the storage of grain in spring, after a debate that lasted for two days and a night.";
const GRAIN_EDITED: &str = "The council adopted new rules on storage of the grain in spring, after debate that had lasted for two days and one night.";
const MILL: &str = "Nobody remembers who built the mill at the river. The oldest map that shows it was drawn by a monk, and he left no name.";
const FEE: &str = "A fee is due for every further tonne, payable in autumn of each year to the treasurer of the village in which it is stored.";
const QUOTED: &str = "which is why the harbour was closed to every ship that came from the south until the first frost";

fn bench(texts: &[(&str, String)]) -> Bench {
    let lines: String = texts.iter().map(|(id, text)| json!({ "id": id, "text": text }).to_string() + "\n").collect();
    let bench = Bench::with(&[("a.jsonl", lines.as_bytes())]);
    let (code, said) = bench.run(&[]);
    assert_eq!(code, 0, "{said}");
    bench
}

/// The characters of a place that are not blank.
fn ink(text: &[char], place: &Value) -> String {
    let at = |index: usize| usize::try_from(place[index].as_u64().unwrap()).unwrap();
    text[at(0)..at(1)].iter().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn the_originals_can_be_rebuilt_from_what_is_written() {
    let texts = [
        ("a", format!("{GRAIN}\n\n{MILL}")),
        ("b", format!("{FEE}\n\n{GRAIN}\n\n{GRAIN_EDITED}")),
        ("c", format!("{}\n\n{MILL}", GRAIN.to_uppercase())),
        ("d", format!("Nobody knew how the fever had come, {QUOTED}, and the stores ran low. {MILL}")),
        ("e", format!("{FEE} There is a note of the mayor in the archive: {QUOTED}; it bears no date at all.")),
    ];
    let bench = bench(&texts);
    let mut rebuilt: BTreeMap<String, Vec<char>> = BTreeMap::new();
    for record in bench.lines("corpus.jsonl") {
        let clean: Vec<char> = record["text"].as_str().unwrap().chars().collect();
        let mut source = vec![' '; usize::try_from(record["source"]["chars"].as_u64().unwrap()).unwrap()];
        let mut put = |place: &Value, text: &[char]| {
            let start = usize::try_from(place[0].as_u64().unwrap()).unwrap();
            source[start..start + text.len()].copy_from_slice(text);
        };
        for passage in record["passages"].as_array().unwrap() {
            let [start, end] = [0, 1].map(|at| usize::try_from(passage["span"][at].as_u64().unwrap()).unwrap());
            put(&passage["source"], &clean[start..end]);
        }
        for dropped in record["dropped"].as_array().unwrap() {
            put(&dropped["source"], &dropped["text"].as_str().unwrap().chars().collect::<Vec<_>>());
        }
        rebuilt.insert(record["id"].as_str().unwrap().to_owned(), source);
    }
    for record in bench.lines("removed.jsonl") {
        rebuilt.insert(record["id"].as_str().unwrap().to_owned(), record["text"].as_str().unwrap().chars().collect());
    }
    assert_eq!(rebuilt.len(), texts.len());
    for (id, text) in &texts {
        let bare = |text: &mut dyn Iterator<Item = char>| text.filter(|c| !c.is_whitespace()).collect::<String>();
        assert_eq!(bare(&mut rebuilt[*id].iter().copied()), bare(&mut text.chars()), "{id}");
    }
    // What a cluster calls letter for letter the same is.
    let mut exact = 0;
    for cluster in bench.lines("clusters.jsonl") {
        if cluster["kind"] != "exact" || cluster["level"] == "document" {
            continue;
        }
        let of = |place: &Value| ink(&rebuilt[place["document"].as_str().unwrap()], &place["source"]);
        let kept = of(&cluster["kept"]);
        for copy in cluster["copies"].as_array().unwrap() {
            assert_eq!(of(copy), kept, "{cluster}");
            exact += 1;
        }
    }
    assert!(exact >= 2, "{exact}");
}

#[test]
fn an_edited_copy_is_taken_out_and_says_how_alike_it_is() {
    let bench = bench(&[("a", GRAIN.to_owned()), ("b", format!("{FEE}\n\n{GRAIN_EDITED}"))]);
    let record = &bench.lines("corpus.jsonl")[1];
    let dropped = &record["dropped"][0];
    assert_eq!((&dropped["rule"], &dropped["of_document"]), (&json!("repeat.near"), &json!("a")), "{record}");
    let similarity = dropped["similarity"].as_f64().unwrap();
    assert!((0.8..1.0).contains(&similarity), "{similarity}");
    let said = bench.recensio(&["why", "b#d1", "-o", "out"]);
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(said.contains("debate that [had ]lasted for two days and [one] night"), "{said}");
}

#[test]
fn a_form_filled_in_twice_is_kept_twice() {
    for (one, other) in [
        (
            "On 3 May the court of the district heard the case of the mill and ordered a fee of 120 crowns to be paid.",
            "On 9 June the court of the district heard the case of the mill and ordered a fee of 480 crowns to be paid.",
        ),
        (
            "Директором городской школы номер один назначен Иван Петров, сообщает пресс-служба администрации города.",
            "Директором городской школы номер один назначен Олег Сидоров, сообщает пресс-служба администрации города.",
        ),
        (
            "卖方“华为”承诺最迟于下个月向买方交付全部货物，双方对此均无异议。",
            "卖方“联想”承诺最迟于下个月向买方交付全部货物，双方对此均无异议。",
        ),
    ] {
        let bench = bench(&[("a", one.to_owned()), ("b", other.to_owned())]);
        assert!(bench.lines("clusters.jsonl").iter().all(|c| c["level"] == "span"), "{}", bench.text("clusters.jsonl"));
        assert_eq!(bench.lines("corpus.jsonl").len(), 2);
        assert!(bench.lines("corpus.jsonl").iter().all(|r| r["dropped"] == json!([])));
    }
}

#[test]
fn an_edited_document_is_taken_out_as_a_whole_and_one_with_news_is_not() {
    let all = format!("{GRAIN}\n\n{MILL}\n\n{FEE}");
    let edited = format!("{GRAIN_EDITED}\n\n{MILL}\n\n{FEE}");
    let news = format!(
        "{GRAIN}\n\n{MILL}\n\nThe bridge fell in the night of the great storm, and no one has crossed the river since then but in boats."
    );
    let bench = bench(&[("a", all), ("b", edited), ("c", news)]);
    let removed = bench.lines("removed.jsonl");
    assert_eq!(removed.len(), 1, "{removed:?}");
    assert_eq!(
        (&removed[0]["id"], &removed[0]["rule"], &removed[0]["of"]),
        (&json!("b"), &json!("repeat.document.near"), &json!("a"))
    );
    let kept = bench.lines("corpus.jsonl");
    assert!(kept[1]["text"].as_str().unwrap().starts_with("The bridge fell"), "{}", kept[1]["text"]);
}

#[test]
fn a_stretch_in_two_passages_is_told_with_both_its_places_and_cuts_no_word() {
    let bench = bench(&[
        ("d", format!("Nobody knew how the fever had come, {QUOTED}, and the stores ran low. {MILL}")),
        ("e", format!("{FEE} There is a note of the mayor in the archive: {QUOTED}; it bears no date at all.")),
    ]);
    let clusters = bench.lines("clusters.jsonl");
    assert_eq!(clusters.len(), 1, "{}", bench.text("clusters.jsonl"));
    assert_eq!((&clusters[0]["level"], &clusters[0]["kind"]), (&json!("span"), &json!("exact")));
    assert_eq!(clusters[0]["copies"][0]["removed"], json!(false));
    let start = "Nobody knew how the fever had come, ".chars().count();
    assert_eq!(clusters[0]["kept"]["source"], json!([start, start + QUOTED.chars().count()]));
}

/// Documents of an article that three sites have: the first is short, the second long, the third the newest and half untranslated.
fn sites() -> String {
    let document = |id: &str, date: &str, texts: &[&str]| {
        json!({ "id": id, "date": date, "language": "en", "text": texts.join("\n\n") }).to_string() + "\n"
    };
    document("short", "2020-01-01", &[GRAIN, MILL])
        + &document(
            "long",
            "2021-01-01",
            &[GRAIN, MILL, FEE, "The bridge fell in the night of the great storm, as is told in every house."],
        )
        + &document(
            "new",
            "2022-01-01",
            &[
                GRAIN,
                MILL,
                "国家发展和改革委员会发布了关于粮食储存的新规定，自春季起施行。各村须在秋季之前向财务主管缴纳每吨粮食的费用，逾期不缴者将被追究责任。任何人不得以其他方式储存超过十吨的粮食。磨坊主人应当将河边的道路保持畅通，以便车辆在雨季通行。学校的教师每年春天向村民讲解如何防止谷物受潮发霉，并检查每一座粮仓的屋顶和墙壁是否完好。",
            ],
        )
}

#[test]
fn the_copy_that_is_kept_is_that_of_the_document_the_user_prefers_and_all_others_name_it() {
    for (policy, kept) in [("first", "short"), ("longest", "long"), ("newest", "new"), ("best", "long")] {
        let bench = Bench::with(&[("a.jsonl", sites().as_bytes())]);
        let (code, said) = bench.run(&["--keep", policy]);
        assert_eq!(code, 0, "{said}");
        let corpus = bench.lines("corpus.jsonl");
        let holds = |record: &Value| record["text"].as_str().unwrap().contains(GRAIN);
        let holders: Vec<_> = corpus.iter().filter(|r| holds(r)).map(|r| r["id"].as_str().unwrap()).collect();
        assert_eq!(holders, [kept], "{policy}");
        for record in &corpus {
            for dropped in record["dropped"].as_array().unwrap() {
                assert_eq!((&dropped["of_document"], dropped["rule"].as_str()), (&json!(kept), Some("repeat.exact")));
            }
        }
        for removed in bench.lines("removed.jsonl") {
            assert_eq!(removed["of"], kept, "{policy}");
        }
        for cluster in bench.lines("clusters.jsonl") {
            assert_eq!(cluster["kept"]["document"], kept, "{policy}");
        }
        let ids: Vec<_> = corpus.iter().map(|r| r["id"].as_str().unwrap()).collect();
        let order = ["short", "long", "new"];
        assert!(ids.is_sorted_by_key(|id| order.iter().position(|o| o == id)), "in the order of the input: {ids:?}");
        assert!(bench.recensio(&["verify", "out"]).status.success(), "{policy}");
    }
}

#[test]
fn a_preference_gives_the_same_bytes_with_any_number_of_threads_and_from_standard_input() {
    let lines: String = (0..60)
        .map(|n| {
            let text = [GRAIN, MILL, FEE][n % 3];
            let more = format!("Note {n} of the mayor on house {} by the river, which is not to be sold.", n / 2);
            json!({ "id": format!("d{n}"), "date": (2000 + n).to_string(), "text": format!("{text}\n\n{more}") })
                .to_string()
                + "\n"
        })
        .collect();
    let outputs: Vec<_> = ["1", "4"]
        .iter()
        .map(|threads| {
            let bench = Bench::with(&[("a.jsonl", lines.as_bytes())]);
            assert_eq!(bench.run(&["--keep", "newest", "--threads", threads]).0, 0);
            ["corpus.jsonl", "removed.jsonl", "clusters.jsonl", "run.json"].map(|name| bench.text(name))
        })
        .collect();
    assert!(outputs[0] == outputs[1]);
    assert!(outputs[0][0].contains("\"of_document\":\"d59\""));
}

#[test]
fn what_is_only_reported_is_told_and_stays() {
    let texts =
        [("a", format!("{GRAIN}\n\n{MILL}")), ("b", format!("{GRAIN}\n\n{MILL}")), ("c", format!("{GRAIN}\n\n{FEE}"))];
    let lines: String = texts.iter().map(|(id, text)| json!({ "id": id, "text": text }).to_string() + "\n").collect();
    let bench = Bench::with(&[("a.jsonl", lines.as_bytes())]);
    assert_eq!(bench.run(&["--report-only"]).0, 0);
    for ((_, text), record) in texts.iter().zip(bench.lines("corpus.jsonl")) {
        assert_eq!(record["text"], *text);
    }
    assert!(bench.text("removed.jsonl").is_empty());
    let clusters = bench.lines("clusters.jsonl");
    assert!(clusters.iter().any(|c| c["level"] == "document") && clusters.iter().any(|c| c["level"] == "passage"));
    assert!(clusters.iter().flat_map(|c| c["copies"].as_array().unwrap()).all(|copy| copy["removed"] == false));
}

#[test]
fn levels_and_thresholds_are_the_users() {
    let near = format!("{FEE}\n\n{GRAIN_EDITED}");
    let texts = [
        ("a", GRAIN.to_owned()),
        ("b", near),
        ("c", format!("Nobody knew how the fever had come, {QUOTED}, and the stores ran low. {MILL}")),
        ("d", format!("There is a note of the mayor in the archive: {QUOTED}; it bears no date at all, nor a name.")),
        ("e", GRAIN.to_owned()),
    ];
    let lines: String = texts.iter().map(|(id, text)| json!({ "id": id, "text": text }).to_string() + "\n").collect();
    let levels = |args: &[&str]| {
        let bench = Bench::with(&[("a.jsonl", lines.as_bytes())]);
        let (code, said) = bench.run(args);
        assert_eq!(code, 0, "{said}");
        let found: std::collections::BTreeSet<String> =
            bench.lines("clusters.jsonl").iter().map(|c| c["level"].as_str().unwrap().to_owned()).collect();
        let near = bench.lines("corpus.jsonl").iter().any(|r| r["dropped"][0]["rule"] == "repeat.near");
        (found.into_iter().collect::<Vec<_>>().join(","), near, bench.lines("removed.jsonl").len())
    };
    let is = |levels: &str, near, removed| (levels.to_owned(), near, removed);
    assert_eq!(levels(&[]), is("document,passage,span", true, 1));
    assert_eq!(levels(&["--repeats", "passage"]), is("passage", true, 0));
    assert_eq!(levels(&["--repeats", "document,span"]), is("document,span", false, 1));
    assert_eq!(levels(&["--repeats", "none"]), is("", false, 0));
    assert_eq!(levels(&["--near-removed", "0.99"]), is("document,passage,span", false, 1));

    let bench = Bench::with(&[("a.jsonl", lines.as_bytes())]);
    for (args, says) in [
        (["--near-removed", "0.8", "--near-reported", "0.9"], "--near-reported 0.9 is above --near-removed 0.8"),
        (["--repeats", "words", "--keep", "first"], "give document, passage, span or none"),
        (["--brake", "140%", "--keep", "first"], "give a share such as 60%"),
        (["--near-removed", "0.2", "--keep", "first"], "from 0.5 to 1"),
    ] {
        let (code, said) = bench.run(&args);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(says), "{said}");
    }
}

#[test]
fn a_source_that_would_lose_most_of_its_documents_loses_none_and_it_is_said_loudly() {
    let line = |id: String, host: &str, text: &str| {
        json!({ "id": id, "url": format!("https://{host}/{id}"), "text": text }).to_string() + "\n"
    };
    let number =
        |n: usize| format!("{} House {n} by the river was let to the miller for life.", [GRAIN, MILL, FEE][n % 3]);
    let mut lines = String::new();
    for n in 0..10 {
        lines += &line(format!("bad{n}"), "bad.example", GRAIN);
        lines += &line(format!("good{n}"), "good.example", &number(n / 2));
    }
    for args in [&["-q"][..], &["-q", "--keep", "longest"]] {
        let bench = Bench::with(&[("a.jsonl", lines.as_bytes())]);
        let (code, said) = bench.run(args);
        assert_eq!(code, 0, "{said}");
        assert!(said.contains("warning: 9 of the 10 documents of bad.example repeat others"), "{said}");
        let removed: Vec<_> =
            bench.lines("removed.jsonl").iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect();
        assert!(removed.len() == 5 && removed.iter().all(|id| id.starts_with("good")), "{removed:?}");
        let run: Value = serde_json::from_str(&bench.text("run.json")).unwrap();
        assert_eq!(run["brakes"], json!([{ "source": "bad.example", "documents": 10, "repeats": 9 }]));
        let clusters = bench.lines("clusters.jsonl");
        let bad = clusters.iter().find(|c| c["level"] == "document" && c["kept"]["document"] == "bad0").unwrap();
        assert!(bad["size"] == 10 && bad["copies"].as_array().unwrap().iter().all(|copy| copy["removed"] == false));
        assert!(bench.recensio(&["verify", "out"]).status.success());
        // Unchanged, it is said again.
        assert!(bench.run(args).1.contains("warning: 9 of the 10"));
    }
    let bench = Bench::with(&[("a.jsonl", lines.as_bytes())]);
    assert_eq!(bench.run(&["--brake", "100%"]).0, 0);
    assert_eq!(bench.lines("removed.jsonl").len(), 14);
}

/// A record without the names of the corpora that others are in.
fn without_corpora(record: &Value) -> Value {
    match record {
        Value::Object(fields) => fields
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "corpus" | "of_corpus"))
            .map(|(name, value)| (name.clone(), without_corpora(value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        Value::Array(list) => list.iter().map(without_corpora).collect(),
        other => other.clone(),
    }
}

#[test]
fn documents_that_are_added_later_come_out_as_in_one_run_over_all() {
    let text = |n: usize| {
        let house =
            format!("House {n} by the river was let to the miller for life, with the garden and the well behind it.");
        let long = [GRAIN, MILL, GRAIN_EDITED, FEE][n % 4];
        let told = format!("It is told in the village that {QUOTED}, as in the year {}.", 1800 + n / 3);
        [&[long, &house][..], &[long], &[&told, &house], &[long, &told]][n / 4 % 4].join("\n\n")
    };
    let lines = |numbers: std::ops::Range<usize>| -> String {
        numbers.map(|n| json!({ "id": format!("n{n}"), "text": text(n) }).to_string() + "\n").collect()
    };
    let parts = [lines(0..9), lines(9..16), lines(16..30)];
    let bench = Bench::new();
    for (name, lines) in ["a", "b", "c"].iter().zip(&parts) {
        bench.write(&format!("{name}.jsonl"), lines.as_bytes());
    }
    let run = |args: &[&str]| {
        let output = bench.recensio(&[&["-q", "--brake", "100%"], args].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    run(&["in", "-o", "whole"]);
    run(&["in/a.jsonl", "-o", "a"]);
    run(&["in/b.jsonl", "--against", "a", "-o", "b"]);
    run(&["in/c.jsonl", "--against", "b", "-o", "c", "--threads", "1"]);
    let lines = |folder: &str, file: &str| -> Vec<Value> {
        let text = std::fs::read_to_string(bench.path(folder).join(file)).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    for file in ["corpus.jsonl", "removed.jsonl"] {
        let added: Vec<_> = ["a", "b", "c"].iter().flat_map(|folder| lines(folder, file)).collect();
        assert_eq!(added.iter().map(without_corpora).collect::<Vec<_>>(), lines("whole", file), "{file}");
    }
    // The last corpus that tells of a cluster tells of all of it.
    let clusters = |folder: &str| -> BTreeMap<String, Value> {
        let named = |cluster: &Value| (cluster["id"].as_str().unwrap().to_owned(), without_corpora(cluster));
        lines(folder, "clusters.jsonl").iter().map(named).collect()
    };
    let mut all = clusters("a");
    all.append(&mut clusters("b"));
    all.append(&mut clusters("c"));
    assert_eq!(all, clusters("whole"));
    // What is kept elsewhere is named with its corpus, and is found there.
    let removed = lines("c", "removed.jsonl");
    let corpora: Vec<_> = removed.iter().filter_map(|r| r["of_corpus"].as_str()).collect();
    assert!(corpora.contains(&"a") && corpora.iter().all(|name| ["a", "b"].contains(name)), "{corpora:?}");
    let corpus = lines("b", "corpus.jsonl");
    let (id, dropped) = corpus
        .iter()
        .find_map(|r| Some((&r["id"], r["dropped"].as_array()?.iter().find(|d| d["of_corpus"] == "a")?)))
        .unwrap();
    let part = format!("{}#{}", id.as_str().unwrap(), dropped["id"].as_str().unwrap());
    let said = String::from_utf8(bench.recensio(&["why", &part, "-o", "b"]).stdout).unwrap();
    assert!(said.contains("in the corpus a") && said.contains(&dropped["text"].as_str().unwrap()[..40]), "{said}");
    for folder in ["b", "c", "whole"] {
        assert!(bench.recensio(&["verify", folder]).status.success(), "{folder}");
    }
    // What is named of a corpus made earlier must be there.
    let refused = || {
        let output = bench.recensio(&["verify", "b"]);
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stderr).unwrap()
    };
    let kept = bench.path("a/corpus.jsonl");
    let whole = std::fs::read_to_string(&kept).unwrap();
    let of = dropped["of_document"].as_str().unwrap();
    std::fs::write(&kept, whole.replace(&format!("\"id\":\"{of}\""), "\"id\":\"another\"")).unwrap();
    assert!(refused().contains(&format!("{of} of the corpus a is named, which is not kept there")), "{}", refused());
    std::fs::rename(bench.path("a"), bench.path("elsewhere")).unwrap();
    assert!(refused().contains("the corpus a, which this one was compared with, is neither there nor beside it"));
}

#[test]
fn a_small_budget_of_memory_changes_nothing_that_is_written() {
    let text = |n: usize| match n % 4 {
        0 => format!("{GRAIN}\n\nHouse {n} by the river was let to the miller for life, with the garden and the well."),
        1 => format!("{FEE}\n\nIt is told in the village that {QUOTED}, as in the year {}.", 1800 + n / 3),
        2 => format!("{GRAIN_EDITED}\n\n{MILL}"),
        _ => {
            let line =
                |k: usize| format!("Line {k} of letter {n} came by post {} days late.\n\n", (n * 31 + k * 7) % 97);
            (0..40).map(line).collect::<Vec<_>>().concat()
        }
    };
    let lines: String = (0..60).map(|n| json!({ "id": format!("n{n}"), "text": text(n) }).to_string() + "\n").collect();
    let bench = Bench::with(&[("a.jsonl", lines.as_bytes())]);
    assert_eq!(bench.run(&["--brake", "100%"]).0, 0);
    let files = ["corpus.jsonl", "removed.jsonl", "clusters.jsonl", "findings.jsonl", "report.html", "run.json"];
    let before = files.map(|name| bench.text(name));
    let seen = |number: u32| std::fs::read(bench.path(&format!("out/.recensio/{number}/seen"))).unwrap();
    let seen_before = seen(1);
    assert_eq!(bench.run(&["--brake", "100%", "--fresh", "--memory", "16M", "--threads", "1"]).0, 0);
    for (name, before) in files.iter().zip(before) {
        assert_eq!(bench.text(name), before, "{name}");
    }
    assert!(bench.path("out/.recensio/1/seen").exists() && seen(1) == seen_before);
    for wrong in ["1K", "0%", "many", "200%"] {
        let (code, said) = bench.run(&["--memory", wrong]);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains("give a size of at least 16M such as 256M or 4G, or a part such as 25%"), "{said}");
    }
}

#[test]
fn repeats_alone_are_the_same_repeats() {
    let texts = [
        ("a", format!("{GRAIN}\n\n{MILL} On 5 May 2021 it was sold to the Ministry of Finance.")),
        ("b", format!("{FEE}\n\n{GRAIN_EDITED}\n\n{MILL}")),
        ("c", format!("{GRAIN}\n\n{MILL} On 5 May 2021 it was sold to the Ministry of Finance.")),
    ];
    let bench = bench(&texts);
    let (whole, removed, clusters) =
        (bench.lines("corpus.jsonl"), bench.text("removed.jsonl"), bench.text("clusters.jsonl"));
    assert!(whole.iter().any(|r| r["dates"][0].is_object()));
    assert_eq!(bench.run(&["--only", "repeats"]).0, 0);
    assert_eq!((bench.text("removed.jsonl"), bench.text("clusters.jsonl")), (removed, clusters));
    for (alone, whole) in bench.lines("corpus.jsonl").iter().zip(&whole) {
        assert_eq!((&alone["text"], &alone["dropped"]), (&whole["text"], &whole["dropped"]));
        assert_eq!((&alone["dates"], &alone["entities"], &alone["leftovers"]), (&json!([]), &json!([]), &json!([])));
    }
    assert!(bench.recensio(&["verify", "out"]).status.success());
    assert!(bench.text("run.json").contains("\"only\": \"repeats\""));
}

#[test]
fn the_report_folds_what_repeats_and_marks_what_differs() {
    let bench = bench(&[
        ("a", format!("{GRAIN}\n\n{MILL}")),
        ("b", format!("{FEE}\n\n{GRAIN_EDITED}")),
        ("c", format!("{MILL}\n\nA <b>bold</b> claim that stands in no other text, and has a sentence to itself.")),
        ("d", format!("{MILL}\n\nAnother claim that stands in no other text, and has a sentence to itself too.")),
    ]);
    let page = bench.text("report.html");
    let section = &page[page.find("<section class=\"clusters\">").unwrap()..];
    let section = &section[..section.find("</section>").unwrap()];
    let (mill, grain) = (section.find("3×").unwrap(), section.find("2×").unwrap());
    assert!(mill < grain, "the biggest comes first");
    assert!(section[mill..grain].contains("Nobody remembers who built the mill"));
    assert!(section[mill..grain].matches("letter for letter the same").count() == 2, "{section}");
    assert!(
        section[grain..]
            .contains("debate that <ins>had </ins>lasted for two days and <del>a</del><ins>one</ins> night"),
        "{section}"
    );
    assert!(page.contains("href=\"#repeats\""));
}

#[test]
fn a_corpus_that_cannot_be_gone_on_from_is_refused_with_the_reason() {
    let bench = Bench::with(&[("a.txt", GRAIN.as_bytes())]);
    assert_eq!(bench.run(&[]).0, 0);
    let refused = |args: &[&str]| {
        let output = bench.recensio(&[&["in", "-q"], args].concat());
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(refused(&["--against", "out", "-o", "out"]).contains("it is the output folder of this run"));
    assert!(refused(&["--against", "in", "-o", "new"]).contains("cannot compare with the corpus in in"));
    assert!(refused(&["--against", "out", "-o", "new", "--offsets", "bytes"]).contains("give --offsets chars"));
    assert!(refused(&["--against", "out", "-o", "new", "--repeats", "span"]).contains("give the same"));
    let seen = bench.path("out/.recensio/1/seen");
    let mut bytes = std::fs::read(&seen).unwrap();
    let half = bytes.len() / 2;
    bytes[half] ^= 1;
    std::fs::write(&seen, &bytes).unwrap();
    assert!(refused(&["--against", "out", "-o", "new"]).contains("cut short or changed since"));
    std::fs::write(&seen, &bytes[..half]).unwrap();
    assert!(refused(&["--against", "out", "-o", "new"]).contains("cut short or changed since"));
}

#[test]
fn a_line_with_one_cue_goes_where_other_pages_of_its_site_have_it_too() {
    const LINE: &str = "Not liable for late tides";
    let words = ["barge", "dredger", "ferry", "pilot", "lugger", "trawler", "tender", "cutter", "launch", "skiff"];
    let page = |number: usize, host: &str| {
        let mut lines: Vec<String> = words
            .iter()
            .map(|word| format!("{} saw the {word} come in.", ["Ann", "Bob", "Eve", "Joe", "Kim"][number]))
            .collect();
        lines.splice(5..5, [LINE.to_owned(), "It rained.".to_owned()]);
        json!({ "id": number.to_string(), "url": format!("https://{host}/{number}"), "text": lines.join("\n\n") })
            .to_string()
            + "\n"
    };
    let hosts = ["tide.example", "tide.example", "gull.example", "www.tide.example", "tide.example"];
    let lines: String = (0..).zip(hosts).map(|(number, host)| page(number, host)).collect();
    let bench = Bench::with(&[("a.jsonl", lines.as_bytes())]);
    let (code, said) = bench.run(&[]);
    assert_eq!(code, 0, "{said}");
    let dropped = |record: &Value| {
        let all = record["dropped"].as_array().unwrap();
        all.iter().filter(|d| d["text"] == LINE).map(|d| d["rule"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let found: Vec<_> = bench.lines("corpus.jsonl").iter().map(dropped).collect();
    let rule = vec!["boilerplate.disclaimer".to_owned()];
    assert_eq!(found, [vec![], vec![], vec![], rule.clone(), rule]);
}
