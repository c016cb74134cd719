"""A text and its statements -> paragraphs of pieces, each with the parts of statements that it belongs to.

Statements nest and their spans cross, so that no tree of elements can hold them: the text is cut wherever a span begins or ends, and
each piece says what it is part of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.annotate.layout import unwrapped
from onrecord.data import Span, Statement

MOST_SHOWN = 400_000  # characters of a text on a page
_LINE = re.compile(r"[^\r\n]+")
_PARTS = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of the text.

    `statements` are the ids of those that it belongs to, `parts` what it is in them, `depth` in how many contents it stands; `opens` are
    the statements whose cue, or content where there is no cue, begins here.
    """

    words: str
    statements: tuple[str, ...]
    parts: tuple[str, ...]
    depth: int
    opens: tuple[str, ...]

    @property
    def classes(self) -> str:
        """The classes that tell the style sheet."""
        return " ".join((*self.parts, *((f"deep{min(self.depth, 3)}",) if self.depth else ())))


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    statement: str
    part: str


def paragraphs(text: str, statements: Sequence[Statement]) -> list[list[Piece]]:
    """The paragraphs of the text; lines that were only wrapped are one."""
    shown = unwrapped(text)[:MOST_SHOWN]
    marks = sorted(_marks(statements), key=lambda one: (one.start, one.end))
    opening = _openings(statements)
    lines = [Span(*hit.span()) for hit in _LINE.finditer(shown) if not hit.group().isspace()]
    cuts = sorted({place for one in marks for place in (one.start, one.end)} | {place for line in lines for place in line})
    return list(_paragraphs(shown, lines, cuts, marks, opening))


def _paragraphs(
    text: str, lines: Sequence[Span], cuts: Sequence[int], marks: Sequence[_Mark], opening: dict[int, list[str]]
) -> Iterator[list[Piece]]:
    active: list[_Mark] = []
    next_mark = next_cut = 0
    for line in lines:
        pieces: list[Piece] = []
        place = line.start
        while place < line.end:
            while next_mark < len(marks) and marks[next_mark].start <= place:
                active.append(marks[next_mark])
                next_mark += 1
            active = [one for one in active if one.end > place]
            while next_cut < len(cuts) and cuts[next_cut] <= place:
                next_cut += 1
            end = min(line.end, cuts[next_cut] if next_cut < len(cuts) else line.end)
            pieces.append(_piece(text[place:end], active, opening.get(place, ())))
            place = end
        yield pieces


def _piece(words: str, active: Sequence[_Mark], opens: Iterable[str]) -> Piece:
    parts = {one.part for one in active}
    ids = tuple(dict.fromkeys(one.statement for one in active))
    depth = len({one.statement for one in active if one.part == "content"})
    return Piece(words, ids, tuple(part for part in _PARTS if part in parts), depth, tuple(opens))


def _marks(statements: Iterable[Statement]) -> Iterator[_Mark]:
    for one in statements:
        for part in _PARTS:
            for start, end in getattr(one.attribution, part):
                if start < end:
                    yield _Mark(start, end, one.id, part)


def _openings(statements: Iterable[Statement]) -> dict[int, list[str]]:
    """Where statements are reached from, by the place of the first character."""
    found: dict[int, list[str]] = {}
    for one in statements:
        spans = one.attribution.cue or one.attribution.content
        found.setdefault(min(span.start for span in spans), []).append(one.id)
    return found
