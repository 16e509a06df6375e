//! Where a fragment stands: in brackets, in quotation marks, in program text.

use crate::model::ForeignKind;
use crate::text::script::{self, Script};
use crate::text::{Span, words};

use super::scan::Home;

/// How far a bracket or quotation mark is looked for, in bytes.
const REACH: usize = 240;
/// How far back a mark that closes is looked for, in characters.
const LOOKED: usize = 200;
/// A longer quotation of another language is no name or motto: it may be a leftover, quoted. In letters.
const QUOTED: usize = 60;

/// Why a fragment at `span` is there on purpose, by what stands around it.
pub(super) fn purpose(text: &str, passage: Span, span: Span, home: &Home) -> Option<ForeignKind> {
    let before = before(text, passage, span.start());
    let after = after(text, passage, span.end());
    if let Some((open, inside)) = opening(before) {
        let closing = closing(open);
        if let Some(end) = after.find(|c: char| closing.contains(&c)) {
            let tail = after.get(..end).unwrap_or_default();
            return enclosed(open, inside, span.of(text), tail, home);
        }
    }
    None
}

/// Why a fragment in the script of the text is there on purpose: it fills a pair of brackets or quotation marks.
pub(super) fn within_marks(text: &str, passage: Span, span: Span) -> Option<ForeignKind> {
    let (open, head) = opening(before(text, passage, span.start()))?;
    let after = after(text, passage, span.end());
    let closing = closing(open);
    let tail = after.get(..after.find(|c: char| closing.contains(&c))?).unwrap_or_default();
    let own = letters(span.of(text));
    let beside = letters(head) + letters(tail);
    if open == '`' {
        return Some(ForeignKind::Code);
    }
    if own > QUOTED || beside * 2 > own {
        return None;
    }
    Some(match open {
        '(' | '（' | '[' | '［' | '【' => ForeignKind::Gloss,
        '《' | '『' | '〈' => ForeignKind::Title,
        _ => ForeignKind::Quotation,
    })
}

fn before(text: &str, passage: Span, at: usize) -> &str {
    let mut from = at.saturating_sub(REACH).max(passage.start());
    while !text.is_char_boundary(from) {
        from += 1;
    }
    text.get(from..at).unwrap_or_default()
}

fn after(text: &str, passage: Span, at: usize) -> &str {
    let mut to = (at + REACH).min(passage.end());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    text.get(at..to).unwrap_or_default()
}

/// The bracket or quotation mark that is open at the end of `before`, and what stands between it and the end.
fn opening(before: &str) -> Option<(char, &str)> {
    let mut closed: Vec<char> = Vec::new();
    for (at, c) in before.char_indices().rev() {
        match c {
            ')' | '）' | ']' | '］' | '»' | '」' | '』' | '》' | '】' => closed.push(c),
            '(' | '（' | '[' | '［' | '«' | '„' | '“' | '‘' | '「' | '『' | '《' | '〈' | '【'
                if closed.pop().is_none_or(|last| !closing(c).contains(&last)) =>
            {
                return Some((c, before.get(at + c.len_utf8()..).unwrap_or_default()));
            }
            // Straight marks open after a blank or bracket and close before one.
            '"' | '\'' | '`' => {
                let outside = before.get(..at).and_then(|b| b.chars().next_back()).is_none_or(|p| !words::is_word(p));
                if c == '\'' && !outside {
                    continue;
                }
                let next = before.get(at + 1..).and_then(|a| a.chars().next()).is_none_or(|n| !n.is_whitespace());
                return (next && (outside || c == '`')).then(|| (c, before.get(at + 1..).unwrap_or_default()));
            }
            '\n' => return None,
            _ => {}
        }
    }
    None
}

fn closing(open: char) -> &'static [char] {
    match open {
        '(' | '（' => &[')', '）'],
        '[' | '［' => &[']', '］'],
        '«' => &['»'],
        '„' => &['“', '”', '"'],
        '“' => &['”', '"'],
        '‘' => &['’'],
        '「' => &['」'],
        '『' => &['』'],
        '《' => &['》'],
        '〈' => &['〉'],
        '【' => &['】'],
        '"' => &['"', '”'],
        '\'' => &['\''],
        '`' => &['`'],
        _ => &[],
    }
}

/// Why a fragment between `head` and `tail` inside a pair of marks is there on purpose.
fn enclosed(open: char, head: &str, fragment: &str, tail: &str, home: &Home) -> Option<ForeignKind> {
    if open == '`' {
        return Some(ForeignKind::Code);
    }
    let at_home = |part: &str| part.chars().filter(|c| home.is_home(*c)).count();
    let native = at_home(head) + at_home(tail);
    if matches!(open, '(' | '（' | '[' | '［' | '【') {
        let labelled = head.trim_end().ends_with([':', '：', '.', ',', ';', '，', '、', '；', '=', '/', '—', '–', '-']);
        let own = letters(fragment);
        if native == 0 || labelled || head.trim().is_empty() || native <= own {
            let year = [head, fragment, tail].iter().any(|part| has_year(part));
            let cited = open == '['
                || fragment.contains("et al")
                || (year && fragment.chars().next().is_some_and(char::is_uppercase));
            return Some(if cited { ForeignKind::Citation } else { ForeignKind::Gloss });
        }
        return None;
    }
    if native > 0 {
        return None;
    }
    let own = letters(fragment) * if is_dense(fragment) { 3 } else { 1 };
    let title = matches!(open, '《' | '『' | '〈');
    (own <= QUOTED).then_some(if title { ForeignKind::Title } else { ForeignKind::Quotation })
}

/// Whether the gap after `fragment` closes a mark that was open before the fragment, or stands at the edge of program text.
pub(super) fn leaves(fragment: &str, gap: &str) -> bool {
    gap.char_indices().any(|(at, c)| match c {
        '`' => true,
        ')' | '）' | ']' | '］' | '»' | '”' | '」' | '』' | '》' | '】' => {
            let head = gap.get(..at).unwrap_or_default();
            !fragment.chars().rev().take(LOOKED).chain(head.chars()).any(|open| closing(open).contains(&c))
        }
        _ => false,
    })
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

fn is_dense(text: &str) -> bool {
    text.chars().any(|c| matches!(script::of(c), Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul))
}

/// Whether the text has a number from 1500 to 2099.
fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit()).any(|n| n.len() == 4 && matches!(n.parse::<u16>(), Ok(1500..=2099)))
}

/// Whether a fragment that touches ASCII signs belongs to an address: `https://ru.wikipedia.org/wiki/Закон`.
pub(super) fn in_address(text: &str, passage: Span, span: Span) -> bool {
    let before = before(text, passage, span.start());
    if !before.ends_with(['/', '_', '=', '-', '.', '@', '#', '&', '?', '%', ':']) {
        return false;
    }
    let token = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    token.contains("://") || token.starts_with("www.") || token.ends_with('@') || token.ends_with('#')
}
