//! The thread that looks at documents, so that the editor is answered meanwhile.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use super::document::Found;
use crate::batch::{Checking, check_one};
use crate::cli::check::{Choice, Item, Judge, LIST, List};
use crate::options::Options;
use crate::read::{Fields, Format, Raw, kind_of};
use crate::rules::Rules;
use crate::text::Span;

/// A document that is to be looked at.
#[derive(Debug)]
pub(super) struct Job {
    /// Its URI.
    pub(super) uri: String,
    /// Its name.
    pub(super) name: String,
    /// What the editor takes it for.
    pub(super) language: String,
    /// Its text.
    pub(super) text: String,
    /// The change that this is.
    pub(super) change: u64,
    /// The folder that is worked in.
    pub(super) root: Option<PathBuf>,
    /// What it is looked at with.
    pub(super) analyst: Arc<Analyst>,
}

/// What it came to.
#[derive(Debug)]
pub(super) struct Done {
    /// The document.
    pub(super) uri: String,
    /// What was found.
    pub(super) found: Found,
    /// What the user should know.
    pub(super) trouble: Option<String>,
}

/// What documents are looked at with.
#[derive(Debug)]
pub(super) struct Analyst {
    /// What the stages know.
    pub(super) rules: Rules,
    /// The choices that change what is found.
    pub(super) options: Options,
    /// The checks that are wanted.
    pub(super) choice: Choice,
    /// The file of suppressions that the user names.
    pub(super) suppressions: Option<PathBuf>,
}

/// Looks at what comes in until nothing more comes; of several jobs about one document at the last.
pub(super) fn work(jobs: &Receiver<Job>, mut done: impl FnMut(Done)) {
    while let Ok(first) = jobs.recv() {
        let mut waiting = BTreeMap::new();
        for job in std::iter::once(first).chain(jobs.try_iter()) {
            waiting.insert(job.uri.clone(), job);
        }
        for job in waiting.into_values() {
            let analyst = Arc::clone(&job.analyst);
            done(analyst.look(job));
        }
    }
}

impl Analyst {
    fn look(&self, job: Job) -> Done {
        let Job { uri, name, language, text, change, root, .. } = job;
        let (format, by_name) = kind_of(&name);
        let media_type = match language.as_str() {
            "markdown" => "text/markdown",
            "html" => "text/html",
            _ => by_name,
        };
        let nothing = Found { change, items: Vec::new(), repairs: Vec::new(), media_type };
        if format != Format::Text {
            return Done { uri, found: nothing, trouble: None };
        }
        let raw = Raw { media_type, ..Raw::text(&name, &text) };
        let fields = Fields::default();
        let optional = self.choice.wants_optional();
        let checking =
            Checking { fields: &fields, rules: &self.rules, options: &self.options, optional, repairs: true };
        let mut checked = check_one(raw, checking);
        // A byte order mark is no part of the source.
        let shift = text.len().saturating_sub(checked.source.len());
        if text.get(shift..) != Some(checked.source.as_str()) {
            let trouble = format!("{name} is read otherwise than the editor shows it; nothing is said of it");
            return Done { uri, found: nothing, trouble: Some(trouble) };
        }
        let (list, mut trouble) = self.list(root);
        let mut judge = Judge {
            choice: self.choice.clone(),
            list,
            baseline: None,
            decisions: None,
            unit: self.options.offsets,
            tongue: self.options.messages,
        };
        let mut items = judge.judge(&checked);
        items.retain(Item::is_new);
        checked.repairs = judge.repairs(&checked);
        let moved = |span: Span| Span::new(span.start() + shift, span.end() + shift);
        for item in &mut items {
            item.at = moved(item.at);
        }
        for repair in &mut checked.repairs {
            repair.span = moved(repair.span);
        }
        trouble = checked.failure.or(trouble);
        let found = Found { items, repairs: checked.repairs, media_type: checked.origin.media_type, ..nothing };
        Done { uri, found, trouble }
    }

    /// The file of suppressions as it is now, and what is wrong with it.
    fn list(&self, root: Option<PathBuf>) -> (Option<List>, Option<String>) {
        let path = match (&self.suppressions, root) {
            (Some(path), _) => path.clone(),
            (None, Some(root)) if root.join(LIST).is_file() => root.join(LIST),
            _ => return (None, None),
        };
        match List::read(&path) {
            Ok(list) => (Some(list), None),
            Err(error) => (None, Some(error.to_string())),
        }
    }
}
