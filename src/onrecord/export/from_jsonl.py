"""JSON Lines -> the records that were written: what `--format jsonl` prints is read back as the same values."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.data import Attribution, QuoteType, Record, SaidOn, Span, Speaker, SpeakerType, Statement
from onrecord.errors import ReadError
from onrecord.export.well_typed import check_record
from onrecord.record.from_rows import document_of, event_of, link_between, reading_of, spans, time_of, vias_of

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
            document_of(value["document"]),
            tuple(_statement(one, places) for one in value["statements"]),
            tuple(time_of(one) for one in value["times"]),
            tuple(event_of(one) for one in value["events"]),
            tuple(link_between(one["from"], one["to"], one) for one in value["links"]),
            tuple(sorted(value["made_by"]["models"].items())),
        )
        check_record(record)
    except _WRONG as error:
        raise ReadError(f"{where} is not a record as --format jsonl prints it ({error!r}).", code="read.bad_field") from error
    return record


def _statement(value: Value, places: dict[str, int]) -> Statement:
    said_on = value["said_on"]
    source, cue, content = (spans(value[name]) for name in ("source", "cue", "content"))
    return Statement(
        id=value["id"],
        attribution=Attribution(source, cue, content, value["probability"], places.get(value["part_of"])),
        quote_type=QuoteType(value["quote_type"]),
        speaker=_speaker(value["speaker"]),
        reading=reading_of(value),
        addressee=value["addressee"],
        via=vias_of(value),
        said_on=said_on and SaidOn(said_on["value"], Span(*said_on["span"]), said_on["anchor"]),
        part_of=value["part_of"],
    )


def _speaker(value: Value) -> Speaker:
    kind, mentions = SpeakerType(value["type"]), spans(value["mentions"])
    return Speaker(value["name"], kind, value["role"], value["key"], mentions, value["stands_for"])
