//! Workflow commands of GitHub Actions, which show findings beside the lines of a pull request.

use super::{Format, Page};
use crate::cli::log;

/// Workflow commands.
#[derive(Debug, Default)]
pub(in super::super) struct GitHub;

impl Format for GitHub {
    fn page(&mut self, page: &Page<'_>) -> String {
        let mut out = String::new();
        if let Some(failure) = page.failure {
            out.push_str(&format!("::error file={}::{}\n", property(page.path), data(failure)));
        }
        for item in page.items.iter().filter(|item| item.is_new()) {
            let f = &item.finding;
            let command = match f.severity.as_str() {
                "error" => "error",
                "warning" => "warning",
                _ => "notice",
            };
            let mut message = f.message.clone();
            if let Some(best) = f.suggestions.first() {
                message.push_str(&format!("\ninstead: {best}"));
            }
            message.push_str(&format!("\n{}", f.context));
            let (line, column, (end_line, end_column)) = (f.line, f.column, item.end);
            // Columns are shown only where the fragment does not go over its line.
            let columns =
                if end_line == line { format!(",col={column},endColumn={end_column}") } else { String::new() };
            out.push_str(&format!(
                "::{command} file={},line={line},endLine={end_line}{columns},title={}::{}\n",
                property(page.path),
                property(&f.rule),
                data(&message)
            ));
        }
        out
    }
}

/// What stands after the second `::`, by the rules of the toolkit (`@actions/core`, `escapeData`); what would move a terminal is shown.
fn data(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(|line| log::safe(line.trim_end_matches('\r'))).collect();
    lines.join("\n").replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What stands behind a `=` (`escapeProperty`).
fn property(text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    log::safe(&text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn nothing_in_a_text_is_a_command() {
        assert_eq!(data("100 % of\r\n::set-env name=x::y"), "100 %25 of%0A::set-env name=x::y");
        assert_eq!(property("a:b,c\n%d\u{1b}"), "a%3Ab%2Cc%0A%25d\\u{1b}");
    }
}
