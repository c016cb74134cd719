"""Ledger -> what a speaker said, or what was said on a matter, by the day of saying."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.errors import UsageError
from onrecord.find.parts import Part, Place, Turn, part
from onrecord.find.rows_in_order import place_of, rows_in_order
from onrecord.find.stand_ins import without_copies as originals
from onrecord.find.wanted import Row, Wanted, speaker_keys, wanted_rows
from onrecord.record.days import days_of
from onrecord.record.judged import judged
from onrecord.record.known_people import wikidata_of
from onrecord.record.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement in its place in time.

    `day` is where it stands: the first day that `said_on` may mean. Where the article does not tell when it was said
    (`day_is_known` is false), it is `known_on`: the day of publication, or else the day on which the article was added.
    `said_on` keeps the precision of the text: "2031-03", "2031-W10".
    """

    day: str
    day_is_known: bool
    said_on: str | None
    id: str
    speaker_name: str | None
    speaker_role: str | None
    speaker_key: str | None
    stance: str
    negated_cue: bool
    conditional: bool
    words: str
    quote_type: str
    document: str
    document_id: str
    publisher: str | None
    url: str | None
    known_on: str
    judged: bool
    wikidata: str | None = None


def timeline(ledger: Ledger, wanted: Wanted, *, without_copies: bool = False) -> tuple[Entry, ...]:
    """The statements that are wanted, the earliest first; `without_copies` what stands in copies of one text once.

    Raises:
        LedgerError: nobody has the name.
        UsageError: neither a speaker nor a matter is given.
    """
    if wanted.by is None and wanted.about is None:
        raise UsageError("Say whose timeline, or of which matter: --by NAME, --about WORDS.", code="usage.bad_question")
    with ledger.reading() as connection:
        known = judged(connection)
        rows = list(wanted_rows(connection, known, wanted))
        ids = wikidata_of(connection, {row["speaker_key"] for row in rows})
        rows.sort(key=lambda row: (row["sorted_on"], row["known_on"], row["document_id"], row["content"]))
        if without_copies:
            kept = set(originals(connection, [row["id"] for row in rows]))
            rows = [row for row in rows if row["id"] in kept]
    return tuple(_entry(row, row["id"] in known.by_statement, ids) for row in rows)


def timeline_part(ledger: Ledger, wanted: Wanted, after: Place | None, limit: int, *, newest_first: bool = False) -> Part[Entry]:
    """Some of what a speaker said, by the day and then as it came into the ledger.

    Args:
        ledger: where it is said.
        wanted: whose statements (`by`), and which.
        after: day and row of the last one of the part before.
        limit: how many at most.
        newest_first: whether the newest come first, not the earliest.

    Raises:
        LedgerError: nobody has the name.
        UsageError: no speaker is given.
    """
    if wanted.by is None:
        raise UsageError("Say whose statements.", code="usage.bad_question")
    with ledger.reading() as connection:
        known = judged(connection)
        keys = speaker_keys(connection, known, wanted.by) or frozenset()
        chosen = part(rows_in_order(connection, known, wanted, keys, Turn(after, limit + 1, newest_first)), limit, place_of)
        ids = wikidata_of(connection, {row["speaker_key"] for row in chosen.items})
    return chosen.with_items(_entry(row, row["id"] in known.by_statement, ids) for row in chosen.items)


def _entry(row: Row, by_hand: bool, ids: Mapping[str, str]) -> Entry:
    same = (
        "said_on",
        "speaker_name",
        "speaker_role",
        "speaker_key",
        "stance",
        "negated_cue",
        "conditional",
        "words",
        "quote_type",
        "known_on",
    )
    return Entry(
        day=row["sorted_on"],
        day_is_known=bool(row["said_on"]) and days_of(row["said_on"]) is not None,
        id=row["key"],
        document=row["document_name"],
        document_id=row["document_key"],
        publisher=row["publisher"],
        url=row["url"],
        judged=by_hand,
        wikidata=ids.get(row["speaker_key"] or ""),
        **{name: row[name] for name in same},
    )
