//! Word documents (ISO/IEC 29500): paragraphs and tables of the text, notes, comments, headers and footers. What was deleted, what fields are made of
//! and what is hidden is markup.

use super::build::{Builder, Run};
use super::xml::{Item, Tag, Xml};
use super::{Interchange, Malformed};
use crate::model::{Kind, Segment};
use crate::text::Span;

/// A row is one block where none of its cells is longer than this, in bytes.
const CELL: usize = 240;

/// Reads the parts of a document, one after the other, each with an XML declaration or element at its beginning.
pub(super) fn read(source: &str) -> Result<Interchange, Malformed> {
    let mut reader = Reader {
        xml: Xml::new(source),
        out: Builder::new(source),
        part: String::new(),
        paragraphs: Vec::new(),
        number: 0,
        rows: Vec::new(),
    };
    reader.read()?;
    let mut out = reader.out.finish();
    out.layout.is_fixed = false;
    Ok(out)
}

/// A paragraph that is open.
#[derive(Default)]
struct Paragraph {
    run: Run,
    kind: Option<Kind>,
    number: usize,
    depth: usize,
    /// Whether the run that is open is hidden.
    hidden: bool,
}

/// A row of a table that is open: its cells, each with its paragraphs.
#[derive(Default)]
struct Row {
    cells: Vec<Vec<(usize, Run)>>,
    /// Whether a table stands in one of its cells.
    is_loose: bool,
    depth: usize,
}

struct Reader<'s> {
    xml: Xml<'s>,
    out: Builder<'s>,
    /// The part that is read: `document`, `footnotes`….
    part: String,
    paragraphs: Vec<Paragraph>,
    /// Paragraphs of the part so far.
    number: usize,
    rows: Vec<Row>,
}

impl Reader<'_> {
    fn read(&mut self) -> Result<(), Malformed> {
        loop {
            match self.xml.next()? {
                Item::End => return Ok(()),
                Item::Open(tag) => self.open(&tag)?,
                Item::Close => self.close(),
                Item::Text(..) | Item::Char(..) => {}
            }
        }
    }

    fn open(&mut self, tag: &Tag<'_>) -> Result<(), Malformed> {
        let depth = self.xml.depth();
        if depth == 1 {
            (self.part, self.number) = (tag.name.to_owned(), 0);
            return Ok(());
        }
        let math = tag.space.ends_with("/math");
        match tag.name {
            _ if math => self.xml.skip()?,
            "del" | "moveFrom" | "instrText" | "delText" | "delInstrText" | "Fallback" | "rt" | "pPrChange"
            | "rPrChange" | "tblPrChange" | "trPrChange" | "tcPrChange" | "sectPrChange" | "fldData" => {
                self.xml.skip()?;
            }
            "p" if !is_drawing(tag) => {
                self.number += 1;
                self.interrupt();
                let run = Run { place: tag.place, ..Run::default() };
                self.paragraphs.push(Paragraph { run, number: self.number, depth, ..Paragraph::default() });
            }
            "tr" if !is_drawing(tag) => {
                self.interrupt();
                // A table in a cell: what stands before it is told first.
                if let Some(outer) = self.rows.last_mut() {
                    outer.is_loose = true;
                    let cells = std::mem::take(&mut outer.cells);
                    self.cells(&cells);
                }
                self.rows.push(Row { depth, ..Row::default() });
            }
            "tc" if !is_drawing(tag) => {
                if let Some(row) = self.rows.last_mut() {
                    row.cells.push(Vec::new());
                }
            }
            _ => self.inside(tag)?,
        }
        Ok(())
    }

    /// A box of text or a table begins inside a paragraph: what stands before it is told first.
    fn interrupt(&mut self) {
        if let Some(outer) = self.paragraphs.last_mut() {
            let run = std::mem::take(&mut outer.run);
            let (number, kind) = (outer.number, outer.kind);
            self.paragraph(run, number, kind);
        }
    }

    /// An element inside a paragraph.
    fn inside(&mut self, tag: &Tag<'_>) -> Result<(), Malformed> {
        let value = || tag.local("val").unwrap_or_default();
        let Some(paragraph) = self.paragraphs.last_mut() else { return Ok(()) };
        let off = || matches!(&*value(), "0" | "false" | "off");
        match tag.name {
            "pStyle" => paragraph.kind = style(&value()).or(paragraph.kind),
            "numPr" => paragraph.kind = paragraph.kind.or(Some(Kind::ListItem)),
            "outlineLvl" if value() != "9" => paragraph.kind = paragraph.kind.or(Some(Kind::Heading)),
            "r" => paragraph.hidden = false,
            "vanish" => paragraph.hidden = !off(),
            _ if paragraph.hidden => {}
            "t" => {
                let keeps = tag.local("space").is_some_and(|space| space == "preserve");
                return self.text(keeps);
            }
            // In the properties of a paragraph `tab` is a stop.
            "tab" if tag.local("pos").is_none() && tag.local("val").is_none() => paragraph.run.put('\t', tag.place),
            "ptab" => paragraph.run.put('\t', tag.place),
            "br" | "cr" => paragraph.run.put('\n', tag.place),
            "noBreakHyphen" => paragraph.run.put('\u{2011}', tag.place),
            _ => {}
        }
        Ok(())
    }

    /// The text of a `w:t`; without `xml:space="preserve"` its outer blanks are layout.
    fn text(&mut self, keeps: bool) -> Result<(), Malformed> {
        let mut run = Run::default();
        loop {
            match self.xml.next()? {
                Item::Text(text, at) => run.copy(text, at),
                Item::Char(c, place) => run.put(c, place),
                Item::Open(_) => self.xml.skip()?,
                Item::Close | Item::End => break,
            }
        }
        let trimmed = Span::new(0, run.text.len()).trimmed(&run.text);
        let run = if keeps { run } else { run.part(trimmed.start(), trimmed.end()) };
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.run.append(&run);
        }
        Ok(())
    }

    fn close(&mut self) {
        let depth = self.xml.depth();
        if self.paragraphs.last().is_some_and(|p| depth < p.depth)
            && let Some(Paragraph { run, kind, number, .. }) = self.paragraphs.pop()
        {
            self.paragraph(run, number, kind);
        }
        if self.rows.last().is_some_and(|row| depth < row.depth)
            && let Some(row) = self.rows.pop()
        {
            self.row(&row);
        }
    }

    /// A paragraph has ended: it stands for itself, or in a cell.
    fn paragraph(&mut self, run: Run, number: usize, kind: Option<Kind>) {
        if run.text.trim().is_empty() {
            return;
        }
        match self.rows.last_mut() {
            Some(row) => match row.cells.last_mut() {
                Some(cell) => cell.push((number, run)),
                None => row.cells.push(vec![(number, run)]),
            },
            _ => self.add(&run, number, kind.unwrap_or(Kind::Paragraph)),
        }
    }

    fn add(&mut self, run: &Run, number: usize, kind: Kind) {
        let id = format!("{}/{number}", self.part);
        self.out.segment(run, kind, Segment { id, place: run.place, ..Segment::default() });
    }

    /// A block for each paragraph of some cells.
    fn cells(&mut self, cells: &[Vec<(usize, Run)>]) {
        for (number, run) in cells.iter().flatten() {
            self.add(run, *number, Kind::Table);
        }
    }

    /// A row has ended: one block of short cells, a tab between two, or a block for each paragraph.
    fn row(&mut self, row: &Row) {
        let is_short =
            row.cells.iter().all(|cell| cell.len() < 2 && cell.iter().all(|(_, run)| run.text.len() <= CELL));
        if !is_short || row.is_loose || !self.rows.is_empty() {
            return self.cells(&row.cells);
        }
        let mut whole = Run::default();
        let mut first = None;
        for (number, run) in row.cells.iter().flatten() {
            if first.is_some() {
                whole.put('\t', Span::new(run.start(), run.start()));
            } else {
                whole.place = run.place;
            }
            first.get_or_insert(*number);
            whole.append(run);
        }
        if let Some(number) = first {
            self.add(&whole, number, Kind::Table);
        }
    }
}

/// Whether an element is of a drawing, which has paragraphs of the same name.
fn is_drawing(tag: &Tag<'_>) -> bool {
    tag.space.contains("drawingml")
}

/// The kind of a paragraph by the name of its style.
fn style(name: &str) -> Option<Kind> {
    let lower = name.to_ascii_lowercase();
    if lower == "title" {
        Some(Kind::Title)
    } else if lower.starts_with("heading") {
        Some(Kind::Heading)
    } else if lower.starts_with("list") {
        Some(Kind::ListItem)
    } else if lower.starts_with("quote") || lower == "intensequote" {
        Some(Kind::Quote)
    } else if lower == "caption" {
        Some(Kind::Caption)
    } else if lower.contains("code") || lower.contains("preformatted") {
        Some(Kind::Code)
    } else {
        None
    }
}
