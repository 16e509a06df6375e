//! Citations as mentions, and what they say of the entities that they become: fields, country, and identifiers of the European Union.

use super::line::Draft;
use crate::model::{Entity, EntityType};
use crate::rules::entity::{Citation, CitationKind, EntityRules};
use crate::text::Span;

/// The citations in the passage at `span`, as drafts and with their fields.
pub(super) fn citations(
    text: &str,
    span: Span,
    language: &str,
    passage: usize,
    rules: &EntityRules,
    cited: &mut Vec<Citation>,
    drafts: &mut Vec<Draft>,
) {
    rules.citations().find(span.of(text), language, span.start(), |citation| {
        let kind = match citation.kind {
            CitationKind::Law => EntityType::Law,
            CitationKind::Policy => EntityType::Policy,
            CitationKind::Case => EntityType::Case,
            CitationKind::Nothing => {
                cited.push(citation);
                return;
            }
        };
        drafts.push(Draft {
            span: citation.span,
            kind,
            rule: if kind == EntityType::Case { "entity.case" } else { "entity.citation" },
            confidence: 0.7,
            name: citation.span.of(text).to_owned(),
            known: None,
            title: true,
            passage,
            inflected: false,
        });
        cited.push(citation);
    });
}

/// Takes out what was found within patterns that name nothing: literature on a law, `conflict of interest`.
pub(super) fn suppress(drafts: &mut Vec<Draft>, cited: &mut Vec<Citation>) {
    let places = |wanted: &dyn Fn(&Citation) -> bool| {
        let mut places: Vec<Span> = cited.iter().filter(|c| wanted(c)).map(|c| c.span).collect();
        places.sort();
        places
    };
    let nothing = places(&|citation| citation.kind == CitationKind::Nothing);
    // The court of a case is named by the case; parties and their countries are entities of their own.
    let cases =
        places(&|citation| citation.kind == CitationKind::Case && citation.fields.iter().all(|f| f.0 != "name"));
    cited.retain(|citation| citation.kind != CitationKind::Nothing);
    drafts.retain(|draft| {
        !within(&nothing, draft.span)
            && (matches!(draft.kind, EntityType::Case | EntityType::Person) || !within(&cases, draft.span))
    });
}

/// Whether one of `places`, which are sorted and lie apart, holds `span`.
fn within(places: &[Span], span: Span) -> bool {
    let next = places.partition_point(|other| other.start() <= span.start());
    next.checked_sub(1).and_then(|at| places.get(at)).is_some_and(|other| other.contains(span))
}

/// Gives the entities what the citations say that lie within their first mention.
pub(super) fn describe(entities: &mut [Entity], mut cited: Vec<Citation>) {
    cited.sort_by_key(|citation| (citation.span.start(), usize::MAX - citation.span.end()));
    for entity in entities.iter_mut() {
        if !matches!(entity.kind, EntityType::Law | EntityType::Case | EntityType::Policy) {
            continue;
        }
        let Some(place) = entity.mentions.first().map(|mention| mention.span) else { continue };
        let from = cited.partition_point(|citation| citation.span.start() < place.start());
        for citation in cited.get(from..).unwrap_or_default() {
            if citation.span.start() >= place.end() {
                break;
            }
            if place.contains(citation.span) {
                take(entity, citation);
            }
        }
        entity.citation.sort();
    }
}

fn take(entity: &mut Entity, citation: &Citation) {
    for (name, value) in &citation.fields {
        if !entity.citation.iter().any(|(known, _)| known == name) {
            entity.citation.push((name.clone(), value.clone()));
        }
    }
    if (entity.jurisdiction.is_none() || entity.jurisdiction_inferred) && !citation.country.is_empty() {
        entity.jurisdiction = Some(citation.country.clone());
        entity.jurisdiction_inferred = false;
    }
    if let Some(act) = union_act(&citation.fields) {
        entity.jurisdiction = Some("EU".to_owned());
        entity.jurisdiction_inferred = false;
        for id in [("celex", act.celex()), ("eli", act.eli())] {
            if !entity.ids.iter().any(|(scheme, _)| *scheme == id.0) {
                entity.ids.push(id);
            }
        }
        entity.ids.sort();
    }
}

/// An act of the European Union.
struct Act {
    letter: char,
    year: u32,
    number: u32,
}

impl Act {
    fn celex(&self) -> String {
        format!("3{}{}{:04}", self.year, self.letter, self.number)
    }

    fn eli(&self) -> String {
        let series = match self.letter {
            'L' => "dir",
            'R' => "reg",
            _ => "dec",
        };
        format!("http://data.europa.eu/eli/{series}/{}/{}/oj", self.year, self.number)
    }
}

/// The act that `instrument` and `number` name: `Directive`, `(EU) 2019/790`. Before 2015 a regulation had its number first (`No 1907/2006`).
fn union_act(fields: &[(String, String)]) -> Option<Act> {
    let field = |name: &str| fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.to_lowercase());
    let instrument = field("instrument")?;
    let letter = KINDS.iter().find(|(words, _)| words.iter().any(|word| instrument.contains(word)))?.1;
    let text = field("number").unwrap_or_else(|| instrument.clone());
    let mut parts = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let (first, second) = (parts.next()?, parts.next()?);
    text.contains('/').then_some(())?;
    let year_first = match (is_year(first), is_year(second)) {
        (true, true) => letter != 'R' || !NUMBERED.iter().any(|mark| text.contains(mark)),
        (one, _) => one,
    };
    let (year, number) = if year_first || letter == 'L' { (first, second) } else { (second, first) };
    let year: u32 = year.parse().ok()?;
    let year = if year < 100 { year + 1900 } else { year };
    ((1952..2100).contains(&year)).then_some(Act { letter, year, number: number.parse().ok()? })
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

/// Marks before a number that comes before its year.
const NUMBERED: [&str; 6] = ["no", "nr", "n°", "nº", "n.", "№"];

/// Beginnings of the words for acts of the union in small letters, and the letter that they have in CELEX numbers.
const KINDS: [(&[&str], char); 3] = [
    (&["directiv", "richtlij", "richtlinie", "rl", "diretiva", "direttiva", "dyrektyw", "директив"], 'L'),
    (
        &[
            "regulation",
            "verordnung",
            "vo",
            "règlement",
            "reglamento",
            "regulamento",
            "regolamento",
            "verordening",
            "rozporządz",
            "регламент",
        ],
        'R',
    ),
    (&["decision", "beschluss", "décision", "decisión", "decisão", "decisione", "решени"], 'D'),
];

#[cfg(test)]
mod tests {
    use super::union_act;

    #[test]
    fn acts_of_the_union_have_celex_numbers() {
        for (instrument, number, celex) in [
            ("Directive", "(EU) 2019/790", "32019L0790"),
            ("Directive", "95/46/EC", "31995L0046"),
            ("Regulation", "(EC) No 1907/2006", "32006R1907"),
            ("Regulation", "(EU) 2016/679", "32016R0679"),
            ("Verordnung", "(EWG) Nr. 1408/71", "31971R1408"),
            ("Reglamento", "(UE) n.º 575/2013", "32013R0575"),
        ] {
            let fields = [("instrument".to_owned(), instrument.to_owned()), ("number".to_owned(), number.to_owned())];
            assert_eq!(union_act(&fields).unwrap().celex(), celex);
        }
    }
}
