//! How sure a leftover is: the share of findings of its class that were right on development data, by `tools/calibrate.py`.

use super::table::rows;
use super::{Overlay, RuleError};

/// A kind of finding, by its rule and what spoke for it. Each has a row of `leftover/confidence.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Letters of another script, Latin ones apart.
    Script,
    /// One such letter.
    Letter,
    /// Japanese in Chinese.
    Kana,
    /// The same, fewer than three letters of it.
    KanaShort,
    /// One short word in Latin letters that is not among the frequent ones of any language.
    WordShort,
    /// One longer such word.
    WordUnknown,
    /// Two such words.
    WordsUnknown,
    /// More such words, or one that is frequent in a language.
    WordsSome,
    /// Several words, some frequent.
    Words,
    /// One word of the language that most texts in the script are translated from, with as much evidence as it must have.
    LanguageWord,
    /// The same with more.
    LanguageWordSure,
    /// One word of another language of the script.
    LanguageWordOther,
    /// Two words.
    LanguagePair,
    /// Three to five words.
    LanguagePhrase,
    /// More words.
    LanguageSentence,
    /// Anything in a text in two scripts of which it is not clear which is its own.
    Muddled,
}

impl Class {
    /// Every class, in order.
    pub const ALL: [Self; 16] = [
        Self::Script,
        Self::Letter,
        Self::Kana,
        Self::KanaShort,
        Self::WordShort,
        Self::WordUnknown,
        Self::WordsUnknown,
        Self::WordsSome,
        Self::Words,
        Self::LanguageWord,
        Self::LanguageWordSure,
        Self::LanguageWordOther,
        Self::LanguagePair,
        Self::LanguagePhrase,
        Self::LanguageSentence,
        Self::Muddled,
    ];

    /// Its name in the data file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Script => "script",
            Self::Letter => "script.letter",
            Self::Kana => "script.kana",
            Self::KanaShort => "script.kana.short",
            Self::WordShort => "words.short",
            Self::WordUnknown => "words.unknown",
            Self::WordsUnknown => "words.two",
            Self::WordsSome => "words.some",
            Self::Words => "words",
            Self::LanguageWord => "language.word",
            Self::LanguageWordSure => "language.word.sure",
            Self::LanguageWordOther => "language.word.other",
            Self::LanguagePair => "language.pair",
            Self::LanguagePhrase => "language.phrase",
            Self::LanguageSentence => "language.sentence",
            Self::Muddled => "muddled",
        }
    }

    /// The rule that findings of the class have; of a muddle each keeps its own.
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Script | Self::Letter | Self::Kana | Self::KanaShort | Self::Muddled => "leftover.script",
            Self::WordShort | Self::WordUnknown | Self::WordsUnknown | Self::WordsSome | Self::Words => {
                "leftover.words"
            }
            Self::LanguageWord
            | Self::LanguageWordSure
            | Self::LanguageWordOther
            | Self::LanguagePair
            | Self::LanguagePhrase
            | Self::LanguageSentence => "leftover.language",
        }
    }

    /// Whether it may be a name in lower case.
    pub const fn is_doubtful(self) -> bool {
        matches!(self, Self::WordShort | Self::WordUnknown | Self::WordsUnknown)
    }
}

/// The confidence of each class, 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Confidences {
    values: [f32; Class::ALL.len()],
}

impl Confidences {
    /// Reads the data file.
    pub(super) fn load(overlay: &Overlay) -> Result<Self, RuleError> {
        const FILE: &str = "leftover/confidence.tsv";
        let text = overlay.text(FILE, include_str!("data/leftover/confidence.tsv"));
        let mut values = [f32::NAN; Class::ALL.len()];
        for row in rows(FILE, &text, 2)? {
            let Some(at) = Class::ALL.iter().position(|class| class.name() == row.cell(0)) else {
                return Err(row.error(format!("{:?} is no class of findings", row.cell(0))));
            };
            let value = row.cell(1).parse().ok().filter(|value| (0.0..=1.0).contains(value));
            let value = value.ok_or_else(|| row.error(format!("{:?} is not between 0 and 1", row.cell(1))))?;
            if let Some(slot) = values.get_mut(at) {
                *slot = value;
            }
        }
        match Class::ALL.iter().zip(&values).find(|(_, value)| value.is_nan()) {
            Some((class, _)) => Err(RuleError {
                file: FILE.to_owned(),
                line: 0,
                what: format!("the class {} is missing", class.name()),
            }),
            None => Ok(Self { values }),
        }
    }

    /// The confidence of a class.
    pub fn of(&self, class: Class) -> f32 {
        self.values.get(class as usize).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{Class, Confidences};
    use crate::rules::Overlay;
    use crate::rules::table::rows;

    /// The counts beside a confidence say what it should be.
    #[test]
    fn a_confidence_is_the_share_that_was_right() {
        let text = include_str!("data/leftover/confidence.tsv");
        let rows = rows("confidence.tsv", text, 4).unwrap();
        assert_eq!(rows.len(), Class::ALL.len());
        for row in rows {
            let number = |cell: usize| row.cell(cell).parse::<f32>().unwrap();
            let (confidence, found, right) = (number(1), number(2), number(3));
            assert!(right <= found);
            let share = (right + 1.0) / (found + 2.0);
            assert!((share - confidence).abs() <= 0.011, "{}: {share} against {confidence}", row.cell(0));
        }
    }

    #[test]
    fn a_file_without_a_class_is_refused() {
        let overlay = Overlay::default().with("leftover/confidence.tsv", "script\t0.9\n".to_owned());
        let error = Confidences::load(&overlay).unwrap_err();
        assert!(error.what.contains("script.letter"), "{error}");
    }
}
