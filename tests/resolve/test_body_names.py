"""Names of bodies in one spelling, and how far each tells which body it is."""

from __future__ import annotations

import pytest

from onrecord.resolve.body_names import Reach, body_name, initials, long_form, reach


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("The L.E.P.", "lep"),
        ("LEP", "lep"),
        ("the Lesk Evening Post", "lesk evening post"),
        ("Lesk & Sons", "lesk and sons"),
        ("Lesk Dept. of Labor", "lesk department of labour"),
        ("U.S. Senate", "us senate"),
        ("Lesk’s Council", "lesk council"),
        ("Labor", "labor"),
        ("The", "the"),
        ("", ""),
    ],
)
def test_a_body_has_one_spelling(written: str, folded: str) -> None:
    assert body_name(written) == folded


@pytest.mark.parametrize(("name", "letters"), [("lesk evening post", "lep"), ("lep", "lep"), ("ministry of trade", "mt"), ("of", "of")])
def test_long_and_short_names_share_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_well_known_abbreviations_have_a_long_form() -> None:
    assert long_form("eu") == "european union"
    assert long_form("lep") is None


@pytest.mark.parametrize(
    ("name", "how_far"),
    [
        ("police", Reach.ONE_DOCUMENT),
        ("family", Reach.ONE_DOCUMENT),
        ("the committee", Reach.ONE_DOCUMENT),
        ("joe", Reach.ONE_DOCUMENT),
        ("lesk minister", Reach.ONE_DOCUMENT),
        ("lesk party mp", Reach.ONE_DOCUMENT),
        ("supreme court", Reach.ONE_PUBLISHER),
        ("ministry of defence", Reach.ONE_PUBLISHER),
        ("lesk police", Reach.EVERYWHERE),
        ("brenn", Reach.EVERYWHERE),
    ],
)
def test_a_name_tells_which_body_it_is_so_far(name: str, how_far: Reach) -> None:
    assert reach(name) is how_far
