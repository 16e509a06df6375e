//! Floor 4: the one place that says which stage feeds which. Pure.
//!
//! A document is looked at twice: its outline is taken, which is all that is compared with other documents, and then what is kept of it
//! is analysed. What repeats is so never analysed twice, and every annotation stands in text that is kept.

use std::collections::BTreeMap;
use std::convert::Infallible;

use crate::model::{
    self, Analysis, Block, Boilerplate, Document, Kind, LanguageTag, Languages, Layout, Leftover, Outline, Passage,
    Repair, Samples, Timex,
};
use crate::options::{Keep, Options};
use crate::rules::Rules;
use crate::stage::{bitext, clean, entity, filter as quality, language, leftover, proof, repeat, segment, timex};

/// Asked before each stage, which is named, and during the long ones: an error ends the work on the document there.
pub type Step<'s, E> = dyn FnMut(&'static str) -> Result<(), E> + 's;

/// Passages whose sentences are found before it is asked whether to go on.
const PASSAGES: usize = 256;

/// The blocks of a document, and what each of them is by itself, with the samples that it is compared by.
pub fn outline(document: &Document, rules: &Rules, samples: Samples) -> Outline {
    let text = document.text.as_str();
    if let Some(layout) = &document.layout {
        return laid_out(text, layout, rules, samples);
    }
    let mut blocks = segment::blocks(text);
    let (prints, sketches) = repeat::fingerprints(text, &blocks, samples);
    let copies = repeat::within(&prints);
    let title = segment::title_before_copy(text, &blocks, &copies).or_else(|| segment::title(text, &blocks));
    if let Some(block) = title.and_then(|index| blocks.get_mut(index)) {
        block.kind = Kind::Title;
    }
    let (boilerplate, suspects) = clean::boilerplate_and_suspects(text, &blocks, &rules.boilerplate);
    let whole = repeat::whole(&prints);
    Outline { blocks, prints, sketches, whole, boilerplate, suspects, filtered: None }
}

/// The outline of a document whose markup says what its blocks are. What stands outside the main text is boilerplate, and so is what is left
/// of it in the main text; only the rest makes the document what it is.
fn laid_out(text: &str, layout: &Layout, rules: &Rules, samples: Samples) -> Outline {
    let blocks: Vec<Block> = layout.blocks.iter().map(|b| Block { span: b.span, kind: b.kind }).collect();
    let (prints, sketches) = repeat::fingerprints(text, &blocks, samples);
    let main: Vec<usize> =
        (0..blocks.len()).filter(|&n| layout.blocks.get(n).is_some_and(|b| b.dropped.is_none())).collect();
    let kept: Vec<Block> = main.iter().filter_map(|&n| blocks.get(n).copied()).collect();
    let whole = repeat::whole(&main.iter().filter_map(|&n| prints.get(n).copied()).collect::<Vec<_>>());
    let outside =
        layout.blocks.iter().enumerate().filter_map(|(block, b)| Some(Boilerplate { block, rule: b.dropped? }));
    let (inside, suspects) = if layout.is_fixed {
        (Vec::new(), Vec::new())
    } else {
        clean::boilerplate_and_suspects(text, &kept, &rules.boilerplate)
    };
    let placed = |b: Boilerplate| Some(Boilerplate { block: *main.get(b.block)?, rule: b.rule });
    let mut boilerplate: Vec<Boilerplate> = outside.chain(inside.into_iter().filter_map(placed)).collect();
    boilerplate.sort_unstable_by_key(|b| b.block);
    let suspects = suspects.into_iter().filter_map(placed).collect();
    Outline { blocks, prints, sketches, whole, boilerplate, suspects, filtered: None }
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

/// The passages of a document in one of its languages, where it is in several.
struct Group {
    /// Their numbers in the document.
    numbers: Vec<usize>,
    passages: Vec<Passage>,
    languages: Languages,
}

impl Group {
    fn holds(&self, passage: usize) -> bool {
        self.numbers.binary_search(&passage).is_ok()
    }

    /// Adds what was found in the group to what was found in all.
    fn take(&self, mut found: leftover::Found, all: &mut leftover::Found) {
        let number = |index: usize| self.numbers.get(index).copied().unwrap_or_default();
        found.leftovers.iter_mut().for_each(|l| l.passage = number(l.passage));
        found.foreign.iter_mut().for_each(|f| f.passage = number(f.passage));
        all.leftovers.append(&mut found.leftovers);
        all.foreign.append(&mut found.foreign);
        all.source_language = all.source_language.or(found.source_language);
    }
}

/// The groups of a file that says of its segments that they are in several languages; each passage gets the language of its group.
fn groups(document: &Document, passages: &[Passage], languages: &mut Languages, rules: &Rules) -> Vec<Group> {
    if document.segments.iter().all(|segment| segment.language.is_none()) {
        return Vec::new();
    }
    let mut by_language: BTreeMap<Option<LanguageTag>, Vec<usize>> = BTreeMap::new();
    for (index, passage) in passages.iter().enumerate() {
        let own = model::segment::of(&document.segments, passage.span).and_then(|segment| segment.language);
        by_language.entry(own).or_default().push(index);
    }
    let mut out = Vec::new();
    for (tag, numbers) in by_language {
        let own: Vec<Passage> = numbers.iter().filter_map(|n| passages.get(*n).cloned()).collect();
        let found = language::detect(&document.text, &own, tag.or(document.language), &rules.language);
        for (number, detected) in numbers.iter().zip(&found.passages) {
            if let Some(slot) = languages.passages.get_mut(*number) {
                *slot = *detected;
            }
        }
        out.push(Group { numbers, passages: own, languages: found });
    }
    out
}

/// The sources of a document's segments, read as what they are.
struct Compared<'p> {
    pairs: &'p bitext::Pairs<'p>,
    language: LanguageTag,
    timexes: Vec<Timex>,
}

impl<'p> Compared<'p> {
    fn new(pairs: &'p bitext::Pairs<'p>, given: Option<LanguageTag>, rules: &Rules) -> Self {
        let languages = language::detect(&pairs.text, &pairs.passages, given, &rules.language);
        let timexes = timex::find(&pairs.text, &pairs.passages, &languages, None, &rules.timex);
        Self { pairs, language: languages.document.tag, timexes }
    }

    fn task<'a>(
        &'a self,
        document: &'a Document,
        languages: &Languages,
        timexes: &'a [Timex],
        rules: &'a Rules,
    ) -> bitext::Task<'a> {
        bitext::Task {
            text: &document.text,
            language: languages.document.tag,
            timexes,
            pairs: self.pairs,
            source_language: self.language,
            source_timexes: &self.timexes,
            rules: &rules.bitext,
            words: &rules.leftover,
        }
    }
}

/// Analyses the kept blocks of a document.
pub fn analyze(document: &Document, kept: &[Block], rules: &Rules, options: &Options) -> Analysis {
    let done: Result<Analysis, Infallible> = step_by_step(document, kept, rules, options, &mut |_| Ok(()));
    let Ok(analysis) = done;
    analysis
}

/// Analyses the kept blocks of a document, as long as `step` lets it go on.
///
/// # Errors
/// That of `step`.
pub fn step_by_step<E>(
    document: &Document,
    kept: &[Block],
    rules: &Rules,
    options: &Options,
    step: &mut Step<'_, E>,
) -> Result<Analysis, E> {
    let text = document.text.as_str();
    let given = document.language.or(options.language);
    let source = document.source_language.or(options.source_language);

    let mut passages: Vec<Passage> =
        kept.iter().map(|block| Passage { span: block.span, kind: block.kind, sentences: Vec::new() }).collect();
    step("languages")?;
    let mut languages = language::detect(text, &passages, given, &rules.language);
    let mut groups = groups(document, &passages, &mut languages, rules);
    for (index, passage) in passages.iter_mut().enumerate() {
        if index.is_multiple_of(PASSAGES) {
            step("sentences")?;
        }
        passage.sentences = segment::sentences(text, passage.span, languages.of(index).tag, &rules.sentence);
    }
    step("leftovers")?;
    for group in &mut groups {
        for (number, own) in group.numbers.iter().zip(&mut group.passages) {
            own.sentences = passages.get(*number).map(|p| p.sentences.clone()).unwrap_or_default();
        }
    }
    let mut leftovers = match groups.as_slice() {
        [] => leftover::find(text, &passages, &languages, source, &rules.leftover),
        many => {
            let mut all = leftover::Found::default();
            for group in many {
                group.take(leftover::find(text, &group.passages, &group.languages, source, &rules.leftover), &mut all);
            }
            all.leftovers.sort_by_key(|l| l.span);
            all.foreign.sort_by_key(|f| f.span);
            all
        }
    };
    step("dates")?;
    let timexes = timex::find(text, &passages, &languages, document.date.as_ref(), &rules.timex);
    step("entities")?;
    let entities = entity::find(text, &passages, &languages, &timexes, &leftovers.leftovers, &rules.entity);
    step("findings")?;
    let mut findings = Vec::new();
    let pairs = bitext::pairs(&document.segments, &passages);
    let compared = (!pairs.list.is_empty()).then(|| Compared::new(&pairs, source, rules));
    let compared = compared.as_ref().map(|compared| compared.task(document, &languages, &timexes, rules));
    if let Some(task) = &compared {
        let found = (leftovers.leftovers, leftovers.foreign);
        (leftovers.leftovers, leftovers.foreign) = bitext::judge(task, &passages, found);
        findings = bitext::find(task);
    }
    let mut alone = match groups.as_slice() {
        [] => {
            let marked = (entities.entities.as_slice(), timexes.as_slice());
            proof::find(text, &passages, &languages, &leftovers.leftovers, marked, &rules.proof)
        }
        many => many
            .iter()
            .flat_map(|group| {
                let own: Vec<Leftover> =
                    leftovers.leftovers.iter().filter(|l| group.holds(l.passage)).cloned().collect();
                proof::find(text, &group.passages, &group.languages, &own, (&[], &timexes), &rules.proof)
            })
            .collect(),
    };
    if document.layout.as_ref().is_some_and(|layout| layout.is_fixed) {
        // A program puts something in their places.
        alone.retain(|f| f.rule != "markup.leftover" || !bitext::is_placeholder(f.span.of(text)));
    }
    if let Some(task) = &compared {
        bitext::explain(task, &mut alone, &findings);
    }
    findings.extend(alone);
    findings.sort_by(|a, b| a.span.cmp(&b.span).then(a.place.cmp(&b.place)).then_with(|| a.rule.cmp(b.rule)));
    step("record")?;

    Ok(Analysis {
        passages,
        languages,
        leftovers: leftovers.leftovers,
        foreign: leftovers.foreign,
        source_language: leftovers.source_language,
        timexes,
        entities: entities.entities,
        relations: entities.relations,
        findings,
    })
}

/// Adds to an analysis what is looked for only on demand.
pub fn optional(document: &Document, analysis: &mut Analysis, rules: &Rules, options: &Options) {
    let Analysis { passages, languages, leftovers, timexes, findings, .. } = analysis;
    let more = proof::find_optional(&document.text, passages, languages, leftovers, findings, &rules.proof);
    findings.extend(more);
    let pairs = bitext::pairs(&document.segments, passages);
    if !pairs.list.is_empty() {
        let compared = Compared::new(&pairs, document.source_language.or(options.source_language), rules);
        findings.extend(bitext::reused(&compared.task(document, languages, timexes, rules)));
    }
    findings.sort_by(|a, b| a.span.cmp(&b.span).then(a.place.cmp(&b.place)).then_with(|| a.rule.cmp(b.rule)));
}

/// What can be mended without a person's judgement.
pub fn repairs(document: &Document, analysis: &Analysis, rules: &Rules) -> Vec<Repair> {
    let Analysis { passages, languages, leftovers, .. } = analysis;
    proof::repairs(&document.text, passages, languages, leftovers, &rules.proof)
}
