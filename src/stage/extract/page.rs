//! A page as blocks: its markup is read once, in order, and every character that is shown gets its block and its place in the markup.

use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span as Place, Tokenizer};

use super::reference::{Piece, pieces};
use super::tag::Tag;
use super::tree::{Attributes, Tree};
use crate::rules::extract::ExtractRules;
use crate::text::{SourceMap, Span};

/// A cell with more text stands for itself, in bytes.
const CELL: usize = 240;
/// So much of the attributes of an element is looked at, in bytes.
const VALUE: usize = 2000;
/// So much of the data about a page is kept, in bytes.
const ABOUT: usize = 1 << 20;

/// A stretch of text that the layout sets apart.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// Where it is in the text, without the white space around it.
    pub(super) span: Span,
    /// The innermost element around its beginning.
    pub(super) element: u32,
    /// How much of it is in links, in bytes.
    pub(super) linked: usize,
    pub(super) links: u32,
    /// How much of it is bold, in bytes.
    pub(super) bold: usize,
    /// Whether it is a row of a table.
    pub(super) row: bool,
}

/// What a page is made of.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) text: String,
    pub(super) map: SourceMap,
    pub(super) blocks: Vec<Block>,
    pub(super) tree: Tree,
    pub(super) about: About,
}

/// What a page says about itself, in the order it does.
#[derive(Debug, Default)]
pub(super) struct About {
    /// The content of `<title>`.
    pub(super) title: String,
    /// The language of `<html>`.
    pub(super) language: Option<String>,
    /// The names of `<meta>` in lower case, and their contents.
    pub(super) meta: Vec<(String, String)>,
    /// The canonical address.
    pub(super) canonical: Option<String>,
    /// JSON-LD.
    pub(super) data: Vec<String>,
    /// `datetime` of `<time>` and of elements that are marked as dates of publication.
    pub(super) times: Vec<String>,
}

/// Reads the markup.
pub(super) fn read(source: &str, rules: &ExtractRules) -> Page {
    let mut reader = Reader {
        source,
        rules,
        page: Page {
            text: String::with_capacity(source.len() / 8),
            map: SourceMap::new(),
            blocks: Vec::new(),
            tree: Tree::new(),
            about: About::default(),
        },
        name: Vec::new(),
        tag: Tag::Block,
        attribute: String::new(),
        attributes: Attributes::default(),
        open: None,
        gap: Gap::None,
        title: false,
        data: false,
    };
    let mut emitter: CallbackEmitter<_, Infallible, usize> =
        CallbackEmitter::new(|event: CallbackEvent<'_>, place: Place<usize>| {
            reader.event(event, place);
            None
        });
    emitter.naively_switch_states(true);
    let mut tokenizer = Tokenizer::new_with_emitter(source, emitter);
    let _ = tokenizer.next();
    drop(tokenizer);
    reader.flush();
    reader.page
}

/// What stands between the last character and the next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    /// White space; where it is one blank, its place.
    Blank(Option<usize>),
    Line,
    Cell,
}

struct Reader<'s> {
    source: &'s str,
    rules: &'s ExtractRules,
    page: Page,
    name: Vec<u8>,
    tag: Tag,
    attribute: String,
    attributes: Attributes,
    open: Option<Block>,
    gap: Gap,
    /// Whether the title of the page is being read, or data about it.
    title: bool,
    data: bool,
}

impl Reader<'_> {
    #[expect(clippy::needless_pass_by_value, reason = "the events are small and used up")]
    fn event(&mut self, event: CallbackEvent<'_>, place: Place<usize>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.name.clear();
                self.name.extend_from_slice(name);
                self.tag = Tag::of(name);
                self.attributes.clear();
                self.attribute.clear();
            }
            CallbackEvent::AttributeName { name } => {
                self.attribute.clear();
                self.attribute.push_str(&String::from_utf8_lossy(name));
                match self.attribute.as_str() {
                    "hidden" => self.attributes.hidden = true,
                    "href" => self.attributes.href = true,
                    _ => {}
                }
            }
            CallbackEvent::AttributeValue { value } => self.value(value),
            CallbackEvent::CloseStartTag { .. } => self.start(),
            CallbackEvent::EndTag { name } => self.end(Tag::of(name)),
            CallbackEvent::String { value } => self.string(value, place),
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
    }

    fn value(&mut self, value: &[u8]) {
        let text = String::from_utf8_lossy(value.get(..VALUE.min(value.len())).unwrap_or_default());
        match self.attribute.as_str() {
            "class" => {
                self.attributes.class.push_str(&text);
                named(&mut self.attributes.names, &text);
            }
            "id" | "role" => named(&mut self.attributes.names, &text),
            "itemprop" => {
                named(&mut self.attributes.names, &text);
                self.attributes.others.push(("itemprop".to_owned(), text.to_lowercase()));
            }
            "style" => {
                let style: String = text.chars().filter(|c| !c.is_whitespace()).collect();
                self.attributes.hidden |= style.contains("display:none") || style.contains("visibility:hidden");
            }
            "datetime" | "content" | "name" | "property" | "rel" | "lang" | "href" | "type" | "http-equiv" => {
                self.attributes.others.push((self.attribute.clone(), text.into_owned()));
            }
            _ => {}
        }
    }

    fn start(&mut self) {
        let tag = self.tag;
        let attributes = std::mem::take(&mut self.attributes);
        self.about(tag, &attributes);
        match tag {
            Tag::Br => self.line(),
            Tag::Td | Tag::Th => self.cell(),
            _ if tag.is_inline() || tag.is_silent() => {}
            _ => self.flush(),
        }
        if !tag.is_void() {
            let name = std::mem::take(&mut self.name);
            let tag = if tag == Tag::A && !attributes.href { Tag::Span } else { tag };
            self.page.tree.start(tag, &name, &attributes, self.rules);
            self.name = name;
            self.title = tag == Tag::Title && self.page.about.title.is_empty();
            self.data = tag == Tag::Script
                && attributes.get("type").is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json"));
            if tag == Tag::A
                && let Some(open) = &mut self.open
            {
                open.links += 1;
            }
        }
        self.attributes = attributes;
    }

    fn end(&mut self, tag: Tag) {
        match tag {
            Tag::Br => self.line(),
            Tag::Td | Tag::Th => self.cell(),
            _ if tag.is_inline() || tag.is_silent() || tag.is_void() => {}
            _ => self.flush(),
        }
        (self.title, self.data) = (false, false);
        // A link without an address was opened as a part of a line.
        let tag = if tag == Tag::A && self.page.tree.links == 0 { Tag::Span } else { tag };
        self.page.tree.end(tag);
    }

    fn about(&mut self, tag: Tag, attributes: &Attributes) {
        let about = &mut self.page.about;
        match tag {
            Tag::Html => about.language = about.language.take().or_else(|| attributes.get("lang").map(str::to_owned)),
            Tag::Meta => {
                let name = ["property", "name", "itemprop", "http-equiv"].into_iter().find_map(|n| attributes.get(n));
                if let (Some(name), Some(content)) = (name, attributes.get("content"))
                    && !content.is_empty()
                    && about.meta.len() < 500
                {
                    about.meta.push((name.to_lowercase(), content.to_owned()));
                }
            }
            Tag::Link if attributes.get("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                about.canonical = about.canonical.take().or_else(|| attributes.get("href").map(str::to_owned));
            }
            _ => {}
        }
        let published = attributes.get("itemprop").is_some_and(|item| item == "datepublished");
        if (tag == Tag::Time || published)
            && about.times.len() < 50
            && let Some(time) = attributes.get("datetime").or_else(|| attributes.get("content"))
        {
            about.times.push(time.to_owned());
        }
    }

    /// A line break: two are the edge of a block.
    fn line(&mut self) {
        if self.gap == Gap::Line && self.page.tree.preformatted == 0 {
            self.flush();
        } else if self.open.is_some() {
            self.gap = Gap::Line;
        }
    }

    /// The edge of a cell: a row of short cells is one block.
    fn cell(&mut self) {
        let long = self.open.as_ref().is_some_and(|open| {
            let text = self.page.text.get(open.span.start()..).unwrap_or_default();
            !open.row && !text.is_empty() || text.rsplit('\t').next().is_some_and(|cell| cell.len() > CELL)
        });
        if long {
            self.flush();
        } else if self.open.is_some() {
            self.gap = Gap::Cell;
        }
    }

    /// Ends the block that is open.
    fn flush(&mut self) {
        self.gap = Gap::None;
        if let Some(mut block) = self.open.take() {
            block.span = Span::new(block.span.start(), self.page.text.len()).trimmed(&self.page.text);
            if !block.span.is_empty() {
                self.page.blocks.push(block);
                self.page.text.push('\n');
            }
        }
    }

    fn string(&mut self, value: &[u8], place: Place<usize>) {
        let Ok(value) = std::str::from_utf8(value) else { return };
        if self.title {
            self.page.about.title.push_str(value);
            return;
        }
        if self.data {
            if value.len() < ABOUT && self.page.about.data.len() < 20 {
                self.page.about.data.push(value.to_owned());
            }
            return;
        }
        if self.page.tree.silent == 1 && !value.trim().is_empty() {
            // Text ends a head that was not closed.
            self.page.tree.leave_head();
        }
        if self.page.tree.silent > 0 {
            return;
        }
        let raw = self.source.get(place.start..place.end).unwrap_or_default();
        if raw.is_empty() {
            return;
        }
        pieces(raw, value, place.start, |piece| self.piece(piece));
    }

    fn piece(&mut self, piece: Piece<'_>) {
        if self.page.tree.preformatted > 0 {
            return self.append(piece.text, piece.source, piece.copied);
        }
        if !piece.copied {
            // A reference to a blank that may break lines is white space; one to a fixed blank stays.
            if piece.text.trim_ascii().is_empty() {
                self.blank(None);
            } else {
                self.append(piece.text, piece.source, false);
            }
            return;
        }
        let mut at = 0;
        let bytes = piece.text.as_bytes();
        while at < bytes.len() {
            let rest = piece.text.get(at..).unwrap_or_default();
            let word = rest.bytes().position(|b| b.is_ascii_whitespace()).unwrap_or(rest.len());
            let blank = rest.bytes().skip(word).position(|b| !b.is_ascii_whitespace()).unwrap_or(rest.len() - word);
            if word > 0 {
                let start = piece.source.start() + at;
                self.append(rest.get(..word).unwrap_or_default(), Span::new(start, start + word), true);
            }
            if blank > 0 {
                let place = piece.source.start() + at + word;
                let single = blank == 1 && rest.as_bytes().get(word) == Some(&b' ');
                self.blank(single.then_some(place));
            }
            at += word + blank;
        }
    }

    fn blank(&mut self, place: Option<usize>) {
        if self.open.is_some() && self.gap == Gap::None {
            self.gap = Gap::Blank(place);
        } else if matches!(self.gap, Gap::Blank(_)) {
            self.gap = Gap::Blank(None);
        }
    }

    fn append(&mut self, text: &str, source: Span, copied: bool) {
        let page = &mut self.page;
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        if self.open.is_none() && text.trim().is_empty() {
            // A block does not begin with fixed blanks; they stay in the markup.
            return;
        }
        let start = page.text.len();
        let open = self.open.get_or_insert_with(|| {
            let row = page.tree.inside(Tag::Td) || page.tree.inside(Tag::Th);
            let links = u32::from(page.tree.links > 0);
            Block { span: Span::new(start, start), element: page.tree.top(), linked: 0, links, bold: 0, row }
        });
        if start > open.span.start() {
            match gap {
                Gap::None => {}
                Gap::Blank(place) => {
                    if let Some(place) = place {
                        page.map.push(start, place, 1);
                    }
                    page.text.push(' ');
                }
                Gap::Line => page.text.push('\n'),
                Gap::Cell => page.text.push('\t'),
            }
        }
        let at = page.text.len();
        page.text.push_str(text);
        if copied {
            page.map.push(at, source.start(), text.len());
        } else {
            page.map.replace(Span::new(at, at + text.len()), source);
        }
        let added = page.text.len() - start;
        if page.tree.links > 0 {
            open.linked += added;
        }
        if page.tree.bold > 0 {
            open.bold += added;
        }
    }
}

fn named(names: &mut String, text: &str) {
    if !names.is_empty() {
        names.push(' ');
    }
    names.push_str(&text.to_lowercase());
}
