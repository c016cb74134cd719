"""A part of many answers, and where the next one begins: after the place of the last answer, which stays where it is while others come."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

Item = TypeVar("Item")
Other = TypeVar("Other")
Place = tuple[str | int | float, ...]  # what answers are sorted by, the last of it no two have


@dataclass(frozen=True, slots=True)
class Part(Generic[Item]):
    """Some answers in their order; `following` is the place after which the next ones begin, None where there are no more."""

    items: tuple[Item, ...]
    following: Place | None = None

    def with_items(self, items: Iterable[Other]) -> Part[Other]:
        """The same part of something else."""
        return Part(tuple(items), self.following)


def part(found: Iterable[Item], limit: int, place: Callable[[Item], Place]) -> Part[Item]:
    """The first answers, and whether there are more: so many and one are looked at."""
    some = list(islice(found, limit + 1))
    items = tuple(some[:limit])
    return Part(items, place(items[-1]) if len(some) > limit else None)
