"""How factual the content of a statement is told, null in readings of before; which readings were compared with the rest of the ledger."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("statements", sa.Column("factuality", sa.String(length=3), nullable=True))
    op.create_table(
        "linkings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["reading_id"], ["readings.id"], name=op.f("fk_linkings_reading_id")),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_linkings_run_id")),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("reading_id", "digest", name=op.f("uq_linkings_reading_id")),
    )
    for column in ("reading_id", "run_id"):
        op.create_index(op.f(f"ix_linkings_{column}"), "linkings", [column], unique=False)
    with op.batch_alter_table("links") as batch:
        batch.add_column(sa.Column("linking_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_links_linking_id"), "linkings", ["linking_id"], ["id"])
        batch.create_index(op.f("ix_links_linking_id"), ["linking_id"], unique=False)
