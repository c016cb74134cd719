"""Who is one person or body over many documents, and the list of known people that a user gives."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "names",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("speaker_key", sa.Text(), nullable=False),
        sa.Column("bucket", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("speaker_key", "bucket", name=op.f("uq_names_speaker_key")),
    )
    op.create_index(op.f("ix_names_bucket"), "names", ["bucket"], unique=False)
    op.create_table(
        "aliases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("speaker_key", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("into_key", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_aliases_run_id")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_aliases_document_id")),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("run_id", "document_id", "into_key"):
        op.create_index(op.f(f"ix_aliases_{column}"), "aliases", [column], unique=False)
    op.create_index("ix_aliases_speaker_document", "aliases", ["speaker_key", "document_id"], unique=False)
    op.create_table(
        "known_people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("wikidata", sa.String(length=16), nullable=True),
        sa.Column("type", sa.String(length=16), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("since", sa.String(length=10), nullable=True),
        sa.Column("until", sa.String(length=10), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_known_people_run_id")),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("run_id", "key"):
        op.create_index(op.f(f"ix_known_people_{column}"), "known_people", [column], unique=False)
    op.create_table(
        "known_names",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("known_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("bucket", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["known_id"], ["known_people.id"], name=op.f("fk_known_names_known_id")),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("known_id", "bucket"):
        op.create_index(op.f(f"ix_known_names_{column}"), "known_names", [column], unique=False)
