//! Annotations in a text. They may overlap in any way: they are nested where they nest, and split where they cross. Each has one label,
//! after its end, that leads to where more is said about it.

use super::visible;
use crate::text::Span;

/// So many annotations lie within each other at most; those further in keep their label only.
const DEPTH: usize = 8;

/// An annotation as it is shown.
#[derive(Clone, Debug, Default)]
pub(super) struct Mark {
    /// Where, in bytes of the text.
    pub(super) span: Span,
    /// Of two with the same place, the lower lies further out.
    pub(super) rank: u8,
    /// The classes of its layer.
    pub(super) class: String,
    /// Its name in the page; may be empty.
    pub(super) id: String,
    /// What is said of it when one points to it.
    pub(super) title: String,
    /// Its label.
    pub(super) label: String,
    /// The name in the page that the label leads to; may be empty.
    pub(super) target: String,
}

/// Brings annotations into the order in which [`push`] takes them.
pub(super) fn sort(marks: &mut [Mark]) {
    marks.sort_by(|a, b| {
        let key = |m: &Mark| (m.span.start(), std::cmp::Reverse(m.span.end()), m.rank);
        key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id))
    });
}

/// Appends the text at `span` with its annotations, which are sorted and lie within it.
pub(super) fn push(out: &mut String, text: &str, span: Span, marks: &[Mark]) {
    let mut pen = Pen { out, text, at: span.start(), open: Vec::new(), ended: Vec::new() };
    for mark in marks {
        pen.close_until(mark.span.start());
        pen.write_until(mark.span.start());
        pen.label();
        if pen.open.len() < DEPTH {
            begin(pen.out, mark, true);
            pen.open.push(mark);
        } else {
            anchor(pen.out, mark);
            label(pen.out, mark);
        }
    }
    pen.close_until(span.end());
    pen.write_until(span.end());
    pen.label();
}

struct Pen<'o, 't> {
    out: &'o mut String,
    text: &'t str,
    at: usize,
    /// From the outermost to the innermost.
    open: Vec<&'t Mark>,
    /// Those that have just ended: their labels stand after all that end there.
    ended: Vec<&'t Mark>,
}

impl Pen<'_, '_> {
    fn write_until(&mut self, end: usize) {
        if end > self.at {
            self.label();
            visible::push(self.out, Span::new(self.at, end).of(self.text));
            self.at = end;
        }
    }

    fn label(&mut self) {
        for mark in self.ended.drain(..) {
            label(self.out, mark);
        }
    }

    /// Ends the annotations that end at `limit` or before, in the order of their ends.
    fn close_until(&mut self, limit: usize) {
        // Of several that end together the innermost is first.
        while let Some((index, end)) = (self.open.iter().enumerate().rev())
            .map(|(index, mark)| (index, mark.span.end()))
            .min_by_key(|(_, end)| *end)
            .filter(|(_, end)| *end <= limit)
        {
            self.write_until(end);
            for _ in index..self.open.len() {
                self.out.push_str("</mark>");
            }
            self.ended.push(self.open.remove(index));
            if index < self.open.len() {
                self.label();
            }
            for crossing in self.open.iter().skip(index) {
                begin(self.out, crossing, false);
            }
        }
    }
}

/// The start tag; `whole` at the beginning of the annotation, not where it goes on after a crossing one.
fn begin(out: &mut String, mark: &Mark, whole: bool) {
    out.push_str("<mark class=\"");
    out.push_str(&mark.class);
    if !whole {
        out.push_str(" on\">");
        return;
    }
    out.push('"');
    if !mark.id.is_empty() {
        out.extend([" id=\"", &mark.id, "\""]);
    }
    out.push_str(" title=\"");
    visible::escape(out, &mark.title);
    out.push_str("\">");
}

fn anchor(out: &mut String, mark: &Mark) {
    if !mark.id.is_empty() {
        out.extend(["<span id=\"", &mark.id, "\"></span>"]);
    }
}

/// The label stands left to right in any text, and does not count for `dir=auto`.
fn label(out: &mut String, mark: &Mark) {
    if mark.label.is_empty() {
        return;
    }
    let (begin, end) = if mark.target.is_empty() { ("<bdi", "</bdi>") } else { ("<a", "</a>") };
    out.extend([begin, " class=\"label ", &mark.class, "\" dir=\"ltr\""]);
    if !mark.target.is_empty() {
        out.extend([" href=\"#", &mark.target, "\""]);
    }
    out.push('>');
    visible::escape(out, &mark.label);
    out.push_str(end);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Mark, push, sort};
    use crate::text::Span;

    fn mark(start: usize, end: usize, class: &str) -> Mark {
        Mark { span: Span::new(start, end), class: class.into(), label: class.to_uppercase(), ..Mark::default() }
    }

    fn rendered(text: &str, mut marks: Vec<Mark>) -> String {
        sort(&mut marks);
        let mut out = String::new();
        push(&mut out, text, Span::new(0, text.len()), &marks);
        out.replace(" title=\"\"", "").replace(" dir=\"ltr\"", "")
    }

    #[test]
    fn what_nests_is_nested() {
        assert_eq!(
            rendered("abcd", vec![mark(1, 2, "i"), mark(0, 3, "o")]),
            "<mark class=\"o\">a<mark class=\"i\">b</mark><bdi class=\"label i\">I</bdi>c</mark><bdi class=\"label o\">O</bdi>d"
        );
    }

    #[test]
    fn labels_stand_after_all_that_ends_there() {
        assert_eq!(
            rendered("ab", vec![mark(1, 2, "i"), mark(0, 2, "o")]),
            "<mark class=\"o\">a<mark class=\"i\">b</mark></mark><bdi class=\"label i\">I</bdi><bdi class=\"label o\">O</bdi>"
        );
    }

    #[test]
    fn what_crosses_is_split_and_labelled_once() {
        assert_eq!(
            rendered("abc", vec![mark(0, 2, "x"), mark(1, 3, "y")]),
            "<mark class=\"x\">a<mark class=\"y\">b</mark></mark><bdi class=\"label x\">X</bdi>\
             <mark class=\"y on\">c</mark><bdi class=\"label y\">Y</bdi>"
        );
    }

    proptest! {
        /// Whatever overlaps, every letter stands once and in order, every tag is closed, every annotation has its label.
        #[test]
        fn nothing_is_lost(spans in prop::collection::vec((0usize..30, 1usize..20), 0..25)) {
            let text = "abcdefghijklmnopqrstuvwxyzабвгде";
            let marks: Vec<_> = spans
                .iter()
                .map(|&(start, length)| {
                    let place = |at: usize| text.char_indices().nth(at).map_or(text.len(), |(at, _)| at);
                    Mark { label: "!".into(), ..mark(place(start), place(start + length), "m") }
                })
                .collect();
            let page = rendered(text, marks);
            let mut letters = String::new();
            let (mut depth, mut labels) = (0i32, 0);
            for part in page.split('<') {
                let (tag, rest) = part.split_once('>').unwrap_or(("", part));
                match tag {
                    "/mark" => depth -= 1,
                    _ if tag.starts_with("mark") => depth += 1,
                    _ if tag.starts_with("bdi") => labels += 1,
                    _ => {}
                }
                prop_assert!((0..=8).contains(&depth));
                if !tag.starts_with("bdi") {
                    letters.push_str(rest);
                }
            }
            prop_assert_eq!(depth, 0);
            prop_assert_eq!(labels, spans.len());
            prop_assert_eq!(letters, text);
        }
    }
}
