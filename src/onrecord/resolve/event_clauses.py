"""Where the clause of a verb begins and ends: its subject before it, what belongs to it behind it."""

from __future__ import annotations

import re

from onrecord.data import Span
from onrecord.resolve.event_words import NOUN

REACH = 200  # characters that a clause is followed in each direction
_DAY = r"(?:\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_END = re.compile(
    rf"[;:!?()“”\"\n\r—–]|\.(?=\s|$)|,(?!\s*(?:(?:to|until|from|on)\s+)?{_DAY})"
    r"|\s(?:and(?=\s+(?:will|would|is|are|was|were|has|have|had|that|said)\b)|but|which|who|whom|while|whereas|after|before|ahead\s+of|where|(?<!same\sday\s)as"
    r"|because|although|though|amid|if|unless|when|whether"
    r"|that(?!\s+(?:day|morning|afternoon|evening|night|week|weekend|month|year)\b)|said|says|involving|including|since|so|despite|aimed|over"
    r"|to\s+(?:discuss|mark|try|agree|decide|celebrate|talk|explain|protest|present|deliver|improve))\b"
)
_START = re.compile(
    r"[;:.!?()“”\"\n\r—–]|\s(?:and\s+(?:that\s+)?(?=(?:he|she|it|they|we|I|the)\b)|but|while|whereas|because|although|though|if|unless|when|whether"
    r"|that|which|who|where|said|says)\b|^(?:That|But|And|While|Because|Although)\b"
)
_INSET = re.compile(r",\s[A-Z][\w’-]+(?:\s[A-Z][\w’-]+){0,3},")  # a name between commas
_SHORT = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|St|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)$")
_RELATIVE = re.compile(r",?\s*\b(?:which|that|who)\s*$")
_PRONOUN = re.compile(r"\b(?:it|they|this|date)\s*$", re.IGNORECASE)
_AUXILIARY = re.compile(r"\s*\b(?:has|have|had|also|now|since|then|will|would|both)\s*$")
_ARTICLE = re.compile(
    r"(?:\b(?:the|an?|another|his|her|their|its|our|my)\s+|(?<![\w’'-])[\w’'-]+[’']s?\s+)"
    r"(?:(?-i:[A-Z][\w’-]*\s+of\s+(?:the\s+)?(?=[A-Z]))"  # inside a name: "her State of the State address"
    r"|(?!(?:to|of|and|or|in|on|at|for|by|with|that|from|before|after|is|was|has|have|had|will|would|said|says)\b)[\w’'-]+\s+){0,4}$",
    re.IGNORECASE,
)


def subject_before(text: str, verb: int, sentence: Span) -> Span:
    """The words that a verb is about. What stands between commas before it is passed over, "which" leads to the noun before it."""
    low, high = max(sentence.start, verb - REACH), verb
    before = text[low:verb].rstrip()
    while auxiliary := _AUXILIARY.search(before):
        before = before[: auxiliary.start()].rstrip()
    if before.endswith(","):
        opening = before.rfind(",", 0, -1)
        high = low + opening if opening > 0 else high
    elif relative := _RELATIVE.search(before):
        high = low + relative.start()
    start = low
    for edge in _START.finditer(text, low, high):
        if not _is_abbreviation(text, edge):
            start = edge.end()
    return Span(start, high)


def clause_end(text: str, after: int, sentence: Span) -> int:
    """Where the clause that goes on at `after` ends."""
    high = min(sentence.end, after + REACH)
    passed = 0
    for edge in _END.finditer(text, after, high):
        if edge.start() < passed:
            continue
        if edge[0] == "," and (inset := _INSET.match(text, edge.start(), high)):
            passed = inset.end()
            continue
        if not _is_abbreviation(text, edge) and not (edge[0] == ":" and text[edge.end() : edge.end() + 2].isdigit()):
            return edge.start()
    return high


def is_pronoun(text: str, subject: Span) -> bool:
    """Whether the subject is a pronoun that may stand for an event: "it", "they", "the date"."""
    return _PRONOUN.search(subject.of(text)) is not None and len(subject.of(text).split()) < 4


def phrase_start(text: str, low: int, noun: int) -> int:
    """Where the noun phrase begins: at its article or owner, else at the noun."""
    found = _ARTICLE.search(text, max(low, noun - 60, text.rfind("\n", 0, noun) + 1), noun)
    return found.start() if found else noun


def noun_in(text: str, low: int, high: int) -> Span | None:
    """The first noun for an event in a stretch of text."""
    hit = NOUN.search(text, low, high)
    return Span(hit.start(), hit.end()) if hit else None


def trimmed(text: str, start: int, end: int) -> Span:
    """The stretch without blanks, commas and dashes at its ends."""
    words = text[start:end].rstrip(". ,\n\r-–")
    return Span(start + len(words) - len(words.lstrip(" ,-–\n\r")), start + len(words))


def _is_abbreviation(text: str, edge: re.Match[str]) -> bool:
    """Whether a full stop belongs to an initial, a title or a short month: "J.", "Mr.", "Feb."."""
    return edge[0] == "." and _SHORT.search(text[max(0, edge.start() - 12) : edge.start()]) is not None
