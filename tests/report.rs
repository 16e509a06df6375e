//! The report: what it shows, that it is one safe page, and that nothing a document says becomes markup.
//! The pages made here are left in `target/tmp/report` for the test in a browser (`tests/browser`).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may end by panic"
)]

use std::collections::BTreeMap;
use std::path::Path;

use recensio::model::{LanguageTag, Message, Tongue};
use recensio::record::{
    Built, Conservation, Counts, DateEntry, Decision, Document, Dropped, EntityEntry, Finding, Foreign, Gloss,
    IssueEntry, Language, Leftover, MentionEntry, Meta, Numbered, Passage, RelationEntry, ResolvedEntry, Run,
    RunOptions, Source, SourceLanguage, Tag, Verdict,
};
use recensio::text::Span;
use recensio::text::place::{Ruler, Unit};
use recensio::write::report::{Article, Report, article, review};

/// A document to be shown, its annotations given by their words.
struct Draft<'a> {
    id: &'a str,
    title: Option<&'a str>,
    language: &'a str,
    passages: Vec<&'a str>,
    dropped: Vec<&'a str>,
    leftovers: Vec<&'a str>,
    /// Words, value, interval.
    dates: Vec<(&'a str, &'a str, Option<[&'a str; 2]>)>,
    /// Words, type, name.
    entities: Vec<(&'a str, &'static str, &'a str)>,
    relations: Vec<(Numbered, &'static str, Numbered)>,
    /// Words, severity, message.
    findings: Vec<(&'a str, &'a str, &'a str)>,
    foreign: Vec<&'a str>,
    unit: Unit,
}

impl Default for Draft<'_> {
    fn default() -> Self {
        Self {
            id: "a.txt",
            title: None,
            language: "en",
            passages: Vec::new(),
            dropped: Vec::new(),
            leftovers: Vec::new(),
            dates: Vec::new(),
            entities: Vec::new(),
            relations: Vec::new(),
            findings: Vec::new(),
            foreign: Vec::new(),
            unit: Unit::Chars,
        }
    }
}

impl Draft<'_> {
    /// Hands the record to `take`.
    fn record<T>(&self, take: impl FnOnce(&Document<'_>, &[Finding]) -> T) -> T {
        let text = self.passages.join("\n\n");
        let ruler = Ruler::new(&text, self.unit);
        let mut at = 0;
        let places: Vec<Span> = (self.passages.iter())
            .map(|passage| {
                let span = Span::new(at, at + passage.len());
                at = span.end() + 2;
                span
            })
            .collect();
        let find = |words: &str| {
            let start = text.find(words).unwrap_or_else(|| panic!("no {words:?} in the text"));
            let index = places.iter().position(|p| p.covers(start)).unwrap();
            (ruler.span(Span::new(start, start + words.len())), Numbered('p', index + 1))
        };
        let passages = places.iter().enumerate().map(|(index, span)| Passage {
            segment: None,
            id: Numbered('p', index + 1),
            kind: if index == 0 { "title" } else { "paragraph" },
            span: ruler.span(*span),
            source: ruler.span(*span),
            language: tag(self.language),
            sentences: vec![ruler.span(*span)],
            words: None,
        });
        let dropped = self.dropped.iter().enumerate().map(|(index, text)| Dropped {
            id: Numbered('d', index + 1),
            source: [ruler.length() + index * 10, ruler.length() + index * 10 + 9],
            reason: "repeat",
            rule: "repeat.exact",
            of: Some(Numbered('p', 1)),
            of_document: None,
            of_corpus: None,
            cluster: Some("c1"),
            similarity: Some(1.0),
            text,
        });
        let leftovers = self.leftovers.iter().enumerate().map(|(index, words)| {
            let (span, passage) = find(words);
            Leftover {
                id: Numbered('l', index + 1),
                span,
                source: span,
                text: words,
                language: tag("zh"),
                script: "Hani",
                passage,
                glued: true,
                confidence: 0.99,
                rule: "leftover.script",
                gloss: vec![Gloss { language: tag("en"), text: "legal compliance", from: "glossary" }],
            }
        });
        let dates = self.dates.iter().enumerate().map(|(index, (words, value, interval))| {
            let (span, passage) = find(words);
            DateEntry {
                id: Numbered('t', index + 1),
                span,
                source: span,
                text: words,
                passage,
                kind: if value.starts_with('P') && value.contains(char::is_numeric) { "DURATION" } else { "DATE" },
                value,
                modifier: None,
                edtf: interval.map(|_| *value),
                interval: *interval,
                calendar: "gregorian",
                resolved: ResolvedEntry {
                    how: if index == 0 { "explicit" } else { "anaphora" },
                    anchor: (index > 0).then_some(Numbered('t', 1)),
                    offset: None,
                },
                certainty: 0.95,
                alternatives: Vec::new(),
                rule: "date.test",
            }
        });
        let entities = self.entities.iter().enumerate().map(|(index, (words, kind, name))| {
            let (span, passage) = find(words);
            EntityEntry {
                id: Numbered('e', index + 1),
                kind,
                name,
                names: BTreeMap::from([("en", *name)]),
                ids: if *kind == "jurisdiction" { BTreeMap::from([("iso", "CN")]) } else { BTreeMap::new() },
                jurisdiction: Some("CN"),
                jurisdiction_inferred: false,
                citation: BTreeMap::new(),
                mentions: vec![MentionEntry {
                    span,
                    source: span,
                    text: words,
                    passage,
                    rule: "entity.test",
                    confidence: 0.9,
                }],
            }
        });
        let foreign = self.foreign.iter().map(|words| {
            let (span, passage) = find(words);
            Foreign {
                span,
                source: span,
                text: words,
                language: tag("en"),
                script: "Latn",
                passage,
                kind: "name",
                rule: "foreign.test",
            }
        });
        let findings: Vec<Finding> = (self.findings.iter().enumerate())
            .map(|(index, (words, severity, message))| Finding {
                id: format!("f{index}"),
                fingerprint: String::new(),
                segment: None,
                offsets: self.unit.name().to_owned(),
                document: self.id.to_owned(),
                rule: "proof.test".to_owned(),
                severity: (*severity).to_owned(),
                span: find(words).0,
                source: find(words).0,
                line: 1,
                column: 1,
                text: (*words).to_owned(),
                context: format!("before ⟦{words}⟧ after"),
                message: (*message).to_owned(),
                said: Message::default(),
                suggestions: vec![(*message).to_owned()],
            })
            .collect();
        let record = Document {
            format: "recensio/1",
            offsets: self.unit.name(),
            id: self.id,
            source: Source {
                path: self.id,
                member: None,
                media_type: "text/plain",
                encoding: "utf-8",
                encoding_how: "form",
                bytes: text.len() as u64,
                chars: text.chars().count(),
                blake3: "00",
                lossy: 0,
            },
            meta: Meta(&[]),
            title: self.title.map(Into::into),
            date: Some(self.id),
            url: Some(self.id),
            language: Language { code: tag(self.language), script: "Latn", confidence: 1.0 },
            source_language: Some(SourceLanguage { code: tag("zh"), confidence: 0.9, how: "leftovers" }),
            text: &text,
            passages: passages.collect(),
            dropped: dropped.collect(),
            leftovers: leftovers.collect(),
            foreign: (!self.foreign.is_empty()).then(|| foreign.collect()),
            entities: entities.collect(),
            relations: self
                .relations
                .iter()
                .map(|&(from, kind, to)| RelationEntry { kind, from, to, evidence: [0, 3] })
                .collect(),
            dates: dates.collect(),
            issues: vec![IssueEntry { kind: "encoding", message: self.id, source: None }],
        };
        take(&record, &findings)
    }

    fn article(&self) -> Article {
        self.record(|record, findings| article(record, findings, Tongue::English))
    }

    fn page(&self) -> String {
        page(vec![self.article()], &[])
    }
}

fn tag(text: &str) -> Tag {
    Tag(LanguageTag::literal(text))
}

fn run() -> Run {
    let counts = |pairs: &[(&str, u64)]| pairs.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect();
    Run {
        format: "recensio/1".to_owned(),
        version: "0.0.0".to_owned(),
        options: RunOptions {
            keep: "first".to_owned(),
            offsets: "chars".to_owned(),
            foreign: true,
            ..RunOptions::default()
        },
        rules: BTreeMap::from([("ru/timex.tsv".to_owned(), "0123abcd".to_owned())]),
        counts: Counts {
            documents: 3,
            documents_kept: 2,
            documents_removed: counts(&[("duplicate", 1)]),
            passages_kept: 4,
            passages_dropped: counts(&[("repeat.exact", 2)]),
            leftovers: counts(&[("zh", 1)]),
            entities: counts(&[("regulator", 1), ("law", 1), ("jurisdiction", 1), ("person", 1)]),
            dates: counts(&[("DATE", 2), ("DURATION", 1)]),
            findings: counts(&[("proof.test", 3)]),
            languages: counts(&[("ru", 1), ("en", 1)]),
            ..Counts::default()
        },
        brakes: Vec::new(),
        conservation: Conservation { read: 1000, kept: 700, dropped: 200, removed: 100, failed: 0 },
    }
}

fn built(view: Option<Article>, kept: bool, line: &str) -> Built<Article> {
    Built {
        line: line.as_bytes().to_vec(),
        kept,
        findings: Vec::new(),
        counts: Counts::default(),
        conservation: Conservation::default(),
        view,
        failure: None,
    }
}

fn page(articles: Vec<Article>, removed: &[&str]) -> String {
    let mut report = Report::default();
    for article in articles {
        report.add(&mut built(Some(article), true, "{}"));
    }
    for line in removed {
        report.add(&mut built(None, false, line));
    }
    report.page(&run())
}

/// Leaves a page where the test in a browser looks for it.
fn leave(name: &str, page: &str) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), page).unwrap();
}

/// The tags of a page: each is closed, in order, and none is opened that the templates do not have.
fn check_tags(page: &str) {
    const EMPTY: [&str; 3] = ["meta", "input", "!DOCTYPE"];
    const KNOWN: [&str; 60] = [
        "html",
        "head",
        "title",
        "style",
        "script",
        "body",
        "a",
        "header",
        "main",
        "footer",
        "aside",
        "nav",
        "section",
        "article",
        "div",
        "p",
        "span",
        "h1",
        "h2",
        "h3",
        "h4",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "thead",
        "tbody",
        "tr",
        "td",
        "th",
        "details",
        "summary",
        "mark",
        "bdi",
        "b",
        "em",
        "code",
        "pre",
        "abbr",
        "kbd",
        "svg",
        "rect",
        "path",
        "foreignObject",
        "fieldset",
        "legend",
        "label",
        "dialog",
        "form",
        "button",
        "meta",
        "input",
        "!DOCTYPE",
        "i",
        "q",
        "time",
        "g",
    ];
    let mut open: Vec<&str> = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = rest.find(|c: char| c.is_whitespace() || c == '>').unwrap();
        let name = &rest[..end];
        if let Some(closed) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed), "before {}", rest.chars().take(80).collect::<String>());
        } else {
            assert!(KNOWN.contains(&name), "<{}", rest.chars().take(80).collect::<String>());
            if !EMPTY.contains(&name) {
                open.push(name);
            }
            if matches!(name, "style" | "script") {
                rest = &rest[rest.find(&format!("</{name}>")).unwrap()..];
            }
        }
    }
    assert!(open.is_empty(), "never closed: {open:?}");
}

fn rich() -> Draft<'static> {
    Draft {
        id: "news/ban.txt",
        title: Some("Запрет ввоза оборудования"),
        language: "ru",
        passages: vec![
            "Запрет ввоза оборудования",
            "В мае 2021 года Министерство торговли Китая приняло Закон о контроле 2021 года, сообщил Иван Ли. Отдел法律合规 работает в Bytedance.",
            "В сентябре того же года срок продлили на три года.",
        ],
        dropped: vec!["Запрет ввоза оборудования", "Запрет ввоза оборудования"],
        leftovers: vec!["法律合规"],
        dates: vec![
            ("мае 2021 года", "2021-05", Some(["2021-05-01", "2021-06-01"])),
            ("2021 года, сообщил", "2021", Some(["2021-01-01", "2022-01-01"])),
            ("сентябре того же года", "2021-09", Some(["2021-09-01", "2021-10-01"])),
            ("три года", "P3Y", None),
        ],
        entities: vec![
            ("Министерство торговли Китая", "regulator", "Министерство торговли Китая"),
            ("Закон о контроле 2021 года", "law", "Закон о контроле 2021 года"),
            ("Китая", "jurisdiction", "Китай"),
            ("Иван Ли", "person", "Иван Ли"),
        ],
        relations: vec![
            (Numbered('e', 2), "issued_by", Numbered('e', 1)),
            (Numbered('e', 2), "applies_in", Numbered('e', 3)),
            (Numbered('e', 2), "dated", Numbered('t', 1)),
        ],
        findings: vec![
            ("法律合规", "error", "untranslated words"),
            ("Министерство торговли", "warning", "two spellings"),
            ("Иван Ли", "note", "a name"),
        ],
        foreign: vec!["Bytedance"],
        ..Draft::default()
    }
}

#[test]
fn the_page_shows_what_the_record_holds() {
    let page = rich().page();
    check_tags(&page);
    leave("rich.html", &page);
    for part in [
        "<h2 id=\"",
        "Запрет ввоза оборудования</h2>",
        "May 2021",
        "3 years",
        "from",
        "public body",
        "was issued by",
        "two spellings",
        "legal compliance",
        "2 passages taken out",
        "×3",
        "700",
    ] {
        assert!(page.contains(part), "no {part:?}");
    }
    // Annotations lie in the text in which they were found, and cross without tearing it.
    assert!(
        page.contains("title=\"untranslated words") || page.contains("title=\"error · untranslated words"),
        "no tooltip"
    );
    let inner = page.split("<p class=\"body\"").nth(1).unwrap();
    assert!(inner.contains("<mark class=\"leftover\"") && inner.contains(">法律合规</mark>"), "{inner}");
}

/// Each end of a relation is one box, in the layer of its type; each relation one line with its meaning; none is drawn where there are too few.
#[test]
fn relations_are_drawn() {
    let page = rich().page();
    let drawing =
        page.split("<svg class=\"graph\"").nth(1).and_then(|rest| rest.split("</svg>").next()).expect("a drawing");
    let boxes: Vec<(&str, f64)> = drawing
        .split("<foreignObject x=\"")
        .skip(1)
        .map(|rest| {
            let kind = rest.split("class=\"node ").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
            (kind, rest.split('"').next().unwrap().parse().unwrap())
        })
        .collect();
    let kinds: Vec<&str> = boxes.iter().map(|b| b.0).collect();
    assert_eq!(kinds, ["regulator", "law", "jurisdiction", "date"]);
    assert!(boxes[0].1 < boxes[1].1 && boxes[1].1 < boxes[2].1 && (boxes[2].1 - boxes[3].1).abs() < 0.1, "{boxes:?}");
    assert_eq!(drawing.matches("<title>").count(), 3);
    assert!(drawing.contains("Закон о контроле 2021 года — was issued by — Министерство торговли Китая"), "{drawing}");
    let mut few = rich();
    few.relations.truncate(2);
    assert!(!few.page().contains("<svg class=\"graph\""));
}

/// Of very many relations those are drawn whose ends have the most; the table has them all.
#[test]
fn a_drawing_stays_legible() {
    let words: Vec<String> = (0..400).map(|i| format!("w{i:03}")).collect();
    let text = words.join(" ");
    let entities = words.iter().map(|w| (w.as_str(), "law", w.as_str())).collect();
    let relations = (2..=400).map(|i| (Numbered('e', i), "issued_by", Numbered('e', 1 + i % 3))).collect();
    let page = Draft { passages: vec![&text], entities, relations, ..Draft::default() }.page();
    check_tags(&page);
    let boxes = page.matches("<foreignObject").count();
    assert!((20..=48).contains(&boxes), "{boxes} boxes");
    assert!(page.contains("relations stand in the table only"));
    assert_eq!(page.matches("was issued by</td>").count(), 399);
}

#[test]
fn every_link_leads_somewhere() {
    let page = rich().page();
    let ids: Vec<_> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(ids.len(), unique.len(), "names are not unique");
    let mut links = 0;
    for link in page.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        let target = link.strip_prefix('#').unwrap_or_else(|| panic!("{link} leads out of the page"));
        assert!(unique.binary_search(&target).is_ok(), "{link} leads nowhere");
        links += 1;
    }
    assert!(links > 30, "{links} links");
}

#[test]
fn positions_are_read_in_any_unit() {
    let chars = rich().page();
    for unit in [Unit::Bytes, Unit::Utf16] {
        // The places in the source that an account of something dropped names are in the unit, too.
        let strip = |page: &str| page.lines().map(|l| l.split("of the source").count().to_string()).collect::<String>();
        let page = Draft { unit, ..rich() }.page();
        assert_eq!(strip(&page), strip(&chars));
        assert_eq!(page.matches("<mark").count(), chars.matches("<mark").count());
        assert!(page.contains(">法律合规</mark>"));
    }
}

#[test]
fn the_policy_lets_only_our_script_and_style_in() {
    let page = rich().page();
    let policy =
        page.split("Content-Security-Policy\" content=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'sha256-"), "{policy}");
    assert!(policy.ends_with("base-uri 'none'; form-action 'none'"), "{policy}");
    assert!(!policy.contains("unsafe"));
    assert_eq!(page.matches("<script>").count(), 1);
    assert_eq!(page.matches("<style>").count(), 1);
    for out in [" style=\"", " src=\"", "http://", "https://", " onclick", " onload", "javascript:"] {
        assert!(!page.contains(out), "{out}");
    }
}

/// Text that would like to be markup, and text that would like to be read in another order.
const HOSTILE: [&str; 16] = [
    "<script>window.hit=1</script>",
    "\"><img src=x onerror=window.hit=1>",
    "'><svg onload=window.hit=1>",
    "</title><script>window.hit=1</script>",
    "</style><script>window.hit=1</script>",
    "</script><script>window.hit=1</script>",
    "--><script>window.hit=1</script>",
    "]]><script>window.hit=1</script>",
    "<a href=javascript:window.hit=1>x</a>",
    "&lt;script&gt;window.hit=1&lt;/script&gt;",
    "<iframe srcdoc='<script>parent.hit=1</script>'>",
    "<base href=//example.invalid/><form action=//example.invalid/><input autofocus onfocus=window.hit=1>",
    "<details open ontoggle=window.hit=1><marquee onstart=window.hit=1>",
    "a\u{202e}txt.exe\u{202c} \u{2066}b\u{2069} \u{200b}\u{feff}\u{0}\u{1b}[31m",
    "<math><mtext></p><style><!--</style><img title=\"--></style><img src onerror=window.hit=1>\">",
    "{{constructor.constructor('window.hit=1')()}} ${window.hit=1} <%= 1 %>",
];

#[test]
fn nothing_a_document_says_becomes_markup() {
    let mut articles = Vec::new();
    for (number, bad) in HOSTILE.iter().enumerate() {
        let id = format!("{number}{bad}");
        let before = format!("{number}: ");
        let text = format!("{before}{bad} end");
        let draft = Draft {
            id: &id,
            title: Some(bad),
            passages: vec![&text, bad],
            dropped: vec![bad],
            leftovers: vec![bad],
            dates: vec![
                (bad, bad, None),
                (bad, bad, Some([bad, bad])),
                (bad, "2021", Some(["2021-01-01", "2022-01-01"])),
            ],
            entities: vec![(bad, "law", bad), (bad, "regulator", bad)],
            findings: vec![(bad, "error", bad), (bad, bad, bad)],
            foreign: vec![bad],
            ..Draft::default()
        };
        articles.push(draft.article());
    }
    let gone = serde_json::json!({ "id": HOSTILE[0], "reason": HOSTILE[1], "rule": HOSTILE[2], "of": HOSTILE[3], "message": HOSTILE[4] });
    let page = page(articles, &[&gone.to_string()]);
    leave("hostile.html", &page);
    check_tags(&page);
    for hidden in ['\u{202e}', '\u{2066}', '\u{200b}', '\u{feff}', '\0', '\u{1b}'] {
        assert!(!page.contains(hidden), "{hidden:?} is in the page");
    }
    assert!(page.contains(">RLO</bdi>") && page.contains("[RLO]"));
}

#[test]
fn removed_documents_are_named_up_to_a_number() {
    let line = r#"{"format":"recensio/1","id":"b.txt","reason":"duplicate","rule":"repeat.document.exact","of":"a.txt","cluster":"c1","similarity":1.0,"message":null,"text":"long"}"#;
    let one = page(vec![Draft { passages: vec!["one"], ..Draft::default() }.article()], &[line]);
    check_tags(&one);
    assert!(one.contains("b.txt") && one.contains("the same as"), "{one}");
    let many = page(Vec::new(), &vec![line; 1000]);
    check_tags(&many);
    assert_eq!(many.matches("b.txt").count(), 200);
}

#[test]
fn the_same_records_give_the_same_bytes() {
    assert_eq!(rich().page(), rich().page());
    let empty = Draft::default().page();
    check_tags(&empty);
    check_tags(&Report::default().page(&run()));
}

#[test]
fn a_long_document_is_cut() {
    let long = "word ".repeat(1_000_000);
    let passages = vec!["x", &long, &long, "the end"];
    let page = Draft { passages, ..Draft::default() }.page();
    check_tags(&page);
    assert!(page.len() < 2_000_000, "{}", page.len());
    assert!(page.contains("2 more passages"), "it does not say that something is missing");
}

/// Everything overlaps everything: the page grows with the text, not with its square.
#[test]
fn many_annotations_stay_linear() {
    let size = |n: usize| {
        let words: Vec<String> = (0..n).map(|i| format!("w{i:06}")).collect();
        let text = words.join(" ");
        let entities = words.iter().map(|w| (w.as_str(), "law", w.as_str())).collect();
        Draft { passages: vec![&text], entities, ..Draft::default() }.page().len()
    };
    let (small, big) = (size(200), size(2000));
    assert!(big < small * 12, "{small} bytes for 200, {big} for 2000");
}

/// A page in a script that runs from right to left, for the browser.
#[test]
fn text_may_run_from_right_to_left() {
    let page = Draft {
        id: "rtl.txt",
        title: Some("حظر استيراد المعدات"),
        language: "ar",
        passages: vec!["حظر استيراد المعدات", "في مايو 2021 أصدرت وزارة التجارة قرارا بشأن AI."],
        dates: vec![("مايو 2021", "2021-05", Some(["2021-05-01", "2021-06-01"]))],
        entities: vec![("وزارة التجارة", "regulator", "وزارة التجارة")],
        ..Draft::default()
    }
    .page();
    check_tags(&page);
    leave("rtl.html", &page);
    assert!(page.contains("lang=\"ar\" dir=\"auto\""));
}

/// Findings such as checks make, `n` of them, hostile ones among them.
fn many(n: usize) -> Vec<Finding> {
    const SAID: [(&str, &str, &str, &str); 5] = [
        ("leftover.script", "error", "法律合规", "…юрист в области⟦法律合规⟧ и права, как пишут…"),
        ("word.doubled", "warning", " the", "…sat on the⟦ the⟧ mat <script>window.hit = 1</script> all day…"),
        ("name.variant", "note", "Shenzhen", "…هذا الأسبوع في ⟦Shenzhen⟧ كما قال المدير…"),
        ("leftover.words", "warning", "</script><script>window.hit = 1", "⟦</script><script>window.hit = 1⟧ <!-- "),
        ("dashes.mixed", "note", "\u{202e}–", "one \u{202e}⟦\u{202e}–⟧ two\u{0}"),
    ];
    let one = |i: usize| {
        let (rule, severity, text, context) = SAID[i % SAID.len()];
        let document = format!("docs/{}.txt", i * 37 / n.max(1));
        Finding {
            id: format!("f{i:016x}"),
            fingerprint: format!("{i:016x}"),
            offsets: "chars".to_owned(),
            document,
            rule: rule.to_owned(),
            severity: severity.to_owned(),
            span: [0, 4],
            source: [0, 4],
            line: i + 1,
            column: 3,
            text: text.to_owned(),
            context: context.to_owned(),
            message: String::new(),
            said: Message::new("word.doubled").with(format!("place {i}, <b>said</b>")),
            segment: i.is_multiple_of(7).then(|| format!("unit {i}")),
            suggestions: if i.is_multiple_of(2) { vec!["право".to_owned(), "<i>".to_owned()] } else { Vec::new() },
        }
    };
    (0..n).map(one).collect()
}

/// The pages of a review are left in `target/tmp/review` for the test in a browser.
#[test]
fn a_review_is_one_safe_page() {
    let languages: BTreeMap<String, String> =
        (0..37).map(|i| (format!("docs/{i}.txt"), ["ru", "en", "ar"][i % 3].to_owned())).collect();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("review");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, n) in [("small", 300), ("10000", 10_000), ("100000", 100_000)] {
        let page = review::page(&many(n), &languages, &[]);
        std::fs::write(folder.join(format!("{name}.html")), &page).unwrap();
        // What a document says ends no element, and begins no other.
        assert!(!page.contains("<script>window.hit"), "{name}");
        assert_eq!(page.matches("</script>").count(), 2, "{name}");
    }
    let decided = Decision {
        finding: "f0000000000000002".to_owned(),
        decision: Verdict::Reject,
        comment: "a name </script>".to_owned(),
        document: String::new(),
        rule: String::new(),
        text: String::new(),
    };
    let page = review::page(&many(3), &languages, std::slice::from_ref(&decided));
    assert!(page.contains(r#""finding":"f0000000000000002","decision":"reject","comment":"a name \u003c/script>""#));
    assert!(review::page(&[], &BTreeMap::new(), &[]).contains("\"findings\":[]"));
}
