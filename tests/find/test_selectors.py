"""A passage is found again by its position, or else by its words and what stands around them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.data import Document, Span
from onrecord.errors import SelectorError
from onrecord.find.selectors import found_again, selectors

TEXT = "Mara Quill said no. Jon Quill said no."


def selector(start: int, end: int, text: str = TEXT):  # type: ignore[no-untyped-def]
    (one,) = selectors(Document("x", text), (Span(start, end),))
    return one


def test_it_holds_position_words_and_what_is_around_them() -> None:
    one = selector(35, 37)
    assert (one.start, one.end, one.exact, one.prefix, one.suffix) == (35, 37, "no", "Mara Quill said no. Jon Quill said ", ".")


def test_in_a_text_that_moved_it_is_found_by_its_words() -> None:
    assert found_again(selector(16, 18), f"LESK. {TEXT}") == Span(22, 24)


@pytest.mark.parametrize("text", ["", "Something else.", TEXT + TEXT, f"  {TEXT}{TEXT}"], ids=str)
def test_what_is_not_there_or_there_twice_is_refused(text: str) -> None:
    with pytest.raises(SelectorError):
        found_again(replace(selector(0, 37), prefix="", start=1, end=38), text)


@given(st.text(min_size=1), st.data())
def test_every_passage_of_every_text_is_found_again(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start, len(text)))
    assert found_again(selector(start, end, text), text) == Span(start, end)
