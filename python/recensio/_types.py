"""The records of a corpus, made from its JSON Schema by tools/make_types.py."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from ._document import DocumentRecord
from ._record import Record


@dataclass(frozen=True, kw_only=True, repr=False)
class Source(Record):
    """Where a document came from."""

    _records: ClassVar[dict[str, str]] = {}
    _renamed: ClassVar[dict[str, str]] = {}
    _absent: ClassVar[tuple[str, ...]] = ()
    path: str
    """The file, relative to the input that was named."""
    media_type: str
    """IANA media type."""
    encoding: str
    """WHATWG name of the encoding."""
    encoding_how: str
    """How it was found: `mark` (byte order mark), `given`, `header`, `declared`, `form` (valid UTF-8, zero bytes, escapes) or `statistics`."""
    bytes: int
    """Bytes of the document as it was read."""
    chars: int
    """Positions that its decoded text has, in code points."""
    blake3: str
    """BLAKE3 hash of these bytes, hexadecimal."""
    lossy: int
    """Replacement characters that stand for bytes that could not be decoded."""
    member: str | None = None
    """The line, record or archive member in it."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Language(Record):
    """The language of a document."""

    _records: ClassVar[dict[str, str]] = {}
    _renamed: ClassVar[dict[str, str]] = {}
    _absent: ClassVar[tuple[str, ...]] = ()
    code: str
    """BCP 47 tag; `und` where the evidence does not carry a name."""
    script: str
    """ISO 15924 code of the script of most letters."""
    confidence: float
    """0 to 1."""


@dataclass(frozen=True, kw_only=True, repr=False)
class SourceLanguage(Record):
    """The language that a document was translated from."""

    _records: ClassVar[dict[str, str]] = {}
    _renamed: ClassVar[dict[str, str]] = {}
    _absent: ClassVar[tuple[str, ...]] = ()
    code: str
    """BCP 47 tag."""
    confidence: float
    """0 to 1."""
    how: str
    """`given`, or `leftovers` where it was inferred from them."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Segment(Record):
    """The unit that a translator works on."""

    _records: ClassVar[dict[str, str]] = {}
    _renamed: ClassVar[dict[str, str]] = {}
    _absent: ClassVar[tuple[str, ...]] = ('source', 'state')
    id: str
    """Its name in the file."""
    source: str | None = None
    """What it was translated from, where the file says so."""
    state: str | None = None
    """What the file says of the state of its translation: `translated`, `needs-review-translation`, `fuzzy`…."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Passage(Record):
    """A kept passage."""

    _records: ClassVar[dict[str, str]] = {'segment': 'Segment'}
    _renamed: ClassVar[dict[str, str]] = {}
    _absent: ClassVar[tuple[str, ...]] = ('words', 'segment')
    id: str
    """`p1`, `p2`…, in order."""
    kind: str
    """`title heading paragraph list_item quote table code caption`."""
    span: tuple[int, int]
    """Its place in `text`."""
    source: tuple[int, int]
    """Its place in the decoded source."""
    language: str
    """BCP 47 tag of its language."""
    sentences: tuple[tuple[int, int], ...]
    """Places of its sentences in `text`."""
    words: tuple[tuple[int, int], ...] | None = None
    """Places of its words in `text`, with `--words`."""
    segment: Segment | None = None
    """The segment that it is, in a file made for translation."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Dropped(Record):
    """Something that was taken out."""

    _records: ClassVar[dict[str, str]] = {}
    _renamed: ClassVar[dict[str, str]] = {}
    _absent: ClassVar[tuple[str, ...]] = ('of', 'of_document', 'of_corpus', 'cluster', 'similarity')
    id: str
    """`d1`, `d2`…, in order."""
    source: tuple[int, int]
    """Its place in the decoded source."""
    reason: str
    """`repeat boilerplate markup control filtered`."""
    rule: str
    """The rule that says so."""
    text: str
    """What stood there; empty for markup, which the source shows."""
    of: str | None = None
    """For a repeat: the kept passage, by its number in its document."""
    of_document: str | None = None
    """For a repeat of another document's passage: that document."""
    of_corpus: str | None = None
    """Where that document is in a corpus made earlier (`--against`): its folder, as it was given."""
    cluster: str | None = None
    """For a repeat: the cluster in `clusters.jsonl`."""
    similarity: float | None = None
    """For a repeat: 0 to 1."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Gloss(Record):
    """What a leftover means."""

    _records: ClassVar[dict[str, str]] = {}
    _renamed: ClassVar[dict[str, str]] = {'from_': 'from'}
    _absent: ClassVar[tuple[str, ...]] = ()
    language: str
    """BCP 47 tag of `text`."""
    text: str
    """The meaning."""
    from_: str
    """Where it was found: `document`, `glossary`, or `segment ID`."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Leftover(Record):
    """A fragment believed to be untranslated."""

    _records: ClassVar[dict[str, str]] = {'gloss': 'Gloss'}
    _renamed: ClassVar[dict[str, str]] = {}
    _absent: ClassVar[tuple[str, ...]] = ()
    id: str
    """`l1`, `l2`…, in order."""
    span: tuple[int, int]
    """Its place in `text`."""
    source: tuple[int, int]
    """Its place in the decoded source."""
    text: str
    """What stands there."""
    language: str
    """BCP 47 tag; `und` where only the script is known."""
    script: str
    """ISO 15924 code."""
    passage: str
    """The passage it stands in."""
    glued: bool
    """Whether it touches a word of the text without a blank between."""
    confidence: float
    """0 to 1: the share of findings of this rule and score that are right."""
    rule: str
    """The rule that found it."""
    gloss: tuple[Gloss, ...]
    """What it means, where the document or a glossary shows it."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Foreign(Record):
    """A fragment that is foreign on purpose."""

    _records: ClassVar[dict[str, str]] = {}
    _renamed: ClassVar[dict[str, str]] = {}
    _absent: ClassVar[tuple[str, ...]] = ()
    span: tuple[int, int]
    """Its place in `text`."""
    source: tuple[int, int]
    """Its place in the decoded source."""
    text: str
    """What stands there."""
    language: str
    """BCP 47 tag; `und` where nothing tells."""
    script: str
    """ISO 15924 code."""
    passage: str
    """The passage it stands in."""
    kind: str
    """Why it was let through: `acronym name code address unit gloss quotation title citation loanword term`."""
    rule: str
    """The rule that let it through."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Mention(Record):
    """One place where an entity is named."""

    _records: ClassVar[dict[str, str]] = {}
    _renamed: ClassVar[dict[str, str]] = {}
    _absent: ClassVar[tuple[str, ...]] = ()
    span: tuple[int, int]
    """Its place in `text`."""
    source: tuple[int, int]
    """Its place in the decoded source."""
    text: str
    """What stands there."""
    passage: str
    """The passage it stands in."""
    rule: str
    """The rule that found it."""
    confidence: float
    """0 to 1."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Entity(Record):
    """Something that the document names."""

    _records: ClassVar[dict[str, str]] = {'mentions': 'Mention'}
    _renamed: ClassVar[dict[str, str]] = {}
    _absent: ClassVar[tuple[str, ...]] = ('jurisdiction_inferred', 'citation')
    id: str
    """`e1`, `e2`…, by the first mention."""
    type: str
    """`regulator law policy action jurisdiction organization person role money case`."""
    name: str
    """Its name in the language of the document, in the nominative."""
    names: dict[str, str]
    """Its names in other languages."""
    ids: dict[str, str]
    """Its identifiers: `iso`, `currency`, `wikidata`…."""
    mentions: tuple[Mention, ...]
    """Where it is named, in order."""
    jurisdiction: str | None = None
    """The jurisdiction it belongs to (ISO 3166, `EU`, `INT`)."""
    jurisdiction_inferred: bool = False
    """Whether `jurisdiction` was inferred from the context."""
    citation: dict[str, str] = field(default_factory=dict)
    """What a citation is made of, by the names of fields: `article`, `number`, `year`…."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Relation(Record):
    """A relation between two entities."""

    _records: ClassVar[dict[str, str]] = {}
    _renamed: ClassVar[dict[str, str]] = {'from_': 'from'}
    _absent: ClassVar[tuple[str, ...]] = ()
    type: str
    """`holds_role issued_by applies_in member_of dated`."""
    from_: str
    """The first entity."""
    to: str
    """The second; of `dated`, a date (`t1`)."""
    evidence: tuple[int, int]
    """The place in `text` of the sentence that says so."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Resolved(Record):
    """How the value of a temporal expression was arrived at."""

    _records: ClassVar[dict[str, str]] = {}
    _renamed: ClassVar[dict[str, str]] = {}
    _absent: ClassVar[tuple[str, ...]] = ('anchor', 'offset')
    how: str
    """`explicit anaphora document_date generic unresolved`."""
    anchor: str | None = None
    """The expression it was resolved against."""
    offset: str | None = None
    """The distance from the anchor, an ISO 8601 duration with sign."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Date(Record):
    """A temporal expression."""

    _records: ClassVar[dict[str, str]] = {'resolved': 'Resolved'}
    _renamed: ClassVar[dict[str, str]] = {}
    _absent: ClassVar[tuple[str, ...]] = ()
    id: str
    """`t1`, `t2`…, in order."""
    span: tuple[int, int]
    """Its place in `text`."""
    source: tuple[int, int]
    """Its place in the decoded source."""
    text: str
    """What stands there."""
    passage: str
    """The passage it stands in."""
    type: str
    """TIMEX3 type: `DATE TIME DURATION SET`."""
    value: str
    """TIMEX3 value: `2021-05`, `P3Y`, `PRESENT_REF`, `XXXX-WI`."""
    calendar: str
    """The calendar it is written in."""
    resolved: Resolved
    """How its value was arrived at."""
    certainty: float
    """The share of expressions of this rule, way and score whose value was right on annotated documents (`timex/certainty.tsv` of the rules), 0 to 1."""
    alternatives: tuple[str, ...]
    """Other values it may have."""
    rule: str
    """The rule that found it."""
    mod: str | None = None
    """TIMEX3 modifier: `APPROX`, `START`, `END`…."""
    edtf: str | None = None
    """The value as ISO 8601-2 (EDTF), where one exists."""
    interval: tuple[str, str] | None = None
    """First day and the day after the last (ISO 8601), where the value is a calendar interval; for a time of day from and to which minute of the day. Where `mod` is `START`, `MID` or `END`, that part of it: of a month ten days, of a year January to March, May to August or September to December, of a week Monday to Wednesday, Wednesday and Thursday or Friday to Sunday, of others a third."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Issue(Record):
    """Something that was wrong with the document."""

    _records: ClassVar[dict[str, str]] = {}
    _renamed: ClassVar[dict[str, str]] = {}
    _absent: ClassVar[tuple[str, ...]] = ('source',)
    kind: str
    """What kind: `encoding`, `empty`, `date`…."""
    message: str
    """What happened."""
    source: tuple[int, int] | None = None
    """Where in the decoded source."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Document(DocumentRecord):
    """A kept document: clean text and its annotations."""

    _records: ClassVar[dict[str, str]] = {'source': 'Source', 'language': 'Language', 'source_language': 'SourceLanguage', 'passages': 'Passage', 'dropped': 'Dropped', 'leftovers': 'Leftover', 'foreign': 'Foreign', 'entities': 'Entity', 'relations': 'Relation', 'dates': 'Date', 'issues': 'Issue'}
    _renamed: ClassVar[dict[str, str]] = {}
    _absent: ClassVar[tuple[str, ...]] = ('foreign',)
    format: str
    """`recensio/1`."""
    offsets: str
    """What positions are counted in: `chars` (Unicode code points), `bytes` (of UTF-8) or `utf16`."""
    id: str
    """The document's name, unique in the corpus."""
    source: Source
    """The file or line it came from."""
    meta: dict[str, Any]
    """Fields of the input that pass through untouched."""
    language: Language
    """The language it is in."""
    text: str
    """The clean text: the kept passages, a blank line between two."""
    passages: tuple[Passage, ...]
    """The kept passages, in order."""
    dropped: tuple[Dropped, ...]
    """What was taken out, in order. With `passages` it covers every non-blank character of the source once."""
    leftovers: tuple[Leftover, ...]
    """Fragments believed to be untranslated."""
    entities: tuple[Entity, ...]
    """Policy entities, by their first mention."""
    relations: tuple[Relation, ...]
    """How they are related."""
    dates: tuple[Date, ...]
    """Temporal expressions."""
    issues: tuple[Issue, ...]
    """What was wrong with the document and did not stop its analysis."""
    title: str | None = None
    """Its title: as the input says, or as it was found in the text."""
    date: str | None = None
    """Its own date, as the input gives it (ISO 8601)."""
    url: str | None = None
    """Its address, as the input gives it."""
    source_language: SourceLanguage | None = None
    """The language it was translated from, where that is known."""
    foreign: tuple[Foreign, ...] | None = None
    """Fragments that are foreign on purpose; written with `--foreign` only."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Removed(Record):
    """A document that was not kept, and why."""

    _records: ClassVar[dict[str, str]] = {'source': 'Source'}
    _renamed: ClassVar[dict[str, str]] = {}
    _absent: ClassVar[tuple[str, ...]] = ('of_corpus',)
    format: str
    """`recensio/1`."""
    offsets: str
    """What positions are counted in."""
    id: str
    """The document's name."""
    source: Source
    """The file or line it came from."""
    meta: dict[str, Any]
    """Fields of the input that pass through untouched."""
    reason: str
    """`duplicate failed filtered`."""
    rule: str
    """The rule that says so."""
    text: str
    """Its text, as far as it could be read."""
    of: str | None = None
    """For a duplicate: the document that is kept."""
    of_corpus: str | None = None
    """Where that document is in a corpus made earlier (`--against`): its folder, as it was given."""
    cluster: str | None = None
    """For a duplicate: the cluster in `clusters.jsonl`."""
    similarity: float | None = None
    """For a duplicate: 0 to 1."""
    message: str | None = None
    """For a failure: what happened, and where."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Place(Record):
    """A place in the decoded source of a document."""

    _records: ClassVar[dict[str, str]] = {}
    _renamed: ClassVar[dict[str, str]] = {}
    _absent: ClassVar[tuple[str, ...]] = ('corpus',)
    document: str
    """The document."""
    source: tuple[int, int]
    """The place."""
    corpus: str | None = None
    """The folder of the corpus made earlier (`--against`) that the document is in, as it was given."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Copy(Record):
    """A place that repeats the kept one."""

    _records: ClassVar[dict[str, str]] = {}
    _renamed: ClassVar[dict[str, str]] = {}
    _absent: ClassVar[tuple[str, ...]] = ('corpus',)
    document: str
    """The document."""
    source: tuple[int, int]
    """The place."""
    similarity: float
    """0 to 1."""
    rule: str
    """The rule that found it."""
    removed: bool
    """Whether it was taken out."""
    corpus: str | None = None
    """The folder of the corpus made earlier (`--against`) that the document is in, as it was given."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Cluster(Record):
    """Something that occurs more than once, with every place where it does."""

    _records: ClassVar[dict[str, str]] = {'kept': 'Place', 'copies': 'Copy'}
    _renamed: ClassVar[dict[str, str]] = {}
    _absent: ClassVar[tuple[str, ...]] = ()
    id: str
    """Its name, made from its content: the same in every run."""
    offsets: str
    """What positions are counted in."""
    level: str
    """`document passage span`."""
    kind: str
    """`exact`, `normalized` (equal but for looks) or `near` (edited): the loosest of its copies."""
    size: int
    """How many places there are, the kept one included."""
    kept: Place
    """The place that is kept."""
    copies: tuple[Copy, ...]
    """The others, in input order."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Finding(Record):
    """A thing that a translator or editor should look at."""

    _records: ClassVar[dict[str, str]] = {}
    _renamed: ClassVar[dict[str, str]] = {}
    _absent: ClassVar[tuple[str, ...]] = ('segment',)
    id: str
    """Its name: that of the document and the fingerprint, as one hash."""
    fingerprint: str
    """What it is, wherever its document and the rest of the text went: see docs/check.md."""
    offsets: str
    """What positions are counted in."""
    document: str
    """The document."""
    rule: str
    """The rule that found it."""
    severity: str
    """`error warning note`."""
    span: tuple[int, int]
    """Its place in the clean text."""
    source: tuple[int, int]
    """Its place in the decoded source."""
    line: int
    """The line of the decoded source, from 1."""
    column: int
    """The column in code points, from 1."""
    text: str
    """What stands there."""
    context: str
    """The words around it, with `⟦ ⟧` about what is meant."""
    message: str
    """What is wrong."""
    suggestions: tuple[str, ...]
    """What could stand there instead, best first."""
    segment: str | None = None
    """The name of its segment, in a file made for translation."""
