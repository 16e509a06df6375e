//! One finding a leftover.

use super::sink::Sink;
use crate::model::{LanguageTag, Leftover, Severity};
use crate::rules::proof::ProofRules;

/// From this confidence on a leftover is an error.
const SURE: f32 = 0.9;

/// The findings for `leftovers` in a document of the language `language`.
pub(super) fn check(leftovers: &[Leftover], language: LanguageTag, rules: &ProofRules, sink: &mut Sink) {
    for leftover in leftovers {
        let severity = if leftover.confidence >= SURE { Severity::Error } else { Severity::Warning };
        sink.push(leftover.rule, severity, leftover.span, || {
            let name = rules.language_name(leftover.language.language());
            let mut message = match name {
                Some(name) => format!("untranslated {name}"),
                None => format!("untranslated text in {} script", leftover.script.full_name()),
            };
            if leftover.glued {
                message.push_str(", without a blank beside it");
            }
            let mut suggestions = Vec::new();
            for gloss in &leftover.gloss {
                if gloss.language.same_language(language) {
                    suggestions.push(gloss.text.clone());
                } else {
                    message.push_str(&format!("; {} “{}”", gloss.language, gloss.text));
                }
            }
            (message, suggestions)
        });
    }
}
