//! The checks, with what holds of each of them where the user says nothing.

use crate::model::Severity;

/// A check, by the rule that its findings name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// The rule.
    pub rule: &'static str,
    /// How serious its findings are; some checks lower it where they are less sure.
    pub severity: Severity,
    /// Whether it is done unless it is switched off.
    pub on: bool,
    /// Whether a finding speaks of the whole document, and stands at the first of many places.
    pub whole: bool,
    /// Whether what it finds can be mended without a person's judgement.
    pub safe: bool,
}

const fn check(rule: &'static str, severity: Severity) -> Check {
    Check { rule, severity, on: true, whole: false, safe: false }
}

const fn whole(check: Check) -> Check {
    Check { whole: true, ..check }
}

const fn safe(check: Check) -> Check {
    Check { safe: true, ..check }
}

const fn off(check: Check) -> Check {
    Check { on: false, ..check }
}

/// All checks, by name.
pub const CHECKS: &[Check] = &[
    whole(check("address.mixed", Severity::Note)),
    check("brackets.unbalanced", Severity::Warning),
    check("character.hidden", Severity::Warning),
    whole(check("dashes.mixed", Severity::Note)),
    check("leftover.language", Severity::Error),
    off(check("leftover.lone", Severity::Note)),
    check("leftover.script", Severity::Error),
    check("leftover.source", Severity::Error),
    check("leftover.words", Severity::Error),
    safe(check("lookalike.letter", Severity::Error)),
    check("markup.leftover", Severity::Warning),
    check("name.variant", Severity::Warning),
    check("number.disagrees", Severity::Warning),
    safe(check("punctuation.cjk", Severity::Warning)),
    check("punctuation.doubled", Severity::Warning),
    safe(whole(check("quotes.mixed", Severity::Note))),
    check("quotes.unbalanced", Severity::Warning),
    check("segment.date", Severity::Warning),
    check("segment.identical", Severity::Warning),
    check("segment.inconsistent", Severity::Warning),
    check("segment.missing", Severity::Error),
    check("segment.number", Severity::Warning),
    check("segment.placeholder", Severity::Error),
    off(check("segment.reused", Severity::Note)),
    check("segment.term", Severity::Warning),
    check("segment.term-variant", Severity::Warning),
    check("segment.unit", Severity::Warning),
    safe(check("space.before-punctuation", Severity::Warning)),
    safe(off(check("space.doubled", Severity::Note))),
    check("suppression.invalid", Severity::Error),
    check("suppression.unused", Severity::Warning),
    whole(check("term.acronym-script", Severity::Warning)),
    check("word.doubled", Severity::Warning),
    whole(check("yo.mixed", Severity::Note)),
];

/// The check of this rule.
pub fn get(rule: &str) -> Option<&'static Check> {
    let index = CHECKS.binary_search_by(|check| check.rule.cmp(rule)).ok()?;
    CHECKS.get(index)
}

#[cfg(test)]
mod tests {
    use super::{CHECKS, get};
    use crate::rules::PAGES;

    /// Families of rules that are no checks: they say what was taken out, or what an annotation was made by.
    const NONE: [&str; 7] = ["boilerplate.", "date.", "entity.", "filter.", "page.", "read.", "repeat."];

    #[test]
    fn every_check_is_listed_and_has_its_page() {
        assert!(CHECKS.is_sorted_by_key(|check| check.rule));
        let pages = PAGES.iter().map(|(rule, _)| *rule).filter(|rule| *rule != "leftover.foreign");
        let pages: Vec<&str> = pages.filter(|rule| !NONE.iter().any(|family| rule.starts_with(family))).collect();
        assert_eq!(CHECKS.iter().map(|check| check.rule).collect::<Vec<_>>(), pages);
        assert!(get("quotes.mixed").is_some_and(|check| check.whole && check.on));
        assert!(get("repeat.exact").is_none());
    }
}
