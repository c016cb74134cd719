"""Records -> an Arrow table, a document a row with all that it puts on record, typed; and back, as the same values.

The columns are named and hold what the keys of `--format jsonl` do, but for probabilities, which are not rounded, and for `digest`, which
tells the document with all that is known of it. Needs pyarrow, which comes with the extras `parquet` and `ray`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, replace
from functools import cache
from hashlib import sha256
from typing import Any

import pyarrow

from onrecord.data import Document, Record
from onrecord.export.from_jsonl import from_json
from onrecord.export.jsonl import to_json
from onrecord.record.rows import storable

Row = dict[str, Any]
_LEFT_BEHIND = ("document", "made_by")  # keys of the JSON whose values are columns of their own


def document_digest(document: Document) -> str:
    """Two documents of one digest have the same record by the same program; when they were fetched counts for nothing."""
    told = json.dumps(astuple(replace(document, retrieved_at=None)))
    return sha256(told.encode()).hexdigest()[:32]


def table_of(records: Sequence[Record]) -> Any:
    """The records, in their order, as a `pyarrow.Table`."""
    try:
        return pyarrow.Table.from_pylist([_row(one) for one in records], schema=_schema())
    except UnicodeEncodeError:  # a lone surrogate somewhere, which no table takes
        rows = (_row(one) if _is_text(one) else _odd_row(one) for one in records)
        return pyarrow.Table.from_pylist(list(rows), schema=_schema())


def records_of(table: Any) -> Iterator[Record]:
    """The records of such a table.

    Raises:
        ReadError: a row is none.
    """
    for batch in table.to_batches(max_chunksize=64):
        yield from map(_record, batch.to_pylist())


def record_at(table: Any, place: int) -> Record:
    """The record of one row."""
    (found,) = records_of(table.slice(place, 1))
    return found


def _row(record: Record) -> Row:
    value: Row = to_json(record)
    exact: Iterable[tuple[Row, float]] = (
        *zip(value["statements"], (one.attribution.probability for one in record.statements), strict=True),
        *zip(value["links"], (one.probability for one in record.links), strict=True),
    )
    for row, probability in exact:
        row["probability"] = float(probability)
    of: Row = value["document"] | {"digest": document_digest(record.document), "models": value["made_by"]["models"]}
    return of | {name: one for name, one in value.items() if name not in _LEFT_BEHIND}


def _odd_row(record: Record) -> Row:
    """The row of a record with characters that are none: as it can be shown, with itself as JSON beside."""
    whole = json.dumps(_row(record))
    shown: Row = json.loads(whole, object_pairs_hook=lambda pairs: {key: _shown(one) for key, one in pairs})
    return shown | {"exact": whole.encode("ascii")}


def _shown(value: Any) -> Any:
    if isinstance(value, list):
        return [_shown(one) for one in value]
    return storable(value) if isinstance(value, str) else value


def _is_text(record: Record) -> bool:
    try:
        json.dumps(_row(record), ensure_ascii=False).encode("utf8")
    except UnicodeEncodeError:
        return False
    return True


def _record(row: Row) -> Record:
    if row["exact"] is not None:
        row = json.loads(row["exact"])
    value = {"document": row, "made_by": {"models": dict(row["models"])}}
    return from_json(value | {name: row[name] for name in ("statements", "times", "events", "links")}, "A row")


@cache
def _schema() -> Any:
    span = pyarrow.list_(pyarrow.int32())
    spans, texts = pyarrow.list_(span), pyarrow.list_(pyarrow.string())
    document = (
        "name locator publisher title author url creation_time creation_time_basis retrieved_at language genre raw_sha256 sha256 text"
    )
    return pyarrow.schema(
        [
            *_fields(digest=pyarrow.string(), **dict.fromkeys(document.split(), pyarrow.string()), notes=texts),
            *_fields(models=pyarrow.map_(pyarrow.string(), pyarrow.string())),
            *_fields(statements=pyarrow.list_(_statement(span, spans)), times=pyarrow.list_(_time(span))),
            *_fields(events=pyarrow.list_(_event(span, texts)), links=pyarrow.list_(_link(spans))),
            *_fields(exact=pyarrow.binary()),
        ]
    )


def _statement(span: Any, spans: Any) -> Any:
    text, flag = pyarrow.string(), pyarrow.bool_()
    speaker = _struct(**dict.fromkeys(("name", "type", "role", "key", "stands_for"), text), mentions=spans)
    via = _struct(name=text, channel=text, span=span)
    return _struct(
        **dict.fromkeys(("id", "quote_type", "addressee", "stance", "factuality", "part_of"), text),
        **dict.fromkeys(("source", "cue", "content", "condition", "evidence"), spans),
        **dict.fromkeys(("negated_cue", "conditional", "hypothetical"), flag),
        speaker=speaker,
        via=pyarrow.list_(via),
        said_on=_struct(value=text, span=span, anchor=text),
        probability=pyarrow.float64(),
    )


def _time(span: Any) -> Any:
    return _struct(span=span, **dict.fromkeys(("type", "value", "anchor", "mod", "reason"), pyarrow.string()))


def _event(span: Any, texts: Any) -> Any:
    told = dict.fromkeys(("what", "when", "status", "place"), pyarrow.string())
    return _struct(span=span, **told, statements=texts, participants=texts)


def _link(spans: Any) -> Any:
    told = dict.fromkeys(("type", "from", "to", "basis", "variant", "why"), pyarrow.string())
    return _struct(**told, evidence=spans, probability=pyarrow.float64())


def _struct(**given: Any) -> Any:
    return pyarrow.struct(_fields(**given))


def _fields(**given: Any) -> list[Any]:
    return [pyarrow.field(name, kind) for name, kind in given.items()]
