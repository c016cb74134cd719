"""The full-text index of a ledger's statements: what a database of each kind makes of their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.schema import DDL

SEARCHED = ("words", "speaker_name", "source_words")  # what full-text search looks at, first most

# The commonest signs that are no letters: PostgreSQL takes them for letters under the locale C, so that “word” is not word there.
SIGNS = (
    "\xa0\xa1\xa3\xa7\xa9\xab\xae\xb0\xb7\xbb\xbf\u2009\u2010\u2011\u2012\u2013\u2014\u2015\u2018\u2019\u201a\u201c\u201d\u201e"
    "\u2020\u2021\u2022\u2026\u202f\u2032\u2033\u2039\u203a\u20ac\u2122\u2212"
)
_NAMES = "(coalesce(speaker_name, '') || ' ' || source_words)"
WINDOWS = {"a": 13, "b": 16, "c": 19, "d": 22}  # a word "#b7" stands in the statements of which the row id, without its last 16 bits, is 7


def _plain(words: str) -> str:
    """The words with blanks for these signs; text that is ASCII throughout is passed by, which is much faster."""
    return (
        f"CASE WHEN octet_length({words}) = char_length({words}) THEN {words} "
        f"ELSE translate({words}, '{SIGNS}', repeat(' ', {len(SIGNS)})) END"
    )


_WINDOW_WORDS = ", ".join(f"'#{letter}'::text || (id >> {bits})::text" for letter, bits in WINDOWS.items())
_KEPT = (
    f"setweight(to_tsvector('english', {_plain('words')}), 'A') || "
    f"setweight(to_tsvector('simple', {_plain(_NAMES)}), 'B') || array_to_tsvector(ARRAY[{_WINDOW_WORDS}])"
)


def _follows(event: str, does: str) -> tuple[str, str]:
    """What makes PostgreSQL keep the words of statements that are added or deleted (`changed`) up by itself."""
    name = f"statement_words_{event}"
    transition = "NEW TABLE" if event == "insert" else "OLD TABLE"
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {does}; RETURN NULL; END $$",
        f"CREATE TRIGGER {name} AFTER {event.upper()} ON statements REFERENCING {transition} AS changed "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
    )


FULL_TEXT = {
    "sqlite": (
        f"CREATE VIRTUAL TABLE statement_words USING fts5({', '.join(SEARCHED)}, content='statements', content_rowid='id', "
        "tokenize='porter unicode61 remove_diacritics 2')",
    ),
    # A table of their own: a search fetches thousands of rows for their ids alone, and those of `statements` are four times as wide.
    "postgresql": (
        "CREATE TABLE statement_words (id integer PRIMARY KEY, searched tsvector NOT NULL)",
        "CREATE INDEX ix_statement_words_searched ON statement_words USING gin (searched)",
        *_follows("insert", f"INSERT INTO statement_words SELECT id, {_KEPT} FROM changed"),
        *_follows("delete", "DELETE FROM statement_words USING changed WHERE statement_words.id = changed.id"),
    ),
}


def add_words(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Puts the words of new statements, with their ids, into SQLite's index; PostgreSQL's table follows by itself."""
    if connection.dialect.name != "sqlite":
        return
    found = [(row["id"], *(row[name] for name in SEARCHED)) for row in rows]
    if found:
        connection.exec_driver_sql(f"INSERT INTO statement_words (rowid, {', '.join(SEARCHED)}) VALUES (?, ?, ?, ?)", found)


def full_text_ddl(dialect: str) -> tuple[DDL, ...]:
    """What makes the full-text index of a database of that kind; run after the tables are there."""
    return tuple(DDL(line.replace("%", "%%")) for line in FULL_TEXT[dialect])  # type: ignore[no-untyped-call]
