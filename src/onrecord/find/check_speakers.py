"""Whether a draft and a ledger give the same words to the same speaker."""

from __future__ import annotations

from typing import Any

from onrecord.data import Speaker, SpeakerType
from onrecord.record.judged import Judged
from onrecord.resolve.keys import slug
from onrecord.resolve.person_names import PersonName, fit, person_name

Row = dict[str, Any]
_BODIES = (SpeakerType.ORGANISATION, SpeakerType.GOVERNMENT, SpeakerType.GROUP)


def is_same_speaker(known: Judged, speaker: Speaker | None, row: Row) -> bool | None:
    """Whether the speaker of the draft can be that of the statement; None where one of them is not named, so that it cannot be told.

    A surname alone may be anybody's who has it. A body may speak through whoever has a role in it.
    """
    if speaker is None or speaker.key is None or speaker.name is None or row["speaker_key"] is None:
        return None
    if known.speaker(speaker.key) == row["speaker_key"]:
        return True
    name, other = speaker.name, row["speaker_name"] or ""
    mine, theirs = set(slug(name).split("-")), set(slug(other).split("-"))
    if SpeakerType.PERSON not in (speaker.type, row["speaker_type"]):
        return mine <= theirs or theirs <= mine or _are_initials(name, other) or _stands_for(speaker, other) or None
    if mine <= theirs or theirs <= mine:
        return True if speaker.type == row["speaker_type"] and person_name(name).generation == person_name(other).generation else None
    if speaker.type in _BODIES:
        return None if _is_of(mine, row["speaker_role"], row["source_words"], other) else False
    if row["speaker_type"] in _BODIES:
        return None if _is_of(theirs, speaker.role, "", name) else False
    return _are_one_person(name, other)


def _is_of(body: set[str], role: str | None, words: str, name: str) -> bool:
    """Whether what is said of the person, the name aside, names the body."""
    return bool(body & (set(slug(f"{role or ''} {words}").split("-")) - set(slug(name).split("-"))))


def _are_one_person(name: str, other: str) -> bool:
    one, two = person_name(name), person_name(other)
    if not one.given or not two.given:
        return one.surname == two.surname or one.surname in two.given or two.surname in one.given
    return fit(one, two) is not None or (one.generation == two.generation and _is_part(one, two))


def _is_part(one: PersonName, two: PersonName) -> bool:
    """Whether two names or more of the one end the other: "Ada Finch" and "Old Ada Finch"."""
    short, long = sorted(((*each.given, each.surname) for each in (one, two)), key=len)
    return len(short) > 1 and long[-len(short) :] == short


def _are_initials(name: str, other: str) -> bool:
    """Whether one is the other's initials: "LPA" of "Lesk Port Authority"."""
    short, long = sorted((name, other), key=len)
    return len(short) > 1 and short.replace(".", "") == "".join(word[0] for word in long.split() if word[0].isupper())


def _stands_for(speaker: Speaker, other: str) -> bool:
    return speaker.stands_for is not None and slug(speaker.stands_for) == slug(other)
