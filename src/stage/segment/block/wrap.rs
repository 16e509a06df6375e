//! Whether a text was broken into lines of about one length, so that lines are joined again to paragraphs.

use super::lines::Line;
use super::mark::Mark;
use super::shape::{End, Shape, Start};

/// Lines of wrapped text are not longer, in characters.
const WIDEST: usize = 130;
/// By how much a line may fall short of what would have fitted.
const SLACK: usize = 3;

/// How a text was wrapped.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wrap {
    /// The length that lines were filled to; 0 where they were not.
    width: usize,
}

impl Wrap {
    /// Decides for a document: lines were wrapped where most of them had no room for the first word of the next, few of them end
    /// a sentence, and sentences are seen to go on in the next line.
    pub(super) fn of(lines: &[Line], shapes: &[Shape], marks: &[Mark]) -> Self {
        let none = Self { width: 0 };
        let breaks = || pairs(lines, shapes, marks);
        let mut widths: Vec<usize> = breaks().map(|(a, _)| a.chars).collect();
        if widths.is_empty() {
            return none;
        }
        let nth = (widths.len() * 95 / 100).min(widths.len() - 1);
        let (_, &mut width, _) = widths.select_nth_unstable(nth);
        let last = breaks().filter(|(_, b)| b.chars <= WIDEST).map(|(_, b)| b.chars).max().unwrap_or(0);
        let width = if widths.len() < 4 { width.max(last) } else { width };
        // Lines of scripts without case and blanks are shorter.
        let uncased = breaks().all(|(a, b)| a.start == Start::Uncased || b.start == Start::Uncased);
        let narrowest = if uncased { 10 } else { 20 };
        if !(narrowest..=WIDEST).contains(&width) {
            return none;
        }
        let (mut all, mut full, mut stops, mut cased, mut on) = (0usize, 0usize, 0usize, 0usize, 0usize);
        for (a, b) in breaks() {
            all += 1;
            full += usize::from(is_full(a, b, width));
            stops += usize::from(a.end == End::Stop);
            if a.end != End::Stop && matches!(b.start, Start::Lower | Start::Upper) {
                cased += 1;
                on += usize::from(b.start == Start::Lower);
            }
        }
        let goes_on = if cased > 0 { on * 4 >= cased } else { stops < all };
        if full * 10 >= all * 6 && stops * 2 <= all && goes_on { Self { width } } else { none }
    }

    /// Whether line `b` carries on the paragraph of line `a` before it.
    pub(super) fn joins(self, a: (&Line, &Shape), b: (&Line, &Shape)) -> bool {
        if self.width == 0 || b.0.parted || a.1.chars > 2 * WIDEST || b.1.chars > 2 * WIDEST {
            return false;
        }
        if b.0.indent > a.0.indent + 1 && a.1.end == End::Stop {
            return false;
        }
        let full = is_full(a.1, b.1, self.width);
        match a.1.end {
            End::Stop => full,
            End::Open => full || a.1.chars * 2 > self.width || b.1.start == Start::Lower,
            End::Bare => full || b.1.start == Start::Lower || a.1.chars * 4 > self.width * 3,
        }
    }
}

/// Whether the first word of `b` had no room at the end of `a`.
fn is_full(a: &Shape, b: &Shape, width: usize) -> bool {
    a.chars + 1 + b.word + SLACK > width
}

/// Lines of running text with the line that follows directly.
fn pairs<'t>(
    lines: &'t [Line],
    shapes: &'t [Shape],
    marks: &'t [Mark],
) -> impl Iterator<Item = (&'t Shape, &'t Shape)> {
    let next = lines.iter().zip(shapes).zip(marks).skip(1);
    shapes.iter().zip(marks).zip(next).filter_map(|((a, mark), ((line, b), next))| {
        let running = matches!(mark, Mark::Plain | Mark::Item | Mark::Number(_) | Mark::Dash) && *next == Mark::Plain
            || *mark == Mark::Quote && *next == Mark::Quote;
        (running && !line.parted).then_some((a, b))
    })
}
