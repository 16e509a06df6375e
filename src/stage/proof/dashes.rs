//! Two kinds of dash between the parts of sentences.

use super::setting::{Setting, after, before};
use super::sink::Sink;
use crate::model::{Message, Severity};
use crate::text::Span;

const RULE: &str = "dashes.mixed";
const KINDS: [(char, &str); 3] = [('—', "dash.em"), ('–', "dash.en"), ('-', "dash.hyphen")];

#[derive(Clone, Copy, Debug, Default)]
struct Uses {
    count: usize,
    first: usize,
}

/// Counts dashes that stand between blanks.
#[derive(Debug, Default)]
pub(super) struct Dashes {
    uses: [Uses; 3],
}

impl Dashes {
    /// Looks at the mark `c` at `at`.
    #[inline]
    pub(super) fn mark(&mut self, text: &str, c: char, at: usize, setting: &Setting<'_>) {
        if matches!(c, '-' | '–' | '—') && !setting.is_code && !setting.is_table && !setting.is_cjk {
            self.dash(text, c, at);
        }
    }

    fn dash(&mut self, text: &str, c: char, at: usize) {
        let is_blank =
            |c: Option<char>| c.is_some_and(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{200a}'));
        let (head, end) = (before(text, at), at + c.len_utf8());
        if !is_blank(head) || !is_blank(after(text, end)) {
            return;
        }
        let start = at - head.map_or(0, char::len_utf8);
        let rest = text.get(end..).unwrap_or_default();
        let next = rest.chars().find(|c| !c.is_whitespace());
        // At the beginning of a line it is a bullet or opens speech; between figures it is a range, a score or a minus.
        let (Some(previous), Some(next)) = (before(text, start), next) else { return };
        if previous.is_whitespace()
            || previous.is_numeric() && next.is_numeric()
            || c == '-' && (next.is_numeric() || next.is_ascii_punctuation())
        {
            return;
        }
        if let Some((uses, _)) = self.uses.iter_mut().zip(KINDS).find(|(_, (kind, _))| *kind == c) {
            if uses.count == 0 {
                uses.first = at;
            }
            uses.count += 1;
        }
    }

    /// Gives a finding at the first use of the rarer kind.
    pub(super) fn finish(self, sink: &mut Sink) {
        let mut kinds: Vec<_> = KINDS.into_iter().zip(self.uses).filter(|(_, uses)| uses.count > 0).collect();
        kinds.sort_by(|a, b| b.1.count.cmp(&a.1.count).then_with(|| a.1.first.cmp(&b.1.first)));
        let [((usual, _), _), ((dash, _), rare), ..] = kinds.as_slice() else { return };
        sink.push(RULE, Severity::Note, Span::new(rare.first, rare.first + dash.len_utf8()), || {
            let mut message = Message::default();
            for (index, ((_, name), uses)) in kinds.iter().enumerate() {
                message = message.then(if index == 0 { RULE } else { "dashes.more" }).name(*name, "").with(uses.count);
            }
            (message, vec![usual.to_string()])
        });
    }
}
