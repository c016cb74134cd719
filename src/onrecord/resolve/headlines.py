"""Which lines of a text are headlines."""

from __future__ import annotations

from onrecord.data import Span

_MOST_HEADS = 4


def title_lines(text: str, lines: tuple[Span, ...]) -> tuple[Span, ...]:
    """The lines that are set in title case or capitals, as headlines are."""
    found: list[Span] = []
    if len(lines) < 2:
        return ()
    for place, line in enumerate(lines):
        if line.end - line.start > 160:
            continue
        words = [w for w in line.of(text).split() if w[0].isalpha()]
        capitals = sum(w[0].isupper() for w in words)
        if len(words) > 4 and capitals >= 0.7 * len(words) and (place == 0 or text[line.end - 1] not in '.,;”"'):
            found.append(line)
    return tuple(found)


def is_headline(text: str, line: Span, place: int) -> bool:
    """A short first line, or one of the next that ends without a full stop."""
    return line.end - line.start < 160 and (place == 0 or text[line.end - 1] not in '.!?”"')


def heads(text: str, lines: tuple[Span, ...]) -> int:
    """How many lines stand above the report: its headline and what else is there, as a date or the paper's name."""
    if len(lines) < 2:
        return 0
    return next((place for place, line in enumerate(lines[:_MOST_HEADS]) if not is_headline(text, line, place)), _MOST_HEADS)
