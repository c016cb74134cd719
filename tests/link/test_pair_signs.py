"""What is seen of a pair at a glance: likeness, negation, figures, cues, who and where."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from onrecord.annotate.meaning import Meaning
from onrecord.data import Stance
from onrecord.link.claims import Claim
from onrecord.link.pair_signs import NAMES, signs

DAY = "2031-03-10"
SOLD = Claim(
    1, 1, "the northern pier will be sold for 40 crowns", "mara-quill", Stance.COMMITS, False, DAY, DAY, name="Mara Quill", place=3
)
NOT_SOLD = Claim(
    2, 1, "the northern pier will not be sold", "ottmar-brandt", Stance.REFUSES, False, DAY, DAY, name="Ottmar Brandt", place=4
)


def of(earlier: Claim, later: Claim) -> dict[str, float]:
    return dict(zip(NAMES, signs([(earlier, later)], Meaning())[0].tolist(), strict=True))


@pytest.mark.parametrize(
    ("name", "earlier", "later", "value"),
    [
        ("one negated", SOLD, NOT_SOLD, 1.0),
        ("one negated", SOLD, SOLD, 0.0),
        ("one refuses", SOLD, NOT_SOLD, 1.0),
        ("figures in one", SOLD, NOT_SOLD, 1.0),
        ("figures differ", SOLD, replace(NOT_SOLD, words="the pier was sold for 90 crowns"), 1.0),
        ("one document", SOLD, NOT_SOLD, 1.0),
        ("statements apart", SOLD, NOT_SOLD, 0.5),
        ("next to each other", SOLD, NOT_SOLD, 1.0),
        ("next to each other", SOLD, replace(NOT_SOLD, document=2), 0.0),
        ("later cue: deny", SOLD, replace(NOT_SOLD, cue="flatly denied"), 1.0),
        ("earlier cue: deny", SOLD, replace(NOT_SOLD, cue="flatly denied"), 0.0),
        ("later names holder", SOLD, replace(NOT_SOLD, words="what Quill's office says of the pier is wrong"), 1.0),
        ("earlier names holder", SOLD, NOT_SOLD, 0.0),
        ("holder other, day same", SOLD, NOT_SOLD, 1.0),
        ("holder same, day unknown", SOLD, replace(SOLD, said_on=None), 1.0),
    ],
)
def test_a_sign_has_the_value(name: str, earlier: Claim, later: Claim, value: float) -> None:
    assert of(earlier, later)[name] == pytest.approx(value)


def test_pairs_are_seen_as_each_alone() -> None:
    pairs = [(SOLD, NOT_SOLD), (NOT_SOLD, SOLD), (SOLD, SOLD)]
    together = signs(pairs, Meaning())
    assert np.allclose(together, np.concatenate([signs([one], Meaning()) for one in pairs]), atol=1e-5)


def test_no_pairs_have_no_signs() -> None:
    assert signs([], Meaning()).shape == (0, len(NAMES))
