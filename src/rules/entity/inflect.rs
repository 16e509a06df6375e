//! Inflection as data: paradigms give the forms of a lemma, endings give the possible cases of a word that no list holds.

use std::collections::BTreeMap;

use crate::rules::table::{RuleError, rows};

/// A set of (gender or plural, case): bit `6 × gender + case`, genders masculine, feminine, neuter, plural, cases N G D A I P. Zero says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tags(pub u32);

/// The cases, as letters of [`Tags::parse`].
const CASES: &str = "NGDAIP";
const GENDERS: &str = "mfnp";

impl Tags {
    /// Any gender and case.
    pub const ANY: Self = Self(0x00ff_ffff);

    /// Reads `mNA+pG`; `*` for the gender means all of them. An empty text is no tag.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bits = 0;
        for part in text.split('+').filter(|part| !part.is_empty()) {
            let mut letters = part.chars();
            let gender = letters.next()?;
            let genders = if gender == '*' { GENDERS.to_owned() } else { gender.to_string() };
            for case in letters {
                let case = CASES.find(case)?;
                for gender in genders.chars() {
                    bits |= 1 << (GENDERS.find(gender)? * 6 + case);
                }
            }
        }
        Some(Self(bits))
    }

    /// What both allow.
    #[inline]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What either allows.
    #[inline]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether nothing is possible.
    #[inline]
    pub const fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Whether the two have a gender and case in common.
    #[inline]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// All genders in the cases of this set.
    pub const fn any_gender(self) -> Self {
        let cases = (self.0 | self.0 >> 6 | self.0 >> 12 | self.0 >> 18) & 0x3f;
        Self(cases | cases << 6 | cases << 12 | cases << 18)
    }

    /// The genders (bits of [`Tags`] in the nominative) that this set allows.
    pub const fn nominative_of(self) -> Self {
        let mut out = 0;
        let mut gender = 0;
        while gender < 4 {
            if self.0 >> (gender * 6) & 0x3f != 0 {
                out |= 1 << (gender * 6);
            }
            gender += 1;
        }
        Self(out)
    }
}

/// Nominative.
pub const N: Tags = Tags(0x0004_1041);
/// Genitive.
pub const G: Tags = Tags(N.0 << 1);
/// Dative.
pub const D: Tags = Tags(N.0 << 2);
/// Accusative.
pub const A: Tags = Tags(N.0 << 3);
/// Instrumental.
pub const I: Tags = Tags(N.0 << 4);
/// Prepositional.
pub const P: Tags = Tags(N.0 << 5);
/// The plural, in any case.
pub const PLURAL: Tags = Tags(0x3f << 18);

#[derive(Debug)]
struct Paradigm {
    name: String,
    suffix: String,
    forms: Vec<(String, Tags)>,
}

/// The paradigms of a language.
#[derive(Debug, Default)]
pub struct Paradigms(Vec<Paradigm>);

impl Paradigms {
    /// Reads rows of name, suffix that is replaced (`-` for none), and `ending=tags` separated by `|`. Among the rows of one name the longest
    /// suffix that fits a lemma counts.
    pub fn read(file: &str, text: &str) -> Result<Self, RuleError> {
        let mut out = Vec::new();
        for row in rows(file, text, 3)? {
            let mut forms = Vec::new();
            for form in row.list(2) {
                let (ending, tags) = form.split_once('=').ok_or_else(|| row.error("a form is not ending=tags"))?;
                let tags = Tags::parse(tags).ok_or_else(|| row.error(format!("{tags} is no gender and case")))?;
                forms.push((ending.to_owned(), tags));
            }
            let suffix = if row.cell(1) == "-" { "" } else { row.cell(1) };
            out.push(Paradigm { name: row.cell(0).to_owned(), suffix: suffix.to_owned(), forms });
        }
        Ok(Self(out))
    }

    /// The forms of `lemma` by the paradigm `name`; `None` where no such paradigm fits. `-` is the lemma itself, in any case.
    pub fn forms(&self, name: &str, lemma: &str) -> Option<Vec<(String, Tags)>> {
        if name == "-" || name.is_empty() {
            return Some(vec![(lemma.to_owned(), Tags::ANY)]);
        }
        let fits = self.0.iter().filter(|p| p.name == name && lemma.ends_with(&p.suffix));
        let paradigm = fits.max_by_key(|p| p.suffix.len())?;
        let stem = lemma.strip_suffix(&paradigm.suffix)?;
        let mut out: BTreeMap<String, Tags> = BTreeMap::new();
        for (ending, tags) in &paradigm.forms {
            let slot = out.entry(format!("{stem}{ending}")).or_default();
            *slot = slot.or(*tags);
        }
        Some(out.into_iter().collect())
    }
}

/// Endings of words and what case they may show; and the endings that show that a word is something else.
#[derive(Debug, Default)]
pub struct Endings(Vec<(String, Tags, String)>);

impl Endings {
    /// Reads rows of ending, tags (`-` for none) and, for adjectives, the kind of the stem.
    pub fn read(file: &str, text: &str) -> Result<Self, RuleError> {
        let mut out = Vec::new();
        for row in rows(file, text, 2)? {
            let tags = if row.cell(1) == "-" { "" } else { row.cell(1) };
            let tags = Tags::parse(tags).ok_or_else(|| row.error(format!("{tags} is no gender and case")))?;
            out.push((row.cell(0).to_owned(), tags, row.cell(2).to_owned()));
        }
        out.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp_text(b)));
        Ok(Self(out))
    }

    /// The longest ending of the lower-cased `word` that leaves a stem of three bytes or more: the stem, what the ending shows, and its kind.
    pub fn of<'w>(&self, word: &'w str) -> Option<(&'w str, Tags, &str)> {
        self.0.iter().find_map(|(ending, tags, kind)| {
            let stem = word.strip_suffix(ending.as_str()).filter(|stem| stem.len() > 3)?;
            Some((stem, *tags, kind.as_str()))
        })
    }
}

trait CompareText {
    fn cmp_text(&self, other: &Self) -> std::cmp::Ordering;
}

impl CompareText for (String, Tags, String) {
    fn cmp_text(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{G, Paradigms, Tags};

    #[test]
    fn the_longest_suffix_counts() {
        let paradigms = Paradigms::read("t.tsv", "noun\tа\tа=fN|ы=fG\nnoun\tка\tка=fN|ки=fG+pN\n").unwrap();
        let forms = paradigms.forms("noun", "поддержка").unwrap();
        assert_eq!(forms, [("поддержка".to_owned(), Tags(1 << 6)), ("поддержки".to_owned(), Tags(1 << 7 | 1 << 18))]);
        assert!(forms[1].1.meets(G));
    }
}
