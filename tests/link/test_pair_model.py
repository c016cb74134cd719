"""The shipped pair model on invented pairs whose relation nobody would doubt."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from onrecord.data import Stance
from onrecord.errors import WeightsError
from onrecord.link.claims import Claim
from onrecord.link.pair_model import NOTHING, OPPOSED, SAME, PairModel, shipped

DAY = "2031-03-10"
SOLD = Claim(1, 1, "The northern pier will be sold to Brenn this summer.", "mara-quill", Stance.COMMITS, False, DAY, DAY)
CHOIR = replace(SOLD, id=9, document=9, words="The choir sang in the old granary until midnight.", stance=Stance.ASSERTS)


def other(words: str, **changes: object) -> Claim:
    return replace(SOLD, **{"id": 2, "document": 2, "words": words, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("later", "likeliest"),
    [
        (other("that the northern pier would be sold to Brenn this summer"), SAME),
        (other("The northern pier will not be sold to Brenn this summer.", holder="ottmar-brandt", stance=Stance.DENIES), OPPOSED),
        (CHOIR, NOTHING),
    ],
)
def test_plain_pairs_are_told_apart(later: Claim, likeliest: int) -> None:
    chances = shipped().chances([(SOLD, later)])
    assert chances.argmax(1).tolist() == [likeliest]
    assert chances.sum() == pytest.approx(1.0)


def test_a_pair_has_the_same_chances_alone_and_among_others() -> None:
    pairs = [(SOLD, other("The northern pier will stay as it is.")), (SOLD, CHOIR), (CHOIR, SOLD)]
    together = shipped().chances(pairs)
    assert np.allclose(together, np.concatenate([shipped().chances([one]) for one in pairs]), atol=0.02)


def test_the_glance_is_taken_where_it_is_known() -> None:
    pairs = [(SOLD, CHOIR)]
    assert np.allclose(shipped().chances(pairs), shipped().chances(pairs, shipped().glances(pairs)))


def test_no_pairs_have_no_chances() -> None:
    assert shipped().chances([]).shape == (0, 3)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="install onrecord again"):
        PairModel(tmp_path)
