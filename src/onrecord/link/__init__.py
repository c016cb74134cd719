"""Statements of one document -> the links between them."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.data import Basis, Document, Link, Statement
from onrecord.link.conflicts import conflicts
from onrecord.link.matter import Matters
from onrecord.link.repeats import repeats
from onrecord.link.reported import reported

__all__ = ["links"]


def links(document: Document, statements: tuple[Statement, ...]) -> tuple[Link, ...]:
    """Find which statements of a document repeat, agree with, contradict, deny or revise one another.

    What the article itself says comes first, then repeats, then what the contents tell. A pair gets one link, and so does a
    pair of groups of repeats. Hypothetical statements are never linked. The order of `statements` does not matter.
    """
    matters = Matters(document, statements)
    same = Groups()
    told = list(reported(matters))
    opposed = {frozenset((link.from_id, link.to_id)) for link in told}
    kept: list[Link] = []
    for link in _ranked(repeats(matters)):
        if frozenset((link.from_id, link.to_id)) not in opposed and same.join(link.from_id, link.to_id):
            kept.append(link)
    seen: set[frozenset[str]] = set()
    for link in [*_ranked(told), *_ranked(conflicts(matters))]:
        ends = frozenset((same.name(link.from_id), same.name(link.to_id)))
        if len(ends) == 2 and ends not in seen:
            seen.add(ends)
            kept.append(link)
    return tuple(sorted(kept, key=lambda link: (matters.rank[link.from_id], matters.rank[link.to_id], link.type)))


def _ranked(found: Iterable[Link]) -> list[Link]:
    """The surest first, what the article says before what is inferred; ids settle the rest, so the order is always the same."""
    return sorted(found, key=lambda link: (link.basis is Basis.INFERRED, -link.probability, link.from_id, link.to_id, link.type))


class Groups:
    """Statements joined by repeats, however indirectly."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def name(self, one: str) -> str:
        """The name of the group that a statement is in."""
        root = one
        while (parent := self._parent.get(root, root)) != root:
            root = parent
        while (parent := self._parent.get(one, one)) != root:
            self._parent[one], one = root, parent
        return root

    def join(self, a: str, b: str) -> bool:
        """Make one group of two; false where they were one already."""
        first, second = self.name(a), self.name(b)
        self._parent[second] = first
        return first != second
