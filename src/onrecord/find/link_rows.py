"""Ledger -> the links that hold in it, as rows: those that the program finds today, and those that people say there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, FromClause, Select, exists, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from onrecord.data import Basis
from onrecord.record.judged_links import JudgedLink, LinkDecision, decided, judged_links
from onrecord.record.link_names import LinkName
from onrecord.record.stored import at_a_time, is_current, is_current_link
from onrecord.record.tables import linkings, links, readings, runs, statements

Row = dict[str, Any]
Ever = dict[LinkName, list[Row]]
_FROM, _TO = statements.alias("from_statement"), statements.alias("to_statement")
_BY_HAND: Row = {
    "basis": Basis.INFERRED,
    "variant": None,
    "probability": 0.0,
    "evidence": [],
    "why": "A person says so.",
    "copied_id": None,
}


@dataclass(frozen=True, slots=True)
class HeldLink:
    """A link that holds: its statements by row id, and what the program makes of it; what a person says of it, if anybody did."""

    name: LinkName
    source: int
    target: int
    row: Row
    judged: JudgedLink | None = None

    @property
    def probability(self) -> float:
        """As the program has it, or 1 where a person accepted it."""
        return 1.0 if self.is_decided(LinkDecision.ACCEPTED) else float(self.row["probability"])

    def is_decided(self, decision: LinkDecision) -> bool:
        """Whether this is what a person decided about it."""
        return self.judged is not None and self.judged.decision is decision


def held_links(
    connection: Connection,
    types: Collection[str],
    touching: frozenset[int] | None = None,
    judged: Mapping[LinkName, JudgedLink] | None = None,
    *,
    with_both_ends: bool = False,
) -> list[HeldLink]:
    """The links of these types between statements of current readings, rejected ones too, each once; no types: of all.

    Args:
        connection: a reading connection.
        types: of links.
        touching: row ids of statements of which a link has to lead from or to one; None where that does not matter.
        judged: what people say of links (`decided`), for whoever has asked for it already.
        with_both_ends: a link has to lead from and to one of the statements `touching`.
    """
    by_hand = decided(judged_links(connection)) if judged is None else judged
    found: dict[LinkName, HeldLink] = {}
    for row in _rows(connection, types, touching, with_both_ends=with_both_ends):
        name = LinkName(row["from_key"], row["to_key"], row["type"])
        one = HeldLink(name, row["from_id"], row["to_id"], row, by_hand.get(name.either_way))
        before = found.get(name.either_way)
        if before is None or _rank(before.row) < _rank(row):
            found[name.either_way] = one
    more = [one for name, one in by_hand.items() if name not in found and _is_wanted(one, types, touching)]
    return [*found.values(), *_by_hand(connection, more)]


def ever(connection: Connection, names: Iterable[LinkName]) -> Ever:
    """For each link, by its name either way, every row that any reading or comparison had of it, with `made_at` and `program`, in order."""
    wanted = {one.either_way for one in names}
    made_at = func.coalesce(linkings.c.made_at, readings.c.made_at).label("made_at")
    joined = _JOINED.join(readings, links.c.reading_id == readings.c.id).outerjoin(linkings, links.c.linking_id == linkings.c.id)
    joined = joined.join(runs, runs.c.id == func.coalesce(linkings.c.run_id, readings.c.run_id))
    asked = select(links, *_KEYS, made_at, runs.c.program).select_from(joined).order_by(links.c.id)
    found: Ever = defaultdict(list)
    for some in at_a_time(sorted({key for one in wanted for key in one[:2]})):
        for row in connection.execute(asked.where(_FROM.c.key.in_(some))).mappings():
            name = LinkName(row["from_key"], row["to_key"], row["type"]).either_way
            if name in wanted:
                found[name].append(dict(row))
    return {name: sorted(rows, key=lambda row: int(row["id"])) for name, rows in found.items()}


_JOINED = links.join(_FROM, links.c.from_id == _FROM.c.id).join(_TO, links.c.to_id == _TO.c.id)
_KEYS = (_FROM.c.key.label("from_key"), _TO.c.key.label("to_key"))


def _of_current(end: FromClause) -> ColumnElement[bool]:
    return exists(select(readings.c.id).where(readings.c.id == end.c.reading_id, is_current()))


def asked_links(types: Collection[str]) -> Select[Any]:
    """What asks for the rows of links of these types that hold, with the keys of their statements; no types: of all."""
    asked = _asked_links()
    return asked.where(links.c.type.in_(sorted(types))) if types else asked


@cache
def _asked_links() -> Select[Any]:
    return select(links, *_KEYS).select_from(_JOINED).where(is_current_link(), _of_current(_FROM), _of_current(_TO))


def _rows(connection: Connection, types: Collection[str], touching: frozenset[int] | None, *, with_both_ends: bool) -> Iterator[Row]:
    if touching is None:
        yield from map(dict, connection.execute(asked_links(types)).mappings())
        return
    asked = _asked_links()
    if types:  # in a way that no index of types is used: these statements have few links, a type may have very many
        asked = asked.where(func.coalesce(links.c.type, "").in_(sorted(types)))
    for some in at_a_time(sorted(touching)):
        ends = links.c.from_id.in_(some) if with_both_ends else or_(links.c.from_id.in_(some), links.c.to_id.in_(some))
        found = connection.execute(asked.where(ends)).mappings()
        yield from (dict(row) for row in found if not with_both_ends or row["to_id"] in touching)


def _rank(row: Row) -> tuple[float, bool, int]:
    """Of two rows about one link the likelier one counts, then what an article reports, then the later one."""
    return row["probability"], row["basis"] == Basis.REPORTED, row["id"]


def _is_wanted(one: JudgedLink, types: Collection[str], touching: frozenset[int] | None) -> bool:
    """Whether a link that the program does not find is to be shown: one that a person accepted, or rejected after that."""
    if one.source is None or one.target is None or one.decision is LinkDecision.UNSURE:
        return False
    if types and one.row["changes"]["type"] not in types:
        return False
    return touching is None or one.source.id in touching or one.target.id in touching


def _by_hand(connection: Connection, given: list[JudgedLink]) -> Iterator[HeldLink]:
    """Links that hold because people say so; what the program last made of them, if it ever found them."""
    names = {one.name for one in given if one.name is not None}
    before = ever(connection, names) if names else {}
    for one in given:
        if one.name is not None and one.source is not None and one.target is not None:
            rows = [row for row in before.get(one.name.either_way, ()) if row["from_key"] == one.name.source]
            row = _BY_HAND | {"type": one.name.type} | (rows[-1] if rows else {})
            yield HeldLink(one.name, one.source.id, one.target.id, row, one)
