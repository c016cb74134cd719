"""Every word of a text that hints at a channel, found in one pass: "testified", "podcast", "lawsuit", "tweets"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.annotate.timex.fold import lowered
from onrecord.annotate.word_patterns import one_of
from onrecord.data import Channel, Span
from onrecord.resolve.channel_lexicon import BY_FIRST_WORD, Entry, Kind

_WORD = re.compile(r"[^\W\d_][\w’'-]*|&")
_GOES_ON = re.compile(r"[^\W\d_][\w’'-]*$")
_BEFORE = 60
_MAY_HINT = re.compile(
    rf"(?<![a-z])(?={one_of(one.words for several in BY_FIRST_WORD.values() for one in several if one.words[0].isalpha())}(?![^\W_]))"
)
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
    done = 0
    for hit in _words_that_may_hint(text):
        word = hit[0].lower()
        entries = BY_FIRST_WORD.get(word) or BY_FIRST_WORD.get(_POSSESSIVE.sub("", word))
        if entries is not None and hit.start() >= done:
            hint = _longest(text, hit.start(), entries)
            if hint is not None:
                found.append(hint)
                done = hint.end
    return found


def _words_that_may_hint(text: str) -> Iterator[re.Match[str]]:
    """The words at which the letters of a hint begin, capitals aside; no other word needs a look."""
    for hit in _MAY_HINT.finditer(lowered(text)):
        at = hit.start()
        is_inside = at > 0 and not text[at - 1].isspace() and _GOES_ON.search(text, max(0, at - _BEFORE), at)
        if not is_inside and (word := _WORD.match(text, at)) is not None:
            yield word


def _longest(text: str, start: int, entries: tuple[Entry, ...]) -> Hint | None:
    for entry in entries:
        end = start + len(entry.words)
        here = text[start:end]
        same = here == entry.name if entry.name else here.lower() == entry.words
        if same and not text[end : end + 1].isalnum():
            return Hint(start, end, entry.channel, entry.words, entry.kind)
    return None
