"""A file of plain text: one document, its text unchanged."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from onrecord.data import Document, Rejection
from onrecord.errors import ReadError
from onrecord.read.creation import creation
from onrecord.read.decode import decoded
from onrecord.read.files import Found
from onrecord.read.stream import Stream
from onrecord.settings import ReadOptions

_MOST_BYTES = 4  # of one character, in every character set read here
_MOST_MARKUP = 32 << 20


def plain_document(stream: Stream, found: Found, options: ReadOptions) -> Iterator[Document | Rejection]:
    """The one document of the file, after its warnings.

    Raises:
        ReadError: too long, blank, or no text at all.
    """
    data = whole(stream, options.longest_document)
    text, complaint = decoded(data, found.charset)
    check_text(text, options.longest_document)
    dated = creation(text, None, options.date)
    if complaint:
        yield Rejection(found.locator, "read.encoding", complaint, warning=True)
    if dated.warning:
        yield Rejection(found.locator, *dated.warning, warning=True)
    yield Document(found.name, text, found.locator, dated.time, dated.basis, options.publisher, raw_sha256=raw_sha256(data))


def whole(stream: Stream, longest: int) -> bytes:
    """All bytes, never more than a document of `longest` characters can have."""
    return within(stream, most_bytes(longest), longest)


def whole_markup(stream: Stream, longest: int) -> bytes:
    """All bytes of a page or a feed, of which the text is the smaller part."""
    return within(stream, most_markup(longest), longest)


def within(stream: Stream, limit: int, longest: int) -> bytes:
    """All bytes, if there are no more than `limit`.

    Raises:
        ReadError: there are more.
    """
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise too_long(longest)
    stream.check_whole()
    return data


def most_bytes(longest: int) -> int:
    """The most bytes that a text of `longest` characters can have."""
    return _MOST_BYTES * longest + _MOST_BYTES


def most_markup(longest: int) -> int:
    """The most bytes of markup that are read for the sake of a text of `longest` characters."""
    return max(most_bytes(longest), _MOST_MARKUP)


def raw_sha256(data: bytes) -> str:
    """The digest under which the bytes of a document are known, as they came out of any packing."""
    return hashlib.sha256(data).hexdigest()


def check_text(text: str, longest: int) -> None:
    """Refuse a text that is blank or too long.

    Raises:
        ReadError: it is one of them.
    """
    if len(text) > longest:
        raise too_long(longest)
    if not text or text.isspace():
        raise ReadError("There is nothing but white space. Check that the text was saved.", code="read.empty")


def too_long(longest: int) -> ReadError:
    """The refusal of a document of more than `longest` characters."""
    return ReadError(
        f"It has more than {longest:,} characters. Split it into documents, or raise the setting longest_document.",
        code="read.too_long",
    )
