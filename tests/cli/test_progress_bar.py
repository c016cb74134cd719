"""The bar of `onrecord add` counts files and texts, and is seen only by somebody who watches."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from onrecord.cli import progress_bar
from onrecord.cli.progress_bar import ProgressBar
from onrecord.data import Document


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def watched(monkeypatch: pytest.MonkeyPatch) -> Screen:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress_bar, "_PATIENCE_SECONDS", 0)
    return screen


def test_it_shows_counts_and_how_much_is_done(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    screen = watched(monkeypatch)
    for name in ("a.txt", "b.jsonl"):
        (tmp_path / name).write_text("x" * 100, encoding="utf8")
    bar = ProgressBar([str(tmp_path)])
    given = [Document("a", "x" * 30, f"{tmp_path}/a.txt"), Document("b", "x" * 40, f"{tmp_path}/b.jsonl:1")]
    assert list(bar.counted(given)) == given
    assert bar.done == 140
    bar.show(1, 2, 3)
    bar.close()
    assert "1 added, 2 known, 3 rejected" in screen.getvalue()


def test_a_text_longer_than_its_packed_file_is_no_more_than_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    screen = watched(monkeypatch)
    path = tmp_path / "a.txt.gz"
    path.write_bytes(b"x" * 10)
    bar = ProgressBar([str(path)])
    list(bar.counted([Document("a", "x" * 500, str(path))]))
    assert bar.done == 10
    assert screen.getvalue() == ""


def test_nobody_who_does_not_watch_sees_it(monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = io.StringIO()
    monkeypatch.setattr(sys, "stderr", nowhere)
    bar = ProgressBar(["nowhere.txt"])
    bar.show(1, 2, 3)
    assert nowhere.getvalue() == ""
