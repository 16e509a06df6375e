//! Markup and placeholders that were left in the text.

use super::setting::{Setting, before};
use super::sink::Sink;
use crate::model::{Message, Severity};
use crate::rules::proof::ProofRules;
use crate::text::Span;

/// The rule.
pub(super) const RULE: &str = "markup.leftover";

/// No tag or placeholder is longer, in bytes.
const LONGEST: usize = 300;

/// Finds markup where one of its first characters stands, and counts what should be in pairs.
#[derive(Debug, Default)]
pub(super) struct Markup {
    until: usize,
    stars: Option<Span>,
}

impl Markup {
    /// Looks at the mark `c` at `at`.
    #[inline]
    pub(super) fn mark(
        &mut self,
        text: &str,
        c: char,
        at: usize,
        setting: &Setting<'_>,
        rules: &ProofRules,
        sink: &mut Sink,
    ) {
        if matches!(c, '<' | '&' | '{' | '%' | '[' | '*' | '\\' | '$') && at >= self.until && !setting.is_code {
            self.open(text, c, at, rules, sink);
        }
    }

    fn open(&mut self, text: &str, c: char, at: usize, rules: &ProofRules, sink: &mut Sink) {
        let mut end = text.len().min(at + LONGEST);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let rest = text.get(at..end).unwrap_or_default();
        let rest = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).and_then(|end| rest.get(..end)).unwrap_or(rest);
        let head = before(text, at);
        if head == Some('`') {
            return;
        }
        if c == '*' {
            return self.star(rest, at, head);
        }
        let found = match c {
            '<' => tag(rest, rules),
            '&' => reference(rest),
            '{' => braces(rest, head),
            '$' => dollar(rest),
            '%' => percent(rest, head, text, at),
            '[' => brackets(rest, rules),
            _ => escape(rest, head),
        };
        if let Some(len) = found.filter(|&len| len > 0) {
            let span = Span::new(at, at + len);
            self.until = span.end();
            sink.push(RULE, Severity::Warning, span, || (Message::new(RULE).with(shorten(span.of(text))), Vec::new()));
        }
    }

    /// Two stars, no more, that touch a word: one of a pair.
    fn star(&mut self, rest: &str, at: usize, head: Option<char>) {
        let run = rest.len() - rest.trim_start_matches('*').len();
        self.until = at + run;
        let touches = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        let next = rest.get(run..).and_then(|rest| rest.chars().next());
        if run == 2 && (touches(head) || touches(next)) && !head.is_some_and(|c| c.is_ascii_digit()) {
            self.stars = if self.stars.is_some() { None } else { Some(Span::new(at, at + 2)) };
        }
    }

    /// Ends a passage: what is open now stays so.
    pub(super) fn end_passage(&mut self, sink: &mut Sink) {
        if let Some(span) = self.stars.take() {
            sink.push(RULE, Severity::Warning, span, || (Message::new("markup.star"), vec![String::new()]));
        }
    }
}

/// `<b>`, `</p>`, `<a href="…">`, `<!-- … -->`.
fn tag(rest: &str, rules: &ProofRules) -> Option<usize> {
    if rest.starts_with("<!--") {
        return rest.find("-->").map(|at| at + 3);
    }
    let body = rest.strip_prefix("</").or_else(|| rest.strip_prefix('<'))?;
    let name = body.len() - body.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).len();
    let end = rest.find('>')?;
    let name = body.get(..name)?;
    let inside = rest.get(1..end)?;
    let after_name = body.get(name.len()..)?.chars().next()?;
    (rules.is_element(&name.to_ascii_lowercase())
        && !inside.contains('<')
        && matches!(after_name, '>' | '/' | ' ' | '\t'))
    .then_some(end + 1)
}

/// `&nbsp;`, `&#160;`, `&#xA0;`.
fn reference(rest: &str) -> Option<usize> {
    let end = rest.get(1..)?.find(|c: char| !c.is_ascii_alphanumeric() && c != '#')? + 1;
    let name = rest.get(1..end)?;
    let is_number = name.strip_prefix('#').is_some_and(|digits| {
        let hex = digits.strip_prefix(['x', 'X']);
        !digits.is_empty()
            && hex.map_or(digits.bytes().all(|b| b.is_ascii_digit()), |hex| {
                !hex.is_empty() && hex.bytes().all(|b| b.is_ascii_hexdigit())
            })
    });
    let is_name = (2..=8).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_alphanumeric())
        && name.starts_with(|c: char| c.is_ascii_alphabetic());
    (rest.get(end..)?.starts_with(';') && (is_number || is_name)).then_some(end + 1)
}

/// `{{name}}`, `{0}`, `{name}`.
fn braces(rest: &str, head: Option<char>) -> Option<usize> {
    if let Some(body) = rest.strip_prefix("{{") {
        return body.find("}}").filter(|&len| len <= 80).map(|len| len + 4);
    }
    // `\frac{a}{b}` and `x_{i}` are formulas.
    if head.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '\\' | '}' | '_' | '^' | '$')) {
        return None;
    }
    let end = rest.find('}')?;
    let name = rest.get(1..end)?;
    let is_number = !name.is_empty() && name.len() <= 2 && name.bytes().all(|b| b.is_ascii_digit());
    let is_identifier = (3..=40).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.'))
        && name.starts_with(|c: char| c.is_ascii_alphabetic());
    (is_number || is_identifier).then_some(end + 1)
}

/// `${name}`.
fn dollar(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix("${")?;
    let end = body.find('}')?;
    let name = body.get(..end)?;
    (!name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.'))).then_some(end + 3)
}

/// `%s`, `%1$s`, `%(name)s`, `%{name}`, `%@`; not `50 %d’entre eux` and not what stands in addresses.
fn percent(rest: &str, head: Option<char>, text: &str, at: usize) -> Option<usize> {
    let body = rest.strip_prefix('%')?;
    if let Some(named) = body.strip_prefix('(') {
        let end = named.find(')')?;
        return named.get(end + 1..)?.starts_with(['s', 'd']).then_some(end + 4);
    }
    if let Some(named) = body.strip_prefix('{') {
        return named.find('}').filter(|&end| end > 0 && end < 40).map(|end| end + 3);
    }
    let ends_number = |c: Option<char>| c.is_some_and(char::is_numeric);
    let before_blank = head.filter(|c| c.is_whitespace()).and_then(|c| before(text, at - c.len_utf8()));
    if ends_number(head)
        || ends_number(before_blank)
        || head.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '=' | '%'))
    {
        return None;
    }
    let digits = body.len() - body.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 {
        let numbered = body.get(digits..)?.strip_prefix('$')?;
        return numbered.starts_with(['s', 'd', '@']).then_some(digits + 3);
    }
    let mut letters = body.chars();
    let (first, second) = (letters.next()?, letters.next());
    let ends_here = second.is_none_or(|c| !c.is_ascii_hexdigit() && !c.is_ascii_lowercase());
    match first {
        's' | '@' => Some(2),
        'd' | 'i' | 'u' | 'f' if ends_here => Some(2),
        _ => None,
    }
}

/// `[[link]]`, `[text](http…)`, `[b]`, `[/quote]`, `[url=…]`.
fn brackets(rest: &str, rules: &ProofRules) -> Option<usize> {
    if let Some(body) = rest.strip_prefix("[[") {
        return body.find("]]").filter(|&len| len > 0).map(|len| len + 4);
    }
    let end = rest.find(']')?;
    let inside = rest.get(1..end)?;
    let tail = rest.get(end + 1..)?;
    if tail.starts_with("(http") || tail.starts_with("(/") || tail.starts_with("(mailto:") {
        return tail.find(')').map(|close| end + close + 2);
    }
    let name = inside.strip_prefix('/').unwrap_or(inside);
    let name = name.split('=').next()?;
    let is_closing = inside.starts_with('/');
    let is_long = name.len() > 1 || is_closing || inside.contains('=');
    // `[b]` is markup where it is closed, `[a]` and `[i]` may be notes or sounds.
    let is_closed = || rest.contains(&format!("[/{name}]"));
    (rules.is_bbcode(&name.to_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase())
        && (is_closing || is_long && inside.contains('=') || is_closed()))
    .then_some(end + 1)
}

/// `\n`, `\t`, `\u00a0` written out; not a path, not a formula.
fn escape(rest: &str, head: Option<char>) -> Option<usize> {
    let body = rest.strip_prefix('\\')?;
    if head.is_some_and(|c| {
        c.is_ascii_alphanumeric() && c.is_ascii_uppercase() || matches!(c, ':' | '\\' | '/' | '$' | '{' | '}')
    }) {
        return None;
    }
    if let Some(hex) = body.strip_prefix('u') {
        let is_hex = hex.get(..4).is_some_and(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
        return is_hex.then_some(6);
    }
    let mut len = 0;
    let mut rest = rest;
    while let Some(more) =
        rest.strip_prefix("\\n").or_else(|| rest.strip_prefix("\\r")).or_else(|| rest.strip_prefix("\\t"))
    {
        rest = more;
        len += 2;
    }
    (len > 0 && !rest.starts_with(|c: char| c.is_ascii_lowercase() || matches!(c, '{' | '\\' | '_'))).then_some(len)
}

fn shorten(text: &str) -> String {
    const SHOWN: usize = 40;
    if text.chars().count() <= SHOWN {
        return text.to_owned();
    }
    text.chars().take(SHOWN).chain(['…']).collect()
}
