"""A ledger -> one file that is itself a ledger, and back: what was recorded outlives its disk, its server and its database.

    backup("news.db", Path("monday.db"))            or backup("postgresql://...", Path("monday.db"))
    restore(Path("monday.db"), "news.db")           or restore(Path("monday.db"), "postgresql://...")

A backup holds the ledger as it was at one instant, whoever writes to it meanwhile. It appears under its name when all of it is
safe on the disk; beside it lies its SHA-256 (`monday.db.sha256`, as `sha256sum` writes it), which `restore` checks.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Integer, func, inspect, select, text
from sqlalchemy.schema import CreateSchema

from onrecord.errors import LedgerError
from onrecord.record import connect
from onrecord.record.connect import (
    check_file,
    connected,
    ledger_url,
    lock,
    make_tables,
    refuse_newer,
    refuse_others,
    sqlite_to_read,
    unchecked,
    version_of,
    writing,
)
from onrecord.record.failures import shown, told
from onrecord.record.tables import metadata, versions
from onrecord.record.whole_file import digest_file, files_beside, is_as_written, synced, take_place, take_place_with_digest, unfinished

_PAGES = 2048  # copied at a time, so that Ctrl-C is heard
_ROWS = 1000


def backup(where: str, file: Path, *, replace: bool = False) -> None:
    """Write all that the ledger holds to one file, a ledger in SQLite.

    Args:
        where: the ledger; in SQLite it may be of any version.
        file: what is written.
        replace: instead of a file that is there.

    Raises:
        LedgerError: the ledger cannot be read, or the file not be written.
    """
    is_file = ledger_url(where).get_backend_name() == "sqlite"
    if is_file:
        with told(where):
            check_file(ledger_url(where), where, create=False)
    with told(str(file)):
        if file.exists() and not replace:
            raise LedgerError(f"There is something at {file} already. --replace writes the backup in its place.", code="ledger.exists")
        if file.exists():
            _check_replaceable(where, file)
        with unfinished(file) as part:
            if is_file:
                _copy_file(Path(ledger_url(where).database or ""), part)
            else:
                _copy_database(where, part)
            take_place_with_digest(part, file)


def restore(file: Path, where: str, *, replace: bool = False) -> str | None:
    """Make a ledger of what a backup holds.

    Args:
        file: the backup, or any other ledger in SQLite.
        where: the new ledger: a file, or an empty database of PostgreSQL.
        replace: where there is a ledger, set it aside and take its place.

    Returns:
        Where the old ledger was set aside, if there was one.

    Raises:
        LedgerError: the backup is not what was written, or there is a ledger already, or it cannot be written.
    """
    with told(str(file)):
        if not (file.is_dir() or (file.exists() and file.stat().st_size)):
            raise LedgerError(f"There is no backup at {file}.", code="ledger.missing")
        check_digest(file)
        _check_ledger(file)
    if ledger_url(where).get_backend_name() == "sqlite":
        target = Path(ledger_url(where).database or "").absolute()
        with told(where):
            return _restore_file(file, target, replace=replace)
    with told(where), _of_this_version(file) as source:
        return _restore_database(source, where, replace=replace)


def check_digest(file: Path) -> None:
    """Whether the backup is the one that was written; without a digest beside it there is nothing to check.

    Raises:
        LedgerError: it is not.
    """
    if not is_as_written(file):
        name = digest_file(file).name
        raise LedgerError(
            f"{file} is not what was backed up: its digest is not that in {name}. Take another backup, or delete {name} "
            "if the file was changed on purpose.",
            code="ledger.damaged",
        )


def _check_replaceable(where: str, file: Path) -> None:
    """Whether the file is a ledger, and not the one that is backed up."""
    check_file(ledger_url(str(file)), str(file), create=False)
    url = ledger_url(where)
    if url.get_backend_name() == "sqlite" and file.samefile(url.database or ""):
        raise LedgerError(f"{file} is the ledger itself; give another file.", code="ledger.exists")


def _copy_file(source: Path, target: Path) -> None:
    """The pages of a SQLite file as they are now; those who write meanwhile are neither seen nor stopped."""
    with closing(sqlite_to_read(source)) as old, closing(sqlite3.connect(target)) as new:
        old.execute("BEGIN")
        old.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on it is read as it is at this instant
        old.backup(new, pages=_PAGES)


def _copy_database(where: str, target: Path) -> None:
    """The rows of a database as they are now: it is read in one snapshot."""
    source = connected(where, create=False, read_only=True)
    made = connected(str(target), create=True)
    try:
        with source.connect().execution_options(isolation_level="REPEATABLE READ") as old, writing(made) as new:
            _copy_rows(old, new)
    finally:
        source.dispose()
        made.dispose()


def _copy_rows(old: Connection, new: Connection) -> None:
    """All rows of all tables into empty ones, under the ids they have; then what a database keeps beside them."""
    for table in metadata.sorted_tables:
        if table is versions:
            continue
        rows = old.execution_options(stream_results=True).execute(select(table).order_by(*table.primary_key)).mappings()
        for some in rows.partitions(_ROWS):
            new.execute(table.insert(), [dict(row) for row in some])
    if new.dialect.name == "sqlite":
        new.exec_driver_sql("INSERT INTO statement_words (statement_words) VALUES ('rebuild')")
    else:
        _set_sequences(new)


def _set_sequences(connection: Connection) -> None:
    """The next rows get ids that no row has."""
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is None or not isinstance(column.type, Integer):
            continue
        last = connection.scalar(select(func.max(column)))
        if last is not None:
            sequence = text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)")
            connection.execute(sequence, {"table": table.name, "column": column.name, "last": last})


def _check_ledger(file: Path) -> None:
    """Whether the file is a ledger that holds together, of a version that this program knows.

    Raises:
        LedgerError: it is not.
    """
    with unchecked(str(file), create=False, read_only=True).connect() as connection:
        version = version_of(connection)
        if version is None:
            raise LedgerError(f"{file} holds no ledger.", code="ledger.not_a_ledger")
        refuse_newer(version, str(file))
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if found != "ok":
        raise LedgerError(f"{file} is damaged ({found}). Take another backup.", code="ledger.damaged")


def _restore_file(file: Path, target: Path, *, replace: bool) -> str | None:
    if target.is_dir():
        raise LedgerError(f"{target} is a folder; give a file.", code="ledger.not_a_ledger")
    if target.exists() and target.stat().st_size and not replace:
        raise LedgerError(f"There is something at {target} already. --replace sets it aside.", code="ledger.exists")
    with unfinished(target) as part:
        _copy_file(file, part)
        synced(part)
        aside = _set_aside(target) if target.exists() and target.stat().st_size else None
        take_place(part, target)
    return aside


def _set_aside(target: Path) -> str:
    """Another name for the file that is there, once no other program uses it."""
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(target, timeout=connect.PATIENCE_SECONDS)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE")  # writes the log into the file; only who is alone may do so
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise LedgerError(f"Another program uses the ledger at {target}. Stop it, and try again.", code="ledger.locked") from error
            raise
    aside = target.with_name(f"{target.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    for old, new in zip((target, *files_beside(target)), (aside, *files_beside(aside)), strict=True):
        if old.exists():
            old.rename(new)
    return str(aside)


@contextmanager
def _of_this_version(file: Path) -> Iterator[str]:
    """The backup, or where it is of an older version a copy that is brought up."""
    try:
        connected(str(file), create=False, read_only=True).dispose()
    except LedgerError as error:
        if error.code != "ledger.older":
            raise
        with TemporaryDirectory(prefix="onrecord-") as folder:
            copy = Path(folder) / "copy.db"
            _copy_file(file, copy)
            connected(str(copy), create=False).dispose()
            yield str(copy)
        return
    yield str(file)


def _restore_database(file: str, where: str, *, replace: bool) -> str | None:
    source, made = connected(file, create=False, read_only=True), unchecked(where, create=True)
    try:
        with source.connect() as old, writing(made) as new:
            lock(new)
            aside = _schema_aside(new, where, replace=replace)
            make_tables(new)
            _copy_rows(old, new)
        return aside
    finally:
        source.dispose()
        made.dispose()


def _schema_aside(connection: Connection, where: str, *, replace: bool) -> str | None:
    """Room for the tables: those of a ledger that is there go to a schema of their own, whose name this is."""
    if version_of(connection) is None:
        refuse_others(connection, where)
        return None
    if not replace:
        raise LedgerError(f"There is a ledger at {shown(where)} already. --replace sets it aside.", code="ledger.exists")
    aside = f"ledger_before_{datetime.now(UTC):%Y%m%dt%H%M%S%f}"
    connection.execute(CreateSchema(aside))
    for name in inspect(connection).get_table_names():
        connection.exec_driver_sql(f'ALTER TABLE "{name}" SET SCHEMA {aside}')
    return f"{shown(where)}, schema {aside}"
