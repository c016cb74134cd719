from __future__ import annotations

import pytest

from onrecord.resolve.abbreviations import abbreviations

CASES = [
    ("She told The Lesk Evening Post (LEP) so.", {"LEP": "The Lesk Evening Post"}),
    ("the Port Authority of Lesk (PAL) agreed", {"PAL": "Port Authority of Lesk"}),
    ("Brandt told the Ostmark Radio Union (ORU).", {"ORU": "Ostmark Radio Union"}),
    ("the ferry (Brenn) sails", {}),
    ("Mara Quill (MP) spoke", {}),
    ("", {}),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_an_abbreviation_in_brackets_stands_for_the_name_before_it(text: str, wanted: dict[str, str]) -> None:
    assert abbreviations(text) == wanted


def test_small_words_inside_a_name_count_for_nothing() -> None:
    assert abbreviations("The Alliance to Mend Our Ferry (AMOF) met.") == {"AMOF": "The Alliance to Mend Our Ferry"}
