"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

FULL_TEXT = {
    "sqlite": (
        "CREATE VIRTUAL TABLE statement_words USING fts5(words, speaker_name, source_words, content='statements', content_rowid='id', "
        "tokenize='porter unicode61 remove_diacritics 2')",
    ),
    "postgresql": (
        "ALTER TABLE statements ADD COLUMN searched tsvector GENERATED ALWAYS AS (setweight(to_tsvector('english', words), 'A') || "
        "setweight(to_tsvector('simple', coalesce(speaker_name, '') || ' ' || source_words), 'B')) STORED",
        "CREATE INDEX ix_statements_searched ON statements USING gin (searched)",
    ),
}


def upgrade() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.String(length=32), nullable=False),
        sa.Column("program", sa.String(length=80), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.String(length=32), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("creation_time", sa.String(length=40), nullable=True),
        sa.Column("creation_time_basis", sa.String(length=16), nullable=True),
        sa.Column("known_on", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("genre", sa.String(length=16), nullable=True),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("retrieved_at", sa.String(length=40), nullable=True),
        sa.Column("raw_sha256", sa.String(length=64), nullable=True),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("excerpts", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_documents_run_id")),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key", name=op.f("uq_documents_key")),
    )
    op.create_index(op.f("ix_documents_known_on"), "documents", ["known_on"], unique=False)
    op.create_index(op.f("ix_documents_locator"), "documents", ["locator"], unique=False)
    op.create_index(op.f("ix_documents_run_id"), "documents", ["run_id"], unique=False)
    op.create_index(op.f("ix_documents_sha256"), "documents", ["sha256"], unique=False)
    op.create_index(op.f("ix_documents_url"), "documents", ["url"], unique=False)
    op.create_table(
        "judgements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.String(length=32), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("document_key", sa.String(length=32), nullable=True),
        sa.Column("statement_key", sa.String(length=32), nullable=True),
        sa.Column("speaker_key", sa.Text(), nullable=True),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("revokes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["revokes"], ["judgements.id"], name=op.f("fk_judgements_revokes")),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_judgements_run_id")),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_judgements_document_key"), "judgements", ["document_key"], unique=False)
    op.create_index(op.f("ix_judgements_run_id"), "judgements", ["run_id"], unique=False)
    op.create_index(op.f("ix_judgements_statement_key"), "judgements", ["statement_key"], unique=False)
    op.create_table(
        "rejections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("warning", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_rejections_run_id")),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_rejections_run_id"), "rejections", ["run_id"], unique=False)
    op.create_table(
        "run_ends",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.String(length=32), nullable=False),
        sa.Column("recorded", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_run_ends_run_id")),
        sa.PrimaryKeyConstraint("run_id"),
    )
    op.create_table(
        "tombstones",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("document_key", sa.String(length=32), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("locator", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.String(length=32), nullable=False),
        sa.Column("removed_by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_tombstones_run_id")),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("document_key", name=op.f("uq_tombstones_document_key")),
    )
    op.create_index(op.f("ix_tombstones_run_id"), "tombstones", ["run_id"], unique=False)
    op.create_index(op.f("ix_tombstones_sha256"), "tombstones", ["sha256"], unique=False)
    op.create_table(
        "readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("models", sa.JSON(), nullable=False),
        sa.Column("min_probability", sa.Float(), nullable=False),
        sa.Column("supersedes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_readings_document_id")),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_readings_run_id")),
        sa.ForeignKeyConstraint(["supersedes"], ["readings.id"], name=op.f("fk_readings_supersedes")),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("supersedes", name=op.f("uq_readings_supersedes")),
    )
    op.create_index("ix_readings_document_digest", "readings", ["document_id", "digest"], unique=False)
    op.create_index(op.f("ix_readings_document_id"), "readings", ["document_id"], unique=False)
    op.create_index(op.f("ix_readings_run_id"), "readings", ["run_id"], unique=False)
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("span", sa.JSON(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("when", sa.String(length=60), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("statements", sa.JSON(), nullable=False),
        sa.Column("participants", sa.JSON(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_events_document_id")),
        sa.ForeignKeyConstraint(["reading_id"], ["readings.id"], name=op.f("fk_events_reading_id")),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_events_document_id"), "events", ["document_id"], unique=False)
    op.create_index(op.f("ix_events_reading_id"), "events", ["reading_id"], unique=False)
    op.create_table(
        "sightings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("speaker_key", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("seen_on", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_sightings_document_id")),
        sa.ForeignKeyConstraint(["reading_id"], ["readings.id"], name=op.f("fk_sightings_reading_id")),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_sightings_document_id"), "sightings", ["document_id"], unique=False)
    op.create_index(op.f("ix_sightings_reading_id"), "sightings", ["reading_id"], unique=False)
    op.create_index(op.f("ix_sightings_speaker_key"), "sightings", ["speaker_key"], unique=False)
    op.create_table(
        "statements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("local_id", sa.String(length=12), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("cue", sa.JSON(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("source_words", sa.Text(), nullable=False),
        sa.Column("cue_words", sa.Text(), nullable=False),
        sa.Column("quote_type", sa.String(length=10), nullable=False),
        sa.Column("speaker_name", sa.Text(), nullable=True),
        sa.Column("speaker_type", sa.String(length=16), nullable=False),
        sa.Column("speaker_role", sa.Text(), nullable=True),
        sa.Column("speaker_key", sa.Text(), nullable=True),
        sa.Column("stands_for", sa.Text(), nullable=True),
        sa.Column("mentions", sa.JSON(), nullable=False),
        sa.Column("addressee", sa.Text(), nullable=True),
        sa.Column("via", sa.JSON(), nullable=False),
        sa.Column("said_on", sa.String(length=40), nullable=True),
        sa.Column("said_on_span", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("said_on_anchor", sa.String(length=40), nullable=True),
        sa.Column("stance", sa.String(length=16), nullable=False),
        sa.Column("negated_cue", sa.Boolean(), nullable=False),
        sa.Column("conditional", sa.Boolean(), nullable=False),
        sa.Column("condition", sa.JSON(), nullable=False),
        sa.Column("hypothetical", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("part_of", sa.String(length=12), nullable=True),
        sa.Column("probability", sa.Float(), nullable=False),
        sa.Column("sorted_on", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_statements_document_id")),
        sa.ForeignKeyConstraint(["reading_id"], ["readings.id"], name=op.f("fk_statements_reading_id")),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_statements_document_id"), "statements", ["document_id"], unique=False)
    op.create_index(op.f("ix_statements_key"), "statements", ["key"], unique=False)
    op.create_index(op.f("ix_statements_reading_id"), "statements", ["reading_id"], unique=False)
    op.create_index(op.f("ix_statements_sorted_on"), "statements", ["sorted_on"], unique=False)
    op.create_index(op.f("ix_statements_speaker_key"), "statements", ["speaker_key"], unique=False)
    op.create_index(op.f("ix_statements_stance"), "statements", ["stance"], unique=False)
    op.create_table(
        "times",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("span", sa.JSON(), nullable=False),
        sa.Column("type", sa.String(length=10), nullable=False),
        sa.Column("value", sa.String(length=60), nullable=True),
        sa.Column("anchor", sa.String(length=40), nullable=True),
        sa.Column("mod", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["reading_id"], ["readings.id"], name=op.f("fk_times_reading_id")),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_times_reading_id"), "times", ["reading_id"], unique=False)
    op.create_table(
        "links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=12), nullable=False),
        sa.Column("basis", sa.String(length=10), nullable=False),
        sa.Column("variant", sa.String(length=12), nullable=True),
        sa.Column("probability", sa.Float(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["from_id"], ["statements.id"], name=op.f("fk_links_from_id")),
        sa.ForeignKeyConstraint(["reading_id"], ["readings.id"], name=op.f("fk_links_reading_id")),
        sa.ForeignKeyConstraint(["to_id"], ["statements.id"], name=op.f("fk_links_to_id")),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_links_from_id"), "links", ["from_id"], unique=False)
    op.create_index(op.f("ix_links_reading_id"), "links", ["reading_id"], unique=False)
    op.create_index(op.f("ix_links_to_id"), "links", ["to_id"], unique=False)
    op.create_table(
        "vectors",
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["statement_id"], ["statements.id"], name=op.f("fk_vectors_statement_id")),
        sa.PrimaryKeyConstraint("statement_id"),
    )
    for line in FULL_TEXT[op.get_bind().dialect.name]:
        op.execute(sa.text(line))
