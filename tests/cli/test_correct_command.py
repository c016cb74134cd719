"""`onrecord correct` and `onrecord judgements`: by hand, listed, undone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("no_meaning")


@pytest.fixture
def statement(run: Run) -> str:
    """The id of the one statement of the ledger `l.db` in the working folder."""
    from tests.cli.kept import article, kept  # noqa: PLC0415  # after the path is set

    return kept("l.db", article())[0]


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_correction_is_kept_and_shown(run: Run, statement: str) -> None:
    options = ["--speaker", "Otto Lind", "--type", "person", "--role", "mate", "--stance", "leaves_open", "--said-on", "2031-03-11"]
    flags = ["--conditional", "--negated", "--by", "Ida Brook", "--note", "heard the tape", "--ledger", "l.db"]
    result = run("correct", statement[:8], *options, *flags)
    assert (result.exit_code, result.stderr) == (0, "")
    assert lines(result) == [
        {
            "judgement": 1,
            "statement": {
                "id": statement,
                "speaker": {"name": "Otto Lind", "type": "person", "role": "mate", "key": "otto-lind"},
                "stance": "leaves_open",
                "said_on": "2031-03-11",
                "conditional": True,
                "negated_cue": True,
                "words": "the ferry would sail on Friday",
                "document": "ferry",
            },
        }
    ]
    shown = run("correct", statement, "--unconditional", "--by", "Ida Brook", "--ledger", "l.db", "--format", "table")
    assert shown.stdout == "judgement 2: Otto Lind · mate · leaves open · 2031-03-11 · negated · “the ferry would sail on Friday”\n"


def test_what_is_no_statement_is_said_to_be_none(run: Run, statement: str) -> None:
    result = run("correct", statement, "--not-a-statement", "--by", "Ida Brook", "--ledger", "l.db")
    assert lines(result) == [{"judgement": 1, "statement": None}]
    shown = run("correct", statement, "--not-a-statement", "--by", "Ida Brook", "--ledger", "l.db", "--format", "table")
    assert shown.stdout == "judgement 2: it is no statement\n"


WRONG: list[tuple[list[str], int, str]] = [
    (["--stance", "denies"], 2, ""),  # nobody says so
    (["--by", " ", "--stance", "denies"], 2, "usage.bad_judgement"),
    (["--by", "Ida"], 2, "usage.bad_judgement"),
    (["--by", "Ida", "--stance", "shouts"], 2, ""),
    (["--by", "Ida", "--type", "robot"], 2, ""),
    (["--by", "Ida", "--said-on", "tomorrow"], 2, "usage.bad_judgement"),
    (["--by", "Ida", "--not-a-statement", "--stance", "denies"], 2, "usage.bad_judgement"),
]


@pytest.mark.parametrize(("arguments", "status", "code"), WRONG)
def test_a_wrong_call_has_status_2(run: Run, statement: str, arguments: list[str], status: int, code: str) -> None:
    result = run("correct", statement, "--ledger", "l.db", *arguments)
    assert (result.exit_code, result.stdout) == (status, "")
    assert not code or json.loads(result.stderr)["code"] == code
    assert run("judgements", "--ledger", "l.db").stdout == ""


def test_a_statement_or_ledger_that_is_not_there_has_status_3(run: Run, statement: str) -> None:
    for name, ledger, code in (("abcdef", "l.db", "ledger.not_found"), (statement, "none.db", "ledger.missing")):
        result = run("correct", name, "--stance", "denies", "--by", "Ida", "--ledger", ledger)
        assert (result.exit_code, json.loads(result.stderr)["code"]) == (3, code)
    assert not Path("none.db").exists()


def test_judgements_are_listed_and_undone(run: Run, statement: str) -> None:
    run("correct", statement, "--stance", "denies", "--speaker", "nobody", "--by", "Ida Brook", "--note", "heard it", "--ledger", "l.db")
    (one,) = lines(run("judgements", "--ledger", "l.db"))
    assert (one["id"], one["made_by"], one["note"], one["state"]) == (1, "Ida Brook", "heard it", "holds")
    assert (one["statement"], one["document"], one["changes"]["stance"]) == (statement, "ferry", "denies")
    table = run("judgements", "--ledger", "l.db", "--format", "table").stdout
    assert "Ida Brook  correct\n" in table
    assert f"    {statement[:12]} ferry speaker: none, type: unknown, role: none, stance: denies\n" in table.replace("  ferry  ", " ferry ")
    assert "    “the ferry would sail on Friday”\n    note: heard it\n" in table
    assert run("judgements", "--orphaned", "--ledger", "l.db").stdout == ""
    undone = run("judgements", "--undo", 1, "--by", "Tom Reed", "--ledger", "l.db")
    assert (undone.exit_code, undone.stderr) == (0, "judgement 1 is undone\n")
    assert run("judgements", "--ledger", "l.db").stdout == ""
    assert [row["state"] for row in lines(run("judgements", "--all", "--ledger", "l.db"))] == ["undone"]


@pytest.mark.parametrize(
    ("arguments", "status"), [(["--undo", 1], 2), (["--undo", 9, "--by", "Ida"], 3), (["--undo", "x", "--by", "Ida"], 2)]
)
def test_what_cannot_be_undone_is_said(run: Run, statement: str, arguments: list[str], status: int) -> None:
    result = run("judgements", "--ledger", "l.db", *arguments)
    assert (result.exit_code, result.stdout) == (status, "")
    assert result.stderr


def test_nothing_that_steers_a_terminal_gets_there(run: Run, statement: str) -> None:
    run("correct", statement, "--speaker", "\x1b[2JOtto", "--by", "\x1b[31mIda", "--note", "\x07", "--ledger", "l.db", "--format", "table")
    assert "\x1b" not in run("judgements", "--ledger", "l.db", "--format", "table").stdout
