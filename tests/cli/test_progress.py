"""A long run says how far it has come, but only to somebody who watches."""

from __future__ import annotations

import io
import sys

import pytest

from onrecord.cli import progress
from onrecord.cli.progress import Progress


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(monkeypatch: pytest.MonkeyPatch, *, stdout: io.StringIO, stderr: io.StringIO, patience: float) -> str:
    monkeypatch.setattr(sys, "stdout", stdout)
    monkeypatch.setattr(sys, "stderr", stderr)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress, "_PATIENCE_SECONDS", patience)
    one = Progress()
    one.show(1200, 3)
    one.close()
    return stderr.getvalue()


def test_a_long_run_that_is_watched_shows_its_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "1,200 read, 3 rejected" in shown(monkeypatch, stdout=io.StringIO(), stderr=Screen(), patience=0)


@pytest.mark.parametrize(
    ("stdout", "stderr", "patience"),
    [(Screen(), Screen(), 0), (io.StringIO(), io.StringIO(), 0), (io.StringIO(), Screen(), 60)],
    ids=["the table is on the screen", "nobody watches", "a short run"],
)
def test_else_it_is_silent(monkeypatch: pytest.MonkeyPatch, stdout: io.StringIO, stderr: io.StringIO, patience: float) -> None:
    assert shown(monkeypatch, stdout=stdout, stderr=stderr, patience=patience) == ""
