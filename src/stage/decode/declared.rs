//! The encoding that a document says it is in.

use encoding_rs::Encoding;

use super::by_label;

/// So much of the beginning is looked at.
const HEAD: usize = 4096;

/// The encoding named in the head of a page (`<meta charset=…>`, `<meta http-equiv=… content="…; charset=…">`) or in an XML declaration.
pub fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD.min(bytes.len())).unwrap_or_default();
    let lower = head.to_ascii_lowercase();
    if lower.starts_with(b"<?xml") {
        let end = memchr::memchr(b'>', &lower).unwrap_or(lower.len());
        if let Some(found) = after(lower.get(..end)?, b"encoding") {
            return Some(found);
        }
    }
    let mut at = 0;
    while let Some(next) = memchr::memmem::find(lower.get(at..)?, b"<meta") {
        let start = at + next;
        let end = lower.get(start..)?.iter().position(|&b| b == b'>').map_or(lower.len(), |n| start + n);
        if let Some(found) = after(lower.get(start..end)?, b"charset") {
            return Some(found);
        }
        at = end;
    }
    None
}

/// The encoding named after `key` and `=`.
fn after(tag: &[u8], key: &[u8]) -> Option<&'static Encoding> {
    let at = memchr::memmem::find(tag, key)? + key.len();
    let rest = tag.get(at..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest).trim_ascii_start();
    let end = rest.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b))).unwrap_or(rest.len());
    by_label(std::str::from_utf8(rest.get(..end)?).ok()?)
}

#[cfg(test)]
mod tests {
    use super::declared;

    #[test]
    fn a_page_says_its_encoding_in_its_head() {
        let name = |page: &str| declared(page.as_bytes()).map(encoding_rs::Encoding::name);
        assert_eq!(name("<html><META CHARSET=koi8-r>"), Some("KOI8-R"));
        assert_eq!(name("<meta http-equiv='Content-Type' content='text/html; charset=cp1251'>"), Some("windows-1251"));
        assert_eq!(name("<?xml version='1.0' encoding='Big5'?><html>"), Some("Big5"));
        assert_eq!(name("<meta name=charset><p>charset=big5"), None);
        assert_eq!(name("<meta"), None);
    }
}
