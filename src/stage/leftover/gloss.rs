//! What a leftover means, where the user's glossary or the document itself says so; nothing is made up.

use std::collections::HashMap;

use super::fragment::Fragment;
use super::scan::Home;
use crate::model::{Gloss, LanguageTag};
use crate::rules::leftover::LeftoverRules;

/// A meaning in brackets is no longer than this, in bytes.
const LONGEST: usize = 120;
/// A document gives a fragment no more meanings than this.
const MEANINGS: usize = 16;
/// What the document says of its fragments: the meanings that stand beside one of the places of each.
#[derive(Debug, Default)]
pub(super) struct Beside<'t>(HashMap<&'t str, Vec<&'t str>>);

impl<'t> Beside<'t> {
    /// Looks beside all fragments in other scripts than the text's own.
    pub(super) fn new(text: &'t str, fragments: &[Fragment], home: &Home) -> Self {
        let mut all: HashMap<&str, Vec<&str>> = HashMap::new();
        for fragment in fragments.iter().filter(|f| super::scan::family(f.script) != home.family) {
            let Some(meaning) = beside(text, fragment.span.start(), fragment.span.end(), home) else { continue };
            let known = all.entry(fragment.span.of(text)).or_default();
            if !known.contains(&meaning) && known.len() < MEANINGS {
                known.push(meaning);
            }
        }
        Self(all)
    }
}

/// The meanings of `fragment`, which is of the language `tag`, in a text of the language `document`.
pub(super) fn of(
    fragment: &str,
    tag: LanguageTag,
    document: LanguageTag,
    beside: &Beside<'_>,
    rules: &LeftoverRules,
) -> Vec<Gloss> {
    let meanings = rules.glossary.meanings(fragment, tag, document).into_iter();
    let mut out: Vec<Gloss> =
        meanings.map(|m| Gloss { language: document, text: m.to_owned(), from: "glossary".into() }).collect();
    for meaning in beside.0.get(fragment).into_iter().flatten() {
        if !out.iter().any(|gloss| gloss.text == *meaning) {
            out.push(Gloss { language: document, text: (*meaning).to_owned(), from: "document".into() });
        }
    }
    out
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
