"""The rules of `rules.toml` as patterns, tried in their order at a place. They match folded text.

The whole grammar is one alternation (`grammar()`), so a text is walked once; the rule that matched then takes its own words apart.
"""

from __future__ import annotations

import re
from functools import cache

from onrecord.annotate.timex.holidays import holiday_rules
from onrecord.annotate.timex.words import lexicon, modifiers, words
from onrecord.annotate.word_patterns import one_of

_ARTICLES = {"a", "an"}
_PLACEHOLDER = re.compile(r"%(\w+)%")
_TABLES = ("seasons", "parts_of_day", "ordinals", "decades", "sets")
_CORE_TABLES = ("months", "weekdays", "seasons", "parts_of_day", "decades", "sets", "units", "zones")
_OTHER_CORES = (
    "yesterday today tomorrow tonight overnight noon midnight midday am pm a.m p.m o'clock half eve period "
    "q1 q2 q3 q4 h1 h2 hundred thousand centuries yearend nineteen eighteen"
)


@cache
def rule(name: str) -> re.Pattern[str]:
    """The pattern of one rule, with its named parts."""
    return re.compile(_rules("rules").get(name) or _rules("seconds")[name])


@cache
def grammar() -> re.Pattern[str]:
    """All rules as one pattern, to be matched at a beginning; `lastgroup` of a match is the name of the rule."""
    branches = (f"(?P<{name}>{_plain(pattern)})" for name, pattern in _rules("rules").items())
    return re.compile(r"(?:" + "|".join(branches) + r")(?!\w)")


@cache
def beginnings() -> re.Pattern[str]:
    """The places where a rule can begin, by their first word: the many rules need be tried nowhere else."""
    tables = ("months", "weekdays", "seasons", "parts_of_day", "units", "numbers", "ordinals", "decades", "sets")
    phrases = [phrase for table in ("about", "references", "quantities") for several in words(table).values() for phrase in several]
    firsts = {re.split(r"[ -]", phrase)[0] for phrase in [*phrases, *holiday_rules(), *lexicon("rules")["beginnings"]["words"]]}
    firsts = firsts.union(*map(words, tables)) - _ARTICLES  # these begin too many words that are none of time
    return re.compile(rf"(?<![\w$£€#-])(?=['\d]|{one_of(firsts)}|{one_of(_ARTICLES)}(?![a-z]))")


@cache
def cores() -> re.Pattern[str]:
    """The words that every expression has one of: what is far from all of them need not be looked at."""
    named = {word for table in _CORE_TABLES for word in words(table) if " " not in word}
    named |= {f"{word}s" for table in ("units", "weekdays", "parts_of_day") for word in words(table)} | set(_OTHER_CORES.split())
    named |= {phrase.split()[-1] for phrases in words("references").values() for phrase in phrases}
    named |= {f"{word}{long}" for word in words("units") for long in ("long", "slong")}
    named |= {name.split()[0].rstrip(".") for name in holiday_rules() if not named.intersection(re.split(r"[ ']", name))}
    return re.compile(
        rf"(?<![a-z])(?:{one_of(named)}(?![a-z])|(?:1[0-9]|20)\d\d|\d{{1,2}}(?:[:./]\d\d?|st\b|nd\b|rd\b|th\b)|'?\d0'?s\b|'\d\d\b)"
    )


@cache
def _rules(table: str) -> dict[str, str]:
    rules = lexicon("rules")
    parts: dict[str, str] = {**rules["parts"], **_parts_of_words()}
    parts["any_day"] = _plain(_filled("%dayref%|%calendar%", parts))
    parts["clock_calendar"] = _filled(parts["calendar"], parts).replace("?P<", "?P<c_")
    return {name: _filled(pattern, parts) for name, pattern in rules[table].items()}


def _filled(pattern: str, parts: dict[str, str]) -> str:
    while _PLACEHOLDER.search(pattern):
        pattern = _PLACEHOLDER.sub(lambda hit: parts[hit[1]], pattern)
    return pattern


def _parts_of_words() -> dict[str, str]:
    tables = {table: one_of(words(table)) for table in _TABLES}
    return {
        **tables,
        "season": tables["seasons"],
        "part": tables["parts_of_day"],
        "ordinal": tables["ordinals"],
        "about": one_of(modifiers()),
        "of_dates": one_of([*_edges(), *words("of_dates")["approximate"]]),
        "edge": one_of(_edges()),
        "zones": one_of(words("zones")),
        "holidays": one_of(holiday_rules()),
        "references": one_of(phrase for phrases in words("references").values() for phrase in phrases),
        "month": _month(),
        "weekday": rf"(?:{one_of(day for day in words('weekdays') if day.endswith('day'))}|(?:tues|thurs)\b\.?)",
        "number": _number(),
    }


def _edges() -> list[str]:
    """ "early", "the end of": the words that cut a piece off a period."""
    return [phrase for mod in ("START", "MID", "END") for phrase in words("about")[mod]]


def _number() -> str:
    numbers: dict[str, int] = words("numbers")
    tens = one_of(word for word, value in numbers.items() if 20 <= value < 100)
    small = one_of(word for word, value in numbers.items() if 1 <= value < 20 and word not in ("a", "an", "dozen"))
    counted = rf"(?:{tens}(?:[ -]{small})?|{small})"
    large = rf"(?:{counted}|an?)[ -]+(?:hundred|thousand|dozen)(?:[ -]+(?:and +)?{counted})?"
    digits = r"\d[\d,]{0,9}(?:\.\d{1,3})?(?: \d/\d)?"
    vague = one_of([*words("quantities")["vague"], *words("quantities")["pair"]])
    return rf"(?:{vague}|{digits}|{large}|{counted}(?:[ -]+and[ -]+a[ -]+half)?|half +an?|half|an?)"


def _month() -> str:
    """A month in full, or shortened; "jan", "mar" and the like need a full stop or a number, being names too."""
    plain = one_of(("feb", "apr", "aug", "sept", "sep", "oct", "nov", "dec"))
    full = one_of(name for name in words("months") if len(name) > len("sept") or name in ("may", "june", "july"))
    return rf"(?:{full}\b|{one_of(('jan', 'mar', 'jun', 'jul'))}(?:\.|\b(?= \d))|{plain}\b\.?)"


def _plain(pattern: str) -> str:
    """The pattern without its names, so that it can stand beside others; a back reference becomes the marks it can stand for."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern).replace("(?P=mark)", "[/.]")
