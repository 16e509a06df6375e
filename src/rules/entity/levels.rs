//! The words for the parts of a law (`Abs.`, `пункт`, `inciso`), and how a row of them is taken apart.

use std::collections::{BTreeMap, HashMap};

use crate::rules::table::{RuleError, rows};

/// The names that a level may have in the output.
const NAMES: [&str; 11] = [
    "article",
    "section",
    "paragraph",
    "part",
    "item",
    "letter",
    "sentence",
    "chapter",
    "annex",
    "alternative",
    "margin",
];

/// Words for the parts of a law.
#[derive(Debug, Default)]
pub(super) struct Levels(HashMap<String, &'static str>);

impl Levels {
    /// Reads rows of level and words.
    pub(super) fn read(sources: &[(&str, &str)]) -> Result<Self, RuleError> {
        let mut out = HashMap::new();
        for &(path, text) in sources {
            for row in rows(path, text, 2)? {
                let name = NAMES.iter().find(|name| **name == row.cell(0));
                let name = name.ok_or_else(|| row.error(format!("no level {}", row.cell(0))))?;
                for word in row.list(1) {
                    out.insert(word.to_lowercase(), *name);
                }
            }
        }
        Ok(Self(out))
    }

    /// Takes `text`, words for levels with their numbers (`Art. 5 Abs. 3 Satz 1`), apart; numbers of one level are joined by commas. A number before
    /// any word is one of a section; one in brackets is one of a paragraph.
    pub(super) fn read_into(&self, text: &str, out: &mut BTreeMap<String, String>) {
        let mut level = "section";
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let len = if c.is_ascii_digit() || is_han_number(c) {
                let han = is_han_number(c);
                let part = |c: char| {
                    if han {
                        is_han_number(c)
                    } else {
                        c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '–' | 'º' | 'ª')
                    }
                };
                let len = rest.find(|c| !part(c)).unwrap_or(rest.len());
                // `第十四条`, `2º`: a word for the level may follow its number.
                let word = rest.get(len..).and_then(|after| after.chars().next()).filter(|c| *c > '\u{3000}');
                if let Some(name) = word.and_then(|c| self.0.get(c.encode_utf8(&mut [0; 4]) as &str)) {
                    level = name;
                }
                let value = rest.get(..len).unwrap_or_default().trim_end_matches(['.', 'º', 'ª', '-']);
                keep(level, value, out);
                len
            } else if c.is_alphabetic() || c == '§' {
                // Chinese has no blanks: there each character is a word.
                let alone = c == '§' || c > '\u{3000}';
                let word = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
                let len = if alone { c.len_utf8() } else { word };
                let word = rest.get(..len).unwrap_or_default();
                match self.0.get(word.to_lowercase().as_str()) {
                    Some(name) => level = name,
                    None if is_value(word) => keep(level, word, out),
                    None => {}
                }
                len
            } else {
                c.len_utf8()
            };
            rest = rest.get(len.max(1)..).unwrap_or_default();
        }
    }
}

/// Whether this is a letter or a Roman number that counts parts.
fn is_value(word: &str) -> bool {
    word.chars().count() == 1 && word.chars().all(char::is_lowercase)
        || word.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L'))
}

const fn is_han_number(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千' | '零' | '〇' | '两')
}

fn keep(level: &str, value: &str, out: &mut BTreeMap<String, String>) {
    if value.is_empty() {
        return;
    }
    match out.get_mut(level) {
        Some(list) => {
            if !list.split(", ").any(|known| known == value) {
                list.push_str(", ");
                list.push_str(value);
            }
        }
        None => {
            out.insert(level.to_owned(), value.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Levels;

    #[test]
    fn words_name_the_level_of_the_numbers_behind_them() {
        let table = "section\t§\narticle\tart|条\nparagraph\tabs|款\nsentence\tsatz\nletter\tbuchst\n";
        let levels = Levels::read(&[("t.tsv", table)]).unwrap();
        let read = |text: &str| {
            let mut out = std::collections::BTreeMap::new();
            levels.read_into(text, &mut out);
            out.into_iter().map(|(k, v)| format!("{k} {v}")).collect::<Vec<_>>()
        };
        assert_eq!(read("§ 8 Abs. 1 Satz 2"), ["paragraph 1", "section 8", "sentence 2"]);
        assert_eq!(read("Art. 5 Abs. 1 Buchst. a, b"), ["article 5", "letter a, b", "paragraph 1"]);
        assert_eq!(read("第十四条第二款"), ["article 十四", "paragraph 二"]);
        assert_eq!(read("第14条第2款"), ["article 14", "paragraph 2"]);
    }
}
