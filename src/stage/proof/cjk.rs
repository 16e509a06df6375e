//! Chinese and Japanese punctuation in other scripts, and the other way round.

use super::setting::{Setting, after, before};
use super::sink::Sink;
use crate::model::{Message, Severity};
use crate::rules::proof::ProofRules;
use crate::text::Span;
use crate::text::script::{self, Script};

/// The rule.
pub(super) const RULE: &str = "punctuation.cjk";

/// Finds CJK marks at once, and counts ASCII marks between CJK letters.
#[derive(Debug, Default)]
pub(super) struct Cjk {
    ascii: Option<(usize, char)>,
    count: usize,
}

impl Cjk {
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
        if setting.is_cjk {
            if matches!(c, ',' | ';') && !setting.is_code {
                self.narrow(text, c, at);
            }
        } else if !setting.in_cjk
            && matches!(c, '\u{3000}'..='\u{301f}' | '\u{30fb}' | '\u{ff01}'..='\u{ff64}')
            && !setting.is_code
        {
            wide(text, c, at, setting, rules, sink);
        }
    }

    fn narrow(&mut self, text: &str, c: char, at: usize) {
        if before(text, at).is_some_and(is_cjk) && after(text, at + 1).is_none_or(|c| is_cjk(c) || c.is_whitespace()) {
            self.ascii.get_or_insert((at, c));
            self.count += 1;
        }
    }

    /// Gives one finding for all ASCII marks.
    pub(super) fn finish(self, sink: &mut Sink) {
        if let Some((at, c)) = self.ascii {
            sink.push(RULE, Severity::Note, Span::new(at, at + 1), || {
                let wide = char::from_u32(c as u32 + 0xfee0).map(String::from);
                (Message::new("punctuation.narrow").with(self.count), wide.into_iter().collect())
            });
        }
    }
}

fn wide(text: &str, c: char, at: usize, setting: &Setting<'_>, rules: &ProofRules, sink: &mut Sink) {
    let Some(elsewhere) = rules.elsewhere(c) else { return };
    let end = at + c.len_utf8();
    // Inside Chinese or Japanese words, and around them, it is at home.
    if before(text, at).is_some_and(is_cjk) || after(text, end).is_some_and(is_cjk) {
        return;
    }
    // Korean sets titles and quotations in such brackets, and lists with such dots.
    if setting.is_korean && matches!(c, '「'..='】' | '〈'..='《' | '》' | '〔'..='〗' | '・' | '〜' | '～' | '〃')
    {
        return;
    }
    sink.push(RULE, Severity::Warning, Span::new(at, end), || (Message::new(RULE).with(c), vec![elsewhere]));
}

fn is_cjk(c: char) -> bool {
    !c.is_ascii() && matches!(script::of(c), Script::Han | Script::Hiragana | Script::Katakana | Script::Bopomofo)
}
