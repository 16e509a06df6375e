//! Whether two passages that are alike say different things: another number, date or name in the same words.

use crate::text::words;

/// Words that are looked ahead for where two texts agree again.
const AHEAD: usize = 8;
/// Words of one side of a difference that may be a name.
const NAME: usize = 8;
/// Words from an opening quotation mark on that may be a quoted name; what is longer is quoted speech.
const QUOTED: usize = 6;
/// Where more than one word in so many is written with a capital letter, common words are.
const MANY: usize = 4;

/// Whether all that tells `a` from `b` are names or numbers that stand in each other's places. Texts that differ in any other way too are
/// versions of each other; those that do not are one form filled in twice.
pub fn differ(a: &str, b: &str) -> bool {
    let (one, other) = (tokens(a), tokens(b));
    let mut differences = 0;
    let (mut i, mut j) = (0, 0);
    while i < one.len() || j < other.len() {
        match (one.get(i), other.get(j)) {
            (Some(x), Some(y)) if x.word == y.word => (i, j) = (i + 1, j + 1),
            _ => {
                let (next_i, next_j) = resume(&one, &other, i, j);
                let (left, right) = (one.get(i..next_i).unwrap_or_default(), other.get(j..next_j).unwrap_or_default());
                if !is_replaced_name(left, right) {
                    return false;
                }
                differences += 1;
                (i, j) = (next_i, next_j);
            }
        }
    }
    differences > 0
}

/// A word, and what its looks say of it.
struct Token<'t> {
    word: &'t str,
    /// It begins with a capital letter though no sentence begins with it, or, in a script without capitals, stands in quotation marks.
    named: bool,
}

/// The words of a text. In a text where every fourth word has a capital letter, such as a German one, capitals make no name.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let (mut end, mut quoted) = (0, 0);
    let (mut capitals, mut cased) = (0, 0);
    let mut out: Vec<(Token<'_>, bool)> = Vec::new();
    for (span, word) in words::words(text, 0) {
        let between = text.get(end..span.start()).unwrap_or_default();
        for c in between.chars() {
            quoted = match c {
                '«' | '“' | '„' | '「' | '『' | '《' | '‹' => QUOTED,
                '»' | '”' | '」' | '』' | '》' | '›' => 0,
                '"' if quoted == 0 => QUOTED,
                '"' => 0,
                _ => quoted,
            };
        }
        let begins = end == 0 || between.contains(['.', '!', '?', ':', '\n', '…', '؟', '。', '！', '？']);
        end = span.end();
        let first = word.chars().next().unwrap_or_default();
        let has_case = first.is_uppercase() || first.is_lowercase();
        let capital = first.is_uppercase() && !begins;
        cased += usize::from(has_case && !begins);
        capitals += usize::from(capital);
        let named = if has_case { capital || first.is_uppercase() && quoted > 0 } else { quoted > 0 };
        out.push((Token { word, named }, quoted > 0));
        quoted = usize::saturating_sub(quoted, 1);
    }
    let common = capitals * MANY > cased;
    out.into_iter().map(|(token, quoted)| Token { named: token.named && (quoted || !common), ..token }).collect()
}

/// Where the texts agree again: the nearest pair of equal words.
fn resume(one: &[Token<'_>], other: &[Token<'_>], i: usize, j: usize) -> (usize, usize) {
    for distance in 1..=2 * AHEAD {
        for ahead in 0..=distance.min(AHEAD) {
            let (x, y) = (i + ahead, j + distance - ahead);
            match (one.get(x), other.get(y)) {
                (Some(a), Some(b)) if a.word == b.word => return (x, y),
                (None, None) => return (one.len(), other.len()),
                _ => {}
            }
        }
    }
    (one.len(), other.len())
}

/// Whether a name stands on both sides, and not the same.
fn is_replaced_name(left: &[Token<'_>], right: &[Token<'_>]) -> bool {
    let is_name = |side: &[Token<'_>]| !side.is_empty() && side.len() <= NAME && side.iter().all(|t| t.named);
    is_name(left) && is_name(right)
}

#[cfg(test)]
mod tests {
    use super::differ;

    #[test]
    fn a_form_filled_in_twice_is_no_copy() {
        assert!(differ("Директором школы назначен Иван Петров.", "Директором школы назначен Олег Сидоров."));
        assert!(differ(
            "The high court of Lyon heard the case in May.",
            "The high court of Turin heard the case in June."
        ));
        assert!(differ("卖方“华为”承诺交付货物。", "卖方“联想”承诺交付货物。"));
    }

    #[test]
    fn an_edited_text_is_a_copy() {
        assert!(!differ("The court of Lyon heard the case in May.", "The court of Lyon has heard the case in May."));
        assert!(!differ("The court of Lyon heard the case in May.", "The court of Turin has heard the case in May."));
        assert!(!differ("Директором школы назначен Иван Петров.", "Директором школы утвержден Иван Петров."));
        assert!(!differ("Der Angreifer zielte den Ball ins Netz.", "Der Angreifer zielte den Puck ins Netz."));
        assert!(!differ("same", "same"));
    }
}
