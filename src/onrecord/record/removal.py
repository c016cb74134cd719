"""The one exception to "the ledger only grows": a document is taken out, words and all, and a tombstone says so.

    remove(ledger, "courier-0312", by="Ida Brook", note="court order 4 O 12/31")

What is gone: text, excerpts, title, author, statements with their vectors and their places in the full-text index, times, events, what
tells its copies, sightings, whom names mean as far as that was worked out from these, what judgements say of them, and links from and to
them; those that copies of the document bear out as well are theirs now. What stays: the document's key, the digest of its text, where it
was found, who removed it, when and why. The same document is not added again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update
from sqlalchemy.engine import Engine

from onrecord.errors import LedgerError
from onrecord.record import connect
from onrecord.record.copies import find_again, forget_copies
from onrecord.record.copy_tables import bands, copies, signatures
from onrecord.record.failures import told
from onrecord.record.full_text_index import SEARCHED
from onrecord.record.heirs import hand_over
from onrecord.record.joining import forget_joined, joined
from onrecord.record.judged_links import forget_judged_links
from onrecord.record.ledger import Ledger, Program
from onrecord.record.named import documents_named
from onrecord.record.rows import storable
from onrecord.record.stored import is_current, is_removed, now
from onrecord.record.tables import (
    aliases,
    documents,
    events,
    judgements,
    linkings,
    links,
    names,
    readings,
    sightings,
    statements,
    tallies,
    times,
    tombstones,
    vectors,
)
from onrecord.record.tallies import keep_tallies, tallied

Row = dict[str, Any]
_SOME = 500  # ids in one statement
_HELD_WORDS = (
    documents,
    readings,
    statements,
    vectors,
    times,
    events,
    links,
    sightings,
    judgements,
    aliases,
    names,
    tallies,
    signatures,
    bands,
    copies,
)


def document_to_remove(connection: Connection, name: str) -> Row:
    """The one document that the id, URL, locator or name means.

    Raises:
        LedgerError: there is none, or more than one.
    """
    found = documents_named(connection, name)
    if len(found) > 1:
        some = ", ".join(row["key"] for row in found[:3])
        raise LedgerError(f"{len(found)} documents are called {name!r} ({some}): give the id of one.", code="ledger.ambiguous")
    return found[0]


def remove(ledger: Ledger, name: str, by: str, note: str) -> str:
    """Take a document out of the ledger and set its tombstone.

    Args:
        ledger: where it is.
        name: its id, or the first digits of it, its URL or where it was found.
        by: who removes it.
        note: why.

    Returns:
        The document's key.

    Raises:
        LedgerError: there is none of that name, or several, or the ledger cannot be written; or its words are out of the ledger but
            not yet out of the file, because another program reads it: the same call again, with the document's key, ends it.
    """
    with ledger.reading() as connection:
        gone = is_removed(connection, name)
        key = name if gone else document_to_remove(connection, name)["key"]
    if not gone:
        _remove(ledger, key, storable(by), storable(note))
    with told(ledger.where):
        _wipe(ledger.engine)
    return str(key)


def _remove(ledger: Ledger, key: str, by: str, note: str) -> None:
    from onrecord import __version__  # noqa: PLC0415  # the package is not ready yet when this module is imported

    run = ledger.begin(Program(f"onrecord {__version__}"), f"remove {key}", by)
    with ledger.writing() as connection:
        row = connection.execute(select(documents).where(documents.c.key == key)).mappings().first()
        if row is None:
            raise LedgerError(f"Somebody else just removed the document {key}.", code="ledger.not_found")
        about = {"document_key": key, "sha256": row["sha256"], "locator": row["locator"]}
        connection.execute(insert(tombstones).values(run_id=run.id, removed_at=now(), removed_by=by, note=note, **about))
        current = select(readings.c.id).where(is_current())
        keys = set(connection.scalars(select(sightings.c.speaker_key).where(sightings.c.document_id == row["id"])))
        forget_joined(connection, keys)
        hand_over(connection, row["id"])
        beside = forget_copies(connection, row["id"])
        sums = tallied(connection, connection.scalars(current.where(readings.c.document_id == row["id"])).all())
        _delete(connection, row["id"])
        keep_tallies(connection, {}, sums)
        joined(connection, run.id, keys)
        find_again(connection, run.id, beside)
        forgotten: Row = {"content": [], "changes": {}, "note": None, "speaker_key": None}
        connection.execute(update(judgements).where(judgements.c.document_key == key).values(forgotten))
        forget_judged_links(connection, key)
    ledger.end(run)


def _delete(connection: Connection, document: int) -> None:
    """All rows of the document, those first to which no other refers."""
    of = [statements.c.id, *(statements.c[name] for name in SEARCHED)]
    said = connection.execute(select(*of).where(statements.c.document_id == document)).all()
    for ids in _some([row.id for row in said]):
        connection.execute(delete(links).where(or_(links.c.from_id.in_(ids), links.c.to_id.in_(ids))))
        connection.execute(delete(vectors).where(vectors.c.statement_id.in_(ids)))
    if connection.dialect.name == "sqlite" and said:
        columns = f"statement_words, rowid, {', '.join(SEARCHED)}"
        connection.exec_driver_sql(f"INSERT INTO statement_words ({columns}) VALUES ('delete', ?, ?, ?, ?)", [tuple(row) for row in said])
        connection.exec_driver_sql("INSERT INTO statement_words (statement_words) VALUES ('optimize')")  # else the words stay in the index
    those = select(readings.c.id).where(readings.c.document_id == document)
    for table in (links, linkings, times, events, sightings, statements):
        connection.execute(delete(table).where(table.c.reading_id.in_(those)))
    connection.execute(delete(readings).where(readings.c.document_id == document))
    connection.execute(delete(documents).where(documents.c.id == document))


def _some(ids: list[int]) -> Iterator[list[int]]:
    yield from (ids[first : first + _SOME] for first in range(0, len(ids), _SOME))


def _wipe(engine: Engine) -> None:
    """See that the words are gone from the files of the database too, not only from its tables."""
    if engine.dialect.name == "sqlite":
        _empty_log(engine)
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"SET lock_timeout = {int(connect.PATIENCE_SECONDS * 1000)}")
        connection.exec_driver_sql(f"VACUUM (FULL) {', '.join(table.name for table in _HELD_WORDS)}, statement_words")
        connection.exec_driver_sql("RESET lock_timeout")


def _empty_log(engine: Engine) -> None:
    """SQLite overwrites what is deleted (`secure_delete`); what is left of it in the log goes with the log."""
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] if isinstance(raw, sqlite3.Connection) else 0
    if busy:
        raise LedgerError(
            "The document is removed, but another program reads the ledger, and until it ends words of it stay in the file that ends in "
            "-wal. Stop that program, and remove the document again, by its id.",
            code="ledger.locked",
        )
