"""A document's announcement of an event, with what it is compared by."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.data import EventStatus
from onrecord.link.stems import stems_of
from onrecord.record.days import last_day
from onrecord.resolve.event_clauses import phrase_start
from onrecord.resolve.event_mentions import is_of_coming, kind_of
from onrecord.resolve.event_words import AGAIN, CALENDAR, COUNTED, DISTINCT, FINITE, LISTED, NOUN, NOUNS, plain

Row = dict[str, Any]
_OWNED = re.compile(r"[’']s?\b")
_CAPITAL = re.compile(r"\b[A-Z][\w’'-]*")
_DENIED = (EventStatus.DENIED, EventStatus.DISPUTED)
_NEW_DAY = (EventStatus.MOVED, EventStatus.CANCELLED)
_KNOWN = re.compile(r"(?:the|this|that|his|her|its|their|our|my|[\w’'-]+[’']s?)\s", re.IGNORECASE)
_NEW = re.compile(
    r"\b(?:another|(?:an?|[\w’'-]+[’']s?)\s+(?:new|fresh|further|second|third|separate))\s+(?:[\w’'-]+\s+){0,3}$", re.IGNORECASE
)
_DATED = re.compile(rf"\d|{CALENDAR}")
# What an event is timed by is another one: "on the same day as the teachers", "before the summit".
_TIMED_BY = re.compile(
    r"\b(?:same\s+\w+\s+as|before|after|ahead\s+of|following|since)\s+(?:(?!(?:will|would|is|are|was|were|has|have|had|to|in|on|at|for|with)\b)[\w’'-]+\s*)"
    r"{1,4}"
)


@dataclass(frozen=True, slots=True)
class Telling:
    """One document's announcement.

    `earlier` are the days that it had before, `company` the keys of those who speak in the document, `names` the nouns by which events of
    the kind are told apart, `words` what else tells it from others, those of its place (`where`) among them. `is_known` is the event of a
    definite noun ("the hearing"), `is_new` that of "another hearing"; `sets_day` tells that the day is news about it, no part of its name
    ("the hearing will be on Friday"). `is_absence` is told where somebody will not come, which denies no event of others.
    """

    row: Row
    earlier: frozenset[str]
    company: frozenset[str]
    kind: str
    ordinal: str
    names: frozenset[str]
    words: frozenset[str]
    where: frozenset[str]
    is_known: bool
    is_new: bool
    sets_day: bool
    is_absence: bool

    @property
    def days(self) -> tuple[str, ...]:
        """The day for which it is announced, and those before it was moved."""
        when = self.row["when"]
        return ((when,) if when else ()) + tuple(sorted(self.earlier))

    @property
    def gets_a_new_day(self) -> bool:
        """Whether it may have been known for another day, which this document does not tell."""
        return self.row["status"] in _NEW_DAY or AGAIN.search(self.row["what"]) is not None

    @property
    def is_bare(self) -> bool:
        """Whether nothing but its kind and day tells which event it is."""
        return not self.words

    def is_ahead_of(self, day: str) -> bool:
        """Whether a day that it tells had not passed on that day; so too where it tells none."""
        ends = [last_day(value) for value in self.days]
        return not ends or any(end is not None and end >= day for end in ends)


def telling(row: Row, earlier: Iterable[str], company: frozenset[str], speakers: Iterable[Row] = ()) -> Telling:
    """An announcement of the ledger, ready to be compared; `speakers` are the statements of those who say so."""
    what, kind = row["what"], kind_of(row["what"])
    counted, noun = COUNTED.search(what), _noun(what, kind)
    phrase = what[phrase_start(what, 0, noun.start()) : noun.start()] if noun else ""
    words = _words_of(row)
    if words:
        words |= {one["speaker_key"] for one in speakers if one["speaker_key"]}
        words |= _stems(
            " ".join(name for one in speakers if not one["speaker_key"] for name in _CAPITAL.findall(one["speaker_name"] or ""))
        )
    return Telling(
        row,
        frozenset(earlier),
        company,
        kind,
        plain(counted[1]) if counted else "",
        frozenset(DISTINCT[name] for hit in NOUN.finditer(what) if NOUNS[name := plain(hit[0])] == kind and name in DISTINCT),
        words,
        _stems(row["place"] or ""),
        row["status"] in _DENIED or _KNOWN.match(phrase) is not None,
        noun is not None and _NEW.search(what[: noun.start()]) is not None,
        noun is not None and _sets_day(what, noun.end()),
        bool(row["status"] == EventStatus.DENIED and is_of_coming(what)),
    )


def _noun(what: str, kind: str) -> re.Match[str] | None:
    return next((hit for hit in NOUN.finditer(what) if NOUNS[plain(hit[0])] == kind), None)


def _sets_day(what: str, after: int) -> bool:
    """Whether a verb follows the noun before any day does."""
    verb = FINITE.search(what, after)
    return verb is not None and _DATED.search(what, after, verb.start()) is None


def _words_of(row: Row) -> frozenset[str]:
    """The stems of an announcement that tell it from others of its kind."""
    return _stems(" ".join((_TIMED_BY.sub(" ", row["what"]), row["place"] or "", *row["participants"])))


def _stems(words: str) -> frozenset[str]:
    return stems_of(_OWNED.sub("", words)) - _common_words()


@cache
def _common_words() -> frozenset[str]:
    """Stems that do not tell one event of a kind from another: calendar words and those of the lists of `events.toml`."""
    calendar = (
        "today tomorrow tonight morning afternoon evening night week month year day Monday Tuesday Wednesday Thursday Friday Saturday "
        "Sunday January February March April May June July August September October November December noon midnight next last "
        "Jan Feb Mar Apr Aug Sept Sep Oct Nov Dec"
    )
    return stems_of(" ".join((calendar, *LISTED)))
