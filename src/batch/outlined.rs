//! What of a document is compared with others, as bytes.

use super::brake;
use super::packed::{Pack, Packed};
use super::run::Prepared;
use crate::model::{Block, Boilerplate, Fingerprint, Kind, Outline};
use crate::options::Options;
use crate::record;
use crate::text::Span;
use crate::text::map::{Measured, Stretch};

/// The first byte: the version of the form.
const VERSION: u8 = 1;

/// How many times shorter bytes become at most when they are packed.
const RATIO: usize = 255;

const FAILED: u8 = 0;
const FILTERED: u8 = 1;
const COMPARED: u8 = 2;

const KINDS: [Kind; 8] =
    [Kind::Title, Kind::Heading, Kind::Paragraph, Kind::ListItem, Kind::Quote, Kind::Table, Kind::Code, Kind::Caption];

/// Stands for a rule of boilerplate or of a filter, which the machine that reads the document knows.
pub(super) const THERE: &str = "there";

/// A document that is compared.
#[derive(Debug)]
pub(super) struct Outlined {
    pub(super) id: String,
    /// Where it comes from (see [`brake::source`]).
    pub(super) source: String,
    /// What is compared; none where a filter took it out.
    pub(super) body: Option<Body>,
}

/// What is compared of it.
#[derive(Debug)]
pub(super) struct Body {
    /// The host of its address.
    pub(super) site: Option<String>,
    pub(super) is_fixed: bool,
    pub(super) text: String,
    /// From its text to its source, where that is another text.
    pub(super) map: Option<Measured>,
    pub(super) outline: Outline,
    pub(super) places: Vec<[u32; 2]>,
    pub(super) whole: [u32; 2],
}

/// Of a document that was read, as bytes.
pub(super) fn write(prepared: &Prepared, options: &Options) -> Vec<u8> {
    let Prepared { document, outline, places, whole, .. } = prepared;
    if prepared.failure.is_some() {
        return vec![VERSION, FAILED];
    }
    let kind = if outline.filtered.is_some() { FILTERED } else { COMPARED };
    let mut out = Vec::new();
    out.text(&document.id);
    out.text(&brake::source(document));
    if outline.filtered.is_some() {
        return sealed(kind, &out);
    }
    out.maybe(document.url.as_deref().and_then(brake::host).as_deref());
    out.push(u8::from(document.layout.as_ref().is_some_and(|layout| layout.is_fixed)));
    out.text(&document.text);
    out.push(u8::from(document.source.is_some()));
    if document.source.is_some() {
        let map = document.map.measured(&record::ruler(document, options.offsets));
        out.number(map.stretches.len() as u64);
        for Stretch { text, len, from, to, copied } in map.stretches {
            for number in [text, len, from, to] {
                out.number(u64::from(number));
            }
            out.push(u8::from(copied));
        }
    }
    out.number(outline.blocks.len() as u64);
    for (index, ((block, print), place)) in outline.blocks.iter().zip(&outline.prints).zip(places).enumerate() {
        out.push(KINDS.iter().position(|kind| *kind == block.kind).unwrap_or_default() as u8);
        for number in [block.span.start(), block.span.len()] {
            out.number(number as u64);
        }
        for number in place {
            out.number(u64::from(*number));
        }
        write_print(print, &mut out);
        for sample in [outline.sketches.near(index), outline.sketches.far(index)] {
            out.number(sample.len() as u64);
            for hash in sample {
                out.extend(hash.to_le_bytes());
            }
        }
    }
    out.push(u8::from(outline.whole.is_some()));
    if let Some(print) = &outline.whole {
        write_print(print, &mut out);
    }
    for list in [&outline.boilerplate, &outline.suspects] {
        out.number(list.len() as u64);
        for found in list {
            out.number(found.block as u64);
        }
    }
    for number in whole {
        out.number(u64::from(*number));
    }
    sealed(kind, &out)
}

/// The bytes of a document of this kind, packed (LZ4).
fn sealed(kind: u8, bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![VERSION, kind];
    out.extend(lz4_flex::block::compress_prepend_size(bytes));
    out
}

fn write_print(print: &Fingerprint, out: &mut Vec<u8>) {
    out.extend(print.key.to_le_bytes());
    out.extend(print.exact.to_le_bytes());
    out.number(u64::from(print.weight));
    out.extend(print.numbers.to_le_bytes());
    out.number(u64::from(print.chars));
}

/// Of bytes; a document that failed is none in the inner value.
#[expect(clippy::option_option, reason = "nothing that can be read, and a document of which nothing is compared")]
pub(super) fn read(bytes: &[u8]) -> Option<Option<Outlined>> {
    let (&[version, kind], packed) = bytes.split_first_chunk()?;
    if version != VERSION {
        return None;
    }
    if kind == FAILED {
        return Some(None);
    }
    // What is said of the length is not to be believed: it may be wrong in bytes of others.
    let (&length, _) = packed.split_first_chunk()?;
    if u32::from_le_bytes(length) as usize > RATIO * packed.len() {
        return None;
    }
    let bytes = lz4_flex::block::decompress_size_prepended(packed).ok()?;
    let mut from = Packed(&bytes);
    let (id, source) = (from.text()?.to_owned(), from.text()?.to_owned());
    let body = match kind {
        FILTERED => None,
        COMPARED => Some(read_body(&mut from)?),
        _ => return None,
    };
    from.0.is_empty().then_some(Some(Outlined { id, source, body }))
}

fn read_body(from: &mut Packed<'_>) -> Option<Body> {
    let site = from.maybe()?.map(str::to_owned);
    let is_fixed = from.byte()? == 1;
    let text = from.text()?.to_owned();
    let map = if from.byte()? == 1 { Some(Measured { stretches: list(from, stretch)? }) } else { None };
    let mut outline = Outline::default();
    let mut places = Vec::new();
    for _ in 0..from.number()? {
        let kind = *KINDS.get(usize::from(from.byte()?))?;
        let (start, len) = (from.small()? as usize, from.small()? as usize);
        outline.blocks.push(Block { span: Span::new(start, start + len), kind });
        places.push([from.small()?, from.small()?]);
        outline.prints.push(print(from)?);
        let (near, far) = (list(from, hash)?, list(from, hash)?);
        outline.sketches.push(&near, &far);
    }
    outline.whole = if from.byte()? == 1 { Some(print(from)?) } else { None };
    outline.boilerplate = list(from, boilerplate)?;
    outline.suspects = list(from, boilerplate)?;
    let whole = [from.small()?, from.small()?];
    Some(Body { site, is_fixed, text, map, outline, places, whole })
}

fn list<T>(from: &mut Packed<'_>, one: impl Fn(&mut Packed<'_>) -> Option<T>) -> Option<Vec<T>> {
    let count = from.number()?;
    (0..count).map(|_| one(from)).collect()
}

fn stretch(from: &mut Packed<'_>) -> Option<Stretch> {
    let [text, len, start, to] = [from.small()?, from.small()?, from.small()?, from.small()?];
    Some(Stretch { text, len, from: start, to, copied: from.byte()? == 1 })
}

fn hash(from: &mut Packed<'_>) -> Option<u32> {
    from.exactly().map(u32::from_le_bytes)
}

fn boilerplate(from: &mut Packed<'_>) -> Option<Boilerplate> {
    Some(Boilerplate { block: from.small()? as usize, rule: THERE })
}

fn print(from: &mut Packed<'_>) -> Option<Fingerprint> {
    Some(Fingerprint {
        key: from.exactly().map(u128::from_le_bytes)?,
        exact: from.exactly().map(u64::from_le_bytes)?,
        weight: from.small()?,
        numbers: from.exactly().map(u32::from_le_bytes)?,
        chars: from.small()?,
    })
}

#[cfg(test)]
mod tests {
    use super::{read, sealed};

    #[test]
    fn other_bytes_are_no_document() {
        assert!(matches!(read(&[1, 0]), Some(None)));
        for bytes in [&[] as &[u8], &[2, 0], &[1], &[1, 1], &[1, 2, 1, 0, 0, 0], &[1, 2, 0xff, 0xff, 0xff, 0xff, 0]] {
            assert!(read(bytes).is_none(), "{bytes:?}");
        }
        for (kind, bytes) in [(9, &[1, b'a', 0] as &[u8]), (2, &[1, b'a', 200]), (1, &[0, 0, 0]), (1, &[0x80, 0x80])] {
            assert!(read(&sealed(kind, bytes)).is_none(), "{bytes:?}");
        }
        assert!(
            matches!(read(&sealed(1, &[1, b'a', 0])), Some(Some(document)) if document.id == "a" && document.body.is_none())
        );
    }
}
