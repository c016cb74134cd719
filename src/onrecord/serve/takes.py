"""The shapes on the wire: what the API takes. Pydantic lives here, in `shapes`, and nowhere else."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from onrecord.data import EventStatus, LinkType, SpeakerType, Stance
from onrecord.record.judged_links import LinkDecision

Name = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Day = Annotated[str, StringConstraints(min_length=4, max_length=40)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=400_000)]
FileName = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^/\\\x00-\x1f]+$")]
Note = Annotated[str, StringConstraints(max_length=2000)]


class Asked(BaseModel):
    """What every question may say. Unknown words are refused, so that a slip is noticed."""

    model_config = ConfigDict(extra="forbid")


class Paged(Asked):
    """A question with many answers: so many a page, from `cursor` on; `format=jsonl` streams all of them, one a line."""

    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[str, StringConstraints(max_length=4000)] | None = None
    format: Literal["json", "jsonl"] | None = None


class QuestionAsked(Asked):
    """Which statements: `q` are words, which need not be those of the texts."""

    q: Annotated[str, StringConstraints(max_length=1000)] | None = None
    by: Name | None = None
    stance: list[Stance] = []
    since: Day | None = None
    until: Day | None = None
    as_of: Day | None = None
    publisher: Name | None = None
    hypothetical: bool = False


class SearchAsked(QuestionAsked, Paged):
    """The same, page by page."""


class TimelineAsked(Paged):
    """Which statements of a speaker."""

    about: Name | None = None
    stance: Stance | None = None
    since: Day | None = None
    until: Day | None = None
    as_of: Day | None = None


class SpeakersAsked(Paged):
    """Whose name holds all words of `name`."""

    name: Name | None = None


class LinksAsked(Paged):
    """Which links."""

    type: list[LinkType] = []
    by: Name | None = None
    about: Name | None = None
    since: Day | None = None
    until: Day | None = None
    document: Name | None = None
    min_probability: Annotated[float, Field(ge=0, le=1)] = 0.0
    judged: bool | None = None
    rejected: bool = False
    order: Literal["newest", "probability"] | None = None


class PositionsAsked(Asked):
    """Positions on which matter."""

    about: Name
    by: Name | None = None
    since: Day | None = None
    until: Day | None = None
    as_of: Day | None = None


class EventsAsked(Paged):
    """Which announced events."""

    by: Name | None = None
    since: Day | None = None
    until: Day | None = None
    status: EventStatus | None = None
    as_of: Day | None = None


class JudgementsAsked(Paged):
    """Which judgements."""

    state: Literal["holds", "orphaned", "undone"] | None = None


class ReviewGiven(Asked):
    """What somebody says of a link."""

    decision: LinkDecision
    note: Note | None = None


class LinkGiven(ReviewGiven):
    """A link by its two statements, `source` being the later or the answering one; one that was not found can be accepted."""

    source: Name
    target: Name
    type: LinkType


class CorrectionGiven(Asked):
    """What is right about a statement; `not_a_statement` alone says that it is none."""

    not_a_statement: bool = False
    speaker: Name | None = None
    speaker_type: SpeakerType | None = None
    role: Annotated[str, StringConstraints(max_length=500)] | None = None
    stance: Stance | None = None
    said_on: Day | None = None
    conditional: bool | None = None
    negated: bool | None = None
    note: Note | None = None


class MergeGiven(Asked):
    """Who a speaker is as well: a key, or a name that only one has."""

    into: Name
    note: Note | None = None


class SplitGiven(MergeGiven):
    """In which documents a speaker is another: their ids, URLs, locators or names."""

    documents: Annotated[list[Name], Field(min_length=1, max_length=100)]


class UndoGiven(Asked):
    """Why a judgement is undone."""

    note: Note | None = None


class AlertsAsked(Paged):
    """Which saved searches: of whom."""

    made_by: Name | None = None


class AlertGiven(QuestionAsked):
    """A search to save under a name; `without_copies`: what stands in copies of one text, once."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    without_copies: bool = False


class SeenGiven(Asked):
    """Up to where a saved search is seen: the `mark` that came with it; without one up to now."""

    mark: Annotated[str, StringConstraints(max_length=40_000)] | None = None


class TextGiven(Asked):
    """A text to read at once. It is kept in the ledger only if `keep` is said, by a token that may write."""

    text: Text
    name: FileName = "text"
    date: Day | None = None
    publisher: Name | None = None
    keep: bool = False


class DraftGiven(Asked):
    """A draft to check, which is not kept: Markdown, unless its name ends in `.txt`. `format` is that of the answer."""

    text: Text
    name: FileName = "draft.md"
    format: Literal["json", "jsonl", "sarif"] = "json"
