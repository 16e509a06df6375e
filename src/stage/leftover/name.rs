//! Which language a fragment is in, from all of a document's fragments together: one word says little.

use super::fragment::{Fragment, Verdict};
use super::scan::family;
use crate::model::{LanguageTag, SourceLanguage};
use crate::rules::language::{Evidence, HanEvidence, LanguageRules};
use crate::text::script::Script;

/// How much of a document's fragments in one script is read, in bytes.
const LIMIT: usize = 3000;
/// A fragment with so many letters speaks for itself, where it is clear.
const LONG: u32 = 60;
/// By how much, in nats, its own language must then be ahead.
const CLEARLY: f32 = 8.0;
/// What most texts in a script were translated from, in nats: of two languages with the same evidence, the likelier one.
const EXPECTED: [(Script, &str, f32); 4] = [
    (Script::Latin, "en", 3.0),
    (Script::Cyrillic, "ru", 2.0),
    (Script::Arabic, "ar", 1.5),
    (Script::Devanagari, "hi", 3.0),
];

/// The language of each fragment, and what the leftovers say the document was translated from.
pub(super) fn languages(
    text: &str,
    fragments: &[Fragment],
    given: Option<LanguageTag>,
    rules: &LanguageRules,
) -> (Vec<LanguageTag>, Option<SourceLanguage>) {
    if fragments.is_empty() {
        return (Vec::new(), None);
    }
    let mut families: Vec<(Script, Common)> = Vec::new();
    let mut evidence = Evidence::new(rules, Script::Latin);
    let tags: Vec<LanguageTag> = fragments
        .iter()
        .map(|fragment| {
            if let Some(tag) = fragment.tag {
                return tag;
            }
            let own = family(fragment.script);
            let known = families.iter().find(|(script, _)| *script == own).map(|(_, common)| *common);
            let common = known.unwrap_or_else(|| {
                let common = Common::of(text, fragments, own, given, rules, &mut evidence);
                families.push((own, common));
                common
            });
            common.name(fragment.span.of(text), own, rules, &mut evidence)
        })
        .collect();
    let source = source(fragments, &tags);
    (tags, source)
}

/// What a document's fragments in one script say together.
#[derive(Clone, Copy, Debug)]
struct Common {
    tag: LanguageTag,
    kana: bool,
}

impl Common {
    fn of(
        text: &str,
        all: &[Fragment],
        own: Script,
        given: Option<LanguageTag>,
        rules: &LanguageRules,
        evidence: &mut Evidence<'_>,
    ) -> Self {
        let mut pieces: Vec<&str> = Vec::new();
        let mut len = 0;
        let leftover = |f: &&Fragment| matches!(f.verdict, Verdict::Leftover { .. });
        let of_script = || all.iter().filter(|f| f.tag.is_none() && family(f.script) == own);
        let any = of_script().any(|f| leftover(&f));
        for fragment in of_script().filter(|f| !any || leftover(f)) {
            let piece = fragment.span.of(text);
            pieces.push(piece);
            len += piece.len();
            if len > LIMIT {
                break;
            }
        }
        if own == Script::Han {
            let mut han = HanEvidence::default();
            for piece in pieces {
                han.add(piece, rules.han());
            }
            let kana = han.kana > 0;
            let tag = if kana { LanguageTag::literal("ja") } else { han.language().0 };
            let told = given.filter(|tag| matches!(tag.language(), "zh" | "yue" | "ja"));
            return Self { tag: told.unwrap_or(tag), kana };
        }
        if let Some(tag) = rules.sole(own) {
            return Self { tag, kana: false };
        }
        if !any {
            // Names and acronyms are of no language.
            return Self { tag: LanguageTag::UND, kana: false };
        }
        evidence.clear(own);
        for (_, tag, nats) in EXPECTED.iter().filter(|(script, ..)| *script == own) {
            evidence.expect(LanguageTag::literal(tag), *nats);
        }
        if let Some(tag) = given {
            evidence.expect(tag, 6.0);
        }
        for piece in &pieces {
            evidence.add(piece);
        }
        // Of a word or two, trigrams know nothing.
        let sample = if evidence.letters() < LONG { String::new() } else { pieces.join(" ") };
        Self { tag: evidence.guess(&sample).tag, kana: false }
    }

    fn name(self, fragment: &str, own: Script, rules: &LanguageRules, evidence: &mut Evidence<'_>) -> LanguageTag {
        if own == Script::Han {
            let mut han = HanEvidence::default();
            han.add(fragment, rules.han());
            let own = han.language().0;
            // Long, and without any kana: not Japanese after all.
            let chinese = han.kana == 0 && han.simplified > 0 && self.kana;
            return if han.kana > 0 || chinese { own } else { self.tag };
        }
        if rules.sole(own).is_some() || self.tag.is_und() || fragment.len() < LONG as usize {
            return self.tag;
        }
        evidence.clear(own);
        evidence.add(fragment);
        if evidence.letters() < LONG || evidence.against(self.tag) > -CLEARLY {
            return self.tag;
        }
        let guess = evidence.guess(fragment);
        if guess.tag.is_und() { self.tag } else { guess.tag }
    }
}

/// The language that most letters of the leftovers are in, where they agree.
fn source(fragments: &[Fragment], tags: &[LanguageTag]) -> Option<SourceLanguage> {
    let mut votes: Vec<(LanguageTag, f32)> = Vec::new();
    let mut all = 0.0;
    for (fragment, tag) in fragments.iter().zip(tags) {
        if !matches!(fragment.verdict, Verdict::Leftover { .. }) {
            continue;
        }
        if tag.is_und() {
            continue;
        }
        let weight = fragment.span.len() as f32;
        all += weight;
        match votes.iter_mut().find(|(own, _)| own == tag) {
            Some((_, sum)) => *sum += weight,
            None => votes.push((*tag, weight)),
        }
    }
    let (tag, weight) = votes.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then_with(|| b.0.cmp(&a.0)))?;
    // A few letters may be anything; thirty of one language are seldom chance.
    let enough = all / (all + 3.0);
    Some(SourceLanguage { tag, confidence: weight / all * enough, how: "leftovers" })
}
