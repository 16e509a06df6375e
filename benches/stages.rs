//! MB/s of each stage and of the whole, on one core: `cargo bench`.
//!
//! The text is the sample in `input/`, so that the figures need nothing else; they compare versions, not programs.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may end by panic"
)]

use std::fs;
use std::path::Path;

use divan::Bencher;
use divan::counter::BytesCount;
use recensio::analyze;
use recensio::batch::{self, Lot, Plan, Sink};
use recensio::error::Error;
use recensio::model::{Block, Document, Kind, Languages, Origin, Passage};
use recensio::options::{Options, Repeats};
use recensio::read::{self, Fields};
use recensio::record::Run;
use recensio::rules::Rules;
use recensio::stage::{clean, decode, entity, language, leftover, proof, repeat, segment, timex};
use recensio::text::SourceMap;

fn main() {
    divan::main();
}

fn path() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("input/article.ru.txt")
}

struct Prepared {
    rules: Rules,
    document: Document,
    blocks: Vec<Block>,
    passages: Vec<Passage>,
    languages: Languages,
}

/// The sample, with what the stages before the one that is measured give.
fn prepared() -> Prepared {
    let rules = Rules::embedded().expect("the built-in rules");
    let text = fs::read_to_string(path()).expect("the sample");
    let document = Document {
        id: "sample".to_owned(),
        origin: Origin::default(),
        map: SourceMap::identity(text.len()),
        source: None,
        layout: None,
        segments: Vec::new(),
        text,
        meta: Vec::new(),
        title: None,
        url: None,
        date: None,
        language: None,
        source_language: None,
        issues: Vec::new(),
    };
    let blocks = segment::blocks(&document.text);
    let bare = |b: &Block| Passage { span: b.span, kind: b.kind, sentences: Vec::new() };
    let mut passages: Vec<Passage> = blocks.iter().map(bare).collect();
    let languages = language::detect(&document.text, &passages, None, &rules.language);
    for (index, passage) in passages.iter_mut().enumerate() {
        passage.sentences = segment::sentences(&document.text, passage.span, languages.of(index).tag, &rules.sentence);
    }
    Prepared { rules, document, blocks, passages, languages }
}

/// Times `stage` over the sample.
fn stage<T>(bencher: Bencher<'_, '_>, stage: impl Fn(&Prepared, &str) -> T + Sync) {
    let prepared = prepared();
    let text = prepared.document.text.as_str();
    bencher.counter(BytesCount::of_str(text)).bench(|| stage(&prepared, text));
}

#[divan::bench]
fn decode(bencher: Bencher<'_, '_>) {
    stage(bencher, |_, text| decode::decode_vec(text.as_bytes().to_vec()));
}

#[divan::bench]
fn blocks(bencher: Bencher<'_, '_>) {
    stage(bencher, |_, text| segment::blocks(text));
}

#[divan::bench]
fn fingerprints(bencher: Bencher<'_, '_>) {
    stage(bencher, |p, text| repeat::fingerprints(text, &p.blocks, Repeats::default().samples()));
}

#[divan::bench]
fn boilerplate(bencher: Bencher<'_, '_>) {
    stage(bencher, |p, text| clean::boilerplate(text, &p.blocks, &p.rules.boilerplate));
}

#[divan::bench]
fn languages(bencher: Bencher<'_, '_>) {
    stage(bencher, |p, text| language::detect(text, &p.passages, None, &p.rules.language));
}

#[divan::bench]
fn sentences(bencher: Bencher<'_, '_>) {
    stage(bencher, |p, text| {
        let spans = p.passages.iter().enumerate();
        spans
            .map(|(i, q)| segment::sentences(text, q.span, p.languages.of(i).tag, &p.rules.sentence).len())
            .sum::<usize>()
    });
}

#[divan::bench]
fn leftovers(bencher: Bencher<'_, '_>) {
    stage(bencher, |p, text| leftover::find(text, &p.passages, &p.languages, None, &p.rules.leftover));
}

#[divan::bench]
fn timexes(bencher: Bencher<'_, '_>) {
    stage(bencher, |p, text| timex::find(text, &p.passages, &p.languages, None, &p.rules.timex));
}

#[divan::bench]
fn entities(bencher: Bencher<'_, '_>) {
    stage(bencher, |p, text| entity::find(text, &p.passages, &p.languages, &[], &[], &p.rules.entity));
}

#[divan::bench]
fn findings(bencher: Bencher<'_, '_>) {
    stage(bencher, |p, text| proof::find(text, &p.passages, &p.languages, &[], (&[], &[]), &p.rules.proof));
}

#[divan::bench]
fn analysis_of_a_document(bencher: Bencher<'_, '_>) {
    let options = Options::default();
    stage(bencher, |p, _| {
        let outline = analyze::outline(&p.document, &p.rules, Repeats::default().samples());
        analyze::analyze(&p.document, &outline.blocks, &p.rules, &options).entities.len()
    });
}

/// Everything but writing to disk: the sample read, outlined, collated, analysed and made into records.
#[divan::bench]
fn end_to_end(bencher: Bencher<'_, '_>) {
    let rules = Rules::embedded().expect("the built-in rules");
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let files = read::list(&[path()], Path::new("output")).expect("the sample").files;
    bencher.counter(BytesCount::new(fs::metadata(path()).expect("the sample").len())).bench(|| {
        let plan = Plan {
            memory: 1 << 30,
            files: files.clone(),
            fields: Fields::default(),
            rules: &rules,
            options: Options::default(),
            budget: 1 << 20,
            against: None,
            scratch: std::env::temp_dir(),
            spared: Vec::new(),
            past: None,
            stop: None,
        };
        batch::run(plan, &pool, &mut Nowhere, &mut |_| ()).expect("a run")
    });
}

/// How long the rules take to compile; a run does it once.
#[divan::bench]
fn rules() -> Rules {
    Rules::embedded().expect("the built-in rules")
}

/// A guard against measuring nothing: the sample has blocks of running text.
#[divan::bench(sample_count = 1)]
fn sample_is_whole() {
    assert!(prepared().blocks.iter().filter(|b| b.kind == Kind::Paragraph).count() > 20);
}

/// What is written goes nowhere.
struct Nowhere;

impl Sink for Nowhere {
    fn wants_report(&self) -> bool {
        false
    }

    fn lot(&mut self, lot: Lot) -> Result<(), Error> {
        divan::black_box(lot);
        Ok(())
    }

    fn seen(&mut self, _: &[u8]) -> Result<(), Error> {
        Ok(())
    }

    fn clusters(&mut self, _: &[u8]) -> Result<(), Error> {
        Ok(())
    }

    fn biggest(&mut self, _: &[Vec<u8>]) -> Result<(), Error> {
        Ok(())
    }

    fn run(&mut self, _: &Run) -> Result<(), Error> {
        Ok(())
    }
}
