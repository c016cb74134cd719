"""What was just added -> which keys mean the same person or body, as far as that changes it. Whoever adds is told nothing and waits little.

    joined(connection, run.id, keys)        in the transaction that added them

Only the names that share a surname with one of the keys, or initials in the case of bodies, are looked at again, all of them, so that
the outcome is that of the whole ledger whatever came first. A row says why. Nothing is changed: a later row about a key holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, delete, select, text

from onrecord.record.copying import insert_many
from onrecord.record.gathered import (
    BODY,
    Gathered,
    Together,
    buckets_of,
    buckets_to_join,
    gathered,
    keys_beside,
    seen_as_given,
    sighted,
    together,
)
from onrecord.record.known_people import Known, keep_known, known_in
from onrecord.record.stored import at_a_time
from onrecord.record.tables import aliases, names, sightings
from onrecord.resolve.body_names import Reach, body_name, long_form, reach
from onrecord.resolve.keys import slug
from onrecord.resolve.person_names import person_name
from onrecord.resolve.same_people import (
    PROMINENT,
    Cluster,
    Joined,
    Seen,
    Sighting,
    clusters_of,
    full_names_joined,
    is_far_apart,
    is_one_name,
    meant_in,
    others_of_the_name,
    own_key,
    surname_meant,
)

Place = tuple[str, int | None]  # a key, and the document in which it is meant so; None for all others
Decisions = dict[Place, Joined]
ITSELF = "nothing joins it any more"
ALONE = "known from this document only"
OTHER_YEARS = "somebody of the name in other years"
_LOCK = 0x6F6E7266  # in PostgreSQL: one joins at a time, and sees what all before it added


def joined(connection: Connection, run: int, keys: Iterable[str]) -> None:
    """Work out again whom these keys, and those that are compared with them, mean."""
    touched = sorted(set(keys))
    if not touched:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    _keep_names(connection, touched)
    buckets = {bucket for key in touched for bucket in buckets_to_join(key)}
    for some in at_a_time(sorted(buckets)):
        listed = known_in(connection, some)
        beside = keys_beside(connection, some)
        _join_buckets(
            connection, run, {bucket: keys for bucket, keys in beside.items() if bucket in listed or not _is_settled(bucket, keys)}
        )


def forget_joined(connection: Connection, keys: Collection[str]) -> None:
    """Before a document with these keys is removed: take away what was worked out from it. `joined` works it out again from the rest."""
    buckets = {bucket for key in keys for bucket in buckets_of(key)}
    beside = sorted({key for those in keys_beside(connection, buckets).values() for key in those})
    for some in at_a_time(beside):
        connection.execute(delete(aliases).where(aliases.c.speaker_key.in_(some)))
    for some in at_a_time(sorted(keys)):
        connection.execute(delete(names).where(names.c.speaker_key.in_(some)))


def joined_as_known(connection: Connection, run: int, entries: Iterable[Known]) -> None:
    """Keep a list of known people, and work out again whom the names on it mean."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    for some in at_a_time(sorted(keep_known(connection, run, entries))):
        _join_buckets(connection, run, keys_beside(connection, some))


def join_all(connection: Connection, run: int) -> None:
    """Work out whom every key means."""
    joined(connection, run, connection.scalars(select(sightings.c.speaker_key).distinct()).all())


def _keep_names(connection: Connection, keys: Sequence[str]) -> None:
    """Those that some reading has; after a removal there may be none."""
    seen = [
        key
        for some in at_a_time(keys)
        for key in connection.scalars(select(sightings.c.speaker_key).where(sightings.c.speaker_key.in_(some)).distinct())
    ]
    if not seen:
        return
    rows = [{"speaker_key": key, "bucket": bucket} for key in seen for bucket in buckets_of(key)]
    insert_many(connection, names, rows, lambda made: made.on_conflict_do_nothing(index_elements=["speaker_key", "bucket"]))


def _is_settled(bucket: str, keys: Sequence[str]) -> bool:
    """Whether there is nothing to decide: the whole name of a body that no other is like."""
    return bucket.startswith(BODY) and len(keys) == 1 and "-" in keys[0] and reach(body_name(keys[0].replace("-", " "))) is Reach.EVERYWHERE


def _join_buckets(connection: Connection, run: int, beside: Mapping[str, Sequence[str]]) -> None:
    """Decide anew on all keys in these buckets."""
    seen = gathered(connection, (key for keys in beside.values() for key in keys))
    known = known_in(connection, list(beside))
    surnames = _surnames(connection, seen)
    decided: Decisions = {}
    looked_at: set[str] = set()
    for bucket, keys in beside.items():
        is_of_bodies = bucket.startswith(BODY)
        here = [seen[key] for key in keys if key in seen and (seen[key].is_person or key in surnames) != is_of_bodies]
        looked_at.update(one.key for one in here)
        looked_at.update(key for key in keys if key not in seen)
        decide = _bodies if is_of_bodies else _people
        decided.update(decide(connection, here, known[bucket]))
    _keep(connection, run, looked_at, decided)


def _surnames(connection: Connection, seen: Mapping[str, Gathered]) -> set[str]:
    """The single names that papers take for bodies, but that people of the same surname have who are seen as often: "Kennedy"."""
    single = [one for one in seen.values() if not one.is_person and "-" not in one.key]
    bucket_of = {one.key: buckets_of(one.key)[0] for one in single}
    beside = keys_beside(connection, set(bucket_of.values()))
    others = gathered(connection, (key for keys in beside.values() for key in keys if "-" in key))
    found: set[str] = set()
    for one in single:
        namesakes = (others[key] for key in beside[bucket_of[one.key]] if key in others and others[key].is_person)
        if sum(other.documents for other in namesakes if person_name(other.name).surname == one.key) >= one.documents:
            found.add(one.key)
    return found


def _people(connection: Connection, here: Sequence[Gathered], known: Sequence[Known]) -> Iterator[tuple[Place, Joined]]:
    """Whom the keys of one surname mean."""
    there = together(connection, here)
    people = {one.key for one in here if one.is_person}
    named: dict[str, Known | None] = {one.key: _known_as(one, known) for one in here}
    seen = {one.key: _seen(connection, one, named[one.key]) for one in here}
    unsettled = [one for one in here if known and named[one.key] is None]
    full = [one for one in seen.values() if one.parts.given and one.key in people]
    clusters = clusters_of(full, there.apart)
    for key, meant in full_names_joined(clusters):
        yield (key, None), meant
    for one in full:
        if one.known is None and one.documents < PROMINENT and is_far_apart(one):
            for other, after in others_of_the_name(list(sighted(connection, one.key, there))):
                yield (one.key, other.document), Joined(own_key(one.key, after), OTHER_YEARS)
    for bare in (one for one in seen.values() if not one.parts.given):
        if bare.known is not None:
            yield from _as_known(bare)
            continue
        usual, able = surname_meant(bare, clusters)
        usual = usual if bare.key in people else None
        if usual is not None:
            yield (bare.key, None), usual
        at = list(sighted(connection, bare.key, there, only_told=usual is not None))
        if not able and is_one_name(bare, at):
            continue
        yield from _in_documents(bare.key, at, {one.document: _meant_in(bare, one, able, usual, people) for one in at}, usual)
    for unknown in unsettled:
        yield from _known_in_documents(connection, unknown, known, there)


def _meant_in(bare: Seen, at: Sighting, able: Sequence[Cluster], usual: Joined | None, people: Collection[str]) -> Joined | None:
    """What papers take for a body may be anybody of the surname, or nobody."""
    return meant_in(bare, at, able, usual) if bare.key in people else None


def _seen(connection: Connection, one: Gathered, known: Known | None) -> Seen:
    """What is seen of the key; of a single name, how often it is a given name, too."""
    as_given = 0 if "-" in one.key else seen_as_given(connection, one.key)
    return one.seen(None if known is None else known.key, as_given)


def _in_documents(
    key: str, at: Sequence[Sighting], meant: Mapping[int, Joined | None], usual: Joined | None
) -> Iterator[tuple[Place, Joined]]:
    """Whom a surname means in single documents, as far as that is not the usual one; where nobody can tell, somebody of that document."""
    unknown = [one for one in at if meant[one.document] is None]
    for one in at:
        found = meant[one.document]
        if found is not None and (usual is None or found.into != usual.into):
            yield (key, one.document), found
    if usual is not None or len(unknown) > 1:
        for one in unknown:
            yield (key, one.document), Joined(own_key(key, one.document_key), ALONE)


def _bodies(connection: Connection, here: Sequence[Gathered], known: Sequence[Known]) -> Iterator[tuple[Place, Joined]]:
    """Which bodies of the same initials are one: the same name but for articles and the like, or one is the other's abbreviation."""
    listed = {one.key: found for one in here if (found := _known_as(one, known)) is not None}
    groups: dict[str, list[Gathered]] = defaultdict(list)
    for one in here:
        groups[body_name(one.name)].append(one)
    short = _short_forms(groups)
    for name in short:
        groups[short[name]].extend(groups.pop(name))
    for name, members in groups.items():
        yield from _one_body(connection, name, sorted(members, key=lambda one: (-one.documents, len(one.key), one.key)), listed)


def _one_body(
    connection: Connection, name: str, members: Sequence[Gathered], listed: Mapping[str, Known]
) -> Iterator[tuple[Place, Joined]]:
    into = next((listed[one.key].key for one in members if one.key in listed), None)
    first = into or members[0].key
    for one in members:
        if one.key != first:
            how = "the list of people" if one.key in listed else "the same name, or its abbreviation"
            yield (one.key, None), Joined(first, f"{how}: {members[0].name}")
    if into is None and reach(name) is not Reach.EVERYWHERE:
        yield from _within_reach(connection, members, reach(name))


def _within_reach(connection: Connection, members: Sequence[Gathered], how_far: Reach) -> Iterator[tuple[Place, Joined]]:
    """A name such as "Police" tells which body it is in one document only, one such as "Supreme Court" in one paper only."""
    there = together(connection, ())
    at = [(one.key, each) for one in members for each in sighted(connection, one.key, there)]
    papers = {_place(each.publisher or "") for _, each in at}
    if len(at) < 2 or (how_far is Reach.ONE_PUBLISHER and len(papers) == 1 and papers != {""}):
        return
    first = members[0].key
    for key, each in at:
        if how_far is Reach.ONE_PUBLISHER and each.publisher:
            paper = _place(each.publisher)
            yield (key, each.document), Joined(f"{first}-{slug(paper)}", f"the one of {paper}")
        else:
            yield (key, each.document), Joined(own_key(key, each.document_key), ALONE)


def _place(publisher: str) -> str:
    """The publisher; of an address its host."""
    host = urlsplit(publisher).hostname if "://" in publisher else None
    return publisher if host is None else host.removeprefix("www.").replace(".", " ")


def _short_forms(groups: Mapping[str, Sequence[Gathered]]) -> dict[str, str]:
    """For each abbreviation the one full name it stands for, as documents explain it or as everybody knows."""
    told: dict[str, set[str]] = defaultdict(set)
    for name, members in groups.items():
        for short in {body_name(value) for one in members for value in one.counts["short"]}:
            told[short].add(name)
        if (full := long_form(name)) in groups and full is not None:
            told[name].add(full)
    return {short: next(iter(full)) for short, full in told.items() if short in groups and len(full) == 1 and short not in full}


def _as_known(bare: Seen) -> Iterator[tuple[Place, Joined]]:
    if bare.known is not None and bare.known != bare.key:
        yield (bare.key, None), Joined(bare.known, "the list of people")


def _known_as(one: Gathered, known: Sequence[Known]) -> Known | None:
    """The entry of the user's list that the name means in all documents, if just one does."""
    able = [entry for entry in known if entry.is_named(one.name, is_person=one.is_person)]
    if not all(entry.is_within(one.first_on, one.last_on) for entry in able):
        return None
    return _entry_meant(able, one.name, one.seen().roles)


def _known_in_documents(connection: Connection, one: Gathered, known: Sequence[Known], there: Together) -> Iterator[tuple[Place, Joined]]:
    """The entries that a name means in single documents, by their days and the roles told there, where no entry means it in all."""
    able = [entry for entry in known if entry.is_named(one.name, is_person=one.is_person)]
    for at in sighted(connection, one.key, there) if able else ():
        meant = _entry_meant([entry for entry in able if entry.is_within(at.day, at.day)], one.name, at.roles)
        if meant is not None:
            yield (one.key, at.document), Joined(meant.key, "the list of people")


def _entry_meant(able: Sequence[Known], name: str, roles: frozenset[str]) -> Known | None:
    """The one of these entries that is meant: by a role, as the only one that no role speaks against, or by the whole name."""
    fitting = [entry for entry in able if entry.role_words & roles]
    if len(fitting) == 1 or (len(able) == 1 and not (able[0].role_words and roles and not fitting)):
        return (fitting or able)[0]
    whole = [entry for entry in able if body_name(entry.name) == body_name(name)]
    return whole[0] if len(whole) == 1 and not fitting else None


def _keep(connection: Connection, run: int, keys: Collection[str], decided: Decisions) -> None:
    """Adds what differs from what the ledger says of these keys."""
    before: dict[Place, Any] = {}
    for some in at_a_time(sorted(keys)):
        for row in connection.execute(select(aliases).where(aliases.c.speaker_key.in_(some)).order_by(aliases.c.id)):
            before[row.speaker_key, row.document_id] = (row.into_key, row.basis)
    after = {place: (meant.into, meant.basis) for place, meant in decided.items() if meant.into != place[0]}
    gone = {place: (None, ITSELF) for place, (into, _) in before.items() if into is not None and place not in after}
    fresh = {place: meant for place, meant in after.items() if before.get(place) != meant} | gone
    rows = [
        {"run_id": run, "speaker_key": key, "document_id": document, "into_key": into, "basis": basis}
        for (key, document), (into, basis) in sorted(fresh.items(), key=lambda one: (one[0][0], one[0][1] or 0))
    ]
    if rows:
        connection.execute(aliases.insert(), rows)
