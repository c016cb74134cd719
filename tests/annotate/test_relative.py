from __future__ import annotations

import pytest

from onrecord.annotate.relative import relative_source
from onrecord.data import Attribution, Span

CASES = [
    ("Ottmar Brandt, who on Monday suggested it was shut, left.", "suggested", "Ottmar Brandt"),
    ("Ottmar Brandt, who suggested it was shut, left.", "suggested", "who"),
    ("Transport Minister Ottmar Brandt, who had earlier said it was shut, left.", "said", "Transport Minister Ottmar Brandt"),
    ("The Port Authority of Lesk, which last week claimed it was shut, paid.", "claimed", "The Port Authority of Lesk"),
    ("They are those of Minister Ottmar Brandt, who on Monday said it was shut.", "said", "Minister Ottmar Brandt"),
    ("the harbour crew, who on Monday said it was shut, left.", "said", "who"),
    ("It was said it was shut.", "said", ""),
    ("The woman who he said was shut out left.", "said", ""),
]


@pytest.mark.parametrize(("text", "cue", "wanted"), CASES)
def test_a_relative_clause_has_the_source_that_annotators_give_it(text: str, cue: str, wanted: str) -> None:
    at = text.index(cue)
    content = text.index("shut")
    one = Attribution((), (Span(at, at + len(cue)),), (Span(content, content + 4),))
    assert " ".join(span.of(text) for span in relative_source(text, one)) == wanted


def test_a_source_that_is_named_stays() -> None:
    text = "Quill, who on Monday met Brandt, said it was shut."
    one = Attribution((Span(0, 5),), (Span(33, 37),), (Span(38, 49),))
    assert relative_source(text, one) == one.source
