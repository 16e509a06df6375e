//! Which scripts a text is in, by the first bytes of its characters: faster than asking every character, and as good for a sample.

use crate::text::script::{self, Script};

/// What a first byte says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    /// Not a letter, or not the first byte of a character.
    Nothing,
    Latin,
    Cyrillic,
    Greek,
    Hebrew,
    Arabic,
    Han,
    Hangul,
    /// The character itself must be asked.
    Ask,
}

const LEADS: [Lead; 256] = leads();

const fn leads() -> [Lead; 256] {
    let mut table = [Lead::Nothing; 256];
    let mut byte = 0;
    while byte < 256 {
        let (slot, _) = table.split_at_mut(byte + 1);
        if let [.., slot] = slot {
            *slot = lead(byte as u8);
        }
        byte += 1;
    }
    table
}

const fn lead(byte: u8) -> Lead {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | 0xc3..=0xc9 => Lead::Latin,
        0xce | 0xcf => Lead::Greek,
        0xd0..=0xd3 => Lead::Cyrillic,
        0xd7 => Lead::Hebrew,
        0xd8..=0xdb => Lead::Arabic,
        0xe4..=0xe9 => Lead::Han,
        0xeb | 0xec => Lead::Hangul,
        0xca..=0xcd | 0xd4..=0xd6 | 0xdc..=0xe1 | 0xe3 | 0xea | 0xed | 0xef | 0xf0 => Lead::Ask,
        _ => Lead::Nothing,
    }
}

/// How many letters of each script the text has, in the order in which they appear.
pub(super) fn census(text: &str) -> Vec<(Script, usize)> {
    let mut counts = [0usize; 9];
    let mut out: Vec<(Script, usize)> = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        let lead = LEADS.get(usize::from(byte)).copied().unwrap_or(Lead::Nothing);
        if lead == Lead::Ask {
            let script = asked(text, at, byte);
            if !script::is_neutral(script) {
                add(&mut out, script, 1);
            }
        } else if let Some(count) = counts.get_mut(lead as usize) {
            *count += 1;
        }
    }
    let named = [
        (Lead::Latin, Script::Latin),
        (Lead::Cyrillic, Script::Cyrillic),
        (Lead::Greek, Script::Greek),
        (Lead::Hebrew, Script::Hebrew),
        (Lead::Arabic, Script::Arabic),
        (Lead::Han, Script::Han),
        (Lead::Hangul, Script::Hangul),
    ];
    for (lead, script) in named {
        let count = counts.get(lead as usize).copied().unwrap_or_default();
        if count > 0 {
            add(&mut out, script, count);
        }
    }
    out
}

/// The script of the character at `at`, which begins with `first`.
#[inline]
fn asked(text: &str, at: usize, first: u8) -> Script {
    let bytes = text.as_bytes();
    let second = bytes.get(at + 1).copied().unwrap_or_default();
    match (first, second) {
        (0xe0, 0xa4 | 0xa5) => Script::Devanagari,
        (0xe0, 0xa6 | 0xa7) => Script::Bengali,
        (0xe0, 0xae | 0xaf) => Script::Tamil,
        (0xe0, 0xb8 | 0xb9) => Script::Thai,
        (0xe3, 0x81) => Script::Hiragana,
        (0xe3, 0x83) => Script::Katakana,
        (0xe1, 0xb8..=0xbb) => Script::Latin,
        (0xed, 0x80..=0x9e) => Script::Hangul,
        (0xe3, 0x80) | (0xef, 0xbc) => Script::Common,
        _ => text.get(at..).and_then(|t| t.chars().next()).map_or(Script::Common, script::of),
    }
}

/// Adds to the count of a script.
pub(super) fn add(counts: &mut Vec<(Script, usize)>, script: Script, more: usize) {
    match counts.iter_mut().find(|(s, _)| *s == script) {
        Some((_, sum)) => *sum += more,
        None => counts.push((script, more)),
    }
}

#[cfg(test)]
mod tests {
    use super::census;
    use crate::text::script::Script;

    #[test]
    fn letters_are_counted_by_script() {
        let mut found = census("Привет, мир: naïve 東京。 でも 한국 ไทย 42");
        found.sort_by_key(|(script, _)| script.short_name());
        assert_eq!(
            found,
            [
                (Script::Cyrillic, 9),
                (Script::Hangul, 2),
                (Script::Han, 2),
                (Script::Hiragana, 2),
                (Script::Latin, 5),
                (Script::Thai, 3)
            ]
        );
    }
}
