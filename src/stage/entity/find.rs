//! All entities of a document.

use super::english;
use super::group::group;
use super::han;
use super::line::Buffers;
use super::person::{Names, persons};
use super::relate::relate;
use super::settle::settle;
use super::{action, body, cite, law, money, place, policy, role};
use crate::model::{Entity, Kind, LanguageTag, Languages, Leftover, Passage, Relation, Timex};
use crate::rules::entity::{Class, EntityRules, Lexicon};

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
}

#[derive(Clone, Copy)]
enum Grammar {
    Russian,
    English,
    Other,
}

impl<'r> Tongue<'r> {
    fn of(tag: LanguageTag, rules: &'r EntityRules) -> Self {
        let language = tag.language();
        let grammar = match language {
            "ru" => Grammar::Russian,
            "en" => Grammar::English,
            _ => Grammar::Other,
        };
        let chinese = matches!(language, "zh" | "und" | "yue" | "wuu");
        let lexicon = rules.lexicon(language);
        let foreign = !chinese && matches!(language, "ja" | "ko" | "th" | "lo" | "my" | "km" | "hi" | "bn");
        Self { lexicon, grammar, foreign, chinese }
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
    let mut buffers = Buffers::default();
    let mut names = Names::default();
    let mut drafts = Vec::new();
    let mut cited = Vec::new();
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
        cite::citations(text, passage.span, tag.language(), index, rules, &mut cited, &mut drafts);
        if tongue.foreign && !has_names(passage.span.of(text)) {
            continue;
        }
        let mut line = buffers.line(text, passage.span, &passage.sentences, tongue.lexicon, index);
        match tongue.grammar {
            Grammar::Russian => {
                persons(&mut line, &mut names, &mut drafts);
                place::places(&mut line, rules.gazetteer(), &mut drafts);
                if line.has(&[Class::PlaceHead]) {
                    place::described(&mut line, &mut drafts);
                }
                body::bodies(&mut line, &mut drafts);
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
                persons(&mut line, &mut names, &mut drafts);
                place::places(&mut line, rules.gazetteer(), &mut drafts);
                english::names(&mut line, &mut drafts);
                english::phrases(&line, &mut drafts, from);
            }
            Grammar::Other => {
                persons(&mut line, &mut names, &mut drafts);
                place::places(&mut line, rules.gazetteer(), &mut drafts);
            }
        }
        money::money(&line, &mut drafts);
        if tongue.chinese
            && let Some(span) = buffers.unspaced()
        {
            han::find(text, span, index, rules, &mut drafts);
        }
    }
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
    let relations = relate(text, passages, &entities);
    Found { entities, relations }
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
