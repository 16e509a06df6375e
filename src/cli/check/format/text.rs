//! Findings for people, as a compiler prints them.

use super::super::frame::frame;
use super::super::item::{Item, State};
use super::{Format, Page};
use crate::cli::log;

/// Lines in which findings are explained.
#[derive(Debug)]
pub(in super::super) struct Text {
    /// Whether colours are used.
    pub(in super::super) coloured: bool,
    /// How many columns there are.
    pub(in super::super) columns: usize,
    /// Whether what was suppressed is shown, too.
    pub(in super::super) verbose: bool,
}

const BOLD: &str = "1";
const RED: &str = "1;31";
const YELLOW: &str = "1;33";
const CYAN: &str = "1;36";
const BLUE: &str = "1;34";
const GREEN: &str = "32";

impl Format for Text {
    fn page(&mut self, page: &Page<'_>) -> String {
        let shown = page.items.iter().filter(|item| self.verbose || item.is_new());
        shown.map(|item| self.item(page.source, item)).collect()
    }
}

impl Text {
    fn item(&self, source: &str, item: &Item) -> String {
        let f = &item.finding;
        let tone = match f.severity.as_str() {
            "error" => RED,
            "warning" => YELLOW,
            _ => CYAN,
        };
        let place = self.paint(BOLD, &format!("{}:{}:{}:", log::safe(&f.document), f.line, f.column));
        let severity = self.paint(tone, &format!("{}:", f.severity));
        let mut out = format!("{place} {severity} {} [{}]\n", log::safe(&f.message), f.rule);
        let number = f.line.to_string();
        let gutter = number.len().max(3);
        let bar = self.paint(BLUE, "|");
        let frame = frame(source, item, self.columns.saturating_sub(gutter + 4).max(20));
        out.push_str(&format!("{} {bar} {}\n", self.paint(BLUE, &format!("{number:>gutter$}")), frame.line));
        if let Some(indent) = frame.indent {
            let line = self.paint(tone, &"^".repeat(frame.width));
            let rest = if frame.goes_on { " … and on" } else { "" };
            out.push_str(&format!("{:gutter$} {bar} {}{line}{rest}\n", "", " ".repeat(indent)));
        }
        let note = |name: &str, tone: &str, text: &str| {
            let text = if tone.is_empty() { text.to_owned() } else { self.paint(tone, text) };
            format!("{:gutter$} {} {name}: {text}\n", "", self.paint(BLUE, "="))
        };
        match f.suggestions.first().map(String::as_str) {
            Some("") => out.push_str(&note("instead", "", "nothing")),
            Some(best) => out.push_str(&note("instead", GREEN, &log::safe(best))),
            None => {}
        }
        out.push_str(&note("help", "", &format!("recensio rules {}", f.rule)));
        match &item.state {
            State::New => {}
            State::Known => out.push_str(&note("left", "", "it is in the baseline")),
            State::Suppressed { reason, .. } => out.push_str(&note("suppressed", "", &log::safe(reason))),
        }
        out.push('\n');
        out
    }

    fn paint(&self, tone: &str, text: &str) -> String {
        if self.coloured { format!("\u{1b}[{tone}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}
