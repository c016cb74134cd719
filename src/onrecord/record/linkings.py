"""Which readings were compared with the rest of the ledger, and the links that came of it.

A reading is compared once by each version of what compares, in the order in which readings were added; its links lead from and to
statements of readings that were added before it. So a run that was broken off goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, exists, select

from onrecord.record.ledger import Row
from onrecord.record.link_days import with_days
from onrecord.record.stored import careful_insert, is_current, now
from onrecord.record.tables import linkings, links, readings, statements


def not_linked(connection: Connection, digest: str, made_by: int | None = None) -> list[int]:
    """The current readings, of the run `made_by` if one is told, that have statements and were not compared by what has the digest, the
    oldest first."""
    done = exists(select(linkings.c.id).where(linkings.c.reading_id == readings.c.id, linkings.c.digest == digest))
    told = exists(select(statements.c.id).where(statements.c.reading_id == readings.c.id))
    asked = select(readings.c.id).where(is_current(), told, ~done)
    if made_by is not None:
        asked = asked.where(readings.c.run_id == made_by)
    return list(connection.scalars(asked.order_by(readings.c.id)))


def add_linking(connection: Connection, run: int, reading: int, digest: str, given: Iterable[Row]) -> bool:
    """Keeps that the reading was compared, and the links that came of it: rows with `from_id`, `to_id` and the columns of a link.

    False, and nothing is kept, where another program has compared it meanwhile.
    """
    row = {"reading_id": reading, "run_id": run, "made_at": now(), "digest": digest}
    made = careful_insert(connection, linkings).values(**row).on_conflict_do_nothing(index_elements=["reading_id", "digest"])
    linking = connection.scalar(made.returning(linkings.c.id))
    if linking is None:
        return False
    found = [{"reading_id": reading, "linking_id": linking, "evidence": [], "copied_id": None, **row} for row in given]
    if found:
        connection.execute(links.insert(), with_days(connection, found))
    return True
