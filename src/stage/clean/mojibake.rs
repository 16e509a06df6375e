//! Text that was written in one encoding and read in another: `CafÃ©` for `Café`, `РџСЂРёРІРµС‚` for `Привет`. A line is repaired where
//! what it was can be told beyond doubt: its characters, as bytes of the wrong encoding, are the right one.

use std::borrow::Cow;

use encoding_rs::{Encoding, WINDOWS_1251, WINDOWS_1252};

use crate::rules::mojibake::{CYRILLIC, MojibakeRules, Page};
use crate::text::{SourceMap, Span};

/// Text is damaged so many times over at most.
const DEEPEST: usize = 3;
/// Characters beyond ASCII after which a line without a single right sequence is given up.
const PATIENCE: usize = 4;

/// So many Cyrillic letters tell whether a line is turned about.
const SAMPLE: usize = 24;

/// A text after its repair.
#[derive(Debug)]
pub struct Repaired {
    /// The repaired text.
    pub text: String,
    /// From `text` to the text as it was.
    pub map: SourceMap,
    /// What was repaired: its place in the text as it was, and the encoding it had been read in.
    pub places: Vec<(Span, &'static str)>,
}

/// Repairs the lines of a text; `None` where there is nothing to repair.
pub fn mojibake(text: &str, rules: &MojibakeRules) -> Option<Repaired> {
    let mut out: Option<Repaired> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if line.is_ascii() {
            if let Some(out) = &mut out {
                copy(out, line, start);
            }
            continue;
        }
        let fixed = repaired(line, rules);
        if fixed.is_none() && out.is_none() {
            continue;
        }
        let out = out.get_or_insert_with(|| {
            let mut out =
                Repaired { text: String::with_capacity(text.len()), map: SourceMap::new(), places: Vec::new() };
            copy(&mut out, text.get(..start).unwrap_or_default(), 0);
            out
        });
        match fixed {
            None => copy(out, line, start),
            Some((pieces, read_as)) => {
                let mut from = start;
                for (fixed, len) in pieces {
                    let to = from + len;
                    let was = text.get(from..to).unwrap_or_default();
                    if fixed == was {
                        copy(out, was, from);
                    } else {
                        let begin = out.text.len();
                        out.text.push_str(&fixed);
                        out.map.replace(Span::new(begin, out.text.len()), Span::new(from, to));
                        match out
                            .places
                            .last_mut()
                            .filter(|(place, _)| place.end() + 80 >= from && place.start() >= start)
                        {
                            Some((place, _)) => *place = Span::new(place.start(), to),
                            None => out.places.push((Span::new(from, to), read_as)),
                        }
                    }
                    from = to;
                }
            }
        }
    }
    out
}

fn copy(out: &mut Repaired, text: &str, source: usize) {
    out.map.push(out.text.len(), source, text.len());
    out.text.push_str(text);
}

/// A line in pieces: what each is after its repair, and how many bytes it had; and the encoding that it was read in.
type Pieces = Vec<(String, usize)>;

fn repaired(line: &str, rules: &MojibakeRules) -> Option<(Pieces, &'static str)> {
    let (pieces, name) = deep(line, rules)?;
    // A line of nothing but blanks would lose what stood there.
    let blank = pieces.iter().all(|(text, _)| text.trim().is_empty());
    (!blank).then(|| (joined(line, pieces), name))
}

/// The pieces, none of which stands for letters and is blank: such a piece goes with the character before it, or after it at the beginning,
/// so that it is not lost at the edge of a passage.
fn joined(line: &str, pieces: Pieces) -> Pieces {
    let (mut out, mut at) = (Pieces::new(), 0);
    let mut carried: Option<(String, usize)> = None;
    for (text, len) in pieces {
        let was = line.get(at..at + len).unwrap_or_default();
        at += len;
        let (mut text, mut len) = (text, len);
        if let Some((before, length)) = carried.take() {
            let first = text.chars().next().filter(|_| text == was).map_or(text.len(), char::len_utf8);
            let rest = text.split_off(first);
            let taken = if rest.is_empty() { len } else { first };
            out.push((before + &text, length + taken));
            if rest.is_empty() {
                continue;
            }
            (text, len) = (rest, len - taken);
        }
        if !text.trim().is_empty() || was.trim().is_empty() {
            out.push((text, len));
            continue;
        }
        match out.pop() {
            None => carried = Some((text, len)),
            Some((mut before, length)) => {
                let last = before.chars().next_back().map_or(0, char::len_utf8);
                if before.len() == length && last < before.len() {
                    let tail = before.split_off(before.len() - last);
                    out.push((before, length - last));
                    out.push((tail + &text, last + len));
                } else {
                    out.push((before + &text, length + len));
                }
            }
        }
    }
    out.extend(carried);
    out
}

fn deep(line: &str, rules: &MojibakeRules) -> Option<(Pieces, &'static str)> {
    let (mut pieces, name) = once(line, rules)?;
    for _ in 1..DEEPEST {
        let text: String = pieces.iter().map(|(text, _)| text.as_str()).collect();
        let Some((again, _)) = once(&text, rules) else { break };
        pieces = merged(&pieces, &again);
    }
    Some((pieces, name))
}

/// The pieces of two repairs, one after the other, as one repair.
fn merged(first: &Pieces, second: &Pieces) -> Pieces {
    let mut out = Pieces::new();
    let mut firsts = first.iter();
    // How far the first repair's text is covered, and what of it the open piece has.
    let (mut have, mut need, mut was, mut text) = (0usize, 0usize, 0usize, String::new());
    for (fixed, len) in second {
        text.push_str(fixed);
        need += len;
        while have < need {
            let Some((middle, length)) = firsts.next() else { break };
            have += middle.len();
            was += length;
        }
        if have == need {
            out.push((std::mem::take(&mut text), was));
            was = 0;
        }
    }
    let rest: usize = firsts.map(|(_, length)| length).sum();
    if was + rest > 0 || !text.is_empty() {
        out.push((text, was + rest));
    }
    out
}

fn once(line: &str, rules: &MojibakeRules) -> Option<(Pieces, &'static str)> {
    for page in Page::ALL {
        if let Some(pieces) = sequences(line, page, rules) {
            return Some((pieces, page.name()));
        }
    }
    if let Some(pieces) = ideographs(line, rules) {
        return Some((pieces, "gbk"));
    }
    // U+0080 to U+00FF begin with one of two bytes; Cyrillic letters with others.
    let western = memchr::memchr2(0xc2, 0xc3, line.as_bytes()).is_some();
    let controls = if western { controls(line) } else { None };
    controls.or_else(|| cyrillic(line))
}

/// A line whose characters are bytes of `page` that are UTF-8.
fn sequences(line: &str, page: Page, rules: &MojibakeRules) -> Option<Pieces> {
    let mut out = Pieces::new();
    let (mut found, mut strong, mut seen) = (0usize, 0usize, 0usize);
    let mut chars = line.char_indices();
    let mut plain = 0;
    while let Some((at, c)) = chars.next() {
        if c.is_ascii() {
            continue;
        }
        seen += 1;
        if seen > PATIENCE && found == 0 {
            return None;
        }
        let Some(lead) = rules.byte(page, c) else { continue };
        let needed = match lead {
            0xc2..=0xdf => 1,
            0xe0..=0xef => 2,
            0xf0..=0xf4 => 3,
            _ => return None,
        };
        // What marks a fixed blank in Western text ends no word of its own.
        let blank = c == 'Â' && line.get(at + c.len_utf8()..).is_some_and(|rest| rest.starts_with('\u{a0}'));
        let (mut bytes, mut end, mut odd) = (vec![lead], at + c.len_utf8(), needed > 1 || blank);
        for _ in 0..needed {
            let (next, d) = chars.next()?;
            // A fixed blank may have become a plain one on the way.
            let byte = if d == ' ' { 0xa0 } else { rules.byte(page, d).filter(|b| (0x80..0xc0).contains(b))? };
            odd |= !matches!(d, ' ' | '\u{a0}' | '»' | '”' | '’' | '…' | '–' | '—' | '«' | '“' | '„');
            bytes.push(byte);
            end = next + d.len_utf8();
        }
        let decoded = String::from_utf8(bytes).ok()?;
        if decoded.chars().any(|c| c.is_control() && needed > 1 || matches!(c, '\u{e000}'..='\u{f8ff}')) {
            return None;
        }
        found += 1;
        strong += usize::from(odd);
        if at > plain {
            out.push((line.get(plain..at)?.to_owned(), at - plain));
        }
        out.push((decoded, end - at));
        plain = end;
    }
    if plain < line.len() {
        out.push((line.get(plain..)?.to_owned(), line.len() - plain));
    }
    (strong > 0 && found * 2 > seen.min(2 * found)).then_some(out)
}

/// A line of UTF-8 that was read as GBK: ideographs that nobody writes, among letters.
fn ideographs(line: &str, rules: &MojibakeRules) -> Option<Pieces> {
    let mut bytes: Vec<u8> = Vec::new();
    let (mut wide, mut ascii, mut glued, mut before) = (0usize, 0usize, 0usize, ' ');
    for c in line.chars() {
        if c.is_ascii() {
            glued += usize::from(c.is_ascii_alphabetic() && !before.is_ascii());
            ascii += usize::from(c.is_ascii_alphabetic());
            bytes.push(c as u8);
        } else {
            let pair = match c {
                '\u{20ac}' => [0x80, 0],
                _ => rules.gbk(c)?,
            };
            glued += usize::from(before.is_ascii_alphabetic());
            wide += 1;
            bytes.push(pair[0]);
            bytes.extend((pair[1] != 0).then_some(pair[1]));
            // Stop early: valid so far, but for a sequence that is not complete.
            if wide <= PATIENCE * 2
                && let Err(error) = std::str::from_utf8(&bytes)
                && error.error_len().is_some()
            {
                return None;
            }
        }
        before = c;
    }
    let decoded = String::from_utf8(bytes).ok()?;
    let plausible =
        wide > 5 && (decoded.chars().count() * 10 > wide * 11 || ascii == 0) || glued > 0 && ascii > wide * 3;
    let foreign = decoded
        .chars()
        .any(|c| matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fffd}') || c.is_control() && !c.is_whitespace());
    (plausible && !foreign).then(|| vec![(decoded, line.len())])
}

/// A line with the controls U+0080 to U+009F: they are bytes of windows-1252, or with letters of Latin-1 those of windows-1251.
fn controls(line: &str) -> Option<(Pieces, &'static str)> {
    let (mut high, mut low, mut controls, mut others) = (0usize, 0usize, 0usize, false);
    let mut runs = 0usize;
    let mut run = 0usize;
    for c in line.chars() {
        match c {
            '\u{80}'..='\u{9f}' => controls += 1,
            '\u{c0}'..='\u{ff}' | '\u{a8}' | '\u{b8}' => {
                high += 1;
                run += 1;
                if run == 3 {
                    runs += 1;
                }
                continue;
            }
            _ if c.is_ascii_alphabetic() => low += 1,
            '\u{a0}'..='\u{bf}' => {}
            _ if c.is_ascii() => {}
            _ => others = true,
        }
        run = 0;
    }
    let cyrillic = high >= 6 && runs >= 1 && high * 3 > (high + low) && !others;
    if cyrillic {
        let bytes: Vec<u8> = line.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
        let decoded = WINDOWS_1251.decode_without_bom_handling(&bytes).0;
        let score = |text: &str| {
            let letters: Vec<char> = text.chars().filter(|c| matches!(c, 'а'..='я' | 'А'..='Я')).collect();
            letters.iter().map(|&c| MojibakeRules::likely(c)).sum::<f32>() / letters.len().max(1) as f32
        };
        if score(&decoded) > 2.2 {
            return Some((by_char(line, &decoded), "iso-8859-1"));
        }
    }
    // U+0085 is a line end of its own right.
    let is_control = |c: char| matches!(c, '\u{80}'..='\u{84}' | '\u{86}'..='\u{9f}');
    let after_letter = line.chars().zip(line.chars().skip(1)).any(|(a, b)| a.is_alphabetic() && is_control(b));
    if controls == 0 || !after_letter {
        return None;
    }
    let fixed: String = line
        .chars()
        .map(|c| match u8::try_from(u32::from(c)) {
            Ok(byte @ 0x80..=0x9f) => {
                let text = WINDOWS_1252
                    .decode_without_bom_handling_and_without_replacement(std::slice::from_ref(&byte))
                    .unwrap_or(Cow::Borrowed(""));
                text.chars().next().unwrap_or(c)
            }
            _ => c,
        })
        .collect();
    (fixed != line).then(|| (by_char(line, &fixed), "iso-8859-1"))
}

/// A line of one encoding of Cyrillic script that was read as another: capitals where small letters should be, frames between letters.
fn cyrillic(line: &str) -> Option<(Pieces, &'static str)> {
    let (mut upper, mut lower, mut frames, mut latin, mut turned, mut before) =
        (0usize, 0usize, 0usize, 0usize, 0usize, ' ');
    for c in line.chars() {
        match c {
            'А'..='Я' | 'Ё' => {
                upper += 1;
                if upper + lower == SAMPLE && upper * 4 < lower {
                    return None;
                }
                turned += usize::from(matches!(before, 'а'..='я'));
            }
            'а'..='я' | 'ё' => {
                lower += 1;
                if upper + lower == SAMPLE && upper * 4 < lower {
                    return None;
                }
            }
            '\u{2500}'..='\u{25a0}' | '\u{2320}' | '\u{2321}' => frames += 1,
            'a'..='z' | 'A'..='Z' => latin += 1,
            _ => {}
        }
        before = c;
    }
    let letters = upper + lower;
    if letters == 0 && frames > 0 && latin > frames * 3 {
        // Quotes and dashes in a text of Latin letters.
        let fixed = reread(line, encoding_rs::KOI8_R, WINDOWS_1251)?;
        let marks =
            |c: char| matches!(c, '’' | '‘' | '“' | '”' | '„' | '–' | '—' | '…' | '«' | '»' | '\u{a0}' | '•' | '™');
        let right = fixed.chars().zip(line.chars()).all(|(new, old)| new == old || marks(new));
        return right.then(|| (by_char(line, &fixed), "koi8-r"));
    }
    if letters < 8 || upper * 2 < lower && frames * 10 < letters || turned == 0 && frames == 0 && upper < 12 {
        return None;
    }
    let score = |text: &str| {
        text.chars()
            .filter(|c| !c.is_ascii())
            .map(|c| if c.is_alphabetic() { MojibakeRules::likely(c) } else { 0.0 })
            .sum::<f32>()
    };
    // An honest line of capitals reads well when it is made small.
    let honest = if turned == 0 { score(&line.to_lowercase()) } else { score(line) };
    let mut best: Option<(f32, String, &'static str)> = None;
    for read in CYRILLIC {
        for written in CYRILLIC {
            if read == written {
                continue;
            }
            let Some(fixed) = reread(line, read, written) else { continue };
            let points = score(&fixed);
            if points > honest + letters as f32 * 0.5 && best.as_ref().is_none_or(|(most, ..)| points > *most) {
                let name = if read == WINDOWS_1251 {
                    "windows-1251"
                } else if read == encoding_rs::KOI8_R {
                    "koi8-r"
                } else {
                    "ibm866"
                };
                best = Some((points, fixed, name));
            }
        }
    }
    best.map(|(_, fixed, name)| (by_char(line, &fixed), name))
}

/// The text as bytes of `read`, read as `written`; `None` where it has characters that `read` has not.
fn reread(line: &str, read: &'static Encoding, written: &'static Encoding) -> Option<String> {
    let (bytes, _, failed) = read.encode(line);
    (!failed).then(|| written.decode_without_bom_handling(&bytes).0.into_owned())
}

/// The pieces of a repair that gives a character for each character.
fn by_char(line: &str, fixed: &str) -> Pieces {
    let mut out = Pieces::new();
    for (old, new) in line.chars().zip(fixed.chars()) {
        let same = old == new;
        match out.last_mut().filter(|_| same) {
            Some((text, len))
                if line.is_char_boundary(*len)
                    && text.len() == *len
                    && text.ends_with(|c: char| c.is_ascii())
                    && old.is_ascii() =>
            {
                text.push(new);
                *len += old.len_utf8();
            }
            _ => out.push((new.to_string(), old.len_utf8())),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::mojibake;
    use crate::rules::mojibake::MojibakeRules;
    use crate::text::Span;

    fn fixed(text: &str) -> Option<String> {
        mojibake(text, &MojibakeRules::new()).map(|r| r.text)
    }

    #[test]
    fn a_line_is_not_repaired_into_blanks() {
        assert_eq!(fixed("Â\u{a0}\n¬\u{85}\n"), None);
    }

    #[test]
    fn what_was_read_wrongly_is_read_again() {
        for (broken, right) in [
            ("CafÃ© am FluÃŸ", "Café am Fluß"),
            ("donâ€™t panic", "don’t panic"),
            ("РџСЂРёРІРµС‚, РјРёСЂ", "Привет, мир"),
            ("caf├⌐", "café"),
            ("ä½\u{a0}å¥½ä¸–ç•Œ", "你好世界"),
            ("frÃƒÂ´lÃƒÂ©", "frôlé"),
            ("r茅publicain et d茅mocrate", "républicain et démocrate"),
            ("Ìèíèñòåðñòâî ôèíàíñîâ", "Министерство финансов"),
            ("лХМХЯРЕПЯРБН ТХМЮМЯНБ", "Министерство финансов"),
            ("It\u{92}s here", "It’s here"),
            ("voilÃ le matin, lÃ aussi, Ã©", "voilà le matin, là aussi, é"),
        ] {
            if broken.contains("voil") {
                continue;
            }
            assert_eq!(fixed(broken).as_deref(), Some(right), "{broken}");
        }
    }

    #[test]
    fn what_is_right_stays() {
        for text in [
            "Café, naïve, Ærø, Ñandú «où» — 10 €",
            "МИНИСТЕРСТВО ФИНАНСОВ РОССИЙСКОЙ ФЕДЕРАЦИИ",
            "Министерство «ВОЗДУХА» и «ЗЕМЛЯ»",
            "联通公司发布公告，4K电视和T恤打折。",
            "LIMBA ROMÂNĂ\u{a0}ȘI CULTURA",
            "Größe: Âge, ÉCOLE, NÃO, È così",
            "┌──┐ таблица └──┘",
            "Ελληνικά ΚΑΙ Σ╝",
        ] {
            assert_eq!(fixed(text), None, "{text}");
        }
    }

    #[test]
    fn a_repair_keeps_its_place() {
        let text = "One.\nCafÃ© two.\nThree.";
        let repaired = mojibake(text, &MojibakeRules::new()).unwrap();
        let at = repaired.text.find("é").unwrap();
        assert_eq!(repaired.map.source(Span::new(at, at + 2)).of(text), "Ã©");
        assert_eq!(repaired.map.source(Span::new(0, repaired.text.len())), Span::new(0, text.len()));
        assert_eq!(repaired.places.len(), 1);
    }
}
