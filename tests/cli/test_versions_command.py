"""`onrecord versions`: how an article changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("no_meaning")
URL = "https://lesk.example/ferry"
FIRST = "Mara Quill said the ferry would sail on Friday. Nobody was hurt."
SECOND = "Mara Quill said the ferry would sail on Monday. Otto Lind said the berth is shut."


@pytest.fixture
def ledger(run: Run) -> str:
    from tests.cli.kept import article, kept  # noqa: PLC0415  # after the path is set

    kept("l.db", article(FIRST), article(SECOND))
    return "l.db"


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_version_is_an_object_with_what_changed_since_the_one_before(run: Run, ledger: str) -> None:
    result = run("versions", URL, "--ledger", ledger)
    first, second = lines(result)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (first["article"], first["version"], first["of"], first["passages"], first["statements"]) == (URL, 1, 2, None, [])
    assert sorted(one["kind"] for one in second["passages"]) == ["added", "altered", "dropped"]
    altered = next(one for one in second["passages"] if one["kind"] == "altered")
    assert altered["old"] == {"span": [0, 47], "words": "Mara Quill said the ferry would sail on Friday."}
    assert [(one["kind"], one["fields"]) for one in second["statements"]] == [("altered", ["content"]), ("added", [])]
    assert second["statements"][1]["new"]["speaker"] == "Otto Lind"
    assert [one["of"] for one in lines(run("versions", second["document"]["id"][:9], "--ledger", ledger))] == [2, 2]


def test_the_ids_are_those_that_can_be_corrected(run: Run, ledger: str) -> None:
    statement = lines(run("versions", URL, "--ledger", ledger))[1]["statements"][1]["new"]["id"]
    assert run("correct", statement, "--stance", "denies", "--by", "Ida Brook", "--ledger", ledger).exit_code == 0
    assert lines(run("versions", URL, "--ledger", ledger))[1]["statements"][1]["new"]["stance"] == "denies"


def test_a_table_shows_the_words_side_by_side(run: Run, ledger: str) -> None:
    table = run("versions", URL, "--ledger", ledger, "--format", "table").stdout
    assert table.startswith(f"{URL} · Lesk Courier · 2 versions\n")
    assert "~ Mara Quill said the ferry would sail on [-Friday-] {+Monday+}.\n" in table
    assert "- Nobody was hurt.\n" in table
    assert "~ Mara Quill: the ferry would sail on [-Friday-] {+Monday+}\n" in table
    assert "+ Otto Lind (asserts): “the berth is shut”\n" in table


def test_what_is_not_there_has_status_3(run: Run, ledger: str) -> None:
    for name, where, code in ((f"{URL}/2", ledger, "ledger.not_found"), (URL, "none.db", "ledger.missing")):
        result = run("versions", name, "--ledger", where)
        assert (result.exit_code, result.stdout, json.loads(result.stderr)["code"]) == (3, "", code)


def test_a_file_that_is_no_ledger_is_left_alone(run: Run) -> None:
    Path("x.db").write_text("minutes of the council", encoding="utf8")
    result = run("versions", URL, "--ledger", "x.db")
    assert (result.exit_code, json.loads(result.stderr)["code"]) == (3, "ledger.not_a_ledger")
    assert Path("x.db").read_text(encoding="utf8") == "minutes of the council"


@pytest.mark.parametrize("arguments", [[], [URL, "more"], [URL, "--format", "xml"]])
def test_a_wrong_call_has_status_2(run: Run, arguments: list[str]) -> None:
    assert run("versions", *arguments).exit_code == 2
