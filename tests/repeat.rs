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
