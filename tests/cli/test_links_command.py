"""`onrecord links`, `conflicts`, `review` and `wordings`: what they print and how they end."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result

from onrecord.annotate.meaning import Meaning

Run = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("no_meaning")
JSONL = ("--format", "jsonl")
TABLE = ("--format", "table")


@pytest.fixture(autouse=True)
def keys(run: Run, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The ledger of invented, linked papers, opened without the model that embeds words; the ids of its statements."""
    from tests.find.linked import LINKS, key, papers  # noqa: PLC0415  # after the path is set

    from onrecord.record.ledger import open_ledger  # noqa: PLC0415

    monkeypatch.setenv("ONRECORD_LEDGER", "l.db")
    monkeypatch.setenv("COLUMNS", "120")
    with open_ledger("l.db", create=True) as opened:
        papers(opened)
        return {name: key(opened, name) for name in {end for link in LINKS for end in link[:2]}}


def lines(result: Result) -> list[dict[str, Any]]:
    assert (result.exit_code, result.stderr) == (0, "")
    return [json.loads(line) for line in result.stdout.splitlines()]


def link_id(run: Run, kind: str = "denies") -> str:
    (one,) = lines(run("links", "--type", kind, "--rejected"))
    return str(one["id"])


def failed(result: Result, status: int, code: str) -> None:
    assert (result.exit_code, result.stdout, json.loads(result.stderr)["code"]) == (status, "", code)


def test_links_are_printed_as_the_contract_says_and_with_more(run: Run, keys: dict[str, str]) -> None:
    (one,) = lines(run("links", "--type", "denies", *JSONL))
    plain = {name: one[name] for name in ("type", "basis", "variant", "probability", "why", "judgement")}
    assert plain == {
        "type": "denies",
        "basis": "inferred",
        "variant": None,
        "probability": 0.9,
        "why": "It denies it.",
        "judgement": None,
    }
    ends = {side: {name: one[side][name] for name in ("document", "statement", "content")} for side in ("from", "to")}
    assert ends == {
        "from": {"document": "weekly-0312", "statement": "s1", "content": [[15, 42]]},
        "to": {"document": "courier-0310", "statement": "s1", "content": [[16, 53]]},
    }
    assert (one["from"]["id"], one["from"]["speaker_name"], one["from"]["words"]) == (
        keys["weekly-0312 s1"],
        "Jon Quill",
        "the ferry was sold to Brenn",
    )
    (found,) = one["history"]
    assert (found["probability"], found["program"], one["evidence"], len(one["id"])) == (0.9, "onrecord 1", [], 16)


def test_links_are_chosen_and_ordered(run: Run) -> None:
    assert [one["type"] for one in lines(run("links"))] == ["revises", "contradicts", "repeats", "denies"]
    assert [one["type"] for one in lines(run("links", "--order", "probability", "--limit", 2))] == ["repeats", "denies"]
    assert [one["type"] for one in lines(run("links", "--type", "denies", "--type", "revises"))] == ["revises", "denies"]
    assert [one["type"] for one in lines(run("links", "--by", "Lesk Council"))] == ["contradicts"]
    assert [one["type"] for one in lines(run("links", "--since", "2031-03-13", "--about", "privately"))] == ["revises"]
    assert [one["type"] for one in lines(run("links", "--until", "2031-03-12", "--document", "mirror-0312"))] == ["repeats"]
    assert [one["type"] for one in lines(run("links", "--min-probability", 0.92))] == ["repeats"]
    assert lines(run("links", "--judged")) == []
    assert len(lines(run("links", "--unjudged"))) == 4


def test_a_table_tells_a_reporter_both_passages_and_why(run: Run, keys: dict[str, str]) -> None:
    told = run("links", "--type", "denies", *TABLE).stdout.splitlines()
    assert told == [
        f"denies  0.90  {link_id(run)}",
        f"    [2031-03-12]  Jon Quill, ferryman  denies  “the ferry was sold to Brenn”  Lesk Weekly, 2031-03-12, "
        f"{keys['weekly-0312 s1'][:12]}",
        f"    2031-03-09  Mara Quill, harbour minister  commits  “the ferry will never be sold to Brenn”  Lesk Courier, 2031-03-10, "
        f"{keys['courier-0310 s1'][:12]}",
        "    inferred: It denies it.",
    ]


def test_conflicts_stand_side_by_side_the_most_probable_first(run: Run) -> None:
    assert [one["type"] for one in lines(run("conflicts"))] == ["denies", "contradicts"]
    told = run("conflicts", "--limit", 1, *TABLE).stdout.splitlines()
    assert told[0] == f"denies  0.90  {link_id(run)}"
    assert [part.strip() for part in told[1].split("   ") if part] == [
        "[2031-03-12]  Jon Quill, ferryman  denies",
        "2031-03-09  Mara Quill, harbour minister  commits",
    ]
    assert "“the ferry was sold to Brenn”" in told[2]
    assert "“the ferry will never be sold to Brenn”" in told[2]
    assert "Lesk Weekly, 2031-03-12" in told[3]
    assert "Lesk Courier, 2031-03-10" in told[3]
    assert told[4] == "    inferred: It denies it."
    assert max(map(len, told)) <= 120


def test_conflicts_fit_a_narrow_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    told = run("conflicts", *TABLE).stdout.splitlines()
    assert max(map(len, told)) <= 60
    assert not any(line.endswith(" ") for line in told)


def test_a_review_is_kept_and_outranks_the_program(run: Run) -> None:
    name = link_id(run, "contradicts")
    (accepted,) = lines(run("review", name, "accept", "--by", "Ida Brook", "--note", "read both"))
    assert accepted["judgement"] == 1
    judgement = accepted["link"]["judgement"]
    assert (judgement["id"], judgement["decision"], judgement["made_by"], judgement["note"]) == (1, "accepted", "Ida Brook", "read both")
    assert [(one["type"], one["probability"]) for one in lines(run("conflicts"))] == [("contradicts", 1.0), ("denies", 0.9)]
    told = run("review", name[:12], "reject", "--by", "Tom Reed", *TABLE).stdout.splitlines()
    assert told[0] == "judgement 2 is kept"
    assert told[1] == f"contradicts  0.60  {name}  rejected"
    assert told[-2].startswith("    judgement 2: rejected, Tom Reed, 20")
    assert told[-1].endswith("by onrecord 1: 0.60")
    assert [one["type"] for one in lines(run("conflicts"))] == ["denies"]
    assert [one["type"] for one in lines(run("conflicts", "--rejected"))] == ["denies", "contradicts"]


def test_without_a_link_the_conflicts_are_listed_that_nobody_has_judged(run: Run) -> None:
    assert [one["type"] for one in lines(run("review"))] == ["denies", "contradicts"]
    run("review", link_id(run), "unsure", "--by", "Ida Brook")
    assert [one["type"] for one in lines(run("review"))] == ["contradicts"]
    assert run("review", "--limit", 1, *TABLE).stdout.startswith("contradicts  0.60  ")


def test_a_link_alone_is_shown_with_its_history(run: Run) -> None:
    (shown,) = lines(run("review", link_id(run)))
    assert (shown["judgement"], shown["link"]["type"]) == (None, "denies")
    assert "found 20" in run("review", link_id(run), *TABLE).stdout


def test_a_person_links_what_no_program_linked(run: Run, keys: dict[str, str]) -> None:
    ends = ("--from", keys["courier-0320 s2"][:10], "--to", keys["mirror-0312 s1"], "--type", "contradicts")
    (made,) = lines(run("review", *ends, "accept", "--by", "Ida Brook"))
    assert (made["link"]["why"], made["link"]["probability"], made["link"]["history"]) == ("A person says so.", 1.0, [])
    assert lines(run("conflicts"))[0]["id"] == made["link"]["id"]
    failed(run("review", *ends[:4], "--type", "denies", "reject", "--by", "Ida Brook"), 2, "usage.bad_judgement")


def test_reviews_are_listed_with_both_statements_and_undone(run: Run, keys: dict[str, str]) -> None:
    run("review", link_id(run), "reject", "--by", "Ida Brook", "--note", "another ferry")
    (one,) = lines(run("judgements"))
    assert (one["kind"], one["state"], one["changes"]["decision"], one["changes"]["type"]) == ("link", "holds", "rejected", "denies")
    assert (one["document"], one["statement"], one["words"]) == ("weekly-0312", keys["weekly-0312 s1"], "the ferry was sold to Brenn")
    assert one["to"] == {
        "document": "courier-0310",
        "statement": keys["courier-0310 s1"],
        "words": "the ferry will never be sold to Brenn",
    }
    told = run("judgements", *TABLE).stdout.splitlines()
    assert told[0].endswith("Ida Brook  link")
    assert told[1] == f"    {keys['weekly-0312 s1'][:12]}  weekly-0312  type: denies, decision: rejected"
    assert told[3] == f"    {keys['courier-0310 s1'][:12]}  courier-0310  the other statement"
    assert told[5] == "    note: another ferry"
    assert run("judgements", "--undo", 1, "--by", "Tom Reed").exit_code == 0
    assert [one["type"] for one in lines(run("conflicts"))] == ["denies", "contradicts"]


def test_show_tells_of_a_statement_what_people_say_of_its_links(run: Run, keys: dict[str, str]) -> None:
    run("review", link_id(run, "contradicts"), "accept", "--by", "Ida Brook", "--note", "read both")
    run("review", link_id(run), "reject", "--by", "Ida Brook")
    (found,) = lines(run("show", keys["weekly-0312 s1"]))
    (one,) = found["links"]
    assert (one["type"], one["from_here"], one["probability"], one["id"]) == ("contradicts", False, 1.0, keys["courier-0320 s2"])
    assert (one["link_id"], one["judgement"]["id"], one["judgement"]["decision"]) == (link_id(run, "contradicts"), 1, "accepted")
    assert (one["judgement"]["made_by"], one["judgement"]["note"]) == ("Ida Brook", "read both")
    (told,) = [line for line in run("show", keys["weekly-0312 s1"], *TABLE).stdout.splitlines() if line.startswith("contradicts")]
    assert told.startswith("contradicts (the other way): Lesk Council: “the ferry is not for sale”  courier-0320, ")
    assert told.split(" · ")[1] == "It contradicts it."
    assert told.split(" · ")[2].startswith("judgement 1: accepted, Ida Brook, 20")
    assert told.split(" · ")[3] == "read both"


def test_wordings_show_who_dropped_and_who_added_which_words(run: Run, keys: dict[str, str]) -> None:
    told = run("wordings", keys["mirror-0312 s1"], *TABLE).stdout.splitlines()
    assert told == [
        f"Lesk Courier, 2031-03-10  Mara Quill, harbour minister  “the ferry will never be sold to Brenn”  {keys['courier-0310 s1'][:12]}",
        "    the fullest wording",
        "Lesk Mirror, 2031-03-12  Mara Quill, harbour minister  “the ferry will [-never-] be sold [-to Brenn-]”  "
        f"{keys['mirror-0312 s1'][:12]}",
        "    dropped: never · to Brenn",
        "    altered",
    ]
    first, second = lines(run("wordings", keys["courier-0310 s1"][:8]))
    assert (first["is_fullest"], first["document"], first["changes"][0]["kind"]) == (True, "courier-0310", "kept")
    assert (first["variant"], second["variant"]) == (None, "altered")
    assert [change["words"] for change in second["changes"] if change["kind"] == "dropped"] == ["never", "to Brenn"]


WRONG = [
    ("links --by Ada", 3, "ledger.not_found"),
    ("links --document nowhere", 3, "ledger.not_found"),
    ("links --since soon", 2, "usage.bad_question"),
    ("links --min-probability 2", 2, "usage.bad_question"),
    ("conflicts --limit 0", 2, "usage.bad_question"),
    ("conflicts --about ?", 2, "usage.bad_question"),
    ("review 0000000000000000", 3, "ledger.not_found"),
    ("review 0000000000000000 accept --by Ida", 3, "ledger.not_found"),
    ("review 0000000000000000 accept", 2, "usage.bad_judgement"),
    ("review 0000000000000000 maybe --by Ida", 2, "usage.bad_judgement"),
    ("review accept --by Ida", 2, "usage.bad_judgement"),
    ("review --from abcdef --to abcdef --type denies --by Ida", 2, "usage.bad_judgement"),
    ("review --from abcdef --to abcdef accept --by Ida", 2, "usage.bad_judgement"),
    ("review 0000000000000000 --from abcdef accept --by Ida", 2, "usage.bad_judgement"),
    ("review --from abcdef --to abcdef --type denies accept --by Ida", 3, "ledger.not_found"),
    ("review --limit 0", 2, "usage.bad_question"),
    ("wordings abcdef", 3, "ledger.not_found"),
    ("links --ledger none.db", 3, "ledger.missing"),
    ("conflicts --ledger none.db", 3, "ledger.missing"),
    ("review --ledger none.db", 3, "ledger.missing"),
    ("wordings abcdef --ledger none.db", 3, "ledger.missing"),
]


@pytest.mark.parametrize(("arguments", "status", "code"), WRONG, ids=[arguments for arguments, _, _ in WRONG])
def test_what_cannot_be_answered_ends_with_its_status_and_code(run: Run, arguments: str, status: int, code: str) -> None:
    failed(run(*arguments.split()), status, code)


@pytest.mark.parametrize("arguments", ["links --type likes", "links --order best", "review --type likes", "wordings", "conflicts more"])
def test_a_wrong_call_is_told(run: Run, arguments: str) -> None:
    assert run(*arguments.split()).exit_code == 2


def test_nobody_can_review_under_no_name(run: Run) -> None:
    failed(run("review", link_id(run), "accept", "--by", " "), 2, "usage.bad_judgement")
    assert lines(run("judgements")) == []


def test_nothing_that_steers_a_terminal_gets_there(run: Run) -> None:
    assert run("review", link_id(run), "accept", "--by", "\x1b[31mIda", "--note", "\x07", *TABLE).exit_code == 0
    for command in ("links", "conflicts", "judgements"):
        assert "\x1b" not in run(command, *TABLE).stdout


def test_what_is_carried_in_copies_is_named_once(run: Run) -> None:
    from tests.record.wires import AGAINST, PRINTS, SOLD, paper  # noqa: PLC0415
    from tests.run.twin import Twin  # noqa: PLC0415

    from onrecord.record.ledger import Options, Program, open_ledger  # noqa: PLC0415
    from onrecord.run.linking import LinkOptions, linked  # noqa: PLC0415

    late = paper("Late", "2031-03-16", PRINTS[0].document.text, (PRINTS[0].statements[0].speaker, SOLD), stance="commits")
    with open_ledger("copies.db", Options(meaning=Meaning()), create=True) as ledger:
        begun = ledger.begin(Program("onrecord 1"), "add")
        ledger.add(begun, (*PRINTS, late, AGAINST))
        list(linked(ledger, begun, LinkOptions(Twin())))  # type: ignore[arg-type]
        ledger.end(begun)
    (one,) = lines(run("conflicts", "--ledger", "copies.db"))
    assert (one["syndicated"], [copy["publisher"] for copy in one["to"]["copies"]], one["from"]["copies"]) == (
        False,
        ["Lesk Weekly", "Lesk Mirror", "Lesk Evening", "Lesk Late"],
        [],
    )
    assert set(one["to"]["copies"][0]) == {"id", "publisher", "document", "document_id", "url", "known_on"}
    told = run("conflicts", "--ledger", "copies.db", *TABLE).stdout
    assert "also in Lesk Weekly, Lesk Mirror, Lesk Evening and 1 more" in " ".join(told.split())
    repeats = lines(run("links", "--type", "repeats", "--about", "pier", "--ledger", "copies.db"))
    assert [one["syndicated"] for one in repeats] == [True] * 4
    assert run("links", "--about", "pier", "--type", "repeats", "--ledger", "copies.db", *TABLE).stdout.startswith(
        "repeats (identical, syndicated)"
    )
    assert len(lines(run("timeline", "--about", "pier", "--by", "Quill", "--without-copies", "--ledger", "copies.db"))) == 1
    assert len(lines(run("ask", "--by", "Quill", "--without-copies", "--ledger", "copies.db"))) == 2
