"""Lines for people, one after the other on standard output."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

from onrecord.cli.output import OutputFormat
from onrecord.export.jsonl import to_line

if TYPE_CHECKING:
    from rich.text import Text

Found = TypeVar("Found")


def line_printer() -> Callable[[str | Text], None]:
    """What prints a line; on a terminal in colour."""
    from onrecord.export.table import Terminal  # noqa: PLC0415  # slow to import, and needed for this format only

    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    console = Terminal(file=sys.stdout, highlight=False, markup=False, emoji=False)

    def write(line: str | Text) -> None:
        console.print(line, soft_wrap=True)
        sys.stdout.flush()

    return write


def print_each(
    found: Iterable[Found], output_format: OutputFormat, value: Callable[[Found], object], lines: Callable[[Found], Iterable[str | Text]]
) -> None:
    """Each answer on standard output: a JSON object, or its lines for people."""
    if output_format is OutputFormat.JSONL:
        for one in found:
            sys.stdout.buffer.write(to_line(value(one)))
        return
    write = line_printer()
    for one in found:
        for line in lines(one):
            write(line)
