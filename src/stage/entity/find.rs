//! All entities of a document.

use super::english;
use super::group::group;
use super::han;
use super::line::{Buffers, Draft, Line};
use super::person::{Names, persons};
use super::relate::relate;
use super::settle::settle;
use super::tag::{Sample, Tags};
use super::{action, body, cite, law, money, place, policy, role, west, west_deed};
use crate::model::{Entity, Kind, LanguageTag, Languages, Leftover, Passage, Relation, Timex};
use crate::rules::entity::tagger::Tagger;
use crate::rules::entity::{Citation, Class, EntityRules, Lexicon};

/// What [`find`] found.
#[derive(Debug, Default)]
pub struct Found {
    /// The entities, by the place of their first mention.
    pub entities: Vec<Entity>,
    /// How they are related, sorted.
    pub relations: Vec<Relation>,
}

/// How a language is read.
#[derive(Clone, Copy)]
struct Tongue<'r> {
    lexicon: (&'r Lexicon, u32),
    grammar: Grammar,
    /// Whether its words are none of the lexicon, which is there for names in other letters only.
    foreign: bool,
    /// Whether letters without blanks between words are Chinese there.
    chinese: bool,
    /// What has learnt its names.
    tagger: Option<&'r Tagger>,
}

#[derive(Clone, Copy)]
enum Grammar {
    Russian,
    English,
    /// Heads, then what belongs to them: Romance and Germanic languages, and Polish.
    Western,
    Other,
}

impl<'r> Tongue<'r> {
    fn of(tag: LanguageTag, rules: &'r EntityRules) -> Self {
        let language = tag.language();
        let grammar = match language {
            "ru" => Grammar::Russian,
            "en" => Grammar::English,
            "de" | "fr" | "es" | "pt" | "it" | "nl" | "pl" => Grammar::Western,
            _ => Grammar::Other,
        };
        let chinese = matches!(language, "zh" | "und" | "yue" | "wuu");
        let lexicon = rules.lexicon(language);
        let foreign = !chinese && matches!(language, "ja" | "ko" | "th" | "lo" | "my" | "km" | "hi" | "bn");
        Self { lexicon, grammar, foreign, chinese, tagger: rules.tagger(language) }
    }
}

/// Whether a letter, a digit or a sign stands there that a name or an amount may be made of: anything but the marks of ASCII and the scripts of
/// India and East Asia, which have no capitals.
fn has_names(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        0..=0x7f => byte.is_ascii_alphanumeric(),
        // What continues a character; what begins one of three bytes, but for the Latin, Cyrillic and Greek ones.
        0x80..=0xbf | 0xe0 | 0xe3..=0xe9 | 0xeb..=0xed => false,
        0xea => bytes.get(at + 1).is_none_or(|next| *next < 0xb0),
        _ => true,
    })
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
    let mut names = Names::default();
    let mut cited = Vec::new();
    let mut drafts = read(text, passages, languages, rules, &mut names, &mut cited, None);
    names.resolve(text, rules.gazetteer(), &mut drafts);
    names.resolve_latin(text, &mut drafts);
    drafts.retain(|draft| {
        let next = leftovers.partition_point(|l| l.span.start() <= draft.span.start());
        !next.checked_sub(1).and_then(|at| leftovers.get(at)).is_some_and(|l| l.span.contains(draft.span))
    });
    cite::suppress(&mut drafts, &mut cited);
    let drafts = settle(text, drafts, timexes);
    let mut entities = group(text, drafts, rules.gazetteer(), languages.document.tag.language());
    cite::describe(&mut entities, cited);
    let relations = relate(text, passages, &entities, timexes);
    Found { entities, relations }
}

/// What the tagger of a language learns from: the rows of tokens that it would score, with their features; for `tools/tagger`.
pub fn samples(text: &str, passages: &[Passage], languages: &Languages, rules: &EntityRules) -> Vec<Sample> {
    let mut out = Vec::new();
    read(text, passages, languages, rules, &mut Names::default(), &mut Vec::new(), Some(&mut out));
    out
}

/// Reads the passages: drafts of mentions. With `samples`, taggers only show what they see.
fn read(
    text: &str,
    passages: &[Passage],
    languages: &Languages,
    rules: &EntityRules,
    names: &mut Names,
    cited: &mut Vec<Citation>,
    mut samples: Option<&mut Vec<Sample>>,
) -> Vec<Draft> {
    let mut buffers = Buffers::default();
    let mut tags = Tags::default();
    let mut drafts = Vec::new();
    let mut last: Option<(LanguageTag, Tongue<'_>)> = None;
    for (index, passage) in passages.iter().enumerate() {
        if passage.kind == Kind::Code {
            continue;
        }
        let tag = languages.of(index).tag;
        let tongue = match last {
            Some((known, tongue)) if known == tag => tongue,
            _ => Tongue::of(tag, rules),
        };
        last = Some((tag, tongue));
        let from = drafts.len();
        cite::citations(text, passage.span, tag.language(), index, rules, cited, &mut drafts);
        if tongue.foreign && !has_names(passage.span.of(text)) {
            continue;
        }
        let mut name =
            |line: &mut Line<'_>, drafts: &mut Vec<Draft>, names: &mut Names| match (tongue.tagger, &mut samples) {
                (Some(tagger), Some(samples)) => {
                    tags.samples(line, tagger, drafts.get(from..).unwrap_or_default(), samples);
                }
                (Some(tagger), None) => tags.tag(line, tagger, names, drafts, from),
                _ => {}
            };
        let mut line = buffers.line(text, passage.span, &passage.sentences, tongue.lexicon, index);
        line.german = languages.of(index).tag.language() == "de";
        match tongue.grammar {
            Grammar::Russian => {
                persons(&mut line, names, &mut drafts);
                place::places(&mut line, rules.gazetteer(), &mut drafts);
                if line.has(&[Class::PlaceHead]) {
                    place::described(&mut line, &mut drafts);
                }
                body::bodies(&mut line, &mut drafts);
                name(&mut line, &mut drafts, names);
                if line.has(&[Class::Law, Class::LawShort]) {
                    law::laws(&mut line, &mut drafts);
                }
                if line.has(&[Class::Policy, Class::Campaign, Class::ActionNoun, Class::Numeral]) {
                    policy::policies(&line, &mut drafts);
                }
                if line.has(&[Class::Role]) {
                    role::roles(&line, &mut drafts, from);
                }
                if line.has(&[Class::ActionNoun, Class::ActionVerb]) {
                    action::actions(&line, &mut drafts, from);
                }
            }
            Grammar::English => {
                persons(&mut line, names, &mut drafts);
                place::places(&mut line, rules.gazetteer(), &mut drafts);
                english::names(&mut line, &mut drafts);
                name(&mut line, &mut drafts, names);
                english::phrases(&line, &mut drafts, from);
            }
            Grammar::Western => {
                persons(&mut line, names, &mut drafts);
                place::places(&mut line, rules.gazetteer(), &mut drafts);
                west::names(&mut line, &mut drafts);
                name(&mut line, &mut drafts, names);
                west_deed::deeds(&line, &mut drafts, from);
            }
            Grammar::Other => {
                persons(&mut line, names, &mut drafts);
                place::places(&mut line, rules.gazetteer(), &mut drafts);
                name(&mut line, &mut drafts, names);
            }
        }
        money::money(&line, &mut drafts);
        if tongue.chinese
            && let Some(span) = buffers.unspaced()
        {
            let words = han::find(text, span, index, rules, &mut drafts);
            if let Some(tagger) = tongue.tagger {
                let seen = drafts.get(from..).unwrap_or_default();
                match &mut samples {
                    Some(samples) => tags.han_samples(text, span, &words, seen, samples),
                    None => tags.tag_han(text, span, index, &words, tagger, &mut drafts, from),
                }
            }
        }
    }
    drafts
}

#[cfg(test)]
mod tests {
    use super::{Found, find};
    use crate::model::{Detected, Entity, EntityType, Kind, LanguageTag, Languages, Passage};
    use crate::rules::Overlay;
    use crate::rules::entity::EntityRules;
    use crate::text::Span;

    fn found(text: &str, language: &str) -> Found {
        let rules = EntityRules::load(&Overlay::default()).unwrap();
        let span = Span::new(0, text.len());
        let passages = [Passage { span, kind: Kind::Paragraph, sentences: vec![span] }];
        let document = Detected { tag: LanguageTag::literal(language), ..Detected::UNKNOWN };
        find(text, &passages, &Languages { document, passages: Vec::new() }, &[], &[], &rules)
    }

    fn of_type(found: &Found, kind: EntityType) -> Vec<&Entity> {
        found.entities.iter().filter(|entity| entity.kind == kind).collect()
    }

    #[test]
    fn a_currency_is_a_code_of_iso_4217() {
        for (text, language) in [
            ("工厂耗资35亿元。", "zh"),
            ("他借了8000人民币。", "zh"),
            ("Завод стоил 35 млрд юаней.", "ru"),
            ("The plant cost 35 billion yuan.", "en"),
        ] {
            let found = found(text, language);
            let money = of_type(&found, EntityType::Money);
            assert_eq!(money.first().unwrap().ids, [("currency", "CNY".to_owned())], "{text}");
        }
    }

    #[test]
    fn a_body_without_a_country_in_its_name_is_that_of_the_documents_country() {
        let text = "In Nigeria, the Securities and Exchange Commission opened an office in Lagos.";
        let found = found(text, "en");
        let bodies = of_type(&found, EntityType::Regulator);
        assert_eq!(bodies.first().unwrap().jurisdiction.as_deref(), Some("NG"));
    }

    #[test]
    fn a_body_with_a_name_of_its_own_stays_where_it_is() {
        let found = found("In Nigeria, a guest from the Bundesbank spoke in Lagos.", "en");
        let bodies = of_type(&found, EntityType::Regulator);
        assert_eq!(bodies.first().unwrap().jurisdiction.as_deref(), Some("DE"));
    }
}
