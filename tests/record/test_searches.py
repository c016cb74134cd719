"""Saved searches are rows that are only added, and a mark tells what came after it whatever the numbers of the rows do."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select
from tests.record.invented import MODELS, document, record

from onrecord.errors import LedgerError, UsageError
from onrecord.record.ledger import Ledger, Program, open_ledger
from onrecord.record.marks import Mark, mark_now, mark_of, mark_row, mark_told, seen_up_to
from onrecord.record.search_tables import looks, search_ends, searches
from onrecord.record.searches import end, look, save, search_named, searches_held
from onrecord.record.tables import readings, runs

IDA = "Ida Brook"


def add(ledger: Ledger, *names: str) -> None:
    run = ledger.begin(Program("onrecord 1", MODELS), "add news")
    ledger.add(run, [record(document(name)) for name in names])
    ledger.end(run)


def now(ledger: Ledger) -> Mark:
    with ledger.reading() as connection:
        return mark_now(connection)


def after(ledger: Ledger, mark: Mark) -> list[int]:
    """The readings that came after the mark."""
    with ledger.reading() as connection:
        return list(connection.scalars(select(readings.c.id).where(mark.came_after(readings.c.id)).order_by(readings.c.id)))


def test_saving_seeing_and_ending_add_rows_with_their_runs_and_change_none(ledger_url: str) -> None:
    with open_ledger(ledger_url, create=True) as ledger:
        key = save(ledger, "  Bridge guards ", {"text": "guards\0", "stances": ["denies"]}, IDA)
        with ledger.reading() as connection:
            (before,) = searches_held(connection)
        assert (before.key, before.name, before.made_by, before.seen) == (key, "Bridge guards", IDA, Mark())
        assert before.question == {"text": "guards\ufffd", "stances": ["denies"]}
        add(ledger, "one")
        look(ledger, key, now(ledger), IDA)
        with ledger.reading() as connection:
            assert search_named(connection, "Bridge guards").seen.reading == 1
        end(ledger, key, IDA)
        with ledger.reading() as connection:
            assert searches_held(connection) == []
            counts = [connection.scalar(select(func.count()).select_from(table)) for table in (searches, looks, search_ends)]
            commands = connection.scalars(select(runs.c.command).where(runs.c.made_by == IDA).order_by(runs.c.id)).all()
        assert counts == [1, 2, 1]
        assert commands == ["alerts save Bridge guards", f"alerts seen {key}", f"alerts end {key}"]
        with pytest.raises(LedgerError, match="no saved search"):
            look(ledger, key, Mark(), IDA)
        with pytest.raises(LedgerError, match="no saved search"):
            end(ledger, key, IDA)


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "a\x1b[31m", "a\nb", "\u202eevil"])
def test_a_name_that_cannot_be_shown_is_refused(ledger_url: str, name: str) -> None:
    with open_ledger(ledger_url, create=True) as ledger, pytest.raises(UsageError, match="1 to 200 printable"):
        save(ledger, name, {}, IDA)


def test_a_person_has_a_name_once_and_somebody_needs_to_save(ledger_url: str) -> None:
    with open_ledger(ledger_url, create=True) as ledger:
        save(ledger, "Guards", {}, IDA)
        save(ledger, "Guards", {}, "Nils Fell")
        for name, by, told in (("Guards", IDA, "already"), ("Tolls", "  ", "needs the name")):
            with pytest.raises(UsageError, match=told):
                save(ledger, name, {}, by)
        with ledger.reading() as connection:
            assert connection.scalar(select(func.count()).select_from(runs)) == 2


@pytest.mark.postgres
def test_a_reading_that_was_on_its_way_is_after_the_mark_though_its_number_is_lower(postgres_url: str) -> None:
    with open_ledger(postgres_url, create=True) as ledger, open_ledger(postgres_url) as other:
        add(ledger, "one")
        run = ledger.begin(Program("onrecord 1", MODELS), "add news")
        row = {"document_id": 1, "run_id": run.id, "made_at": "2031-03-04", "digest": "d", "models": {}, "min_probability": 0.5}
        with ledger.writing() as connection:
            connection.execute(readings.insert(), [row])  # reading 2, numbered and not yet there for anybody else
            with other.writing() as elsewhere:
                elsewhere.execute(readings.insert(), [row | {"digest": "e"}])
            key = save(other, "Guards", {}, IDA)
            mark = now(other)
            assert (mark.reading, mark.readings_on_the_way) == (3, (2,))
        assert after(ledger, mark) == [2]
        with ledger.reading() as connection:
            kept = search_named(connection, key).seen
        assert kept == mark
        assert after(ledger, now(ledger)) == []


def test_a_mark_reaches_no_further_than_the_rows_that_are_still_there(ledger_url: str) -> None:
    with open_ledger(ledger_url, create=True) as ledger:
        add(ledger, "one", "two")
        with ledger.reading() as connection:
            row: dict[str, Any] = mark_row(connection, mark_now(connection))
        with ledger.writing() as connection:
            connection.exec_driver_sql("UPDATE readings SET made_at = '2099-01-01' WHERE id = 2")  # another row of the same number
        with ledger.reading() as connection:
            assert mark_of(connection, row).reading == 1


MARKS = [Mark(), Mark(3, 2, 1), Mark(120, 80, 3, (117, 119), (79,)), Mark(1, 0, 0, (), (5,))]


@pytest.mark.parametrize("mark", MARKS, ids=str)
def test_a_mark_is_told_and_understood(mark: Mark) -> None:
    assert mark_told(str(mark)) == mark


@pytest.mark.parametrize("told", ["", "1", "1.2", "1.2.x", "-1.2.3", "1.2.3r", "99999999999.1.1", "2147483648.1.1", "1.2.3l1r1", "1.2.3 "])
def test_what_is_no_mark_is_not_understood(told: str) -> None:
    assert mark_told(told) is None


def test_what_is_seen_grows_and_never_beyond_what_there_is() -> None:
    before, there = Mark(10, 5, 2, (8,), ()), Mark(20, 9, 4, (18,), (7,))
    assert seen_up_to(before, Mark(15, 7, 3, (12,), (6,)), there) == Mark(15, 7, 3, (12,), (6,))
    assert seen_up_to(before, Mark(3, 1, 0), there) == before
    assert seen_up_to(before, Mark(10, 5, 2), there) == Mark(10, 5, 2)
    assert seen_up_to(before, Mark(99, 99, 99), there) == there
    assert seen_up_to(before, Mark(15, 1, 0, (12,)), there) == Mark(15, 5, 2, (12,))
