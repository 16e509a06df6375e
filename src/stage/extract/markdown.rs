//! Markdown (CommonMark with tables, footnotes, strikethrough and front matter) as blocks with their kinds and places.

use pulldown_cmark::{Event, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use super::{Extracted, Facts};
use crate::model::{Kind, LaidBlock, Layout};
use crate::text::{SourceMap, Span, script};

/// Reads a text in Markdown. The marks are markup, as tags are in a page; so are front matter and the tags of HTML in it.
pub fn markdown(source: &str) -> Extracted {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut reader = Reader { source, ..Reader::default() };
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        reader.event(event, Span::new(range.start, range.end));
    }
    reader.flush();
    let (mut blocks, text) = (reader.blocks, reader.text);
    // The first heading of the first order is the title, where nothing but a heading stands before it.
    if let Some(at) = reader.title
        && blocks.iter().take(at).all(|b| b.kind == Kind::Heading)
        && let Some(block) = blocks.get_mut(at)
    {
        block.kind = Kind::Title;
        let heading = block.span.of(&text).split_whitespace().collect::<Vec<_>>().join(" ");
        reader.facts.title = reader.facts.title.or(Some(heading));
    }
    Extracted { text, map: reader.map, layout: Layout { blocks, is_fixed: false }, facts: reader.facts, nothing: false }
}

#[derive(Default)]
struct Reader<'s> {
    source: &'s str,
    text: String,
    map: SourceMap,
    blocks: Vec<LaidBlock>,
    facts: Facts,
    /// Where the open block begins.
    open: Option<usize>,
    /// White space that is due before the next text, and the place it came from.
    gap: Option<(char, Span)>,
    heading: bool,
    title: Option<usize>,
    code: bool,
    metadata: bool,
    table: bool,
    /// How many lists, quotes and footnotes are open.
    items: usize,
    quotes: usize,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, place: Span) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.metadata => self.about(&text),
            Event::Text(text) | Event::Code(text) => self.append(&text, place),
            Event::SoftBreak => self.gap = self.gap.or(Some((' ', place))),
            Event::HardBreak => self.gap = Some(('\n', place)),
            Event::Html(_) | Event::InlineHtml(_) => self.html(place),
            Event::Rule => self.flush(),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush();
                self.heading = true;
                if *level == pulldown_cmark::HeadingLevel::H1 {
                    self.title = self.title.or(Some(self.blocks.len()));
                }
            }
            Tag::CodeBlock(_) => {
                self.flush();
                self.code = true;
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.quotes += 1;
            }
            Tag::Item | Tag::DefinitionListTitle | Tag::DefinitionListDefinition | Tag::FootnoteDefinition(_) => {
                self.flush();
                self.items += 1;
            }
            Tag::Table(_) => {
                self.flush();
                self.table = true;
            }
            Tag::MetadataBlock(MetadataBlockKind::YamlStyle | MetadataBlockKind::PlusesStyle) => self.metadata = true,
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
            | Tag::TableCell => {}
            _ => self.flush(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::TableCell => self.gap = Some(('\t', Span::new(0, 0))),
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image => {}
            TagEnd::Item
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::FootnoteDefinition => {
                self.flush();
                self.items = self.items.saturating_sub(1);
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::MetadataBlock(_) => self.metadata = false,
            _ => {
                self.flush();
                (self.heading, self.code) = (false, false);
                self.table &= tag != TagEnd::Table;
            }
        }
    }

    /// A line of front matter that says what the document is: `title: …`, `date = "…"`.
    fn about(&mut self, text: &str) {
        for line in text.lines() {
            let Some((name, value)) = line.split_once([':', '=']) else { continue };
            let value = value.trim().trim_matches(['"', '\'']).trim();
            if value.is_empty() || value.starts_with(['[', '{', '|', '>', '&', '*']) {
                continue;
            }
            let slot = match name.trim() {
                "title" => &mut self.facts.title,
                "author" => &mut self.facts.author,
                "date" | "published" => &mut self.facts.date,
                "url" | "canonical" | "canonical_url" => &mut self.facts.url,
                "lang" | "language" => &mut self.facts.language,
                "site" => &mut self.facts.site,
                _ => continue,
            };
            slot.get_or_insert_with(|| value.to_owned());
        }
    }

    /// What stands between the tags of HTML is text.
    fn html(&mut self, place: Span) {
        let raw = place.of(self.source);
        let mut at = 0;
        while let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) {
            let tag = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
            let mut from = place.start() + at;
            for line in rest.get(..tag).unwrap_or_default().split_inclusive('\n') {
                let span = Span::new(from, from + line.len()).trimmed(self.source);
                from += line.len();
                if !span.is_empty() {
                    self.append(span.of(self.source), span);
                    self.gap = Some(('\n', Span::new(span.end(), span.end())));
                }
            }
            let rest = rest.get(tag..).unwrap_or_default();
            let ends: &[u8] = if rest.starts_with("<!--") { b"-->" } else { b">" };
            at += tag + memchr::memmem::find(rest.as_bytes(), ends).map_or(rest.len(), |n| n + ends.len());
        }
    }

    fn append(&mut self, text: &str, place: Span) {
        if self.open.is_none() && text.trim().is_empty() {
            return;
        }
        self.gap(text);
        let start = *self.open.get_or_insert(self.text.len());
        // White space before the first word of a block is layout, but not in program text.
        let lead = if start == self.text.len() && !self.code { text.len() - text.trim_start().len() } else { 0 };
        let (text, place) = match (text.get(lead..), place.of(self.source) == text) {
            (Some(rest), true) => (rest, Span::new(place.start() + lead, place.end())),
            _ => (text, place),
        };
        let at = self.text.len();
        self.text.push_str(text);
        if place.of(self.source) == text {
            self.map.push(at, place.start(), text.len());
        } else if let Some(inner) = place.of(self.source).find(text).filter(|_| place.of(self.source).starts_with('`'))
        {
            // The place of a code span holds its marks, too.
            self.map.push(at, place.start() + inner, text.len());
        } else {
            self.map.replace(Span::new(at, at + text.len()), place);
        }
    }

    /// Puts the white space in that is due; none between two characters of scripts that have none.
    fn gap(&mut self, next: &str) {
        let Some((blank, place)) = self.gap.take() else { return };
        if self.open.is_none() || self.text.ends_with(['\n', '\t']) {
            return;
        }
        let unspaced = |c: Option<char>| c.is_some_and(|c| script::is_unspaced(script::of(c)));
        if blank == ' ' && unspaced(self.text.chars().next_back()) && unspaced(next.chars().next()) {
            return;
        }
        let at = self.text.len();
        self.text.push(blank);
        if place.of(self.source).starts_with(blank) {
            self.map.push(at, place.start(), 1);
        } else if !place.is_empty() {
            self.map.replace(Span::new(at, at + 1), place);
        }
    }

    /// Ends the open block.
    fn flush(&mut self) {
        self.gap = None;
        let Some(start) = self.open.take() else { return };
        let span = Span::new(start, self.text.len()).trimmed(&self.text);
        let kind = match () {
            () if self.code => Kind::Code,
            () if self.heading => Kind::Heading,
            () if self.table => Kind::Table,
            () if self.quotes > 0 => Kind::Quote,
            () if self.items > 0 => Kind::ListItem,
            () => Kind::Paragraph,
        };
        if !span.is_empty() {
            self.blocks.push(LaidBlock { span, kind, dropped: None });
            self.text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, markdown};

    const PAGE: &str = "---\ntitle: \"Grain stores\"\ndate: 2024-03-01\ntags: [a, b]\n---\n\n# Grain *stores*\n\nThe **council**\nmet &amp; voted; see [the minutes](http://a.example/b).\n\n- one\n- two\n  more\n\n> It was late.\n\n| Year | Tons |\n|------|------|\n| 2023 | 14 |\n\n```rust\nfn main() {}\n```\n\n<div>In a box</div>\n\nFootnoted[^1].\n\n[^1]: A note.\n";

    #[test]
    fn parts_have_their_kinds() {
        let page = markdown(PAGE);
        let found: Vec<_> = page.layout.blocks.iter().map(|b| (b.kind, b.span.of(&page.text))).collect();
        assert_eq!(
            found,
            [
                (Kind::Title, "Grain stores"),
                (Kind::Paragraph, "The council met & voted; see the minutes."),
                (Kind::ListItem, "one"),
                (Kind::ListItem, "two more"),
                (Kind::Quote, "It was late."),
                (Kind::Table, "Year\tTons"),
                (Kind::Table, "2023\t14"),
                (Kind::Code, "fn main() {}"),
                (Kind::Paragraph, "In a box"),
                (Kind::Paragraph, "Footnoted."),
                (Kind::ListItem, "A note."),
            ]
        );
        assert_eq!(page.facts.title.as_deref(), Some("Grain stores"));
        assert_eq!(page.facts.date.as_deref(), Some("2024-03-01"));
    }

    #[test]
    fn places_lead_into_the_source() {
        let page = markdown(PAGE);
        for (word, source) in [("council", "council"), ("&", "&amp;"), ("minutes", "minutes"), ("14", "14")] {
            let at = page.text.find(word).unwrap();
            let place = page.map.source(crate::text::Span::new(at, at + word.len()));
            assert_eq!(place.of(PAGE), source);
        }
    }

    #[test]
    fn lines_of_chinese_join_without_a_blank() {
        let page = markdown("理事会于周一\n开会。\n");
        assert_eq!(page.text, "理事会于周一开会。\n");
    }
}
