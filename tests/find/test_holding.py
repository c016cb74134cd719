"""The index is made when it is due, never trusted, and changes no answer; on both databases."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text, update
from tests.find.fake_meaning import FakeMeaning
from tests.find.invented import JON, MARA, NEW, add, article, changed, key_of

from onrecord.find import holding as holding_module
from onrecord.find.ask import ask
from onrecord.find.holding import Holding, forget, holding, index_path
from onrecord.find.index_check import check_index
from onrecord.find.meaning_index import made_index, read_index, write_index
from onrecord.find.question import Question
from onrecord.record.ledger import Ledger, Options, open_ledger
from onrecord.record.removal import remove
from onrecord.record.tables import vectors

PAPERS = [
    article(f"paper-{n}", f"2031-03-{n % 28 + 1:02}", (MARA, f"the ferry takes car {n}"), (JON, f"toll {n} rises")) for n in range(12)
]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An index for a ledger of any size; those of PostgreSQL in a folder of the test."""
    monkeypatch.setattr(holding_module, "LEAST_TAIL", 6)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def opened(url: str, meaning: FakeMeaning | None = None) -> Ledger:
    return open_ledger(url, Options(meaning=meaning or FakeMeaning()), create=True)


@pytest.fixture
def lesk(ledger_url: str) -> Iterator[Ledger]:
    with opened(ledger_url) as ledger:
        add(ledger, *PAPERS)
        yield ledger


def held(ledger: Ledger) -> Holding:
    with ledger.reading() as connection:
        return holding(connection, ledger)


def answers(ledger: Ledger) -> list[tuple[str, float]]:
    asked = (Question("boat 7"), Question("toll 3", by="Jon Quill"), Question(until="2031-03-05"))
    return [(one.id, one.score) for question in asked for one in ask(ledger, question)]


def counts(ledger: Ledger) -> tuple[int, int]:
    """Statements in the index, and in the tail."""
    now = held(ledger)
    return 0 if now.index is None else len(now.index.columns), len(now.tail[0])


def test_a_small_ledger_has_no_index(lesk: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding_module, "LEAST_TAIL", 24)
    assert answers(lesk)
    assert not index_path(lesk).exists()
    assert check_index(lesk) == []


def test_the_index_changes_no_answer(lesk: Ledger, ledger_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with_index = answers(lesk)
    assert counts(lesk) == (24, 0)
    assert check_index(lesk) == []
    monkeypatch.setattr(holding_module, "LEAST_TAIL", 1000)
    forget(lesk)
    assert answers(lesk) == with_index
    with opened(ledger_url) as again:
        assert answers(again) == with_index


def test_what_comes_later_is_compared_one_by_one_until_it_is_much(lesk: Ledger, ledger_url: str) -> None:
    answers(lesk)
    add(lesk, article("more", "2031-04-01", (MARA, "the tunnel leaks")))
    assert counts(lesk) == (24, 1)
    with opened(ledger_url) as again:
        assert counts(again) == (24, 1)
        assert [one.words for one in ask(again, Question("tunnel"))] == ["the tunnel leaks"]
    add(lesk, *(article(f"more-{n}", "2031-04-02", (MARA, f"the tunnel leaks at {n}")) for n in range(6)))
    assert counts(lesk) == (31, 0)
    assert check_index(lesk) == []


def test_a_newer_reading_takes_the_place_of_one_in_the_index(lesk: Ledger) -> None:
    answers(lesk)
    add(lesk, changed(PAPERS[3], 2, stance="predicts"), program=NEW)
    assert counts(lesk) == (24, 2)
    assert [one.stance for one in ask(lesk, Question("toll 3", limit=1))] == ["predicts"]
    assert len(ask(lesk, Question(by="Jon Quill", limit=100))) == 12
    assert check_index(lesk) == []


def test_a_removal_makes_the_index_void_and_nothing_comes_back(lesk: Ledger, ledger_url: str) -> None:
    answers(lesk)
    with opened(ledger_url) as other:
        remove(other, key_of(PAPERS[-1]), "Ida Brook", "a court order")
        assert "documents were removed" in check_index(other)[0]
        add(other, article("new", "2031-04-01", (MARA, "the road is dry"), (JON, "the road is wet")))
    assert [one.words for one in ask(lesk, Question("boat 11"))][:1] != ["the ferry takes car 11"]
    assert {one.words for one in ask(lesk, Question("road"))} == {"the road is dry", "the road is wet"}
    assert len(ask(lesk, Question(limit=100))) == 24
    assert check_index(lesk) == []


def spoilt(kind: str, ledger: Ledger, tmp_path: Path) -> None:
    """Puts something wrong in the place of the index."""
    path = index_path(ledger)
    if kind == "damaged":
        data = path.read_bytes()
        path.write_bytes(data[:-300] + b"\xff" * 300)
    elif kind == "nothing":
        path.write_bytes(b"")
    elif kind == "another ledger's":
        with opened(str(tmp_path / "other.db")) as other:
            add(other, *(article(f"other-{n}", "2031-01-01", (MARA, f"snow {n}"), (JON, f"ice {n}")) for n in range(12)))
            answers(other)
            shutil.copy(index_path(other), path)
    elif kind == "of another model":
        with opened(ledger.where, FakeMeaning("b" * 64)) as other:
            forget(other)
            answers(other)


@pytest.mark.parametrize("kind", ["damaged", "nothing", "another ledger's", "of another model"])
def test_an_index_that_does_not_belong_is_noticed_and_made_anew(lesk: Ledger, ledger_url: str, tmp_path: Path, kind: str) -> None:
    right = answers(lesk)
    spoilt(kind, lesk, tmp_path)
    assert len(check_index(lesk)) == 1
    with opened(ledger_url) as again:
        assert answers(again) == right
        assert check_index(again) == []


def test_an_index_that_tells_of_other_statements_is_found_by_the_check(lesk: Ledger) -> None:
    answers(lesk)
    index = read_index(index_path(lesk))
    columns, places = index.known()
    write_index(made_index((replace(columns, days=columns.days + 1), places), index.covered), index_path(lesk))
    assert "24 statements are other ones" in check_index(lesk)[0]
    few = columns.taken(columns.ids > columns.ids[2])
    write_index(made_index((few, places[3:]), index.covered), index_path(lesk))
    assert "3 statements are not in it" in check_index(lesk)[0]


def test_a_vector_that_was_changed_in_the_ledger_is_found_by_the_check(lesk: Ledger) -> None:
    answers(lesk)
    with lesk.writing() as connection:
        connection.execute(update(vectors).values(vector=bytes(128)))
    assert "24 statements are other ones" in check_index(lesk)[0]


def test_where_nothing_can_be_written_the_ledger_is_asked_all_the_same(lesk: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(holding_module, "write_index", full)
    assert answers(lesk)
    assert counts(lesk) == (24, 0)
    assert not index_path(lesk).exists()


def test_two_that_ask_at_once_make_the_index_once_and_agree(lesk: Ledger, ledger_url: str) -> None:
    with opened(ledger_url) as other, ThreadPoolExecutor(4) as pool:
        found = list(pool.map(answers, [lesk, other, lesk, other]))
    assert all(one == found[0] for one in found)
    assert check_index(lesk) == []


def test_readings_that_become_safe_out_of_order_are_seen(postgres_url: str) -> None:
    with opened(postgres_url) as ledger:
        add(ledger, *PAPERS[:2])
        with ledger.engine.connect() as late:
            late.execute(text("SELECT nextval(pg_get_serial_sequence('readings', 'id'))"))
            number = late.scalar(text("SELECT currval(pg_get_serial_sequence('readings', 'id'))"))
            add(ledger, *PAPERS[2:4])
            assert len(ask(ledger, Question(limit=100))) == 8
        with ledger.writing() as connection:  # the one that was numbered first comes last
            copied = "SELECT :number, document_id, run_id, made_at, 'x', models, min_probability, supersedes FROM readings WHERE id = 1"
            connection.execute(text(f"INSERT INTO readings {copied}"), {"number": number})
            connection.execute(text("UPDATE statements SET reading_id = :number WHERE id = 1"), {"number": number})
        now = held(ledger)
        assert number in now.marks.recent
        assert 1 in now.tail[0].ids[now.tail[0].readings == number]
