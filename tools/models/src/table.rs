//! The file: a table of words, a table of n-grams, and a table of more words, which are known and rare.
//!
//! `RLM2`, the logarithm of the share of words that are on no list (f32), then the three tables. A table: how many bits of a hash name its bucket (u32),
//! how many entries it has (u32), where each bucket begins (u16 each, one more than buckets), the lowest 16 bits of each hash (u16), and its
//! value (u8): a sixth of a nat below 0 each step; the highest bit marks a word that another language has far more often. All little endian.

/// A hash, the logarithm of its frequency, and whether it is marked.
pub type Entry = (u64, f64, bool);

pub fn model(words: &[Entry], grams: &[Entry], more: &[Entry], rare: f64) -> Vec<u8> {
    let mut out = b"RLM2".to_vec();
    out.extend((rare as f32).to_le_bytes());
    table(words, &mut out);
    table(grams, &mut out);
    table(more, &mut out);
    out
}

fn table(entries: &[Entry], out: &mut Vec<u8>) {
    assert!(entries.len() < 65_536, "a bucket's place is a u16");
    let bits = (entries.len() / 4).max(1).next_power_of_two().trailing_zeros().max(1);
    let mut entries: Vec<(usize, u16, u8)> = entries
        .iter()
        .map(|(hash, value, marked)| {
            let step = (-value * 6.0).round().clamp(0.0, 127.0) as u8;
            ((hash >> (64 - bits)) as usize, *hash as u16, step | (u8::from(*marked) << 7))
        })
        .collect();
    // Of two that share a place, the likelier.
    entries.sort_by_key(|(bucket, print, value)| (*bucket, *print, value & 0x7f));
    entries.dedup_by_key(|(bucket, print, _)| (*bucket, *print));
    out.extend(bits.to_le_bytes());
    out.extend((entries.len() as u32).to_le_bytes());
    let mut at = 0;
    for bucket in 0..=(1usize << bits) {
        while entries.get(at).is_some_and(|e| e.0 < bucket) {
            at += 1;
        }
        out.extend((at as u16).to_le_bytes());
    }
    out.extend(entries.iter().flat_map(|(_, print, _)| print.to_le_bytes()));
    out.extend(entries.iter().map(|(_, _, value)| *value));
}
