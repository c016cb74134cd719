"""The nouns of the record. All are frozen values: two that are equal are the same.

A value has no identity of its own. Inside one document a statement is named by its `id` ("s3"), and spans are W3C text
positions in the document's `text`: 0-based, half-open, in Unicode code points. What a field says out of a closed list is in `kinds`.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from onrecord.data.kinds import (
    Basis,
    Channel,
    CreationBasis,
    EventStatus,
    Factuality,
    Genre,
    LinkType,
    QuoteType,
    SpeakerType,
    Stance,
    TimeType,
    Variant,
)

__all__ = [
    "DAY",
    "Attribution",
    "Basis",
    "Channel",
    "CreationBasis",
    "Document",
    "Event",
    "EventStatus",
    "Factuality",
    "Genre",
    "Link",
    "LinkType",
    "QuoteType",
    "Reading",
    "Record",
    "Rejection",
    "SaidOn",
    "Span",
    "Spans",
    "Speaker",
    "SpeakerType",
    "Stance",
    "Statement",
    "TimeExpression",
    "TimeType",
    "Variant",
    "Via",
]

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Span(NamedTuple):
    """A passage of a document's text: `text[start:end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of the span."""
        return text[self.start : self.end]

    def touches(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One news text. `creation_time` is its document creation time (TimeML): ISO 8601, at least a day, zone if known.

    `language` is an ISO 639-1 code. `notes` are the corrections and updates that the page prints beside its text.
    `raw_sha256` is the digest of the bytes as they came, `retrieved_at` the instant at which they did.
    """

    name: str
    text: str
    locator: str = ""
    creation_time: str | None = None
    creation_time_basis: CreationBasis | None = None
    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    language: str = "en"
    author: str | None = None
    genre: Genre | None = None
    notes: tuple[str, ...] = ()
    retrieved_at: str | None = None
    raw_sha256: str | None = None

    def __post_init__(self) -> None:
        if self.creation_time is not None and not DAY.match(self.creation_time):
            raise ValueError(f"creation_time {self.creation_time!r} of {self.name!r} does not start with YYYY-MM-DD")

    @property
    def creation_day(self) -> str | None:
        """`YYYY-MM-DD` of the creation time, counted in its own zone."""
        return self.creation_time[:10] if self.creation_time else None

    @property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 of the UTF-8 text; a lone surrogate counts as its three bytes."""
        return hashlib.sha256(self.text.encode("utf8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Rejection:
    """A document or item that was not read, or a warning about one that was. `code` is stable: `read.not_json`."""

    locator: str
    code: str
    message: str
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content of one attribution relation (PARC; PolNeAR). A source may be missing, a content split.

    `part_of` is the place, in the same document's attributions, of the one whose content holds this one.
    """

    source: Spans
    cue: Spans
    content: Spans
    probability: float = 1.0
    part_of: int | None = None

    def __post_init__(self) -> None:
        if not self.content:
            raise ValueError("an attribution has a content")

    @property
    def extent(self) -> Span:
        """From the first to the last character of any of its spans."""
        spans = self.source + self.cue + self.content
        return Span(min(s.start for s in spans), max(s.end for s in spans))


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A TIMEX3. `value` is ISO 8601 at the precision of the text, null where it cannot be known (`reason` says why).

    `anchor` is what the value was counted from: "creation_time" or the words of another expression. `mod` is what a word
    beside it does to the value (TIMEX3): START of "early", END of "late", APPROX of "about", MORE_THAN of "more than" and so on.
    """

    span: Span
    type: TimeType
    value: str | None
    anchor: str | None = None
    mod: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who holds a statement. `key` is null for unnamed and collective holders; `mentions` are spans in the document."""

    name: str | None
    type: SpeakerType = SpeakerType.UNKNOWN
    role: str | None = None
    key: str | None = None
    mentions: Spans = ()
    stands_for: str | None = None


@dataclass(frozen=True, slots=True)
class Via:
    """What stands between speaker and article: the outlet or platform, and the channel."""

    name: str | None
    channel: Channel
    span: Span


@dataclass(frozen=True, slots=True)
class SaidOn:
    """The day of the saying: a TIMEX3 value, the expression that gives it, and what that was counted from."""

    value: str
    span: Span
    anchor: str = "creation_time"


@dataclass(frozen=True, slots=True)
class Reading:
    """How an attribution is meant: its stance with the words that decided it, its condition, its negation, how factual it is told.

    `factuality` is null in records of programs that did not tell it.
    """

    stance: Stance = Stance.ASSERTS
    negated_cue: bool = False
    condition: Spans = ()
    conditional: bool = False
    hypothetical: bool = False
    evidence: Spans = ()
    factuality: Factuality | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One speaker, one content, one time, one document."""

    id: str
    attribution: Attribution
    quote_type: QuoteType
    speaker: Speaker
    reading: Reading = field(default_factory=Reading)
    addressee: str | None = None
    via: tuple[Via, ...] = ()
    said_on: SaidOn | None = None
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What is announced to happen. `statements` are the ids of those that say so or deny it."""

    span: Span
    what: str
    when: str | None
    status: EventStatus
    statements: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """`from_id` is the later or the answering statement."""

    type: LinkType
    from_id: str
    to_id: str
    basis: Basis
    probability: float
    variant: Variant | None = None
    evidence: Spans = ()
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What one document puts on record."""

    document: Document
    statements: tuple[Statement, ...]
    times: tuple[TimeExpression, ...]
    events: tuple[Event, ...]
    links: tuple[Link, ...]
    models: tuple[tuple[str, str], ...] = ()

    def words(self, spans: Spans) -> str:
        """The words of `spans` as they stand in the text, parts of a split passage joined by " ... "."""
        return " ... ".join(span.of(self.document.text) for span in spans)
