"""Old and new things -> which belong together, one to one. Things are known by their places in two sequences."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import product

from onrecord.record.wordings import Pairs, Words, in_order

_HALF, _MOST = 0.5, 0.7  # the overlap that pairs two near ones, and any two
_COMPARED_WORDS = 200_000  # words looked up to compare all with all; beyond, only those that share the rarest words nearby
_REACH = 8  # occurrences of a word looked at on either side, and partners compared

_Bags = Mapping[int, Counter[str]]


class Pairing:
    """Pairs that only grow in number: each step pairs what the steps before left over."""

    def __init__(self, old: int, new: int) -> None:
        self.partner: dict[int, int] = {}
        self._sizes = old, new

    def left(self) -> tuple[list[int], list[int]]:
        """The places, old and new, that have no partner."""
        old, new = self._sizes
        taken = set(self.partner.values())
        return [i for i in range(old) if i not in self.partner], [j for j in range(new) if j not in taken]

    def gaps(self) -> tuple[list[int], list[int]]:
        """How many of the pairs that kept their order stand at or before each place, old and new."""
        kept = self._kept()
        places = [i for i, _ in kept], [j for _, j in kept]
        first, second = ([bisect_right(side, at) for at in range(size)] for side, size in zip(places, self._sizes, strict=True))
        return first, second

    def followed(self) -> list[tuple[int, int]]:
        """For each old place, the last pair at or before it that kept its order, (-1, -1) before the first."""
        anchors = [(-1, -1), *self._kept()]
        return [anchors[gap] for gap in self.gaps()[0]]

    def join_equal(self, old: Sequence[Hashable | None], new: Sequence[Hashable | None]) -> None:
        """Pair what has the same key, the first with the first; null pairs with nothing."""
        left_old, left_new = self.left()
        waiting: dict[Hashable, deque[int]] = {}
        for j in left_new:
            if new[j] is not None:
                waiting.setdefault(new[j], deque()).append(j)
        for i in left_old:
            if queue := waiting.get(old[i]):
                self.partner[i] = queue.popleft()

    def join_alike(self, old: Sequence[Words], new: Sequence[Words], near: Callable[[int, int], bool]) -> None:
        """Pair what shares half of the words where `near(i, j)`, then seven in ten of them; the most alike come first."""
        followed, left = self.followed(), self.left()
        expected = {i: followed[i][1] + i - followed[i][0] for i in left[0]}
        first, second = {i: Counter(old[i]) for i in left[0]}, {j: Counter(new[j]) for j in left[1]}
        found = []
        for i, j in _candidates(first, second, expected):
            close, overlap = near(i, j), _overlap(first[i], second[j])
            if overlap >= (_HALF if close else _MOST):
                found.append((not close, -overlap, abs(expected[i] - j), i, j))
        taken: set[int] = set()
        for *_, i, j in sorted(found):
            if i not in self.partner and j not in taken:
                self.partner[i] = j
                taken.add(j)

    def rows(self) -> list[tuple[int | None, int | None]]:
        """All pairs and all that have none, in the order of the new; an old one without partner follows what it followed."""
        followed = self.followed()
        dropped, added = self.left()
        found: list[tuple[int, int, int | None, int | None]] = [(followed[i][1], i, i, None) for i in dropped]
        found += [(j, -1, None, j) for j in added]
        found += [(j, -1, i, j) for i, j in self.partner.items()]
        return [(i, j) for _, _, i, j in sorted(found, key=lambda one: one[:2])]

    def _kept(self) -> Pairs:
        return in_order(sorted(self.partner.items()))


def _candidates(old: _Bags, new: _Bags, expected: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Pairs worth comparing: all where they are few, else for each the few that share the rarest words nearest by."""
    if len(new) * sum(map(len, old.values())) <= _COMPARED_WORDS:
        yield from product(old, new)
        return
    standing: dict[str, list[int]] = {}
    for j, bag in new.items():
        for word in bag:
            standing.setdefault(word, []).append(j)
    for i, bag in old.items():
        shared: dict[int, float] = {}
        for word in bag:
            places = standing.get(word, [])
            at = bisect_left(places, expected[i])
            for j in places[max(at - _REACH, 0) : at + _REACH]:
                shared[j] = shared.get(j, 0.0) + 1 / len(places)
        yield from ((i, j) for j in nlargest(_REACH, shared, key=shared.__getitem__))


def _overlap(a: Counter[str], b: Counter[str]) -> float:
    """From 0 to 1: Dice's coefficient over words with their counts."""
    fewer, more = sorted((a, b), key=len)
    whole = a.total() + b.total()
    return 2 * sum(min(n, more.get(word, 0)) for word, n in fewer.items()) / whole if whole else 0.0
