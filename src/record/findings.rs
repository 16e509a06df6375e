//! A line of `findings.jsonl`.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use crate::model::Message;
use crate::rules::checks;
use crate::text::Span;
use crate::text::fold::fold;

/// Letters and digits on either side that tell a finding from another.
const NEIGHBOURS: usize = 16;
/// Bytes among which they are looked for.
const NEAR: usize = 256;

/// A thing that a translator or editor should look at.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Its name: that of the document and the fingerprint, as one hash.
    pub id: String,
    /// What it is, wherever its document and the rest of the text went: see docs/check.md.
    pub fingerprint: String,
    /// What positions are counted in.
    pub offsets: String,
    /// The document.
    pub document: String,
    /// The rule that found it.
    pub rule: String,
    /// `error warning note`.
    pub severity: String,
    /// Its place in the clean text.
    pub span: [usize; 2],
    /// Its place in the decoded source.
    pub source: [usize; 2],
    /// The line of the decoded source, from 1.
    pub line: usize,
    /// The column in code points, from 1.
    pub column: usize,
    /// What stands there.
    pub text: String,
    /// The words around it, with `⟦ ⟧` about what is meant.
    pub context: String,
    /// What is wrong.
    pub message: String,
    /// What could stand there instead, best first.
    pub suggestions: Vec<String>,
    /// The same in any language.
    #[serde(skip)]
    pub said: Message,
    /// The name of its segment, in a file made for translation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub segment: Option<String>,
}

impl Finding {
    /// The name of what has this fingerprint in a document.
    pub fn id(document: &str, fingerprint: &str) -> String {
        format!("f{:016x}", xxh3_64(format!("{document}\u{0}{fingerprint}").as_bytes()))
    }
}

/// A finding, and where it stands in bytes of the decoded source.
#[derive(Clone, Debug)]
pub struct Located {
    /// What is written of it.
    pub finding: Finding,
    /// Its place in the decoded source.
    pub at: Span,
}

/// Gives the findings of one document their fingerprints, in the order in which they stand.
#[derive(Debug, Default)]
pub struct Fingerprints {
    seen: HashMap<u64, u64>,
}

impl Fingerprints {
    /// The fingerprint, version 1, of what `rule` found at `span` in a passage of `text`: sixteen hexadecimal digits, the XXH3 hash of, with a zero
    /// byte after each,
    ///
    /// 1. the rule,
    /// 2. the fragment, folded (NFKC, no case, letters and digits alone), or as it is where nothing is left of it,
    /// 3. the last sixteen letters and digits of the passage before it, folded,
    /// 4. the first sixteen after it, folded,
    ///
    /// seeded with its number, from 0, among those of the document that are equal in all four. Of rules that speak of a whole document (mixed dashes), 3
    /// and 4 are empty: the place is only the first of many. What stands elsewhere, the line and the document's name do not matter.
    pub fn next(&mut self, text: &str, passage: Span, span: Span, rule: &str) -> String {
        let mut name = Vec::new();
        let mut add = |bytes: &[u8]| {
            name.extend_from_slice(bytes);
            name.push(0);
        };
        add(rule.as_bytes());
        let fragment = fold(span.of(text)).text;
        add(if fragment.is_empty() { span.of(text).as_bytes() } else { &fragment });
        let (before, after) = match checks::get(rule) {
            Some(check) if check.whole => (String::new(), String::new()),
            _ => (before(text, passage, span), after(text, passage, span)),
        };
        add(before.as_bytes());
        add(after.as_bytes());
        let ordinal = self.seen.entry(xxh3_64(&name)).or_default();
        let hash = xxh3_64_with_seed(&name, *ordinal);
        *ordinal += 1;
        format!("{hash:016x}")
    }
}

fn before(text: &str, passage: Span, span: Span) -> String {
    let mut from = span.start().saturating_sub(NEAR).max(passage.start());
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let folded = fold(Span::new(from, span.start()).of(text)).text;
    let folded = String::from_utf8_lossy(&folded);
    let skipped = folded.chars().count().saturating_sub(NEIGHBOURS);
    folded.chars().skip(skipped).collect()
}

fn after(text: &str, passage: Span, span: Span) -> String {
    let mut to = (span.end() + NEAR).min(passage.end());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let folded = fold(Span::new(span.end(), to).of(text)).text;
    String::from_utf8_lossy(&folded).chars().take(NEIGHBOURS).collect()
}

#[cfg(test)]
mod tests {
    use super::{Fingerprints, Span};

    fn of(text: &str, fragment: &str, rule: &str) -> Vec<String> {
        let mut prints = Fingerprints::default();
        let passage = Span::new(0, text.len());
        let places = text.match_indices(fragment);
        places.map(|(at, found)| prints.next(text, passage, Span::new(at, at + found.len()), rule)).collect()
    }

    #[test]
    fn a_fingerprint_survives_what_changes_elsewhere() {
        let one =
            of("Его работа — специалист в области 法律合规 в индустрии развлечений.", "法律合规", "leftover.script");
        let edited = of(
            "Работа: СПЕЦИАЛИСТ  в «области» 法律合规, в индустрии — развлечений и игр!",
            "法律合规",
            "leftover.script",
        );
        assert_eq!(one, edited);
        assert_ne!(one, of("Он юрист в стороне 法律合规 в индустрии", "法律合规", "leftover.script"));
        assert_ne!(one, of("Его работа — специалист в области 法律合规 в индустрии", "法律合规", "leftover.words"));
    }

    #[test]
    fn equal_ones_are_told_apart_by_their_number() {
        let three = of("да 法 да 法 да 法 да", "法", "leftover.script");
        assert_eq!(three.iter().collect::<std::collections::BTreeSet<_>>().len(), 3);
        // The first and the second are still what they were when the last is gone.
        let same = of(&"да 法 нет. ".repeat(9), "法", "leftover.script");
        assert_eq!(of(&"да 法 нет. ".repeat(8), "法", "leftover.script").get(..4), same.get(..4));
    }

    #[test]
    fn what_is_said_of_a_whole_document_has_no_neighbours() {
        assert_eq!(of("одно – другое", "–", "dashes.mixed"), of("третье – четвёртое", "–", "dashes.mixed"));
        assert_ne!(of("одно – другое", "–", "dashes.mixed"), of("одно - другое", "-", "dashes.mixed"));
    }
}
