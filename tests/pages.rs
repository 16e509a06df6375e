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

use recensio::model::Kind;
use recensio::options::Extract;
use recensio::rules::Rules;
use recensio::stage::extract;

/// The parts of the main text.
const MAIN: [&str; 6] = ["lead", "p1", "p2", "p3", "p4", "p5"];

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
    for (language, tsv) in files("tsv") {
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
