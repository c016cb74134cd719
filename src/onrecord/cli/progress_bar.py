"""How far `onrecord add` has come: a bar with rate and time left, for somebody who watches."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from onrecord.data import Document, Rejection
from onrecord.read.files import Found, files

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_PATIENCE_SECONDS = 2.0


class ProgressBar:
    """A bar on standard error after two seconds, where that is a terminal. What is left is counted in bytes of the files."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._watched = sys.stderr.isatty()
        self._sizes = dict(_sizes(paths)) if self._watched else {}
        self._total = sum(self._sizes.values())
        self._started = time.monotonic()
        self._done = self._in_file = 0
        self._file = ""
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def counted(self, given: Iterable[Document | Rejection]) -> Iterator[Document | Rejection]:
        """What is given, watched as it passes."""
        for one in given:
            if self._watched and isinstance(one, Document):
                self._pass(one)
            yield one

    def show(self, recorded: int, known: int, rejected: int) -> None:
        """Say how many documents were added, were known and were rejected so far."""
        seconds = time.monotonic() - self._started
        if not self._watched or seconds < _PATIENCE_SECONDS:
            return
        words = f"{recorded:,} added, {known:,} known, {rejected:,} rejected, {recorded / seconds:,.1f} a second"
        if self._bar is None:
            self._bar, self._task = _bar(self._total or None)
        if self._task is not None:
            self._bar.update(self._task, completed=self.done, description=words)

    @property
    def done(self) -> int:
        """Bytes of the files that are behind, as far as can be told: a file that is being read counts by its texts."""
        return min(self._done + min(self._in_file, self._sizes.get(self._file, 0)), self._total)

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()

    def _pass(self, document: Document) -> None:
        path = document.locator
        while path and path not in self._sizes:
            path = path[: max(path.rfind("/"), path.rfind(":"), path.rfind("#"), 0)]
        if path != self._file:
            self._done += self._sizes.get(self._file, 0)
            self._file, self._in_file = path, 0
        self._in_file += len(document.text)


def _sizes(paths: Iterable[str]) -> Iterator[tuple[str, int]]:
    for path in paths:
        for found in files(path):
            if isinstance(found, Found) and os.path.isfile(found.path):  # noqa: PTH113  # Path refuses some names that open takes
                yield found.path, os.path.getsize(found.path)  # noqa: PTH202


def _bar(total: int | None) -> tuple[Progress, TaskID]:
    from rich.console import Console  # noqa: PLC0415  # slow to import, and seldom needed
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True, highlight=False), transient=True)
    bar.start()
    return bar, bar.add_task("", total=total)
