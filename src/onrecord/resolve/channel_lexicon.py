"""The words that name channels and outlets, read once from `lexicon/channels.toml`."""

from __future__ import annotations

import re
import tomllib
from enum import Enum
from functools import lru_cache
from importlib import resources
from typing import Any, NamedTuple

from onrecord.data import Channel


def _lexicon() -> dict[str, Any]:
    path = resources.files("onrecord.resolve") / "lexicon" / "channels.toml"
    return tomllib.loads(path.read_text(encoding="utf8"))


def _by_word(table: dict[str, list[str]]) -> dict[str, Channel]:
    return {word: Channel(channel) for channel, words in table.items() for word in words}


_WORDS = _lexicon()
NOUNS = _by_word(_WORDS["nouns"])
TOLD = _by_word(_WORDS["told"])
OUTLET_WORDS = frozenset(_WORDS["outlets"]["words"])
OUTLET_KINDS = tuple(_WORDS["outlets"]["kinds"])
OUTLET_OPENINGS = frozenset(_WORDS["outlets"]["openings"])
OUTLET_NAMES = frozenset(_WORDS["outlets"]["names"])
BROADCASTERS = frozenset(_WORDS["outlets"]["broadcasters"])
PROGRAMMES = frozenset(name.casefold() for name in _WORDS["outlets"]["programmes"])
PLATFORMS = frozenset(_WORDS["platforms"]["names"])
ATTITUDES = frozenset(_WORDS["attitudes"]["cues"])
CUES: dict[str, str] = {word: kind for kind, words in _WORDS["cues"].items() for word in words}
MODALS = frozenset(_WORDS["grammar"]["modals"])
STRONG_PASTS = frozenset(_WORDS["grammar"]["strong_pasts"])
PRONOUNS = frozenset(_WORDS["grammar"]["pronouns"])
_WORD = re.compile(r"[^\W_][\w&.-]*")


class Kind(Enum):
    """What a hint needs to name a channel by itself: a preposition before it, nothing, to be the cue; or it never does."""

    NOUN = 1
    FIXED = 2
    VERB = 3
    SCENE = 4


class Entry(NamedTuple):
    """A hint at a channel: its words in small letters, its name where capitals matter, and what it needs."""

    words: str
    name: str
    channel: Channel
    kind: Kind


def _entries() -> dict[str, tuple[Entry, ...]]:
    """The hints by their first word, longest first; a word of several lists counts for the last of them."""
    known: dict[str, Entry] = {}
    small = frozenset(_WORDS["small"]["words"])
    for section, kind in (("scenes", Kind.SCENE), ("nouns", Kind.NOUN), ("verbs", Kind.VERB), ("fixed", Kind.FIXED)):
        for word, channel in _by_word(_WORDS[section]).items():
            if not (kind is Kind.VERB and word in known and known[word].kind is Kind.NOUN):
                known[word] = Entry(word, word if word in small else "", channel, kind)
    names = dict.fromkeys(OUTLET_NAMES - frozenset(_WORDS["outlets"]["also_words"]), Channel.OTHER_OUTLET)
    names |= dict.fromkeys([*(BROADCASTERS & OUTLET_NAMES), *_WORDS["outlets"]["programmes"]], Channel.BROADCAST)
    by_first: dict[str, list[Entry]] = {}
    for entry in [*(Entry(name.lower(), name, channel, Kind.SCENE) for name, channel in names.items()), *known.values()]:
        by_first.setdefault(_FIRST.findall(entry.words)[0], []).append(entry)
    return {word: tuple(sorted(entries, key=lambda one: -len(one.words))) for word, entries in by_first.items()}


_FIRST = re.compile(r"[^\W\d_][\w’'-]*")
BY_FIRST_WORD = _entries()


@lru_cache(maxsize=4096)
def is_outlet(name: str) -> bool:
    """Whether a name is that of a newspaper, agency, broadcaster or site, by its words alone."""
    bare = name.removeprefix("The ").removeprefix("the ").strip()
    if bare in OUTLET_NAMES or name in OUTLET_NAMES:
        return True
    words = _WORD.findall(bare)
    return bool(words) and (words[-1] in OUTLET_WORDS or words[0] in OUTLET_OPENINGS or words[0] in OUTLET_NAMES & BROADCASTERS)


@lru_cache(maxsize=4096)
def is_broadcaster(name: str) -> bool:
    """Whether an outlet's name says that it is heard or seen rather than read."""
    return any(word in BROADCASTERS for word in _WORD.findall(name)) or name in BROADCASTERS


def is_publisher(name: str, publisher: str | None) -> bool:
    """Whether a name is short for the outlet that publishes the document: "the Chronicle", "OPB"."""
    if not publisher:
        return False
    words, whole = _names(name), _names(publisher)
    initials = "".join(word[0] for word in whole).upper()
    return bool(words) and (set(words) <= set(whole) or name.removeprefix("the ").removeprefix("The ") == initials)


def _names(name: str) -> list[str]:
    return [word for word in _WORD.findall(name.casefold()) if word not in ("the", "of", "and")]
