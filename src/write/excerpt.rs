//! What stands at a place of a record that was written.

/// What stands in `text` from `start` to `end`, counted in `unit` (`chars`, `bytes` or `utf16`); `None` where there is no such place.
pub fn excerpt(text: &str, unit: &str, [start, end]: [usize; 2]) -> Option<String> {
    let units = |c: char| match unit {
        "bytes" => c.len_utf8(),
        "utf16" => c.len_utf16(),
        _ => 1,
    };
    let (mut at, mut from, mut to) = (0, None, None);
    for (byte, c) in text.char_indices().map(|(byte, c)| (byte, units(c))).chain([(text.len(), 1)]) {
        from = from.or((at == start).then_some(byte));
        to = to.or((at == end).then_some(byte));
        at += c;
        if at > end {
            break;
        }
    }
    text.get(from?..to?).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn places_are_counted_in_the_unit() {
        let text = "𝄞a法律";
        for (unit, place) in [("chars", [2, 4]), ("bytes", [5, 11]), ("utf16", [3, 5])] {
            assert_eq!(excerpt(text, unit, place).as_deref(), Some("法律"));
        }
        assert_eq!(excerpt(text, "chars", [0, 5]), None);
        assert_eq!(excerpt(text, "utf16", [1, 3]), None);
        assert_eq!(excerpt(text, "chars", [4, 4]).as_deref(), Some(""));
    }
}
