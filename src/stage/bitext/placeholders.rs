//! Placeholders, tags and inline codes: what a program or a reader's screen puts in or takes out must be in both.

use super::compare::unmatched;
use super::{Pair, Sink, Task};
use crate::model::{Message, Severity};
use crate::text::Span;

const RULE: &str = "segment.placeholder";

/// No placeholder is longer, in bytes.
const LONGEST: usize = 200;

/// Compares the placeholders of a pair; gives the places of those of the source and of the target, which are no text.
pub(super) fn check(task: &Task<'_>, pair: &Pair<'_>, sink: &mut Sink) -> [Vec<Span>; 2] {
    let (source, target) = (task.source(pair), task.target(pair));
    let (from, to) = (placeholders(source), placeholders(target));
    let name = |text: &str, span: &Span| key(span.of(text));
    let (mut lost, mut extra) = unmatched(&from, &to, |a, b| name(source, a) == name(target, b));
    if let Some(plural) = &pair.segment.plural {
        // A form for one thing may say it in a word, and either of both messages may be what a form was made of.
        let other = placeholders(plural);
        let (lost_of_other, extra_of_other) = unmatched(&other, &to, |a, b| name(plural, a) == name(target, b));
        if extra_of_other.is_empty() && lost_of_other.is_empty() {
            extra.clear();
            lost.clear();
        } else if lost.len() == 1 && extra.is_empty() {
            lost.clear();
        }
    }
    if let ([one], [other]) = (lost.as_slice(), extra.as_slice())
        && let (Some(one), Some(other)) = (from.get(*one), to.get(*other))
    {
        let (says, not) = (super::shortened(one.of(source)), super::shortened(other.of(target)));
        let place = other.shifted(pair.target.start());
        let message = Message::new(RULE).with(says).with(not);
        sink.say(RULE, Severity::Error, place, message, vec![one.of(source).to_owned()]);
        lost.clear();
        extra.clear();
    }
    for span in lost.iter().filter_map(|n| from.get(*n)) {
        let what = super::shortened(span.of(source));
        sink.say(RULE, Severity::Error, pair.head, Message::new("segment.placeholder-lost").with(what), Vec::new());
    }
    for span in extra.iter().filter_map(|n| to.get(*n)) {
        let what = super::shortened(span.of(target));
        let place = span.shifted(pair.target.start());
        sink.say(RULE, Severity::Error, place, Message::new("segment.placeholder-extra").with(what), Vec::new());
    }
    let [own, other] = &pair.segment.codes;
    let (lost, extra) = unmatched(own, other, |a, b| a == b);
    let codes = |list: &[String], numbers: &[usize]| {
        numbers.iter().filter_map(|n| list.get(*n)).map(|id| format!("“{id}”")).collect::<Vec<_>>().join(", ")
    };
    if !lost.is_empty() {
        let message = Message::new("segment.code-lost").with(codes(own, &lost));
        sink.say(RULE, Severity::Error, pair.head, message, Vec::new());
    }
    if !extra.is_empty() {
        let message = Message::new("segment.code-extra").with(codes(other, &extra));
        sink.say(RULE, Severity::Error, pair.head, message, Vec::new());
    }
    [from, to]
}

/// What makes two placeholders the same: of a tag its name, of a placeholder that chooses between texts its argument.
fn key(text: &str) -> String {
    if let Some(tag) = text.strip_prefix('<') {
        let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let end = if tag.starts_with('/') { "/" } else { "" };
        return format!("<{end}{}", name.to_ascii_lowercase());
    }
    if text.starts_with('{') && !text.starts_with("{{") {
        return text.split(',').next().unwrap_or_default().trim_end_matches('}').trim().to_owned();
    }
    text.to_owned()
}

/// The placeholders and tags in a text.
pub(super) fn placeholders(text: &str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| rest.find(['%', '{', '$', '<'])) {
        let start = at + next;
        let rest = text.get(start..).unwrap_or_default();
        let head = text.get(..start).and_then(|t| t.chars().next_back());
        let len = match rest.as_bytes().first() {
            Some(b'%') => percent(rest, head),
            Some(b'{') => braces(rest),
            Some(b'$') => rest.strip_prefix('$').filter(|r| r.starts_with('{')).map_or(0, braces).saturating_add(1),
            _ => tag(rest),
        };
        let len = if rest.starts_with('$') && len == 1 { 0 } else { len };
        if len > 0 && !rest.starts_with("%%") {
            out.push(Span::new(start, start + len));
        }
        at = start + len.max(1);
    }
    out
}

/// `%s`, `%1$s`, `%-5.2f`, `%ld`, `%(name)s`, `%{name}`, `%@`, and `%%`, which is none.
fn percent(text: &str, head: Option<char>) -> usize {
    let body = text.get(1..).unwrap_or_default();
    if body.starts_with('%') {
        return 2;
    }
    if let Some(named) = body.strip_prefix('(') {
        let Some(end) = named.find(')').filter(|end| *end < LONGEST) else { return 0 };
        let tail = named.get(end + 1..).unwrap_or_default();
        let flags = tail.len()
            - tail.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | '#')).len();
        let conversion = tail.get(flags..).and_then(|t| t.chars().next()).filter(char::is_ascii_alphabetic);
        return conversion.map_or(0, |_| end + flags + 4);
    }
    if let Some(named) = body.strip_prefix('{') {
        return named.find('}').filter(|end| *end > 0 && *end < LONGEST).map_or(0, |end| end + 3);
    }
    // `50 %d’entre eux` is a share.
    if head.is_some_and(|c| c.is_numeric() || c.is_whitespace() && c != ' ') {
        return 0;
    }
    let trimmed =
        body.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '$' | '.' | '-' | '+' | '#' | '*'));
    let flags = body.len() - trimmed.len();
    let rest = trimmed.trim_start_matches(['l', 'h', 'z', 'j', 'q', 'L']);
    let size = trimmed.len() - rest.len();
    let mut chars = rest.chars();
    let (conversion, next) = (chars.next(), chars.next());
    let ends = |next: Option<char>| next.is_none_or(|c| !c.is_alphabetic()) || flags > 0;
    match conversion {
        Some('s' | 'd' | 'i' | 'u' | 'f' | 'x' | 'X' | 'c' | 'g' | 'e' | 'o' | 'p' | 'n') if ends(next) => {
            2 + flags + size
        }
        Some('@') => 2 + flags,
        _ => 0,
    }
}

/// `{0}`, `{name}`, `{{name}}`, `{n, plural, …}`: up to the brace that closes it.
fn braces(text: &str) -> usize {
    let mut depth = 0;
    for (at, byte) in text.bytes().enumerate().take(4 * LONGEST) {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    let inside = text.get(1..at).unwrap_or_default().trim_start_matches('{').trim();
                    let name = inside.split([',', '}', ':', '|', '!']).next().unwrap_or_default().trim();
                    let is_name = name
                        .chars()
                        .all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '$' | '[' | ']' | '@'));
                    return if is_name { at + 1 } else { 0 };
                }
            }
            _ => {}
        }
    }
    0
}

/// `<b>`, `</a>`, `<br/>`, `<a href="…">`.
fn tag(text: &str) -> usize {
    let body = text.get(1..).unwrap_or_default();
    let body = body.strip_prefix('/').unwrap_or(body);
    if !body.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return 0;
    }
    let Some(end) = text.find('>').filter(|end| *end < 2 * LONGEST) else { return 0 };
    let inside = text.get(1..end).unwrap_or_default();
    let name = body.len() - body.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-').len();
    let after = body.get(name..).and_then(|rest| rest.chars().next());
    let is_tag = !inside.contains('<') && matches!(after, Some('>' | '/' | ' ' | '\t' | '\n'));
    // `<you@example.org>` and `<file name>` are no tags.
    let plain = inside.trim_matches('/').trim().bytes().all(|b| b.is_ascii_alphanumeric())
        || inside.contains('=')
        || inside.ends_with('/');
    if is_tag && plain { end + 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::{key, placeholders};

    #[test]
    fn placeholders_of_many_kinds_are_found() {
        let found = |text: &str| placeholders(text).iter().map(|s| s.of(text).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            found("%s of %1$d: %-5.2f, %ld; %(name)s, %{n}, %@"),
            ["%s", "%1$d", "%-5.2f", "%ld", "%(name)s", "%{n}", "%@"]
        );
        assert_eq!(found("{0} {name} {{ user.name }} ${total} {n, plural, one {# file} other {# files}}").len(), 5);
        assert_eq!(found("<b>bold</b> <a href=\"x\">y</a><br/>").len(), 5);
        assert_eq!(found("100% sure, 5 % de, a < b > c, <you@example.org>, {not a name}, 100%%, $5"), [""; 0]);
        assert_eq!(key("<a href=\"x\">"), key("<a>"));
        assert_eq!(key("{n, plural, one {a} other {b}}"), key("{n}"));
    }
}
