"""What people decided about links: kept as judgements, which outrank every comparison and survive every re-run.

    judge_link(ledger, LinkName("3f2a91c0", "77b01e2d", "denies"), LinkDecision.REJECTED, by="Ida Brook", note="another ferry")

A judgement names the link by its two statements and its type. After a re-run it follows each of the two as a correction follows its
statement; where one of them is not found any more it is orphaned. Of several about one link the last one counts. A link may be accepted
that no reading has found. `corrections.undo` takes a judgement back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, or_, select, update

from onrecord.data import LinkType
from onrecord.errors import UsageError
from onrecord.record.corrections import person, written
from onrecord.record.judged import ABOUT_STATEMENTS, Judged, JudgementKind, followed, in_force
from onrecord.record.kept import kept
from onrecord.record.ledger import Ledger
from onrecord.record.link_names import EITHER_WAY, LinkName
from onrecord.record.named import statement_named
from onrecord.record.tables import judgements, links, statements

Row = dict[str, Any]
_OTHER_END = {"key": "to", "document_key": "to_document", "content": "to_content", "speaker_key": "to_speaker"}


class LinkDecision(StrEnum):
    """What a person says of a link. One that is unsure was looked at; one that nobody looked at has no judgement."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNSURE = "unsure"


class Place(NamedTuple):
    """A current statement: its row id and its key."""

    id: int
    key: str


@dataclass(frozen=True, slots=True)
class JudgedLink:
    """A judgement about a link; `source` and `target` are the current statements that it is about, null where none is found any more."""

    row: Row
    source: Place | None
    target: Place | None

    @property
    def name(self) -> LinkName | None:
        """The link that it is about today; None where it is orphaned."""
        if self.source is None or self.target is None:
            return None
        return LinkName(self.source.key, self.target.key, self.row["changes"]["type"])

    @property
    def decision(self) -> LinkDecision:
        """What was decided."""
        return LinkDecision(self.row["changes"]["decision"])


def judged_links(connection: Connection) -> tuple[JudgedLink, ...]:
    """The judgements about links that are in force, the oldest first."""
    return kept(connection, "judged links", lambda: _judged_links(connection))


def _judged_links(connection: Connection) -> tuple[JudgedLink, ...]:
    found = list(in_force(connection, JudgementKind.LINK))
    if not found:
        return ()
    corrected = list(in_force(connection, *ABOUT_STATEMENTS))  # who speaks as corrected may speak here, too
    now = [_place(row) for _, row in followed(connection, [*corrected, *found, *map(_other_end, found)])][len(corrected) :]
    ends = zip(now[: len(found)], now[len(found) :], strict=True)
    return tuple(JudgedLink(row, source, target) for row, (source, target) in zip(found, ends, strict=True))


def decided(judged: tuple[JudgedLink, ...]) -> dict[LinkName, JudgedLink]:
    """The judgement that counts of each link, by its name either way; without orphans."""
    return {name.either_way: one for one in judged if (name := one.name) is not None}


def orphans(known: Judged, of_links: Iterable[JudgedLink]) -> dict[int, Row]:
    """The judgements of which no current reading finds the statement, or one of the two that are linked, by their numbers."""
    return {row["id"]: row for row in (*known.orphans, *(one.row for one in of_links if one.name is None))}


def judge_link(ledger: Ledger, link: LinkName, decision: LinkDecision, by: str, note: str | None = None) -> int:
    """Say whether a link holds; what is said counts from now on.

    Args:
        ledger: where its statements are.
        link: the ids of the two statements, or so many of the first digits that no others begin with them, and the type.
        decision: whether it holds.
        by: who says so.
        note: why.

    Returns:
        The number of the judgement, by which it can be undone.

    Raises:
        LedgerError: there is no such statement, or it cannot be written.
        UsageError: these two cannot be linked, nothing linked them that could be rejected, or nobody's name is given.
    """
    who = person(by)
    kind = _checked_type(link.type)
    with ledger.reading() as connection:
        source, target = (statement_named(connection, one) for one in (link.source, link.target))
        _check(connection, source, target, kind, decision)
    other = {told: target[name] for name, told in _OTHER_END.items()}
    about = {name: source[name] for name in ("document_key", "speaker_key", "content")}
    changes = {**other, "type": kind.value, "decision": decision.value}
    row: Row = {"kind": JudgementKind.LINK.value, "statement_key": source["key"], "changes": changes, **about}
    return written(ledger, lambda _: row, f"review {LinkName(source['key'], target['key'], kind).id} {decision}", who, note)


def forget_judged_links(connection: Connection, document: str) -> None:
    """Empties what judgements say of links to statements of the document with that key, for it is about to be removed."""
    of_links = select(judgements.c.id, judgements.c.changes).where(judgements.c.kind == JudgementKind.LINK)
    for number, changes in connection.execute(of_links).all():
        if changes.get("to_document") == document:
            connection.execute(update(judgements).where(judgements.c.id == number).values(changes={}, note=None))


def _other_end(row: Row) -> Row:
    """The judgement as if it were about the statement at the other end; about none where a document was removed that it was about."""
    given = row["changes"]
    about = {name: given.get(told) for name, told in _OTHER_END.items() if name != "key"}
    return {**about, "statement_key": given.get("to"), "content": given.get("to_content", []), "changes": {}}


def _place(row: Row | None) -> Place | None:
    return None if row is None else Place(row["id"], row["key"])


def _checked_type(kind: str) -> LinkType:
    if kind not in set(LinkType):
        raise _impossible(f"There is no type of link {kind!r}; there are {', '.join(LinkType)}.")
    return LinkType(kind)


def _check(connection: Connection, source: Row, target: Row, kind: LinkType, decision: LinkDecision) -> None:
    """Raises UsageError where there can be no such link, or none that was found and could be rejected or doubted."""
    if source["key"] == target["key"]:
        raise _impossible("A statement cannot be linked with itself.")
    if source["hypothetical"] or target["hypothetical"]:
        raise _impossible("Words that nobody said cannot be linked.")
    name = LinkName(source["key"], target["key"], kind).either_way
    if decision is not LinkDecision.ACCEPTED and not _was_found(connection, name) and name not in decided(judged_links(connection)):
        raise _impossible(f"Nothing says that one of these statements {kind} the other: only `accept` makes a link that is not there.")


def _was_found(connection: Connection, name: LinkName) -> bool:
    """Whether any reading or comparison ever had the link."""
    first, second = statements.alias("first"), statements.alias("second")
    there = and_(first.c.key == name.source, second.c.key == name.target)
    back = and_(first.c.key == name.target, second.c.key == name.source)
    joined = links.join(first, links.c.from_id == first.c.id).join(second, links.c.to_id == second.c.id)
    asked = select(links.c.id).select_from(joined).where(links.c.type == name.type, or_(there, back) if name.type in EITHER_WAY else there)
    return connection.scalar(asked.limit(1)) is not None


def _impossible(message: str) -> UsageError:
    return UsageError(message, code="usage.bad_judgement")
