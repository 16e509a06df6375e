//! Some of a text, from more than one place of it: a text may begin in another language than it goes on.

/// Pieces of a text, cut at blanks where there are any.
#[derive(Debug)]
pub(super) struct Sample<'t> {
    pieces: Vec<&'t str>,
}

/// How many places of a long text are looked at.
const PLACES: usize = 4;

impl<'t> Sample<'t> {
    /// The whole of a text of up to `limit` bytes, or its beginning and two later places.
    pub(super) fn of(text: &'t str, limit: usize) -> Self {
        if text.len() <= limit {
            return Self { pieces: vec![text] };
        }
        let part = limit / 3;
        let places = [0, text.len() / 2, text.len() - part];
        Self { pieces: places.iter().map(|&at| piece(text, at, part)).collect() }
    }

    /// About `limit` bytes of several texts: of a few of them, evenly spread, some from each.
    pub(super) fn of_many(texts: &[&'t str], limit: usize) -> Self {
        let total: usize = texts.iter().map(|t| t.len()).sum();
        if total <= limit {
            return Self { pieces: texts.to_vec() };
        }
        let part = limit / PLACES;
        let mut pieces = Vec::new();
        let mut before = 0;
        let mut next = 0;
        for text in texts {
            // Where the next place to look at lies, counted over all texts.
            while next < PLACES && total / PLACES * next < before + text.len() {
                let at = (total / PLACES * next).saturating_sub(before);
                pieces.push(piece(
                    text,
                    if text.len() < at + part { text.len().saturating_sub(part) } else { at },
                    part,
                ));
                next += 1;
            }
            before += text.len();
        }
        Self { pieces }
    }

    /// The pieces, in order.
    pub(super) fn pieces(&self) -> impl Iterator<Item = &'t str> {
        self.pieces.iter().copied()
    }

    /// How many bytes they have together.
    pub(super) fn len(&self) -> usize {
        self.pieces.iter().map(|p| p.len()).sum()
    }

    /// The first piece.
    pub(super) fn first(&self) -> &'t str {
        self.pieces.first().copied().unwrap_or_default()
    }
}

/// About `len` bytes of `text` from `at`, whole words where blanks allow.
fn piece(text: &str, at: usize, len: usize) -> &str {
    let start = boundary(text, at);
    let end = boundary(text, (start + len).min(text.len()));
    let cut = text.get(start..end).unwrap_or_default();
    let cut = if start > 0 { cut.split_once(' ').map_or(cut, |(_, rest)| rest) } else { cut };
    if end < text.len() { cut.rsplit_once(' ').map_or(cut, |(rest, _)| rest) } else { cut }
}

/// The last character bound of `text` up to `at`.
pub(super) fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::Sample;

    #[test]
    fn pieces_are_whole_words_from_all_over() {
        let text = "слово за словом ".repeat(100);
        let sample = Sample::of(&text, 90);
        assert_eq!(sample.pieces().count(), 3);
        assert!(sample.pieces().all(|p| p.split_whitespace().all(|w| "слово за словом".contains(w))));
        let texts: Vec<&str> = ["первый текст", "второй текст"].into_iter().chain([text.as_str(); 5]).collect();
        let sample = Sample::of_many(&texts, 400);
        assert!(sample.pieces().count() == 4 && sample.pieces().map(str::len).sum::<usize>() <= 400);
    }

    #[test]
    fn texts_without_blanks_and_shorter_than_a_piece_do() {
        let text = "法".repeat(1000);
        assert!(Sample::of(&text, 100).pieces().all(|p| !p.is_empty()));
        assert_eq!(Sample::of("", 100).pieces().count(), 1);
        assert_eq!(Sample::of_many(&[], 100).first(), "");
    }
}
