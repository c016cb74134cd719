"""Two wordings of one utterance, word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.data import Variant
from onrecord.link.wording import ChangeKind, difference, quoted_again, variant_of, words_of

AGAIN = [
    ("We will not sell the pier", "“We will not sell the pier.”", Variant.IDENTICAL),
    ("WE WILL NOT SELL THE PIER", "we will not sell the pier", Variant.IDENTICAL),
    ("We will not sell the pier, not before the winter fair", "not before the winter fair", Variant.CUT),
    ("we will never sell the old pier to them", "we will never sell that old pier to them", Variant.ALTERED),
    ("we will not sell the pier", "the ferry sails at noon on Friday", None),
    ("the", "the", None),
]
DIFFER = [
    ("We may sell the pier if we must", "We may sell the pier", [("kept", "We may sell the pier"), ("dropped", "if we must")]),
    ("We will not sell", "We will sell", [("kept", "We will"), ("dropped", "not"), ("kept", "sell")]),
    ("sell the pier", "sell the old pier", [("kept", "sell the"), ("added", "old"), ("kept", "pier")]),
    ("ten cranes", "two cranes", [("dropped", "ten"), ("added", "two"), ("kept", "cranes")]),
]


@pytest.mark.parametrize(("first", "second", "variant"), AGAIN)
def test_quoted_words_are_the_same_cut_or_altered(first: str, second: str, variant: Variant | None) -> None:
    assert quoted_again([words_of(first)], [words_of(second)]) is variant


def test_altered_words_are_told_apart_on_request() -> None:
    first, second, _ = AGAIN[3]
    assert quoted_again([words_of(first)], [words_of(second)], altered=False) is None


@pytest.mark.parametrize(("first", "second", "changes"), DIFFER)
def test_the_difference_says_who_dropped_which_words(first: str, second: str, changes: list[tuple[str, str]]) -> None:
    assert [(one.kind.value, one.words) for one in difference(first, second)] == changes


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_is_kept_and_dropped_is_the_first_wording(first: str, second: str) -> None:
    changes = difference(first, second)
    old = [word for one in changes if one.kind is not ChangeKind.ADDED for word in words_of(one.words)]
    new = [word for one in changes if one.kind is not ChangeKind.DROPPED for word in words_of(one.words)]
    assert (tuple(old), tuple(new)) == (words_of(first), words_of(second))


KINDS = [
    ("We will never close it.", "“WE will never close it”", "identical"),
    ("We will never close it, she said.", "We will never close it", "cut"),
    ("We will never close it.", "We will close it.", "altered"),
    ("We will never close the pool.", "We shall never close that pool.", "altered"),
    ("We will never close the pool.", "Nobody touches our baths.", "paraphrase"),
]


@pytest.mark.parametrize(("first", "second", "kind"), KINDS)
def test_two_wordings_are_the_same_or_cut_or_altered(first: str, second: str, kind: str) -> None:
    assert variant_of(difference(first, second)) == kind
