//! The hashes by which words and n-grams are found; `src/rules/lexicon/cut.rs` of the program has the same.

const PRIME: u64 = 0x0100_0000_01b3;

/// Of a word, over its characters.
pub fn word(word: &str) -> u64 {
    mix(word.chars().fold(0xcbf2_9ce4_8422_2325, push))
}

/// Of an n-gram, from its last character to its first.
pub fn gram(gram: &[char]) -> u64 {
    mix(gram.iter().rev().fold(0x9e37_79b9_7f4a_7c15, |hash, c| push(hash, *c)))
}

/// wordfreq has `ss` for `ß`, and Romanian is written with commas or cedillas.
fn push(hash: u64, c: char) -> u64 {
    let c = match c {
        'ß' => return push(push(hash, 's'), 's'),
        'ș' => 'ş',
        'ț' => 'ţ',
        _ => c,
    };
    (hash ^ u64::from(u32::from(c))).wrapping_mul(PRIME)
}

/// Spreads every bit over all.
fn mix(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ (hash >> 29)
}
