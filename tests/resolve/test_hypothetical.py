"""Words that nobody said."""

from __future__ import annotations

import pytest

from onrecord.data import Attribution, Document, Span
from onrecord.resolve.stance import readings

SAYINGS = (
    ("She could say the pier is safe.", "could say", True),
    ("She could easily say the pier is safe.", "say", True),
    ("He might have said the pier is safe.", "might have said", True),
    ("If asked, she would say the pier is safe.", "would say", True),
    ("She said the pier is safe.", "said", False),
    ("She would not say the pier is safe.", "would not say", False),
    ("She would say only that the pier is safe.", "would say", False),
    ("She could not say the pier is safe.", "could not say", False),
)


@pytest.mark.parametrize(("text", "cue", "wanted"), SAYINGS)
def test_a_saying_is_supposed_only_under_a_plain_modal(text: str, cue: str, wanted: bool) -> None:
    start = text.index(cue)
    content = text.index("the pier is safe")
    attribution = Attribution((), (Span(start, start + len(cue)),), (Span(content, len(text) - 1),))
    assert readings(Document("case", text), (attribution,))[0].hypothetical is wanted
