//! Jurisdictions and bodies of the gazetteer.

use super::line::{Draft, Line};
use crate::model::EntityType;
use crate::rules::entity::{Class, EntryKind, Gazetteer, Reading};

/// Names of the gazetteer in the line.
pub(super) fn places(line: &mut Line<'_>, gazetteer: &Gazetteer, out: &mut Vec<Draft>) {
    if !line.has(&[Class::Place, Class::Known]) {
        return;
    }
    let mut i = 0;
    while i < line.tokens.len() {
        let known = line.row(i, Class::Known);
        if let Some(reading) = known {
            let end = i + usize::from(reading.len);
            if let Some(draft) = known_body(line, i, end, &reading, gazetteer) {
                out.push(draft);
                line.mark_notes(i, end, |note| note.name = true);
            }
        }
        match line.row(i, Class::Place) {
            Some(reading) if !is_person_part(line, i, &reading) => {
                let end = i + usize::from(reading.len);
                // `провинция Сычуань`: the name is what stands behind the common noun.
                let from =
                    if reading.len > 1 && !line.is_capital(i) && line.is(i, Class::PlaceHead) { i + 1 } else { i };
                // A union of states is a body, with a code of its own.
                let union = gazetteer.entries.get(reading.lemma as usize).is_some_and(|entry| entry.id == "EU");
                let kind = if union { EntityType::Regulator } else { EntityType::Jurisdiction };
                let mut draft = line.draft(from, end, kind, "entity.place", 0.95, String::new());
                draft.known = Some(reading.lemma);
                draft.title = true;
                draft.span.of(line.text).clone_into(&mut draft.name);
                out.push(draft);
                line.mark_notes(from, end, |note| note.place = true);
                i = end;
            }
            _ => i += 1,
        }
    }
}

/// Places that the gazetteer lacks, by the noun beside them: `Хорошевский район`, `в городе Веспреме`.
pub(super) fn described(line: &mut Line<'_>, out: &mut Vec<Draft>) {
    for i in 0..line.tokens.len() {
        let Some(head) = line.reading(i, Class::PlaceHead) else { continue };
        let free = |k: usize| line.is_proper(k) && !line.note(k).place && !line.note(k).person && !line.note(k).name;
        let before = i
            .checked_sub(1)
            .filter(|&k| free(k) && line.adjective(k).is_some_and(|(_, tags, _)| tags.meets(head.tags)));
        let (from, to) = if let Some(adjective) = before {
            (adjective, i + 1)
        } else if !line.is_capital(i) && free(i + 1) && line.is_unknown(i + 1) && !line.is_upper(i + 1) {
            (i + 1, i + 2)
        } else {
            continue;
        };
        let name = line.span(from, to).of(line.text).to_owned();
        let mut draft = line.draft(from, to, EntityType::Jurisdiction, "entity.place", 0.7, name);
        draft.title = true;
        out.push(draft);
        line.mark_notes(from, to, |note| note.place = true);
    }
}

fn known_body(line: &Line<'_>, i: usize, end: usize, reading: &Reading, gazetteer: &Gazetteer) -> Option<Draft> {
    let entry = gazetteer.entries.get(reading.lemma as usize)?;
    let kind = match entry.kind {
        EntryKind::Regulator => EntityType::Regulator,
        EntryKind::Law => EntityType::Law,
        EntryKind::Policy => EntityType::Policy,
        EntryKind::Organization => EntityType::Organization,
        _ => return None,
    };
    let mut draft = line.draft(i, end, kind, "entity.known", 0.95, String::new());
    draft.known = Some(reading.lemma);
    draft.title = true;
    Some(draft)
}

/// Whether a place that is also a given name stands before a family name: `Владимир Петров`, `Virginia Woolf`.
fn is_person_part(line: &Line<'_>, i: usize, reading: &Reading) -> bool {
    let next = i + usize::from(reading.len);
    if line.note(i).person {
        return true;
    }
    usize::from(reading.len) == 1
        && line.is(i, Class::Given)
        && line.is_capital(next)
        && !line.note(next).begins
        && line.row(next, Class::Place).is_none()
        && !line.is(next, Class::Stop)
        && !line.is(next, Class::PlaceHead)
}
