//! The third voice: the trigrams of `whatlang`, for the languages that only it knows, asked where our own evidence names none.

use whatlang::{Lang, detect};

use crate::model::LanguageTag;
use crate::text::script::Script;

/// No more than this of a text is read, in bytes.
const LIMIT: usize = 600;

/// Languages that have neither a model nor a list of frequent words here.
const OWN: [(Lang, Script, &str); 5] = [
    (Lang::Tuk, Script::Latin, "tk"),
    (Lang::Sna, Script::Latin, "sn"),
    (Lang::Aka, Script::Latin, "ak"),
    (Lang::Jav, Script::Latin, "jv"),
    (Lang::Nep, Script::Devanagari, "ne"),
];

/// The language that the voice is sure of, and how sure, 0 to 1; `None` where it is not, or means a language that we would have known.
pub(super) fn heard(sample: &str, script: Script) -> Option<(LanguageTag, f32)> {
    let mut end = sample.len().min(LIMIT);
    while !sample.is_char_boundary(end) {
        end -= 1;
    }
    let info = detect(sample.get(..end)?).filter(whatlang::Info::is_reliable)?;
    let (_, _, tag) = OWN.iter().find(|(lang, own, _)| *lang == info.lang() && *own == script)?;
    Some((LanguageTag::parse(tag)?, info.confidence() as f32))
}
