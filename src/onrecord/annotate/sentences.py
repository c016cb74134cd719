"""Text -> paragraphs and sentences, as spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import sentencex

from onrecord.data import Span

_SURROGATE = re.compile("[\ud800-\udfff]")  # no sentence splitter takes one
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")


@lru_cache(maxsize=4)
def paragraphs(text: str) -> tuple[Span, ...]:
    """The lines of the text that are not blank, white space at the ends left out."""
    return tuple(span for hit in _LINE.finditer(text) if (span := _trimmed(text, hit.start(), hit.end())) is not None)


@lru_cache(maxsize=4)  # every stage asks for those of the document at hand
def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of every paragraph, in order (sentencex; a quoted passage is kept whole where it can be)."""
    return tuple(span for paragraph in paragraphs(text) for span in _sentences_of(text, paragraph))


def _sentences_of(text: str, paragraph: Span) -> Iterator[Span]:
    start = paragraph.start
    for piece in sentencex.segment("en", _SURROGATE.sub("\ufffd", paragraph.of(text))):
        at, start = start, start + len(piece)
        if (span := _trimmed(text, at, start)) is not None:
            yield span


def _trimmed(text: str, start: int, end: int) -> Span | None:
    words = text[start:end]
    left, right = len(words) - len(words.lstrip()), len(words.rstrip())
    return Span(start + left, start + right) if left < right else None
