//! What is taken out and what is told, on small corpora.

use super::disk::memory::disk;
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
    let (prints, sketches) = repeat::fingerprints(&text, &blocks, Repeats::default().samples());
    let whole = repeat::whole(&prints);
    let places = blocks.iter().map(|b| [b.span.start() as u32, b.span.end() as u32]).collect();
    (
        text,
        Outline { blocks, prints, sketches, whole, boilerplate: Vec::new(), suspects: Vec::new(), filtered: None },
        places,
    )
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
                site: None,
                whole: [0, 1],
                place: &|span| [span.start() as u32, span.end() as u32],
                breaks: &|_| Vec::new(),
            };
            collator.collate(&subject, Taken::Repeats)
        })
        .collect();
    (verdicts, collator)
}

fn clusters(collator: Collator) -> Vec<Cluster> {
    collator.clusters().collect()
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

#[test]
fn lines_that_are_broken_elsewhere_share_what_they_share_and_forms_that_are_filled_in_do_not() {
    let spans = |lines: [&str; 2]| {
        let (_, collator) = run(&[&[lines[0]], &[lines[1]]]);
        let spans: Vec<_> = clusters(collator).into_iter().filter(|c| c.level == Level::Span).collect();
        spans.iter().map(|c| c.kept.end - c.kept.start).sum::<u32>()
    };
    let middle = "the mill by the river was sold in the spring to a company of the town, which let it stand empty until the roof fell in";
    let line = |before: &str, after: &str| format!("{before}{middle}{after}");
    // One line begins earlier and the other ends later; each has a number that the other has not.
    let broken = spans([&line("In the year 1904 ", ""), &line("", " and 17 trees grew in it")]);
    assert_eq!(broken, middle.len() as u32);
    // Both have a number in the same place, or one in the middle of what they share; a number that was cut is another.
    assert_eq!(spans([&line("In the year 1904 ", ""), &line("In the year 1906 ", "")]), 0);
    assert_eq!(spans([&line("", " in 1912"), &line("", " in 1921")]), 0);
    assert_eq!(spans([&line("", " in 19"), &line("", " in 1")]), 0);
    assert_eq!(spans([&line("", ""), &middle.replace("a company", "2 companies")]), 0);
}

#[test]
fn the_second_passage_with_a_shingle_is_found_by_it_too() {
    for hall in ["great white hall", "old wooden barn", "small grey chapel", "long dark arcade", "burnt red granary"] {
        let common = format!("in the {hall} of the old harbour town");
        let longer = format!("{common} of");
        let documents = [
            format!("They met {common}, or so it is said."),
            format!("We know from the books of the abbey, {longer} held its feast."),
            format!("But nobody who had seen the fire could believe: {longer} was gone for good, and its silver too."),
        ];
        let (_, collator) = run(&[&[&documents[0]], &[&documents[1]], &[&documents[2]]]);
        let kept: Vec<_> = clusters(collator).into_iter().filter(|c| c.level == Level::Span).map(|c| c.kept).collect();
        let from = documents[1].find(&common).unwrap() as u32;
        let wanted = (1, from, from + longer.len() as u32);
        assert!(kept.iter().any(|k| (k.document, k.start, k.end) == wanted), "{hall}: {kept:?}");
    }
}

/// Documents that repeat each other in every way, of words that are drawn by chance.
fn drawn(count: usize) -> Vec<Vec<String>> {
    let mut state = 7u32;
    let mut draw = move |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below
    };
    let mut lines: Vec<String> = Vec::new();
    let mut document = |lines: &mut Vec<String>| -> Vec<String> {
        let mut line = |lines: &mut Vec<String>| {
            let old = lines.len().checked_sub(1).map(|last| lines[draw(last + 1)].clone());
            let made = match (draw(8), old) {
                (0..=1, Some(old)) => old,
                (2, Some(old)) => old.to_uppercase(),
                (3, Some(old)) => old.replacen("word1", "term", 2),
                (4, Some(old)) => format!("Before it stands something of its own, and then {old} and more after it."),
                _ => (0..12 + draw(20)).map(|_| format!("word{}", draw(5000))).collect::<Vec<_>>().join(" ") + " ends.",
            };
            lines.push(made.clone());
            made
        };
        (0..3).map(|_| line(lines)).collect()
    };
    let mut made: Vec<Vec<String>> = Vec::new();
    for n in 0..count {
        let next = if n % 9 == 8 { made[n / 2].clone() } else { document(&mut lines) };
        made.push(next);
    }
    made
}

#[test]
fn what_is_found_does_not_depend_on_how_much_memory_there_is() {
    let documents = drawn(1200);
    let found = |memory: Option<usize>| {
        let disk = disk();
        let mut collator = Collator::new(Unit::Bytes, Repeats::default());
        if let Some(memory) = memory {
            collator = collator.with_disk(disk.clone(), memory);
        }
        let mut verdicts = Vec::new();
        for (i, lines) in documents.iter().enumerate() {
            let (text, outline, places) = outline(&lines.iter().map(String::as_str).collect::<Vec<_>>());
            let id = format!("d{i}");
            assert!(!collator.is_taken(&id) && collator.is_taken(&id));
            let subject = Subject {
                id: &id,
                text: &text,
                outline: &outline,
                places: &places,
                site: None,
                whole: [0, text.len() as u32],
                place: &|span| [span.start() as u32, span.end() as u32],
                breaks: &|_| Vec::new(),
            };
            verdicts.push(collator.collate(&subject, Taken::Repeats));
        }
        let mut saved = Vec::new();
        let mut take = |bytes: &[u8]| -> Result<(), ()> {
            saved.extend_from_slice(bytes);
            Ok(())
        };
        collator.save(&mut take).unwrap();
        let spare = memory.map(|memory| (disk.clone(), memory));
        let mut again =
            Collator::load(&mut saved.as_slice(), "earlier", (Unit::Bytes, Repeats::default()), spare).unwrap();
        let (text, outline, places) = outline(&documents[77].iter().map(String::as_str).collect::<Vec<_>>());
        let subject = Subject {
            id: "new",
            text: &text,
            outline: &outline,
            places: &places,
            site: None,
            whole: [0, 1],
            place: &|span| [span.start() as u32, span.end() as u32],
            breaks: &|_| Vec::new(),
        };
        verdicts.push(again.collate(&subject, Taken::Repeats));
        let mut clusters = collator.clusters();
        let all: Vec<Cluster> = clusters.by_ref().collect();
        let ids: Vec<String> = (0..1200).map(|number| clusters.id(number)).collect();
        assert!(disk.trouble().is_none());
        (verdicts, format!("{all:?} {:?}", again.clusters().collect::<Vec<_>>()), ids, saved)
    };
    let all = found(None);
    for level in ["Document", "Passage", "Span"] {
        assert!(all.1.contains(&format!("level: {level}")), "{level}");
    }
    assert!(matches!(all.0.last(), Some(Verdict::Duplicate { .. })));
    for memory in [1 << 20, 100_000] {
        let some = found(Some(memory));
        assert_eq!(all.0, some.0);
        assert_eq!(all.1, some.1);
        assert_eq!((&all.2, &all.3), (&some.2, &some.3));
    }
}

#[test]
fn a_disk_that_fails_is_told() {
    let full = || Err(std::io::ErrorKind::StorageFull.into());
    let disk = super::Disk::new(full);
    let mut collator = Collator::new(Unit::Bytes, Repeats::default()).with_disk(disk.clone(), 1);
    for n in 0..3 {
        let (text, outline, places) = outline(&[A, B]);
        let subject = Subject {
            id: &format!("{n}"),
            text: &text,
            outline: &outline,
            places: &places,
            site: None,
            whole: [0, 1],
            place: &|span| [span.start() as u32, span.end() as u32],
            breaks: &|_| Vec::new(),
        };
        collator.collate(&subject, Taken::Repeats);
    }
    assert_eq!(disk.trouble().map(|error| error.kind()), Some(std::io::ErrorKind::StorageFull));
}
