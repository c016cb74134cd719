"""Which documents are copies of which, by what they are found; which statements were not compared, since another stands for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "signatures",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("shingles", sa.Integer(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_signatures_document_id")),
        sa.PrimaryKeyConstraint("document_id"),
    )
    op.create_table(
        "bands",
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_bands_document_id")),
        sa.PrimaryKeyConstraint("band", "document_id", name=op.f("bands_pkc")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_bands_document_id", "bands", ["document_id"], unique=False)
    op.create_table(
        "copies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("of_id", sa.Integer(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_copies_run_id")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_copies_document_id")),
        sa.ForeignKeyConstraint(["of_id"], ["documents.id"], name=op.f("fk_copies_of_id")),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("document_id", "of_id", name=op.f("uq_copies_document_id")),
    )
    for column in ("run_id", "of_id"):
        op.create_index(op.f(f"ix_copies_{column}"), "copies", [column], unique=False)
    with op.batch_alter_table("links") as batch:
        batch.add_column(sa.Column("copied_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_links_copied_id"), "statements", ["copied_id"], ["id"])
        batch.create_index(op.f("ix_links_copied_id"), ["copied_id"], unique=False)
