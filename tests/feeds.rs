//! Feeds: the shapes that engines document, ids, what changes from feed to feed, limits of size. Engines that take them: `tests/feeds/run`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test may end by panic"
)]

mod support;

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Value, json};
use support::Bench;

const ENGINES: [&str; 10] = [
    "opensearch",
    "elasticsearch",
    "meilisearch",
    "typesense",
    "vespa",
    "solr",
    "sqlite",
    "postgres",
    "groonga",
    "tantivy",
];

/// Letters that some format could stumble over: quotes, backslashes, line ends of all kinds, the end of a Vespa id, of an SQL text, of an array.
const AWKWARD: &str =
    "Das Amt sagte \"nein\" — c:\\temp\\'; DROP TABLE recensio; --\u{2028} and $$ :name \\. \\x ]} %26 & <b> 🙂.";

fn bench(documents: &[Value]) -> Bench {
    let lines: Vec<String> = documents.iter().map(Value::to_string).collect();
    let bench = Bench::with(&[("a.jsonl", lines.join("\n").as_bytes())]);
    assert_eq!(bench.run(&["-q"]).0, 0);
    bench
}

fn sample() -> Vec<Value> {
    vec![
        json!({ "id": "de", "url": "HTTPS://Example.org:443/a/../b%7ec?utm_source=x&q=1#top", "date": "2022-03-04T10:00:00Z",
            "text": format!("{AWKWARD}\n\nDie Bundesnetzagentur untersagte im Mai 2021 den Verkauf solcher Geräte in ganz Deutschland.") }),
        json!({ "id": "ru", "text": "Национальная комиссия развития и реформ приняла решение в сентябре 2021 года.\n\nОн работает в области法律合规 в крупной компании и пишет об этом каждый день." }),
        json!({ "id": "zh", "url": "https://example.org/zh", "text": "国家发展和改革委员会于2021年9月发布了关于整治虚拟货币挖矿活动的通知，要求各地加强监管。" }),
    ]
}

fn feed(bench: &Bench, args: &[&str]) -> String {
    let output = bench.recensio(&[&["feed", "out"], args].concat());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{args:?}: {said}");
    said
}

fn read(bench: &Bench, path: &str) -> String {
    fs::read_to_string(bench.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn names(bench: &Bench, folder: &str) -> BTreeSet<String> {
    fs::read_dir(bench.path(folder)).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn json_lines(text: &str) -> Vec<Value> {
    assert!(text.ends_with('\n') && !text.contains("\n\n"));
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_engine_has_its_files_and_an_unchanged_rerun_writes_none() {
    let bench = bench(&sample());
    for engine in ENGINES {
        feed(&bench, &["--to", engine, "-o", engine]);
        assert!(names(&bench, engine).iter().any(|name| name.starts_with("upserts")), "{engine}");
        let since = format!("{engine}/manifest.jsonl");
        let again = format!("{engine}-again");
        let said = feed(&bench, &["--to", engine, "-o", &again, "--since", &since]);
        assert!(said.contains("generation 1, 0 to write, 0 to delete, 3 unchanged"), "{said}");
        let records = |name: &String| name.starts_with("upserts") || name.starts_with("deletes");
        assert!(!names(&bench, &again).iter().any(records), "{engine}");
        assert_eq!(read(&bench, &since), read(&bench, &format!("{again}/manifest.jsonl")));
        // The whole feed once more gives the same bytes.
        let before: Vec<_> =
            names(&bench, engine).iter().map(|name| read(&bench, &format!("{engine}/{name}"))).collect();
        feed(&bench, &["--to", engine, "-o", engine]);
        let after: Vec<_> =
            names(&bench, engine).iter().map(|name| read(&bench, &format!("{engine}/{name}"))).collect();
        assert_eq!(before, after, "{engine}");
    }
}

#[test]
fn bulk_is_actions_and_sources_with_versions() {
    let bench = bench(&sample());
    for engine in ["opensearch", "elasticsearch"] {
        feed(&bench, &["--to", engine, "-o", "f"]);
        let lines = json_lines(&read(&bench, "f/upserts-00001.ndjson"));
        assert_eq!(lines.len(), 6);
        for pair in lines.chunks(2) {
            let action = pair[0]["index"].as_object().unwrap();
            assert_eq!(
                action.keys().map(String::as_str).collect::<BTreeSet<_>>(),
                ["_id", "_index", "version", "version_type"].into()
            );
            assert_eq!((action["version"].as_u64(), action["version_type"].as_str()), (Some(1), Some("external_gte")));
            assert_eq!(action["_id"], pair[1]["id"]);
        }
        // By RFC 3986 and without marks of campaigns; a document without an address has its name.
        assert_eq!(lines[1]["id"], "https://example.org/b~c?q=1");
        assert_eq!(lines[3]["id"], "ru");
        assert!(lines[1]["text_de"].as_str().unwrap().contains("c:\\temp\\'; DROP TABLE"));
        assert_eq!(lines[1]["date"], "2022-03-04");
        assert_eq!(lines[1]["dates"], json!([{ "gte": "2021-05-01", "lt": "2021-06-01" }]));
        assert_eq!(lines[3]["leftovers"], 1);
        assert!(
            lines[3]["entities"].as_array().unwrap().iter().any(|entity| entity["type"] == "regulator"),
            "{}",
            lines[3]
        );
        assert_eq!((lines[5]["language"].as_str(), lines[5]["text_zh"].is_string()), (Some("zh"), true));
        // Each field that is sent is one that the mapping, which is strict, has; each analyser is built in or defined.
        let index: Value = serde_json::from_str(&read(&bench, "f/index.json")).unwrap();
        let mapped = &index["mappings"]["properties"];
        assert_eq!(index["mappings"]["dynamic"], "strict");
        for source in lines.iter().skip(1).step_by(2) {
            for (name, _) in source.as_object().unwrap() {
                assert!(mapped.get(name).is_some(), "{name}");
            }
            for entity in source["entities"].as_array().into_iter().flatten() {
                for (name, _) in entity.as_object().unwrap() {
                    assert!(mapped["entities"]["properties"].get(name).is_some(), "{name}");
                }
            }
        }
        let analyser = |code: &str| mapped[format!("text_{code}")]["analyzer"].as_str().unwrap().to_owned();
        assert_eq!(
            ["ru", "zh", "ja", "th", "ar", "de", "en"].map(analyser),
            ["russian", "cjk", "cjk", "thai", "arabic", "german", "english"]
        );
        assert!(index["settings"]["analysis"]["analyzer"].get(analyser("km")).is_some());
    }
}

#[test]
fn other_shapes_are_those_of_their_engines() {
    let bench = bench(&sample());
    for engine in ENGINES {
        feed(&bench, &["--to", engine, "-o", engine]);
    }
    let hex = |id: &Value| id.as_str().is_some_and(|id| id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit()));
    let meilisearch = json_lines(&read(&bench, "meilisearch/upserts-00001.jsonl"));
    let settings: Value = serde_json::from_str(&read(&bench, "meilisearch/settings.json")).unwrap();
    assert!(meilisearch.iter().all(|document| hex(&document["key"]) && document["months"].is_array()));
    assert_eq!(meilisearch[0]["months"], json!([202_105]));
    assert!(
        settings["localizedAttributes"]
            .as_array()
            .unwrap()
            .contains(&json!({ "locales": ["jpn"], "attributePatterns": ["*_ja"] }))
    );

    let typesense = json_lines(&read(&bench, "typesense/upserts-00001.jsonl"));
    let collection: Value = serde_json::from_str(&read(&bench, "typesense/collection.json")).unwrap();
    let fields = collection["fields"].as_array().unwrap();
    for document in &typesense {
        assert!(hex(&document["id"]));
        for field in fields.iter().filter(|field| field["optional"] != json!(true)) {
            let value = &document[field["name"].as_str().unwrap()];
            let right = match field["type"].as_str().unwrap() {
                "string" => value.is_string(),
                "string[]" | "int32[]" => value.is_array(),
                "int32" | "int64" => value.is_u64(),
                other => panic!("{other}"),
            };
            assert!(right, "{field} {value}");
        }
        for (name, _) in document.as_object().unwrap() {
            assert!(name == "id" || fields.iter().any(|field| field["name"] == *name), "{name}");
        }
    }
    let locale = |name: &str| fields.iter().find(|field| field["name"] == name).unwrap().clone();
    assert_eq!((locale("text_ru")["locale"].as_str(), locale("text_ru")["stem"].as_bool()), (Some("ru"), Some(true)));

    let vespa = json_lines(&read(&bench, "vespa/upserts-00001.jsonl"));
    let schema = read(&bench, "vespa/schema.sd");
    for operation in &vespa {
        assert!(operation["put"].as_str().unwrap().starts_with("id:recensio:recensio::"), "{operation}");
        assert_eq!(
            (operation["create"].as_bool(), operation["condition"].as_str()),
            (Some(true), Some("recensio.generation <= 1"))
        );
        for (name, _) in operation["fields"].as_object().unwrap() {
            assert!(schema.contains(&format!("field {name} type ")), "{name}");
        }
    }
    assert!(vespa[2]["fields"]["text_unspaced"].is_string());

    let solr: Value = serde_json::from_str(&read(&bench, "solr/upserts-00001.json")).unwrap();
    let schema: Value = serde_json::from_str(&read(&bench, "solr/schema.json")).unwrap();
    let (types, fields) = (schema["add-field-type"].as_array().unwrap(), schema["add-field"].as_array().unwrap());
    let typed =
        |name: &str| types.iter().any(|kind| kind["name"] == name) || ["string", "pint", "plong"].contains(&name);
    assert!(fields.iter().all(|field| typed(field["type"].as_str().unwrap())));
    for document in solr.as_array().unwrap() {
        for (name, value) in document.as_object().unwrap() {
            let field = fields.iter().find(|field| field["name"] == *name);
            assert!(
                name == "id" || field.is_some_and(|field| value.is_array() == (field["multiValued"] == true)),
                "{name}"
            );
        }
    }
    assert_eq!(solr[0]["dates"], json!(["[2021-05-01 TO 2021-05-31]"]));

    let groonga: Value = serde_json::from_str(&read(&bench, "groonga/upserts-00001.json")).unwrap();
    assert_eq!(groonga[1]["_key"], "ru");
    assert!(read(&bench, "groonga/schema.grn").lines().all(|line| line.starts_with("/d/") && !line.contains(' ')));

    let sql = read(&bench, "sqlite/upserts.sql");
    assert!(sql.starts_with("BEGIN;\n") && sql.ends_with("\nCOMMIT;\n"));
    assert!(sql.contains("c:\\temp\\''; DROP TABLE recensio; --"));
    assert!(read(&bench, "postgres/upserts.sql").contains("ARRAY['german']::regconfig[]"));

    let tantivy = json_lines(&read(&bench, "tantivy/upserts-00001.jsonl"));
    let schema: Value = serde_json::from_str(&read(&bench, "tantivy/schema.json")).unwrap();
    for document in &tantivy {
        for (name, _) in document.as_object().unwrap() {
            assert!(schema.as_array().unwrap().iter().any(|field| field["name"] == *name), "{name}");
        }
    }
}

#[test]
fn only_what_has_changed_is_written_and_a_delete_spares_what_came_later() {
    let mut documents = sample();
    let bench = bench(&documents);
    let rerun = |documents: &[Value]| {
        let lines: Vec<String> = documents.iter().map(Value::to_string).collect();
        bench.write("a.jsonl", lines.join("\n").as_bytes());
        assert_eq!(bench.run(&["-q"]).0, 0);
    };
    feed(&bench, &["--to", "opensearch", "-o", "1"]);
    let gone = documents.remove(2);
    documents[1]["text"] = json!("Национальная комиссия развития и реформ отменила решение в октябре 2021 года.");
    documents.push(json!({ "id": "en", "text": "The Federal Trade Commission fined the company in June 2023 for what it had said." }));
    rerun(&documents);
    for engine in ENGINES {
        let said = feed(&bench, &["--to", engine, "-o", &format!("2-{engine}"), "--since", "1/manifest.jsonl"]);
        assert!(said.contains("generation 2, 2 to write, 1 to delete, 1 unchanged"), "{said}");
    }
    let bulk = json_lines(&read(&bench, "2-opensearch/upserts-00001.ndjson"));
    assert_eq!(
        bulk.iter().step_by(2).map(|line| line["index"]["version"].as_u64().unwrap()).collect::<Vec<_>>(),
        [2, 2]
    );
    let delete = json_lines(&read(&bench, "2-opensearch/deletes-00001.ndjson"));
    let id = "https://example.org/zh";
    assert_eq!(
        delete,
        [json!({ "delete": { "_index": "recensio", "_id": id, "version": 2, "version_type": "external" } })]
    );
    let filter =
        json_lines(&read(&bench, "2-meilisearch/deletes-00001.jsonl"))[0]["filter"].as_str().unwrap().to_owned();
    assert!(filter.starts_with("key IN [") && filter.ends_with("] AND generation < 2"), "{filter}");
    assert!(read(&bench, "2-typesense/deletes-00001.txt").trim_end().ends_with("] && generation:<2"));
    let vespa = json_lines(&read(&bench, "2-vespa/deletes-00001.jsonl"));
    assert_eq!(
        vespa,
        [json!({ "remove": format!("id:recensio:recensio::{id}"), "condition": "recensio.generation < 2" })]
    );
    assert_eq!(json_lines(&read(&bench, "2-solr/deletes-00001.jsonl")), [json!({ "delete": [id] })]);
    assert!(read(&bench, "2-solr/load.sh").contains("del_version=2"));
    for engine in ["sqlite", "postgres"] {
        let sql = read(&bench, &format!("2-{engine}/deletes.sql"));
        assert!(sql.contains(&format!("DELETE FROM recensio WHERE generation < 2 AND id IN ('{id}');")), "{sql}");
    }
    assert!(read(&bench, "2-groonga/deletes-00001.grn").contains("generation%20%3C%202"));
    assert_eq!(
        json_lines(&read(&bench, "2-tantivy/deletes-00001.jsonl")),
        [json!({ "id": id, "generation_below": 2 })]
    );
    // What was gone comes again: it is of a later generation than the delete, although its content is what it was.
    documents.push(gone);
    rerun(&documents);
    feed(&bench, &["--to", "opensearch", "-o", "3", "--since", "2-opensearch/manifest.jsonl"]);
    let bulk = json_lines(&read(&bench, "3/upserts-00001.ndjson"));
    assert_eq!(
        (bulk.len(), bulk[0]["index"]["_id"].as_str(), bulk[0]["index"]["version"].as_u64()),
        (2, Some(id), Some(3))
    );
    // A whole feed goes on from the manifest that stands in its folder.
    feed(&bench, &["--to", "opensearch", "-o", "3"]);
    let versions: Vec<_> = json_lines(&read(&bench, "3/upserts-00001.ndjson"))
        .iter()
        .step_by(2)
        .map(|line| line["index"]["version"].as_u64().unwrap())
        .collect();
    assert_eq!(versions, [1, 2, 2, 3]);
}

#[test]
fn a_passage_is_a_unit_of_its_own() {
    let bench = bench(&sample());
    feed(&bench, &["--to", "elasticsearch", "-o", "f", "--unit", "passage"]);
    let lines = json_lines(&read(&bench, "f/upserts-00001.ndjson"));
    let sources: Vec<&Value> = lines.iter().skip(1).step_by(2).collect();
    let ids: Vec<&str> = sources.iter().map(|source| source["id"].as_str().unwrap()).collect();
    let de = "https://example.org/b~c?q=1";
    // U+2028 parts a line, and passages, of plain text.
    assert_eq!(
        ids,
        [&format!("{de}#p1"), &format!("{de}#p2"), &format!("{de}#p3"), "ru#p1", "ru#p2", "https://example.org/zh#p1"]
    );
    assert_eq!([&sources[3]["leftovers"], &sources[4]["leftovers"]], [&json!(0), &json!(1)]);
    assert_eq!((sources[0].get("dates"), sources[2]["dates"][0]["gte"].as_str()), (None, Some("2021-05-01")));
    assert_eq!(
        sources[2]["text_de"],
        "Die Bundesnetzagentur untersagte im Mai 2021 den Verkauf solcher Geräte in ganz Deutschland."
    );
    // Whatever positions are counted in.
    assert_eq!(bench.run(&["-q", "--offsets", "utf16"]).0, 0);
    let said = feed(&bench, &["--to", "solr", "-o", "g", "--unit", "passage", "--since", "f/manifest.jsonl"]);
    assert!(said.contains("0 to write, 0 to delete, 6 unchanged"), "{said}");
    let other = bench.recensio(&["feed", "out", "--to", "solr", "-o", "h", "--since", "f/manifest.jsonl"]);
    assert_eq!(other.status.code(), Some(2));
    assert!(String::from_utf8(other.stderr).unwrap().contains("it is of --unit passage"));
    assert!(!bench.path("h/manifest.jsonl").exists());
}

#[test]
fn files_are_no_longer_than_they_may_be_and_lines_are_never_cut() {
    let documents: Vec<Value> = (0..40)
        .map(|n| json!({ "id": format!("n{n}"), "text": format!("Report {n} of ward {} speaks of {}.", n * 7919, "the ferry and its harbour ".repeat(n * 2)) }))
        .collect();
    let bench = bench(&documents);
    for (engine, extension, frame) in [("opensearch", "ndjson", ""), ("solr", "json", "[\n"), ("vespa", "jsonl", "")] {
        let said = feed(&bench, &["--to", engine, "-o", engine, "--max-file-size", "1500"]);
        assert!(said.contains("longer than --max-file-size"), "{said}");
        let files: Vec<String> = names(&bench, engine).into_iter().filter(|name| name.starts_with("upserts")).collect();
        assert!(files.len() > 10 && files.iter().all(|name| name.ends_with(extension)), "{files:?}");
        let mut units = 0;
        for name in &files {
            let text = read(&bench, &format!("{engine}/{name}"));
            assert!(text.starts_with(frame));
            let records = match engine {
                "opensearch" => json_lines(&text).len() / 2,
                "solr" => serde_json::from_str::<Vec<Value>>(&text).unwrap().len(),
                _ => json_lines(&text).len(),
            };
            assert!(text.len() <= 1500 || records == 1, "{name}: {} bytes, {records} records", text.len());
            units += records;
        }
        assert_eq!(units, bench.lines("corpus.jsonl").len());
    }
    // A feed of fewer files leaves none of the feed before.
    feed(&bench, &["--to", "solr", "-o", "solr"]);
    assert_eq!(
        names(&bench, "solr"),
        ["load.sh", "manifest.jsonl", "processor.json", "schema.json", "upserts-00001.json"].map(str::to_owned).into()
    );
}

#[test]
fn two_documents_of_one_address_are_two() {
    let text = |n: u32| {
        format!(
            "The harbour board of ward {n} met on the ferry, and nobody but clerk {n} wrote down what was said there."
        )
    };
    let bench = bench(&[
        json!({ "id": "one", "url": "https://example.org/a", "text": text(7919) }),
        json!({ "id": "two", "url": "https://example.org/a#x", "text": "Никто не пришёл на собрание, и председатель закрыл его до обеда." }),
    ]);
    feed(&bench, &["--to", "solr", "-o", "f"]);
    let documents: Vec<Value> = serde_json::from_str(&read(&bench, "f/upserts-00001.json")).unwrap();
    let ids: Vec<_> = documents.iter().map(|document| document["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["https://example.org/a", "https://example.org/a#two"]);
}

#[test]
fn what_cannot_be_done_is_said() {
    let bench = bench(&sample());
    feed(&bench, &["--to", "solr", "-o", "f"]);
    let fails = |args: &[&str], with: &str| {
        let output = bench.recensio(&[&["feed", "out", "--to", "solr", "-o", "g"], args].concat());
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(with), "{said}");
        assert!(!bench.path("g/.part").exists() && !bench.path("g/manifest.jsonl").exists());
    };
    fails(&["--since", "nowhere.jsonl"], "cannot read the manifest nowhere.jsonl:1");
    fails(&["--since", "out/corpus.jsonl"], "name the manifest.jsonl of an earlier feed");
    fails(&["--since", "f/manifest.jsonl", "--generation", "1"], "not above that of the feed before, 1");
    fails(&["--name", "Robert'); --"], "small Latin letters");
    let cut: Vec<String> = read(&bench, "f/manifest.jsonl").lines().take(3).map(|line| format!("{line}\n")).collect();
    fs::write(bench.path("cut.jsonl"), cut.concat()).unwrap();
    fails(&["--since", "cut.jsonl"], "it was cut off");
    fs::write(bench.path("out/corpus.jsonl"), "{\"id\": 1}\n").unwrap();
    fails(&[], "line 1:");
}

#[test]
fn a_run_makes_its_feeds() {
    let mut documents = sample();
    let lines = |documents: &[Value]| documents.iter().map(Value::to_string).collect::<Vec<_>>().join("\n");
    let bench = Bench::with(&[("a.jsonl", lines(&documents).as_bytes())]);
    let (code, said) = bench.run(&["--feed", "opensearch,sqlite", "--feed", "sqlite", "--unit", "passage"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("out/feeds/sqlite: generation 1, 6 to write, 0 to delete, 0 unchanged"), "{said}");
    // The same as the command makes of the corpus.
    for engine in ["opensearch", "sqlite"] {
        feed(&bench, &["--to", engine, "-o", engine, "--unit", "passage"]);
        let (made, asked) = (format!("out/feeds/{engine}"), names(&bench, engine));
        assert_eq!(names(&bench, &made), asked);
        for name in asked {
            assert_eq!(read(&bench, &format!("{made}/{name}")), read(&bench, &format!("{engine}/{name}")), "{name}");
        }
    }
    // A run that has nothing to do makes what is not there yet.
    let (_, said) = bench.run(&["--feed", "solr", "--name", "articles"]);
    assert!(said.contains("out/feeds/solr: generation 1, 3 to write"), "{said}");
    assert!(read(&bench, "out/feeds/solr/load.sh").contains("/articles/"));
    // What has changed, for two engines; the manifest that is compared with is that of one of them.
    documents.remove(0);
    bench.write("a.jsonl", lines(&documents).as_bytes());
    let since = ["--since", "out/feeds/opensearch/manifest.jsonl", "--unit", "passage"];
    let (code, said) = bench.run(&[&["--feed", "opensearch,vespa"], &since[..]].concat());
    assert_eq!(code, 0, "{said}");
    for engine in ["opensearch", "vespa"] {
        assert!(said.contains(&format!("out/feeds/{engine}: generation 2, 0 to write, 3 to delete, 3 unchanged")));
    }
    let (_, said) = bench.run(&[&["--feed", "opensearch"], &since[..]].concat());
    assert!(said.contains("generation 2, 0 to write, 0 to delete, 3 unchanged"), "{said}");
    assert!(!names(&bench, "out/feeds/opensearch").iter().any(|name| name.contains("-0000")));
}

#[test]
fn a_run_says_before_its_work_that_a_feed_cannot_be_made() {
    let bench = Bench::with(&[("a.txt", b"The council met in May 2021 and adopted nothing.")]);
    for (args, with) in [
        (&["--feed", "solr", "--since", "nowhere.jsonl"][..], "cannot read the manifest nowhere.jsonl:1"),
        (&["--since", "nowhere.jsonl"], "--feed"),
        (&["--feed", "sorl"], "similar value exists: 'solr'"),
        (&["--feed", "solr", "--name", "A b"], "small Latin letters"),
    ] {
        let (code, said) = bench.run(args);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(with), "{said}");
        assert!(!bench.path("out").exists());
    }
    let dry = bench.recensio(&["run", "in", "-o", "out", "--feed", "solr,vespa", "--dry-run"]);
    let dry = String::from_utf8(dry.stdout).unwrap();
    assert!(
        dry.contains("would write    out/feeds/solr\n") && dry.contains("would write    out/feeds/vespa\n"),
        "{dry}"
    );
    assert!(!bench.path("out").exists());
}

#[test]
fn feeds_are_configured() {
    let bench = Bench::with(&[("a.txt", b"The council met in May 2021 and adopted nothing.")]);
    let toml = "input = [\"in\"]\noutput = \"corpus\"\nunit = \"passage\"\nname = \"articles\"\n[run]\nfeed = [\"opensearch\"]\n\
                [feed]\nto = \"groonga\"\n[profile.whole.run]\nfeed = [\"vespa\"]\n[profile.whole]\nunit = \"document\"\n";
    fs::write(bench.path("recensio.toml"), toml).unwrap();
    let said = |args: &[&str]| String::from_utf8(bench.recensio(args).stderr).unwrap();
    let run = said(&[]);
    assert!(run.contains("corpus/feeds/opensearch: generation 1, 1 to write"), "{run}");
    assert!(read(&bench, "corpus/feeds/opensearch/manifest.jsonl").contains("\"unit\":\"passage\""));
    assert!(read(&bench, "corpus/feeds/opensearch/load.sh").contains("/articles"));
    // The folder of the corpus is the same for all commands.
    assert!(said(&["feed"]).contains("corpus/feeds/groonga: generation 1, 1 to write"));
    assert!(said(&["--profile", "whole"]).contains("corpus/feeds/vespa: generation 1, 1 to write"));
    assert!(read(&bench, "corpus/feeds/vespa/manifest.jsonl").contains("\"unit\":\"document\""));
    assert!(!said(&["--feed="]).contains("feeds/"));
    for (text, with) in [
        ("feed = [\"solr\"]\n", "recensio.toml:1:1: feed is not the same for every command; write it under [run]"),
        ("[run]\nfeed = [\"sorl\"]\n", "recensio.toml:2:9: feed: there is no \"sorl\"; did you mean \"solr\"?"),
        ("[index]\nunits = \"passage\"\n", "there is no option \"units\" of index; did you mean \"unit\"?"),
    ] {
        fs::write(bench.path("recensio.toml"), text).unwrap();
        let said = said(&[]);
        assert!(said.contains(with), "{said}");
    }
}

#[cfg(not(feature = "index"))]
#[test]
fn a_build_without_an_index_says_how_to_get_it() {
    let bench = Bench::new();
    for args in [&["index", "out"][..], &["search", "word"], &["run", "in", "--index"]] {
        let output = bench.recensio(args);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(said.contains("build with `--features index`") && said.lines().count() == 1, "{said}");
    }
}
