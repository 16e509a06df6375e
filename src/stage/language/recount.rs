//! Which of two languages a document is in whose passages are in both: a translation of which much was left as it was, or a text with long
//! quotations. Every passage is cut into pieces, and each piece is put to the two.

use super::{family, room};
use crate::model::{Detected, Kind, LanguageTag, Passage};
use crate::rules::language::{Evidence, HanEvidence, HanRules};
use crate::text::script::Script;

/// A piece has about so many bytes of Latin letters; see [`room`].
const PIECE: usize = 240;
/// Of a long document so many pieces are read, evenly spread.
const PIECES: usize = 96;
/// A piece is of a language that is ahead of the other by so much, in nats.
const AHEAD: f32 = 2.0;
/// Of fewer Han characters and kana nothing is said.
const CHARACTERS: u32 = 6;
/// The share of kana in Japanese.
const KANA: f32 = 0.6;
/// A text that is English otherwise is a translation into another language if it has so much of that.
const TRANSLATED: f32 = 0.3;
/// Or so much, where passages in the two take turns.
const TURNING: f32 = 0.15;
/// How often they then do at least.
const TURNS: usize = 4;

/// How much of a document is in each of two languages.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    /// Bytes in the first language and in the second.
    len: [usize; 2],
    /// How often a passage is in another of the two than the one before it.
    turns: usize,
}

/// Of the language that a document seems to be in and another one that some of its passages are in, the one that it should be in.
pub(super) fn decide(
    text: &str,
    passages: &[Passage],
    scripts: &[Option<Script>],
    [seems, other]: [Detected; 2],
    han: &HanRules,
    evidence: &mut Evidence<'_>,
) -> Detected {
    let main = family(seems.script);
    let own: Vec<&Passage> = passages
        .iter()
        .zip(scripts)
        .filter(|(p, s)| s.map(family) == Some(main) && !matches!(p.kind, Kind::Code | Kind::Quote))
        .map(|(p, _)| p)
        .collect();
    let size = PIECE * room(main);
    let all: usize = own.iter().map(|p| p.span.len().div_ceil(size)).sum();
    let step = all.div_ceil(PIECES).max(1);
    let mut count = Count::default();
    let (mut number, mut last) = (0usize, None);
    for passage in own {
        let mut len = [0usize; 2];
        for piece in pieces(passage.span.of(text), size) {
            number += 1;
            if !number.is_multiple_of(step) {
                continue;
            }
            let share = if main == Script::Han {
                of_characters(piece, seems.tag, han)
            } else {
                evidence.clear(main);
                evidence.add(piece);
                of_words(evidence.between(seems.tag, other.tag))
            };
            let Some(share) = share else { continue };
            let second = (piece.len() as f32 * share) as usize;
            len = [len[0] + piece.len() - second, len[1] + second];
        }
        let side = (len != [0, 0]).then(|| usize::from(len[1] > len[0]));
        if side.is_some() {
            count.turns += usize::from(last.is_some() && last != side);
            last = side;
        }
        count.len = [count.len[0] + len[0], count.len[1] + len[1]];
    }
    if seems.tag.is_und() || count.is_second(seems.tag, other.tag) { other } else { seems }
}

impl Count {
    /// Whether the document should be in the second language.
    fn is_second(self, first: LanguageTag, second: LanguageTag) -> bool {
        let [own, other] = self.len;
        let share = other as f32 / (own + other).max(1) as f32;
        let translated = if self.turns >= TURNS { TURNING } else { TRANSLATED };
        match (first.as_str(), second.as_str()) {
            ("en", _) => share > translated,
            (_, "en") => share >= 1.0 - translated,
            _ => share > 0.5,
        }
    }
}

/// The text in pieces that end at blanks, where there are any.
fn pieces(text: &str, size: usize) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut end = size.min(rest.len());
        while !rest.is_char_boundary(end) {
            end += 1;
        }
        let end = rest.get(end..).and_then(|tail| tail.find([' ', '\n', '。'])).map_or(rest.len(), |i| end + i);
        let (piece, tail) = rest.split_at(end);
        rest = tail.strip_prefix([' ', '\n', '。']).unwrap_or(tail);
        Some(piece)
    })
}

/// How much of a piece is in the second language, by its words; all or nothing.
fn of_words(between: f32) -> Option<f32> {
    (between.abs() >= AHEAD).then_some(if between < 0.0 { 1.0 } else { 0.0 })
}

/// How much of a piece is in the second language, by its kana.
fn of_characters(piece: &str, first: LanguageTag, rules: &HanRules) -> Option<f32> {
    let mut han = HanEvidence::default();
    han.add(piece, rules);
    if han.kana + han.han < CHARACTERS {
        return None;
    }
    let japanese = (han.kana as f32 / (han.kana + han.han) as f32 / KANA).min(1.0);
    Some(if first.language() == "ja" { 1.0 - japanese } else { japanese })
}
