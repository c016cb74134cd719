"""A document that is removed is gone, down to the bytes of the files, and nothing else is; a tombstone says so."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, insert, select, text
from tests.find.fake_meaning import FakeMeaning
from tests.record.dumped import dumped
from tests.record.invented import MODELS, TEXT, record
from tests.run.fake_reader import FakeReader

from onrecord.data import Document, Event, EventStatus, Record, Rejection, Span, Speaker, SpeakerType, TimeExpression, TimeType
from onrecord.errors import LedgerError
from onrecord.record import connect
from onrecord.record.identity import document_key
from onrecord.record.judged import JudgementKind, judged
from onrecord.record.ledger import Ledger, Options, Program, open_ledger
from onrecord.record.removal import remove
from onrecord.record.stored import inserted, now
from onrecord.record.tables import judgements, links, metadata, run_ends, runs, statements, tombstones, versions
from onrecord.run.adding import AddOptions, added
from onrecord.run.local import RunOptions

OLD, NEW = Program("onrecord 1", MODELS), Program("onrecord 2", MODELS)
SECRETS = ("zwirnkqvx", "plomqjazz", "tregvukfy", "mixbhwozz", "glyqzentw", "vorkhuxpa")
NOTE = "court order 4 O 12/31"


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[Ledger]:
    with open_ledger(ledger_url, Options(meaning=FakeMeaning()), create=True) as opened:
        yield opened


def secret() -> Document:
    """An article whose every secret word is in it and nowhere else."""
    title, author, noun, place, note, name = SECRETS
    words = TEXT.replace("Mara Quill", f"Mara {name.title()}").replace("the ferry", f"the {noun}").replace("council", f"{place} council")
    return Document(
        "gone",
        f"{words} {noun} " * 3,
        "news/gone.txt",
        "2031-03-12",
        publisher="Lesk Courier",
        title=f"A {title}",
        author=f"By {author.title()}",
        url=f"https://lesk.example/{SECRETS[0]}",
        notes=(f"Corrected: {note}.",),
    )


def richer(given: Record) -> Record:
    """With a time, an event, and a speaker who is sighted, that all hold secret words."""
    where = Span(0, 7)
    time = TimeExpression(where, TimeType.DATE, None, reason=SECRETS[0])
    event = Event(where, SECRETS[1], None, EventStatus.PLANNED, (), (SECRETS[2],), SECRETS[3])
    speaker = Speaker(SECRETS[4], SpeakerType.PERSON, f"head of {SECRETS[0]}", SECRETS[5])
    return replace(given, times=(time,), events=(event,), statements=tuple(replace(one, speaker=speaker) for one in given.statements))


def fill(ledger: Ledger, *extra: Document) -> None:
    reader = FakeReader()
    run = ledger.begin(OLD, "add news")
    ledger.add(run, [record(), *(reader.record(one) for one in (secret(), *extra))])
    again = ledger.begin(NEW, "add news")
    ledger.add(again, [richer(reader.record(secret()))])
    with ledger.writing() as connection:
        about = {"run_id": run.id, "made_at": now(), "made_by": "Ida Brook", "document_key": document_key(secret())}
        row = connection.execute(select(statements).where(statements.c.document_id == 2)).mappings().first()
        assert row is not None
        kept = {"statement_key": row["key"], "content": row["content"], "speaker_key": SECRETS[5], "note": SECRETS[4]}
        first = inserted(connection, judgements, about | kept | {"kind": JudgementKind.CORRECT, "changes": {"speaker_name": SECRETS[1]}})
        inserted(connection, judgements, {**about, "document_key": None, "kind": JudgementKind.REVOKE, "changes": {}, "revokes": first})
        inserted(connection, judgements, about | kept | {"kind": JudgementKind.NOT_A_STATEMENT, "changes": {}})
        ends = connection.execute(select(statements.c.id, statements.c.reading_id).order_by(statements.c.id)).all()
        link: dict[str, Any] = {
            "type": "repeats",
            "basis": "inferred",
            "variant": None,
            "probability": 0.9,
            "evidence": [],
            "why": SECRETS[2],
        }
        first_end, last_end = ends[0], ends[-1]
        connection.execute(insert(links).values(reading_id=first_end.reading_id, from_id=first_end.id, to_id=last_end.id, **link))


def everything(ledger: Ledger) -> str:
    """All that all tables hold, in one text."""
    with ledger.reading() as connection:
        return str([connection.execute(select(table)).all() for table in metadata.sorted_tables]).casefold()


def files(ledger: Ledger) -> Iterator[Path]:
    """The files in which the database keeps its rows."""
    if ledger.engine.dialect.name == "sqlite":
        place = Path(connect.ledger_url(ledger.where).database or "")
        yield from place.parent.glob(f"{place.name}*")
        return
    home = parse_qs(urlsplit(ledger.where).query)["host"][0]
    with ledger.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("CHECKPOINT")
        number = connection.scalar(text("SELECT oid FROM pg_database WHERE datname = current_database()"))
    yield from (path for path in Path(home, "data", "base", str(number)).iterdir() if path.is_file())


def found_in_files(ledger: Ledger) -> list[str]:
    whole = b"".join(path.read_bytes() for path in files(ledger)).lower()
    return [word for word in SECRETS if word.encode() in whole]


def test_every_word_of_it_is_gone_from_the_tables_and_the_files(ledger: Ledger) -> None:
    fill(ledger)
    assert [word for word in SECRETS if word in everything(ledger)] == list(SECRETS)
    if ledger.engine.dialect.name == "sqlite":
        assert found_in_files(ledger) == list(SECRETS)
    assert remove(ledger, "news/gone.txt", "Ida Brook", NOTE) == document_key(secret())
    assert [word for word in SECRETS if word in everything(ledger)] == []
    assert found_in_files(ledger) == []


def test_words_of_many_statements_between_many_others_are_gone_from_the_file(tmp_path: Path) -> None:
    chooser = random.Random(5)

    def word() -> str:
        return "".join(chooser.choice("bcdfghjklmnpqrstvwxz") for _ in range(9))

    own = {n: [word() for _ in range(chooser.randint(20, 300))] for n in range(60)}
    given = [
        Document(f"d{n}", "".join(f"Mara Quill said {' '.join(words[at : at + 10])}. " for at in range(0, len(words), 10)), f"d{n}")
        for n, words in own.items()
    ]
    where = tmp_path / "ledger.db"
    with open_ledger(str(where), Options(meaning=FakeMeaning()), create=True) as ledger:
        run = ledger.begin(OLD, "add")
        for one in given:
            ledger.add(run, [FakeReader().record(one)])
        gone = chooser.sample(sorted(own), 5)
        for n in gone:
            remove(ledger, f"d{n}", "Ida Brook", NOTE)
        whole = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        assert [word for n in gone for word in own[n] if word.encode() in whole] == []
        with ledger.writing() as connection:
            connection.exec_driver_sql("INSERT INTO statement_words (statement_words, rank) VALUES ('integrity-check', 1)")
            kept = next(own[n][0] for n in own if n not in gone)
            assert connection.exec_driver_sql(f"SELECT count(*) FROM statement_words('{kept}')").scalar() == 1


def test_nothing_else_is_gone(ledger: Ledger) -> None:
    other = Document("other", "Otto Brandt said the berth is shut.", "news/other.txt")
    fill(ledger, other)
    before = dumped(ledger)
    key = remove(ledger, "news/gone.txt", "Ida Brook", NOTE)
    del before[key]
    across = '"why": "tregvukfy"'
    assert dumped(ledger) == {one: [line for line in lines if across not in line] for one, lines in before.items()}


def test_a_tombstone_says_what_was_removed_by_whom_when_and_why(ledger: Ledger) -> None:
    fill(ledger)
    remove(ledger, document_key(secret())[:9], "Ida Brook", NOTE)
    with ledger.reading() as connection:
        (row,) = connection.execute(select(tombstones, runs.c.command, runs.c.made_by).join(runs)).mappings()
        assert connection.scalar(select(func.count()).select_from(run_ends).where(run_ends.c.run_id == row["run_id"])) == 1
    key = document_key(secret())
    assert (row["document_key"], row["sha256"], row["locator"]) == (key, secret().sha256, "news/gone.txt")
    assert (row["removed_by"], row["made_by"], row["note"], row["command"]) == ("Ida Brook", "Ida Brook", NOTE, f"remove {key}")
    assert row["removed_at"][:2] == "20"


def test_judgements_about_it_say_that_they_were_and_no_more(ledger: Ledger) -> None:
    fill(ledger)
    remove(ledger, "news/gone.txt", "Ida Brook", NOTE)
    with ledger.reading() as connection:
        found = connection.execute(select(judgements).order_by(judgements.c.id)).mappings().all()
        assert judged(connection).changes == {}
    assert [(row["kind"], row["made_by"], row["note"], row["changes"], row["speaker_key"]) for row in found] == [
        ("correct", "Ida Brook", None, {}, None),
        ("revoke", "Ida Brook", None, {}, None),
        ("not_a_statement", "Ida Brook", None, {}, None),
    ]


def test_it_is_not_added_again_and_that_is_told(ledger: Ledger) -> None:
    fill(ledger)
    remove(ledger, "news/gone.txt", "Ida Brook", NOTE)
    told: list[Any] = []
    options = AddOptions(RunOptions(make_reader=FakeReader))
    new = Document("new", "Otto Brandt said the berth is shut.", "news/new.txt")
    run = added([secret(), new], ledger, ledger.begin(OLD, "add"), options, told.append)
    assert (run.recorded, run.known, run.rejected) == (1, 1, 0)
    assert [(one.locator, one.code, one.warning) for one in told if isinstance(one, Rejection)] == [
        ("news/gone.txt", "ledger.removed", True)
    ]
    ledger.add(run, [FakeReader().record(secret())])
    assert [word for word in SECRETS if word in everything(ledger)] == []


@pytest.mark.parametrize(("name", "code"), [("news/none.txt", "ledger.not_found"), ("news/twice.txt", "ledger.ambiguous")])
def test_a_name_that_does_not_mean_one_document_removes_nothing(ledger: Ledger, name: str, code: str) -> None:
    fill(ledger, *(Document("twice", f"Otto Brandt said {one}.", "news/twice.txt") for one in ("yes", "no")))
    before = everything(ledger)
    with pytest.raises(LedgerError) as failed:
        remove(ledger, name, "Ida Brook", NOTE)
    assert failed.value.code == code
    assert everything(ledger) == before


def test_where_another_program_reads_the_words_stay_in_the_log_and_that_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "PATIENCE_SECONDS", 0.1)
    where = str(tmp_path / "ledger.db")
    with open_ledger(where, create=True) as ledger:
        fill(ledger)
        with open_ledger(where, read_only=True) as other, other.reading() as connection:
            connection.execute(select(versions)).all()
            with pytest.raises(LedgerError, match="another program reads") as failed:
                remove(ledger, "news/gone.txt", "Ida Brook", NOTE)
        assert failed.value.code == "ledger.locked"
        assert found_in_files(ledger)
        remove(ledger, document_key(secret()), "Ida Brook", NOTE)
        assert found_in_files(ledger) == []
        with ledger.reading() as connection:
            assert connection.scalar(select(func.count()).select_from(tombstones)) == 1
