//! What a leftover means, where the user's glossary or the document itself says so; nothing is made up.

use crate::model::{Gloss, LanguageTag};
use crate::rules::leftover::LeftoverRules;
use crate::text::script::{self, Script};

use super::scan::Home;

/// A meaning in brackets is no longer than this, in bytes.
const LONGEST: usize = 120;
/// So many places of a fragment are looked at.
const PLACES: usize = 16;

/// The meanings of `fragment`, which is of the language `tag`, in a text of the language `document`.
pub(super) fn of(
    text: &str,
    fragment: &str,
    tag: LanguageTag,
    document: LanguageTag,
    home: &Home,
    rules: &LeftoverRules,
) -> Vec<Gloss> {
    let meanings = rules.glossary.meanings(fragment, tag, document).into_iter();
    let mut out: Vec<Gloss> =
        meanings.map(|m| Gloss { language: document, text: m.to_owned(), from: "glossary" }).collect();
    if home.family != family(fragment) {
        let places = text.match_indices(fragment).take(PLACES);
        for meaning in places.filter_map(|(at, _)| beside(text, at, at + fragment.len(), home)) {
            if !out.iter().any(|gloss| gloss.text == meaning) {
                out.push(Gloss { language: document, text: meaning.to_owned(), from: "document" });
            }
        }
    }
    out
}

fn family(fragment: &str) -> Script {
    let letter = fragment.chars().map(script::of).find(|s| !script::is_neutral(*s));
    super::scan::family(letter.unwrap_or(Script::Common))
}

/// What stands in the text's own script in brackets after the fragment, or in quotation marks before it where the fragment is in brackets:
/// `法律合规 (соблюдение права)`, `«соблюдение права» (法律合规)`.
fn beside<'t>(text: &'t str, start: usize, end: usize, home: &Home) -> Option<&'t str> {
    let (before, after) = (text.get(..start)?, text.get(end..)?);
    let own = |meaning: &&str| {
        !meaning.is_empty()
            && meaning.chars().any(|c| home.is_home(c))
            && meaning.chars().all(|c| home.is_home(c) || !c.is_alphabetic())
    };
    if let Some(inside) = after.trim_start_matches(' ').strip_prefix(['(', '（']) {
        let close = inside.find([')', '）', '\n']).filter(|at| *at <= LONGEST)?;
        return inside.get(..close).map(str::trim).filter(own);
    }
    if !after.starts_with([')', '）']) {
        return None;
    }
    let quoted = before.strip_suffix(['(', '（'])?.trim_end_matches(' ');
    let (open, inside) = [('«', '»'), ('„', '“'), ('“', '”'), ('「', '」'), ('《', '》')]
        .iter()
        .find_map(|(open, close)| quoted.strip_suffix(*close).map(|inside| (*open, inside)))?;
    let from = inside.rfind(open).filter(|at| inside.len() - at <= LONGEST)?;
    inside.get(from + open.len_utf8()..).map(str::trim).filter(own)
}
