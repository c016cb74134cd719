"""What stands around a statement: whole words, cut where it is long, with what was said marked."""

from __future__ import annotations

import pytest

from onrecord.find.contexts import AROUND, passages

LONG = "word " * 100
CASES = [
    ("Mara Quill said so.", [(16, 18)], [("Mara Quill said ", False), ("so", True), (".", False)]),
    ("so\n\n  it is", [(0, 2), (6, 8)], [("so", True), (" ", False), ("it", True), (" is", False)]),
    ("it is", [(0, 5)], [("it is", True)]),
]


@pytest.mark.parametrize(("text", "content", "wanted"), CASES)
def test_passages_in_the_order_of_reading(text: str, content: list[tuple[int, int]], wanted: list[tuple[str, bool]]) -> None:
    assert [(one.words, one.is_content) for one in passages(text, content)] == wanted


def test_long_surroundings_are_cut_between_words() -> None:
    before, said, after = passages(f"{LONG}so it is {LONG}", [(len(LONG), len(LONG) + 8)])
    assert said.words == "so it is"
    assert before.words.startswith("… word ")
    assert after.words.endswith(" word …")
    assert max(len(before.words), len(after.words)) <= AROUND + 2
