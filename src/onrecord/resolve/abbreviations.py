"""Abbreviations that a text explains: "the Lesk Evening Post (LEP)" makes LEP the Lesk Evening Post."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_EXPLAINED = re.compile(r"((?:[A-Z][\w&.’'-]*\s+|(?:of|and|for|the|in|to|on)\s+){1,8})\((?:the\s+)?([A-Z][A-Za-z]{1,6})\)")
_SHORT = re.compile(r"\((?:the\s+)?[A-Z][A-Za-z]{1,6}\)")
_REACH = 240  # characters that eight words take up at most
_SMALL = frozenset(["of", "and", "for", "the", "in", "to", "on"])


@lru_cache(maxsize=4)
def abbreviations(text: str) -> dict[str, str]:
    """The full name of every abbreviation that stands in brackets behind it, letter for word; "The" is kept, "the" is not."""
    found: dict[str, str] = {}
    for hit in _explained(text):
        words, short = hit[1].split(), hit[2]
        for start in range(len(words)):
            name = words[start:]
            initials = "".join(word[0] for word in name if word.casefold() not in _SMALL)
            if initials.casefold() == short.casefold() and name[0] not in _SMALL:
                article = start > 0 and words[start - 1] == "The"
                found.setdefault(short, " ".join(["The", *name] if article else name))
                break
    return found


def _explained(text: str) -> Iterator[re.Match[str]]:
    """The brackets with the words before them that may be the full name, as far back as they go."""
    done = 0
    for short in _SHORT.finditer(text):
        hit = _EXPLAINED.search(text, max(done, short.start() - _REACH), short.end())
        if hit is not None:
            done = hit.end()
            yield hit
