"""What JSON Lines hold is read back as the same records, and what is none is refused."""

from __future__ import annotations

import json

import pytest
from tests.export.exported import held
from tests.export.full_record import RECORD

from onrecord.data import Record
from onrecord.errors import ReadError
from onrecord.export.formats import Format, exported
from onrecord.export.from_jsonl import from_json, read_jsonl
from onrecord.export.jsonl import to_json
from onrecord.export.schema import schema
from onrecord.record.ledger import Ledger


def rounded(record: Record) -> Record:
    """The record with probabilities as JSON Lines print them."""
    return from_json(to_json(record))


def test_a_record_with_every_field_is_read_back() -> None:
    again = from_json(json.loads(json.dumps(to_json(RECORD))))
    assert again.document == RECORD.document
    assert (again.times, again.events, again.links, again.models) == (RECORD.times, RECORD.events, RECORD.links, RECORD.models)
    assert again.statements[0].attribution.probability == 0.9512
    assert again.statements[1].attribution.part_of == 0
    assert to_json(again) == to_json(RECORD)


def test_a_ledger_is_read_back_as_it_is_and_as_its_program_made_it(ledger: Ledger) -> None:
    lines = list(exported(ledger, Format.JSONL, {}))
    assert list(read_jsonl(lines)) == [rounded(one.record) for one in held(ledger)]
    assert {json.loads(line)["made_by"]["onrecord"] for line in lines} == {"1"}


def test_every_line_is_valid_by_the_published_schema(ledger: Ledger) -> None:
    from jsonschema import Draft202012Validator  # noqa: PLC0415  # slow to import

    lines = list(exported(ledger, Format.JSONL, {}))
    validator = Draft202012Validator(schema())
    assert [error.message for line in lines for error in validator.iter_errors(json.loads(line))] == []
    assert len(lines) == 6


@pytest.mark.parametrize(
    ("line", "code"),
    [("{", "read.not_json"), ("[]", "read.bad_field"), ("{}", "read.bad_field"), ('{"statements": 3}', "read.bad_field")],
)
def test_what_is_no_record_is_refused_with_its_line(line: str, code: str) -> None:
    with pytest.raises(ReadError, match="Line 2") as caught:
        list(read_jsonl(["\n", line]))
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("probability", ""),
        ("probability", None),
        ("probability", float("inf")),
        ("addressee", []),
        ("content", [[0, 9999]]),
        ("content", [[5, 2]]),
        ("source", [[True, 2]]),
    ],
)
def test_a_value_of_another_kind_is_refused(field: str, value: object) -> None:
    made = json.loads(json.dumps(to_json(RECORD)))
    made["statements"][0][field] = value
    with pytest.raises(ReadError) as caught:
        from_json(made)
    assert caught.value.code == "read.bad_field"


def test_a_value_that_no_field_can_have_is_refused() -> None:
    value = json.loads(json.dumps(to_json(RECORD)))
    value["statements"][0]["stance"] = "likes"
    with pytest.raises(ReadError, match="likes"):
        from_json(value)
