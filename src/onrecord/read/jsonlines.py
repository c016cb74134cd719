"""JSON Lines of documents, and files with one JSON object."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from onrecord.data import Document, Rejection
from onrecord.errors import ReadError
from onrecord.read.charsets import wide_codec
from onrecord.read.decode import BYTE_ORDER_MARKS, decoded
from onrecord.read.facts import made
from onrecord.read.files import Found
from onrecord.read.json_fields import facts_of, parsed_object
from onrecord.read.plain import raw_sha256, too_long, whole
from onrecord.read.stream import PIECE, Stream
from onrecord.settings import ReadOptions

_ESCAPED = 6  # bytes that JSON may spend on one character: \u00e9
_BESIDE_TEXT = 1 << 20
_WIDE_MARKS = tuple(mark for mark in BYTE_ORDER_MARKS if mark != b"\xef\xbb\xbf")


def json_documents(stream: Stream, found: Found, options: ReadOptions) -> Iterator[Document | Rejection]:
    """One document a line; a line that is none is rejected under its number, and the rest is read."""
    head = stream.head()
    if head.startswith(_WIDE_MARKS) or (b"\0" in head and wide_codec(head)):
        # Lines are found by their bytes, so text in wide characters is made UTF-8 first.
        text, _ = decoded(whole(stream, options.longest_document))
        stream.put_back(text.encode("utf8", "replace"))
    lone = _lone_object(stream, options.longest_document)
    if lone is not None:
        yield from _document(lone, found.name, found.locator, options)
        return
    nothing = True
    for number, line in enumerate(_lines(stream, _most_bytes(options)), 1):
        locator = f"{found.locator}:{number}"
        nothing = nothing and line is not None and not line.strip()
        if line is None:
            error = too_long(options.longest_document)
            yield Rejection(locator, error.code, f"Line {number}: {error.message}")
        elif line.strip():
            yield from _document(line, f"{found.name}-{number}", locator, options, number)
    if nothing:
        yield Rejection(found.locator, "read.empty", "There is nothing but blank lines. Check that the documents were saved.")


def _most_bytes(options: ReadOptions) -> int:
    return _ESCAPED * options.longest_document + _BESIDE_TEXT


def _lone_object(stream: Stream, longest: int) -> bytes | None:
    """The bytes of a file that is one object written over several lines; None, and all still to be read, if it is not."""
    first = stream.head().strip().removeprefix(b"\xef\xbb\xbf")
    if not first.startswith(b"{") or _parsed(first) is not None:
        return None
    limit = _ESCAPED * longest + _BESIDE_TEXT
    data = stream.read(limit)
    if len(data) < limit and first.count(b"\n") == 0 and _parsed(data.removeprefix(b"\xef\xbb\xbf")) is not None:
        return data
    stream.put_back(data)
    return None


def _lines(stream: Stream, limit: int) -> Iterator[bytes | None]:
    """The lines; None stands for one longer than `limit`, which is passed over without being held."""
    while line := stream.line(limit):
        if len(line) < limit or line.endswith(b"\n"):
            yield line
            continue
        while (rest := stream.line(PIECE)) and not rest.endswith(b"\n"):
            pass
        yield None


def _parsed(data: bytes) -> object:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _document(line: bytes, name: str, locator: str, options: ReadOptions, number: int | None = None) -> Iterator[Document | Rejection]:
    where = f"Line {number}: " if number else ""
    try:
        characters, complaint = decoded(line)
        fields = parsed_object(characters)
        facts = facts_of(fields, raw_sha256(line.strip()), complaint)
        named = fields.get("name")
        inside = Found(locator, named if isinstance(named, str) and named else name)
        for one in made(facts, inside, options):
            yield replace(one, message=where + one.message) if isinstance(one, Rejection) else one
    except ReadError as error:
        yield Rejection(locator, error.code, where + error.message)
