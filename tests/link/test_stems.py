"""Words that news uses for one another share a stem; numbers are read in words and digits."""

from __future__ import annotations

import pytest

from onrecord.link.stems import figures_of, stem, stems_of


@pytest.mark.parametrize(
    "alike",
    [
        ("withdraw", "withdrew", "withdrawal", "withdrawing"),
        ("troops", "soldiers", "forces"),
        ("deny", "denies", "denied", "denial"),
        ("negotiate", "negotiations", "talks"),
        ("Lesk", "Lesk's", "Lesk’s"),
    ],
)
def test_forms_and_near_synonyms_share_a_stem(alike: tuple[str, ...]) -> None:
    assert len({stem(word) for word in alike}) == 1


@pytest.mark.parametrize("apart", [("rise", "fall"), ("safe", "danger"), ("harbour", "ferry"), ("union", "company")])
def test_opposites_and_strangers_do_not(apart: tuple[str, str]) -> None:
    assert stem(apart[0]) != stem(apart[1])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("eleven barges, 9 crews", {"11", "9"}), ("1,200 metres", {"1200"}), ("2.9 per cent.", {"2.9"}), ("a dozen", {"12"}), ("none", set())],
)
def test_figures_are_read_in_words_and_digits(text: str, wanted: set[str]) -> None:
    assert figures_of(text) == wanted


def test_stop_words_and_numbers_carry_no_content() -> None:
    assert stems_of("He said that it was not eleven of them") == frozenset()
