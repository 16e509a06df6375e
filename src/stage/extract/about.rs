//! What a page says about itself: title, author, date, address, and the text of its article where it repeats it for machines.

use serde_json::Value;

use super::page::About;

/// What is known of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The title of the article.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it was published (ISO 8601).
    pub date: Option<String>,
    /// Its canonical address.
    pub url: Option<String>,
    /// The language the page claims to be in (BCP 47).
    pub language: Option<String>,
    /// The name of the site.
    pub site: Option<String>,
}

/// The facts of a page. `heading` is the title as it stands in the text.
pub(super) fn facts(about: &About, heading: Option<&str>) -> Facts {
    let data = items(about);
    let article = data.iter().find(|item| is_article(item));
    let said = |names: &[&str]| {
        names.iter().find_map(|name| about.meta.iter().find(|(n, _)| n == name).map(|(_, value)| clean(value)))
    };
    let of = |key: &str| article.and_then(|item| text_of(item.get(key)?));
    let title = heading.map(clean).or_else(|| of("headline")).or_else(|| said(&["og:title", "twitter:title", "title"]));
    let author = said(&["author", "article:author", "dc.creator", "sailthru.author", "parsely-author", "byl"]);
    let date = said(&[
        "article:published_time",
        "datepublished",
        "og:published_time",
        "date",
        "pubdate",
        "publishdate",
        "publish-date",
        "dc.date.issued",
        "dc.date",
        "dcterms.created",
        "dcterms.issued",
        "sailthru.date",
        "parsely-pub-date",
        "article.published",
        "publication_date",
        "citation_publication_date",
    ]);
    Facts {
        title: title.or_else(|| Some(clean(&about.title))).filter(|t| !t.is_empty()),
        author: author.filter(|a| !a.contains("://")).or_else(|| of("author")).filter(|a| !a.is_empty()),
        date: date
            .or_else(|| of("datePublished"))
            .into_iter()
            .chain(about.times.iter().map(|t| clean(t)))
            .find_map(|d| day(&d)),
        url: about.canonical.clone().or_else(|| said(&["og:url"])).filter(|url| url.contains("://")),
        language: about
            .language
            .clone()
            .or_else(|| said(&["og:locale", "content-language"]))
            .map(|l| l.replace('_', "-")),
        site: said(&["og:site_name", "application-name"]),
    }
}

/// The text of the article, as it is repeated for machines; empty where it is not.
pub(super) fn body(about: &About) -> String {
    let bodies = items(about).into_iter().filter_map(|item| text_of(item.get("articleBody")?));
    bodies.max_by_key(String::len).unwrap_or_default()
}

/// The objects of the data in the page, nested ones included.
fn items(about: &About) -> Vec<Value> {
    let mut out = Vec::new();
    for data in &about.data {
        if let Ok(value) = serde_json::from_str::<Value>(data.trim()) {
            collect(value, 0, &mut out);
        }
    }
    out
}

fn collect(value: Value, depth: usize, out: &mut Vec<Value>) {
    if depth > 6 || out.len() > 200 {
        return;
    }
    match value {
        Value::Array(list) => list.into_iter().for_each(|item| collect(item, depth + 1, out)),
        Value::Object(mut map) => {
            if let Some(graph) = map.remove("@graph") {
                collect(graph, depth + 1, out);
            }
            out.push(Value::Object(map));
        }
        _ => {}
    }
}

fn is_article(item: &Value) -> bool {
    let kind =
        |value: &Value| value.as_str().is_some_and(|k| k.contains("Article") || k.contains("Posting") || k == "Report");
    match item.get("@type") {
        Some(Value::Array(list)) => list.iter().any(kind),
        Some(one) => kind(one),
        None => false,
    }
}

/// A value as text: a string, a thing with a name, or several of them.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(clean(text)),
        Value::Object(map) => map.get("name").and_then(text_of),
        Value::Array(list) => {
            let names: Vec<String> = list.iter().filter_map(text_of).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        _ => None,
    }
}

fn clean(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The date in the form that documents have it: ISO 8601, with or without a time.
fn day(written: &str) -> Option<String> {
    let bytes = written.as_bytes();
    let digits = |range: std::ops::Range<usize>| bytes.get(range).is_some_and(|b| b.iter().all(u8::is_ascii_digit));
    if digits(0..8) && bytes.len() == 8 {
        let parts = [written.get(..4)?, written.get(4..6)?, written.get(6..8)?];
        return Some(parts.join("-"));
    }
    let plausible = digits(0..4) && digits(5..7) && digits(8..10) && matches!(bytes.get(4), Some(b'-' | b'/'));
    plausible.then(|| {
        written.get(..10).map(|d| d.replace('/', "-")).unwrap_or_default() + written.get(10..).unwrap_or_default()
    })
}
