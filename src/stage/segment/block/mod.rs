//! Blocks: what the layout of a plain text sets apart. Lines come first, then what each says of itself, then how they join.

mod caption;
mod code;
mod heading;
mod lines;
mod mark;
mod shape;
mod title;
mod wrap;

pub use title::{title, title_before_copy};

use lines::{Line, lines};
use mark::Mark;
use shape::{Shape, count};
use wrap::Wrap;

use crate::model::{Block, Kind};
use crate::text::Span;

/// The blocks of `text` in order: together they cover every non-blank character once.
///
/// A line is a block unless the document was wrapped at some width: then the lines of a paragraph are one block.
pub fn blocks(text: &str) -> Vec<Block> {
    let lines = lines(text);
    let shapes: Vec<Shape> = lines.iter().map(|line| Shape::of(line.span.of(text))).collect();
    let marks: Vec<Mark> = lines.iter().map(|line| Mark::of(line.span.of(text))).collect();
    let wrap = Wrap::of(&lines, &shapes, &marks);
    let mut drafts =
        Reader { lines: &lines, shapes: &shapes, marks: &marks, wrap, unclosed: [false; 2], out: Vec::new() }.read();
    heading::mark(text, &mut drafts);
    title::mark(text, &mut drafts);
    drafts.into_iter().map(|draft| Block { span: draft.span, kind: draft.kind }).collect()
}

/// So many lines are looked at to see whether they are program text.
const LONGEST_CODE: usize = 1000;

/// A block in the making.
#[derive(Clone, Copy, Debug)]
struct Draft {
    span: Span,
    kind: Kind,
    /// What its first line says.
    mark: Mark,
    /// The shape of its first line.
    first: Shape,
    /// The shape of its last line.
    last: Shape,
    /// How many lines it has.
    lines: usize,
}

impl Draft {
    /// Its length in characters; more than any short line has where it is long.
    fn chars(&self, text: &str) -> usize {
        if self.lines == 1 { self.first.chars } else { count(self.span.of(text)) }
    }
}

/// Reads lines into blocks.
struct Reader<'t> {
    lines: &'t [Line],
    shapes: &'t [Shape],
    marks: &'t [Mark],
    wrap: Wrap,
    /// Fences of which it is known that none closes any more.
    unclosed: [bool; 2],
    out: Vec<Draft>,
}

impl Reader<'_> {
    fn read(mut self) -> Vec<Draft> {
        let mut at = 0;
        while at < self.lines.len() {
            let (count, kind) = self.block(at);
            self.push(at, count.max(1), kind);
            at += count.max(1);
        }
        self.out
    }

    /// How many lines the block that begins at line `at` has, and what it is.
    fn block(&mut self, at: usize) -> (usize, Kind) {
        let mark = self.mark(at);
        match mark {
            Mark::Fence(fence) => self.fenced(at, fence).map_or((1, Kind::Code), |lines| (lines, Kind::Code)),
            Mark::Heading => (1, Kind::Heading),
            Mark::Caption => (self.run(at), Kind::Caption),
            Mark::Code => self.code(at).map_or((self.run(at), Kind::Paragraph), |lines| (lines, Kind::Code)),
            Mark::Quote => (self.quote(at), Kind::Quote),
            Mark::Tabs(_) | Mark::Pipes(_) if self.is_row(at) => (1, Kind::Table),
            Mark::Item => (self.item(at), Kind::ListItem),
            Mark::Dash if self.is_dashed_item(at) => (self.item(at), Kind::ListItem),
            Mark::Number(number) if self.is_numbered_item(at, number) => (self.item(at), Kind::ListItem),
            _ if self.is_underlined(at) => (2, Kind::Heading),
            _ => self.indented(at).map_or_else(|| (self.run(at), Kind::Paragraph), |lines| (lines, Kind::Code)),
        }
    }

    fn push(&mut self, at: usize, count: usize, kind: Kind) {
        let last = at + count - 1;
        if let (Some(a), Some(b), Some(&first), Some(&end)) =
            (self.lines.get(at), self.lines.get(last), self.shapes.get(at), self.shapes.get(last))
        {
            self.out.push(Draft {
                span: a.span.hull(b.span),
                kind,
                mark: self.mark(at),
                first,
                last: end,
                lines: count,
            });
        }
    }

    fn mark(&self, at: usize) -> Mark {
        self.marks.get(at).copied().unwrap_or(Mark::Plain)
    }

    fn parted(&self, at: usize) -> bool {
        self.lines.get(at).is_none_or(|line| line.parted)
    }

    fn joins(&self, at: usize, next: usize) -> bool {
        match (self.lines.get(at), self.shapes.get(at), self.lines.get(next), self.shapes.get(next)) {
            (Some(a), Some(x), Some(b), Some(y)) => self.wrap.joins((a, x), (b, y)),
            _ => false,
        }
    }

    /// How many lines of running text belong to line `at`.
    fn run(&self, at: usize) -> usize {
        let plain = |next: usize| {
            matches!(self.mark(next), Mark::Plain | Mark::Dash | Mark::Number(_) | Mark::Section | Mark::Code)
        };
        let mut end = at;
        while plain(end + 1) && self.joins(end, end + 1) && !self.is_underlined(end + 1) && !self.begins_item(end + 1) {
            end += 1;
        }
        end - at + 1
    }

    /// An item of a list, with the lines that carry it on: those of a wrapped text, and those that are indented more than it.
    fn item(&self, at: usize) -> usize {
        let indent = |n: usize| self.lines.get(n).map_or(0, |line| line.indent);
        let mut end = at;
        while matches!(self.mark(end + 1), Mark::Plain | Mark::Code)
            && !self.parted(end + 1)
            && (self.joins(end, end + 1) || indent(end + 1) > indent(at) + 1)
        {
            end += 1;
        }
        end - at + 1
    }

    fn begins_item(&self, at: usize) -> bool {
        match self.mark(at) {
            Mark::Item => true,
            Mark::Dash => self.is_dashed_item(at),
            Mark::Number(number) => self.is_numbered_item(at, number),
            _ => false,
        }
    }

    fn quote(&self, at: usize) -> usize {
        let mut end = at;
        while self.mark(end + 1) == Mark::Quote && self.joins(end, end + 1) {
            end += 1;
        }
        end - at + 1
    }

    /// A fence and the lines up to the one that closes it.
    fn fenced(&mut self, at: usize, fence: u8) -> Option<usize> {
        let known = self.unclosed.get_mut(usize::from(fence == b'~'))?;
        if *known {
            return None;
        }
        let closing = self.marks.iter().skip(at + 1).position(|mark| *mark == Mark::Fence(fence));
        *known = closing.is_none();
        closing.map(|lines| lines + 2)
    }

    /// Lines of program text: at least one that is alone, or most of a group.
    fn code(&self, at: usize) -> Option<usize> {
        let mut end = at + 1;
        let mut code = 1;
        let mut size = 1;
        while end - at < LONGEST_CODE
            && !self.parted(end)
            && matches!(self.mark(end), Mark::Code | Mark::Plain | Mark::Heading | Mark::Item)
        {
            let is_code = self.mark(end) == Mark::Code;
            let deeper = self.lines.get(end).zip(self.lines.get(at)).is_some_and(|(b, a)| b.indent > a.indent);
            if !is_code && !deeper && self.mark(end + 1) != Mark::Code {
                break;
            }
            code += usize::from(is_code);
            size += 1;
            end += 1;
        }
        (code * 2 >= size).then_some(end - at)
    }

    /// A group of lines that are all indented by four columns or more, of which at least a third is program text.
    fn indented(&self, at: usize) -> Option<usize> {
        let deep = |n: usize| self.lines.get(n).is_some_and(|line| line.indent >= 4);
        if !self.parted(at) || !deep(at) || self.mark(at + 1) != Mark::Code || self.parted(at + 1) {
            return None;
        }
        self.code(at + 1).map(|lines| lines + 1).filter(|_| deep(at + 1))
    }

    /// A row of a table: its neighbour has cells of the same kind, or it has many.
    fn is_row(&self, at: usize) -> bool {
        let like = |n: Option<usize>, next: usize| {
            let other = n.map(|n| self.mark(n));
            !self.parted(next)
                && match (self.mark(at), other) {
                    (Mark::Tabs(_), Some(Mark::Tabs(_))) => true,
                    (Mark::Pipes(a), Some(Mark::Pipes(b))) => a == b,
                    _ => false,
                }
        };
        let many = matches!(self.mark(at), Mark::Tabs(cells) if cells > 2);
        many || like(Some(at + 1), at + 1) || like(at.checked_sub(1), at)
    }

    /// A dash begins an item where the line before announces a list or is an item, or where this line ends as items do.
    fn is_dashed_item(&self, at: usize) -> bool {
        let ends = |n: usize| self.shapes.get(n).map(|shape| shape.end);
        let before = at.checked_sub(1);
        let after_dash = |n: usize| self.mark(n) == Mark::Dash && ends(n) == Some(shape::End::Open);
        before.is_some_and(|n| self.mark(n) == Mark::Plain && ends(n) == Some(shape::End::Open) || after_dash(n))
            || ends(at) == Some(shape::End::Open)
            || self.mark(at + 1) == Mark::Dash
                && ends(at) == Some(shape::End::Bare)
                && ends(at + 1) == Some(shape::End::Bare)
            || before.is_some_and(|n| self.mark(n) == Mark::Dash && ends(n) == Some(shape::End::Bare))
                && ends(at) == Some(shape::End::Bare)
    }

    /// A number begins an item where a neighbour has the number before or after; else it is a date, a year or a heading.
    fn is_numbered_item(&self, at: usize, number: u16) -> bool {
        let near = at.saturating_sub(3)..=at + 3;
        near.filter(|&n| n != at).any(|n| match self.mark(n) {
            Mark::Number(other) => {
                if n < at {
                    other.saturating_add(1) == number
                } else {
                    number.saturating_add(1) == other
                }
            }
            _ => false,
        })
    }

    /// A short line over a line of `=` or `-`.
    fn is_underlined(&self, at: usize) -> bool {
        let short = self.shapes.get(at).is_some_and(|shape| shape.chars <= 150);
        short && self.mark(at) != Mark::Underline && self.mark(at + 1) == Mark::Underline && !self.parted(at + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Span, blocks, title_before_copy};

    /// Every non-blank character is covered once, in order.
    fn covers(text: &str) {
        let found = blocks(text);
        let mut at = 0;
        for block in &found {
            assert!(block.span.start() >= at && !block.span.is_empty(), "{text:?}: {found:?}");
            assert!(Span::new(at, block.span.start()).of(text).chars().all(char::is_whitespace), "{text:?}: {found:?}");
            assert_eq!(block.span.trimmed(text), block.span, "{text:?}");
            at = block.span.end();
        }
        assert!(Span::new(at, text.len()).of(text).chars().all(char::is_whitespace), "{text:?}: {found:?}");
    }

    #[test]
    fn every_character_is_in_one_block() {
        for text in [
            "",
            " \n\t\n",
            "a",
            "a\rb\r\nc\u{85}d\u{2028}e\u{2029}f\u{c}g\u{b}h",
            "```\nlet x = 1;\n\ny\n```\n~~~\nnever closed\n",
            "# A\n\n=====\n- b\n  c\n1. d\n2. e\n> f\n> g\n|h|i|\n|-|-|\nj\tk\nl\tm\n",
            "---\n---\n---",
            "> \n>\n",
            "\u{3000}\u{3000}法律。\n\u{a0}— Да.\n\u{feff}",
        ] {
            covers(text);
        }
    }

    #[test]
    fn hostile_texts_are_read_in_linear_time() {
        for unit in [
            "a",
            "\n",
            "-",
            ".",
            "- \n",
            "a\n",
            "```\n",
            "~~~\n",
            "1. a\n",
            "x = {1};\n    a\n    b\n    c\n",
            "> ",
            "|",
            "a\tb\n",
            "=\n",
            "\r",
            "\u{2028}",
            "一、",
        ] {
            covers(&unit.repeat(1_000_000 / unit.len()));
        }
    }

    #[test]
    fn rows_between_pipes_are_a_table_and_a_bar_of_links_is_none() {
        let kinds = |text: &str| blocks(text).iter().map(|block| block.kind).collect::<Vec<_>>();
        assert_eq!(kinds("| Town | People |\n|------|--------|\n| Ely | 20,000 |"), [Kind::Table; 3]);
        assert_eq!(kinds("Home | News | Contact\n"), [Kind::Paragraph]);
    }

    #[test]
    fn a_title_may_stand_before_the_second_copy() {
        let body = [
            "The tram depot was sold in spring.",
            "Its new owner wants flats there.",
            "Neighbours of the depot object.",
            "The council will decide in June.",
        ];
        let lines = [&body[..], &["Flats instead of trams at the depot."], &body[..]].concat();
        let text = lines.join("\n");
        let blocks = blocks(&text);
        let copies: Vec<_> = (0..9).map(|i| if i > 4 { Some(i - 5) } else { None }).collect();
        assert_eq!(title_before_copy(&text, &blocks, &copies), Some(4));
        assert_eq!(title_before_copy(&text, &blocks, &[None; 9]), None);
        let other = text.replace("Flats instead of trams at the depot.", "Subscribe.");
        assert_eq!(title_before_copy(&other, &super::blocks(&other), &copies), None);
    }

    #[test]
    fn a_long_line_is_one_block() {
        let text = format!("{}\n{}", "word ".repeat(200_000), "слово ".repeat(100_000));
        let kinds: Vec<_> = blocks(&text).iter().map(|block| block.kind).collect();
        assert_eq!(kinds, [Kind::Paragraph, Kind::Paragraph]);
    }
}
