//! `file:` URIs and paths.

use std::path::{Path, PathBuf};

/// The path that a `file:` URI names; `None` for other schemes.
pub(super) fn path(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let rest = rest.strip_prefix("localhost").unwrap_or(rest);
    let mut bytes = Vec::with_capacity(rest.len());
    let mut left = rest.bytes();
    while let Some(byte) = left.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let pair = [left.next()?, left.next()?];
        bytes.push(u8::from_str_radix(std::str::from_utf8(&pair).ok()?, 16).ok()?);
    }
    let text = String::from_utf8(bytes).ok()?;
    // /c:/folder is c:/folder.
    let drive = text.strip_prefix('/').filter(|rest| rest.as_bytes().get(1) == Some(&b':'));
    Some(PathBuf::from(drive.unwrap_or(&text)))
}

/// The `file:` URI of an absolute path.
pub(super) fn of(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    let slash = if text.starts_with('/') { "" } else { "/" };
    let mut out = format!("file://{slash}");
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/' | b':') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The name of a document: its path below `root` where it is there, else its path, with `/`.
pub(super) fn name(uri: &str, root: Option<&Path>) -> String {
    let Some(path) = path(uri) else { return uri.to_owned() };
    let below = root.and_then(|root| path.strip_prefix(root).ok()).unwrap_or(&path);
    below.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::{name, of, path};
    use std::path::Path;

    #[test]
    fn uris_are_paths() {
        assert_eq!(path("file:///a/%D1%82%20b.md").as_deref(), Some(Path::new("/a/т b.md")));
        assert_eq!(path("file:///c%3A/a.md").as_deref(), Some(Path::new("c:/a.md")));
        assert_eq!(of(Path::new("/a/т b.md")), "file:///a/%D1%82%20b.md");
        assert_eq!(path(&of(Path::new("/a%/#?.md"))).as_deref(), Some(Path::new("/a%/#?.md")));
        for wrong in ["untitled:Untitled-1", "file:///%zz", "file:///%f", "file:///%ff"] {
            assert_eq!(path(wrong), None, "{wrong}");
        }
        assert_eq!(name("file:///w/docs/a.md", Some(Path::new("/w"))), "docs/a.md");
        assert_eq!(name("untitled:1", None), "untitled:1");
    }
}
