"""Paths -> the files to read, folders walked in order."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.data import Rejection

STANDARD_INPUT = "-"

# Beside the texts of a folder lie files that are no documents; naming each of them would bury what matters.
_BESIDE = frozenset(
    {
        *(".ann", ".conf", ".css", ".js", ".py", ".sh", ".toml", ".ini", ".lock", ".log"),
        *(".db", ".sqlite", ".sqlite3", ".parquet", ".pkl", ".npy", ".onnx", ".safetensors"),
        *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".ico", ".tif", ".tiff", ".bmp"),
        *(".mp3", ".m4a", ".wav", ".ogg", ".flac", ".mp4", ".mov", ".avi", ".mkv", ".webm"),
        *(".exe", ".dll", ".so", ".o", ".pyc", ".class", ".jar", ".ttf", ".otf", ".woff", ".woff2"),
    }
)


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: where it lies and what its document is called."""

    path: str
    name: str

    @property
    def locator(self) -> str:
        """How messages and records point to the file."""
        return self.path

    @property
    def suffix(self) -> str:
        """The ending of the name, in small letters: `.txt`."""
        return "" if self.path == STANDARD_INPUT else Path(self.path).suffix.lower()


def files(path: str) -> Iterator[Found | Rejection]:
    """The files of one path of the command line: itself, or all below it when it is a folder."""
    if path == STANDARD_INPUT:
        yield Found(path, "stdin")
    elif path.startswith(("http://", "https://")):
        yield Rejection(
            path, "read.unsupported", "This version fetches nothing from the web. Save the text of the page to a file and read that."
        )
    elif Path(path).is_dir():
        yield from _folder(Path(path))
    else:
        yield Found(path, Path(path).stem or path)


def _folder(folder: Path) -> Iterator[Found | Rejection]:
    nothing = True
    for found in _below(folder, folder, set()):
        nothing = False
        yield found
    if nothing:
        yield Rejection(str(folder), "read.no_documents", "The folder holds no file to read. Give one with .txt or .jsonl files in it.")


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
        if entry.name.startswith(".") or path.suffix.lower() in _BESIDE:
            continue
        if path.is_dir():
            yield from _below(path, top, walked)
        elif path.is_file() or entry.is_symlink():
            yield Found(str(path), path.relative_to(top).with_suffix("").as_posix())
