"""Statements -> a name for the holder of each, by the words of the source alone: enough to see that one speaker goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from onrecord.data import Attribution, Speaker, SpeakerType
from onrecord.resolve.day_words import SOURCE

_NAME = re.compile(r"[A-Z][\w’'-]*[a-z]")
_HEAD_ENDS = re.compile(r",| \(| who\b| which\b| of | for | from | in | at | on | with ")
_POSSESSIVE = re.compile(r"[’']s$")
_ARTICLE = re.compile(r"^(?:the|an?) ")
_HANDED_ON = ("the ", "who", "which")


class Holder(NamedTuple):
    """Who makes a statement: a key that is the same for all of theirs, and what a sentence calls them, both in small letters."""

    key: str
    called: str


def known_holder(speaker: Speaker, by_words: str) -> Holder:
    """The holder as the speaker was found; where none is named, as the words of the source say."""
    if speaker.name is None:
        return Holder(by_words, by_words)
    name = _ARTICLE.sub("", speaker.name.casefold())
    return Holder(speaker.key or name, name.split()[-1] if speaker.type is SpeakerType.PERSON else name)


def holders(text: str, attributions: Sequence[Attribution], order: Iterable[int], paragraphs: Sequence[int]) -> list[str]:
    """The last name in each source, for a pronoun that of the statement before; empty where the text names nobody.

    `paragraphs` holds the paragraph of each statement: "the mayor" is the last holder only in the same one.
    """
    found = [""] * len(attributions)
    last, last_paragraph = "", -1
    for index in order:
        words = " ".join(span.of(text) for span in attributions[index].source)
        found[index] = _holder(words, last, same_paragraph=paragraphs[index] == last_paragraph)
        if found[index]:
            last, last_paragraph = found[index], paragraphs[index]
    return found


def _holder(words: str, last: str, *, same_paragraph: bool) -> str:
    head = _HEAD_ENDS.split(words, maxsplit=1)[0].strip()
    names = [name for name in _NAME.findall(head) if name not in SOURCE["no_names"]]
    if names:
        return _POSSESSIVE.sub("", names[-1]).casefold()
    simple = head.casefold()
    if simple in SOURCE["standing_in"] or (same_paragraph and simple.startswith(_HANDED_ON)):
        return last
    return _ARTICLE.sub("", simple)
