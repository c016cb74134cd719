"""Names that share a surname, as a whole ledger has seen them -> which of them are one person.

Full names first. Each joins those that are seen more often if it fits all of them (complete linkage, so that no chain of likenesses joins
what differs at its ends), if nobody else is as likely, and if what is known of their roles and days does not speak against it. Two who
speak in one document are never one. A surname alone then joins the one person who has it, or the one who is seen ten times as often as
all others together. In doubt nothing is joined. The outcome depends on what was seen, not on the order in which it came.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from datetime import date

from onrecord.resolve.person_names import Fit, PersonName, fields_of, fit, folded, is_given_name, person_name, words_of_roles

PROMINENT = 10  # times as often as all others together: whom papers mean when they do not say which
COMMON = 3  # others of the surname in the ledger
FEW = 5  # documents: somebody seen in fewer is known for a moment only
NEAR_DAYS, SAME_YEAR, FAR_DAYS = 31, 366, 3 * 366
_TOLD = {
    Fit.SAME: "the same name",
    Fit.MIDDLE: "a middle name left out",
    Fit.SHORT: "a short form of the given name",
    Fit.INITIAL: "an initial for the given name",
    Fit.SPELLING: "another spelling of the surname",
}
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Seen:
    """A key as documents gave it: the name most often written for it, words of its roles, in how many documents, the first and last day.

    `known`: the key of the person or body whom the user's own list means by the name. `as_given`: of a single name, in how many
    documents it is the given name of somebody.
    """

    key: str
    name: str
    roles: frozenset[str] = frozenset()
    documents: int = 1
    first_on: str = ""
    last_on: str = ""
    known: str | None = None
    as_given: int = 0

    @property
    def parts(self) -> PersonName:
        return person_name(self.name)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One document that has a key: its row id, its own key, its day, its publisher, the role, and who else of that surname speaks in it."""

    document: int
    document_key: str
    day: str
    roles: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Joined:
    """The key `into` is meant, and why."""

    into: str
    basis: str


@dataclass(slots=True)
class Cluster:
    """Names that are one person, the most frequent first."""

    members: list[Seen]
    joined: dict[str, str] = field(default_factory=dict)  # the basis of each but the first

    @property
    def key(self) -> str:
        return self.members[0].known or self.members[0].key

    @property
    def documents(self) -> int:
        return sum(one.documents for one in self.members)

    @property
    def roles(self) -> frozenset[str]:
        return frozenset().union(*(one.roles for one in self.members))

    @property
    def days(self) -> tuple[str, str]:
        return min(one.first_on for one in self.members), max(one.last_on for one in self.members)


Apart = Set[frozenset[str]]  # pairs of keys that one document has both of


def role_words(roles: Iterable[str]) -> frozenset[str]:
    """The words of roles that tell who holds them, each in one form: "former Sen." -> {"senator"}."""
    return frozenset(word for role in roles for word in words_of_roles(_WORD.findall(folded(role))))


def clusters_of(seen: Iterable[Seen], apart: Apart) -> list[Cluster]:
    """Full names of one surname, sorted into persons, the most frequent first."""
    found: list[Cluster] = []
    names = sorted(seen, key=lambda one: (one.known is None, -one.documents, len(one.key), one.key))
    for one in names:
        host = _known_host(one, found) if one.known else _host(one, found, names, apart)
        if host is None:
            found.append(Cluster([one]))
        else:
            how = _how(one, host)
            host.joined[one.key] = "the list of people" if one.known else f"{_TOLD[how]}: {host.members[0].name}"
            host.members.append(one)
    return found


def full_names_joined(clusters: Iterable[Cluster]) -> Iterator[tuple[str, Joined]]:
    """Each key that means another, with that one."""
    for cluster in clusters:
        for one in cluster.members:
            if one.key != cluster.key:
                yield one.key, Joined(cluster.key, cluster.joined.get(one.key, "the list of people"))


def _known_host(one: Seen, clusters: Iterable[Cluster]) -> Cluster | None:
    return next((cluster for cluster in clusters if cluster.members[0].known == one.known), None)


def _how(one: Seen, host: Cluster) -> Fit:
    return max((fit(one.parts, other.parts) or Fit.SAME for other in host.members), default=Fit.SAME)


def _host(one: Seen, clusters: Sequence[Cluster], names: Sequence[Seen], apart: Apart) -> Cluster | None:
    """The person whose name it may be, if there is no other one who may be meant as well."""
    able = [cluster for cluster in clusters if _fits_all(one, cluster, apart)]
    same = [cluster for cluster in able if any(fit(one.parts, other.parts) is Fit.SAME for other in cluster.members)]
    able = same or able
    best = max(able, key=lambda cluster: cluster.documents, default=None)
    if best is None or best.documents < PROMINENT * sum(other.documents for other in able if other is not best):
        return None
    if any(_is_rival(other, one, best) for other in names):
        return None
    return best if _agree(one, best, _is_common(best, names)) else None


def _fits_all(one: Seen, cluster: Cluster, apart: Apart) -> bool:
    fits = [(fit(one.parts, other.parts), frozenset((one.key, other.key)) in apart) for other in cluster.members]
    return all(how is Fit.SAME or (how is not None and not speak_together) for how, speak_together in fits)


def _is_rival(other: Seen, one: Seen, host: Cluster) -> bool:
    """Whether another stands between them: somebody else whom either name may be short for, and who is not too rare to be meant.

    "Otto Lind" may be Otto A. or Otto B. Lind, so it is neither.
    """
    if other is one or other in host.members:
        return False
    fits_one = fit(other.parts, one.parts) is not None
    fits_host = all(fit(other.parts, mine.parts) is not None for mine in host.members)
    return fits_one != fits_host and other.documents * PROMINENT > (host if fits_one else one).documents


def _is_common(host: Cluster, names: Sequence[Seen]) -> bool:
    """Whether so many others have the surname that a likeness of given names may be chance."""
    first = host.members[0].parts
    return sum(other.parts.surname == first.surname and fit(other.parts, first) is None for other in names) >= COMMON


def _agree(one: Seen, host: Cluster, is_common: bool) -> bool:
    """Whether roles and days allow it: the weaker the likeness of the names, the more of them."""
    how = _how(one, host)
    if how is Fit.SAME:
        return True
    agree = roles_agree(one.roles, host.roles)
    if agree is not None:
        return agree
    left_out = any(_leaves_out_a_name(one.parts.given, other.parts.given) for other in host.members)
    if left_out and (is_common or how is not Fit.MIDDLE):
        return False
    near = _days_between((one.first_on, one.last_on), host.days)
    return how is Fit.MIDDLE or (not is_common and near <= (NEAR_DAYS if how is Fit.INITIAL else SAME_YEAR))


def _leaves_out_a_name(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether a middle name is left out that is no initial: "Tommy Lee Reed" beside "Tommy Reed"."""
    return any(len(name) > 1 for name in max(one, other, key=len)[min(len(one), len(other)) :])


def roles_agree(one: frozenset[str], other: frozenset[str]) -> bool | None:
    """Whether they share a word; None where that tells nothing, because there is no role, or both are of one field, such as politics."""
    if one & other:
        return True
    return None if not one or not other or fields_of(one) & fields_of(other) else False


def surname_meant(bare: Seen, clusters: Iterable[Cluster]) -> tuple[Joined | None, list[Cluster]]:
    """Whom a surname alone means in every document, if that can be said; and all who have the surname."""
    able = sorted((one for one in clusters if _has_surname(one, bare)), key=lambda one: (-one.documents, one.key))
    if not able:
        return None, []
    best, rest = able[0], sum(one.documents for one in able[1:])
    if best.documents < PROMINENT * rest or not _is_known_by_surname(bare, best):
        return None, able
    told = "the only one of the surname" if not rest else "far more often seen than others of the surname"
    return Joined(best.key, f"{told}: {best.members[0].name}"), able


def _has_surname(cluster: Cluster, bare: Seen) -> bool:
    return any(not one.parts.generation and one.parts.surname == bare.parts.surname for one in cluster.members)


def _is_known_by_surname(bare: Seen, best: Cluster) -> bool:
    """Somebody seen a few times only must be seen in the same weeks, anybody in the same year; what may be a given name needs a role."""
    within = NEAR_DAYS if best.documents < FEW else SAME_YEAR
    first, last = best.days
    near = _days_after(bare.first_on, first) <= within and _days_after(last, bare.last_on) <= within
    agree = roles_agree(bare.roles, best.roles)
    is_given = is_given_name(bare.name) or PROMINENT * bare.as_given > best.documents
    return near and (agree is True or not is_given) and (agree is not False or best.documents >= FEW)


def meant_in(bare: Seen, at: Sighting, able: Sequence[Cluster], usual: Joined | None) -> Joined | None:
    """Whom a surname alone means in one document: None where that cannot be said. `usual` is whom it means otherwise."""
    left = [one for one in able if not any(member.key in at.others for member in one.members)]
    fitting = [one for one in left if roles_agree(at.roles, one.roles)]
    if len(fitting) == 1:
        return Joined(fitting[0].key, f"the role is that of {fitting[0].members[0].name}")
    if usual is not None:
        whose = next((one for one in left if one.key == usual.into), None)
        return usual if whose is not None and roles_agree(at.roles, whose.roles) is not False else None
    near = [one for one in left if _days_between((at.day, at.day), one.days) <= NEAR_DAYS]
    is_given = is_given_name(bare.name) or bare.as_given
    alone = len(near) == 1 and len(able) == 1 and not is_given and roles_agree(at.roles, near[0].roles) is not False
    return Joined(near[0].key, f"the only one of the surname: {near[0].members[0].name}") if alone else None


def is_one_name(bare: Seen, at: Sequence[Sighting]) -> bool:
    """Whether a single name that nobody has in full is one person's: many documents have it, or all have one publisher or one role."""
    if is_given_name(bare.name) or bare.as_given:
        return False
    told = [one.roles for one in at if one.roles]
    if any(not one & other for one in told[:50] for other in told[:50]):
        return False
    same_paper = len({one.publisher for one in at}) == 1 and at[0].publisher is not None
    return len(at) >= PROMINENT or ((same_paper or len(told) == len(at)) and _days_after(bare.first_on, bare.last_on) <= SAME_YEAR)


def is_far_apart(one: Seen) -> bool:
    """Whether the name is seen in years so far from each other that they may be two people's."""
    return _days_after(one.first_on, one.last_on) > FAR_DAYS


def others_of_the_name(at: Sequence[Sighting]) -> Iterator[tuple[Sighting, str]]:
    """The documents of a whole name that are somebody else's, each with the document after whose key that one is called.

    A name that is seen a few times in two years far from each other is one person's only if a role is told in both that agrees.
    """
    parts: list[list[Sighting]] = []
    for one in sorted(at, key=lambda one: (one.day, one.document_key)):
        if not parts or _days_after(parts[-1][-1].day, one.day) > FAR_DAYS:
            parts.append([])
        parts[-1].append(one)
    main = max(parts, key=len, default=[])
    roles = frozenset().union(*(one.roles for one in main))
    for part in parts:
        if part is not main and roles_agree(roles, frozenset().union(*(one.roles for one in part))) is not True:
            named_after = min(one.document_key for one in part)
            yield from ((one, named_after) for one in part)


def own_key(key: str, document_key: str) -> str:
    """The key of somebody who has only this name and is known from one document only: "reed-3f2a91"."""
    return f"{key}-{document_key[:6]}"


def _days_between(one: tuple[str, str], other: tuple[str, str]) -> int:
    """Days between two stretches of time; 0 where they overlap."""
    return max(0, _days_after(one[1], other[0]), _days_after(other[1], one[0]))


def _days_after(first: str, last: str) -> int:
    return (date.fromisoformat(last[:10]) - date.fromisoformat(first[:10])).days
