//! Temporal expressions and their values.
//!
//! Trigger words and digits say where to look ([`scan`]); what stands there is cut into tokens ([`token`], [`digits`]), which a cascade of
//! passes puts together ([`cascade`], [`number`], [`clock`], [`calendar`], [`year`],
//! [`period`], [`relative`], [`combine`], [`range`], [`finish`]) into what is said ([`tree`]); then all
//! expressions of the document are given their values in order ([`evaluate`], [`near`], [`shift`],
//! [`point`], [`format`]).

mod calendar;
mod cascade;
mod clock;
mod combine;
mod digits;
mod evaluate;
mod finish;
mod format;
mod near;
mod number;
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
use crate::rules::timex::{Language, Lex, Order, TimexRules};
use crate::text::Span;
use cascade::pass;
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
    for (index, passage) in passages.iter().enumerate() {
        if let Some(language) = rules.of(languages.of(index).tag.language()) {
            expressions(text, passage.span, language, &mut said);
        }
    }
    let order = rules.of(languages.document.tag.language()).map(|l| l.order).unwrap_or_default();
    let mut context = context(&said, date, order);
    let mut out: Vec<Timex> = Vec::with_capacity(said.len());
    for (span, expression) in said {
        let found = evaluate(&expression, &context);
        let number = out.len();
        if let Some(point) = found.point {
            // What is counted from the day of writing tells nothing of when a story goes on.
            if !(context.narrative && found.how == ResolvedHow::DocumentDate) {
                context.last = Some((point, number));
            }
            if matches!(point, Point::Quarter(..)) {
                context.quarter = Some((point, number));
            }
            let told = matches!(found.how, ResolvedHow::Explicit | ResolvedHow::Anaphora);
            if let Some(year) = point.year().filter(|_| told || context.year.is_none()) {
                context.year = Some((year, number));
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
            certainty: found.certainty,
            alternatives: found.alternatives,
            rule: expression.rule,
        });
    }
    out
}

/// What is known before the first expression is read: the document's date, in which order it writes digits, and whether it tells of years
/// other than its own.
fn context(said: &[(Span, Expression)], date: Option<&DocumentDate>, order: Order) -> Context {
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
    Context { written, narrative, order, voted, ..Context::default() }
}

/// How many bytes behind a trigger an expression can go on.
const LOOK_AHEAD: usize = 240;

/// The expressions of one passage.
fn expressions(text: &str, within: Span, language: &Language, out: &mut Vec<(Span, Expression)>) {
    let mut done = within.start();
    for window in scan::windows(text, within, language) {
        let window = Span::new(window.start().max(done), window.end());
        if window.is_empty() {
            continue;
        }
        let mut limit = (window.end() + LOOK_AHEAD).min(within.end());
        while !text.is_char_boundary(limit) {
            limit -= 1;
        }
        let nodes = token::tokens(text, window, limit, language);
        done = nodes.last().map_or(window.end(), |last| last.span.end());
        if !nodes.iter().any(Node::is_live) {
            continue;
        }
        let future: Vec<(usize, bool)> = nodes
            .iter()
            .filter(|n| n.has(Lex::Future) || matches!(n.kind, Kind::Sign('.' | '!' | '?' | '。')))
            .map(|n| (n.span.start(), n.has(Lex::Future)))
            .collect();
        // No rule reaches across a word that means nothing to it, so what stands between such words is read apart.
        let mut part: Vec<Node<'_>> = Vec::new();
        let mut live = false;
        for node in nodes {
            if node.barrier && !part.is_empty() {
                flush(text, &mut part, &mut live, language, &future, out);
            }
            let plain = node.kind == Kind::Word && node.lexemes.is_empty();
            live |= node.is_live();
            if !plain {
                part.push(node);
                continue;
            }
            if live {
                part.push(node.clone());
                flush(text, &mut part, &mut live, language, &future, out);
            }
            part.clear();
            part.push(node);
        }
        flush(text, &mut part, &mut live, language, &future, out);
    }
}

fn flush<'r>(
    text: &str,
    part: &mut Vec<Node<'r>>,
    live: &mut bool,
    language: &'r Language,
    future: &[(usize, bool)],
    out: &mut Vec<(Span, Expression)>,
) {
    if std::mem::take(live) {
        parse(text, std::mem::take(part), language, future, out);
    }
    part.clear();
}

fn parse<'r>(
    text: &str,
    nodes: Vec<Node<'r>>,
    language: &'r Language,
    future: &[(usize, bool)],
    out: &mut Vec<(Span, Expression)>,
) {
    let nodes = pass(nodes, text, language, &[relative::stop, number::number]);
    let nodes = pass(nodes, text, language, &[clock::clock, number::set]);
    let nodes = pass(
        nodes,
        text,
        language,
        &[
            year::decade,
            year::century,
            calendar::marked_date,
            period::part_of_year,
            calendar::named_month,
            year::lone_year,
            number::length,
            relative::deictic,
        ],
    );
    let nodes = pass(nodes, text, language, &[relative::weekday, clock::part]);
    let nodes = pass(nodes, text, language, &[combine::weekday, relative::shift, relative::relative, relative::vague]);
    let nodes = pass(nodes, text, language, &[combine::nth, combine::scope, relative::every]);
    let nodes = pass(nodes, text, language, &[combine::weekday, combine::time]);
    let nodes = pass(nodes, text, language, &[combine::time, finish::first_of, finish::bare_unit, finish::alone]);
    let nodes = pass(nodes, text, language, &[combine::modifier]);
    let nodes = pass(nodes, text, language, &[range::range]);
    let nodes = pass(nodes, text, language, &[relative::shift, finish::extent]);
    let nodes = pass(nodes, text, language, &[finish::extent]);
    for node in nodes {
        if let Kind::Expression(expression) = node.kind {
            let span = trimmed(text, node.span, language);
            let ahead = future
                .iter()
                .rev()
                .find(|(at, _)| *at < span.start())
                .is_some_and(|&(at, future)| future && span.start() - at < 80);
            if out.last().is_none_or(|(last, _)| last.end() <= span.start()) {
                out.push((span, Expression { ahead, ..*expression }));
            }
        }
    }
}

/// Without the point of an abbreviation at the end, where the language leaves it out.
fn trimmed(text: &str, span: Span, language: &Language) -> Span {
    let body = span.of(text);
    let short = body.strip_suffix('.').filter(|_| language.trim_point).unwrap_or(body);
    Span::new(span.start(), span.start() + short.len())
}
