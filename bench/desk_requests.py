"""What people ask of a desk: pages of all kinds, first and later ones, and the same of the API, in a mix that follows from the seed."""

from __future__ import annotations

import random
import re
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from sqlalchemy import Column, Connection, Select, desc, func, select

from ask_ledger import PUBLISHERS
from onrecord.data import Stance
from onrecord.record.ledger import Ledger
from onrecord.record.tables import documents, statements, tallies
from onrecord.record.tallies import SAID

SEED = 4
SAMPLED, PROLIFIC = 2000, 50
LENGTHS = (1, 2, 3, 4, 6, 10)
LATER = 0.3  # of the pages of a list, where there is one to go on from
MIX = (
    ("search", 40),
    ("speakers", 10),
    ("speaker", 15),
    ("document", 8),
    ("statement", 5),
    ("conflicts", 8),
    ("links", 2),
    ("API: statements", 4),
    ("API: speakers", 4),
    ("API: a speaker's statements", 2),
    ("API: conflicts", 2),
)
_FOLLOWING = re.compile(r'(?:cursor=|"next":")([A-Za-z0-9_-]+)')
_WAITING = 50  # later pages that are remembered of a kind


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: of which kind, and where."""

    kind: str
    address: str


@dataclass(frozen=True, slots=True)
class Samples:
    """What a ledger has that can be asked for."""

    documents: Sequence[str]
    statements: Sequence[str]
    words: Sequence[str]
    speakers: Sequence[str]
    prolific: Sequence[str]


def samples(ledger: Ledger) -> Samples:
    """Some of all, drawn by chance, and those who said most."""
    chosen = random.Random(SEED)
    with ledger.reading() as connection:
        papers = _some(connection, chosen, select(documents.c.key), documents.c.id)
        said = _some(connection, chosen, select(statements.c.key), statements.c.id)
        words = _some(connection, chosen, select(statements.c.words), statements.c.id)
        counted = select(tallies.c.speaker_key).where(tallies.c.kind == SAID)
        most = list(connection.scalars(counted.order_by(desc(tallies.c.number)).limit(PROLIFIC)))
        keys = list(connection.scalars(counted.order_by(tallies.c.speaker_key)))
    return Samples(papers, said, words, chosen.sample(keys, min(SAMPLED, len(keys))), most)


def _some(connection: Connection, chosen: random.Random, asked: Select[tuple[str]], column: Column[int]) -> list[str]:
    highest = connection.scalar(select(func.max(column))) or 1
    ids = [chosen.randint(1, highest) for _ in range(SAMPLED)]
    found: list[str] = []
    for first in range(0, len(ids), 500):
        found += connection.scalars(asked.where(column.in_(ids[first : first + 500])))
    return found


class Asking:
    """Makes requests, one after the other."""

    def __init__(self, given: Samples) -> None:
        self._given, self._chosen = given, random.Random(SEED)
        self._later: dict[str, deque[str]] = defaultdict(lambda: deque(maxlen=_WAITING))
        self._kinds, self._weights = [kind for kind, _ in MIX], [weight for _, weight in MIX]

    def request(self) -> Asked:
        """The next one."""
        kind = self._chosen.choices(self._kinds, self._weights)[0]
        waiting = self._later[kind]
        if waiting and self._chosen.random() < LATER:
            return Asked(kind, waiting.popleft())
        return Asked(kind, self._first(kind))

    def answered(self, asked: Asked, body: str) -> None:
        """Remembers where the answer goes on, for a later request."""
        found = _FOLLOWING.search(body)
        if found is not None:
            path, _, query = asked.address.partition("?")
            rest = "&".join(one for one in query.split("&") if one and not one.startswith("cursor="))
            self._later[asked.kind].append(f"{path}?{rest}{'&' if rest else ''}cursor={found[1]}")

    def _first(self, kind: str) -> str:
        given, chosen = self._given, self._chosen
        api = "/api/v1" if kind.startswith("API") else ""
        match kind.removeprefix("API: "):
            case "search":
                return f"/?{urlencode(self._question())}"
            case "statements":
                return f"{api}/statements?{urlencode(self._question())}"
            case "speakers":
                name = chosen.choice(given.speakers).rpartition("-")[2]
                return f"{api}/speakers" + (f"?{urlencode({'name': name})}" if chosen.random() < 0.5 else "")
            case "speaker":
                return f"/speakers/{quote(self._speaker())}" + self._days()
            case "a speaker's statements":
                return f"{api}/speakers/{quote(self._speaker())}/statements" + self._days()
            case "document":
                return f"/documents/{chosen.choice(given.documents)}"
            case "statement":
                return f"/statements/{chosen.choice(given.statements)}"
            case name:
                by = f"?{urlencode({'by': self._speaker()})}" if chosen.random() < 0.3 else ""
                return f"{api}/{name}{by}"

    def _speaker(self) -> str:
        """Half of the time one of those who said most: it is them whom people look up."""
        return self._chosen.choice(self._given.prolific if self._chosen.random() < 0.5 else self._given.speakers)

    def _days(self) -> str:
        if self._chosen.random() < 0.7:
            return ""
        year = self._chosen.randrange(2021, 2031)
        return f"?{urlencode({'since': year, 'until': year, 'stance': self._chosen.choice(list(Stance))})}"

    def _question(self) -> dict[str, str]:
        chosen = self._chosen
        words = chosen.choice(self._given.words).split()
        count = chosen.choice(LENGTHS)
        start = chosen.randrange(max(1, len(words) - count + 1))
        year = chosen.randrange(2021, 2031)
        asked = {"q": " ".join(words[start : start + count])[:1000]} if chosen.random() < 0.9 else {}
        for name, value in (("by", self._speaker()), ("stance", chosen.choice(list(Stance))), ("since", str(year))):
            if chosen.random() < 0.2:
                asked[name] = value
        return asked | ({"publisher": chosen.choice(PUBLISHERS)} if chosen.random() < 0.1 else {})
