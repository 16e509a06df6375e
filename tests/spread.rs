//! A run in the three steps that another program spreads over machines gives what a run gives, byte for byte.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may end by panic"
)]

mod support;

use recensio::batch::spread::{Comparison, outlined, recorded, summed};
use recensio::batch::{Brake, Sums};
use recensio::cli::Settings;
use recensio::read::{Body, Raw};
use serde_json::{Value, json};
use support::Bench;

const SENTENCES: [&str; 12] = [
    "The council adopted the new rules on the storage of grain in spring, after a debate that lasted for two days and a night.",
    "Nobody remembers who built the mill at the river; the oldest map that shows it was drawn by a monk, and he left no name.",
    "A fee is due for every further tonne, payable in autumn of each year to the treasurer of the village in which it is stored.",
    "Совет принял новые правила хранения зерна весной, после споров, которые длились два дня и одну ночь без перерыва.",
    "Никто не помнит, кто построил мельницу у реки; самую старую карту нарисовал монах, который не оставил своего имени.",
    "За каждую следующую тонну взимается плата, которую осенью вносят казначею той деревни, где хранится зерно.",
    "理事会在春天通过了关于粮食储存的新规则，此前的辩论持续了两天一夜，没有人离开会场。",
    "没有人记得河边的磨坊是谁建造的；最古老的地图由一位修士绘制，他没有留下自己的名字。",
    "Der Rat hat im Frühling neue Regeln für die Lagerung von Getreide beschlossen, nach einer Debatte von zwei Tagen.",
    "Niemand weiß mehr, wer die Mühle am Fluss gebaut hat; die älteste Karte zeichnete ein Mönch ohne Namen.",
    "which is why the harbour was closed to every ship that came from the south until the first frost of that year",
    "Le conseil a adopté au printemps les nouvelles règles sur le stockage du grain, après deux jours de débats.",
];

struct Draw(u64);

impl Draw {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }

    /// A passage: some come again as they were, some with other looks, with an edit, or within another one.
    fn passage(&mut self) -> String {
        let own = self.below(60);
        let sentence = SENTENCES[self.below(SENTENCES.len())];
        let passage = format!("{sentence} {} {own}.", ["Number", "Номер", "第", "Zahl"][own % 4]);
        match self.below(8) {
            0 => passage.to_uppercase(),
            1 => passage.replacen(' ', "  — ", 2),
            2 => passage.replace("the ", "some "),
            3 => format!(
                "In the archive there is a note of the mayor, {}; it bears no date at all. {own}",
                SENTENCES[10]
            ),
            4 => "Heading".to_owned(),
            _ => passage,
        }
    }

    fn text(&mut self, blank: &str) -> String {
        (0..=self.below(5)).map(|_| self.passage()).collect::<Vec<_>>().join(blank)
    }
}

fn documents() -> Vec<String> {
    let mut draw = Draw(7);
    let mut out: Vec<Value> = Vec::new();
    for number in 0..400 {
        let site = ["a.example", "b.example", "c.example"][draw.below(3)];
        let mut document =
            json!({ "id": format!("d{number}"), "url": format!("https://{site}/{number}"), "note": number });
        match draw.below(10) {
            0 | 1 if number > 20 => document["text"] = out[draw.below(number)]["text"].clone(),
            2 => {
                let inner = draw.text("</p><p>");
                document["html"] = format!("<html><body><nav>Home | News</nav><article><p>{inner}</p><p>A &amp; B &eacute;t&eacute;</p></article></body></html>").into();
            }
            3 => {
                document["text"] =
                    format!("{}\n\nShare this article\n\nÐŸÑ€Ð¸Ð²ÐµÑ‚, Ð¼Ð¸Ñ€", draw.text("\n\n")).into();
            }
            4 => document["text"] = json!(number),
            5 if number > 9 => {
                document["id"] = format!("d{}", draw.below(number)).into();
                document["text"] = draw.text("\n\n").into();
            }
            _ => document["text"] = draw.text("\n\n").into(),
        }
        out.push(document);
    }
    // A site of which nearly all repeats, which the brake spares.
    for number in 0..12 {
        out.push(json!({ "url": format!("https://copies.example/{number}"), "text": SENTENCES[0] }));
    }
    out.iter().map(Value::to_string).collect()
}

/// What a run spread over machines writes: the four files, and the sums.
fn spread(lines: &[String], options: &[&str], scratch: &std::path::Path) -> [String; 5] {
    let settings = Settings::parse(options.iter().map(Into::into)).unwrap();
    let Settings { rules, options, fields } = &settings;
    let raw = |(index, line): (usize, &String)| Raw {
        media_type: "application/jsonl",
        line: Some(index as u64 + 1),
        body: Body::Json(line.as_bytes().to_vec()),
        ..Raw::text("a.jsonl", "")
    };
    let sent: Vec<Vec<u8>> = lines.iter().enumerate().map(|d| outlined(raw(d), fields, rules, options)).collect();
    let mut spared: Vec<Brake> = Vec::new();
    let (decisions, comparison) = loop {
        let mut comparison = Comparison::new(options, &spared, scratch.to_owned(), 1 << 16).unwrap();
        let decisions: Vec<Vec<u8>> = sent.iter().map(|bytes| comparison.next(bytes).unwrap()).collect();
        let brakes = comparison.brakes();
        if brakes.iter().all(|brake| spared.contains(brake)) {
            break (decisions, comparison);
        }
        spared.extend(brakes);
    };
    let (mut corpus, mut removed, mut findings, mut clusters) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut sums = Sums::default();
    for (document, decision) in lines.iter().enumerate().zip(&decisions) {
        let recorded = recorded(raw(document), decision, fields, rules, options);
        if recorded.kept { &mut corpus } else { &mut removed }.extend(recorded.line);
        recorded.findings.iter().for_each(|finding| recensio::record::append(finding, &mut findings));
        sums.counts.add(&recorded.sums.counts);
        sums.conservation += recorded.sums.conservation;
    }
    for (line, level) in comparison.clusters() {
        clusters.extend(line);
        *sums.counts.clusters.entry(level.to_owned()).or_default() += 1;
    }
    let run = summed(sums, rules, options, &spared).unwrap();
    let run = serde_json::to_string_pretty(&run).unwrap() + "\n";
    [corpus, removed, clusters, findings, run.into_bytes()].map(|bytes| String::from_utf8(bytes).unwrap())
}

#[test]
fn three_steps_give_what_a_run_gives() {
    let lines = documents();
    for options in [
        &[] as &[&str],
        &["--offsets", "utf16"],
        &["--filter", "c4", "--foreign"],
        &["--keep", "all"],
        &["--only", "repeats"],
    ] {
        let bench = Bench::with(&[("a.jsonl", (lines.join("\n") + "\n").as_bytes())]);
        let (code, said) = bench.run(options);
        assert_eq!(code, 1, "{said}");
        let expected = ["corpus.jsonl", "removed.jsonl", "clusters.jsonl", "findings.jsonl", "run.json"];
        let found = spread(&lines, options, &bench.path("."));
        for (name, found) in expected.into_iter().zip(found) {
            let expected = bench.text(name);
            assert!(expected.len() > 100 || options.contains(&"repeats"), "{name}: {expected}");
            let differ = expected.lines().zip(found.lines()).find(|(a, b)| a != b);
            assert_eq!(differ, None, "{options:?} {name}");
            assert_eq!(expected.len(), found.len(), "{options:?} {name}");
        }
        let run: Value = serde_json::from_str(&bench.text("run.json")).unwrap();
        let spares = !options.contains(&"--keep");
        assert_eq!(run["brakes"].as_array().unwrap().is_empty(), !spares, "{options:?}");
    }
}

#[test]
fn another_order_or_another_version_is_an_error() {
    let settings = Settings::parse(["--keep", "longest"].map(Into::into)).unwrap();
    let error = Comparison::new(&settings.options, &[], ".".into(), 1).unwrap_err().to_string();
    assert!(error.contains("keep=\"longest\"") && error.contains("order the documents"), "{error}");
    let settings = Settings::parse([]).unwrap();
    let mut comparison = Comparison::new(&settings.options, &[], ".".into(), 1).unwrap();
    let error = comparison.next(&[77, 1, 2]).unwrap_err().to_string();
    assert!(error.contains("the same version"), "{error}");
}
