//! The text parts of a Word document, which is a zip archive of XML (ISO/IEC 29500).

use std::io::{self, Cursor, Read, Seek};

use zip::ZipArchive;

use super::packed::{FREE, LONGEST, RATIO};

/// The part with the text.
const MAIN: &str = "word/document.xml";
/// The parts that follow it, by how their names begin.
const OTHERS: [&str; 5] = ["word/footnotes", "word/endnotes", "word/header", "word/footer", "word/comments"];

/// Whether an archive is a Word document.
pub(super) fn is_document<R: Read + Seek>(archive: &ZipArchive<R>) -> bool {
    archive.index_for_name(MAIN).is_some() && archive.index_for_name("[Content_Types].xml").is_some()
}

/// Why an archive is none.
pub(super) fn broken(error: &dyn std::fmt::Display) -> io::Error {
    io::Error::other(format!("this is no whole Word document: {error}; get the file again, or save it anew as .docx"))
}

/// The parts with text, each with its name: the main one first, then notes, headers, footers and comments.
///
/// # Errors
/// Where it is no such archive, or a part is damaged or out of all proportion.
pub(super) fn parts(bytes: &[u8]) -> io::Result<Vec<(String, String)>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let mut names: Vec<(usize, String)> = Vec::new();
    for name in archive.file_names() {
        let Ok(name) = name.map(std::borrow::Cow::into_owned) else { continue };
        if name == MAIN {
            names.push((0, name));
        } else if let Some(order) =
            OTHERS.iter().position(|start| name.starts_with(start) && name.strip_suffix(".xml").is_some())
        {
            names.push((order + 1, name));
        }
    }
    names.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.len().cmp(&b.1.len())).then_with(|| a.1.cmp(&b.1)));
    if names.first().is_none_or(|(order, _)| *order > 0) {
        return Err(broken(&format!("it has no {MAIN}")));
    }
    let most = FREE.max(bytes.len() as u64 * RATIO).min(LONGEST);
    let mut left = most;
    let mut out = Vec::with_capacity(names.len());
    for (_, name) in names {
        let part = archive.by_name(&name).map_err(|error| broken(&error))?;
        let mut text = Vec::new();
        part.take(left + 1).read_to_end(&mut text).map_err(|error| broken(&format!("{name}: {error}")))?;
        if text.len() as u64 > left {
            return Err(io::Error::other(format!(
                "{name} unpacks to more than {RATIO} times the size of the document"
            )));
        }
        left -= text.len() as u64;
        // Parts are in UTF-8 or UTF-16.
        let (decoded, _, lossy) = encoding_rs::UTF_8.decode(&text);
        if lossy {
            return Err(broken(&format!("{name} is neither UTF-8 nor UTF-16")));
        }
        out.push((name, decoded.into_owned()));
    }
    Ok(out)
}
