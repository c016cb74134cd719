"""In PostgreSQL, words are found beside signs that are no letters, whatever the locale, and the newest ones without looking at all."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"

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


SEARCHED = (
    "ALTER TABLE statements ADD COLUMN searched tsvector GENERATED ALWAYS AS "
    f"(setweight(to_tsvector('english', {plain('words')}), 'A') || setweight(to_tsvector('simple', {plain(NAMES)}), 'B') || "
    "array_to_tsvector(ARRAY['#a'::text || (id >> 13)::text, '#b'::text || (id >> 16)::text, "
    "'#c'::text || (id >> 19)::text, '#d'::text || (id >> 22)::text])) STORED"
)


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("DROP INDEX IF EXISTS ix_statements_searched")
    op.execute("ALTER TABLE statements DROP COLUMN searched")
    op.execute(SEARCHED)
    op.execute("CREATE INDEX ix_statements_searched ON statements USING gin (searched)")
    op.execute("ANALYZE statements")
