//! From places in a document's text back to places in its decoded source.

use super::Span;

/// Leads from byte places of a document's text to byte places of its decoded source. Asked once, when a record is built.
///
/// Made of segments that are copied unchanged; what lies between two segments was changed or left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceMap {
    segments: Vec<Segment>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Segment {
    text: usize,
    source: usize,
    len: usize,
}

impl SourceMap {
    /// The map of a text that is its own source.
    pub fn identity(len: usize) -> Self {
        Self { segments: vec![Segment { text: 0, source: 0, len }] }
    }

    /// An empty map, to be filled with [`SourceMap::push`].
    pub const fn new() -> Self {
        Self { segments: Vec::new() }
    }

    /// Adds a stretch of `len` bytes that stands at `text` in the text and unchanged at `source` in the source; in ascending order of `text`.
    pub fn push(&mut self, text: usize, source: usize, len: usize) {
        if let Some(last) = self.segments.last_mut().filter(|s| s.text + s.len == text && s.source + s.len == source) {
            last.len += len;
        } else {
            self.segments.push(Segment { text, source, len });
        }
    }

    /// The place in the source that a place in the text came from: from the source of its first byte to that of its last.
    pub fn source(&self, span: Span) -> Span {
        if span.is_empty() {
            let at = self.start(span.start());
            return Span::new(at, at);
        }
        Span::new(self.start(span.start()), self.end(span.end()))
    }

    /// The stretches of `span` that stand unchanged in the source, each with the place of its first byte there.
    pub fn pieces(&self, span: Span) -> impl Iterator<Item = (Span, usize)> {
        let first = self.segments.partition_point(|s| s.text + s.len <= span.start());
        let within = self.segments.iter().skip(first).take_while(move |s| s.text < span.end());
        within.map(move |s| {
            let start = s.text.max(span.start());
            (Span::new(start, (s.text + s.len).min(span.end())), s.source + (start - s.text))
        })
    }

    fn start(&self, at: usize) -> usize {
        let next = self.segments.partition_point(|s| s.text + s.len <= at);
        match self.segments.get(next) {
            Some(s) if at >= s.text => s.source + (at - s.text),
            Some(s) => s.source,
            None => self.segments.last().map_or(at, |s| s.source + s.len),
        }
    }

    fn end(&self, at: usize) -> usize {
        let next = self.segments.partition_point(|s| s.text < at);
        match next.checked_sub(1).and_then(|i| self.segments.get(i)) {
            Some(s) => s.source + (at - s.text).min(s.len),
            None => at,
        }
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
}
