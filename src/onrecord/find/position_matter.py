"""Words -> the matter that they name: the statements about it, grown by those that are linked to them, with the links between all.

An article names its matter once and then says "it" or "the boats", so a statement need not hold all the words itself. It is about the
matter where it holds most of them, or means nearly the same; or where it holds some of them, or is near in meaning, and all stand
around it. Rare words count more. Words that no passage has beside the others count for nothing: few people call a matter as papers do.

Linked statements join as they are: all that repeats or revises what is there, however far; of what agrees, contradicts or denies, one step.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sqlalchemy import Connection, func, select
from sqlalchemy.sql.elements import ColumnElement

from onrecord.data import LinkType
from onrecord.errors import UsageError
from onrecord.find.ask import ask
from onrecord.find.columns import likeness
from onrecord.find.full_text import Searched, text_scores, weights_of, wording
from onrecord.find.link_rows import held_links
from onrecord.find.question import MOST_ANSWERS, Question
from onrecord.find.wanted import check_day, is_within
from onrecord.record.days import last_day
from onrecord.record.from_rows import document_of
from onrecord.record.judged import Judged
from onrecord.record.judged_links import LinkDecision
from onrecord.record.ledger import Ledger
from onrecord.record.stored import at_a_time, current_statements
from onrecord.record.tables import documents, statements

Row = dict[str, Any]
MOST_WORDS = 0.6  # share of the question's words, by weight, that make a statement one of the matter by themselves
SOME_WORDS, AROUND = 0.25, 0.75  # shares in the statement and around it that do so together
NEAR, NEAR_AROUND = 0.7, 0.45  # cosines that do so by themselves, and with the words around
LEAST_SHARE = 0.5  # of the question's words that some passage holds; below it the ledger knows nothing of the matter
CONTEXT = 2000  # characters on each side of a statement: of most articles the whole
_SAME = (LinkType.REPEATS, LinkType.REVISES)
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class WantedPositions:
    """Which positions are wanted; what is None does not matter.

    `about`: the matter, in any words. `by`: whose, a name or key. `since`, `until`: of the saying; `as_of`: what was known on that day.
    Days may be weeks, months or years ("2031-03"), which are taken whole.

    Raises:
        UsageError: a day is none, or no word names the matter.
    """

    about: str
    by: str | None = None
    since: str | None = None
    until: str | None = None
    as_of: str | None = None

    def __post_init__(self) -> None:
        for name in ("since", "until", "as_of"):
            check_day(name, getattr(self, name))
        if not _WORD.search(self.about):
            raise UsageError('Say on which matter, in any words: onrecord positions "night flights".', code="usage.bad_question")


@dataclass(frozen=True, slots=True)
class Matter:
    """Statements as judged, by row id, with `document_key`, `document_name`, `publisher`, `url` and `known_on` of their documents.

    `links` are rows, from and to these statements, the surest first, each with the `id` by which people name it; `texts` the texts of the
    documents, by row id.
    """

    rows: dict[int, Row] = field(default_factory=dict)
    links: tuple[Row, ...] = ()
    texts: dict[int, str] = field(default_factory=dict)


def candidates(ledger: Ledger, wanted: WantedPositions) -> tuple[str, ...]:
    """The ids of the statements that may be about the matter, best first."""
    return tuple(one.id for one in ask(ledger, Question(wanted.about, as_of=wanted.as_of, limit=MOST_ANSWERS)))


def matter(connection: Connection, ledger: Ledger, known: Judged, wanted: WantedPositions, ids: Sequence[str]) -> Matter:
    """The statements about the matter, of those with these ids and of those that are linked to them.

    Args:
        connection: of the ledger.
        ledger: what is asked; its model tells what is near in meaning.
        known: what persons decided.
        wanted: the matter.
        ids: of `candidates`.
    """
    asked = _Asked(connection, known, wanted)
    found = {row["id"]: row for some in at_a_time(ids) for row in asked.rows(statements.c.key.in_(some))}
    texts = asked.texts(found.values())
    about = asked.about_it(ledger, [_Passage(row, _around(row, texts[row["document_id"]])) for row in found.values()])
    grown = asked.grown({row["id"]: row for row in about})
    kept = {number: row for number, row in grown.items() if _is_within(row, wanted)}
    between = tuple(one for one in asked.links(kept, tuple(LinkType)) if one["from_id"] in kept and one["to_id"] in kept)
    return Matter(kept, between, asked.texts(kept.values()))


@dataclass(frozen=True, slots=True)
class _Passage:
    """A statement, and the words around it."""

    row: Row
    around: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """A matter, asked of a ledger at one moment."""

    connection: Connection
    known: Judged
    wanted: WantedPositions

    def rows(self, condition: ColumnElement[bool]) -> Iterator[Row]:
        """The statements that somebody said and that were known on the day, as judged."""
        of = documents.c
        columns = (of.key.label("document_key"), of.name.label("document_name"), of.publisher, of.url, of.known_on)
        asked = current_statements().add_columns(*columns).where(~statements.c.hypothetical, condition)
        if self.wanted.as_of is not None:
            asked = asked.where(of.known_on <= str(last_day(self.wanted.as_of)))
        found = self.connection.execute(asked).mappings().all()
        self.known.load(row["speaker_key"] for row in found)
        judged = (self.known.row(dict(row)) for row in found)
        return (row for row in judged if row is not None)

    def texts(self, rows: Iterable[Row]) -> dict[int, str]:
        """The texts of the documents of these statements; blanks where only excerpts are kept."""
        found = {}
        for some in at_a_time(sorted({row["document_id"] for row in rows})):
            for row in self.connection.execute(select(documents).where(documents.c.id.in_(some))).mappings():
                found[row["id"]] = document_of(dict(row)).text
        return found

    def about_it(self, ledger: Ledger, found: Sequence[_Passage]) -> list[Row]:
        """Those that are about the matter."""
        said = wording(self.wanted.about)
        highest = self.connection.scalar(select(func.max(statements.c.id))) or 0
        weights = weights_of(self.connection, said, Searched(1, highest, 1.0, lambda ids: np.ones(len(ids), np.bool_)))
        inside = text_scores(said, weights, [(one.row["words"], None, "") for one in found])
        around = text_scores(said, weights, [(one.around, None, "") for one in found])
        near = _likeness(ledger, self.wanted.about, [one.row["words"] for one in found])
        fitting = _fitting(inside, around, near)
        return [one.row for one, fits in zip(found, fitting, strict=True) if fits]

    def grown(self, found: dict[int, Row]) -> dict[int, Row]:
        """With those that are linked to them."""
        same = self._reached(self._reached(found, _SAME), tuple(LinkType), steps=1)
        return self._reached(same, _SAME)

    def _reached(self, found: dict[int, Row], types: Sequence[LinkType], steps: int | None = None) -> dict[int, Row]:
        """With those that links of these types lead to, in so many steps, or in any number."""
        out, last, left = dict(found), list(found), steps
        while last and left != 0:
            ends = {end for one in self.links(last, types) for end in (one["from_id"], one["to_id"])} - out.keys()
            new = {row["id"]: row for some in at_a_time(sorted(ends)) for row in self.rows(statements.c.id.in_(some))}
            out |= new
            last, left = list(new), None if left is None else left - 1
        return out

    def links(self, ids: Iterable[int], types: Sequence[LinkType]) -> list[Row]:
        """The links in force of these types from and to these statements, the surest first; without those that people rejected."""
        found = held_links(self.connection, types, frozenset(ids))
        return sorted(
            (
                {**one.row, "id": one.name.id, "from_id": one.source, "to_id": one.target, "probability": one.probability}
                for one in found
                if not one.is_decided(LinkDecision.REJECTED)
            ),
            key=lambda link: (-link["probability"], link["from_id"], link["to_id"], link["type"]),
        )


def _fitting(inside: Sequence[float], around: Sequence[float], near: Sequence[float]) -> list[bool]:
    """Which statements are about the matter, by the shares of its words in and around each, and how near each is in meaning."""
    whole = min(1.0, max(around, default=0.0))
    if whole <= LEAST_SHARE:
        return [like >= NEAR for like in near]
    return [
        like >= NEAR or mine >= MOST_WORDS * whole or (beside >= AROUND * whole and (mine >= SOME_WORDS * whole or like >= NEAR_AROUND))
        for mine, beside, like in zip(inside, around, near, strict=True)
    ]


def _around(row: Row, text: str) -> str:
    first, last = row["content"][0][0], row["content"][-1][1]
    return text[max(0, first - CONTEXT) : last + CONTEXT]


def _likeness(ledger: Ledger, about: str, said: Sequence[str]) -> list[float]:
    """How near each is in meaning: cosines."""
    if ledger.options.meaning is None or not said:
        return [0.0] * len(said)
    vectors = ledger.options.meaning.vectors([about, *said])
    return [float(one) for one in likeness(vectors[0], vectors[1:])]


def _is_within(row: Row, wanted: WantedPositions) -> bool:
    return is_within(row["said_on"], row["sorted_on"], wanted.since, wanted.until)
