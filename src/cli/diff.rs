//! Two texts, with what tells them apart put between marks.

use unicode_segmentation::UnicodeSegmentation as _;

/// Words of a difference that are compared one by one; a longer one is marked whole.
const MOST: usize = 600;

/// Both texts in one line each, what only one of them has between `[` `]`.
pub(super) fn marked(one: &str, other: &str) -> (String, String) {
    let (a, b) = (words(one), words(other));
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (rest_a, rest_b) = (a.get(head..).unwrap_or_default(), b.get(head..).unwrap_or_default());
    let tail = rest_a.iter().rev().zip(rest_b.iter().rev()).take_while(|(x, y)| x == y).count();
    let inner_a = rest_a.get(..rest_a.len() - tail).unwrap_or_default();
    let inner_b = rest_b.get(..rest_b.len() - tail).unwrap_or_default();
    let (same_a, same_b) = common(inner_a, inner_b);
    let line = |all: &[&str], same: &[bool]| {
        let is_same = |at: usize| at < head || at >= head + same.len() || same.get(at - head).copied().unwrap_or(true);
        let mut out = String::new();
        let mut open = false;
        for (at, word) in all.iter().enumerate() {
            if is_same(at) == open {
                out.push(if open { ']' } else { '[' });
                open = !open;
            }
            out.push_str(word);
        }
        if open {
            out.push(']');
        }
        out
    };
    (line(&a, &same_a), line(&b, &same_b))
}

/// The words of a text and what stands between them, white space as one blank.
fn words(text: &str) -> Vec<&str> {
    text.trim().split_word_bounds().map(|word| if word.trim().is_empty() { " " } else { word }).collect()
}

/// For each word of both, whether it belongs to the longest common subsequence.
fn common(a: &[&str], b: &[&str]) -> (Vec<bool>, Vec<bool>) {
    let (mut same_a, mut same_b) = (vec![false; a.len()], vec![false; b.len()]);
    if a.len() > MOST || b.len() > MOST {
        return (same_a, same_b);
    }
    let width = b.len() + 1;
    let mut table = vec![0u16; (a.len() + 1) * width];
    let at = |table: &[u16], i: usize, j: usize| table.get(i * width + j).copied().unwrap_or_default();
    for (i, x) in a.iter().enumerate().rev() {
        for (j, y) in b.iter().enumerate().rev() {
            let best =
                if x == y { at(&table, i + 1, j + 1) + 1 } else { at(&table, i + 1, j).max(at(&table, i, j + 1)) };
            if let Some(cell) = table.get_mut(i * width + j) {
                *cell = best;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        if x == y {
            same_a.get_mut(i).into_iter().chain(same_b.get_mut(j)).for_each(|same| *same = true);
            (i, j) = (i + 1, j + 1);
        } else if at(&table, i + 1, j) >= at(&table, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    for (words, same) in [(a, &mut same_a), (b, &mut same_b)] {
        // A blank between two words that differ belongs to the difference.
        for at in 1..words.len().saturating_sub(1) {
            let lone =
                words.get(at) == Some(&" ") && same.get(at - 1) == Some(&false) && same.get(at + 1) == Some(&false);
            same.get_mut(at).filter(|_| lone).into_iter().for_each(|same| *same = false);
        }
    }
    (same_a, same_b)
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn differences_stand_between_marks() {
        let (kept, copy) = marked("The old mill  stood at the river.", "The mill stood at a river, still.");
        assert_eq!(kept, "The [old ]mill stood at [the] river.");
        assert_eq!(copy, "The mill stood at [a] river[, still].");
        assert_eq!(marked("法律。", "法律。"), ("法律。".to_owned(), "法律。".to_owned()));
    }
}
