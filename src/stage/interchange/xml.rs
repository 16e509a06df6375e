//! XML as a series of tags and texts with their places. Entities that a file declares itself are refused, and so is what is nested without end.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Malformed;
use crate::text::Span;

/// Elements are so deep in one another at most.
const DEEPEST: usize = 512;
/// An element has so many attributes at most.
const ATTRIBUTES: usize = 512;

/// Reads the tags and texts of a file, one after the other.
pub(super) struct Xml<'s> {
    source: &'s str,
    reader: Reader<&'s [u8]>,
    /// The open elements: where each begins.
    open: Vec<Span>,
    /// The namespaces that are known, each from its depth on: prefix, name.
    spaces: Vec<(usize, String, String)>,
}

/// What comes next.
pub(super) enum Item<'s> {
    /// An element begins.
    Open(Tag<'s>),
    /// The innermost element ends.
    Close,
    /// A text as it stands in the file.
    Text(&'s str, usize),
    /// A character that stands as a reference.
    Char(char, Span),
    /// Nothing.
    End,
}

/// The beginning of an element.
pub(super) struct Tag<'s> {
    /// Its place, from `<` to `>`.
    pub(super) place: Span,
    /// Its name without a prefix.
    pub(super) name: &'s str,
    /// Its namespace; empty for none.
    pub(super) space: String,
    /// Its attributes as they stand: name, value.
    attributes: Vec<(&'s str, &'s str)>,
}

impl Tag<'_> {
    /// The value of an attribute, by its name with the prefix.
    pub(super) fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        let (_, raw) = self.attributes.iter().find(|(own, _)| *own == name)?;
        Some(value(raw))
    }

    /// The same, by the name without a prefix.
    pub(super) fn local(&self, name: &str) -> Option<Cow<'_, str>> {
        let (_, raw) = self.attributes.iter().find(|(own, _)| own.rsplit(':').next() == Some(name))?;
        Some(value(raw))
    }
}

impl<'s> Xml<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        let mut reader = Reader::from_str(source);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        Self { source, reader, open: Vec::new(), spaces: Vec::new() }
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Where the reader is.
    pub(super) fn at(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(self.source.len())
    }

    /// What comes next.
    pub(super) fn next(&mut self) -> Result<Item<'s>, Malformed> {
        loop {
            let start = self.at();
            let event = self.reader.read_event().map_err(|error| Malformed {
                at: usize::try_from(self.reader.error_position()).unwrap_or(start),
                what: format!("this is no well-formed XML: {error}"),
            })?;
            let place = Span::new(start, self.at());
            match event {
                Event::Start(tag) => return self.start(&tag, place).map(Item::Open),
                Event::End(_) => {
                    self.open.pop();
                    let depth = self.open.len();
                    self.spaces.retain(|(from, ..)| *from <= depth);
                    return Ok(Item::Close);
                }
                Event::Text(_) => return Ok(Item::Text(place.of(self.source), place.start())),
                Event::CData(_) => {
                    let text = place.of(self.source);
                    let inner = text.strip_prefix("<![CDATA[").and_then(|t| t.strip_suffix("]]>")).unwrap_or_default();
                    return Ok(Item::Text(inner, place.start() + "<![CDATA[".len()));
                }
                Event::GeneralRef(_) => {
                    let name = place.of(self.source).trim_start_matches('&').trim_end_matches(';');
                    let Some(c) = character(name) else {
                        return Err(Malformed {
                            at: start,
                            what: format!(
                                "XML knows no entity &{name}; — write the character itself, or &amp;{name}; if it is meant so"
                            ),
                        });
                    };
                    return Ok(Item::Char(c, place));
                }
                Event::DocType(_) => self.doctype(place)?,
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof => {
                    return match self.open.last() {
                        None => Ok(Item::End),
                        Some(tag) => Err(Malformed {
                            at: tag.start(),
                            what: "the file is cut off: the element that begins here has no end".to_owned(),
                        }),
                    };
                }
            }
        }
    }

    /// Passes over the rest of the innermost element.
    pub(super) fn skip(&mut self) -> Result<(), Malformed> {
        let depth = self.open.len();
        loop {
            match self.next()? {
                Item::Close if self.open.len() < depth => return Ok(()),
                Item::End => return Ok(()),
                _ => {}
            }
        }
    }

    fn doctype(&self, place: Span) -> Result<(), Malformed> {
        let text = place.of(self.source);
        match text.find("<!ENTITY") {
            Some(at) => Err(Malformed {
                at: place.start() + at,
                what:
                    "the file declares entities of its own, which are not expanded; write what they stand for instead"
                        .to_owned(),
            }),
            None => Ok(()),
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, place: Span) -> Result<Tag<'s>, Malformed> {
        if self.open.len() >= DEEPEST {
            let what = format!("elements are nested more than {DEEPEST} deep; the file is not what it should be");
            return Err(Malformed { at: place.start(), what });
        }
        self.open.push(place);
        let raw = place.of(self.source);
        let len = tag.name().as_ref().len();
        let name = raw.get(1..1 + len).unwrap_or_default();
        let attributes = attributes(raw, 1 + len, place.start())?;
        let depth = self.open.len();
        for (name, raw) in &attributes {
            let prefix = match *name {
                "xmlns" => "",
                other => match other.strip_prefix("xmlns:") {
                    Some(prefix) => prefix,
                    None => continue,
                },
            };
            self.spaces.push((depth, prefix.to_owned(), value(raw).into_owned()));
        }
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let space = self.spaces.iter().rev().find(|(_, own, _)| own == prefix).map(|(.., space)| space.clone());
        Ok(Tag { place, name: local, space: space.unwrap_or_default(), attributes })
    }
}

/// The attributes in a tag whose name ends at `from`; `base` is where the tag begins.
fn attributes(tag: &str, from: usize, base: usize) -> Result<Vec<(&str, &str)>, Malformed> {
    let wrong =
        |at: usize, what: &str| Malformed { at: base + at, what: format!("this is no well-formed XML: {what}") };
    let mut out: Vec<(&str, &str)> = Vec::new();
    let mut at = from;
    loop {
        let rest = tag.get(at..).unwrap_or_default();
        let trimmed = rest.trim_start();
        at += rest.len() - trimmed.len();
        if trimmed.is_empty() || trimmed.starts_with(['>', '/']) {
            break;
        }
        let Some(equals) = trimmed.find('=') else { return Err(wrong(at, "an attribute has no value")) };
        let name = trimmed.get(..equals).unwrap_or_default().trim_end();
        let after = trimmed.get(equals + 1..).unwrap_or_default();
        let blank = after.len() - after.trim_start().len();
        let quote = after.trim_start().chars().next().filter(|c| matches!(c, '"' | '\''));
        let Some(quote) = quote.filter(|_| !name.is_empty() && !name.contains(char::is_whitespace)) else {
            return Err(wrong(at, "the value of an attribute stands in no quotation marks"));
        };
        let begin = equals + 1 + blank + 1;
        let Some(len) = trimmed.get(begin..).and_then(|t| t.find(quote)) else {
            return Err(wrong(at, "the value of an attribute has no end"));
        };
        out.push((name, trimmed.get(begin..begin + len).unwrap_or_default()));
        at += begin + len + 1;
        if out.len() > ATTRIBUTES {
            return Err(wrong(at, "an element has more attributes than any needs"));
        }
    }
    let mut names: Vec<&str> = out.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    if let Some(name) = names.iter().zip(names.iter().skip(1)).find(|(a, b)| a == b).map(|(name, _)| name) {
        return Err(wrong(0, &format!("the attribute {name} stands twice")));
    }
    Ok(out)
}

/// The value of an attribute, its references resolved.
fn value(raw: &str) -> Cow<'_, str> {
    if !raw.contains('&') {
        return raw.into();
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        out.push_str(rest.get(..at).unwrap_or_default());
        let tail = rest.get(at + 1..).unwrap_or_default();
        let end = tail.find(';');
        if let Some((end, c)) = end.and_then(|end| Some((end, character(tail.get(..end)?)?))) {
            out.push(c);
            rest = tail.get(end + 1..).unwrap_or_default();
        } else {
            out.push('&');
            rest = tail;
        }
    }
    out.push_str(rest);
    out.into()
}

/// The character that a reference names.
fn character(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code).filter(|c| *c != '\0')?
        }
    })
}
