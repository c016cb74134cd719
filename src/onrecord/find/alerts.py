"""Saved searches -> what is new of each: statements that answer and were recorded since it was last seen, and conflicts about what answers.

    for one in alerts(ledger):
        print(one.search.name, len(one.news.statements), len(one.news.conflicts))

New is told by the order in which the ledger grew, not by the day of the saying: an old article that is added today is new. Where nothing
was added since, nothing is looked at, however large the ledger is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from onrecord.data import Stance
from onrecord.errors import LedgerError, OnRecordError
from onrecord.find.alert_conflicts import NewConflict, conflicts
from onrecord.find.alert_matches import asking, matches
from onrecord.find.ask import answer_of, with_wikidata
from onrecord.find.question import MOST_ANSWERS, Answer, Question
from onrecord.record.judged import Judged, judged
from onrecord.record.ledger import Ledger
from onrecord.record.marks import Mark, mark_now
from onrecord.record.searches import Search, search_named, search_with_key, searches_held, seen_before

FEED_DAYS = 14
_DEFAULTS = asdict(Question())
_NOT_KEPT = frozenset({"limit"})


@dataclass(frozen=True, slots=True)
class NewStatement:
    """A statement that answers, and when the reading that has it was made (ISO 8601 in UTC)."""

    answer: Answer
    recorded_at: str


@dataclass(frozen=True, slots=True)
class News:
    """What is new: `statements`, the last recorded first, 1,000 at most, and `conflicts`, the most probable first.

    `mark` is up to where the ledger was looked at: what is marked as seen up to it was all shown.
    """

    statements: tuple[NewStatement, ...] = ()
    conflicts: tuple[NewConflict, ...] = ()
    mark: Mark = field(default_factory=Mark)

    @property
    def is_cut(self) -> bool:
        """Whether there may be more statements than are told."""
        return len(self.statements) >= MOST_ANSWERS


@dataclass(frozen=True, slots=True)
class Alert:
    """A saved search with what is new of it."""

    search: Search
    question: Question
    news: News


def kept_question(question: Question) -> dict[str, Any]:
    """The question as it is saved: what it says, without how many answers are wanted."""
    told = {name: value for name, value in asdict(question).items() if value != _DEFAULTS[name] and name not in _NOT_KEPT}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}


def question_kept(kept: Mapping[str, Any]) -> Question:
    """The question that was saved so.

    Raises:
        LedgerError: it is none that this program knows.
    """
    known = {one.name for one in fields(Question)} - _NOT_KEPT
    try:
        if wrong := sorted(kept.keys() - known):
            raise ValueError(f"it has {wrong[0]!r}")
        return Question(**{**kept, "stances": tuple(Stance(one) for one in kept.get("stances", ()))})
    except (TypeError, ValueError, AttributeError, OnRecordError) as error:
        raise LedgerError(
            f"A saved search is none that can be asked ({error}). `onrecord verify` names it.", code="ledger.damaged"
        ) from error


def alerts(ledger: Ledger, by: str | None = None) -> list[Alert]:
    """The saved searches of one person, or of all, each with what is new since it was last seen; by person and name."""
    with ledger.snapshot() as connection:
        found = searches_held(connection, by)
        known = judged(connection) if found else Judged()
        return [_alert(connection, ledger, one, known) for one in found]


def alert_named(ledger: Ledger, name: str, by: str | None = None) -> Alert:
    """The saved search with that name or key, with what is new of it.

    Raises:
        LedgerError: there is none, or several people have one.
    """
    with ledger.snapshot() as connection:
        return _alert(connection, ledger, search_named(connection, name, by), judged(connection))


def alert_with_key(ledger: Ledger, key: str) -> Alert:
    """The saved search with that key, with what is new of it.

    Raises:
        LedgerError: there is none.
    """
    with ledger.snapshot() as connection:
        return _alert(connection, ledger, search_with_key(connection, key), judged(connection))


def feed_alert(ledger: Ledger, key: str) -> Alert:
    """The same for a feed: also what was marked as seen in the last two weeks, which whoever reads the feed may not have fetched yet.

    Raises:
        LedgerError: there is none.
    """
    with ledger.snapshot() as connection:
        search = search_with_key(connection, key)
        instant = (datetime.now(UTC) - timedelta(days=FEED_DAYS)).isoformat(timespec="milliseconds")
        return _alert(connection, ledger, search, judged(connection), seen_before(connection, search, instant))


def _alert(connection: Connection, ledger: Ledger, search: Search, known: Judged, since: Mark | None = None) -> Alert:
    question, seen, now = question_kept(search.question), since or search.seen, mark_now(connection)
    if not _has_grown(seen, now):
        return Alert(search, question, News(mark=now))
    asked = asking(connection, question, known, ledger.options.meaning)
    rows = matches(connection, asked, seen, MOST_ANSWERS)
    answers = with_wikidata(connection, [answer_of(row, known, 0.0) for row in rows])
    said = tuple(NewStatement(one, row["made_at"]) for one, row in zip(answers, rows, strict=True))
    return Alert(search, question, News(said, tuple(conflicts(connection, asked, seen)), now))


def _has_grown(seen: Mark, now: Mark) -> bool:
    """Whether anything may have come since; what was on its way then counts as something."""
    late = seen.readings_on_the_way or seen.linkings_on_the_way
    return bool(late) or now.reading > seen.reading or now.linking > seen.linking or now.judgement > seen.judgement
