"""Whether the words around a time speak of what was or of what will be: a small lexicon, no tagger."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache

from onrecord.annotate.timex.words import lexicon
from onrecord.annotate.word_patterns import one_of

_REACH = 120
_BREAK = re.compile(r"(?<=[a-z0-9]{2}[.!?;])(?<!gov\.)(?<!sen\.)(?<!rep\.)(?<!gen\.)(?<!mrs\.)\s|;|\n|[\"“”]")
_PLAINLY_PAST = re.compile(r"\b(?:had|was|were|hadn't|wasn't|weren't)\b")


class Tense(Enum):
    PAST = -1
    NONE = 0
    FUTURE = 1


def tense_around(text: str, start: int, end: int) -> Tense:
    """The tense of the verb nearest to `text[start:end]` in its clause; `text` is lower case."""
    before, after = _clause(text, start, end)
    if _weak().search(before) is not None and not _PLAINLY_PAST.search(before) and not _PLAINLY_PAST.search(after):
        return Tense.FUTURE
    left = _last(before)
    right = _first(after)
    if left is None or right is None:
        found = left or right
        return found[1] if found else Tense.NONE
    return left[1] if left[0] <= right[0] + 25 else right[1]


def _clause(text: str, start: int, end: int) -> tuple[str, str]:
    before = text[max(0, start - _REACH) : start]
    breaks = list(_BREAK.finditer(before))
    if breaks:
        before = before[breaks[-1].end() :]
    after = text[end : end + _REACH]
    if (stop := _BREAK.search(after)) is not None:
        after = after[: stop.start()]
    return before, after


def _last(words: str) -> tuple[int, Tense] | None:
    found = None
    for hit in _verbs().finditer(words):
        if (tense := _tense(hit)) is not None:
            found = (len(words) - hit.end(), tense)
    return found


def _first(words: str) -> tuple[int, Tense] | None:
    for hit in _verbs().finditer(words):
        if (tense := _tense(hit)) is not None:
            return hit.start(), Tense.PAST if hit.lastgroup == "ahead" else tense
    return None


def _tense(hit: re.Match[str]) -> Tense | None:
    if hit.lastgroup == "ed" and hit.group() in lexicon("tense")["not_past"]:
        return None
    return Tense.FUTURE if hit.lastgroup in ("future", "ahead") else Tense.PAST


@cache
def _weak() -> re.Pattern[str]:
    return re.compile(rf"\b{one_of(lexicon('tense')['weak_future'])} +(?:the +end +of +)?$")


@cache
def _verbs() -> re.Pattern[str]:
    lists = lexicon("tense")
    future, past, gone = one_of(lists["future"]), one_of(lists["past"]), one_of(lists["past_planned"])
    planned = r"(?:is|are|was|were|be|been|being|'s|'re) +(?:\w+ly +)?" + one_of(lists["planned"])
    determiner = r"(?:an?|the|another|new|snap|fresh|further)"
    ahead = rf"{one_of(lists['announcing'])} +(?:for +)?{determiner} +(?:[\w-]+ +){{0,2}}?{one_of(lists['announced'])}"
    overtaken = rf"{gone}(?: +(?:\w+ly +)?{one_of(lists['planned'])}(?: +(?:to|for)\b)?)?"
    with_verb = r"(?: +to)?(?: +(?:not|also|\w+ly))?(?: +be| +have(?: +been)?)?(?: +[a-z]+)?"
    groups = {
        "gone": rf"{overtaken}|could(?: +not|n't)|(?:neither|nor|nobody|no +one|none)\b[^.;]{{0,60}}?\bcould",
        "ahead": ahead,
        "future": rf"(?:{planned}|{future})\b{with_verb}",
        "past": past,
    }
    return re.compile("|".join(rf"\b(?P<{name}>(?:{pattern})\b)" for name, pattern in groups.items()) + r"|\b(?P<ed>[a-z]{2,}ed\b)")
