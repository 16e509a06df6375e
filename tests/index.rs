//! `recensio index` and `recensio search`, and the tantivy feed in tantivy: seven languages, what changes, what is deleted and comes again, kills, locks.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test may end by panic"
)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use recensio::feed::index::{Question, register};
use serde_json::{Value, json};
use support::Bench;
use tantivy::collector::{Count, DocSetCollector};
use tantivy::query::{BooleanQuery, Occur, Query, QueryParser, RangeQuery, TermQuery};
use tantivy::schema::{IndexRecordOption, Schema, Value as _};
use tantivy::{Index, IndexWriter, TantivyDocument, Term};

/// Written for this test: a text of each language, and a word of it in another form or out of the middle of a sentence.
const TEXTS: [(&str, &str, &str); 7] = [
    (
        "ru",
        "Портовая служба пересмотрела правила швартовки паромов. В сентябре 2021 года жители острова подали жалобы на расписание.",
        "жалоба",
    ),
    ("zh", "海关部门上个月公布了进口设备检验办法，沿海港口的企业必须在年底以前提交完整的安全报告。", "企业"),
    ("ja", "港湾局は新しい航路の安全基準を公表し、島の住民に意見を求めることを決めた。", "住民"),
    ("th", "กรมเจ้าท่าประกาศตารางเดินเรือใหม่สำหรับประชาชนบนเกาะทุกแห่งในภาคใต้ของประเทศ", "ประชาชน"),
    (
        "ar",
        "نشرت هيئة الموانئ جدولا جديدا للعبارات بين الجزر، وطلبت من السكان تقديم ملاحظاتهم قبل نهاية العام.",
        "ملاحظات",
    ),
    (
        "de",
        "Die Hafenbehörde änderte die Fahrpläne der Fähren, nachdem Bewohner der Inseln Beschwerden eingereicht hatten.",
        "Beschwerde",
    ),
    (
        "en",
        "The harbour office revised the timetables of its ferries after islanders had filed several complaints in May 2020.",
        "complaint",
    ),
];

fn texts() -> BTreeMap<String, String> {
    TEXTS.iter().map(|(n, text, _)| ((*n).to_owned(), (*text).to_owned())).collect()
}

/// A corpus of these texts in `out`, made anew.
fn corpus(bench: &Bench, texts: &BTreeMap<String, String>) {
    let line = |(n, text): (&String, &String)| {
        json!({ "id": n, "url": format!("https://example.org/{n}"), "text": text }).to_string()
    };
    bench.write("a.jsonl", texts.iter().map(line).collect::<Vec<_>>().join("\n").as_bytes());
    let (code, said) = bench.run(&["-q", "--fresh"]);
    assert_eq!(code, 0, "{said}");
}

fn index(bench: &Bench, args: &[&str]) -> (i32, String) {
    let output = bench.recensio(&[&["index", "out"], args].concat());
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

fn search(bench: &Bench, args: &[&str]) -> (i32, Value) {
    let output = bench.recensio(&[&["search", "--index", "out/index", "--format", "json"], args].concat());
    let code = output.status.code().unwrap();
    assert!(code < 2, "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    (code, serde_json::from_slice(&output.stdout).unwrap())
}

fn found(bench: &Bench, args: &[&str]) -> Vec<String> {
    let (code, answer) = search(bench, args);
    let ids: Vec<String> =
        answer["hits"].as_array().unwrap().iter().map(|hit| hit["document"].as_str().unwrap().to_owned()).collect();
    assert_eq!(code, i32::from(ids.is_empty()));
    ids
}

/// Names and sizes of the files of an index; locks hold nothing.
fn files(path: &Path) -> BTreeMap<String, (u64, std::time::SystemTime)> {
    let entry = |entry: fs::DirEntry| {
        let about = entry.metadata().unwrap();
        (entry.file_name().into_string().unwrap(), (about.len(), about.modified().unwrap()))
    };
    let all = fs::read_dir(path).unwrap().map(|one| entry(one.unwrap()));
    all.filter(|(name, _)| !name.contains(".lock")).collect()
}

#[test]
fn an_index_finds_other_forms_and_follows_the_corpus() {
    let bench = Bench::new();
    let mut all = texts();
    corpus(&bench, &all);
    assert_eq!(index(&bench, &[]), (0, "out/index: generation 1, 7 written, 0 deleted, 0 unchanged\n".to_owned()));
    for (language, _, word) in TEXTS {
        assert_eq!(found(&bench, &[word]), [language], "{word}");
        assert_eq!(found(&bench, &[word, "--language", language]), [language], "{word}");
    }
    assert_eq!(found(&bench, &["жалобам", "--language", "en"]), [""; 0]);

    let before = files(&bench.path("out/index"));
    assert_eq!(index(&bench, &[]), (0, "out/index: generation 1, nothing has changed, 7 unchanged\n".to_owned()));
    assert_eq!(files(&bench.path("out/index")), before);

    let thai = all.remove("th").unwrap();
    all.insert("de".to_owned(), TEXTS[5].1.replace("Beschwerden", "Vorschläge"));
    all.insert(
        "fr".to_owned(),
        "La capitainerie a publié les horaires des bateaux pour les habitants des îles voisines.".to_owned(),
    );
    corpus(&bench, &all);
    assert_eq!(index(&bench, &[]), (0, "out/index: generation 2, 2 written, 1 deleted, 5 unchanged\n".to_owned()));
    assert_eq!(found(&bench, &["Beschwerde"]), [""; 0]);
    assert_eq!(found(&bench, &["vorschlage"]), ["de"]);
    assert_eq!(found(&bench, &["ประชาชน"]), [""; 0]);
    assert_eq!(found(&bench, &["ile"]), ["fr"]);

    all.insert("th".to_owned(), thai);
    corpus(&bench, &all);
    assert_eq!(index(&bench, &[]), (0, "out/index: generation 3, 1 written, 0 deleted, 7 unchanged\n".to_owned()));
    assert_eq!(found(&bench, &["ประชาชน"]), ["th"]);
    assert_eq!(search(&bench, &[]).1["total"], 8);
}

#[test]
fn queries_filters_facets_and_snippets() {
    let bench = Bench::new();
    let mut all = texts();
    all.insert(
        "mixed".to_owned(),
        "Он работает в области法律合规 в крупной компании и пишет об этом каждый день с утра.".to_owned(),
    );
    all.insert(
        "china".to_owned(),
        "The National Development and Reform Commission of China closed the matter in September 2021.".to_owned(),
    );
    corpus(&bench, &all);
    assert_eq!(index(&bench, &["-q"]), (0, String::new()));
    assert_eq!(found(&bench, &["\"filed several complaints\""]), ["en"]);
    assert_eq!(found(&bench, &["\"complaints several filed\""]), [""; 0]);
    assert_eq!(found(&bench, &["harbour AND ferry"]), ["en"]);
    assert_eq!(found(&bench, &["harbour -ferry"]), [""; 0]);
    assert_eq!(found(&bench, &["harbour commission"]), [""; 0]);
    assert_eq!(found(&bench, &["harbour OR commission"]).len(), 2);
    assert_eq!(found(&bench, &["法律合规"]), ["mixed"]);
    assert_eq!(found(&bench, &["--has", "leftover"]), ["mixed"]);
    // Ranges of dates: September 2021 is in both, May 2020 in neither.
    let mut dated = found(&bench, &["--from", "2021-09-20", "--to", "2021-12"]);
    dated.sort();
    assert_eq!(dated, ["china", "ru"]);
    assert_eq!(found(&bench, &["--to", "2020"]), ["en"]);
    assert_eq!(found(&bench, &["--from", "2020-06", "--to", "2021-08-31"]), [""; 0]);
    assert_eq!(found(&bench, &["commission", "--type", "organization"]), ["china"]);
    assert_eq!(found(&bench, &["harbour", "--type", "regulator", "--entity", "iso:CN"]), [""; 0]);
    assert_eq!(search(&bench, &["--source", "a.jsonl", "--limit", "3"]).1["total"], 9);
    let first = found(&bench, &["--limit", "4"]);
    let second = found(&bench, &["--limit", "4", "--offset", "4"]);
    assert!(first.len() == 4 && second.iter().all(|one| !first.contains(one)));

    let (_, answer) = search(&bench, &["--facets"]);
    let languages = answer["facets"]["language"].as_array().unwrap();
    assert!(languages.contains(&json!(["ru", 2])) && languages.contains(&json!(["zh", 1])), "{languages:?}");
    assert!(answer["facets"]["year"].as_array().unwrap().contains(&json!([2021, 2])));
    let entity = answer["facets"]["entity"][0][0].as_str().unwrap().to_owned();
    assert!(!found(&bench, &["--entity", &entity]).is_empty());

    let hit = search(&bench, &["жалоба"]).1["hits"][0].clone();
    let snippet: Vec<char> = hit["snippet"].as_str().unwrap().chars().collect();
    let [from, to] = [0, 1].map(|at| hit["highlights"][0][at].as_u64().unwrap() as usize);
    assert_eq!(snippet[from..to].iter().collect::<String>(), "жалобы");
    let text = bench.recensio(&["search", "жалоба", "--index", "out/index"]);
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(text.contains("подали ⟦жалобы⟧ на") && text.ends_with("1 found\n"), "{text}");
}

/// Whatever stands in a text of a script without blanks is found, where the dictionary cuts a word of it and where it does not.
#[test]
fn what_stands_in_a_text_is_found_however_words_are_cut() {
    let bench = Bench::new();
    let mut all = texts();
    all.insert("ko".to_owned(), "항만청은 섬 주민들의 불만을 듣고 여객선 시간표를 다시 짰다고 밝혔다.".to_owned());
    corpus(&bench, &all);
    assert_eq!(index(&bench, &["-q"]).0, 0);
    let ask = |query: String| {
        let question = Question { query: Some(format!("\"{query}\"")), limit: 20, ..Question::default() };
        recensio::feed::index::search(&bench.path("out/index"), &question).unwrap()
    };
    let mut asked = 0;
    for language in ["zh", "ja", "th", "ko"] {
        let text = &all[language];
        for run in text.split(|c: char| !c.is_alphabetic() && !('\u{e00}'..'\u{e80}').contains(&c)) {
            let letters: Vec<char> = run.chars().collect();
            for length in [1, 2, 3, 5, 9] {
                for part in letters.windows(length).step_by(length.div_ceil(2)) {
                    let part: String = part.iter().collect();
                    let answer = ask(part.clone());
                    let hit = answer.hits.iter().find(|hit| hit.document == language);
                    let hit = hit.unwrap_or_else(|| panic!("{language}: {part}"));
                    let snippet: Vec<char> = hit.snippet.chars().collect();
                    let marked = |[from, to]: &[usize; 2]| snippet[*from..*to].iter().collect::<String>();
                    assert!(hit.highlights.iter().any(|one| marked(one).contains(&part)), "{part}: {hit:?}");
                    asked += 1;
                }
            }
        }
    }
    assert!(asked > 300, "{asked}");
    // Letters that do not stand together are not found, nor across a mark of punctuation; words between letters must be there.
    for (query, documents) in [
        ("业部".to_owned(), 0),
        ("办法，沿海".to_owned(), 1),
        ("法沿".to_owned(), 0),
        ("年底2021".to_owned(), 0),
        ("ｶﾞｲﾄﾞ".to_owned(), 0),
    ] {
        assert_eq!(ask(query.clone()).total, documents, "{query}");
    }
    // The word is better than a part of a longer one.
    all.insert(
        "part".to_owned(),
        "东京都政府的企业家协会上周在港口举行了一次会议，没有人记录会上说了什么。".to_owned(),
    );
    corpus(&bench, &all);
    assert_eq!(index(&bench, &["-q"]).0, 0);
    assert_eq!(found(&bench, &["企业"]), ["zh", "part"]);
    assert_eq!(found(&bench, &["京都"]), ["part"]);
    assert_eq!(found(&bench, &["企业 -东京"]), ["zh"]);
}

/// What a text, a title or a name holds moves nothing on a terminal, and what is asked cannot make a search fail in another way than it says.
#[test]
fn hostile_texts_and_queries() {
    let bench = Bench::new();
    corpus(&bench, &texts());
    let line = |id: &str, title: &str, text: &str| {
        let mut line: Value = serde_json::from_str(bench.text("corpus.jsonl").lines().last().unwrap()).unwrap();
        for (name, value) in [("id", id), ("title", title), ("text", text)] {
            line[name] = json!(value);
        }
        line["url"] = Value::Null;
        let end = text.chars().count();
        line["passages"] = json!([{ "id": "p1", "kind": "paragraph", "span": [0, end], "source": [0, end], "language": "en", "sentences": [[0, end]] }]);
        for layer in ["dropped", "entities", "dates", "leftovers"] {
            line[layer] = json!([]);
        }
        line.to_string() + "\n"
    };
    let escapes = "Ferry \u{1b}[2J\u{1b}]0;title\u{7} notice\u{9b}31m of \u{202e}evil\u{2066} clerks\r\u{8}\u{feff}.";
    let persian = "کارکنان بندر می‌خواهند برنامهٔ تازه را ببینند (MV Ferry 7).";
    let more = line("esc\u{1b}[1m", "A \u{9b}1m title\u{202e}", escapes) + &line("fa", "", persian);
    let mut file = fs::OpenOptions::new().append(true).open(bench.path("out/corpus.jsonl")).unwrap();
    file.write_all(more.as_bytes()).unwrap();
    assert_eq!(index(&bench, &["-q"]).0, 0);
    for format in ["text", "json"] {
        let output =
            bench.recensio(&["search", "--index", "out/index", "--facets", "--format", format, "notice OR می‌خواهند"]);
        let said = String::from_utf8(output.stdout).unwrap();
        let moves =
            |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!said.contains(moves), "{said:?}");
        assert!(said.contains("clerks") && said.contains("ببینند"), "{said}");
    }
    let text = bench.recensio(&["search", "--index", "out/index", "notice"]);
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(text.contains("\\u{1b}[2J\\u{1b}]0;title\\u{7} ⟦notice⟧\\u{9b}31m of \\u{202e}evil"), "{text}");
    assert!(text.starts_with("1. esc\\u{1b}[1m ("), "{text}");
    // As JSON it is what it was.
    assert_eq!(search(&bench, &["notice"]).1["hits"][0]["document"], "esc\u{1b}[1m");

    // Right to left: places are code points in the order of the text, and what is spelt with a joiner keeps it.
    for (query, id, expected) in
        [("ملاحظات", "ar", "ملاحظاتهم"), ("می‌خواهند", "fa", "می‌خواهند"), ("ferry", "fa", "Ferry")]
    {
        let answer = search(&bench, &[query]).1;
        let hit = answer["hits"].as_array().unwrap().iter().find(|hit| hit["document"] == id).unwrap().clone();
        let snippet: Vec<char> = hit["snippet"].as_str().unwrap().chars().collect();
        let [from, to] = [0, 1].map(|at| hit["highlights"][0][at].as_u64().unwrap() as usize);
        assert_eq!(snippet[from..to].iter().collect::<String>(), expected, "{hit}");
    }
    let text = bench.recensio(&["search", "--index", "out/index", "می‌خواهند"]);
    assert!(String::from_utf8(text.stdout).unwrap().contains("بندر ⟦می‌خواهند⟧ برنامهٔ"));

    for (query, code) in [
        ("\"", 2),
        ("«ferry", 2),
        ("ferry \"", 2),
        ("AND", 2),
        ("OR OR", 2),
        ("( )", 2),
        ("NOT", 2),
        ("\"\"", 1),
        ("... !!! ;--", 1),
        ("\u{202e}\u{1b}]", 1),
        ("text_en:ferry^9 OR id:* [a TO b]", 1),
        ("'; DROP TABLE recensio; --", 1),
        ("ferry*", 0),
        ("NOT NOT ferry", 0),
    ] {
        let output = bench.recensio(&["search", "--index", "out/index", query]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{query}: {said}");
        assert_eq!(said.starts_with("error: at character "), code == 2, "{query}: {said}");
        assert!(!said.contains('\u{1b}'), "{said}");
    }
    let long = |word: &str| word.repeat(30_000 / word.len());
    for query in [long("ferry "), long("a OR "), long("\"法律\" "), long("("), long("法"), long("- ")] {
        let started = Instant::now();
        let output = bench.recensio(&["search", "--index", "out/index", &query]);
        assert_eq!(output.status.code(), Some(if query.contains('法') && !query.contains('"') { 1 } else { 2 }));
        assert!(output.stderr.len() < 200 && started.elapsed() < Duration::from_secs(20));
    }
    let most = "Beschwerde ".repeat(900);
    assert_eq!(found(&bench, &[&most]), ["de"]);
}

#[test]
fn a_run_brings_its_index_up_to_date() {
    let bench = Bench::new();
    let mut all = texts();
    corpus(&bench, &all);
    let toml =
        "input = [\"in\"]\noutput = \"out\"\nunit = \"passage\"\n[run]\nindex = true\n[index]\nmemory = \"64M\"\n";
    fs::write(bench.path("recensio.toml"), toml).unwrap();
    let said = |args: &[&str]| String::from_utf8(bench.recensio(args).stderr).unwrap();
    // There is a corpus already.
    assert!(said(&[]).contains("out/index: generation 1, 7 written, 0 deleted, 0 unchanged\n"));
    assert!(said(&[]).contains("out/index: generation 1, nothing has changed, 7 unchanged\n"));
    all.remove("en");
    corpus(&bench, &all);
    assert_eq!(found(&bench, &["complaint"]), [""; 0]);
    assert!(said(&["index"]).contains("out/index: generation 2, nothing has changed, 6 unchanged\n"));
    // Of the wrong unit: before the work.
    fs::remove_file(bench.path("out/run.json")).unwrap();
    assert!(said(&["--unit", "document"]).contains("it is of --unit passage"));
    assert!(!bench.path("out/run.json").exists());
    assert!(!said(&["--index=false"]).contains("out/index"));
}

#[test]
fn what_cannot_be_asked_or_made_is_said() {
    let bench = Bench::new();
    corpus(&bench, &texts());
    let said = |args: &[&str]| {
        let output = bench.recensio(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(said(&["search", "a", "--index", "out/index"]).contains("make it with recensio index"));
    assert!(said(&["index", "out", "-o", "out"]).contains("name an empty one with -o"));
    assert!(said(&["index", "nothing"]).contains("run recensio first") && !bench.path("nothing").exists());
    assert_eq!(index(&bench, &["-q", "--unit", "passage"]).0, 0);
    assert!(said(&["index", "out"]).contains("it is of --unit passage"));
    assert!(
        said(&["search", "a \"b", "--index", "out/index"])
            .contains("at character 3 of the query: the quote is not closed")
    );
    assert!(said(&["search", "--from", "2021-13"]).contains("give a day, month or year"));
    assert!(said(&["search", "--from", "2022", "--to", "2021"]).contains("--from is after --to"));
    // Another writer.
    let held = Index::open_in_dir(bench.path("out/index")).unwrap();
    let writer: IndexWriter = held.writer_with_num_threads(1, 15_000_000).unwrap();
    assert!(said(&["index", "out", "--unit", "passage"]).contains("another recensio index is writing to it"));
    assert_eq!(found(&bench, &["complaint"]), ["en"]);
    drop(writer);
    assert_eq!(index(&bench, &["-q", "--unit", "passage"]).0, 0);
}

#[test]
fn a_kill_leaves_the_old_index_and_the_next_run_goes_on() {
    let bench = Bench::new();
    corpus(&bench, &texts());
    assert_eq!(index(&bench, &["-q"]).0, 0);
    // Many more units, as lines of a corpus.
    let line: Value = serde_json::from_str(bench.text("corpus.jsonl").lines().last().unwrap()).unwrap();
    let mut lines = bench.text("corpus.jsonl");
    for n in 0..4000 {
        let mut more = line.clone();
        (more["id"], more["url"]) = (json!(format!("n{n}")), Value::Null);
        lines.push_str(&format!("{more}\n"));
    }
    fs::write(bench.path("out/corpus.jsonl"), lines).unwrap();
    for wait in [20, 60, 150, 300] {
        let mut child = Command::new(support::program())
            .args(["index", "out", "-q"])
            .current_dir(bench.folder.path())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
        let total = search(&bench, &[]).1["total"].as_u64().unwrap();
        assert!(total == 7 || total == 4007, "{total}");
    }
    assert_eq!(index(&bench, &["-q"]).0, 0);
    assert_eq!(search(&bench, &[]).1["total"], 4007);
    assert!(index(&bench, &[]).1.contains("nothing has changed, 4007 unchanged"));
}

/// A program that knows the files of a feed: upserts and deletes as they say, each by its generation.
struct Loader {
    index: Index,
    writer: IndexWriter,
}

impl Loader {
    fn new(feed: &Path) -> Self {
        let schema: Schema = serde_json::from_slice(&fs::read(feed.join("schema.json")).unwrap()).unwrap();
        let index = Index::create_in_ram(schema);
        register(&index);
        let writer = index.writer_with_num_threads(1, 15_000_000).unwrap();
        Self { index, writer }
    }

    fn below(&self, id: &str, generation: i64) -> Box<dyn Query> {
        let schema = self.index.schema();
        let (name, number) = (schema.get_field("id").unwrap(), schema.get_field("generation").unwrap());
        let id = TermQuery::new(Term::from_field_text(name, id), IndexRecordOption::Basic);
        let end = std::ops::Bound::Excluded(Term::from_field_i64(number, generation));
        Box::new(BooleanQuery::new(vec![
            (Occur::Must, Box::new(id)),
            (Occur::Must, Box::new(RangeQuery::new(std::ops::Bound::Unbounded, end))),
        ]))
    }

    fn load(&mut self, feed: &Path) {
        let lines = |stem: &str| {
            let text = fs::read_to_string(feed.join(format!("{stem}-00001.jsonl"))).unwrap_or_default();
            text.lines().map(str::to_owned).collect::<Vec<_>>()
        };
        for line in lines("upserts") {
            let record: Value = serde_json::from_str(&line).unwrap();
            let (id, generation) = (record["id"].as_str().unwrap(), record["generation"].as_i64().unwrap());
            self.writer.delete_query(self.below(id, generation)).unwrap();
            self.writer.commit().unwrap();
            let searcher = self.index.reader().unwrap().searcher();
            // What is as new or newer stays.
            if searcher.search(&*self.below(id, i64::MAX), &Count).unwrap() == 0 {
                self.writer.add_document(TantivyDocument::parse_json(&self.index.schema(), &line).unwrap()).unwrap();
            }
        }
        self.writer.commit().unwrap();
        for line in lines("deletes") {
            let delete: Value = serde_json::from_str(&line).unwrap();
            let query = self.below(delete["id"].as_str().unwrap(), delete["generation_below"].as_i64().unwrap());
            self.writer.delete_query(query).unwrap();
        }
        self.writer.commit().unwrap();
    }

    fn find(&self, language: &str, words: &str) -> Vec<String> {
        let schema = self.index.schema();
        let field = schema.get_field(&format!("text_{language}")).unwrap();
        let query = QueryParser::for_index(&self.index, vec![field]).parse_query(words).unwrap();
        let searcher = self.index.reader().unwrap().searcher();
        let found = searcher.search(&query, &DocSetCollector).unwrap();
        let id = |address| {
            let document: TantivyDocument = searcher.doc(address).unwrap();
            document.get_first(schema.get_field("document").unwrap()).unwrap().as_str().unwrap().to_owned()
        };
        found.into_iter().map(id).collect()
    }

    fn count(&self) -> u64 {
        self.index.reader().unwrap().searcher().num_docs()
    }
}

#[test]
fn the_tantivy_feed_is_what_tantivy_takes() {
    let bench = Bench::new();
    let feed = |n: usize| {
        let (to, before) = (format!("f{n}"), format!("f{}/manifest.jsonl", n - 1));
        let mut args = vec!["feed", "out", "--to", "tantivy", "-o", &to, "-q"];
        if n > 1 {
            args.extend(["--since", &before]);
        }
        assert!(bench.recensio(&args).status.success());
        bench.path(&to)
    };
    let mut all = texts();
    corpus(&bench, &all);
    let one = feed(1);
    let mut loader = Loader::new(&one);
    loader.load(&one);
    assert_eq!(loader.count(), 7);
    for (language, _, word) in TEXTS {
        assert_eq!(loader.find(language, word), [language], "{word}");
    }
    loader.load(&one);
    assert_eq!(loader.count(), 7);

    let thai = all.remove("th").unwrap();
    all.insert("de".to_owned(), TEXTS[5].1.replace("Beschwerden", "Vorschläge"));
    corpus(&bench, &all);
    let two = feed(2);
    loader.load(&two);
    assert_eq!((loader.count(), loader.find("de", "Beschwerde").len(), loader.find("th", "ประชาชน").len()), (6, 0, 0));

    all.insert("th".to_owned(), thai);
    corpus(&bench, &all);
    loader.load(&feed(3));
    assert_eq!(loader.find("th", "ประชาชน"), ["th"]);
    // A delete and texts that come late.
    loader.load(&two);
    loader.load(&one);
    assert_eq!((loader.count(), loader.find("th", "ประชาชน").len(), loader.find("de", "Beschwerde").len()), (7, 1, 0));

    let four = feed(4);
    assert!(
        !fs::read_dir(&four).unwrap().any(|entry| entry
            .unwrap()
            .file_name()
            .to_string_lossy()
            .ends_with("-00001.jsonl"))
    );
    loader.load(&four);
    assert_eq!(loader.count(), 7);
}
