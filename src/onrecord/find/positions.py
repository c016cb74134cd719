"""Ledger -> who holds what on a matter, since when, who stands against whom, and what is on and off the table as of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.data import LinkType, Stance
from onrecord.find.position_matter import Matter, Row, WantedPositions, candidates, matter
from onrecord.find.position_standing import Replaced, denied_courses, replaced, run_of
from onrecord.find.position_tellings import Holder, Utterance, name_of, utterances
from onrecord.find.whom import keys_named, nobody
from onrecord.record.from_rows import spans
from onrecord.record.judged import judged
from onrecord.record.known_people import wikidata_of
from onrecord.record.ledger import Ledger

AGAINST = (LinkType.CONTRADICTS, LinkType.DENIES)
BESIDE = (LinkType.AGREES, LinkType.REPEATS)  # two holders whose words repeat one another say the same
ON_THE_TABLE = (Stance.LEAVES_OPEN, Stance.COMMITS)
OFF_THE_TABLE = (Stance.REFUSES, Stance.DENIES)


@dataclass(frozen=True, slots=True)
class Carried:
    """An outlet that carries a statement, in its own words; `id` is that of the statement there."""

    id: str
    publisher: str | None
    document: str
    document_id: str
    url: str | None
    known_on: str
    words: str


@dataclass(frozen=True, slots=True)
class Instead:
    """The statement that took the place of a position, whose it is, and how that is known."""

    id: str
    speaker_key: str | None
    speaker_name: str | None
    day: str
    why: str


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said on the matter, once, whoever carries it.

    `day` is where it stands: the first day that `said_on` may mean, or else (`day_is_known` is false) that of the first paper.
    `takes_position` is false for questions, for who will not say, and for what is told not to have been said. `replaced` is null
    while a position holds.
    """

    id: str
    day: str
    day_is_known: bool
    said_on: str | None
    stance: str
    takes_position: bool
    negated_cue: bool
    conditional: bool
    condition: str | None
    words: str
    source_words: str
    quote_type: str
    judged: bool
    carried: tuple[Carried, ...]
    replaced: Instead | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """A holder with all that he said on the matter, in the order of the days.

    `current` is the last position that still holds, null where there is none; `since` the day from which on he has held it.
    """

    key: str | None
    name: str | None
    role: str | None
    type: str
    wikidata: str | None
    current: Said | None
    since: str | None
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class End:
    """One end of a relation: a position that holds."""

    id: str
    speaker_key: str | None
    speaker_name: str | None
    day: str
    stance: str
    words: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A link between positions of two holders: `source` is the later or the answering one. `evidence`: the words that tell it.

    `id` is the one by which `onrecord review` takes it.
    """

    id: str
    type: str
    source: End
    target: End
    basis: str
    probability: float
    why: str | None
    evidence: str | None


@dataclass(frozen=True, slots=True)
class Course:
    """A course of action that a holder keeps on the table or takes off it: `since` when, and the last words that say so."""

    speaker_key: str | None
    speaker_name: str | None
    since: str
    said: Said


@dataclass(frozen=True, slots=True)
class Positions:
    """All of a matter: who spoke on it; who stands against and beside whom; what is on and off the table.

    Of the speakers those who hold something come first, and of them those who spoke first.
    """

    speakers: tuple[Speaker, ...] = ()
    against: tuple[Relation, ...] = ()
    beside: tuple[Relation, ...] = ()
    on_the_table: tuple[Course, ...] = ()
    off_the_table: tuple[Course, ...] = ()


def positions(ledger: Ledger, wanted: WantedPositions) -> Positions:
    """Who holds what on the matter, as it was known on the day that is asked; with `by` only what concerns the one.

    Raises:
        LedgerError: nobody has the name, or the ledger cannot be read.
    """
    ids = candidates(ledger, wanted)
    with ledger.reading() as connection:
        known = judged(connection)
        keys = frozenset(() if wanted.by is None else keys_named(connection, known, wanted.by))
        about = matter(connection, ledger, known, wanted, ids)
        said = utterances(about, known)
        ids_elsewhere = wikidata_of(connection, (one.holder[0] for one in said))
    of = _by_holder(said)
    names = {holder: name_of(holder[0], (row for one in mine for row in one.told)) for holder, mine in of.items()}
    return _Found(about, said, replaced(about, said), names, ids_elsewhere).positions(_wanted_holders(said, wanted.by, keys))


def _wanted_holders(said: Sequence[Utterance], by: str | None, keys: frozenset[str]) -> frozenset[Holder]:
    """Whom the name means: by key, and those without one ("officials") by name."""
    holders = frozenset(one.holder for one in said)
    if by is None:
        return holders
    meant = frozenset(one for one in holders if (one[0] in keys if one[0] else one[1] == by.casefold()))
    if not meant and not keys:
        raise nobody(by)
    return meant


@dataclass(frozen=True, slots=True)
class _Found:
    """What was said on a matter, what of it no longer holds, what its speakers are called, and their ids elsewhere."""

    matter: Matter
    said: Sequence[Utterance]
    replaced: Mapping[str, Replaced]
    names: Mapping[Holder, str | None]
    wikidata: Mapping[str, str]

    def positions(self, wanted: frozenset[Holder]) -> Positions:
        mine = {holder: said for holder, said in _by_holder(self.said).items() if holder in wanted}
        speakers = (self._speaker(holder, said) for holder, said in mine.items())
        return Positions(
            tuple(sorted(speakers, key=lambda one: one.current is None)),
            tuple(self._relations(AGAINST, wanted)),
            tuple(self._relations(BESIDE, wanted)),
            tuple(self._courses(ON_THE_TABLE, mine)),
            tuple(self._courses(OFF_THE_TABLE, mine)),
        )

    def _holds(self, one: Utterance) -> bool:
        return one.takes_position and one.id not in self.replaced

    def _since(self, one: Utterance, said: Sequence[Utterance]) -> str:
        return run_of(one, said, self.replaced)[0].day

    def _speaker(self, holder: Holder, said: Sequence[Utterance]) -> Speaker:
        last = next((one for one in reversed(said) if self._holds(one)), None)
        role = next((row["speaker_role"] for one in reversed(said) for row in one.told if row["speaker_role"]), None)
        return Speaker(
            key=holder[0],
            name=self.names[holder],
            role=role,
            type=said[-1].main["speaker_type"],
            wikidata=self.wikidata.get(holder[0] or ""),
            current=None if last is None else self._said(last),
            since=None if last is None else self._since(last, said),
            said=tuple(self._said(one) for one in said),
        )

    def _said(self, one: Utterance) -> Said:
        row, gone = one.main, self.replaced.get(one.id)
        return Said(
            id=one.id,
            day=one.day,
            day_is_known=one.said_on is not None,
            said_on=one.said_on,
            stance=one.stance,
            takes_position=one.takes_position,
            negated_cue=bool(row["negated_cue"]),
            conditional=one.conditional,
            condition=one.condition,
            words=row["words"],
            source_words=row["source_words"],
            quote_type=row["quote_type"],
            judged=one.by_hand,
            carried=tuple(_carried(telling) for telling in one.told),
            replaced=gone and Instead(gone.by.id, gone.by.holder[0], self.names[gone.by.holder], gone.by.day, gone.why),
        )

    def _relations(self, types: Sequence[LinkType], wanted: frozenset[Holder]) -> Iterator[Relation]:
        """The surest link of each kind between two positions that hold, of two holders."""
        place = {row["id"]: one for one in self.said for row in one.told}
        surest: dict[tuple[str, str, str], Row] = {}
        for link in self.matter.links:
            ends = place[link["from_id"]], place[link["to_id"]]
            holders = {one.holder for one in ends}
            if link["type"] in types and len(holders) == 2 and holders & wanted and all(map(self._holds, ends)):
                surest.setdefault((link["type"], ends[0].id, ends[1].id), link)
        for link in surest.values():
            source, target = (self._end(place[link[end]]) for end in ("from_id", "to_id"))
            told = link["basis"], link["probability"], link["why"], self._evidence(link)
            yield Relation(link["id"], link["type"], source, target, *told)

    def _end(self, one: Utterance) -> End:
        return End(one.id, one.holder[0], self.names[one.holder], one.day, one.stance, one.main["words"])

    def _evidence(self, link: Row) -> str | None:
        """The words of the article that tell the link."""
        text = self.matter.texts[self.matter.rows[link["from_id"]]["document_id"]]
        return " ... ".join(words for span in spans(link["evidence"]) if (words := span.of(text).strip())) or None

    def _courses(self, stances: Sequence[Stance], of: Mapping[Holder, Sequence[Utterance]]) -> Iterator[Course]:
        """The courses, the oldest first; of each holder each once, in the last words that he has for it. A denial of a fact is none."""
        found = []
        denied = denied_courses(self.matter, self.said)
        for holder, said in of.items():
            taken: list[Utterance] = []
            for one in reversed([one for one in said if one.stance in stances and self._holds(one)]):
                if (one.stance is Stance.DENIES and one.id not in denied) or any(one.is_on_course_of(other) for other in taken):
                    continue
                taken.append(one)
                since = self._since(one, said)
                found.append((since, one.place, Course(holder[0], self.names[holder], since, self._said(one))))
        yield from (course for _, _, course in sorted(found, key=lambda one: one[:2]))


def _by_holder(said: Iterable[Utterance]) -> dict[Holder, list[Utterance]]:
    of: dict[Holder, list[Utterance]] = defaultdict(list)
    for one in said:
        of[one.holder].append(one)
    return of


def _carried(row: Row) -> Carried:
    of = (row["publisher"], row["document_name"], row["document_key"], row["url"], row["known_on"])
    return Carried(row["key"], *of, row["words"])


def outlets(carried: Iterable[Carried]) -> tuple[str, ...]:
    """Who carries a statement, each once, the first first."""
    return tuple(dict.fromkeys(one.publisher or one.document for one in carried))
