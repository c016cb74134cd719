"""A reader of brat standoff of its own, by https://brat.nlplab.org/standoff.html: it knows nothing of onrecord."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

_TEXT_BOUND = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)")
_EVENT = re.compile(r"(E\d+)\t(\S+):(T\d+)((?: \S+:[TE]\d+)*)")
_RELATION = re.compile(r"(R\d+)\t(\S+) Arg1:(\S+) Arg2:(\S+)")
_ATTRIBUTE = re.compile(r"(A\d+)\t(\S+) (\S+)(?: (\S+))?")
_NOTE = re.compile(r"(#\d+)\t(\S+) (\S+)\t(.*)")


@dataclass
class Standoff:
    """What an .ann file says: passages, events, relations, attributes by event, notes by event."""

    text: str
    passages: dict[str, tuple[str, list[tuple[int, int]]]] = field(default_factory=dict)
    events: dict[str, dict[str, str]] = field(default_factory=dict)
    relations: set[tuple[str, str, str]] = field(default_factory=set)
    attributes: dict[str, dict[str, str | None]] = field(default_factory=dict)
    notes: dict[str, dict[str, str]] = field(default_factory=dict)

    def words(self, passage: str) -> list[str]:
        """The pieces of a passage."""
        return [self.text[start:end] for start, end in self.passages[passage][1]]


def _shown(words: str) -> str:
    """The words as a line can hold them."""
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f]", " ", words)


def read_standoff(path: Path) -> Standoff:
    """The annotations beside a text; every line has to be one of the five kinds, and every reference has to lead somewhere."""
    found = Standoff(path.with_suffix(".txt").read_bytes().decode("utf8"))
    for line in path.read_bytes().decode("utf8").split("\n")[:-1]:
        if match := _TEXT_BOUND.fullmatch(line):
            spans = [(int(start), int(end)) for start, end in (place.split(" ") for place in match[3].split(";"))]
            assert all(0 <= start < end <= len(found.text) for start, end in spans), line
            assert _shown(match[4]) == _shown(" ".join(found.text[start:end] for start, end in spans)), line
            found.passages[match[1]] = (match[2], spans)
        elif match := _EVENT.fullmatch(line):
            assert found.passages[match[3]][0] == match[2], line
            found.events[match[1]] = dict(part.split(":") for part in match[4].split())
        elif match := _RELATION.fullmatch(line):
            assert {match[3], match[4]} <= found.events.keys(), line
            found.relations.add((match[2], match[3], match[4]))
        elif match := _ATTRIBUTE.fullmatch(line):
            found.attributes.setdefault(match[3], {})[match[2]] = match[4]
        else:
            match = _NOTE.fullmatch(line)
            assert match, line
            found.notes.setdefault(match[3], {})[match[2]] = match[4]
    assert found.attributes.keys() | found.notes.keys() <= found.events.keys()
    return found
