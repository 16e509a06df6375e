//! A run: every document of the input through outline, collation, analysis and record.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rayon::ThreadPool;
use rayon::prelude::*;

use super::brake::{self, Brake, Tally};
use super::decision::Decision;
use super::lot::{self, Lot, Sums};
use super::ordered::two_stage;
use super::prefer::{self, Comparing, Decided};
use super::sink::Sink;
use super::watch::{Watch, died, guarded};
use crate::analyze;
use crate::corpus::{Cluster, Clusters, Collator, Disk, Subject, Taken, Verdict};
use crate::error::Error;
use crate::model::{Analysis, Block, Document, Languages, Outline, Passage, Tongue};
use crate::options::{Keep, Only, Options, Repeats};
use crate::read::{self, Documents, Fields, InputFile, Raw};
use crate::record::{self, Built, Counts, LimitOptions, RepeatOptions, Run, RunOptions};
use crate::rules::Rules;
use crate::write::report;
use crate::write::scratch::Scratch;
use crate::write::state::{Past, Seen};

/// What is run.
#[derive(Debug)]
pub struct Plan<'r> {
    /// The files, in order.
    pub files: Vec<InputFile>,
    /// What the fields of JSON documents are called.
    pub fields: Fields,
    /// What the stages know.
    pub rules: &'r Rules,
    /// The choices that change what comes out.
    pub options: Options,
    /// Bytes of documents that may be under way at once.
    pub budget: usize,
    /// Bytes of memory that the run may take, about; what was seen goes to the scratch folder beyond it.
    pub memory: usize,
    /// What was seen of the corpus that the options name to compare with.
    pub against: Option<Seen>,
    /// A folder for files that are gone when the run ends.
    pub scratch: PathBuf,
    /// Sources that an attempt before this one found to lose too many documents: what repeats in them stays.
    pub spared: Vec<Brake>,
    /// Lots that an earlier run with the same [key](Plan::key) made.
    pub past: Option<&'r Past>,
    /// Becomes true when the run is to end early: what is under way is finished, and no more is begun.
    pub stop: Option<&'r AtomicBool>,
}

impl Plan<'_> {
    /// Hash of everything but the documents that decides what comes out; `program` tells one build of the program from another.
    pub fn key(&self, program: &[u8]) -> u128 {
        let Self {
            files: _,
            fields,
            rules,
            options,
            budget: _,
            memory: _,
            against,
            scratch: _,
            spared: _,
            past: _,
            stop: _,
        } = self;
        // What was decided is part of the key of each lot, so that a new decision redoes only its document.
        let options = record::line(&RunOptions { decisions: None, ..RunOptions::from(options) });
        let against = against.as_ref().map(|seen| seen.sum);
        let all = format!(
            "{}\n{program:?}\n{options:?}\n{fields:?}\n{:?}\n{against:?}",
            env!("CARGO_PKG_VERSION"),
            rules.digests
        );
        xxhash_rust::xxh3::xxh3_128(all.as_bytes())
    }

    /// Hashes of the lots that the input is made of, in order.
    pub fn inputs(&self) -> impl Iterator<Item = u128> {
        Batches::new(Documents::new(self.files.clone(), self.options.limits.size), None).map(|batch| lot::input(&batch))
    }
}

/// How a run ended.
#[derive(Debug)]
pub enum Ended {
    /// With everything done.
    Done(Box<Run>),
    /// Early, because it was told to, after so many documents.
    Stopped(u64),
    /// With nothing to keep: these sources would lose too many of their documents (see [`Plan::spared`]).
    Braked(Vec<Brake>),
}

/// What happens during a run, for those who watch.
#[derive(Debug)]
pub enum Event<'e> {
    /// Documents were delivered.
    Done {
        /// How many.
        documents: u64,
        /// How many bytes they had.
        bytes: u64,
        /// Whether they were taken over from an earlier run.
        is_old: bool,
    },
    /// A document failed.
    Failed(&'e str),
}

/// What a document was found to be before it was compared.
pub(super) struct Prepared {
    pub(super) document: Document,
    pub(super) outline: Outline,
    pub(super) places: Vec<[u32; 2]>,
    pub(super) whole: [u32; 2],
    pub(super) failure: Option<String>,
    /// How long it was worked on.
    spent: Duration,
}

/// What becomes of it.
pub(super) struct Judged {
    pub(super) prepared: Prepared,
    pub(super) verdict: Verdict,
    /// Whether the report shows it.
    pub(super) shown: bool,
}

/// Documents one after the other: small ones together, so that a worker is not woken for a line.
///
/// Where a batch ends depends on its last documents alone, so that a document more or less does not change all batches that follow.
struct Batches<'s, D> {
    documents: D,
    stop: Option<&'s AtomicBool>,
}

/// So many clusters are made into lines by one worker at a time, and so many copies or a few more in a round.
const CLUSTERS: usize = 1024;
const ROUND: usize = 1 << 16;
/// Bytes of memory that a run takes whatever it has seen, about: what the stages know, and for each worker.
const STAGES: usize = 160 << 20;
const WORKER: usize = 32 << 20;
/// So many bytes make a batch, and so many documents.
const BATCH: usize = 128 << 10;
const MOST: usize = 512;
/// From a quarter of that on, one document in so many ends a batch, by its hash.
const ENDING: u64 = 8;

impl<'s, D: Iterator<Item = Raw>> Batches<'s, D> {
    fn new(documents: D, stop: Option<&'s AtomicBool>) -> Self {
        Self { documents, stop }
    }
}

impl<D: Iterator<Item = Raw>> Iterator for Batches<'_, D> {
    type Item = Vec<Raw>;

    fn next(&mut self) -> Option<Vec<Raw>> {
        if self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
            return None;
        }
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while bytes < BATCH && batch.len() < MOST {
            let Some(raw) = self.documents.next() else { break };
            bytes += raw.len();
            let ends = (bytes > BATCH / 4 || batch.len() > MOST / 4) && lot::mark(&raw).is_multiple_of(ENDING);
            batch.push(raw);
            if ends {
                break;
            }
        }
        (!batch.is_empty()).then_some(batch)
    }
}

/// Runs the plan on the threads of `pool` and hands everything to `sink`; `watch` is told what happens. Gives the sums of the run.
///
/// # Errors
/// Where the output cannot be written, or the sums do not add up.
pub fn run(
    plan: Plan<'_>,
    pool: &ThreadPool,
    sink: &mut (dyn Sink + Send),
    watch: &mut (dyn FnMut(Event<'_>) + Send),
) -> Result<Ended, Error> {
    let Plan { files, fields, rules, options, budget, memory, against, scratch, spared, past, stop } = plan;
    let mut all = Sums::default();
    let mut tally = Tally::default();
    let mut to_show = if sink.wants_report() { report::TEXT_SHOWN } else { 0 };
    let prepare_one = |raw: Raw| prepare(raw, &fields, rules, &options);
    let exempt: BTreeSet<String> = spared.iter().map(|brake| brake.source.clone()).collect();
    let judging = Judging { options: &options, exempt };

    let (disk, seen_memory) = (disk(scratch.clone()), seen_memory(memory, pool.current_num_threads()));
    let is_sound = || disk.trouble().map_or(Ok(()), |source| Err(Error::Scratch { path: scratch.clone(), source }));
    let mut collator = Some(match &against {
        None => Collator::new(options.offsets, options.repeats).with_disk(disk.clone(), seen_memory),
        Some(seen) => pool.install(|| went_on(seen, &options, (disk.clone(), seen_memory)))?,
    });
    let mut decided = match options.keep {
        Keep::First | Keep::All => None,
        Keep::Longest | Keep::Newest | Keep::Best => {
            let comparing = Comparing {
                prepare: &prepare_one,
                is_taken: &mut |collator, prepared| collator.is_taken(&prepared.document.id),
                collate: &mut |collator, prepared| judging.collate(collator, prepared).0,
            };
            let batches = Batches::new(Documents::new(files.clone(), options.limits.size), stop);
            let decided = prefer::decide(
                batches,
                collator.take().unwrap_or_default(),
                comparing,
                (rules, &options),
                pool,
                budget,
                &scratch,
                stop,
            )?;
            let Some(decided) = decided else { return Ok(Ended::Stopped(0)) };
            Some(decided)
        }
    };
    let (shelf, mut collator, mut verdicts) = match decided.take() {
        Some(Decided { shelf, collator, verdicts }) => (Some(shelf), collator, Some(verdicts)),
        None => (None, collator.unwrap_or_default(), None),
    };
    let documents: Box<dyn Iterator<Item = Raw> + Send> = match shelf {
        Some(shelf) => Box::new(shelf),
        None => Box::new(Documents::new(files, options.limits.size)),
    };

    let mut number = 0;
    let mut judge = |mut prepared: Prepared| {
        let decision = verdicts.as_mut().map(|verdicts| verdicts.decision(number, &prepared.outline));
        number += 1;
        if prepared.failure.is_none() {
            let document = &prepared.document;
            prepared.failure = match decision {
                None => collator.is_taken(&document.id).then(|| taken(document)),
                Some(Decision::Taken) => Some(taken(document)),
                Some(Decision::Failed) => Some(format!("{}: cannot be read a second time; run it again", document.id)),
                Some(Decision::Compared(_)) => None,
            };
        }
        if prepared.failure.is_some() {
            return Judged { prepared, verdict: Verdict::Kept(Vec::new()), shown: false };
        }
        let (verdict, repeats) = match decision {
            Some(Decision::Compared(verdict)) => {
                let repeats = matches!(verdict, Verdict::Duplicate { .. });
                (verdict, repeats)
            }
            _ => judging.collate(&mut collator, &prepared),
        };
        if may_brake(judging.options) {
            tally.add(&brake::source(&prepared.document), repeats);
        }
        let shown = to_show > 0 && matches!(verdict, Verdict::Kept(_));
        if shown {
            to_show = to_show.saturating_sub(prepared.document.text.len());
        }
        Judged { prepared, verdict, shown }
    };
    let mut deliver = |lot: Lot| {
        all.counts.add(&lot.sums.counts);
        all.conservation += lot.sums.conservation;
        for message in &lot.sums.failures {
            watch(Event::Failed(message));
        }
        let Counts { documents, bytes, .. } = lot.sums.counts;
        watch(Event::Done { documents, bytes, is_old: lot.is_old });
        is_sound()?;
        sink.lot(lot)
    };
    let prepare = |batch: Vec<Raw>| {
        let input = lot::input(&batch);
        (input, batch.into_iter().map(prepare_one).collect::<Vec<_>>())
    };
    let finish = |(input, batch): (u128, Vec<Judged>)| {
        let decided = |j: &Judged| options.decisions.sum_of(&j.prepared.document.id);
        let key =
            lot::key(input, batch.iter().map(|j| (j.prepared.failure.as_deref(), j.shown, &j.verdict, decided(j))));
        let old = past.and_then(|past| past.recall(key)).and_then(|lines| Lot::old(input, key, lines));
        old.unwrap_or_else(|| Lot::new(input, key, batch.into_iter().map(|judged| finish(judged, rules, &options))))
    };
    two_stage(
        pool,
        budget,
        Batches::new(documents, stop),
        |batch| batch.iter().map(Raw::len).sum(),
        prepare,
        |(input, batch)| (input, batch.into_iter().map(&mut judge).collect()),
        finish,
        &mut deliver,
    )?;
    let Sums { mut counts, conservation, .. } = all;
    if stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
        return Ok(Ended::Stopped(counts.documents));
    }
    is_sound()?;
    let over = tally.over(options.repeats.brake);
    if !over.is_empty() {
        return Ok(Ended::Braked(over));
    }
    if sink.wants_report() {
        collator.save(|bytes| sink.seen(bytes))?;
    }
    clusters(collator.clusters(), pool, &options, &mut counts, sink)?;
    is_sound()?;
    if !conservation.holds() {
        let accounted = conservation.kept + conservation.dropped + conservation.removed + conservation.failed;
        return Err(Error::Conservation { read: conservation.read, accounted });
    }
    let run = Run {
        format: record::FORMAT.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        options: RunOptions::from(&options),
        rules: rules.digests.clone(),
        counts,
        conservation,
        brakes: spared.iter().map(record::Brake::from).collect(),
    };
    sink.run(&run)?;
    Ok(Ended::Done(Box::new(run)))
}

/// Makes the lines of `clusters.jsonl` in parallel, a round at a time, and hands them over in their order.
fn clusters(
    mut clusters: Clusters,
    pool: &ThreadPool,
    options: &Options,
    counts: &mut Counts,
    sink: &mut (dyn Sink + Send),
) -> Result<(), Error> {
    let offsets = options.offsets.name();
    // Lines of the biggest clusters so far, by their sizes; of the same size the first.
    let mut biggest: BTreeMap<(Reverse<usize>, usize), Vec<u8>> = BTreeMap::new();
    let mut number = 0;
    loop {
        let (mut round, mut copies) = (Vec::new(), 0);
        while copies < ROUND
            && let Some(cluster) = clusters.next()
        {
            copies += cluster.copies.len();
            round.push(cluster);
        }
        if round.is_empty() {
            // The report needs room, too.
            drop(clusters);
            return sink.biggest(&biggest.into_values().collect::<Vec<_>>());
        }
        let mut named: HashMap<u32, (String, Option<String>)> = HashMap::new();
        for cluster in &round {
            let others = cluster.copies.iter().map(|copy| copy.site.document);
            for number in std::iter::once(cluster.kept.document).chain(others) {
                named
                    .entry(number)
                    .or_insert_with(|| (clusters.id(number), clusters.corpus(number).map(str::to_owned)));
            }
        }
        let name = |number: u32| named.get(&number).map_or(("", None), |(id, corpus)| (id.as_str(), corpus.as_deref()));
        let lines = |some: &[Cluster]| {
            let mut levels: BTreeMap<&'static str, u64> = BTreeMap::new();
            let mut out = Vec::new();
            for cluster in some {
                #[expect(clippy::redundant_closure, reason = "what it gives lives longer than the cluster")]
                let cluster = record::Cluster::new(cluster, offsets, |number| name(number));
                *levels.entry(cluster.level).or_default() += 1;
                out.extend(record::line(&cluster));
            }
            (levels, out)
        };
        for cluster in &round {
            let size = cluster.copies.len();
            number += 1;
            if biggest.len() < report::CLUSTERS_SHOWN
                || biggest.last_key_value().is_some_and(|(last, _)| last.0.0 < size)
            {
                let mut shown = record::Cluster::new(cluster, offsets, name);
                shown.copies.truncate(report::COPIES_SHOWN);
                biggest.insert((Reverse(size), number), record::line(&shown));
            }
            while biggest.len() > report::CLUSTERS_SHOWN {
                biggest.pop_last();
            }
        }
        let made: Vec<_> = pool.install(|| round.par_chunks(CLUSTERS).map(lines).collect());
        for (levels, lines) in made {
            for (level, n) in levels {
                *counts.clusters.entry(level.to_owned()).or_default() += n;
            }
            sink.clusters(&lines)?;
        }
    }
}

/// Of the memory of a run, what is for the passages seen: what is left when the lists that the stages know and the documents under way have theirs.
fn seen_memory(memory: usize, threads: usize) -> usize {
    memory.saturating_sub(STAGES + threads * WORKER).max(memory / 4)
}

/// Files in the folder for what does not fit in memory.
pub(super) fn disk(folder: PathBuf) -> Disk {
    Disk::new(move || Ok(Box::new(Scratch::create(&folder)?)))
}

/// A collator that goes on from what was seen of a corpus made earlier.
fn went_on(seen: &Seen, options: &Options, (disk, memory): (Disk, usize)) -> Result<Collator, Error> {
    let name = options.against.as_deref().unwrap_or_default();
    let load = || Collator::load(&mut seen.open()?, name, (options.offsets, options.repeats), Some((disk, memory)));
    load().map_err(|source| Error::Against { path: name.into(), source })
}

/// How documents are compared.
struct Judging<'r> {
    options: &'r Options,
    /// Sources from which nothing that repeats is taken out.
    exempt: BTreeSet<String>,
}

impl Judging<'_> {
    /// The verdict on the next document.
    fn collate(&self, collator: &mut Collator, prepared: &Prepared) -> (Verdict, bool) {
        if let Some(rule) = prepared.outline.filtered {
            return (Verdict::Filtered { rule }, false);
        }
        let (document, offsets) = (&prepared.document, self.options.offsets);
        let ruler = OnceCell::new();
        let ruler = || ruler.get_or_init(|| record::ruler(document, offsets));
        let site = document.url.as_deref().and_then(brake::host);
        let subject = Subject {
            site: site.as_deref(),
            id: &document.id,
            text: &document.text,
            outline: &prepared.outline,
            places: &prepared.places,
            whole: prepared.whole,
            place: &|span| record::place(document, span, ruler()),
            breaks: &|span| record::breaks(document, span, ruler),
        };
        let verdict = collator.collate(&subject, self.taken(document));
        let repeats = matches!(verdict, Verdict::Duplicate { .. });
        (verdict, repeats)
    }

    fn taken(&self, document: &Document) -> Taken {
        let is_fixed = document.layout.as_ref().is_some_and(|layout| layout.is_fixed);
        what_may_go(self.options, is_fixed, &self.exempt, || brake::source(document))
    }
}

/// What may be taken out of a document; `is_fixed` where each of its blocks stands for a source of its own.
pub(super) fn what_may_go(
    options: &Options,
    is_fixed: bool,
    exempt: &BTreeSet<String>,
    source: impl FnOnce() -> String,
) -> Taken {
    if options.keep == Keep::All || is_fixed {
        Taken::Nothing
    } else if options.repeats.report_only || (!exempt.is_empty() && exempt.contains(&source())) {
        Taken::Boilerplate
    } else {
        Taken::Repeats
    }
}

/// Whether documents may be taken out at all.
pub(super) fn may_brake(options: &Options) -> bool {
    options.keep != Keep::All && !options.repeats.report_only && options.repeats.brake < 1.0
}

/// Reads a document and takes its outline.
pub(super) fn prepare(raw: Raw, fields: &Fields, rules: &Rules, options: &Options) -> Prepared {
    let (begun, most) = (read::begin(&raw), options.limits.time);
    let name = begun.id.clone();
    let watch = Watch::begin(&name, Duration::ZERO, most);
    let read = guarded(|| {
        watch.stage("read")?;
        Ok(read::parse(raw, fields, rules, options))
    });
    let read::Parsed { document, mut failure } = match read.map_err(|what| died(&what)).flatten() {
        Ok(parsed) => parsed,
        Err(what) => read::Parsed { document: begun, failure: Some(format!("{name}: {what}")) },
    };
    let spent = watch.spent();
    let watch = Watch::begin(&document.id, spent, most);
    let outlined = failure.is_none().then(|| {
        let outlined = guarded(|| {
            watch.stage("outline")?;
            let outline =
                analyze::filter(&document, analyze::outline(&document, rules, options.repeats.samples()), options);
            let (places, whole) = record::places(&document, &outline.blocks, options.offsets);
            Ok((outline, places, whole))
        });
        let outlined = outlined.map_err(|what| died(&what)).flatten();
        outlined.map_err(|what| failure = Some(format!("{}: {what}", document.id))).unwrap_or_default()
    });
    let (outline, places, whole) = outlined.unwrap_or_default();
    let spent = watch.spent();
    Prepared { document, outline, places, whole, failure, spent }
}

/// The records of documents that are compared with one another alone, each on the caller's thread. For probing: nothing is written.
pub(super) fn together(
    documents: Vec<Raw>,
    fields: &Fields,
    rules: &Rules,
    options: &Options,
) -> Vec<Built<report::Article>> {
    let mut collator = Collator::new(options.offsets, options.repeats);
    let judging = Judging { options, exempt: BTreeSet::new() };
    let judged: Vec<Judged> = documents
        .into_iter()
        .map(|raw| {
            let mut prepared = prepare(raw, fields, rules, options);
            if prepared.failure.is_none() && collator.is_taken(&prepared.document.id) {
                prepared.failure = Some(taken(&prepared.document));
            }
            let verdict = match prepared.failure {
                Some(_) => Verdict::Kept(Vec::new()),
                None => judging.collate(&mut collator, &prepared).0,
            };
            Judged { prepared, verdict, shown: true }
        })
        .collect();
    judged.into_iter().map(|judged| finish(judged, rules, options)).collect()
}

/// The message about a document whose name came before.
pub(super) fn taken(document: &Document) -> String {
    let line = document.origin.member.as_deref().map(|line| format!(":{line}")).unwrap_or_default();
    let place = format!("{}{line}", document.origin.path);
    format!("{place}: the id \"{}\" came before; ids must be unique in a run", document.id)
}

/// Analyses what is kept of a document and makes its records.
pub(super) fn finish(judged: Judged, rules: &Rules, options: &Options) -> Built<report::Article> {
    let Judged { prepared, verdict, shown } = judged;
    if let Some(message) = &prepared.failure {
        return record::failed(&prepared.document, options, message);
    }
    let Prepared { document, outline, spent, .. } = &prepared;
    let watch = Watch::begin(&document.id, *spent, options.limits.time);
    let analyze = |kept: &[Block]| match options.only {
        Some(Only::Repeats) => Ok(bare(kept)),
        None => analyze::step_by_step(document, kept, rules, options, &mut |stage| watch.stage(stage)),
    };
    let view = |record: &record::Document<'_>, findings: &[record::Finding]| {
        shown.then(|| report::article(record, findings, options.messages))
    };
    let built = guarded(|| record::build(document, outline, &verdict, options, analyze, view));
    let built = built.map_err(|what| died(&what)).flatten();
    built.unwrap_or_else(|what| record::failed(document, options, &format!("{}: {what}", document.id)))
}

/// An analysis that says nothing.
fn bare(kept: &[Block]) -> Analysis {
    let passages: Vec<Passage> =
        kept.iter().map(|b| Passage { span: b.span, kind: b.kind, sentences: vec![b.span] }).collect();
    Analysis {
        languages: Languages { document: crate::model::Detected::UNKNOWN, passages: Vec::new() },
        passages,
        leftovers: Vec::new(),
        foreign: Vec::new(),
        source_language: None,
        timexes: Vec::new(),
        entities: Vec::new(),
        relations: Vec::new(),
        findings: Vec::new(),
    }
}

impl From<&Repeats> for RepeatOptions {
    fn from(repeats: &Repeats) -> Self {
        let levels = [("document", repeats.documents), ("passage", repeats.passages), ("span", repeats.spans)];
        Self {
            levels: levels.iter().filter(|(_, wanted)| *wanted).map(|(level, _)| (*level).to_owned()).collect(),
            near_removed: decimal(repeats.near_removed),
            near_reported: decimal(repeats.near_reported),
            report_only: repeats.report_only,
            brake: decimal(repeats.brake),
        }
    }
}

/// As it was typed.
fn decimal(share: f32) -> f64 {
    share.to_string().parse().unwrap_or_else(|_| f64::from(share))
}

impl From<&Options> for RunOptions {
    fn from(options: &Options) -> Self {
        Self {
            keep: options.keep.name().to_owned(),
            repeats: RepeatOptions::from(&options.repeats),
            against: options.against.clone(),
            offsets: options.offsets.name().to_owned(),
            language: options.language.map(|tag| tag.to_string()),
            source_language: options.source_language.map(|tag| tag.to_string()),
            foreign: options.foreign,
            extract: match options.extract {
                crate::options::Extract::Main => "main".to_owned(),
                crate::options::Extract::Fast => "fast".to_owned(),
                crate::options::Extract::All => "all".to_owned(),
            },
            encoding: options.encoding.map(|encoding| encoding.name().to_owned()),
            filters: options.filters.iter().map(|filter| filter.name().to_owned()).collect(),
            words: options.words,
            limits: LimitOptions {
                document_size: options.limits.size,
                document_time: options.limits.time.as_secs_f64(),
            },
            only: options.only.map(|only| only.name().to_owned()),
            decisions: Some(options.decisions.sum()).filter(|sum| *sum != 0).map(|sum| format!("{sum:016x}")),
            messages: (options.messages != Tongue::English).then(|| options.messages.tag().to_owned()),
        }
    }
}
