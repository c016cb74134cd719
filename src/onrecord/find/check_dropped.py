"""What a quotation leaves out that turns its sense: a negation, or a condition.

- A negation that stands in the quoted sentence and is left out, or changed into something else, is dropped, unless it belongs to another
  clause or the draft says no in its own words.
- So is a condition of which less than a third of the words are quoted, unless the draft gives one in its own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from onrecord.data import Span
from onrecord.find.check_pair import Pair
from onrecord.find.check_words import Change, negators
from onrecord.resolve.conditions import conditions
from onrecord.resolve.words import words as words_told

Row = dict[str, Any]
_CONDITION_KEPT = 1 / 3
_BEFORE, _AFTER = 12, 6  # words over which a negation reaches what follows it, and what stands before it
_PAUSE = re.compile(r"[;:.!?…—–]|\s-\s|,\s(?:and|or)\b|\b(?:but|because|although|though|whereas|while|so that)\b", re.IGNORECASE)
_AFTER_PAUSE = re.compile(
    rf"{_PAUSE.pattern}|,|\b(?:and|or|that|which|who|whom|whose|when|where|as|if|than|so|why|how|what)\b", re.IGNORECASE
)
_SUPPOSED = re.compile(r"\bif (?:i|we|you) (?:were|had|still had)\b[^,;:.!?…]*", re.IGNORECASE)  # a manner of speaking for stances
_NEW_SUBJECT = re.compile(r",\s*$")
_SUBJECTS = frozenset(("i", "we", "he", "she", "it", "they", "you", "the", "a", "this", "these", "that", "those", "there", "our", "my"))


def dropped_negation(pair: Pair) -> str:
    """The negation that is left out, with what stands around it; nothing where there is none, or the draft says no itself."""
    if pair.quotation.is_negated:
        return ""
    if pair.row["negated_cue"]:
        return str(pair.row["cue_words"])
    text, part = pair.told.text, pair.found
    supposed = list(_conditions(pair))  # what is negated there is what is supposed
    every, places = (
        [pair.told.at(start) for start in negators(text, every=wanted) if not any(one.start <= start < one.end for one in supposed)]
        for wanted in (True, False)
    )
    for one in part.changes:
        gone = [n for n in every if one.start <= n < one.end and not _is_own_clause(pair, one)]
        if len(gone) > len(negators(pair.added(one), every=True)):
            return pair.told.passage(gone[0], min(gone[0] + 1, one.end))
    sentence = pair.sentence
    for n in reversed([n for n in places if sentence.start <= n < part.start]):
        between = pair.between(n + 1, part.start)
        if part.start - n <= _BEFORE and not _PAUSE.search(between) and not _begins_clause(pair, between):
            return pair.told.passage(n, part.start)
        break
    for n in (n for n in places if part.end <= n < sentence.stop):
        if n - part.end < _AFTER and not _AFTER_PAUSE.search(pair.between(part.end, n)):
            return pair.told.passage(part.end, n + 1)
        break
    return ""


def _is_own_clause(pair: Pair, one: Change) -> bool:
    """Whether what is left out is a clause or a sentence of its own: its negation is about itself."""
    if one.new_start < one.new_end or one.end - one.start < 4:
        return False
    begins = one.start in pair.told.opens or re.match(
        r"[,;—–\s]*(?:and|but|or|because|although|though|while|which|who|so)\b", _raw(pair, one)
    )
    ends = one.end - 1 in pair.told.closes or re.match(
        r"\s*(?:[,;:—–]|(?:and|but|or)\b)", pair.told.text[pair.told.places[one.end - 1].end :]
    )
    return bool(begins and ends)


def _raw(pair: Pair, one: Change) -> str:
    return pair.between(one.start, one.end)


def _begins_clause(pair: Pair, between: str) -> bool:
    """Whether the quotation begins after a comma with a subject of its own."""
    return bool(_NEW_SUBJECT.search(between)) and pair.told.words[pair.found.start].split("'")[0] in _SUBJECTS


def dropped_condition(pair: Pair) -> str | None:
    """The condition on which the quoted words hang and which is left out; empty where the article gives it outside the statement."""
    if pair.quotation.is_conditional:
        return None
    told, part, kept = pair.told, pair.found, pair.kept
    for span in _conditions(pair):
        words = told.within(span)
        if not words or sum(n in kept for n in words) >= _CONDITION_KEPT * len(words):
            continue
        if len(kept.difference(words)) < 2 or not any(n in pair.sentence for n in words):
            continue
        nearest = (words.stop, part.start) if words.stop <= part.start else (part.end, words.start)
        if nearest[0] > nearest[1] or not _PAUSE.search(pair.between(*nearest)):
            return told.passage(words.start, words.stop)
    return "" if _has_outer_condition(pair) else None


def _conditions(pair: Pair) -> Iterator[Span]:
    """The conditions in the statement's words: those that the reading found, and those of the sentence."""
    text = pair.told.text
    yield from _read_conditions(pair.row)
    yield from (Span(*hit.span()) for hit in _SUPPOSED.finditer(text))
    told = words_told(text)
    sentence = pair.told.places[pair.sentence.start].start, pair.told.places[pair.sentence.stop - 1].end
    place = told.within(Span(*sentence), 10_000)
    while place:
        whole = told.sentence(place.start)
        for one in conditions(told, whole):
            if len(one):
                yield told.span(one.start, one.stop)
        place = range(max(whole.stop, place.start + 1), place.stop)


def _read_conditions(row: Row) -> Iterator[Span]:
    """The conditions of the reading that lie in the content, as places in the statement's words."""
    at = 0
    for start, end in row["content"]:
        for low, high in row["condition"]:
            if start <= low and high <= end:
                yield Span(at + low - start, at + high - start)
        at += end - start + len(" ... ")


def _has_outer_condition(pair: Pair) -> bool:
    """Whether the article puts a condition to the whole statement, one sentence, in words beside it."""
    row = pair.row
    if not row["conditional"] or len(row["content"]) != 1 or any(n in pair.told.ends for n in range(len(pair.told.words) - 1)):
        return False
    (start, end), *_ = row["content"]
    return bool(row["condition"]) and all(low >= end or high <= start for low, high in row["condition"])
