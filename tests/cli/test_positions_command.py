"""`onrecord positions`: what it prints and how it ends, on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from onrecord.find.positions import Carried, Course, End, Instead, Relation, Said, Speaker

Run = Callable[..., Result]
MATTER = ("guards", "at", "the bridge")


@pytest.fixture(autouse=True)
def ledger(run: Run, ledger_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The invented affair of the guards at the bridge, opened with vectors that need no file."""
    from tests.find.affair import add_affair  # noqa: PLC0415  # after the path is set
    from tests.find.fake_meaning import FakeMeaning  # noqa: PLC0415

    from onrecord.record.ledger import Options, open_ledger  # noqa: PLC0415

    monkeypatch.setattr("onrecord.annotate.meaning.Meaning", FakeMeaning)
    monkeypatch.setenv("ONRECORD_LEDGER", ledger_url)
    with open_ledger(ledger_url, Options(meaning=FakeMeaning()), create=True) as opened:
        add_affair(opened)


def lines(result: Result) -> list[dict[str, Any]]:
    assert (result.exit_code, result.stderr) == (0, "")
    return [json.loads(line) for line in result.stdout.splitlines()]


def names(kind: type) -> list[str]:
    return [one.name for one in fields(kind)]


def test_every_speaker_relation_and_course_is_an_object(run: Run) -> None:
    found = lines(run("positions", *MATTER))
    kinds = ["speaker"] * 4 + ["against", "beside"] + ["on_the_table"] * 3 + ["off_the_table"]
    assert [one["kind"] for one in found] == kinds


def test_an_object_holds_all_its_fields(run: Run) -> None:
    found = {one["kind"]: one for one in reversed(lines(run("positions", *MATTER)))}
    speaker, against, course = found["speaker"], found["against"], found["on_the_table"]
    assert list(speaker) == ["kind", *names(Speaker)]
    assert list(speaker["current"]) == list(speaker["said"][0]) == list(course["said"]) == names(Said)
    assert list(speaker["said"][0]["carried"][0]) == names(Carried)
    assert list(speaker["said"][0]["replaced"]) == names(Instead)
    assert list(against) == ["kind", *({"source": "from", "target": "to"}.get(name, name) for name in names(Relation))]
    assert list(against["from"]) == names(End)
    assert list(course) == ["kind", *names(Course)]


def test_the_current_position_is_that_of_the_day_asked(run: Run) -> None:
    now, then = (lines(run("positions", *MATTER, *more))[0] for more in ((), ("--as-of", "2031-03-13")))
    assert (now["key"], now["since"], now["current"]["stance"]) == ("mara-quill", "2031-03-14", "leaves_open")
    assert (then["key"], then["since"], then["current"]["stance"]) == ("mara-quill", "2031-03-10", "refuses")
    assert [one["publisher"] for one in then["current"]["carried"]] == ["Lesk Courier", "Weekly"]


OPTIONS = [
    ("--by council", ["Lesk Council"]),
    ("--since 2031-03-12 --until 2031-03-13", ["Lesk Council", "Tilde Roos"]),
    ("--until 2031-03-10", ["Mara Quill"]),
    ("--as-of 2031-03-11", ["Mara Quill", "Jon Quill"]),
]


@pytest.mark.parametrize(("options", "found"), OPTIONS)
def test_options_choose(run: Run, options: str, found: list[str]) -> None:
    assert [one["name"] for one in lines(run("positions", *MATTER, *options.split())) if one["kind"] == "speaker"] == found


def test_people_get_the_positions_and_what_was_said_before(run: Run) -> None:
    told = run("positions", *MATTER, "--format", "table").stdout.splitlines()
    assert told[0] == "guards at the bridge"
    assert told[1].startswith(
        "Mara Quill, harbour minister  since 2031-03-14  leaves open  “guards could be sent to the bridge after all”  Gazette, 2031-03-14, "
    )
    assert told[2].startswith("    2031-03-10   refuses  “no guards will be sent to the bridge”  Lesk Courier, Weekly, 2031-03-10, ")
    assert "until 2031-03-14 (Mara Quill, " in told[2]
    assert told[3].startswith("    2031-03-16   declines · no position  “when the guards reach the bridge”  Post")
    assert told[4].startswith("Jon Quill, ferryman  since 2031-03-11  leaves open · conditional  “guards at")
    assert "condition: “if the river rises”" in told[4]


def test_people_get_who_stands_against_whom_and_the_table(run: Run) -> None:
    told = run("positions", *MATTER, "--format", "table").stdout.splitlines()
    at = told.index("Against each other")
    assert told[at + 1] == "Tilde Roos denies Lesk Council: “nobody ever asked for that” – “the council will pay for guards at the bridge”"
    assert told[told.index("Side by side") + 1].startswith("Mara Quill agrees with Jon Quill: “guards could be")
    on, off = told.index("On the table"), told.index("Off the table")
    assert [line.split("  ")[1].strip() for line in told[on + 1 : off - 1]] == ["Jon Quill", "Lesk Council", "Mara Quill"]
    assert [line.split()[:4] for line in told[off + 1 :]] == [["2031-03-13", "Tilde", "Roos", "denies"]]


def test_the_day_that_is_asked_stands_above_the_table(run: Run) -> None:
    told = run("positions", *MATTER, "--format", "table", "--as-of", "2031-03-12").stdout.splitlines()
    assert told[0] == "guards at the bridge, as of 2031-03-12"
    assert "Side by side" not in told


def test_who_holds_nothing_is_said_so(run: Run) -> None:
    told = run("positions", *MATTER, "--format", "table", "--since", "2031-03-16").stdout.splitlines()
    assert told[1] == "Mara Quill, harbour minister  holds nothing"
    assert told[2].startswith("    2031-03-16   declines · no position  ")


def test_words_that_steer_a_terminal_do_not_get_there(run: Run) -> None:
    assert "\x1b" in lines(run("positions", *MATTER))[-1]["said"]["carried"][0]["publisher"]
    assert "\x1b" not in run("positions", *MATTER, "--format", "table").stdout


def test_nothing_found_is_said_to_people(run: Run) -> None:
    nothing = run("positions", "submarines", "--format", "table")
    assert (nothing.exit_code, nothing.stdout, nothing.stderr) == (0, "", "Nothing in the ledger is about that.\n")
    theirs = run("positions", "submarines", "--by", "Jon", "--format", "table")
    assert (theirs.exit_code, theirs.stdout, theirs.stderr) == (0, "", "Nothing of theirs in the ledger is about that.\n")
    assert lines(run("positions", "submarines")) == []


WRONG = [
    ("guards --by Ada", 3, "ledger.not_found"),
    ("guards --as-of soon", 2, "usage.bad_question"),
    ("?!", 2, "usage.bad_question"),
    ("guards --ledger none.db", 3, "ledger.missing"),
]


@pytest.mark.parametrize(("arguments", "status", "code"), WRONG)
def test_what_cannot_be_is_refused(run: Run, arguments: str, status: int, code: str) -> None:
    result = run("positions", *arguments.split())
    assert (result.exit_code, result.stdout, json.loads(result.stderr)["code"]) == (status, "", code)
    assert not Path("none.db").exists()


def test_a_call_without_words_is_wrong(run: Run) -> None:
    assert run("positions").exit_code == 2
