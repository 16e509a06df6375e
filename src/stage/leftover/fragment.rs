//! Fragments: runs that belong together, and whether they were left over or are there on purpose.

use super::latin::{self, Token};
use super::scan::{Home, Run, family};
use super::{context, japanese};
use crate::model::{ForeignKind, LanguageTag, Passage};
use crate::rules::confidence::Class;
use crate::rules::leftover::LeftoverRules;
use crate::text::Span;
use crate::text::script::{self, Script};

/// A foreign fragment, judged.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fragment {
    pub(super) span: Span,
    pub(super) script: Script,
    pub(super) passage: usize,
    pub(super) glued: bool,
    pub(super) verdict: Verdict,
    /// Its language, where it is known already.
    pub(super) tag: Option<LanguageTag>,
    /// What its words say for that, in nats, where they were asked.
    pub(super) nats: f32,
}

/// What a fragment is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Verdict {
    /// Of this class, found by this rule.
    Leftover {
        class: Class,
        rule: &'static str,
    },
    Foreign(ForeignKind),
}

impl Verdict {
    /// A leftover of this class.
    pub(super) const fn leftover(class: Class) -> Self {
        Self::Leftover { class, rule: class.rule() }
    }
}

/// Nothing longer than this, in bytes, lies between two runs of one fragment.
const GAP: usize = 80;

/// Makes fragments of the runs of a passage and adds them, in order of place.
pub(super) fn judge(
    text: &str,
    passage: &Passage,
    index: usize,
    runs: &[Run],
    home: &Home,
    rules: &LeftoverRules,
    out: &mut Vec<Fragment>,
) {
    let first = out.len();
    let mut groups: Vec<Run> = Vec::new();
    for run in runs.iter().filter(|r| r.family != Script::Latin) {
        match groups.last_mut() {
            Some(last) if last.family == run.family && joins(text, passage, last, run, home, rules) => {
                last.span = last.span.hull(run.span);
            }
            _ => groups.push(*run),
        }
    }
    for group in &mut groups {
        if group.family == Script::Hiragana && home.family == Script::Han {
            group.span = japanese::extended(text, passage.span, group.span, rules.language.han());
        }
        if let Some(verdict) = judge_letters(text, passage, *group, home) {
            let script = main_script(text, *group);
            out.push(Fragment {
                span: group.span,
                script,
                passage: index,
                glued: is_glued(text, group.span, home),
                verdict,
                tag: None,
                nats: 0.0,
            });
        }
    }
    let mut words = words(text, passage, runs, &groups, rules);
    let slips = slips(text, &words, home);
    words.retain(|w| slips < SLIPS || !is_latin_lookalike(w.span.of(text)));
    let mut rest = words.as_slice();
    while let Some(begin) = rest.first().map(|word| word.span.start()) {
        let more = rest.windows(2).take_while(|pair| match pair {
            [a, b] => touches(text, passage, begin, a.span, b.span, home),
            _ => false,
        });
        let (group, others) = rest.split_at((more.count() + 1).min(rest.len()));
        if let Some((span, verdict)) = judge_words(text, passage, group, home, rules) {
            let glued = is_glued(text, span, home);
            out.push(Fragment { span, script: Script::Latin, passage: index, glued, verdict, tag: None, nats: 0.0 });
        }
        rest = others;
    }
    if let Some(new) = out.get_mut(first..) {
        new.sort_by_key(|f| f.span);
    }
}

/// Whether two runs of one family belong to one fragment: nothing of the surrounding language between them, in one sentence. Capitalised words
/// of a Latin text are names that the fragment may hold.
fn joins(text: &str, passage: &Passage, left: &Run, right: &Run, home: &Home, rules: &LeftoverRules) -> bool {
    let gap = Span::new(left.span.end(), right.span.start());
    if gap.len() > GAP || !in_one_sentence(passage, left.span.end(), right.span.start()) {
        return false;
    }
    let gap = gap.of(text);
    if left.family == Script::Hiragana {
        return japanese::joins(gap, rules.language.han());
    }
    if home.family != Script::Latin {
        return !gap.chars().any(|c| home.is_home(c) || c == '\n');
    }
    gap.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .all(|w| w.chars().any(|c| c.is_uppercase() || c.is_numeric()))
}

/// Whether nothing but blanks, digits and punctuation lies between two tokens of one sentence, in a fragment that begins at `start`.
fn touches(text: &str, passage: &Passage, start: usize, left: Span, right: Span, home: &Home) -> bool {
    let gap = Span::new(left.end(), right.start());
    gap.len() <= GAP
        && !context::leaves(Span::new(start, left.end()).of(text), gap.of(text))
        && in_one_sentence(passage, left.end(), right.start())
        && !gap.of(text).chars().any(|c| c == '\n' || home.is_home(c) || !script::is_neutral(script::of(c)))
}

fn in_one_sentence(passage: &Passage, left: usize, right: usize) -> bool {
    let next = passage.sentences.partition_point(|s| s.start() < right);
    next.checked_sub(1).and_then(|i| passage.sentences.get(i)).is_none_or(|s| s.start() < left)
}

/// Whether a letter of the surrounding text touches the fragment.
fn is_glued(text: &str, span: Span, home: &Home) -> bool {
    let before = text.get(..span.start()).and_then(|t| t.chars().next_back());
    let after = text.get(span.end()..).and_then(|t| t.chars().next());
    before.is_some_and(|c| home.is_home(c)) || after.is_some_and(|c| home.is_home(c))
}

fn main_script(text: &str, group: Run) -> Script {
    let counts = script::census(group.span.of(text));
    counts
        .iter()
        .find(|(script, _)| family(*script) == family(group.family))
        .map_or(group.family, |(script, _)| *script)
}

/// A fragment in letters other than Latin. `None` where it is no fragment but a slip inside a word.
fn judge_letters(text: &str, passage: &Passage, group: Run, home: &Home) -> Option<Verdict> {
    let fragment = group.span.of(text);
    let letters = fragment.chars().filter(|c| !script::is_neutral(script::of(*c))).count();
    let glued = is_glued(text, group.span, home);
    let foreign = |kind| Some(Verdict::Foreign(kind));
    match group.family {
        // Signs of mathematics and physics.
        Script::Greek if letters <= 2 => return foreign(ForeignKind::Unit),
        // One letter of another alphabet inside or beside a word is a slip of the keyboard or a sign.
        Script::Cyrillic | Script::Latin | Script::Armenian | Script::Cherokee | Script::Coptic if letters <= 2 => {
            return if glued { None } else { foreign(ForeignKind::Unit) };
        }
        Script::Greek | Script::Cyrillic if is_lookalike(fragment) && glued => return None,
        Script::Cyrillic if letters <= 6 && !fragment.contains(' ') && fragment.chars().all(|c| !c.is_lowercase()) => {
            return foreign(ForeignKind::Acronym);
        }
        // `の` and `ツ` as ornaments, ﷺ after a name.
        Script::Hiragana | Script::Han if matches!(fragment, "の" | "ツ" | "シ" | "ノ") => {
            return foreign(ForeignKind::Name);
        }
        Script::Arabic if fragment.chars().all(|c| matches!(c, '\u{fd50}'..='\u{fdff}')) => {
            return foreign(ForeignKind::Unit);
        }
        _ => {}
    }
    if context::in_address(text, passage.span, group.span) {
        return foreign(ForeignKind::Address);
    }
    if let Some(kind) = context::purpose(text, passage.span, group.span, home) {
        return foreign(kind);
    }
    let class = match group.family {
        // Where Japanese ends and Chinese begins is a guess.
        Script::Hiragana if letters < 3 => Class::KanaShort,
        Script::Hiragana => Class::Kana,
        _ if letters == 1 => Class::Letter,
        _ => Class::Script,
    };
    Some(Verdict::leftover(class))
}

/// Whether all letters look like Latin ones.
fn is_lookalike(fragment: &str) -> bool {
    fragment.chars().count() <= 4 && fragment.chars().all(|c| "асеорхуіјѕԁАВСЕНІЈКМОРЅТХУοαΑΒΕΖΗΙΚΜΝΟΡΤΥΧ".contains(c))
}

/// Whether all letters look like Cyrillic ones.
fn is_latin_lookalike(word: &str) -> bool {
    word.chars().all(|c| "aceijkopsxyABCEHIJKMOPSTXY".contains(c))
}

/// A passage with so many Cyrillic words that have such letters inside was typed with them throughout: `рeкao je`.
const SLIPS: usize = 2;

/// How many Cyrillic words of the passage have Latin letters inside that look like their own.
fn slips(text: &str, words: &[Word], home: &Home) -> usize {
    if home.family != Script::Cyrillic {
        return 0;
    }
    words.iter().filter(|w| is_latin_lookalike(w.span.of(text)) && is_glued(text, w.span, home)).count()
}

/// A token in Latin letters.
#[derive(Clone, Copy, Debug)]
struct Word {
    span: Span,
    token: Token,
}

/// The tokens in Latin letters outside the fragments of other scripts.
fn words(text: &str, passage: &Passage, runs: &[Run], groups: &[Run], rules: &LeftoverRules) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut done = passage.span.start();
    let mut groups = groups.iter().peekable();
    for run in runs.iter().filter(|r| r.family == Script::Latin && r.span.start() >= passage.span.start()) {
        while groups.next_if(|g| g.span.end() <= run.span.start()).is_some() {}
        if run.span.start() < done || groups.peek().is_some_and(|g| g.span.contains(run.span)) {
            continue;
        }
        let span = latin::around(text, done, run.span.start(), passage.span.end());
        done = span.end().max(run.span.end());
        out.push(Word { span, token: latin::classify(span.of(text), rules) });
    }
    out
}

/// A fragment in Latin letters: where its words begin and end, and what it is. `None` where there is nothing to say.
fn judge_words(
    text: &str,
    passage: &Passage,
    group: &[Word],
    home: &Home,
    rules: &LeftoverRules,
) -> Option<(Span, Verdict)> {
    let is_edge = |w: &&Word| {
        !matches!(
            w.token,
            Token::Kind(ForeignKind::Address | ForeignKind::Code | ForeignKind::Citation) | Token::Nothing
        )
    };
    let words: Vec<&Word> = {
        let start = group.iter().position(|w| is_edge(&w)).unwrap_or(0);
        let end = group.iter().rposition(|w| is_edge(&w)).map_or(group.len(), |i| i + 1);
        group.get(start..end).unwrap_or_default().iter().collect()
    };
    let (first, last) = (words.first()?, words.last()?);
    let span = letters_of(text, first.span.hull(last.span));
    if span.is_empty() {
        return None;
    }
    let lower: Vec<&&Word> = words.iter().filter(|w| matches!(w.token, Token::Word { .. })).collect();
    if lower.is_empty() {
        return without_words(text, span, &words, home).map(|kind| (span, Verdict::Foreign(kind)));
    }
    let foreign = |kind| Some((span, Verdict::Foreign(kind)));
    if let Some(kind) = context::purpose(text, passage.span, span, home) {
        return foreign(kind);
    }
    if is_name(text, &words, rules) {
        return foreign(ForeignKind::Name);
    }
    if is_citation(text, span, &words) {
        return foreign(ForeignKind::Citation);
    }
    let (frequent, letters) = lower.iter().fold((0, 0), |(f, n), w| match w.token {
        Token::Word { frequent, letters } => (f + usize::from(frequent), n + letters),
        _ => (f, n),
    });
    if let [only] = lower.as_slice() {
        let word = only.span.of(text);
        if words.len() == 1 && is_compound(text, only.span, home) {
            return foreign(ForeignKind::Loanword);
        }
        if after_digit(text, only.span) && rules.is_unit(word) {
            return foreign(ForeignKind::Unit);
        }
        if letters < 3 && frequent == 0 {
            return foreign(ForeignKind::Name);
        }
        if words.len() == 1 && letters < 3 {
            return foreign(ForeignKind::Acronym);
        }
    }
    let code =
        words.iter().filter(|w| matches!(w.token, Token::Kind(ForeignKind::Code | ForeignKind::Address))).count();
    if code >= lower.len() {
        return foreign(ForeignKind::Code);
    }
    let class = match (lower.len(), frequent) {
        (1, 0) if letters < 4 => Class::WordShort,
        // It may be the name of a program.
        (1, 0) => Class::WordUnknown,
        (2, 0) => Class::WordsUnknown,
        (_, 0) | (1, _) => Class::WordsSome,
        _ => Class::Words,
    };
    Some((span, Verdict::leftover(class)))
}

/// What a fragment without lower-case words is.
fn without_words(text: &str, span: Span, words: &[&Word], home: &Home) -> Option<ForeignKind> {
    let kind = words.iter().find_map(|w| match w.token {
        Token::Kind(kind) => Some(kind),
        Token::Capital => Some(ForeignKind::Name),
        Token::Word { .. } | Token::Nothing => None,
    });
    let short = span.of(text).chars().count() <= 2;
    // A letter or two inside a word of another alphabet: a slip of the keyboard.
    (!(short && is_glued(text, span, home) && home.family != Script::Han)).then_some(kind).flatten()
}

/// `University of Michigan`, `van der Waals`: lower-case words that names hold, the rest capitalised.
fn is_name(text: &str, words: &[&Word], rules: &LeftoverRules) -> bool {
    let capital = |w: &Word| matches!(w.token, Token::Capital | Token::Kind(ForeignKind::Name | ForeignKind::Acronym));
    let quoted = words
        .first()
        .and_then(|w| text.get(..w.span.start()))
        .is_some_and(|t| t.ends_with(['"', '“', '„', '«', '『', '《', '「']));
    let ends = words.last().is_some_and(|w| capital(w)) && words.len() <= if quoted { 20 } else { 8 };
    let begins = words.first().is_some_and(|w| capital(w));
    ends && words.iter().all(|w| {
        let word = w.span.of(text);
        !matches!(w.token, Token::Word { .. }) || rules.is_particle(word) || (begins && rules.is_connector(word))
    })
}

/// A reference: initials or an abbreviation of bibliographies, and a year.
fn is_citation(text: &str, span: Span, words: &[&Word]) -> bool {
    let body = span.of(text);
    let initials = words
        .iter()
        .filter(|w| w.span.of(text).trim_end_matches('.').chars().count() == 1 && matches!(w.token, Token::Kind(_)))
        .count();
    let year = body.split(|c: char| !c.is_ascii_digit()).any(|n| n.len() == 4);
    let marked = ["et al", "doi", "ISBN", "ISSN", "pp. ", "vol. ", "Vol. ", "//", "eds.", "arXiv", "Proc. ", "Press"]
        .iter()
        .any(|m| body.contains(m));
    year && (marked || initials >= 2)
}

/// Whether a hyphen joins the word to one of the surrounding text: `web-сайт`.
fn is_compound(text: &str, span: Span, home: &Home) -> bool {
    let body = span.of(text);
    let after = text.get(span.end()..).and_then(|t| t.chars().next());
    let before = text.get(..span.start()).and_then(|t| t.chars().next_back());
    (body.ends_with(['-', '\'', '’']) && after.is_some_and(|c| home.is_home(c)))
        || (body.starts_with('-') && before.is_some_and(|c| home.is_home(c)))
}

fn after_digit(text: &str, span: Span) -> bool {
    let before = text.get(..span.start()).unwrap_or_default();
    before.trim_end().ends_with(|c: char| c.is_ascii_digit()) || span.of(text).starts_with(|c: char| c.is_ascii_digit())
}

/// The span from its first to its last letter.
fn letters_of(text: &str, span: Span) -> Span {
    let body = span.of(text);
    let start = body.find(char::is_alphabetic).unwrap_or(body.len());
    let end = body.char_indices().rev().find(|(_, c)| c.is_alphabetic()).map_or(start, |(i, c)| i + c.len_utf8());
    Span::new(span.start() + start, span.start() + end)
}
