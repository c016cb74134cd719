from __future__ import annotations

import pytest

from onrecord.resolve.names import names

EDGES = [
    ("Citing Mara Quill, they left.", "Mara Quill"),
    ("It rained. “Jailed Mara Quill is ill.", "Mara Quill"),
    ("But Jared Quill left.", "Jared Quill"),
    ("Then the Allied Lamp Press fell.", "Allied Lamp Press"),
    ("Wyoming Public Radio fell.", "Wyoming Public Radio"),
    ("The North Lesk-born Mara Quill left.", "Mara Quill"),
    ("The Quill-endorsed Otto Brandt left.", "Otto Brandt"),
    ("To Mara Quill, it was late.", "Mara Quill"),
    ("Alongside Mara Quill he sang.", "Mara Quill"),
    ("SHOCKED Mara Quill left.", "Mara Quill"),
    ("Gran-of-nine Mara Quill left.", "Mara Quill"),
    ("The super PAC Brighter Lesk Fund paid.", "Brighter Lesk Fund"),
    ("On The Mara Quill Show he sang.", "Mara Quill"),
    ("Defiant Kate Quill left.", "Kate Quill"),
    ("Representative Kate Quill left.", "Kate Quill"),
    ("Representative Steve Peru left.", "Steve Peru"),
    ("Mara Quill SLAMMED him.", "Mara Quill"),
    ("PM Mara Quill left.", "Mara Quill"),
    ("Then the Lamp Actor’s Association left.", "Lamp Actor’s Association"),
    ("Lesk’s Works Ministry left.", "Works Ministry"),
]


@pytest.mark.parametrize(("text", "name"), EDGES)
def test_a_word_that_tells_of_somebody_is_no_part_of_the_name(text: str, name: str) -> None:
    assert name in [" ".join(one.words) for one in names(text)]


@pytest.mark.parametrize("text", ["Lamp-maker fined.", "Runner-up is happy.", "A former Lamp-maker fell."])
def test_a_common_noun_that_opens_a_line_is_no_name(text: str) -> None:
    assert names(text) == ()
