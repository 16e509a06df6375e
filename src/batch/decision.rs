//! What becomes of a document in view of the others, as a value that is kept until the document is written.

use super::packed::{Pack, Packed};
use crate::corpus::{BlockVerdict, Original, RULES, Verdict};
use crate::model::Outline;

/// What becomes of a document.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Decision {
    /// Its name came before.
    Taken,
    /// It could not be read.
    Failed,
    /// It was compared.
    Compared(Verdict),
}

impl Decision {
    /// Adds it to bytes. The rules of boilerplate and filters are not written: the outline of the document says them again.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Taken => out.push(0),
            Self::Failed => out.push(1),
            Self::Compared(Verdict::Duplicate { rule, of, corpus, cluster, similarity }) => {
                out.push(2);
                out.push(number(rule));
                out.text(of);
                out.maybe(corpus.as_deref());
                out.text(cluster);
                out.extend(similarity.to_le_bytes());
            }
            Self::Compared(Verdict::Kept(blocks)) => {
                out.push(3);
                for block in blocks {
                    write_block(block, out);
                }
            }
            Self::Compared(Verdict::Filtered { .. }) => out.push(4),
        }
    }

    /// Of bytes, for the document of this outline; none where they are not those of a decision on it.
    pub(super) fn read(bytes: &[u8], outline: &Outline) -> Option<Self> {
        let mut from = Packed(bytes);
        let read = match from.byte()? {
            0 => Self::Taken,
            1 => Self::Failed,
            2 => Self::Compared(Verdict::Duplicate {
                rule: rule(&mut from)?,
                of: from.text()?.to_owned(),
                corpus: from.maybe()?.map(str::to_owned),
                cluster: from.text()?.to_owned(),
                similarity: f32::from_le_bytes(from.exactly()?),
            }),
            3 => {
                let block = |index: usize| block(&mut from, outline, index);
                Self::Compared(Verdict::Kept((0..outline.blocks.len()).map(block).collect::<Option<_>>()?))
            }
            4 => Self::Compared(Verdict::Filtered { rule: outline.filtered? }),
            _ => return None,
        };
        from.0.is_empty().then_some(read)
    }
}

fn write_block(block: &BlockVerdict, out: &mut Vec<u8>) {
    match block {
        BlockVerdict::Kept => out.push(0),
        BlockVerdict::Boilerplate { .. } => out.push(1),
        BlockVerdict::Repeat(Original { rule, document, corpus, passage, cluster, similarity }) => {
            out.push(2);
            out.push(number(rule));
            out.maybe(document.as_deref());
            out.maybe(corpus.as_deref());
            out.text(cluster);
            out.number(u64::from(*passage));
            out.extend(similarity.to_le_bytes());
        }
    }
}

fn block(from: &mut Packed<'_>, outline: &Outline, index: usize) -> Option<BlockVerdict> {
    Some(match from.byte()? {
        0 => BlockVerdict::Kept,
        1 => {
            let mut all = outline.boilerplate.iter().chain(&outline.suspects);
            BlockVerdict::Boilerplate { rule: all.find(|found| found.block == index)?.rule }
        }
        2 => BlockVerdict::Repeat(Original {
            rule: rule(from)?,
            document: from.maybe()?.map(str::to_owned),
            corpus: from.maybe()?.map(str::to_owned),
            cluster: from.text()?.to_owned(),
            passage: from.small()?,
            similarity: f32::from_le_bytes(from.exactly()?),
        }),
        _ => return None,
    })
}

/// The number of a rule of repeats.
fn number(rule: &str) -> u8 {
    RULES.iter().position(|one| *one == rule).unwrap_or(RULES.len()) as u8
}

fn rule(from: &mut Packed<'_>) -> Option<&'static str> {
    RULES.get(usize::from(from.byte()?)).copied()
}

#[cfg(test)]
pub(super) mod tests {
    use super::Decision;
    use crate::corpus::{BlockVerdict, Original, Verdict};
    use crate::model::{Block, Boilerplate, Kind, Outline};
    use crate::text::Span;

    /// Decisions of all kinds, and the outline of a document that all of them may be on.
    pub(crate) fn all() -> (Vec<Decision>, Outline) {
        let original = |document: Option<&str>| {
            BlockVerdict::Repeat(Original {
                rule: "repeat.near",
                document: document.map(str::to_owned),
                corpus: document.map(|_| "earlier".to_owned()),
                passage: 7,
                cluster: "c1".to_owned(),
                similarity: 0.87,
            })
        };
        let boilerplate = |rule| BlockVerdict::Boilerplate { rule };
        let blocks = vec![BlockVerdict::Kept, original(None), boilerplate("b"), original(Some("д")), boilerplate("s")];
        let duplicate = Verdict::Duplicate {
            rule: "repeat.document.exact",
            of: "a".to_owned(),
            corpus: None,
            cluster: "d1".to_owned(),
            similarity: 0.9,
        };
        let verdicts = [Verdict::Kept(blocks), duplicate, Verdict::Filtered { rule: "f" }];
        let outline = Outline {
            blocks: vec![Block { span: Span::new(0, 1), kind: Kind::Paragraph }; 5],
            boilerplate: vec![Boilerplate { block: 2, rule: "b" }],
            suspects: vec![Boilerplate { block: 2, rule: "t" }, Boilerplate { block: 4, rule: "s" }],
            filtered: Some("f"),
            ..Outline::default()
        };
        let decisions = verdicts.into_iter().map(Decision::Compared).chain([Decision::Taken, Decision::Failed]);
        (decisions.collect(), outline)
    }

    #[test]
    fn a_decision_is_read_as_it_was_written_and_nothing_else_is() {
        let (decisions, outline) = all();
        for decision in decisions {
            let mut out = Vec::new();
            decision.write(&mut out);
            assert_eq!(Decision::read(&out, &outline), Some(decision));
            assert_eq!(Decision::read(out.get(..out.len() - 1).unwrap(), &outline), None);
            out.push(0);
            assert_eq!(Decision::read(&out, &outline), None);
        }
    }
}
