//! Each document looked at alone, as a linter does: what others hold does not matter, and nothing repeated is passed over.

use rayon::ThreadPool;

use super::ordered::two_stage;
use super::watch::guarded;
use crate::analyze;
use crate::model::{Block, Origin, Repair, Samples};
use crate::options::{Keep, Options};
use crate::read::{self, Documents, Fields, InputFile, Raw};
use crate::record::{self, Located};
use crate::rules::Rules;

/// What a check needs besides the documents.
#[derive(Clone, Copy, Debug)]
pub struct Checking<'r> {
    /// What the fields of JSON documents are called.
    pub fields: &'r Fields,
    /// What the stages know.
    pub rules: &'r Rules,
    /// The choices that change what is found.
    pub options: &'r Options,
    /// Whether what is only looked for on demand is looked for, too.
    pub optional: bool,
    /// Whether repairs are wanted.
    pub repairs: bool,
}

/// A document that was checked.
#[derive(Debug)]
pub struct Checked {
    /// Its name.
    pub id: String,
    /// Where it came from.
    pub origin: Origin,
    /// Its language (BCP 47); empty where it is not known.
    pub language: String,
    /// Its text as decoded: what places of findings and repairs are places of.
    pub source: String,
    /// What was found, by place.
    pub findings: Vec<Located>,
    /// What can be mended, by place; in bytes of `source`, of which each replaces what its finding is about and nothing else.
    pub repairs: Vec<Repair>,
    /// Why it could not be read or checked.
    pub failure: Option<String>,
}

/// Checks the documents of `files` on the threads of `pool` and hands them to `deliver`, in their order.
///
/// # Errors
/// The first error of `deliver`.
pub fn check<E: Send>(
    files: Vec<InputFile>,
    checking: Checking<'_>,
    pool: &ThreadPool,
    budget: usize,
    deliver: impl FnMut(Checked) -> Result<(), E> + Send,
) -> Result<(), E> {
    let one = |raw| check_one(raw, checking);
    two_stage(
        pool,
        budget,
        Documents::new(files, checking.options.limits.size),
        Raw::len,
        one,
        |checked| checked,
        |checked| checked,
        deliver,
    )
}

/// Checks one document.
pub fn check_one(raw: Raw, checking: Checking<'_>) -> Checked {
    let Checking { fields, rules, options, optional, repairs } = checking;
    let read::Parsed { mut document, mut failure } = read::parse(raw, fields, rules, options);
    let mut found = (Vec::new(), Vec::new(), String::new());
    if failure.is_none() {
        let work = || {
            let outline = analyze::outline(&document, rules, Samples::NONE);
            let kept = main_text(&document, &outline.blocks, options);
            let mut analysis = analyze::analyze(&document, &kept, rules, options);
            if optional {
                analyze::optional(&document, &mut analysis, rules, options);
            }
            let repairs = if repairs { analyze::repairs(&document, &analysis, rules) } else { Vec::new() };
            let language = analysis.languages.document.tag.to_string();
            (record::located(&document, &analysis, options), repairs, language)
        };
        match guarded(work) {
            Ok(all) => found = all,
            Err(what) => {
                let id = &document.id;
                failure = Some(format!("{id}: internal error: {what}; please report it with the document"));
            }
        }
    }
    let (findings, mut repairs, language) = found;
    let text = std::mem::take(&mut document.text);
    let source = document.source.take();
    repairs.retain_mut(|repair| {
        let place = document.map.source(repair.span);
        let is_same = source.as_deref().is_none_or(|source| place.of(source) == repair.span.of(&text));
        repair.span = place;
        is_same
    });
    let source = source.unwrap_or(text);
    Checked { id: document.id, origin: document.origin, language, source, findings, repairs, failure }
}

/// The blocks that are checked: all but what a page shows around its main text, unless everything is kept.
fn main_text(document: &crate::model::Document, blocks: &[Block], options: &Options) -> Vec<Block> {
    let Some(layout) = document.layout.as_ref().filter(|_| options.keep != Keep::All) else { return blocks.to_vec() };
    let outside = layout.blocks.iter().map(|block| block.dropped.is_some());
    blocks.iter().zip(outside).filter(|(_, outside)| !outside).map(|(block, _)| *block).collect()
}
