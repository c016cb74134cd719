"""A time, or the cue and source of a statement -> the signs by which one may date the other: tense, preposition, age and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from onrecord.annotate.word_patterns import one_of
from onrecord.data import DAY, Attribution, Channel, Span, Spans, TimeExpression
from onrecord.resolve.day_words import AROUND, CUE, SOURCE, TIME, finder

_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)
_NEAR_DAYS = frozenset(("today", "yesterday", "tonight"))
_BEFORE = re.compile(r"(\w+)(?: +(?:the|early|late))? *$")
_ASIDE = re.compile(r"[,—-] *$")
_FRONT = re.compile(r"[\"“‘']?(?:(?:on|in|early|late|earlier|later|by|at|but|and|then|the|,) ?)*", re.IGNORECASE)
_FRONT_LENGTH = 14
_POSSESSIVE = re.compile(r"[’']s?\b")
_PART_OF_A_NAME = re.compile(rf"-| (?!{one_of(TIME['after_a_time'])}\b)[a-z]+(?:day)?\b")
_DATELINE = re.compile(r"[A-Z][A-Z .,'’/()-]{2,40}, *$")
_AFTER_DATELINE = re.compile(r"(?: *\([^)\n]{1,40}\))? *(?:[-–—_:]|$)")
_BOUND = finder(TIME["bounds"], after=r" +(?:the +)?$")
_PLANNED = finder(TIME["planned"], after=r"\s+(?:to\s+)?\w+(?:\s+(?:again|on|late|early))*\s+$")
_OCCASION = finder(AROUND["occasions"])
_THE_SETTING = finder(
    AROUND["settings"], before=r"(?:at|during|in|of|from|throughout|to) (?:the|his|her|that|this|their|its|[A-Z]\w+’s) (?:\w+[- ]){0,2}?"
)
_A_SETTING = finder(AROUND["settings"], before=r"(?:an?|another) (?:\w+[- ]){0,3}?")
_ELSEWHEN = finder(AROUND["elsewhen"])
_MAY_SHOW = re.compile(one_of(AROUND["settings"] | AROUND["elsewhen"]))  # without one of these letters none of the three is there
_GOING_ON = finder(CUE["going_on"])
_PAPER = finder(SOURCE["papers"])
_CROWD = re.compile(rf"{one_of(SOURCE['crowds'])}\b", re.IGNORECASE)
_OWNER = re.compile(r"(?:[’']s?|\b(?:his|her|its|their|my|our|your))$", re.IGNORECASE)
_QUOTED = re.compile('["“]')
_TENSES = (("modals", "modal"), ("future", "future"), ("perfect", "perfect"))
_GRAINS = {4: "year", 7: "month", 8: "week", 10: "day"}
_AROUND = 300
_BESIDE_CUE = 250
_CLAUSE = 80
_RELATIVE = re.compile(r",\s(?:who|which)\b[^,.;:“”\"]*$")
_SHORT = 25
_WORD = re.compile(r"\b[a-z]{2,}\b")  # no names
_MOST_WORDS = 4
_AGES = ((-1, "ahead"), (0, "0"), (1, "1"), (7, "2-7"), (31, "month"))


def signs_of_time(text: str, sentence: Span, time: TimeExpression, created: str | None) -> tuple[str, ...]:
    """What a time shows by itself: its grain, how it stands in its sentence, how old it is when the document is made."""
    start, end = time.span
    ahead = text[max(0, start - 50, sentence.start) : start]
    return (
        f"grain {grain(time, text)}",
        f"after {_preposition(ahead)}",
        f"age {age(time.value or '', created)}",
        *(f"by {word}" for word in _word_before(ahead)),
        *_if(_fronted(text[sentence.start : start]), "fronted"),
        *_if(_POSSESSIVE.match(text, end), "possessive"),
        *_if(_PART_OF_A_NAME.match(text, end), "part of a name"),
        *_if(is_of_dateline(text, time), "of the dateline"),
        *_if(_BOUND.search(ahead), "bound"),
        *_if(_PLANNED.search(ahead), "planned"),
        *_if(_OCCASION.search(text, max(sentence.start, start - _AROUND), min(sentence.end, end + _AROUND)), "occasion"),
    )


def _if(true: object, sign: str) -> tuple[str, ...]:
    return (sign,) if true else ()


def grain(time: TimeExpression, text: str) -> str:
    """How fine a time is, a weekday and "yesterday" apart from other days."""
    value, words = time.value or "", time.span.of(text).lower()
    if _WEEKDAY.search(words) and len(value) >= len("YYYY-MM-DD"):
        return "weekday"
    if "T" in value:
        return "hour"
    if words in _NEAR_DAYS:
        return "near day"
    if "-W" in value:
        return "week"
    return "season" if value[5:6].isalpha() else _GRAINS.get(len(value), "other")


def age(value: str, created: str | None) -> str:
    """How long before the document's day a time lies, in steps."""
    if created is None:
        return "unknown"
    if not DAY.match(value):
        return "of the year" if value[:4] == created[:4] else "of another year"
    try:
        days = (date.fromisoformat(created) - date.fromisoformat(value[:10])).days
    except ValueError:
        return "unknown"
    return next((name for most, name in _AGES if days <= most), "old")


def is_of_dateline(text: str, time: TimeExpression) -> bool:
    """Whether the date belongs to the place in front of a report: "LESK, March 12 (Agency) -"."""
    line_start = text.rfind("\n", 0, time.span.start) + 1
    before = text[max(line_start, time.span.start - 60) : time.span.start]
    return _DATELINE.fullmatch(before.lstrip()) is not None and _AFTER_DATELINE.match(text, time.span.end) is not None


def _preposition(ahead: str) -> str:
    if _ASIDE.search(ahead):
        return "a comma"
    found = _BEFORE.search(ahead)
    if found is None:
        return "nothing"
    return found[1].lower() if found[1].lower() in TIME["prepositions"] else "a word"


def _word_before(ahead: str) -> list[str]:
    """The word that a time follows, past a preposition, as "died" in "died on Monday"; no name."""
    return [word for word in _WORD.findall(ahead) if word not in TIME["prepositions"]][-1:]


def _fronted(ahead: str) -> bool:
    return len(ahead) < _FRONT_LENGTH and _FRONT.fullmatch(ahead.strip()) is not None


def signs_of_statement(text: str, one: Attribution, sentence: Span, channels: Sequence[Channel]) -> tuple[str, ...]:
    """What a statement shows by itself: the tense of its cue, who its source is, whether it goes on or leads elsewhere."""
    cue, source = _plain(one.cue, text), " ".join(span.of(text) for span in one.source)
    around = " ".join(outside(text, _beside(one, sentence), one.content))
    return (
        f"tense {tense(cue)}",
        *_if(not CUE["saying"].isdisjoint(cue), "saying"),
        *_if(not CUE["attitudes"].isdisjoint(cue), "attitude"),
        *_if(not CUE["other_times"].isdisjoint(cue), "of another time"),
        *_if("not" in cue or any(word.endswith("n't") for word in cue), "negated"),
        *_signs_of_source(source),
        *_if(source.lower() not in SOURCE["relatives"] and _in_relative(text, one), "relative"),
        *_if(text[one.content[0].start] in "\"“‘'«", "quoted"),
        *_if(any(_QUOTED.search(text, span.start + 1, span.end) for span in one.content), "quoted inside"),
        *_if(sum(span.end - span.start for span in one.content) < _SHORT, "short"),
        *_if(one.cue and one.content[0] < one.cue[0], "content first"),
        *(_signs_around(around) if _MAY_SHOW.search(around.lower()) else ()),
        *_if(_GOING_ON.search(" ".join(cue)), "going on"),
        *(f"through {channel.value}" for channel in channels),
    )


def words_of_cue(text: str, one: Attribution) -> tuple[str, ...]:
    """The words of a cue themselves: some are said on a day, as "announced", some as a rule on none, as "believes"."""
    return tuple(dict.fromkeys(_WORD.findall(" ".join(span.of(text) for span in one.cue))))[:_MOST_WORDS]


def relative_start(text: str, at: int) -> int | None:
    """Where the clause on somebody begins that holds the place, "..., who on Monday said"; None where none does."""
    found = _RELATIVE.search(text, max(0, at - _CLAUSE), at)
    return found.start() if found else None


def _in_relative(text: str, one: Attribution) -> bool:
    """Whether the saying is told in a clause on its holder."""
    return bool(one.cue) and relative_start(text, one.cue[0].start) is not None


def _signs_around(around: str) -> Iterator[str]:
    """What the words around a cue tell of when and where: of another time, at an occasion."""
    if _ELSEWHEN.search(around):
        yield "elsewhen"
    if _THE_SETTING.search(around):
        yield "at the occasion"
    elif _A_SETTING.search(around):
        yield "at an occasion"


def _plain(cue: Spans, text: str) -> list[str]:
    words = " ".join(span.of(text) for span in cue).lower().replace("’", "'").split()
    return [word.strip(',.;—"“”') or word for word in words]


def _beside(one: Attribution, sentence: Span) -> Span:
    at = one.cue[0] if one.cue else one.extent
    return Span(max(sentence.start, at.start - _BESIDE_CUE), min(sentence.end, at.start + _BESIDE_CUE))


def outside(text: str, within: Span, spans: Sequence[Span]) -> Iterator[str]:
    """The pieces of a passage that lie in none of the spans."""
    at, end = within
    for span in sorted(spans):
        if span.end > at and span.start < end:
            yield text[at : max(at, span.start)]
            at = max(at, span.end)
    if at < end:
        yield text[at:end]


def _signs_of_source(source: str) -> Iterator[str]:
    words = source.lower()
    yield "nobody" if not source else "relative" if words in SOURCE["relatives"] else "pronoun" if words in SOURCE["pronouns"] else "named"
    if _OWNER.search(source):
        yield "owner"
    if _PAPER.search(source):
        yield "paper"
    if _CROWD.match(source):
        yield "crowd"


def tense(cue: Sequence[str]) -> str:
    """The tense of a cue's verb, as far as its form tells; "colon" where a colon stands for the verb."""
    if not cue:
        return "none"
    if cue[0] in (":", "-"):
        return "colon"
    words = {piece for word in cue for piece in (word, "'" + word.rpartition("'")[2])}
    for kind, name in _TENSES:
        if not CUE[kind].isdisjoint(words):
            return name
    if "had" in words:
        return "had"
    if not CUE["being"].isdisjoint(words):
        return "being"
    if cue[0] == "to":
        return "infinitive"
    return next((found for word in cue if (found := _form(word)) is not None), "other")


def _form(word: str) -> str | None:
    """The tense that one word of a cue shows; null where the next word must tell."""
    if word in CUE["before_the_verb"] or word.endswith("ly"):
        return None
    if word == "according":
        return word
    if word.endswith("ing"):
        return "gerund"
    if word.endswith("ed") or word in CUE["past"]:
        return "past"
    is_present = word in CUE["present"] or (word.endswith("s") and not word.endswith("ss"))
    return "present" if is_present else "other"
