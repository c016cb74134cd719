"""Work that nobody waits for stops in the database, and asks it no more."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from onrecord.errors import LedgerError
from onrecord.record.abandoned import Work, doing, unhurried
from onrecord.record.ledger import Ledger, open_ledger

FOR_EVER = {
    "sqlite": "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c",
    "postgresql": "SELECT pg_sleep(600)",
}


@pytest.fixture
def lesk(ledger_url: str) -> Iterator[Ledger]:
    open_ledger(ledger_url, create=True).close()
    with open_ledger(ledger_url, read_only=True) as ledger:
        yield ledger


def ask(ledger: Ledger, query: str) -> object:
    with ledger.reading() as connection:
        return connection.execute(text(query)).scalar()


def test_a_query_that_is_running_stops(lesk: Ledger) -> None:
    work, ended = Work(), threading.Event()
    failures: list[LedgerError] = []
    begun = threading.Event()

    def for_ever() -> None:
        with doing(work):
            begun.set()
            try:
                ask(lesk, FOR_EVER[lesk.engine.dialect.name])
            except LedgerError as error:
                failures.append(error)
        ended.set()

    thread = threading.Thread(target=for_ever, daemon=True)
    thread.start()
    assert begun.wait(10)
    while not ended.wait(0.2):  # the query may not have begun yet when it is stopped for the first time
        work.stop()
    thread.join(10)
    assert len(failures) == 1
    assert ask(lesk, "SELECT 1") == 1


def test_no_other_query_begins(lesk: Ledger) -> None:
    work = Work()
    with doing(work), lesk.reading() as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1
        work.stop()
        with pytest.raises(LedgerError) as caught:
            connection.execute(text("SELECT 1"))
        assert caught.value.code == "ledger.abandoned"
    with doing(work), pytest.raises(LedgerError), lesk.reading():
        pass


def test_what_others_need_too_goes_on(lesk: Ledger) -> None:
    work = Work()
    work.stop()
    with doing(work), unhurried():
        assert ask(lesk, "SELECT 1") == 1
