"""`onrecord verify`: what is wrong, where, and the exit status."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("no_meaning")


@pytest.fixture(autouse=True)
def ledger(run: Run) -> None:
    """`l.db` in the working folder, with one article, opened without the model that embeds words."""
    from tests.cli.kept import article, kept  # noqa: PLC0415  # after the path is set

    kept("l.db", article())


def change(statement: str) -> None:
    with closing(sqlite3.connect("l.db")) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_clean_ledger_is_said_to_be_clean(run: Run) -> None:
    result = run("verify", "--ledger", "l.db")
    assert result.exit_code == 0
    assert [json.loads(line)["kind"] for line in result.stdout.splitlines()] == ["note"]  # it has no vectors
    assert result.stderr == "1 documents, 1 statements checked: nothing is wrong, 1 notes\n"


def test_what_is_wrong_is_listed_with_its_place(run: Run) -> None:
    change("UPDATE documents SET text = replace(text, 'ferry', 'barge')")
    result = run("verify", "--ledger", "l.db", "--format", "jsonl")
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert [one["where"].split()[0] for one in found if one["kind"] == "problem"] == ["document", "statement", "document"]
    assert "3 problems" in result.stderr


def test_a_terminal_shows_a_line_each(run: Run) -> None:
    change("UPDATE statements SET stance = 'shrugs'")
    result = run("verify", "--ledger", "l.db", "--format", "table")
    assert result.stdout.startswith("problem: statement ")
    assert "'shrugs'" in result.stdout.splitlines()[0]


def test_what_cannot_be_checked_has_a_status_of_its_own(run: Run) -> None:
    result = run("verify", "--ledger", "none.db", "--format", "jsonl")
    assert (result.exit_code, json.loads(result.stderr)["code"]) == (3, "ledger.missing")


def test_nothing_is_changed(run: Run) -> None:
    before = Path("l.db").read_bytes()
    run("verify", "--ledger", "l.db")
    assert Path("l.db").read_bytes() == before
    assert [path.name for path in Path().iterdir()] == ["l.db"]
