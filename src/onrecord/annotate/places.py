"""Passages that can be asked, in a moment however many they are, which of them holds or touches another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Generic, TypeVar

from onrecord.data import Span

Value = TypeVar("Value")
DEEPEST = 16  # passages may lie in one another; no text nests deeper


class Places(Generic[Value]):
    """Passages, each with a value, in order of the text."""

    def __init__(self, passages: Iterable[tuple[Span, Value]]) -> None:
        self._passages = sorted(passages, key=lambda pair: pair[0])
        self._starts = [span.start for span, _ in self._passages]

    def holding(self, span: Span) -> tuple[Span, Value] | None:
        """The passage that holds `span`, the one that starts last of several."""
        last = bisect_right(self._starts, span.start)
        return next((one for one in reversed(self._passages[max(0, last - DEEPEST) : last]) if one[0].holds(span)), None)

    def touched(self, span: Span) -> bool:
        """Whether one of the passages shares a character with `span`."""
        last = bisect_left(self._starts, span.end)
        return any(one.touches(span) for one, _ in self._passages[max(0, last - DEEPEST) : last])
