//! Legacy encodings: which one it is, by `chardetng`, with a second look by letters where it confuses encodings of Latin script.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, DecoderResult, EUC_JP, EUC_KR, Encoding, GB18030, GBK, ISO_2022_JP, ISO_8859_2, SHIFT_JIS, UTF_8, UTF_16BE,
    UTF_16LE, WINDOWS_1250, WINDOWS_1252, WINDOWS_1254, WINDOWS_1257,
};

use super::{Decoded, Hints, How, Replacing, utf8};
use crate::rules::letters::{LetterRules, Reading};

/// Encodings of Latin script that differ in a few letters: `chardetng` is weak here on short texts.
const LATIN: [&Encoding; 5] = [WINDOWS_1252, WINDOWS_1250, WINDOWS_1257, WINDOWS_1254, ISO_8859_2];
/// Encodings of two bytes a character, of which a wrong one shows by its errors.
const EAST_ASIAN: [&Encoding; 4] = [BIG5, EUC_JP, EUC_KR, SHIFT_JIS];
/// One byte of so many may be broken in a text that is in the encoding it seems to be in.
const RARELY: u64 = 500;
/// So many bytes are looked at by letters.
const SAMPLE: usize = 1 << 16;
/// By so much another encoding must read better: about what one pair of letters tells.
const MARGIN: i32 = 10;
/// A text of Latin letters has this much per letter, at least.
const READS_WELL: i32 = 9;

/// The encoding that a label of the standard names, such as `windows-1251`, `latin1` or `gb2312`; also names of code pages.
pub fn by_label(label: &str) -> Option<&'static Encoding> {
    let label = label.trim().trim_matches(['"', '\'']);
    Encoding::for_label(label.as_bytes()).or_else(|| {
        let lower = label.to_ascii_lowercase().replace('_', "-");
        let page = lower.strip_prefix("cp").or_else(|| lower.strip_prefix("windows"))?.trim_start_matches('-');
        let name = match page {
            "932" => "shift_jis".to_owned(),
            "936" => "gbk".to_owned(),
            "949" => "euc-kr".to_owned(),
            "950" => "big5".to_owned(),
            "866" => "ibm866".to_owned(),
            "65001" => "utf-8".to_owned(),
            page => format!("windows-{page}"),
        };
        Encoding::for_label(name.as_bytes())
    })
}

/// Whether 7-bit bytes hold the escape sequences of ISO-2022-JP.
pub(super) fn has_escapes(bytes: &[u8]) -> bool {
    memchr::memchr(0x1b, bytes).is_some_and(|first| {
        let opens = bytes.get(first..).unwrap_or_default();
        let sequence = |s: &[u8]| matches!(s, [b'$', b'@' | b'B', ..] | [b'(', b'J' | b'I', ..]);
        let opening =
            memchr::memchr_iter(0x1b, opens).take(16).any(|at| sequence(opens.get(at + 1..).unwrap_or_default()));
        opening && bytes.is_ascii() && ISO_2022_JP.decode_without_bom_handling_and_without_replacement(bytes).is_some()
    })
}

/// Decodes bytes of a known encoding.
pub(super) fn decode(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    if encoding == UTF_8 {
        return utf8::decode(bytes);
    }
    let mut out = Replacing { text: String::with_capacity(bytes.len() * 3 / 2 + 16), ..Replacing::default() };
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut rest = bytes;
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut out.text, true);
        rest = rest.get(read..).unwrap_or_default();
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => out.text.reserve(rest.len() + rest.len() / 2 + 16),
            DecoderResult::Malformed(..) => out.replace(),
        }
    }
    out.done(name(encoding), How::Statistics)
}

/// Decodes bytes that are no valid UTF-8.
pub(super) fn guess(bytes: &[u8], hints: &Hints<'_>, rules: &LetterRules) -> Decoded {
    let (whole, broken) = sequences(bytes);
    // A page in UTF-8 with a few broken bytes, not one in another encoding that by chance has a few pairs which are UTF-8.
    if whole >= 4 && whole >= broken * 4 {
        return utf8::decode(bytes);
    }
    let statistics = statistics(bytes, hints.url, rules);
    for (said, how) in [(hints.header, How::Header), (hints.declared, How::Declared)] {
        let Some(said) = said.filter(|e| *e != UTF_8 && *e != UTF_16LE && *e != UTF_16BE) else { continue };
        let decoded = Decoded { how, ..decode(said, bytes) };
        // Western European is what servers and editors say when they do not know.
        let believable = said != WINDOWS_1252 || LATIN.contains(&statistics);
        if decoded.lossy == 0 && believable {
            return decoded;
        }
        let other = decode(statistics, bytes);
        if believable && decoded.lossy <= other.lossy.saturating_mul(2) + bytes.len() as u64 / 1000 {
            return decoded;
        }
    }
    let decoded = decode(statistics, bytes);
    if EAST_ASIAN.contains(&statistics) && decoded.lossy.saturating_mul(RARELY) > bytes.len() as u64 {
        // It is not what it seems; only an encoding that all of it is valid in can be it.
        return Some(decode(GB18030, bytes)).filter(|other| other.lossy == 0).unwrap_or(decoded);
    }
    decoded
}

/// How many sequences of more than one byte are valid UTF-8, and how many stretches are not.
fn sequences(bytes: &[u8]) -> (usize, usize) {
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    (whole, broken)
}

/// The most likely encoding.
fn statistics(bytes: &[u8], url: Option<&str>, rules: &LetterRules) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(url.and_then(top_level).as_deref(), Utf8Detection::Deny);
    let sample = bytes.get(..SAMPLE.min(bytes.len())).unwrap_or_default();
    let rare = sample.iter().filter(|b| !b.is_ascii()).count() * 10 < sample.len();
    if !rare && !LATIN.contains(&guess) {
        return guess;
    }
    let score = |encoding: &'static Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(sample);
        rules.score(&text)
    };
    if !LATIN.contains(&guess) {
        let best = LATIN.into_iter().map(|e| (score(e), e)).max_by_key(|(score, _)| score.total);
        let reads_well = |(best, _): &(Reading, _)| best.total >= READS_WELL * best.letters as i32;
        return best.filter(reads_well).map_or(guess, |(_, encoding)| encoding);
    }
    let first = score(guess);
    let best = LATIN.into_iter().filter(|&e| e != guess).map(|e| (score(e), e)).max_by_key(|(score, _)| score.total);
    best.filter(|(best, _)| best.total > first.total + MARGIN).map_or(guess, |(_, encoding)| encoding)
}

/// The last label of the host of an address, as `chardetng` takes it: lower-case ASCII.
fn top_level(url: &str) -> Option<Vec<u8>> {
    let host = url.split_once("://")?.1.split(['/', '?', '#', ':']).next()?;
    let label = host.rsplit('.').next()?.to_ascii_lowercase();
    (!label.is_empty() && label.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')).then(|| label.into_bytes())
}

/// The WHATWG name in lower case.
fn name(encoding: &'static Encoding) -> &'static str {
    let names = [
        (encoding_rs::IBM866, "ibm866"),
        (ISO_8859_2, "iso-8859-2"),
        (encoding_rs::ISO_8859_3, "iso-8859-3"),
        (encoding_rs::ISO_8859_4, "iso-8859-4"),
        (encoding_rs::ISO_8859_5, "iso-8859-5"),
        (encoding_rs::ISO_8859_6, "iso-8859-6"),
        (encoding_rs::ISO_8859_7, "iso-8859-7"),
        (encoding_rs::ISO_8859_8, "iso-8859-8"),
        (encoding_rs::ISO_8859_8_I, "iso-8859-8-i"),
        (encoding_rs::ISO_8859_10, "iso-8859-10"),
        (encoding_rs::ISO_8859_13, "iso-8859-13"),
        (encoding_rs::ISO_8859_14, "iso-8859-14"),
        (encoding_rs::ISO_8859_15, "iso-8859-15"),
        (encoding_rs::ISO_8859_16, "iso-8859-16"),
        (encoding_rs::KOI8_R, "koi8-r"),
        (encoding_rs::KOI8_U, "koi8-u"),
        (encoding_rs::MACINTOSH, "macintosh"),
        (encoding_rs::WINDOWS_874, "windows-874"),
        (WINDOWS_1250, "windows-1250"),
        (encoding_rs::WINDOWS_1251, "windows-1251"),
        (WINDOWS_1252, "windows-1252"),
        (encoding_rs::WINDOWS_1253, "windows-1253"),
        (WINDOWS_1254, "windows-1254"),
        (encoding_rs::WINDOWS_1255, "windows-1255"),
        (encoding_rs::WINDOWS_1256, "windows-1256"),
        (WINDOWS_1257, "windows-1257"),
        (encoding_rs::WINDOWS_1258, "windows-1258"),
        (encoding_rs::X_MAC_CYRILLIC, "x-mac-cyrillic"),
        (GBK, "gbk"),
        (GB18030, "gb18030"),
        (BIG5, "big5"),
        (EUC_JP, "euc-jp"),
        (ISO_2022_JP, "iso-2022-jp"),
        (SHIFT_JIS, "shift_jis"),
        (EUC_KR, "euc-kr"),
        (UTF_16BE, "utf-16be"),
        (UTF_16LE, "utf-16le"),
        (UTF_8, "utf-8"),
    ];
    names.into_iter().find(|(known, _)| *known == encoding).map_or(encoding.name(), |(_, name)| name)
}
