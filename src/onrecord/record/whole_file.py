"""Files that are there whole or not at all, with their SHA-256 beside them as `sha256sum` writes it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

DIGEST_SUFFIX = ".sha256"
_SQLITE_SUFFIXES = ("-wal", "-shm", "-journal")


@contextmanager
def unfinished(file: Path) -> Iterator[Path]:
    """Another name, in the same folder, under which the file is written until it is whole; what is left there is taken away."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        yield part
    finally:
        for one in (part, *files_beside(part)):
            one.unlink(missing_ok=True)


def take_place(part: Path, file: Path) -> None:
    """Bring the file under its name."""
    synced(part)
    part.replace(file)
    _folder_synced(file.parent)


def take_place_with_digest(part: Path, file: Path) -> None:
    """Bring the file under its name, and then its digest beside it; a digest never lies beside another file than its own."""
    digest, beside = sha256_of(part), digest_file(file)
    beside.unlink(missing_ok=True)
    take_place(part, file)
    with unfinished(beside) as new:
        new.write_text(f"{digest}  {file.name}\n", encoding="utf8")
        take_place(new, beside)


def is_as_written(file: Path) -> bool:
    """Whether the file has the digest that lies beside it; so it has where none does."""
    beside = digest_file(file)
    return not beside.exists() or beside.read_text(encoding="utf8", errors="replace").split(" ", 1)[0] == sha256_of(file)


def digest_file(file: Path) -> Path:
    """Where the digest of the file lies."""
    return file.with_name(file.name + DIGEST_SUFFIX)


def files_beside(file: Path) -> list[Path]:
    """What SQLite may keep beside a file of its own."""
    return [Path(f"{file}{suffix}") for suffix in _SQLITE_SUFFIXES]


def sha256_of(file: Path) -> str:
    """The digest of what is in the file, in hexadecimal digits."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def synced(path: Path) -> None:
    """See that what was written is on the disk."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _folder_synced(folder: Path) -> None:
    """See that the names are on the disk; not every system can."""
    with suppress(OSError):
        synced(folder)
