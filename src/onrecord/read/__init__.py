"""Bytes -> Document. Plain text and JSON Lines, from files, folders and standard input, one document at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.data import Document, Rejection
from onrecord.errors import ReadError
from onrecord.read.files import Found, files
from onrecord.read.formats import Format, told
from onrecord.read.jsonlines import json_documents
from onrecord.read.plain import plain_document
from onrecord.read.stream import Stream, opened
from onrecord.settings import ReadOptions

__all__ = ["documents"]


def documents(paths: Iterable[str], options: ReadOptions | None = None) -> Iterator[Document | Rejection]:
    """Read what lies at the paths: files, folders and `-` for standard input, in order.

    What cannot be read is a Rejection in its place and the rest is still read. A Rejection that is a `warning` comes just
    before the document it is about. Nothing is opened before it is asked for, and one document is held at a time.
    """
    wanted = options or ReadOptions()
    for path in paths:
        for found in files(path):
            if isinstance(found, Rejection):
                yield found
            else:
                yield from _documents_in(found, wanted)


def _documents_in(found: Found, options: ReadOptions) -> Iterator[Document | Rejection]:
    try:
        with opened(found) as raw:
            yield from _documents_of(Stream(raw), found, options)
    except ReadError as error:
        yield Rejection(found.locator, error.code, error.message)
    except OSError as error:
        yield Rejection(found.locator, "read.not_readable", f"Reading broke off ({error}). Check that it is a file and that it is whole.")


def _documents_of(stream: Stream, found: Found, options: ReadOptions) -> Iterator[Document | Rejection]:
    if told(stream, found.suffix) is Format.JSON:
        return json_documents(stream, found, options)
    return plain_document(stream, found, options)
