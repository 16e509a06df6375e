//! Suppressions in the document itself: comments such as `<!-- recensio-disable-next-line RULE -- reason -->`.

use super::choice::named;
use crate::text::Span;
use crate::text::place::Lines;

const SIGN: &str = "recensio-";
/// A comment in angle brackets is no longer, in bytes.
const LONGEST: usize = 2000;

/// How comments are written in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Style {
    /// In angle brackets: `<!-- … -->`.
    Markup {
        /// What ends the unit that follows a comment; where there is none, a line is one.
        units: &'static [&'static str],
    },
    /// From `#` to the end of the line; an empty line ends the unit that follows. PO: `#`, `#.`.
    Hash,
    /// Either of both, alone on its line.
    Plain,
}

/// How comments are written in documents of a media type.
pub(in crate::cli) fn style(media_type: &str) -> Style {
    match media_type {
        "text/markdown" | "text/html" => Style::Markup { units: &[] },
        "application/xliff+xml" => Style::Markup { units: &["</trans-unit>", "</unit>"] },
        "application/x-tmx+xml" | "text/x-tmx" => Style::Markup { units: &["</tu>"] },
        xml if xml.ends_with("xml") => Style::Markup { units: &["</trans-unit>", "</unit>", "</tu>"] },
        "text/x-gettext-translation" | "text/x-po" => Style::Hash,
        _ => Style::Plain,
    }
}

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Comment {
    /// Where it stands.
    pub(super) at: Span,
    /// The bytes in which findings that begin there are suppressed.
    pub(super) over: Span,
    /// The rules that it names.
    pub(super) rules: Vec<&'static str>,
    /// Why.
    pub(super) reason: String,
}

/// A comment that does not say what it must.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    /// Where it stands.
    pub(super) at: Span,
    /// What is wrong with it.
    pub(super) what: String,
}

/// The comments of a document, and those that are wrong.
#[derive(Debug, Default)]
pub(super) struct Comments {
    /// In the order in which they stand.
    pub(super) list: Vec<Comment>,
    /// Likewise.
    pub(super) wrong: Vec<Wrong>,
}

/// What a comment asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    NextLine,
    Line,
    File,
    From,
    Until,
}

impl Comments {
    /// Reads the comments of a document.
    pub(super) fn read(source: &str, style: Style) -> Self {
        let mut out = Self::default();
        let finder = memchr::memmem::Finder::new(SIGN);
        let mut signs = finder.find_iter(source.as_bytes()).peekable();
        if signs.peek().is_none() {
            return out;
        }
        let lines = Lines::new(source);
        let mut end = 0;
        let mut shells = Vec::new();
        for sign in signs {
            // Within the comment before.
            if sign < end {
                continue;
            }
            if let Some((at, body)) = shell(source, sign, style) {
                end = at.end();
                shells.push((at, body));
            }
        }
        let places: Vec<Span> = shells.iter().map(|(at, _)| *at).collect();
        for (at, body) in shells {
            match instruction(body) {
                Err(what) => out.wrong.push(Wrong { at, what }),
                Ok((verb, rules, reason)) => {
                    let over = match verb {
                        Verb::File => Span::new(0, source.len()),
                        Verb::Line => line_at(source, at.start()),
                        Verb::NextLine => next(source, at, style, &places),
                        Verb::From => Span::new(at.end(), source.len()),
                        Verb::Until => {
                            out.until(at, &rules, &lines);
                            continue;
                        }
                    };
                    out.list.push(Comment { at, over, rules, reason });
                }
            }
        }
        out
    }

    /// Ends the stretches that were begun for these rules, or for all where none is named.
    fn until(&mut self, at: Span, rules: &[&'static str], lines: &Lines<'_>) {
        let mut ended = false;
        let begun = self.list.iter_mut().filter(|c| c.over.start() == c.at.end() && c.over.end() > at.start());
        for comment in begun {
            if rules.is_empty() || comment.rules.iter().any(|rule| rules.contains(rule)) {
                comment.over = Span::new(comment.over.start(), at.start());
                ended = true;
            }
        }
        if !ended {
            let line = lines.position(at.start()).0;
            let what = format!("nothing is suppressed in line {line} that recensio-enable could end");
            self.wrong.push(Wrong { at, what });
        }
    }
}

/// The comment about the sign at `sign`, and what is said in it.
fn shell(source: &str, sign: usize, style: Style) -> Option<(Span, &str)> {
    let line = line_at(source, sign);
    let before = source.get(line.start()..sign)?;
    if style != Style::Hash
        && let Some(open) = before.rfind("<!--")
        && before.get(open + 4..)?.trim().is_empty()
        && (style != Style::Plain || before.get(..open)?.trim().is_empty())
    {
        let mut to = (sign + LONGEST).min(source.len());
        while !source.is_char_boundary(to) {
            to -= 1;
        }
        let length = source.get(sign..to)?.find("-->")?;
        let at = Span::new(line.start() + open, sign + length + 3);
        return Some((at, source.get(sign..sign + length)?));
    }
    let leader = before.trim();
    let is_leader = leader.starts_with('#') && leader.trim_start_matches('#').trim_start_matches(['.', ' ']).is_empty();
    if matches!(style, Style::Markup { .. }) || !is_leader {
        return None;
    }
    let start = line.start() + (before.len() - before.trim_start().len());
    Some((Span::new(start, line.end()), source.get(sign..line.end())?))
}

/// What is asked for, of which rules, and why.
fn instruction(body: &str) -> Result<(Verb, Vec<&'static str>, String), String> {
    let body = body.trim();
    let rest = body.strip_prefix(SIGN).unwrap_or(body);
    let word = rest.find(|c: char| c.is_whitespace() || c == ':').unwrap_or(rest.len());
    let (verb, rest) = rest.split_at_checked(word).unwrap_or((rest, ""));
    let verb = match verb {
        "disable-next-line" => Verb::NextLine,
        "disable-line" => Verb::Line,
        "disable-file" => Verb::File,
        "disable" => Verb::From,
        "enable" => Verb::Until,
        other => {
            return Err(format!(
                "there is no recensio-{other}; write recensio-disable-next-line, -disable-line, -disable, -enable or -disable-file"
            ));
        }
    };
    // Word processors make two hyphens a dash, and comments of XML allow none inside.
    let parts = ["--", "—", "–", ": "];
    let part = parts.iter().filter_map(|mark| Some((rest.find(mark)?, mark.len()))).min();
    let (names, reason) = match part {
        Some((at, len)) => (rest.get(..at).unwrap_or_default(), rest.get(at + len..).unwrap_or_default().trim()),
        None => (rest, ""),
    };
    let mut rules = Vec::new();
    for name in names.split([',', ' ', '\t', '\n', '\r']).filter(|name| !name.is_empty()) {
        rules.extend(named(name)?);
    }
    if verb == Verb::Until {
        return Ok((verb, rules, String::new()));
    }
    if rules.is_empty() {
        return Err("no rule is named; write the rules that it is about, or all".to_owned());
    }
    if !reason.chars().any(char::is_alphanumeric) {
        return Err("no reason is given; write it after two hyphens: RULE -- reason".to_owned());
    }
    Ok((verb, rules, reason.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// The line that holds a byte, without its end.
fn line_at(source: &str, at: usize) -> Span {
    let is_end = |c: char| matches!(c, '\n' | '\r');
    let start = source.get(..at).and_then(|head| head.rfind(is_end)).map_or(0, |end| end + 1);
    let end = source.get(at..).and_then(|tail| tail.find(is_end)).map_or(source.len(), |end| at + end);
    Span::new(start, end)
}

/// What follows a comment: the next line that is neither empty nor a comment, or in formats of units the next unit.
fn next(source: &str, comment: Span, style: Style, comments: &[Span]) -> Span {
    let mut from = comment.end();
    // Past the line of the comment, and the comments right behind it.
    loop {
        let line = line_at(source, from);
        let rest = source.get(from..line.end()).unwrap_or_default();
        let first = comments.partition_point(|other| other.end() <= from);
        let after = comments.get(first).filter(|other| other.start() < line.end());
        match after {
            Some(other) if other.end() > from => from = other.end(),
            _ if rest.trim().is_empty() && line.end() < source.len() => from = line.end() + 1,
            _ => break,
        }
    }
    let tail = source.get(from..).unwrap_or_default();
    let to = match style {
        Style::Markup { units } if !units.is_empty() => {
            units.iter().filter_map(|unit| tail.find(unit)).min().map_or(source.len(), |at| from + at)
        }
        Style::Hash => ["\n\n", "\r\n\r\n", "\r\r"]
            .iter()
            .filter_map(|gap| tail.find(gap))
            .min()
            .map_or(source.len(), |at| from + at),
        _ => line_at(source, from).end(),
    };
    Span::new(from, to)
}

#[cfg(test)]
mod tests {
    use super::{Comments, Style};

    const MARKUP: Style = Style::Markup { units: &[] };

    fn over(source: &str, style: Style) -> Vec<&str> {
        let comments = Comments::read(source, style);
        assert_eq!(comments.wrong, Vec::new());
        comments.list.iter().map(|comment| comment.over.of(source)).collect()
    }

    fn wrong(source: &str, style: Style) -> String {
        let mut comments = Comments::read(source, style);
        assert!(comments.list.is_empty(), "{:?}", comments.list);
        comments.wrong.pop().map(|wrong| wrong.what).unwrap_or_default()
    }

    #[test]
    fn a_comment_is_about_the_next_line_that_says_something() {
        let text = "one\n<!-- recensio-disable-next-line leftover.script -- a title -->\n\ntwo\nthree\n";
        assert_eq!(over(text, MARKUP), ["two"]);
        let stacked = "<!-- recensio-disable-next-line leftover -- a title -->\r\n\
                       <!-- recensio-disable-next-line word.doubled — so said -->\r\ntwo\r\nthree";
        assert_eq!(over(stacked, MARKUP), ["two", "two"]);
    }

    #[test]
    fn lines_stretches_and_files() {
        assert_eq!(
            over("a\nb <!-- recensio-disable-line all: quoted --> c\nd", MARKUP),
            ["b <!-- recensio-disable-line all: quoted --> c"]
        );
        let text =
            "a\n<!-- recensio-disable name.variant, leftover -- verse -->b\nc<!-- recensio-enable leftover -->d\n";
        assert_eq!(over(text, MARKUP), ["b\nc"]);
        assert_eq!(over("a\n<!-- recensio-disable all -- verse -->b\nc", MARKUP), ["b\nc"]);
        let file = "x\n<!-- recensio-disable-file quotes.mixed -- as printed -->";
        assert_eq!(over(file, MARKUP), [file]);
    }

    #[test]
    fn rules_and_reasons_must_be_there() {
        assert!(wrong("<!-- recensio-disable-next-line leftover.script -->\nx", MARKUP).contains("no reason"));
        assert!(wrong("<!-- recensio-disable-next-line leftover.script -- … -->\nx", MARKUP).contains("no reason"));
        assert!(wrong("<!-- recensio-disable-next-line -- because -->\nx", MARKUP).contains("no rule is named"));
        assert!(wrong("<!-- recensio-disable-line leftover.skript -- x -->", MARKUP).contains("\"leftover.script\"?"));
        assert!(wrong("<!-- recensio-ignore leftover.script -- x -->", MARKUP).contains("there is no recensio-ignore"));
        assert!(wrong("a <!-- recensio-enable -->", MARKUP).contains("nothing is suppressed"));
    }

    #[test]
    fn formats_have_comments_of_their_own() {
        let po = "#. recensio-disable-next-line leftover.script -- a title\nmsgid \"a\"\nmsgstr \"b\"\n\nmsgid \"c\"\n";
        assert_eq!(over(po, Style::Hash), ["msgid \"a\"\nmsgstr \"b\""]);
        let xliff =
            "<!-- recensio-disable-next-line all: a title -->\n<trans-unit>\n<target>x</target>\n</trans-unit>\ny";
        let units = Style::Markup { units: &["</trans-unit>"] };
        assert_eq!(over(xliff, units), ["<trans-unit>\n<target>x</target>\n"]);
        // Plain text has no comments; what stands alone on a line is taken for one.
        assert_eq!(over("# recensio-disable-next-line all -- verse\nx\ny", Style::Plain), ["x"]);
        assert_eq!(over("<!-- recensio-disable-next-line all -- verse -->\nx\ny", Style::Plain), ["x"]);
        assert!(over("Write # recensio-disable-next-line all -- verse\nx", Style::Plain).is_empty());
        assert!(over("Use <!-- recensio-disable-next-line all -- verse -->\nx", Style::Plain).is_empty());
        assert!(over("# recensio-disable-next-line all -- a heading of Markdown\nx", MARKUP).is_empty());
        assert!(over("the tool recensio-disable does not exist", MARKUP).is_empty());
    }

    #[test]
    fn a_comment_at_the_end_is_about_nothing() {
        assert_eq!(over("a\n<!-- recensio-disable-next-line all -- verse -->", MARKUP), [""]);
        assert_eq!(over("a\n<!-- recensio-disable-next-line all -- verse -->\n\n", MARKUP), [""]);
    }
}
