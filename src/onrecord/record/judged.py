"""Judgements in force, and what they make of the rows: a person's word outranks the model's, whichever reading it was about.

A judgement names a statement by its key. After a re-run it follows to the statement of the same document with the same
speaker whose content overlaps by half or more; where there is none it is orphaned, and listed as that. The same speaker is the
one that the model had when it was judged, or the one that a person put in that one's place: a newer model may agree with them.

Whom a key means is worked out by the program too (`aliases`). What people say of a key goes before that; what they say of the person or
body whom it means holds for all the keys that mean the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.sql.elements import ColumnElement

from onrecord.record.aliases import Aliases
from onrecord.record.from_rows import spans
from onrecord.record.identity import overlap
from onrecord.record.kept import kept
from onrecord.record.stored import at_a_time, current_statements
from onrecord.record.tables import documents, judgements, statements

Row = dict[str, Any]
LEAST_OVERLAP = 0.5


class JudgementKind(StrEnum):
    """What a person decided."""

    CORRECT = "correct"  # of a statement: `changes` are columns and their right values
    NOT_A_STATEMENT = "not_a_statement"
    MERGE = "merge"  # the speaker `speaker_key` is the one that `changes["into"]` names
    SPLIT = "split"  # in the documents `changes["documents"]` the speaker is another, `changes["into"]`
    LINK = "link"  # of two statements: `changes` are the other one, the type and the decision (`judged_links`)
    REVOKE = "revoke"  # `revokes` no longer holds


ABOUT_STATEMENTS = (JudgementKind.CORRECT, JudgementKind.NOT_A_STATEMENT)
ABOUT_SPEAKERS = (JudgementKind.MERGE, JudgementKind.SPLIT)


@dataclass(frozen=True, slots=True)
class Judged:
    """What is judged: of statements by their row ids, of speakers by their keys."""

    changes: dict[int, Row] = field(default_factory=dict)
    no_statements: frozenset[int] = frozenset()
    merged: dict[str, str] = field(default_factory=dict)
    split: dict[tuple[str, int], str] = field(default_factory=dict)
    orphans: tuple[Row, ...] = ()
    by_statement: dict[int, tuple[Row, ...]] = field(default_factory=dict)
    aliases: Aliases | None = field(default=None, compare=False)

    @property
    def statement_ids(self) -> frozenset[int]:
        """The rows that a filter over columns may take or leave wrongly: look at them after `row`."""
        return frozenset(self.changes) | self.no_statements

    @property
    def keys_by_hand(self) -> frozenset[str]:
        """The keys of speakers that people named; no document need have them."""
        corrected = (change["speaker_key"] for change in self.changes.values() if change.get("speaker_key"))
        return frozenset((*self.merged, *self.merged.values(), *self.split.values(), *corrected))

    def row(self, row: Row) -> Row | None:
        """The statement's row as judged, the speaker's key after merges and splits; None where it is no statement."""
        if row["id"] in self.no_statements:
            return None
        row = row | self.changes.get(row["id"], {})
        key = row["speaker_key"]
        return row if key is None else row | {"speaker_key": self.speaker(key, row["document_id"])}

    def speaker(self, key: str, document: int | None = None) -> str:
        """The key of the person or body that `key` means in the document with that row id: split off there, merged anywhere."""
        seen: set[str] = set()
        while key not in seen:
            seen.add(key)
            here = None if document is None else self.split.get((key, document))
            key = here or self.merged.get(key) or self._alias(key, document) or key
        return key

    def meanings(self, key: str) -> tuple[str, ...]:
        """Everybody whom the key means in some document; first whom it means where nothing else is said."""
        places = () if self.aliases is None or key in self.merged else self.aliases.of(key)
        return tuple(dict.fromkeys((self.speaker(key), *(self.speaker(key, one) for one in places if one is not None))))

    def documents_apart(self, keys: Iterable[str]) -> frozenset[int]:
        """The row ids of the documents in which one of the keys may mean somebody else than elsewhere."""
        own = () if self.aliases is None else (one for key in keys for one in self.aliases.of(key) if one is not None)
        return frozenset((*own, *(document for _, document in self.split)))

    def load(self, keys: Iterable[str | None]) -> None:
        """Reads the aliases of many keys at once, for whoever is about to ask for them one by one."""
        if self.aliases is not None:
            self.aliases.load(keys)

    def load_raw(self, keys: Collection[str]) -> None:
        """Reads which other keys mean these, of many at once, for whoever is about to ask for the raw keys of each."""
        self.load(keys)
        if self.aliases is not None:
            meant = {*keys, *(self.speaker(key) for key in keys)}
            self.aliases.load_into(meant)
            self.aliases.load_into({one for key in meant for one in self.aliases.keys_of(key)})

    def is_alias(self, key: str) -> bool:
        """Whether the program, and no person, says whom the key means."""
        return key not in self.merged and self._alias(key, None) is not None

    def _alias(self, key: str, document: int | None) -> str | None:
        return None if self.aliases is None or key in self.given else self.aliases.into(key, document)

    @property
    def given(self) -> frozenset[str]:
        """The keys whose meaning people gave: the program joins them to nobody."""
        return frozenset((*self.merged.values(), *self.split.values()))

    def raw_keys(self, key: str) -> frozenset[str]:
        """Every key as the model gives it that may mean the speaker `key`: a statement's row can have any of these."""
        steps = [*self.merged.items(), *((mine, into) for (mine, _), into in self.split.items())]
        raw = more = {key, self.speaker(key)}
        while more:
            found = {mine for mine, into in steps if into in more}
            if self.aliases is not None:
                found.update(mine for into in more for mine in self.aliases.keys_of(into))
            more = found - raw
            raw = raw | more
        return frozenset(raw)

    def with_aliases(self, connection: Connection) -> Judged:
        """The same, with the aliases as the connection reads them now."""
        return replace(self, aliases=Aliases(connection))


def judged(connection: Connection) -> Judged:
    """The judgements of the ledger that are in force, and the aliases, which the connection reads as they are asked for."""
    return kept(connection, "judged", lambda: replace(_judged(connection), aliases=None)).with_aliases(connection)


def _judged(connection: Connection) -> Judged:
    aliases = Aliases(connection)
    found = list(in_force(connection, *ABOUT_STATEMENTS, *ABOUT_SPEAKERS))
    if not found:
        return Judged(aliases=aliases)
    those_now = list(followed(connection, [one for one in found if one["kind"] in ABOUT_STATEMENTS]))
    by_statement: dict[int, list[Row]] = defaultdict(list)
    for one, statement in those_now:
        if statement is not None:
            by_statement[statement["id"]].append(one)
    merges = [one for one in found if one["kind"] == JudgementKind.MERGE]
    merged = {one["speaker_key"]: one["changes"]["into"] for one in merges}
    return Judged(
        changes={number: _changes(those) for number, those in by_statement.items() if any(one["changes"] for one in those)},
        no_statements=frozenset(number for number, those in by_statement.items() if those[-1]["kind"] == JudgementKind.NOT_A_STATEMENT),
        merged=_of_all_keys(merges, aliases) | merged,
        split=_splits(connection, found, aliases),
        orphans=tuple(one for one, statement in those_now if statement is None),
        by_statement={number: tuple(those) for number, those in by_statement.items()},
        aliases=aliases,
    )


def in_force(connection: Connection, *kinds: JudgementKind) -> Iterator[Row]:
    """The judgements of these kinds, all without any, that no later one revokes, oldest first."""
    asked = select(judgements).order_by(judgements.c.id)
    if kinds:
        asked = asked.where(judgements.c.kind.in_((*kinds, JudgementKind.REVOKE)))
    rows = [dict(row) for row in connection.execute(asked).mappings()]
    revoked = {row["revokes"] for row in rows if row["revokes"] is not None}
    return (row for row in rows if row["id"] not in revoked and row["kind"] != JudgementKind.REVOKE)


def _changes(those: Iterable[Row]) -> Row:
    """All changes to one statement; the later one wins."""
    out: Row = {}
    for one in those:
        out |= one["changes"]
    return out


def followed(connection: Connection, found: list[Row]) -> Iterator[tuple[Row, Row | None]]:
    """Each judgement with the `id` and `key` of the current statement that it is about; null where no reading finds it any more."""
    same: dict[tuple[str, str], Row] = {}
    for row in _current(connection, statements.c.key, {one["statement_key"] for one in found}):
        same.setdefault((row["document_key"], row["key"]), row)
    left = [one for one in found if (one["document_key"], one["statement_key"]) not in same]
    beside: dict[str, list[Row]] = defaultdict(list)
    for row in _current(connection, documents.c.key, {one["document_key"] for one in left}):
        beside[row["document_key"]].append(row)
    speakers = _speakers(found)
    for one in found:
        document, key = one["document_key"], one["statement_key"]
        yield one, same.get((document, key)) or _nearest(one, beside[document], speakers[key])


def _current(connection: Connection, column: ColumnElement[Any], values: set[str | None]) -> Iterator[Row]:
    """The current statements with one of the values in that column, in the order of their rows."""
    of = (statements.c.id, statements.c.key, statements.c.content, statements.c.speaker_key, documents.c.key.label("document_key"))
    asked = current_statements().with_only_columns(*of).order_by(statements.c.id)
    for some in at_a_time(sorted(value for value in values if value is not None)):
        yield from map(dict, connection.execute(asked.where(column.in_(some))).mappings())


def _speakers(found: list[Row]) -> dict[str, set[str | None]]:
    """For each statement that is judged its speaker's keys: as the model had it, and as it was corrected."""
    out: dict[str, set[str | None]] = defaultdict(set)
    for one in found:
        out[one["statement_key"]] |= {one["speaker_key"], one["changes"].get("speaker_key", one["speaker_key"])}
    return out


def _nearest(one: Row, rows: list[Row], speakers: set[str | None]) -> Row | None:
    """The row with half of the words or more; of those that overlap as well the one whose speaker the model had then, then the first."""
    content, own = spans(one["content"]), one["speaker_key"]
    near = [row for row in rows if row["speaker_key"] in speakers and overlap(spans(row["content"]), content) >= LEAST_OVERLAP]
    return max(near, key=lambda row: (overlap(spans(row["content"]), content), row["speaker_key"] == own, -row["id"]), default=None)


def _of_all_keys(merges: list[Row], aliases: Aliases) -> dict[str, str]:
    """The merges of keys that the program has joined to others since: of those whom these mean now, and of those into whom they led."""
    out: dict[str, str] = {}
    for one in merges:
        key, into = one["speaker_key"], one["changes"]["into"]
        if not one["changes"].get("only") and (now := aliases.into(key)) not in (None, into):
            out[str(now)] = into
        if (other := aliases.into(into)) not in (None, key):
            out.setdefault(str(other), into)
    return out


def _splits(connection: Connection, found: list[Row], aliases: Aliases) -> dict[tuple[str, int], str]:
    splits = [one for one in found if one["kind"] == JudgementKind.SPLIT]
    keys = sorted({key for one in splits for key in one["changes"]["documents"]})
    ids: dict[str, int] = {}
    for some in at_a_time(keys):
        asked = select(documents.c.key, documents.c.id).where(documents.c.key.in_(some))
        ids |= {row.key: row.id for row in connection.execute(asked)}
    out: dict[tuple[str, int], str] = {}
    for one in splits:
        for number in (ids[key] for key in one["changes"]["documents"] if key in ids):
            now = aliases.into(one["speaker_key"], number)
            out |= {(mine, number): one["changes"]["into"] for mine in (one["speaker_key"], now) if mine and mine != one["changes"]["into"]}
    return out
