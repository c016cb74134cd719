"""What is loaded in bulk is what would have been added one by one, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text
from tests.find.fake_meaning import FakeMeaning
from tests.record.dumped import dumped
from tests.record.invented import MODELS, document, record
from tests.record.papers import body, says

from onrecord.data import Record, Rejection
from onrecord.errors import LedgerError
from onrecord.find.ask import ask
from onrecord.find.question import Question
from onrecord.record import bulk
from onrecord.record.bulk import chunks, copied, loaded
from onrecord.record.copy_tables import bands, copies, signatures
from onrecord.record.corrections import Changes, correct
from onrecord.record.identity import document_key
from onrecord.record.ledger import Ledger, Options, Program, open_ledger
from onrecord.record.removal import remove
from onrecord.record.tables import aliases, documents, names, rejections, run_ends, runs, statements, tallies, vectors
from onrecord.run.copied import sign_rest

PROGRAM = Program("onrecord 1", MODELS)
LATER = Program("onrecord 2", MODELS)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger to which everything is added one by one."""
    with open_ledger(str(tmp_path / "one-by-one.db"), Options(meaning=FakeMeaning()), create=True) as opened:
        yield opened


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with open_ledger(ledger_url, Options(meaning=FakeMeaning()), create=True) as opened:
        yield opened


def news() -> list[Record]:
    """Papers in which names are to be joined, and one text in two papers."""
    return [
        record(),
        record(document(publisher="Tarn Post", locator="tarn/1")),
        *(says("Mara Quill", role="harbour minister") for _ in range(3)),
        says("Quill"),
        says("M. Quill"),
        body("Lesk Harbour Board"),
        body("the Lesk Harbour Board"),
    ]


def add(ledger: Ledger, given: list[Record], program: Program = PROGRAM) -> None:
    run = ledger.begin(program, "add")
    for one in given:
        ledger.add(run, [one])
    ledger.end(run)


def load(ledger: Ledger, given: list[Any], program: Program = PROGRAM) -> Any:
    return loaded(ledger, ledger.begin(program, "load records.jsonl"), given)


def beside(ledger: Ledger) -> dict[str, list[Any]]:
    """What lies beside the rows of documents: who is one, how much each said, vectors, signatures and copies."""
    with ledger.reading() as connection:
        keys = {row.id: row.key for row in connection.execute(select(documents.c.id, documents.c.key))}
        of = {row.id: row.key for row in connection.execute(select(statements.c.id, statements.c.key))}
        into: dict[Any, Any] = {}
        for row in connection.execute(select(aliases).order_by(aliases.c.id)):
            into[row.speaker_key, keys.get(row.document_id)] = (row.into_key, row.basis)
        return {
            "aliases": sorted((str(place), str(meant)) for place, meant in into.items() if meant[0] is not None),
            "names": sorted(tuple(row) for row in connection.execute(select(names.c.speaker_key, names.c.bucket))),
            "vectors": sorted((of[row.statement_id], row.vector) for row in connection.execute(select(vectors))),
            "signatures": sorted(
                (keys[row.document_id], row.words, row.shingles, row.signature) for row in connection.execute(select(signatures))
            ),
            "bands": sorted((row.band, keys[row.document_id]) for row in connection.execute(select(bands))),
            "tallies": sorted(tuple(row) for row in connection.execute(select(tallies))),
            "copies": sorted((keys[row.document_id], keys[row.of_id], row.share) for row in connection.execute(select(copies))),
        }


def assert_same(ledger: Ledger, other: Ledger) -> None:
    sign_rest(ledger, ledger.begin(PROGRAM, "link"))
    assert dumped(ledger) == dumped(other)
    assert beside(ledger) == beside(other)


@pytest.mark.parametrize("at_once", [500, 2])
def test_what_is_loaded_is_what_is_added_one_by_one(ledger: Ledger, other: Ledger, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(bulk, "DOCUMENTS_AT_ONCE", at_once)
    monkeypatch.setattr(bulk, "CHARACTERS_AT_ONCE", 100 * at_once)
    given = news()
    run = load(ledger, given)
    add(other, given)
    assert (run.recorded, run.known, run.rejected) == (9, 0, 0)
    assert beside(ledger)["aliases"]
    assert beside(ledger)["tallies"]
    assert_same(ledger, other)


def test_a_second_load_adds_nothing_and_a_document_twice_in_one_load_is_one(ledger: Ledger, other: Ledger) -> None:
    given = news()
    assert load(ledger, [*given, *given[:2]]).known == 2
    run = load(ledger, given)
    assert (run.recorded, run.known) == (0, 9)
    add(other, given)
    assert_same(ledger, other)


def test_a_better_reading_supersedes_the_one_before(ledger: Ledger, other: Ledger) -> None:
    given = news()
    for each, how in ((ledger, load), (other, add)):
        how(each, given)
        how(each, given[:3], LATER)
    assert_same(ledger, other)
    with ledger.reading() as connection:
        assert connection.scalar(text("SELECT count(*) FROM readings WHERE supersedes IS NOT NULL")) == 3


def test_what_was_added_and_what_is_loaded_are_joined(ledger: Ledger, other: Ledger) -> None:
    given = news()
    add(ledger, given[:5])
    load(ledger, given[5:])
    add(other, given)
    assert_same(ledger, other)


def test_a_document_that_was_removed_by_hand_stays_away(ledger: Ledger) -> None:
    given = news()
    load(ledger, given)
    remove(ledger, str(given[0].document.locator), by="Ida Brook", note="court order 4 O 12/31")
    run = load(ledger, given)
    assert (run.recorded, run.known) == (0, 9)
    with ledger.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(documents)) == 8


def test_rejections_are_kept_and_warnings_do_not_count(ledger: Ledger) -> None:
    run = load(ledger, [Rejection("a", "read.empty", "It is empty."), Rejection("b", "read.undated", "No day.", warning=True), record()])
    assert (run.recorded, run.rejected) == (1, 1)
    with ledger.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(rejections)) == 2


def test_a_load_that_was_broken_off_leaves_whole_transactions_and_the_next_one_joins_them(
    ledger: Ledger, other: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "DOCUMENTS_AT_ONCE", 4)
    given = news()
    safe: list[Any] = []

    def broken(results: Any) -> None:
        safe.extend(results)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        loaded(ledger, ledger.begin(PROGRAM, "load records.jsonl"), given, broken)
    assert len(safe) == 4
    assert beside(ledger)["aliases"] == []
    run = load(ledger, given)
    assert (run.recorded, run.known) == (5, 4)
    add(other, given)
    assert_same(ledger, other)


def test_a_transaction_that_cannot_be_written_leaves_nothing(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    run = ledger.begin(PROGRAM, "load")

    def failing(*_: object) -> None:
        raise LedgerError("The disk is full.", code="ledger.full")

    monkeypatch.setattr("onrecord.record.bulk.rejection_row", failing)
    with pytest.raises(LedgerError):
        copied(ledger, run, [record(), Rejection("a", "read.empty", "It is empty.")])
    with ledger.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(documents)) == 0
    assert run.recorded == 0


@pytest.mark.postgres
def test_a_copy_that_the_database_refuses_is_told_of(postgres_url: str) -> None:
    with open_ledger(postgres_url, create=True) as ledger:
        run = ledger.begin(PROGRAM, "load")
        with ledger.writing() as connection:
            connection.execute(text("ALTER TABLE sightings ADD CHECK (value <> 'Mara Quill')"))
        with pytest.raises(LedgerError, match="check constraint"):
            copied(ledger, run, [says("Mara Quill")])


def test_the_run_of_a_load_ends_when_all_is_joined(ledger: Ledger) -> None:
    load(ledger, news())
    with ledger.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(runs)) == connection.scalar(select(func.count()).select_from(run_ends))


def test_a_transaction_holds_so_many_documents_or_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "STATEMENTS_AT_ONCE", 3)
    one = record()
    assert [len(some) for some in chunks([one, one, one, Rejection("a", "read.empty", "")])] == [2, 2]


def test_a_judgement_outranks_a_reading_that_is_loaded_later(ledger: Ledger) -> None:
    given = news()
    load(ledger, given)
    wanted = next(one for one in ask(ledger, Question(limit=50)) if one.document_id == document_key(given[2].document))
    correct(ledger, wanted.id, Changes(stance="denies"), by="Ida Brook")
    load(ledger, given, LATER)
    now = next(one for one in ask(ledger, Question(limit=50)) if one.id == wanted.id)
    assert (now.judged, now.stance) == (True, "denies")
