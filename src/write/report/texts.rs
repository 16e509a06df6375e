//! What the page says, kept as data (`texts.en.tsv`), so that it can speak another language.

use std::borrow::Cow;
use std::collections::BTreeMap;

const ENGLISH: &str = include_str!("texts.en.tsv");

/// The texts of one language by their keys.
#[derive(Debug)]
pub(super) struct Texts {
    by_key: BTreeMap<&'static str, &'static str>,
}

impl Texts {
    /// The English texts.
    pub(super) fn english() -> Self {
        let rows = ENGLISH.lines().filter(|line| !line.starts_with('#'));
        Self { by_key: rows.filter_map(|line| line.split_once('\t')).collect() }
    }

    /// The text `key`; the key itself where there is none.
    pub(super) fn of(&self, key: &'static str) -> &'static str {
        self.get(key).unwrap_or(key)
    }

    /// The text `key`, where there is one.
    pub(super) fn get(&self, key: &str) -> Option<&'static str> {
        self.by_key.get(key).copied()
    }

    /// The text `group.name`; the name, with blanks for underscores, where there is none.
    pub(super) fn named<'n>(&self, group: &str, name: &'n str) -> Cow<'n, str> {
        match self.get(&format!("{group}.{name}")) {
            Some(text) => text.into(),
            None if name.contains('_') => name.replace('_', " ").into(),
            None => name.into(),
        }
    }

    /// The text `key` for a number of things: `key.one` for one, else `key.other`; `{n}` stands for the number.
    pub(super) fn counted(&self, key: &'static str, n: u64) -> String {
        let form = if n == 1 { "one" } else { "other" };
        let text = self.get(&format!("{key}.{form}")).unwrap_or(key);
        text.replace("{n}", &number(n))
    }

    /// The text `key` with `{name}` replaced.
    pub(super) fn with(&self, key: &'static str, name: &str, value: &str) -> String {
        self.of(key).replace(&format!("{{{name}}}"), value)
    }

    /// The name of a language: `Russian` for `ru`, `Chinese (Hant)` for `zh-Hant`.
    pub(super) fn language(&self, tag: &str) -> String {
        let mut parts = tag.splitn(2, '-');
        let name = parts.next().and_then(|code| self.get(&format!("language.{code}")));
        match (name, parts.next()) {
            (Some(name), Some(rest)) => format!("{name} ({rest})"),
            (Some(name), None) => name.to_owned(),
            (None, _) => tag.to_owned(),
        }
    }
}

/// A number with its digits in groups of three.
pub(super) fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A share of one as per cent.
pub(super) fn percent(share: f32) -> String {
    format!("{:.0} %", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::{ENGLISH, Texts, number};

    #[test]
    fn numbers_have_groups() {
        assert_eq!([0, 999, 1000, 1_234_567].map(number), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn languages_have_names() {
        let texts = Texts::english();
        assert_eq!(texts.language("ru"), "Russian");
        assert_eq!(texts.language("zh-Hant"), "Chinese (Hant)");
        assert_eq!(texts.language("xx"), "xx");
    }

    /// Every text that the templates name is there, and every one that is there is named.
    #[test]
    fn texts_and_templates_agree() {
        let sources = [
            include_str!("article.rs"),
            include_str!("clusters.rs"),
            include_str!("findings.rs"),
            include_str!("layers.rs"),
            include_str!("named.rs"),
            include_str!("page.rs"),
            include_str!("sums.rs"),
            include_str!("timeline.rs"),
            include_str!("value.rs"),
            // The names of languages.
            include_str!("texts.rs").split("mod tests").next().unwrap(),
        ]
        .concat();
        let texts = Texts::english();
        let called = |call: &'static str| {
            sources.split(call).skip(1).filter_map(|rest| rest.split_once('"')).map(|(key, _)| key)
        };
        for key in called(".of(\"").chain(called(".with(\"")) {
            assert!(texts.get(key).is_some(), "no text {key}");
        }
        for key in called(".counted(\"") {
            assert!(texts.get(&format!("{key}.one")).is_some(), "no text {key}.one");
            assert!(texts.get(&format!("{key}.other")).is_some(), "no text {key}.other");
        }
        let rows = ENGLISH.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        for row in rows {
            let (key, text) = row.split_once('\t').unwrap_or_else(|| panic!("no tab in {row:?}"));
            assert!(!text.trim().is_empty(), "{key} says nothing");
            let stem = key.trim_end_matches(".one").trim_end_matches(".other");
            let named = sources.contains(&format!("\"{key}\"")) || sources.contains(&format!("\"{stem}\""));
            let groups = key.match_indices('.').filter_map(|(at, _)| key.get(..at));
            let by_name = groups.into_iter().any(|group| {
                let calls = [format!("named(\"{group}\""), format!("\"{group}.{{")];
                group == "js" || calls.iter().any(|call| sources.contains(call))
            });
            assert!(named || by_name, "nobody says {key}");
        }
    }
}
