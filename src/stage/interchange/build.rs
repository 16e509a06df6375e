//! Segments in the making.

use super::Interchange;
use crate::model::{Kind, LaidBlock, LanguageTag, Segment};
use crate::text::Span;

/// Stands in the text where the file has a code that is shown as something: a picture, a number that is put in.
pub(super) const OBJECT: char = '\u{fffc}';

/// A stretch of text with the place of each part of it in the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Run {
    pub(super) text: String,
    /// Each part of the text: where it is, where it came from, and whether it is a copy.
    pub(super) parts: Vec<(Span, Span)>,
    /// The names of the inline codes in it.
    pub(super) codes: Vec<String>,
    /// What it is called among the runs of its unit.
    pub(super) name: Option<String>,
    /// Where it is in the file, with its markup.
    pub(super) place: Span,
}

impl Run {
    /// Adds text that stands so in the file, at `at`; XML makes one line feed of each end of a line.
    pub(super) fn copy(&mut self, text: &str, at: usize) {
        let mut from = 0;
        for cr in memchr::memchr_iter(b'\r', text.as_bytes()) {
            self.add(text.get(from..cr).unwrap_or_default(), Span::new(at + from, at + cr));
            let len = if text.as_bytes().get(cr + 1) == Some(&b'\n') { 2 } else { 1 };
            self.add("\n", Span::new(at + cr, at + cr + len));
            from = cr + len;
        }
        self.add(text.get(from..).unwrap_or_default(), Span::new(at + from, at + text.len()));
    }

    /// Adds text that stands for a place in the file.
    pub(super) fn add(&mut self, text: &str, place: Span) {
        if text.is_empty() {
            return;
        }
        let at = self.text.len();
        self.text.push_str(text);
        self.parts.push((Span::new(at, at + text.len()), place));
    }

    /// Adds one character that stands for a place.
    pub(super) fn put(&mut self, c: char, place: Span) {
        self.add(c.encode_utf8(&mut [0; 4]), place);
    }

    /// Whether it says nothing: blanks, and codes.
    pub(super) fn is_blank(&self) -> bool {
        self.text.chars().all(|c| c.is_whitespace() || c == OBJECT)
    }

    /// Adds the text of another run after this one.
    pub(super) fn append(&mut self, other: &Self) {
        let base = self.text.len();
        self.text.push_str(&other.text);
        self.parts.extend(other.parts.iter().map(|(text, place)| (text.shifted(base), *place)));
    }
}

/// Puts segments together to a text.
pub(super) struct Builder<'s> {
    source: &'s str,
    pub(super) out: Interchange,
    languages: Vec<(LanguageTag, usize)>,
}

impl<'s> Builder<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self { source, out: Interchange::default(), languages: Vec::new() }
    }

    /// Adds a text as a block; gives its place, which is empty where it says nothing.
    pub(super) fn block(&mut self, run: &Run, kind: Kind) -> Span {
        let start = self.out.text.len();
        if run.is_blank() {
            return Span::new(start, start);
        }
        self.out.text.push_str(&run.text);
        for (text, place) in &run.parts {
            let text = text.shifted(start);
            if place.len() == text.len() && place.of(self.source) == text.of(&self.out.text) {
                self.out.map.push(text.start(), place.start(), text.len());
            } else {
                self.out.map.replace(text, *place);
            }
        }
        let span = Span::new(start, self.out.text.len()).trimmed(&self.out.text);
        self.out.layout.blocks.push(LaidBlock { span, kind, dropped: None });
        self.out.text.push('\n');
        span
    }

    /// Adds a segment with its text.
    pub(super) fn segment(&mut self, run: &Run, kind: Kind, segment: Segment) {
        let span = self.block(run, kind);
        if let Some(language) = segment.language.filter(|_| !span.is_empty()) {
            match self.languages.iter_mut().find(|(tag, _)| *tag == language) {
                Some((_, count)) => *count += 1,
                None => self.languages.push((language, 1)),
            }
        }
        self.out.segments.push(Segment { span, ..segment });
    }

    /// The end: the language of most segments is that of the file, and only others are told.
    pub(super) fn finish(mut self) -> Interchange {
        let most = self.languages.iter().rev().max_by_key(|(_, count)| *count).map(|(tag, _)| *tag);
        self.out.language = self.out.language.or(most);
        self.out.layout.is_fixed = true;
        for segment in &mut self.out.segments {
            segment.language = segment.language.filter(|own| Some(*own) != self.out.language);
        }
        self.out
    }
}

impl Run {
    /// The text from `from` to `to`, with its places.
    pub(super) fn part(&self, from: usize, to: usize) -> Self {
        let mut out = Self { place: self.place, ..Self::default() };
        for (text, place) in &self.parts {
            let (start, end) = (text.start().max(from), text.end().min(to));
            if start >= end {
                continue;
            }
            let piece = Span::new(start, end).of(&self.text);
            let place = if place.len() == text.len() {
                Span::new(place.start() + (start - text.start()), place.start() + (end - text.start()))
            } else {
                *place
            };
            out.add(piece, place);
        }
        out
    }

    /// Where its first character came from.
    pub(super) fn start(&self) -> usize {
        self.parts.first().map_or(self.place.start(), |(_, place)| place.start())
    }
}
