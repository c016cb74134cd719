"""Which cues are negated."""

from __future__ import annotations

import pytest
from tests.resolve.marked import readings

from onrecord.data import Attribution, Document, Span

CUES = (
    ("Quill did not say when.", "did not say", True),
    ("Quill did not say when.", "say", True),
    ("Quill has never claimed it.", "has never claimed", True),
    ("Quill won't say when.", "won't say", True),
    ("Quill cannot recall it.", "cannot recall", True),
    ("Quill has not yet ruled it out.", "ruled", True),
    ("Quill had no comment on it.", "had no comment", False),
    ("Quill not only said it.", "not only said", False),
    ("Quill declined to say when.", "declined to say", False),
    ("Not on Monday, Quill said.", "said", False),
    ("Quill said it was not so.", "said", False),
)


@pytest.mark.parametrize(("text", "cue", "negated"), CUES)
def test_a_cue_is_negated_by_the_negation_that_touches_it(text: str, cue: str, negated: bool) -> None:
    start = text.index(cue)
    end = len(text) - 1 if start < len(text) - len(cue) - 1 else start
    content = Span(start + len(cue), end) if end > start + len(cue) else Span(0, start - 1)
    attribution = Attribution((), (Span(start, start + len(cue)),), (content,))
    assert readings(Document("case", text), (attribution,))[0].negated_cue is negated
