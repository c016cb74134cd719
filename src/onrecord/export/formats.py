"""A ledger, or a part of it -> the bytes of a file, in the format that is asked for. What a format cannot take is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from onrecord.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from onrecord.record.ledger import Ledger

Item = TypeVar("Item")
Filters = Mapping[str, Any]


class Format(StrEnum):
    """What a ledger can be exported to."""

    JSONL = "jsonl"
    WEB_ANNOTATION = "webannotation"
    SCHEMA_ORG = "schemaorg"
    PROV = "prov"
    BRAT = "brat"
    CSV = "csv"
    PARQUET = "parquet"
    ICS = "ics"
    REPORT = "report"


NEEDS_PLACE = frozenset({Format.BRAT, Format.PARQUET})  # a folder, or bytes that are no text
_OF_RECORDS = frozenset({"by", "about", "since", "until", "stance", "as_of", "publisher", "documents"})
_TAKES = {
    Format.ICS: frozenset({"by", "since", "until", "as_of"}),
    Format.REPORT: frozenset({"about", "by", "since", "until", "as_of"}),
}
_OPTIONS = {"documents": "--document", "as_of": "--as-of"}


def checked(wanted: Format, filters: Filters) -> dict[str, Any]:
    """The filters that are given.

    Raises:
        UsageError: the format does not take one of them, or lacks one that it needs.
    """
    given = {name: value for name, value in filters.items() if value}
    takes = _TAKES.get(wanted, _OF_RECORDS)
    if wrong := sorted(given.keys() - takes):
        options = ", ".join(map(_option, wrong))
        message = f"{wanted} takes no {options}; it takes {', '.join(map(_option, sorted(takes)))}."
        raise UsageError(message, code="usage.bad_export")
    if wanted is Format.REPORT and "about" not in given:
        raise UsageError('A report is of one matter: say which, in any words: --about "night flights".', code="usage.bad_export")
    return given


def exported(ledger: Ledger, wanted: Format, given: Filters) -> Iterator[bytes]:
    """The file, piece by piece; nothing before it is known that the ledger can answer.

    Raises:
        LedgerError: nobody has the name, there is no such document, or the ledger cannot be read.
        UsageError: a day or stance is none, or there is no word in `about`.
    """
    if wanted is Format.REPORT:
        return _report(ledger, given)
    if wanted is Format.ICS:
        return _calendar(ledger, given)
    return _records(ledger, wanted, given)


def write_folder(ledger: Ledger, given: Filters, folder: Path) -> int:
    """Write brat's files below the folder; of how many documents."""
    from onrecord.export.brat import write_brat  # noqa: PLC0415  # each format loads what it needs
    from onrecord.find.records import WantedRecords, records  # noqa: PLC0415

    count = 0
    for one in records(ledger, WantedRecords(**given)):
        write_brat(one.record, folder)
        count += 1
    return count


def write_table(ledger: Ledger, given: Filters, file: Path) -> int:
    """Write a Parquet file; how many statements.

    Raises:
        UsageError: pyarrow is not installed.
    """
    from onrecord.export.parquet import write_parquet  # noqa: PLC0415
    from onrecord.find.records import WantedRecords, records  # noqa: PLC0415

    return write_parquet(records(ledger, WantedRecords(**given)), file)


def _records(ledger: Ledger, wanted: Format, given: Filters) -> Iterator[bytes]:
    from onrecord.export.csv import csv_lines  # noqa: PLC0415
    from onrecord.export.jsonl import to_json, to_line  # noqa: PLC0415
    from onrecord.export.prov import prov  # noqa: PLC0415
    from onrecord.export.schema_org import schema_org  # noqa: PLC0415
    from onrecord.export.web_annotation import web_annotations  # noqa: PLC0415
    from onrecord.find.origins import origins  # noqa: PLC0415
    from onrecord.find.records import WantedRecords, records  # noqa: PLC0415

    which = WantedRecords(**given)
    if wanted is Format.PROV:
        yield from prov(_begun(origins(ledger, which)))
        return
    held = _begun(records(ledger, which))
    if wanted is Format.JSONL:
        yield from (to_line(to_json(one.record, one.program.removeprefix("onrecord "))) for one in held)
    else:
        yield from {Format.CSV: csv_lines, Format.SCHEMA_ORG: schema_org, Format.WEB_ANNOTATION: web_annotations}[wanted](held)


def _calendar(ledger: Ledger, given: Filters) -> Iterator[bytes]:
    from onrecord.export.calendar import calendar  # noqa: PLC0415
    from onrecord.find.events import WantedEvents, announced  # noqa: PLC0415

    yield from (line.encode("utf8") for line in calendar(announced(ledger, WantedEvents(**given))))


def _report(ledger: Ledger, given: Filters) -> Iterator[bytes]:
    from onrecord.export.report import report  # noqa: PLC0415
    from onrecord.find.position_matter import WantedPositions  # noqa: PLC0415

    yield report(ledger, WantedPositions(**given), datetime.now(UTC).date()).encode("utf8", "replace")


def _begun(items: Iterable[Item]) -> Iterator[Item]:
    """The same items, of which the first is already there: what can fail at once has failed."""
    found = iter(items)
    first = list(next(([one] for one in found), []))
    return chain(first, found)


def _option(name: str) -> str:
    return _OPTIONS.get(name, f"--{name}")
