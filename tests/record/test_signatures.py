"""What tells near-copies of texts: the same under every version, found by few bands, told by the share of the shorter text."""

from __future__ import annotations

import hashlib
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.wires import CUT, OTHER_HEADLINE, OTHER_STORY, REVISED, WHOLE

from onrecord.record.signatures import LEAST_WORDS, PLACES, ROWS, Signed, folded, likely_share, share, signed

WORDS = [f"word{number}" for number in range(4000)]


def shared(first: str, second: str) -> float:
    return share(signed([first]).shingles, signed([second]).shingles)


def meet(first: Signed, second: Signed) -> bool:
    return bool(set(first.bands) & set(second.bands))


def slow_share(first: str, second: str) -> float:
    """The obvious way: sets of tuples of four words."""
    one, other = ({words[at : at + 4] for at in range(len(words) - 3)} for words in (folded(first), folded(second)))
    return len(one & other) / min(len(one), len(other))


PAIRS = [(WHOLE, CUT), (WHOLE, OTHER_HEADLINE), (CUT, OTHER_HEADLINE), (WHOLE, REVISED), (WHOLE, OTHER_STORY), (REVISED, OTHER_STORY)]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_the_share_is_that_of_all_runs_of_four_words(first: str, second: str) -> None:
    assert shared(first, second) == pytest.approx(slow_share(first, second))


def test_a_cut_text_is_all_in_the_longer_one_and_a_revised_one_is_not() -> None:
    assert (shared(WHOLE, CUT), shared(WHOLE, REVISED) < 0.3) == (1.0, True)


def test_a_ledger_of_today_is_found_by_every_later_version() -> None:
    made = signed([WHOLE])
    told = hashlib.sha256(made.signature + repr((made.words, len(made.shingles), made.bands)).encode()).hexdigest()
    assert told == "dcb5c214277532bd2391ffcb8e3d89a7455b30bf7508b1e276e148526c1f4188"


def test_quotation_marks_case_and_white_space_make_no_difference() -> None:
    plain, shaped = signed(['He said: "Well-known facts," ' + WHOLE]), signed(["HE SAID:  “Well‑known\nfacts,”\t" + WHOLE.upper()])
    assert (plain.bands, plain.signature) == (shaped.bands, shaped.signature)


@pytest.mark.parametrize("count", [8, 20, LEAST_WORDS - 1])
def test_a_tiny_text_is_found_by_all_of_its_words_only(count: int) -> None:
    text = " ".join(WORDS[:count])
    assert signed([text]).bands == signed([text.upper() + "!"]).bands
    assert not meet(signed([text]), signed([text + " more"]))
    assert shared(text, text + " more") == 0


@pytest.mark.parametrize("text", ["", " \n", "…", "Live now", "one two three four five six seven"])
def test_a_text_of_a_few_words_has_no_copies(text: str) -> None:
    assert signed([text]).bands == ()


def test_passages_that_stand_apart_make_no_shingle_together() -> None:
    first, second = " ".join(WORDS[:30]), " ".join(WORDS[50:80])
    assert len(signed([first, second]).shingles) == 27 + 27


def test_nine_in_ten_that_share_a_fifth_of_their_shingles_meet_and_strangers_hardly_ever() -> None:
    chance = random.Random(5)
    found = strangers = 0
    for _ in range(100):
        words = chance.sample(WORDS, 1000)
        found += meet(signed([" ".join(words[:600])]), signed([" ".join(words[400:])]))
        strangers += meet(signed([" ".join(words[:500])]), signed([" ".join(words[500:])]))
    assert found >= 85
    assert strangers == 0


@given(st.integers(0, 300), st.integers(60, 300))
def test_a_signature_tells_the_share_within_three_tenths(start: int, length: int) -> None:
    first, second = signed([" ".join(WORDS[:300])]), signed([" ".join(WORDS[start : start + length])])
    told = likely_share((first.signature, len(first.shingles)), (second.signature, len(second.shingles)))
    assert abs(told - share(first.shingles, second.shingles)) <= 0.3


@given(st.text(max_size=600))
def test_any_text_is_signed(text: str) -> None:
    made = signed([text])
    assert len(made.bands) in (0, 1, PLACES // ROWS)
    assert all(-(2**63) <= band < 2**63 for band in made.bands)
