"""Walking a text from one expression to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.annotate.header import header_end
from onrecord.annotate.timex.patterns import cores, grammar

_REACH = 48
_NAMED_MAY = re.compile(
    r"\b(?!(?:In|Last|This|Next|By|Since|Until|Of|On|From|Early|Late|Mid|And|Through|Before|After|During)\b)[A-Z][\w.]* $"
)
_SAYS = re.compile(r" (?:said|says|told|has|had|was|is)\b")


class Found(NamedTuple):
    """A rule's name and the ends of its words."""

    rule: str
    start: int
    end: int


def candidates(text: str, small: str) -> Iterator[Found]:
    """Every place where a rule matches, left to right, none on another; `small` is the folded text."""
    done = header_end(text)
    for core in cores().finditer(small, done):
        if core.start() < done:
            continue
        for hit in _around(small, core, done):
            done = hit.end()
            if _is_time(text, hit):
                yield Found(str(hit.lastgroup), hit.start(), hit.end())


def _around(small: str, core: re.Match[str], done: int) -> Iterator[re.Match[str]]:
    at = max(done, core.start() - _REACH, small.rfind("\n", max(0, core.start() - _REACH), core.start()) + 1)
    while at > done and at < core.start() and small[at - 1].isalnum() and small[at].isalnum():
        at += 1
    while (hit := grammar().search(small, at, core.end() + 2 * _REACH)) is not None and hit.start() <= core.start():
        yield hit
        at = max(hit.end(), at + 1)
        if hit.end() > core.start():
            return


def _is_time(text: str, hit: re.Match[str]) -> bool:
    """ "may" and "march" are months only with a capital, and then not where a sentence's verb or a name stands."""
    if hit.group() in ("today", "tomorrow", "now", "soon", "daily", "weekly", "monthly"):
        return not (text[hit.start()].isupper() and re.search(r"[A-Z]\w* $", text[max(0, hit.start() - 24) : hit.start()]))
    if hit.lastgroup not in ("month", "month_year", "calendar", "part_of_day", "clock"):
        return True
    word = re.search(r"\b(?:may|march|mar|jan|jun|august)\b", hit.group())
    if word is None:
        return True
    at = hit.start() + word.start()
    if not text[at].isupper():
        return False
    if hit.lastgroup != "month" or word.group() in ("jan", "jun"):
        return True
    after = text[hit.end() : hit.end() + 3]
    before = text[max(0, hit.start() - 2) : hit.start()]
    if _NAMED_MAY.search(text[max(0, at - 24) : at]) or _SAYS.match(text[hit.end() : hit.end() + 12]):
        return False
    at_sentence_start = re.search(r"[a-z] $", text[max(0, at - 2) : at]) is None and not before.endswith((", ", "\n"))
    named = at_sentence_start or re.match(r" [A-Z]", after) is not None
    return not (named and word.group() in ("may", "march", "mar"))
