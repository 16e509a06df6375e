//! Untranslated fragments, and what is foreign on purpose.
//!
//! A fragment is a stretch of letters of a script that is not at home in the document. Letters of most scripts are a leftover unless what
//! stands around them says otherwise (`context`); Latin letters are one only where lower-case words stand among them (`latin`).

mod context;
mod fragment;
mod gloss;
mod japanese;
mod latin;
mod name;
mod same;
mod scan;

use std::collections::BTreeMap;

use crate::model::{Detected, Foreign, ForeignKind, Kind, LanguageTag, Languages, Leftover, Passage, SourceLanguage};
use crate::rules::confidence::Class;
use crate::rules::leftover::LeftoverRules;
use crate::rules::lexicon::Lexicon;
use crate::text::{SpanIndex, script};
use fragment::{Fragment, Verdict};
use scan::Home;

/// What [`find`] found.
#[derive(Debug, Default)]
pub struct Found {
    /// Believed to be untranslated, sorted.
    pub leftovers: Vec<Leftover>,
    /// Foreign on purpose, sorted.
    pub foreign: Vec<Foreign>,
    /// What the document was translated from.
    pub source_language: Option<SourceLanguage>,
}

/// A document in which more than this share of the text stands in passages of another script may be bilingual.
const BILINGUAL: f32 = 0.35;
/// How often what may be a name in lower case must stand in a document to be one.
const OFTEN: usize = 3;
/// A bilingual document has at least so many of them.
const MANY: usize = 3;

/// The fragments of another language in `passages`; `source_language` is what the input or the user says the document was translated from.
pub fn find(
    text: &str,
    passages: &[Passage],
    languages: &Languages,
    source_language: Option<LanguageTag>,
    rules: &LeftoverRules,
) -> Found {
    let given = source_language.map(|tag| SourceLanguage { tag, confidence: 1.0, how: "given" });
    if script::is_neutral(languages.document.script) {
        return Found { source_language: given, ..Found::default() };
    }
    let home = Home::new(languages.document.script, languages.document.tag.language());
    let mixture = Mixture::of(text, passages, languages, &home);

    let mut fragments: Vec<Fragment> = Vec::new();
    let mut foreign: Vec<Foreign> = Vec::new();
    let mut skipped = vec![false; passages.len()];
    for (index, passage) in passages.iter().enumerate() {
        if passage.kind == Kind::Code {
            continue;
        }
        let own = languages.of(index);
        if scan::family(own.script) != home.family && (mixture == Mixture::Bilingual || passage.kind == Kind::Quote) {
            foreign.push(quotation(passage, index, own));
            skip(&mut skipped, index);
            continue;
        }
        if scan::family(own.script) != home.family {
            skip(&mut skipped, index);
        }
        let runs = scan::runs(text, passage.span, &home);
        if !runs.is_empty() {
            fragment::judge(text, passage, index, &runs, &home, rules, &mut fragments);
        }
    }
    repeated(text, &mut fragments);
    if mixture == Mixture::Muddled {
        doubt(&mut fragments);
    }
    let cross = fragments.len();
    let task = same::Task {
        text,
        passages,
        skipped: &skipped,
        document: languages.document,
        given: source_language,
        rules,
        has_list: rules.language.lexicons().of(languages.document.tag).is_some_and(Lexicon::has_list),
    };
    same::find(&task, &mut fragments);
    if fragments.len() > cross {
        let within = fragments.split_off(cross);
        fragments = merged(fragments, within);
    }
    let (tags, inferred) = name::languages(text, &fragments, source_language, &rules.language);
    let beside = gloss::Beside::new(text, &fragments, &home);
    let mut leftovers = Vec::new();
    for (fragment, language) in fragments.into_iter().zip(tags) {
        let Fragment { span, script, passage, .. } = fragment;
        let verdict = match fragment.verdict {
            Verdict::Leftover { .. } if rules.is_term(span.of(text)) => Verdict::Foreign(ForeignKind::Term),
            other => other,
        };
        match verdict {
            Verdict::Leftover { class, rule } => leftovers.push(Leftover {
                span,
                language,
                script,
                passage,
                glued: fragment.glued,
                confidence: rules.confidence.of(class),
                rule,
                gloss: gloss::of(span.of(text), language, languages.document.tag, &beside, rules),
            }),
            Verdict::Foreign(kind) => foreign.push(Foreign { span, script, language, passage, kind, rule: FOREIGN }),
        }
    }
    foreign.sort_by_key(|f| f.span);
    Found { leftovers, foreign, source_language: given.or(inferred) }
}

/// Fragments of other scripts, and those of the text's own that do not overlap them. What is in another script is told better by that than by its
/// words; but a name in another script that stands in a longer leftover is part of it.
fn merged(across: Vec<Fragment>, within: Vec<Fragment>) -> Vec<Fragment> {
    let known = SpanIndex::new(across.iter().map(|f| f.span));
    let mut is_part = vec![false; across.len()];
    let mut out = Vec::with_capacity(across.len() + within.len());
    for mut fragment in within {
        let over = known.over(fragment.span);
        if !over.is_empty() {
            let inside: usize = over.iter().filter_map(|i| across.get(*i)).map(|f| f.span.len()).sum();
            let whole = matches!(fragment.verdict, Verdict::Leftover { .. }) && 2 * inside < fragment.span.len();
            if !whole {
                continue;
            }
            for index in over {
                if let (Some(part), Some(slot)) = (across.get(index), is_part.get_mut(index)) {
                    fragment.span = fragment.span.hull(part.span);
                    *slot = true;
                }
            }
        }
        out.push(fragment);
    }
    out.extend(across.into_iter().zip(is_part).filter(|(_, is_part)| !is_part).map(|(f, _)| f));
    out.sort_by_key(|f| f.span);
    out
}

/// A single word without a known meaning that comes back again and again is the name of something: `khelpcenter`.
fn repeated(text: &str, fragments: &mut [Fragment]) {
    let doubtful = |f: &Fragment| matches!(f.verdict, Verdict::Leftover { class, .. } if class.is_doubtful());
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for fragment in fragments.iter().filter(|f| doubtful(f)) {
        *counts.entry(fragment.span.of(text)).or_default() += 1;
    }
    for fragment in fragments.iter_mut().filter(|f| doubtful(f)) {
        if counts.get(fragment.span.of(text)).is_some_and(|count| *count >= OFTEN) {
            fragment.verdict = Verdict::Foreign(ForeignKind::Name);
        }
    }
}

/// The rule of what is let through.
const FOREIGN: &str = "leftover.foreign";

fn skip(skipped: &mut [bool], index: usize) {
    if let Some(slot) = skipped.get_mut(index) {
        *slot = true;
    }
}

fn quotation(passage: &Passage, index: usize, language: Detected) -> Foreign {
    Foreign {
        span: passage.span,
        script: language.script,
        language: language.tag,
        passage: index,
        kind: ForeignKind::Quotation,
        rule: FOREIGN,
    }
}

/// How much of a document is in passages of another script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mixture {
    /// Little: what it is written in is clear.
    Little,
    /// Much, in whole passages with next to nothing of the home script in them: an edition in two languages.
    Bilingual,
    /// Much, and mixed: which language it should be in is a guess.
    Muddled,
}

impl Mixture {
    fn of(text: &str, passages: &[Passage], languages: &Languages, home: &Home) -> Self {
        let away = |index: usize| scan::family(languages.of(index).script) != home.family;
        let (mut other, mut all, mut count) = (0, 0, 0);
        for (index, passage) in passages.iter().enumerate() {
            all += passage.span.len();
            if away(index) {
                other += passage.span.len();
                count += 1;
            }
        }
        if other as f32 <= BILINGUAL * all as f32 {
            return Self::Little;
        }
        let pure = passages.iter().enumerate().filter(|(index, passage)| {
            let native = |p: &Passage| p.span.of(text).chars().take(400).filter(|c| home.is_home(*c)).count();
            away(*index) && native(passage) * 20 < passage.span.len().min(400)
        });
        if count >= MANY && pure.count() * 10 >= count * 9 { Self::Bilingual } else { Self::Muddled }
    }
}

/// Where the document's own language is a guess, so is what was left over in it.
fn doubt(fragments: &mut [Fragment]) {
    for fragment in fragments {
        if let Verdict::Leftover { class, .. } = &mut fragment.verdict {
            *class = Class::Muddled;
        }
    }
}
