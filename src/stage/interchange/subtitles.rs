//! Subtitles: SubRip and WebVTT. A cue is a segment; its lines are joined as a reader does.

use super::Interchange;
use super::build::{Builder, Run};
use crate::model::{Kind, Segment};
use crate::text::{Span, script};

/// Whether a text begins as SubRip subtitles do: with a number, then with times.
pub(super) fn begins(text: &str) -> bool {
    let mut lines = text.lines();
    let number =
        lines.next().is_some_and(|line| !line.trim().is_empty() && line.trim().bytes().all(|b| b.is_ascii_digit()));
    number && lines.next().is_some_and(is_timing)
}

/// Reads SubRip subtitles.
pub(super) fn srt(source: &str) -> Interchange {
    cues(source, false)
}

/// Reads WebVTT subtitles.
pub(super) fn vtt(source: &str) -> Interchange {
    cues(source, true)
}

fn is_timing(line: &str) -> bool {
    let Some((from, to)) = line.split_once("-->") else { return false };
    let is_time = |text: &str| {
        let time = text.split_whitespace().next().unwrap_or_default();
        time.contains(':') && time.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b',' | b'.' | b'-'))
    };
    is_time(from) && is_time(to)
}

fn cues(source: &str, is_vtt: bool) -> Interchange {
    let mut out = Builder::new(source);
    // The lines with their places.
    let mut lines: Vec<Span> = Vec::new();
    let mut at = 0;
    for end in memchr::memchr2_iter(b'\n', b'\r', source.as_bytes()).chain([source.len()]) {
        if end >= at {
            lines.push(Span::new(at, end));
            at = end + 1;
            if source.as_bytes().get(end) == Some(&b'\r') && source.as_bytes().get(at) == Some(&b'\n') {
                at += 1;
            }
        }
    }
    let text = |n: usize| lines.get(n).map_or("", |line| line.of(source).trim());
    let mut n = 0;
    while n < lines.len() {
        if !is_timing(text(n)) {
            // A note, a style, or a header: all of it up to a blank line.
            let is_block = ["NOTE", "STYLE", "REGION", "WEBVTT"].iter().any(|word| text(n).starts_with(word));
            if is_vtt && is_block {
                while n < lines.len() && !text(n).is_empty() && !is_timing(text(n)) {
                    n += 1;
                }
                continue;
            }
            n += 1;
            continue;
        }
        let name = n.checked_sub(1).map(text).filter(|name| !name.is_empty());
        let id = name.map_or_else(|| (out.out.segments.len() + 1).to_string(), str::to_owned);
        let place = lines.get(n).copied().unwrap_or_default();
        let mut run = Run { place, ..Run::default() };
        n += 1;
        while n < lines.len() && !text(n).is_empty() && !is_timing(text(n)) {
            // Some files have no blank line between cues.
            if is_timing(text(n + 1)) && text(n).bytes().all(|b| b.is_ascii_digit()) {
                break;
            }
            let line = lines.get(n).copied().unwrap_or_default().trimmed(source);
            join(&mut run, line, source);
            words(&mut run, line, source, is_vtt);
            n += 1;
        }
        out.segment(&run, Kind::Paragraph, Segment { id, place, ..Segment::default() });
    }
    out.finish()
}

/// Puts in what stands between two lines of a cue: a blank, or nothing between characters of scripts that have none; a new speaker begins a line.
fn join(run: &mut Run, line: Span, source: &str) {
    let place = Span::new(line.start(), line.start());
    let unspaced = |c: Option<char>| c.is_some_and(|c| script::is_unspaced(script::of(c)));
    let next = line.of(source).chars().next();
    if run.text.is_empty() || unspaced(run.text.chars().next_back()) && unspaced(next) {
        return;
    }
    run.put(if matches!(next, Some('-' | '–' | '—')) { '\n' } else { ' ' }, place);
}

/// Adds the words of a line: without tags, references resolved.
fn words(run: &mut Run, line: Span, source: &str, is_vtt: bool) {
    let text = line.of(source);
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let next = rest.find(['<', '{', '&']).unwrap_or(rest.len());
        run.copy(rest.get(..next).unwrap_or_default(), line.start() + at);
        at += next;
        let rest = rest.get(next..).unwrap_or_default();
        let Some(first) = rest.chars().next() else { break };
        let place = |len: usize| Span::new(line.start() + at, line.start() + at + len);
        let reference = REFERENCES.iter().find(|(name, _)| is_vtt && rest.starts_with(name));
        let len = match (first, reference) {
            (_, Some((name, c))) => {
                run.put(*c, place(name.len()));
                name.len()
            }
            ('<', _) => tag(rest),
            ('{', _) if rest.starts_with("{\\") => rest.find('}').map_or(0, |end| end + 1),
            _ => 0,
        };
        if len == 0 {
            run.copy(rest.get(..first.len_utf8()).unwrap_or_default(), line.start() + at);
        }
        at += len.max(first.len_utf8());
    }
}

const REFERENCES: [(&str, char); 6] =
    [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&nbsp;", '\u{a0}'), ("&lrm;", '\u{200e}'), ("&rlm;", '\u{200f}')];

/// The length of the tag at the beginning; 0 where there is none.
fn tag(text: &str) -> usize {
    let Some(end) = text.find('>') else { return 0 };
    let name = text.get(1..end).unwrap_or_default().trim_start_matches('/');
    let is_time = !name.is_empty() && name.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.'));
    let word = name.split([' ', '.', '\t']).next().unwrap_or_default();
    let known = ["b", "i", "u", "s", "c", "v", "ruby", "rt", "lang", "font", "em", "strong", "br"];
    if is_time || known.iter().any(|known| word.eq_ignore_ascii_case(known)) { end + 1 } else { 0 }
}
