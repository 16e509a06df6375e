//! What is taken out and what is told, on small corpora.

use super::{BlockVerdict, Cluster, Collator, Level, Subject, Taken, Verdict};
use crate::model::{Block, Kind, Outline};
use crate::options::Repeats;
use crate::stage::repeat;
use crate::text::Span;
use crate::text::place::Unit;

fn outline(lines: &[&str]) -> (String, Outline, Vec<[u32; 2]>) {
    let text = lines.join("\n");
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in lines {
        let kind = if line.starts_with('#') { Kind::Heading } else { Kind::Paragraph };
        blocks.push(Block { span: Span::new(at, at + line.len()), kind });
        at += line.len() + 1;
    }
    let (prints, sketches) = repeat::fingerprints(&text, &blocks);
    let whole = repeat::whole(&prints);
    let places = blocks.iter().map(|b| [b.span.start() as u32, b.span.end() as u32]).collect();
    (text, Outline { blocks, prints, sketches, whole, boilerplate: Vec::new(), filtered: None }, places)
}

fn run(documents: &[&[&str]]) -> (Vec<Verdict>, Collator) {
    let mut collator = Collator::new(Unit::Bytes, Repeats::default());
    let verdicts = documents
        .iter()
        .enumerate()
        .map(|(i, lines)| {
            let (text, outline, places) = outline(lines);
            let subject = Subject {
                id: &format!("d{i}"),
                text: &text,
                outline: &outline,
                places: &places,
                whole: [0, 1],
                place: &|span| [span.start() as u32, span.end() as u32],
                breaks: &|_| Vec::new(),
            };
            collator.collate(&subject, Taken::Repeats)
        })
        .collect();
    (verdicts, collator)
}

fn clusters(mut collator: Collator) -> Vec<Cluster> {
    let clusters = collator.clusters();
    (0..clusters.len()).map(|i| clusters.get(i).unwrap()).collect()
}

fn removed(verdict: &Verdict) -> Vec<Option<(u32, &'static str)>> {
    let Verdict::Kept(blocks) = verdict else { panic!("{verdict:?}") };
    blocks
        .iter()
        .map(|b| match b {
            BlockVerdict::Repeat(o) => Some((o.passage, o.rule)),
            _ => None,
        })
        .collect()
}

const A: &str = "The council adopted the new rules on the storage of grain in spring.";
const B: &str = "Farmers who store less than ten tonnes are exempt from the rules.";
const C: &str = "A fee is due for every further tonne, payable in autumn of each year.";

#[test]
fn an_article_pasted_twice_goes_once_with_its_headings() {
    let (verdicts, collator) = run(&[&["# Rules", A, B, "A note on the side that is new.", "# Rules", A, B]]);
    assert_eq!(
        removed(&verdicts[0]),
        [None, None, None, None, Some((1, "repeat.run")), Some((2, "repeat.run")), Some((3, "repeat.run"))]
    );
    assert_eq!(clusters(collator).len(), 3);
}

#[test]
fn a_refrain_and_a_heading_stay() {
    let (verdicts, collator) = run(&[&["# Part", A, "Row, row your boat.", B, "Row, row your boat.", "# Part", C]]);
    assert_eq!(removed(&verdicts[0]), [None; 7]);
    let clusters = clusters(collator);
    assert_eq!(clusters.len(), 2);
    assert!(clusters.iter().all(|c| c.copies.iter().all(|copy| !copy.removed)));
}

#[test]
fn a_paragraph_of_an_earlier_document_goes_and_names_it() {
    let (verdicts, _) = run(&[&[C, A], &[B, A]]);
    let Verdict::Kept(blocks) = &verdicts[1] else { panic!() };
    let BlockVerdict::Repeat(original) = &blocks[1] else { panic!() };
    assert_eq!((original.document.as_deref(), original.passage, original.rule), (Some("d0"), 2, "repeat.exact"));
}

#[test]
fn what_equals_an_edited_copy_is_a_copy_of_what_is_kept() {
    let edited = [&A.replace("spring", "winter"), &B.replace("exempt", "freed"), C];
    // A document without text has its number, too.
    let (verdicts, collator) = run(&[&[], &[A, B, C], &edited, &edited]);
    for verdict in &verdicts[2..] {
        let Verdict::Duplicate { rule, of, similarity, .. } = verdict else { panic!("{verdict:?}") };
        assert_eq!((*rule, of.as_str()), ("repeat.document.near", "d1"));
        assert!((0.8..1.0).contains(similarity), "{similarity}");
    }
    let clusters = clusters(collator);
    let whole: Vec<_> = clusters.iter().filter(|c| c.level == Level::Document).collect();
    assert_eq!((whole.len(), whole[0].copies.len(), whole[0].kept.document), (1, 2, 1));
}

#[test]
fn a_document_that_repeats_another_goes_and_its_passages_are_listed() {
    let (verdicts, collator) = run(&[&[A, B], &[A, &B.to_uppercase()]]);
    let Verdict::Duplicate { rule, of, .. } = &verdicts[1] else { panic!() };
    assert_eq!((*rule, of.as_str()), ("repeat.document.normalized", "d0"));
    let clusters = clusters(collator);
    assert_eq!(clusters.iter().filter(|c| c.level == Level::Passage).count(), 2);
    assert!(clusters.iter().all(|c| c.copies.iter().all(|copy| copy.removed)));
}
