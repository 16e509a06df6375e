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

/// Whether all that tells `a` from `b` are names that stand in each other's places. Texts that differ in any other way too are versions of
/// each other; those that do not are one form filled in twice. Where many of the words that both share have capital letters, as in German,
/// capitals make no name.
pub fn differ(a: &str, b: &str) -> bool {
    let (one, other) = (tokens(a), tokens(b));
    let mut differences = Vec::new();
    let (mut capitals, mut cased) = (0, 0);
    let (mut i, mut j) = (0, 0);
    while i < one.len() || j < other.len() {
        match (one.get(i), other.get(j)) {
            (Some(x), Some(y)) if x.word == y.word => {
                cased += usize::from(x.cased);
                capitals += usize::from(x.capital);
                (i, j) = (i + 1, j + 1);
            }
            _ => {
                let (next_i, next_j) = resume(&one, &other, i, j);
                differences.push((i..next_i, j..next_j));
                (i, j) = (next_i, next_j);
            }
        }
    }
    let common = capitals * MANY > cased;
    let replaced = |left: &[Token<'_>], right: &[Token<'_>]| is_name(left, common) && is_name(right, common);
    !differences.is_empty()
        && differences
            .into_iter()
            .all(|(left, right)| replaced(one.get(left).unwrap_or_default(), other.get(right).unwrap_or_default()))
}

/// A word, and what its looks say of it.
struct Token<'t> {
    word: &'t str,
    /// It is written in a script with capital letters.
    cased: bool,
    /// It begins with one, though no sentence begins with it.
    capital: bool,
    /// It stands in quotation marks.
    quoted: bool,
}

/// The words of a text.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let (mut end, mut quoted) = (0, 0usize);
    let mut out = Vec::new();
    for (span, word) in words::words(text, 0) {
        let between = text.get(end..span.start()).unwrap_or_default();
        for c in between.chars() {
            quoted = match c {
                '«' | '“' | '„' | '「' | '『' | '《' | '‹' => QUOTED,
                '"' if quoted == 0 => QUOTED,
                '»' | '”' | '」' | '』' | '》' | '›' | '"' => 0,
                _ => quoted,
            };
        }
        let begins = end == 0 || between.contains(['.', '!', '?', ':', '\n', '…', '؟', '。', '！', '？']);
        end = span.end();
        let first = word.chars().next().unwrap_or_default();
        out.push(Token {
            word,
            cased: first.is_uppercase() || first.is_lowercase(),
            capital: first.is_uppercase() && (!begins || quoted > 0),
            quoted: quoted > 0,
        });
        quoted = quoted.saturating_sub(1);
    }
    out
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

/// Whether these words are a name, and nothing but one.
fn is_name(words: &[Token<'_>], common: bool) -> bool {
    let named = |t: &Token<'_>| if t.cased { t.capital && (t.quoted || !common) } else { t.quoted };
    (1..=NAME).contains(&words.len()) && words.iter().all(named)
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
