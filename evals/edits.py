"""Quotations with a known fault, made from those that a ledger holds: what `onrecord check` is measured with.

    for one in edited(records, others, 200, seed=1):
        print(one.kind, one.words, one.speaker)

Taken are whole sentences in quotation marks that one named person said and that stand in one document only. `others` are records that the
ledger does not hold: of their quotations those are "invented" that share no run of four words with it.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.annotate.quotes import quoted_passages
from onrecord.data import QuoteType, Record, Span, SpeakerType, Statement
from onrecord.find.check_verdict import Verdict
from onrecord.link.lexicons import words as listed_words
from onrecord.link.wording import words_of

SHORTEST, LONGEST = 8, 45  # words of a quotation
RUN = 4
LEAST_LEFT = 6  # words that a cut leaves
_NEGATION = re.compile(r"\b(?:not|never)\s|(?<=\w)n['’]t\b|\bno\s(?!longer|doubt)", re.IGNORECASE)
_SPELT = {"ca": "can", "wo": "will", "sha": "shall"}
_CONDITION_LAST = re.compile(r",?\s(?:if|unless)\s[^,;:.!?]+(?=[.!?]$)")
_CONDITION_FIRST = re.compile(r"^(?:If|Unless)\s[^,;:.!?]+,\s(?:then\s)?")
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_MARKS = '“”"«» '
_HINGES = frozenset(["if", "unless", "not", "no", "never", "neither", "nor", "none", "nothing", "nobody", "cannot", "without", "hardly"])
_NO_CONDITION = re.compile(
    r"\b(?:as|even|what) if\b|\bif (?:not|any|only|anything)\b"
    r"|\b(?:ask|see|know|wonder|determine|decide)\w*(?: you| me| him| her| them| us)? if\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence in quotation marks, and who said it."""

    words: str
    speaker: str


@dataclass(frozen=True, slots=True)
class Edited:
    """A quotation for a draft: what was done to it, and what the verdict is to be. `said` is what it was made from."""

    kind: str
    words: str
    speaker: str
    verdict: Verdict
    said: str


def edited(records: Sequence[Record], others: Iterable[Record], count: int, seed: int) -> list[Edited]:
    """So many quotations, as many of each kind as there can be, in random order."""
    chosen = random.Random(seed)
    given = _said_once(records)
    chosen.shuffle(given)
    makers = _makers(chosen, given)
    invented = [Edited("invented", one.words, one.speaker, Verdict.NOT_FOUND, "") for one in _strange(records, others)]
    chosen.shuffle(invented)
    share = -(-count // (len(makers) + 1))
    made = invented[:share]
    for kind, verdict, make in makers:  # the rarest kinds first: a sentence is taken once
        mine = [(one, found) for one in given if (found := make(one)) is not None][: _left(share, kind, made, count)]
        made += [Edited(kind, found.words, found.speaker, verdict, one.words) for one, found in mine]
        taken = {one for one, _ in mine}
        given = [one for one in given if one not in taken]
    chosen.shuffle(made)
    return made


def _left(share: int, kind: str, made: Sequence[Edited], count: int) -> int:
    """How many of a kind: its share; of the last kind, exact ones, all that are left."""
    return count - len(made) if kind == "exact" else share


def _makers(chosen: random.Random, given: Sequence[Said]) -> list[tuple[str, Verdict, Callable[[Said], Said | None]]]:
    words = [word for one in given for word in _WORD.findall(one.words) if _is_telling(word)]
    people = sorted({one.speaker for one in given})
    return [
        ("condition dropped", Verdict.CONDITION_DROPPED, _without_condition),
        ("negation dropped", Verdict.NEGATION_DROPPED, _without_negation),
        ("cut", Verdict.CUT, lambda one: _cut(one, chosen)),
        ("one word changed", Verdict.ALTERED, lambda one: _changed(one, chosen, words)),
        ("other speaker", Verdict.OTHER_SPEAKER, lambda one: _by_another(one, chosen, people)),
        ("exact", Verdict.EXACT, lambda one: one),
    ]


def _said_once(records: Iterable[Record]) -> list[Said]:
    """The sentences in quotation marks of named persons, of which no other statement has a third of the runs of words."""
    all_of = [(record, one) for record in records for one in record.statements]
    counts: Counter[tuple[str, ...]] = Counter()
    for record, one in all_of:
        if one.part_of is None:
            counts.update(set(_runs(record.words(one.attribution.content))))
    found = [said for record, one in all_of if one.part_of is None for said in _sentences(record, one)]
    return [one for one in dict.fromkeys(found) if sum(counts[run] > 1 for run in _runs(one.words)) <= len(_runs(one.words)) / 3]


def _sentences(record: Record, one: Statement) -> Iterator[Said]:
    speaker, text = one.speaker, record.document.text
    if speaker.type is not SpeakerType.PERSON or not speaker.key or " " not in (speaker.name or "") or one.reading.hypothetical:
        return
    if one.quote_type is QuoteType.INDIRECT or one.reading.negated_cue:
        return
    for passage in quoted_passages(text):
        if any(span.start <= passage.start + 1 and passage.end - 1 <= span.end for span in one.attribution.content):
            for words in _SENTENCES.split(Span(*passage).of(text).strip(_MARKS)):
                if SHORTEST <= len(words_of(words)) <= LONGEST and words[0].isupper() and words[-1] in ".!?":
                    yield Said(words, speaker.name or "")


def _strange(records: Iterable[Record], others: Iterable[Record]) -> list[Said]:
    """Sentences of other records that share no run of words with these."""
    known = {run for record in records for run in _runs(record.document.text)}
    found = [said for record in others for one in record.statements for said in _sentences(record, one)]
    return [one for one in dict.fromkeys(found) if known.isdisjoint(_runs(one.words))]


def _runs(text: str) -> list[tuple[str, ...]]:
    words = words_of(text)
    return [words[n : n + RUN] for n in range(len(words) - RUN + 1)]


def _is_telling(word: str) -> bool:
    return len(word) > 3 and word.islower() and word not in listed_words("stop") and word not in listed_words("negation")


def _without_condition(one: Said) -> Said | None:
    if len(re.findall(r"\b(?:if|unless)\b", one.words, re.IGNORECASE)) != 1 or _NO_CONDITION.search(one.words):
        return None
    first, last = _CONDITION_FIRST.sub("", one.words), _CONDITION_LAST.sub("", one.words)
    words = first if first != one.words else last
    if words == one.words or len(words_of(words)) < LEAST_LEFT:
        return None
    return Said(words[0].upper() + words[1:], one.speaker)


def _without_negation(one: Said) -> Said | None:
    """The sentence without its only "not", "never" or "no"; "don't" becomes "do"."""
    hits = list(_NEGATION.finditer(one.words))
    if (
        len(hits) != 1
        or _HINGES.intersection(words_of(one.words)) - {"not", "never", "no"}
        or re.search(r"\bnot (?:only|just)\b", one.words, re.IGNORECASE)
    ):
        return None
    start, end = hits[0].span()
    words = one.words[:start] + one.words[end:]
    for short, full in _SPELT.items():
        words = re.sub(rf"\b{short}\b", full, words)
    return Said(words[0].upper() + words[1:], one.speaker)


def _cut(one: Said, chosen: random.Random) -> Said | None:
    """The sentence without some words, inside or at the end, with dots or without; a hinge of the sense stays."""
    words = one.words.split()
    if len(words) < LEAST_LEFT + 4:
        return None
    length = chosen.randint(2, min(8, len(words) - LEAST_LEFT))
    at_end = chosen.random() < 0.5
    start = len(words) - length if at_end else chosen.randint(2, len(words) - length - 2)
    gone = words_of(" ".join(words[start : start + length]))
    if _HINGES.intersection(words_of(one.words)) or any(word.endswith("n't") for word in words_of(one.words)) or not gone:
        return None
    dots = [chosen.choice(("...", "…"))] if chosen.random() < 0.4 and not at_end else []
    return Said(" ".join([*words[:start], *dots, *words[start + length :]]), one.speaker)


def _changed(one: Said, chosen: random.Random, pool: Sequence[str]) -> Said | None:
    places = [hit for hit in _WORD.finditer(one.words) if _is_telling(hit[0])]
    if not places:
        return None
    place = chosen.choice(places)
    word = next(word for word in iter(lambda: chosen.choice(pool), None) if word != place[0])
    return Said(one.words[: place.start()] + word + one.words[place.end() :], one.speaker)


def _by_another(one: Said, chosen: random.Random, people: Sequence[str]) -> Said | None:
    mine = set(one.speaker.casefold().split())
    others = [name for name in people if mine.isdisjoint(name.casefold().split())]
    return Said(one.words, chosen.choice(others)) if others else None
