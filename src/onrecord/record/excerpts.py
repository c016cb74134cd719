"""Only the words of statements, with some context, where copyright forbids to keep whole articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.data import Span, Statement

CONTEXT = 100  # characters kept on each side of a statement


def excerpts_of(text: str, statements: Iterable[Statement]) -> list[list[int | str]]:
    """[start, words] of every passage of the text that is kept, in order and apart."""
    kept: list[Span] = []
    for span in sorted(_wanted(statements)):
        low, high = max(0, span.start - CONTEXT), min(len(text), span.end + CONTEXT)
        if kept and low <= kept[-1].end:
            kept[-1] = Span(kept[-1].start, max(kept[-1].end, high))
        else:
            kept.append(Span(low, high))
    return [[span.start, span.of(text)] for span in kept]


def text_of(excerpts: Iterable[Iterable[int | str]], length: int, elsewhere: str = " ") -> str:
    """A text of `length` characters with the excerpts in their places and blanks, or other letters, elsewhere."""
    parts: list[str] = []
    done = 0
    for start, words in excerpts:
        if isinstance(start, int) and isinstance(words, str):
            parts += [elsewhere * (start - done), words]
            done = start + len(words)
    return "".join(parts) + elsewhere * (length - done)


def _wanted(statements: Iterable[Statement]) -> Iterator[Span]:
    for one in statements:
        yield one.attribution.extent
        yield from one.reading.condition
        yield from one.speaker.mentions[:1]
        yield from (via.span for via in one.via)
        if one.said_on:
            yield one.said_on.span
