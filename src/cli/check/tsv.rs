//! Cells of tab-separated files: one line, no formula.

/// A cell that is read back by [`unescaped`]: backslashes, tabs and line ends are written as `\\`, `\t`, `\n` and `\r`.
pub(in crate::cli) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            c => out.push(c),
        }
    }
    out
}

/// What [`escaped`] made a cell of.
pub(super) fn unescaped(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    let mut chars = cell.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('t') => out.push('\t'),
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('\\') | None => out.push('\\'),
            Some(other) => out.extend(['\\', other]),
        }
    }
    out
}

/// A cell for people who open the file in a spreadsheet: as [`escaped`], every other control character as `\u{…}`, and an apostrophe before what a
/// spreadsheet would take for a formula (OWASP, CSV injection).
pub(super) fn for_sheets(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    let first = text.trim_start().chars().next();
    if matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '|' | '%'))
        || text.starts_with(['\t', '\r', '\n'])
    {
        out.push('\'');
    }
    for c in escaped(text).chars() {
        if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{escaped, for_sheets, unescaped};

    #[test]
    fn cells_are_read_back_as_they_were() {
        for text in ["", "a\tb\r\nc", "\\t", "\\\\n\t", "法\\", "\\x"] {
            let cell = escaped(text);
            assert!(!cell.contains(['\t', '\n', '\r']));
            assert_eq!(unescaped(&cell), text, "{cell}");
        }
    }

    #[test]
    fn no_cell_is_a_formula() {
        for formula in ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", " =1", "\t=1", "\r=1", "＝1", "|x", "%0A=1"] {
            let cell = for_sheets(formula);
            assert!(cell.starts_with('\''), "{formula:?} {cell:?}");
        }
        assert_eq!(for_sheets("法律\u{7}\u{85}"), "法律\\u{7}\\u{85}");
        assert_eq!(for_sheets("a-b"), "a-b");
    }
}
