//! Ways of writing names, reduced to what they have in common and compared.

use xxhash_rust::xxh3::xxh3_64;

use super::names::Surface;
use super::sink::Sink;
use crate::model::Severity;
use crate::text::Span;

const RULE: &str = "name.variant";

/// What is left without the ending has at least so many letters.
const STEM: usize = 4;

/// A way of writing a name, whatever its case ending.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spelling<'r> {
    surface: Surface<'r>,
    // Of the letters without the ending; the same with the places of blanks and hyphens; and with letters that stand for one another made one.
    letters: u64,
    form: u64,
    sound: u64,
    // How many bytes of the surface the ending has.
    ending: usize,
}

impl<'r> Spelling<'r> {
    /// Reduces `surface`; `None` where too little is left.
    pub(super) fn of(text: &str, surface: &Surface<'r>) -> Option<Self> {
        let written = surface.span.of(text);
        let ending = ending(written, surface);
        let stem = written.get(..written.len() - ending)?;
        let (mut letters, mut form, mut sound) = (String::new(), String::new(), String::new());
        let mut last = None;
        for c in stem.chars() {
            if !c.is_alphabetic() {
                form.push(if c == '\u{a0}' || c == ' ' { ' ' } else { '-' });
                continue;
            }
            for c in c.to_lowercase() {
                letters.push(c);
                form.push(c);
                let class = surface.habits.transcription.get(&c).copied().unwrap_or(Some(c));
                if let Some(class) = class.filter(|&class| last != Some(class)) {
                    sound.push(class);
                    last = Some(class);
                }
            }
        }
        (letters.chars().count() >= STEM).then(|| Self {
            surface: *surface,
            letters: xxh3_64(letters.as_bytes()),
            form: xxh3_64(form.as_bytes()),
            sound: xxh3_64(sound.as_bytes()),
            ending,
        })
    }
}

/// The length in bytes of the longest case ending that leaves a stem.
fn ending(written: &str, surface: &Surface<'_>) -> usize {
    let fits = |ending: &&String| {
        let Some(at) = written.len().checked_sub(ending.len()) else { return false };
        let Some((stem, tail)) = written.split_at_checked(at) else { return false };
        tail == ending.as_str()
            && stem.chars().filter(|c| c.is_alphabetic()).nth(STEM - 1).is_some()
            && stem.chars().next_back().is_some_and(char::is_alphabetic)
    };
    surface.habits.endings.iter().find(fits).map_or(0, String::len)
}

/// Finds spellings of one name, and gives a finding at the first place of each rarer one.
pub(super) fn compare(text: &str, mut spellings: Vec<Spelling<'_>>, sink: &mut Sink) {
    merge(&mut spellings);
    // The same letters come first in a group of the same sound, so one order serves both.
    spellings.sort_by_key(|s| (s.sound, s.letters, s.surface.span));
    let mut found: Vec<(Spelling<'_>, Spelling<'_>)> = Vec::new();
    for group in spellings.chunk_by(|a, b| a.sound == b.sound) {
        if group.len() > 1 {
            judge(group, &mut found);
        }
    }
    // A name inside a longer one is found twice; the shorter way to say it is enough.
    found.sort_by_key(|(rare, _)| (rare.surface.span.len(), rare.surface.span));
    let mut taken: Vec<Span> = Vec::new();
    for (rare, usual) in found {
        let span = rare.surface.span;
        if taken.len() > super::sink::MOST || taken.iter().any(|other| other.overlaps(span)) {
            continue;
        }
        taken.push(span);
        sink.push(RULE, Severity::Warning, span, || words(text, &rare, &usual));
    }
}

/// Makes one of all surfaces that differ in nothing but their ending.
fn merge(spellings: &mut Vec<Spelling<'_>>) {
    spellings.sort_by_key(|s| (s.form, s.surface.span));
    spellings.dedup_by(|next, first| {
        let same = next.form == first.form && next.letters == first.letters;
        if same {
            first.surface.count += next.surface.count;
            first.surface.inner |= next.surface.inner;
        }
        same
    });
}

/// Within a group that sounds alike: each spelling against the most frequent one that it can be confused with.
fn judge<'r>(group: &[Spelling<'r>], found: &mut Vec<(Spelling<'r>, Spelling<'r>)>) {
    let rank = |s: &Spelling<'_>| (std::cmp::Reverse(s.surface.count), s.surface.span);
    for spelling in group {
        let usual = group
            .iter()
            .filter(|other| other.form != spelling.form && rank(other) < rank(spelling))
            .filter(|other| is_one_name(spelling, other))
            .min_by_key(|other| rank(other));
        if let Some(usual) = usual {
            found.push((*spelling, *usual));
        }
    }
}

/// Whether the difference between two spellings that sound alike is one within a name.
fn is_one_name(a: &Spelling<'_>, b: &Spelling<'_>) -> bool {
    let (one, other) = (a.surface, b.surface);
    if a.letters == b.letters {
        return one.inner || other.inner;
    }
    one.inner && other.inner && one.parts == 1 && other.parts == 1
}

/// Message and suggestion.
fn words(text: &str, rare: &Spelling<'_>, usual: &Spelling<'_>) -> (String, Vec<String>) {
    let (here, there) = (rare.surface.span.of(text), usual.surface.span.of(text));
    let message = format!(
        "one name written two ways: “{here}” {}×, “{there}” {}×",
        rare.surface.count, usual.surface.count
    );
    let suggestion = if rare.letters == usual.letters {
        recut(here, there)
    } else {
        let stem = there.get(..there.len() - usual.ending).unwrap_or(there);
        let ending = here.get(here.len() - rare.ending..).unwrap_or_default();
        format!("{stem}{ending}")
    };
    (message, vec![suggestion])
}

/// The letters of `here`, with the blanks, hyphens and capitals where `there` has them.
fn recut(here: &str, there: &str) -> String {
    let mut letters = here.chars().filter(|c| c.is_alphabetic());
    let mut out = String::new();
    for c in there.chars() {
        if !c.is_alphabetic() {
            out.push(c);
        } else if let Some(letter) = letters.next() {
            if c.is_uppercase() {
                out.extend(letter.to_uppercase());
            } else {
                out.extend(letter.to_lowercase());
            }
        }
    }
    out.extend(letters);
    out
}
