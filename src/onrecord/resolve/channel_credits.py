"""Credit lines and bylines: who wrote, edited or first published the article, and which agency it came by.

They speak of the article, not of a statement, so no channel is read from them: "Additional reporting by Mara Quill",
"This story was first published by the Lesk Gazette", "LESK (Interline) -".
"""

from __future__ import annotations

import re
from bisect import bisect_right

from onrecord.data import Span

_NAME = r"[A-Z][\w.’'-]*"
_CREDIT = re.compile(
    r"^[ \t(\[*_—–-]*(?:"
    r"(?:(?:additional|further) )?(?:reporting|writing|editing|compiled|translated|edited|written|photographs?|video)\b[^\n.]{0,60}? by\b"
    r"|with (?:(?:additional|further) )?(?:reporting|reports|files|contributions) (?:by|from)\b"
    rf"|(?-i:B[yY](?: {_NAME}){{2,4}})(?:(?:,|(?: and| for| in| of)\b)[^\n.]{{0,60}})?[ \t]*$"
    r"|[^\n.]{3,80} contributed (?:to this (?:report|story|article)|reporting)\b"
    r"|this (?:article|story|report|piece|post|interview) (?:was |has been |is )?(?:first |originally )?"
    r"(?:appeared|published|produced|provided|supplied|republished|syndicated|written by)\b"
    r"|(?:©|\(c\)|copyright\b)"
    r")[^\n]{0,200}",
    re.IGNORECASE | re.MULTILINE,
)
_DATELINE = re.compile(r"^[^\n]{0,60}?(\([A-Z][^()\n]{1,30}\))[ \t]*[-—–:]", re.MULTILINE)


class Credits:
    """The credit lines, bylines and agencies of datelines in a text."""

    def __init__(self, text: str) -> None:
        found = [*(Span(*hit.span()) for hit in _CREDIT.finditer(text)), *(Span(*hit.span(1)) for hit in _DATELINE.finditer(text))]
        self.spans = sorted(found)

    def hold(self, at: int) -> bool:
        """Whether a character stands in a credit."""
        place = bisect_right(self.spans, at, key=lambda span: span.start) - 1
        return place >= 0 and at < self.spans[place].end
