"""`onrecord people`, `timeline`, `show` and `events`: what they print and how they end."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("no_meaning")


@pytest.fixture(autouse=True)
def ledger(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger of two papers, opened without the model that embeds words."""
    from tests.find.invented import BARE, JON, MARA, add, article, changed, with_event  # noqa: PLC0415  # after the path is set

    from onrecord.record.ledger import open_ledger  # noqa: PLC0415

    monkeypatch.setenv("ONRECORD_LEDGER", "l.db")
    first = article("first", "2031-03-12", (MARA, "the council meets on Friday"), (JON, "the tolls will rise"))
    first = with_event(changed(first, said_on="2031-W11", stance="commits"), "the council meets", "2031-03-14", place="Lesk")
    with open_ledger("l.db", create=True) as opened:
        add(opened, first, article("second", "2031-03-13", (BARE, "the tolls may \x1b[31mfall"), publisher="Weekly"))


def lines(result: Result) -> list[dict[str, Any]]:
    assert (result.exit_code, result.stderr) == (0, "")
    return [json.loads(line) for line in result.stdout.splitlines()]


def failed(result: Result, status: int, code: str) -> None:
    assert (result.exit_code, result.stdout, json.loads(result.stderr)["code"]) == (status, "", code)


def test_people_are_objects_with_what_is_seen_of_them(run: Run) -> None:
    (mara,) = lines(run("people", "Mara", "Quill"))
    seen = {"first_on": "2031-03-12", "last_on": "2031-03-12", "documents": 1}
    assert mara == {
        "key": "mara-quill",
        "wikidata": None,
        "name": "Mara Quill",
        "names": [{"value": "Mara Quill", **seen}],
        "roles": [{"value": "harbour minister", **seen}],
        "types": [{"value": "person", **seen}],
        "statements": 1,
        "by_hand": [],
        "joined": [],
        "first_on": "2031-03-12",
        "last_on": "2031-03-12",
    }
    assert [one["key"] for one in lines(run("people"))] == ["jon-quill", "mara-quill", "quill"]
    assert len(lines(run("people", "list", "quill"))) == 3


def test_people_are_merged_split_and_that_is_undone(run: Run) -> None:
    merged = run("people", "merge", "quill", "Jon Quill", "--by", "Ida Brook", "--note", "same column")
    assert (merged.exit_code, merged.stdout, merged.stderr) == (0, "", "judgement 1: quill is jon-quill\n")
    assert [one["statements"] for one in lines(run("people"))] == [2, 1]
    split = run("people", "split", "jon-quill", "--document", "news/second.txt", "--into", "jon-quill-2", "--by", "Ida Brook")
    assert (split.exit_code, split.stderr) == (0, "judgement 2: jon-quill is jon-quill-2 in 1 document\n")
    told = run("people", "jon", "--format", "table").stdout
    assert "judgement 1: quill is jon-quill, says Ida Brook" in told
    assert ": same column" in told
    assert [one["key"] for one in lines(run("people", "Jon"))] == ["jon-quill", "jon-quill-2"]
    assert run("people", "undo", "2", "--by", "Ida Brook").stderr == "judgement 3: judgement 2 is undone\n"
    assert run("people", "undo", "1", "--by", "Ida Brook").exit_code == 0
    assert len(lines(run("people"))) == 3


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        ("people Ada", 3, "ledger.not_found"),
        ("people merge quill ada --by Ida", 3, "ledger.not_found"),
        ("people merge mara-quill mara-quill --by Ida", 2, "usage.bad_judgement"),
        ("people merge Quill mara-quill --by Ida", 3, "ledger.ambiguous"),
        ("people split quill --document nowhere --into q-2 --by Ida", 3, "ledger.not_found"),
        ("people split quill --document first --into q-2 --by Ida", 2, "usage.bad_judgement"),
        ("people undo 9 --by Ida", 3, "ledger.not_found"),
        ("timeline", 2, "usage.bad_question"),
        ("timeline --by Ada", 3, "ledger.not_found"),
        ("timeline --by Quill --since soon", 2, "usage.bad_question"),
        ("show ffffff", 3, "ledger.not_found"),
        ("events --until never", 2, "usage.bad_question"),
        ("events --by Ada", 3, "ledger.not_found"),
        ("people --ledger none.db", 3, "ledger.missing"),
        ("timeline --by Quill --ledger none.db", 3, "ledger.missing"),
        ("show ffffff --ledger none.db", 3, "ledger.missing"),
        ("events --ledger none.db", 3, "ledger.missing"),
    ],
)
def test_what_cannot_be_answered_ends_with_its_status_and_code(run: Run, arguments: str, status: int, code: str) -> None:
    failed(run(*arguments.split()), status, code)


@pytest.mark.parametrize(
    "arguments", ["people merge quill", "people merge quill mara-quill", "timeline --stance sings", "events --status sung", "show"]
)
def test_a_wrong_call_is_told(run: Run, arguments: str) -> None:
    assert run(*arguments.split()).exit_code == 2


def test_the_timeline_is_in_the_order_of_the_days(run: Run) -> None:
    first, second, third = lines(run("timeline", "--by", "Quill"))
    assert (first["day"], first["said_on"], first["day_is_known"], first["speaker_key"]) == ("2031-03-10", "2031-W11", True, "mara-quill")
    assert (second["day"], second["said_on"], second["day_is_known"]) == ("2031-03-12", None, False)
    assert (third["publisher"], third["words"]) == ("Weekly", "the tolls may \x1b[31mfall")
    assert lines(run("timeline", "--about", "tolls", "--since", "2031-03-13")) == [third]


def test_the_timeline_for_people_brackets_unknown_days_and_steers_no_terminal(run: Run) -> None:
    first, second, third = run("timeline", "--by", "Quill", "--format", "table").stdout.splitlines()
    assert first.startswith("2031-W11     Mara Quill, harbour minister  commits  “the council meets on Friday”  Lesk Courier, 2031-03-12, ")
    assert second.startswith("[2031-03-12]  Jon Quill, ferryman  asserts  “the tolls will rise”")
    assert "\x1b" not in third


def test_a_statement_is_shown_with_its_words_in_their_context(run: Run) -> None:
    one = lines(run("timeline", "--by", "Mara Quill"))[0]
    (found,) = lines(run("show", one["id"][:10]))
    assert found["statement"]["id"] == one["id"]
    assert (found["statement"]["stance"], found["statement"]["local_id"]) == ("commits", "s1")
    (selector,) = found["selectors"]
    assert (selector["prefix"], selector["exact"]) == ("Mara Quill said ", "the council meets on Friday")
    assert (found["document"]["id"], found["document"]["name"]) == (one["document_id"], "first")
    assert (found["is_current"], found["is_statement"], found["now"], found["links"], found["judgements"]) == (True, True, None, [], [])
    assert [(each["program"], each["has_it"]) for each in found["readings"]] == [("onrecord 1", True)]
    told = run("show", one["id"], "--format", "table").stdout
    assert "[Mara Quill] said <the council meets on Friday>. Jon Quill" in told
    assert "onrecord 1 · tagger 000000000000 · newest · commits, Mara Quill" in told


def test_a_statement_tells_of_its_judgements(run: Run) -> None:
    key = lines(run("timeline", "--by", "Mara Quill"))[0]["id"]
    assert run("correct", key, "--stance", "denies", "--by", "Ida Brook", "--note", "heard it").exit_code == 0
    assert "judgement 1: Ida Brook" in run("show", key, "--format", "table").stdout
    assert run("correct", key, "--not-a-statement", "--by", "Ida Brook").exit_code == 0
    (found,) = lines(run("show", key))
    assert (found["is_statement"], [one["kind"] for one in found["judgements"]]) == (False, ["correct", "not_a_statement"])
    assert "By hand: this is no statement." in run("show", key, "--format", "table").stdout


def test_a_document_is_shown_with_its_statements(run: Run) -> None:
    (found,) = lines(run("show", "news/first.txt"))
    assert found["document"]["text"].startswith("Mara Quill said the council")
    assert [one["local_id"] for one in found["statements"]] == ["s1", "s2"]
    told = run("show", found["document"]["id"][:8], "--format", "table").stdout
    assert "first · Lesk Courier · 2031-03-12 · news/first.txt" in told
    assert told.count("said <") == 2


def test_events_are_told_with_who_says_so(run: Run) -> None:
    (found,) = lines(run("events", "--since", "2031-03"))
    assert (found["what"], found["when"], found["status"], found["place"]) == ("the council meets", "2031-03-14", "planned", "Lesk")
    assert [voice["speaker_key"] for voice in found["told"][0]["voices"]] == ["mara-quill"]
    assert found["why"] == "announced by Mara Quill"
    first, why, second, third = run("events", "--format", "table").stdout.splitlines()
    assert first == "2031-03-14  planned    the council meets, Lesk"
    assert why == "    announced by Mara Quill"
    assert second.startswith("    planned: Lesk Courier, 2031-03-12, ")
    assert third.startswith("        Mara Quill commits: “the council meets on Friday”  ")
    assert lines(run("events", "--status", "cancelled")) == []


def test_events_are_printed_for_calendars(run: Run) -> None:
    told = run("events", "--format", "ics")
    assert told.stdout_bytes.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"DTSTART;VALUE=DATE:20310314\r\n" in told.stdout_bytes
    assert told.stderr == ""
