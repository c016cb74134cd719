"""Full-text search: which statements hold the words of a question, and how well they do.

The database finds the candidates, newest first, by stems and without regard to accents. Its own ranking looks at every match, which
takes a second for a word that stands in a hundred thousand statements; so it is not used, and the work is bounded:

- Candidates are the newest 200 that hold all of the words, all but one of the three commonest, or one of them, rare ones first; the later
  kinds are looked for only while there are fewer than 200.
- With a filter, at most 60,000 matches in all are looked through for those that pass. PostgreSQL fetches each match from the table,
  which is dear, so there it is at most 2,000; where these are not enough, the newest 3,000 that pass are asked for the words too, and
  where no more pass, they alone.

So a question in common words alone finds the newest that hold them, not all; older ones are found by their meaning.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from onrecord.find.columns import Array
from onrecord.find.newest import NEARLY, among, newest
from onrecord.link.lexicons import words as listed_words
from onrecord.link.stems import stem

CANDIDATES = 200
SAMPLED = 100  # the newest matches of a word, which tell how common it is
LOOKED_THROUGH, FETCHED = 60_000, 2_000  # matches, in SQLite and in PostgreSQL
ASKED_ONE_BY_ONE = 3_000  # statements, in PostgreSQL
MOST_WORDS = 16
_FILTERED = 0.5  # a share that passes; of a larger one the newest matches are enough
_LEFT_OUT = 3  # words of a question of which each may be missing, the commonest
_TOGETHER = 3.0  # so much oftener than by chance does a word stand beside another of a question
_SPEAKER_WEIGHT = 0.7
_PHRASE_BONUS = 0.25
_WORD = re.compile(r"[^\W_]+")

Passes = Callable[[Array], NDArray[np.bool_]]
Phrase = tuple[str, ...]
Worded = tuple[str, str | None, str]  # what was said, the speaker's name, the source


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a question: all of them in order, and those that carry content, each once."""

    phrase: Phrase
    words: Phrase


def wording(asked: str) -> Wording:
    """The words of a question; signs that are none are left out, so that nothing in it can steer the database."""
    found = _WORD.findall(asked.casefold())[: 4 * MOST_WORDS]
    stops = listed_words("stop")
    kept = [word for word in found if word not in stops] or found
    return Wording(tuple(found[:MOST_WORDS]), tuple(dict.fromkeys(kept))[:MOST_WORDS])


@dataclass(frozen=True, slots=True)
class Searched:
    """Where candidates are looked for: row ids from `low` to `high`, of which a share passes the filter; `newest` gives some of those."""

    low: int
    high: int
    share: float
    passes: Passes
    newest: Callable[[int], Array] | None = None

    @property
    def is_small(self) -> bool:
        """Whether so few pass that each can be asked for the words."""
        return self.newest is not None and self.share * (self.high - self.low + 1) <= ASKED_ONE_BY_ONE


def weights_of(connection: Connection, asked: Wording, searched: Searched) -> dict[str, float]:
    """How much each word of the question tells: the rarer, the more."""
    return {word: _weight(newest(connection, (word,), (searched.low, searched.high), SAMPLED), searched) for word in asked.words}


def matches(connection: Connection, weights: Mapping[str, float], searched: Searched) -> list[int]:
    """Row ids of the candidates."""
    is_postgres = connection.dialect.name == "postgresql"
    found = (
        {}
        if is_postgres and searched.is_small
        else _looked_through(connection, weights, searched, FETCHED if is_postgres else LOOKED_THROUGH)
    )
    if is_postgres and searched.newest is not None and len(found) < CANDIDATES:
        ids = among(connection, tuple(weights), searched.newest(ASKED_ONE_BY_ONE), CANDIDATES)
        found |= dict.fromkeys(ids.tolist())
    return list(found)


def _looked_through(connection: Connection, weights: Mapping[str, float], searched: Searched, left: int) -> dict[int, None]:
    """Those that pass among the newest matches of each kind, at most so many matches in all."""
    rarest = sorted(weights, key=lambda word: -weights[word])
    found: dict[int, None] = {}

    def look(words: Sequence[str], spare: Sequence[str] = ()) -> bool:
        """Takes up those that pass; whether there are more such matches than were looked through."""
        nonlocal left
        most = min(left, int(1.5 * CANDIDATES / max(searched.share, 1e-9)) + 1)
        share = _share([weights[word] for word in (*words, *spare[1:])])  # the rarest of the spare ones is the likeliest to be missing
        ids = newest(connection, words, (searched.low, searched.high), most, spare, share)
        left -= len(ids)
        passed = ids[searched.passes(ids)]
        found.update(dict.fromkeys(passed[:CANDIDATES].tolist()))
        return len(passed) > CANDIDATES or len(ids) >= most / NEARLY

    for words, spare in _kinds(rarest):
        if len(found) >= CANDIDATES or left <= 0:
            break
        if look(words, spare) and spare:  # some that hold all of the words may be missing
            but_one, found = found, {}
            look(rarest)
            found |= but_one
    return found


def holding_all(connection: Connection, asked: Wording, low: int, high: int) -> set[int]:
    """Row ids from `low` to `high` of statements in which all the words stand, as the database tells it; not without end."""
    return set(newest(connection, asked.words, (low, high), LOOKED_THROUGH).tolist()) if asked.words else set()


def holds_all(asked: Wording, row: Worded) -> bool:
    """Whether all the words stand in the statement, its speaker's name or its source, in any of their forms."""
    words, name, source = row
    there = {_stem(word) for word in _WORD.findall(f"{words} {name or ''} {source}".casefold())}
    return bool(asked.words) and all(_stem(word) in there for word in asked.words)


def _kinds(rarest: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """What is looked for in turn: all words but one of the commonest, and each word, the rarest first; words, and those to spare."""
    if len(rarest) > 2:
        kept = max(1, len(rarest) - _LEFT_OUT)
        yield rarest[:kept], rarest[kept:]
    elif rarest:
        yield rarest, ()
    if len(rarest) > 1:
        yield from (([word], ()) for word in rarest)


def _share(weights: Sequence[float]) -> float:
    """Roughly which part of the statements hold words of these weights together: more than would by chance."""
    parts = [1 / math.expm1(weight) for weight in weights]
    return min(*parts, _TOGETHER ** (len(parts) - 1) * math.prod(parts), 1.0)


def _weight(ids: Array, searched: Searched) -> float:
    """How rare a word is (inverse document frequency), told by how far back its newest matches reach."""
    if len(ids) < SAMPLED:
        return math.log(1 + (searched.high - searched.low + 1) / (len(ids) + 1))
    return math.log(1 + (searched.high - int(ids[-1]) + 1) / len(ids))


def text_scores(asked: Wording, weights: Mapping[str, float], rows: Sequence[Worded]) -> list[float]:
    """How well the words of each statement, its speaker's name and its source are those of the question.

    0 for none of them, 1 for all, more for the phrase itself. A word of a name counts seven tenths of one in what was said.
    """
    whole = sum(weights.values()) or 1.0
    wanted = [(_stem(word), weight) for word, weight in weights.items()]
    phrase = [_stem(word) for word in asked.phrase]
    return [_score(row, wanted, phrase) / whole for row in rows]


def _score(row: Worded, wanted: Sequence[tuple[str, float]], phrase: Sequence[str]) -> float:
    words, name, source = row
    said = [_stem(word) for word in _WORD.findall(words.casefold())]
    content = set(said)
    score = sum(weight for word, weight in wanted if word in content)
    elsewhere = [one for one in wanted if one[0] not in content]
    if elsewhere:
        named = {_stem(word) for word in _WORD.findall(f"{name or ''} {source}".casefold())}
        score += _SPEAKER_WEIGHT * sum(weight for word, weight in elsewhere if word in named)
    is_phrase = len(phrase) > 1 and content.issuperset(phrase) and f" {' '.join(phrase)} " in f" {' '.join(said)} "
    return score * (1 + _PHRASE_BONUS) if is_phrase else score


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word)
    return stem("".join(letter for letter in plain if not unicodedata.combining(letter)))
