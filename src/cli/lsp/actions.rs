//! What an editor offers to do about a finding.

use std::path::Path;

use serde_json::{Value, json};

use super::document::{Found, Open};
use super::position::Places;
use super::uri;
use crate::cli::check::{Item, LIST, Style, escaped, style};
use crate::model::Repair;
use crate::rules::checks;
use crate::text::Span;

/// Everything that can be mended at once.
const ALL: &str = "source.fixAll.recensio";

/// What actions are made with.
pub(super) struct Asked<'a> {
    /// The document's URI.
    pub(super) uri: &'a str,
    /// The document's name.
    pub(super) name: &'a str,
    /// The document.
    pub(super) document: &'a Open,
    /// What was found in it.
    pub(super) found: &'a Found,
    /// Its places.
    pub(super) places: &'a Places<'a>,
    /// The folder that is worked in.
    pub(super) root: Option<&'a Path>,
    /// Whether the editor can make files and be told of versions.
    pub(super) can_make_files: bool,
}

impl Asked<'_> {
    /// The actions for what begins or ends within `span`; `only` are the kinds that are wanted. `diagnose` makes the diagnostic of a finding.
    pub(super) fn actions(&self, span: Span, only: Option<&[Value]>, diagnose: impl Fn(&Item) -> Value) -> Value {
        let wants = |kind: &str| {
            only.is_none_or(|only| {
                let names = only.iter().filter_map(Value::as_str);
                names.into_iter().any(|name| {
                    name.is_empty() || kind == name || kind.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'))
                })
            })
        };
        let mut out = Vec::new();
        if wants("quickfix") {
            let touched = |item: &&Item| item.at.start() <= span.end() && item.at.end() >= span.start();
            for item in self.found.items.iter().filter(touched) {
                self.quick(item, &diagnose(item), &mut out);
            }
        }
        // Only where it is asked for by its kind: it is about the whole document.
        if only.is_some() && wants(ALL) && !self.found.repairs.is_empty() {
            let repairs: Vec<&Repair> = self.found.repairs.iter().collect();
            let title = format!("Mend {} places that need no judgement", repairs.len());
            out.push(json!({ "title": title, "kind": ALL, "edit": self.repaired(&repairs) }));
        }
        out.into()
    }

    fn quick(&self, item: &Item, diagnostic: &Value, out: &mut Vec<Value>) {
        let rule = item.finding.rule.as_str();
        let check = checks::get(rule);
        let repairs: Vec<&Repair> = self.found.repairs.iter().filter(|repair| repair.rule == rule).collect();
        let is_whole = check.is_some_and(|check| check.whole);
        let mut offer = |title: String, edit: Value, preferred: bool| {
            out.push(json!({
                "title": title, "kind": "quickfix", "diagnostics": [diagnostic], "isPreferred": preferred, "edit": edit
            }));
        };
        if is_whole && !repairs.is_empty() {
            offer(format!("Mend all {} places", repairs.len()), self.repaired(&repairs), true);
        }
        let own: Vec<&Repair> =
            repairs.into_iter().filter(|repair| !is_whole && repair.span.overlaps(item.at)).collect();
        if let [repair] = own.as_slice() {
            offer(title(repair.with.as_str()), self.repaired(&own), true);
        } else if !is_whole {
            for with in &item.finding.suggestions {
                offer(title(with), self.edit(&[(item.at, with.clone())]), false);
            }
        }
        if rule.starts_with("suppression.") {
            return;
        }
        if let Some((span, comment)) = self.comment(item) {
            offer(format!("Let it stand: say why in a comment ({rule})"), self.edit(&[(span, comment)]), false);
        }
        if let Some(edit) = self.listed(item) {
            offer(format!("Let it stand in this document ({LIST})"), edit, false);
        }
    }

    /// The comment that lets a finding stand, once a reason is written in it, and its place.
    fn comment(&self, item: &Item) -> Option<(Span, String)> {
        let rule = &item.finding.rule;
        match style(self.found.media_type) {
            // At the end of the line: a line of its own could part a paragraph or a list.
            Style::Markup { units: [] } => {
                let end = self.document.line(item.at.start()).end();
                Some((Span::new(end, end), format!(" <!-- recensio-disable-line {rule} -- … -->")))
            }
            Style::Hash => {
                let head = self.document.text.get(..item.at.start())?;
                let start = head.rfind("\n\n").map_or(0, |at| at + 2);
                Some((Span::new(start, start), format!("#. recensio-disable-next-line {rule} -- …\n")))
            }
            Style::Markup { .. } | Style::Plain => None,
        }
    }

    /// The line of the file of suppressions that lets a finding stand.
    fn listed(&self, item: &Item) -> Option<Value> {
        let path = self.root?.join(LIST);
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let rule = &item.finding.rule;
        let what = escaped(&item.finding.text);
        let what = if what.trim() != what || what.is_empty() || what == "*" {
            format!("fingerprint:{}", item.finding.fingerprint)
        } else {
            what
        };
        let name = globset::escape(self.name);
        let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        let row = format!("{end}{rule}\t{name}\t{what}\tlet stand in the editor\n");
        let lines = text.split('\n').count() - 1;
        let last = text.rsplit('\n').next().unwrap_or_default();
        let character = last.encode_utf16().count();
        let at = json!({ "line": lines, "character": character });
        let (uri, range) = (uri::of(&path), json!({ "start": at, "end": at }));
        let edit =
            json!({ "textDocument": { "uri": uri, "version": null }, "edits": [{ "range": range, "newText": row }] });
        if path.exists() {
            return Some(json!({ "documentChanges": [edit] }));
        }
        let make = json!({ "kind": "create", "uri": uri, "options": { "ignoreIfExists": true } });
        self.can_make_files.then(|| json!({ "documentChanges": [make, edit] }))
    }

    fn repaired(&self, repairs: &[&Repair]) -> Value {
        let edits: Vec<_> = repairs.iter().map(|repair| (repair.span, repair.with.clone())).collect();
        self.edit(&edits)
    }

    fn edit(&self, edits: &[(Span, String)]) -> Value {
        let edit = |(span, text): &(Span, String)| json!({ "range": self.places.range(*span), "newText": text });
        let edits: Vec<Value> = edits.iter().map(edit).collect();
        json!({ "changes": { self.uri: edits } })
    }
}

fn title(with: &str) -> String {
    if with.is_empty() { "Take it out".to_owned() } else { format!("Write “{with}”") }
}
