"""The ledger's tables. Rows are added and superseded, never changed; `remove` alone deletes, and leaves a tombstone.

    runs ─┬─ documents ── readings ─┬─ statements ── links, vectors
          │                         ├─ times, events
          │                         ├─ linkings ── links (to statements of other documents)
          │                         └─ sightings (names and roles of speakers)
          ├─ rejections, run_ends; of documents also signatures, bands, copies (`copy_tables`)
          ├─ known_people ── known_names (of the list that the user gives)
          └─ judgements, tombstones, searches (`search_tables`)

    tallies (what the current readings have of each key of a speaker, summed up)
    names ── aliases (which keys of speakers are one person or body, worked out from the sightings)

A document is told by its `key` (digest of text, publisher and locator), a statement by its `key` (digest of document, source and
content). A reading is what one version of the program made of one document; the one that no other supersedes is current.
Spans are JSON lists of [start, end], days are ISO 8601 texts, so that a ledger can be read with any tool.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _of(table: str, *, index: bool = True, nullable: bool = False) -> Column[int]:
    name = f"{table.removesuffix('s')}_id"
    return Column(name, Integer, ForeignKey(f"{table}.id"), nullable=nullable, index=index)


def _needed(name: str, kind: TypeEngine[Any] | type[TypeEngine[Any]], *, index: bool = False) -> Column[Any]:
    return Column(name, kind, nullable=False, index=index)


KEY = String(32)
INSTANT = String(32)  # ISO 8601 in UTC
JSON_OR_NULL = JSON(none_as_null=True)

versions = Table(  # of the tables: one row. It is the table in which alembic, which brings older ledgers up, keeps it
    "ledger_version",
    metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="ledger_version_pkc"),
)

runs = Table(
    "runs",
    metadata,
    _id(),
    _needed("started_at", INSTANT),
    _needed("program", String(80)),
    _needed("command", Text),
    Column("made_by", Text),  # who, where a person did it
)

run_ends = Table(
    "run_ends",
    metadata,
    Column("run_id", Integer, ForeignKey("runs.id"), primary_key=True),
    _needed("ended_at", INSTANT),
    _needed("recorded", Integer),
    _needed("known", Integer),
    _needed("rejected", Integer),
)

documents = Table(
    "documents",
    metadata,
    _id(),
    Column("key", KEY, nullable=False, unique=True),
    _of("runs"),
    _needed("added_at", INSTANT),
    _needed("sha256", String(64), index=True),
    _needed("name", Text, index=True),
    _needed("locator", Text, index=True),
    Column("url", Text, index=True),
    Column("publisher", Text),
    Column("title", Text),
    Column("author", Text),
    Column("creation_time", String(40)),
    Column("creation_time_basis", String(16)),
    _needed("known_on", String(10), index=True),  # the day of publication, or else the day on which it was added
    _needed("language", String(8)),
    Column("genre", String(16)),
    _needed("notes", JSON),
    Column("retrieved_at", String(40)),
    Column("raw_sha256", String(64)),
    _needed("length", Integer),  # of the text, in code points
    Column("text", Text),  # null where only excerpts are kept
    Column("excerpts", JSON_OR_NULL),  # [[start, words], ...]
)

readings = Table(
    "readings",
    metadata,
    _id(),
    _of("documents"),
    _of("runs"),
    _needed("made_at", INSTANT),
    _needed("digest", KEY),  # of the program's version, the models and the least probability
    _needed("models", JSON),
    _needed("min_probability", Float),
    Column("supersedes", Integer, ForeignKey("readings.id"), unique=True),
    Index("ix_readings_document_digest", "document_id", "digest"),
)

statements = Table(
    "statements",
    metadata,
    _id(),
    _needed("key", KEY, index=True),
    _of("documents"),
    _of("readings"),
    _needed("local_id", String(12)),
    _needed("source", JSON),
    _needed("cue", JSON),
    _needed("content", JSON),
    _needed("words", Text),  # of the content
    _needed("source_words", Text),
    _needed("cue_words", Text),
    _needed("quote_type", String(10)),
    Column("speaker_name", Text),
    _needed("speaker_type", String(16)),
    Column("speaker_role", Text),
    Column("speaker_key", Text),
    Column("stands_for", Text),
    _needed("mentions", JSON),  # or the local id of the statement of this reading that has the same
    Column("addressee", Text),
    _needed("via", JSON),
    Column("said_on", String(40)),
    Column("said_on_span", JSON_OR_NULL),
    Column("said_on_anchor", String(40)),
    _needed("stance", String(16), index=True),
    _needed("negated_cue", Boolean),
    _needed("conditional", Boolean),
    _needed("condition", JSON),
    _needed("hypothetical", Boolean),
    _needed("evidence", JSON),
    Column("part_of", String(12)),
    _needed("probability", Float),
    _needed("sorted_on", String(10), index=True),  # the first day of said_on, or else known_on of the document
    Column("factuality", String(3)),  # null in readings of programs that did not tell it
    Index("ix_statements_speaker_day", "speaker_key", "sorted_on", "id"),
)

vectors = Table(
    "vectors",
    metadata,
    Column("statement_id", Integer, ForeignKey("statements.id"), primary_key=True),
    Column("vector", LargeBinary, nullable=False),  # int8, one a dimension
)

times = Table(
    "times",
    metadata,
    _id(),
    _of("readings"),
    _needed("span", JSON),
    _needed("type", String(10)),
    Column("value", String(60)),
    Column("anchor", String(40)),
    Column("mod", String(20)),
    Column("reason", Text),
)

events = Table(
    "events",
    metadata,
    _id(),
    _of("readings"),
    _of("documents"),
    _needed("span", JSON),
    _needed("what", Text),
    Column("when", String(60)),
    _needed("status", String(12)),
    _needed("statements", JSON),
    _needed("participants", JSON),
    Column("place", Text),
)

linkings = Table(  # the statements of a reading were compared with the rest of the ledger; of two of one reading the later one holds
    "linkings",
    metadata,
    _id(),
    _of("readings"),
    _of("runs"),
    _needed("made_at", INSTANT),
    _needed("digest", KEY),  # of what compared them
    UniqueConstraint("reading_id", "digest"),
)

links = Table(
    "links",
    metadata,
    _id(),
    _of("readings"),
    Column("from_id", Integer, ForeignKey("statements.id"), nullable=False, index=True),
    Column("to_id", Integer, ForeignKey("statements.id"), nullable=False, index=True),
    _needed("type", String(12)),
    _needed("basis", String(10)),
    Column("variant", String(12)),
    _needed("probability", Float),
    _needed("evidence", JSON),
    Column("why", Text),
    _of("linkings", nullable=True),  # null: the reading itself found it inside its document
    Column("copied_id", Integer, ForeignKey("statements.id"), index=True),  # the end that was not compared: the other stands for it
    Column("day", String(10)),  # of the later one of the two sayings, as the model has it
    Index("ix_links_day", "day", "id"),
    Index("ix_links_probability", "type", "probability", "day", "id"),
)

sightings = Table(
    "sightings",
    metadata,
    _id(),
    _of("readings"),
    _of("documents"),
    _needed("speaker_key", Text, index=True),
    _needed("kind", String(10)),  # name, role, type, or short: an abbreviation of the name that the document explains
    _needed("value", Text),
    _needed("seen_on", String(10)),
)

names = Table(  # where a speaker's key is compared with others: with those of one surname, or of one body's initials
    "names",
    metadata,
    _id(),
    _needed("speaker_key", Text),
    _needed("bucket", Text, index=True),
    UniqueConstraint("speaker_key", "bucket"),
)

tallies = Table(  # sums over the current readings by speaker, kind and value (`record/tallies.py`); the id is their digest
    "tallies",
    metadata,
    Column("id", KEY, primary_key=True),
    _needed("speaker_key", Text, index=True),
    _needed("kind", String(10)),  # name, role, type; said: statements that somebody made
    _needed("value", Text),
    _needed("number", Integer),
    _needed("first_on", String(10)),
    _needed("last_on", String(10)),
    Index("ix_tallies_kind", "kind", "speaker_key", "number"),
)

aliases = Table(  # of two rows about the same key and document the later one holds
    "aliases",
    metadata,
    _id(),
    _of("runs"),
    _needed("speaker_key", Text),
    _of("documents", nullable=True),  # null: in every document that has no row of its own
    Column("into_key", Text, index=True),  # whom the key means; null: itself again
    _needed("basis", Text),  # why
    Index("ix_aliases_speaker_document", "speaker_key", "document_id"),
)

known_people = Table(  # of two rows with the same key the later one holds
    "known_people",
    metadata,
    _id(),
    _of("runs"),
    _needed("key", Text, index=True),
    _needed("name", Text),
    Column("wikidata", String(16)),
    Column("type", String(16)),
    Column("role", Text),
    Column("since", String(10)),
    Column("until", String(10)),
)

known_names = Table(
    "known_names",
    metadata,
    _id(),
    Column("known_id", Integer, ForeignKey("known_people.id"), nullable=False, index=True),
    _needed("name", Text),
    _needed("bucket", Text, index=True),
)

rejections = Table(
    "rejections",
    metadata,
    _id(),
    _of("runs"),
    _needed("locator", Text),
    _needed("code", String(40)),
    _needed("message", Text),
    _needed("warning", Boolean),
)

judgements = Table(
    "judgements",
    metadata,
    _id(),
    _of("runs"),
    _needed("made_at", INSTANT),
    _needed("made_by", Text),
    Column("note", Text),
    _needed("kind", String(16)),
    Column("document_key", KEY, index=True),
    Column("statement_key", KEY, index=True),
    Column("speaker_key", Text),  # of the statement as it was judged; or of the speaker that is merged or split
    Column("content", JSON_OR_NULL),  # spans of the statement as it was judged
    _needed("changes", JSON),
    Column("revokes", Integer, ForeignKey("judgements.id")),
)

tombstones = Table(
    "tombstones",
    metadata,
    _id(),
    _of("runs"),
    Column("document_key", KEY, nullable=False, unique=True),
    _needed("sha256", String(64), index=True),
    _needed("locator", Text),
    _needed("removed_at", INSTANT),
    _needed("removed_by", Text),
    Column("note", Text),
)
