"""The table of time expressions in docs/reference.md says what is read, and the schema lists every `mod`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onrecord.annotate.timex import time_expressions
from onrecord.annotate.timex.words import modifiers
from onrecord.data import Document
from onrecord.export.schema import schema

REFERENCE = (Path(__file__).resolve().parents[3] / "docs/reference.md").read_text(encoding="utf8")
TABLE = REFERENCE.split("A time expression, in a paper of Friday, 14 March 2031:")[1].split("`mod` is one of")[0]
ROWS = [[cell.strip() for cell in line.strip("| ").split("|")] for line in TABLE.strip().splitlines()[2:]]


@pytest.mark.parametrize("row", ROWS, ids=[row[1] for row in ROWS])
def test_an_expression_in_the_reference_is_read_as_it_says(row: list[str]) -> None:
    sentence, words, kind, value, *more = row
    (found,) = [one for one in time_expressions(Document("case", sentence, creation_time="2031-03-14")) if one.span.of(sentence) == words]
    assert (found.type, found.value) == (kind, None if value == "null" else value)
    for field in filter(None, more):
        name, said = field.split(": ", 1)
        assert getattr(found, name) == said


def test_every_mod_is_in_the_schema_and_in_the_reference() -> None:
    listed = schema()["$defs"]["time"]["properties"]["mod"]["enum"]
    assert set(modifiers().values()) == set(listed) - {None}
    assert [mod for mod in modifiers().values() if not re.search(rf"\b{mod}\b", REFERENCE)] == []
