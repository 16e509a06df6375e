//! Jurisdictions and bodies of the gazetteer.

use super::line::{Draft, Line};
use crate::model::EntityType;
use crate::rules::entity::{Class, EntryKind, Gazetteer, Reading};

/// Names of the gazetteer in the line.
pub(super) fn places(line: &mut Line<'_>, gazetteer: &Gazetteer, out: &mut Vec<Draft>) {
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
                // A union of states is a body, with a code of its own.
                let union = gazetteer.entries.get(reading.lemma as usize).is_some_and(|entry| entry.id == "EU");
                let kind = if union { EntityType::Regulator } else { EntityType::Jurisdiction };
                let mut draft = line.draft(i, end, kind, "entity.place", 0.95, String::new());
                draft.known = Some(reading.lemma);
                draft.title = true;
                draft.span.of(line.text).clone_into(&mut draft.name);
                out.push(draft);
                line.mark_notes(i, end, |note| note.place = true);
                i = end;
            }
            _ => i += 1,
        }
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
