//! Which of the findings of a document count: the rules that are wanted, what comments and the file of suppressions let stand, and the baseline.

use super::baseline::Baseline;
use super::choice::Choice;
use super::comments::{Comments, style};
use super::item::{Item, State};
use super::list::List;
use crate::batch::Checked;
use crate::decisions::Decisions;
use crate::model::{Message, Repair, Severity, Tongue};
use crate::record::{Finding, Fingerprints, Located};
use crate::rules::checks;
use crate::text::Span;
use crate::text::place::{Lines, Ruler, Unit};

/// The rule of suppressions that suppress nothing.
const UNUSED: &str = "suppression.unused";
/// That of suppressions that do not say what they must.
const INVALID: &str = "suppression.invalid";

/// What findings are held against.
#[derive(Debug)]
pub(in crate::cli) struct Judge {
    /// The checks that are wanted.
    pub(in crate::cli) choice: Choice,
    /// The file of suppressions.
    pub(in crate::cli) list: Option<List>,
    /// What was found before.
    pub(in crate::cli) baseline: Option<Baseline>,
    /// What was decided in a review.
    pub(in crate::cli) decisions: Option<Decisions>,
    /// What positions are counted in.
    pub(in crate::cli) unit: Unit,
    /// The language of messages.
    pub(in crate::cli) tongue: Tongue,
}

/// A comment, and which of its rules were of use.
struct Used {
    at: Span,
    over: Span,
    rules: Vec<(&'static str, bool)>,
    reason: String,
}

impl Judge {
    /// The findings of a document as they are shown, by place.
    pub(in crate::cli) fn judge(&mut self, checked: &Checked) -> Vec<Item> {
        let (document, source) = (checked.id.as_str(), checked.source.as_str());
        if let Some(list) = &mut self.list {
            list.meet(document);
        }
        if let Some(baseline) = self.baseline.as_mut().filter(|_| checked.failure.is_none()) {
            baseline.meet(document);
        }
        let comments = Comments::read(source, style(checked.origin.media_type));
        let mut used: Vec<Used> = comments
            .list
            .into_iter()
            .map(|c| Used {
                at: c.at,
                over: c.over,
                rules: c.rules.into_iter().map(|rule| (rule, false)).collect(),
                reason: c.reason,
            })
            .collect();
        let lines = Lines::new(source);
        let mut items = Vec::new();
        let wanted = checked.findings.iter().filter(|located| self.choice.wants(&located.finding.rule));
        for located in wanted {
            // Within a comment of ours its words are no text.
            let within = |span: Span| span.contains(located.at) && !located.at.is_empty();
            if used.iter().any(|comment| within(comment.at)) || comments.wrong.iter().any(|wrong| within(wrong.at)) {
                continue;
            }
            let mut item = Item::new(located.clone(), &lines);
            if let Some(reason) = commented(&mut used, &item) {
                item.state = State::Suppressed { external: false, reason };
            }
            items.push(item);
        }
        let own =
            self.about_comments(checked, &used, comments.wrong.iter().map(|wrong| (wrong.at, wrong.what.as_str())));
        items.extend(own.into_iter().map(|located| Item::new(located, &lines)));
        items.sort_by_key(|item| (item.at.start(), item.at.end()));
        for item in items.iter_mut().filter(|item| item.is_new()) {
            if let Some(reason) = self.list.as_mut().and_then(|list| list.reason(document, &item.finding)) {
                item.state = State::Suppressed { external: true, reason };
            } else if let Some(reason) = self.decisions.as_ref().and_then(|all| all.rejected(&item.finding)) {
                item.state = State::Suppressed { external: true, reason };
            } else if self.baseline.as_mut().is_some_and(|baseline| baseline.knows(document, &item.finding)) {
                item.state = State::Known;
            }
        }
        items
    }

    /// The repairs of a document that may be made: of wanted rules, where no suppression lets things stand.
    pub(in crate::cli) fn repairs(&mut self, checked: &Checked) -> Vec<Repair> {
        let items = self.judge(checked);
        let stays = |repair: &Repair| {
            items.iter().any(|item| {
                matches!(item.state, State::Suppressed { .. })
                    && item.finding.rule == repair.rule
                    && (item.at.overlaps(repair.span) || checks::get(repair.rule).is_some_and(|check| check.whole))
            })
        };
        let comments = Comments::read(&checked.source, style(checked.origin.media_type)).list;
        let commented = |repair: &Repair| {
            let is_whole = checks::get(repair.rule).is_some_and(|check| check.whole);
            comments.iter().any(|comment| {
                comment.at.overlaps(repair.span)
                    || comment.rules.contains(&repair.rule) && (is_whole || comment.over.contains(repair.span))
            })
        };
        let wanted = checked.repairs.iter().filter(|repair| self.choice.wants(repair.rule));
        wanted.filter(|repair| !stays(repair) && !commented(repair)).cloned().collect()
    }

    /// Findings about comments: those that suppress nothing, and those that do not say what they must.
    fn about_comments<'w>(
        &self,
        checked: &Checked,
        used: &[Used],
        wrong: impl Iterator<Item = (Span, &'w str)>,
    ) -> Vec<Located> {
        let mut about = About::new(&checked.id, &checked.source, (self.unit, self.tongue));
        if self.choice.wants(INVALID) {
            for (at, what) in wrong {
                about.add(INVALID, Severity::Error, at, Message::new(INVALID).with(what));
            }
        }
        if self.choice.wants(UNUSED) {
            for comment in used {
                let idle: Vec<&str> = comment
                    .rules
                    .iter()
                    .filter(|(rule, used)| !used && self.choice.wants(rule))
                    .map(|(rule, _)| *rule)
                    .collect();
                // A family or all of them is of use where one of its rules is.
                let is_one = comment.rules.len() == 1;
                if !idle.is_empty() && (is_one || comment.rules.iter().all(|(_, used)| !used)) {
                    let message = if idle.len() > 3 {
                        Message::new(UNUSED)
                    } else {
                        Message::new("suppression.none").with(idle.join(", "))
                    };
                    about.add(UNUSED, Severity::Warning, comment.at, message);
                }
            }
        }
        about.out
    }
}

/// Why a finding may stand, where a comment says so.
fn commented(comments: &mut [Used], item: &Item) -> Option<String> {
    let mut reason = None;
    for comment in comments {
        // What begins before and reaches in counts, too: the fragment may go over the line.
        let is_over = comment.over.contains(item.at) || comment.over.overlaps(item.at);
        let rule = comment.rules.iter_mut().find(|(rule, _)| is_over && *rule == item.finding.rule);
        if let Some((_, used)) = rule {
            *used = true;
            reason.get_or_insert_with(|| comment.reason.clone());
        }
    }
    reason
}

/// A finding about a line of a file that is no document.
pub(super) fn about_line(
    path: &str,
    text: &str,
    at: Span,
    rule: &'static str,
    severity: Severity,
    how: (Unit, Tongue),
) -> Item {
    let mut about = About::new(path, text, how);
    about.add(rule, severity, at, Message::new("suppression.line"));
    let lines = Lines::new(text);
    let located = about.out.remove(0);
    Item::new(located, &lines)
}

/// Makes findings about places of the decoded source.
struct About<'c> {
    document: &'c str,
    source: &'c str,
    lines: Lines<'c>,
    ruler: Ruler<'c>,
    unit: Unit,
    tongue: Tongue,
    prints: Fingerprints,
    out: Vec<Located>,
}

impl<'c> About<'c> {
    fn new(document: &'c str, source: &'c str, (unit, tongue): (Unit, Tongue)) -> Self {
        let (lines, ruler) = (Lines::new(source), Ruler::new(source, unit));
        Self { document, source, lines, ruler, unit, tongue, prints: Fingerprints::default(), out: Vec::new() }
    }

    fn add(&mut self, rule: &str, severity: Severity, at: Span, message: Message) {
        let fingerprint = self.prints.next(self.source, at, at, rule);
        let (line, column) = self.lines.position(at.start());
        let finding = Finding {
            id: Finding::id(self.document, &fingerprint),
            fingerprint,
            offsets: self.unit.name().to_owned(),
            document: self.document.to_owned(),
            rule: rule.to_owned(),
            severity: severity.name().to_owned(),
            // A comment is no part of the clean text.
            span: [0, 0],
            source: self.ruler.span(at),
            line,
            column,
            text: at.of(self.source).to_owned(),
            context: format!("⟦{}⟧", at.of(self.source).replace(char::is_whitespace, " ")),
            message: self.tongue.say(&message),
            said: message,
            suggestions: Vec::new(),
            segment: None,
        };
        self.out.push(Located { finding, at });
    }
}
