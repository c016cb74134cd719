"""What the stance model is shown: the clue, and the pieces of who, the cue and the content, cut to a length."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.resolve.test_stance import marked

from onrecord.annotate.tagger import shipped_folder
from onrecord.annotate.tokenise import Tokeniser
from onrecord.data import Attribution, Span, Stance
from onrecord.resolve.stance_content import Clue
from onrecord.resolve.stance_pieces import (
    CLUES,
    CONTENT,
    CONTENT_HEAD,
    CONTENT_TAIL,
    CUE,
    CUE_PIECES,
    SOURCE,
    SOURCE_PIECES,
    clue_number,
    pieces,
)

HERE = range(1)
MOST = SOURCE_PIECES + CUE_PIECES + CONTENT_HEAD + CONTENT_TAIL


@pytest.fixture(scope="module")
def tokeniser() -> Tokeniser:
    return Tokeniser(shipped_folder() / "tokenizer.json")


def seen_words(tokeniser: Tokeniser, text: str, attribution: Attribution, role: int) -> list[str]:
    """The pieces of one role, as the text has them."""
    tokens = tokeniser.tokens(text)
    found = pieces(tokens, attribution, None)
    return [text[tokens.starts[place] : tokens.ends[place]] for place, one in zip(found.places, found.roles, strict=True) if one == role]


def test_every_clue_has_a_number_of_its_own_and_none_is_nought() -> None:
    numbers = [clue_number(Clue(stance, weight, HERE)) for stance in Stance for weight in (5.0, 2.5, 0.8)]
    assert clue_number(None) == 0
    assert len({0, *numbers}) == CLUES == 1 + max(numbers)


@pytest.mark.parametrize(("weaker", "stronger"), [(0.8, 1.9), (2.0, 3.9), (4.0, 9.0)])
def test_weights_of_one_kind_have_one_number(weaker: float, stronger: float) -> None:
    assert clue_number(Clue(Stance.DENIES, weaker, HERE)) == clue_number(Clue(Stance.DENIES, stronger, HERE))


def test_the_pieces_of_each_part_stand_together_source_first(tokeniser: Tokeniser) -> None:
    text, attribution = marked("<“The pier is safe,”> {said} [Mara Hill] <at noon>.")
    roles = pieces(tokeniser.tokens(text), attribution, None).roles.tolist()
    assert roles == sorted(roles)
    assert [seen_words(tokeniser, text, attribution, role) for role in (SOURCE, CUE)] == [["Mara", "Hill"], ["said"]]
    assert seen_words(tokeniser, text, attribution, CONTENT) == ["“", "The", "pier", "is", "safe", ",", "”", "at", "noon"]


@settings(deadline=None)
@given(
    st.text(min_size=1, max_size=900).flatmap(
        lambda text: st.tuples(st.just(text), st.lists(st.tuples(*[st.integers(0, len(text))] * 2), min_size=3, max_size=6))
    )
)
def test_every_piece_lies_in_the_words_that_it_came_from_and_nothing_is_too_long(
    tokeniser: Tokeniser, given_text: tuple[str, list[tuple[int, int]]]
) -> None:
    text, ends = given_text
    spans = [Span(*sorted(one)) for one in ends if one[0] != one[1]] or [Span(0, len(text))]
    attribution = Attribution(tuple(spans[1:2]), tuple(spans[2:3]), tuple(spans[:1] + spans[3:]))
    tokens = tokeniser.tokens(text)
    found = pieces(tokens, attribution, None)
    assert len(found.places) == len(found.roles) <= MOST
    parts = {SOURCE: attribution.source, CUE: attribution.cue, CONTENT: attribution.content}
    for place, role in zip(found.places, found.roles, strict=True):
        piece = Span(int(tokens.starts[place]), int(tokens.ends[place]))
        assert any(piece.touches(span) for span in parts[int(role)])


def test_of_a_long_content_both_ends_are_kept(tokeniser: Tokeniser) -> None:
    text = "first " + "middle " * 400 + "last"
    words = seen_words(tokeniser, text, Attribution((), (), (Span(0, len(text)),)), CONTENT)
    assert (words[0], words[-1], len(words)) == ("first", "last", CONTENT_HEAD + CONTENT_TAIL)


def test_paragraph_marks_are_no_pieces(tokeniser: Tokeniser) -> None:
    text = "One.\n\nTwo."
    tokens = tokeniser.tokens(text)
    found = pieces(tokens, Attribution((), (), (Span(0, len(text)),)), None)
    assert tokens.paragraph_id in tokens.ids
    assert tokens.paragraph_id not in tokens.ids[found.places]
    assert np.all(tokens.starts[found.places] < tokens.ends[found.places])
