"""Who acts in a clause: the speaker, somebody else, or nobody named."""

from __future__ import annotations

from enum import StrEnum

from onrecord.resolve.stance_lexicon import lexicon
from onrecord.resolve.words import Words


class Subject(StrEnum):
    """The holder of the statement or his side, the readers ("you"), another, or none before the verb."""

    SPEAKER = "speaker"
    HEARER = "hearer"
    OTHER = "other"
    NONE = "none"


_OWN = frozenset(("i", "we"))
_PERSONS = frozenset(("he", "she", "they"))
_STATES = frozenset(("us", "u.s.", "states", "kingdom", "washington", "britain", "uk"))


def subject_before(words: Words, place: int, first: int, source: frozenset[str], direct: bool) -> Subject:
    """Whose verb stands at `place`, told by the words before it back to `first`; `source` are the words of the holder."""
    norms, known = words.norms, lexicon()
    back = place - 1
    while back >= first and (norms[back] in lexicon().verbal or norms[back] in known.passing):
        back -= 1
    phrase: list[str] = []
    while back >= first and norms[back] not in lexicon().breaks and len(phrase) < 12:
        if norms[back] not in ('"', "'"):
            phrase.append(norms[back])
        back -= 1
    if not phrase:
        return Subject.NONE
    return _who(phrase, source, direct)


def _who(phrase: list[str], source: frozenset[str], direct: bool) -> Subject:
    """`phrase` is the noun phrase read backwards."""
    head = phrase[0]
    if head in _OWN:
        return Subject.SPEAKER
    if head == "you":
        return Subject.HEARER
    if not direct and (head in _PERSONS or (head == "it" and not source & _PERSONS)):
        return Subject.SPEAKER
    if head in ("it", "this", "that", "there") or head in _PERSONS:
        return Subject.OTHER
    if {"our", "my"} & set(phrase[1:]) or (head in lexicon().bodies and len(phrase) <= 4 and not direct) or source & lexicon().voices:
        return Subject.SPEAKER
    return (
        Subject.SPEAKER
        if not direct and len(phrase) <= 5 and (_shares(head, source) or (head in _STATES and source & {"us", "u.s."}))
        else Subject.OTHER
    )


def _shares(head: str, source: frozenset[str]) -> bool:
    """The same name, or the adjective of the same country: Karsovian, Karsovia."""
    return head in source or (len(head) > 5 and any(head[:5] == word[:5] and len(word) > 5 for word in source))
