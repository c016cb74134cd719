"""Records come back from a table as the same values."""

from __future__ import annotations

from dataclasses import replace

from tests.record.invented import document, record

from onrecord.data import Record
from onrecord.export.record_table import document_digest, record_at, records_of, table_of


def exact() -> Record:
    """A record with a probability that JSON Lines would round."""
    one = record()
    first, *others = one.statements
    return replace(one, statements=(replace(first, attribution=replace(first.attribution, probability=0.123456789)), *others))


def test_records_come_back_as_they_were() -> None:
    given = [record(), exact(), Record(document("empty"), (), (), (), ())]
    table = table_of(given)
    assert list(records_of(table)) == given
    assert record_at(table, 1) == given[1]


def test_characters_that_are_none_come_back_too() -> None:
    odd = record(replace(document(), title="Ferry \ud800", notes=("\udfff",)))
    table = table_of([record(), odd])
    assert list(records_of(table)) == [record(), odd]
    assert table["title"].to_pylist() == ["Ferry to sail again", "Ferry \ufffd"]


def test_a_document_is_told_by_all_that_is_known_of_it_but_when_it_was_fetched() -> None:
    one = document()
    assert document_digest(one) == document_digest(replace(one, retrieved_at="2031-03-12T06:00:00Z"))
    assert len({document_digest(each) for each in (one, replace(one, creation_time="2031-03-13"), replace(one, name="x"))}) == 3
