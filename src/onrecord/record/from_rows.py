"""The rows of a ledger, or JSON objects that `onrecord read` prints -> values again: what is read from a ledger equals what was added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from onrecord.data import (
    Attribution,
    Basis,
    Channel,
    CreationBasis,
    Document,
    Event,
    EventStatus,
    Factuality,
    Genre,
    Link,
    LinkType,
    QuoteType,
    Reading,
    SaidOn,
    Span,
    Spans,
    Speaker,
    SpeakerType,
    Stance,
    Statement,
    TimeExpression,
    TimeType,
    Variant,
    Via,
)
from onrecord.record.excerpts import text_of

Row = dict[str, Any]


def mentions_told(found: list[Row]) -> list[Row]:
    """All statement rows of one reading with their mentions, as they were before each list was kept once."""
    lists = {row["local_id"]: row["mentions"] for row in found}
    return [row | {"mentions": lists[row["mentions"]]} if isinstance(row["mentions"], str) else row for row in found]


def document_of(row: Mapping[str, Any]) -> Document:
    """The document of a row, or of a JSON object that `onrecord read` prints.

    Where only excerpts are kept the rest of its text is blanks, so that spans hold.
    """
    return Document(
        name=row["name"],
        text=row["text"] if row["text"] is not None else text_of(row["excerpts"] or [], row["length"]),
        locator=row["locator"],
        creation_time=row["creation_time"],
        creation_time_basis=row["creation_time_basis"] and CreationBasis(row["creation_time_basis"]),
        publisher=row["publisher"],
        title=row["title"],
        url=row["url"],
        language=row["language"],
        author=row["author"],
        genre=row["genre"] and Genre(row["genre"]),
        notes=tuple(row["notes"]),
        retrieved_at=row["retrieved_at"],
        raw_sha256=row["raw_sha256"],
    )


def statement_of(row: Mapping[str, Any]) -> Statement:
    """The statement of a row."""
    return Statement(
        id=row["local_id"],
        attribution=Attribution(spans(row["source"]), spans(row["cue"]), spans(row["content"]), row["probability"], _place(row["part_of"])),
        quote_type=QuoteType(row["quote_type"]),
        speaker=Speaker(
            row["speaker_name"],
            SpeakerType(row["speaker_type"]),
            row["speaker_role"],
            row["speaker_key"],
            () if isinstance(row["mentions"], str) else spans(row["mentions"]),
            row["stands_for"],
        ),
        reading=reading_of(row),
        addressee=row["addressee"],
        via=vias_of(row),
        said_on=_said_on(row),
        part_of=row["part_of"],
    )


def reading_of(row: Mapping[str, Any]) -> Reading:
    """How the statement of a row, or of a JSON object that `onrecord read` prints, is meant."""
    return Reading(
        Stance(row["stance"]),
        bool(row["negated_cue"]),
        spans(row["condition"]),
        bool(row["conditional"]),
        bool(row["hypothetical"]),
        spans(row["evidence"]),
        Factuality(row["factuality"]) if row["factuality"] else None,
    )


def vias_of(row: Mapping[str, Any]) -> tuple[Via, ...]:
    """What stands between speaker and article, of a row or of such an object."""
    return tuple(Via(via["name"], Channel(via["channel"]), Span(*via["span"])) for via in row["via"])


def _said_on(row: Mapping[str, Any]) -> SaidOn | None:
    """The day; where a person gave it and no words of the text do, its span is empty, at the start of the content."""
    if not row["said_on"]:
        return None
    start = row["content"][0][0]
    return SaidOn(row["said_on"], Span(*(row["said_on_span"] or (start, start))), row["said_on_anchor"])


def time_of(row: Mapping[str, Any]) -> TimeExpression:
    """The time expression of a row or of such an object."""
    return TimeExpression(Span(*row["span"]), TimeType(row["type"]), row["value"], row["anchor"], row["mod"], row["reason"])


def event_of(row: Mapping[str, Any]) -> Event:
    """The event of a row or of such an object."""
    return Event(
        Span(*row["span"]),
        row["what"],
        row["when"],
        EventStatus(row["status"]),
        tuple(row["statements"]),
        tuple(row["participants"]),
        row["place"],
    )


def link_of(row: Mapping[str, Any], names: Mapping[int, str]) -> Link:
    """The link of a row; `names` are the local ids of its statements by row."""
    return link_between(names[row["from_id"]], names[row["to_id"]], row)


def link_between(source: str, target: str, row: Mapping[str, Any]) -> Link:
    """The link between two statements, by local id, of a row or of a JSON object that `onrecord read` prints."""
    return Link(
        LinkType(row["type"]),
        source,
        target,
        Basis(row["basis"]),
        row["probability"],
        row["variant"] and Variant(row["variant"]),
        spans(row["evidence"]),
        row["why"],
    )


def _place(local_id: str | None) -> int | None:
    """ "s3" is the third statement of its document."""
    return int(local_id[1:]) - 1 if local_id else None


def spans(value: Iterable[Iterable[int]]) -> Spans:
    return tuple(map(Span._make, value))
