//! The spellings of a form: what braces in a data file stand for, and how a word looks with a capital, in capitals, without accents.

/// The forms that braces stand for: `{,h}alb{e,en}` is four.
pub(super) fn expand(form: &str) -> Vec<String> {
    let Some((head, rest)) = form.split_once('{') else { return vec![form.to_owned()] };
    let Some((choices, tail)) = rest.split_once('}') else { return vec![form.to_owned()] };
    let tails = expand(tail);
    choices.split(',').flat_map(|choice| tails.iter().map(move |tail| format!("{head}{choice}{tail}"))).collect()
}

/// A form as it is, in lower case, with a capital, in capitals; and what its letters may be typed as.
pub(super) fn spellings(form: &str) -> Vec<String> {
    let lower: String = form.to_lowercase();
    let mut rest = lower.chars();
    let title: String = rest.next().map(|c| c.to_uppercase().chain(rest).collect()).unwrap_or_default();
    let upper = lower.to_uppercase();
    let mut out = vec![form.to_owned(), lower, title, upper];
    if form.chars().any(|c| ('\u{370}'..'\u{700}').contains(&c)) {
        let plain = |text: &String, letter: fn(char) -> char| -> String { text.chars().map(letter).collect() };
        let typed: Vec<String> = out.iter().flat_map(|text| [plain(text, bare), plain(text, plainer)]).collect();
        out.extend(typed);
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// Greek letters without accents, Arabic ones as Arabic keyboards write them.
const fn bare(c: char) -> char {
    match c {
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'Ά' => 'Α',
        'Έ' => 'Ε',
        'Ή' => 'Η',
        'Ί' | 'Ϊ' => 'Ι',
        'Ό' => 'Ο',
        'Ύ' | 'Ϋ' => 'Υ',
        'Ώ' => 'Ω',
        'ی' => 'ي',
        'ک' => 'ك',
        _ => c,
    }
}

/// Arabic letters without the signs that are often left out.
const fn plainer(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' => 'ا',
        'ى' => 'ي',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::{expand, spellings};

    #[test]
    fn braces_are_choices() {
        assert_eq!(expand("jaanuar{,i,is}"), ["jaanuar", "jaanuari", "jaanuaris"]);
        assert_eq!(expand("{a,b}c{d,e}"), ["acd", "ace", "bcd", "bce"]);
        assert_eq!(expand("a{b"), ["a{b"]);
    }

    #[test]
    fn accents_may_be_missing() {
        assert!(spellings("Μάιος").contains(&"ΜΑΙΟΣ".to_owned()));
        assert!(spellings("أبريل").contains(&"ابريل".to_owned()));
        assert_eq!(spellings("May"), ["MAY", "May", "may"]);
    }
}
