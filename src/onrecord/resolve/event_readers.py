"""The patterns of announcements, each with what reads a mention out of its hit."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

from onrecord.data import Span
from onrecord.resolve import event_words
from onrecord.resolve.event_clauses import clause_end, is_pronoun, noun_in, phrase_start, subject_before, trimmed
from onrecord.resolve.event_words import COME, HAPPEN, HOLD, IDIOMS, NEEDS_ALL, NO_EVENT, NOUNS, OTHER, PRESENT, VERBS, WATCH, plain


class Tone(Enum):
    """What a passage does with the event that it names. Both of the last two end a cancellation."""

    ANNOUNCED = "announced"
    DENIED = "denied"
    MOVED = "moved"
    CANCELLED = "cancelled"
    CONFIRMED = "confirmed"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Mention:
    """One passage about one event.

    `head` is its noun, or else its verb; `pivot` is where the words end that tell what becomes of it ("has been moved"). `kind` is empty
    where a pronoun stands for the event. A `weak` mention counts with a day to come only, a `past` one looks back on a plan, and one that
    `comes` tells of who will be there, which makes no event that others can hold without them. `subject` is whoever does it to the event,
    where that is one who takes part. A `loose` one has a verb only, and needs a day, a place or a partner to be an event. Beside a
    `backward` one a bare weekday may be past ("Monday's vote"). Days from `renewed` on are the new ones of what is moved.
    """

    span: Span
    head: Span
    kind: str
    tone: Tone
    noun: str = ""
    pivot: int = 0
    subject: Span | None = None
    weak: bool = False
    past: bool = False
    comes: bool = False
    loose: bool = False
    backward: bool = False
    renewed: int = 0


Reader = Callable[[str, re.Match[str], Span], Mention | None]
_NOBODY = re.compile(r"[\s“\"'‘]*(?:no|nobody|no one|none|neither)\b", re.IGNORECASE)
_OBJECT_ENDS = re.compile(r"\s(?:in|on|to|about|into|from|against|by|as|over)\s")
_AT_AN = re.compile(r"\b(?:in|at|during)\s+(?:an?|the|his|her|its|their)\s+(?:[\w’'-]+\s+){0,3}$")
_A_PLAN = re.compile(
    r"\b(?:the|an?|his|her|its|their|this|that|any|no|of|\w+[’']s?)\s+(?:(?:new|latest|own|old|secret|original|first)\s+)?$", re.IGNORECASE
)
_NO_VERB_AFTER = re.compile(
    r"(?:n[’']t|\b(?:to|will|would|can|could|may|might|shall|should|must|not|did|does|do|the|an?|his|her|its|their|of|for|in|on|let)|[’']s)\s+$",
    re.IGNORECASE,
)
_REGULAR = re.compile(r"\b(?:every|each|usually|always|normally|regularly|generally|often|(?:once|twice)\s+a)\b", re.IGNORECASE)
_WITNESS = WATCH & VERBS.keys() - COME  # who comes to a hearing does not make it
_PASSIVE = re.compile(r"be \w+(?:ed|en|wn|ld|ept|ut)")
_OF_SUBJECT = re.compile(r"(?:agreed|called|arranged|plan)|.*\b(?:his|her|its|their)\b", re.IGNORECASE)
_ONE = re.compile(r"\b(?:announced|proposed|called\s+for)\s+(?:one|it)\b")
_OFF_IT = re.compile(
    r"\b(?:call(?:ed|s)?|put|puts)\s+(?:it|them|this)\s+(?:off|back)\b|\b(?:cancel(?:led|ed|s)?|postpone[ds]?)\s+(?:it|them)\b"
)
_GO_AHEAD = re.compile(r"\b(?:goes|go)\s+ahead\b")


def _future(text: str, hit: re.Match[str], sentence: Span) -> Mention | None:
    """ "Quill will meet Brandt", "the trial is due to open", "would not attend the summit", "plans to hold a vote"."""
    verb, subject, end = plain(hit["verb"]), subject_before(text, hit.start(), sentence), clause_end(text, hit.end(), sentence)
    if _is_something_else(text, hit, verb):
        return None
    denied = any(hit[name] for name in event_words.NEGATIONS) or _NOBODY.match(subject.of(text))
    tone = _raised(Tone.DENIED if denied else Tone.ANNOUNCED, text[hit.start() : end], verb)
    past = hit["be"] in ("was", "were", "been")
    is_would = tone is Tone.ANNOUNCED and (hit["aux"] == "would" or hit[0][1:2] == "d")
    noun = _object(text, hit.end(), end) if verb in HOLD | COME else None
    own = noun_in(text, *subject) if verb in HAPPEN or (noun is None and verb.startswith("be ")) else None
    if own is not None:
        return _of_noun(text, own, Span(own.start, end), tone, hit.end(), past)
    if noun is not None:
        comes = verb in (WATCH if NOUNS[plain(noun.of(text))] in NEEDS_ALL else COME)
        one = _of_noun(text, noun, Span(subject.start, end), tone, noun.end, past)
        return replace(one, comes=comes, weak=is_would and not comes)
    kind = "" if verb in HAPPEN and is_pronoun(text, subject) else VERBS.get(verb, OTHER)
    if kind == OTHER and (tone is Tone.DENIED or (verb.split()[0] in NO_EVENT and not _PASSIVE.fullmatch(verb))):
        return None
    if kind == OTHER and (noun := _occasion(text, hit.end(), end)) is not None:
        return replace(_of_noun(text, noun, Span(subject.start, end), tone, noun.end, past), weak=True)
    head = Span(hit.start("verb"), hit.end("verb"))
    weak = kind == OTHER or is_would
    return Mention(
        trimmed(text, subject.start, end),
        head,
        kind,
        tone,
        pivot=hit.end(),
        weak=weak,
        past=past,
        loose=not hit["set"],
        comes=verb in _WITNESS,
    )


def _occasion(text: str, low: int, high: int) -> Span | None:
    """The event at which something is done: "will name the ship at a ceremony", "will choose a mayor in an election"."""
    noun = noun_in(text, low, high)
    return noun if noun is not None and _AT_AN.search(text, low, noun.start) else None


def _object(text: str, low: int, high: int) -> Span | None:
    """The event that is the object of a verb, or what others come to: "host the leaders at a summit", not "in the election"."""
    ends = _OBJECT_ENDS.search(text, low, high)
    return noun_in(text, low, ends.start() if ends else high)


def _is_something_else(text: str, hit: re.Match[str], verb: str) -> bool:
    """Whether the verb has another meaning here ("rule out", "meet the deadline"), or "plan" is a noun ("the plan to close it")."""
    after = IDIOMS.get(verb, frozenset())
    words = {word.strip(",.;:”’\"'").casefold() for word in text[hit.end() : hit.end() + 40].split()[:4]} if after else set()
    return not after.isdisjoint(words) or (
        hit["plan"] is not None and _A_PLAN.search(text, max(0, hit.start() - 40), hit.start()) is not None
    )


def _raised(tone: Tone, clause: str, verb: str) -> Tone:
    """A plan that is said to stand is confirmed, one that is to be after all is on again."""
    if tone is not Tone.ANNOUNCED:
        return tone
    if event_words.AGAIN.search(clause):
        return Tone.AGAIN
    return Tone.CONFIRMED if verb == "go ahead" or event_words.STANDS.search(clause) else tone


def _state(text: str, hit: re.Match[str], sentence: Span) -> Mention | None:
    """ "The summit in Lesk has been called off", "no date is set", "it has been moved to Friday"."""
    subject, end = subject_before(text, hit.start(), sentence), clause_end(text, hit.end(), sentence)
    noun = noun_in(text, *subject)
    tone = _tone_of_state(hit, NOUNS[plain(noun.of(text))] if noun else "")
    if tone is Tone.ANNOUNCED and _NOBODY.match(subject.of(text)):
        tone = Tone.DENIED
    if tone is None:
        return None
    past = tone is Tone.ANNOUNCED and plain(hit["be"]) in ("was", "were", "had been")
    if noun is not None:
        return _of_noun(text, noun, Span(noun.start, end), tone, hit.end(), past)
    if not is_pronoun(text, subject) or hit["made"] or hit["on"]:
        return None
    return Mention(trimmed(text, hit.start(), end), Span(hit.start(), hit.end()), "", tone, pivot=hit.end())


def _tone_of_state(hit: re.Match[str], kind: str) -> Tone | None:
    """What the words after a noun do with it; None where they tell nothing."""
    if hit["suspended"]:
        return Tone.CANCELLED if kind in event_words.SUSPENDED_IS_OFF else None
    if hit["off"] or hit["out"] or hit["later"]:
        return None if hit["not"] else Tone.MOVED if hit["later"] else Tone.CANCELLED
    if hit["not"]:
        return Tone.DENIED
    return Tone.AGAIN if hit["again"] else Tone.CONFIRMED if hit["stands"] else Tone.ANNOUNCED


def _timetable(text: str, hit: re.Match[str], sentence: Span) -> Mention | None:
    """ "The trial opens on Monday", "voters go to the polls on 2 July": the present tense with a day."""
    subject, end = subject_before(text, hit.start(), sentence), clause_end(text, hit.end(), sentence)
    form, verb = plain(hit["verb"]), PRESENT[plain(hit["verb"])]
    before = text[max(sentence.start, hit.start() - 14) : hit.start()]
    if not IDIOMS.get(verb, frozenset()).isdisjoint(text[hit.end() : hit.end() + 40].split()[:4]):
        return None
    if (
        _NO_VERB_AFTER.search(before)
        or not subject.of(text).strip()
        or _REGULAR.search(sentence.of(text))
        or (form in NOUNS and form == verb)
    ):
        return None
    noun = noun_in(text, *subject) if verb in HAPPEN else None
    if noun is not None:
        return replace(_of_noun(text, noun, Span(noun.start, end), Tone.ANNOUNCED, hit.end()), weak=True)
    if verb not in VERBS:
        return None
    head = Span(hit.start("verb"), hit.end("verb"))
    return Mention(trimmed(text, subject.start, end), head, VERBS[verb], Tone.ANNOUNCED, pivot=hit.end(), weak=True)


def _goes_ahead(text: str, hit: re.Match[str], sentence: Span) -> Mention | None:
    """ "Our protest goes ahead": with or without a day."""
    noun = noun_in(text, *subject_before(text, hit.start(), sentence))
    return _of_noun(text, noun, Span(noun.start, clause_end(text, hit.end(), sentence)), Tone.CONFIRMED, hit.end()) if noun else None


def _active(text: str, hit: re.Match[str], sentence: Span) -> Mention | None:
    """ "Quill cancelled her trip to Lesk", "the union called a strike for Friday"."""
    noun, end = Span(hit.start("noun"), hit.end("noun")), clause_end(text, hit.end(), sentence)
    if hit["suspended"] and NOUNS[plain(noun.of(text))] not in event_words.SUSPENDED_IS_OFF:
        return None
    tone = Tone.ANNOUNCED if hit["made"] else Tone.MOVED if hit["later"] else Tone.CANCELLED
    one = replace(_of_noun(text, noun, Span(hit.start("object"), end), tone, noun.end), backward=True)
    return replace(one, subject=Span(subject_before(text, hit.start(), sentence).start, hit.start())) if _OF_SUBJECT.match(hit[0]) else one


def _taken_up(_text: str, hit: re.Match[str], _sentence: Span) -> Mention | None:
    """ "... a day after Volk announced one"."""
    return Mention(Span(hit.start(), hit.end()), Span(hit.start(), hit.end()), "", Tone.ANNOUNCED, pivot=hit.end())


def _off_it(_text: str, hit: re.Match[str], _sentence: Span) -> Mention:
    """ "The singers have called it off": an event told before."""
    tone = Tone.CANCELLED if hit[0].startswith(("call", "cancel")) else Tone.MOVED
    return Mention(Span(hit.start(), hit.end()), Span(hit.start(), hit.end()), "", tone, pivot=hit.end())


def _none(text: str, hit: re.Match[str], sentence: Span) -> Mention | None:
    """ "There is no visit in our diary", "no meeting with the port is planned"."""
    if hit["set"] and not hit["rest"]:
        return None
    noun, end = Span(hit.start("noun"), hit.end("noun")), clause_end(text, hit.end("noun"), sentence)
    return _of_noun(text, noun, Span(hit.start(), max(hit.end(), end)), Tone.DENIED, noun.end)


def _dated(text: str, hit: re.Match[str], sentence: Span) -> Mention | None:
    """ "Thursday's vote", "a planned meeting in Lesk"."""
    noun = Span(hit.start("noun"), hit.end("noun"))
    verb = event_words.FINITE.search(text, hit.end(), clause_end(text, hit.end(), sentence))
    end = verb.start() if verb else clause_end(text, hit.end(), sentence)
    one = _of_noun(text, noun, Span(hit.start(), end), Tone.ANNOUNCED, hit.start())
    return replace(one, weak=hit["planned"] is None, backward=True)


def _expected(text: str, hit: re.Match[str], sentence: Span) -> Mention | None:
    """ "The minister is expected in Lesk on Friday"."""
    subject, end = subject_before(text, hit.start(), sentence), clause_end(text, hit.end(), sentence)
    tone, past = Tone.DENIED if hit["not"] else Tone.ANNOUNCED, hit["be"] in ("was", "were")
    return Mention(trimmed(text, subject.start, end), Span(hit.start(), hit.end()), "visit", tone, pivot=hit.end(), past=past)


def _until(text: str, hit: re.Match[str], sentence: Span) -> Mention | None:
    """ "Lesk has until Friday to answer", "must return them by 31 July"."""
    subject, end = subject_before(text, hit.start(), sentence), clause_end(text, hit.end(), sentence)
    return Mention(trimmed(text, subject.start, end), Span(hit.start(), hit.end()), "deadline", Tone.ANNOUNCED, pivot=hit.end(), weak=True)


def _of_noun(text: str, noun: Span, clause: Span, tone: Tone, pivot: int, past: bool = False) -> Mention:
    words = plain(noun.of(text))
    start = min(clause.start, phrase_start(text, noun.start - 60, noun.start))
    return Mention(trimmed(text, start, clause.end), noun, NOUNS[words], tone, words, pivot, past=past)


# The first of two that read the same words says more.
# Each pattern with its reader and the sets of words of which a sentence must have one each.
READERS: tuple[tuple[re.Pattern[str], Reader, tuple[frozenset[str], ...]], ...] = (
    (event_words.NONE, _none, (event_words.NO_TOKENS, event_words.NOUN_TOKENS)),
    (event_words.STATE, _state, (event_words.BE_TOKENS,)),
    (event_words.FUTURE, _future, (event_words.AHEAD_TOKENS, event_words.TURNED_AHEAD_TOKENS)),
    (_GO_AHEAD, _goes_ahead, (event_words.tokens("go goes"),)),
    (event_words.EXPECTED, _expected, (event_words.tokens("expected due awaited"),)),
    (event_words.ACTIVE, _active, (event_words.MADE_TOKENS, event_words.NOUN_TOKENS)),
    (_ONE, _taken_up, (event_words.tokens("announced proposed called"),)),
    (
        _OFF_IT,
        _off_it,
        (
            event_words.tokens("it them this"),
            event_words.tokens("call called calls put puts cancel cancelled canceled cancels postpone postponed postpones"),
        ),
    ),
    (event_words.UNTIL, _until, (event_words.tokens("until must"),)),
    (event_words.TIMETABLE, _timetable, (event_words.DAY_TOKENS | event_words.SEASON_TOKENS, event_words.PRESENT_TOKENS)),
    (event_words.DATED, _dated, (event_words.DAY_TOKENS | event_words.PLANNED_TOKENS, event_words.NOUN_TOKENS)),
)
