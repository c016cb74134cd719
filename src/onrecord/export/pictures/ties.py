"""Links between statements -> a picture of who answers, backs or denies whom: names in a row, an arrow for each kind of answer.

Every speaker has a line of its own, in the order of appearance, and the arrows swing out beside the names. The layouts of graph libraries
(networkx, say) place points and know nothing of names, so that names and the words at the arrows run into each other, and one statement
more gives a picture that looks like another; here all can be read at any number, and the same links always give the same picture.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onrecord.data import LinkType, Statement
from onrecord.export.csv import csv_table
from onrecord.export.pictures import short
from onrecord.export.pictures.arrows import Line, Plan, Way, plan
from onrecord.find.link_ends import End
from onrecord.find.links import LedgerLink
from onrecord.find.positions import Positions, Relation
from onrecord.find.show import ShownDocument

MOST_LINES, MOST_ARROWS = 24, 40  # that a picture shows; what is over stands in the table alone
LONGEST_OUTLET = 14
NOBODY = "nobody named"
_HERE, _ELSEWHERE = "In this document", "In other documents"
_END = ("speaker", "speaker_key", "words", "said_on", "day", "document", "publisher", "document_id", "statement")
_COLUMNS = ("type", "probability", "basis", *(f"from_{name}" for name in _END), *(f"to_{name}" for name in _END), "link")

Identity = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who says something: here, or (`elsewhere`) in other documents. Who has no key is known by the name."""

    name: str
    key: str | None
    elsewhere: bool = False

    @property
    def identity(self) -> Identity:
        """What two statements of one party share."""
        return self.key or f" {self.name.casefold()}", self.elsewhere


@dataclass(frozen=True, slots=True)
class Tie:
    """A link from a statement of the one party to one of the other."""

    id: str
    type: LinkType
    probability: float
    source: Party
    target: Party


@dataclass(frozen=True, slots=True)
class Bundle:
    """All links of one type from one party to another: one arrow. `id` is that of the most probable; `told` says it in words."""

    id: str
    type: LinkType
    label: str
    told: str
    source: Identity
    target: Identity


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture: lines and arrows with where they stand; all links; and what did not fit in: names, and how many links."""

    lines: tuple[Line, ...]
    bundles: tuple[Bundle, ...]
    plan: Plan
    ties: tuple[Tie, ...]
    left_out: tuple[str, ...] = ()
    links_left_out: int = 0


@dataclass(slots=True)
class _Cast:
    """Who stands in the picture, in the order of appearance, with how many statements, and in which outlets."""

    parties: dict[Identity, Party] = field(default_factory=dict)
    counts: Counter[Identity] = field(default_factory=Counter)
    outlets: dict[Identity, set[str]] = field(default_factory=dict)

    def add(self, party: Party, outlet: str | None = None) -> None:
        """One statement of the party."""
        self.parties.setdefault(party.identity, party)
        self.counts[party.identity] += 1
        if outlet is not None:
            self.outlets.setdefault(party.identity, set()).add(outlet)


def document_ties(found: ShownDocument, linked: Iterable[LedgerLink]) -> Picture | None:
    """Who answers whom in a document, and in the others to whose statements its own are linked; None without links."""
    cast, ties = _Cast(), []
    for _, one in found.statements:
        cast.add(_speaking(one, found.document.text))
    others: dict[str, tuple[Party, End]] = {}
    for link in linked:
        source, target = (_party(end, elsewhere=end.document_id != found.id) for end in (link.source, link.target))
        ties.append(Tie(link.id, link.type, link.probability, source, target))
        others |= {end.id: (party, end) for party, end in ((source, link.source), (target, link.target)) if party.elsewhere}
    for party, end in others.values():
        cast.add(party, end.publisher or end.document)
    return _picture(cast, ties)


def matter_ties(found: Positions, conflicts: Iterable[LedgerLink] = ()) -> Picture | None:
    """Who stands against or beside whom on a matter, and who denied or contradicted whom before; None without links."""
    cast = _Cast()
    for speaker in found.speakers:
        for said in speaker.said:
            cast.add(Party(speaker.name or said.source_words or NOBODY, speaker.key))
    ties = {one.id: _relation(one) for one in (*found.against, *found.beside)}
    ties |= {one.id: Tie(one.id, one.type, one.probability, _party(one.source), _party(one.target)) for one in conflicts}
    return _picture(cast, list(ties.values()))


def ties_csv(linked: Iterable[LedgerLink]) -> str:
    """The links behind a picture as CSV, one a line."""
    rows = ((one.type, round(one.probability, 4), one.basis, *_cells(one.source), *_cells(one.target), one.id) for one in linked)
    return csv_table(_COLUMNS, rows)


def _cells(end: End) -> tuple[object, ...]:
    who = (end.speaker_name or end.source_words or None, end.speaker_key, end.words)
    return (*who, end.said_on, end.day, end.document, end.publisher, end.document_id, end.id)


def _speaking(one: Statement, text: str) -> Party:
    words = " ... ".join(span.of(text) for span in one.attribution.source)
    return Party(one.speaker.name or words or NOBODY, one.speaker.key)


def _party(end: End, *, elsewhere: bool = False) -> Party:
    return Party(end.speaker_name or end.source_words or NOBODY, end.speaker_key, elsewhere)


def _relation(one: Relation) -> Tie:
    source, target = (Party(end.speaker_name or NOBODY, end.speaker_key) for end in (one.source, one.target))
    return Tie(one.id, LinkType(one.type), one.probability, source, target)


def _picture(cast: _Cast, ties: Sequence[Tie]) -> Picture | None:
    if not ties:
        return None
    for tie in ties:
        for end in (tie.source, tie.target):
            if end.identity not in cast.parties:
                cast.add(end)
    kept = _kept(cast, ties)
    places = {one: place for place, one in enumerate(kept)}
    bundles = [one for one in _bundles(cast, ties) if one.source in places and one.target in places][:MOST_ARROWS]
    lines = tuple(_line(cast, one, is_parted=any(elsewhere for _, elsewhere in kept)) for one in kept)
    laid = plan(lines, [Way(places[one.source], places[one.target], one.label) for one in bundles])
    shown = {(one.source, one.target, one.type) for one in bundles}
    over = sum(_kind(tie) not in shown for tie in ties)
    left_out = tuple(_told(cast, one) for one in cast.parties if one not in places)
    return Picture(lines, tuple(bundles), laid, tuple(ties), left_out, over)


def _kept(cast: _Cast, ties: Sequence[Tie]) -> list[Identity]:
    """Who is shown: all, or those with the most links; in the order of appearance, those of other documents last."""
    links = Counter(end.identity for tie in ties for end in (tie.source, tie.target))
    order = {one: place for place, one in enumerate(cast.parties)}
    most = sorted(order, key=lambda one: (-links[one], order[one]))[:MOST_LINES]
    return sorted(most, key=lambda one: (one[1], order[one]))


def _kind(tie: Tie) -> tuple[Identity, Identity, LinkType]:
    return tie.source.identity, tie.target.identity, tie.type


def _bundles(cast: _Cast, ties: Sequence[Tie]) -> list[Bundle]:
    """The arrows, those of the most links first."""
    found: dict[tuple[Identity, Identity, LinkType], list[Tie]] = {}
    for tie in ties:
        found.setdefault(_kind(tie), []).append(tie)
    ranked = sorted(found.values(), key=len, reverse=True)
    return [_bundle(cast, those) for those in ranked]


def _bundle(cast: _Cast, those: Sequence[Tie]) -> Bundle:
    first = max(those, key=lambda one: one.probability)
    source, target, kind = _kind(first)
    times = "" if len(those) == 1 else f" ×{len(those)}"
    whom = "what the same said before" if source == target else _called(cast, target)
    counted = "1 link" if len(those) == 1 else f"{len(those)} links, the most probable"
    told = f"{_called(cast, source)} {kind} {whom}: {counted} {round(100 * first.probability)}%"
    return Bundle(first.id, kind, f"{kind}{times}", told, source, target)


def _called(cast: _Cast, one: Identity) -> str:
    return f"{cast.parties[one].name}{' (in another document)' if one[1] else ''}"


def _line(cast: _Cast, one: Identity, *, is_parted: bool) -> Line:
    party, count = cast.parties[one], cast.counts[one]
    told = f"{count} statement{'' if count == 1 else 's'}"
    if outlets := cast.outlets.get(one):
        told += f", {len(outlets)} outlets" if len(outlets) > 1 else f", {short(min(outlets), LONGEST_OUTLET)}"
    part = (_ELSEWHERE if party.elsewhere else _HERE) if is_parted else ""
    return Line(party.name, party.key, told, part, party.elsewhere)


def _told(cast: _Cast, one: Identity) -> str:
    return f"{_called(cast, one)}, {cast.counts[one]}"
