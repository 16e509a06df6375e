//! XLIFF 1.0 to 1.2 and 2.0 to 2.2 (OASIS): the targets, each with its source.

use super::build::{Builder, OBJECT, Run};
use super::xml::{Item, Tag, Xml};
use super::{Interchange, Malformed};
use crate::model::{Kind, LanguageTag, Segment};
use crate::text::Span;

/// What the elements around a unit say of it.
#[derive(Clone, Default)]
struct Context {
    translate: bool,
    source: Option<LanguageTag>,
    target: Option<LanguageTag>,
}

/// Reads a file.
pub(super) fn read(source: &str) -> Result<Interchange, Malformed> {
    let mut xml = Xml::new(source);
    let root = loop {
        match xml.next()? {
            Item::Open(tag) => break tag,
            Item::End => return Err(Malformed { at: 0, what: "there is no element in it".to_owned() }),
            _ => {}
        }
    };
    if root.name != "xliff" {
        let what = format!("this is no XLIFF: its first element is <{}>", root.name);
        return Err(Malformed { at: root.place.start(), what });
    }
    let is_two = root.get("version").is_some_and(|v| v.starts_with('2')) || root.get("srcLang").is_some();
    let mut reader = Reader {
        xml,
        space: root.space.clone(),
        is_two,
        files: Vec::new(),
        out: Builder::new(source),
        of_file: Vec::new(),
    };
    let context = Context { translate: true, source: tag_of(&root, "srcLang"), target: tag_of(&root, "trgLang") };
    reader.elements(context)?;
    Ok(reader.finish())
}

fn tag_of(tag: &Tag<'_>, name: &str) -> Option<LanguageTag> {
    LanguageTag::parse(&tag.get(name)?).filter(|tag| !tag.is_und())
}

struct Reader<'s> {
    xml: Xml<'s>,
    /// The namespace of the root: what is in another is an extension.
    space: String,
    is_two: bool,
    /// The names of the files, in order.
    files: Vec<String>,
    out: Builder<'s>,
    /// The file of each segment.
    of_file: Vec<usize>,
}

/// One segment of a unit of XLIFF 2.
#[derive(Default)]
struct Pair {
    id: Option<String>,
    state: Option<String>,
    source: Option<Vec<Run>>,
    target: Option<Vec<Run>>,
    place: Span,
}

impl Reader<'_> {
    /// Reads files, groups and units until the end.
    fn elements(&mut self, root: Context) -> Result<(), Malformed> {
        let mut stack = vec![root];
        loop {
            match self.xml.next()? {
                Item::End => return Ok(()),
                Item::Close => drop(stack.pop()),
                Item::Open(tag) => {
                    let mut context = stack.last().cloned().unwrap_or_default();
                    if let Some(translate) = tag.get("translate") {
                        context.translate = translate != "no";
                    }
                    match tag.name {
                        _ if tag.space != self.space => self.xml.skip()?,
                        "file" => {
                            let name = tag.get("original").or_else(|| tag.get("id")).unwrap_or_default();
                            self.files.push(name.into_owned());
                            context.source = tag_of(&tag, "source-language").or(context.source);
                            context.target = tag_of(&tag, "target-language").or(context.target);
                            self.out.out.source_language = self.out.out.source_language.or(context.source);
                            stack.push(context);
                        }
                        "group" | "body" => stack.push(context),
                        "trans-unit" => self.unit(&tag, &context)?,
                        "unit" => self.unit_of_two(&tag, &context)?,
                        // Notes, skeletons, glossaries, binary units.
                        _ => self.xml.skip()?,
                    }
                }
                Item::Text(..) | Item::Char(..) => {}
            }
        }
    }

    /// A `trans-unit` of XLIFF 1.
    fn unit(&mut self, unit: &Tag<'_>, context: &Context) -> Result<(), Malformed> {
        let id = unit.get("id").or_else(|| unit.get("resname")).unwrap_or_default().into_owned();
        let (mut source, mut cut, mut target) = (None, None, None);
        let (mut state, mut language) = (None, None);
        let mut place = unit.place;
        loop {
            match self.xml.next()? {
                Item::Open(tag) if tag.space == self.space => match tag.name {
                    "source" => source = Some(self.inline(&tag)?),
                    "seg-source" => cut = Some(self.inline(&tag)?),
                    "target" => {
                        state = tag.get("state").map(std::borrow::Cow::into_owned);
                        language = tag_of(&tag, "xml:lang");
                        place = tag.place;
                        target = Some(self.inline(&tag)?);
                    }
                    _ => self.xml.skip()?,
                },
                Item::Open(_) => self.xml.skip()?,
                Item::Close | Item::End => break,
                Item::Text(..) | Item::Char(..) => {}
            }
        }
        if !context.translate {
            return Ok(());
        }
        if state.is_none() && unit.get("approved").is_some_and(|a| a == "yes") {
            state = Some("final".to_owned());
        }
        let target = target.unwrap_or_default();
        // Where the target is cut into segments, so is `seg-source`; without it each is judged by the whole source.
        let source = match cut {
            Some(cut) if target.iter().any(|run| run.name.is_some()) || source.is_none() => Some(cut),
            _ => source,
        };
        let segment = Segment { id, place, state, language: language.or(context.target), ..Segment::default() };
        self.pairs(&source.unwrap_or_default(), &target, &segment);
        Ok(())
    }

    /// A `unit` of XLIFF 2.
    fn unit_of_two(&mut self, unit: &Tag<'_>, context: &Context) -> Result<(), Malformed> {
        let id = unit.get("id").unwrap_or_default().into_owned();
        let mut pairs: Vec<Pair> = Vec::new();
        loop {
            match self.xml.next()? {
                Item::Open(tag) if tag.space == self.space && tag.name == "segment" => pairs.push(self.pair(&tag)?),
                Item::Open(_) => self.xml.skip()?,
                Item::Close | Item::End => break,
                Item::Text(..) | Item::Char(..) => {}
            }
        }
        if !context.translate {
            return Ok(());
        }
        let several = pairs.len() > 1;
        for (number, pair) in (1..).zip(pairs) {
            let id = match pair.id {
                Some(own) => format!("{id}/{own}"),
                None if several => format!("{id}/{number}"),
                None => id.clone(),
            };
            let segment =
                Segment { id, place: pair.place, state: pair.state, language: context.target, ..Segment::default() };
            self.pairs(&pair.source.unwrap_or_default(), &pair.target.unwrap_or_default(), &segment);
        }
        Ok(())
    }

    fn pair(&mut self, segment: &Tag<'_>) -> Result<Pair, Malformed> {
        let own = |name: &str| segment.get(name).map(std::borrow::Cow::into_owned);
        let mut pair = Pair { id: own("id"), state: own("state"), place: segment.place, ..Pair::default() };
        loop {
            match self.xml.next()? {
                Item::Open(tag) if tag.space == self.space && tag.name == "source" => {
                    pair.source = Some(self.inline(&tag)?);
                }
                Item::Open(tag) if tag.space == self.space && tag.name == "target" => {
                    pair.place = tag.place;
                    pair.target = Some(self.inline(&tag)?);
                }
                Item::Open(_) => self.xml.skip()?,
                Item::Close | Item::End => return Ok(pair),
                Item::Text(..) | Item::Char(..) => {}
            }
        }
    }

    /// Adds the segments of a unit: each run of the target with the run of the source of the same name.
    fn pairs(&mut self, source: &[Run], target: &[Run], segment: &Segment) {
        let whole: String = source.iter().map(|run| run.text.as_str()).collect();
        let named = |runs: &[Run]| runs.iter().any(|run| run.name.is_some());
        let mut add = |source: Option<(&str, &[String])>, target: Option<&Run>, name: Option<&str>| {
            let blank = Run::default();
            let run = target.unwrap_or(&blank);
            let said = source.map(|(text, _)| text.trim()).filter(|text| !text.is_empty());
            let own = Segment {
                id: name.map_or_else(|| segment.id.clone(), |name| format!("{}/{name}", segment.id)),
                place: target.map(|run| run.place).filter(|place| !place.is_empty()).unwrap_or(segment.place),
                source: said.map(str::to_owned),
                codes: [source.map(|(_, codes)| codes.to_vec()).unwrap_or_default(), run.codes.clone()],
                is_missing: run.text.trim().is_empty()
                    && run.codes.is_empty()
                    && said.is_some_and(|said| said.chars().any(char::is_alphabetic)),
                ..segment.clone()
            };
            self.out.segment(run, Kind::Paragraph, own);
            self.of_file.push(self.files.len());
        };
        let find = |name: &Option<String>| source.iter().find(|run| run.name == *name);
        if !named(target) && !named(source) {
            let (from, to) = (source.first(), target.first());
            if from.is_some() || to.is_some() {
                add(from.map(|run| (run.text.as_str(), run.codes.as_slice())), to, None);
            }
            return;
        }
        if !named(target) {
            add(Some((&whole, &[])), target.first(), None);
            return;
        }
        for run in target {
            if run.name.is_none() && !run.text.chars().any(char::is_alphanumeric) {
                continue;
            }
            let from = find(&run.name).map(|run| (run.text.as_str(), run.codes.as_slice()));
            // A target that is cut where the source is not says nothing of codes.
            let from = from.or(if named(source) { None } else { Some((whole.as_str(), &[])) });
            add(from, Some(run), run.name.as_deref());
        }
        for run in source.iter().filter(|run| run.name.is_some() && !run.text.trim().is_empty()) {
            if !target.iter().any(|own| own.name == run.name) {
                add(Some((&run.text, &run.codes)), None, run.name.as_deref());
            }
        }
    }

    /// The text of a source or target: the run of the element itself first, then those of the segments in it.
    fn inline(&mut self, element: &Tag<'_>) -> Result<Vec<Run>, Malformed> {
        let depth = self.xml.depth();
        let mut runs = vec![Run { place: element.place, ..Run::default() }];
        // The runs that are open and what is native code or text in it, each with the depth at which it ends.
        let mut open: Vec<(usize, usize)> = vec![(depth, 0)];
        let mut native: Vec<(usize, bool)> = Vec::new();
        loop {
            let current = open.last().map_or(0, |(_, run)| *run);
            match self.xml.next()? {
                Item::Text(text, at) => {
                    if let Some(run) =
                        runs.get_mut(current).filter(|_| !native.last().is_some_and(|(_, native)| *native))
                    {
                        run.copy(text, at);
                    }
                }
                Item::Char(c, place) => {
                    if let Some(run) =
                        runs.get_mut(current).filter(|_| !native.last().is_some_and(|(_, native)| *native))
                    {
                        run.put(c, place);
                    }
                }
                Item::Open(tag) => {
                    if tag.space != self.space {
                        self.xml.skip()?;
                        continue;
                    }
                    if tag.name == "mrk" && tag.get("mtype").is_some_and(|t| t == "seg") {
                        let name = Some(tag.get("mid").unwrap_or_default().into_owned());
                        runs.push(Run { name, place: tag.place, ..Run::default() });
                        open.push((self.xml.depth(), runs.len() - 1));
                        continue;
                    }
                    let Some(run) = runs.get_mut(current) else { continue };
                    code(&tag, self.is_two, run);
                    let is_native = matches!(tag.name, "bpt" | "ept" | "ph" | "it") && !self.is_two;
                    // Text of its own inside native code, such as the title of a picture, is a line of its own.
                    let is_sub = tag.name == "sub" && !self.is_two;
                    if is_sub {
                        run.put('\n', tag.place);
                    }
                    if is_native || is_sub {
                        native.push((self.xml.depth(), is_native));
                    }
                }
                Item::Close => {
                    let now = self.xml.depth();
                    if let Some((_, false)) = native.pop_if(|(from, _)| now < *from)
                        && let Some(run) = runs.get_mut(current)
                    {
                        run.put('\n', Span::new(self.xml.at(), self.xml.at()));
                    }
                    if now < depth {
                        break;
                    }
                    if open.last().is_some_and(|(from, _)| now < *from) {
                        open.pop();
                    }
                }
                Item::End => break,
            }
        }
        Ok(runs)
    }

    fn finish(mut self) -> Interchange {
        if self.files.len() > 1 {
            for (segment, file) in self.out.out.segments.iter_mut().zip(&self.of_file) {
                let name = file.checked_sub(1).and_then(|n| self.files.get(n)).map_or("", String::as_str);
                segment.id = format!("{name}#{}", segment.id);
            }
        }
        self.out.finish()
    }
}

/// Takes an inline code into a run: its name, and what it stands for.
fn code(tag: &Tag<'_>, is_two: bool, run: &mut Run) {
    let id = || tag.get("id").unwrap_or_default().into_owned();
    let breaks = |name: &str| tag.get(name).is_some_and(|kind| kind == "lb" || kind == "xlf:lb");
    match (tag.name, is_two) {
        ("x" | "ph", _) => {
            run.codes.push(id());
            let is_break = breaks("ctype") || breaks("subType");
            run.put(if is_break { '\n' } else { OBJECT }, tag.place);
        }
        ("g" | "bx" | "bpt" | "it", false) | ("pc" | "sc", true) => run.codes.push(id()),
        ("cp", true) => {
            let code = tag.get("hex").and_then(|hex| u32::from_str_radix(&hex, 16).ok());
            if let Some(c) = code.and_then(char::from_u32) {
                run.put(c, tag.place);
            }
        }
        _ => {}
    }
}
