//! What findings say, apart from the language it is said in.
//!
//! A finding holds the key of a text and what fills its gaps; the texts are data, a file for each language (`en.tsv`, `ru.tsv`).

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

/// A language that the program speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tongue {
    /// English.
    #[default]
    English,
    /// Russian.
    Russian,
}

type Texts = HashMap<&'static str, &'static str>;

static TEXTS: LazyLock<[Texts; 2]> = LazyLock::new(|| Tongue::ALL.map(|tongue| rows(tongue.file()).collect()));

/// The rows of a file of texts: key and text, with a tab between; `#` begins a comment.
pub(crate) fn rows(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

impl Tongue {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::English, Self::Russian];

    /// Its tag (BCP 47).
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Russian => "ru",
        }
    }

    /// The language that a tag such as `ru-RU` asks for; English where none of these does.
    pub fn of(tag: &str) -> Self {
        let language = tag.split(['-', '_', '.']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|tongue| tongue.tag() == language).unwrap_or_default()
    }

    const fn file(self) -> &'static str {
        match self {
            Self::English => include_str!("en.tsv"),
            Self::Russian => include_str!("ru.tsv"),
        }
    }

    /// What messages say by this key, in this language or else in English.
    pub(crate) fn text(self, key: &str) -> Option<&'static str> {
        let [english, russian] = &*TEXTS;
        let own = if self == Self::Russian { russian.get(key) } else { None };
        own.or_else(|| english.get(key)).copied()
    }

    /// A message in this language.
    pub fn say(self, message: &Message) -> String {
        let mut out = String::new();
        for part in &message.parts {
            let mut rest = self.text(part.key).unwrap_or(part.key);
            while let Some((before, (gap, after))) =
                rest.split_once('{').and_then(|(before, tail)| Some((before, tail.split_once('}')?)))
            {
                out.push_str(before);
                let value = gap.parse::<usize>().ok().and_then(|n| part.values.get(n.checked_sub(1)?));
                match value {
                    Some(Value::Text(text)) => out.push_str(text),
                    Some(Value::Name(key, english)) => out.push_str(self.text(key).unwrap_or(english)),
                    None => {}
                }
                rest = after;
            }
            out.push_str(rest);
        }
        out
    }
}

/// What fills a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    Text(String),
    /// The key of a text, and what is said where there is none.
    Name(String, String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    key: &'static str,
    values: Vec<Value>,
}

/// What a finding says: texts, one after the other, by their keys, with what fills their gaps `{1}`, `{2}`…
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    parts: Vec<Part>,
}

impl Message {
    /// The text `key`, with no gap filled yet.
    pub fn new(key: &'static str) -> Self {
        Self { parts: vec![Part { key, values: Vec::new() }] }
    }

    /// Goes on with the text `key`.
    #[must_use]
    pub fn then(mut self, key: &'static str) -> Self {
        self.parts.push(Part { key, values: Vec::new() });
        self
    }

    /// Fills the next gap.
    #[must_use]
    pub fn with(self, value: impl fmt::Display) -> Self {
        self.value(Value::Text(value.to_string()))
    }

    /// Fills the next gap with the text `key`, or where there is none with `otherwise`.
    #[must_use]
    pub fn name(self, key: impl Into<String>, otherwise: impl Into<String>) -> Self {
        self.value(Value::Name(key.into(), otherwise.into()))
    }

    /// Whether nothing is said.
    pub const fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    fn value(mut self, value: Value) -> Self {
        if let Some(last) = self.parts.last_mut() {
            last.values.push(value);
        }
        self
    }
}

/// In English.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Tongue::English.say(self))
    }
}

#[cfg(test)]
mod tests {
    use super::{Message, Tongue, rows};

    /// Every language says all, with the same gaps.
    #[test]
    fn languages_say_the_same() {
        let gaps = |text: &str| {
            let mut gaps: Vec<String> = text.split('{').skip(1).map(|rest| rest.chars().take(2).collect()).collect();
            gaps.sort();
            gaps
        };
        let russian: std::collections::BTreeMap<_, _> = rows(Tongue::Russian.file()).collect();
        for (key, text) in rows(Tongue::English.file()) {
            let other = russian.get(key).unwrap_or_else(|| panic!("nothing for {key} in Russian"));
            assert_eq!(gaps(text), gaps(other), "{key}");
        }
        let english: std::collections::BTreeSet<_> = rows(Tongue::English.file()).map(|(key, _)| key).collect();
        // Of languages and scripts the rules have the English names.
        let is_known = |key: &str| english.contains(key) || key.starts_with("language.") || key.starts_with("script.");
        assert_eq!(russian.keys().find(|key| !is_known(key)), None);
    }

    #[test]
    fn gaps_are_filled_in_the_order_of_each_language() {
        let message = Message::new("word.doubled").with("der");
        assert_eq!(message.to_string(), "“der” stands twice");
        assert_eq!(Tongue::Russian.say(&message), "«der» стоит дважды");
        let message = Message::new("leftover.language").name("language.zh", "Chinese").then("leftover.glued");
        assert_eq!(message.to_string(), "untranslated Chinese, without a blank beside it");
        assert_eq!(Tongue::Russian.say(&message), "не переведено: китайский, без пробела рядом");
        assert_eq!(
            Tongue::Russian.say(&Message::new("leftover.language").name("language.xx", "Xish")),
            "не переведено: Xish"
        );
        assert_eq!(
            [Tongue::of("ru-RU"), Tongue::of("ru_RU.UTF-8"), Tongue::of("de")].map(Tongue::tag),
            ["ru", "ru", "en"]
        );
    }
}
