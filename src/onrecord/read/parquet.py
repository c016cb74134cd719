"""Parquet files of documents, a row each, with the columns that JSON Lines have as keys.

Needs pyarrow, which comes with the extra `parquet`.
"""

from __future__ import annotations

import importlib
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from onrecord.data import Document, Rejection
from onrecord.errors import ReadError
from onrecord.read.facts import made
from onrecord.read.files import Found
from onrecord.read.json_fields import facts_of
from onrecord.read.plain import raw_sha256, too_long, within
from onrecord.read.stream import Stream
from onrecord.settings import ReadOptions

_COLUMNS = frozenset(
    {
        *("text", "name", "creation_time", "publisher", "title", "url", "author", "language", "genre", "notes", "retrieved_at"),
        *("description", "link", "date_published", "source_url"),
    }
)
_ROWS_AT_ONCE = 64
_MOST_BYTES = 512 << 20  # of a file that cannot be gone about in, such as one that is packed
_MOST_GROUP = 4 << 30  # of one group of rows, unpacked


def parquet_documents(stream: Stream, found: Found, options: ReadOptions) -> Iterator[Document | Rejection]:
    """One document a row; a row that is none is rejected under its number, and the rest is read.

    Raises:
        ReadError: pyarrow is not installed, or the file is damaged, or has no column of texts.
    """
    arrow, parquet = _library()
    raw = stream.rewound() or io.BytesIO(within(stream, _MOST_BYTES, options.longest_document))
    try:
        with parquet.ParquetFile(raw) as file:
            yield from _documents(file, found, options)
    except arrow.ArrowException as error:
        said = str(error)[:200]
        raise ReadError(f"The Parquet file is damaged, or not whole ({said}). Fetch it again.", code="read.damaged") from error


def _documents(file: Any, found: Found, options: ReadOptions) -> Iterator[Document | Rejection]:
    columns = [name for name in file.schema_arrow.names if name in _COLUMNS]
    if not {"text", "description"} & set(columns):
        raise ReadError('The Parquet file has no column "text". Give it one, a document a row.', code="read.no_text")
    if any(file.metadata.row_group(number).total_byte_size > _MOST_GROUP for number in range(file.metadata.num_row_groups)):
        raise ReadError("A group of rows holds more than 4 GB. Write the file with smaller ones.", code="read.bomb")
    if file.metadata.num_rows == 0:
        raise ReadError("The Parquet file has no rows. Check that the documents were saved.", code="read.empty")
    number = 0
    for batch in file.iter_batches(_ROWS_AT_ONCE, columns=columns):
        for row in batch.to_pylist():
            number += 1
            yield from _document({name: _plain(value) for name, value in row.items() if value is not None}, number, found, options)


def _document(fields: dict[str, object], number: int, found: Found, options: ReadOptions) -> Iterator[Document | Rejection]:
    where, locator = f"Row {number}: ", f"{found.locator}:{number}"
    named = fields.get("name")
    inside = Found(locator, named if isinstance(named, str) and named else f"{found.name}-{number}")
    try:
        text = fields.get("text")
        if isinstance(text, str) and len(text) > options.longest_document:
            raise too_long(options.longest_document)
        facts = facts_of(fields, raw_sha256(json.dumps(fields, sort_keys=True, default=str).encode()), None)
        for one in made(facts, inside, options):
            yield replace(one, message=where + one.message) if isinstance(one, Rejection) else one
    except ReadError as error:
        yield Rejection(locator, error.code, where + error.message)


def _plain(value: Any) -> object:
    """Days and instants as ISO 8601, the rest as it is."""
    return value.isoformat() if isinstance(value, date) else value


def _library() -> tuple[Any, Any]:
    try:
        return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise ReadError("To read Parquet, install what it takes: pip install 'onrecord[parquet]'.", code="read.not_installed") from error
