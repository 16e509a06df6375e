//! Ways of writing names, reduced to what they have in common and compared.

use xxhash_rust::xxh3::xxh3_64;

use super::names::Surface;
use super::setting::{after, before};
use super::sink::Sink;
use crate::model::{Message, Severity};
use crate::text::Span;

const RULE: &str = "name.variant";

/// What is left without the ending has at least so many letters.
const STEM: usize = 4;

/// So many spellings of one name are compared.
const MOST_WAYS: usize = 32;

/// A way of writing a name, whatever its case ending.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spelling<'r> {
    surface: Surface<'r>,
    // Hashes: of the letters without the ending; of these with the places of blanks and hyphens; and of what stands for the same letters.
    letters: u64,
    form: u64,
    sound: u64,
    // The same of all letters, where only those count as one that do so in endings.
    whole: u64,
    whole_sound: u64,
    // How many letters the ending has.
    ending: usize,
}

/// Room for the letters of one surface after the other.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    letters: String,
    sound: String,
    form: Vec<u8>,
    cuts: Vec<u8>,
}

impl<'r> Spelling<'r> {
    /// Reduces `surface`; `None` where too little is left.
    pub(super) fn of(text: &str, surface: &Surface<'r>, scratch: &mut Scratch) -> Option<Self> {
        let habits = surface.habits;
        let Scratch { letters, sound, form, cuts } = scratch;
        letters.clear();
        cuts.clear();
        let mut count = 0u8;
        for c in surface.span.of(text).chars() {
            let near = match c {
                'a'..='z' | 'а'..='я' => Some(c),
                'A'..='Z' => Some(c.to_ascii_lowercase()),
                'А'..='Я' => char::from_u32(u32::from(c) + 0x20),
                _ => None,
            };
            if near.is_none() && !c.is_alphabetic() {
                cuts.extend([count, if c == '\u{a0}' || c == ' ' { b' ' } else { b'-' }]);
                continue;
            }
            count = count.saturating_add(1);
            match near {
                Some(c) => letters.push(habits.same.get(c).unwrap_or(c)),
                None => letters.extend(c.to_lowercase().map(|c| habits.same.get(c).unwrap_or(c))),
            }
        }
        let letters = letters.as_str();
        let stem = stem(letters, surface);
        stem.chars().nth(STEM - 1)?;
        let mut last = None;
        sound.clear();
        for c in stem.chars() {
            let class = habits.transcription.get(c).unwrap_or(Some(c));
            if let Some(class) = class.filter(|&class| last != Some(class)) {
                sound.push(class);
                last = Some(class);
            }
        }
        let sound_hash = xxh3_64(sound.as_bytes());
        form.clear();
        form.extend_from_slice(stem.as_bytes());
        form.push(b'|');
        form.extend_from_slice(cuts);
        let whole = xxh3_64(letters.as_bytes());
        let whole_sound = if habits.in_endings.is_empty() {
            whole
        } else {
            sound.clear();
            sound.extend(letters.chars().map(|c| habits.in_endings.get(c).unwrap_or(c)));
            xxh3_64(sound.as_bytes())
        };
        Some(Self {
            surface: *surface,
            letters: xxh3_64(stem.as_bytes()),
            form: xxh3_64(form),
            sound: sound_hash,
            whole,
            whole_sound,
            ending: letters.get(stem.len()..).map_or(0, |ending| ending.chars().count()),
        })
    }
}

/// The letters without the longest case ending that leaves a stem.
fn stem<'t>(letters: &'t str, surface: &Surface<'_>) -> &'t str {
    let last = letters.as_bytes().last();
    let endings = &surface.habits.endings;
    let from = endings.partition_point(|ending| ending.as_bytes().last() < last);
    let without =
        |ending: &String| letters.strip_suffix(ending.as_str()).filter(|stem| stem.chars().nth(STEM - 1).is_some());
    let mut same = endings.iter().skip(from).take_while(|ending| ending.as_bytes().last() == last);
    same.find_map(without).unwrap_or(letters)
}

/// Finds spellings of one name, and gives a finding at the first place of each rarer one.
pub(super) fn compare(text: &str, mut spellings: Vec<Spelling<'_>>, sink: &mut Sink) {
    forget_lone(&mut spellings);
    let mut found = within_endings(&mut spellings);
    merge(&mut spellings);
    // The same letters come first in a group of the same sound, so one order serves both.
    spellings.sort_by_key(|s| (s.sound, s.letters, s.surface.span));
    for group in spellings.chunk_by(|a, b| a.sound == b.sound) {
        if group.len() > 1 {
            judge(text, group, &mut found);
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

/// Forgets most of the spellings that share nothing with any other: there is nothing to compare them with.
fn forget_lone(spellings: &mut Vec<Spelling<'_>>) {
    // Counts by the last bits of the hashes: what is alone there is alone.
    let size = (spellings.len() * 16).next_power_of_two();
    let mut counts = vec![0u8; size * 3];
    let places = |s: &Spelling<'_>| {
        let place = |hash: u64| hash as usize & (size - 1);
        [place(s.letters), size + place(s.sound), 2 * size + place(s.whole_sound)]
    };
    for spelling in &*spellings {
        for place in places(spelling) {
            if let Some(count) = counts.get_mut(place) {
                *count = count.saturating_add(1);
            }
        }
    }
    spellings.retain(|s| places(s).into_iter().any(|place| counts.get(place).is_some_and(|&count| count > 1)));
}

/// Spellings whose only difference may lie in the ending, before endings are forgotten: `Париже` and `Парижэ`.
fn within_endings<'r>(spellings: &mut [Spelling<'r>]) -> Vec<(Spelling<'r>, Spelling<'r>)> {
    spellings.sort_by_key(|s| (s.whole_sound, s.surface.parts, std::cmp::Reverse(s.surface.count), s.surface.span));
    let mut found = Vec::new();
    for group in spellings.chunk_by(|a, b| a.whole_sound == b.whole_sound && a.surface.parts == b.surface.parts) {
        let [usual, others @ ..] = group else { continue };
        let others = others.iter().filter(|other| other.whole != usual.whole && other.letters == usual.letters);
        let names = others.filter(|other| other.surface.parts == 1 && other.surface.inner && usual.surface.inner);
        found.extend(names.map(|other| (*other, *usual)));
    }
    found
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
fn judge<'r>(text: &str, group: &[Spelling<'r>], found: &mut Vec<(Spelling<'r>, Spelling<'r>)>) {
    // Nobody writes a name in more ways; hostile text does.
    let group = group.get(..MOST_WAYS).unwrap_or(group);
    let rank = |s: &Spelling<'_>| (std::cmp::Reverse(s.surface.count), s.surface.span);
    for spelling in group {
        let usual = group
            .iter()
            .filter(|other| other.form != spelling.form && rank(other) < rank(spelling))
            .filter(|other| is_one_name(text, spelling, other))
            .min_by_key(|other| rank(other));
        if let Some(usual) = usual {
            found.push((*spelling, *usual));
        }
    }
}

/// Whether the difference between two spellings that sound alike is one within a name.
fn is_one_name(text: &str, a: &Spelling<'_>, b: &Spelling<'_>) -> bool {
    let (one, other) = (a.surface, b.surface);
    if a.letters == b.letters {
        // `New-York-Reise` has its hyphens from the compound.
        let in_compound = |span: Span| {
            let is_hyphen = |c: Option<char>| c.is_some_and(|c| matches!(c, '-' | '\u{2010}' | '\u{2011}'));
            is_hyphen(before(text, span.start())) || is_hyphen(after(text, span.end()))
        };
        let both_cut = one.parts > 1 && other.parts > 1;
        return (one.inner || other.inner) && !(both_cut && (in_compound(one.span) || in_compound(other.span)));
    }
    one.inner && other.inner && one.parts == 1 && other.parts == 1
}

/// Message and suggestion.
fn words(text: &str, rare: &Spelling<'_>, usual: &Spelling<'_>) -> (Message, Vec<String>) {
    let (here, there) = (rare.surface.span.of(text), usual.surface.span.of(text));
    let message = Message::new(RULE).with(here).with(rare.surface.count).with(there).with(usual.surface.count);
    let suggestion = if rare.form != usual.form && rare.letters == usual.letters {
        recut(here, there)
    } else if rare.form == usual.form {
        there.to_owned()
    } else {
        let stem = there.chars().count().saturating_sub(usual.ending);
        let ending = here.chars().count().saturating_sub(rare.ending);
        there.chars().take(stem).chain(here.chars().skip(ending)).collect()
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
