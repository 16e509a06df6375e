//! What makes a single line fall.

use super::measure::Line;
use crate::model::Kind;
use crate::options::Filter;

/// Lines of fewer words are labels, where they do not end as sentences do and do not stand alone.
const FEW: usize = 5;
/// A document of fewer lines may be a title or a single sentence.
const SOME: usize = 3;
/// A notice about JavaScript has no more words.
const NOTICE: usize = 30;
/// Of program text at least this share is brackets and the like, in percent of its characters.
const BRACKETS: usize = 6;
/// Of fewer words no share is taken.
const ENOUGH: usize = 10;
/// What is read in notices about JavaScript besides its name, in lower case: the word for browsers, and "enable".
const BROWSER: [&str; 31] = [
    "browser",
    "браузер",
    "navigateur",
    "navegador",
    "navigatore",
    "przeglądar",
    "prohlížeč",
    "prehliadač",
    "tarayıcı",
    "böngésző",
    "selain",
    "webbläsar",
    "nettleser",
    "πρόγραμμα περιήγησης",
    "דפדפן",
    "متصفح",
    "مرورگر",
    "ब्राउज़र",
    "ব্রাউজার",
    "เบราว์เซอร์",
    "trình duyệt",
    "peramban",
    "浏览器",
    "瀏覽器",
    "ブラウザ",
    "브라우저",
    "enable",
    "activ",
    "aktiv",
    "включ",
    "увімкн",
];

/// The rule by which a line falls; `all` is how many lines the document has.
pub(super) fn rule(filter: Filter, line: &Line<'_>, all: usize) -> Option<&'static str> {
    match filter {
        Filter::C4 => c4(line, all),
        Filter::Gopher => gopher(line),
        Filter::FineWeb => None,
    }
}

fn c4(line: &Line<'_>, all: usize) -> Option<&'static str> {
    if matches!(line.kind, Kind::Title | Kind::Code | Kind::Table) {
        return None;
    }
    let lower = line.text.to_lowercase();
    if lower.contains("lorem ipsum") {
        return Some("filter.c4.placeholder");
    }
    if lower.contains("javascript") && line.words.len() <= NOTICE && BROWSER.iter().any(|cue| lower.contains(cue)) {
        return Some("filter.c4.javascript");
    }
    let (braces, brackets) = line.text.chars().fold((0, 0), |(braces, brackets), c| {
        (braces + usize::from(c == '{'), brackets + usize::from("{}();=<>[]".contains(c)))
    });
    if braces > 0 && brackets * 100 >= line.text.chars().count() * BRACKETS {
        return Some("filter.c4.code");
    }
    let label = line.kind == Kind::Paragraph && line.has_ends && !line.ends && line.words.len() < FEW && all >= SOME;
    label.then_some("filter.c4.line")
}

fn gopher(line: &Line<'_>) -> Option<&'static str> {
    let count = line.words.len();
    if !line.is_prose() || count < ENOUGH {
        return None;
    }
    let hashes = line.text.matches('#').count();
    let ellipses = line.text.matches("...").count() + line.text.matches('…').count();
    if hashes * 10 > count || ellipses * 10 > count {
        return Some("filter.gopher.symbols");
    }
    if line.with_letters * 10 < count * 8 - count / 10 {
        return Some("filter.gopher.letters");
    }
    // Between blanks stand words only in scripts that have them. Marks are no letters: Tamil has as many as letters.
    let letters: usize = line.words.iter().map(|word| word.chars().filter(|c| c.is_alphanumeric()).count()).sum();
    let odd = !line.unspaced && (letters < count * 2 || letters > count * 15);
    odd.then_some("filter.gopher.word-length")
}
