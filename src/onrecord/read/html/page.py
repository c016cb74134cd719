"""A web page -> one document: its main text, and what the page says of itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from onrecord.data import Document, Rejection
from onrecord.errors import ReadError
from onrecord.read.creation import creation
from onrecord.read.files import Found
from onrecord.read.html.blocks import Layout, layout
from onrecord.read.html.facts import Facts, facts_of
from onrecord.read.html.genre import genre_of
from onrecord.read.html.main import Main, main_part
from onrecord.read.html.names import Element
from onrecord.read.html.shown import Shown, as_shown, time_beside, written_beside
from onrecord.read.html.text import text_and_notes
from onrecord.read.html.times import address_day
from onrecord.read.html.title import title_of
from onrecord.read.html.tree import page_characters, page_tree
from onrecord.read.plain import check_text, whole
from onrecord.read.stream import Stream
from onrecord.settings import ReadOptions

_MUCH_LONGER = 2.5


def html_documents(stream: Stream, found: Found, options: ReadOptions) -> Iterator[Document | Rejection]:
    """The one document of a saved page, after its warnings.

    Raises:
        ReadError: too long, no text at all, or no article in it.
    """
    data = whole(stream, options.longest_document)
    yield from page_document(data, found, options, url=found.url or None, charset=found.charset, retrieved_at=found.retrieved_at)


def page_document(
    data: bytes,
    found: Found,
    options: ReadOptions,
    *,
    url: str | None = None,
    charset: str | None = None,
    retrieved_at: str | None = None,
) -> list[Document | Rejection]:
    """The warnings about a page, then its one document. `charset` is what came with the page, before what stands in it.

    Raises:
        ReadError: the bytes are no text, no article is in them, or it is too long.
    """
    characters, complaint = page_characters(data, charset)
    root = page_tree(characters)
    facts = facts_of(root, url)
    body = root.find("body")
    page = layout(root if body is None else body)
    main = main_part(page)
    text, notes = text_and_notes(main, page) if main else ("", ())
    text = _declared_if_longer(text, facts)
    _check(text, options)
    dated = creation(text, _published(facts, page, main), options.date)
    title = title_of(facts, page)
    document = Document(
        found.name,
        text,
        found.locator,
        dated.time,
        dated.basis,
        publisher=options.publisher or facts.publisher,
        title=title,
        url=facts.url,
        author=facts.author,
        genre=genre_of(facts, page, title),
        notes=notes,
        retrieved_at=retrieved_at,
        raw_sha256=hashlib.sha256(data).hexdigest(),
        **({"language": facts.language} if facts.language else {}),
    )
    complaints = (("read.encoding", complaint) if complaint else None, dated.warning)
    return [*(Rejection(found.locator, *one, warning=True) for one in complaints if one), document]


def _check(text: str, options: ReadOptions) -> None:
    if not text:
        raise ReadError(
            "No article was found in the page: no paragraph that is more than links. If the page shows one in a browser, save its text"
            " and read that.",
            code="read.no_article",
        )
    check_text(text, options.longest_document)


def _published(facts: Facts, page: Layout, main: Main | None) -> str | None:
    """The time of publication: told by the head, shown by a time element, in the address, or written beside the headline."""
    if main is None:
        return facts.published or address_day(facts.url or "")
    shown = written_beside(page, main)
    named = address_day(facts.url or "")
    told = facts.published or time_beside(main)
    if told:
        return as_shown(told, [*shown, Shown(named, None)] if named else shown)
    return named or (shown[0].day if shown else None)


def _declared_if_longer(text: str, facts: Facts) -> str:
    """The article as its data hold it, for a page that builds its text in the browser and shows little of it without."""
    body = facts.body
    if not body or len(body.split()) < _MUCH_LONGER * max(20, len(text.split())):
        return text
    if "</" not in body:
        return "\n\n".join(line for line in map(_on_one_line, body.splitlines()) if line)
    return "\n\n".join(block.text for block in layout(_body(body)).blocks)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _body(markup: str) -> Element:
    root = page_tree(f"<body>{markup}")
    return next(root.iter("body"), root)
