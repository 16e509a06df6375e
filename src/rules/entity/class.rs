//! What words are to the grammars: their class, their options, and the complements they take.

use super::inflect::Tags;
use super::token::Shape;

/// What a word or a row of words may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// A jurisdiction of the gazetteer.
    Place,
    /// An adjective or demonym of a jurisdiction.
    PlaceAdjective,
    /// A body, law, policy or organization of the gazetteer.
    Known,
    /// Head of the name of a public body.
    Body,
    /// Adjective that belongs to the name of a body.
    BodyAdjective,
    /// Head of the name of a law.
    Law,
    /// Short name of a law.
    LawShort,
    /// Head of the name of a policy.
    Policy,
    /// Head after which a slogan stands in quotes.
    Campaign,
    /// Adjective that makes a policy of its head.
    PolicyAdjective,
    /// What policy does, as a noun.
    ActionNoun,
    /// What policy does, as a verb.
    ActionVerb,
    /// Adjective that makes a deed of policy of a noun that alone says little.
    ActionAdjective,
    /// Adverb that strengthens a verb.
    Adverb,
    /// An office, profession or function.
    Role,
    /// Adjective that belongs to a role.
    RoleAdjective,
    /// Head before the name of an organization.
    Org,
    /// Legal form of an organization.
    LegalForm,
    /// A given name.
    Given,
    /// A family name.
    Family,
    /// A form of address before a name.
    Title,
    /// A particle within a name: `фон`, `de`.
    Particle,
    /// A noun that names of bodies and laws are made of.
    Noun,
    /// A noun that only introduces a list.
    Light,
    /// Head of the name of a place: `город`, `province`.
    PlaceHead,
    /// Part of a country or of the world: `северо-запад`.
    Direction,
    /// A currency; its code is the value.
    Currency,
    /// `млн`, `billion`.
    Magnitude,
    /// A cardinal number in letters.
    Numeral,
    /// A verb of saying.
    Say,
    /// A function word: never part of a name.
    Stop,
    /// A word that is no name although it is often capitalised.
    Common,
    /// A word that joins a genitive: `de`, `der`.
    Of,
    /// An article, pronoun or numeral before a noun.
    Det,
    /// A word before what a law or policy is about: `sobre`, `zur`.
    About,
}

impl Class {
    /// Its bit in `Lexicon::classes`.
    #[inline]
    pub const fn bit(self) -> u64 {
        1 << self as u64
    }
}

pub(super) const CLASSES: [(&str, Class); 31] = [
    ("body", Class::Body),
    ("body_adjective", Class::BodyAdjective),
    ("law", Class::Law),
    ("law_short", Class::LawShort),
    ("policy", Class::Policy),
    ("campaign", Class::Campaign),
    ("policy_adjective", Class::PolicyAdjective),
    ("action", Class::ActionNoun),
    ("action_verb", Class::ActionVerb),
    ("action_adjective", Class::ActionAdjective),
    ("adverb", Class::Adverb),
    ("role", Class::Role),
    ("role_adjective", Class::RoleAdjective),
    ("org", Class::Org),
    ("legal_form", Class::LegalForm),
    ("given", Class::Given),
    ("family", Class::Family),
    ("title", Class::Title),
    ("particle", Class::Particle),
    ("noun", Class::Noun),
    ("light", Class::Light),
    ("place_head", Class::PlaceHead),
    ("direction", Class::Direction),
    ("currency", Class::Currency),
    ("magnitude", Class::Magnitude),
    ("numeral", Class::Numeral),
    ("say", Class::Say),
    ("stop", Class::Stop),
    ("of", Class::Of),
    ("det", Class::Det),
    ("about", Class::About),
];

/// What the options of a row mean is said where a grammar asks for them; here they are only names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options(pub u16);

pub(super) const OPTIONS: [&str; 11] =
    ["weak", "cap", "generic", "quoted", "plural", "tail", "instrumental", "upper", "person", "before", "end"];

impl Options {
    /// Says little alone: needs other evidence nearby.
    pub const WEAK: Self = Self(1);
    /// Needs a capital in the phrase.
    pub const CAP: Self = Self(1 << 1);
    /// Is a mention alone, without a name.
    pub const GENERIC: Self = Self(1 << 2);
    /// Takes a name in quotes.
    pub const QUOTED: Self = Self(1 << 3);
    /// Counts in the plural only.
    pub const PLURAL: Self = Self(1 << 4);
    /// Needs a tail.
    pub const TAIL: Self = Self(1 << 5);
    /// Governs the instrumental.
    pub const INSTRUMENTAL: Self = Self(1 << 6);
    /// Is written in capitals.
    pub const UPPER: Self = Self(1 << 7);
    /// Of persons; of a place, that it may be a family name too.
    pub const PERSON: Self = Self(1 << 8);
    /// Stands before what it belongs to.
    pub const BEFORE: Self = Self(1 << 9);
    /// Is the ending of a word.
    pub const END: Self = Self(1 << 10);

    /// Whether all of `other` are set.
    #[inline]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// What one word or row of words may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What.
    pub class: Class,
    /// Its capitals: `Lower` asks for none.
    pub shape: Shape,
    /// Its options.
    pub options: Options,
    /// Gender and case of this form.
    pub tags: Tags,
    /// Number of its lemma; of gazetteer names, of its entry.
    pub lemma: u32,
    /// Number of its list of complements.
    pub frames: u32,
    /// How many tokens it has.
    pub len: u8,
    /// The languages it is a word of, as bits of a lexicon of several languages.
    pub languages: u32,
}

/// A complement: the hash of the preposition (0 for none) and the case it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Hash of the preposition, 0 for none.
    pub preposition: u64,
    /// Possible cases.
    pub case: Tags,
}
