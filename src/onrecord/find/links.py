"""Ledger -> the links that hold in it, within and across documents, with both passages, the reason, what people say of it and its history.

    for one in links(ledger, WantedLinks(types=CONFLICTS, by="Mara Quill", order=Order.PROBABILITY)):
        print(one.source.words, one.type, one.target.words, one.probability, one.why)

A link holds while both of its statements are of current readings, and the comparison that found it is the last one of its reading. What
people judged outranks the program: what they accepted has probability 1, what they rejected is left out, and a statement that they say is
none has no links.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from onrecord.data import LinkType
from onrecord.errors import LedgerError, UsageError
from onrecord.find.contexts import document_texts
from onrecord.find.link_ends import End, end_of, end_rows, place_in_time
from onrecord.find.link_holders import Told, holders
from onrecord.find.link_rows import Ever, HeldLink, ever, held_links
from onrecord.find.stand_ins import Copy, copies_of, once, stand_ins
from onrecord.find.wanted import Wanted, is_within, wanted_rows
from onrecord.record.from_rows import spans
from onrecord.record.judged import Judged, judged
from onrecord.record.judged_links import LinkDecision
from onrecord.record.ledger import Ledger
from onrecord.record.link_names import OF_LINK, OF_STATEMENT
from onrecord.record.named import SHORTEST, documents_named
from onrecord.record.stored import at_a_time, current_statements
from onrecord.record.tables import documents, statements

Row = dict[str, Any]
Ends = dict[int, Row]
_DIGITS = frozenset("0123456789abcdef")


class Order(StrEnum):
    """What comes first: the link whose later statement is the newest, or the most probable one."""

    NEWEST = "newest"
    PROBABILITY = "probability"


@dataclass(frozen=True, slots=True)
class WantedLinks:
    """Which links are wanted; what is None does not matter.

    Args:
        types: of these types; all without any.
        by, about: from or to a statement by somebody, in which all these words stand.
        since, until: the day of the later of the two sayings; "2031-03" is the whole month.
        document: from or to a statement of the document with that id, URL, locator or name.
        min_probability: at least this probable.
        is_judged: whether a person has looked at it.
        rejected: those that people rejected, too.
        once: what copies of one text link, once; a copy is then looked for under the statement that stands for it.
        order, limit: what comes first, and how many at most.

    Raises:
        UsageError: there is no such type, a day or number is none, or there is no word in `about`.
    """

    types: tuple[str, ...] = ()
    by: str | None = None
    about: str | None = None
    since: str | None = None
    until: str | None = None
    document: str | None = None
    min_probability: float = 0.0
    is_judged: bool | None = None
    rejected: bool = False
    once: bool = False
    order: Order = Order.NEWEST
    limit: int | None = None

    def __post_init__(self) -> None:
        Wanted(by=self.by, about=self.about, since=self.since, until=self.until)
        if unknown := [one for one in self.types if one not in set(LinkType)]:
            raise _impossible(f"There is no type of link {unknown[0]!r}; there are {', '.join(LinkType)}.")
        if not 0 <= self.min_probability <= 1:
            raise _impossible(f"min_probability: {self.min_probability} is not from 0 to 1.")
        if self.limit is not None and self.limit < 1:
            raise _impossible(f"limit: {self.limit} is not 1 or more.")


@dataclass(frozen=True, slots=True)
class LinkJudgement:
    """What a person decided about a link: `id` is the number by which it can be undone."""

    id: int
    decision: LinkDecision
    made_by: str
    made_at: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """One time at which a reading, or a comparison of a reading with the ledger, had the link."""

    probability: float
    made_at: str
    program: str


@dataclass(frozen=True, slots=True)
class LedgerLink:
    """A link of the ledger, from the later or the answering statement (`source`) to the other (`target`).

    `id` stays the same in every re-run that finds both statements. `evidence` are the spans in the document of `source` that say so,
    where an article reports the link, and `evidence_words` their words. `history` tells every time that the program found it. A link is
    `syndicated` where both statements stand in copies of one text, and the one stands for the other; `source_copies` and `target_copies`
    are the statements for which its ends stand. `holder` is who says so, where that is not the article itself ("observers point out that").
    """

    id: str
    type: LinkType
    basis: str
    variant: str | None
    probability: float
    why: str | None
    evidence: tuple[tuple[int, int], ...]
    evidence_words: str | None
    source: End
    target: End
    judgement: LinkJudgement | None
    history: tuple[Found, ...]
    syndicated: bool = False
    source_copies: tuple[Copy, ...] = ()
    target_copies: tuple[Copy, ...] = ()
    holder: str | None = None


def links(ledger: Ledger, wanted: WantedLinks | None = None) -> tuple[LedgerLink, ...]:
    """The links that are wanted, the one whose later statement is the newest first, or the most probable one.

    Raises:
        LedgerError: nobody has the name, there is no such document, or the ledger cannot be read.
    """
    asked = wanted or WantedLinks()
    with ledger.reading() as connection:
        return tuple(found_links(connection, judged(connection), asked))


def link_named(ledger: Ledger, name: str) -> LedgerLink:
    """The link whose id begins so, also if it was rejected.

    Raises:
        LedgerError: there is none, or more than one.
    """
    digits = name.strip().lower()
    with ledger.reading() as connection:
        touching = _beginning(connection, digits) if SHORTEST <= len(digits) <= OF_STATEMENT + OF_LINK else frozenset()
        of = found_links(connection, judged(connection), WantedLinks(rejected=True), touching)
        found = [one for one in of if one.id.startswith(digits)]
    if len(found) > 1:
        some = ", ".join(one.id for one in found[:3])
        raise LedgerError(f"{len(found)} links have an id that begins with {name!r} ({some}): give more digits.", code="ledger.ambiguous")
    if not found:
        raise LedgerError(f"No link {name!r} holds in the ledger. `onrecord links` lists all with their ids.", code="ledger.not_found")
    return found[0]


def found_links(connection: Connection, known: Judged, wanted: WantedLinks, touching: frozenset[int] | None = None) -> Iterator[LedgerLink]:
    """The links that are wanted; `touching` as for `held_links`."""
    sets = [*_wanted_ends(connection, known, wanted), *([] if touching is None else [touching])]
    if wanted.once:
        sets = [some.union(stand_ins(connection, some).values()) for some in sets]
    held = held_links(connection, wanted.types, min(sets, key=len, default=None))
    held = [one for one in (once(connection, held) if wanted.once else held) if fits_link(one, wanted, sets)]
    ends = end_rows(connection, known, {end for one in held for end in (one.source, one.target)})
    kept = [one for one in held if holds(one, wanted, ends)]
    kept.sort(key=lambda one: _place(one, wanted.order, ends), reverse=True)
    return linked(connection, known, kept[: wanted.limit])


def linked(connection: Connection, known: Judged, kept: Sequence[HeldLink]) -> Iterator[LedgerLink]:
    """These links with all that belongs to them."""
    ends = end_rows(connection, known, {end for one in kept for end in (one.source, one.target)})
    texts = document_texts(connection, documents.c.id, {ends[one.source]["document_id"] for one in kept if one.row["evidence"]})
    history = ever(connection, [one.name for one in kept])
    copies = copies_of(connection, known, {end for one in kept for end in (one.source, one.target)})
    told = {one.name: _told(one, ends) for one in kept if one.row["evidence"]}
    by = holders(connection, known, told.values())
    return (replace(_link(one, ends, texts, history, copies), holder=by.get(told[one.name]) if one.name in told else None) for one in kept)


def _wanted_ends(connection: Connection, known: Judged, wanted: WantedLinks) -> Iterator[frozenset[int]]:
    """Sets of statements by row id, of each of which a link has to lead from or to one."""
    if wanted.by is not None or wanted.about is not None:
        yield frozenset(row["id"] for row in wanted_rows(connection, known, Wanted(by=wanted.by, about=wanted.about)))
    elif wanted.since is not None:
        yield frozenset(row["id"] for row in wanted_rows(connection, known, Wanted(since=wanted.since)))
    if wanted.document is not None:
        yield of_document(connection, wanted.document)


def of_document(connection: Connection, name: str) -> frozenset[int]:
    """The current statements of the documents with that id, URL, locator or name, by row id.

    Raises:
        LedgerError: there is none.
    """
    asked = current_statements().with_only_columns(statements.c.id)
    ids = [row["id"] for row in documents_named(connection, name)]
    return frozenset(number for some in at_a_time(ids) for number in connection.scalars(asked.where(documents.c.id.in_(some))))


def _beginning(connection: Connection, digits: str) -> frozenset[int]:
    """The current statements whose key begins as the id of a link does."""
    if not set(digits) <= _DIGITS:
        return frozenset()
    key, first = statements.c.key, digits[:OF_STATEMENT]
    return frozenset(connection.scalars(current_statements().with_only_columns(statements.c.id).where(key >= first, key < first + "g")))


def fits_link(one: HeldLink, wanted: WantedLinks, sets: Iterable[frozenset[int]]) -> bool:
    """Whether a link is wanted, as far as that can be told without its statements; `sets`: of each it leads from or to one."""
    if one.is_decided(LinkDecision.REJECTED) and not wanted.rejected:
        return False
    if one.probability < wanted.min_probability or wanted.is_judged not in (None, one.judged is not None):
        return False
    return all(one.source in some or one.target in some for some in sets)


def holds(one: HeldLink, wanted: WantedLinks, ends: Ends) -> bool:
    """Whether both ends are statements, and the later one was said on a wanted day."""
    if one.source not in ends or one.target not in ends:
        return False
    later = _later(one, ends)
    return is_within(later["said_on"], later["sorted_on"], wanted.since, wanted.until)


def _later(one: HeldLink, ends: Ends) -> Row:
    return max(ends[one.source], ends[one.target], key=place_in_time)


def _place(one: HeldLink, order: Order, ends: Ends) -> tuple[Any, ...]:
    newest, probable = place_in_time(_later(one, ends)), one.probability
    return (probable, *newest, one.name.id) if order is Order.PROBABILITY else (*newest[:2], probable, newest[2], one.name.id)


def _told(one: HeldLink, ends: Ends) -> Told:
    return Told(one.source, ends[one.source]["document_id"], spans(one.row["evidence"])[0])


def _link(one: HeldLink, ends: Ends, texts: dict[int, str], history: Ever, copies: Mapping[int, tuple[Copy, ...]]) -> LedgerLink:
    row, source = one.row, ends[one.source]
    evidence = spans(row["evidence"])
    words = " ... ".join(span.of(texts[source["document_id"]]) for span in evidence).strip()
    return LedgerLink(
        id=one.name.id,
        type=LinkType(one.name.type),
        basis=str(row["basis"]),
        variant=row["variant"],
        probability=one.probability,
        why=row["why"],
        evidence=tuple((start, end) for start, end in evidence),
        evidence_words=words or None,
        source=end_of(source),
        target=end_of(ends[one.target]),
        judgement=_judgement(one),
        history=tuple(Found(each["probability"], each["made_at"], each["program"]) for each in history.get(one.name.either_way, ())),
        syndicated=row.get("copied_id") is not None,
        source_copies=copies.get(one.source, ()),
        target_copies=copies.get(one.target, ()),
    )


def _judgement(one: HeldLink) -> LinkJudgement | None:
    if one.judged is None:
        return None
    row = one.judged.row
    return LinkJudgement(row["id"], one.judged.decision, row["made_by"], row["made_at"], row["note"])


def _impossible(message: str) -> UsageError:
    return UsageError(message, code="usage.bad_question")
