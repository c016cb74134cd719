"""A list of words as one pattern finds what the same words one after the other would, the longest first."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.word_patterns import one_of

WORDS = st.lists(st.text(alphabet="ab .", min_size=1, max_size=4), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        (["port", "ports", "port of call"], "the ports and a port  of call", ["ports", "port  of call"]),
        (["a", "an"], "an hour, a day", ["an", "a"]),
        (["St.", "St"], "in St. Lesk, not Stx", ["St.", "St"]),
        (["may", "mayor"], "the mayors may", ["mayor", "may"]),
    ],
)
def test_the_longest_that_fits_is_found(words: list[str], text: str, found: list[str]) -> None:
    assert re.findall(rf"\b{one_of(words)}", text) == found


@given(WORDS, st.text(alphabet="ab .", max_size=20))
def test_it_finds_what_the_words_one_by_one_find(words: list[str], text: str) -> None:
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    plainly = re.compile("|".join(re.escape(word) for word in longest_first))
    assert [hit.span() for hit in re.finditer(one_of(words, blank=" "), text)] == [hit.span() for hit in plainly.finditer(text)]


def test_of_no_words_nothing_is_left() -> None:
    assert re.fullmatch(one_of([]), "") is not None
