//! What each character is as a byte in encodings that text is wrongly read as.

use std::collections::HashMap;

use encoding_rs::{Encoding, GBK, IBM866, ISO_8859_5, KOI8_R, MACINTOSH, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252};

/// The upper half of code page 437 (IBM PC), from 0x80.
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
/// Code points below have a table of their own.
const LOW: u32 = 0x500;
/// How often each letter of Russian stands in a thousand (own count of letters in general prose), `а` to `я`.
const LETTERS: [u16; 32] = [
    80, 16, 45, 17, 30, 85, 9, 17, 74, 12, 35, 44, 32, 67, 110, 28, 47, 55, 63, 26, 3, 10, 5, 14, 7, 4, 1, 19, 17, 3,
    6, 20,
];

/// An encoding of one byte a character that UTF-8 is wrongly read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// windows-1252, or ISO 8859-1, which it extends.
    Western = 0,
    /// windows-1250.
    Central = 1,
    /// windows-1251.
    Cyrillic = 2,
    /// Code page 437.
    Dos = 3,
    /// Mac OS Roman.
    Mac = 4,
}

impl Page {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Western, Self::Central, Self::Cyrillic, Self::Dos, Self::Mac];

    /// Its usual name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Western => "windows-1252",
            Self::Central => "windows-1250",
            Self::Cyrillic => "windows-1251",
            Self::Dos => "cp437",
            Self::Mac => "macintosh",
        }
    }
}

/// The tables.
#[derive(Debug)]
pub struct MojibakeRules {
    /// Bytes of the characters below U+0500, by page; 0 where it has none.
    low: Vec<[u8; 5]>,
    high: HashMap<char, [u8; 5]>,
    /// Codes of GBK by code point, for ideographs and for the others.
    han: Vec<u16>,
    others: HashMap<char, u16>,
}

impl MojibakeRules {
    /// Builds the tables.
    pub fn new() -> Self {
        let mut out = Self {
            low: vec![[0; 5]; LOW as usize],
            high: HashMap::new(),
            han: vec![0; 0x5200],
            others: HashMap::new(),
        };
        for byte in 0x80..=0xffu8 {
            for (page, encoding) in [
                (Page::Western, WINDOWS_1252),
                (Page::Central, WINDOWS_1250),
                (Page::Cyrillic, WINDOWS_1251),
                (Page::Mac, MACINTOSH),
            ] {
                let c = decode(encoding, &[byte]).filter(|c| *c != '\u{fffd}');
                out.set(page, c, byte);
            }
            // What ISO 8859-1 leaves for controls is also how windows-1252 is read by some.
            if byte < 0xa0 {
                out.set(Page::Western, Some(char::from(byte)), byte);
                out.set(Page::Central, Some(char::from(byte)), byte);
                out.set(Page::Cyrillic, Some(char::from(byte)), byte);
            }
        }
        for (byte, c) in (0x80..=0xffu8).zip(CP437.chars()) {
            out.set(Page::Dos, Some(c), byte);
        }
        out.set(Page::Mac, Some('\u{3a9}'), 0xbd);
        out.set(Page::Mac, Some('\u{a4}'), 0xdb);
        for lead in 0x81..=0xfeu8 {
            for trail in 0x40..=0xfeu8 {
                if let Some(c) = decode(GBK, &[lead, trail]).filter(|c| *c != '\u{fffd}' && !c.is_ascii()) {
                    let code = u16::from(lead) << 8 | u16::from(trail);
                    match (c as usize).checked_sub(0x4e00).and_then(|at| out.han.get_mut(at)) {
                        Some(slot) => *slot = code,
                        None => drop(out.others.insert(c, code)),
                    }
                }
            }
        }
        out
    }

    fn set(&mut self, page: Page, c: Option<char>, byte: u8) {
        let Some(c) = c.filter(|c| !c.is_ascii()) else { return };
        let slot = match self.low.get_mut(c as usize) {
            Some(slot) => slot,
            None => self.high.entry(c).or_default(),
        };
        if let Some(slot) = slot.get_mut(page as usize).filter(|slot| **slot == 0) {
            *slot = byte;
        }
    }

    /// The byte that was read as `c`.
    pub fn byte(&self, page: Page, c: char) -> Option<u8> {
        if c.is_ascii() {
            return Some(c as u8);
        }
        let bytes = self.low.get(c as usize).or_else(|| self.high.get(&c))?;
        bytes.get(page as usize).copied().filter(|byte| *byte != 0)
    }

    /// The two bytes that were read as `c` in GBK.
    pub fn gbk(&self, c: char) -> Option<[u8; 2]> {
        let code = match (c as usize).checked_sub(0x4e00).and_then(|at| self.han.get(at)) {
            Some(code) => *code,
            None => *self.others.get(&c)?,
        };
        (code != 0).then(|| code.to_be_bytes())
    }

    /// How much a letter of Cyrillic script is one of running text: the logarithm of how often it stands; capitals are rare.
    pub fn likely(c: char) -> f32 {
        let lower = c.to_lowercase().next().unwrap_or(c);
        let often = (lower as usize).checked_sub('а' as usize).and_then(|at| LETTERS.get(at)).copied().unwrap_or(2);
        f32::from(often).ln() - if c == lower { 0.0 } else { 2.5 }
    }
}

impl Default for MojibakeRules {
    fn default() -> Self {
        Self::new()
    }
}

/// Encodings of Cyrillic script that are read as one another.
pub const CYRILLIC: [&Encoding; 4] = [WINDOWS_1251, KOI8_R, IBM866, ISO_8859_5];

fn decode(encoding: &'static Encoding, bytes: &[u8]) -> Option<char> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes)?.chars().next()
}
