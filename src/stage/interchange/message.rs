//! Messages in the syntax of ICU: their texts without what chooses between them.

use super::build::Run;

/// Adds the texts of a message to a run: those of plural and select arguments one after the other, each on a line.
/// `letters` are the characters of the message, each with what adds it.
pub(super) fn texts(message: &Run, out: &mut Run) {
    let text = message.text.clone();
    if !is_complex(&text) {
        out.append(message);
        return;
    }
    let mut kept: Vec<(usize, usize)> = Vec::new();
    outside(&text, 0, text.len(), 0, &mut kept);
    for (from, to) in kept {
        let part = message.part(from, to);
        if part.text.trim().is_empty() {
            continue;
        }
        if !out.text.is_empty() && !out.text.ends_with('\n') {
            out.put('\n', crate::text::Span::new(part.start(), part.start()));
        }
        out.append(&part);
    }
}

/// Whether a message chooses between texts.
fn is_complex(text: &str) -> bool {
    let squeezed: String = text.split_whitespace().collect();
    [",plural,", ",select,", ",selectordinal,"].iter().any(|kind| squeezed.contains(kind))
}

/// Finds the parts of `text` from `from` to `to` that are text: what stands outside of arguments that choose, and inside their branches.
fn outside(text: &str, from: usize, to: usize, depth: usize, kept: &mut Vec<(usize, usize)>) {
    let (mut start, mut at) = (from, from);
    while at < to {
        match text.as_bytes().get(at) {
            Some(b'{') => {
                let end = closing(text, at, to);
                let inside = text.get(at + 1..end.saturating_sub(1)).unwrap_or_default();
                let mut parts = inside.splitn(3, ',');
                let kind = parts.nth(1).map_or("", str::trim);
                if depth < 16 && matches!(kind, "plural" | "select" | "selectordinal") {
                    kept.push((start, at));
                    let branches = inside.len() - parts.next().map_or(0, str::len);
                    branches_of(text, at + 1 + branches, end.saturating_sub(1), depth, kept);
                    start = end;
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    kept.push((start, to));
}

/// The branches of an argument: `one {…} other {…}`.
fn branches_of(text: &str, from: usize, to: usize, depth: usize, kept: &mut Vec<(usize, usize)>) {
    let mut at = from;
    while let Some(open) = text.get(at..to).and_then(|rest| rest.find('{')) {
        let end = closing(text, at + open, to);
        outside(text, at + open + 1, end.saturating_sub(1), depth + 1, kept);
        at = end;
    }
}

/// Where the brace that opens at `at` is closed, behind it; `to` where it is not.
fn closing(text: &str, at: usize, to: usize) -> usize {
    let mut depth = 0;
    for (n, byte) in text.as_bytes().get(at..to).unwrap_or_default().iter().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return at + n + 1;
                }
            }
            _ => {}
        }
    }
    to
}
