//! Refuses what a user's gazetteer must not hold: malformed rows, and names that contradict what is known (docs/gazetteer.md).

use std::collections::{HashMap, HashSet};

use unicode_normalization::is_nfc;

use crate::rules::table::{Row, RuleError, rows};

/// What an entry may be.
const TYPES: [&str; 4] = ["regulator", "law", "policy", "organization"];

/// Checks the rows in `text`, which are to stand beside those in `known`.
pub(super) fn rows_of_user(file: &str, text: &str, known: &str) -> Result<(), RuleError> {
    let mut ids: HashSet<String> = HashSet::new();
    let mut owners: HashMap<(String, String, String), String> = HashMap::new();
    for row in rows("entity/bodies.tsv", known, 4)? {
        ids.insert(row.cell(0).to_owned());
        own(&row, &mut owners);
    }
    for row in rows(file, text, 4)? {
        well_formed(&row)?;
        if !ids.insert(row.cell(0).to_owned()) {
            return Err(row.error(format!("`{}` stands twice, or is built in; give another id", row.cell(0))));
        }
        if let Some((form, owner)) = own(&row, &mut owners) {
            return Err(row.error(format!(
                "`{form}` is a name of `{owner}` too; mark it in the column `ambiguous`, or leave it out"
            )));
        }
    }
    Ok(())
}

/// Takes the names of a row that are not marked as ambiguous; the first that another row of this type has already.
fn own(row: &Row<'_>, owners: &mut HashMap<(String, String, String), String>) -> Option<(String, String)> {
    let ambiguous: Vec<(&str, Vec<&str>)> = by_language(row.cell(5)).unwrap_or_default();
    let mut taken = None;
    for (language, forms) in by_language(row.cell(3)).unwrap_or_default() {
        let marked = ambiguous.iter().find(|(other, _)| *other == language).map_or(&[][..], |(_, forms)| forms);
        for form in forms.iter().filter(|form| !marked.contains(form)) {
            let key = (row.cell(1).to_owned(), language.to_owned(), (*form).to_owned());
            if let Some(owner) = owners.insert(key, row.cell(0).to_owned()) {
                taken.get_or_insert((format!("{language}:{form}"), owner));
            }
        }
    }
    taken
}

fn well_formed(row: &Row<'_>) -> Result<(), RuleError> {
    let id = row.cell(0);
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        return Err(row.error(format!("`{id}` is no id: small letters, digits and hyphens")));
    }
    if !TYPES.contains(&row.cell(1)) {
        return Err(row.error(format!("no type {}; there are {}", row.cell(1), TYPES.join(", "))));
    }
    let country = row.cell(2);
    let iso = country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
    if !(iso || country == "INT") {
        return Err(row.error(format!("`{country}` is no country of ISO 3166, nor EU or INT")));
    }
    let Some(names) = by_language(row.cell(3)).filter(|names| !names.is_empty()) else {
        return Err(row.error("names are written en:First|Second;ru:Первое|Второе"));
    };
    for (language, forms) in &names {
        let mut seen = HashSet::new();
        for form in forms {
            if form.is_empty() || form.trim() != *form || form.contains("  ") || form.chars().any(char::is_control) {
                return Err(row.error(format!("`{language}:{form}` is empty or has stray blanks")));
            }
            if !is_nfc(form) {
                return Err(row.error(format!("`{language}:{form}` is not in normal form C")));
            }
            if !seen.insert(form) {
                return Err(row.error(format!("`{language}:{form}` stands twice")));
            }
        }
    }
    for (language, forms) in by_language(row.cell(5)).unwrap_or_default() {
        let named = names.iter().find(|(other, _)| *other == language).map_or(&[][..], |(_, forms)| forms);
        if let Some(form) = forms.iter().find(|form| !named.contains(form)) {
            return Err(row.error(format!("`{language}:{form}` is marked ambiguous but is no name")));
        }
    }
    for id in row.list(4) {
        let Some((scheme, value)) = id.split_once('=') else {
            return Err(row.error(format!("`{id}` is no identifier: scheme=value")));
        };
        let number = value.strip_prefix('Q').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
        if value.is_empty() || scheme == "wikidata" && !number {
            return Err(row.error(format!("`{id}` is no identifier of {scheme}")));
        }
    }
    Ok(())
}

/// `en:A|B;ru:В` as languages with their forms; `None` where it is not written so.
fn by_language(cell: &str) -> Option<Vec<(&str, Vec<&str>)>> {
    let parts = cell.split(';').filter(|part| !part.trim().is_empty());
    parts
        .map(|part| {
            let (language, forms) = part.split_once(':')?;
            let code = (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase());
            code.then(|| (language, forms.split('|').collect()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::rows_of_user;

    const KNOWN: &str = "xx-bank\tregulator\tXX\ten:Bank of Xanadu;de:Bank von Xanadu\n";

    #[test]
    fn what_is_malformed_or_contradicts_is_refused() {
        let said = |text: &str| rows_of_user("g.tsv", text, KNOWN).unwrap_err().what;
        for (row, what) in [
            ("Bank\tregulator\tXX\ten:A", "is no id"),
            ("a\tbody\tXX\ten:A", "no type body"),
            ("a\tregulator\tXanadu\ten:A", "is no country"),
            ("a\tregulator\tXX\tA", "names are written"),
            ("a\tregulator\tXX\ten:A|A", "stands twice"),
            ("a\tregulator\tXX\ten:A\twikidata=12", "is no identifier of wikidata"),
            ("a\tregulator\tXX\ten:A\t\ten:B", "is marked ambiguous but is no name"),
            ("xx-bank\tregulator\tXX\ten:A", "is built in"),
            ("a\tregulator\tXX\ten:Bank of Xanadu", "is a name of `xx-bank` too"),
        ] {
            assert!(said(row).contains(what), "{row}: {}", said(row));
        }
        rows_of_user("g.tsv", "a\tregulator\tXX\ten:Bank of Xanadu|BoX\t\ten:Bank of Xanadu\n", KNOWN).unwrap();
        rows_of_user("g.tsv", "a\tlaw\tXX\ten:Bank of Xanadu\twikidata=Q12\n", KNOWN).unwrap();
    }
}
