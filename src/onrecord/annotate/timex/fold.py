"""Text made easy to match: lower case, plain marks, one line a paragraph; every character stays in its place."""

from __future__ import annotations

import re

_MARKS = tuple(zip("’‘‐‑–—\u00a0\u2009\u202f\t\r\u2028\u2029", "''----   " + "  \n\n", strict=True))
_WRAP = re.compile(r"\n(?<![\n ]\n)(?=[^\n])")


def folded(text: str) -> str:
    """The text in lower case with plain quotation marks, hyphens and spaces, as long as it was.

    A single line break becomes a space where the line does not end a sentence (hard-wrapped text).
    """
    lower = lowered(text)
    for mark, plain in _MARKS:
        lower = lower.replace(mark, plain)
    return _WRAP.sub(_joined, lower)


def lowered(text: str) -> str:
    """The text in lower case, as long as it was."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := character.lower()) == 1 else character for character in text)


def _joined(hit: re.Match[str]) -> str:
    return "\n" if hit.string[hit.start() - 1] in ".!?:\"'”" else " "
