"""A file of plain text: one document, its text unchanged."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.data import Document, Rejection
from onrecord.errors import ReadError
from onrecord.read.creation import creation
from onrecord.read.decode import decoded
from onrecord.read.files import Found
from onrecord.read.stream import Stream
from onrecord.settings import ReadOptions

_MOST_BYTES = 4  # of one character, in every character set read here


def plain_document(stream: Stream, found: Found, options: ReadOptions) -> Iterator[Document | Rejection]:
    """The one document of the file, after its warnings.

    Raises:
        ReadError: too long, blank, or no text at all.
    """
    text, complaint = decoded(whole(stream, options.longest_document))
    check_text(text, options.longest_document)
    dated = creation(text, None, options.date)
    if complaint:
        yield Rejection(found.locator, "read.encoding", complaint, warning=True)
    if dated.warning:
        yield Rejection(found.locator, *dated.warning, warning=True)
    yield Document(found.name, text, found.locator, dated.time, dated.basis, options.publisher)


def whole(stream: Stream, longest: int) -> bytes:
    """All bytes, never more than a document of `longest` characters can have."""
    limit = _MOST_BYTES * longest + _MOST_BYTES
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise too_long(longest)
    return data


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
