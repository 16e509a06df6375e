//! Temporal expressions: what the words of each language mean, and which of them to look for.
//!
//! A language is one file, `timex/<language>.tsv`: class, value, forms separated by `|`, flags. The classes are those of [`Lex`].

mod certainty;
mod class;
mod era;
mod expand;
mod lexeme;
mod lexicon;
mod stems;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::table::rows;
use super::{Overlay, RuleError};

pub use certainty::Certainties;
pub use class::Classes;
pub use era::Calendar;
pub use lexeme::{Holiday, Lex, Part, Reference, Season, Unit};
pub use lexicon::{Entry, Lexicon, fold};
pub use stems::Stems;

use expand::{expand, spellings};
use lexicon::Forms;
use stems::Stem;

const EMBEDDED: [(&str, &str); 22] = [
    ("und", include_str!("data/timex/und.tsv")),
    ("en", include_str!("data/timex/en.tsv")),
    ("ru", include_str!("data/timex/ru.tsv")),
    ("zh", include_str!("data/timex/zh.tsv")),
    ("de", include_str!("data/timex/de.tsv")),
    ("es", include_str!("data/timex/es.tsv")),
    ("fr", include_str!("data/timex/fr.tsv")),
    ("uk", include_str!("data/timex/uk.tsv")),
    ("ar", include_str!("data/timex/ar.tsv")),
    ("el", include_str!("data/timex/el.tsv")),
    ("et", include_str!("data/timex/et.tsv")),
    ("fa", include_str!("data/timex/fa.tsv")),
    ("he", include_str!("data/timex/he.tsv")),
    ("hi", include_str!("data/timex/hi.tsv")),
    ("it", include_str!("data/timex/it.tsv")),
    ("ja", include_str!("data/timex/ja.tsv")),
    ("ko", include_str!("data/timex/ko.tsv")),
    ("nl", include_str!("data/timex/nl.tsv")),
    ("pl", include_str!("data/timex/pl.tsv")),
    ("sv", include_str!("data/timex/sv.tsv")),
    ("tr", include_str!("data/timex/tr.tsv")),
    ("pt", include_str!("data/timex/pt.tsv")),
];

/// The languages without a file of their own, each from a row of class `language` on: what CLDR tells of them, and what it does not.
const LOCALES: [(&str, &str); 2] = [
    ("timex/cldr.tsv", include_str!("data/timex/cldr.tsv")),
    ("timex/locales.tsv", include_str!("data/timex/locales.tsv")),
];

/// How often values are right, as measured.
const CERTAINTY: (&str, &str) = ("timex/certainty.tsv", include_str!("data/timex/certainty.tsv"));

/// What the words of each language mean. A language is read when the first text in it is.
#[derive(Debug)]
pub struct TimexRules {
    languages: BTreeMap<String, Source>,
    certainties: Certainties,
}

#[derive(Debug, Default)]
struct Source {
    parts: Vec<Cow<'static, str>>,
    read: OnceLock<Option<Language>>,
}

impl Source {
    fn language(&self, name: &str) -> Result<Language, RuleError> {
        Language::read(&format!("timex/{name}.tsv"), &self.parts.join("\n"))
    }
}

impl TimexRules {
    /// Takes the data files; those of the overlay are read at once, so that what is wrong in them is told.
    pub fn load(overlay: &Overlay) -> Result<Self, RuleError> {
        let mut languages: BTreeMap<String, Source> = BTreeMap::new();
        let mut own: Vec<&str> = vec![CERTAINTY.0];
        for (name, embedded) in EMBEDDED {
            languages.entry(name.to_owned()).or_default().parts.push(Cow::Borrowed(embedded));
        }
        for (file, embedded) in LOCALES {
            own.push(file);
            match overlay.text(file, embedded) {
                Cow::Borrowed(text) => sections(text).for_each(|(name, rows)| {
                    languages.entry(name.to_owned()).or_default().parts.push(Cow::Borrowed(rows));
                }),
                Cow::Owned(text) => sections(&text).for_each(|(name, rows)| {
                    languages.entry(name.to_owned()).or_default().parts.push(Cow::Owned(rows.to_owned()));
                }),
            }
        }
        for (file, text) in overlay.folder("timex/").filter(|(file, _)| !own.contains(file)) {
            if let Some(name) = file.strip_prefix("timex/").and_then(|f| f.strip_suffix(".tsv")) {
                let read = OnceLock::from(Some(Language::read(file, text)?));
                languages.insert(name.to_owned(), Source { read, ..Source::default() });
            }
        }
        let certainties = Certainties::read(CERTAINTY.0, &overlay.text(CERTAINTY.0, CERTAINTY.1))?;
        Ok(Self { languages, certainties })
    }

    /// How often values are right.
    pub const fn certainties(&self) -> &Certainties {
        &self.certainties
    }

    /// The languages whose words are known in full, those of most texts first.
    pub fn full(&self) -> impl Iterator<Item = &Language> {
        let rank = |name: &str| EMBEDDED.iter().position(|(other, _)| *other == name).unwrap_or(EMBEDDED.len());
        let mut all: Vec<&str> =
            self.languages.keys().map(String::as_str).filter(|name| rank(name) < EMBEDDED.len()).collect();
        all.sort_by_key(|name| rank(name));
        all.into_iter().filter_map(|name| self.of(name)).filter(|language| language.full)
    }

    /// The other languages whose units and small words are known.
    pub fn others(&self) -> impl Iterator<Item = &Language> {
        let own = |name: &str| EMBEDDED.iter().any(|(other, _)| *other == name);
        let others = self.languages.iter().filter(move |(name, source)| source.parts.len() > 1 && !own(name));
        others.filter_map(|(name, _)| self.of(name)).filter(|language| language.full)
    }

    /// The rules of a language (`ru`), or those that hold in any.
    pub fn of(&self, language: &str) -> Option<&Language> {
        let name = if self.languages.contains_key(language) { language } else { "und" };
        let source = self.languages.get(name)?;
        source.read.get_or_init(|| source.language(name).ok()).as_ref()
    }
}

/// The languages of a file for several, each with its rows.
fn sections(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split("\nlanguage\t")
        .skip(1)
        .map(|section| section.split_once('\n').unwrap_or((section, "")))
        .map(|(name, rows)| (name.trim(), rows))
}

/// In which order a date in digits is read where both orders are possible.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// 31/12/2021.
    #[default]
    DayFirst,
    /// 12/31/2021.
    MonthFirst,
}

/// The words of a language.
#[derive(Debug)]
pub struct Language {
    /// What they mean.
    pub lexicon: Lexicon,
    /// The order of dates in digits.
    pub order: Order,
    /// Words are not set apart by blanks.
    pub unspaced: bool,
    /// A point after an abbreviation at the end is no part of the extent.
    pub trim_point: bool,
    /// A year may stand without a preposition or a word for `year` before a noun (`the 2019 election`).
    pub bare_year: bool,
    /// Months and weekdays are written small, or, as nouns of German, always with a capital: the case says nothing.
    pub case_free: bool,
    /// A unit alone counts as one (`через год`).
    pub bare_unit: bool,
    /// A part of the day may stand alone (`утром`).
    pub bare_part: bool,
    /// Last and next may stand behind their noun (`el año pasado`).
    pub relative_behind: bool,
    /// A time may be joined to the next by a word alone (`2014 to 2018`).
    pub bare_range: bool,
    /// The ends of a range are two expressions where both have words of their own, as TimeML has it.
    pub split_ranges: bool,
    /// A point behind digits makes an ordinal of them (`19. Jahrhundert`).
    pub point_ordinals: bool,
    /// A date takes its article into the extent (`el 13 de marzo`).
    pub article_dates: bool,
    /// What is contracted of a preposition and a determiner is no part of the extent (`neste ano`).
    pub contractions_out: bool,
    /// The word for `year` behind its number is no part of the extent.
    pub year_word_out: bool,
    /// The last months, some days ago: as lengths of an open number rather than as the vague past.
    pub vague_lengths: bool,
    /// Nouns have capitals, so that a small word behind a number counts nothing.
    pub noun_capitals: bool,
    /// The larger time stands before its part, which then has no preposition (`geçen yılın ilk haftası`).
    pub genitive_first: bool,
    /// The half of the day stands before the hour, which may have no mark (`sabah 9`).
    pub half_first: bool,
    /// The article before the hour belongs to the extent (`las 11.30 horas`).
    pub article_times: bool,
    /// The next Sunday is the one to come, in this week or the next (`el próximo domingo`).
    pub coming_weekday: bool,
    /// Before a noun the word for every quarter says what kind it is of, not how often (`a quarterly dividend`).
    pub quarterly_nouns: bool,
    /// The preposition of a distance ahead is no part of the extent in running text (in `two weeks`).
    pub ahead_out: bool,
    /// Nor is that of a distance back (vor `drei Jahren`).
    pub back_out: bool,
    /// How verbs end that speak of what is to come (`presentará`).
    pub future_endings: Vec<String>,
    /// The hundreds of years by their first year are centuries (`1800-talet`).
    pub hundreds: bool,
    /// In queries bounds belong to the extent, articles do not, and a unit alone is the current one (`before May`, `this is for the week`).
    pub queries: bool,
    /// In queries the article of a date does not belong to it either (le `23 novembre`).
    pub articles_out: bool,
    /// A preposition before the only expression of a query belongs to its extent.
    pub led_queries: bool,
    /// The unit behind `per` recurs (`3 % par an`).
    pub per_unit: bool,
    /// Letters are numbers of days and years too (`י"ז בתמוז תשפ"א`).
    pub hebrew_numerals: bool,
    /// The calendar of years that are no Gregorian ones.
    pub calendar: Option<Calendar>,
    /// Small words written as one with the next (`ב|מאי`).
    pub clitics: Lexicon,
    /// What has a number with a year, in small letters: `decreto 12/2015` is no month.
    pub numbered: BTreeSet<String>,
    /// What may follow a word in one with it: whether it belongs to the extent (`Mayıs|ta`, but not `5월|에`).
    pub endings: BTreeMap<String, bool>,
    /// Number prefixes and the unit suffixes that make a compound with them (`трех|летний`).
    pub compounds: Compounds,
    /// Its units are known, not only the names of months and days.
    pub full: bool,
    /// The words that make it worth looking at what stands around them.
    pub stems: Stems,
}

/// Words put together of a number and a unit.
#[derive(Clone, Debug, Default)]
pub struct Compounds {
    prefixes: Lexicon,
    suffixes: Lexicon,
}

impl Compounds {
    /// Number and unit of a word; the number is `None` where only the suffix is there (after digits and a hyphen).
    pub fn split(&self, word: &str) -> Option<(Option<u32>, Unit)> {
        let unit = |rest: &str| {
            let (_, entry) = self.suffixes.longest(rest, |length| length == rest.len())?;
            entry.lexemes.iter().find_map(|l| if let Lex::Suffix(unit) = l { Some(*unit) } else { None })
        };
        if let Some(unit) = unit(word) {
            return Some((None, unit));
        }
        let rest = |length: usize| word.get(length..).unwrap_or_default();
        let (length, entry) = self.prefixes.longest(word, |length| unit(rest(length)).is_some())?;
        let number = entry.lexemes.iter().find_map(|l| if let Lex::NumberPrefix(n) = l { Some(*n) } else { None })?;
        Some((Some(number), unit(rest(length))?))
    }
}

impl Language {
    /// Whether words may be written as one with small words before or behind them.
    pub fn joins(&self) -> bool {
        !self.clitics.is_empty() || !self.endings.is_empty()
    }

    /// Whether a word is a verb that speaks of what is to come, by its ending.
    pub fn is_future(&self, word: &str) -> bool {
        word.len() > 4 && self.future_endings.iter().any(|ending| word.ends_with(ending.as_str()))
    }

    /// Whether the last word of `head` is one that numbers like `12/2015` stand behind.
    pub fn is_numbered(&self, head: &str) -> bool {
        let word = head.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        !word.is_empty() && !self.numbered.is_empty() && self.numbered.contains(&word.to_lowercase())
    }

    fn read(file: &str, text: &str) -> Result<Self, RuleError> {
        let mut language = Self {
            lexicon: Lexicon::default(),
            order: Order::default(),
            unspaced: false,
            trim_point: false,
            bare_year: false,
            case_free: false,
            bare_unit: false,
            bare_part: false,
            relative_behind: false,
            bare_range: false,
            split_ranges: false,
            point_ordinals: false,
            article_dates: false,
            article_times: false,
            coming_weekday: false,
            ahead_out: false,
            quarterly_nouns: false,
            back_out: false,
            future_endings: Vec::new(),
            contractions_out: false,
            year_word_out: false,
            vague_lengths: false,
            noun_capitals: false,
            genitive_first: false,
            half_first: false,
            hundreds: false,
            queries: false,
            articles_out: false,
            led_queries: false,
            per_unit: false,
            hebrew_numerals: false,
            calendar: None,
            clitics: Lexicon::default(),
            numbered: BTreeSet::new(),
            endings: BTreeMap::new(),
            compounds: Compounds::default(),
            full: false,
            stems: Stems::default(),
        };
        let mut words = Words::default();
        for row in rows(file, text, 2)? {
            let (class, value) = (row.cell(0), row.cell(1));
            if class == "setting" {
                match value {
                    "month-first" => language.order = Order::MonthFirst,
                    "day-first" => language.order = Order::DayFirst,
                    "unspaced" => language.unspaced = true,
                    "trim-point" => language.trim_point = true,
                    "bare-year" => language.bare_year = true,
                    "case-free" => language.case_free = true,
                    "bare-unit" => language.bare_unit = true,
                    "bare-part" => language.bare_part = true,
                    "relative-behind" => language.relative_behind = true,
                    "split-ranges" => language.split_ranges = true,
                    "point-ordinals" => language.point_ordinals = true,
                    "article-dates" => language.article_dates = true,
                    "article-times" => language.article_times = true,
                    "ahead-out" => language.ahead_out = true,
                    "quarterly-nouns" => language.quarterly_nouns = true,
                    "back-out" => language.back_out = true,
                    "coming-weekday" => language.coming_weekday = true,
                    "contractions-out" => language.contractions_out = true,
                    "year-word-out" => language.year_word_out = true,
                    "vague-lengths" => language.vague_lengths = true,
                    "noun-capitals" => language.noun_capitals = true,
                    "bare-range" => language.bare_range = true,
                    "genitive-first" => language.genitive_first = true,
                    "hundreds" => language.hundreds = true,
                    "half-first" => language.half_first = true,
                    "queries" => language.queries = true,
                    "articles-out" => language.articles_out = true,
                    "led-queries" => language.led_queries = true,
                    "per-unit" => language.per_unit = true,
                    "hebrew-numerals" => language.hebrew_numerals = true,
                    "persian-years" => language.calendar = Some(Calendar::Persian),
                    "buddhist-years" => language.calendar = Some(Calendar::Buddhist),
                    _ => return Err(row.error(format!("there is no setting {value}"))),
                }
                continue;
            }
            if matches!(class, "ending" | "particle") {
                let endings = row.list(2).flat_map(expand).map(|form| (form, class == "ending"));
                language.endings.extend(endings);
                if value.is_empty() {
                    continue;
                }
            }
            if class == "numbered" {
                language.numbered.extend(row.list(2).flat_map(expand));
                continue;
            }
            if class == "futureending" {
                language.future_endings.extend(row.list(2).map(str::to_owned));
                continue;
            }
            let parsed = match class {
                "clitic" | "particle" => Lex::parse(value, ""),
                _ => Lex::parse(class, value),
            };
            let lexeme = parsed.ok_or_else(|| row.error(format!("there is no {class} {value}")))?;
            language.full |= matches!(lexeme, Lex::Unit(_));
            let weak = row.list(3).any(|flag| flag == "weak");
            let trigger = row.list(3).any(|flag| flag == "trigger");
            let led = row.list(3).any(|flag| flag == "led");
            for form in row.list(2).flat_map(expand) {
                match class {
                    "clitic" => words.clitics.insert(&form, lexeme, weak),
                    _ => words.add(&form, lexeme, weak, language.unspaced, trigger),
                }
                if led {
                    words.forms.lead(&form);
                }
            }
        }
        language.lexicon = words.forms.finish();
        language.clitics = words.clitics.finish();
        language.compounds = Compounds { prefixes: words.prefixes.finish(), suffixes: words.suffixes.finish() };
        language.stems = Stems::new(words.stems);
        Ok(language)
    }
}

/// The words of a language while its file is read.
#[derive(Default)]
struct Words {
    forms: Forms,
    clitics: Forms,
    prefixes: Forms,
    suffixes: Forms,
    stems: Vec<Stem>,
}

impl Words {
    fn add(&mut self, form: &str, lexeme: Lex, weak: bool, unspaced: bool, trigger: bool) {
        match lexeme {
            Lex::Suffix(_) => self.suffixes.insert(form, lexeme, weak),
            Lex::NumberPrefix(_) => return self.prefixes.insert(form, lexeme, weak),
            _ => self.forms.insert(form, lexeme, weak),
        }
        if trigger {
            self.forms.mark(form);
        }
        if lexeme.is_trigger() || trigger {
            // The blank of a phrase may be a line break in the text, so one of its words stands for it.
            // Of `до н. э.` the abbreviation tells more than the preposition.
            let weight = |word: &&str| (matches!(lexeme, Lex::BeforeChrist) && word.contains('.'), word.len());
            let longest = form.split([' ', '\'', '’']).max_by_key(weight).unwrap_or(form);
            // Marks of one letter follow digits, which are looked for anyway.
            if unspaced || longest.chars().count() > 1 {
                let suffix = matches!(lexeme, Lex::Suffix(_));
                self.stems.extend(spellings(longest).into_iter().map(|text| Stem { text, suffix }));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Lex, TimexRules};
    use crate::rules::Overlay;

    #[test]
    fn the_longest_form_wins_whatever_its_case_and_blanks() {
        let rules = TimexRules::load(&Overlay::default()).unwrap();
        let english = rules.of("en").unwrap();
        let (length, entry) = english.lexicon.longest("Day  before\nyesterday, no", |_| true).unwrap();
        assert_eq!("Day  before\nyesterday, no".get(..length), Some("Day  before\nyesterday"));
        assert_eq!(entry.lexemes, [Lex::Day(-2)]);
    }

    #[test]
    fn compounds_are_split() {
        let rules = TimexRules::load(&Overlay::default()).unwrap();
        let russian = rules.of("ru").unwrap();
        assert_eq!(russian.compounds.split("трехлетней"), Some((Some(3), super::Unit::Year)));
        assert_eq!(russian.compounds.split("летней"), Some((None, super::Unit::Year)));
        assert_eq!(russian.compounds.split("столетней"), Some((Some(100), super::Unit::Year)));
    }

    #[test]
    fn every_language_can_be_read() {
        let rules = TimexRules::load(&Overlay::default()).unwrap();
        assert!(rules.languages.len() > 250);
        for (name, source) in &rules.languages {
            assert!(source.language(name).err().is_none(), "{:?}", source.language(name).err());
        }
        let finnish = rules.of("fi").unwrap();
        assert_eq!(finnish.lexicon.longest("toukokuussa", |_| true).unwrap().1.lexemes, [Lex::Month(5)]);
    }

    #[test]
    fn a_wrong_row_is_named() {
        let overlay = Overlay::new([("timex/ru.tsv".to_owned(), "month\t13\tтринадцатый\n".to_owned())].into());
        let error = TimexRules::load(&overlay).unwrap_err();
        assert_eq!(error.to_string(), "cannot read rules: timex/ru.tsv:1: there is no month 13");
    }
}
