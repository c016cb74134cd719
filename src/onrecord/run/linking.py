"""What was added is compared with what the ledger holds: each new statement with the few that are alike, and the links are kept.

Before that, what stands in copies of one text is settled (`copied`). The links of a reading are safe before the next one is compared; the
same call again goes on where it stopped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from sqlalchemy import Connection, func, select

from onrecord.data import Basis, LinkType
from onrecord.find.alike import Likes, Reach, alike, claim, rows_of
from onrecord.find.answered import whom
from onrecord.find.holding import Holding, holding
from onrecord.link.across import Found, across
from onrecord.link.answers import Alike, answers_of, as_reported, reported_across
from onrecord.link.claims import Claim, in_order
from onrecord.link.pair_model import NOTHING, OPPOSED, SAME, PairModel, shipped
from onrecord.link.pair_signs import Floats
from onrecord.record.identity import linker_digest
from onrecord.record.ledger import Ledger, Run
from onrecord.record.linkings import add_linking, not_linked
from onrecord.record.rows import spans_json
from onrecord.record.stored import at_a_time
from onrecord.record.tables import links, statements
from onrecord.run.copied import Copied, settled, sign_rest

Pair = tuple[Claim, Claim]  # the earlier one first
VERSION = "3"  # of how candidates are chosen and links decided


@dataclass(frozen=True, slots=True)
class LinkOptions:
    """What compares, how far it looks, and links of which probability are kept."""

    model: PairModel = field(default_factory=shipped)
    reach: Reach = field(default_factory=Reach)
    min_probability: float = 0.5

    @property
    def digest(self) -> str:
        """Two programs with the same digest find the same links."""
        return linker_digest(VERSION, self.model.sha256, self.min_probability)


def linked(ledger: Ledger, run: Run, options: LinkOptions, made_by: Run | None = None) -> Iterator[int]:
    """Compares the statements of each reading that was not compared yet; how many links each gave, as they are safe.

    With `made_by` only what that run has read is compared: what others have added waits for whoever compares that.

    Raises:
        LedgerError: the ledger cannot be read or written.
    """
    if made_by is None:
        sign_rest(ledger, run)
    copied = Copied(options.digest)
    with ledger.reading() as connection:
        waiting = not_linked(connection, options.digest, None if made_by is None else made_by.id)
    for reading in waiting:
        with ledger.reading() as connection:
            held = holding(connection, ledger)
            held = replace(held, judged=held.judged.with_aliases(connection), left_out=copied.caught_up(connection))
            same = settled(connection, held.judged, reading, options.digest)
            done = {row["copied_id"] for row in same}
            found = same + links_of_reading(connection, held, reading, options, done)
        with ledger.writing() as connection:
            is_new = add_linking(connection, run.id, reading, options.digest, found)
        if is_new:
            yield len(found)


def links_of_reading(
    connection: Connection, held: Holding, reading: int, options: LinkOptions, done: Collection[int]
) -> list[dict[str, Any]]:
    """The links of the reading's statements, but for those that are done, to earlier ones, as rows for `add_linking`.

    What its own article links is passed over. No links to other readings are asked for, so that readings may be compared at once.
    """
    asked = select(statements.c.id).where(statements.c.reading_id == reading, ~statements.c.hypothetical).order_by(statements.c.id)
    mine = rows_of(connection, held.judged, (one for one in connection.scalars(asked) if one not in done))
    near = alike(held, {number: whom(connection, held.judged, row) for number, row in mine.items()}, options.reach)
    pairs = {frozenset((number, other)) for number, likes in near.items() for other in likes} - _linked_inside(connection, reading)
    rows = rows_of(connection, held.judged, {one for pair in pairs for one in pair})
    claims = {number: claim(row) for number, row in rows.items()}
    known = (sorted(pair) for pair in sorted(pairs, key=sorted) if pair <= rows.keys())
    compared = [in_order(claims[one], claims[other]) for one, other in known if not _tells(rows[one], rows[other])]
    if not compared:
        return []
    told = _reported(connection, compared, near, options.model)
    found = {frozenset((one.source.id, one.target.id)): one for one in (*_inferred(compared, mine, options), *told)}
    return [_row(one) for one in found.values() if one.probability >= options.min_probability]


def _inferred(compared: Sequence[Pair], mine: Container[int], options: LinkOptions) -> Iterator[Found]:
    """What the contents of the pairs tell; reported where the article says so besides."""
    glances = options.model.glances(compared)
    kept = _likeliest(compared, glances, mine, options.reach)
    read = [compared[place] for place in kept]
    return map(as_reported, across(read, options.model.chances(read, glances[kept])))


def _reported(connection: Connection, compared: Sequence[Pair], near: Mapping[int, Likes], model: PairModel) -> list[Found]:
    """What the articles themselves say of the pairs; whoever is said to have changed his words does not say the same."""
    answering = [(earlier, later) for earlier, later in compared if answers_of(later)]
    settled = _answered_inside(connection, {later.id for _, later in answering})
    found = list(
        reported_across(
            Alike(later, earlier, near.get(later.id, {}).get(earlier.id) or near.get(earlier.id, {}).get(later.id, 0.0))
            for earlier, later in answering
            if later.id not in settled
        )
    )
    changed = [one for one in found if one.type is LinkType.REVISES]
    if not changed:
        return found
    chances = model.chances([(one.target, one.source) for one in changed])
    same = {one.source.id for one, row in zip(changed, chances, strict=True) if row[SAME] > row[OPPOSED]}
    return [one for one in found if one.type is not LinkType.REVISES or one.source.id not in same]


def _answered_inside(connection: Connection, numbers: Collection[int]) -> set[int]:
    """Those of the statements that answer, as their own article says, a statement of it that is not told inside them."""
    of, other = statements.alias("answering"), statements.alias("answered")
    joined = links.join(of, links.c.from_id == of.c.id).join(other, links.c.to_id == other.c.id)
    asked = select(of.c.id).select_from(joined).where(links.c.basis == Basis.REPORTED, links.c.linking_id.is_(None))
    asked = asked.where(func.coalesce(other.c.part_of, "") != of.c.local_id)
    return {one for some in at_a_time(sorted(numbers)) for one in connection.scalars(asked.where(of.c.id.in_(some)))}


def _likeliest(pairs: Sequence[Pair], glances: Floats, mine: Container[int], reach: Reach) -> list[int]:
    """The places of the pairs that are worth reading: so many of each of the reading's statements, the likeliest linked."""
    counts, kept = Counter[int](), []
    for place in np.argsort(glances[:, NOTHING], kind="stable").tolist():
        if glances[place, NOTHING] > reach.hopeless:
            break
        ends = [one.id for one in pairs[place] if one.id in mine]
        if any(counts[end] < reach.compared for end in ends):
            kept.append(place)
        counts.update(ends)
    return sorted(kept)


def _tells(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether one of two statements is told inside the other."""
    inside = one["part_of"] == other["local_id"] or other["part_of"] == one["local_id"]
    return bool(inside and one["document_id"] == other["document_id"])


def _linked_inside(connection: Connection, reading: int) -> set[frozenset[int]]:
    asked = select(links.c.from_id, links.c.to_id).where(links.c.reading_id == reading, links.c.linking_id.is_(None))
    return {frozenset((row.from_id, row.to_id)) for row in connection.execute(asked)}


def _row(one: Found) -> dict[str, Any]:
    return {
        "from_id": one.source.id,
        "to_id": one.target.id,
        "type": one.type,
        "basis": one.basis,
        "variant": one.variant,
        "probability": float(one.probability),
        "why": one.why,
        "evidence": spans_json(one.evidence),
    }
