//! Two texts, with what tells them apart put between marks.

use unicode_segmentation::UnicodeSegmentation as _;

/// Words of a difference that are compared one by one; a longer one is marked whole.
const MOST: usize = 600;

/// A part of two texts that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Both have it.
    Both,
    /// The one has it.
    One,
    /// The other has it.
    Other,
}

/// Both texts in one line each, what only one of them has between `[` `]`.
pub fn marked(one: &str, other: &str) -> (String, String) {
    let parts = parts(one, other);
    let line = |own: Part| {
        let mut out = String::new();
        for (part, words) in &parts {
            match *part {
                Part::Both => out.push_str(words),
                part if part == own => out.extend(["[", words, "]"]),
                _ => {}
            }
        }
        out
    };
    (line(Part::One), line(Part::Other))
}

/// Both texts as one, part by part; where they differ, that of the one comes first.
pub fn parts(one: &str, other: &str) -> Vec<(Part, String)> {
    let (a, b) = (words(one), words(other));
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (rest_a, rest_b) = (a.get(head..).unwrap_or_default(), b.get(head..).unwrap_or_default());
    let tail = rest_a.iter().rev().zip(rest_b.iter().rev()).take_while(|(x, y)| x == y).count();
    let inner_a = rest_a.get(..rest_a.len() - tail).unwrap_or_default();
    let inner_b = rest_b.get(..rest_b.len() - tail).unwrap_or_default();
    let (same_a, same_b) = common(inner_a, inner_b);
    let mut out: Vec<(Part, String)> = Vec::new();
    let mut put = |part: Part, words: &[&str]| match out.last_mut() {
        _ if words.is_empty() => {}
        Some((last, text)) if *last == part => text.extend(words.iter().copied()),
        _ => out.push((part, words.concat())),
    };
    put(Part::Both, a.get(..head).unwrap_or_default());
    let (mut i, mut j) = (0, 0);
    let run =
        |same: &[bool], from: usize, wanted: bool| same.iter().skip(from).take_while(|same| **same == wanted).count();
    while i < inner_a.len() || j < inner_b.len() {
        let (own, others) = (run(&same_a, i, false), run(&same_b, j, false));
        put(Part::One, inner_a.get(i..i + own).unwrap_or_default());
        put(Part::Other, inner_b.get(j..j + others).unwrap_or_default());
        (i, j) = (i + own, j + others);
        // A blank that belongs to a difference on one side alone is none on the other.
        let both = run(&same_a, i, true).min(run(&same_b, j, true));
        put(Part::Both, inner_a.get(i..i + both).unwrap_or_default());
        (i, j) = (i + both, j + both);
        if own + others + both == 0 {
            put(Part::One, inner_a.get(i..).unwrap_or_default());
            put(Part::Other, inner_b.get(j..).unwrap_or_default());
            break;
        }
    }
    put(Part::Both, rest_a.get(rest_a.len() - tail..).unwrap_or_default());
    out
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
    // A blank between two words that differ on both sides belongs to the difference.
    let lone = |words: &[&str], same: &[bool], at: usize| {
        words.get(at) == Some(&" ") && at > 0 && same.get(at - 1) == Some(&false) && same.get(at + 1) == Some(&false)
    };
    let (mut i, mut j) = (0, 0);
    loop {
        i += same_a.iter().skip(i).take_while(|same| !**same).count();
        j += same_b.iter().skip(j).take_while(|same| !**same).count();
        if i >= a.len() || j >= b.len() {
            break;
        }
        if lone(a, &same_a, i) && lone(b, &same_b, j) {
            same_a.get_mut(i).into_iter().chain(same_b.get_mut(j)).for_each(|same| *same = false);
        }
        (i, j) = (i + 1, j + 1);
    }
    (same_a, same_b)
}

#[cfg(test)]
mod tests {
    use super::{Part, marked, parts};

    #[test]
    fn differences_stand_between_marks() {
        let (kept, copy) = marked("The old mill  stood at the river.", "The mill stood at a river, still.");
        assert_eq!(kept, "The [old ]mill stood at [the] river.");
        assert_eq!(copy, "The mill stood at [a] river[, still].");
        let (kept, copy) = marked("He gave a red rose to her.", "He gave one white lily to her.");
        assert_eq!(
            (kept.as_str(), copy.as_str()),
            ("He gave [a red rose] to her.", "He gave [one white lily] to her.")
        );
        assert_eq!(parts("a b", "a c").last(), Some(&(Part::Other, "c".to_owned())));
        assert_eq!(marked("法律。", "法律。"), ("法律。".to_owned(), "法律。".to_owned()));
    }
}
