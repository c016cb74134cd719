"""`onrecord alerts`: what is saved, what is new of it, in which forms, and how the command ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result
from lxml import etree

Run = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("no_meaning")
JSONL, TABLE = ("--format", "jsonl"), ("--format", "table")


@pytest.fixture(autouse=True)
def user(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ledger, and whoever is at the machine."""
    from tests.find.linked import COURIER  # noqa: PLC0415  # after the path is set

    monkeypatch.setenv("ONRECORD_LEDGER", "l.db")
    monkeypatch.setenv("LOGNAME", "ida")
    add(COURIER)


def add(*papers: Any) -> None:
    from tests.find.invented import add as added  # noqa: PLC0415

    from onrecord.record.ledger import open_ledger  # noqa: PLC0415

    with open_ledger("l.db", create=True) as opened:
        added(opened, *papers)


def more() -> None:
    """What is new: two papers, one of which denies what the ledger holds."""
    from tests.find.linked import DENIES, LATER, WEEKLY, compare  # noqa: PLC0415

    from onrecord.record.ledger import open_ledger  # noqa: PLC0415

    add(WEEKLY, LATER)
    with open_ledger("l.db") as opened:
        compare(opened, DENIES)


def lines(result: Result) -> list[dict[str, Any]]:
    assert (result.exit_code, result.stderr) == (0, ""), result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def failed(result: Result, status: int, code: str) -> None:
    assert (result.exit_code, json.loads(result.stderr)["code"]) == (status, code)


def test_a_search_is_saved_with_all_its_filters_and_listed_with_how_much_is_new(run: Run) -> None:
    saved = run(
        "alerts", "save", "Ferry", "the", "ferry", "--by", "Jon Quill", "--stance", "denies", "--stance", "commits", "--since", "2031"
    )
    assert (saved.exit_code, saved.stdout) == (0, "")
    more()
    (one,) = lines(run("alerts", *JSONL))
    assert one["id"] == saved.stderr.split()[-1]
    assert (one["name"], one["made_by"], one["new_statements"], one["new_conflicts"]) == ("Ferry", "ida", 1, 1)
    asked = {"text": "the ferry", "by": "Jon Quill", "stances": ["denies", "commits"], "since": "2031", "until": None}
    assert one["question"] == asked | {"as_of": None, "publisher": None, "hypothetical": False, "without_copies": False}
    told = run("alerts", "list", *TABLE).stdout
    assert "Ferry  1 new statement, 1 new conflict  ida" in told
    assert "“the ferry”, by Jon Quill, since 2031, stance denies or commits" in told


def test_what_is_new_is_shown_until_it_is_marked_as_seen(run: Run) -> None:
    from tests.find.linked import NEVER, NOT_FOR_SALE, PRIVATELY, SOLD  # noqa: PLC0415

    run("alerts", "save", "Ferry", "ferry")
    more()
    found = lines(run("alerts", "show", "Ferry", *JSONL))
    assert [one["new"] for one in found] == ["statement"] * 3 + ["conflict"]
    assert {one["statement"]["words"] for one in found[:3]} == {SOLD, PRIVATELY, NOT_FOR_SALE}
    assert (found[3]["conflict"]["from"]["words"], found[3]["conflict"]["to"]["words"]) == (SOLD, NEVER)
    told = run("alerts", "show", "Ferry", "--mark-seen", *TABLE)
    assert all(words in told.stdout for words in (SOLD, PRIVATELY, NOT_FOR_SALE, NEVER, "3 new statements"))
    assert lines(run("alerts", "show", "Ferry", *JSONL)) == []
    assert lines(run("alerts", *JSONL))[0]["new_statements"] == 0


def test_a_feed_is_printed(run: Run) -> None:
    run("alerts", "save", "Ferry", "ferry", "--as", "Ida Brook")
    more()
    feed = etree.fromstring(run("alerts", "show", "Ferry", "--format", "atom").stdout_bytes)
    name = {"a": "http://www.w3.org/2005/Atom"}
    assert feed.xpath("string(a:author/a:name)", namespaces=name) == "Ida Brook"
    assert len(feed.xpath("a:entry", namespaces=name)) == 4


def test_it_ends_and_what_is_none_is_refused(run: Run) -> None:
    failed(run("alerts", "show", "Ferry"), 3, "ledger.not_found")
    failed(run("alerts", "end", "Ferry"), 3, "ledger.not_found")
    failed(run("alerts", "save", "Ferry", "--since", "never"), 2, "usage.bad_question")
    failed(run("alerts", "save", " ", "ferry"), 2, "usage.bad_question")
    run("alerts", "save", "Ferry", "ferry")
    run("alerts", "save", "Ferry", "ferry", "--as", "Nils Fell")
    failed(run("alerts", "save", "Ferry", "ferry"), 2, "usage.bad_question")
    failed(run("alerts", "show", "Ferry"), 3, "ledger.ambiguous")
    assert run("alerts", "end", "Ferry", "--as", "Nils Fell").exit_code == 0
    assert [one["made_by"] for one in lines(run("alerts", *JSONL))] == ["ida"]
    assert lines(run("alerts", "--as", "Nils Fell", *JSONL)) == []
    assert "No search is saved." in run("alerts", "--as", "Nils Fell", *TABLE).stderr
