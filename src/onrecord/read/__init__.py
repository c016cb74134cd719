"""Bytes -> Document, from files, folders, standard input and the web, one document at a time. The formats: `formats.Format`."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator

from onrecord.data import Document, Rejection
from onrecord.errors import ReadError, RunError
from onrecord.read.files import Found, files, is_address
from onrecord.read.formats import SINGLE_PACKED, Format, told
from onrecord.read.language import in_their_languages
from onrecord.read.packed import Unpacking, members, unpacked
from onrecord.read.stream import Stream, opened
from onrecord.settings import ReadOptions

__all__ = ["documents"]

# Each format's module and function: one is loaded when the first file of its format comes.
_READERS = {
    Format.PLAIN: ("plain", "plain_document"),
    Format.JSON: ("jsonlines", "json_documents"),
    Format.JSON_FEED: ("feed.json_feed", "json_feed_documents"),
    Format.HTML: ("html.page", "html_documents"),
    Format.FEED: ("feed.feed", "feed_documents"),
    Format.WARC: ("archive.warc", "warc_documents"),
    Format.MARKDOWN: ("markdown", "markdown_documents"),
    Format.MAIL: ("mail", "mail_documents"),
    Format.MAILBOX: ("mail", "mailbox_documents"),
    Format.PDF: ("pdf", "pdf_documents"),
    Format.PARQUET: ("parquet", "parquet_documents"),
}
_Documents = Iterator[Document | Rejection]


def _reader(known: Format) -> Callable[[Stream, Found, ReadOptions], _Documents]:
    module, function = _READERS[known]
    reader: Callable[[Stream, Found, ReadOptions], _Documents] = getattr(importlib.import_module(f"{__name__}.{module}"), function)
    return reader


def documents(paths: Iterable[str], options: ReadOptions | None = None) -> Iterator[Document | Rejection]:
    """Read what lies at the paths: files, folders and `-` for standard input, in order.

    What cannot be read is a Rejection in its place and the rest is still read. A Rejection that is a `warning` comes just
    before the document it is about, or at the end of the file it is about. Nothing is opened
    before it is asked for, and one document is held at a time.
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
        if is_address(found.path):
            yield from in_their_languages(_documents_at(found, options), options)
            return
        with opened(found) as raw:
            yield from in_their_languages(_documents_of(Stream(raw), found, options), options)
    except ReadError as error:
        yield Rejection(found.locator, error.code, error.message)
    except RunError:
        raise
    except OSError as error:
        yield Rejection(found.locator, "read.not_readable", f"Reading broke off ({error}). Check that it is a file and that it is whole.")
    except Exception as error:  # noqa: BLE001  # one file must not end the run, whatever is wrong with it
        what = f"{type(error).__name__}: {error}"[:300]
        yield Rejection(
            found.locator, "read.failed", f"Reading it failed ({what}). The other files are not touched; please report this one."
        )


def _documents_at(found: Found, options: ReadOptions) -> Iterator[Document | Rejection]:
    from onrecord.read.web.answers import documents_at  # noqa: PLC0415  # loads what speaks to the network, which files do not need

    return documents_at(found, options, _documents_of)


def _documents_of(stream: Stream, found: Found, options: ReadOptions) -> Iterator[Document | Rejection]:
    return _documents_inside(stream, found, options, Unpacking())


def _documents_inside(stream: Stream, found: Found, options: ReadOptions, unpacking: Unpacking) -> Iterator[Document | Rejection]:
    """The documents in the bytes, whatever they are packed in."""
    known = told(stream, found.suffix)
    if known is Format.ZIP:
        return _documents_in_members(stream, found, options, unpacking)
    if known in SINGLE_PACKED:
        return _documents_inside(unpacked(stream, known, unpacking), found.unpacked(), options, unpacking)
    if known in (Format.FEED, Format.JSON_FEED) and options.follow:
        return _followed(_reader(known)(stream, found, options), options)
    return _reader(known)(stream, found, options)


def _documents_in_members(stream: Stream, found: Found, options: ReadOptions, unpacking: Unpacking) -> Iterator[Document | Rejection]:
    layers = unpacking.layers
    for member in members(stream, found, unpacking):
        if isinstance(member, Rejection):
            yield member
            continue
        inside, inner = member
        unpacking.layers = layers + 1
        try:
            yield from _documents_inside(inner, inside, options, unpacking)
        except ReadError as error:
            yield Rejection(inside.locator, error.code, error.message)
    unpacking.layers = layers


def _followed(entries: Iterable[Document | Rejection], options: ReadOptions) -> Iterator[Document | Rejection]:
    from onrecord.read.web.follow import followed  # noqa: PLC0415  # loads what speaks to the network, which files do not need

    return followed(entries, options, _documents_of)


def entries_whole(entries: Iterable[Document | Rejection], options: ReadOptions) -> Iterator[Document | Rejection]:
    """The entries of a feed as `documents` gives them: with the pages behind them where `follow` is set, in their languages."""
    return in_their_languages(_followed(entries, options) if options.follow else entries, options)
