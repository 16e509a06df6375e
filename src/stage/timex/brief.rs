//! Texts that are little more than a time: queries, fields of a form, cells of a table. What is a common word elsewhere is a time here
//! (`may`, `sun`), and it is rather to come than past.

use super::tree::Expression;
use super::{Mode, Scratch, expressions};
use crate::rules::timex::{Classes, Language, Lex};
use crate::text::Span;

/// A text of more bytes is read as any other.
pub(super) const MOST: usize = 72;

/// The expressions of a short text.
pub(super) fn read<'r>(
    text: &str,
    within: Span,
    language: &'r Language,
    scratch: &mut Scratch<'r>,
) -> Vec<(Span, Expression)> {
    let mut found = Vec::new();
    let body = within.of(text).trim_matches(|c: char| c.is_whitespace() || matches!(c, '?' | '!' | '.' | ','));
    let brief = body.len() <= MOST && !body.is_empty();
    scratch.mode = if brief { Mode::Brief } else { Mode::Text };
    expressions(text, within, language, scratch, &mut found);
    if !brief {
        return found;
    }
    let mut loose = Vec::new();
    scratch.mode = Mode::Loose;
    expressions(text, within, language, scratch, &mut loose);
    scratch.mode = Mode::Text;
    // A sentence ends with a stop, what is asked for does not.
    let asked = !within.of(text).trim_end().ends_with(['.', '。', '।', '۔', '…', '!']);
    for (_, expression) in found.iter_mut().chain(&mut loose).filter(|_| asked) {
        expression.brief = true;
    }
    if language.articles_out && asked {
        // Before the 3rd of June: the bound stays.
        for (span, _) in found.iter_mut().filter(|(_, said)| !said.modifier.is_some_and(is_bound)) {
            *span = without_article(text, *span, language);
        }
    }
    let most = |said: &[(Span, Expression)]| said.iter().map(|(span, _)| span.len()).sum::<usize>();
    // Three letters in four must be time for the rest to be taken as such.
    if most(&loose) * 4 >= body.len() * 3 && most(&loose) > most(&found) {
        found = loose;
    }
    if most(&found) * 4 >= body.len() * 3 || found.len() == 1 && only_joints(text, within, &found, language) {
        for (_, expression) in &mut found {
            expression.ask();
        }
        if let [(span, _)] = found.as_mut_slice()
            && let Some(start) = within.of(text).find(body).map(|at| at + within.start())
            && before_is_joint(text, start, span.start(), language)
        {
            *span = Span::new(start, span.end());
        }
    }
    found
}

fn is_bound(modifier: &str) -> bool {
    matches!(modifier, "BEFORE" | "AFTER" | "ON_OR_BEFORE" | "ON_OR_AFTER")
}

/// The span without the article it begins with, and a preposition before that.
fn without_article(text: &str, span: Span, language: &Language) -> Span {
    let word = |at: usize, wanted: &dyn Fn(&Lex) -> bool| {
        let rest = text.get(at..span.end())?;
        let ends = |length: usize| {
            let (word, next) = rest.split_at_checked(length).unwrap_or((rest, ""));
            !word.contains(char::is_whitespace)
                && (word.ends_with(['\'', '’']) || next.starts_with(char::is_whitespace))
        };
        let (length, entry) = language.lexicon.longest(rest, ends)?;
        let next = rest.get(length..)?;
        let found = entry.lexemes.iter().any(wanted) && !next.trim_start().is_empty();
        found.then(|| at + length + (next.len() - next.trim_start().len()))
    };
    let begin = word(span.start(), &|l| *l == Lex::At).unwrap_or(span.start());
    word(begin, &|l| *l == Lex::The).map_or(span, |start| Span::new(start, span.end()))
}

/// Whether only prepositions and articles stand before the one expression, and nothing but signs behind it.
fn only_joints(text: &str, within: Span, found: &[(Span, Expression)], language: &Language) -> bool {
    let Some((span, _)) = found.first() else { return false };
    let behind = text.get(span.end()..within.end()).unwrap_or_default();
    before_is_joint(text, within.start(), span.start(), language) && !behind.contains(char::is_alphanumeric)
}

fn before_is_joint(text: &str, start: usize, end: usize, language: &Language) -> bool {
    let mut rest = text.get(start..end).unwrap_or_default().trim();
    while !rest.is_empty() {
        let ends = |length: usize| rest.get(length..).is_some_and(|r| !r.starts_with(char::is_alphanumeric));
        let Some((length, entry)) = language.lexicon.longest(rest, ends) else { return false };
        let joint = |l: &Lex| matches!(l, Lex::The | Lex::At) || language.led_queries && *l == Lex::Preposition;
        if !entry.lexemes.iter().any(joint) || entry.classes.meets(Classes::TRIGGER) {
            return false;
        }
        rest = rest.get(length..).unwrap_or_default().trim_start();
    }
    true
}
