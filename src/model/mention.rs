//! Policy entities, their mentions, and how they are related.

use crate::text::{Span, Spanned};

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityType {
    /// A public body: ministry, commission, council, court, central bank, parliament, international organisation.
    Regulator,
    /// A law, act, decree, catalogue, treaty, or a citation of one.
    Law,
    /// A programme, policy, slogan of policy.
    Policy,
    /// What policy does: ban, restrict, license, subsidise, shut down.
    Action,
    /// A country, region, city.
    Jurisdiction,
    /// A company or other body.
    Organization,
    /// A person.
    Person,
    /// An office, profession or function.
    Role,
    /// An amount of money, a currency.
    Money,
    /// A court case.
    Case,
}

impl EntityType {
    /// Its name in the output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Regulator => "regulator",
            Self::Law => "law",
            Self::Policy => "policy",
            Self::Action => "action",
            Self::Jurisdiction => "jurisdiction",
            Self::Organization => "organization",
            Self::Person => "person",
            Self::Role => "role",
            Self::Money => "money",
            Self::Case => "case",
        }
    }
}

/// One place where an entity is named.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Where.
    pub span: Span,
    /// The rule that found it.
    pub rule: &'static str,
    /// 0 to 1.
    pub confidence: f32,
}

impl Spanned for Mention {
    fn span(&self) -> Span {
        self.span
    }
}

/// Something that a document names, once or often.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// What it is.
    pub kind: EntityType,
    /// Its name in the language of the document, in the nominative.
    pub name: String,
    /// Its names in other languages, by language tag, sorted.
    pub names: Vec<(&'static str, String)>,
    /// Its identifiers by scheme, sorted: `iso` (ISO 3166), `currency` (ISO 4217), `wikidata`, `celex`….
    pub ids: Vec<(&'static str, String)>,
    /// The jurisdiction it belongs to (ISO 3166), where known.
    pub jurisdiction: Option<String>,
    /// Whether `jurisdiction` was inferred from the context.
    pub jurisdiction_inferred: bool,
    /// What a citation is made of, by the names of fields, sorted: `article`, `number`, `year`….
    pub citation: Vec<(String, String)>,
    /// Where it is named, in order.
    pub mentions: Vec<Mention>,
}

/// How two entities are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RelationType {
    /// A person holds a role.
    HoldsRole,
    /// A law or action comes from a body.
    IssuedBy,
    /// A law, policy or action applies in a jurisdiction.
    AppliesIn,
    /// A body is part of another.
    MemberOf,
    /// A law, policy or action is of a date.
    Dated,
}

impl RelationType {
    /// Its name in the output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::HoldsRole => "holds_role",
            Self::IssuedBy => "issued_by",
            Self::AppliesIn => "applies_in",
            Self::MemberOf => "member_of",
            Self::Dated => "dated",
        }
    }
}

/// A relation between two entities of one document, by their numbers in the layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Relation {
    /// How they are related.
    pub kind: RelationType,
    /// The first.
    pub from: usize,
    /// The second; of a dated relation, the number of the date in its layer.
    pub to: usize,
    /// The sentence that says so.
    pub evidence: Span,
}
