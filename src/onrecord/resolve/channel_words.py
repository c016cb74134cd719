"""Every word of a text that hints at a channel, found in one pass: "testified", "podcast", "lawsuit", "tweets"."""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.data import Channel, Span
from onrecord.resolve.channel_lexicon import BY_FIRST_WORD, Entry, Kind

_WORD = re.compile(r"[^\W\d_][\w’'-]*|&")
_POSSESSIVE = re.compile(r"[’']s?$")


class Hint(NamedTuple):
    """One such word or group of words, and what it needs to name a channel by itself."""

    start: int
    end: int
    channel: Channel
    words: str
    kind: Kind

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


def hints(text: str) -> list[Hint]:
    """The hints of a text from left to right, the longest where several begin at one word."""
    found: list[Hint] = []
    known = BY_FIRST_WORD
    done = 0
    for hit in _WORD.finditer(text):
        word = hit[0].lower()
        entries = known.get(word) or known.get(_POSSESSIVE.sub("", word))
        if entries is not None and hit.start() >= done:
            hint = _longest(text, hit.start(), entries)
            if hint is not None:
                found.append(hint)
                done = hint.end
    return found


def _longest(text: str, start: int, entries: tuple[Entry, ...]) -> Hint | None:
    for entry in entries:
        end = start + len(entry.words)
        here = text[start:end]
        same = here == entry.name if entry.name else here.lower() == entry.words
        if same and not text[end : end + 1].isalnum():
            return Hint(start, end, entry.channel, entry.words, entry.kind)
    return None
