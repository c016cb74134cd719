"""Reads what is pasted or uploaded, in a process of its own: whatever a text does to it, the desk goes on, and no text takes for ever.

Nothing is fetched: what is read lies in a file of this machine, and what it links to is left alone.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from onrecord.data import Document, Record, Rejection
from onrecord.errors import ReadError, ServeError
from onrecord.read import documents
from onrecord.run.local import ReadsDrafts, RunOptions, records
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
MakeReader = Callable[[int], ReadsDrafts]
Makes = Callable[[MakeReader, Given], Any]
Made = TypeVar("Made")


class ReadingRoom:
    """One process that reads, started with the first text and again after one that took too long."""

    def __init__(self, make_reader: MakeReader, seconds: float) -> None:
        """`seconds`: how long one reading may take, waiting for its turn not counted."""
        self._worker: Worker[tuple[Makes, Given], Any] = Worker(partial(_made, make_reader))
        self._seconds = seconds
        self._lock = Lock()

    def records(self, given: Given) -> Results:
        """The records of the documents in it, or why there are none.

        Raises:
            ServeError: it takes too long, or others are waiting for too long, or the process that read it died.
            RunError: no document can be read.
        """
        return self.made(_read, given)

    def made(self, make: Callable[[MakeReader, Given], Made], given: Given) -> Made:
        """What `make` makes of it in the process that reads.

        Raises:
            ServeError: it takes too long, or others are waiting for too long, or the process that reads died.
        """
        if not self._lock.acquire(timeout=self._seconds):
            raise ServeError("Others have texts read just now. Try again in a minute.", code="serve.too_slow")
        try:
            found: Made = self._worker.answer((make, given), self._seconds)
            return found
        except TimeoutError as error:
            raise ServeError(f"Reading it took more than {self._seconds:g} seconds and was broken off.", code="serve.too_slow") from error
        except WorkerDied as error:
            raise ServeError("The process that read it died, perhaps for want of memory. Try again.", code="serve.failed") from error
        finally:
            self._lock.release()

    def close(self) -> None:
        """End the process, in the middle of a text if need be."""
        self._worker.close()


def _made(make_reader: MakeReader, asked: tuple[Makes, Given]) -> Any:
    """What is made of one text; in the reading process."""
    make, given = asked
    return make(make_reader, given)


@cache
def reader_of(make_reader: MakeReader) -> ReadsDrafts:
    """The reader of this process, made once."""
    return make_reader(1)


@contextmanager
def lying(given: Given) -> Iterator[list[Document | Rejection]]:
    """The documents in it, as they lie in a file that is there meanwhile.

    Raises:
        ReadError: there are too many.
    """
    options = ReadOptions(given.publisher, given.date, LONGEST_TEXT)
    suffix = Path(given.name).suffix[:12]
    with tempfile.TemporaryDirectory(prefix="onrecord-desk-") as folder:
        path = Path(folder) / f"text{suffix if suffix.isascii() and suffix[1:].isalnum() else ''}"
        path.write_bytes(given.data)
        found = []
        for one in documents([str(path)], options):
            found.append(one)
            if sum(isinstance(each, Document) for each in found) > MOST_DOCUMENTS:
                raise ReadError(f"It holds more than {MOST_DOCUMENTS} documents: `onrecord add` reads any number.", code="read.too_long")
        yield found


def _read(make_reader: MakeReader, given: Given) -> Results:
    """What one text gives; in the reading process."""
    with lying(given) as found:
        named = [called(one, given) for one in found]
    return list(records(named, RunOptions(make_reader=lambda _: reader_of(make_reader))))


def called(one: Document | Rejection, given: Given) -> Document | Rejection:
    """Called after what it was uploaded as, not after the file that it lay in."""
    if isinstance(one, Rejection):
        return replace(one, locator=given.name)
    return replace(one, name=name_of(one, given), locator=f"desk:{given.name}", url=given.url or one.url)


def name_of(document: Document, given: Given) -> str:
    """The name of the document, after what it was uploaded as."""
    return document.name.replace("text", Path(given.name).stem or "text", 1)
