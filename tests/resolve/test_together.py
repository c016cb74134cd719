from __future__ import annotations

import pytest
from tests.resolve.marked import cast_of, passage

from onrecord.resolve.mentions import plain
from onrecord.resolve.together import together

CASES = [
    ("[Mara Quill and Otto Brandt] left.", "Mara Quill and Otto Brandt"),
    ("[Mara Quill, Otto Brandt and Ida Roe] left.", "Mara Quill, Otto Brandt and Ida Roe"),
    ("[Mara Quill, Otto Brandt (Lesk) and Ida Roe] left.", "Mara Quill, Otto Brandt and Ida Roe"),
    ("[Mara Quill, R-Lesk, and Otto Brandt, D-Pell,] left.", "Mara Quill and Otto Brandt"),
    ("[Mara Quill, the mayor, and Otto Brandt] left.", None),
    ("[Mara Quill and harbour chief Otto Brandt] left.", "Mara Quill and Otto Brandt"),
    ("[The pilots Mara Quill and Otto Brandt] left.", "Mara Quill and Otto Brandt"),
    ("[The harbour chiefs, Mara Quill and Otto Brandt,] left.", "Mara Quill and Otto Brandt"),
    ("[Brask Works and the Lesk Institute] left.", "Brask Works and Lesk Institute"),
    ("Mara Quill came. [Quill and other pilots] left.", "Mara Quill and other pilots"),
    ("Mara Quill came. [Quill and others] left.", "Mara Quill and others"),
    ("[Mara Quill, Otto Brandt and two others] left.", "Mara Quill, Otto Brandt and two others"),
    ("[Mara Quill] left.", None),
    ("[Two pilots] left.", None),
    ("[Mara Quill of Brask Works] left.", None),
    ("[Mara Quill and Brask Works] left.", "Mara Quill and Brask Works"),
    ("[Mara Quill, who replaced Otto Brandt and Ida Roe,] left.", None),
    ("[A spokesman for Mara Quill and Otto Brandt] left.", None),
    ("[Mara Quill, Otto Brandt] left.", None),
    ("[Mara Quill and Mara Quill] left.", None),
]


@pytest.mark.parametrize(("marked", "names"), CASES)
def test_those_who_are_joined_by_commas_and_and_speak_together(marked: str, names: str | None) -> None:
    text, whole = passage(marked)
    inside = cast_of(text).between(whole.start, whole.end)
    assert together(text, whole, plain(whole.of(text)), inside) == names
