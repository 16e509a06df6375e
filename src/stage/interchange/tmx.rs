//! TMX 1.1 to 1.4b (LISA OSCAR): the variants of each unit that are no source, each with its source.

use super::build::{Builder, OBJECT, Run};
use super::xml::{Item, Tag, Xml};
use super::{Interchange, Malformed, Wanted};
use crate::model::{Kind, LanguageTag, Segment};
use crate::text::Span;

/// A variant of a unit: its text in one language.
struct Variant {
    language: Option<LanguageTag>,
    place: Span,
    run: Option<Run>,
}

/// Reads a file. Where the user names a target, variants in other languages are passed over.
pub(super) fn read(source: &str, wanted: Wanted) -> Result<Interchange, Malformed> {
    let mut xml = Xml::new(source);
    let mut out = Builder::new(source);
    let mut from: Option<LanguageTag> = None;
    let mut number = 0usize;
    let mut is_tmx = false;
    loop {
        match xml.next()? {
            Item::End => break,
            Item::Open(tag) => match tag.name {
                "tmx" => is_tmx = true,
                _ if !is_tmx => {
                    let what = format!("this is no TMX: its first element is <{}>", tag.name);
                    return Err(Malformed { at: tag.place.start(), what });
                }
                "header" => {
                    from = tag.get("srclang").and_then(|tag| LanguageTag::parse(&tag));
                    xml.skip()?;
                }
                "body" => {}
                "tu" => {
                    number += 1;
                    let id = tag.get("tuid").map_or_else(|| number.to_string(), std::borrow::Cow::into_owned);
                    let own = tag.get("srclang").and_then(|tag| LanguageTag::parse(&tag));
                    let variants = variants(&mut xml)?;
                    unit(&id, &variants, wanted.source.or(own).or(from), wanted.target, &mut out);
                }
                _ => xml.skip()?,
            },
            _ => {}
        }
    }
    out.out.source_language = wanted.source.or(from);
    Ok(out.finish())
}

/// Adds the segments of a unit. Of `*all*` any variant may be the source: the first is.
fn unit(id: &str, variants: &[Variant], from: Option<LanguageTag>, to: Option<LanguageTag>, out: &mut Builder<'_>) {
    let is_source = |v: &Variant| v.language.is_some_and(|tag| Some(tag) == from);
    let is_like = |v: &Variant| v.language.zip(from).is_some_and(|(own, from)| own.same_language(from));
    let at = variants.iter().position(is_source).or_else(|| variants.iter().position(is_like));
    let at = at.or(if from.is_none() { Some(0) } else { None });
    let source = at.and_then(|at| variants.get(at)).and_then(|v| v.run.as_ref());
    for (number, variant) in variants.iter().enumerate() {
        if Some(number) == at || to.is_some() && variant.language.zip(to).is_none_or(|(own, to)| !own.same_language(to))
        {
            continue;
        }
        let blank = Run::default();
        let run = variant.run.as_ref().unwrap_or(&blank);
        let said = source.map(|run| run.text.trim()).filter(|text| !text.is_empty());
        let segment = Segment {
            id: id.to_owned(),
            place: variant.place,
            source: said.map(str::to_owned),
            language: variant.language,
            codes: [source.map(|run| run.codes.clone()).unwrap_or_default(), run.codes.clone()],
            is_missing: run.text.trim().is_empty()
                && run.codes.is_empty()
                && said.is_some_and(|said| said.chars().any(char::is_alphabetic)),
            ..Segment::default()
        };
        out.segment(run, Kind::Paragraph, segment);
    }
}

fn variants(xml: &mut Xml<'_>) -> Result<Vec<Variant>, Malformed> {
    let depth = xml.depth();
    let mut out: Vec<Variant> = Vec::new();
    loop {
        match xml.next()? {
            Item::Open(tag) => match tag.name {
                "tuv" => {
                    let language = tag.local("lang").and_then(|tag| LanguageTag::parse(&tag));
                    out.push(Variant { language, place: tag.place, run: None });
                }
                "seg" => {
                    let run = segment(xml, &tag)?;
                    if let Some(variant) = out.last_mut() {
                        variant.place = tag.place;
                        variant.run = Some(run);
                    }
                }
                _ => xml.skip()?,
            },
            Item::Close if xml.depth() < depth => return Ok(out),
            Item::End => return Ok(out),
            _ => {}
        }
    }
}

/// The text of a `seg`: without native code, but for what is text of its own in it, which is a line of its own.
fn segment(xml: &mut Xml<'_>, element: &Tag<'_>) -> Result<Run, Malformed> {
    let depth = xml.depth();
    let mut run = Run { place: element.place, ..Run::default() };
    let mut native: Vec<(usize, bool)> = Vec::new();
    let is_native = |native: &[(usize, bool)]| native.last().is_some_and(|(_, native)| *native);
    loop {
        match xml.next()? {
            Item::Text(text, at) if !is_native(&native) => run.copy(text, at),
            Item::Char(c, place) if !is_native(&native) => run.put(c, place),
            Item::Text(..) | Item::Char(..) => {}
            Item::Open(tag) => {
                // A code is told from others by what joins it to that of the other variants, else by its kind alone.
                let own = || tag.get("x").or_else(|| tag.get("i")).unwrap_or_default().into_owned();
                match tag.name {
                    "ph" => {
                        run.codes.push(own());
                        run.put(OBJECT, tag.place);
                    }
                    "bpt" | "it" | "ut" => run.codes.push(own()),
                    _ => {}
                }
                if matches!(tag.name, "bpt" | "ept" | "ph" | "it" | "ut") {
                    native.push((xml.depth(), true));
                }
                if tag.name == "sub" {
                    run.put('\n', tag.place);
                    native.push((xml.depth(), false));
                }
            }
            Item::Close => {
                let now = xml.depth();
                if let Some((_, false)) = native.pop_if(|(from, _)| now < *from) {
                    run.put('\n', Span::new(xml.at(), xml.at()));
                }
                if now < depth {
                    return Ok(run);
                }
            }
            Item::End => return Ok(run),
        }
    }
}
