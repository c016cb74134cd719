"""What a reader found out about one document -> the document, after the warnings about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.data import Document, Genre, Rejection
from onrecord.errors import ReadError
from onrecord.read.creation import creation
from onrecord.read.files import Found
from onrecord.read.plain import check_text
from onrecord.settings import ReadOptions


@dataclass(frozen=True, slots=True)
class Facts:
    """The text and what is said of it beside the text. `complaint` is what to warn of about its letters.

    `language` is what the publisher says; `read.language` weighs it against the text. `id` is what a feed calls an entry.
    `broken_off`: what was sent ends in the middle of it.
    """

    text: str
    raw_sha256: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    creation_time: str | None = None
    language: str | None = None
    genre: Genre | None = None
    notes: tuple[str, ...] = ()
    retrieved_at: str | None = None
    complaint: str | None = None
    id: str = ""
    broken_off: bool = False


def made(facts: Facts, found: Found, options: ReadOptions) -> Iterator[Document | Rejection]:
    """The document, called and placed as `found` is.

    Raises:
        ReadError: the text is blank, too long, or not whole.
    """
    if facts.broken_off:
        raise ReadError("What was sent breaks off in the middle of it. Fetch it again.", code="read.damaged")
    check_text(facts.text, options.longest_document)
    dated = creation(facts.text, facts.creation_time, options.date)
    if facts.complaint:
        yield Rejection(found.locator, "read.encoding", facts.complaint, warning=True)
    if dated.warning:
        yield Rejection(found.locator, *dated.warning, warning=True)
    yield Document(
        found.name,
        facts.text,
        found.locator,
        dated.time,
        dated.basis,
        publisher=options.publisher or facts.publisher or None,
        title=facts.title or None,
        url=facts.url or None,
        language=facts.language or "en",
        author=facts.author or None,
        genre=facts.genre,
        notes=facts.notes,
        retrieved_at=facts.retrieved_at,
        raw_sha256=facts.raw_sha256,
    )
