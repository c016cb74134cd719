from __future__ import annotations

import pytest
from tests.resolve.marked import read

HEADLINE = "The fall of the lamp\n\n"
RAIN = "It rained in the harbour again.\n\n"
FELL = "The lamp of Lesk fell on Monday.\n\n"

LATER = [
    ("[[A former engineer]] said {it fell}.\n\n[[Mara Quill, an engineer for nine years,]] said {it was old}.", "Mara Quill"),
    ("[[A fisherman from Lesk]] has told {how it fell}.\n\n[[Otto Brandt]], 58, said {he heard it}.", "Otto Brandt"),
    ("[[A fisherman]] said {it fell}.\n\n“{I heard it},” said [[Otto Brandt]].", "Otto Brandt"),
    ("[[The head of the port]] said {it fell}.\n\n[[Otto Brandt, the port director,]] said {so}.", "Otto Brandt"),
    ("[[A fisherman]] said {it fell}.\n\n" + 4 * RAIN + "[[Otto Brandt, a fisherman,]] said {so}.", "Otto Brandt"),
    ("[[A union of pilots]] said {it fell}.\n\n[[The Lesk Pilots Guild]] said {so}.", "Lesk Pilots Guild"),
    ("[[A charity for sailors]] said {it fell}.\n\n[[The Lesk Sailors Trust]] said {so}.", "Lesk Sailors Trust"),
]


@pytest.mark.parametrize(("marked", "name"), LATER)
def test_whoever_is_described_first_gets_the_name_that_follows(marked: str, name: str) -> None:
    assert [one.name for one in read(HEADLINE + marked)] == [name, name]


OTHERS = [
    ("[[A fisherman]] said {it fell}.\n\n[[Otto Brandt, a doctor,]] said {no}.", "fisherman"),
    ("[[A source]] said {it fell}.\n\n[[Otto Brandt]] said {no}.", "source"),
    ("[[A source close to the port]] said {it fell}.\n\n[[Otto Brandt, a source of the port,]] said {no}.", "source close to the port"),
    ("[[A spokesman]] said {it fell}.\n\n[[Otto Brandt]] said {no}.", "spokesman"),
    ("[[A witness]] said {it fell}.\n\n[[Otto Brandt, a witness,]] said {no}.", "witness"),
    ("[[One of the engineers]] said {it fell}.\n\n[[Otto Brandt]] said {no}.", "One of the engineers"),
    ("[[Another engineer]] said {it fell}.\n\n[[Otto Brandt, an engineer,]] said {no}.", "Another engineer"),
    ("[[A fisherman]] said {it fell}.\n\n" + 4 * RAIN + "[[Otto Brandt]] said {no}.", "fisherman"),
    ("[[A fisherman]] said {it fell}.\n\n" + 9 * RAIN + "[[Otto Brandt, a fisherman,]] said {no}.", "fisherman"),
    ("Otto Brandt came.\n\n[[A fisherman]] said {it fell}.\n\n[[Otto Brandt]] said {no}.", "fisherman"),
    ("[[A fisherman]] said {it fell}.\n\nThe harbour belongs to Otto Brandt. [[It]] said {no}.", "fisherman"),
    ("[[A fisherman]] said {it fell}.\n\n[[Mr Brandt]] said {no}.", "fisherman"),
    ("[[A fisherman]] said {it fell}.\n\n“{Ask Otto Brandt}”, said [[the mayor]].", "fisherman"),
    ("[[A lamp company]] said {it fell}.\n\n[[The Lesk Pilots Guild]] said {no}.", "lamp company"),
]


@pytest.mark.parametrize(("marked", "name"), OTHERS)
def test_who_is_described_is_not_somebody_else_who_is_named_below(marked: str, name: str) -> None:
    assert read(HEADLINE + marked)[0].name == name


@pytest.mark.parametrize(
    "secret",
    [
        "An engineer, who asked not to be named,",
        "An engineer, speaking on condition of anonymity,",
        "An engineer, who did not want to be identified,",
        "An engineer, who declined to be named,",
        "An engineer, declining to be identified,",
        "An engineer, who would not give his name,",
        "An engineer, whose name has been changed,",
        "An engineer, who was not authorised to speak,",
    ],
)
def test_nobody_who_asks_not_to_be_named_gets_a_name(secret: str) -> None:
    assert read(f"{HEADLINE}[[{secret}]] said {{it fell}}.\n\n[[Otto Brandt, an engineer,]] said {{no}}.")[0].name == "engineer"


def test_whose_name_is_withheld_in_the_next_paragraph_gets_none() -> None:
    marked = "[[An engineer]] said {it fell}.\n\nHe asked for his name to be withheld.\n\n[[Otto Brandt]] said {no}."
    assert read(HEADLINE + marked)[0].name == "engineer"


HEADLINES = [
    ("[[Engineer]] says {rust broke the lamp}\n\n" + FELL + "[[Otto Brandt, an engineer,]] said {it was old}.", "Otto Brandt"),
    ("[[Port chief]] says {rust broke the lamp}\n\n" + FELL + "[[Otto Brandt, the port director,]] said {it was old}.", "Otto Brandt"),
    (
        "[[Father]] says {rust broke the lamp}\n\n"
        + FELL
        + "[[Ida Roe, a doctor,]] said {no}. [[Otto Brandt]] said {rust broke the lamp}.",
        "Otto Brandt",
    ),
    ("[[Source]] says {rust broke the lamp}\n\n" + FELL + "[[Otto Brandt]] said {rust broke the lamp}.", "Source"),
    ("[[Insider]] says {rust broke the lamp}\n\n" + FELL + "[[Otto Brandt]] said {rust broke the lamp}.", "Insider"),
]


@pytest.mark.parametrize(("marked", "name"), HEADLINES)
def test_whoever_speaks_in_a_headline_says_the_same_below_it(marked: str, name: str) -> None:
    assert read(marked)[0].name == name
