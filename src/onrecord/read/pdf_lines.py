"""The lines of a PDF by where they stand on the page -> paragraphs.

A PDF knows no paragraphs, only pieces of text at places. A new paragraph begins where the way down to a line is longer than
usual, where a line is indented or in another size, or where the line before ended early with the end of a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

_NUMBERS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[-–—\s]*", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"[.!?:;][\"'”’)\]]*$")
_LIST_ITEM = re.compile(r"(?:[•·▪●◦*–—-]|\(?[0-9]{1,2}[.)])\s")
_BROKEN_WORD = re.compile(r"(\w+)[-\u00ad\u2010]$")
_WORD = re.compile(r"[a-zà-öø-ÿ]+")
_SPACES = re.compile(r"[ \t\u00a0]+")
_SPACE = 0.25  # the width of a space in most founts, in sizes
_WIDER_GAP = 1.22
_SHORT_LINE = 0.75


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: where it begins (in points, from the lower left corner) and how large it is."""

    text: str
    x: float
    y: float
    size: float


def lines_of_page(page: Any, check: Callable[[], None]) -> list[Line]:
    """The lines of a page of pypdf, in the order in which they are drawn; `check` is called all the time and may raise."""
    pieces: list[tuple[str, float, float, float]] = []

    def piece(text: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        scale = abs(tm[3] or tm[0]) * abs(cm[3] or 1)
        pieces.append((text, tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5], abs(size) * (scale or 1)))

    def operator(*_: Any) -> None:
        check()

    page.extract_text(visitor_text=piece, visitor_operand_before=operator)
    lines: list[Line] = []
    begun: list[tuple[str, float, float, float]] = []
    for text, x, y, size in pieces:
        for number, part in enumerate(text.split("\n")):
            if number:
                lines.extend(_line(begun))
                begun = []
            if part:
                begun.append((part, x, y, size))
    return lines + _line(begun)


def _line(pieces: list[tuple[str, float, float, float]]) -> list[Line]:
    written = "".join(piece[0] for piece in pieces)
    text = _SPACES.sub(" ", written).strip()
    first = next((piece for piece in pieces if piece[0].strip()), None)
    if not text or first is None:
        return []
    _, x, y, size = first
    indent = len(written) - len(written.lstrip())  # some programs indent with spaces
    return [Line(text, x + _SPACE * size * indent, y, size)]


def text_of_pages(pages: list[list[Line]]) -> str:
    """The paragraphs of all pages, a blank line apart, without page numbers and running heads, broken words whole again."""
    running = _running(pages)
    bodies = [[line for line in page if (_NUMBERS.sub("0", line.text), round(line.y / 4)) not in running] for page in pages]
    bodies = [_without_page_number(body) for body in bodies]
    paragraphs: list[list[str]] = []
    last: Line | None = None
    for body in bodies:
        leading, widest = _leading(body), max((len(line.text) for line in body), default=0)
        left = Counter(round(line.x) for line in body).most_common(1)[0][0] if body else 0
        for number, line in enumerate(body):
            if last is None:
                new = True
            elif number == 0:
                new = bool(_SENTENCE_ENDS.search(last.text)) or not _WORD.match(line.text)
            else:
                new = _begins(line, last, leading, (left, widest))
            if new:
                paragraphs.append([])
            paragraphs[-1].append(line.text)
            last = line
    known = " ".join(line.text for body in bodies for line in body)
    return "\n\n".join(_joined(paragraph, known) for paragraph in paragraphs)


def _running(pages: list[list[Line]]) -> set[tuple[str, int]]:
    """Lines that stand at the same place on most pages, whatever numbers they hold."""
    if len(pages) < 2:
        return set()
    counts = Counter(key for page in pages for key in {(_NUMBERS.sub("0", line.text), round(line.y / 4)) for line in page})
    return {key for key, count in counts.items() if count >= max(2, len(pages) // 2)}


def _without_page_number(body: list[Line]) -> list[Line]:
    lowest = min(body, key=lambda line: line.y, default=None)
    highest = max(body, key=lambda line: line.y, default=None)
    return [line for line in body if line not in (lowest, highest) or not _PAGE_NUMBER.fullmatch(line.text)]


def _leading(body: list[Line]) -> float:
    """The usual way from one line down to the next: of those that are common, the shortest."""
    ways = ((above.y - line.y, above.size) for above, line in pairwise(body))
    gaps = Counter(round(way, 1) for way, size in ways if 2 < way < 4 * max(size, 6))
    most = max(gaps.values(), default=0)
    return min((gap for gap, count in gaps.items() if count >= most / 3), default=0.0)


def _begins(line: Line, last: Line, leading: float, block: tuple[float, int]) -> bool:
    left, widest = block
    gap = last.y - line.y
    if gap < -1 or (leading and gap > _WIDER_GAP * leading) or abs(line.size - last.size) > 0.15 * last.size or _LIST_ITEM.match(line.text):
        return True
    indented = line.x - left > 0.7 * line.size and abs(last.x - left) < 0.5 * line.size and not _LIST_ITEM.match(last.text)
    ended = bool(_SENTENCE_ENDS.search(last.text)) and len(last.text) < _SHORT_LINE * widest
    return gap > 1 and (indented or ended)


def _joined(lines: list[str], known: str) -> str:
    """The lines in one. A hyphen at the end of a line goes, unless the word is written with it elsewhere."""
    text = lines[0]
    for line in lines[1:]:
        broken = _BROKEN_WORD.search(text)
        rest = _WORD.match(line)
        if broken and rest:
            text = text if f"{broken[1]}-{rest[0]}" in known else text[:-1]
            text += line
        else:
            text += " " + line
    return text.replace("\u00ad", "")
