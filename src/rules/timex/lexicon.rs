//! The forms of one language as a trie of folded characters: words, phrases of several words and abbreviations with their points alike.

use super::lexeme::Lex;

/// What a form is, and on which conditions.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// All it can be.
    pub lexemes: Vec<Lex>,
    /// It is also a common word: only with a capital letter, a number or the like beside it.
    pub weak: bool,
}

#[derive(Clone, Debug, Default)]
struct TrieNode {
    edges: Vec<(char, u32)>,
    entry: Option<u32>,
}

/// The forms of a language.
#[derive(Clone, Debug)]
pub struct Lexicon {
    nodes: Vec<TrieNode>,
    entries: Vec<Entry>,
}

impl Default for Lexicon {
    fn default() -> Self {
        Self { nodes: vec![TrieNode::default()], entries: Vec::new() }
    }
}

impl Lexicon {
    /// Adds a meaning to a form.
    pub fn insert(&mut self, form: &str, lexeme: Lex, weak: bool) {
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
            self.entries.push(Entry { lexemes: Vec::new(), weak });
        }
        if let Some(entry) = self.entries.get_mut(number as usize) {
            entry.weak |= weak;
            if !entry.lexemes.contains(&lexeme) {
                entry.lexemes.push(lexeme);
            }
        }
    }

    /// The longest form at the beginning of `text` for which `ends(length in bytes)` holds, with its length.
    pub fn longest(&self, text: &str, ends: impl Fn(usize) -> bool) -> Option<(usize, &Entry)> {
        let mut best = None;
        let mut at = 0usize;
        let mut blank = false;
        for (offset, raw) in text.char_indices() {
            let c = fold(raw);
            if c == ' ' && blank {
                continue;
            }
            blank = c == ' ';
            let Some(next) = self.nodes.get(at).and_then(|node| step(node, c)) else { break };
            at = next as usize;
            let length = offset + raw.len_utf8();
            if let Some(entry) =
                self.nodes.get(at).and_then(|node| node.entry).and_then(|e| self.entries.get(e as usize))
                && ends(length)
            {
                best = Some((length, entry));
            }
        }
        best
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
pub fn fold(c: char) -> char {
    match c {
        ' '..='@' | '['..='~' | 'а'..='я' | '\u{4e00}'..='\u{9fff}' => c,
        'A'..='Z' => c.to_ascii_lowercase(),
        'ё' | 'Ё' => 'е',
        'А'..='Я' => char::from_u32(c as u32 + 32).unwrap_or(c),
        '’' | 'ʼ' | '‘' => '\'',
        '‐' | '‑' => '-',
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
