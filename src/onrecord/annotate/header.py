"""A leading "date 2031-03-12": the document's creation time, written into its text, and no part of the news."""

from __future__ import annotations

import re

_HEADER = re.compile(r"\s*date \d{4}-\d{2}-\d{2}\b[^\S\n]*")


def header_end(text: str) -> int:
    """Where the leading date of a text ends; 0 where it has none."""
    hit = _HEADER.match(text)
    return hit.end() if hit else 0
