//! The second voice: the trigrams of `whatlang`, asked only where words and letters say too little. It reads about 2 MB a second.

use whatlang::{Detector, Lang};

use crate::model::LanguageTag;
use crate::text::script::Script;

/// A lead over the next language, in nats, that needs no second voice.
pub(super) const ENOUGH: f32 = 4.0;
/// What the voice is worth in nats where it is sure.
const WEIGHT: f32 = 5.0;
/// No more than this of a text is read, in bytes.
const LIMIT: usize = 400;

/// Languages that are further behind the likeliest, in nats, are not put to the voice: each would cost the same again.
const BEHIND: f32 = 9.0;

/// Which of the languages the voice may mean, and how much that is worth; `likely` are those that the other evidence speaks for, best first.
pub(super) fn heard(
    sample: &str,
    script: Script,
    likely: &[(LanguageTag, f32)],
) -> Option<(&'static [&'static str], f32)> {
    let list = match script {
        Script::Latin => LATIN,
        Script::Cyrillic => CYRILLIC,
        Script::Arabic => ARABIC,
        Script::Devanagari => DEVANAGARI,
        _ => return None,
    };
    let mut end = sample.len().min(LIMIT);
    while !sample.is_char_boundary(end) {
        end -= 1;
    }
    let best = likely.first().map_or(0.0, |(_, score)| *score);
    let is_likely =
        |tags: &[&str]| likely.iter().any(|(tag, score)| best - score < BEHIND && tags.contains(&tag.as_str()));
    let asked: Vec<Lang> = list.iter().filter(|(_, tags)| is_likely(tags)).map(|(lang, _)| *lang).collect();
    if asked.is_empty() {
        return None;
    }
    let info = Detector::with_allowlist(asked).detect(sample.get(..end)?)?;
    let tags = list.iter().find(|(lang, _)| *lang == info.lang()).map(|(_, tags)| *tags)?;
    Some((tags, 1.0 + (WEIGHT - 1.0) * info.confidence() as f32))
}

// Languages that it does not know are heard as a relative: Malay as Indonesian.
const LATIN: &[(Lang, &[&str])] = &[
    (Lang::Eng, &["en"]),
    (Lang::Deu, &["de"]),
    (Lang::Fra, &["fr"]),
    (Lang::Spa, &["es", "gl"]),
    (Lang::Por, &["pt"]),
    (Lang::Ita, &["it"]),
    (Lang::Nld, &["nl"]),
    (Lang::Swe, &["sv"]),
    (Lang::Dan, &["da"]),
    (Lang::Nob, &["nb", "nn"]),
    (Lang::Fin, &["fi"]),
    (Lang::Est, &["et"]),
    (Lang::Hun, &["hu"]),
    (Lang::Pol, &["pl"]),
    (Lang::Ces, &["cs"]),
    (Lang::Slk, &["sk"]),
    (Lang::Slv, &["sl"]),
    (Lang::Hrv, &["hr", "sr-Latn"]),
    (Lang::Ron, &["ro"]),
    (Lang::Tur, &["tr"]),
    (Lang::Aze, &["az"]),
    (Lang::Uzb, &["uz"]),
    (Lang::Lit, &["lt"]),
    (Lang::Lav, &["lv"]),
    (Lang::Vie, &["vi"]),
    (Lang::Ind, &["id", "ms"]),
    (Lang::Tgl, &["tl"]),
    (Lang::Cat, &["ca"]),
    (Lang::Afr, &["af"]),
    (Lang::Epo, &["eo"]),
    (Lang::Lat, &["la"]),
    (Lang::Jav, &["jv"]),
    (Lang::Zul, &["zu"]),
];
const CYRILLIC: &[(Lang, &[&str])] = &[
    (Lang::Rus, &["ru"]),
    (Lang::Ukr, &["uk"]),
    (Lang::Bel, &["be"]),
    (Lang::Bul, &["bg"]),
    (Lang::Mkd, &["mk"]),
    (Lang::Srp, &["sr"]),
];
const ARABIC: &[(Lang, &[&str])] = &[(Lang::Ara, &["ar"]), (Lang::Pes, &["fa"]), (Lang::Urd, &["ur"])];
const DEVANAGARI: &[(Lang, &[&str])] = &[(Lang::Hin, &["hi"]), (Lang::Mar, &["mr"]), (Lang::Nep, &["ne"])];
