//! What the feeds of databases have in common.

/// A text in quotes. A zero byte, which databases do not hold, is left out.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\0', "").replace('\'', "''"))
}

/// The same, or NULL.
pub(super) fn optional(text: Option<&str>) -> String {
    text.map_or_else(|| "NULL".to_owned(), quoted)
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_text_cannot_leave_its_quotes() {
        assert_eq!(quoted("a'; DROP TABLE x; --\0"), "'a''; DROP TABLE x; --'");
        assert_eq!(quoted("a\\'b"), "'a\\''b'");
    }
}
