"""The rules of `rules.toml` as patterns, tried in their order at a place. They match folded text.

The whole grammar is one alternation (`grammar()`), so a text is walked once; the rule that matched then takes its own words apart.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from onrecord.annotate.timex.words import modifiers, one_of, words

_PLACEHOLDER = re.compile(r"%(\w+)%")
_TABLES = ("seasons", "parts_of_day", "ordinals", "decades", "holidays", "sets")
_OTHER_CORES = (
    "yesterday today tomorrow tonight overnight noon midnight am pm a.m p.m "
    "q1 q2 q3 q4 election hundred thousand centuries half yearend nineteen eighteen"
)


@cache
def rule(name: str) -> re.Pattern[str]:
    """The pattern of one rule, with its named parts."""
    return re.compile(_rules()[name])


@cache
def grammar() -> re.Pattern[str]:
    """All rules as one pattern; `lastgroup` of a match is the name of the rule."""
    branches = (f"(?P<{name}>{_plain(pattern)})" for name, pattern in _rules().items())
    return re.compile(r"(?<![\w$£€#-])(?:" + "|".join(branches) + r")(?![\w])")


@cache
def cores() -> re.Pattern[str]:
    """The words that every expression has one of: what is far from all of them need not be looked at."""
    named = [word for table in ("months", "weekdays", "seasons", "parts_of_day", "decades", "sets", "units") for word in words(table)]
    plurals = [f"{word}s" for table in ("units", "weekdays", "parts_of_day") for word in words(table)]
    holidays = {name.split()[0].rstrip(".") for name in words("holidays")}
    references = {phrase.split()[-1] for phrases in words("references").values() for phrase in phrases}
    every = one_of([*named, *plurals, *holidays, *references, *_OTHER_CORES.split()])
    return re.compile(rf"(?<![a-z])(?:{every}(?![a-z])|\d{{1,4}}(?:st|nd|rd|th|s)?\b)")


@cache
def _rules() -> dict[str, str]:
    lexicon = tomllib.loads(files(__package__).joinpath("rules.toml").read_text(encoding="utf8"))
    parts: dict[str, str] = {**lexicon["parts"], **_parts_of_words()}
    parts["clock_calendar"] = _filled(parts["calendar"], parts).replace("?P<", "?P<c_")
    return {name: _filled(pattern, parts) for name, pattern in lexicon["rules"].items()}


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
        "edge": one_of(phrase for mod in ("START", "MID", "END") for phrase in words("about")[mod]),
        "zones": one_of(words("zones")["names"]),
        "references": one_of(phrase for phrases in words("references").values() for phrase in phrases),
        "month": _month(),
        "weekday": rf"(?:{one_of(day for day in words('weekdays') if day.endswith('day'))}|(?:tues|thurs)\b\.?)",
        "number": _number(),
    }


def _number() -> str:
    numbers: dict[str, int] = words("numbers")
    tens = one_of(word for word, value in numbers.items() if 20 <= value < 100)
    small = one_of(word for word, value in numbers.items() if 1 <= value < 20 and word not in ("a", "an", "dozen"))
    counted = rf"(?:{tens}(?:[ -]{small})?|{small})"
    large = rf"(?:{counted}|an?)[ -]+(?:hundred|thousand|dozen)(?:[ -]+(?:and +)?{counted})?"
    digits = r"\d[\d,]{0,9}(?:\.\d{1,3})?(?: \d/\d)?"
    vague = one_of([*words("quantities")["vague"], *words("quantities")["pair"]])
    return rf"(?:{vague}|{digits}|{large}|{counted}(?: +and +a +half)?|half +an?|half|an?)"


def _month() -> str:
    """A month in full, or shortened; "jan", "mar" and the like need a full stop or a number, being names too."""
    plain = one_of(("feb", "apr", "aug", "sept", "sep", "oct", "nov", "dec"))
    full = one_of(name for name in words("months") if len(name) > len("sept") or name in ("may", "june", "july"))
    return rf"(?:{full}\b|{one_of(('jan', 'mar', 'jun', 'jul'))}(?:\.|\b(?= \d))|{plain}\b\.?)"


def _plain(pattern: str) -> str:
    """The pattern without its names, so that it can stand beside others; a back reference becomes the marks it can stand for."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern).replace("(?P=mark)", "[/.]")
