//! Sentences: where UAX #29 would break, without the breaks that abbreviations, initials and brackets forbid, and with those that pictures
//! and smileys make. One pass over the bytes finds the few places that matter; only there anything is decided.

mod abbreviation;
mod chars;
mod decide;
mod tail;

use chars::{LEADS, Lead};
use decide::Scan;
use tail::Tail;

use crate::model::LanguageTag;
use crate::rules::sentence::SentenceRules;
use crate::text::Span;

/// The sentences of the block at `span`, in order, without the white space between them; together they cover every other character of it.
/// Line breaks inside a block are blanks like any other.
pub fn sentences(text: &str, span: Span, language: LanguageTag, rules: &SentenceRules) -> Vec<Span> {
    let span = span.trimmed(text);
    let body = span.of(text);
    let mut out = Vec::new();
    let mut scan = Scan::new(body, language, rules);
    let mut at = 0;
    while let Some(stop) = next_stop(&mut scan, at) {
        let tail = Tail::read(body, stop);
        if tail.next >= body.len() {
            break;
        }
        scan.pass(&tail);
        if scan.ends(&tail) {
            out.push(Span::new(span.start() + scan.start, span.start() + tail.end));
            scan.begin(tail.next);
        }
        at = tail.end.max(stop + 1);
    }
    out.push(Span::new(span.start() + scan.start, span.end()));
    out.retain(|sentence| !sentence.is_empty());
    out
}

/// The next mark or picture at or after `from`; brackets that open and close on the way are noted.
fn next_stop(scan: &mut Scan<'_>, from: usize) -> Option<usize> {
    let bytes = scan.body.as_bytes();
    let mut at = from;
    loop {
        let ahead =
            bytes.get(at..)?.iter().position(|&b| LEADS.get(usize::from(b)).is_some_and(|&lead| lead != Lead::None))?;
        at += ahead;
        let first = bytes.get(at).copied().unwrap_or_default();
        match LEADS.get(usize::from(first)).copied().unwrap_or(Lead::None) {
            Lead::Stop => return Some(at),
            Lead::Bracket => {
                if scan.bracket(at, char::from(first)) {
                    return Some(at);
                }
                at += 1;
            }
            Lead::Wide(low, high) => {
                let second = bytes.get(at + 1).copied().unwrap_or_default();
                let c = if (low..=high).contains(&second) { chars::at(scan.body, at) } else { None };
                match c {
                    Some(c) if chars::is_stop(c) || chars::is_picture(c) => return Some(at),
                    Some(c) => {
                        scan.bracket(at, c);
                        at += c.len_utf8();
                    }
                    None => at += 1,
                }
            }
            Lead::None => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LanguageTag, SentenceRules, Span, sentences};
    use crate::rules::Overlay;

    fn cut(text: &str, language: &'static str) -> Vec<String> {
        let rules = SentenceRules::load(&Overlay::default()).unwrap();
        let found = sentences(text, Span::new(0, text.len()), LanguageTag::literal(language), &rules);
        found.iter().map(|s| s.of(text).to_owned()).collect()
    }

    #[test]
    fn hostile_texts_are_read_in_linear_time() {
        for unit in [
            "a", ".", ". ", "(", ")", "!?", "A. ", ".)", "😀", "😀 ", "。", "(A. ", "…\n", ":) ", "1. ", "« ",
            "\u{301}", "?a", "A.B",
        ] {
            let text = unit.repeat(1_000_000 / unit.len());
            let found = cut(&text, "ru");
            let kept: usize = found.iter().map(|s| s.chars().filter(|c| !c.is_whitespace()).count()).sum();
            assert_eq!(kept, text.chars().filter(|c| !c.is_whitespace()).count(), "{unit:?}");
        }
    }

    #[test]
    fn nothing_has_no_sentences() {
        assert!(cut("", "en").is_empty());
        assert!(cut(" \n ", "en").is_empty());
    }
}
