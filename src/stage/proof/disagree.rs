//! One sentence that stands twice, with another number, date or unit in it.

use xxhash_rust::xxh3::xxh3_64;

use super::sink::Sink;
use crate::model::{Kind, Message, Passage, Severity, Timex};
use crate::text::script::{self, is_unspaced};
use crate::text::{Span, Spanned as _};

const RULE: &str = "number.disagrees";

/// A sentence with fewer letters beside its figures may stand twice by chance; so may one of a script whose letters are syllables or words.
const LETTERS: usize = 40;
const SYLLABLES: usize = 16;
/// What counts a thing is no longer, in letters.
const UNIT: usize = 12;
/// A sentence with more figures is a table.
const FIGURES: usize = 8;

/// A longer one is no sentence, in bytes.
const LONGEST: usize = 4096;

/// Stands for what may differ.
const GAP: char = '\u{1}';

/// Gives a finding where two sentences, and no more than two, are the same but for one figure: a third is a series, not a slip.
pub(super) fn check(text: &str, passages: &[Passage], timexes: &[Timex], sink: &mut Sink) {
    let prose = passages.iter().filter(|passage| !matches!(passage.kind, Kind::Code | Kind::Table));
    let mut scratch = String::new();
    let mut frames: Vec<(u64, Span)> = prose
        .flat_map(|passage| &passage.sentences)
        .filter_map(|sentence| {
            frame(text, *sentence, timexes, &mut scratch)?;
            Some((xxh3_64(scratch.as_bytes()), *sentence))
        })
        .collect();
    frames.sort_unstable();
    for same in frames.chunk_by(|a, b| a.0 == b.0) {
        let [(_, one), (_, other)] = same else { continue };
        let mut figures = |sentence| frame(text, sentence, timexes, &mut scratch).unwrap_or_default();
        let (there, here) = (figures(*one), figures(*other));
        let said = |span: Span| span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let pairs = there.into_iter().map(said).zip(here.into_iter().map(|span| (said(span), span)));
        let mut differing = pairs.filter(|(there, (here, _))| there.to_lowercase() != here.to_lowercase());
        if let (Some((there, (here, span))), None) = (differing.next(), differing.next()) {
            sink.push(RULE, Severity::Warning, span, || (Message::new(RULE).with(here).with(&there), vec![there]));
        }
    }
}

/// Writes the sentence at `span` without what may differ into `frame`, and gives the places of that; `None` where it has none, or too many, or too
/// few letters besides.
fn frame(text: &str, span: Span, timexes: &[Timex], frame: &mut String) -> Option<Vec<Span>> {
    let body = span.of(text);
    let next = timexes.partition_point(|timex| timex.span().end() <= span.start());
    let mut dates = timexes.iter().skip(next).take_while(|timex| timex.span().start() < span.end()).peekable();
    if body.len() > LONGEST || dates.peek().is_none() && !body.contains(char::is_numeric) {
        return None;
    }
    let (mut letters, mut syllables) = (0, 0);
    frame.clear();
    let mut figures = Vec::new();
    let mut at = span.start();
    while let Some(c) = text.get(at..span.end()).and_then(|rest| rest.chars().next()) {
        while dates.next_if(|timex| timex.span().end() <= at).is_some() {}
        let end = match dates.peek().filter(|timex| timex.span().start() == at && !timex.span().is_empty()) {
            Some(timex) => timex.span().end().min(span.end()),
            None if c.is_numeric() || is_currency(c) => figure(text, at, span.end()),
            None => at,
        };
        if end > at {
            figures.push(Span::new(at, end));
            frame.push(GAP);
            at = end;
            continue;
        }
        if c.is_whitespace() {
            if !frame.ends_with(' ') {
                frame.push(' ');
            }
        } else {
            letters += usize::from(c.is_alphabetic());
            syllables += usize::from(is_unspaced(script::of(c)));
            frame.extend(c.to_lowercase());
        }
        at += c.len_utf8();
    }
    let is_long = letters >= LETTERS || syllables >= SYLLABLES;
    (is_long && (1..=FIGURES).contains(&figures.len())).then_some(figures)
}

const fn is_currency(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥' | '₽' | '₴' | '₹' | '₩')
}

/// Where the figure at `at` ends: its digits with the marks between them, and what it counts.
fn figure(text: &str, at: usize, limit: usize) -> usize {
    let rest = text.get(at..limit).unwrap_or_default();
    let mut digits = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((place, c)) = chars.next() {
        let next_is_digit = chars.peek().is_some_and(|(_, next)| next.is_numeric());
        let is_inner = matches!(c, '.' | ',' | ':' | '/' | '-' | '–' | '\u{a0}' | '\u{202f}' | ' ') && next_is_digit;
        if !(c.is_numeric() || is_currency(c) || is_inner) {
            break;
        }
        digits = place + c.len_utf8();
    }
    let tail = rest.get(digits..).unwrap_or_default();
    let unit = tail.strip_prefix([' ', '\u{a0}', '\u{202f}']).unwrap_or(tail);
    let sign = unit.chars().next().filter(|c| matches!(c, '%' | '‰' | '°') || is_currency(*c));
    let length = sign.map_or_else(
        || {
            let word = unit.find(|c: char| !c.is_alphabetic()).unwrap_or(unit.len());
            let is_unit = unit.get(..word).is_some_and(|word| word.chars().count() <= UNIT);
            if is_unit && !unit.starts_with(|c| is_unspaced(script::of(c))) { word } else { 0 }
        },
        char::len_utf8,
    );
    if length == 0 { at + digits } else { at + digits + (tail.len() - unit.len()) + length }
}
