"""Markdown, with or without front matter -> one document of plain paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from onrecord.data import Document, Rejection
from onrecord.read.decode import decoded
from onrecord.read.facts import Facts, made
from onrecord.read.feed.entries import genre_of
from onrecord.read.files import Found
from onrecord.read.front_matter import split_front_matter, value_of
from onrecord.read.instants import instant
from onrecord.read.markup import decoded_references, text_of_markup
from onrecord.read.plain import raw_sha256, whole
from onrecord.read.stream import Stream
from onrecord.settings import ReadOptions

_TIME = (
    *("published_time", "published_at", "date_published", "datepublished", "pubdate", "published", "creation_time"),
    *("date", "created", "created_at"),
)
_ADDRESS = ("source_url", "canonical_url", "url", "link", "permalink", "source")
_LONGEST_PARAGRAPH = 20_000  # marks in longer ones are left: to pair them takes time that grows with the square
_PUBLISHER = ("publisher", "site", "site_name", "publication", "outlet", "newspaper")


def markdown_documents(stream: Stream, found: Found, options: ReadOptions) -> Iterator[Document | Rejection]:
    """The one document of the file, after its warnings.

    Raises:
        ReadError: too long, blank, no text at all, or front matter that is none.
    """
    data = whole(stream, options.longest_document)
    text, complaint = decoded(data, found.charset)
    values, body = split_front_matter(text)
    heading, paragraphs = _laid_out(body)
    written = value_of(values, *_TIME)
    address = value_of(values, *_ADDRESS)
    facts = Facts(
        paragraphs,
        raw_sha256(data),
        title=value_of(values, "title", "headline") or heading,
        author=value_of(values, "author", "authors", "byline", "by"),
        publisher=value_of(values, *_PUBLISHER),
        url=address if address.startswith(("http://", "https://")) else None,
        creation_time=instant(written) or written,
        language=value_of(values, "language", "lang", "locale"),
        genre=genre_of(value_of(values, name) for name in ("genre", "category", "section", "type")),
        complaint=complaint,
    )
    yield from made(facts, found, options)


def _laid_out(body: str) -> tuple[str, str]:
    """The first heading of the highest rank, and the text as paragraphs: lines joined, marks of emphasis and addresses of links gone."""
    heading = ""
    paragraphs: list[str] = []
    opened = ""
    parser = MarkdownIt("commonmark").enable("table").disable(["inline", "text_join"])
    references: dict[str, Any] = {}
    for token in parser.parse(body, references):
        if token.type == "heading_open":
            opened = token.tag
        elif token.type == "inline":
            text = _inline(parser, token.content, references)
            heading = heading or (text if opened == "h1" else "")
            opened = ""
            paragraphs.append(text)
        elif token.type in ("code_block", "fence"):
            paragraphs.append(token.content.strip("\n"))
        elif token.type == "html_block":
            paragraphs.append(text_of_markup(token.content))
    return " ".join(heading.split()), "\n\n".join(filter(str.strip, paragraphs))


def _inline(parser: MarkdownIt, content: str, references: dict[str, Any]) -> str:
    if len(content) > _LONGEST_PARAGRAPH:
        return content
    pieces = []
    tokens: list[Token] = []
    parser.inline.parse(content, parser, references, tokens)
    for token in tokens:
        if token.type == "softbreak":
            pieces.append(" ")
        elif token.type == "hardbreak":
            pieces.append("\n")
        elif token.type in ("text", "code_inline", "text_special"):
            pieces.append(token.content)
    return decoded_references("".join(pieces)).strip()
