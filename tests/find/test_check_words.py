"""A quotation laid beside a statement, word by word."""

from __future__ import annotations

import pytest

from onrecord.find.check_words import aligned, negators, quoted_wording, told_wording

TOLD = "I told them in March that the bridge is safe, and that the engineers have seen every bolt of it."


@pytest.mark.parametrize(
    ("quoted", "part", "changes"),
    [
        ("the bridge is safe", "the bridge is safe", []),
        ("the bridge is not safe", "the bridge is safe", [("", "not")]),
        ("the tunnel is safe", "the bridge is safe", [("bridge", "tunnel")]),
        ("the bridge is safe and the engineers", "the bridge is safe, and that the engineers", [("that", "")]),
        (
            "the bridge is safe ... every bolt",
            "the bridge is safe, and that the engineers have seen every bolt",
            [("and that the engineers have seen", "")],
        ),
        ("I told them the bridge is safe", "I told them in March that the bridge is safe", [("in March that", "")]),
        ("She told them in March", "I told them in March", [("I", "She")]),
    ],
)
def test_what_is_kept_and_what_is_changed(quoted: str, part: str, changes: list[tuple[str, str]]) -> None:
    told, mine = told_wording(TOLD), quoted_wording(quoted)
    found = aligned(told, mine)
    assert found is not None
    assert told.passage(found.start, found.end) == part
    assert [(told.passage(one.start, one.end), mine.passage(one.new_start, one.new_end)) for one in found.changes] == changes


def test_words_that_stand_alike_by_chance_are_let_go() -> None:
    told = told_wording(TOLD)
    found = aligned(told, quoted_wording("the bridge is safe for it"))
    assert found is not None
    assert found.count == 4


@pytest.mark.parametrize(
    ("quoted", "words"), [("[T]he bridge", ("the", "bridge")), ("the [old] bridge", ("the", "bridge")), ("the … bridge", ("the", "bridge"))]
)
def test_what_a_quotation_marks_is_no_word(quoted: str, words: tuple[str, ...]) -> None:
    assert quoted_wording(quoted).words == words


@pytest.mark.parametrize(
    ("text", "opens", "closes"),
    [
        ("It rained. “We stay,” he said.", ["It", "We"], ["rained", "stay", "said"]),
        ("“We stay,” ... “and you go.”", ["We"], ["go"]),
        ("“We stay,” ... “You go.”", ["We", "You"], ["stay", "go"]),
    ],
)
def test_where_sentences_and_quotations_begin_and_end(text: str, opens: list[str], closes: list[str]) -> None:
    told = told_wording(text)
    assert [told.passage(n, n + 1) for n in sorted(told.opens)] == opens
    assert [told.passage(n, n + 1) for n in sorted(told.closes)] == closes


@pytest.mark.parametrize(
    ("text", "count"),
    [("We don't know.", 1), ("We cannot and will not.", 2), ("not only this", 0), ("a notion", 0), ("no doubt", 0), ("Never!", 1)],
)
def test_negations_are_counted(text: str, count: int) -> None:
    assert len(negators(text)) == count
