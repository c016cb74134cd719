"""Where a ledger lies -> an engine that is ready for it: SQLite in one file, or a PostgreSQL database by its URL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, select, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from onrecord.errors import LedgerError
from onrecord.record import copy_tables, search_tables  # noqa: F401  # their tables are made with the others
from onrecord.record.abandoned import heed
from onrecord.record.failures import URL_MARK, shown, told
from onrecord.record.full_text_index import full_text_ddl
from onrecord.record.kept_open import has_log, heed_replaced, pool_of
from onrecord.record.retrying import retried
from onrecord.record.tables import metadata, run_ends, runs, sightings, versions
from onrecord.settings import PoolOptions

SCHEMA = "0008"  # the version of the tables: the newest one in `migrations`, which bring older ledgers up to it
LOCK_SECONDS = 5  # how long an upgrade stands in the way of others while it waits for a table
PATIENCE_SECONDS = 60.0  # how long a writer waits for another one
_PREPARED = 24  # statements that a connection to a file keeps prepared: lists of ids make each another one, of a hundred kilobytes
_JOINED_SINCE = "0002"
_APPLICATION = 0x6F6E7264  # "onrd": marks a SQLite file as a ledger


def ledger_url(where: str) -> URL:
    """The SQLAlchemy URL of a ledger: a path is a SQLite file, `postgresql://...` a database.

    Raises:
        LedgerError: it is a URL of no kind that can hold a ledger.
    """
    if URL_MARK not in where:
        return URL.create("sqlite", database=str(Path(where).expanduser()))
    try:
        url = make_url(where)
    except ArgumentError as error:
        raise LedgerError(f"{shown(where)} is no URL of a database.", code="ledger.bad_url") from error
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise LedgerError(f"{shown(where)} cannot hold a ledger: give a file, or postgresql://HOST/DATABASE.", code="ledger.bad_url")
    return url


def connected(where: str, *, create: bool, read_only: bool = False, pool: PoolOptions | None = None) -> Engine:
    """An engine for the ledger at `where`; with `create` it is made where there is none. An older one is brought up to date.

    Raises:
        LedgerError: there is none, it is none, it is of another version, or it cannot be reached or written.
    """
    with told(where):
        engine = unchecked(where, create=create, read_only=read_only, pool=pool, keep=True)
        heed(engine)
        try:
            _prepare_tables(engine, where, create=create, read_only=read_only)
        except BaseException:
            engine.dispose()
            raise
    return engine


def unchecked(where: str, *, create: bool, read_only: bool = False, pool: PoolOptions | None = None, keep: bool = False) -> Engine:
    """An engine for whatever ledger is at `where`, of any version, or for none. A file that holds something else is not touched.

    With `keep`, connections to read with stay open until the engine is disposed of.

    Raises:
        LedgerError: there is no file and none is to be made, or it holds something else.
    """
    url = ledger_url(where)
    if url.get_backend_name() == "postgresql":
        return _postgres(url, pool or PoolOptions(), read_only=read_only)
    check_file(url, where, create=create)
    return _sqlite(url, read_only=read_only, keep=keep)


def version_of(connection: Connection) -> str | None:
    """The version of the ledger's tables; None where the database holds no ledger."""
    if not inspect(connection).has_table(versions.name):
        return None
    return connection.scalar(select(versions.c.version_num)) or "0"


def _prepare_tables(engine: Engine, where: str, *, create: bool, read_only: bool) -> None:
    """See that the tables are there, and of the version that this program knows."""
    with engine.connect() as connection:
        version = version_of(connection)
    if version is None:
        if not create:
            with engine.connect() as connection:
                refuse_others(connection, where)
            raise LedgerError(f"There is no ledger at {shown(where)}. `onrecord add` makes one.", code="ledger.missing")
        version = _made(engine, where)
    refuse_newer(version, where)
    if version < SCHEMA and read_only:
        raise LedgerError(
            f"The ledger at {shown(where)} is of version {version}, this program reads {SCHEMA}. `onrecord upgrade` brings it up; "
            "take a backup before.",
            code="ledger.older",
        )
    if version < SCHEMA:
        retried(lambda: _upgrade(engine, where))


def refuse_upgraded(connection: Connection, where: str) -> None:
    """See, at the start of a transaction that writes, that nobody has brought the ledger up to a newer version since it was opened.

    Raises:
        LedgerError: somebody has.
    """
    refuse_newer(connection.scalar(select(versions.c.version_num)) or "0", where)


def refuse_newer(version: str, where: str) -> None:
    """See that this program knows the version.

    Raises:
        LedgerError: it is of a newer program.
    """
    if version > SCHEMA:
        raise LedgerError(
            f"The ledger at {shown(where)} is of version {version}, this program knows {SCHEMA}. Use a newer onrecord.", code="ledger.newer"
        )


def check_file(url: URL, where: str, *, create: bool) -> None:
    """Whether the file is a ledger, or can become one; read as bytes at first, so that a foreign file is never touched.

    Raises:
        LedgerError: it is missing and none is to be made, or it holds something else.
    """
    path = Path(url.database or "")
    if path.is_dir():
        raise LedgerError(f"{where} is a folder; give the file of a ledger.", code="ledger.not_a_ledger")
    if not create and not (path.exists() and path.stat().st_size):
        raise LedgerError(f"There is no ledger at {where}. `onrecord add` makes one.", code="ledger.missing")
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        return
    with path.open("rb") as file:
        start = file.read(100)
    mark = int.from_bytes(start[68:72])
    if start and (start[:16] != b"SQLite format 3\x00" or mark not in (_APPLICATION, 0)):
        raise LedgerError(f"{where} is a file of something else, not a ledger. It was not touched.", code="ledger.not_a_ledger")
    if start and mark == 0:  # a ledger that is just being made, which has no tables yet, or a database of something else
        with closing(_opened(path, "mode=ro&immutable=1")) as connection:
            _refuse([name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")], where)


def refuse_others(connection: Connection, where: str) -> None:
    """See that the database has no tables.

    Raises:
        LedgerError: it has some.
    """
    _refuse(inspect(connection).get_table_names(), where)


def _refuse(others: list[str], where: str) -> None:
    if others:
        raise LedgerError(
            f"{shown(where)} holds something else ({', '.join(others[:3])}), no ledger. It was not touched.", code="ledger.not_a_ledger"
        )


def _sqlite(url: URL, *, read_only: bool, keep: bool) -> Engine:
    path = Path(url.database or "").absolute()
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite_to_read(path) if read_only else _sqlite_to_write(path),
        execution_options={"read_only": read_only},
        **pool_of(path, read_only=read_only, keep=keep),
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _: Any) -> None:
        connection.execute(f"PRAGMA busy_timeout = {int(PATIENCE_SECONDS * 1000)}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("PRAGMA mmap_size = 2147418112")
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    if read_only:
        heed_replaced(engine, path)
    return engine


def sqlite_to_read(path: Path) -> sqlite3.Connection:
    """The file, to read. SQLite needs its log beside it even then, and takes it away; where no log can be, nobody writes one either."""
    connection = _opened(path, "mode=rw" if has_log(path) else "mode=ro&immutable=1")
    connection.execute("PRAGMA query_only = ON")
    return connection


def _sqlite_to_write(path: Path) -> sqlite3.Connection:
    return _opened(path, "mode=rwc")


def _opened(path: Path, how: str) -> sqlite3.Connection:
    target = f"{path.absolute().as_uri()}?{how}"
    return sqlite3.connect(
        target,
        uri=True,
        timeout=PATIENCE_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=_PREPARED,
    )


def _postgres(url: URL, pool: PoolOptions, *, read_only: bool) -> Engine:
    """A pool of connections, each tried before it is used, so that one to a server that was started anew is made anew.

    Plans are not compiled (`jit`): that takes longer than any question of a ledger.
    """
    limit = f" -c statement_timeout={pool.statement_seconds}s" if read_only and pool.statement_seconds else ""
    try:
        engine = create_engine(
            url,
            pool_pre_ping=True,
            pool_size=pool.size,
            max_overflow=pool.overflow,
            pool_timeout=pool.timeout_seconds,
            pool_recycle=pool.recycle_seconds,
            connect_args={
                "connect_timeout": 10,
                "application_name": f"onrecord {'read' if read_only else 'write'}",
                "options": f"{url.query.get('options', '')} -c jit=off{limit}".strip(),
            },
        )
    except (ImportError, NoSuchModuleError) as error:
        raise LedgerError("A ledger in PostgreSQL needs a driver: pip install 'onrecord[postgres]'", code="ledger.not_installed") from error
    return engine.execution_options(postgresql_readonly=True) if read_only else engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that writes; it waits for other writers, and is all or nothing."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


def lock(connection: Connection) -> None:
    """In a transaction that writes: wait until no other program makes or changes the tables, and keep others waiting."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _APPLICATION})


def make_tables(connection: Connection) -> None:
    """The tables of a new ledger."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {_APPLICATION}")
    metadata.create_all(connection, checkfirst=False)  # there is none yet, or nobody would have come here
    for line in full_text_ddl(connection.dialect.name):
        connection.execute(line)
    connection.execute(versions.insert(), [{"version_num": SCHEMA}])


def _made(engine: Engine, where: str) -> str:
    """A new ledger, in one transaction: two that begin at once make it once. Its version."""
    with writing(engine) as connection:
        lock(connection)
        version = version_of(connection)
        if version is None:
            refuse_others(connection, where)
            make_tables(connection)
        return version or SCHEMA


def _upgrade(engine: Engine, where: str) -> None:
    """Bring an older ledger up to this version, in one transaction; who comes second waits and finds it done.

    In PostgreSQL those that write are waited for some seconds at a time, so that nobody stands behind it for longer; those that begin
    meanwhile wait, and find the new version.
    """
    from onrecord.record.migrations import upgrade  # noqa: PLC0415  # loads alembic, which only an older ledger needs

    begun = engine.connect().execution_options(writes=True)
    with told(where), begun as connection, _without_foreign_keys(connection), connection.begin():
        lock(connection)
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'"))
            connection.execute(text(f"LOCK TABLE {versions.name} IN ACCESS EXCLUSIVE MODE"))
        before = version_of(connection)
        upgrade(connection)
        if before is not None and before < _JOINED_SINCE:
            _join_all(connection)


def _join_all(connection: Connection) -> None:
    """Work out who is one in a ledger that was made before that was done."""
    from onrecord import __version__  # noqa: PLC0415  # the package is not ready yet when this module is imported
    from onrecord.record.joining import join_all  # noqa: PLC0415  # only an older ledger needs it

    if connection.scalar(select(sightings.c.id).limit(1)) is None:
        return
    began = datetime.now(UTC).isoformat(timespec="milliseconds")
    row = {"started_at": began, "program": f"onrecord {__version__}", "command": "upgrade"}
    number = connection.execute(runs.insert().values(**row)).inserted_primary_key
    assert number is not None
    join_all(connection, number[0])
    ended = {"run_id": number[0], "ended_at": datetime.now(UTC).isoformat(timespec="milliseconds")}
    connection.execute(run_ends.insert(), [ended | {"recorded": 0, "known": 0, "rejected": 0}])


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew, which foreign keys would forbid; that they hold is checked afterwards."""
    if connection.dialect.name != "sqlite":
        yield
        return
    raw = connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys = ON")
