//! What a translator or editor should look at, in one text alone.
//!
//! One walk over each passage gives its words and marks to all checks; each check is a file. What a check needs of the whole document
//! it counts on the way and says at the end.

mod acronym;
mod address;
mod brackets;
mod cjk;
mod dashes;
mod disagree;
mod doubled;
mod hidden;
mod leftover;
mod lookalike;
mod markup;
mod names;
mod quotes;
mod repair;
mod scan;
mod setting;
mod sink;
mod spacing;
mod spelling;
mod uses;
mod yo;

pub use self::repair::repairs;

use self::scan::Token;
use self::setting::Setting;
use self::sink::Sink;
use crate::model::{Entity, Finding, Languages, Leftover, Passage, Timex};
use crate::rules::proof::ProofRules;
use crate::text::{Span, Spanned};

/// The findings in `passages`, sorted by place, then rule; the leftovers among them.
pub fn find(
    text: &str,
    passages: &[Passage],
    languages: &Languages,
    leftovers: &[Leftover],
    (entities, timexes): (&[Entity], &[Timex]),
    rules: &ProofRules,
) -> Vec<Finding> {
    let mut sink = Sink::default();
    let mut lookalikes = lookalike::Lookalikes::default();
    let mut doubled = doubled::Doubled::default();
    let mut acronyms = acronym::Acronyms::default();
    let mut names = names::Names::default();
    let mut markup = markup::Markup::default();
    let mut cjk = cjk::Cjk::default();
    let mut quotes = quotes::Quotes::default();
    let mut dashes = dashes::Dashes::default();
    let mut brackets = brackets::Brackets::default();
    let mut hidden = hidden::Hidden::default();
    let mut addresses = address::Addresses::default();

    let mut last = None;
    for (index, passage) in passages.iter().enumerate() {
        let setting = Setting::of(text, passage, index, languages, rules, last);
        last = Some(setting);
        let mut sentences = passage.sentences.iter().map(|sentence| sentence.start()).peekable();
        doubled.restart();
        names.restart();
        quotes.restart();
        addresses.restart(passage.span.of(text));
        scan::tokens(text, passage.span, |token| match token {
            Token::Word(word) => {
                let first = sentences.next_if(|&start| start <= word.span.start()).is_some();
                doubled.word(text, &word, &setting, &mut sink);
                lookalikes.word(&word, &setting, rules);
                acronyms.word(text, &word, &setting);
                names.word(text, &word, first, &setting);
                addresses.word(text, &word, first, &setting);
            }
            Token::Mark(c, at) => {
                spacing::mark(text, c, at, &setting, &mut sink);
                quotes.mark(text, c, at, &setting);
                dashes.mark(text, c, at, &setting);
                brackets.mark(text, c, at, &setting, &mut sink);
                markup.mark(text, c, at, &setting, rules, &mut sink);
                cjk.mark(text, c, at, &setting, rules, &mut sink);
                hidden.mark(text, c, at, &setting, &mut sink);
                addresses.mark(c, &setting);
            }
        });
        markup.end_passage(&mut sink);
    }

    lookalikes.finish(&mut sink);
    acronyms.finish(text, passages, &mut sink);
    doubled.finish(&mut sink);
    names.finish(text, entities, &mut sink);
    cjk.finish(&mut sink);
    quotes.finish(&mut sink);
    dashes.finish(&mut sink);
    brackets.finish(text, &mut sink);
    hidden.finish(&mut sink);
    addresses.finish(&mut sink);
    disagree::check(text, passages, timexes, &mut sink);
    yo::check(text, passages, languages, rules, &mut sink);
    let mut findings = sink.sorted();
    let told = leftover::told(text, passages, leftovers);
    forget_within(text, &mut findings, &told);
    let mut sink = Sink::of(findings);
    leftover::check(&told, languages.document.tag, rules, &mut sink);
    sink.sorted()
}

/// What the checks find that are off unless they are asked for, besides `findings`: sorted by place.
pub fn find_optional(
    text: &str,
    passages: &[Passage],
    languages: &Languages,
    leftovers: &[Leftover],
    findings: &[Finding],
    rules: &ProofRules,
) -> Vec<Finding> {
    let mut sink = Sink::default();
    leftover::lone(leftovers, findings, languages.document.tag, rules, &mut sink);
    let mut last = None;
    for (index, passage) in passages.iter().enumerate() {
        let setting = Setting::of(text, passage, index, languages, rules, last);
        last = Some(setting);
        spacing::doubled_blanks(text, passage.span, &setting, &mut sink);
    }
    sink.sorted()
}

/// Within a leftover its being there is the trouble, whatever else is wrong with it; a word is not mixed because a leftover or a placeholder
/// touches it.
fn forget_within(text: &str, findings: &mut Vec<Finding>, leftovers: &[Leftover]) {
    let mut spans: Vec<Span> = leftovers.iter().map(Spanned::span).collect();
    spans.extend(findings.iter().filter(|finding| finding.rule == markup::RULE).map(Spanned::span));
    spans.sort_unstable();
    let mut within = spans.iter().peekable();
    findings.retain(|finding| {
        while within.next_if(|span| span.end() <= finding.span.start()).is_some() {}
        let is_word = finding.rule == lookalike::RULE && !finding.span.of(text).contains(' ');
        finding.rule == markup::RULE
            || within
                .peek()
                .is_none_or(|span| !(if is_word { span.overlaps(finding.span) } else { span.contains(finding.span) }))
    });
}
