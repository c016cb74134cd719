"""CSV and Parquet hold one row a statement: read back they give the same statements, also of hostile words."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet as arrow_parquet
from tests.export.exported import HOSTILE, held
from tests.record.invented import person, said

from onrecord.data import Statement
from onrecord.errors import ReadError, UsageError
from onrecord.export import parquet
from onrecord.export.columns import COLUMNS, statement_rows
from onrecord.export.csv import csv_lines, csv_rows, read_csv
from onrecord.export.parquet import parquet_rows, read_parquet, write_parquet
from onrecord.find.records import HeldRecord
from onrecord.record.ledger import Ledger


def wanted(found: list[HeldRecord]) -> list[tuple[str, Statement]]:
    return [(one.id, statement) for one in found for statement in one.record.statements]


def text_of(found: list[HeldRecord]) -> io.StringIO:
    return io.StringIO(b"".join(csv_lines(found)).decode("utf8"), newline="")


def test_the_statements_of_a_csv_file_are_read_back(ledger: Ledger) -> None:
    found = held(ledger)
    assert list(read_csv(text_of(found))) == wanted(found)


def test_all_columns_of_a_csv_file_are_read_back(ledger: Ledger) -> None:
    found = held(ledger)
    assert list(csv_rows(text_of(found))) == [row for one in found for row in statement_rows(one)]


def test_another_reader_of_csv_sees_the_words(ledger: Ledger) -> None:
    found = list(csv.DictReader(text_of(held(ledger))))
    assert [one["words"] for one in found if one["document"] == "courier-0310"] == ["the ferry will never be sold to Brenn"]
    assert {len(one) for one in found} == {len(COLUMNS)}


def test_no_cell_is_a_formula_to_a_spreadsheet(ledger: Ledger) -> None:
    cells = [cell for row in csv.reader(text_of(held(ledger))) for cell in row]
    assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n")] == []


def one_record(words: str) -> HeldRecord:
    text = f"Mara Quill said: {words}"
    record = said(text, text, person(words))
    return HeldRecord("d" * 32, "2031-03-12", record, ("e" * 32,), frozenset(), 1, "onrecord 1", "2031-03-12T00:00:00+00:00")


@pytest.mark.parametrize("words", [*HOSTILE, "'", "''=", "'a", "\r", "\n", " = "], ids=ascii)
def test_hostile_words_are_read_back_from_csv(words: str) -> None:
    one = one_record(words)
    assert list(read_csv(text_of([one]))) == wanted([one])


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_any_words_are_read_back_from_csv(words: str) -> None:
    one = one_record(words)
    assert list(csv_rows(text_of([one]))) == list(statement_rows(one))


@pytest.mark.parametrize(
    "text", ["", "id\r\n1\r\n", ",".join(one.name for one in COLUMNS) + "\r\n1,2\r\n"], ids=["empty", "columns", "cells"]
)
def test_what_is_no_csv_file_of_this_program_is_refused(text: str) -> None:
    with pytest.raises(ReadError):
        list(read_csv(io.StringIO(text, newline="")))


def test_the_statements_of_a_parquet_file_are_read_back(ledger: Ledger, tmp_path: Path) -> None:
    found, file = held(ledger), tmp_path / "said.parquet"
    assert write_parquet(found, file) == len(wanted(found)) > 10
    assert list(read_parquet(file)) == wanted(found)
    assert list(parquet_rows(file)) == [row for one in found for row in statement_rows(one)]


def test_a_parquet_file_is_written_some_rows_at_a_time(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_ROWS_AT_ONCE", 2)
    write_parquet(held(ledger), tmp_path / "said.parquet")
    found = arrow_parquet.ParquetFile(tmp_path / "said.parquet")
    assert found.metadata.num_row_groups > 3
    assert str(found.schema_arrow.field("content").type).startswith("list<element: list<element: int32")
    assert not found.schema_arrow.field("words").nullable


def test_a_ledger_without_statements_gives_a_file_with_columns_and_no_rows(tmp_path: Path) -> None:
    assert write_parquet([], tmp_path / "none.parquet") == 0
    assert list(read_parquet(tmp_path / "none.parquet")) == []
    assert b"".join(csv_lines([])).decode().strip() == ",".join(one.name for one in COLUMNS)


def test_what_is_no_parquet_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"PAR1 not really")
    with pytest.raises(ReadError):
        list(read_parquet(tmp_path / "x"))


def test_without_pyarrow_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"onrecord\[parquet\]") as caught:
        write_parquet([], tmp_path / "x")
    assert caught.value.code == "usage.not_installed"
