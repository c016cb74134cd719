"""The words of announcements and the patterns made of them; the lists stand in `lexicon/events.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib import resources

from onrecord.annotate.word_patterns import one_of

_LISTS = tomllib.loads((resources.files("onrecord.resolve") / "lexicon" / "events.toml").read_text(encoding="utf8"))
OTHER = "other"  # the kind of what has no noun or verb of its own: "will release the results on Friday"

NOUNS: dict[str, str] = {noun: kind for kind, words in _LISTS["kinds"].items() for noun in words["nouns"]}
VERBS: dict[str, str] = {verb: kind for kind, words in _LISTS["kinds"].items() for verb in words["verbs"]}
DISTINCT: dict[str, str] = {noun: same[0] for words in _LISTS["kinds"].values() for same in words.get("distinct", ()) for noun in same}
NEEDS_ALL = frozenset(kind for kind, words in _LISTS["kinds"].items() if words.get("needs_all"))
SUSPENDED_IS_OFF = frozenset(kind for kind, words in _LISTS["kinds"].items() if words.get("suspended_is_off"))
SIDED = NEEDS_ALL | {"meeting"}  # kinds whose verbs have the other side as their object: "meet Brandt"
HAPPEN = frozenset(_LISTS["happen"]["verbs"])
HOLD = frozenset(_LISTS["hold"]["verbs"])
COME = frozenset(_LISTS["come"]["verbs"])
WATCH = frozenset(_LISTS["come"]["watch"])  # those of COME that spectators do
IDIOMS: dict[str, frozenset[str]] = {verb: frozenset(after) for verb, after in _LISTS["idioms"].items()}
NO_EVENT = frozenset(_LISTS["no_event"]["verbs"])


def plain(words: str) -> str:
    """In lower case, with single blanks: how the lists have them."""
    return " ".join(words.casefold().split())


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return one_of(words, blank=r"\s+")


def _first_letters(words: Iterable[str]) -> str:
    return "".join(sorted({word[0] for word in words}))


def _third_person(verb: str) -> str:
    """ "go on sale" -> "goes on sale"."""
    first, _, rest = verb.partition(" ")
    if re.search(r"[^aeiou]y$", first):
        first = first[:-1] + "ies"
    else:
        first += "es" if re.search(r"(?:s|x|z|ch|sh|o)$", first) else "s"
    return f"{first} {rest}".rstrip()


# Verbs that tell of the future in the present tense when a day stands beside them: "the trial opens on Monday".
_TIMETABLE = {verb for verb in (*VERBS, *HAPPEN) if not verb.startswith("be ")}
PRESENT: dict[str, str] = {form: verb for verb in _TIMETABLE for form in (verb, _third_person(verb))}

_TOKEN = re.compile(r"[a-z0-9]+")  # the lists are in plain letters


def tokens(words: str) -> frozenset[str]:
    """The words in small letters, to look for those without which a pattern cannot match."""
    return frozenset(_TOKEN.findall(words.lower()))


def _first_tokens(words: Iterable[str]) -> frozenset[str]:
    return frozenset(_TOKEN.findall(word.casefold())[0] for word in words)


CALENDAR = (
    r"(?:(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.?(?=\s+\d)|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)"
)
_ADVERB = (
    r"(?:(?:also|now|still|both|each|currently|officially|then|again|instead|only|already|formally|later"
    r"|(?!(?:ral|f|app|rep|supp|comp|re|like)ly\b)\w+ly)\s+){0,2}"
)


def _not(group: str) -> str:
    return rf"(?P<{group}>(?:not|never|no\s+longer)\s+)?"


_PLAN, _OFF, _LATER = _LISTS["plan"], any_of(_LISTS["off"]["words"]), any_of(_LISTS["later"]["words"])
# "forced them to call off their rally", "decided to postpone the vote"
_CAUSED = ("forced", "obliged", "led", "caused", "prompted", "decided", "agreed", "chose", "opted")
_CAME_TO = rf"(?:{any_of(_CAUSED)})\s+(?:[\w’']+\s+){{0,4}}?to\s+"
_OFF_DONE = rf"{_OFF}|{_CAME_TO}(?:{any_of(_LISTS['off']['base'])})"
_LATER_DONE = rf"{_LATER}|{_CAME_TO}(?:{any_of(_LISTS['later']['base'])})"
_MADE = any_of(_PLAN["made"])
_VERB = rf"(?P<verb>{any_of({*VERBS, *HAPPEN, *HOLD, *COME})}|(?:be\s+)?(?!(?:an?|the|his|her|its|their|this|that|be)\b)[a-z]+)\b"
_DETERMINER = r"(?:(?:an?|the|his|her|their|its|this|that|any|another|new|fresh|further|emergency|two|three|[\w’']+[’']s?)\s+)"
_MODIFIERS = (
    r"(?:(?!(?:to|of|and|or|in|on|at|for|by|with|that|not|before|after|when|as|from|about|during|than|over|into|until|if|but|who|which"
    r"|told|said|is|are|was|were|has|have|had|will|would)\b)[\w’'-]+\s+){0,4}?"
)
_PHRASE = rf"{_DETERMINER}{{0,2}}{_MODIFIERS}"
_BEGINNINGS_OF_DAYS = "jan feb mar apr may jun jul aug sep oct nov dec mon tue wed thu fri sat sun today tonight tomorrow next this"
_DAY = (
    rf"(?=\d|{one_of(_BEGINNINGS_OF_DAYS.split())})(?:{CALENDAR}|(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{CALENDAR}|{CALENDAR}\s+\d{{1,2}})|today|tonight|tomorrow"
    r"|(?:next|this)\s+(?:week|month|year|\w+day))"
)
_SEASON = r"in\s+(?:the\s+|early\s+|late\s+)?(?:spring|summer|autumn|fall|winter)"
_BE = r"(?:is|are|was|were|has\s+been|have\s+been|had\s+been)"
_NOUNS = any_of(NOUNS)
_OF_ITSELF = rf"(?![\w-])(?!['’]s\b)(?!\s+(?:{any_of(_LISTS['described']['nouns'])})\b)"  # not what describes another noun
_NO_MONTH = r"(?!(?-i:March)\b(?:\s+\d|(?<=in\sMarch)|(?<=of\sMarch)|(?<=by\sMarch)))"
_NOUN = rf"(?<![\w-]){_NO_MONTH}(?P<noun>{_NOUNS}){_OF_ITSELF}"
_OBJECT = rf"(?P<object>{_PHRASE}{_NOUN})"

NOUN = re.compile(rf"(?<![\w-]){_NO_MONTH}(?:{_NOUNS}){_OF_ITSELF}", re.IGNORECASE)
# The patterns look first whether a word begins here with a letter that one of theirs has: most places are passed over at once.
_WORD_BEGINS = r"(?<![a-z](?=[a-z]))"
# A verb form that looks ahead, and what is to be done: "will meet", "is due to open", "plans to visit", "would not attend".
FUTURE = re.compile(
    rf"(?=[wsianb’',{_first_letters(_PLAN['verbs'])}]){_WORD_BEGINS}(?:\b(?P<aux>will|shall|would)\s+{_ADVERB}{_not('not')}|[’'](?:ll|d)\s+{_ADVERB}{_not('shortened')}"
    rf"|\b(?P<wont>won[’']t|wouldn[’']t)\s+{_ADVERB}"
    rf"|\b(?P<be>is|are|am|was|were|been|[’']re|[’']m)\s+{_ADVERB}{_not('unset')}{_ADVERB}"
    rf"(?:(?:(?P<set>{any_of(_PLAN['fixed'])})|{any_of(_PLAN['states'])})\s+)?to\s+"
    rf"|\b(?P<plan>{any_of(_PLAN['verbs'])})\s+{_not('unplanned')}to\s+|\b(?P<none>no\s+(?:plans?|intention)\s+(?:to|of)\s+)"
    rf"|,\s+(?:due|scheduled|set|expected)\s+to\s+){_ADVERB}{_VERB}"
)
NEGATIONS = ("not", "shortened", "wont", "unset", "unplanned", "none")  # groups of FUTURE
# What is said of a noun before it: "is planned for", "has been called off", "was not agreed", "is still on".
STATE = re.compile(
    rf"(?=[iawhtb’]){_WORD_BEGINS}\b(?P<be>is|are|was|were|(?:has|have|had)\s+(?:also\s+|now\s+)?been|(?:will|would|to)\s+be|being|’s)\s+{_ADVERB}(?P<not>not\s+)?{_ADVERB}"
    rf"(?:(?P<off>{_OFF})|(?P<later>{_LATER})|(?P<suspended>suspended)"
    rf"|(?P<stands>{any_of((*_LISTS['stands']['verbs'], *_LISTS['stands']['words']))})|(?P<again>back\s+on|reinstated)"
    rf"|(?P<made>{_MADE})(?!\s+to\s+[a-z])|(?P<out>off)(?=[\W]|$)(?!\s+the\b)|(?P<on>(?:on|for|in)\s+(?={_DAY}|\d)))",
    re.IGNORECASE,
)
STANDS = re.compile(rf"\b(?:{any_of(_LISTS['stands']['words'])})\b", re.IGNORECASE)
AGAIN = re.compile(rf"\b(?:{any_of(_LISTS['again']['words'])})\b", re.IGNORECASE)
TIMETABLE = re.compile(
    rf"\b(?P<verb>{any_of(PRESENT)})\b(?=[^.;!?\n]{{0,80}}?\b{_DAY}|\s+on\s+\d|[^.;!?\n]{{0,60}}?\b{_SEASON}\b)", re.IGNORECASE
)
# A verb whose object is the event: "cancelled her trip", "brought forward the hearing", "announced a summit".
_SUSPENDED = ("suspend", "suspends", "suspended")
_BIDDEN = ("called", "calls", "summoned", "summons", "invited", "invites")  # "summoned the head of the port, Mara Quill, to a hearing"
_BID = rf"(?:{any_of(_BIDDEN)})\s+(?:(?!to\b)[^\s.;:!?()“”\"]+\s+){{1,8}}?to(?=\s+(?:an?|the|its|his|her|their)\s)"
ACTIVE = re.compile(
    rf"(?<![\w-])(?:(?P<off>{_OFF_DONE})|(?P<later>{_LATER_DONE})|(?P<suspended>{any_of(_SUSPENDED)})"
    rf"|(?P<made>{any_of(_LISTS['announce']['words'])}|{_BID}))\s+{_OBJECT}",
    re.IGNORECASE,
)
NONE = re.compile(
    r"\b(?:(?P<flat>(?:there\s+(?:is|are|was|were|will\s+be|would\s+be)|(?:has|have|had|see|sees|knows?\s+of|knew\s+of))\s+no"
    r"|no\s+plans?\s+(?:for|to\s+hold)|ruled\s+out)\s+|(?P<set>no\s+))"
    rf"{_OBJECT}(?P<rest>(?:\s+[\w’'-]+){{0,7}}?\s+{_BE}\s+(?:{_MADE})\b)?",
    re.IGNORECASE,
)
# A noun with its day or with "planned" before it: "Thursday's vote", "the 12 May summit", "next week's strike".
DATED = re.compile(
    rf"\b(?:(?P<day>(?:(?:the|an?|his|her|its|their)\s+{_DAY}(?:[’']s?)?|{_DAY}[’']s?)\s+)"
    rf"|(?P<planned>{_DETERMINER}?(?:planned|scheduled|upcoming|forthcoming|proposed|looming|long-planned|long-awaited)\s+)){_MODIFIERS}{_NOUN}",
    re.IGNORECASE,
)
FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|shall|do|does|did)\b")
EXPECTED = re.compile(r"\b(?P<be>is|are|was|were)\s+(?P<not>not\s+)?(?:expected|due|awaited)\s+(?=(?:in|at)\s+(?:the\s+)?[A-Z])")
_BY_DAY = rf"(?=(?:\w+\s+){{0,3}}?{_DAY}|\d)"
UNTIL = re.compile(rf"\b(?:(?:has|have|had|given|giving|gave\s+\w+|with)\s+until\s+{_BY_DAY}|must\s+[^.;!?\n]{{1,60}}?\bby\s+{_BY_DAY})")
TOWN = rf"(?:(?:the|a)\s+(?:[a-z-]+\s+){{0,2}}?(?:{any_of(_LISTS['place']['nouns'])})\s+(?:of\s+)?)?"
AT = any_of(_LISTS["place"]["prepositions"])
COUNTED = re.compile(
    r"\b(first|second|third|fourth|fifth|sixth|final|last|next)\s+(?=(?:\w+\s+){0,2}(?:round|hearing|debate|session|meeting|ballot|leg|strike|vote))",
    re.IGNORECASE,
)
VERB = re.compile(rf"\b(?P<verb>{any_of(PRESENT)})\b", re.IGNORECASE)
# Of each set a sentence must have a word, or a pattern that stands for them cannot match it.
NOUN_TOKENS, PRESENT_TOKENS = _first_tokens(NOUNS), _first_tokens(PRESENT)
DAY_TOKENS = tokens(
    "jan feb mar apr aug sep sept oct nov dec january february march april may june july august september october november december"
    " monday tuesday wednesday thursday friday saturday sunday today tonight tomorrow next this"
)
SEASON_TOKENS = tokens("spring summer autumn fall winter on")
PLANNED_TOKENS = tokens("planned scheduled upcoming forthcoming proposed looming long")
_MODAL_TOKENS = "will shall would ll d won wouldn"
AHEAD_TOKENS = tokens(f"{_MODAL_TOKENS} to of")
TURNED_AHEAD_TOKENS = tokens(f"{_MODAL_TOKENS} is are am was were been re m no due scheduled set expected") | _first_tokens(_PLAN["verbs"])
BE_TOKENS = tokens("is are was were been be being s")
NO_TOKENS = tokens("no ruled")
MADE_TOKENS = _first_tokens(
    (*_LISTS["off"]["words"], *_LISTS["later"]["words"], *_LISTS["announce"]["words"], *_CAUSED, *_SUSPENDED, *_BIDDEN)
)
# Every word of the lists that can stand in an announcement of any event of a kind.
LISTED = (
    *NOUNS,
    *(
        word
        for name, lists in _LISTS.items()
        if name not in ("kinds", "described", "idioms", "place", "no_event")
        for words in lists.values()
        for word in words
    ),
    *VERBS,
    *(word for kind in _LISTS["kinds"].values() for word in kind.get("common", ())),
)
