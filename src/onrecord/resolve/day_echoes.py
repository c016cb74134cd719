"""A statement of a headline or an opening -> the later one that tells the same more fully, by the words they have in common."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from onrecord.data import Attribution

_WORD = re.compile(r"[^\W\d_]{4,}|\d+")
_READ = 300  # characters of a content that are looked at
_LEAST = 1.0
_FAR = 12  # paragraphs
_MOST = 60  # statements
_OPENING = 1


def echoes(
    text: str, attributions: Sequence[Attribution], order: Sequence[int], from_top: Callable[[int], int], is_told: Callable[[int], bool]
) -> dict[int, int]:
    """For each statement of the headline and the opening the later one that is likest; a word that few have counts more.

    `from_top` gives the paragraph of a statement, the headline's 0; `is_told` whether it stands in the content of another.
    """
    near = [index for index in order[:_MOST] if from_top(index) <= _FAR and not is_told(index)]
    words = {index: _words(text, attributions[index]) for index in near}
    having = Counter(word for found in words.values() for word in found)
    echo: dict[int, int] = {}
    for index in near:
        if (top := from_top(index)) <= _OPENING:
            alike = {other: sum(1 / (having[word] - 1) for word in words[index] & words[other]) for other in near if from_top(other) > top}
            best = max(alike, key=lambda other: alike[other], default=None)
            if best is not None and alike[best] >= _LEAST:
                echo[index] = best
    return echo


def _words(text: str, one: Attribution) -> frozenset[str]:
    start = one.content[0].start
    return frozenset(_WORD.findall(text[start : min(one.content[-1].end, start + _READ)].lower()))
