"""The web pages in a web archive; what else is in it is passed over and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from onrecord.data import Document, Rejection
from onrecord.errors import ReadError
from onrecord.read.archive.payload import Payload, charset, media_type, response
from onrecord.read.archive.records import Archive, ArchiveRecord
from onrecord.read.files import Found
from onrecord.read.html.page import page_document
from onrecord.read.plain import most_markup, too_long
from onrecord.read.stream import Stream
from onrecord.settings import ReadOptions

_PAGES = frozenset({"response", "resource"})
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_BESIDE_BODY = 1 << 20
_DAMAGED = "read.damaged"


def warc_documents(stream: Stream, found: Found, options: ReadOptions) -> Iterator[Document | Rejection]:
    """One document for each page that was answered with 200, then a warning that counts what was passed over."""
    most = most_markup(options.longest_document)
    passed: Counter[str] = Counter()
    nothing = True
    for record in Archive(stream, most + _BESIDE_BODY, _PAGES).records():
        inside = replace(found, name=f"{found.name}-{record.number}", place=f"{found.locator}#{record.id or record.number}")
        try:
            page, what = _page(record, most)
            if record.damage and (page is None or not page.is_whole):
                raise ReadError(f"Record {record.number} is not whole: {record.damage}. Fetch the archive again.", code=_DAMAGED)
            if page is None:
                passed[what] += 1
                continue
            nothing = False
            yield from _documents(page, record, inside, options)
        except ReadError as error:
            nothing = False
            yield Rejection(inside.locator, error.code, error.message)
    if nothing:
        raise ReadError(f"There is no web page in this archive ({_counts(passed)}).".replace(" ()", ""), code="read.no_documents")
    if passed:
        yield Rejection(found.locator, "read.passed_over", f"No web pages, so passed over: {_counts(passed)}.", warning=True)


def _counts(passed: Counter[str]) -> str:
    return ", ".join(f"{count} {what}" for what, count in passed.most_common(8))


def _page(record: ArchiveRecord, most: int) -> tuple[Payload | None, str]:
    """The page in the record, with what it holds; None if it holds no page."""
    if record.type not in _PAGES:
        return None, record.type or "unnamed"
    sent = response(record.block)
    if sent is None:
        named = record.content_type
        sent = Payload(200, {"content-type": named}, record.block)
    if sent.status != 200:
        return None, f"answer {sent.status}"
    if (sent.media_type or media_type(record.content_type)) not in _HTML:
        return None, sent.media_type or "unnamed"
    if record.length > most + _BESIDE_BODY:
        raise too_long(most)
    return sent, ""


def _documents(page: Payload, record: ArchiveRecord, inside: Found, options: ReadOptions) -> list[Document | Rejection]:
    body = page.plain(most_markup(options.longest_document))
    return page_document(
        body,
        inside,
        options,
        url=record.url or None,
        charset=page.charset or charset(record.content_type),
        retrieved_at=record.retrieved_at or None,
    )
