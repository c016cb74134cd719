"""Bytes that can be looked at before they are read."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import ReadError
from onrecord.read.files import STANDARD_INPUT, Found
from onrecord.read.pipes import opened_pipe

PIECE = 1 << 16


@contextmanager
def opened(found: Found) -> Iterator[BinaryIO]:
    """The bytes of a file, or those of standard input, which stays open.

    Raises:
        ReadError: there is no such file, or it may not be read.
    """
    if found.path == STANDARD_INPUT:
        if sys.stdin is None:
            raise ReadError("Standard input is closed. Pipe a text into it.")
        yield sys.stdin.buffer
        return
    with _open(found) as raw:
        yield raw


def _open(found: Found) -> BinaryIO:
    try:
        path = Path(found.path)
        return opened_pipe(path) if path.is_fifo() else path.open("rb")
    except FileNotFoundError as error:
        raise ReadError("There is no such file or folder. Check the path.", code="read.not_found", path=found.path) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"It cannot be opened ({reason}). Check that you may read it.", path=found.path) from error


class Stream:
    """A binary file whose first bytes can be put back."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self._held = io.BytesIO()
        self._broken: ReadError | None = None

    def put_back(self, read: bytes) -> None:
        """Let these bytes be read again, before all others."""
        self._held = io.BytesIO(read + self._held.read())

    def peek(self, limit: int) -> bytes:
        """The first `limit` bytes, or all if there are fewer; they stay to be read."""
        start = self.read(limit)
        self.put_back(start)
        return start

    def read(self, limit: int) -> bytes:
        """At most `limit` bytes; fewer only at the end, or where it breaks off: then the next call raises, as does `check_whole`.

        Raises:
            ReadError: it breaks off here.
        """
        pieces = [self._held.read(limit)]
        missing = limit - len(pieces[0])
        try:
            while missing > 0 and (piece := self._more(min(missing, 16 * PIECE))):
                pieces.append(piece)
                missing -= len(piece)
        except ReadError:
            if not any(pieces):
                raise
        return b"".join(pieces)

    def _more(self, limit: int) -> bytes:
        self.check_whole()
        try:
            return self._raw.read(limit)
        except ReadError as error:
            self._broken = error
            raise

    def check_whole(self) -> None:
        """See that reading did not end because it could not go on.

        Raises:
            ReadError: it did.
        """
        if self._broken is not None:
            raise self._broken

    def rewound(self) -> BinaryIO | None:
        """The file below, at its start again, if it is one in which that can be done."""
        if not self._raw.seekable():
            return None
        self._raw.seek(0)
        return self._raw

    def line(self, limit: int) -> bytes:
        """The next line with its line break, cut at `limit` bytes; empty at the end."""
        start = self._held.readline(limit)
        if start.endswith(b"\n") or len(start) == limit:
            return start
        self.check_whole()
        return start + self._raw.readline(limit - len(start))

    def head(self) -> bytes:
        """The bytes up to the end of the first line that is not blank, or one piece; they stay to be read."""
        lines: list[bytes] = []
        size = 0
        while size < PIECE and not (lines and lines[-1].strip()) and (line := self.line(PIECE - size)):
            lines.append(line)
            size += len(line)
        head = b"".join(lines)
        self.put_back(head)
        return head
