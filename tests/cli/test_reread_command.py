"""`onrecord reread`: what changes, what is lost, what cannot be read again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("no_meaning")


@pytest.fixture
def reread(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`onrecord reread` on the ledger `l.db`, with a reader that needs no model and does not see Otto Lind."""
    from tests.run.fake_reader import FakeReader  # noqa: PLC0415  # after the path is set

    from onrecord.data import Document, Record  # noqa: PLC0415
    from onrecord.run.local import RunOptions  # noqa: PLC0415

    class Newer(FakeReader):
        def record(self, document: Document, *, min_probability: float = 0.5) -> Record:
            found = super().record(document, min_probability=min_probability)
            seen = tuple(one for one in found.statements if one.speaker.name != "Otto Lind")
            return Record(document, seen, (), (), (), found.models)

    monkeypatch.setattr("onrecord.run.local.RunOptions", partial(RunOptions, make_reader=Newer))
    return partial(run, "reread", "--ledger", "l.db")


def keep(*texts: str, **options: bool) -> list[str]:
    from tests.cli.kept import article, kept  # noqa: PLC0415

    return kept("l.db", *(article(text, f"ferry-{n}") for n, text in enumerate(texts, 1)), **options)


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


QUILL, LIND = "Mara Quill said the ferry would sail.", "Otto Lind said the berth is shut."


def test_what_changed_is_printed_document_by_document(reread: Run) -> None:
    keep(QUILL, QUILL + " " + LIND)
    result = reread()
    assert result.exit_code == 0
    assert re.fullmatch(r"2 documents compared, \d links\n2 read again, 1 changed, 0 not read, 0 judgements orphaned\n", result.stderr)
    (one,) = lines(result)
    assert one["document"]["name"] == "ferry-2"
    (change,) = one["changes"]
    assert (change["kind"], change["fields"], change["new"]) == ("dropped", [], None)
    assert (change["old"]["speaker"], change["old"]["words"]) == ("Otto Lind", "the berth is shut")
    assert reread().stderr == "0 documents compared, 0 links\nEverything is read by this program already.\n"


def test_without_comparing_it_is_left_to_the_next_call(run: Run, reread: Run) -> None:
    keep(QUILL, QUILL + " " + LIND)
    run("link", "--ledger", "l.db")
    assert reread("--no-link").stderr == "2 read again, 1 changed, 0 not read, 0 judgements orphaned\n"
    assert reread("--no-link").stderr == "Everything is read by this program already.\n"
    compared, told = reread().stderr.splitlines()
    assert (compared.split(",")[0], told) == ("2 documents compared", "Everything is read by this program already.")
    assert run("link", "--ledger", "l.db").stderr == "0 documents compared, 0 links\n"


def test_a_run_that_was_killed_while_it_compared_goes_on_with_the_next_document(reread: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.record.linkings import add_linking  # noqa: PLC0415

    keep(QUILL, QUILL + " " + LIND, LIND + " " + QUILL)
    calls = []

    def dying(*given: Any) -> bool:
        calls.append(given)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return add_linking(*given)

    monkeypatch.setattr("onrecord.run.linking.add_linking", dying)
    assert reread().exit_code == 130
    monkeypatch.setattr("onrecord.run.linking.add_linking", add_linking)
    assert reread().stderr.startswith("2 documents compared, ")


def test_so_it_is_for_people(reread: Run) -> None:
    keep(QUILL + " " + LIND)
    result = reread("--format", "table")
    assert result.stdout.splitlines()[1] == "- Otto Lind (asserts): “the berth is shut”"


def test_judgements_that_lost_their_statement_are_printed(run: Run, reread: Run) -> None:
    _, lind = keep(QUILL + " " + LIND)
    run("correct", lind, "--stance", "denies", "--by", "Ida Brook", "--ledger", "l.db")
    result = reread()
    assert lines(result)[-1]["orphaned"]["id"] == 1
    assert result.stderr.endswith(" 1 judgement orphaned\n")
    assert [one["state"] for one in lines(run("judgements", "--orphaned", "--ledger", "l.db"))] == ["orphaned"]


def test_reviews_of_links_that_lost_a_statement_are_printed(run: Run, reread: Run) -> None:
    quill, lind = keep(QUILL + " " + LIND)
    between = ("--from", quill, "--to", lind, "--type", "contradicts")
    run("review", *between, "accept", "--by", "Ida Brook", "--ledger", "l.db")
    result = reread()
    lost = lines(result)[-1]["orphaned"]
    assert (lost["id"], lost["kind"], lost["statement"], lost["to"]["statement"]) == (1, "link", quill, None)
    assert result.stderr.endswith(" 1 judgement orphaned\n")


def test_only_what_is_named_is_read_again(reread: Run) -> None:
    keep(QUILL, LIND)
    assert reread("--document", "ferry-2", "--document", "https://lesk.example/ferry-2", "--no-link").stderr.startswith(
        "1 read again, 1 changed"
    )
    assert reread("--document", "ferry-9").exit_code == 3


def test_excerpts_cannot_be_read_again(reread: Run) -> None:
    keep(QUILL, excerpts=True)
    result = reread()
    assert result.exit_code == 3
    assert json.loads(result.stderr.splitlines()[0])["code"] == "ledger.excerpts"


def test_one_that_fails_has_status_1(reread: Run) -> None:
    from tests.cli.kept import article, kept  # noqa: PLC0415

    keep(QUILL)
    kept("l.db", article("Ottmar Brandt said no.", "x"))
    from onrecord.record.ledger import open_ledger  # noqa: PLC0415

    with open_ledger("l.db") as ledger, ledger.writing() as connection:
        connection.exec_driver_sql("UPDATE documents SET text = NULL, excerpts = '[]' WHERE name = 'x'")
    assert reread().exit_code == 1


@pytest.mark.parametrize("arguments", [["--jobs", "0"], ["--min-probability", "2"], ["--nonsense"], ["extra"]])
def test_a_wrong_call_has_status_2(reread: Run, arguments: list[str]) -> None:
    keep(QUILL)
    assert reread(*arguments).exit_code == 2


def test_without_a_ledger_there_is_nothing_to_read_again(reread: Run) -> None:
    result = reread()
    assert (result.exit_code, json.loads(result.stderr)["code"]) == (3, "ledger.missing")
