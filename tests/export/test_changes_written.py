"""What changed, as lines for people and as JSON."""

from __future__ import annotations

import json
from dataclasses import replace

from tests.record.invented import TEXT, document, record

from onrecord.data import Channel, Reading, Record, Span, Speaker, Stance, Via
from onrecord.export.changes import passage_json, passage_lines, statement_change_json, statement_lines
from onrecord.record.changes import passages, statements

ALTERED = TEXT.replace("on Monday", "on Tuesday").replace("such plan", "plan").replace(" The council meets on Friday.", "")


def lines(new: Record) -> list[str]:
    return [line.plain for line in statement_lines(statements(record(), new), record(), new)]


def test_passages_stand_side_by_side_with_what_differs_marked() -> None:
    found = [line.plain for line in passage_lines(passages(TEXT, ALTERED), TEXT, ALTERED)]
    assert found[0] == "~ Harbour minister Mara Quill said on [-Monday-] {+Tuesday+} that the ferry would sail again."
    assert any(line.startswith("~ “There is no [-such-] plan,”") for line in found)
    assert "- The council meets on Friday." in found


def test_statements_are_told_with_what_differs() -> None:
    quill, brenn = record().statements
    assert lines(replace(record(), statements=(brenn,), links=())) == [
        "- Mara Quill (commits, 2031-03-10): “that the ferry would sail again”"
    ]
    other = replace(
        brenn,
        speaker=Speaker("Otto Lind"),
        reading=Reading(Stance.LEAVES_OPEN, conditional=True),
        via=(Via(None, Channel.SPEECH, Span(0, 1)),),
    )
    (line,) = lines(replace(record(), statements=(quill, other), links=()))
    assert line == (
        "~ Otto Lind: “There is no such plan,” · speaker: Brenn → Otto Lind · stance: denies → leaves open"
        " · conditional: no → yes · via: Lesk Courier → speech"
    )


def test_nothing_that_steers_a_terminal_is_in_a_line() -> None:
    new = ALTERED.replace("ferry", "fer\x1b[2Jry\n")
    assert not [line for line in passage_lines(passages(TEXT, new), TEXT, new) if "\x1b" in line.plain or "\n" in line.plain]


def test_json_gives_spans_and_words_of_both_sides() -> None:
    found = [passage_json(one, TEXT, ALTERED) for one in passages(TEXT, ALTERED)]
    for one in json.loads(json.dumps(found)):
        for side, text in (("old", TEXT), ("new", ALTERED)):
            assert one[side] is None or text[slice(*one[side]["span"])] == one[side]["words"]


def test_json_of_a_statement_names_it_as_the_ledger_does() -> None:
    new = replace(record(document("other")), statements=record().statements[:1], links=())
    (one,) = (statement_change_json(change, record(), new) for change in statements(record(), new))
    assert (one["kind"], one["new"]) == ("dropped", None)
    old = one["old"]
    assert isinstance(old, dict)
    assert (len(old["id"]), old["speaker"], old["words"], old["via"][0]["channel"]) == (
        32,
        "Brenn",
        "“There is no such plan,”",
        "interview",
    )
