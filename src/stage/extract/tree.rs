//! The elements of a page: what encloses what, as far as the layout needs it. Ends that are left out are put in where HTML allows it.

use std::hash::Hasher as _;

use xxhash_rust::xxh3::Xxh3;

use super::tag::Tag;
use crate::rules::extract::{ExtractRules, GROUPS};

/// Elements are not nested deeper; what is, counts as being in the last.
const DEEPEST: usize = 256;
/// Tags to which the distance is kept.
pub(super) const NEAR: [Tag; 16] = [
    Tag::Article,
    Tag::Main,
    Tag::Section,
    Tag::Aside,
    Tag::Nav,
    Tag::Header,
    Tag::Footer,
    Tag::Form,
    Tag::Ul,
    Tag::Table,
    Tag::Figure,
    Tag::Blockquote,
    Tag::Li,
    Tag::A,
    Tag::Button,
    Tag::P,
];
/// Nothing is farther.
pub(super) const FAR: u8 = 30;

/// An element.
#[derive(Clone, Debug)]
pub(super) struct Element {
    pub(super) parent: u32,
    pub(super) tag: Tag,
    pub(super) depth: u16,
    /// The nearest element that is no part of a line: itself or one around it.
    pub(super) block: u32,
    /// For each group of names, how many elements up the nearest is that has one; `FAR` for none.
    pub(super) names: [u8; GROUPS],
    /// For each tag of `NEAR`, how many elements up the nearest is.
    pub(super) near: [u8; NEAR.len()],
    /// A hash of its tag and class and those of its parent: elements made by the same template have the same.
    pub(super) template: u64,
    pub(super) hidden: bool,
    own: u64,
}

/// The attributes of a tag that matter.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    /// Class, id, role, itemprop, in lower case, a blank between two.
    pub(super) names: String,
    pub(super) class: String,
    pub(super) hidden: bool,
    pub(super) href: bool,
    pub(super) others: Vec<(String, String)>,
}

impl Attributes {
    pub(super) fn clear(&mut self) {
        self.names.clear();
        self.class.clear();
        self.hidden = false;
        self.href = false;
        self.others.clear();
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.others.iter().find(|(n, _)| n == name).map(|(_, value)| value.trim())
    }
}

/// The elements met so far, and those that are open.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) elements: Vec<Element>,
    open: Vec<u32>,
    /// How many of the open ones show no text.
    pub(super) silent: usize,
    /// How many of the open ones are links.
    pub(super) links: usize,
    pub(super) bold: usize,
    pub(super) preformatted: usize,
}

impl Tree {
    pub(super) fn new() -> Self {
        let root = Element {
            parent: 0,
            tag: Tag::Html,
            depth: 0,
            block: 0,
            names: [FAR; GROUPS],
            near: [FAR; NEAR.len()],
            template: 0,
            hidden: false,
            own: 0,
        };
        Self { elements: vec![root], open: vec![0], silent: 0, links: 0, bold: 0, preformatted: 0 }
    }

    pub(super) fn at(&self, number: u32) -> Option<&Element> {
        self.elements.get(number as usize)
    }

    /// The innermost open element.
    pub(super) fn top(&self) -> u32 {
        self.open.last().copied().unwrap_or_default()
    }

    fn tag(&self, number: u32) -> Tag {
        self.at(number).map_or(Tag::Block, |element| element.tag)
    }

    /// Whether an element with this tag is open inside the nearest cell.
    pub(super) fn inside(&self, tag: Tag) -> bool {
        self.open.iter().rev().take(64).any(|&number| self.tag(number) == tag)
    }

    /// Opens an element; gives whether it closed or opened a block.
    pub(super) fn start(&mut self, tag: Tag, name: &[u8], attributes: &Attributes, rules: &ExtractRules) {
        self.imply(tag);
        if self.open.len() >= DEEPEST {
            return;
        }
        let parent = self.top();
        let Some(above) = self.at(parent) else { return };
        let up = |distance: u8| distance.saturating_add(1).min(FAR);
        let mut names = above.names.map(up);
        if !attributes.names.is_empty() {
            let groups = rules.groups(&attributes.names);
            for (index, slot) in names.iter_mut().enumerate() {
                if groups >> index & 1 == 1 {
                    *slot = 0;
                }
            }
        }
        let mut near = above.near.map(up);
        let ordered = if tag == Tag::Ol { Tag::Ul } else { tag };
        if let Some(slot) = NEAR.iter().position(|&t| t == ordered).and_then(|index| near.get_mut(index)) {
            *slot = 0;
        }
        let mut hasher = Xxh3::new();
        hasher.write(name);
        hasher.write(attributes.class.as_bytes());
        let own = hasher.finish();
        hasher.write_u64(above.own);
        let number = self.elements.len() as u32;
        let element = Element {
            parent,
            tag,
            depth: above.depth + 1,
            block: if tag.is_inline() { above.block } else { number },
            names,
            near,
            template: hasher.finish(),
            hidden: above.hidden || attributes.hidden,
            own,
        };
        self.elements.push(element);
        self.open.push(number);
        self.count(tag, 1);
    }

    /// Closes the nearest open element with this tag, and what is open in it; nothing where there is none.
    pub(super) fn end(&mut self, tag: Tag) {
        if matches!(tag, Tag::Html | Tag::Body) {
            return;
        }
        let scope = |t: Tag| !tag.is_inline() || t.is_inline();
        let found = self.open.iter().rposition(|&number| self.tag(number) == tag);
        let Some(at) = found.filter(|&at| at > 0) else { return };
        // The end of a line's part does not end the blocks in it.
        let blocked = self.open.get(at + 1..).unwrap_or_default().iter().any(|&number| !scope(self.tag(number)));
        let cell = !matches!(tag, Tag::Table | Tag::Tr | Tag::Tbody | Tag::Td | Tag::Th)
            && self.open.get(at + 1..).unwrap_or_default().iter().any(|&number| self.tag(number) == Tag::Table);
        if blocked || cell {
            if blocked && tag == Tag::A {
                self.unlink(at);
            }
            return;
        }
        self.close_to(at);
    }

    /// A link that ends inside a block it holds is no link any more.
    fn unlink(&mut self, at: usize) {
        let number = self.open.get(at).copied().unwrap_or_default();
        if let Some(element) = self.elements.get_mut(number as usize).filter(|e| e.tag == Tag::A) {
            element.tag = Tag::Span;
            self.links = self.links.saturating_sub(1);
        }
    }

    fn close_to(&mut self, at: usize) {
        while self.open.len() > at.max(1) {
            if let Some(number) = self.open.pop() {
                self.count(self.tag(number), -1);
            }
        }
    }

    fn count(&mut self, tag: Tag, by: isize) {
        let slot = match tag {
            _ if tag.is_silent() || tag == Tag::Noscript => &mut self.silent,
            Tag::A => &mut self.links,
            Tag::B => &mut self.bold,
            Tag::Pre | Tag::Textarea => &mut self.preformatted,
            _ => return,
        };
        *slot = slot.saturating_add_signed(by);
    }

    /// Closes the head, where it is open.
    pub(super) fn leave_head(&mut self) {
        if let Some(at) = self.open.iter().rposition(|&number| self.tag(number) == Tag::Head) {
            self.close_to(at);
        }
    }

    /// Closes what the start of `tag` ends.
    fn imply(&mut self, tag: Tag) {
        if tag == Tag::Body || self.inside(Tag::Head) && !tag.is_silent() && !tag.is_inline() && tag != Tag::Noscript {
            self.leave_head();
        }
        let (ends, stops): (&[Tag], &[Tag]) = match tag {
            Tag::Li => (&[Tag::Li], &[Tag::Ul, Tag::Ol, Tag::Table]),
            Tag::Dt | Tag::Dd => (&[Tag::Dt, Tag::Dd], &[Tag::Dl, Tag::Table]),
            Tag::Option => (&[Tag::Option], &[Tag::Select]),
            Tag::Td | Tag::Th => (&[Tag::Td, Tag::Th], &[Tag::Tr, Tag::Table]),
            Tag::Tr => (&[Tag::Tr], &[Tag::Table]),
            Tag::Tbody => (&[Tag::Tbody], &[Tag::Table]),
            Tag::A => (&[Tag::A], &[Tag::Table, Tag::Td, Tag::Th]),
            _ => (&[], &[]),
        };
        for (at, &number) in self.open.iter().enumerate().rev().take(64) {
            let open = self.tag(number);
            if ends.contains(&open) {
                if tag == Tag::A
                    && self.open.get(at + 1..).unwrap_or_default().iter().any(|&n| !self.tag(n).is_inline())
                {
                    self.unlink(at);
                } else {
                    self.close_to(at);
                }
                break;
            }
            if stops.contains(&open) {
                break;
            }
        }
        if tag.ends_paragraph() {
            let found = self.open.iter().rposition(|&number| !self.tag(number).is_inline());
            if let Some(at) = found.filter(|&at| self.tag(self.open.get(at).copied().unwrap_or_default()) == Tag::P) {
                self.close_to(at);
            }
        }
    }
}
