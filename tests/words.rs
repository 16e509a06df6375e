//! Words of scripts without blanks: of our own sentences, and of a treebank where `RECENSIO_WORDS` names a file of JSON Lines with `lang`, `text`
//! and `bounds` (the end of each word, in characters).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr,
    reason = "a test may end by panic"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use recensio::text::words::Dictionary;
use serde_json::Value;

/// Sentences written for this project, a blank after each word, and the least F1 of their words.
const SENTENCES: [(&str, f64, &str); 3] = [
    (
        "zh",
        0.85,
        "这 个 港口 每 年 接待 两百 艘 船 。
         他 的 老师 昨天 在 学校 开会 。
         三 位 渔民 修好 了 码头 上 的 灯 。
         奥斯曼 的 商人 住 在 城市 的 南部 。
         我们 不 知道 这 座 桥 是 什么 时候 建 的 。",
    ),
    (
        "ja",
        0.8,
        "港 は 十月 から 夜 も 船 を 受け入れる 。
         彼 は 手紙 を 持っ て いっ た 。
         駅 で 待っ て い まし た 。
         灯台 に つい て は 知ら ない 。
         この 橋 が いつ 作ら れ た の か 知ら ない 。",
    ),
    (
        "th",
        0.8,
        "ฉัน ไป โรงเรียน ทุก วัน
         เขา ซื้อ ปลา ที่ ตลาด
         เรือ ออก จาก ท่า ตอน เช้า
         ครู สอน ภาษา ไทย ให้ นักเรียน",
    ),
];

/// The treebanks' F1 that is held.
const HELD: [(&str, f64); 3] = [("ja", 0.85), ("th", 0.81), ("zh", 0.80)];

#[derive(Default)]
struct Tally {
    right: usize,
    expected: usize,
    found: usize,
}

impl Tally {
    fn add(&mut self, text: &str, expected: &BTreeSet<(usize, usize)>) {
        let mut found = BTreeSet::new();
        let mut at = 0;
        // What stands between words are marks, each by itself.
        let marks = |from: usize, to: usize| {
            text[from..to]
                .char_indices()
                .filter(|(_, c)| !c.is_whitespace())
                .map(move |(n, c)| (from + n, from + n + c.len_utf8()))
        };
        for (span, _) in Dictionary::default().words(text, 0) {
            found.extend(marks(at, span.start()));
            found.insert((span.start(), span.end()));
            at = span.end();
        }
        found.extend(marks(at, text.len()));
        self.right += found.intersection(expected).count();
        self.expected += expected.len();
        self.found += found.len();
    }

    fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (self.expected + self.found).max(1) as f64
    }
}

#[test]
fn words_of_our_own_sentences() {
    for (language, least, sentences) in SENTENCES {
        let mut tally = Tally::default();
        for sentence in sentences.lines() {
            let (mut text, mut expected) = (String::new(), BTreeSet::new());
            for word in sentence.split_whitespace() {
                expected.insert((text.len(), text.len() + word.len()));
                text.push_str(word);
            }
            tally.add(&text, &expected);
        }
        assert!(tally.f1() >= least, "{language}: {}", tally.f1());
    }
}

#[test]
fn words_of_a_treebank() {
    let Ok(path) = std::env::var("RECENSIO_WORDS") else { return };
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for line in fs::read_to_string(path).unwrap().lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let text = row["text"].as_str().unwrap().trim_end();
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let (mut expected, mut start) = (BTreeSet::new(), 0);
        for bound in row["bounds"].as_array().unwrap() {
            let end = places[usize::try_from(bound.as_u64().unwrap()).unwrap().min(places.len() - 1)];
            let word = &text[start..end];
            let blank = word.len() - word.trim_start().len();
            if !word.trim().is_empty() {
                expected.insert((start + blank, start + word.trim_end().len()));
            }
            start = end;
        }
        tallies.entry(row["lang"].as_str().unwrap().to_owned()).or_default().add(text, &expected);
    }
    for (language, least) in HELD {
        let f1 = tallies.get(language).map_or(1.0, Tally::f1);
        eprintln!("{language}: F1 {f1:.4}");
        assert!(f1 >= least, "{language}: {f1}");
    }
}
