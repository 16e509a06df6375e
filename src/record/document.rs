//! A line of `corpus.jsonl`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::model::LanguageTag;

/// A half-open place `[start, end]`, in the unit that the record's `offsets` names.
pub(super) type Place = [usize; 2];

/// A name within a document: a letter for the layer and a number from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Numbered(pub char, pub usize);

impl fmt::Display for Numbered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.0, self.1)
    }
}

impl Serialize for Numbered {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for Numbered {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Numbered".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[a-z][1-9][0-9]*$" })
    }
}

/// A BCP 47 language tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag(pub LanguageTag);

impl Serialize for Tag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.as_str())
    }
}

impl JsonSchema for Tag {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Tag".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[a-z]{2,3}(-[A-Z][a-z]{3})?$" })
    }
}

/// A kept document: clean text and its annotations.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Document<'a> {
    /// `recensio/1`.
    pub format: &'static str,
    /// What positions are counted in: `chars` (Unicode code points), `bytes` (of UTF-8) or `utf16`.
    pub offsets: &'static str,
    /// The document's name, unique in the corpus.
    pub id: &'a str,
    /// The file or line it came from.
    pub source: Source<'a>,
    /// Fields of the input that pass through untouched.
    pub meta: Meta<'a>,
    /// Its title: as the input says, or as it was found in the text.
    pub title: Option<Cow<'a, str>>,
    /// Its own date, as the input gives it (ISO 8601).
    pub date: Option<&'a str>,
    /// Its address, as the input gives it.
    pub url: Option<&'a str>,
    /// The language it is in.
    pub language: Language,
    /// The language it was translated from, where that is known.
    pub source_language: Option<SourceLanguage>,
    /// The clean text: the kept passages, a blank line between two.
    pub text: &'a str,
    /// The kept passages, in order.
    pub passages: Vec<Passage<'a>>,
    /// What was taken out, in order. With `passages` it covers every non-blank character of the source once.
    pub dropped: Vec<Dropped<'a>>,
    /// Fragments believed to be untranslated.
    pub leftovers: Vec<Leftover<'a>>,
    /// Fragments that are foreign on purpose; written with `--foreign` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub foreign: Option<Vec<Foreign<'a>>>,
    /// Policy entities, by their first mention.
    pub entities: Vec<EntityEntry<'a>>,
    /// How they are related.
    pub relations: Vec<RelationEntry>,
    /// Temporal expressions.
    pub dates: Vec<DateEntry<'a>>,
    /// What was wrong with the document and did not stop its analysis.
    pub issues: Vec<IssueEntry<'a>>,
}

/// Fields that pass through, in the order they came.
#[derive(Debug)]
pub struct Meta<'a>(pub &'a [(String, Box<RawValue>)]);

impl Serialize for Meta<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl JsonSchema for Meta<'_> {
    fn schema_name() -> Cow<'static, str> {
        "Meta".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "object", "additionalProperties": true })
    }
}

/// Where a document came from.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Source<'a> {
    /// The file, relative to the input that was named.
    pub path: &'a str,
    /// The line, record or archive member in it.
    pub member: Option<&'a str>,
    /// IANA media type.
    pub media_type: &'static str,
    /// WHATWG name of the encoding.
    pub encoding: &'static str,
    /// How it was found: `mark` (byte order mark), `given`, `header`, `declared`, `form` (valid UTF-8, zero bytes, escapes) or `statistics`.
    pub encoding_how: &'static str,
    /// Bytes of the document as it was read.
    pub bytes: u64,
    /// Positions that its decoded text has, in code points.
    pub chars: usize,
    /// BLAKE3 hash of these bytes, hexadecimal.
    pub blake3: &'a str,
    /// Replacement characters that stand for bytes that could not be decoded.
    pub lossy: u64,
}

/// The language of a document.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Language {
    /// BCP 47 tag; `und` where the evidence does not carry a name.
    pub code: Tag,
    /// ISO 15924 code of the script of most letters.
    pub script: &'static str,
    /// 0 to 1.
    pub confidence: f32,
}

/// The language that a document was translated from.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SourceLanguage {
    /// BCP 47 tag.
    pub code: Tag,
    /// 0 to 1.
    pub confidence: f32,
    /// `given`, or `leftovers` where it was inferred from them.
    pub how: &'static str,
}

/// A kept passage.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Passage<'a> {
    /// `p1`, `p2`…, in order.
    pub id: Numbered,
    /// `title heading paragraph list_item quote table code caption`.
    pub kind: &'static str,
    /// Its place in `text`.
    pub span: Place,
    /// Its place in the decoded source.
    pub source: Place,
    /// BCP 47 tag of its language.
    pub language: Tag,
    /// Places of its sentences in `text`.
    pub sentences: Vec<Place>,
    /// Places of its words in `text`, with `--words`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<Vec<Place>>,
    /// The segment that it is, in a file made for translation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub segment: Option<Segment<'a>>,
}

/// The unit that a translator works on.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Segment<'a> {
    /// Its name in the file.
    pub id: &'a str,
    /// What it was translated from, where the file says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<&'a str>,
    /// What the file says of the state of its translation: `translated`, `needs-review-translation`, `fuzzy`….
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<&'a str>,
}

/// Something that was taken out.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Dropped<'a> {
    /// `d1`, `d2`…, in order.
    pub id: Numbered,
    /// Its place in the decoded source.
    pub source: Place,
    /// `repeat boilerplate markup control filtered`.
    pub reason: &'static str,
    /// The rule that says so.
    pub rule: &'static str,
    /// For a repeat: the kept passage, by its number in its document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<Numbered>,
    /// For a repeat of another document's passage: that document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of_document: Option<&'a str>,
    /// Where that document is in a corpus made earlier (`--against`): its folder, as it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of_corpus: Option<&'a str>,
    /// For a repeat: the cluster in `clusters.jsonl`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster: Option<&'a str>,
    /// For a repeat: 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub similarity: Option<f32>,
    /// What stood there; empty for markup, which the source shows.
    pub text: &'a str,
}

/// A fragment believed to be untranslated.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Leftover<'a> {
    /// `l1`, `l2`…, in order.
    pub id: Numbered,
    /// Its place in `text`.
    pub span: Place,
    /// Its place in the decoded source.
    pub source: Place,
    /// What stands there.
    pub text: &'a str,
    /// BCP 47 tag; `und` where only the script is known.
    pub language: Tag,
    /// ISO 15924 code.
    pub script: &'static str,
    /// The passage it stands in.
    pub passage: Numbered,
    /// Whether it touches a word of the text without a blank between.
    pub glued: bool,
    /// 0 to 1: the share of findings of this rule and score that are right.
    pub confidence: f32,
    /// The rule that found it.
    pub rule: &'static str,
    /// What it means, where the document or a glossary shows it.
    pub gloss: Vec<Gloss<'a>>,
}

/// What a leftover means.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Gloss<'a> {
    /// BCP 47 tag of `text`.
    pub language: Tag,
    /// The meaning.
    pub text: &'a str,
    /// Where it was found: `document`, `glossary`, or `segment ID`.
    pub from: &'a str,
}

/// A fragment that is foreign on purpose.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Foreign<'a> {
    /// Its place in `text`.
    pub span: Place,
    /// Its place in the decoded source.
    pub source: Place,
    /// What stands there.
    pub text: &'a str,
    /// BCP 47 tag; `und` where nothing tells.
    pub language: Tag,
    /// ISO 15924 code.
    pub script: &'static str,
    /// The passage it stands in.
    pub passage: Numbered,
    /// Why it was let through: `acronym name code address unit gloss quotation title citation loanword term`.
    pub kind: &'static str,
    /// The rule that let it through.
    pub rule: &'static str,
}

/// Something that the document names.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EntityEntry<'a> {
    /// `e1`, `e2`…, by the first mention.
    pub id: Numbered,
    /// `regulator law policy action jurisdiction organization person role money case`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Its name in the language of the document, in the nominative.
    pub name: &'a str,
    /// Its names in other languages.
    pub names: BTreeMap<&'static str, &'a str>,
    /// Its identifiers: `iso`, `currency`, `wikidata`….
    pub ids: BTreeMap<&'static str, &'a str>,
    /// The jurisdiction it belongs to (ISO 3166, `EU`, `INT`).
    pub jurisdiction: Option<&'a str>,
    /// Whether `jurisdiction` was inferred from the context.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub jurisdiction_inferred: bool,
    /// What a citation is made of, by the names of fields: `article`, `number`, `year`….
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub citation: BTreeMap<&'a str, &'a str>,
    /// Where it is named, in order.
    pub mentions: Vec<MentionEntry<'a>>,
}

/// One place where an entity is named.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MentionEntry<'a> {
    /// Its place in `text`.
    pub span: Place,
    /// Its place in the decoded source.
    pub source: Place,
    /// What stands there.
    pub text: &'a str,
    /// The passage it stands in.
    pub passage: Numbered,
    /// The rule that found it.
    pub rule: &'static str,
    /// 0 to 1.
    pub confidence: f32,
}

/// A relation between two entities.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RelationEntry {
    /// `holds_role issued_by applies_in member_of dated`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The first entity.
    pub from: Numbered,
    /// The second; of `dated`, a date (`t1`).
    pub to: Numbered,
    /// The place in `text` of the sentence that says so.
    pub evidence: Place,
}

/// A temporal expression.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DateEntry<'a> {
    /// `t1`, `t2`…, in order.
    pub id: Numbered,
    /// Its place in `text`.
    pub span: Place,
    /// Its place in the decoded source.
    pub source: Place,
    /// What stands there.
    pub text: &'a str,
    /// The passage it stands in.
    pub passage: Numbered,
    /// TIMEX3 type: `DATE TIME DURATION SET`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// TIMEX3 value: `2021-05`, `P3Y`, `PRESENT_REF`, `XXXX-WI`.
    pub value: &'a str,
    /// TIMEX3 modifier: `APPROX`, `START`, `END`….
    #[serde(rename = "mod")]
    pub modifier: Option<&'static str>,
    /// The value as ISO 8601-2 (EDTF), where one exists.
    pub edtf: Option<&'a str>,
    /// First day and the day after the last (ISO 8601), where the value is a calendar interval; for a time of day from and to which
    /// minute of the day. Where `mod` is `START`, `MID` or `END`, that part of it: of a month ten days, of a year January to March, May to August
    /// or September to December, of a week Monday to Wednesday, Wednesday and Thursday or Friday to Sunday, of others a third.
    pub interval: Option<[&'a str; 2]>,
    /// The calendar it is written in.
    pub calendar: &'static str,
    /// How its value was arrived at.
    pub resolved: ResolvedEntry<'a>,
    /// The share of expressions of this rule, way and score whose value was right on annotated documents (`timex/certainty.tsv` of the rules), 0 to 1.
    pub certainty: f32,
    /// Other values it may have.
    pub alternatives: Vec<&'a str>,
    /// The rule that found it.
    pub rule: &'static str,
}

/// How the value of a temporal expression was arrived at.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ResolvedEntry<'a> {
    /// `explicit anaphora document_date generic unresolved`.
    pub how: &'static str,
    /// The expression it was resolved against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anchor: Option<Numbered>,
    /// The distance from the anchor, an ISO 8601 duration with sign.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<&'a str>,
}

/// Something that was wrong with the document.
#[derive(Debug, Serialize, JsonSchema)]
pub struct IssueEntry<'a> {
    /// What kind: `encoding`, `empty`, `date`….
    pub kind: &'static str,
    /// What happened.
    pub message: &'a str,
    /// Where in the decoded source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Place>,
}
