"""In PostgreSQL the words of statements have a narrow table of their own, which is fetched from in a fraction of the time."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"

SIGNS = (
    "\xa0\xa1\xa3\xa7\xa9\xab\xae\xb0\xb7\xbb\xbf\u2009\u2010\u2011\u2012\u2013\u2014\u2015\u2018\u2019\u201a\u201c\u201d\u201e"
    "\u2020\u2021\u2022\u2026\u202f\u2032\u2033\u2039\u203a\u20ac\u2122\u2212"
)
NAMES = "(coalesce(speaker_name, '') || ' ' || source_words)"


def plain(words: str) -> str:
    return (
        f"CASE WHEN octet_length({words}) = char_length({words}) THEN {words} "
        f"ELSE translate({words}, '{SIGNS}', repeat(' ', {len(SIGNS)})) END"
    )


KEPT = (
    f"setweight(to_tsvector('english', {plain('words')}), 'A') || setweight(to_tsvector('simple', {plain(NAMES)}), 'B') || "
    "array_to_tsvector(ARRAY['#a'::text || (id >> 13)::text, '#b'::text || (id >> 16)::text, "
    "'#c'::text || (id >> 19)::text, '#d'::text || (id >> 22)::text])"
)


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("CREATE TABLE statement_words (id integer PRIMARY KEY, searched tsvector NOT NULL)")
    op.execute("INSERT INTO statement_words SELECT id, searched FROM statements ORDER BY id")
    op.execute("CREATE INDEX ix_statement_words_searched ON statement_words USING gin (searched)")
    op.execute("DROP INDEX IF EXISTS ix_statements_searched")
    op.execute("ALTER TABLE statements DROP COLUMN searched")
    follows("insert", "NEW", f"INSERT INTO statement_words SELECT id, {KEPT} FROM changed")
    follows("delete", "OLD", "DELETE FROM statement_words USING changed WHERE statement_words.id = changed.id")
    op.execute("ANALYZE statement_words")


def follows(event: str, rows: str, does: str) -> None:
    name = f"statement_words_{event}"
    op.execute(f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {does}; RETURN NULL; END $$")
    op.execute(
        f"CREATE TRIGGER {name} AFTER {event.upper()} ON statements REFERENCING {rows} TABLE AS changed "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
    )
