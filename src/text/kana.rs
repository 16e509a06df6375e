//! Words of Japanese as grammars count them (the short units of the National Institute for Japanese Language and Linguistics): the dictionary of
//! ICU holds many pairs of a particle or auxiliary and its neighbour as one word, and breaks verbs before a small `っ`.

use super::words::Bounds;

/// Auxiliaries after `てい`, whose `い` is a verb.
const AFTER_BE: [&str; 7] = ["る", "た", "て", "ます", "まし", "ませ", "ない"];
/// What is left of auxiliaries of politeness without their `ま`.
const POLITE: [&str; 5] = ["す", "した", "して", "せん", "しょう"];
/// Endings of verbs and adjectives that are no particles.
const ENDINGS: &str = "いうえおきぎくぐけげせぜじちつびぶべみむめらりるれろわ";
/// Words that begin like an auxiliary after a small `っ` and hold none.
const WHOLE: [&str; 3] = ["たち", "てん", "たけ"];

/// Words that are several, sorted by their bytes. Written for this project from knowledge of the grammar.
const COMPOUNDS: &[(&str, &[&str])] = &[
    ("あった", &["あっ", "た"]),
    ("ありまし", &["あり", "まし"]),
    ("あります", &["あり", "ます"]),
    ("ありません", &["あり", "ませ", "ん"]),
    ("あるが", &["ある", "が"]),
    ("いた", &["い", "た"]),
    ("いて", &["い", "て"]),
    ("いない", &["い", "ない"]),
    ("いました", &["い", "まし", "た"]),
    ("います", &["い", "ます"]),
    ("いるが", &["いる", "が"]),
    ("かの", &["か", "の"]),
    ("からの", &["から", "の"]),
    ("からは", &["から", "は"]),
    ("からも", &["から", "も"]),
    ("があった", &["が", "あっ", "た"]),
    ("がある", &["が", "ある"]),
    ("がない", &["が", "ない"]),
    ("ことが", &["こと", "が"]),
    ("ことで", &["こと", "で"]),
    ("ことに", &["こと", "に"]),
    ("ことは", &["こと", "は"]),
    ("ことも", &["こと", "も"]),
    ("ことを", &["こと", "を"]),
    ("これは", &["これ", "は"]),
    ("これら", &["これ", "ら"]),
    ("させた", &["さ", "せ", "た"]),
    ("させて", &["さ", "せ", "て"]),
    ("させる", &["さ", "せる"]),
    ("さらに", &["さら", "に"]),
    ("され", &["さ", "れ"]),
    ("された", &["さ", "れ", "た"]),
    ("されて", &["さ", "れ", "て"]),
    ("される", &["さ", "れる"]),
    ("した", &["し", "た"]),
    ("したい", &["し", "たい"]),
    ("して", &["し", "て"]),
    ("しない", &["し", "ない"]),
    ("しながら", &["し", "ながら"]),
    ("しまし", &["し", "まし"]),
    ("しました", &["し", "まし", "た"]),
    ("します", &["し", "ます"]),
    ("じゃない", &["じゃ", "ない"]),
    ("すべき", &["す", "べき"]),
    ("すること", &["する", "こと"]),
    ("すると", &["する", "と"]),
    ("せた", &["せ", "た"]),
    ("せて", &["せ", "て"]),
    ("その後", &["その", "後"]),
    ("それに", &["それ", "に"]),
    ("それは", &["それ", "は"]),
    ("それら", &["それ", "ら"]),
    ("たい", &["た", "い"]),
    ("たが", &["た", "が"]),
    ("たこと", &["た", "こと"]),
    ("たため", &["た", "ため"]),
    ("たの", &["た", "の"]),
    ("たので", &["た", "ので"]),
    ("ために", &["ため", "に"]),
    ("ための", &["ため", "の"]),
    ("たもの", &["た", "もの"]),
    ("たよう", &["た", "よう"]),
    ("だから", &["だ", "から"]),
    ("だが", &["だ", "が"]),
    ("だけで", &["だけ", "で"]),
    ("だけど", &["だ", "けど"]),
    ("だけの", &["だけ", "の"]),
    ("だった", &["だっ", "た"]),
    ("だと", &["だ", "と"]),
    ("ちなみに", &["ちなみ", "に"]),
    ("てある", &["て", "ある"]),
    ("てい", &["て", "い"]),
    ("ていく", &["て", "いく"]),
    ("ていた", &["て", "い", "た"]),
    ("ていて", &["て", "い", "て"]),
    ("ていない", &["て", "い", "ない"]),
    ("ています", &["て", "い", "ます"]),
    ("ている", &["て", "いる"]),
    ("ておく", &["て", "おく"]),
    ("ており", &["て", "おり"]),
    ("ておる", &["て", "おる"]),
    ("てから", &["て", "から"]),
    ("てきた", &["て", "き", "た"]),
    ("てくる", &["て", "くる"]),
    ("てくれ", &["て", "くれ"]),
    ("てくれた", &["て", "くれ", "た"]),
    ("てくれる", &["て", "くれる"]),
    ("てしまう", &["て", "しまう"]),
    ("てしまった", &["て", "しまっ", "た"]),
    ("ては", &["て", "は"]),
    ("てほしい", &["て", "ほしい"]),
    ("てみる", &["て", "みる"]),
    ("ても", &["て", "も"]),
    ("てもらう", &["て", "もらう"]),
    ("であった", &["で", "あっ", "た"]),
    ("であり", &["で", "あり"]),
    ("である", &["で", "ある"]),
    ("でいた", &["で", "い", "た"]),
    ("でいる", &["で", "いる"]),
    ("でした", &["でし", "た"]),
    ("ですか", &["です", "か"]),
    ("ですから", &["です", "から"]),
    ("ですが", &["です", "が"]),
    ("ですね", &["です", "ね"]),
    ("ですよ", &["です", "よ"]),
    ("でない", &["で", "ない"]),
    ("での", &["で", "の"]),
    ("では", &["で", "は"]),
    ("ではない", &["で", "は", "ない"]),
    ("ではなく", &["で", "は", "なく"]),
    ("でも", &["で", "も"]),
    ("でもない", &["で", "も", "ない"]),
    ("という", &["と", "いう"]),
    ("といった", &["と", "いっ", "た"]),
    ("といって", &["と", "いっ", "て"]),
    ("とした", &["と", "し", "た"]),
    ("として", &["と", "し", "て"]),
    ("としては", &["と", "し", "て", "は"]),
    ("としても", &["と", "し", "て", "も"]),
    ("とともに", &["と", "とも", "に"]),
    ("となった", &["と", "なっ", "た"]),
    ("となり", &["と", "なり"]),
    ("となる", &["と", "なる"]),
    ("との", &["と", "の"]),
    ("とは", &["と", "は"]),
    ("とも", &["と", "も"]),
    ("ないが", &["ない", "が"]),
    ("なかった", &["なかっ", "た"]),
    ("なければ", &["なけれ", "ば"]),
    ("なった", &["なっ", "た"]),
    ("なって", &["なっ", "て"]),
    ("などが", &["など", "が"]),
    ("などで", &["など", "で"]),
    ("などに", &["など", "に"]),
    ("などの", &["など", "の"]),
    ("などを", &["など", "を"]),
    ("なの", &["な", "の"]),
    ("なので", &["な", "ので"]),
    ("ならない", &["なら", "ない"]),
    ("にあたる", &["に", "あたる"]),
    ("において", &["に", "おい", "て"]),
    ("における", &["に", "おける"]),
    ("にかけて", &["に", "かけ", "て"]),
    ("にして", &["に", "し", "て"]),
    ("について", &["に", "つい", "て"]),
    ("については", &["に", "つい", "て", "は"]),
    ("にとって", &["に", "とっ", "て"]),
    ("になった", &["に", "なっ", "た"]),
    ("になって", &["に", "なっ", "て"]),
    ("になり", &["に", "なり"]),
    ("になる", &["に", "なる"]),
    ("には", &["に", "は"]),
    ("にも", &["に", "も"]),
    ("によって", &["に", "よっ", "て"]),
    ("により", &["に", "より"]),
    ("による", &["に", "よる"]),
    ("によれば", &["に", "よれ", "ば"]),
    ("にわたって", &["に", "わたっ", "て"]),
    ("に対し", &["に", "対し"]),
    ("に対して", &["に", "対し", "て"]),
    ("に対する", &["に", "対する"]),
    ("に関して", &["に", "関し", "て"]),
    ("に関する", &["に", "関する"]),
    ("のか", &["の", "か"]),
    ("のが", &["の", "が"]),
    ("のだ", &["の", "だ"]),
    ("ので", &["の", "で"]),
    ("のです", &["の", "です"]),
    ("のは", &["の", "は"]),
    ("のも", &["の", "も"]),
    ("のを", &["の", "を"]),
    ("はない", &["は", "ない"]),
    ("はまだ", &["は", "まだ"]),
    ("へと", &["へ", "と"]),
    ("への", &["へ", "の"]),
    ("へは", &["へ", "は"]),
    ("ました", &["まし", "た"]),
    ("ますか", &["ます", "か"]),
    ("ますから", &["ます", "から"]),
    ("ますが", &["ます", "が"]),
    ("まずは", &["まず", "は"]),
    ("ません", &["ませ", "ん"]),
    ("までに", &["まで", "に"]),
    ("までの", &["まで", "の"]),
    ("までは", &["まで", "は"]),
    ("ものの", &["もの", "の"]),
    ("ものは", &["もの", "は"]),
    ("ものを", &["もの", "を"]),
    ("ような", &["よう", "な"]),
    ("ように", &["よう", "に"]),
    ("よりも", &["より", "も"]),
    ("られた", &["られ", "た"]),
    ("られて", &["られ", "て"]),
    ("れた", &["れ", "た"]),
    ("れて", &["れ", "て"]),
    ("れば", &["れ", "ば"]),
    ("をして", &["を", "し", "て"]),
    ("をする", &["を", "する"]),
    ("んだ", &["ん", "だ"]),
    ("んです", &["ん", "です"]),
];

/// The words of a Japanese text, from those that the dictionary finds.
pub(super) fn regrouped(text: &str, words: &[Bounds]) -> Vec<Bounds> {
    let mut out: Vec<Bounds> = Vec::with_capacity(words.len());
    for &(mut start, end) in words {
        let word = text.get(start..end).unwrap_or_default();
        let before = out.last().copied().filter(|&(_, close)| close == start);
        if let (Some((open, close)), Some(last)) = (before, out.last_mut()) {
            if word.len() > SMALL && word.starts_with('っ') {
                last.1 = start + SMALL;
                start += SMALL;
            } else if text.get(open..close).is_some_and(|w| begins_with(w, word)) {
                // `いま|した` is `い|まし|た`, and `で|した` is `でし|た`.
                last.1 = close - SMALL;
                start -= SMALL;
                if last.0 == last.1 {
                    out.pop();
                }
            } else if is_ending(text.get(open..close).unwrap_or_default(), word) {
                last.1 = end;
                continue;
            } else if AFTER_BE.contains(&word) && text.get(open..close).is_some_and(|w| w.ends_with("てい")) {
                last.1 = close - SMALL;
                if word == "る" {
                    start -= SMALL;
                } else {
                    out.push((close - SMALL, close));
                }
            }
        }
        split(text, (start, end), &mut out);
    }
    out
}

/// Whether the last letter of a word belongs to the auxiliary of politeness after it.
fn begins_with(before: &str, word: &str) -> bool {
    before.ends_with('ま') && POLITE.contains(&word) || before == "で" && matches!(word, "した" | "しょう")
}

/// Whether a letter is the ending of the verb or adjective that a Han character before it begins.
fn is_ending(before: &str, word: &str) -> bool {
    let (mut chars, mut ending) = (before.chars(), word.chars());
    let (Some(stem), None) = (chars.next(), chars.next()) else { return false };
    matches!(stem, '\u{4e00}'..='\u{9fff}')
        && ending.next().is_some_and(|c| ENDINGS.contains(c))
        && ending.next().is_none()
}

/// Bytes of a letter of Hiragana.
const SMALL: usize = 'っ'.len_utf8();

/// Adds a word in its parts.
fn split(text: &str, (mut start, end): Bounds, out: &mut Vec<Bounds>) {
    let word = text.get(start..end).unwrap_or_default();
    let clipped = text.get(..start).is_some_and(|before| before.ends_with('っ'));
    if clipped && word.len() > SMALL && word.starts_with(['た', 'て']) && !WHOLE.contains(&word) {
        out.push((start, start + SMALL));
        start += SMALL;
    }
    let word = text.get(start..end).unwrap_or_default();
    let Ok(found) = COMPOUNDS.binary_search_by(|(compound, _)| (*compound).cmp(word)) else {
        out.push((start, end));
        return;
    };
    for part in COMPOUNDS.get(found).map_or(&[][..], |(_, parts)| *parts) {
        out.push((start, start + part.len()));
        start += part.len();
    }
}

#[cfg(test)]
mod tests {
    use super::COMPOUNDS;

    #[test]
    fn compounds_are_sorted_and_made_of_their_parts() {
        assert!(COMPOUNDS.is_sorted_by(|a, b| a.0 < b.0));
        assert!(COMPOUNDS.iter().all(|(compound, parts)| parts.concat() == *compound && parts.len() > 1));
    }
}
