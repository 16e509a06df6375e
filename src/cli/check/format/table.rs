//! Tab-separated values for spreadsheets and `cut`.

use super::super::tsv::for_sheets;
use super::{Format, Page};

const COLUMNS: &str = "document\tline\tcolumn\tseverity\trule\ttext\tmessage\tsuggestion\tcontext\tfingerprint\n";

/// Tab-separated values with their names in the first line.
#[derive(Debug, Default)]
pub(in super::super) struct Table {
    begun: bool,
}

impl Format for Table {
    fn page(&mut self, page: &Page<'_>) -> String {
        let mut out = if self.begun { String::new() } else { COLUMNS.to_owned() };
        self.begun = true;
        for item in page.items.iter().filter(|item| item.is_new()) {
            let f = &item.finding;
            let (line, column) = (f.line.to_string(), f.column.to_string());
            let suggestion = f.suggestions.first().map_or("", String::as_str);
            let cells: [&str; 10] = [
                &f.document,
                &line,
                &column,
                &f.severity,
                &f.rule,
                &f.text,
                &f.message,
                suggestion,
                &f.context,
                &f.fingerprint,
            ];
            out.push_str(&cells.map(for_sheets).join("\t"));
            out.push('\n');
        }
        out
    }

    fn end(&mut self) -> String {
        if self.begun { String::new() } else { COLUMNS.to_owned() }
    }
}
