"""Older ledgers come up to date: the tables end as a new ledger's, the rows survive, and who comes second finds it done."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, select, text
from tests.record.invented import MODELS, document, record
from tests.record.older import with_old_search

from onrecord.errors import LedgerError
from onrecord.find.newest import newest
from onrecord.record import connect, migrations
from onrecord.record.connect import SCHEMA, connected, unchecked, version_of, writing
from onrecord.record.ledger import Program, open_ledger
from onrecord.record.tables import metadata, versions

NEXT = '''"""The ferry of every document."""

import sqlalchemy as sa
from alembic import op

revision = "9001"
down_revision = "{before}"


def upgrade() -> None:
    with op.batch_alter_table("documents") as batch:
        batch.add_column(sa.Column("ferry", sa.Text(), nullable=False, server_default="unknown"))
        batch.alter_column("author", new_column_name="written_by")
'''


def shape(connection: Connection) -> dict[str, Any]:
    """What the database says of its tables; the order of columns aside, which tells nothing."""
    found = inspect(connection)
    out: dict[str, Any] = {}
    for name in found.get_table_names():
        out[name] = [
            sorted((one["name"], str(one["type"]), one["nullable"], str(one.get("computed"))) for one in found.get_columns(name)),
            found.get_pk_constraint(name),
            sorted(found.get_foreign_keys(name), key=str),
            sorted(found.get_indexes(name), key=str),
            sorted(found.get_unique_constraints(name), key=str),
        ]
    if connection.dialect.name == "sqlite":
        out["full text"] = connection.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'statement_words'"))
    else:
        asked = "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname LIKE 'statement_words%' ORDER BY proname"
        out["full text"] = connection.scalars(text(asked)).all()
        asked = "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname"
        out["full text follows"] = connection.scalars(text(asked)).all()
    return out


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A program that is one version on."""
    folder = tmp_path / "100% migrations"
    shutil.copytree(migrations.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "version_9001.py").write_text(NEXT.format(before=SCHEMA), encoding="utf8")
    monkeypatch.setattr(migrations, "FOLDER", folder)
    monkeypatch.setattr(connect, "SCHEMA", "9001")
    return "9001"


def add_one(where: str) -> None:
    with open_ledger(where, create=True) as ledger:
        run = ledger.begin(Program("onrecord 1", MODELS), "add")
        ledger.add(run, [record()])
        ledger.end(run)


def test_the_migrations_make_the_tables_of_a_new_ledger(ledger_url: str, tmp_path: Path) -> None:
    made = connected(ledger_url, create=True)
    with made.connect() as connection:
        wanted = shape(connection)
    if made.dialect.name == "postgresql":
        with writing(made) as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    made.dispose()
    migrated = unchecked(ledger_url if made.dialect.name == "postgresql" else str(tmp_path / "migrated.db"), create=True)
    with writing(migrated) as connection:
        migrations.upgrade(connection)
    with migrated.connect() as connection:
        assert shape(connection) == wanted
        context = MigrationContext.configure(connection, opts={"version_table": versions.name, "include_object": is_no_search})
        assert compare_metadata(context, metadata) == []
        assert version_of(connection) == SCHEMA
    migrated.dispose()


def is_no_search(_: object, name: str | None, kind: str, *__: object) -> bool:
    """Full-text search is not in the metadata."""
    return "statement_words" not in (name or "")


def test_the_newest_migration_is_the_version_of_the_program() -> None:
    newest = sorted((migrations.FOLDER / "versions").glob("version_*.py"))[-1]
    assert newest.stem == f"version_{SCHEMA}"


def test_an_older_ledger_comes_up_when_it_is_opened_for_writing_and_its_rows_survive(
    ledger_url: str, request: pytest.FixtureRequest
) -> None:
    add_one(ledger_url)
    request.getfixturevalue("next_version")
    with open_ledger(ledger_url) as ledger:
        with ledger.reading() as connection:
            assert version_of(connection) == "9001"
            rows = connection.execute(text("SELECT ferry, written_by, title FROM documents")).all()
            assert connection.scalar(text("SELECT count(*) FROM statements JOIN documents ON documents.id = document_id")) == 2
            assert connection.scalar(select(metadata.tables["readings"].c.id)) == 1
        assert [tuple(row) for row in rows] == [("unknown", None, "Ferry to sail again")]
        if ledger.engine.dialect.name == "sqlite":
            with ledger.writing() as connection:
                assert connection.scalar(text("PRAGMA foreign_keys")) == 1


def test_an_older_ledger_that_is_only_read_is_refused_with_what_to_do(ledger_url: str, request: pytest.FixtureRequest) -> None:
    add_one(ledger_url)
    request.getfixturevalue("next_version")
    with pytest.raises(LedgerError, match=rf"version {SCHEMA}, this program reads 9001. `onrecord upgrade`") as failed:
        open_ledger(ledger_url, read_only=True)
    assert failed.value.code == "ledger.older"


def test_a_migration_that_fails_changes_nothing(ledger_url: str, next_version: str) -> None:
    path = migrations.FOLDER / "versions" / "version_9001.py"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connect, "SCHEMA", SCHEMA)
        add_one(ledger_url)
    path.write_text(path.read_text(encoding="utf8") + "    raise ValueError('halfway')\n", encoding="utf8")
    with pytest.raises(ValueError, match="halfway"):
        open_ledger(ledger_url)
    engine = unchecked(ledger_url, create=False)
    with engine.connect() as connection:
        assert version_of(connection) == SCHEMA
        assert "ferry" not in [column["name"] for column in inspect(connection).get_columns("documents")]
    engine.dispose()


UPGRADE = """
import sys
from pathlib import Path
from onrecord.record import connect, migrations
migrations.FOLDER, connect.SCHEMA = Path(sys.argv[2]), "9001"
connect.connected(sys.argv[1], create=False).dispose()
"""


def test_of_two_that_upgrade_at_once_one_waits_for_the_other(ledger_url: str, request: pytest.FixtureRequest) -> None:
    add_one(ledger_url)
    request.getfixturevalue("next_version")
    path = migrations.FOLDER / "versions" / "version_9001.py"
    slow = path.read_text(encoding="utf8").replace(
        "def upgrade() -> None:\n", "def upgrade() -> None:\n    __import__('time').sleep(0.5)\n"
    )
    path.write_text(slow, encoding="utf8")
    command = [sys.executable, "-c", UPGRADE, ledger_url, str(migrations.FOLDER)]
    several = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(3)]
    assert [(process.communicate()[1], process.returncode) for process in several] == [(b"", 0)] * 3
    with open_ledger(ledger_url) as ledger, ledger.reading() as connection:
        assert version_of(connection) == "9001"


def test_a_program_of_an_older_version_that_still_writes_is_told_so(ledger_url: str, request: pytest.FixtureRequest) -> None:
    add_one(ledger_url)
    older = open_ledger(ledger_url)
    run = older.begin(Program("onrecord 1", MODELS), "add")
    request.getfixturevalue("next_version")
    folder = str(migrations.FOLDER)
    connect.SCHEMA = SCHEMA  # this program stays what it is; the fixture puts it right again
    subprocess.run([sys.executable, "-c", UPGRADE, ledger_url, folder], check=True)
    with pytest.raises(LedgerError, match="Use a newer onrecord") as failed:
        older.add(run, [record(document("late"))])
    older.close()
    assert failed.value.code == "ledger.newer"


@pytest.mark.postgres
def test_an_upgrade_waits_for_those_who_write_while_others_read(postgres_url: str, request: pytest.FixtureRequest) -> None:
    add_one(postgres_url)
    writer, reader = open_ledger(postgres_url), open_ledger(postgres_url, read_only=True)
    request.getfixturevalue("next_version")
    folder = str(migrations.FOLDER)
    connect.SCHEMA = SCHEMA
    with writer.writing() as connection:
        upgrading = subprocess.Popen([sys.executable, "-c", UPGRADE, postgres_url, folder], stderr=subprocess.PIPE)
        with reader.reading() as beside:
            while not beside.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
                beside.execute(text("SELECT pg_sleep(0.05)"))
            assert beside.scalar(text("SELECT count(*) FROM statements")) == 2
        assert upgrading.poll() is None
        connection.execute(text("SELECT 1"))
    assert (upgrading.communicate()[1], upgrading.returncode) == (b"", 0)
    with reader.reading() as connection:
        assert connection.scalar(text("SELECT count(*) FROM statements")) == 2
    writer.close()
    reader.close()


@pytest.mark.postgres
def test_words_of_an_older_ledger_are_found_beside_curly_marks_once_it_is_brought_up(postgres_url: str) -> None:
    add_one(postgres_url)
    with open_ledger(postgres_url) as ledger, ledger.writing() as connection:
        with_old_search(connection)
        connection.execute(text("UPDATE ledger_version SET version_num = '0006'"))
    with pytest.raises(LedgerError, match="upgrade"):
        open_ledger(postgres_url, read_only=True)
    with open_ledger(postgres_url) as ledger, ledger.reading() as connection:
        assert version_of(connection) == SCHEMA
        assert connection.scalar(text("SELECT count(*) FROM statement_words WHERE '#a0' = ANY(tsvector_to_array(searched))")) == 2
        assert len(newest(connection, ["plan"], (1, 10), 10)) == 1


def test_alembic_is_not_loaded_where_nothing_is_to_be_brought_up(tmp_path: Path) -> None:
    program = (
        "import sys, json; from onrecord.record.ledger import open_ledger; "
        f"open_ledger({str(tmp_path / 'ledger.db')!r}, create=True).close(); "
        f"open_ledger({str(tmp_path / 'ledger.db')!r}).close(); print(json.dumps('alembic' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) is False
