"""Statements -> CSV (RFC 4180, UTF-8), one a row; and back. Other tables -> CSV, too.

Spans and channels stand as JSON. A spreadsheet takes a cell that begins with =, +, -, @, a tab or a line break for a formula, whatever an
article meant by it: such a cell gets an apostrophe in front, and `read_csv` takes it away.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from onrecord.data import Statement
from onrecord.errors import ReadError
from onrecord.export.columns import COLUMNS, Column, Kind, Row, statement_rows, statements_of
from onrecord.find.records import HeldRecord

_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_FLAGS = {"true": True, "false": False}
_LONGEST_CELL = 10_000_000


def csv_lines(held: Iterable[HeldRecord]) -> Iterator[bytes]:
    """The names of the columns, then a line a statement."""
    yield _line([column.name for column in COLUMNS])
    for row in chain.from_iterable(map(statement_rows, held)):
        yield _line([_cell(column, row[column.name]) for column in COLUMNS])


def read_csv(lines: Iterable[str]) -> Iterator[tuple[str, Statement]]:
    """The statements, each with the id of its document; `lines` of a file that was opened with `newline=""`.

    Raises:
        ReadError: it is no such file.
    """
    return statements_of(csv_rows(lines))


def csv_rows(lines: Iterable[str]) -> Iterator[Row]:
    """The rows with their values as they were.

    Raises:
        ReadError: columns are missing, or a cell holds what it cannot.
    """
    csv.field_size_limit(_LONGEST_CELL)
    found = csv.DictReader(lines, strict=True)
    missing = [column.name for column in COLUMNS if column.name not in (found.fieldnames or ())]
    if missing:
        raise ReadError(f"This is no CSV file of onrecord: it has no column {', '.join(missing)}.", code="read.bad_field")
    try:
        for row in found:
            yield {column.name: _value(column, row[column.name]) for column in COLUMNS}
    except (ValueError, KeyError, TypeError, csv.Error) as error:
        raise ReadError(f"Line {found.line_num} is not as onrecord writes it ({error!r}).", code="read.bad_field") from error


def csv_table(names: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table as CSV; what is null is empty, and no cell is one that a spreadsheet runs."""
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow(names)
    write.writerows([_plain_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _line(cells: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue().encode("utf8", "replace")


def _cell(column: Column, value: Any) -> str:
    if value is None or column.kind is Kind.TEXT:
        return _plain_cell(value)
    return json.dumps(value, ensure_ascii=False)


def _plain_cell(value: object) -> str:
    if value is None:
        return ""
    words = str(value).lower() if isinstance(value, bool) else str(value)
    return f"'{words}" if _FORMULA.match(words) else words


def _value(column: Column, cell: str | None) -> Any:
    if cell is None:
        raise ValueError(f"no cell for {column.name}")
    if column.kind is Kind.TEXT:
        words = cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
        return None if not words and column.optional else words
    if column.kind is Kind.FLAG:
        return _FLAGS[cell]
    return json.loads(cell) if cell else None
