"""Hard-wrapped text: lines that a program broke at a fixed width are one paragraph."""

from __future__ import annotations

import re
from functools import lru_cache

WIDEST = 130  # no program wraps wider; longer lines are paragraphs
LEAST_BREAKS = 5
MOSTLY = 0.6
_BREAK = re.compile(r"^(?P<line>[^\r\n]++)(?P<end>\r?\n)(?=(?P<next>\S++))", re.MULTILINE)
_STARTS_ANEW = re.compile(r"[-*+•>#|]$|\d{1,3}[.)]$|[*_]{0,3}[A-Z][A-Z.]+[*_]{0,3}:?$|Q[:.]?$")


@lru_cache(maxsize=4)
def unwrapped(text: str) -> str:
    """The text with a blank for every line end that only keeps lines short; as long as before, so offsets hold.

    A line was broken if the first word of the next would not have fitted in. A text counts as hard-wrapped where most
    line ends inside its paragraphs are of that kind.
    """
    breaks = list(_BREAK.finditer(text))
    lengths = sorted(len(one["line"].rstrip()) for one in breaks)
    if len(lengths) < LEAST_BREAKS:
        return text
    width = lengths[int(0.97 * (len(lengths) - 1))]
    if not 30 <= width <= WIDEST:
        return text
    broken = [one for one in breaks if _was_full(one, width)]
    if len(broken) < MOSTLY * len(breaks):
        return text
    pieces, at = [], 0
    for one in broken:
        if not _STARTS_ANEW.match(one["next"]):
            pieces += [text[at : one.start("end")], " " * (one.end("end") - one.start("end"))]
            at = one.end("end")
    return "".join(pieces) + text[at:]


def _was_full(one: re.Match[str], width: int) -> bool:
    """Whether the next word would not have fitted; two blanks at the end of a sentence may have been one."""
    return len(one["line"].rstrip()) + 1 + len(one["next"]) > width - 2
