"""The two calls of the Python library. They give the values that the command prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from onrecord.data import CreationBasis, Document, Record, Rejection
from onrecord.errors import ReadError
from onrecord.read import documents
from onrecord.settings import ReadOptions

if TYPE_CHECKING:
    from onrecord.pipeline import Reader


def records(
    *paths: str,
    publisher: str | None = None,
    date: str | None = None,
    language: str | None = None,
    min_probability: float = 0.5,
    rejected: Callable[[Rejection], None] | None = None,
) -> Iterator[Record]:
    """The record of every document at the paths: files, folders, or "-" for standard input.

    Args:
        paths: what to read.
        publisher: who published them, where they do not say so themselves.
        date: their creation time (ISO 8601), before what they say themselves.
        language: what they are written in (ISO 639), before what their texts show; records of other languages than "en" are empty.
        min_probability: statements and links less likely than this are left out.
        rejected: called with each document that could not be read and each warning; without it the first failure raises.

    Raises:
        ReadError: a document could not be read and `rejected` was not given.
        WeightsError: the model is missing or damaged.
    """
    reader = _reader()
    for found in documents(paths, ReadOptions(publisher, date, language=language)):
        if isinstance(found, Document):
            yield reader.record(found, min_probability=min_probability)
        elif rejected is not None:
            rejected(found)
        elif not found.warning:
            raise ReadError(f"{found.locator}: {found.message}", code=found.code, locator=found.locator)


def text_record(
    text: str, *, name: str = "text", date: str | None = None, publisher: str | None = None, min_probability: float = 0.5
) -> Record:
    """The record of one text at hand. `date` is its creation time (ISO 8601): relative days are counted from it."""
    basis = CreationBasis.ARGUMENT if date else None
    document = Document(name, text, creation_time=date, creation_time_basis=basis, publisher=publisher)
    return _reader().record(document, min_probability=min_probability)


_kept: list[Reader] = []


def _reader() -> Reader:
    """One reader for the process: the model is loaded once."""
    from onrecord.pipeline import Reader  # noqa: PLC0415  # loads the model's runtime, which `import onrecord` must not

    if not _kept:
        _kept.append(Reader())
    return _kept[0]
