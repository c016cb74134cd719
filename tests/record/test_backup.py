"""A backup is the ledger at one instant, whole or not there at all; what is restored is what was backed up."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text
from tests.find.fake_meaning import FakeMeaning
from tests.record.invented import MODELS, document, record

from onrecord.data import Rejection
from onrecord.errors import LedgerError
from onrecord.record import backup as backing
from onrecord.record import connect, migrations
from onrecord.record.backup import backup, restore
from onrecord.record.ledger import Ledger, Options, Program, open_ledger
from onrecord.record.marks import Mark
from onrecord.record.searches import end, look, save
from onrecord.record.stored import inserted, now
from onrecord.record.tables import documents, judgements, metadata, readings, statements

OLD, NEW = Program("onrecord 1", MODELS), Program("onrecord 2", MODELS)


def add(ledger: Ledger, *names: str, program: Program = OLD) -> None:
    run = ledger.begin(program, "add news")
    ledger.add(run, [record(document(name)) for name in names])
    ledger.add(run, [Rejection("a.txt", "read.empty", "There is nothing in it.")])
    ledger.end(run)


def filled(where: str) -> None:
    """A ledger with something in every table."""
    with open_ledger(where, Options(meaning=FakeMeaning()), create=True) as ledger:
        add(ledger, "one", "two")
        add(ledger, "two", program=NEW)
        with ledger.writing() as connection:
            about = {"run_id": 1, "made_at": now(), "made_by": "Ida Brook", "kind": "not_a_statement", "changes": {}, "content": None}
            first = inserted(connection, judgements, about)
            inserted(connection, judgements, about | {"kind": "revoke", "revokes": first})
        key = save(ledger, "Ferry", {"text": "the ferry", "stances": ["denies"]}, "Ida Brook")
        look(ledger, key, Mark(2), "Ida Brook")
        end(ledger, save(ledger, "Tolls", {}, "Ida Brook"), "Ida Brook")


def everything(where: str) -> dict[str, list[Any]]:
    with open_ledger(where, read_only=True) as ledger, ledger.reading() as connection:
        tables = metadata.sorted_tables
        return {one.name: [tuple(row) for row in connection.execute(select(one).order_by(*one.primary_key))] for one in tables}


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a ledger is restored to."""
    return str(tmp_path / "restored" / "ledger.db") if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))


def test_a_backup_is_a_ledger_that_holds_the_same(ledger_url: str, tmp_path: Path) -> None:
    filled(ledger_url)
    backup(ledger_url, tmp_path / "kept" / "monday.db")
    assert everything(str(tmp_path / "kept" / "monday.db")) == everything(ledger_url)
    assert sorted(path.name for path in (tmp_path / "kept").iterdir() if path.suffix not in (".db-wal", ".db-shm")) == [
        "monday.db",
        "monday.db.sha256",
    ]


def test_what_is_restored_is_what_was_backed_up_and_grows_on(tmp_path: Path, target: str) -> None:
    filled(str(tmp_path / "ledger.db"))
    backup(str(tmp_path / "ledger.db"), tmp_path / "monday.db")
    assert restore(tmp_path / "monday.db", target) is None
    assert everything(target) == everything(str(tmp_path / "ledger.db"))
    with open_ledger(target) as ledger:
        add(ledger, "three")
        with ledger.reading() as connection:
            assert connection.scalars(select(documents.c.id).order_by(documents.c.id)).all() == [1, 2, 3]
            assert connection.scalar(select(func.max(readings.c.id))) == 4


def test_words_are_found_by_full_text_in_a_backup(ledger_url: str, tmp_path: Path) -> None:
    filled(ledger_url)
    backup(ledger_url, tmp_path / "monday.db")
    with closing(sqlite3.connect(tmp_path / "monday.db")) as connection:
        assert connection.execute("SELECT count(*) FROM statement_words WHERE statement_words MATCH 'ferries'").fetchone() == (3,)
        connection.execute("INSERT INTO statement_words (statement_words, rank) VALUES ('integrity-check', 1)")


def test_the_digest_beside_a_backup_is_one_that_sha256sum_checks(tmp_path: Path) -> None:
    filled(str(tmp_path / "ledger.db"))
    backup(str(tmp_path / "ledger.db"), tmp_path / "monday.db")
    told = (tmp_path / "monday.db.sha256").read_text(encoding="utf8")
    assert told == f"{hashlib.sha256((tmp_path / 'monday.db').read_bytes()).hexdigest()}  monday.db\n"


def test_asking_a_backup_does_not_change_it(tmp_path: Path) -> None:
    filled(str(tmp_path / "ledger.db"))
    backup(str(tmp_path / "ledger.db"), tmp_path / "monday.db")
    everything(str(tmp_path / "monday.db"))
    open_ledger(str(tmp_path / "monday.db")).close()
    restore(tmp_path / "monday.db", str(tmp_path / "again.db"))


@pytest.mark.parametrize("place", [0.3, 0.6, 0.99])
def test_a_backup_that_is_not_as_it_was_written_is_refused(tmp_path: Path, place: float) -> None:
    filled(str(tmp_path / "ledger.db"))
    backup(str(tmp_path / "ledger.db"), tmp_path / "monday.db")
    content = bytearray((tmp_path / "monday.db").read_bytes())
    content[int(place * len(content))] ^= 1
    (tmp_path / "monday.db").write_bytes(content)
    with pytest.raises(LedgerError, match="is not what was backed up") as failed:
        restore(tmp_path / "monday.db", str(tmp_path / "again.db"))
    assert failed.value.code == "ledger.damaged"
    assert not (tmp_path / "again.db").exists()


def test_a_cut_file_without_a_digest_is_refused(tmp_path: Path) -> None:
    filled(str(tmp_path / "ledger.db"))
    backup(str(tmp_path / "ledger.db"), tmp_path / "monday.db")
    (tmp_path / "monday.db.sha256").unlink()
    content = (tmp_path / "monday.db").read_bytes()
    (tmp_path / "monday.db").write_bytes(content[: len(content) // 2])
    with pytest.raises(LedgerError, match="damaged"):
        restore(tmp_path / "monday.db", str(tmp_path / "again.db"))


def test_what_is_there_is_not_written_over(ledger_url: str, tmp_path: Path, target: str) -> None:
    filled(ledger_url)
    if target != ledger_url:
        filled(target)
    (tmp_path / "monday.db").write_text("a letter", encoding="utf8")
    with pytest.raises(LedgerError, match="already") as failed:
        backup(ledger_url, tmp_path / "monday.db")
    assert failed.value.code == "ledger.exists"
    with pytest.raises(LedgerError, match="not a ledger"):
        backup(ledger_url, tmp_path / "monday.db", replace=True)
    backup(ledger_url, tmp_path / "tuesday.db")
    backup(ledger_url, tmp_path / "tuesday.db", replace=True)
    with pytest.raises(LedgerError, match="already") as failed:
        restore(tmp_path / "tuesday.db", target)
    assert failed.value.code == "ledger.exists"


def test_a_ledger_is_not_backed_up_onto_itself(tmp_path: Path) -> None:
    filled(str(tmp_path / "ledger.db"))
    with pytest.raises(LedgerError, match="the ledger itself"):
        backup(str(tmp_path / "ledger.db"), tmp_path / "ledger.db", replace=True)


def test_the_old_ledger_is_set_aside_whole(tmp_path: Path, target: str) -> None:
    filled(str(tmp_path / "ledger.db"))
    backup(str(tmp_path / "ledger.db"), tmp_path / "monday.db")
    with open_ledger(target, create=True) as ledger:
        add(ledger, "newer")
    aside = restore(tmp_path / "monday.db", target, replace=True)
    assert aside
    assert everything(target) == everything(str(tmp_path / "ledger.db"))
    if "schema" in aside:
        with open_ledger(target) as ledger, ledger.reading() as connection:
            schema = aside.rsplit(" ", 1)[1]
            assert connection.scalar(text(f"SELECT name FROM {schema}.documents")) == "newer"
    else:
        assert [row[8] for row in everything(aside)["documents"]] and everything(aside)["documents"][0][5] == "newer"


def test_a_ledger_that_another_program_uses_is_not_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "PATIENCE_SECONDS", 0.1)
    where = str(tmp_path / "ledger.db")
    filled(where)
    backup(where, tmp_path / "monday.db")
    with open_ledger(where) as ledger, ledger.reading() as connection:
        connection.execute(select(documents.c.id)).all()
        with pytest.raises(LedgerError, match="Another program uses") as failed:
            restore(tmp_path / "monday.db", where, replace=True)
    assert failed.value.code == "ledger.locked"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ledger.db", "monday.db", "monday.db.sha256"]


def test_a_damaged_ledger_is_set_aside_too(tmp_path: Path) -> None:
    filled(str(tmp_path / "ledger.db"))
    backup(str(tmp_path / "ledger.db"), tmp_path / "monday.db")
    (tmp_path / "ledger.db").write_bytes(b"broken" * 1000)
    aside = restore(tmp_path / "monday.db", str(tmp_path / "ledger.db"), replace=True)
    assert Path(str(aside)).read_bytes().startswith(b"broken")
    assert everything(str(tmp_path / "ledger.db")) == everything(str(tmp_path / "monday.db"))


def test_a_database_that_holds_something_else_is_not_touched(tmp_path: Path, postgres_url: str) -> None:
    filled(str(tmp_path / "ledger.db"))
    backup(str(tmp_path / "ledger.db"), tmp_path / "monday.db")
    engine = connect.unchecked(postgres_url, create=True)
    with connect.writing(engine) as connection:
        connection.execute(text("CREATE TABLE letters (id integer)"))
    engine.dispose()
    with pytest.raises(LedgerError, match="letters"):
        restore(tmp_path / "monday.db", postgres_url, replace=True)


def test_an_empty_file_is_no_backup(tmp_path: Path) -> None:
    (tmp_path / "monday.db").touch()
    with pytest.raises(LedgerError, match="There is no backup"):
        restore(tmp_path / "monday.db", str(tmp_path / "ledger.db"))


WRITER = """
import sys
from tests.find.fake_meaning import FakeMeaning
from tests.record.invented import MODELS, document, record
from onrecord.record.ledger import Program, open_ledger
with open_ledger(sys.argv[1]) as ledger:
    run = ledger.begin(Program("onrecord 1", MODELS), "add")
    print("begun", flush=True)
    for number in range(100000):
        ledger.add(run, [record(document(f"w{number}-{n}")) for n in range(3)])
"""


def test_a_backup_is_consistent_while_another_program_writes(ledger_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backing, "_PAGES", 4)
    filled(ledger_url)
    root = Path(__file__).resolve().parents[2]
    writer = subprocess.Popen([sys.executable, "-c", WRITER, ledger_url], stdout=subprocess.PIPE, cwd=root)
    assert writer.stdout is not None
    writer.stdout.readline()
    sizes = []
    try:
        for turn in range(200):  # the other program may have to wait for a processor
            backup(ledger_url, tmp_path / f"{turn}.db")
            sizes.append(counted(tmp_path / f"{turn}.db"))
            if turn > 2 and sizes[0] < sizes[-1]:
                break
    finally:
        writer.kill()
        writer.communicate()
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1]


def counted(file: Path) -> int:
    """The documents in a backup, each of which is there with all of its parts and in batches of three."""
    with open_ledger(str(file), read_only=True) as ledger, ledger.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        found = int(connection.scalar(select(func.count()).select_from(documents)) or 0)
        assert connection.scalar(select(func.count()).select_from(readings)) == found + 1
        assert connection.scalar(select(func.count()).select_from(statements)) == 2 * (found + 1)
        assert connection.exec_driver_sql("SELECT count(*) FROM statement_words_docsize").scalar() == 2 * (found + 1)
    assert (found - 2) % 3 == 0
    return found


def test_a_backup_that_breaks_off_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(str(tmp_path / "ledger.db"))
    backup(str(tmp_path / "ledger.db"), tmp_path / "monday.db")
    before = everything(str(tmp_path / "monday.db"))

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("onrecord.record.whole_file.os.fsync", broken)
    with pytest.raises(LedgerError) as failed:
        backup(str(tmp_path / "ledger.db"), tmp_path / "monday.db", replace=True)
    assert failed.value.code == "ledger.full"
    assert everything(str(tmp_path / "monday.db")) == before
    assert not list(tmp_path.glob(".*"))


def test_an_older_ledger_can_be_backed_up_and_is_brought_up_when_it_is_restored(
    tmp_path: Path, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(str(tmp_path / "ledger.db"))
    folder = tmp_path / "migrations"
    shutil.copytree(migrations.FOLDER, folder)
    code = f'revision = "9001"\ndown_revision = "{connect.SCHEMA}"\n\ndef upgrade():\n    pass\n'
    (folder / "versions" / "version_9001.py").write_text(code, encoding="utf8")
    monkeypatch.setattr(migrations, "FOLDER", folder)
    monkeypatch.setattr(connect, "SCHEMA", "9001")
    backup(str(tmp_path / "ledger.db"), tmp_path / "monday.db")
    restore(tmp_path / "monday.db", target)
    open_ledger(target).close()
    assert everything(target)["ledger_version"] == [("9001",)]
    assert len(everything(target)["statements"]) == 6
