"""A small ledger of invented papers: who says what about a bridge in Lesk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tests.record.invented import MODELS, person, span, statement

from onrecord.data import (
    Document,
    Event,
    EventStatus,
    Record,
    SaidOn,
    Span,
    Speaker,
    SpeakerType,
    Stance,
    Statement,
    TimeExpression,
    TimeType,
)
from onrecord.record.identity import document_key
from onrecord.record.ledger import Ledger, Program

OLD, NEW = Program("onrecord 1", MODELS), Program("onrecord 2", MODELS)
MARA, JON, BARE = person("Mara Quill", role="harbour minister"), person("Jon Quill", role="ferryman"), person("Quill")
COUNCIL = Speaker("Lesk Council", SpeakerType.ORGANISATION, None, "lesk-council")


def add(ledger: Ledger, *records: Record, program: Program = OLD) -> None:
    run = ledger.begin(program, "add news")
    ledger.add(run, records)
    ledger.end(run)


def article(name: str, day: str, *told: tuple[Speaker, str], publisher: str = "Lesk Courier") -> Record:
    """A paper of that day in which each speaker says the words."""
    text = " ".join(f"{speaker.name} said {words}." for speaker, words in told)
    document = Document(name, text, f"news/{name}.txt", day, publisher=publisher)
    return Record(document, tuple(_statements(text, told)), (), (), (), MODELS)


def _statements(text: str, told: Iterable[tuple[Speaker, str]]) -> Iterable[Statement]:
    for number, (speaker, words) in enumerate(told, 1):
        yield statement(words, speaker, text, number)


def changed(record: Record, number: int = 1, **changes: object) -> Record:
    """The record with other fields in one statement; `said_on` and `stance` are given plainly."""
    one = record.statements[number - 1]
    if said_on := changes.pop("said_on", None):
        changes["said_on"] = SaidOn(str(said_on), Span(0, 1))
    if stance := changes.pop("stance", None):
        changes["reading"] = replace(one.reading, stance=Stance(str(stance)))
    if changes.pop("hypothetical", False):
        changes["reading"] = replace(one.reading, hypothetical=True)
    told = [replace(other, **changes) if other is one else other for other in record.statements]  # type: ignore[arg-type]
    return replace(record, statements=tuple(told))


def with_event(record: Record, what: str, when: str | None, status: EventStatus = EventStatus.PLANNED, **others: object) -> Record:
    """The record with one more event, told in its first statement."""
    given = {"statements": ("s1",), **others}
    event = Event(span(what, record.document.text), what, when, status, **given)  # type: ignore[arg-type]
    return replace(record, events=(*record.events, event))


def with_times(record: Record, days: dict[str, str]) -> Record:
    """The record with a time expression for each of the passages."""
    text = record.document.text
    return replace(record, times=tuple(TimeExpression(span(words, text), TimeType.DATE, value) for words, value in days.items()))


def key_of(record: Record) -> str:
    return document_key(record.document)
