"""Ledgers that cannot be used: each is refused with a code and what to do, and nothing is changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select, text
from tests.record.invented import MODELS, record

from onrecord.errors import LedgerError
from onrecord.record import connect
from onrecord.record.connect import SCHEMA, connected, unchecked, writing
from onrecord.record.failures import shown
from onrecord.record.ledger import Program, open_ledger
from onrecord.record.tables import documents

PROGRAM = Program("onrecord 1", MODELS)


def filled(where: str) -> None:
    with open_ledger(where, create=True) as ledger:
        run = ledger.begin(PROGRAM, "add")
        ledger.add(run, [record()])
        ledger.end(run)


def refused(where: object, *, create: bool = True, read_only: bool = False) -> LedgerError:
    with pytest.raises(LedgerError) as failed:
        open_ledger(str(where), create=create, read_only=read_only)
    return failed.value


@pytest.mark.parametrize("read_only", [False, True])
def test_a_ledger_of_a_newer_version_is_refused(ledger_url: str, read_only: bool) -> None:
    filled(ledger_url)
    engine = connected(ledger_url, create=False)
    with writing(engine) as connection:
        connection.execute(text("UPDATE ledger_version SET version_num = '0999'"))
    engine.dispose()
    error = refused(ledger_url, read_only=read_only)
    assert error.code == "ledger.newer"
    assert f"is of version 0999, this program knows {SCHEMA}. Use a newer onrecord." in error.message


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize("content", [b"a letter\n", b"SQLite format 2\0" + b"x" * 200, b"\0" * 4096], ids=["text", "nearly", "zeros"])
def test_a_file_that_is_no_ledger_is_refused_and_not_touched(tmp_path: Path, content: bytes, create: bool) -> None:
    (tmp_path / "letter.txt").write_bytes(content)
    assert refused(tmp_path / "letter.txt", create=create).code == "ledger.not_a_ledger"
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("letter.txt", content)]


@pytest.mark.parametrize("mark", [0, 7])
@pytest.mark.parametrize("create", [False, True])
def test_a_database_of_something_else_is_refused_and_not_touched(tmp_path: Path, mark: int, create: bool) -> None:
    with closing(sqlite3.connect(tmp_path / "letters.db")) as connection:
        connection.execute("CREATE TABLE letters (text)")
        connection.execute(f"PRAGMA application_id = {mark}")
        connection.commit()
    before = (tmp_path / "letters.db").read_bytes()
    assert refused(tmp_path / "letters.db", create=create).code == "ledger.not_a_ledger"
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("letters.db", before)]


@pytest.mark.parametrize("create", [False, True])
def test_a_database_of_postgresql_that_holds_something_else_is_refused(postgres_url: str, create: bool) -> None:
    engine = unchecked(postgres_url, create=True)
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE letters (id integer)"))
    engine.dispose()
    error = refused(postgres_url, create=create)
    assert error.code == "ledger.not_a_ledger"
    assert "letters" in error.message


def test_an_empty_file_becomes_a_ledger_only_where_one_is_to_be_made(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").touch()
    assert refused(tmp_path / "ledger.db", create=False).code == "ledger.missing"
    assert (tmp_path / "ledger.db").stat().st_size == 0
    filled(str(tmp_path / "ledger.db"))


def test_a_ledger_that_breaks_off_is_refused(tmp_path: Path) -> None:
    filled(str(tmp_path / "ledger.db"))
    content = (tmp_path / "ledger.db").read_bytes()
    for size in (50, 200, 4096):
        (tmp_path / "ledger.db").write_bytes(content[:size])
        assert refused(tmp_path / "ledger.db").code in ("ledger.damaged", "ledger.not_a_ledger")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path).code == "ledger.not_a_ledger"


def test_where_there_is_no_file_is_no_ledger(tmp_path: Path) -> None:
    assert refused(f"sqlite:///{tmp_path / 'ledger.db'}", create=False).code == "ledger.missing"


@pytest.mark.postgres
def test_an_empty_database_holds_no_ledger(postgres_url: str) -> None:
    assert refused(postgres_url, create=False).code == "ledger.missing"


def test_a_path_through_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").touch()
    assert refused(tmp_path / "letter.txt" / "folder" / "ledger.db").code == "ledger.not_writable"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no folder here that nobody can write")
@pytest.mark.parametrize("place", ["/proc/ledger.db", "/proc/news/ledger.db"])
def test_a_folder_that_nobody_can_write_is_told_of(place: str) -> None:
    assert refused(place).code == "ledger.not_writable"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_file_that_may_not_be_written_is_read_and_not_written(tmp_path: Path) -> None:
    filled(str(tmp_path / "ledger.db"))
    (tmp_path / "ledger.db").chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        check_read_only(tmp_path / "ledger.db")
    finally:
        tmp_path.chmod(0o755)


CHECK = """
import sys
from pathlib import Path
from tests.record.test_connect import check_read_only
check_read_only(Path(sys.argv[1]))
"""


def test_a_ledger_on_a_medium_that_cannot_be_written_is_read_and_not_written(tmp_path: Path) -> None:
    """In name spaces of its own a program may bind a folder so that nobody writes to it, the superuser neither."""
    filled(str(tmp_path / "ledger.db"))
    bound = f"mount --bind {tmp_path} {tmp_path} && mount -o remount,ro,bind {tmp_path}"
    space = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    if not shutil.which("unshare") or subprocess.run([*space, bound], capture_output=True, check=False).returncode:
        pytest.skip("no right to bind a folder here")
    root = Path(__file__).resolve().parents[2]
    command = [*space, f'{bound} && exec "$@"', "sh", sys.executable, "-c", CHECK, str(tmp_path / "ledger.db")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=root)
    assert (done.returncode, done.stderr) == (0, "")


def check_read_only(path: Path) -> None:
    """The ledger there can be asked and not be written, and nothing comes to lie beside it."""
    with open_ledger(str(path), read_only=True) as ledger, ledger.reading() as connection:
        assert connection.scalars(select(documents.c.name)).all() == ["courier-0312"]
    with pytest.raises(LedgerError) as failed, open_ledger(str(path)) as ledger:
        ledger.begin(PROGRAM, "add")
    assert failed.value.code == "ledger.not_writable"
    assert [one.name for one in path.parent.iterdir()] == ["ledger.db"]


def test_who_only_reads_cannot_write(ledger_url: str) -> None:
    filled(ledger_url)
    with pytest.raises(LedgerError) as failed, open_ledger(ledger_url, read_only=True) as ledger:
        ledger.begin(PROGRAM, "add")
    assert failed.value.code == "ledger.not_writable"


def test_reading_leaves_no_files_beside_the_ledger(tmp_path: Path) -> None:
    filled(str(tmp_path / "ledger.db"))
    open_ledger(str(tmp_path / "ledger.db"), read_only=True).close()
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.db"]


def test_a_locked_ledger_is_waited_for_and_then_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "PATIENCE_SECONDS", 0.1)
    where = str(tmp_path / "ledger.db")
    filled(where)
    with closing(sqlite3.connect(where, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError) as failed, open_ledger(where) as ledger:
            ledger.begin(PROGRAM, "add")
        with open_ledger(where, read_only=True) as ledger, ledger.reading() as connection:
            assert connection.scalar(select(documents.c.id)) == 1
        other.execute("ROLLBACK")
    assert failed.value.code == "ledger.locked"
    with open_ledger(where) as ledger:
        ledger.begin(PROGRAM, "add")


def test_a_ledger_that_is_locked_as_it_is_made_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "PATIENCE_SECONDS", 0.1)
    with closing(sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert refused(tmp_path / "ledger.db").code == "ledger.locked"


MAKE = """
import sys
from onrecord.record.ledger import open_ledger
open_ledger(sys.argv[1], create=True).close()
"""


def test_several_that_make_a_ledger_at_once_make_one(ledger_url: str) -> None:
    several = [subprocess.Popen([sys.executable, "-c", MAKE, ledger_url], stderr=subprocess.PIPE) for _ in range(4)]
    assert [(process.communicate()[1], process.returncode) for process in several] == [(b"", 0)] * 4
    open_ledger(ledger_url).close()


def test_a_database_that_cannot_be_reached_is_told_of_without_its_password() -> None:
    error = refused("postgresql://ida:secret@127.0.0.1:9/news")
    assert error.code == "ledger.not_reached"
    assert "postgresql://ida:***@127.0.0.1:9/news cannot be reached" in error.message
    assert "secret" not in error.message


def test_a_database_that_is_not_there_is_told_of(postgres_server: str) -> None:
    error = refused(postgres_server.replace("/postgres?", "/nowhere?"))
    assert error.code == "ledger.not_reached"
    assert 'database "nowhere" does not exist' in error.message


def test_a_driver_that_is_not_installed_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    error = refused("postgresql://127.0.0.1/news")
    assert error.code == "ledger.not_installed"
    assert "pip install 'onrecord[postgres]'" in error.message


@pytest.mark.parametrize("where", ["mysql://127.0.0.1/news", "https://lesk.example/news", "://", "postgresql+nothing://x/y"])
def test_an_address_of_no_ledger_is_told_of(where: str) -> None:
    assert refused(where).code in ("ledger.bad_url", "ledger.not_installed")


def test_a_password_is_never_shown() -> None:
    assert shown("postgresql://ida:secret@host/news") == "postgresql://ida:***@host/news"
    assert "secret" not in shown("postgresql://ida:secret@[")
    assert shown("news.db") == "news.db"
