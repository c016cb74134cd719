"""Where records and complaints go: records to standard output or files, complaints to standard error."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from onrecord.data import Record, Rejection
from onrecord.errors import RunError
from onrecord.export.jsonl import to_json, to_line

Writer = Callable[[Record], None]


class OutputFormat(StrEnum):
    TABLE = "table"
    JSONL = "jsonl"
    BRAT = "brat"


def chosen_format(told: str | None) -> OutputFormat:
    """The format that was asked for, or else the one that suits whoever reads standard output."""
    if told is not None:
        return OutputFormat(told)
    return OutputFormat.TABLE if sys.stdout.isatty() else OutputFormat.JSONL


def writer(output_format: OutputFormat, out: Path | None) -> Writer:
    """What writes one record in the format."""
    if output_format is OutputFormat.BRAT and out is not None:
        return _brat_writer(out)
    return _table_writer() if output_format is OutputFormat.TABLE else _jsonl_writer()


def _jsonl_writer() -> Writer:
    stream = sys.stdout.buffer

    def write(record: Record) -> None:
        stream.write(to_line(to_json(record)))
        stream.flush()

    return write


def _table_writer() -> Writer:
    from onrecord.export.table import Terminal, print_record  # noqa: PLC0415  # slow to import, and needed for this format only

    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    console = Terminal(file=sys.stdout, highlight=False, markup=False, emoji=False)

    def write(record: Record) -> None:
        print_record(record, console)
        sys.stdout.flush()

    return write


def _brat_writer(out: Path) -> Writer:
    from onrecord.export.brat import write_brat  # noqa: PLC0415

    def write(record: Record) -> None:
        try:
            write_brat(record, out)
        except OSError as error:
            raise RunError(f"{record.document.name!r} cannot be written below {out} ({error}). Check the folder and its space.") from error

    return write


class Complaints:
    """Rejections and warnings, on standard error: for people, or as JSON Lines beside `--format jsonl`."""

    def __init__(self, output_format: OutputFormat) -> None:
        self._as_json = output_format is OutputFormat.JSONL
        self._stream = sys.stderr.buffer
        self._warnings = 0

    def write(self, one: Rejection) -> None:
        """One line for one rejection or warning."""
        self._warnings += one.warning
        if self._as_json:
            self._put(to_line({"locator": one.locator, "code": one.code, "message": one.message}))
            return
        from onrecord.export.table import shown  # noqa: PLC0415

        kind = "warning" if one.warning else "rejected"
        self._put(f"{kind}: {shown(one.locator)}: {shown(one.message)} [{one.code}]\n".encode("utf8", "replace"))

    def write_failure(self, code: str, message: str) -> None:
        """Why the whole run ended."""
        if self._as_json:
            self._put(to_line({"locator": "", "code": code, "message": message}))
        else:
            self._put(f"onrecord: {message} [{code}]\n".encode("utf8", "replace"))

    def sum_up(self, recorded: int, rejected: int) -> None:
        """The last line for people, where there was anything to complain of."""
        if not self._as_json and rejected:
            self._put(f"{recorded} read, {rejected} rejected, {self._warnings} warnings\n".encode())

    def _put(self, line: bytes) -> None:
        self._stream.write(line)
        self._stream.flush()
