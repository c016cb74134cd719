"""Words of time that are part of a name, or a verb: the Sunday Times, Ilse May, the Winter Olympics, "she may march"."""

from __future__ import annotations

import re
from functools import cache

from onrecord.annotate.timex.words import lexicon
from onrecord.annotate.word_patterns import one_of

_AROUND = 40
_LINE = 160
_MONTHS_WITH_MEANINGS = re.compile(r"\b(?:may|march|mar|jan|jun|august|april|june)\b")
_NAMED_BEFORE = re.compile(
    r"\b(?!(?:In|Last|This|Next|By|Since|Until|Of|On|From|Early|Late|Mid|And|Through|Before|After|During|For|To|Every|Each|Between|The|A|His|Her|Their|Its|Our)\b)"
    r"[A-Z][\w.]* $"
)
_SAYS = re.compile(r"(?:'s)? (?:said|says|told|has|had|was|is|added|asked|who)\b|, who\b")
_PERSON_AFTER = re.compile(r" [A-Z][a-z]+")
_TITLE_BEFORE = re.compile(r"(?:['’]s|\bon|\bof|\bthe|\bcalled|\bfilm|\bnovel|\bsong|\bplay|\bshow|\bseries) [\"“‘']$")
_TITLE_AFTER = re.compile(r",?[\"”’']")
_ON = re.compile(r"\b(?:[Oo]n|[Ss]ince|[Bb]y|[Uu]ntil|[Ll]ast|[Nn]ext|[Tt]his|[Ff]rom|said|says|told) $")
_DAYS = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day")
_LOWER_BY_NATURE = re.compile(
    r"\b(?:today|tomorrow|now|soon|daily|weekly|monthly|quarterly|spring|summer|autumn|fall|winter|week|weekend|year|century|decade|"
    r"morning|evening|night|afternoon|noon|midnight|tonight|hours?|minutes?|days?)\b"
)
_CAPITAL_BEFORE = re.compile(r"(?:[A-Z][\w'’]*|[A-Z]\.) $")
_CAPITAL_AFTER = re.compile(r"(?:'s|’s)? (?!I\b)[A-Z][a-z]")


def is_name(text: str, start: int, end: int, rule: str) -> bool:
    """Whether `text[start:end]` belongs to a name, or names a person, rather than a time; `rule` is the rule that matched it."""
    said = text[start:end]
    low = said.lower()
    if _in_listed_name(text, start, end) or (not said[:1].islower() and _is_quoted_title(text, start, end)):
        return True
    if _DAYS.search(low) is not None and said[:1].isupper() and _beside_listed(text, start, end):
        return True
    if rule == "holiday":
        return False
    month = _MONTHS_WITH_MEANINGS.search(low)
    return (month is not None and _no_month(text, start + month.start(), start, end, rule)) or _capitalised_name(text, start, end)


def _in_listed_name(text: str, start: int, end: int) -> bool:
    left = max(0, start - _AROUND)
    around = text[left : end + _AROUND]
    return any(left + hit.start() <= start and end <= left + hit.end() for hit in _listed().finditer(around))


def _is_quoted_title(text: str, start: int, end: int) -> bool:
    """NBC's "Today", a film called "Sunday": a name in quotation marks, not the first word that someone says."""
    return _TITLE_BEFORE.search(text, max(0, start - _AROUND), start) is not None and _TITLE_AFTER.match(text, end) is not None


def _beside_listed(text: str, start: int, end: int) -> bool:
    left = max(0, start - _AROUND)
    paper = text[start : start + 1] == "S" and _papers().match(text, end) is not None and _ON.search(text, left, start) is None
    return paper or _after().match(text, end) is not None or _before().search(text, left, start) is not None


def _no_month(text: str, at: int, start: int, end: int, rule: str) -> bool:
    """ "may", "march": months only with a capital, and then not where a person's or another name stands."""
    word = text[at : at + 3].lower()
    if not text[at].isupper():
        return True
    if rule != "month" or text[end - 1] == ".":
        return False
    before = text[max(0, at - 24) : at]
    if at == start and _NAMED_BEFORE.search(before) is not None and word not in ("jan", "jun"):
        return not _in_headline(text, at)
    if _SAYS.match(text, end) is not None and word in ("may", "apr", "jun", "aug"):
        return not re.search(r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Ll]ast|[Bb]y|[Oo]f) $", before)
    if _PERSON_AFTER.match(text, end) is not None:
        return re.search(r"[a-z,] $", before) is None or re.search(r"\b(?:said|says|by|with|and|of|to|told) $", before) is not None
    sentence_start = re.search(r"[\w,] $", text[max(0, at - 2) : at]) is None and text[max(0, at - 1) : at] != "\n"
    return at == start and sentence_start and word in ("may", "mar")


def _capitalised_name(text: str, start: int, end: int) -> bool:
    """ "Hillside Weekly", "ABC's This Week", "60 Minutes": written with capitals in the middle of a line that is no headline."""
    hit = _LOWER_BY_NATURE.search(text[start:end].lower())
    if hit is None or not text[start + hit.start()].isupper() or _in_headline(text, start):
        return False
    if text[start].isdigit() and hit.start() > 0:
        return True
    before = text[max(0, start - 24) : start]
    if hit.start() == 0 and re.search(r"(?:^|[.!?:\"“”'‘(\n]\s*)$", before) is not None:
        return False
    word = start + hit.start()
    return _CAPITAL_BEFORE.search(text, max(0, word - 24), word) is not None or _CAPITAL_AFTER.match(text, end) is not None


def _in_headline(text: str, at: int) -> bool:
    """Whether the line that holds a place is a headline in capitals: "Port Closes Today After Storm"."""
    begin, stop = text.rfind("\n", max(0, at - _LINE), at) + 1, text.find("\n", at, at + _LINE)
    line = text[begin : stop if stop > 0 else at + _LINE]
    long: list[str] = re.findall(r"[A-Za-z]{4,}", line)
    return len(long) > 3 and len(line) < _LINE and all(word[0].isupper() for word in long)


@cache
def _listed() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){one_of(lexicon('names')['whole'])}(?!\w)")


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf" {one_of(lexicon('names')['after'])}\b")


@cache
def _papers() -> re.Pattern[str]:
    return re.compile(rf" {one_of(lexicon('names')['papers'])}\b")


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"\b{one_of(lexicon('names')['before'])} $")
