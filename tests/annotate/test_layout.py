from __future__ import annotations

import textwrap

from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.layout import unwrapped

PARAGRAPH = "The gate at the harbour was opened on Monday, and by noon the first of the boats had sailed for the open sea. " * 3


def test_lines_broken_at_a_fixed_width_are_joined() -> None:
    text = textwrap.fill(PARAGRAPH, 60) + "\n\n" + textwrap.fill(PARAGRAPH, 60) + "\n"
    assert unwrapped(text).count("\n") == 3
    assert len(unwrapped(text)) == len(text)


def test_lines_of_their_own_stay() -> None:
    text = "One line.\nAnother line, somewhat longer.\nA third.\nAnd a fourth one here.\nFive.\nSix and no more.\n"
    assert unwrapped(text) is text


def test_long_lines_are_paragraphs() -> None:
    text = "\n".join([PARAGRAPH] * 9)
    assert unwrapped(text) is text


@given(st.text(alphabet="ab \n\r-Q:", max_size=400))
def test_only_line_ends_become_blanks(text: str) -> None:
    assert len(unwrapped(text)) == len(text)
    assert all(a == b or (a in "\r\n" and b == " ") for a, b in zip(text, unwrapped(text), strict=True))
