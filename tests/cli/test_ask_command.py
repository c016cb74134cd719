"""`onrecord ask`: what it prints and how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from onrecord.find.question import Answer

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def ledger(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger of two papers, opened with vectors that need no file."""
    from tests.find.fake_meaning import FakeMeaning  # noqa: PLC0415  # after the path is set
    from tests.find.invented import JON, MARA, add, article, changed  # noqa: PLC0415
    from tests.record.invented import person  # noqa: PLC0415

    from onrecord.record.ledger import Options, open_ledger  # noqa: PLC0415

    monkeypatch.setattr("onrecord.annotate.meaning.Meaning", FakeMeaning)
    monkeypatch.setenv("ONRECORD_LEDGER", "l.db")
    namesake = person("Jon Quill", "jon-quill-2", "baker")
    first = changed(article("first", "2031-03-12", (MARA, "the ferry will run"), (JON, "the tolls will rise")), said_on="2031-03-10")
    with open_ledger("l.db", Options(meaning=FakeMeaning()), create=True) as opened:
        add(
            opened,
            changed(first, 2, stance="predicts"),
            article("second", "2031-04-13", (namesake, "\x1b[31mbread is dear"), publisher="Weekly"),
        )


def lines(result: Result) -> list[dict[str, Any]]:
    assert (result.exit_code, result.stderr) == (0, "")
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_an_answer_is_an_object_with_all_its_fields(run: Run) -> None:
    (found,) = lines(run("ask", "a", "ferry", "--by", "Mara Quill"))
    assert list(found) == [one.name for one in fields(Answer)]
    assert (found["words"], found["said_on"], found["score"]) == ("the ferry will run", "2031-03-10", 1)


FILTERS = [
    ("--by Quill", ["\x1b[31mbread is dear", "the tolls will rise", "the ferry will run"]),
    ("--stance predicts --stance denies", ["the tolls will rise"]),
    ("--since 2031-04", ["\x1b[31mbread is dear"]),
    ("--until 2031-03-10", ["the ferry will run"]),
    ("--as-of 2031-03-31 --limit 1", ["the tolls will rise"]),
    ("--publisher weekly", ["\x1b[31mbread is dear"]),
    ("boat --hypothetical", ["the ferry will run"]),
]


@pytest.mark.parametrize(("arguments", "found"), FILTERS)
def test_filters_and_words_choose(run: Run, arguments: str, found: list[str]) -> None:
    assert [one["words"] for one in lines(run("ask", *arguments.split()))] == found


def test_people_get_lines_with_namesakes_told_apart(run: Run) -> None:
    shown = run("ask", "--format", "table").stdout
    assert "Jon Quill, ferryman (jon-quill)" in shown
    assert "Jon Quill, baker (jon-quill-2)" in shown
    assert "Mara Quill, harbour minister  " in shown
    assert "2031-03-10 " in shown
    assert "[2031-04-13]" in shown
    assert "\x1b" not in shown


def test_nothing_found_is_said_to_people(run: Run) -> None:
    result = run("ask", "submarines", "--format", "table")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "Nothing in the ledger answers that.\n")


WRONG = [
    ("ferry --by Ada", 3, "ledger.not_found"),
    ("ferry --since soon", 2, "usage.bad_question"),
    ("ferry --limit 0", 2, "usage.bad_question"),
    ("ferry --ledger none.db", 3, "ledger.missing"),
]


@pytest.mark.parametrize(("arguments", "status", "code"), WRONG)
def test_what_cannot_be_is_refused(run: Run, arguments: str, status: int, code: str) -> None:
    result = run("ask", *arguments.split())
    assert (result.exit_code, result.stdout, json.loads(result.stderr)["code"]) == (status, "", code)
    assert not Path("none.db").exists()
