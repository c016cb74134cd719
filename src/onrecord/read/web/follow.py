"""The pages behind the entries of a feed: a feed often gives no more than the first lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from onrecord.data import CreationBasis, Document, Rejection
from onrecord.errors import ReadError
from onrecord.read.files import without_password
from onrecord.read.web.answers import Reads, documents_in_answer
from onrecord.read.web.fetch import fetched
from onrecord.settings import ReadOptions

_SURE = (CreationBasis.ARGUMENT, CreationBasis.METADATA)
_NOT_FOLLOWED = "read.not_followed"


def followed(entries: Iterable[Document | Rejection], options: ReadOptions, read: Reads) -> Iterator[Document | Rejection]:
    """Each entry of a feed, with the text of the page behind it where that can be had.

    Args:
        entries: what the feed gives, warnings before the document that they are about.
        options: how to fetch and read.
        read: makes documents of what was fetched.
    """
    warnings: list[Rejection] = []
    for one in entries:
        if isinstance(one, Document):
            yield from _followed(one, warnings, options, read)
            warnings = []
        elif one.warning:
            warnings.append(one)
        else:
            yield from warnings
            yield one
            warnings = []
    yield from warnings


def _followed(entry: Document, warnings: list[Rejection], options: ReadOptions, read: Reads) -> Iterator[Document | Rejection]:
    try:
        about, page = _page(entry, options, read)
    except ReadError as error:
        where = f"The page {without_password(entry.url)}" if entry.url else "The page"
        message = f"{where} is not read ({error.message.rstrip('.')}), so the entry is read as the feed gives it."
        yield from warnings
        yield Rejection(entry.locator, _NOT_FOLLOWED, message, warning=True)
        yield entry
        return
    whole = _filled(page, entry)
    yield from (one for one in about if one.code != "read.undated" or whole.creation_time is None)
    yield whole


def _page(entry: Document, options: ReadOptions, read: Reads) -> tuple[list[Rejection], Document]:
    """The one document behind an entry, and the warnings about it.

    Raises:
        ReadError: there is none, or more than one, or it says less than the entry.
    """
    if not entry.url:
        raise ReadError("the feed gives no address for it", code=_NOT_FOLLOWED)
    about: list[Rejection] = []
    page: Document | None = None
    for one in documents_in_answer(fetched(entry.url, options), replace(options, follow=False), read):
        if isinstance(one, Rejection):
            about.append(one)
        elif page is not None:
            raise ReadError("it holds several documents", code=_NOT_FOLLOWED)
        else:
            page = one
    if page is None:
        raise ReadError(about[-1].message if about else "there is nothing to read", code=_NOT_FOLLOWED)
    if len(page.text) < len(entry.text):
        raise ReadError("it gives less text than the feed", code=_NOT_FOLLOWED)
    return about, page


def _filled(page: Document, entry: Document) -> Document:
    """The page, and where it does not say something of itself, what the feed says of it."""
    of_page = page.creation_time_basis in _SURE or entry.creation_time is None
    return replace(
        page,
        creation_time=page.creation_time if of_page else entry.creation_time,
        creation_time_basis=page.creation_time_basis if of_page else entry.creation_time_basis,
        publisher=page.publisher or entry.publisher,
        title=page.title or entry.title,
        author=page.author or entry.author,
        genre=page.genre or entry.genre,
    )
