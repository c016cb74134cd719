"""The words that name channels and outlets, read once from `lexicon/channels.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from typing import Any

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
OUTLET_NAMES = frozenset(_WORDS["outlets"]["names"])
BROADCASTERS = frozenset(_WORDS["outlets"]["broadcasters"])
PROGRAMMES = frozenset(name.casefold() for name in _WORDS["outlets"]["programmes"])
PLATFORMS = frozenset(_WORDS["platforms"]["names"])
POSTING_VERBS = frozenset(_WORDS["platforms"]["verbs"])
ATTITUDES = frozenset(_WORDS["attitudes"]["cues"])
_WORD = re.compile(r"[^\W_][\w&.-]*")


def alternatives(words: Iterable[str]) -> str:
    """A pattern that finds any of the words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@lru_cache(maxsize=4096)
def is_outlet(name: str) -> bool:
    """Whether a name is that of a newspaper, agency, broadcaster or site, by its words alone."""
    bare = name.removeprefix("The ").removeprefix("the ").strip()
    if bare in OUTLET_NAMES or name in OUTLET_NAMES:
        return True
    words = _WORD.findall(bare)
    return bool(words) and (
        words[-1] in OUTLET_WORDS or words[0] in ("Radio", "Channel", "Daily") or words[0] in OUTLET_NAMES & BROADCASTERS
    )


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
