//! Temporal expressions and their values.
//!
//! Trigger words and digits say where to look (`scan`; in a text that is little more than a time, everywhere: `brief`); what stands there is cut into tokens (`token`, `digits`), which a cascade of
//! passes puts together (`grammar`, `cascade`, `number`, `clock`, `calendar`, `year`,
//! `period`, `relative`, `combine`, `range`, `finish`) into what is said (`tree`); then all
//! expressions of the document are given their values in order (`evaluate`, `near`, `shift`,
//! `point`, [`format`]).

mod brief;
mod calendar;
mod cascade;
mod clock;
mod combine;
mod digits;
mod evaluate;
mod finish;
mod format;
mod grammar;
mod near;
mod number;
mod other;
mod other_rules;
mod period;
mod point;
mod range;
mod relative;
mod scan;
mod shift;
mod token;
mod tree;
mod year;

use crate::model::{DocumentDate, Languages, Passage, Resolution, ResolvedHow, Timex};
use crate::rules::timex::{Language, Lex, Order, TimexRules, Unit};
use crate::text::{Span, words};
use evaluate::{Context, evaluate};
use point::Point;
use token::{Kind, Node};
use tree::{Body, Expression, Field, Scope};

/// The temporal expressions in `passages`, sorted; `date` is the document's own date.
pub fn find(
    text: &str,
    passages: &[Passage],
    languages: &Languages,
    date: Option<&DocumentDate>,
    rules: &TimexRules,
) -> Vec<Timex> {
    let mut said: Vec<(Span, Expression)> = Vec::new();
    let mut scratch = Scratch::default();
    let mut order = rules.of(languages.document.tag.language()).map(|l| l.order).unwrap_or_default();
    for (index, passage) in passages.iter().enumerate() {
        let detected = languages.of(index);
        let language = rules.of(detected.tag.language());
        let brief = passages.len() <= 3 && passage.span.len() < SHORT;
        if brief && detected.confidence < SURE {
            let chosen = contest(text, passage.span, language, rules, &mut scratch, &mut said);
            order = chosen.map_or(order, |l| l.order);
        } else if let Some(language) = language.filter(|_| brief && passages.len() == 1) {
            said.append(&mut brief::read(text, passage.span, language, &mut scratch));
        } else if let Some(language) = language {
            expressions(text, passage.span, language, &mut scratch, &mut said);
        }
    }
    let mut context = context(&said, text.len(), date, order);
    let mut out: Vec<Timex> = Vec::with_capacity(said.len());
    for (span, expression) in said {
        let found = evaluate(&expression, &context);
        let number = out.len();
        if expression.is_open() && found.point.is_none() {
            context.dated = true;
        }
        if let Some(point) = found.point {
            // What is counted from the day of writing tells nothing of when a story goes on.
            if !(context.narrative && found.how == ResolvedHow::DocumentDate) {
                context.last = Some((point, number));
            }
            // The quarter of the year before is only what another is compared with.
            if matches!(point, Point::Quarter(..)) && !matches!(expression.body, Body::Shift { .. }) {
                context.quarter = Some((point, number));
            }
            let told = matches!(found.how, ResolvedHow::Explicit | ResolvedHow::Anaphora);
            // In a report without a date a year alone says when something else was.
            let aside = context.written.is_none()
                && text.len() < LONG
                && context.dated
                && matches!(point, Point::Year(_))
                && !matches!(expression.body, Body::Calendar { scope: Scope::Same(_), .. });
            if let Some(year) = point.year().filter(|_| (told || context.year.is_none()) && !aside) {
                context.year = Some((year, number));
                context.dated |= matches!(point, Point::Day(_));
            }
        }
        out.push(Timex {
            span,
            kind: found.kind,
            value: found.value,
            modifier: expression.modifier,
            edtf: found.edtf,
            interval: found.interval,
            calendar: expression.calendar,
            resolved: Resolution { how: found.how, anchor: found.anchor, offset: found.offset },
            certainty: rules.certainties().of(expression.rule, found.how.name(), found.certainty),
            alternatives: found.alternatives,
            rule: expression.rule,
        });
    }
    out
}

/// A passage of fewer bytes may be too short to tell its language by its words.
const SHORT: usize = 240;
/// From this confidence on the language is believed.
const SURE: f32 = 0.9;

/// Reads a short passage whose language is uncertain in the one that finds most of it to be expressions; the detected language wins where
/// none finds clearly more. Which language it was read in.
fn contest<'r>(
    text: &str,
    within: Span,
    detected: Option<&'r Language>,
    rules: &'r TimexRules,
    scratch: &mut Scratch<'r>,
    out: &mut Vec<(Span, Expression)>,
) -> Option<&'r Language> {
    let mut best: Vec<(Span, Expression)> = Vec::new();
    let mut most = 0;
    let mut chosen = detected;
    let text_len = within.len();
    for (language, own) in detected.map(|l| (l, true)).into_iter().chain(rules.full().map(|l| (l, false))) {
        let found = brief::read(text, within, language, scratch);
        let covered = found.iter().map(|(span, _)| span.len()).sum::<usize>();
        // Another language must explain more than a letter more.
        let all = covered == text_len && most < text_len;
        if all || covered > most + usize::from(!own && most > 0) {
            (most, best, chosen) = (covered, found, Some(language));
        }
    }
    // Languages that fewer texts are in are asked where none of these knows a time, and only of dates with figures: their short words are
    // other words elsewhere.
    let body = within.of(text);
    if best.is_empty() && within.len() <= brief::MOST && body.contains(|c| token::digit(c).is_some()) {
        for language in rules.others() {
            let found = brief::read(text, within, language, scratch);
            let covered = found.iter().map(|(span, _)| span.len()).sum::<usize>();
            if covered > most && covered * 2 > body.len() {
                (most, best, chosen) = (covered, found, Some(language));
            }
        }
    }
    out.append(&mut best);
    chosen
}

/// An essay has more bytes than a report.
const LONG: usize = 3000;
/// A report says `today` in its first so many bytes.
const LEAD: usize = 700;

/// What is known before the first expression is read: the document's date, in which order it writes digits, and whether it tells of years
/// other than its own.
fn context(said: &[(Span, Expression)], length: usize, date: Option<&DocumentDate>, order: Order) -> Context {
    let written = date.map(|d| d.at);
    let votes = |order: Order| said.iter().filter(|(_, e)| e.order == Some(order)).count();
    let (days, months) = (votes(Order::DayFirst), votes(Order::MonthFirst));
    let voted = days != months;
    let order = match days.cmp(&months) {
        std::cmp::Ordering::Greater => Order::DayFirst,
        std::cmp::Ordering::Less => Order::MonthFirst,
        std::cmp::Ordering::Equal => order,
    };
    let years = || {
        said.iter()
            .filter_map(|(_, e)| if let Body::Calendar { scope: Scope::Year(y), .. } = e.body { Some(y) } else { None })
    };
    let narrative = written.is_none_or(|written| {
        let far = years().filter(|y| (y - i32::from(written.year())).abs() > 2).count();
        let dated = said.iter().filter(|(_, e)| matches!(e.body, Body::Calendar { scope: Scope::Year(y), field: Field::Month(..), .. } if (y - i32::from(written.year())).abs() > 2)).count();
        far >= 8 && dated >= 3 && far * 2 > years().count()
    });
    let daily = |e: &Expression| {
        e.time.is_some()
            || e.weekday.is_some()
            || matches!(
                e.body,
                Body::Calendar { field: Field::Weekday(_), .. }
                    | Body::Calendar { scope: Scope::Relative(Unit::Day, -3..=-1 | 1..=3, _), .. }
            )
    };
    // A report says what was yesterday or on Monday; a long text that says `today` rather than these means our times.
    let reported = said.iter().filter(|(_, e)| daily(e)).count();
    let today = said.iter().filter(|(_, e)| !daily(e) && is_today(e)).count();
    let lead = said.iter().find(|(_, e)| is_today(e)).is_some_and(|(span, _)| span.start() < LEAD);
    let essay = today > reported && length > LONG && !lead;
    Context { written, narrative, essay, report: length >= SHORT, order, voted, ..Context::default() }
}

const fn is_today(e: &Expression) -> bool {
    matches!(e.body, Body::Calendar { scope: Scope::Relative(Unit::Day, 0, _), field: Field::Whole, .. })
}

/// How many bytes behind a trigger an expression can go on.
const LOOK_AHEAD: usize = 240;

/// How a text is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Mode {
    /// As running text.
    #[default]
    Text,
    /// As a line that may be a query: the ends of a range are one expression in any language.
    Brief,
    /// As little more than a time: words need nothing beside them that makes them one.
    Loose,
}

/// Room for the nodes of one window after the other.
#[derive(Default)]
struct Scratch<'r> {
    windows: Vec<Span>,
    mode: Mode,
    nodes: Vec<Node<'r>>,
    part: Vec<Node<'r>>,
    // Where the words are that speak of what is to come, and where sentences end.
    cues: Vec<(usize, bool)>,
}

/// The expressions of one passage.
fn expressions<'r>(
    text: &str,
    within: Span,
    language: &'r Language,
    scratch: &mut Scratch<'r>,
    out: &mut Vec<(Span, Expression)>,
) {
    let mut done = within.start();
    let mut windows = std::mem::take(&mut scratch.windows);
    if scratch.mode == Mode::Text {
        scan::windows(text, within, language, &mut windows);
    } else {
        windows.clear();
        windows.push(within);
    }
    for window in windows.drain(..) {
        let window = Span::new(window.start().max(done), window.end());
        if window.is_empty() {
            continue;
        }
        let mut limit = (window.end() + LOOK_AHEAD).min(within.end());
        while !text.is_char_boundary(limit) {
            limit -= 1;
        }
        token::tokens(text, window, limit, language, &mut scratch.nodes);
        if scratch.mode == Mode::Loose {
            scratch.nodes.iter_mut().for_each(Node::loosen);
        }
        done = scratch.nodes.last().map_or(window.end(), |last| last.span.end());
        read(text, language, scratch, out);
    }
    scratch.windows = windows;
}

/// The expressions of one window. No rule reaches across a word that means nothing to it, so what stands between such words is read apart.
fn read<'r>(text: &str, language: &'r Language, scratch: &mut Scratch<'r>, out: &mut Vec<(Span, Expression)>) {
    let Scratch { nodes, part, cues, mode, .. } = scratch;
    cues.clear();
    let mut cued = false;
    let mut say = |from: usize, to: usize| {
        part.clear();
        part.extend(nodes.get(from..to).unwrap_or_default().iter().cloned());
        if grammar::parse(part, text, language, *mode) {
            if !std::mem::replace(&mut cued, true) {
                let ahead = |n: &Node<'_>| n.has(Lex::Future) || language.is_future(n.span.of(text));
                cues.extend(
                    nodes
                        .iter()
                        .map(|n| (n, ahead(n)))
                        .filter(|(n, ahead)| *ahead || n.is_cue())
                        .map(|(n, ahead)| (n.span.start(), ahead)),
                );
            }
            tell(text, part, cues, (language, *mode), out);
        }
    };
    let (mut from, mut live) = (0, false);
    for (i, node) in nodes.iter().enumerate() {
        if node.barrier {
            if std::mem::take(&mut live) {
                say(from, i);
            }
            from = i;
        }
        live |= node.is_live() || *mode != Mode::Text && node.is_counting();
        if node.is_plain() {
            if std::mem::take(&mut live) {
                say(from, i + 1);
            }
            from = i;
        }
    }
    if live {
        say(from, nodes.len());
    }
}

/// Adds the expressions among `nodes`; `cues` tell which of them speak of what is to come.
fn tell(
    text: &str,
    nodes: &mut Vec<Node<'_>>,
    cues: &[(usize, bool)],
    (language, mode): (&Language, Mode),
    out: &mut Vec<(Span, Expression)>,
) {
    for node in nodes.drain(..) {
        if let Kind::Expression(mut expression) = node.kind {
            other_rules::settle(&mut expression, language);
            let span = trimmed(text, node.span, &expression, language);
            let distance = matches!(expression.body, Body::Shift { .. } | Body::Stretch { .. }) && mode == Mode::Text;
            let span = if distance && language.ahead_out { without(text, span, language, Lex::Ahead) } else { span };
            let span = if distance && language.back_out { without(text, span, language, Lex::Back) } else { span };
            let span = if language.article_times { with_article(text, span, &expression, language) } else { span };
            let ahead = cues
                .iter()
                .rev()
                .find(|(at, _)| *at < span.start())
                .is_some_and(|&(at, future)| future && span.start() - at < 80)
                || is_weekday(&expression) && goes_on_ahead(text, span, language);
            if out.last().is_none_or(|(last, _)| last.end() <= span.start()) {
                out.push((span, Expression { ahead, ..*expression }));
            }
        }
    }
}

/// Without the word of this meaning that it begins with.
fn without(text: &str, span: Span, language: &Language, lexeme: Lex) -> Span {
    let body = span.of(text);
    let found = language.lexicon.longest(body, |length| words::is_boundary(body, length));
    match found.filter(|(_, entry)| entry.lexemes.contains(&lexeme)) {
        Some((length, _)) => {
            let rest = body.get(length..).map_or("", str::trim_start);
            if rest.is_empty() { span } else { Span::new(span.end() - rest.len(), span.end()) }
        }
        None => span,
    }
}

const fn is_weekday(e: &Expression) -> bool {
    matches!(e.body, Body::Calendar { scope: Scope::Open, field: Field::Weekday(_), direction: None })
}

/// How many bytes behind a weekday its verb is looked for.
const VERB: usize = 60;

/// Whether the first verb that tells so behind `span`, in the same clause, speaks of what is to come.
fn goes_on_ahead(text: &str, span: Span, language: &Language) -> bool {
    let mut end = (span.end() + VERB).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let rest = text.get(span.end()..end).unwrap_or_default();
    let clause = rest.split(['.', '!', '?', ';', '\n', ':', '(']).next().unwrap_or_default();
    // The last word may be cut.
    let whole = clause.len() < rest.len();
    let words = clause.split(|c: char| !words::is_word(c)).filter(|word| !word.is_empty());
    let count = words.clone().count();
    words.take(if whole { count } else { count.saturating_sub(1) }).any(|word| language.is_future(word))
}

/// With the article before the hour that it begins with.
fn with_article(text: &str, span: Span, expression: &Expression, language: &Language) -> Span {
    let hour = matches!(expression.time, Some(tree::TimeOfDay::Clock { .. }))
        && span.of(text).split([' ', '.', ':']).next().is_some_and(|first| {
            let counts = |(length, entry): (usize, &crate::rules::timex::Entry)| {
                length == first.len() && entry.lexemes.iter().any(|l| matches!(l, Lex::Number(_)))
            };
            first.bytes().all(|b| b.is_ascii_digit())
                || language.lexicon.longest(first, |length| length == first.len()).is_some_and(counts)
        });
    let head = text.get(..span.start()).unwrap_or_default();
    let word = head.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_article = |(length, entry): (usize, &crate::rules::timex::Entry)| {
        length == word.len() && entry.lexemes.contains(&Lex::The)
    };
    let led = hour
        && !word.is_empty()
        && language.lexicon.longest(word, |length| length == word.len()).is_some_and(is_article);
    let gap = head.len() - head.trim_end().len();
    if led && gap == 1 { Span::new(span.start() - gap - word.len(), span.end()) } else { span }
}

/// Without the point of an abbreviation at the end, and what is contracted of preposition and determiner at the beginning, where the
/// language leaves them out.
fn trimmed(text: &str, span: Span, expression: &Expression, language: &Language) -> Span {
    let body = span.of(text);
    if language.contractions_out
        && let Some((length, entry)) = language.lexicon.longest(body, |length| words::is_boundary(body, length))
        && entry.lexemes.contains(&Lex::Preposition)
        && entry.lexemes.iter().any(|l| matches!(l, Lex::Relative(_) | Lex::Same))
        && let Some(rest) = body.get(length..).map(str::trim_start).filter(|rest| !rest.is_empty())
    {
        return Span::new(span.end() - rest.len(), span.end());
    }
    // наприкінці 1944 року: what is said of a year alone is said of the word too.
    let year = matches!(expression.body, Body::Calendar { scope: Scope::Year(_), field: Field::Whole, .. })
        && expression.modifier.is_some();
    if language.year_word_out
        && !year
        && let Some((head, word)) = body.rsplit_once(char::is_whitespace)
        && head.len() >= 4
        && head.bytes().rev().take(4).all(|b| b.is_ascii_digit())
        && let Some((length, entry)) = language.lexicon.longest(word, |length| words::is_boundary(word, length))
        && length == word.len()
        && entry
            .lexemes
            .iter()
            .any(|l| matches!(l, Lex::Unit(Unit::Year) | Lex::Units(Unit::Year) | Lex::YearMark | Lex::YearsMark))
    {
        return Span::new(span.start(), span.start() + head.trim_end().len());
    }
    if let Some((length, entry)) = language.lexicon.longest(body, |length| length == body.len())
        && entry.led
        && length == body.len()
        && let Some((_, rest)) = body.split_once(char::is_whitespace)
    {
        return Span::new(span.end() - rest.trim_start().len(), span.end());
    }
    // The last of several points (`до н. э.`) belongs to what it ends.
    let pointed = |short: &&str| language.trim_point && !short.contains('.');
    let short = body.strip_suffix('.').filter(pointed).unwrap_or(body);
    Span::new(span.start(), span.start() + short.len())
}
