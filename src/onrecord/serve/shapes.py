"""The shapes on the wire: what the API gives; `takes` has what it takes.

Answers that equal a value of `find` are that value; what differs has a shape of its own.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from onrecord.data import LinkType, SpeakerType, Stance
from onrecord.find.check_verdict import Verdict

Item = TypeVar("Item")
SpanShape = tuple[int, int]


class ProblemShape(BaseModel):
    """Why there is no answer (RFC 9457); `code` stays the same from version to version."""

    type: str
    title: str
    status: int
    code: str
    detail: str


class Page(BaseModel, Generic[Item]):
    """Some of the answers, and the cursor of the next ones; null where there are no more."""

    items: list[Item]
    next: str | None = None


class SpeakerShape(BaseModel):
    """Whoever holds a statement."""

    name: str | None
    type: SpeakerType
    role: str | None
    key: str | None
    mentions: list[SpanShape]
    stands_for: str | None
    wikidata: str | None = None


class StatementShape(BaseModel):
    """A statement as `onrecord read` prints it; `id` is that of the ledger, `local_id` that in its document."""

    id: str
    local_id: str
    source: list[SpanShape]
    cue: list[SpanShape]
    content: list[SpanShape]
    quote_type: str
    speaker: SpeakerShape
    addressee: str | None
    via: list[dict[str, Any]]
    said_on: dict[str, Any] | None
    stance: Stance
    negated_cue: bool
    conditional: bool
    condition: list[SpanShape]
    hypothetical: bool
    evidence: list[SpanShape]
    factuality: str | None
    part_of: str | None
    probability: float


class DocumentHead(BaseModel):
    """A document without its text."""

    id: str
    name: str
    locator: str
    url: str | None
    publisher: str | None
    title: str | None
    author: str | None
    creation_time: str | None
    creation_time_basis: str | None
    language: str
    sha256: str


class DocumentWhole(DocumentHead):
    """A document with its text; blanks where only excerpts are kept."""

    text: str


class ShownStatementShape(BaseModel):
    """One statement with all that the ledger knows of it."""

    statement: StatementShape
    document: DocumentHead
    document_id: str
    known_on: str
    is_current: bool
    is_statement: bool
    now: str | None
    selectors: list[dict[str, Any]]
    readings: list[dict[str, Any]]
    judgements: list[dict[str, Any]]
    links: list[dict[str, Any]]


class ShownDocumentShape(BaseModel):
    """One document with its statements."""

    document: DocumentWhole
    known_on: str
    statements: list[StatementShape]
    readings: list[dict[str, Any]]


class EndShape(BaseModel):
    """One of the two statements of a link; `statement` is its id in the document, `id` that of the ledger."""

    document: str
    statement: str
    content: list[SpanShape]
    id: str
    document_id: str
    words: str
    source_words: str
    speaker_name: str | None
    speaker_role: str | None
    speaker_key: str | None
    stance: Stance
    said_on: str | None
    day: str
    day_is_known: bool
    known_on: str
    publisher: str | None
    url: str | None


class TellingShape(EndShape):
    """One telling of an utterance, compared with the fullest."""

    is_fullest: bool
    changes: list[dict[str, str]]


class LinkShape(BaseModel):
    """A link of the ledger."""

    model_config = ConfigDict(populate_by_name=True)

    id: str
    type: LinkType
    basis: str
    variant: str | None
    probability: float
    why: str | None
    source: EndShape = Field(alias="from")
    target: EndShape = Field(alias="to")
    judgement: dict[str, Any] | None
    evidence: list[SpanShape]
    evidence_words: str | None
    holder: str | None
    history: list[dict[str, Any]]


class PersonShape(BaseModel):
    """A person or body; names, roles and types come most often seen first."""

    key: str
    wikidata: str | None
    name: str
    names: list[dict[str, Any]]
    roles: list[dict[str, Any]]
    types: list[dict[str, Any]]
    statements: int
    by_hand: list[dict[str, Any]]
    joined: list[dict[str, Any]]
    first_on: str | None
    last_on: str | None


class VersionShape(BaseModel):
    """One version of an article, with what changed from the one before."""

    article: str
    version: int
    of: int
    document: dict[str, Any]
    passages: list[dict[str, Any]] | None
    statements: list[dict[str, Any]]


class Judged(BaseModel):
    """The number of a new judgement, by which it can be undone."""

    judgement: int


class AlertShape(BaseModel):
    """A saved search, and how much is new of it since `seen_at`; `is_cut`: there may be more. `mark` is up to where was looked."""

    id: str
    name: str
    made_by: str
    made_at: str
    seen_at: str
    question: dict[str, Any]
    new_statements: int
    new_conflicts: int
    is_cut: bool
    mark: str


class AlertEnded(BaseModel):
    """The saved search that has ended."""

    id: str


class ReadShape(BaseModel):
    """What reading a text gave: records as `onrecord read` prints them, and what could not be read or was warned of."""

    records: list[dict[str, Any]]
    complaints: list[dict[str, Any]]
    kept: bool


class FoundShape(BaseModel):
    """A statement that has the words of a quotation, and how they differ from `told`, its words that the quotation is held against."""

    statement: EndShape
    verdicts: list[Verdict]
    told: str
    lost: str | None
    changes_sense: bool
    changes: list[dict[str, str]]


class CheckedShape(BaseModel):
    """A quotation as `onrecord check` prints it; lines and columns count from 1, in the draft as it was sent."""

    file: str
    document: str
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    spans: list[SpanShape]
    quotation: str
    speaker_name: str | None
    speaker_key: str | None
    verdict: Verdict
    verdicts: list[Verdict]
    is_fine: bool
    changes_sense: bool
    differs_by_outlet: bool
    message: str
    found: FoundShape | None
    others: list[FoundShape]


class CheckShape(BaseModel):
    """What checking a draft gave: every quotation in order, how many have which verdict, and what could not be read or was warned of."""

    quotations: list[CheckedShape]
    counts: dict[str, int]
    to_look_at: int
    complaints: list[dict[str, Any]]
