"""Paths -> the files to read, folders walked in order."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath, PurePosixPath

from onrecord.data import Rejection

STANDARD_INPUT = "-"

_PACKED = frozenset({".gz", ".bz2", ".xz"})

# Beside the texts of a folder lie files that are no documents; naming each of them would bury what matters.
_BESIDE = frozenset(
    {
        *(".ann", ".conf", ".css", ".js", ".py", ".sh", ".toml", ".ini", ".lock", ".log"),
        *(".db", ".sqlite", ".sqlite3", ".pkl", ".npy", ".onnx", ".safetensors"),
        *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".ico", ".tif", ".tiff", ".bmp"),
        *(".mp3", ".m4a", ".wav", ".ogg", ".flac", ".mp4", ".mov", ".avi", ".mkv", ".webm"),
        *(".exe", ".dll", ".so", ".o", ".pyc", ".class", ".jar", ".ttf", ".otf", ".woff", ".woff2"),
    }
)


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: where it lies and what its document is called.

    `place` points into a file that holds others: `archive.zip/march/wire.html`. `file_name` is the name from which the
    format is told where it is not that of the path, as for what is packed. Of what was fetched from the web, `url` is where
    it was found, `charset` what the server said of its letters, and `retrieved_at` when.
    """

    path: str
    name: str
    place: str = ""
    file_name: str = ""
    url: str = ""
    charset: str | None = None
    retrieved_at: str | None = None

    @property
    def locator(self) -> str:
        """How messages and records point to the file."""
        return self.place or self.path

    @property
    def suffix(self) -> str:
        """The ending of the name, in small letters: `.txt`."""
        return "" if self.path == STANDARD_INPUT and not self.file_name else Path(self.file_name or self.path).suffix.lower()

    def unpacked(self) -> Found:
        """What a packed file holds: `a.html` in `a.html.gz`."""
        packed = PurePath(self.file_name or self.path)
        inner = packed.stem if packed.suffix.lower() in _PACKED else packed.name
        suffix = PurePath(inner).suffix
        name = self.name.removesuffix(suffix) if suffix[1:].isalpha() else self.name
        return replace(self, file_name="" if self.path == STANDARD_INPUT and not self.file_name else inner, name=name or self.name)

    def within(self, member: str) -> Found:
        """The file called `member` inside this one."""
        path = PurePosixPath(member.lstrip("/") or "unnamed")
        return replace(self, place=f"{self.locator}/{path}", file_name=path.name, name=f"{self.name}/{path.with_suffix('')}")


def files(path: str) -> Iterator[Found | Rejection]:
    """The files of one path of the command line: itself, or all below it when it is a folder."""
    if path == STANDARD_INPUT:
        yield Found(path, "stdin")
    elif is_address(path):
        yield Found(path, path, without_password(path))
    elif _is_folder(path):
        yield from _folder(Path(path))
    else:
        yield Found(path, Path(path).stem or path)


def _is_folder(path: str | Path) -> bool:
    """A path that cannot be, such as one that is too long, is no folder; opening it says why."""
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False


def is_address(path: str) -> bool:
    """Whether a path that was given is an address on the web."""
    return path[:8].lower().startswith(("http://", "https://"))


def without_password(address: str) -> str:
    """The address without the name and password that it may hold, so that it can be shown."""
    return re.sub(r"^(\w+://)[^/?#]*@", r"\1", address)


def _folder(folder: Path) -> Iterator[Found | Rejection]:
    nothing = True
    for found in _below(folder, folder, set()):
        nothing = False
        yield found
    if nothing:
        yield Rejection(str(folder), "read.no_documents", "The folder holds no file to read. Give one with .txt or .jsonl files in it.")


def is_beside(path: PurePath) -> bool:
    """Whether the file lies beside documents and is none itself, told by its name."""
    return path.suffix.lower() in _BESIDE


def _below(folder: Path, top: Path, walked: set[tuple[int, int]]) -> Iterator[Found | Rejection]:
    """Depth first, by name. Every folder is walked once, however many links lead to it, so a loop of links ends."""
    try:
        status = folder.stat()
        if (status.st_dev, status.st_ino) in walked:
            return
        walked.add((status.st_dev, status.st_ino))
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Rejection(str(folder), "read.not_readable", f"The folder cannot be opened ({error}). Check that you may read it.")
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith(".") or is_beside(path):
            continue
        if _is_folder(path):
            yield from _below(path, top, walked)
        elif entry.is_symlink() or entry.is_file():
            yield Found(str(path), path.relative_to(top).with_suffix("").as_posix())
