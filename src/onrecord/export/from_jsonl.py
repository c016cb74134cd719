"""JSON Lines -> the records that were written: what `--format jsonl` prints is read back as the same values."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
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
    Record,
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
from onrecord.errors import ReadError
from onrecord.export.well_typed import check_record

Value = dict[str, Any]
_WRONG = (KeyError, TypeError, ValueError, IndexError, AttributeError)  # what values that are none of their kind raise


def read_jsonl(lines: Iterable[bytes | str]) -> Iterator[Record]:
    """The record of each line; blank lines are passed over.

    Raises:
        ReadError: a line is no JSON, or no record.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                value = json.loads(line)
            except ValueError as error:
                raise ReadError(f"Line {number} is not JSON ({error}).", code="read.not_json", line=number) from error
            yield from_json(value, f"Line {number}")


def from_json(value: Value, where: str = "The object") -> Record:
    """The record that `to_json` made the JSON values of.

    Raises:
        ReadError: they are none of a record.
    """
    try:
        places = {one["id"]: place for place, one in enumerate(value["statements"])}
        record = Record(
            _document(value["document"]),
            tuple(_statement(one, places) for one in value["statements"]),
            tuple(_time(one) for one in value["times"]),
            tuple(_event(one) for one in value["events"]),
            tuple(_link(one) for one in value["links"]),
            tuple(sorted(value["made_by"]["models"].items())),
        )
        check_record(record)
    except _WRONG as error:
        raise ReadError(f"{where} is not a record as --format jsonl prints it ({error!r}).", code="read.bad_field") from error
    return record


def _document(value: Value) -> Document:
    plain = ("name", "text", "locator", "creation_time", "publisher", "title", "url", "language", "author", "retrieved_at", "raw_sha256")
    return Document(
        **{name: value[name] for name in plain},
        creation_time_basis=value["creation_time_basis"] and CreationBasis(value["creation_time_basis"]),
        genre=value["genre"] and Genre(value["genre"]),
        notes=tuple(value["notes"]),
    )


def _statement(value: Value, places: dict[str, int]) -> Statement:
    said_on = value["said_on"]
    source, cue, content = (_spans(value[name]) for name in ("source", "cue", "content"))
    return Statement(
        id=value["id"],
        attribution=Attribution(source, cue, content, value["probability"], places.get(value["part_of"])),
        quote_type=QuoteType(value["quote_type"]),
        speaker=_speaker(value["speaker"]),
        reading=Reading(
            Stance(value["stance"]),
            value["negated_cue"],
            _spans(value["condition"]),
            value["conditional"],
            value["hypothetical"],
            _spans(value["evidence"]),
            value["factuality"] and Factuality(value["factuality"]),
        ),
        addressee=value["addressee"],
        via=tuple(Via(one["name"], Channel(one["channel"]), Span(*one["span"])) for one in value["via"]),
        said_on=said_on and SaidOn(said_on["value"], Span(*said_on["span"]), said_on["anchor"]),
        part_of=value["part_of"],
    )


def _speaker(value: Value) -> Speaker:
    kind, mentions = SpeakerType(value["type"]), _spans(value["mentions"])
    return Speaker(value["name"], kind, value["role"], value["key"], mentions, value["stands_for"])


def _time(value: Value) -> TimeExpression:
    kind = TimeType(value["type"])
    return TimeExpression(Span(*value["span"]), kind, value["value"], value["anchor"], value["mod"], value["reason"])


def _event(value: Value) -> Event:
    status, said_by, people = EventStatus(value["status"]), tuple(value["statements"]), tuple(value["participants"])
    return Event(Span(*value["span"]), value["what"], value["when"], status, said_by, people, value["place"])


def _link(value: Value) -> Link:
    return Link(
        LinkType(value["type"]),
        value["from"],
        value["to"],
        Basis(value["basis"]),
        value["probability"],
        value["variant"] and Variant(value["variant"]),
        _spans(value["evidence"]),
        value["why"],
    )


def _spans(value: list[list[int]]) -> Spans:
    return tuple(Span(*one) for one in value)
