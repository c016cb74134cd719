"""Statements -> an Apache Parquet file, one a row, with typed columns; and back. Needs `pip install 'onrecord[parquet]'`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.data import Statement
from onrecord.errors import ReadError, UsageError
from onrecord.export.columns import COLUMNS, Column, Kind, Row, statement_rows, statements_of
from onrecord.find.records import HeldRecord

if TYPE_CHECKING:
    from types import ModuleType

_ROWS_AT_ONCE = 5_000


def write_parquet(held: Iterable[HeldRecord], file: Path) -> int:
    """Write the statements to the file; how many there were.

    Raises:
        UsageError: pyarrow is not installed.
    """
    arrow, parquet = _library()
    schema = arrow.schema([arrow.field(column.name, _type(arrow, column), nullable=column.optional) for column in COLUMNS])
    found, count = chain.from_iterable(map(statement_rows, held)), 0
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        while some := list(islice(found, _ROWS_AT_ONCE)):
            writer.write_batch(arrow.RecordBatch.from_pylist(some, schema=schema))
            count += len(some)
    return count


def read_parquet(file: Path) -> Iterator[tuple[str, Statement]]:
    """The statements, each with the id of its document.

    Raises:
        ReadError: the file is none of onrecord's.
        UsageError: pyarrow is not installed.
    """
    return statements_of(parquet_rows(file))


def parquet_rows(file: Path) -> Iterator[Row]:
    """The rows with their values as they were.

    Raises:
        ReadError: the file is no Parquet file, or lacks columns.
        UsageError: pyarrow is not installed.
    """
    arrow, parquet = _library()
    try:
        with parquet.ParquetFile(file) as found:
            for batch in found.iter_batches(_ROWS_AT_ONCE, columns=[column.name for column in COLUMNS]):
                yield from batch.to_pylist()
    except arrow.ArrowException as error:
        raise ReadError(f"{file} is no Parquet file of onrecord ({error}).", code="read.bad_field", path=str(file)) from error


def _library() -> tuple[ModuleType, ModuleType]:
    try:
        import pyarrow  # noqa: PLC0415  # heavy, and needed for this format only
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError as error:
        raise UsageError(
            "Parquet needs a package that is not installed: pip install 'onrecord[parquet]'", code="usage.not_installed"
        ) from error
    return pyarrow, parquet


def _type(arrow: ModuleType, column: Column) -> Any:
    span = arrow.list_(arrow.int32())
    channel = arrow.struct([("name", arrow.string()), ("channel", arrow.string()), ("span", span)])
    return {
        Kind.TEXT: arrow.string(),
        Kind.FLAG: arrow.bool_(),
        Kind.NUMBER: arrow.float64(),
        Kind.SPAN: span,
        Kind.SPANS: arrow.list_(span),
        Kind.VIA: arrow.list_(channel),
    }[column.kind]
