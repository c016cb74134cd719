"""`onrecord remove`: asks, removes, and says what stays."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("no_meaning")
WHY = ("--by", "Ida Brook", "--note", "court order 4 O 12/31", "--ledger", "l.db")


@pytest.fixture(autouse=True)
def ledger(run: Run) -> None:
    """`l.db` in the working folder, with two articles, opened without the model that embeds words."""
    from tests.cli.kept import article, kept  # noqa: PLC0415  # after the path is set

    kept("l.db", article("Mara Quill said the xylopruk would sail."), article(name="other"))


def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.cli.remove._somebody_is_there", lambda: True)


def test_a_document_is_removed_and_its_words_are_gone(run: Run) -> None:
    assert b"xylopruk" in Path("l.db").read_bytes()
    result = run("remove", "https://lesk.example/ferry", *WHY, "--yes")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Backups that were made before still hold it." in result.stderr
    assert b"xylopruk" not in b"".join(path.read_bytes() for path in Path().iterdir())
    assert run("versions", "ferry", "--ledger", "l.db").exit_code == 3
    assert run("versions", "other", "--ledger", "l.db").exit_code == 0
    assert run("verify", "--ledger", "l.db").exit_code == 0


@pytest.mark.parametrize(("answer", "status"), [("y\n", 0), ("n\n", 1), ("\n", 1), ("", 130)])
def test_it_asks_before(run: Run, monkeypatch: pytest.MonkeyPatch, answer: str, status: int) -> None:
    somebody(monkeypatch)
    result = run("remove", "news/ferry.txt", *WHY, input=answer)
    assert result.exit_code == status
    assert "Lesk Courier · 2031-03-12 · news/ferry.txt" in result.stderr
    assert (b"xylopruk" in Path("l.db").read_bytes()) is bool(status)


def test_where_nobody_can_be_asked_it_wants_to_be_told(run: Run) -> None:
    result = run("remove", "news/ferry.txt", *WHY)
    assert result.exit_code == 2
    assert "--yes removes without asking" in result.stderr
    assert b"xylopruk" in Path("l.db").read_bytes()


def test_who_and_why_are_needed(run: Run) -> None:
    assert run("remove", "news/ferry.txt", "--yes", "--ledger", "l.db", "--by", "Ida Brook").exit_code == 2
    assert run("remove", "news/ferry.txt", "--yes", "--ledger", "l.db", "--by", " ", "--note", "x").exit_code == 2
    assert b"xylopruk" in Path("l.db").read_bytes()


def test_what_is_not_there_is_not_removed(run: Run) -> None:
    result = run("remove", "news/none.txt", *WHY, "--yes")
    assert result.exit_code == 3
    assert "[ledger.not_found]" in result.stderr


def test_it_is_not_added_again_and_that_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from functools import partial  # noqa: PLC0415

    from tests.run.fake_reader import FakeReader  # noqa: PLC0415  # after the path is set

    from onrecord.run import local  # noqa: PLC0415

    monkeypatch.setattr(local, "RunOptions", partial(local.RunOptions, make_reader=FakeReader))
    text = "date 2031-03-04\nMara Quill said the brunkelz would sail.\n"
    Path("x.txt").write_text(text, encoding="utf8")
    added = run("add", "x.txt", "--ledger", "l.db")
    assert added.exit_code == 0, added.stderr
    removed = run("remove", "x.txt", *WHY, "--yes")
    assert removed.exit_code == 0, removed.stderr
    again = run("add", "x.txt", "--ledger", "l.db", "--format", "jsonl")
    assert again.exit_code == 0
    assert json.loads(again.stderr.splitlines()[0])["code"] == "ledger.removed"
    assert again.stderr.splitlines()[-1] == "0 added, 1 known, 0 rejected"
    assert b"brunkelz" not in Path("l.db").read_bytes()
