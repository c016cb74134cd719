"""What the stance model is shown: the clue, who, the cue and the content, cut to a length, with the place of every piece."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotate.tagger import shipped_folder
from onrecord.annotate.tokenise import Tokeniser
from onrecord.data import Stance
from onrecord.resolve.stance_content import Clue
from onrecord.resolve.stance_pieces import CLUES, CONTENT, CONTENT_HEAD, CONTENT_TAIL, CUE, SOURCE, Parts, clue_number, pieces

HERE = range(1)
MOST = SOURCE + CUE + CONTENT_HEAD + CONTENT_TAIL + 4


@pytest.fixture(scope="module")
def tokeniser() -> Tokeniser:
    return Tokeniser(shipped_folder() / "tokenizer.json")


def test_every_clue_has_a_number_of_its_own_and_none_is_nought() -> None:
    numbers = [clue_number(Clue(stance, weight, HERE)) for stance in Stance for weight in (5.0, 2.5, 0.8)]
    assert clue_number(None) == 0
    assert len({0, *numbers}) == CLUES == 1 + max(numbers)


@pytest.mark.parametrize(("weaker", "stronger"), [(0.8, 1.9), (2.0, 3.9), (4.0, 9.0)])
def test_weights_of_one_kind_have_one_number(weaker: float, stronger: float) -> None:
    assert clue_number(Clue(Stance.DENIES, weaker, HERE)) == clue_number(Clue(Stance.DENIES, stronger, HERE))


def test_the_clue_stands_first_and_marks_end_every_part(tokeniser: Tokeniser) -> None:
    (found,) = pieces(tokeniser, [Parts(("Mara Quill",), ("said",), ("the pier is safe",), clue=5)])
    assert found.ids[0] == tokeniser.size + 5
    assert [number for number, place in enumerate(found.places) if place is None and number] == [
        number for number, one in enumerate(found.ids) if one == tokeniser.end_id
    ]
    assert found.ids.count(tokeniser.end_id) == 3


@settings(deadline=None)
@given(st.lists(st.text(max_size=900), max_size=3), st.text(max_size=80))
def test_every_piece_lies_in_the_words_that_it_came_from_and_nothing_is_too_long(
    tokeniser: Tokeniser, content: list[str], cue: str
) -> None:
    given_parts = Parts(("Quill",), (cue,), tuple(content))
    (found,) = pieces(tokeniser, [given_parts])
    assert len(found.ids) == len(found.places) <= MOST
    for place in found.places:
        if place is not None:
            assert 0 <= place.start <= place.end <= len(given_parts[:3][place.part][place.number])


def test_of_a_long_content_both_ends_are_kept(tokeniser: Tokeniser) -> None:
    text = "first " + "middle " * 400 + "last"
    (found,) = pieces(tokeniser, [Parts((), ("said",), (text,))])
    words = [text[place.start : place.end] for place in found.places if place is not None and place.part == CONTENT]
    assert (words[0], words[-1], len(words)) == ("first", "last", CONTENT_HEAD + CONTENT_TAIL)
