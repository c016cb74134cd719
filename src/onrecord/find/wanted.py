"""What somebody wants to know of -> the statements that it means, as a person would have them: judgements outrank the program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, func, or_, text
from sqlalchemy.sql.elements import ColumnElement

from onrecord.data import Stance
from onrecord.errors import UsageError
from onrecord.find.whom import keys_named, nobody
from onrecord.link.lexicons import words as listed_words
from onrecord.record.corrections import is_day
from onrecord.record.days import first_day, last_day
from onrecord.record.judged import Judged
from onrecord.record.stored import current_statements
from onrecord.record.tables import documents, statements

Row = dict[str, Any]
_WORD = re.compile(r"\w+")
_A_DAY = 10  # characters of a value that names a day; shorter ones name a week, a month or more


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which statements are wanted; what is None does not matter.

    `by`: a name or key. `about`: words that all stand in the statement, in any form. `since`, `until`: of the saying; `as_of`: what was
    known on that day. Days may be weeks, months or years ("2031-03"), which are taken whole.

    Raises:
        UsageError: a day is none, or there is no such stance.
    """

    by: str | None = None
    about: str | None = None
    since: str | None = None
    until: str | None = None
    stance: str | None = None
    as_of: str | None = None

    def __post_init__(self) -> None:
        for name in ("since", "until", "as_of"):
            check_day(name, getattr(self, name))
        if self.stance is not None:
            check_stance(self.stance)
        if self.about is not None and not _WORD.search(self.about):
            raise UsageError("There is no word in what the statements are to be about.", code="usage.bad_question")


def check_day(name: str, value: str | None) -> None:
    """Raises UsageError where the value names no stretch of the calendar."""
    if value is not None and not is_day(value):
        message = f"{name}: {value!r} is no day, week, month or year: write 2031-03-04, 2031-W10 or 2031-03."
        raise UsageError(message, code="usage.bad_question")


def check_stance(value: str) -> None:
    """Raises UsageError where there is no such stance."""
    if value not in set(Stance):
        raise UsageError(f"There is no stance {value!r}; there are {', '.join(Stance)}.", code="usage.bad_question")


def is_within(value: str | None, otherwise: str, since: str | None, until: str | None) -> bool:
    """Whether a day, or any day that a longer value may mean, lies between two; `otherwise` is the day where the value names none."""
    first, last = (value and first_day(value)) or otherwise, (value and last_day(value)) or otherwise
    return (since is None or last >= str(first_day(since))) and (until is None or first <= str(last_day(until)))


def wanted_rows(connection: Connection, known: Judged, wanted: Wanted) -> Iterator[Row]:
    """The statements as judged, with `document_key`, `document_name`, `publisher`, `url` and `known_on` of their documents; in no order.

    Words that nobody said are left out.

    Raises:
        LedgerError: nobody has the name.
    """
    return rows_said_by(connection, known, wanted, speaker_keys(connection, known, wanted.by))


def rows_said_by(
    connection: Connection, known: Judged, wanted: Wanted, keys: frozenset[str] | None, *only: ColumnElement[bool]
) -> Iterator[Row]:
    """The same where it is known whose statements are wanted (`speaker_keys`); `only` are conditions that no judgement touches."""
    of = documents.c
    asked = current_statements().add_columns(
        of.key.label("document_key"), of.name.label("document_name"), of.publisher, of.url, of.known_on
    )
    asked = asked.where(~statements.c.hypothetical, *only, *of_documents(connection, wanted))
    told = list(of_statements(known, wanted, keys))
    if told:
        asked = asked.where(or_(and_(*told), statements.c.id.in_(sorted(known.changes))))
    found = connection.execute(asked).mappings().all()
    known.load(row["speaker_key"] for row in found)
    for row in found:
        as_judged = known.row(dict(row))
        if as_judged is not None and fits(as_judged, wanted, keys):
            yield as_judged


def speaker_keys(connection: Connection, known: Judged, by: str | None) -> frozenset[str] | None:
    """The keys that a name may mean; None where no name is given.

    Raises:
        LedgerError: nobody has the name.
    """
    if by is None:
        return None
    keys = keys_named(connection, known, by)
    if not keys:
        raise nobody(by)
    return frozenset(keys)


def of_documents(connection: Connection, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    """The conditions that no judgement touches: when it was known, and which words stand in it."""
    if wanted.as_of is not None:
        yield documents.c.known_on <= str(last_day(wanted.as_of))
    if wanted.about is not None:
        yield _holds(connection, wanted.about)


def of_statements(known: Judged, wanted: Wanted, keys: frozenset[str] | None) -> Iterator[ColumnElement[bool]]:
    """The conditions on columns that a person may have corrected."""
    if keys is not None:
        yield statements.c.speaker_key.in_(sorted({raw for key in keys for raw in known.raw_keys(key)}))
    if wanted.stance is not None:
        yield statements.c.stance == wanted.stance
    if wanted.since is not None:
        yield or_(statements.c.sorted_on >= first_day(wanted.since), func.length(statements.c.said_on) < _A_DAY)
    if wanted.until is not None:
        yield statements.c.sorted_on <= last_day(wanted.until)


def fits(row: Row, wanted: Wanted, keys: frozenset[str] | None) -> bool:
    """Whether a statement is wanted, as it is judged."""
    if keys is not None and row["speaker_key"] not in keys:
        return False
    return wanted.stance in (None, row["stance"]) and is_within(row["said_on"], row["sorted_on"], wanted.since, wanted.until)


def _holds(connection: Connection, about: str) -> ColumnElement[bool]:
    """That all the words stand in the statement, stop words aside."""
    found = [word.casefold() for word in _WORD.findall(about)]
    kept = [word for word in found if word not in listed_words("stop") and len(word) > 1] or found
    if connection.dialect.name == "postgresql":
        matched = text("SELECT id FROM statement_words WHERE searched @@ to_tsquery('english', :wanted_words)")
        wanted_words = " & ".join(f"{word}:A" for word in kept)
    else:
        matched = text("SELECT rowid FROM statement_words WHERE statement_words MATCH :wanted_words")
        wanted_words = "words : (" + " AND ".join(f'"{word}"' for word in kept) + ")"
    return statements.c.id.in_(matched.bindparams(wanted_words=wanted_words).columns(statements.c.id).scalar_subquery())
