//! Files of strings in JSON (RFC 8259): names that lead to texts, one inside another; Application Resource Bundles, and what browsers'
//! extensions have.

use super::build::{Builder, Run};
use super::{Interchange, Malformed, message};
use crate::model::{Kind, LanguageTag, Segment};
use crate::text::Span;

/// Objects and lists are so deep in one another at most.
const DEEPEST: usize = 128;

/// Whether a file of this name that holds this JSON is one of strings: it or its folder is named as such files are, and there is nothing in it
/// but texts and their names.
pub fn are_strings(path: &str, text: &str) -> bool {
    named(path) && {
        let mut reader = Reader { source: text, at: 0, is_arb: false, found: Vec::new(), other: false, locale: None };
        reader.read().is_ok() && !reader.other && !reader.found.is_empty()
    }
}

/// Whether a name says that a file holds strings: `de.json`, `app_de.json`, `locales/de/common.json`, `strings.json`.
fn named(path: &str) -> bool {
    const FOLDERS: [&str; 12] = [
        "locale",
        "locales",
        "_locales",
        "i18n",
        "l10n",
        "lang",
        "langs",
        "languages",
        "translations",
        "translation",
        "intl",
        "messages",
    ];
    const FILES: [&str; 6] = ["messages", "strings", "translation", "translations", "locale", "resources"];
    let lower = path.to_ascii_lowercase();
    let mut parts = lower.rsplit('/');
    let file = parts.next().unwrap_or_default();
    let stem = file.strip_suffix(".json").unwrap_or(file);
    FILES.contains(&stem) || of_name(stem).is_some() || parts.any(|folder| FOLDERS.contains(&folder))
}

/// The language that a file's name tells: `de`, `pt-BR`, `app_de`, `messages.ru`.
fn of_name(stem: &str) -> Option<LanguageTag> {
    let known = |tag: &str| {
        let tag = LanguageTag::parse(tag)?;
        whatlang::Lang::all().iter().any(|lang| two_letters(lang.code()) == Some(tag.language())).then_some(tag)
    };
    known(stem).or_else(|| {
        let (_, tail) = stem.split_once(['.', '_'])?;
        known(tail).or_else(|| known(stem.rsplit(['.', '_']).next()?))
    })
}

/// The language that a path tells: its file's name, or else its folder's.
pub(super) fn language_of(path: &str) -> Option<LanguageTag> {
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    of_name(stem).or_else(|| {
        let folder = folders.rsplit('/').find(|folder| *folder != "LC_MESSAGES")?;
        of_name(folder).filter(|_| !folder.contains('.'))
    })
}

/// ISO 639-1 for ISO 639-3, of the languages that most software is translated into.
fn two_letters(code: &str) -> Option<&'static str> {
    const CODES: [(&str, &str); 44] = [
        ("eng", "en"),
        ("deu", "de"),
        ("fra", "fr"),
        ("spa", "es"),
        ("ita", "it"),
        ("por", "pt"),
        ("nld", "nl"),
        ("rus", "ru"),
        ("ukr", "uk"),
        ("bel", "be"),
        ("bul", "bg"),
        ("srp", "sr"),
        ("hrv", "hr"),
        ("slv", "sl"),
        ("pol", "pl"),
        ("ces", "cs"),
        ("slk", "sk"),
        ("hun", "hu"),
        ("ron", "ro"),
        ("ell", "el"),
        ("tur", "tr"),
        ("aze", "az"),
        ("uzb", "uz"),
        ("kat", "ka"),
        ("hye", "hy"),
        ("ara", "ar"),
        ("heb", "he"),
        ("pes", "fa"),
        ("urd", "ur"),
        ("hin", "hi"),
        ("ben", "bn"),
        ("tam", "ta"),
        ("tha", "th"),
        ("vie", "vi"),
        ("ind", "id"),
        ("jpn", "ja"),
        ("kor", "ko"),
        ("cmn", "zh"),
        ("swe", "sv"),
        ("dan", "da"),
        ("nob", "nb"),
        ("fin", "fi"),
        ("est", "et"),
        ("lit", "lt"),
    ];
    CODES.iter().find(|(three, _)| *three == code).map(|(_, two)| *two)
}

/// Reads a file.
pub(super) fn read(source: &str, is_arb: bool) -> Result<Interchange, Malformed> {
    let mut reader = Reader { source, at: 0, is_arb, found: Vec::new(), other: false, locale: None };
    reader.read()?;
    let mut out = Builder::new(source);
    out.out.language = reader.locale;
    for (id, run) in reader.found {
        let mut texts = Run { place: run.place, ..Run::default() };
        message::texts(&run, &mut texts);
        out.segment(&texts, Kind::Paragraph, Segment { id, place: run.place, ..Segment::default() });
    }
    Ok(out.finish())
}

struct Reader<'s> {
    source: &'s str,
    at: usize,
    is_arb: bool,
    /// The texts, each with its name.
    found: Vec<(String, Run)>,
    /// Whether there is anything but texts.
    other: bool,
    locale: Option<LanguageTag>,
}

impl Reader<'_> {
    fn read(&mut self) -> Result<(), Malformed> {
        self.blank();
        if self.peek() != Some(b'{') {
            return Err(self.wrong("an object is expected: names that lead to texts"));
        }
        self.value("", 0)?;
        self.blank();
        if self.at < self.source.len() {
            return Err(self.wrong("something stands after the end of the object"));
        }
        Ok(())
    }

    fn wrong(&self, what: &str) -> Malformed {
        Malformed { at: self.at, what: format!("this is no well-formed JSON: {what}") }
    }

    fn peek(&self) -> Option<u8> {
        self.source.as_bytes().get(self.at).copied()
    }

    fn blank(&mut self) {
        while self.peek().is_some_and(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), Malformed> {
        self.blank();
        if self.peek() != Some(byte) {
            return Err(self.wrong(&format!("“{}” is expected here", char::from(byte))));
        }
        self.at += 1;
        Ok(())
    }

    fn value(&mut self, path: &str, depth: usize) -> Result<(), Malformed> {
        if depth > DEEPEST {
            return Err(self.wrong(&format!("objects are nested more than {DEEPEST} deep")));
        }
        self.blank();
        match self.peek() {
            Some(b'{') => self.object(path, depth),
            Some(b'[') => self.list(path, depth),
            Some(b'"') => {
                let run = self.string()?;
                self.found.push((path.to_owned(), run));
                Ok(())
            }
            Some(b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => {
                let rest = self.source.get(self.at..).unwrap_or_default();
                let len = rest
                    .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '+' | '.'))
                    .unwrap_or(rest.len());
                if serde_json::from_str::<serde::de::IgnoredAny>(rest.get(..len).unwrap_or_default()).is_err() {
                    return Err(self.wrong("this is no value"));
                }
                self.other |= !rest.starts_with("null");
                self.at += len;
                Ok(())
            }
            _ => Err(self.wrong("a value is expected here")),
        }
    }

    fn object(&mut self, path: &str, depth: usize) -> Result<(), Malformed> {
        self.at += 1;
        let from = self.found.len();
        let mut names: Vec<String> = Vec::new();
        self.blank();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(());
        }
        loop {
            self.blank();
            if self.peek() != Some(b'"') {
                return Err(self.wrong("a name in quotation marks is expected here"));
            }
            let name = self.string()?.text;
            self.expect(b':')?;
            let inner = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            let (before, other) = (self.found.len(), self.other);
            self.value(&inner, depth + 1)?;
            if name == "@@locale" {
                self.locale = self.found.last().and_then(|(_, run)| LanguageTag::parse(&run.text));
            }
            if name.starts_with('@') && (self.is_arb || name.starts_with("@@")) {
                // A note about another member.
                self.found.truncate(before);
                self.other = other;
            }
            names.push(name);
            self.blank();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => break,
                _ => return Err(self.wrong("“,” or “}” is expected here")),
            }
        }
        self.at += 1;
        // `{"message": …, "description": …}`: only the first is shown.
        let notes = ["message", "description", "placeholders"];
        if depth == 1 && names.iter().any(|n| n == "message") && names.iter().all(|n| notes.contains(&n.as_str())) {
            let wanted = format!("{path}.message");
            let own: Vec<(String, Run)> = self.found.drain(from..).filter(|(id, _)| *id == wanted).collect();
            self.found.extend(own.into_iter().map(|(_, run)| (path.to_owned(), run)));
        }
        Ok(())
    }

    fn list(&mut self, path: &str, depth: usize) -> Result<(), Malformed> {
        self.at += 1;
        self.blank();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(());
        }
        for number in 0.. {
            self.value(&format!("{path}[{number}]"), depth + 1)?;
            self.blank();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => break,
                _ => return Err(self.wrong("“,” or “]” is expected here")),
            }
        }
        self.at += 1;
        Ok(())
    }

    fn string(&mut self) -> Result<Run, Malformed> {
        let mut run = Run { place: Span::new(self.at, self.at), ..Run::default() };
        self.at += 1;
        loop {
            let rest = self.source.get(self.at..).unwrap_or_default();
            let Some(len) = rest.find(['"', '\\']) else { return Err(self.wrong("the string has no end")) };
            let copied = rest.get(..len).unwrap_or_default();
            if let Some(control) = copied.bytes().position(|b| b < 0x20) {
                self.at += control;
                return Err(self.wrong("a control character stands in a string; a line feed is written \\n"));
            }
            run.add(copied, Span::new(self.at, self.at + len));
            self.at += len;
            if self.peek() == Some(b'"') {
                self.at += 1;
                run.place = Span::new(run.place.start(), self.at);
                return Ok(run);
            }
            let Some((c, len)) = escape(self.source.get(self.at..).unwrap_or_default()) else {
                return Err(self.wrong("there is no such escape"));
            };
            run.put(c, Span::new(self.at, self.at + len));
            self.at += len;
        }
    }
}

/// The character that an escape at the beginning of `text` stands for, and its length; a surrogate without its twin is U+FFFD.
fn escape(text: &str) -> Option<(char, usize)> {
    let simple = match text.as_bytes().get(1)? {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => {
            let unit = |from: usize| u16::from_str_radix(text.get(from..from + 4)?, 16).ok();
            let first = unit(2)?;
            if (0xd800..0xdc00).contains(&first)
                && text.get(6..8) == Some("\\u")
                && let Some(second) = unit(8).filter(|second| (0xdc00..0xe000).contains(second))
            {
                let c = char::decode_utf16([first, second]).next()?.ok()?;
                return Some((c, 12));
            }
            return Some((char::from_u32(u32::from(first)).unwrap_or('\u{fffd}'), 6));
        }
        _ => return None,
    };
    Some((simple, 2))
}

#[cfg(test)]
mod tests {
    use super::{are_strings, named};

    #[test]
    fn files_of_strings_are_told_by_name_and_content() {
        for path in ["de.json", "app_pt-BR.json", "locales/de/common.json", "messages.ru.json", "i18n/x.json"] {
            assert!(named(path), "{path}");
        }
        for path in ["article.json", "a/page_1.json", "export-2024.json", "doc.json"] {
            assert!(!named(path), "{path}");
        }
        assert!(are_strings("de.json", r#"{"a": {"b": "Speichern"}, "c": ["x"]}"#));
        assert!(!are_strings("de.json", r#"{"a": "Speichern", "n": 5}"#));
    }
}
