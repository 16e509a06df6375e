//! From places in a document's text back to places in its decoded source.

use super::Span;
use super::place::Ruler;

/// Leads from byte places of a document's text to byte places of its decoded source. Asked once, when a record is built.
///
/// Made of segments that are copied unchanged or stand for something else as a whole; what lies between two segments was left out or put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceMap {
    segments: Vec<Segment>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Segment {
    text: usize,
    /// How many bytes of text.
    len: usize,
    source: usize,
    /// How many bytes of the source: as many as of text where it is a copy.
    of: usize,
    copied: bool,
}

impl SourceMap {
    /// The map of a text that is its own source.
    pub fn identity(len: usize) -> Self {
        Self { segments: vec![Segment { text: 0, len, source: 0, of: len, copied: true }] }
    }

    /// An empty map, to be filled with [`SourceMap::push`] and [`SourceMap::replace`].
    pub const fn new() -> Self {
        Self { segments: Vec::new() }
    }

    /// Adds a stretch of `len` bytes that stands at `text` in the text and unchanged at `source` in the source; in ascending order of `text`.
    pub fn push(&mut self, text: usize, source: usize, len: usize) {
        let carries_on = |s: &&mut Segment| s.copied && s.text + s.len == text && s.source + s.len == source;
        if let Some(last) = self.segments.last_mut().filter(carries_on) {
            last.len += len;
            last.of += len;
        } else if len > 0 {
            self.segments.push(Segment { text, len, source, of: len, copied: true });
        }
    }

    /// Adds a stretch of text that stands for a stretch of the source as a whole; in ascending order of `text`.
    pub fn replace(&mut self, text: Span, source: Span) {
        if !text.is_empty() {
            self.segments.push(Segment {
                text: text.start(),
                len: text.len(),
                source: source.start(),
                of: source.len(),
                copied: false,
            });
        }
    }

    /// The map of a text that was made from the text of this map: `inner` leads from the new text to the old one.
    pub fn after(&self, inner: &Self) -> Self {
        let mut out = Self::new();
        for segment in &inner.segments {
            let old = Span::new(segment.source, segment.source + segment.of);
            if !segment.copied {
                out.replace(Span::new(segment.text, segment.text + segment.len), self.source(old));
                continue;
            }
            let first = self.segments.partition_point(|s| s.text + s.len <= old.start());
            for outer in self.segments.get(first..).unwrap_or_default() {
                let (from, to) = (outer.text.max(old.start()), (outer.text + outer.len).min(old.end()));
                if outer.text >= old.end() {
                    break;
                }
                let text = segment.text + (from - old.start());
                if outer.copied {
                    out.push(text, outer.source + (from - outer.text), to - from);
                } else {
                    let span = Span::new(text, text + (to - from));
                    out.replace(span, Span::new(outer.source, outer.source + outer.of));
                }
            }
        }
        out
    }

    /// The place in the source that a place in the text came from: from the source of its first byte to that of its last.
    pub fn source(&self, span: Span) -> Span {
        if span.is_empty() {
            let at = self.start(span.start());
            return Span::new(at, at);
        }
        Span::new(self.start(span.start()), self.end(span.end()))
    }

    /// The place in the text of a place in the source, the other way round; for maps whose source is in ascending order.
    pub fn inverse(&self, span: Span) -> Span {
        let first = self.segments.partition_point(|s| s.source + s.of <= span.start());
        let last = self.segments.partition_point(|s| s.source < span.end());
        let start = self
            .segments
            .get(first)
            .map_or(0, |s| if s.copied { s.text + span.start().saturating_sub(s.source) } else { s.text });
        let end = last
            .checked_sub(1)
            .and_then(|n| self.segments.get(n))
            .map_or(start, |s| if s.copied { s.text + (span.end() - s.source).min(s.len) } else { s.text + s.len });
        Span::new(start, end)
    }

    /// The stretches of `span` that stand in the source in one piece, unchanged or as something else, each with the place of its first byte there.
    pub fn pieces(&self, span: Span) -> impl Iterator<Item = (Span, usize)> {
        let first = self.segments.partition_point(|s| s.text + s.len <= span.start());
        let within = self.segments.iter().skip(first).take_while(move |s| s.text < span.end());
        within.map(move |s| {
            let start = s.text.max(span.start());
            let into = if s.copied { start - s.text } else { 0 };
            (Span::new(start, (s.text + s.len).min(span.end())), s.source + into)
        })
    }

    fn start(&self, at: usize) -> usize {
        let next = self.segments.partition_point(|s| s.text + s.len <= at);
        match self.segments.get(next) {
            Some(s) if at >= s.text && s.copied => s.source + (at - s.text),
            Some(s) => s.source,
            None => self.segments.last().map_or(at, |s| s.source + s.of),
        }
    }

    fn end(&self, at: usize) -> usize {
        let next = self.segments.partition_point(|s| s.text < at);
        match next.checked_sub(1).and_then(|i| self.segments.get(i)) {
            Some(s) if s.copied => s.source + (at - s.text).min(s.len),
            Some(s) => s.source + s.of,
            None => at,
        }
    }
}

/// A map whose places in the source are counted in a unit: what is left of it where the source is not at hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// The stretches, in ascending order of `text`.
    pub stretches: Vec<Stretch>,
}

/// A stretch of text that stands in the source in one piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Its first byte in the text.
    pub text: u32,
    /// Its bytes in the text.
    pub len: u32,
    /// Where it begins in the source, in the unit.
    pub from: u32,
    /// Where it ends there.
    pub to: u32,
    /// Whether it is a copy, and does not stand for something else as a whole.
    pub copied: bool,
}

impl SourceMap {
    /// The same map in the unit of a ruler over the source.
    pub fn measured(&self, source: &Ruler<'_>) -> Measured {
        let stretch = |s: &Segment| Stretch {
            text: s.text as u32,
            len: s.len as u32,
            from: source.position(s.source) as u32,
            to: source.position(s.source + s.of) as u32,
            copied: s.copied,
        };
        Measured { stretches: self.segments.iter().map(stretch).collect() }
    }
}

impl Stretch {
    const fn end(&self) -> usize {
        self.text as usize + self.len as usize
    }

    /// The place of a byte of the text of a copy, or where what it stands for begins. `text` is a ruler over the text.
    fn place(&self, at: usize, text: &Ruler<'_>) -> u32 {
        let start = self.text as usize;
        let into = if self.copied && at > start { text.position(at) - text.position(start) } else { 0 };
        self.from + into as u32
    }
}

impl Measured {
    /// As [`SourceMap::source`], in the unit of `text`, a ruler over the text.
    pub fn source(&self, span: Span, text: &Ruler<'_>) -> [u32; 2] {
        let next = self.stretches.partition_point(|s| s.end() <= span.start());
        let start = match self.stretches.get(next) {
            Some(s) => s.place(span.start(), text),
            None => self.stretches.last().map_or(span.start() as u32, |s| s.to),
        };
        if span.is_empty() {
            return [start, start];
        }
        let next = self.stretches.partition_point(|s| (s.text as usize) < span.end());
        let end = match next.checked_sub(1).and_then(|before| self.stretches.get(before)) {
            Some(s) if s.copied => s.place(span.end().min(s.end()), text),
            Some(s) => s.to,
            None => span.end() as u32,
        };
        [start, end.max(start)]
    }

    /// As [`SourceMap::pieces`], each as its first byte in the text and its place in the unit of `text`, a ruler over the text.
    pub fn pieces(&self, span: Span, text: &Ruler<'_>) -> impl Iterator<Item = (usize, u32)> {
        let first = self.stretches.partition_point(|s| s.end() <= span.start());
        let within = self.stretches.iter().skip(first).take_while(move |s| (s.text as usize) < span.end());
        within.map(move |s| {
            let start = (s.text as usize).max(span.start());
            (start, s.place(start, text))
        })
    }
}

impl Default for SourceMap {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::{SourceMap, Span};
    use crate::text::place::{Ruler, Unit};

    #[test]
    fn identity_is_identity() {
        let map = SourceMap::identity(10);
        assert_eq!(map.source(Span::new(2, 5)), Span::new(2, 5));
        assert_eq!(map.source(Span::new(10, 10)), Span::new(10, 10));
    }

    #[test]
    fn a_span_over_a_gap_covers_the_source_of_both_its_ends() {
        // source: <b>ab</b>cd   text: abcd
        let mut map = SourceMap::new();
        map.push(0, 3, 2);
        map.push(2, 9, 2);
        assert_eq!(map.source(Span::new(0, 4)), Span::new(3, 11));
        assert_eq!(map.source(Span::new(0, 2)), Span::new(3, 5));
        assert_eq!(map.source(Span::new(2, 4)), Span::new(9, 11));
        assert_eq!(map.pieces(Span::new(1, 3)).collect::<Vec<_>>(), [(Span::new(1, 2), 4), (Span::new(2, 3), 9)]);
    }

    #[test]
    fn what_stands_for_something_leads_to_all_of_it() {
        // source: <b>&eacute;t&eacute;</b>   text: été
        let mut map = SourceMap::new();
        map.replace(Span::new(0, 2), Span::new(3, 11));
        map.push(2, 11, 1);
        map.replace(Span::new(3, 5), Span::new(12, 20));
        assert_eq!(map.source(Span::new(0, 5)), Span::new(3, 20));
        assert_eq!(map.source(Span::new(2, 3)), Span::new(11, 12));
        assert_eq!(map.source(Span::new(3, 5)), Span::new(12, 20));
    }

    #[test]
    fn a_map_says_the_same_in_a_unit_without_its_source() {
        let (source, text) = ("<b>法律&eacute;t</b> и <i>право</i>", "法律ét и право");
        let mut map = SourceMap::new();
        map.push(0, 3, 6);
        map.replace(Span::new(6, 8), Span::new(9, 17));
        map.push(8, 17, 1);
        map.push(9, 22, 4);
        map.push(13, 29, 10);
        assert_eq!(source.get(29..39), Some("право"));
        for unit in [Unit::Chars, Unit::Bytes, Unit::Utf16] {
            let (outer, inner) = (Ruler::new(source, unit), Ruler::new(text, unit));
            let measured = map.measured(&outer);
            for from in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                for to in (from..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                    let span = Span::new(from, to);
                    let expected = outer.span(map.source(span)).map(|at| at as u32);
                    assert_eq!(measured.source(span, &inner), expected, "{span:?}");
                    let expected: Vec<_> =
                        map.pieces(span).map(|(text, at)| (text.start(), outer.position(at) as u32)).collect();
                    assert_eq!(measured.pieces(span, &inner).collect::<Vec<_>>(), expected, "{span:?}");
                }
            }
        }
    }

    #[test]
    fn maps_follow_one_another() {
        // source: <b>aXXb</b>   text: aXXb   repaired: ayb
        let mut outer = SourceMap::new();
        outer.push(0, 3, 4);
        let mut inner = SourceMap::new();
        inner.push(0, 0, 1);
        inner.replace(Span::new(1, 2), Span::new(1, 3));
        inner.push(2, 3, 1);
        let both = outer.after(&inner);
        assert_eq!(both.source(Span::new(0, 3)), Span::new(3, 7));
        assert_eq!(both.source(Span::new(1, 2)), Span::new(4, 6));
        assert_eq!(both.source(Span::new(2, 3)), Span::new(6, 7));
    }
}
