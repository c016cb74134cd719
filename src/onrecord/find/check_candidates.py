"""The words of a quotation -> the statements of a ledger that may be the same utterance.

The full-text index is asked for runs of three words, the rarest first, and for pairs of rare words: a quotation of which a word was
changed or a part was cut still has most of its runs, and a short one its rare words. What comes back is ranked by how much of the
quotation it holds, the rare words counting more. The work for a quotation is bounded, however large the ledger is.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import numpy as np
from sqlalchemy import Connection, func, select, text

from onrecord.find.check_words import Words, told_wording
from onrecord.find.full_text import SAMPLED, Searched, Wording, weights_of
from onrecord.link.lexicons import words as listed_words
from onrecord.record.stored import at_a_time, current_statements
from onrecord.record.tables import statements

RUN, COMMON_RUN = 3, 5  # words of a run, and of one of common words only
RUNS, RARE = 6, 4  # how many runs, and how many rare words, are looked for
CANDIDATES = 60  # of each kind
COMPARED = 5  # statements that are laid beside a quotation, by either measure
LEAST_SHARE = 0.4
_WORDS = current_statements().with_only_columns(statements.c.id, statements.c.words).where(~statements.c.hypothetical)
_COMMON = 0.2  # weight of a word that is no content word


@dataclass(slots=True)
class Candidates:
    """Looks for candidates in one ledger; what it learns of words and statements is kept for the next quotation."""

    connection: Connection
    _weights: dict[str, float] = field(default_factory=dict)
    _told: dict[int, Words] = field(default_factory=dict)
    _gone: set[int] = field(default_factory=set)
    _searched: Searched | None = None

    def of(self, quoted: Words) -> list[int]:
        """Row ids of the current statements that hold most of the words, best first."""
        if not quoted:
            return []
        weights = self._weigh(quoted)
        asked = [
            number for wanted in (self._runs(quoted, weights), self._rare(quoted, weights)) if wanted for number in self._asked(wanted)
        ]
        found = self._current(asked)
        shares = {number: self._shares(number, weights) for number in found}
        both = sorted((n for n in found if sum(shares[n]) >= 2 * LEAST_SHARE), key=lambda n: (-sum(shares[n]), self._stray(n, quoted), -n))
        by_count = sorted(both, key=lambda n: (-shares[n][0], self._stray(n, quoted), -n))
        return list(dict.fromkeys([*both[:COMPARED], *by_count[:COMPARED]]))

    def _shares(self, number: int, weights: dict[str, float]) -> tuple[float, float]:
        """How much of the quotation a statement holds: its share of the words, and of their weights."""
        held = weights.keys() & self._told[number]
        return len(held) / len(weights), sum(weights[word] for word in held) / sum(weights.values())

    def _stray(self, number: int, quoted: Words) -> int:
        """How far the lengths are apart: of statements that hold the same words that which says little else comes first."""
        return abs(len(self._told[number]) - len(quoted))

    def _weigh(self, quoted: Words) -> dict[str, float]:
        stops = listed_words("stop")
        new = tuple({word for word in quoted if word not in self._weights and word not in stops})
        if new:
            self._weights |= weights_of(self.connection, Wording((), new), self._place())
        return {word: _COMMON if word in stops else self._weights[word] for word in quoted}

    def _place(self) -> Searched:
        if self._searched is None:
            low, high = self.connection.execute(select(func.min(statements.c.id), func.max(statements.c.id))).one()
            self._searched = Searched(low or 0, high or 0, 1.0, lambda ids: np.ones(len(ids), np.bool_))
        return self._searched

    def _runs(self, quoted: Words, weights: dict[str, float]) -> list[Words]:
        """Runs of three words that do not overlap, those with the rarest words first."""
        worth = {n: sum(weights[word] for word in quoted[n : n + RUN]) for n in range(len(quoted) - RUN + 1)}
        chosen: list[int] = []
        for n in sorted(worth, key=lambda n: -worth[n]):
            if all(abs(n - other) >= RUN for other in chosen):
                chosen.append(n)
            if len(chosen) == RUNS:
                break
        return [quoted[n : n + (RUN if worth[n] > RUN * _COMMON else COMMON_RUN)] for n in chosen]

    def _rare(self, quoted: Words, weights: dict[str, float]) -> list[frozenset[str]]:
        """Pairs of the rarest words, and a word that is rare by itself; of a quotation of one or two words all of them."""
        rarest = sorted(set(quoted), key=lambda word: (-weights[word], word))[:RARE]
        if len(set(quoted)) < RUN:
            return [frozenset(quoted)]
        seldom = math.log(1 + self._size() / SAMPLED)
        alone = [frozenset((word,)) for word in rarest[:1] if weights[word] > seldom]
        return [*alone, *(frozenset(pair) for pair in combinations(rarest, 2))]

    def _size(self) -> int:
        place = self._place()
        return place.high - place.low + 1

    def _asked(self, wanted: Sequence[Words | frozenset[str]]) -> list[int]:
        """Row ids of the newest statements that hold one of the runs or one of the sets of words."""
        if not wanted:
            return []
        asked, told = (_postgres if self.connection.dialect.name == "postgresql" else _sqlite)(wanted)
        found = self.connection.execute(text(asked), told | {"limit": CANDIDATES * len(wanted)})
        return [int(row[0]) for row in found.cursor.fetchall()]

    def _current(self, ids: Sequence[int]) -> list[int]:
        """Those of the statements that are current and were said; the words of each are read once."""
        new = [one for one in dict.fromkeys(ids) if one not in self._told and one not in self._gone]
        for some in at_a_time(new):
            found = self.connection.execute(_WORDS.where(statements.c.id.in_(some)))
            self._told |= {number: told_wording(words).words for number, words in found.cursor.fetchall()}
        self._gone.update(one for one in new if one not in self._told)
        return [one for one in dict.fromkeys(ids) if one in self._told]


def _sqlite(wanted: Sequence[Words | frozenset[str]]) -> tuple[str, dict[str, Any]]:
    """Words stand in quotation marks, in which FTS5 reads no operator."""
    one_of = " OR ".join(
        f'"{" ".join(one)}"' if isinstance(one, tuple) else "(" + " AND ".join(f'"{word}"' for word in sorted(one)) + ")" for one in wanted
    )
    asked = "SELECT rowid FROM statement_words WHERE statement_words MATCH :wanted ORDER BY rowid DESC LIMIT :limit"
    return asked, {"wanted": f"words : ({one_of})"}


def _postgres(wanted: Sequence[Words | frozenset[str]]) -> tuple[str, dict[str, Any]]:
    told = dict(_named(wanted))
    parts: list[str] = []
    for one in wanted:
        names = [f":{name}" for name in told if name.startswith(f"s{len(parts)}w")]
        call = "phraseto_tsquery('english', {})" if isinstance(one, tuple) else "plainto_tsquery('english', {})"
        parts.append(f"({' && '.join(call.format(name) for name in names)})")
    return f"SELECT id FROM statement_words WHERE searched @@ ({' || '.join(parts)}) ORDER BY id DESC LIMIT :limit", told


def _named(wanted: Sequence[Words | frozenset[str]]) -> Iterator[tuple[str, str]]:
    """The words that are looked for, each with the name of its parameter: a run as a whole."""
    for n, one in enumerate(wanted):
        for m, words in enumerate([" ".join(one)] if isinstance(one, tuple) else sorted(one)):
            yield f"s{n}w{m}", words
