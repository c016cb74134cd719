"""Where the words of a document stand in the file that it was read from: line and column.

The text of a page or of Markdown is not that of its file, so the words are looked for in the file, in order, whatever marks stand
between them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.data import Document, Span
from onrecord.errors import ReadError
from onrecord.read.decode import decoded
from onrecord.read.files import STANDARD_INPUT, is_address

_WORD = re.compile(r"\w+")
_BETWEEN = r"(?:[^\w<&]|_|<[^<>]{0,400}>|&#?\w{1,12};)*?"  # white space, punctuation, tags and references
_LINE_END = re.compile(r"\r\n|[\n\r\u2028\u2029]")
_MOST_WORDS = 12  # of either end of a passage that are looked for
_LARGEST = 32 << 20


@dataclass(frozen=True, slots=True)
class Place:
    """From the first to the last letter; lines and columns count from 1, columns in code points, the last one exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


def places(document: Document, passages: Iterable[Span]) -> Iterator[Place | None]:
    """Where the passages of the document's text, given in order, stand in its file.

    Of standard input and what was fetched they are places in the document's own text. None where a passage is not found in the file,
    or the file is no text.
    """
    raw = _raw(document)
    if raw is None or document.text in raw:
        lead = 0 if raw is None else raw.index(document.text)
        lines = _Lines(raw if raw is not None else document.text)
        yield from (lines.place(Span(one.start + lead, one.end + lead)) for one in passages)
        return
    lines, at = _Lines(raw), 0
    for one in passages:
        found = _found(raw, one.of(document.text), at)
        if found is not None:
            at = found.end
        yield None if found is None else lines.place(found)


def _raw(document: Document) -> str | None:
    """The file as text; None where the document is from somewhere else."""
    if document.locator in ("", STANDARD_INPUT) or is_address(document.locator):
        return None
    path = Path(document.locator)
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return ""
        return decoded(path.read_bytes())[0]
    except (OSError, ValueError, ReadError):
        return ""


def _found(raw: str, passage: str, start: int) -> Span | None:
    """The first place from `start` on at which the words stand, or else the first in the file."""
    words = _WORD.findall(passage)
    if not words:
        return None
    first, last = (re.compile(_BETWEEN.join(map(re.escape, some))) for some in (words[:_MOST_WORDS], words[-_MOST_WORDS:]))
    hit = first.search(raw, start) or first.search(raw)
    end = hit and (hit if len(words) <= _MOST_WORDS else last.search(raw, hit.start()))
    return None if hit is None or end is None else Span(hit.start(), max(hit.end(), end.end()))


class _Lines:
    """The line starts of a text."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(hit.end() for hit in _LINE_END.finditer(text))]

    def place(self, span: Span) -> Place:
        return Place(*self._at(span.start), *self._at(span.end))

    def _at(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
