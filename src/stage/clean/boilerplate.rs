//! Blocks that are no part of the article, by cue phrases: a block falls on two different families of cues, or on one and its place or
//! shortness, never on one phrase in a longer text.

use crate::model::{Block, Boilerplate, Kind};
use crate::rules::boilerplate::{BoilerplateRules, Cue, Kind as Evidence, Part, Place, normalize};

/// Longer blocks are text, in bytes; at the edges of a document legal notices are longer.
const LONGEST: usize = 1500;
const LONGEST_AT_EDGE: usize = 4000;
/// Lines of links and buttons are not longer, in bytes.
const LINE: usize = 240;
/// Buttons and labels are not longer, in bytes.
const BUTTON: usize = 90;
/// Between two parts of a phrase, in bytes.
const GAP: usize = 160;
/// What makes a block boilerplate.
const ENOUGH: i32 = 4;
/// So many blocks at the beginning and at the end are the edges of a document.
const HEAD: usize = 2;
const TAIL: usize = 3;

/// So much speaks for a suspicion, of a block that is not longer, in bytes.
const SOME: i32 = 2;
const NOTICE: usize = 600;

/// The blocks that are boilerplate, by their number.
pub fn boilerplate(text: &str, blocks: &[Block], rules: &BoilerplateRules) -> Vec<Boilerplate> {
    boilerplate_and_suspects(text, blocks, rules).0
}

/// The blocks that are boilerplate, and those that may be: one cue speaks for it, which is not enough by itself.
pub fn boilerplate_and_suspects(
    text: &str,
    blocks: &[Block],
    rules: &BoilerplateRules,
) -> (Vec<Boilerplate>, Vec<Boilerplate>) {
    if blocks.len() < 2 {
        return (Vec::new(), Vec::new());
    }
    let mut judge = Judge { rules, letters: String::new(), normal: Vec::new(), hits: Vec::new(), open: Vec::new() };
    let edges = Edges::of(text, blocks);
    let (mut out, mut suspects) = (Vec::new(), Vec::new());
    for (index, block) in blocks.iter().enumerate() {
        if matches!(block.kind, Kind::Title | Kind::Code | Kind::Table) {
            continue;
        }
        let edge = edges.has(index);
        if block.span.len() <= if edge { LONGEST_AT_EDGE } else { LONGEST } {
            match judge.rule(block.span.of(text), block.kind, edge) {
                Some((rule, ENOUGH..)) => out.push(Boilerplate { block: index, rule }),
                Some((rule, SOME..)) if block.span.len() <= NOTICE => suspects.push(Boilerplate { block: index, rule }),
                _ => {}
            }
        }
    }
    // A document of nothing but boilerplate is about something after all.
    if out.len() == blocks.len() { (Vec::new(), Vec::new()) } else { (out, suspects) }
}

/// Where a document begins and ends; a second copy of it, too.
struct Edges {
    blocks: usize,
    copy: Option<usize>,
}

impl Edges {
    fn of(text: &str, blocks: &[Block]) -> Self {
        let first = blocks.first().map(|block| block.span);
        let copy = first.filter(|first| first.len() > LINE / 4).and_then(|first| {
            blocks
                .iter()
                .skip(1)
                .position(|block| block.span.len() == first.len() && block.span.of(text) == first.of(text))
        });
        Self { blocks: blocks.len(), copy: copy.map(|at| at + 1) }
    }

    /// Whether block `index` is near the beginning or end of the document or of its first copy.
    fn has(&self, index: usize) -> bool {
        let head = if self.blocks > 2 * (HEAD + TAIL) { HEAD } else { 1 };
        let tail = if self.blocks > 2 * (HEAD + TAIL) { TAIL } else { 1 + usize::from(self.blocks > 3) };
        index < head
            || index + tail >= self.blocks
            || self.copy.is_some_and(|copy| index < copy && index + TAIL >= copy)
    }
}

/// A phrase that was found: where, and what it says.
#[derive(Clone, Copy)]
struct Hit {
    start: usize,
    end: usize,
    phrase: u32,
    cue: Cue,
}

/// The beginning of a phrase that was found.
#[derive(Clone, Copy)]
struct Open {
    pattern: usize,
    /// The phrase, where it is not the first part; the first part is that of many phrases.
    phrase: Option<u32>,
    start: usize,
    end: usize,
}

struct Judge<'r> {
    rules: &'r BoilerplateRules,
    letters: String,
    normal: Vec<u8>,
    hits: Vec<Hit>,
    open: Vec<Open>,
}

impl Judge<'_> {
    /// The rule by which a block may be boilerplate, and how much speaks for it.
    fn rule(&mut self, text: &str, kind: Kind, edge: bool) -> Option<(&'static str, i32)> {
        if let Some(rule) = self.line(text) {
            return Some((rule, ENOUGH));
        }
        self.find(text);
        let mut best: Option<(i32, &'static str)> = None;
        let mut seen: Vec<&'static str> = Vec::new();
        for at in 0..self.hits.len() {
            let Some(rule) = self.hits.get(at).filter(|hit| hit.cue.kind != Evidence::Against).map(|hit| hit.cue.rule)
            else {
                continue;
            };
            if seen.contains(&rule) {
                continue;
            }
            seen.push(rule);
            let score = self.score(rule, text, kind, edge);
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, rule));
            }
        }
        best.map(|(score, rule)| (rule, score))
    }

    /// How much speaks for `rule`.
    fn score(&self, rule: &str, text: &str, kind: Kind, edge: bool) -> i32 {
        let (mut families, mut names, mut own, mut against) =
            (Vec::<(u16, u8)>::new(), Vec::<u32>::new(), false, Vec::<u32>::new());
        let mut labelled = false;
        for hit in &self.hits {
            match hit.cue.kind {
                Evidence::Against if !against.contains(&hit.phrase) => against.push(hit.phrase),
                _ if hit.cue.rule != rule => {}
                Evidence::Own => own = true,
                Evidence::Name if !names.contains(&hit.phrase) => names.push(hit.phrase),
                Evidence::For => {
                    labelled |= hit.cue.place == Place::Start && self.has_colon(hit.end);
                    match families.iter_mut().find(|(family, _)| *family == hit.cue.family) {
                        Some((_, weight)) => *weight = hit.cue.weight.max(*weight),
                        None => families.push((hit.cue.family, hit.cue.weight)),
                    }
                }
                _ => {}
            }
        }
        let covered = self.covered(rule);
        let dense = covered * 100 >= self.normal.len() * 35;
        let full = covered * 100 >= self.normal.len() * 60;
        let chars = text.len().min(LINE + 1);
        let short = chars <= LINE && !text.ends_with(['.', '。', '!', '?', '！', '？']);
        let some = covered * 100 >= self.normal.len() * 18 || chars <= LINE;
        let row = if names.len() > 1 && dense { names.len().min(4) as i32 } else { 0 };
        if families.is_empty() && row == 0
            || !some
            || kind == Kind::Heading && families.len() < 2 && !labelled && row == 0
        {
            return 0;
        }
        let support = [own, edge, dense, short, labelled].map(i32::from);
        if families.len() + usize::from(row > 0) < 2 && !own && !edge && !dense && !short {
            return 0;
        }
        let penalty = match against.len() {
            0 => 0,
            1 => 2,
            _ => 3,
        };
        let weight: i32 = families.iter().map(|&(_, weight)| i32::from(weight)).sum();
        let [own, edge, dense, short, labelled] = support;
        weight + row + own + edge + (dense + short + labelled).min(1) + i32::from(full) - penalty
    }

    /// Whether a phrase that ends at `end` has a colon at its end or after it.
    fn has_colon(&self, end: usize) -> bool {
        [end.saturating_sub(1), end].iter().any(|&at| self.normal.get(at) == Some(&b':'))
    }

    /// Finds the phrases of a text, none where none speaks for boilerplate.
    fn find(&mut self, text: &str) {
        self.normal.clear();
        self.hits.clear();
        self.open.clear();
        normalize(text, &mut self.normal);
        if !self.rules.may_speak(&self.normal) {
            return;
        }
        for found in self.rules.automaton.find_overlapping_iter(&self.normal) {
            let (pattern, start, end) = (found.pattern().as_usize(), found.start(), found.end());
            let mut opens = false;
            for part in self.rules.parts(pattern) {
                let Some(begin) = begin(&self.open, part, start) else { continue };
                if !part.last {
                    if part.index == 0 {
                        opens = true;
                    } else {
                        self.open.push(Open { pattern, phrase: Some(part.phrase), start: begin, end });
                    }
                    continue;
                }
                let Some(&cue) = self.rules.cue(part.cue) else { continue };
                if cue.place != Place::Start || begin <= 1 {
                    self.hits.push(Hit { start: begin, end, phrase: part.phrase, cue });
                }
            }
            if opens {
                match self.open.iter_mut().find(|open| open.pattern == pattern && open.phrase.is_none()) {
                    Some(open) => (open.start, open.end) = (start, end),
                    None => self.open.push(Open { pattern, phrase: None, start, end }),
                }
            }
        }
    }

    /// How many bytes the phrases of a rule cover.
    fn covered(&self, rule: &str) -> usize {
        let mut places: Vec<(usize, usize)> = self
            .hits
            .iter()
            .filter(|hit| hit.cue.rule == rule && hit.cue.kind != Evidence::Against)
            .map(|hit| (hit.start, hit.end))
            .collect();
        places.sort_unstable();
        let (mut covered, mut to) = (0, 0);
        for (start, end) in places {
            covered += end.max(to) - start.max(to);
            to = end.max(to);
        }
        covered
    }

    /// The rule of a line that is a button or a label, or a row of such.
    fn line(&mut self, text: &str) -> Option<&'static str> {
        if text.len() <= BUTTON
            && let Some(cue) = self.rules.whole(text, &mut self.letters)
        {
            return Some(cue.rule);
        }
        let bytes = text.as_bytes();
        if text.len() > LINE
            || text.ends_with(['.', '。', '!', '?', '…', ':', ';'])
            || memchr::memchr3(b'|', b'/', b'\t', bytes).is_none() && memchr::memchr2(0xc2, 0xe2, bytes).is_none()
        {
            return None;
        }
        let (mut all, mut known, mut rule) = (0, 0, None);
        for piece in
            text.split(['|', '·', '•', '›', '»', '/', '\t']).filter(|piece| piece.chars().any(char::is_alphabetic))
        {
            all += 1;
            if let Some(cue) = self.rules.whole(piece, &mut self.letters) {
                known += 1;
                rule = rule.or(Some(cue.rule));
            }
        }
        rule.filter(|_| all > 1 && known * 2 >= all && known > 1)
    }
}

/// Where the phrase began of which `part` stands at `start`; `None` where what must stand before it does not.
fn begin(open: &[Open], part: &Part, start: usize) -> Option<usize> {
    let Some(before) = part.before else { return Some(start) };
    let wanted = (part.index > 1).then_some(part.phrase);
    let found = open.iter().rev().find(|open| open.pattern == before as usize && open.phrase == wanted)?;
    // The blank that ends one part may begin the next.
    (start + 1 >= found.end && start <= found.end + GAP).then_some(found.start)
}

#[cfg(test)]
mod tests {
    use super::{Block, BoilerplateRules, Kind, boilerplate};
    use crate::rules::Overlay;
    use crate::text::Span;

    #[test]
    fn hostile_texts_are_read_in_linear_time_and_nothing_is_dropped_whole() {
        let rules = BoilerplateRules::load(&Overlay::default()).unwrap();
        for unit in ["a", "-", ".", "not ", "не ", "© ", "advice not ", "Reklama | ", "不"] {
            let line = unit.repeat(1_400 / unit.len());
            let text = line.repeat(300);
            let blocks: Vec<_> = (0..300)
                .map(|n| Block { span: Span::new(n * line.len(), (n + 1) * line.len()), kind: Kind::Paragraph })
                .collect();
            assert!(boilerplate(&text, &blocks, &rules).len() < blocks.len(), "{unit:?}");
        }
        assert!(boilerplate("Log in", &[Block { span: Span::new(0, 6), kind: Kind::Paragraph }], &rules).is_empty());
    }
}
