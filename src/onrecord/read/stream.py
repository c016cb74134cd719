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
        return Path(found.path).open("rb")
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

    def put_back(self, read: bytes) -> None:
        """Let these bytes be read again, before all others."""
        self._held = io.BytesIO(read + self._held.read())

    def read(self, limit: int) -> bytes:
        """At most `limit` bytes; fewer only at the end."""
        pieces = [self._held.read(limit)]
        missing = limit - len(pieces[0])
        while missing > 0 and (piece := self._raw.read(min(missing, 16 * PIECE))):
            pieces.append(piece)
            missing -= len(piece)
        return b"".join(pieces)

    def line(self, limit: int) -> bytes:
        """The next line with its line break, cut at `limit` bytes; empty at the end."""
        start = self._held.readline(limit)
        if start.endswith(b"\n") or len(start) == limit:
            return start
        return start + self._raw.readline(limit - len(start))

    def head(self) -> bytes:
        """The bytes up to the end of the first line that is not blank, or one piece; they stay to be read."""
        head = b""
        while len(head) < PIECE and not head.strip() and (line := self.line(PIECE - len(head))):
            head += line
        self.put_back(head)
        return head
