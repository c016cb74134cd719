"""Reads what is pasted or uploaded, in a process of its own: whatever a text does to it, the desk goes on, and no text takes for ever.

Nothing is fetched: what is read lies in a file of this machine, and what it links to is left alone.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from threading import Lock

from onrecord.data import Document, Record, Rejection
from onrecord.errors import ReadError, ServeError
from onrecord.read import documents
from onrecord.run.local import Reads, RunOptions, records
from onrecord.run.workers import Worker, WorkerDied
from onrecord.settings import ReadOptions

MOST_DOCUMENTS = 20
LONGEST_TEXT = 400_000  # characters of one document: a long book chapter


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody wants read: the bytes, what to call them, and what is known of them."""

    data: bytes
    name: str = "text"
    date: str | None = None
    publisher: str | None = None
    url: str | None = None


Results = list[Record | Rejection]


class ReadingRoom:
    """One process that reads, started with the first text and again after one that took too long."""

    def __init__(self, make_reader: Callable[[int], Reads], seconds: float) -> None:
        """`seconds`: how long one reading may take, waiting for its turn not counted."""
        self._worker: Worker[Given, Results] = Worker(partial(_read, make_reader))
        self._seconds = seconds
        self._lock = Lock()

    def records(self, given: Given) -> Results:
        """The records of the documents in it, or why there are none.

        Raises:
            ServeError: it takes too long, or others are waiting for too long, or the process that read it died.
            RunError: no document can be read.
        """
        if not self._lock.acquire(timeout=self._seconds):
            raise ServeError("Others have texts read just now. Try again in a minute.", code="serve.too_slow")
        try:
            return self._worker.answer(given, self._seconds)
        except TimeoutError as error:
            raise ServeError(f"Reading it took more than {self._seconds:g} seconds and was broken off.", code="serve.too_slow") from error
        except WorkerDied as error:
            raise ServeError("The process that read it died, perhaps for want of memory. Try again.", code="serve.failed") from error
        finally:
            self._lock.release()

    def close(self) -> None:
        """End the process, in the middle of a text if need be."""
        self._worker.close()


@cache
def _reader(make_reader: Callable[[int], Reads]) -> Reads:
    return make_reader(1)


def _read(make_reader: Callable[[int], Reads], given: Given) -> Results:
    """What one text gives; in the reading process."""
    options = ReadOptions(given.publisher, given.date, LONGEST_TEXT)
    suffix = Path(given.name).suffix[:12]
    with tempfile.TemporaryDirectory(prefix="onrecord-desk-") as folder:
        path = Path(folder) / f"text{suffix if suffix.isascii() and suffix[1:].isalnum() else ''}"
        path.write_bytes(given.data)
        found = []
        for one in documents([str(path)], options):
            found.append(_named(one, given))
            if sum(isinstance(each, Document) for each in found) > MOST_DOCUMENTS:
                raise ReadError(f"It holds more than {MOST_DOCUMENTS} documents: `onrecord add` reads any number.", code="read.too_long")
    return list(records(found, RunOptions(make_reader=lambda _: _reader(make_reader))))


def _named(one: Document | Rejection, given: Given) -> Document | Rejection:
    """Called after what it was uploaded as, not after the file that it lay in."""
    if isinstance(one, Rejection):
        return replace(one, locator=given.name)
    stem = Path(given.name).stem or "text"
    return replace(one, name=one.name.replace("text", stem, 1), locator=f"desk:{given.name}", url=given.url or one.url)
