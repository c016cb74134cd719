"""Searches that people saved, up to where they saw what answers them, and which of them have ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "searches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        *_made(),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("question", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_searches_run_id")),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key", name=op.f("uq_searches_key")),
    )
    op.create_table(
        "looks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("search_id", sa.Integer(), nullable=False),
        *_made(),
        sa.Column("reading", sa.Integer(), nullable=False),
        sa.Column("reading_at", sa.String(length=32), nullable=True),
        sa.Column("linking", sa.Integer(), nullable=False),
        sa.Column("linking_at", sa.String(length=32), nullable=True),
        sa.Column("judgement", sa.Integer(), nullable=False),
        sa.Column("on_the_way", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["search_id"], ["searches.id"], name=op.f("fk_looks_search_id")),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_looks_run_id")),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "search_ends",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("search_id", sa.Integer(), nullable=False),
        *_made(),
        sa.ForeignKeyConstraint(["search_id"], ["searches.id"], name=op.f("fk_search_ends_search_id")),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_search_ends_run_id")),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("search_id", name=op.f("uq_search_ends_search_id")),
    )
    for table, column in (("searches", "run_id"), ("looks", "search_id"), ("looks", "run_id"), ("search_ends", "run_id")):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _made() -> tuple[sa.Column[object], ...]:
    """By which run, when, and by whom."""
    return (
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.String(length=32), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
    )
