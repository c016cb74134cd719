"""Paths that are no files, folders that change or loop, and names that are no text."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from tests.read.hostile import SECRET, TEXT, Read, codes, saved

from onrecord.data import Rejection
from onrecord.read import documents


def test_a_device_is_read_or_rejected_like_a_file(read: Read) -> None:
    assert codes(read("/dev/null")) == ["read.empty"]
    assert codes(read("/dev/zero")) in (["read.too_long"], ["read.binary"])
    assert codes(read("/dev/urandom")) in (["read.too_long"], ["read.binary"])


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes in the file system")
def test_a_pipe_is_read_when_something_writes_into_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(TEXT.encode(),))
    writer.start()
    assert codes(list(documents([str(pipe)]))) == ["read"]
    writer.join()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes in the file system")
def test_a_pipe_into_which_nothing_writes_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.read.pipes.WAIT_SECONDS", 0.3)
    os.mkfifo(tmp_path / "pipe")
    started = time.monotonic()
    assert codes(list(documents([str(tmp_path / "pipe"), str(saved(str(tmp_path / "z.txt"), TEXT))]))) == ["read.not_readable", "read"]
    assert time.monotonic() - started < 5


def test_pipes_and_devices_in_a_folder_are_passed_over(read: Read) -> None:
    saved("in/a.txt", TEXT)
    os.mkfifo("in/pipe")
    assert codes(read("in")) == ["read"]


def test_a_folder_that_holds_itself_ends(read: Read) -> None:
    saved("in/a/b/one.txt", TEXT)
    Path("in/a/b/up").symlink_to(Path("in").resolve())
    Path("in/a/here").symlink_to(".")
    Path("in/round").symlink_to("round")
    assert codes(read("in")) == ["read", "read.not_readable"]


def test_a_file_that_vanishes_after_it_was_listed_is_rejected(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        saved(str(tmp_path / f"{name}.txt"), TEXT)
    reading = documents([str(tmp_path)])
    first = next(reading)
    (tmp_path / "b.txt").unlink()
    assert codes([first, *reading]) == ["read", "read.not_found", "read"]


def test_a_folder_that_vanishes_while_it_is_walked_is_rejected(tmp_path: Path) -> None:
    saved(str(tmp_path / "a.txt"), TEXT)
    saved(str(tmp_path / "b" / "c.txt"), TEXT)
    reading = documents([str(tmp_path)])
    first = next(reading)
    (tmp_path / "b" / "c.txt").unlink()
    (tmp_path / "b").rmdir()
    assert codes([first, *reading]) in (["read"], ["read", "read.not_readable"])


def test_a_folder_that_may_not_be_opened_stops_nothing(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    saved("in/a/one.txt", TEXT)
    saved("in/b/two.txt", TEXT)
    scan = os.scandir

    def closed(path: Any) -> Any:
        if Path(path).name == "a":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", closed)
    assert codes(read("in")) == ["read.not_readable", "read"]


def test_a_thousand_empty_files_are_rejected_one_by_one(tmp_path: Path) -> None:
    for number in range(1000):
        (tmp_path / f"{number:05}.txt").touch()
    saved(str(tmp_path / "z.txt"), TEXT)
    assert codes(list(documents([str(tmp_path)]))) == ["read.empty"] * 1000 + ["read"]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names of files are Unicode there")
def test_names_that_are_not_utf8_are_read_and_shown(read: Read) -> None:
    Path("in").mkdir()
    for name in (b"in/caf\xe9.txt", b"in/\xff\xfe", b"in/line\nbreak.txt", b"in/\x1b[2J.txt"):
        with open(name, "wb") as file:  # noqa: PTH123  # a name that is no text
            file.write(TEXT.encode())
    assert codes(read("in")) == ["read"] * 4


@pytest.mark.parametrize(
    "path", ["a" * 5000, "\0", "in/" * 2000, "http://", "https://user:" + SECRET + "@", "~", "*", "", "-x", "file:///etc/passwd"]
)
def test_a_path_that_cannot_be_is_rejected(read: Read, path: str) -> None:
    (found,) = read(path)
    assert isinstance(found, Rejection)
    assert SECRET not in found.locator + found.message
