//! Half-open byte ranges, the one coordinate system inside the library.

use std::ops::Range;

/// A half-open range of bytes, `start <= end`, of the text it was made for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// The span from `start` to `end`; where they are the wrong way round, the empty span at `start`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end: if end < start { start } else { end } }
    }

    /// First byte.
    pub const fn start(self) -> usize {
        self.start
    }

    /// One past the last byte.
    pub const fn end(self) -> usize {
        self.end
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it covers nothing.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same span, moved right by `by` bytes.
    pub const fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    /// Whether `other` lies within this span.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `at` lies within this span.
    pub const fn covers(self, at: usize) -> bool {
        self.start <= at && at < self.end
    }

    /// Whether the two share a byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn hull(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The text at this span; empty where the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// The span without white space at its ends.
    pub fn trimmed(self, text: &str) -> Self {
        let body = self.of(text);
        let start = self.start + (body.len() - body.trim_start().len());
        Self::new(start, start + body.trim().len())
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// Something that has a place in the text.
pub trait Spanned {
    /// Where it is.
    fn span(&self) -> Span;
}

impl Spanned for Span {
    fn span(&self) -> Span {
        *self
    }
}

/// Finds which of many spans overlap one, without asking each: a balanced tree of intervals that lies in an array, each node of which knows how
/// far those below it reach (Cormen, Leiserson, Rivest, Stein, Introduction to Algorithms, interval trees).
#[derive(Debug, Default)]
pub struct SpanIndex {
    /// The spans by where they begin, each with its number and with how far it and those below it reach.
    nodes: Vec<(Span, usize, usize)>,
}

impl SpanIndex {
    /// An index of `spans`, which are numbered in their order.
    pub fn new(spans: impl Iterator<Item = Span>) -> Self {
        let mut nodes: Vec<_> = spans.enumerate().map(|(number, span)| (span, number, 0)).collect();
        nodes.sort_unstable();
        measure(&mut nodes);
        Self { nodes }
    }

    /// The numbers of the spans that share a byte with `span`, in order.
    pub fn over(&self, span: Span) -> Vec<usize> {
        let mut numbers = Vec::new();
        collect(&self.nodes, span, &mut numbers);
        numbers.sort_unstable();
        numbers
    }
}

/// Writes into each node how far it and those below it reach; the middle one is the root, and what is before and behind it hangs below it.
fn measure(nodes: &mut [(Span, usize, usize)]) -> usize {
    let middle = nodes.len() / 2;
    let (before, rest) = nodes.split_at_mut(middle);
    let Some((root, behind)) = rest.split_first_mut() else { return 0 };
    root.2 = root.0.end().max(measure(before)).max(measure(behind));
    root.2
}

fn collect(nodes: &[(Span, usize, usize)], wanted: Span, numbers: &mut Vec<usize>) {
    let (before, rest) = nodes.split_at(nodes.len() / 2);
    let Some(((span, number, reach), behind)) = rest.split_first() else { return };
    if *reach <= wanted.start() {
        return;
    }
    collect(before, wanted, numbers);
    if span.start() < wanted.end() {
        if span.overlaps(wanted) {
            numbers.push(*number);
        }
        collect(behind, wanted, numbers);
    }
}

#[cfg(test)]
mod tests {
    use super::{Span, SpanIndex};

    #[test]
    fn the_index_finds_what_overlaps() {
        let spans = [(30, 40), (0, 100), (5, 6), (35, 50), (90, 120), (40, 41)].map(|(a, b)| Span::new(a, b));
        let index = SpanIndex::new(spans.into_iter());
        for start in 0..130 {
            for len in 1..20 {
                let span = Span::new(start, start + len);
                let asked: Vec<usize> = (0..spans.len()).filter(|n| spans[*n].overlaps(span)).collect();
                assert_eq!(index.over(span), asked);
            }
        }
    }

    #[test]
    fn a_span_that_does_not_fit_is_empty_text() {
        assert_eq!(Span::new(0, 1).of("法"), "");
        assert_eq!(Span::new(0, 3).of("法"), "法");
        assert_eq!(Span::new(5, 9).of("法"), "");
    }

    #[test]
    fn trimming_keeps_the_place_of_the_letters() {
        let text = "  法律 \n";
        let span = Span::new(0, text.len()).trimmed(text);
        assert_eq!((span.of(text), span.start()), ("法律", 2));
    }
}
