//! What is known of numbers: units and words such as *million*, in the languages that most is translated from and into.

use std::collections::HashMap;

use super::table::rows;
use super::{Overlay, RuleError};

/// Units of measure and money, and what multiplies a number.
#[derive(Debug)]
pub struct BitextRules {
    /// By how it is written, in lower case unless the case tells it: its name.
    units: HashMap<String, String>,
    scales: HashMap<String, f64>,
    /// Characters that a unit may begin or end with and that are no letters.
    longest: usize,
}

impl BitextRules {
    /// Compiles the data file.
    pub fn load(overlay: &Overlay) -> Result<Self, RuleError> {
        const FILE: &str = "bitext/units.tsv";
        let text = overlay.text(FILE, include_str!("data/bitext/units.tsv"));
        let (mut units, mut scales) = (HashMap::new(), HashMap::new());
        let mut longest = 1;
        for row in rows(FILE, &text, 3)? {
            for form in row.list(2) {
                longest = longest.max(form.chars().count());
                match row.cell(0) {
                    "unit" => drop(units.insert(form.to_owned(), row.cell(1).to_owned())),
                    "scale" => {
                        let value = row.cell(1).parse().map_err(|_| row.error("the second column is no number"))?;
                        scales.insert(form.to_owned(), value);
                    }
                    other => return Err(row.error(format!("{other:?} is neither unit nor scale"))),
                }
            }
        }
        Ok(Self { units, scales, longest })
    }

    /// What follows a number: by what it is multiplied, and what it counts.
    pub fn after(&self, text: &str) -> (f64, Option<&str>) {
        let mut rest = text;
        let mut scale = 1.0;
        if let Some((value, len)) = Self::word(&self.scales, rest, self.longest) {
            scale = *value;
            rest = rest.get(len..).unwrap_or_default();
        } else if let Some((value, len)) = abbreviated(rest) {
            return (
                value,
                Self::word(&self.units, rest.get(len..).unwrap_or_default(), self.longest)
                    .map(|(unit, _)| unit.as_str()),
            );
        }
        let unit = Self::word(&self.units, rest, self.longest);
        // `м/ч`, `km/ora`: of what is told per something else only what the list has is known.
        let unit = unit.filter(|(_, len)| !rest.get(*len..).is_some_and(|tail| tail.trim_start().starts_with('/')));
        (scale, unit.map(|(unit, _)| unit.as_str()))
    }

    /// What stands before a number and says what it counts: `$`, `EUR`.
    pub fn before(&self, text: &str) -> Option<&str> {
        let trimmed = text.trim_end_matches([' ', '\u{a0}', '\u{202f}']);
        let sign = trimmed.chars().next_back()?;
        if !sign.is_alphanumeric() {
            return self.units.get(sign.encode_utf8(&mut [0; 4]) as &str).map(String::as_str);
        }
        let start = trimmed
            .rfind(|c: char| !c.is_ascii_uppercase())
            .map_or(0, |at| at + trimmed.get(at..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8));
        let word = trimmed.get(start..).filter(|word| word.len() == 3)?;
        self.units.get(word).map(String::as_str)
    }

    /// Whether a letter is a sign of money or measure that may touch a number.
    pub fn is_sign(&self, c: char) -> bool {
        !c.is_ascii() && self.units.contains_key(c.encode_utf8(&mut [0; 4]) as &str)
    }

    /// The longest entry of a table that `text` begins with as a whole word, perhaps after a blank, and how much of the text it is.
    fn word<'m, V>(table: &'m HashMap<String, V>, text: &str, longest: usize) -> Option<(&'m V, usize)> {
        let body = text.strip_prefix([' ', '\u{a0}', '\u{202f}', '-', '\u{2009}']).unwrap_or(text);
        let skipped = text.len() - body.len();
        let mut ends: Vec<usize> = body.char_indices().take(longest + 1).map(|(at, _)| at).skip(1).collect();
        if body.chars().count() <= longest {
            ends.push(body.len());
        }
        ends.into_iter().rev().find_map(|end| {
            let form = body.get(..end)?;
            let next = body.get(end..)?.chars().next();
            let wide = |c: char| matches!(c as u32, 0x3040..=0x9fff | 0xac00..=0xd7a3);
            let ends_here = form.chars().next_back().is_some_and(|c| wide(c) || !c.is_alphanumeric())
                || next.is_none_or(|c| !c.is_alphabetic() || wide(c));
            let found = table.get(form).or_else(|| table.get(&form.to_lowercase()))?;
            ends_here.then_some((found, skipped + end))
        })
    }
}

/// `£125m`, `2.8bn`, `40k`: letters that touch the number. `m` may be metres, too.
fn abbreviated(text: &str) -> Option<(f64, usize)> {
    let len = text.len() - text.trim_start_matches(|c: char| c.is_alphabetic()).len();
    let value = match text.get(..len)? {
        "k" | "K" => 1e3,
        "m" | "M" => 1e6,
        "bn" | "B" => 1e9,
        "tn" | "T" => 1e12,
        _ => return None,
    };
    Some((value, len))
}

#[cfg(test)]
mod tests {
    use super::{BitextRules, Overlay};

    #[test]
    fn units_and_scales_are_read_in_many_languages() {
        let rules = BitextRules::load(&Overlay::default()).unwrap();
        assert_eq!(rules.after(" million euros in"), (1e6, Some("euro")));
        assert_eq!(rules.after("万公里"), (1e4, Some("kilometre")));
        assert_eq!(rules.after(" км/ч"), rules.after(" km/h"));
        assert_eq!(rules.after(" months"), (1.0, None));
        assert_eq!(rules.before("for $"), Some("dollar"));
        assert_eq!(rules.before("for EUR "), Some("euro"));
    }
}
