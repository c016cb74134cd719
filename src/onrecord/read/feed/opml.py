"""Lists of feeds: OPML, as feed readers export it, or plain text with one address a line."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from onrecord.errors import ReadError, UsageError
from onrecord.read.decode import decoded
from onrecord.read.files import is_address

LARGEST = 16 << 20
_BEFORE_XML = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed to watch: its address as it was given, and what the list calls it."""

    address: str
    title: str | None = None


def feeds(path: str) -> list[Feed]:
    """The feeds of a list, each once, in its order; their addresses are not checked.

    Raises:
        UsageError: the list cannot be opened or read, or names no feed.
    """
    try:
        with Path(path).open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise UsageError(f"The list of feeds {path} cannot be opened ({error}). Check the path.", path=path) from error
    if len(data) > LARGEST:
        raise UsageError(f"The list of feeds {path} has more than {LARGEST:,} bytes. Give one of feeds only.", path=path)
    try:
        found = _outlines(data) if _is_xml(data) else _lines(data)
    except (expat.ExpatError, LookupError, ValueError, ReadError) as error:
        raise UsageError(f"The list of feeds {path} cannot be read ({error}). Export it again as OPML.", path=path) from error
    if not found:
        raise UsageError(f'{path} names no feed. In OPML a feed is <outline xmlUrl="...">; else write one address a line.', path=path)
    return list({feed.address: feed for feed in reversed(found)}.values())[::-1]


def _is_xml(data: bytes) -> bool:
    start = data[:200]
    for mark in _BEFORE_XML:
        start = start.removeprefix(mark)
    return start.replace(b"\0", b"").lstrip().startswith(b"<")


def _outlines(data: bytes) -> list[Feed]:
    """The outlines that have an xmlUrl. Entities of the file's own are refused: OPML needs none, and bombs are made of them."""
    found: list[Feed] = []

    def start(_: str, attributes: dict[str, str]) -> None:
        known = {name.lower(): value.strip() for name, value in attributes.items()}
        if known.get("xmlurl"):
            found.append(Feed(known["xmlurl"], known.get("title") or known.get("text") or None))

    def refuse(*_: object) -> None:
        raise ValueError("it declares entities of its own")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EntityDeclHandler = refuse
    parser.Parse(data.lstrip(), True)
    return found


def _lines(data: bytes) -> list[Feed]:
    text, _ = decoded(data)
    lines = [line.strip() for line in text.splitlines()]
    named = [line for line in lines if line and not line.startswith("#")]
    strange = next((line for line in named if not is_address(line)), None)
    if strange is not None:
        raise ValueError(f"{strange[:60]!r} is no address")
    return [Feed(line) for line in named]
