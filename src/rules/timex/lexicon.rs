//! The forms of one language as a trie of folded characters: words, phrases of several words and abbreviations with their points alike.

use super::class::Classes;
use super::lexeme::Lex;

/// What a form is, and on which conditions.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// All it can be.
    pub lexemes: Vec<Lex>,
    /// The classes of these.
    pub classes: Classes,
    /// It is also a common word: only with a capital letter, a number or the like beside it.
    pub weak: bool,
    /// Its first word is only what makes the others a time: (desde) entonces.
    pub led: bool,
}

#[derive(Clone, Debug, Default)]
struct TrieNode {
    edges: Vec<(char, u32)>,
    entry: Option<u32>,
}

/// The forms of a language while they are gathered.
#[derive(Clone, Debug)]
pub(super) struct Forms {
    nodes: Vec<TrieNode>,
    entries: Vec<Entry>,
}

/// The forms of a language.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    nodes: Vec<Place>,
    edges: Vec<(char, u32)>,
    entries: Vec<Entry>,
    // Where the characters of most alphabets that have capitals lead from the beginning; 0 is nowhere.
    first: Vec<u32>,
}

/// A place in the trie: where its edges are, and the number of its entry.
#[derive(Clone, Copy, Debug)]
struct Place {
    from: u32,
    to: u32,
    entry: u32,
}

const NONE: u32 = u32::MAX;
const NEAR: usize = 0x500;

impl Default for Forms {
    fn default() -> Self {
        Self { nodes: vec![TrieNode::default()], entries: Vec::new() }
    }
}

impl Forms {
    /// Adds a meaning to a form.
    pub(super) fn insert(&mut self, form: &str, lexeme: Lex, weak: bool) {
        let mut at = 0usize;
        for c in folded(form) {
            let next = self.nodes.get(at).and_then(|node| step(node, c));
            at = if let Some(next) = next {
                next as usize
            } else {
                let new = self.nodes.len();
                self.nodes.push(TrieNode::default());
                if let Some(node) = self.nodes.get_mut(at) {
                    let place = node.edges.partition_point(|(e, _)| *e < c);
                    node.edges.insert(place, (c, new as u32));
                }
                new
            };
        }
        let fresh = self.entries.len() as u32;
        let Some(node) = self.nodes.get_mut(at) else { return };
        let number = *node.entry.get_or_insert(fresh);
        if number == fresh {
            self.entries.push(Entry { weak, ..Entry::default() });
        }
        if let Some(entry) = self.entries.get_mut(number as usize) {
            entry.weak |= weak;
            if !entry.lexemes.contains(&lexeme) {
                entry.lexemes.push(lexeme);
                entry.classes = entry.classes.with(Classes::of(lexeme));
            }
        }
    }

    /// Makes a form that is there worth looking at.
    pub(super) fn mark(&mut self, form: &str) {
        if let Some(entry) = self.entry(form) {
            entry.classes = entry.classes.triggering();
        }
    }

    /// Leaves the first word of a form that is there out of what it is.
    pub(super) fn lead(&mut self, form: &str) {
        if let Some(entry) = self.entry(form) {
            entry.led = true;
        }
    }

    fn entry(&mut self, form: &str) -> Option<&mut Entry> {
        let mut at = 0usize;
        for c in folded(form) {
            at = self.nodes.get(at).and_then(|node| step(node, c))? as usize;
        }
        let number = self.nodes.get(at)?.entry?;
        self.entries.get_mut(number as usize)
    }

    /// The same, laid out to be read.
    pub(super) fn finish(self) -> Lexicon {
        let mut out = Lexicon { entries: self.entries, ..Lexicon::default() };
        if let Some(root) = self.nodes.first().filter(|root| !root.edges.is_empty()) {
            out.first = vec![0; NEAR];
            for (c, next) in &root.edges {
                if let Some(first) = out.first.get_mut(*c as usize) {
                    *first = *next;
                }
            }
        }
        for node in self.nodes {
            let from = out.edges.len() as u32;
            out.edges.extend(node.edges);
            out.nodes.push(Place { from, to: out.edges.len() as u32, entry: node.entry.unwrap_or(NONE) });
        }
        out
    }
}

impl Lexicon {
    /// Whether there are no forms.
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The longest form at the beginning of `text` for which `ends(length in bytes)` holds, with its length.
    pub fn longest(&self, text: &str, ends: impl Fn(usize) -> bool) -> Option<(usize, &Entry)> {
        let mut best = None;
        let mut at = 0u32;
        let mut blank = false;
        for (offset, raw) in text.char_indices() {
            let c = fold(raw);
            if c == ' ' && blank {
                continue;
            }
            blank = c == ' ';
            let Some(next) = self.step(at, c) else { break };
            at = next;
            let length = offset + raw.len_utf8();
            if let Some(entry) = self.nodes.get(at as usize).and_then(|node| self.entries.get(node.entry as usize))
                && ends(length)
            {
                best = Some((length, entry));
            }
        }
        best
    }

    #[inline]
    fn step(&self, at: u32, c: char) -> Option<u32> {
        if at == 0
            && let near @ ..NEAR = c as usize
        {
            return self.first.get(near).copied().filter(|next| *next != 0);
        }
        let node = self.nodes.get(at as usize)?;
        let edges = self.edges.get(node.from as usize..node.to as usize)?;
        if edges.len() <= 8 {
            return edges.iter().find(|(e, _)| *e == c).map(|(_, next)| *next);
        }
        let place = edges.binary_search_by_key(&c, |(e, _)| *e).ok()?;
        edges.get(place).map(|(_, next)| *next)
    }
}

fn step(node: &TrieNode, c: char) -> Option<u32> {
    let place = node.edges.binary_search_by_key(&c, |(e, _)| *e).ok()?;
    node.edges.get(place).map(|(_, next)| *next)
}

fn folded(form: &str) -> impl Iterator<Item = char> {
    form.chars().map(fold)
}

/// One character for one: lower case, one apostrophe, one hyphen, one blank, `ё` as `е`.
#[inline]
pub fn fold(c: char) -> char {
    match c {
        ' '..='@' | '['..='~' | 'а'..='я' | '\u{4e00}'..='\u{9fff}' => c,
        'A'..='Z' => c.to_ascii_lowercase(),
        'ё' | 'Ё' => 'е',
        'А'..='Я' => char::from_u32(c as u32 + 32).unwrap_or(c),
        _ => fold_rare(c),
    }
}

fn fold_rare(c: char) -> char {
    match c {
        '’' | 'ʼ' | '‘' | '׳' => '\'',
        '״' => '"',
        '‐' | '‑' | '־' => '-',
        // Dotted and dotless i are one, as capitals do not tell in other languages.
        'ı' | 'İ' => 'i',
        'ά' | 'Ά' => 'α',
        'έ' | 'Έ' => 'ε',
        'ή' | 'Ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' | 'Ί' | 'Ϊ' => 'ι',
        'ό' | 'Ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' | 'Ύ' | 'Ϋ' => 'υ',
        'ώ' | 'Ώ' => 'ω',
        'ς' => 'σ',
        'أ' | 'إ' | 'آ' => 'ا',
        'ى' | 'ي' => 'ی',
        'ك' => 'ک',
        '\t' | '\n' | '\r' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{3000}' => ' ',
        _ => {
            let mut lower = c.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(one), None) => one,
                _ => c,
            }
        }
    }
}
