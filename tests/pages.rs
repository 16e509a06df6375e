//! Pages in scripts that public collections lack: the layouts of `tests/pages/*.html` filled with the texts of `tests/pages/*.tsv`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr,
    reason = "a test may end by panic"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use recensio::analyze::outline;
use recensio::model::{Block, Kind, Samples};
use recensio::options::{Extract, Options};
use recensio::read::{Fields, Raw, parse};
use recensio::rules::Rules;
use recensio::stage::extract;

/// The parts of the main text.
const MAIN: [&str; 6] = ["lead", "p1", "p2", "p3", "p4", "p5"];

/// The file of notices, which are no texts of a page.
const NOTICES: &str = "notices";

fn files(end: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut out: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|f| f.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == end))
        .map(|p| (p.file_stem().unwrap().to_string_lossy().into_owned(), fs::read_to_string(p).unwrap()))
        .collect();
    out.sort();
    out
}

fn texts(tsv: &str) -> BTreeMap<String, String> {
    let rows = tsv.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
    let mut out = BTreeMap::new();
    for (name, text) in rows {
        let parts: Vec<&str> = text.split('|').collect();
        for (n, part) in parts.iter().enumerate().filter(|_| parts.len() > 1) {
            out.insert(format!("{name}{}", n + 1), (*part).to_owned());
        }
        if parts.len() > 1 {
            out.insert(
                format!("{name}:li"),
                parts.iter().map(|p| format!("<li><a href=\"/x\">{p}</a></li>")).collect::<Vec<_>>().concat(),
            );
            out.insert(
                format!("{name}:a"),
                parts.iter().map(|p| format!("<a href=\"/x\">{p}</a> ")).collect::<Vec<_>>().concat(),
            );
        } else {
            out.insert(name.to_owned(), text.to_owned());
        }
    }
    // The beginning of another article, as teasers have it.
    out.insert("lead2".to_owned(), format!("{} {}", out["rel2"], out["com1"]));
    out
}

fn filled(layout: &str, texts: &BTreeMap<String, String>) -> String {
    texts.iter().fold(layout.to_owned(), |page, (name, text)| page.replace(&format!("{{{name}}}"), text))
}

/// F1 of the characters, blanks apart, as bags of pairs.
fn f1(right: &str, found: &str) -> f64 {
    let pairs = |text: &str| {
        let chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        let mut out: BTreeMap<(char, char), i64> = BTreeMap::new();
        for pair in chars.windows(2) {
            *out.entry((pair[0], pair[1])).or_default() += 1;
        }
        out
    };
    let (a, b) = (pairs(right), pairs(found));
    let same: i64 = a.iter().map(|(k, n)| (*n).min(b.get(k).copied().unwrap_or(0))).sum();
    let all: i64 = a.values().sum::<i64>() + b.values().sum::<i64>();
    2.0 * same as f64 / all.max(1) as f64
}

#[test]
fn the_main_text_is_found_in_every_script_and_leads_back_to_the_markup() {
    let rules = Rules::embedded().unwrap();
    let (mut scores, mut titled) = (Vec::new(), 0);
    for (language, tsv) in files("tsv").into_iter().filter(|(name, _)| name != NOTICES) {
        let texts = texts(&tsv);
        let main = MAIN.map(|part| texts[part].as_str()).join("\n");
        for (layout, html) in files("html") {
            let page = filled(&html, &texts);
            let found = extract::html(&page, &rules.extract, Extract::Main);
            let mut text = String::new();
            let mut end = 0;
            for block in &found.layout.blocks {
                let source = found.map.source(block.span);
                assert!(source.start() >= end && !source.is_empty(), "{language} {layout}: places in order");
                end = source.end();
                let written = block.span.of(&found.text);
                let first: String = written.chars().take(1).collect();
                assert!(source.of(&page).starts_with(&first), "{language} {layout}: {written}");
                if block.dropped.is_none() && block.kind != Kind::Title {
                    text.push_str(written);
                    text.push('\n');
                }
            }
            titled += usize::from(found.facts.title.as_deref() == Some(texts["title"].as_str()));
            scores.push((f1(&main, &text), format!("{language} {layout}")));
        }
    }
    scores.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mean = scores.iter().map(|s| s.0).sum::<f64>() / scores.len() as f64;
    eprintln!("{} pages, mean F1 {mean:.3}, titles {titled}; the worst: {:?}", scores.len(), &scores[..8]);
    assert!(scores.len() >= 50);
    assert_eq!(titled, scores.len(), "the title of every page");
    assert!(mean > 0.95, "{mean}");
    assert!(scores[0].0 > 0.6, "{:?}", scores[0]);
}

/// How many pages a language has at least.
const PAGES: usize = 20;

#[test]
fn notices_are_dropped_with_their_reason_and_titles_found_on_twenty_pages_a_language() {
    let rules = Rules::embedded().unwrap();
    let notices = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages/notices.tsv")).unwrap();
    // What stands in a table that lays out a page is a row with its neighbours, and rows of tables are never boilerplate.
    let layouts: Vec<_> = files("html").into_iter().filter(|(name, _)| name != "03-table").collect();
    let own: BTreeMap<String, BTreeMap<String, String>> =
        files("tsv").into_iter().filter(|(name, _)| name != NOTICES).map(|(name, tsv)| (name, texts(&tsv))).collect();
    let (mut pages, mut wrong) = (BTreeMap::<&str, usize>::new(), Vec::new());
    for (number, row) in notices.lines().filter(|line| !line.starts_with('#')).enumerate() {
        let [language, title, notice] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("{row}") };
        let mut texts = own[language].clone();
        texts.insert("title".to_owned(), title.to_owned());
        *pages.entry(language).or_default() += 1;

        // As a text, between its paragraphs or under them.
        let mut parts: Vec<&str> = MAIN.iter().map(|part| texts[*part].as_str()).collect();
        parts.insert([3, 6, 5][number % 3], notice);
        let article = format!("{title}\n\n{}", parts.join("\n\n"));
        let (found, dropped) = read("text/plain", &article, &rules);
        if found.as_deref() != Some(title) || dropped != [(notice.to_owned(), "boilerplate.disclaimer")] {
            wrong.push(format!("{language}, text: {found:?}, {dropped:?}, not {notice}"));
        }

        // As a page, whose layout may set the notice apart.
        let (layout, html) = &layouts[number % layouts.len()];
        let last = format!("{}</p><p>{notice}", texts["p5"]);
        texts.insert("p5".to_owned(), last);
        let (found, dropped) = read("text/html", &filled(html, &texts), &rules);
        let reason = dropped.iter().find(|(text, _)| text.starts_with(notice)).map(|(_, rule)| *rule);
        let is_right = reason.is_some_and(|rule| rule == "boilerplate.disclaimer" || rule.starts_with("page."));
        let loses = MAIN.iter().take(5).find(|part| dropped.iter().any(|(text, _)| *text == texts[**part]));
        if found.as_deref() != Some(title) || !is_right || loses.is_some() {
            wrong.push(format!("{language}, {layout}: {found:?}, {reason:?}, lost {loses:?}, not {notice}"));
        }
    }
    assert!(pages.len() >= 6 && pages.values().all(|&count| count >= PAGES), "{pages:?}");
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// The title of a document, and what is dropped of it: texts and rules.
fn read(media_type: &'static str, source: &str, rules: &Rules) -> (Option<String>, Vec<(String, &'static str)>) {
    let raw = Raw { media_type, ..Raw::text("page", source) };
    let document = parse(raw, &Fields::default(), rules, &Options::default()).document;
    let outline = outline(&document, rules, Samples::NONE);
    let text = |block: &Block| block.span.of(&document.text).to_owned();
    let title = outline.blocks.iter().find(|block| block.kind == Kind::Title).map(text);
    let dropped = outline.boilerplate.iter().map(|found| (text(&outline.blocks[found.block]), found.rule)).collect();
    (document.title.clone().or(title), dropped)
}

#[test]
fn markup_of_any_kind_is_read() {
    let rules = Rules::embedded().unwrap();
    for page in [
        "",
        "<",
        "<p",
        "</p></p>",
        "<p>a<p>b",
        "<table><td>a<td>b<tr><td>c",
        "a<!-- -->b<![CDATA[c]]>",
        "<title>x",
        "<script>a",
        "<a href=x><div>b</div></a>c",
        "<b><p>d</b>e",
        "&#0;&#xD800;&nosuch;&amp",
        "<pre>\n a\r\n b</pre>",
        "<br><br><br>",
        "\u{0}<p>\u{0}a",
        "<svg><text>t</text></svg>u",
        "<select><option>a<option>b</select>",
        "<li>a<li>b",
        "<p>&nbsp;</p><p>x&nbsp;</p>",
    ] {
        let found = extract::html(page, &rules.extract, Extract::All);
        let mut end = 0;
        for block in &found.layout.blocks {
            let source = found.map.source(block.span);
            assert!(
                source.start() >= end && source.end() <= page.len() && page.is_char_boundary(source.start()),
                "{page:?}"
            );
            assert!(!source.of(page).trim().is_empty(), "{page:?}");
            end = source.end();
        }
    }
}

#[test]
fn text_in_odd_places_is_not_lost() {
    let rules = Rules::embedded().unwrap();
    for page in [
        "<html><head><title>T</title>Hello<br>world",
        "<head><b>Hello</b> world",
        "<p>Hello <math><mi>world</mi></math>",
        "Hello</body>world",
    ] {
        let text = extract::html(page, &rules.extract, Extract::Main).text;
        assert!(text.contains("Hello") && text.contains("world"), "{page}: {text}");
    }
}

#[test]
fn hostile_pages_are_read_in_linear_time() {
    let rules = Rules::embedded().unwrap();
    for unit in [
        "<div>",
        "</div>",
        "<p>a",
        "<b>",
        "<td>x",
        "&amp;",
        "<a href=x>",
        "<br>",
        "&",
        "<",
        "<li>x</ul>",
        "<table>",
        "a ",
    ] {
        let page = unit.repeat(300_000 / unit.len());
        extract::html(&page, &rules.extract, Extract::Main);
    }
}
