"""What was fetched from the web, made ready for the readers of files."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from httpx2 import URL

from onrecord.data import Document, Rejection
from onrecord.errors import ReadError
from onrecord.read.feed.feed import feed_documents
from onrecord.read.feed.json_feed import json_feed_documents
from onrecord.read.files import Found
from onrecord.read.formats import Format, told
from onrecord.read.stream import Stream
from onrecord.read.web.addresses import name_of, web_address
from onrecord.read.web.fetch import Fetched, fetched
from onrecord.settings import ReadOptions

Reads = Callable[[Stream, Found, ReadOptions], Iterator[Document | Rejection]]

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/feed+json": ".json",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/pdf": ".pdf",
    "application/warc": ".warc",
    "message/rfc822": ".eml",
    "text/markdown": ".md",
    "text/plain": ".txt",
}


def found_at(got: Fetched) -> Found:
    """The answer as a file: called after its address, its format told by the server where the bytes do not tell it."""
    url = URL(got.url)
    path = PurePosixPath(url.path)
    suffix = _SUFFIXES.get(got.media_type) or path.suffix
    return Found(got.url, name_of(url), file_name=f"{path.stem}{suffix}", url=got.url, charset=got.charset, retrieved_at=got.retrieved_at)


def documents_at(found: Found, options: ReadOptions, read: Reads) -> Iterator[Document | Rejection]:
    """Fetch the address and read what lies there with `read`.

    Raises:
        ReadError: it cannot be had, must not be, or is nothing that can be read.
    """
    return documents_in_answer(fetched(found.path, options), options, read)


def documents_in_answer(got: Fetched, options: ReadOptions, read: Reads) -> Iterator[Document | Rejection]:
    """The documents in an answer; each says where and when it was had."""
    found = found_at(got)
    for one in read(Stream(io.BytesIO(got.body)), found, options):
        yield _placed(one, found) if isinstance(one, Document) else one


def entries_in(got: Fetched, options: ReadOptions) -> Iterator[Document | Rejection]:
    """The entries of a feed that was fetched, as the feed gives them; a locator is the feed's, "#" and the entry's own name.

    Raises:
        ReadError: it is no feed, or has no entries.
    """
    found = found_at(got)
    stream = Stream(io.BytesIO(got.body))
    known = told(stream, found.suffix)
    if known not in (Format.FEED, Format.JSON_FEED):
        raise ReadError(f"This is {known}, not a feed. Give the address of the feed itself.", code="read.bad_feed")
    read = feed_documents if known is Format.FEED else json_feed_documents
    return (_named(_placed(one, found)) if isinstance(one, Document) else one for one in read(stream, found, options))


def _named(entry: Document) -> Document:
    """The entry, called after its own address: its number in the feed changes from day to day."""
    try:
        return replace(entry, name=name_of(web_address(entry.url or "")))
    except ReadError:
        return entry


def _placed(document: Document, found: Found) -> Document:
    is_all = document.locator == found.locator
    return replace(
        document,
        url=document.url or (found.url if is_all else None),
        retrieved_at=document.retrieved_at or found.retrieved_at,
    )
