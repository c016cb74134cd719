from __future__ import annotations

import pytest

from onrecord.annotate.quotes import quote_type, quoted_passages
from onrecord.data import QuoteType, Span

CASES = [
    ("“We will sail,” Quill said.", "“We will sail,”", QuoteType.DIRECT),
    ("'We will sail,' Quill said.", "'We will sail,'", QuoteType.DIRECT),
    ('"We will sail, Quill said.', '"We will sail,', QuoteType.DIRECT),
    ("Quill said the ships would sail.", "the ships would sail", QuoteType.INDIRECT),
    ("Quill said the port’s ships would sail.", "the port’s ships would sail", QuoteType.INDIRECT),
    ("Quill said the ships were “old and tired” but safe.", "the ships were “old and tired” but safe", QuoteType.MIXED),
]


@pytest.mark.parametrize(("text", "content", "wanted"), CASES)
def test_a_content_is_quoted_in_full_in_part_or_not(text: str, content: str, wanted: QuoteType) -> None:
    start = text.index(content)
    assert quote_type(text, (Span(start, start + len(content)),), quoted_passages(text)) is wanted


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = "“First part\n\nQuill left."
    assert [span.of(text) for span in quoted_passages(text)] == ["“First part"]
