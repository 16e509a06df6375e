//! What the page says, kept as data (`texts.en.tsv`, `texts.ru.tsv`).

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::model::Tongue;
use crate::model::message::rows;

const ENGLISH: &str = include_str!("texts.en.tsv");
const RUSSIAN: &str = include_str!("texts.ru.tsv");

static TEXTS: LazyLock<[Texts; 2]> = LazyLock::new(|| Tongue::ALL.map(Texts::read));

/// The texts of one language by their keys.
#[derive(Debug)]
pub(super) struct Texts {
    tongue: Tongue,
    by_key: BTreeMap<&'static str, &'static str>,
}

impl Texts {
    /// The texts of a language.
    pub(super) fn of_tongue(tongue: Tongue) -> &'static Self {
        let [english, russian] = &*TEXTS;
        match tongue {
            Tongue::English => english,
            Tongue::Russian => russian,
        }
    }

    fn read(tongue: Tongue) -> Self {
        let file = match tongue {
            Tongue::English => ENGLISH,
            Tongue::Russian => RUSSIAN,
        };
        Self { tongue, by_key: rows(file).collect() }
    }

    /// The tag of their language.
    pub(super) const fn tag(&self) -> &'static str {
        self.tongue.tag()
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

    /// The text `key` for a number of things, in the form that this number takes (`key.one`, `key.few`, `key.other`); `{n}` stands for the number.
    pub(super) fn counted(&self, key: &'static str, n: u64) -> String {
        let text = self.get(&format!("{key}.{}", self.form(n))).unwrap_or(key);
        text.replace("{n}", &self.number(n))
    }

    /// The plural category of a whole number (Unicode CLDR); what it calls `many` is `other` here.
    const fn form(&self, n: u64) -> &'static str {
        match (self.tongue, n % 10, n % 100) {
            (Tongue::English, ..) if n == 1 => "one",
            (Tongue::Russian, _, 11..=14) => "other",
            (Tongue::Russian, 1, _) => "one",
            (Tongue::Russian, 2..=4, _) => "few",
            _ => "other",
        }
    }

    /// The text `key` for a decimal fraction of things.
    pub(super) fn fraction(&self, key: &str, amount: &str) -> Option<String> {
        let (form, amount) = match self.tongue {
            Tongue::English => ("other", amount.to_owned()),
            Tongue::Russian => ("few", amount.replace('.', ",")),
        };
        Some(self.get(&format!("{key}.{form}"))?.replace("{n}", &amount))
    }

    /// A number with its digits in groups of three.
    pub(super) fn number(&self, n: u64) -> String {
        let mark = match self.tongue {
            Tongue::English => ',',
            Tongue::Russian => '\u{a0}',
        };
        let digits = n.to_string();
        let mut out = String::with_capacity(digits.len() + digits.len() / 3);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                out.push(mark);
            }
            out.push(digit);
        }
        out
    }

    /// The text `key` with `{name}` replaced.
    pub(super) fn with(&self, key: &'static str, name: &str, value: &str) -> String {
        self.of(key).replace(&format!("{{{name}}}"), value)
    }

    /// The name of a language: `Russian` for `ru`, `Chinese (Hant)` for `zh-Hant`.
    pub(super) fn language(&self, tag: &str) -> String {
        let mut parts = tag.splitn(2, '-');
        let name = parts.next().and_then(|code| {
            // Findings name languages, too.
            let key = format!("language.{code}");
            self.get(&key).or_else(|| self.tongue.text(&key))
        });
        match (name, parts.next()) {
            (Some(name), Some(rest)) => format!("{name} ({rest})"),
            (Some(name), None) => name.to_owned(),
            (None, _) => tag.to_owned(),
        }
    }
}

/// A share of one as per cent.
pub(super) fn percent(share: f32) -> String {
    format!("{:.0} %", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::{ENGLISH, Texts};
    use crate::model::Tongue;

    #[test]
    fn numbers_have_groups() {
        assert_eq!(
            [0, 999, 1000, 1_234_567].map(|n| Texts::of_tongue(Tongue::English).number(n)),
            ["0", "999", "1,000", "1,234,567"]
        );
    }

    #[test]
    fn languages_have_names() {
        let texts = Texts::of_tongue(Tongue::English);
        assert_eq!(texts.language("ru"), "Russian");
        assert_eq!(texts.language("zh-Hant"), "Chinese (Hant)");
        assert_eq!(texts.language("xx"), "xx");
    }

    /// Each language says all, with the same gaps, and has the forms that numbers take in it.
    #[test]
    fn languages_say_the_same() {
        let [english, russian] = Tongue::ALL.map(Texts::of_tongue);
        let gaps = |text: &str| {
            let mut found: Vec<String> =
                text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).map(str::to_owned).collect();
            found.sort();
            found
        };
        for (key, text) in &english.by_key {
            if let Some(code) = key.strip_prefix("language.") {
                assert_ne!(russian.language(code), code);
                continue;
            }
            let other = russian.get(key).unwrap_or_else(|| panic!("nothing for {key} in Russian"));
            // English says *one* at times, and has ordinals of four kinds.
            if key.strip_suffix(".one").is_none() && *key != "century" {
                assert_eq!(gaps(text), gaps(other), "{key}");
            }
            if let Some(key) = key.strip_suffix(".one").filter(|key| english.get(&format!("{key}.other")).is_some()) {
                assert!(russian.get(&format!("{key}.few")).is_some(), "{key}.few");
            }
        }
        let is_known = |key: &str| english.by_key.contains_key(key) || key.strip_suffix(".few").is_some();
        assert_eq!(russian.by_key.keys().find(|key| !is_known(key)), None);
        assert_eq!(
            [1, 2, 5, 11, 21, 22, 1112].map(|n| russian.counted("unit.day", n)).join(", "),
            "1 день, 2 дня, 5 дней, 11 дней, 21 день, 22 дня, 1\u{a0}112 дней"
        );
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
        let texts = Texts::of_tongue(Tongue::English);
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
