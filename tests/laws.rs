//! Laws that hold for every input, tried on inputs that a machine thinks up.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may end by panic"
)]

mod support;

use std::collections::HashMap;

use proptest::prelude::*;
use serde_json::Value;
use support::{Bench, violations};

/// Pieces that documents are made of: scripts, dates, names, marks and rubbish.
const PIECES: [&str; 40] = [
    "Правительство Китая запретило майнинг",
    "в мае 2021 года",
    "В сентябре того же года",
    "法律合规",
    "国家发展和改革委员会",
    "The ministry of finance",
    "on 3 May 2021",
    "last year",
    "ИИ",
    "AI",
    "адвокат Хуньлин",
    "Хунь Лина",
    "«кавычки»",
    "\"quotes\"",
    "“ ”",
    "—",
    "–",
    "e\u{301}",
    "\u{200b}",
    "\u{202e}",
    "\u{feff}",
    "\u{0}",
    "𝄞",
    "👩‍👩‍👧",
    "क्षि",
    "ไม่มี",
    "한국어",
    "العربية ٢٠٢١",
    "https://example.org/a?b=c",
    "x@example.org",
    "№ 123-ФЗ",
    "12.03.2021",
    "1 000 000 руб.",
    "# Заголовок",
    "- пункт",
    "> цитата",
    "Отказ от ответственности.",
    "a",
    ".",
    "ﬁ",
];

fn texts() -> impl Strategy<Value = Vec<String>> {
    let piece = prop_oneof![8 => proptest::sample::select(PIECES.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,12}", 1 => any::<String>()];
    let glue = proptest::sample::select(vec![" ", " ", "", "\n", "\n\n", ". ", "\r\n", "\u{2029}"]);
    let text = prop::collection::vec((piece, glue), 0..30)
        .prop_map(|parts| parts.into_iter().flat_map(|(p, g)| [p, g.to_owned()]).collect());
    prop::collection::vec(text, 1..4)
}

fn bench(texts: &[String]) -> Bench {
    let lines: String = texts
        .iter()
        .enumerate()
        .map(|(i, text)| {
            serde_json::json!({ "id": i.to_string(), "text": text, "date": "2022-03-04" }).to_string() + "\n"
        })
        .collect();
    Bench::with(&[("a.jsonl", lines.as_bytes())])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn places_quotes_and_conservation_hold_and_threads_change_nothing(texts in texts()) {
        let bench = bench(&texts);
        let (code, said) = bench.run(&["--threads", "1", "--foreign"]);
        prop_assert_eq!(code, 0, "{}", said);
        let corpus = bench.lines("corpus.jsonl");
        let sources: HashMap<String, &String> = texts.iter().enumerate().map(|(i, t)| (i.to_string(), t)).collect();
        prop_assert_eq!(violations(&corpus, &|id| sources[id].clone()), Vec::<String>::new());
        for record in &corpus {
            prop_assert!(record["issues"].as_array().unwrap().iter().all(|i| i["kind"] != "panic"), "{}", record["issues"]);
        }
        prop_assert_eq!(corpus.len() + bench.lines("removed.jsonl").len(), texts.len());
        let first: Vec<_> = FILES.iter().map(|name| bench.text(name)).collect();
        bench.run(&["--threads", "4", "--foreign"]);
        let second: Vec<_> = FILES.iter().map(|name| bench.text(name)).collect();
        prop_assert_eq!(first, second);
    }

    #[test]
    fn units_say_the_same_places(text in texts().prop_map(|t| t.concat())) {
        let bench = bench(&[text]);
        bench.run(&["--offsets", "chars"]);
        let chars = bench.lines("corpus.jsonl");
        bench.run(&["--offsets", "utf16"]);
        let utf16 = bench.lines("corpus.jsonl");
        for (a, b) in chars.iter().zip(&utf16) {
            let text: Vec<u16> = b["text"].as_str().unwrap().encode_utf16().collect();
            let quotes = |r: &Value| r["dates"].as_array().unwrap().iter().map(|d| d["text"].clone()).collect::<Vec<_>>();
            prop_assert_eq!(quotes(a), quotes(b));
            for date in b["dates"].as_array().unwrap() {
                let (start, end) = (date["span"][0].as_u64().unwrap() as usize, date["span"][1].as_u64().unwrap() as usize);
                prop_assert_eq!(String::from_utf16(&text[start..end]).unwrap(), date["text"].as_str().unwrap());
            }
        }
    }
}

const FILES: [&str; 6] =
    ["corpus.jsonl", "removed.jsonl", "clusters.jsonl", "findings.jsonl", "report.html", "run.json"];

#[test]
fn cleaning_twice_changes_nothing() {
    let bench = Bench::new();
    let article = std::fs::read(support::root().join("input/article.ru.txt")).unwrap();
    bench.write("a.txt", &article);
    assert_eq!(bench.run(&[]).0, 0);
    let once = bench.lines("corpus.jsonl")[0]["text"].as_str().unwrap().to_owned();
    bench.write("a.txt", once.as_bytes());
    bench.run(&[]);
    assert_eq!(bench.lines("corpus.jsonl")[0]["text"].as_str().unwrap(), once);
}
