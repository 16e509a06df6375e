//! What can be mended without a person's judgement.

use super::setting::{Setting, after, before};
use super::sink::Sink;
use super::{cjk, lookalike, markup, quotes, scan, spacing};
use crate::model::{Finding, Languages, Leftover, Passage, Repair};
use crate::rules::proof::ProofRules;
use crate::text::{Span, SpanIndex, Spanned};

/// After these a sentence or its part goes on behind a blank, unless it is in Chinese or Japanese.
const PARTING: [char; 9] = ['，', '。', '；', '：', '！', '？', '、', '｡', '､'];

/// All repairs of `passages`, sorted, none of which touches another: letters that look like those of the word's alphabet, Chinese or Japanese punctuation
/// elsewhere, blanks before punctuation, doubled blanks, quotation marks of the rarer kind. Nothing within a leftover or leftover markup is touched.
pub fn repairs(
    text: &str,
    passages: &[Passage],
    languages: &Languages,
    leftovers: &[Leftover],
    rules: &ProofRules,
) -> Vec<Repair> {
    let mut sink = Sink::without_limit();
    let mut out = Vec::new();
    let mut marks = markup::Markup::default();
    let mut cjk = cjk::Cjk::default();
    let mut pairs = quotes::Pairs::default();
    let mut untouchable: Vec<Span> = leftovers.iter().map(Spanned::span).collect();
    let mut last = None;
    for (index, passage) in passages.iter().enumerate() {
        let setting = Setting::of(text, passage, index, languages, rules, last);
        last = Some(setting);
        let mut markup = Sink::without_limit();
        scan::tokens(text, passage.span, |token| match token {
            scan::Token::Word(word) => out.extend(lookalike::repair(&word, &setting, rules)),
            scan::Token::Mark(c, at) => {
                spacing::mark(text, c, at, &setting, &mut sink);
                marks.mark(text, c, at, &setting, rules, &mut markup);
                cjk.mark(text, c, at, &setting, rules, &mut sink);
            }
        });
        marks.end_passage(&mut markup);
        untouchable.extend(markup.sorted().iter().map(Spanned::span));
        pairs.passage(text, passage.span, &setting);
        spacing::doubled_blanks(text, passage.span, &setting, &mut sink);
    }
    out.extend(sink.sorted().into_iter().filter_map(|finding| repair(text, finding)));
    out.extend(pairs.unified());
    let untouchable = SpanIndex::new(untouchable.into_iter());
    out.sort_by_key(|repair| repair.span);
    let mut end = 0;
    out.retain(|repair| {
        let is_free = repair.span.start() >= end && untouchable.over(repair.span).is_empty();
        end = if is_free { repair.span.end() } else { end };
        is_free
    });
    out
}

/// The repair that a finding proposes, where it is safe.
fn repair(text: &str, finding: Finding) -> Option<Repair> {
    let Finding { span, rule, suggestions, .. } = finding;
    let [one] = <[String; 1]>::try_from(suggestions).ok()?;
    let with = match rule {
        // A wide mark holds its blank within itself.
        cjk::RULE if span.of(text).starts_with(PARTING) => {
            let blank = if after(text, span.end()).is_some_and(char::is_alphanumeric) { " " } else { "" };
            // Between figures it parts nothing.
            let in_number = before(text, span.start()).is_some_and(char::is_numeric)
                && after(text, span.end()).is_some_and(char::is_numeric);
            if in_number { one } else { one + blank }
        }
        cjk::RULE | spacing::SPACE | spacing::BLANKS => one,
        _ => return None,
    };
    Some(Repair { span, rule, with })
}
