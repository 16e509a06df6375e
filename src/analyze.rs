//! Floor 4: the one place that says which stage feeds which. Pure.
//!
//! A document is looked at twice: its outline is taken, which is all that is compared with other documents, and then what is kept of it
//! is analysed. What repeats is so never analysed twice, and every annotation stands in text that is kept.

use crate::model::{Analysis, Block, Boilerplate, Document, Kind, Layout, Outline, Passage, Repair};
use crate::options::{Keep, Options};
use crate::rules::Rules;
use crate::stage::{clean, entity, filter as quality, language, leftover, proof, repeat, segment, timex};

/// The blocks of a document, and what each of them is by itself.
pub fn outline(document: &Document, rules: &Rules) -> Outline {
    let text = document.text.as_str();
    if let Some(layout) = &document.layout {
        return laid_out(text, layout, rules);
    }
    let mut blocks = segment::blocks(text);
    let (prints, sketches) = repeat::fingerprints(text, &blocks);
    let copies = repeat::within(&prints);
    let title = segment::title_before_copy(text, &blocks, &copies).or_else(|| segment::title(text, &blocks));
    if let Some(block) = title.and_then(|index| blocks.get_mut(index)) {
        block.kind = Kind::Title;
    }
    let boilerplate = clean::boilerplate(text, &blocks, &rules.boilerplate);
    let whole = repeat::whole(&prints);
    Outline { blocks, prints, sketches, whole, boilerplate, filtered: None }
}

/// The outline of a document whose markup says what its blocks are. What stands outside the main text is boilerplate, and so is what is left
/// of it in the main text; only the rest makes the document what it is.
fn laid_out(text: &str, layout: &Layout, rules: &Rules) -> Outline {
    let blocks: Vec<Block> = layout.blocks.iter().map(|b| Block { span: b.span, kind: b.kind }).collect();
    let (prints, sketches) = repeat::fingerprints(text, &blocks);
    let main: Vec<usize> =
        (0..blocks.len()).filter(|&n| layout.blocks.get(n).is_some_and(|b| b.dropped.is_none())).collect();
    let kept: Vec<Block> = main.iter().filter_map(|&n| blocks.get(n).copied()).collect();
    let whole = repeat::whole(&main.iter().filter_map(|&n| prints.get(n).copied()).collect::<Vec<_>>());
    let outside =
        layout.blocks.iter().enumerate().filter_map(|(block, b)| Some(Boilerplate { block, rule: b.dropped? }));
    let inside = clean::boilerplate(text, &kept, &rules.boilerplate);
    let inside = inside.into_iter().filter_map(|b| Some(Boilerplate { block: *main.get(b.block)?, rule: b.rule }));
    let mut boilerplate: Vec<Boilerplate> = outside.chain(inside).collect();
    boilerplate.sort_unstable_by_key(|b| b.block);
    Outline { blocks, prints, sketches, whole, boilerplate, filtered: None }
}

/// The outline without what the filters of quality take out, where some are asked for and something may be taken out.
pub fn filter(document: &Document, mut outline: Outline, options: &Options) -> Outline {
    if options.filters.is_empty() || options.keep == Keep::All {
        return outline;
    }
    // Boilerplate falls anyway, and so does what the document repeats.
    let copies = repeat::within(&outline.prints);
    let mut counts: Vec<bool> = copies.iter().map(Option::is_none).collect();
    for found in &outline.boilerplate {
        counts.get_mut(found.block).into_iter().for_each(|slot| *slot = false);
    }
    let found = quality::find(&document.text, &outline.blocks, &counts, &options.filters);
    outline.filtered = found.document;
    outline.boilerplate.extend(found.blocks.into_iter().map(|(block, rule)| Boilerplate { block, rule }));
    outline.boilerplate.sort_unstable_by_key(|b| b.block);
    outline
}

/// Bytes of these blocks that are believed to be untranslated.
pub fn untranslated(document: &Document, blocks: &[Block], rules: &Rules, options: &Options) -> usize {
    let text = document.text.as_str();
    let whole = |block: &Block| Passage { span: block.span, kind: block.kind, sentences: vec![block.span] };
    let passages: Vec<Passage> = blocks.iter().map(whole).collect();
    let languages = language::detect(text, &passages, document.language.or(options.language), &rules.language);
    let source = document.source_language.or(options.source_language);
    let found = leftover::find(text, &passages, &languages, source, &rules.leftover);
    found.leftovers.iter().map(|leftover| leftover.span.len()).sum()
}

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

/// Adds to an analysis what is looked for only on demand.
pub fn optional(document: &Document, analysis: &mut Analysis, rules: &Rules) {
    let Analysis { passages, languages, findings, .. } = analysis;
    findings.extend(proof::find_optional(&document.text, passages, languages, &rules.proof));
    findings.sort_by(|a, b| a.span.cmp(&b.span).then_with(|| a.rule.cmp(b.rule)));
}

/// What can be mended without a person's judgement.
pub fn repairs(document: &Document, analysis: &Analysis, rules: &Rules) -> Vec<Repair> {
    let Analysis { passages, languages, leftovers, .. } = analysis;
    proof::repairs(&document.text, passages, languages, leftovers, &rules.proof)
}
