"""JSON Feed (jsonfeed.org, versions 1 and 1.1) -> one document an entry."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from onrecord.data import Document, Rejection
from onrecord.errors import ReadError
from onrecord.read.decode import decoded
from onrecord.read.facts import Facts
from onrecord.read.feed.entries import entry_documents, genre_of
from onrecord.read.files import Found
from onrecord.read.instants import instant
from onrecord.read.markup import text_of_markup, text_of_title
from onrecord.read.plain import raw_sha256, whole_markup
from onrecord.read.stream import Stream
from onrecord.settings import ReadOptions


def json_feed_documents(stream: Stream, found: Found, options: ReadOptions) -> Iterator[Document | Rejection]:
    """One document an entry; one without words is rejected under its number.

    Raises:
        ReadError: it is no JSON, or has no entries.
    """
    data = whole_markup(stream, options.longest_document)
    try:
        feed = json.loads(decoded(data, found.charset)[0])
    except (ValueError, RecursionError) as error:
        raise ReadError(f"This looks like a JSON Feed and is not JSON ({error}). Fetch it again.", code="read.not_json") from error
    items = feed.get("items")
    entries = (_entry(one, feed, raw_sha256(data)) for one in items if isinstance(one, dict)) if isinstance(items, list) else iter(())
    yield from entry_documents(entries, found, options)


def _entry(item: dict[str, Any], feed: dict[str, Any], digest: str) -> Facts:
    title = text_of_title(_string(item, "title"))
    written = _string(item, "date_published") or _string(item, "date_modified")
    text = text_of_markup(_string(item, "content_html")) or _string(item, "content_text").strip() or _string(item, "summary").strip()
    tags = item.get("tags")
    return Facts(
        text or title,
        digest,
        title=title,
        author=_authors(item) or _authors(feed),
        publisher=_string(feed, "title"),
        id=_string(item, "id") or str(item.get("id") or ""),
        url=_address(_string(feed, "feed_url") or _string(feed, "home_page_url"), _string(item, "url")),
        creation_time=instant(written) or written,
        language=_string(item, "language") or _string(feed, "language"),
        genre=genre_of(str(tag) for tag in tags) if isinstance(tags, list) else None,
    )


def _address(base: str, link: str) -> str | None:
    try:
        whole = urljoin(base, link)
    except ValueError:
        return None
    return whole if link and whole.startswith(("http://", "https://")) else None


def _string(values: dict[str, Any], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _authors(values: dict[str, Any]) -> str:
    told = values.get("authors")
    people = told if isinstance(told, list) else [values.get("author")]
    return ", ".join(name for one in people if isinstance(one, dict) and (name := _string(one, "name")))
