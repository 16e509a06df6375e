//! Floor 4: the one place that says which stage feeds which. Pure.

use crate::model::{Analysis, Block, Document, Passage};
use crate::options::Options;
use crate::rules::Rules;
use crate::stage::{entity, language, leftover, proof, segment, timex};

/// Analyses the kept blocks of a document.
pub fn analyze(document: &Document, kept: &[Block], rules: &Rules, options: &Options) -> Analysis {
    let text = document.text.as_str();
    let given = document.language.or(options.language);
    let source = document.source_language.or(options.source_language);

    let mut passages: Vec<Passage> =
        kept.iter().map(|block| Passage { span: block.span, kind: block.kind, sentences: Vec::new() }).collect();
    let languages = language::detect(text, &passages, given, &rules.language);
    for (index, passage) in passages.iter_mut().enumerate() {
        passage.sentences = segment::sentences(text, passage.span, languages.of(index).tag, &rules.sentence);
    }
    let leftovers = leftover::find(text, &passages, &languages, source, &rules.leftover);
    let timexes = timex::find(text, &passages, &languages, document.date.as_ref(), &rules.timex);
    let entities = entity::find(text, &passages, &languages, &timexes, &leftovers.leftovers, &rules.entity);
    let findings = proof::find(text, &passages, &languages, &leftovers.leftovers, &entities.entities, &rules.proof);

    Analysis {
        passages,
        languages,
        leftovers: leftovers.leftovers,
        foreign: leftovers.foreign,
        source_language: leftovers.source_language,
        timexes,
        entities: entities.entities,
        relations: entities.relations,
        findings,
    }
}
