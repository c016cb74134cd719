"""Lines for people, one after the other on standard output."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text


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
