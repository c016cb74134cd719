"""A record as JSON is what the contract and the published schema say."""

from __future__ import annotations

import json
from dataclasses import replace
from enum import StrEnum
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.export.full_record import BRANDT, RECORD, TEXT

from onrecord.data import (
    Basis,
    Channel,
    CreationBasis,
    Document,
    EventStatus,
    LinkType,
    QuoteType,
    Record,
    SpeakerType,
    Stance,
    TimeType,
    Variant,
)
from onrecord.export.jsonl import to_json, to_line
from onrecord.export.schema import schema

BARE = Record(Document("x", "a"), (replace(BRANDT, part_of=None),), (), (), ())


def as_read(record: Record) -> Any:
    return json.loads(to_line(to_json(record)))


@pytest.mark.parametrize("record", [RECORD, BARE], ids=["full", "bare"])
def test_the_output_fits_the_published_schema(record: Record) -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.Draft202012Validator(schema()).validate(as_read(record))


def test_every_field_stands_where_the_contract_has_it() -> None:
    told = as_read(RECORD)
    assert list(told) == ["document", "made_by", "statements", "times", "events", "links"]
    assert told["document"]["creation_time_basis"] == "header"
    assert told["made_by"]["schema"] == 1
    assert told["made_by"]["models"] == {"tagger": "0" * 64}
    statement = told["statements"][0]
    start, end = statement["content"][0]
    assert TEXT[start:end].startswith("that she would not")
    assert statement["speaker"]["role"] == "harbour master"
    assert statement["via"] == [{"name": "Lesk Courier", "channel": "interview", "span": [35, 47]}]
    assert statement["said_on"] == {"value": "2031-03-04", "span": [51, 58], "anchor": "creation_time"}
    assert (statement["stance"], statement["negated_cue"], statement["conditional"], statement["probability"]) == (
        "refuses",
        True,
        True,
        0.9512,
    )
    assert {key: told["links"][0][key] for key in ("type", "from", "to", "basis", "variant")} == {
        "type": "denies",
        "from": "s2",
        "to": "s1",
        "basis": "reported",
        "variant": "cut",
    }


ENUMS: list[tuple[type[StrEnum], str, str]] = [
    (QuoteType, "statement", "quote_type"),
    (Stance, "statement", "stance"),
    (SpeakerType, "speaker", "type"),
    (Channel, "via", "channel"),
    (TimeType, "time", "type"),
    (EventStatus, "event", "status"),
    (LinkType, "link", "type"),
    (Basis, "link", "basis"),
    (Variant, "link", "variant"),
    (CreationBasis, "document", "creation_time_basis"),
]


@pytest.mark.parametrize(("kind", "holder", "field"), ENUMS, ids=[kind.__name__ for kind, _, _ in ENUMS])
def test_the_schema_knows_every_value(kind: type[StrEnum], holder: str, field: str) -> None:
    told = schema()["$defs"][holder]["properties"][field]["enum"]
    assert [value for value in told if value is not None] == [str(one) for one in kind]


@given(st.text(st.characters()))
def test_any_text_is_one_line_of_valid_utf8_json(text: str) -> None:
    line = to_line({"text": text})
    assert len(line.decode("utf8").splitlines()) == 1
    assert json.loads(line)["text"] == text or any("\ud800" <= character <= "\udfff" for character in text)
