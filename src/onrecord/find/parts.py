"""A part of many answers, and where the next one begins: after the place of the last answer, which stays where it is while others come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, TypeVar

from sqlalchemy import Column, Connection, Select, tuple_

Item = TypeVar("Item")
Other = TypeVar("Other")
_MOST_AT_ONCE = 1000
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


@dataclass(frozen=True, slots=True)
class Turn:
    """From where on rows are read, how many are read at first, and in which direction."""

    after: Place | None = None
    at_first: int = 50
    newest_first: bool = False

    def is_past(self, place: Place) -> bool:
        """Whether the place comes after the one where the part before ended."""
        return self.after is None or (place < self.after if self.newest_first else place > self.after)


def rows_from(connection: Connection, asked: Select[Any], order: Sequence[Column[Any]], turn: Turn) -> Iterator[list[dict[str, Any]]]:
    """Rows in the order of these columns, which no two share, from a place on; some at a time, more and more."""
    place, after, count = tuple_(*order), turn.after, turn.at_first
    asked = asked.order_by(*(column.desc() if turn.newest_first else column.asc() for column in order))
    while True:
        more = asked if after is None else asked.where(place < after if turn.newest_first else place > after)
        found = [dict(row) for row in connection.execute(more.limit(count)).mappings()]
        yield found
        if len(found) < count:
            return
        after, count = tuple(found[-1][column.name] for column in order), min(4 * count, _MOST_AT_ONCE)
