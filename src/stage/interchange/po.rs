//! Message catalogues of GNU gettext: each translation with its message, plural forms apart.

use encoding_rs::Encoding;

use super::build::{Builder, Run};
use super::{Interchange, Malformed};
use crate::model::{Kind, LanguageTag, Segment};
use crate::text::Span;

/// So much of a message names it, in characters.
const NAME: usize = 60;
/// So much of a catalogue is looked through for its header, in bytes.
const HEAD: usize = 1 << 14;

/// The encoding that the header of a catalogue names.
pub fn charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD.min(bytes.len())).unwrap_or_default();
    let at = memchr::memmem::find(head, b"charset=")? + b"charset=".len();
    let rest = head.get(at..)?;
    let len = rest.iter().position(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'-' | b'_' | b':'))?;
    Encoding::for_label(rest.get(..len)?)
}

/// Whether a text begins as a catalogue does: perhaps with comments, then with a message.
pub(super) fn begins(text: &str) -> bool {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    line.is_some_and(|line| line.starts_with("msgid \"") || line.starts_with("msgctxt \""))
}

/// A message in the making.
#[derive(Default)]
struct Entry {
    place: Option<Span>,
    context: Option<String>,
    message: Option<String>,
    plural: Option<String>,
    /// The translations: the number of each, and its text.
    translations: Vec<(Option<usize>, Run)>,
    is_fuzzy: bool,
}

/// What the strings on the lines that follow belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    None,
    Context,
    Message,
    Plural,
    Translation,
}

/// Reads a catalogue.
pub(super) fn read(source: &str) -> Result<Interchange, Malformed> {
    let mut reader = Reader { out: Builder::new(source), entry: Entry::default(), field: Field::None, forms: None };
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        reader.line(line, at)?;
        at += line.len();
    }
    reader.flush();
    // Without any translation it is a template.
    let mut out = reader.out.finish();
    if out.layout.blocks.is_empty() && out.language.is_none() {
        out.segments.iter_mut().for_each(|segment| segment.is_missing = false);
    }
    Ok(out)
}

struct Reader<'s> {
    out: Builder<'s>,
    entry: Entry,
    field: Field,
    /// How many plural forms the header says there are.
    forms: Option<usize>,
}

impl Reader<'_> {
    fn line(&mut self, line: &str, at: usize) -> Result<(), Malformed> {
        let text = line.trim();
        let at = at + (line.len() - line.trim_start().len());
        if text.is_empty() {
            self.flush();
            return Ok(());
        }
        if let Some(comment) = text.strip_prefix('#') {
            if self.field == Field::Translation || comment.starts_with('~') {
                self.flush();
            }
            self.entry.is_fuzzy |= comment.strip_prefix(',').is_some_and(|f| f.split(',').any(|f| f.trim() == "fuzzy"));
            return Ok(());
        }
        if text.starts_with('"') {
            return self.string(text, at, at);
        }
        let len = text.find(|c: char| c.is_whitespace() || c == '"' || c == '[').unwrap_or(text.len());
        let (word, mut rest) = text.split_at(len);
        let mut number = None;
        match word {
            "msgctxt" | "msgid" if self.field == Field::Translation => self.flush(),
            _ => {}
        }
        self.field = match word {
            "msgctxt" => Field::Context,
            "msgid" => Field::Message,
            "msgid_plural" => Field::Plural,
            "msgstr" => Field::Translation,
            _ => {
                let what = format!(
                    "“{}” begins no line of a message catalogue; expected msgid, msgstr or a comment",
                    text.chars().take(20).collect::<String>()
                );
                return Err(Malformed { at, what });
            }
        };
        if let Some(index) = rest.strip_prefix('[') {
            let Some((digits, tail)) = index.split_once(']') else {
                return Err(Malformed { at, what: "the number of a plural form has no closing bracket".to_owned() });
            };
            number = digits.trim().parse().ok();
            if number.is_none() || word != "msgstr" {
                return Err(Malformed { at, what: format!("“{word}[{digits}]” names no plural form") });
            }
            rest = tail;
        }
        self.entry.place.get_or_insert(Span::new(at, at + text.len()));
        if self.field == Field::Translation {
            let place = Span::new(at, at + text.len());
            self.entry.translations.push((number, Run { place, ..Run::default() }));
        } else {
            let slot = match self.field {
                Field::Context => &mut self.entry.context,
                Field::Plural => &mut self.entry.plural,
                _ => &mut self.entry.message,
            };
            if slot.is_some() {
                return Err(Malformed { at, what: format!("{word} stands twice in one message") });
            }
            *slot = Some(String::new());
        }
        let value = rest.trim_start();
        self.string(value, at + (text.len() - value.len()), at)
    }

    /// Takes in a string in quotation marks that begins at `at`.
    fn string(&mut self, text: &str, at: usize, line: usize) -> Result<(), Malformed> {
        let wrong = |what: &str| Err(Malformed { at: line, what: what.to_owned() });
        let Some(body) = text.strip_prefix('"') else { return wrong("a string in quotation marks is missing here") };
        let mut plain = String::new();
        let slot = match self.field {
            Field::Translation => None,
            Field::Context => self.entry.context.as_mut(),
            Field::Message => self.entry.message.as_mut(),
            Field::Plural => self.entry.plural.as_mut(),
            Field::None => return wrong("a string stands here that belongs to no message"),
        };
        let mut run = self.entry.translations.last_mut().map(|(_, run)| run).filter(|_| slot.is_none());
        let mut from = 0;
        let base = at + 1;
        loop {
            let rest = body.get(from..).unwrap_or_default();
            let Some(len) = rest.find(['"', '\\']) else { return wrong("the string has no closing quotation mark") };
            let copied = rest.get(..len).unwrap_or_default();
            match &mut run {
                Some(run) => run.copy(copied, base + from),
                None => plain.push_str(copied),
            }
            from += len;
            if rest.get(len..).is_some_and(|r| r.starts_with('"')) {
                break;
            }
            let (c, len) = escape(body.get(from..).unwrap_or_default());
            match &mut run {
                Some(run) => run.put(c, Span::new(base + from, base + from + len)),
                None => plain.push(c),
            }
            from += len;
        }
        if !body.get(from + 1..).unwrap_or_default().trim().is_empty() {
            return wrong(
                "something stands after the closing quotation mark; a quotation mark in a string is written \\\"",
            );
        }
        match (run, slot) {
            (Some(run), _) => run.place = Span::new(run.place.start(), base + from + 1),
            (None, Some(slot)) => slot.push_str(&plain),
            (None, None) => {}
        }
        Ok(())
    }

    /// Ends the message.
    fn flush(&mut self) {
        self.field = Field::None;
        let entry = std::mem::take(&mut self.entry);
        let (Some(message), Some(place)) = (entry.message, entry.place) else { return };
        if message.is_empty() && entry.context.is_none() {
            let header = entry.translations.first().map(|(_, run)| run.text.clone()).unwrap_or_default();
            return self.header(&header);
        }
        let head: String = message.chars().take(NAME).collect();
        let name = entry.context.map_or_else(|| head.clone(), |context| format!("{context}|{head}"));
        let name = name.replace(char::is_control, " ");
        let forms = entry.translations.iter().any(|(number, _)| number.is_some());
        let any = entry.translations.iter().any(|(_, run)| !run.is_blank());
        let lacking = forms && any && self.forms.is_some_and(|forms| entry.translations.len() < forms);
        let missing = entry.translations.is_empty() || lacking;
        let state = entry.is_fuzzy.then(|| "fuzzy".to_owned());
        for (number, run) in &entry.translations {
            let id = number.map_or_else(|| name.clone(), |number| format!("{name}[{number}]"));
            // The first of several forms is that for one thing.
            let (mut own, mut other) = (message.clone(), entry.plural.clone());
            if let Some(plural) = other.as_mut().filter(|_| *number != Some(0) || entry.translations.len() == 1) {
                std::mem::swap(&mut own, plural);
            }
            let segment = Segment {
                id,
                place: run.place,
                source: Some(own),
                plural: other,
                state: state.clone(),
                is_missing: run.is_blank() && message.chars().any(char::is_alphabetic),
                ..Segment::default()
            };
            self.out.segment(run, Kind::Paragraph, segment);
        }
        if missing {
            let segment = Segment {
                id: name,
                place,
                source: Some(message),
                plural: entry.plural,
                state,
                is_missing: true,
                ..Segment::default()
            };
            self.out.segment(&Run::default(), Kind::Paragraph, segment);
        }
    }

    fn header(&mut self, header: &str) {
        for line in header.lines() {
            let Some((name, value)) = line.split_once(':') else { continue };
            let tag = || LanguageTag::parse(value.trim().split(['@', '.']).next()?).filter(|tag| !tag.is_und());
            match name.trim().to_ascii_lowercase().as_str() {
                "language" => self.out.out.language = tag(),
                "x-source-language" => self.out.out.source_language = tag(),
                "plural-forms" => {
                    let number = value
                        .split(';')
                        .find_map(|part| part.trim().strip_prefix("nplurals")?.trim().strip_prefix('='));
                    self.forms = number.and_then(|n| n.trim().parse().ok());
                }
                _ => {}
            }
        }
    }
}

/// The character that an escape at the beginning of `text` stands for, and its length.
fn escape(text: &str) -> (char, usize) {
    let mut chars = text.chars().skip(1);
    let Some(c) = chars.next() else { return ('\\', 1) };
    let of =
        |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32).unwrap_or('\u{fffd}');
    match c {
        'n' => ('\n', 2),
        't' => ('\t', 2),
        'r' => ('\r', 2),
        'a' => ('\u{7}', 2),
        'b' => ('\u{8}', 2),
        'f' => ('\u{c}', 2),
        'v' => ('\u{b}', 2),
        'x' => {
            let digits: String = chars.take_while(char::is_ascii_hexdigit).take(2).collect();
            if digits.is_empty() { ('x', 2) } else { (of(&digits, 16), 2 + digits.len()) }
        }
        '0'..='7' => {
            let digits: String = text.chars().skip(1).take_while(|c| ('0'..='7').contains(c)).take(3).collect();
            (of(&digits, 8), 1 + digits.len())
        }
        other => (other, 1 + other.len_utf8()),
    }
}
