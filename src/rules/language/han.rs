//! What Han characters tell: simplified, traditional, Cantonese, Japanese.

use crate::model::LanguageTag;
use crate::rules::table::rows;
use crate::rules::{Overlay, RuleError};

/// Which Han characters only one orthography uses.
#[derive(Debug)]
pub struct HanRules {
    /// For each of U+4E00 to U+9FFF, bits.
    marks: Vec<u8>,
}

const HANS: u8 = 1;
const HANT: u8 = 2;
const YUE: u8 = 4;
const JA: u8 = 8;
const ZH: u8 = 16;
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9fff;

impl HanRules {
    pub(super) fn load(overlay: &Overlay) -> Result<Self, RuleError> {
        let text = overlay.text("language/han.tsv", include_str!("../data/language/han.tsv"));
        let mut marks = vec![0; (LAST - FIRST + 1) as usize];
        for row in rows("language/han.tsv", &text, 2)? {
            let bit = match row.cell(0) {
                "Hans" => HANS,
                "Hant" => HANT,
                "yue" => YUE,
                "ja" => JA,
                "zh" => ZH,
                other => return Err(row.error(format!("{other:?} is none of Hans, Hant, yue, ja, zh"))),
            };
            for c in row.cell(1).chars() {
                if let Some(slot) = index(c).and_then(|i| marks.get_mut(i)) {
                    *slot |= bit;
                }
            }
        }
        Ok(Self { marks })
    }

    /// Whether Chinese uses this character and Japanese does not.
    pub fn is_chinese(&self, c: char) -> bool {
        self.of(c) & (HANS | YUE | ZH) != 0
    }

    /// Whether simplified Chinese does not use this character.
    pub fn is_unsimplified(&self, c: char) -> bool {
        self.of(c) & (HANT | JA) != 0
    }

    #[inline]
    fn of(&self, c: char) -> u8 {
        index(c).and_then(|i| self.marks.get(i)).copied().unwrap_or_default()
    }
}

#[inline]
fn index(c: char) -> Option<usize> {
    (c as u32).checked_sub(FIRST).map(|i| i as usize)
}

/// Counts over a text in Han characters and kana.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HanEvidence {
    /// Han characters.
    pub han: u32,
    /// Hiragana and Katakana.
    pub kana: u32,
    /// Characters that only simplified Chinese uses.
    pub simplified: u32,
    /// Characters that traditional Chinese uses and simplified does not.
    pub traditional: u32,
    /// Characters of written Cantonese.
    pub cantonese: u32,
    /// Characters that only Japanese uses.
    pub japanese: u32,
}

impl HanEvidence {
    /// Reads `text`.
    pub fn add(&mut self, text: &str, rules: &HanRules) {
        for c in text.chars() {
            match c {
                '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{ff66}'..='\u{ff9d}' => self.kana += 1,
                '\u{3005}' | '\u{3400}'..='\u{9fff}' => {
                    self.han += 1;
                    let mark = rules.of(c);
                    if mark != 0 {
                        self.simplified += u32::from(mark & HANS != 0);
                        self.traditional += u32::from(mark & HANT != 0);
                        self.cantonese += u32::from(mark & YUE != 0);
                        self.japanese += u32::from(mark & JA != 0);
                    }
                }
                _ => {}
            }
        }
    }

    /// Kana are a third of a Japanese text and more; titles have fewer, and Chinese texts quote some.
    const fn is_japanese(self) -> bool {
        let all = self.han + self.kana;
        if self.simplified * 40 > self.han && self.kana * 4 < all {
            return false;
        }
        self.kana * (if all < 40 { 16 } else { 6 }) > all
    }

    /// The language, and how sure that is.
    pub fn language(self) -> (LanguageTag, f32) {
        let chinese = self.simplified + self.traditional;
        if self.is_japanese() {
            return (LanguageTag::literal("ja"), if self.kana > 2 { 0.99 } else { 0.9 });
        }
        if self.japanese > self.simplified && self.cantonese == 0 && self.japanese * 3 > self.traditional {
            return (LanguageTag::literal("ja"), 0.9);
        }
        if self.cantonese * 60 > self.han {
            let sure = self.cantonese > 1 || self.han < 12;
            return (LanguageTag::literal("yue"), if sure { 0.95 } else { 0.8 });
        }
        let tag = if self.traditional > self.simplified { "zh-Hant" } else { "zh" };
        (LanguageTag::literal(tag), if chinese > 0 { 0.99 } else { 0.85 })
    }
}
