"""Who signs a letter or a statement: a line under it that is a name and little else, "— Commissioner Ida Roe", "Otto Brandt, Lesk"."""

from __future__ import annotations

import re
from bisect import bisect_right

from onrecord.data import Span, SpeakerType
from onrecord.resolve.names import Name, names

_LONGEST = 80  # characters
_FARTHEST = 15  # paragraphs from the words to the name under them
_FIRST = 2  # lines at the top are outlet, headline, byline
_BEFORE = re.compile(r"[—–-]{0,2}\s*(?:(?:Signed|Yours(?: \w+)?|Sincerely|Regards),?\s*)?")
_BEHIND = re.compile(r"(?:,\s[^.:!?“”\"]{2,60})?(?:\s\([^()]{2,40}\))?\.?")


def signatures(text: str, lines: tuple[Span, ...]) -> tuple[tuple[int, Name], ...]:
    """The lines, told by their numbers, that sign what stands above them, each with the name."""
    found = []
    for number, line in enumerate(lines):
        if number >= _FIRST and line.end - line.start <= _LONGEST and (name := _signed(line.of(text))):
            found.append((number, name.moved(line.start)))
    return tuple(found)


def signature_under(position: int, signed: tuple[tuple[int, Name], ...], lines: tuple[Span, ...]) -> Name | None:
    """The name that signs the paragraph at the position: the next one, if it is not too far below."""
    here = bisect_right(lines, position, key=lambda line: line.start) - 1
    following = bisect_right(signed, here, key=lambda one: one[0])
    if following == len(signed) or signed[following][0] - here > _FARTHEST:
        return None
    return signed[following][1]


def _signed(line: str) -> Name | None:
    """The one person whom the line names, if a name with its title and place is all that it is."""
    before = _BEFORE.match(line)
    start = before.end() if before else 0
    people = names(line[start:])
    if not people or people[0].kind is not SpeakerType.PERSON or len(people[0].words) < 2 or people[0].outer:
        return None
    return people[0].moved(start) if _BEHIND.fullmatch(line, start + people[0].span.end) else None
