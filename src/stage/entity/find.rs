//! All entities of a document.

use super::english;
use super::group::group;
use super::han;
use super::line::{Buffers, Draft};
use super::person::{Names, persons};
use super::relate::relate;
use super::settle::settle;
use super::{action, body, law, money, place, policy, role};
use crate::model::{Entity, EntityType, Kind, Languages, Leftover, Passage, Relation, Timex};
use crate::rules::entity::{CitationKind, EntityRules};

/// What [`find`] found.
#[derive(Debug, Default)]
pub struct Found {
    /// The entities, by the place of their first mention.
    pub entities: Vec<Entity>,
    /// How they are related, sorted.
    pub relations: Vec<Relation>,
}

/// The entities in `passages`; `timexes` are no names, and a leftover may stand within a name but is none itself.
pub fn find(
    text: &str,
    passages: &[Passage],
    languages: &Languages,
    timexes: &[Timex],
    leftovers: &[Leftover],
    rules: &EntityRules,
) -> Found {
    let mut buffers = Buffers::default();
    let mut names = Names::default();
    let mut drafts = Vec::new();
    for (index, passage) in passages.iter().enumerate() {
        if passage.kind == Kind::Code {
            continue;
        }
        let language = languages.of(index).tag;
        let from = drafts.len();
        rules.citations().find(passage.span.of(text), passage.span.start(), |kind, span| {
            let kind = match kind {
                CitationKind::Law => EntityType::Law,
                CitationKind::Policy => EntityType::Policy,
                CitationKind::Case => EntityType::Case,
            };
            let name = span.of(text).to_owned();
            drafts.push(Draft {
                span,
                kind,
                rule: if kind == EntityType::Case { "entity.case" } else { "entity.citation" },
                confidence: 0.9,
                name,
                known: None,
                title: true,
                passage: index,
                inflected: false,
            });
        });
        let Some(lexicon) = rules.lexicon(language.language()) else { continue };
        let mut line = buffers.line(text, passage.span, &passage.sentences, lexicon, index);
        match language.language() {
            "ru" => {
                persons(&mut line, &mut names, &mut drafts);
                place::places(&mut line, rules.gazetteer(), &mut drafts);
                place::described(&mut line, &mut drafts);
                body::bodies(&mut line, &mut drafts);
                law::laws(&mut line, &mut drafts);
                policy::policies(&line, &mut drafts);
                role::roles(&line, &mut drafts, from);
                action::actions(&line, &mut drafts, from);
            }
            "en" => {
                persons(&mut line, &mut names, &mut drafts);
                place::places(&mut line, rules.gazetteer(), &mut drafts);
                english::names(&mut line, &mut drafts);
                english::phrases(&line, &mut drafts, from);
            }
            _ => {
                persons(&mut line, &mut names, &mut drafts);
                place::places(&mut line, rules.gazetteer(), &mut drafts);
            }
        }
        money::money(&line, &mut drafts);
        if let Some(span) = buffers.unspaced().filter(|_| matches!(language.language(), "zh" | "und" | "yue" | "wuu")) {
            han::find(text, span, index, rules, &mut drafts);
        }
    }
    names.resolve(text, rules.gazetteer(), &mut drafts);
    names.resolve_latin(text, &mut drafts);
    drafts.retain(|draft| {
        let next = leftovers.partition_point(|l| l.span.start() <= draft.span.start());
        !next.checked_sub(1).and_then(|at| leftovers.get(at)).is_some_and(|l| l.span.contains(draft.span))
    });
    let drafts = settle(text, drafts, timexes);
    let entities = group(text, drafts, rules.gazetteer(), languages.document.tag.language());
    let relations = relate(text, passages, &entities);
    Found { entities, relations }
}
