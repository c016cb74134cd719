"""Text -> its words and marks, and which of them two wordings share.

White space alone is no difference, nor is the shape of a quotation mark, an apostrophe or a hyphen. Every step is bounded: a
text of any size or kind costs about as much as it is long.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from onrecord.data import Span, Spans

_SMALL = 2_500  # words of one times words of the other that difflib compares
_DEEPEST = 8

_ALIKE = str.maketrans("“”„‟«»″‘’‚‛‹›´`‐‑", '"' * 7 + "'" * 8 + "--")
_TOKEN = re.compile(r"\w+(?:['-]\w+|(?<=\d)[.,:]\d+)*|[^\w\s]")  # a word, a figure or one mark: all that is not white space

Words = tuple[str, ...]
Pairs = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words and marks of a text, quotation marks made alike, and where each stands."""

    words: Words
    spans: Spans

    def span(self, start: int, end: int) -> Span:
        """From the first to the last character of the words `start` to `end`, of which there is at least one."""
        return Span(self.spans[start].start, self.spans[end - 1].end)


def wording(text: str) -> Wording:
    """The words and marks of `text`."""
    hits = list(_TOKEN.finditer(text.translate(_ALIKE)))
    return Wording(tuple(hit.group() for hit in hits), tuple(Span(*hit.span()) for hit in hits))


def content_words(words: Iterable[str]) -> Words:
    """The words without case and marks; the marks where there is no word."""
    folded = tuple(word.casefold() for word in words)
    return tuple(word for word in folded if word[0].isalnum()) or folded


def runs(old: Words, new: Words) -> Iterator[tuple[int, int, int]]:
    """(old place, new place, how many) of every run of words that both share, in order; an empty one at the end."""
    i = j = size = 0
    for a, b in _matches(old, new):
        if (a, b) != (i + size, j + size):
            if size:
                yield i, j, size
            i, j, size = a, b, 0
        size += 1
    if size:
        yield i, j, size
    yield len(old), len(new), 0


def once_in_both(old: Sequence[Hashable], new: Sequence[Hashable]) -> set[Hashable]:
    """What stands exactly once on either side."""
    first, second = Counter(old), Counter(new)
    return {key for key, n in first.items() if n == 1 and second.get(key) == 1}


def in_order(pairs: Pairs) -> Pairs:
    """The longest choice of pairs, sorted by the old place, whose new places rise too (patience sorting)."""
    tops: list[int] = []
    top_pairs: list[int] = []
    before: list[int] = []
    for at, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        before.append(top_pairs[pile - 1] if pile else -1)
        tops[pile : pile + 1], top_pairs[pile : pile + 1] = [j], [at]
    found: Pairs = []
    at = top_pairs[-1] if top_pairs else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def _matches(old: Words, new: Words, depth: int = 0) -> Iterator[tuple[int, int]]:
    """Places of equal words, in order: by difflib for short wordings, else between the words that stand once in both."""
    start = _shared(old, new)
    yield from ((at, at) for at in range(start))
    end = _shared(old[start:][::-1], new[start:][::-1])
    first, second = old[start : len(old) - end], new[start : len(new) - end]
    if len(first) * len(second) <= _SMALL:
        blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
        yield from ((start + i + k, start + j + k) for i, j, size in blocks for k in range(size))
    elif depth < _DEEPEST:
        yield from ((start + i, start + j) for i, j in _between(first, second, depth + 1))
    yield from ((len(old) - k, len(new) - k) for k in range(end, 0, -1))


def _between(old: Words, new: Words, depth: int) -> Iterator[tuple[int, int]]:
    """Patience diff: the words that stand once in both and kept their order, and what matches between them."""
    once = once_in_both(old, new)
    places = {word: j for j, word in enumerate(new) if word in once}
    anchors = in_order([(i, places[word]) for i, word in enumerate(old) if word in once])
    if not anchors:
        return
    for (i, j), (next_i, next_j) in pairwise([(-1, -1), *anchors, (len(old), len(new))]):
        yield from ((i + 1 + a, j + 1 + b) for a, b in _matches(old[i + 1 : next_i], new[j + 1 : next_j], depth))
        if next_i < len(old):
            yield next_i, next_j


def _shared(old: Words, new: Words) -> int:
    """How many words the two begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
