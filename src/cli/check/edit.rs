//! Files changed in place: in their own encoding, whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process;

use encoding_rs::Encoding;

use crate::model::Repair;

/// The text with the repairs made, which are sorted and do not touch one another.
pub(in crate::cli) fn apply(text: &str, repairs: &[Repair]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for repair in repairs {
        out.push_str(text.get(at..repair.span.start()).unwrap_or_default());
        out.push_str(&repair.with);
        at = repair.span.end();
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// How the text of a file becomes its bytes again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Coding {
    encoding: &'static Encoding,
    mark: &'static [u8],
}

impl Coding {
    /// The coding of a file that was decoded from `encoding` to `text`; `None` where the text does not give the same bytes again.
    pub(super) fn of(bytes: &[u8], text: &str, encoding: &str) -> Option<Self> {
        let encoding = Encoding::for_label(encoding.as_bytes())?;
        let marks: [&'static [u8]; 3] = [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"];
        let mark = marks.into_iter().find(|mark| bytes.starts_with(mark)).unwrap_or_default();
        let coding = Self { encoding, mark };
        (coding.encoded(text)? == bytes).then_some(coding)
    }

    /// The bytes of a text; `None` where it holds characters that the encoding has not.
    pub(super) fn encoded(self, text: &str) -> Option<Vec<u8>> {
        let mut out = self.mark.to_vec();
        if self.encoding == encoding_rs::UTF_16LE {
            out.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        } else if self.encoding == encoding_rs::UTF_16BE {
            out.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
        } else {
            let (bytes, _, failed) = self.encoding.encode(text);
            if failed {
                return None;
            }
            out.extend_from_slice(&bytes);
        }
        Some(out)
    }
}

/// Puts `bytes` in the place of the file, or makes it: written beside it, brought to the disk and renamed, with the permissions it had. A link stays
/// one.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let draft = beside(path);
    let write = || -> io::Result<()> {
        let mut file = File::create_new(&draft)?;
        if let Ok(about) = fs::metadata(path) {
            file.set_permissions(about.permissions())?;
        }
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&draft, path)
    };
    write().inspect_err(|_| drop(fs::remove_file(&draft)))
}

/// A name in the same folder that nothing has.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let named = |number: u32| path.with_file_name(format!(".{name}.{}.{number}.tmp", process::id()));
    (0..u32::MAX).map(named).find(|draft| !draft.exists()).unwrap_or_else(|| named(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::{Coding, apply};
    use crate::model::Repair;
    use crate::text::Span;

    #[test]
    fn repairs_touch_nothing_else() {
        let repair = |from, to, with: &str| Repair { span: Span::new(from, to), rule: "x", with: with.to_owned() };
        assert_eq!(apply("a  b  c", &[repair(1, 3, " "), repair(4, 6, "")]), "a bc");
        assert_eq!(apply("法", &[]), "法");
    }

    #[test]
    fn a_text_is_written_in_the_encoding_it_came_in() {
        for (label, text) in
            [("windows-1251", "Статья"), ("koi8-r", "Статья"), ("gb18030", "法律合规"), ("utf-8", "法")]
        {
            let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
            let bytes = encoding.encode(text).0.into_owned();
            let coding = Coding::of(&bytes, text, label).unwrap();
            assert_eq!(coding.encoded(text).unwrap(), bytes, "{label}");
            assert!(Coding::of(&bytes, "other", label).is_none());
        }
        let coding = Coding::of(b"\xff\xfe\x10\x04", "\u{410}", "utf-16le").unwrap();
        assert_eq!(coding.encoded("\u{411}").unwrap(), b"\xff\xfe\x11\x04");
        let coding = Coding::of(b"\xef\xbb\xbfa", "a", "utf-8").unwrap();
        assert_eq!(coding.encoded("b").unwrap(), b"\xef\xbb\xbfb");
        let coding = Coding::of(b"\xc0", "А", "windows-1251").unwrap();
        assert_eq!(coding.encoded("法"), None);
    }
}
