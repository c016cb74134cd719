"""The annotated text that the models learn from: marks that are sound, places and rows that fit together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from affairs import AFFAIRS, Affair, affairs
from onrecord.data import Channel, LinkType, SpeakerType, Stance
from onrecord.record.days import days_of
from tagger_markup import MarkupError, parsed, with_flags

TRAIN = Path(__file__).resolve().parents[2] / "train"

BROKEN = [
    ("{s1|Quill} {c1|said}", "statement 1 has no content"),
    ("{s1|Quill {c1|said} {t1|no}", "never closed"),
    ("Quill} said", "closes nothing"),
    ("{s1|Quill} {c1|said} {t1| no}", "white space at its ends"),
    ("{s1|Quill} {c1|said} {t1|no {t1|yes}}", "overlap"),
    ("{x1|Quill} said", "closes nothing"),
    ("Quill | said", "outside a mark"),
]


def test_marks_are_taken_out_and_counted_in_the_bare_text() -> None:
    text, (outer, inner) = parsed("{t1|“{s2|The mayor} {c2|denied} {t2|it},”} {s1|Quill} {c1|said}. {t1|“Twice.”}")
    assert text == "“The mayor denied it,” Quill said. “Twice.”"
    assert [text[slice(*span)] for span in outer["content"]] == ["“The mayor denied it,”", "“Twice.”"]
    assert [text[slice(*span)] for span in inner["source"] + inner["cue"] + inner["content"]] == ["The mayor", "denied", "it"]
    assert [one["nested"] for one in with_flags([outer, inner])] == [False, True]


@pytest.mark.parametrize(("marked", "message"), BROKEN)
def test_marks_that_do_not_fit_are_named(marked: str, message: str) -> None:
    with pytest.raises(MarkupError, match=message):
        parsed(marked)


@pytest.mark.parametrize("path", sorted((TRAIN / "invented").glob("*.txt")), ids=lambda path: path.stem)
def test_invented_news_is_soundly_marked(path: Path) -> None:
    text, statements = parsed(path.read_text(encoding="utf8"))
    assert len(statements) >= 10
    assert "{" not in text


def test_nested_statements_lie_inside_the_content_that_was_read() -> None:
    for line in (TRAIN / "nested.jsonl").read_text(encoding="utf8").splitlines():
        one = json.loads(line)
        low, high = one["content"]
        for nested in one["nested"]:
            assert nested["cue"]
            assert nested["content"]
            assert all(low <= start < end <= high for role in ("source", "cue", "content") for start, end in nested[role])


@pytest.mark.parametrize("affair", list(affairs()), ids=lambda affair: affair.name)
def test_an_affair_has_a_row_for_each_marked_statement_and_links_between_them(affair: Affair) -> None:
    rows = {row["id"]: row for row in affair.statements}
    gold = json.loads((AFFAIRS / affair.name / "gold.json").read_text(encoding="utf8"))
    assert sum(len(parsed(path.read_text(encoding="utf8"))[1]) for path in (AFFAIRS / affair.name).glob("*.txt")) == len(rows)
    assert len(gold["statements"]) == len(rows)
    for row in rows.values():
        assert Stance(row["stance"])
        assert SpeakerType(row["speaker_type"])
        assert (row["speaker"] is None) == (row["speaker_type"] == SpeakerType.UNKNOWN)
        assert all(Channel(via["channel"]) for via in row["via"])
        assert row["said_on"] is None or days_of(row["said_on"]) is not None
        assert row["part_of"] is None or row["part_of"] in rows
    for link in affair.links:
        assert LinkType(link["type"])
        assert ("variant" in link) == (link["type"] == LinkType.REPEATS)
    for one in (*affair.links, *affair.traps):
        assert {one["from"], one["to"]} <= rows.keys()
        assert one["from"] != one["to"]
