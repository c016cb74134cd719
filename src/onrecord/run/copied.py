"""What a document shares with a copy of itself is settled before anything is compared: one statement stands for all with the same words.

It has to do the same with them, too: of one text, "he said the ferry is sold" and "he denied the ferry is sold" are two statements.

What a new reading of the one that stood for others no longer has is compared again only when its copies are read again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sqlalchemy import Connection, exists, select

from onrecord.data import Basis, LinkType, Variant
from onrecord.find.columns import TYPES, Array
from onrecord.record.copies import sign, story, unsigned
from onrecord.record.judged import Judged
from onrecord.record.ledger import Ledger, Run
from onrecord.record.signatures import folded
from onrecord.record.stored import at_a_time, current_statements
from onrecord.record.tables import documents, linkings, links, readings, statements

Row = dict[str, Any]
SURE = 0.99  # that the same words of the same holder in two prints of one text are one utterance
_AT_ONCE = 100
_OTHER_OUTLET = "The same words in a syndicated copy of one text."
_SAME_OUTLET = "The same words in another print of one text by the same outlet."


@dataclass(slots=True)
class Copied:
    """The statements that are compared with nothing, since others stand for them, as far as the comparisons with the digest told."""

    digest: str
    ids: Array = field(default_factory=lambda: np.empty(0, TYPES["ids"]))
    _last: int = 0

    def caught_up(self, connection: Connection) -> Array:
        """Their row ids in order, with what came since the last call."""
        asked = select(links.c.id, links.c.copied_id).join(linkings, links.c.linking_id == linkings.c.id)
        asked = asked.where(linkings.c.digest == self.digest, links.c.copied_id.is_not(None), links.c.id > self._last)
        found = connection.execute(asked).all()
        if found:
            self._last = max(row.id for row in found)
            self.ids = np.union1d(self.ids, np.array([row.copied_id for row in found], TYPES["ids"]))
        return self.ids


def sign_rest(ledger: Ledger, run: Run) -> None:
    """Find the copies of what was added before there were signatures; some documents at a time, so that a run can be broken off."""
    while True:
        with ledger.writing() as connection:
            numbers = unsigned(connection, _AT_ONCE)
            sign(connection, run.id, numbers)
        if len(numbers) < _AT_ONCE:
            return


def settled(connection: Connection, known: Judged, reading: int, digest: str) -> list[Row]:
    """The links from and to statements of a reading that have the same words in copies that were compared before it.

    Args:
        connection: of the ledger.
        known: what people decided.
        reading: that which is to be compared now.
        digest: of what compares.

    Returns:
        Rows for `add_linking`. `copied_id` is the end that needs no comparison: the reading's own statement; or where none that was
        compared has its words, those that wait for one that stands for them.
    """
    of = connection.execute(select(readings).where(readings.c.id == reading)).mappings().one()
    others = sorted(story(connection, of["document_id"]) - {of["document_id"]})
    if not others:
        return []
    mine = _by_meaning(known, _said(connection, (of["document_id"],), statements.c.reading_id == reading))
    theirs = _by_meaning(known, _compared(connection, others, reading, digest))
    found = [(one, theirs[same][0]) for same, those in mine.items() if same in theirs for one in those]
    rows = [_row(one, other, one["id"]) for one, other in found]
    if of["supersedes"] is not None:
        waiting = _by_meaning(known, _waiting(connection, others, reading, digest))
        rows += [_row(those[0], one, one["id"]) for same, those in mine.items() if same not in theirs for one in waiting.get(same, ())]
    return rows


def _compared(connection: Connection, papers: Sequence[int], reading: int, digest: str) -> Iterator[Row]:
    """The statements of the documents that were compared themselves."""
    done = exists(select(linkings.c.id).where(linkings.c.reading_id == statements.c.reading_id, linkings.c.digest == digest))
    return _said(connection, papers, statements.c.reading_id < reading, done, ~_is_copied(digest))


def _waiting(connection: Connection, papers: Sequence[int], reading: int, digest: str) -> Iterator[Row]:
    """The statements of the documents that were not compared, and of which nothing that is current says why."""
    told = list(_said(connection, papers, statements.c.reading_id < reading, _is_copied(digest)))
    later = readings.alias("later")
    ends = {row["id"]: set[int]() for row in told}
    for some in at_a_time(sorted(ends)):
        for row in connection.execute(select(links.c.copied_id, links.c.from_id, links.c.to_id).where(links.c.copied_id.in_(some))):
            ends[row.copied_id] |= {row.from_id, row.to_id} - {row.copied_id}
    gone = select(statements.c.id).join(later, later.c.supersedes == statements.c.reading_id)
    lost = {
        one for some in at_a_time(sorted(set().union(*ends.values()))) for one in connection.scalars(gone.where(statements.c.id.in_(some)))
    }
    return (row for row in told if ends[row["id"]] <= lost)


def _is_copied(digest: str) -> Any:
    joined = links.join(linkings, links.c.linking_id == linkings.c.id)
    return exists(select(links.c.id).select_from(joined).where(links.c.copied_id == statements.c.id, linkings.c.digest == digest))


def _said(connection: Connection, papers: Sequence[int], *conditions: Any) -> Iterator[Row]:
    """Current statements of the documents that somebody said, with `known_on` and `publisher`; those of the earliest document first."""
    asked = current_statements().add_columns(documents.c.known_on, documents.c.publisher).where(~statements.c.hypothetical, *conditions)
    found: list[Row] = []
    for some in at_a_time(papers):
        found += map(dict, connection.execute(asked.where(statements.c.document_id.in_(some))).mappings())
    yield from sorted(found, key=_place)


def _place(row: Mapping[str, Any]) -> tuple[str, int, int]:
    return row["known_on"], row["document_id"], row["id"]


def _by_meaning(known: Judged, rows: Iterator[Row]) -> dict[tuple[Any, ...], list[Row]]:
    """The statements as judged, by their words, who holds them, and what he does with them."""
    told = list(rows)
    known.load(row["speaker_key"] for row in told)
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in (one for each in told if (one := known.row(each)) is not None):
        words = folded(row["words"])
        holder = row["speaker_key"] or ("", folded(row["speaker_name"] or row["source_words"]))
        how = row["stance"], bool(row["negated_cue"]), bool(row["conditional"])
        if words:
            found.setdefault((words, holder, *how), []).append(row)
    return found


def _row(one: Row, other: Row, copied: int) -> Row:
    """The link from the later to the earlier of two."""
    earlier, later = sorted((one, other), key=_place)
    is_own = one["publisher"] and (one["publisher"] or "").casefold() == (other["publisher"] or "").casefold()
    return {
        "from_id": later["id"],
        "to_id": earlier["id"],
        "type": LinkType.REPEATS,
        "basis": Basis.INFERRED,
        "variant": Variant.IDENTICAL,
        "probability": SURE,
        "why": _SAME_OUTLET if is_own else _OTHER_OUTLET,
        "copied_id": copied,
    }
