"""Several programs add and load the same documents into one PostgreSQL at once while others ask: nothing is lost, nothing is twice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from tests.find.invented import article
from tests.record.dumped import dumped
from tests.record.invented import MODELS, person

from onrecord.data import Record
from onrecord.errors import LedgerError
from onrecord.find.ask import ask
from onrecord.find.question import Question
from onrecord.record.ledger import Options, Program, open_ledger
from onrecord.record.retrying import retried
from onrecord.record.tables import documents, readings, run_ends, runs
from onrecord.settings import PoolOptions

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("Mara Quill", "Ines Marrow", "Tom Brenn", "Ada Sorrel")
WRITER = """
import random, sys
sys.path.insert(0, sys.argv[1])
from tests.record.test_many_writers import PROGRAM, papers
from onrecord.record.bulk import chunks, copied, joined_at_last
from onrecord.record import bulk
from onrecord.record.ledger import open_ledger
seed, how = int(sys.argv[3]), sys.argv[4]
given = papers()
random.Random(seed).shuffle(given)
with open_ledger(sys.argv[2], create=True) as ledger:
    run = ledger.begin(PROGRAM, how)
    if how == "load":
        bulk.DOCUMENTS_AT_ONCE = 9
        bulk.loaded(ledger, run, given)
    else:
        for start in range(0, len(given), 7):
            ledger.add(run, given[start:start + 7])
        ledger.end(run)
"""
READER = """
import sys
sys.path.insert(0, sys.argv[1])
from onrecord.find.ask import ask
from onrecord.find.question import Question
from onrecord.record.ledger import open_ledger
with open_ledger(sys.argv[2], read_only=True) as ledger:
    seen = 0
    while seen < 30:
        found = len(ask(ledger, Question("ferry", limit=1000)))
        assert found >= seen, (found, seen)
        seen = found
"""
PROGRAM = Program("onrecord 1", MODELS)


def papers() -> list[Record]:
    """Articles of four people, some of whom are called by their surnames alone."""
    found = []
    for number in range(30):
        name = NAMES[number % len(NAMES)]
        shown = name if number % 3 else name.split()[-1]
        speaker = person(shown, shown.lower().replace(" ", "-"), "harbour minister" if number % 2 else None)
        found.append(article(f"paper-{number}", f"2031-03-{number % 28 + 1:02}", (speaker, f"ferry {number} sails")))
    return found


@pytest.mark.postgres
@pytest.mark.slow
def test_many_writers_leave_what_one_leaves(postgres_url: str, tmp_path: Path) -> None:
    open_ledger(postgres_url, create=True).close()
    writers = [[WRITER, str(ROOT), postgres_url, str(seed), how] for seed, how in enumerate(("add", "load", "add", "load"))]
    reader, *programs = (
        subprocess.Popen([sys.executable, "-c", *one], stderr=subprocess.PIPE) for one in ([READER, str(ROOT), postgres_url], *writers)
    )
    try:
        assert [(one.communicate()[1].decode(), one.returncode) for one in programs] == [("", 0)] * len(programs)
        assert (reader.communicate()[1].decode(), reader.returncode) == ("", 0)
    finally:
        reader.kill()  # it asks until it has seen all
        reader.wait()
    with open_ledger(str(tmp_path / "one.db"), create=True) as one:
        run = one.begin(PROGRAM, "add")
        one.add(run, papers())
        one.end(run)
        with open_ledger(postgres_url) as many:
            assert dumped(many) == dumped(one)
            asked = Question("ferry", by="Mara Quill", limit=100)
            assert {row.id for row in ask(many, asked)} == {row.id for row in ask(one, asked)}
            with many.reading() as connection:
                assert connection.scalar(select(func.count()).select_from(documents)) == 30
                assert connection.scalar(select(func.count()).select_from(readings)) == 30
                ended = connection.scalar(select(func.count()).select_from(run_ends))
                assert connection.scalar(select(func.count()).select_from(runs)) == ended


@pytest.mark.postgres
def test_a_connection_that_the_server_ended_is_made_anew(postgres_url: str) -> None:
    with open_ledger(postgres_url, create=True) as ledger, open_ledger(postgres_url) as other:
        run = ledger.begin(PROGRAM, "add")
        with other.writing() as connection:
            others = "FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
            connection.execute(text(f"SELECT pg_terminate_backend(pid) {others}"))
        ledger.add(run, papers()[:3])
        assert run.recorded == 3


@pytest.mark.postgres
def test_a_writer_whose_connection_breaks_off_in_the_middle_writes_again(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_ledger(postgres_url, create=True) as ledger, open_ledger(postgres_url) as other:
        run = ledger.begin(PROGRAM, "add")
        broken: list[int] = []

        def breaking(connection: object, *_: object) -> None:
            if not broken:
                broken.append(1)
                with other.writing() as killing:
                    number = connection.scalar(text("SELECT pg_backend_pid()"))  # type: ignore[attr-defined]
                    killing.execute(text("SELECT pg_terminate_backend(:number)"), {"number": number})
                connection.execute(text("SELECT 1"))  # type: ignore[attr-defined]

        monkeypatch.setattr("onrecord.record.ledger.joined", breaking)
        ledger.add(run, papers()[:3])
        assert (broken, run.recorded) == ([1], 3)


def failure(state: str) -> LedgerError:
    class RefusedError(Exception):
        sqlstate = state

    error = LedgerError("It failed.")
    error.__cause__ = DBAPIError("SELECT", None, RefusedError())
    return error


@pytest.mark.parametrize(("state", "tries"), [("40P01", 3), ("40001", 3), ("57P03", 3), ("08006", 3), ("23505", 1), ("42501", 1)])
def test_what_passes_is_tried_again_and_nothing_else(state: str, tries: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.record.retrying.time.sleep", lambda _: None)
    called: list[int] = []

    def failing() -> None:
        called.append(1)
        raise failure(state)

    with pytest.raises(LedgerError):
        retried(failing, tries=3)
    assert len(called) == tries


@pytest.mark.postgres
def test_a_program_says_who_it_is_and_a_reader_does_not_wait_for_ever(postgres_url: str) -> None:
    open_ledger(postgres_url, create=True).close()
    with open_ledger(postgres_url, Options(pool=PoolOptions(statement_seconds=1)), read_only=True) as ledger:
        with ledger.reading() as connection:
            assert connection.scalar(text("SHOW application_name")) == "onrecord read"
            assert connection.scalar(text("SHOW jit")) == "off"
        with pytest.raises(LedgerError, match="statement_seconds"), ledger.reading() as connection:
            connection.execute(text("SELECT pg_sleep(5)"))


@pytest.mark.postgres
def test_whoever_finds_all_connections_in_use_is_told_so(postgres_url: str) -> None:
    pool = PoolOptions(size=1, overflow=0, timeout_seconds=1)
    with (
        open_ledger(postgres_url, Options(pool=pool), create=True) as ledger,
        ledger.reading(),
        pytest.raises(LedgerError, match="pool_size"),
        ledger.reading(),
    ):
        pass
