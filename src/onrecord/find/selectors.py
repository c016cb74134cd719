"""A passage of a text -> how it is found again, and the passage again: W3C text position and text quote selectors.

Web Annotation Data Model: https://www.w3.org/TR/annotation-model/#text-quote-selector
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.data import Document, Span
from onrecord.errors import SelectorError

CONTEXT = 48  # characters of prefix and suffix


@dataclass(frozen=True, slots=True)
class Selector:
    """A passage and how it is found again: W3C text position and text quote selectors."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


def selectors(document: Document, of: tuple[Span, ...]) -> tuple[Selector, ...]:
    """How the passages are found again in the document's text."""
    text = document.text
    return tuple(
        Selector(one.start, one.end, one.of(text), text[max(0, one.start - CONTEXT) : one.start], text[one.end : one.end + CONTEXT])
        for one in of
    )


def found_again(selector: Selector, text: str) -> Span:
    """Where the passage is: at its position if its words are there, or else where they stand once between what is around them.

    Raises:
        SelectorError: its words are not in the text, or not only once.
    """
    here = Span(selector.start, selector.end)
    if 0 <= here.start <= here.end and here.of(text) == selector.exact:
        return here
    whole = selector.prefix + selector.exact + selector.suffix
    first = text.find(whole) if selector.exact else -1
    if first < 0 or text.find(whole, first + 1) >= 0:
        how = "not" if first < 0 else "more than once"
        raise SelectorError(f"“{selector.exact}” is {how} in the text. Give the text that the selector was made of.", exact=selector.exact)
    start = first + len(selector.prefix)
    return Span(start, start + len(selector.exact))
