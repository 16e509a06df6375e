//! A run that another program spreads over machines, as three steps on bytes that it carries from one to the next: what is compared of each document,
//! the comparison of all of them in order, and the records of each. What comes out is what [`run`](super::run()) gives.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::path::PathBuf;

use super::brake::{Brake, Tally};
use super::decision::Decision;
use super::lot::Sums;
use super::outlined::{self, Body, Outlined, THERE};
use super::run::{Judged, disk, finish, may_brake, prepare, taken, what_may_go};
use crate::corpus::{Clusters, Collator, Disk, Subject, Verdict};
use crate::error::Error;
use crate::options::{Keep, Options};
use crate::read::{Fields, Raw};
use crate::record::{self, Finding, Run, RunOptions};
use crate::rules::Rules;
use crate::text::Span;
use crate::text::place::Ruler;

/// Reads a document; gives what of it is compared with others.
pub fn outlined(raw: Raw, fields: &Fields, rules: &Rules, options: &Options) -> Vec<u8> {
    outlined::write(&prepare(raw, fields, rules, options), options)
}

/// Compares documents, one after the other.
#[derive(Debug)]
pub struct Comparison {
    options: Options,
    /// Sources from which nothing that repeats is taken out.
    exempt: BTreeSet<String>,
    collator: Collator,
    tally: Tally,
    disk: Disk,
    scratch: PathBuf,
}

impl Comparison {
    /// One that has seen nothing. Sources that an attempt before this one found to lose too many documents are `spared`; what is more than about so many
    /// bytes of memory goes to files in the folder `scratch`.
    ///
    /// # Errors
    /// Where the options are those of a run that compares in another order than that of the input.
    pub fn new(options: &Options, spared: &[Brake], scratch: PathBuf, memory: usize) -> Result<Self, Error> {
        if !matches!(options.keep, Keep::First | Keep::All) {
            let what = format!(
                "a run over several machines keeps the first copy in a given order, not the one of keep=\"{}\"; order the documents so that the wanted copy comes first",
                options.keep.name()
            );
            return Err(Error::Usage(what));
        }
        let disk = disk(scratch.clone());
        Ok(Self {
            options: options.clone(),
            exempt: spared.iter().map(|brake| brake.source.clone()).collect(),
            collator: Collator::new(options.offsets, options.repeats).with_disk(disk.clone(), memory),
            tally: Tally::default(),
            disk,
            scratch,
        })
    }

    /// What becomes of the next document, of which these bytes were [sent](outlined()).
    ///
    /// # Errors
    /// Where the bytes are others, or the scratch folder cannot be written to.
    pub fn next(&mut self, bytes: &[u8]) -> Result<Vec<u8>, Error> {
        let outlined = outlined::read(bytes).ok_or_else(foreign)?;
        let decision = outlined.map_or(Decision::Failed, |outlined| self.decision(&outlined));
        self.sound()?;
        let mut out = Vec::new();
        decision.write(&mut out);
        Ok(out)
    }

    fn decision(&mut self, outlined: &Outlined) -> Decision {
        if self.collator.is_taken(&outlined.id) {
            return Decision::Taken;
        }
        let verdict = match &outlined.body {
            None => Verdict::Filtered { rule: THERE },
            Some(body) => self.compared(outlined, body),
        };
        if may_brake(&self.options) {
            self.tally.add(&outlined.source, matches!(verdict, Verdict::Duplicate { .. }));
        }
        Decision::Compared(verdict)
    }

    fn compared(&mut self, outlined: &Outlined, body: &Body) -> Verdict {
        let ruler = OnceCell::new();
        let ruler = || ruler.get_or_init(|| Ruler::new(&body.text, self.options.offsets));
        let narrow = |place: [usize; 2]| place.map(|at| at as u32);
        let subject = Subject {
            site: body.site.as_deref(),
            id: &outlined.id,
            text: &body.text,
            outline: &body.outline,
            places: &body.places,
            whole: body.whole,
            place: &|span| match &body.map {
                Some(map) => map.source(span, ruler()),
                None => narrow(ruler().span(span)),
            },
            breaks: &|part: Span| {
                let Some(map) = &body.map else { return Vec::new() };
                map.pieces(part, ruler()).map(|(at, place)| [(at - part.start()) as u32, place]).collect()
            },
        };
        let taken = what_may_go(&self.options, body.is_fixed, &self.exempt, || outlined.source.clone());
        self.collator.collate(&subject, taken)
    }

    fn sound(&self) -> Result<(), Error> {
        self.disk.trouble().map_or(Ok(()), |source| Err(Error::Scratch { path: self.scratch.clone(), source }))
    }

    /// The sources that would lose too many of their documents: where there are any, nothing of all this counts, and another comparison is to spare them.
    pub fn brakes(&self) -> Vec<Brake> {
        self.tally.over(self.options.repeats.brake)
    }

    /// What occurs more than once; after all documents.
    pub fn clusters(self) -> ClusterLines {
        ClusterLines { offsets: self.options.offsets.name(), clusters: self.collator.clusters() }
    }
}

/// The lines of `clusters.jsonl`, one after the other.
#[derive(Debug)]
pub struct ClusterLines {
    offsets: &'static str,
    clusters: Clusters,
}

impl Iterator for ClusterLines {
    /// A line, and the level of the cluster.
    type Item = (Vec<u8>, &'static str);

    fn next(&mut self) -> Option<Self::Item> {
        let cluster = self.clusters.next()?;
        let sites = cluster.copies.iter().map(|copy| copy.site).chain([cluster.kept]);
        let mut names: Vec<(u32, String)> =
            sites.map(|site| site.document).collect::<BTreeSet<_>>().into_iter().map(|n| (n, String::new())).collect();
        for (number, name) in &mut names {
            *name = self.clusters.id(*number);
        }
        let name = |number: u32| {
            let found = names.binary_search_by_key(&number, |(number, _)| *number).ok().and_then(|at| names.get(at));
            (found.map_or("", |(_, name)| name.as_str()), None)
        };
        #[expect(clippy::redundant_closure, reason = "what it gives lives longer than the cluster")]
        let record = record::Cluster::new(&cluster, self.offsets, |number| name(number));
        Some((record::line(&record), record.level))
    }
}

/// What is written of a document.
#[derive(Debug)]
pub struct Recorded {
    /// The line of `corpus.jsonl` or `removed.jsonl`, with its line feed.
    pub line: Vec<u8>,
    /// Whether it belongs to `corpus.jsonl`.
    pub kept: bool,
    /// The lines of `findings.jsonl`.
    pub findings: Vec<Finding>,
    /// What it adds to the sums of the run.
    pub sums: Sums,
}

/// The records of a document on which this [was decided](Comparison::next).
pub fn recorded(raw: Raw, decision: &[u8], fields: &Fields, rules: &Rules, options: &Options) -> Recorded {
    let mut prepared = prepare(raw, fields, rules, options);
    let mut verdict = Verdict::Kept(Vec::new());
    if prepared.failure.is_none() {
        match Decision::read(decision, &prepared.outline) {
            Some(Decision::Compared(compared)) => verdict = compared,
            Some(Decision::Taken) => prepared.failure = Some(taken(&prepared.document)),
            Some(Decision::Failed) | None => {
                let id = &prepared.document.id;
                prepared.failure =
                    Some(format!("{id}: it was not the same when it was read a second time; run it again"));
            }
        }
    }
    let built = finish(Judged { prepared, verdict, shown: false }, rules, options);
    let sums =
        Sums { counts: built.counts, conservation: built.conservation, failures: built.failure.into_iter().collect() };
    Recorded { line: built.line, kept: built.kept, findings: built.findings, sums }
}

/// The sums of a run, where they add up.
///
/// # Errors
/// Where they do not.
pub fn summed(sums: Sums, rules: &Rules, options: &Options, spared: &[Brake]) -> Result<Run, Error> {
    let Sums { counts, conservation, .. } = sums;
    if !conservation.holds() {
        let accounted = conservation.kept + conservation.dropped + conservation.removed + conservation.failed;
        return Err(Error::Conservation { read: conservation.read, accounted });
    }
    Ok(Run {
        format: record::FORMAT.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        options: RunOptions::from(options),
        rules: rules.digests.clone(),
        counts,
        conservation,
        brakes: spared.iter().map(record::Brake::from).collect(),
    })
}

fn foreign() -> Error {
    Error::Usage(
        "these are not the bytes of a document that this version of recensio sent; give all machines the same version"
            .to_owned(),
    )
}
